//! What a replaced object keeps of the one before it: its status, and its generation.

use crate::apiserver::field::Field;
use crate::apiserver::go_json;
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};

/// The status is not the user's to write.
pub(super) fn carry_over(kind: Kind, object: &mut Yaml, old: &Yaml) {
    match old.get("status").cloned() {
        Some(status) => object.set("status", status.value),
        None => drop(object.remove("status")),
    }
    (kind.spec().prepare_update)(object, old);
}

/// Counts a change of the object in its generation.
pub(super) fn count_generation(kind: Kind, object: &mut Yaml, old: &Yaml) {
    if !kind.spec().has_generation {
        return;
    }
    let generation = Field::root(old).at(&["metadata", "generation"]).int();
    let is_same = counted(kind, object) == counted(kind, old);
    if let Some(metadata) = object.get_mut("metadata") {
        metadata.set(
            "generation",
            YamlValue::Int(generation + i64::from(!is_same)),
        );
    }
}

/// What of an object a generation counts the changes of: all but its status and most of its metadata.
fn counted(kind: Kind, object: &Yaml) -> String {
    let mut counted = object.clone();
    for key in ["apiVersion", "kind", "metadata", "status"] {
        counted.remove(key);
    }
    let metadata = Field::root(object).child("metadata");
    let also = kind.spec().counted_metadata.iter();
    let also = also.map(|key| go_json::to_json(metadata.child(key).node()));
    also.chain([go_json::to_json(Some(&counted))]).collect()
}
