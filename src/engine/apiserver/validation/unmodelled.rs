//! Rules for the kinds of the core group that pods are given and that nothing here simulates: ConfigMap, Secret,
//! ServiceAccount (`core/validation.go` `ValidateConfigMap`, `ValidateSecret`, `ValidateServiceAccount`).

use super::metadata;
use crate::api_resources::Scope;
use crate::apiserver::errors::{ApiError, invalid, invalid_text, required, too_long};
use crate::apiserver::field::Field;
use crate::manifest::base64;
use crate::manifest::tree::FieldPath;
use crate::syntax::{is_config_map_key, is_dns1123_subdomain, quote};

/// How many bytes a ConfigMap or a Secret may hold (`core.MaxSecretSize`).
const MOST_BYTES: usize = 1024 * 1024;

/// What is wrong with an object that has its name and namespace; nothing if the rules of its kind are not known.
pub(crate) fn errors(api_version: &str, kind: &str, object: &Field) -> Vec<ApiError> {
    let of_kind: fn(&Field) -> Vec<ApiError> = match (api_version, kind) {
        ("v1", "ConfigMap") => config_map,
        ("v1", "Secret") => secret,
        ("v1", "ServiceAccount") => service_account,
        _ => return Vec::new(),
    };
    let mut errors = metadata::errors(
        Scope::Namespace,
        is_dns1123_subdomain,
        &object.child("metadata"),
    );
    errors.extend(of_kind(object));
    errors
}

/// Only its metadata is checked.
fn service_account(_: &Field) -> Vec<ApiError> {
    Vec::new()
}

fn config_map(map: &Field) -> Vec<ApiError> {
    let (data, binary) = (map.child("data"), map.child("binaryData"));
    let (texts, bytes) = (data.texts(), binary.texts());
    let mut errors = Vec::new();
    for (key, _) in &texts {
        let path = data.path.entry(key);
        errors.extend(invalid_text(&path, key, is_config_map_key(key)));
        if bytes.iter().any(|(other, _)| other == key) {
            let detail = "duplicate of key present in binaryData";
            errors.push(invalid(&path, quote(key), detail));
        }
    }
    for (key, _) in &bytes {
        let path = binary.path.entry(key);
        errors.extend(invalid_text(&path, key, is_config_map_key(key)));
    }
    let of_texts: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let of_bytes: usize = bytes.iter().map(|(_, text)| decoded_length(text)).sum();
    if of_texts + of_bytes > MOST_BYTES {
        // The server names the whole object with an empty path.
        errors.push(too_long(&FieldPath::default().entry(""), MOST_BYTES));
    }
    errors
}

/// The number of bytes that a valid Base64 text encodes.
fn decoded_length(text: &str) -> usize {
    base64::decode(text).map_or(0, |bytes| bytes.len())
}

/// `stringData` becomes part of `data` before anything is checked.
fn secret(secret: &Field) -> Vec<ApiError> {
    let data = secret.child("data");
    let plain = secret.child("stringData").texts();
    let mut lengths: Vec<(&str, usize)> =
        plain.iter().map(|(key, text)| (*key, text.len())).collect();
    for (key, text) in data.texts() {
        if plain.iter().all(|(other, _)| *other != key) {
            lengths.push((key, decoded_length(text)));
        }
    }
    let mut errors = Vec::new();
    for (key, _) in &lengths {
        let details = is_config_map_key(key);
        errors.extend(invalid_text(&data.path.entry(key), key, details));
    }
    if lengths.iter().map(|(_, length)| length).sum::<usize>() > MOST_BYTES {
        errors.push(too_long(&data.path, MOST_BYTES));
    }
    errors.extend(needed_by_type(secret, &lengths));
    errors
}

