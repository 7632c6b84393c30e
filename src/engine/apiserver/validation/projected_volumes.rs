//! Rules for files made from other objects (`validateProjectedVolumeSource`, `validateDownwardAPIVolumeSource`).

use std::collections::BTreeSet;

use super::env;
use super::values::{descending_path, missing};
use crate::apiserver::errors::{ApiError, forbidden, invalid, required};
use crate::apiserver::field::Field;
use crate::manifest::tree::FieldPath;
use crate::syntax::quote;

/// How short and how long a token may last, in seconds.
const TOKEN_SECONDS: [i64; 2] = [10 * 60, 1 << 32];
/// Fields of its pod that a file may hold.
const POD_FIELDS: [&str; 5] = [
    "metadata.annotations",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
];

/// A volume of files from several sources.
pub(super) fn errors(volume: &Field) -> Vec<ApiError> {
    let mut errors: Vec<ApiError> = mode(&volume.child("defaultMode")).into_iter().collect();
    let mut paths = BTreeSet::new();
    for source in volume.child("sources").items() {
        errors.extend(source_errors(volume, &source, &mut paths));
    }
    errors
}

/// A volume of files about the pod itself. Errors name the volume, not the file.
pub(super) fn downward(volume: &Field) -> Vec<ApiError> {
    let mut errors: Vec<ApiError> = mode(&volume.child("defaultMode")).into_iter().collect();
    errors.extend(
        volume
            .child("items")
            .items()
            .iter()
            .flat_map(|file| pod_file(&volume.path, file)),
    );
    errors
}

/// The files of a ConfigMap or Secret.
pub(super) fn files(source: &Field) -> Vec<ApiError> {
    let mut errors: Vec<ApiError> = mode(&source.child("defaultMode")).into_iter().collect();
    errors.extend(source.child("items").items().iter().flat_map(file));
    errors
}

fn source_errors<'a>(
    volume: &Field,
    source: &Field<'a>,
    paths: &mut BTreeSet<&'a str>,
) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for kind in ["secret", "configMap"].map(|kind| source.child(kind)) {
        if kind.is_set() {
            errors.extend(missing(&kind, "name"));
        }
        for item in kind.child("items").items() {
            errors.extend(file(&item));
            errors.extend(taken(
                volume,
                paths,
                item.child("path").text(),
                kind.child("name").text(),
            ));
        }
    }
    let about = source.child("downwardAPI");
    for item in about.child("items").items() {
        let path = item.child("path").text();
        errors.extend(pod_file(&about.path, &item));
        errors.extend(taken(volume, paths, path, path));
    }
    if source.child("serviceAccountToken").is_set() {
        errors.extend(token(volume, &source.child("serviceAccountToken")));
    }
    let kinds = [
        "secret",
        "configMap",
        "downwardAPI",
        "serviceAccountToken",
        "clusterTrustBundle",
    ];
    if kinds
        .iter()
        .filter(|kind| source.child(kind).is_set())
        .count()
        > 1
    {
        errors.push(forbidden(
            &source.path,
            "may not specify more than 1 volume type per source",
        ));
    }
    errors
}

/// No two files have one path; the server reports it at the volume, with the name of the second source.
fn taken<'a>(
    volume: &Field,
    paths: &mut BTreeSet<&'a str>,
    path: &'a str,
    named: &str,
) -> Option<ApiError> {
    let is_wrong = !path.is_empty() && !paths.insert(path);
    is_wrong.then(|| invalid(&volume.path, quote(named), "conflicting duplicate paths"))
}

/// Errors in a token's path are reported at the volume's path.
fn token(volume: &Field, token: &Field) -> Vec<ApiError> {
    let (seconds, path) = (token.child("expirationSeconds"), token.child("path"));
    let [least, most] = TOKEN_SECONDS;
    let wrong = |detail: &str| invalid(&seconds.path, seconds.int().to_string(), detail);
    let mut errors = Vec::new();
    if seconds.int() < least {
        errors.push(wrong("may not specify a duration less than 10 minutes"));
    }
    if seconds.int() > most {
        errors.push(wrong("may not specify a duration larger than 2^32 seconds"));
    }
    let told = volume.path.key("path");
    match path.text() {
        "" => errors.push(required(&told, "")),
        _ => errors.extend(free_path(&path, &told)),
    }
    errors
}

