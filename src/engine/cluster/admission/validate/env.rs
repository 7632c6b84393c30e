//! Rules for a container's environment (`ValidateEnv`, `ValidateEnvFrom`).

use super::values::subdomain;
use crate::engine::cluster::admission::error::{ApiError, invalid, invalid_text, required};
use crate::engine::cluster::admission::field::Field;
use crate::engine::syntax::is_relaxed_env_var_name;

/// What is wrong with `env` and `envFrom`.
pub fn errors(container: &Field) -> Vec<ApiError> {
    let mut errors: Vec<ApiError> = container.child("env").items().iter().flat_map(variable).collect();
    errors.extend(container.child("envFrom").items().iter().flat_map(whole_source));
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

fn source(variable: &Field, from: &Field) -> Vec<ApiError> {
    let kinds = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];
    let set: Vec<Field> = kinds.iter().map(|kind| from.child(kind)).filter(Field::is_set).collect();
    if set.is_empty() {
        let detail = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`";
        return vec![invalid(&from.path, "\"\"", detail)];
    }
    let mut errors: Vec<ApiError> = set.iter().flat_map(reference).collect();
    if !variable.child("value").text().is_empty() {
        errors.push(invalid(&from.path, "\"\"", "may not be specified when `value` is not empty"));
    } else if set.len() > 1 {
        errors.push(invalid(&from.path, "\"\"", "may not have more than one field specified at a time"));
    }
    errors
}

fn reference(reference: &Field) -> Vec<ApiError> {
    let needed: &[&str] = match reference.path.to_string() {
        path if path.ends_with(".fieldRef") => &["apiVersion", "fieldPath"],
        path if path.ends_with(".resourceFieldRef") => &["resource"],
        path if path.ends_with("KeyRef") && !path.ends_with(".fileKeyRef") => &["name", "key"],
        _ => &[],
    };
    let missing = needed.iter().map(|name| reference.child(name)).filter(|field| field.text().is_empty());
    missing.map(|field| required(&field.path, "")).collect()
}

fn whole_source(from: &Field) -> Vec<ApiError> {
    let kinds = ["configMapRef", "secretRef"];
    let set: Vec<Field> = kinds.iter().map(|kind| from.child(kind)).filter(Field::is_set).collect();
    let mut errors = Vec::new();
    let prefix = from.child("prefix");
    if !prefix.text().is_empty() {
        errors.extend(invalid_text(&prefix.path, prefix.text(), is_relaxed_env_var_name(prefix.text())));
    }
    for name in set.iter().map(|reference| reference.child("name")) {
        match name.text() {
            "" => errors.push(required(&name.path, "")),
            _ => errors.extend(subdomain(&name)),
        }
    }
    match set.len() {
        0 => errors.push(invalid(&from.path, "\"\"", "must specify one of: `configMapRef` or `secretRef`")),
        1 => {}
        _ => errors.push(invalid(&from.path, "\"\"", "may not have more than one field specified at a time")),
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::cluster::admission::testing::node;

    #[test]
    fn a_variable_has_a_value_or_one_source() {
        let found = |json: &str| {
            let object = node(json);
            variable(&Field::root(&object)).iter().map(|error| error.detail.clone()).collect::<Vec<_>>()
        };
        let source = r#"{"fieldRef":{"apiVersion":"v1","fieldPath":"status.podIP"}}"#;
        assert_eq!(found(&format!(r#"{{"name":"A","valueFrom":{source}}}"#)), [""; 0]);
        assert_eq!(
            found(&format!(r#"{{"name":"A","value":"1","valueFrom":{source}}}"#)),
            ["may not be specified when `value` is not empty"]
        );
    }
}