/// What a Secret of a type must hold. Whether it is well-formed JSON is not looked at.
fn needed_by_type(secret: &Field, lengths: &[(&str, usize)]) -> Vec<ApiError> {
    const ACCOUNT: &str = "kubernetes.io/service-account.name";
    let data = secret.child("data").path;
    let has = |key: &str| lengths.iter().any(|(own, _)| *own == key);
    let missing = |path: &FieldPath, keys: &[&str]| -> Vec<ApiError> {
        let missing = keys.iter().filter(|key| !has(key));
        missing.map(|key| required(&path.entry(key), "")).collect()
    };
    // The server gives this path the name of a format.
    let formatted = FieldPath::default().named("data[%s]");
    match secret.child("type").text() {
        "kubernetes.io/service-account-token" => {
            let account = secret.at(&["metadata", "annotations"]).entry(ACCOUNT);
            let is_missing = account.text().is_empty();
            Vec::from_iter(is_missing.then(|| required(&account.path, "")))
        }
        "kubernetes.io/dockercfg" => missing(&data, &[".dockercfg"]),
        "kubernetes.io/dockerconfigjson" => missing(&data, &[".dockerconfigjson"]),
        "kubernetes.io/basic-auth" if !has("username") && !has("password") => {
            missing(&formatted, &["username", "password"])
        }
        "kubernetes.io/ssh-auth" => {
            let key = "ssh-privatekey";
            let is_empty = !lengths
                .iter()
                .any(|(own, length)| *own == key && *length > 0);
            Vec::from_iter(is_empty.then(|| required(&formatted.entry(key), "")))
        }
        "kubernetes.io/tls" => missing(&data, &["tls.crt", "tls.key"]),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn said(kind: &str, rest: &str) -> Vec<String> {
        let object = node(&format!(
            r#"{{"metadata":{{"name":"a","namespace":"default"}}{rest}}}"#
        ));
        let errors = errors("v1", kind, &Field::root(&object));
        errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_key_of_a_config_map_is_a_file_name() {
        assert_eq!(
            said("ConfigMap", r#","data":{"a b":"x"}"#),
            [
                r#"data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"#
            ]
        );
        assert_eq!(
            said(
                "ConfigMap",
                r#","data":{"a":"x"},"binaryData":{"a":"eA=="}"#
            ),
            [r#"data[a]: Invalid value: "a": duplicate of key present in binaryData"#]
        );
    }

    #[test]
    fn a_config_map_has_a_size() {
        let long = format!(r#","data":{{"a":"{}"}}"#, "x".repeat(MOST_BYTES + 1));
        assert_eq!(
            said("ConfigMap", &long),
            ["[]: Too long: may not be more than 1048576 bytes"]
        );
    }

    #[test]
    fn a_secret_holds_what_its_type_needs() {
        let rows: [(&str, &[&str]); 5] = [
            (
                r#","type":"kubernetes.io/tls","data":{}"#,
                &[
                    "data[tls.crt]: Required value",
                    "data[tls.key]: Required value",
                ],
            ),
            (
                r#","type":"kubernetes.io/tls","stringData":{"tls.crt":"","tls.key":""}"#,
                &[],
            ),
            (
                r#","type":"kubernetes.io/basic-auth""#,
                &[
                    "data[%s][username]: Required value",
                    "data[%s][password]: Required value",
                ],
            ),
            (
                r#","type":"kubernetes.io/service-account-token""#,
                &["metadata.annotations[kubernetes.io/service-account.name]: Required value"],
            ),
            (r#","type":"example.com/own""#, &[]),
        ];
        for (rest, expected) in rows {
            assert_eq!(said("Secret", rest), expected, "{rest}");
        }
    }

    #[test]
    fn a_service_account_has_the_name_of_an_object() {
        let robot = node(r#"{"metadata":{"name":"Robot","namespace":"default"}}"#);
        let found = errors("v1", "ServiceAccount", &Field::root(&robot));
        assert!(
            found[0].to_string().starts_with(
                r#"metadata.name: Invalid value: "Robot": a lowercase RFC 1123 subdomain"#
            ),
            "{found:?}"
        );
    }
}