/// A file with a field or an amount of the pod (`validateDownwardAPIVolumeFile`).
fn pod_file(owner: &FieldPath, file: &Field) -> Vec<ApiError> {
    let at = |name: &'static str| Field {
        path: owner.key(name),
        ..file.child(name)
    };
    let (path, field, amount) = (at("path"), at("fieldRef"), at("resourceFieldRef"));
    let mut errors = if path.text().is_empty() {
        vec![required(&path.path, "")]
    } else {
        Vec::new()
    };
    errors.extend(free_path(&path, &path.path));
    match (field.is_set(), amount.is_set()) {
        (true, is_both) => {
            errors.extend(env::field_of_pod(&field, &POD_FIELDS));
            if is_both {
                let detail = "fieldRef and resourceFieldRef can not be specified simultaneously";
                errors.push(invalid(owner, quote("resource"), detail));
            }
        }
        (false, true) => errors.extend(amount_of(&amount)),
        (false, false) => errors.push(required(
            owner,
            "one of fieldRef and resourceFieldRef is required",
        )),
    }
    errors.extend(mode(&at("mode")));
    errors
}

/// A resource field in a file names its container.
fn amount_of(amount: &Field) -> Vec<ApiError> {
    let container = amount.child("containerName");
    if !container.text().is_empty() {
        return env::amount(amount);
    }
    let mut errors = vec![required(&container.path, "")];
    errors.extend(env::divisor(amount));
    errors
}

fn file(item: &Field) -> Vec<ApiError> {
    let path = item.child("path");
    let mut errors = missing(item, "key");
    errors.extend(missing(item, "path"));
    errors.extend(free_path(&path, &path.path));
    errors.extend(mode(&item.child("mode")));
    errors
}

/// A path below another that is none of the names the kubelet keeps for itself (`ValidateLocalNonReservedPath`).
fn free_path(field: &Field, path: &FieldPath) -> Vec<ApiError> {
    let text = field.text();
    let mut errors = descending_path(field, path);
    if text.starts_with("..") && !text.starts_with("../") {
        errors.push(invalid(path, quote(text), "must not start with '..'"));
    }
    errors
}

fn mode(mode: &Field) -> Option<ApiError> {
    let detail = "must be a number between 0 and 0777 (octal), both inclusive";
    let is_wrong = mode.is_set() && !(0..=0o777).contains(&mode.int());
    is_wrong.then(|| invalid(&mode.path, mode.int().to_string(), detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(rule: fn(&Field) -> Vec<ApiError>, json: &str) -> Vec<String> {
        rule(&Field::root(&node(json)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn two_sources_do_not_write_one_file() {
        let source = r#"{"configMap":{"name":"a","items":[{"key":"k","path":"p"}]}}"#;
        assert_eq!(
            found(errors, &format!(r#"{{"sources":[{source}]}}"#)),
            [""; 0]
        );
        assert_eq!(
            found(errors, &format!(r#"{{"sources":[{source},{source}]}}"#)),
            [r#": Invalid value: "a": conflicting duplicate paths"#]
        );
    }

    #[test]
    fn a_token_lasts_ten_minutes_at_least() {
        assert_eq!(
            found(
                errors,
                r#"{"sources":[{"serviceAccountToken":{"expirationSeconds":599}}]}"#
            ),
            [
                "sources[0].serviceAccountToken.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes",
                "path: Required value"
            ]
        );
    }

    #[test]
    fn a_file_about_the_pod_has_one_content() {
        assert_eq!(
            found(downward, r#"{"items":[{"path":"a"}]}"#),
            [": Required value: one of fieldRef and resourceFieldRef is required"]
        );
        let file = r#"{"items":[{"path":"..a","fieldRef":{"apiVersion":"v1","fieldPath":"metadata.labels"}}]}"#;
        assert_eq!(
            found(downward, file),
            [r#"path: Invalid value: "..a": must not start with '..'"#]
        );
    }
}
