//! Rules for containers that are added to a running pod (`validateEphemeralContainers`). A new pod has none, and its
//! server looks at them all the same.

use std::collections::BTreeSet;

use super::container;
use super::volumes::Volumes;
use crate::apiserver::errors::{ApiError, duplicate, forbidden, not_found};
use crate::apiserver::field::Field;
use crate::sort;
use crate::syntax::quote;

const DETAIL: &str = "cannot be set for an Ephemeral Container";

/// What other containers have and these do not, in the order of Go's struct.
const NOT_ALLOWED: [&str; 9] = [
    "ports",
    "resources",
    "resizePolicy",
    "restartPolicy",
    "restartPolicyRules",
    "livenessProbe",
    "readinessProbe",
    "startupProbe",
    "lifecycle",
];

/// What is wrong with `ephemeralContainers`, given the pod's volumes.
pub(super) fn errors(spec: &Field, volumes: &Volumes) -> Vec<ApiError> {
    let others = ["containers", "initContainers"]
        .into_iter()
        .flat_map(|list| spec.child(list).items());
    let others: BTreeSet<&str> = sort::set(others.map(|other| other.child("name").text()));
    let mut names = others.clone();
    let mut errors = Vec::new();
    for own in spec.child("ephemeralContainers").items() {
        errors.extend(container::common(spec, volumes, &own));
        errors.extend(container::padded_image(&own));
        let (name, target) = (own.child("name"), own.child("targetContainerName"));
        if !names.insert(name.text()) {
            errors.push(duplicate(&name.path, quote(name.text())));
        }
        if !target.text().is_empty() && !others.contains(target.text()) {
            errors.push(not_found(&target.path, quote(target.text())));
        }
        errors.extend(not_allowed(&own));
    }
    errors
}

fn not_allowed(own: &Field) -> Vec<ApiError> {
    let fields = NOT_ALLOWED.map(|key| own.child(key));
    // `resources` is no pointer: an empty one is none.
    let is_written = |field: &Field| {
        let is_empty = field.is_empty() && field.path == own.path.key("resources");
        field.is_set() && !is_empty
    };
    let mounts = own.child("volumeMounts").items();
    let parts = mounts
        .iter()
        .flat_map(|mount| ["subPath", "subPathExpr"].map(|key| mount.child(key)));
    let parts = parts.filter(|part| !part.text().is_empty());
    let set = fields.into_iter().filter(is_written).chain(parts);
    set.map(|field| forbidden(&field.path, DETAIL)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn an_ephemeral_container_has_no_ports_and_targets_another() {
        let own = r#"{"name":"a","image":"x","imagePullPolicy":"Always","terminationMessagePolicy":"File","resources":{},"ports":[{"containerPort":80,"protocol":"TCP"}],"targetContainerName":"b"}"#;
        let spec = node(&format!(
            r#"{{"containers":[{{"name":"a"}}],"ephemeralContainers":[{own}]}}"#
        ));
        let found = errors(&Field::root(&spec), &Volumes::new());
        assert_eq!(
            found.iter().map(ApiError::to_string).collect::<Vec<_>>(),
            [
                r#"ephemeralContainers[0].name: Duplicate value: "a""#,
                r#"ephemeralContainers[0].targetContainerName: Not found: "b""#,
                "ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container",
            ]
        );
    }
}
