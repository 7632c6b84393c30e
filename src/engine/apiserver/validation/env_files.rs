//! Rules for variables that are read from files of volumes (`validateFileKeySelector`, `validateFileKeyRefVolumes`; feature
//! gate `EnvFiles`, on since 1.35).

use super::values::{label, path_without_backsteps};
use crate::apiserver::errors::{ApiError, invalid, invalid_text, not_found, required};
use crate::apiserver::field::Field;
use crate::syntax::{is_relaxed_env_var_name, quote};

/// The errors of a reference to a variable in a file.
pub(super) fn key(reference: &Field) -> Vec<ApiError> {
    let [key, volume, path] = ["key", "volumeName", "path"].map(|name| reference.child(name));
    let mut errors = needed(&key, |key| {
        invalid_text(&key.path, key.text(), is_relaxed_env_var_name(key.text()))
    });
    errors.extend(needed(&volume, label));
    errors.extend(needed(&path, path_without_backsteps));
    errors
}

fn needed(field: &Field, rule: fn(&Field) -> Vec<ApiError>) -> Vec<ApiError> {
    match field.text() {
        "" => vec![required(&field.path, "")],
        _ => rule(field),
    }
}

/// The errors of volumes whose files the variables of a pod's containers are read from: the pod has them, and they are
/// empty directories.
pub(super) fn volumes(spec: &Field) -> Vec<ApiError> {
    let volumes = spec.child("volumes").items();
    let containers = ["initContainers", "containers", "ephemeralContainers"]
        .into_iter()
        .flat_map(|list| spec.child(list).items());
    let variables = containers.flat_map(|container| container.child("env").items());
    let references = variables.map(|variable| variable.at(&["valueFrom", "fileKeyRef"]));
    let mut errors = Vec::new();
    for reference in references.filter(Field::is_set) {
        let name = reference.child("volumeName");
        let is_named = |volume: &&Field| volume.child("name").text() == name.text();
        match volumes.iter().rfind(is_named) {
            None => errors.push(not_found(&name.path, quote(name.text()))),
            Some(volume) if !volume.child("emptyDir").is_set() => {
                let detail = "referenced volume must be of type emptyDir";
                errors.push(invalid(&name.path, quote(name.text()), detail));
            }
            Some(_) => {}
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_variable_in_a_file_names_the_file_of_an_empty_directory() {
        let found = |reference: &str| {
            let object = node(reference);
            let errors = key(&Field::root(&object));
            errors.iter().map(ApiError::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            found(r#"{"key":"A","volumeName":"v","path":"a/b"}"#),
            [""; 0]
        );
        assert_eq!(
            found(r#"{"path":"../a"}"#),
            [
                "key: Required value",
                "volumeName: Required value",
                r#"path: Invalid value: "../a": must not contain '..'"#,
            ]
        );
        let spec = |volume: &str| {
            let variable = r#"{"name":"A","valueFrom":{"fileKeyRef":{"volumeName":"v"}}}"#;
            let spec = node(&format!(
                r#"{{"containers":[{{"env":[{variable}]}}],"volumes":[{volume}]}}"#
            ));
            let errors = volumes(&Field::root(&spec));
            errors.iter().map(ApiError::to_string).collect::<Vec<_>>()
        };
        assert_eq!(spec(r#"{"name":"v","emptyDir":{}}"#), [""; 0]);
        let path = "containers[0].env[0].valueFrom.fileKeyRef.volumeName";
        assert_eq!(spec(""), [format!(r#"{path}: Not found: "v""#)]);
        assert_eq!(
            spec(r#"{"name":"v","configMap":{"name":"c"}}"#),
            [format!(
                r#"{path}: Invalid value: "v": referenced volume must be of type emptyDir"#
            )]
        );
    }
}
