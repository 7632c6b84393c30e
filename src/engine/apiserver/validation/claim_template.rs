//! Rules for the claim that an ephemeral volume makes (`ValidatePersistentVolumeClaimTemplate`).

use super::values::{labels, one_of_when_set, subdomain};
use super::{metadata, resources, selector};
use crate::apiserver::errors::{ApiError, forbidden, invalid, required, unsupported};
use crate::apiserver::field::Field;
use crate::quantity::Quantity;
use crate::syntax::quote;

/// How a volume may be mounted, in the server's order.
const ACCESS_MODES: [&str; 4] = [
    "ReadOnlyMany",
    "ReadWriteMany",
    "ReadWriteOnce",
    "ReadWriteOncePod",
];

/// What is wrong with a template of a claim.
pub(super) fn errors(template: &Field) -> Vec<ApiError> {
    let meta = template.child("metadata");
    let mut errors = metadata::annotations(&meta.child("annotations"));
    errors.extend(labels(&meta.child("labels")));
    errors.extend(other_metadata(&meta));
    errors.extend(spec_errors(&template.child("spec")));
    errors
}

/// Only labels and annotations are carried over.
fn other_metadata(meta: &Field) -> Vec<ApiError> {
    const FIELDS: [(&str, &str); 13] = [
        ("name", "name"),
        ("generateName", "generateName"),
        ("namespace", "namespace"),
        ("selfLink", "selfLink"),
        // The server makes only the first letter of Go's `UID` small.
        ("uid", "uID"),
        ("resourceVersion", "resourceVersion"),
        ("generation", "generation"),
        ("creationTimestamp", "creationTimestamp"),
        ("deletionTimestamp", "deletionTimestamp"),
        ("deletionGracePeriodSeconds", "deletionGracePeriodSeconds"),
        ("ownerReferences", "ownerReferences"),
        ("finalizers", "finalizers"),
        ("managedFields", "managedFields"),
    ];
    let set = FIELDS
        .into_iter()
        .filter(|&(field, _)| meta.child(field).is_set());
    set.map(|(_, named)| forbidden(&meta.path.key(named), "cannot be set"))
        .collect()
}

/// `ValidatePersistentVolumeClaimSpec`, data sources apart.
fn spec_errors(spec: &Field) -> Vec<ApiError> {
    let modes = spec.child("accessModes");
    let mut errors = Vec::new();
    if modes.is_empty() {
        errors.push(required(&modes.path, "at least 1 access mode is required"));
    }
    errors.extend(selector::errors(&spec.child("selector")));
    errors.extend(access_modes(&modes));
    errors.extend(size(spec));
    let classes = ["storageClassName", "volumeAttributesClassName"].map(|key| spec.child(key));
    let [storage, attributes] = &classes;
    if !storage.text().is_empty() {
        errors.extend(subdomain(storage));
    }
    errors.extend(one_of_when_set(
        &spec.child("volumeMode"),
        &["Block", "Filesystem"],
    ));
    if !attributes.text().is_empty() {
        errors.extend(subdomain(attributes));
    }
    errors
}

/// A volume of one pod alone has no other mode.
fn access_modes(modes: &Field) -> Vec<ApiError> {
    let modes_of_it = modes.list();
    let mut errors: Vec<ApiError> = modes_of_it
        .iter()
        .filter(|mode| !ACCESS_MODES.contains(&mode.as_str()))
        .map(|mode| unsupported(&modes.path, mode, &ACCESS_MODES))
        .collect();
    let is_exclusive = |mode: &String| mode == "ReadWriteOncePod";
    let is_shared = |mode: &String| ACCESS_MODES[..3].contains(&mode.as_str());
    if modes_of_it.iter().any(is_exclusive) && modes_of_it.iter().any(is_shared) {
        let detail = "may not use ReadWriteOncePod with other access modes";
        errors.push(forbidden(&modes.path, detail));
    }
    errors
}

/// How large the volume is. The server leaves `requests` out of the path.
fn size(spec: &Field) -> Vec<ApiError> {
    let asked = spec.child("resources");
    let field = Field {
        path: asked.path.entry("storage"),
        ..asked.child("requests").entry("storage")
    };
    if !field.is_set() {
        return vec![required(&field.path, "")];
    }
    match Quantity::read(field.text()) {
        Some(amount) if amount > Quantity::default() => resources::quantity("storage", &field),
        Some(amount) => vec![invalid(
            &field.path,
            quote(&amount.to_string()),
            "must be greater than zero",
        )],
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(template: &str) -> Vec<String> {
        errors(&Field::root(&node(template)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_claim_needs_an_access_mode_and_a_size() {
        assert_eq!(
            found(r#"{"spec":{}}"#),
            [
                "spec.accessModes: Required value: at least 1 access mode is required",
                "spec.resources[storage]: Required value",
            ]
        );
        let spec = |modes: &str, size: &str| {
            found(&format!(
                r#"{{"spec":{{"accessModes":{modes},"resources":{{"requests":{{"storage":"{size}"}}}}}}}}"#
            ))
        };
        assert_eq!(spec(r#"["ReadWriteOnce","ReadOnlyMany"]"#, "1Gi"), [""; 0]);
        assert_eq!(
            spec(r#"["ReadWriteOncePod","ReadWriteOnce"]"#, "0"),
            [
                "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
                r#"spec.resources[storage]: Invalid value: "0": must be greater than zero"#,
            ]
        );
        assert_eq!(
            spec(r#"["Often"]"#, "1"),
            [
                r#"spec.accessModes: Unsupported value: "Often": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod""#
            ]
        );
    }

    #[test]
    fn a_claim_is_named_by_the_pod() {
        let spec = r#"{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1"}}}"#;
        let metadata = r#"{"name":"a","uid":"b","labels":{"a":"b"}}"#;
        assert_eq!(
            found(&format!(r#"{{"metadata":{metadata},"spec":{spec}}}"#)),
            [
                "metadata.name: Forbidden: cannot be set",
                "metadata.uID: Forbidden: cannot be set",
            ]
        );
    }
}
