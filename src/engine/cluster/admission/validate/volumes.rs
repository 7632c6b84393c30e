//! Rules for the names of volumes and where containers mount them (`ValidateVolumes`, `ValidateVolumeMounts`).
//!
//! What a volume is made of has nothing to do with networking and is taken as it is.

use std::collections::BTreeSet;

use super::values::label;
use crate::engine::cluster::admission::error::{ApiError, duplicate, invalid, not_found, required};
use crate::engine::cluster::admission::field::Field;
use crate::engine::order;
use crate::engine::syntax::quote;

/// What is wrong with the volumes of a pod.
pub fn errors(spec: &Field) -> Vec<ApiError> {
    let (mut errors, mut names) = (Vec::new(), BTreeSet::new());
    for name in spec.child("volumes").items().iter().map(|volume| volume.child("name")) {
        match name.text() {
            "" => errors.push(required(&name.path, "")),
            text => {
                errors.extend(label(&name));
                if !names.insert(text) {
                    errors.push(duplicate(&name.path, quote(text)));
                }
            }
        }
    }
    errors
}

/// The names of the volumes of a pod; those of `claims` are made for each pod of a StatefulSet.
pub fn names<'a>(spec: &Field<'a>, claims: &Field<'a>) -> BTreeSet<&'a str> {
    let own = spec.child("volumes").items().into_iter().map(|volume| volume.child("name").text());
    order::set(own.chain(claims.items().into_iter().map(|claim| claim.at(&["metadata", "name"]).text())))
}

/// What is wrong with the mounts of a container, given the names of its pod's volumes.
pub fn mounts(known: &BTreeSet<&str>, container: &Field) -> Vec<ApiError> {
    let mut places = BTreeSet::new();
    let mut errors = Vec::new();
    for mount in container.child("volumeMounts").items() {
        let (name, path) = (mount.child("name"), mount.child("mountPath"));
        if name.text().is_empty() {
            errors.push(required(&name.path, ""));
        }
        if !known.contains(name.text()) {
            errors.push(not_found(&name.path, quote(name.text())));
        }
        if path.text().is_empty() {
            errors.push(required(&path.path, ""));
        }
        if !places.insert(path.text()) {
            errors.push(invalid(&path.path, quote(path.text()), "must be unique"));
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::cluster::admission::testing::node;

    #[test]
    fn a_mount_is_of_a_volume_of_the_pod_or_of_a_claim() {
        let object = node(
            r#"{"volumes":[{"name":"own"}],"claims":[{"metadata":{"name":"data"}}],"volumeMounts":[{"name":"own","mountPath":"/a"},{"name":"data","mountPath":"/b"},{"name":"no","mountPath":"/c"}]}"#,
        );
        let root = Field::root(&object);
        let found = mounts(&names(&root, &root.child("claims")), &root);
        assert_eq!(
            found.iter().map(ApiError::to_string).collect::<Vec<_>>(),
            [r#"volumeMounts[2].name: Not found: "no""#]
        );
    }
}
