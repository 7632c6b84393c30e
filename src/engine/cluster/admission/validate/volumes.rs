//! Rules for the names of volumes and where containers mount them (`ValidateVolumes`, `ValidateVolumeMounts`).
//!
//! What a volume is made of has nothing to do with networking and is taken as it is.

use std::collections::BTreeSet;

use super::values::label;
use crate::engine::cluster::admission::error::{ApiError, duplicate, invalid, not_found, required};
use crate::engine::cluster::admission::field::Field;
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

/// What is wrong with the mounts of a container of the pod `spec`.
pub fn mounts(spec: &Field, container: &Field) -> Vec<ApiError> {
    let volumes = spec.child("volumes").items();
    let known: BTreeSet<&str> = volumes.iter().map(|volume| volume.child("name").text()).collect();
    let mut places = BTreeSet::new();
    let mut errors = Vec::new();
    for mount in container.child("volumeMounts").items() {
        let (name, path) = (mount.child("name"), mount.child("mountPath"));
        match name.text() {
            "" => errors.push(required(&name.path, "")),
            text if known.contains(text) => {}
            text => errors.push(not_found(&name.path, quote(text))),
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
