//! Rules for a container's environment (`ValidateEnv`, `ValidateEnvFrom`).

use super::env_files;
use super::values::subdomain;
use crate::apiserver::errors::{ApiError, invalid, invalid_text, required, unsupported};
use crate::apiserver::field::Field;
use crate::quantity::Quantity;
use crate::syntax::{is_config_map_key, is_qualified_name, is_relaxed_env_var_name, quote};

/// Fields of its pod that a variable may hold.
const POD_FIELDS: [&str; 9] = [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/// Fields of a pod that a volume may hold, but no variable (`ConvertDownwardAPIFieldLabel`).
const OTHER_POD_FIELDS: [&str; 5] = [
    "metadata.annotations",
    "metadata.labels",
    "spec.restartPolicy",
    "spec.schedulerName",
    "status.phase",
];

/// Amounts of its container that a variable may hold.
const AMOUNTS: [&str; 6] = [
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];

/// What is wrong with `env` and `envFrom`.
pub(super) fn errors(container: &Field) -> Vec<ApiError> {
    let mut errors: Vec<ApiError> = container
        .child("env")
        .items()
        .iter()
        .flat_map(variable)
        .collect();
    let sources = container.child("envFrom");
    errors.extend(
        sources
            .items()
            .iter()
            .flat_map(|source| whole_source(&sources, source)),
    );
    errors
}

fn variable(variable: &Field) -> Vec<ApiError> {
    let name = variable.child("name");
    let mut errors = match name.text() {
        "" => vec![required(&name.path, "")],
        text => invalid_text(&name.path, text, is_relaxed_env_var_name(text)),
    };
    let from = variable.child("valueFrom");
    if from.is_set() {
        errors.extend(source(variable, &from));
    }
    errors
}

/// A source of a value: its name in the manifest, and the rule for it.
type Source = (&'static str, fn(&Field) -> Vec<ApiError>);

fn source(variable: &Field, from: &Field) -> Vec<ApiError> {
    const SOURCES: [Source; 5] = [
        ("fieldRef", |reference| field_of_pod(reference, &POD_FIELDS)),
        ("resourceFieldRef", amount),
        ("configMapKeyRef", key),
        ("secretKeyRef", key),
        ("fileKeyRef", env_files::key),
    ];
    let set: Vec<_> = SOURCES
        .iter()
        .map(|(name, rule)| (from.child(name), rule))
        .collect();
    let set: Vec<_> = set
        .into_iter()
        .filter(|(source, _)| source.is_set())
        .collect();
    let mut errors: Vec<ApiError> = set.iter().flat_map(|(source, rule)| rule(source)).collect();
    let detail = match set.len() {
        0 => {
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"
        }
        _ if !variable.child("value").text().is_empty() => {
            "may not be specified when `value` is not empty"
        }
        1 => return errors,
        _ => "may not have more than one field specified at a time",
    };
    errors.push(invalid(&from.path, "\"\"", detail));
    errors
}

/// A field of the pod: `status.podIP`, or one label or annotation: `metadata.labels['app']`
/// (`validateObjectFieldSelector`). Who asks says which ones it can hold.
pub(super) fn field_of_pod(reference: &Field, held: &[&str]) -> Vec<ApiError> {
    let (version, path) = (reference.child("apiVersion"), reference.child("fieldPath"));
    if let Some(empty) = [&version, &path]
        .into_iter()
        .find(|field| field.text().is_empty())
    {
        return vec![required(&empty.path, "")];
    }
    let wrong = |why: String| {
        vec![invalid(
            &path.path,
            quote(path.text()),
            format!("error converting fieldPath: {why}"),
        )]
    };
    let part = path
        .text()
        .strip_suffix("']")
        .and_then(|text| text.split_once("['"));
    match (
        version.text(),
        path.text(),
        part.filter(|(map, _)| !map.is_empty()),
    ) {
        ("v1", _, Some(("metadata.annotations", key))) => {
            let key = key.to_lowercase();
            invalid_text(&reference.path, &key, is_qualified_name(&key))
        }
        ("v1", _, Some(("metadata.labels", key))) => {
            invalid_text(&reference.path, key, is_qualified_name(key))
        }
        ("v1", text, Some(_)) => wrong(format!("field label does not support subscript: {text}")),
        ("v1", "spec.host", None) if held.contains(&"spec.nodeName") => Vec::new(),
        ("v1", text, None) if held.contains(&text) => Vec::new(),
        ("v1", text, None) if POD_FIELDS.contains(&text) || OTHER_POD_FIELDS.contains(&text) => {
            vec![unsupported(&path.path, text, held)]
        }
        ("v1", text, None) => wrong(format!("field label not supported: {text}")),
        (version, _, _) => wrong(format!("unsupported pod version: {version}")),
    }
}

/// An amount of the container's own (`validateContainerResourceFieldSelector`).
pub(super) fn amount(reference: &Field) -> Vec<ApiError> {
    let resource = reference.child("resource");
    let mut errors = match resource.text() {
        "" => vec![required(&resource.path, "")],
        text if AMOUNTS.contains(&text) || is_of_huge_pages(text) => Vec::new(),
        text => vec![unsupported(&resource.path, text, &AMOUNTS)],
    };
    errors.extend(divisor(reference));
    errors
}

fn is_of_huge_pages(resource: &str) -> bool {
    ["limits.hugepages-", "requests.hugepages-"]
        .iter()
        .any(|start| resource.starts_with(start))
}

/// The unit in which an amount is given; 0 means the default (`validateContainerResourceDivisor`). The error holds the
/// name of the resource.
pub(super) fn divisor(reference: &Field) -> Option<ApiError> {
    const OF_CPU: &[&str] = &["1m", "1"];
    const OF_BYTES: &[&str] = &[
        "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei",
    ];
    let divisor = reference.child("divisor");
    let amount = Quantity::read(divisor.text())
        .filter(|amount| amount.is_negative() || *amount > Quantity::default())?;
    let resource = reference.child("resource").text();
    let (units, joined, named): (&[&str], String, &str) = match resource {
        "limits.cpu" | "requests.cpu" => (OF_CPU, OF_CPU.join(" and "), "cpu"),
        "limits.memory" | "requests.memory" => (OF_BYTES, OF_BYTES.join(", "), "memory"),
        "limits.ephemeral-storage" | "requests.ephemeral-storage" => {
            (OF_BYTES, OF_BYTES.join(", "), "local ephemeral storage")
        }
        _ if is_of_huge_pages(resource) => (OF_BYTES, OF_BYTES.join(", "), "hugepages"),
        _ => return None,
    };
    let is_known = units.contains(&amount.to_string().as_str());
    let detail = format!("only divisor's values {joined} are supported with the {named} resource");
    (!is_known).then(|| invalid(&divisor.path, quote(resource), detail))
}

/// A key of a ConfigMap or Secret; an empty name breaks the rule for names.
fn key(reference: &Field) -> Vec<ApiError> {
    let key = reference.child("key");
    let mut errors = subdomain(&reference.child("name"));
    errors.extend(match key.text() {
        "" => vec![required(&key.path, "")],
        text => invalid_text(&key.path, text, is_config_map_key(text)),
    });
    errors
}

/// All of a ConfigMap or Secret. Errors about the choice name the list, not the item.
fn whole_source(all: &Field, from: &Field) -> Vec<ApiError> {
    let kinds = ["configMapRef", "secretRef"];
    let set: Vec<Field> = kinds
        .iter()
        .map(|kind| from.child(kind))
        .filter(Field::is_set)
        .collect();
    let mut errors = Vec::new();
    let prefix = from.child("prefix");
    if !prefix.text().is_empty() {
        errors.extend(invalid_text(
            &prefix.path,
            prefix.text(),
            is_relaxed_env_var_name(prefix.text()),
        ));
    }
    for name in set.iter().map(|reference| reference.child("name")) {
        match name.text() {
            "" => errors.push(required(&name.path, "")),
            _ => errors.extend(subdomain(&name)),
        }
    }
    match set.len() {
        0 => errors.push(invalid(
            &all.path,
            "\"\"",
            "must specify one of: `configMapRef` or `secretRef`",
        )),
        1 => {}
        _ => errors.push(invalid(
            &all.path,
            "\"\"",
            "may not have more than one field specified at a time",
        )),
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_variable_has_a_value_or_one_source() {
        let found = |json: &str| {
            let object = node(json);
            variable(&Field::root(&object))
                .iter()
                .map(|error| error.detail.clone())
                .collect::<Vec<_>>()
        };
        let source = r#"{"fieldRef":{"apiVersion":"v1","fieldPath":"status.podIP"}}"#;
        assert_eq!(
            found(&format!(r#"{{"name":"A","valueFrom":{source}}}"#)),
            [""; 0]
        );
        assert_eq!(
            found(&format!(
                r#"{{"name":"A","value":"1","valueFrom":{source}}}"#
            )),
            ["may not be specified when `value` is not empty"]
        );
    }

    #[test]
    fn the_error_of_a_variable_without_a_source_lists_all_sources() {
        let object = node(r#"{"name":"A","valueFrom":{}}"#);
        assert_eq!(
            variable(&Field::root(&object))[0].to_string(),
            r#"valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"#
        );
    }

    #[test]
    fn a_variable_holds_few_fields_of_its_pod_and_any_label() {
        let found = |path: &str| {
            let object = node(&format!(r#"{{"apiVersion":"v1","fieldPath":"{path}"}}"#));
            field_of_pod(&Field::root(&object), &POD_FIELDS)
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(found("metadata.labels['app']"), [""; 0]);
        assert!(
            found("metadata.labels")[0]
                .starts_with(r#"fieldPath: Unsupported value: "metadata.labels": supported"#)
        );
        assert_eq!(
            found("spec.hostname"),
            [
                r#"fieldPath: Invalid value: "spec.hostname": error converting fieldPath: field label not supported: spec.hostname"#
            ]
        );
    }

    #[test]
    fn an_amount_has_one_of_the_supported_divisors() {
        let found = |resource: &str, divisor: &str| {
            let object = node(&format!(
                r#"{{"resource":"{resource}","divisor":"{divisor}"}}"#
            ));
            amount(&Field::root(&object))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        for (resource, divisor) in [
            ("limits.cpu", "1m"),
            ("limits.cpu", "0"),
            ("limits.memory", "1Mi"),
        ] {
            assert_eq!(found(resource, divisor), [""; 0], "{resource}");
        }
        assert_eq!(
            found("limits.cpu", "2"),
            [
                r#"divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource"#
            ]
        );
        let bytes = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
        for (resource, named) in [
            ("requests.memory", "memory"),
            ("limits.ephemeral-storage", "local ephemeral storage"),
            ("limits.hugepages-2Mi", "hugepages"),
        ] {
            assert_eq!(
                found(resource, "1m"),
                [format!(
                    r#"divisor: Invalid value: "{resource}": only divisor's values {bytes} are supported with the {named} resource"#
                )]
            );
        }
    }

    #[test]
    fn a_source_without_a_choice_is_told_of_the_whole_list() {
        let object = node(r#"{"envFrom":[{"prefix":"A"}]}"#);
        assert_eq!(
            errors(&Field::root(&object))[0].to_string(),
            r#"envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`"#
        );
    }
}
