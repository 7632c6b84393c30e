//! Why an object is invalid: the errors of its metadata, then those of its kind.

use crate::apiserver::field::Field;
use crate::apiserver::{ApiError, go_json, validation};
use crate::kinds::Kind;
use crate::manifest::tree::{PathStep, Yaml};

/// The errors of a defaulted object that is not there yet.
pub(super) fn create_errors(kind: Kind, object: &Yaml) -> Vec<ApiError> {
    let mut errors = errors(kind, object);
    errors.extend((kind.spec().validate_create)(&Field::root(object)));
    errors
}

/// The errors of a defaulted object, new or not.
fn errors(kind: Kind, object: &Yaml) -> Vec<ApiError> {
    let root = Field::root(object);
    let mut errors = validation::metadata::errors(
        kind.resource().scope,
        kind.spec().name_errors,
        &root.child("metadata"),
    );
    errors.extend((kind.spec().validate)(&root));
    errors
}

/// The errors of replacing `old` by `object`.
pub(super) fn update_errors(kind: Kind, object: &Yaml, old: &Yaml) -> Vec<ApiError> {
    (kind.spec().validate_update)(&Field::root(object), &Field::root(old))
}

/// The errors about immutable fields, before or after the others.
pub(super) fn changed_errors(kind: Kind, object: &Yaml, old: &Yaml) -> Vec<ApiError> {
    let (update, mut all) = (update_errors(kind, object, old), errors(kind, object));
    if let Some(list) = kind.spec().unchecked_if_kept
        && go_json::to_json(object.get(list)) == go_json::to_json(old.get(list))
    {
        let is_about_list = |step: &PathStep| matches!(step, PathStep::Key(key) if key == list);
        all.retain(|error| !error.field.0.first().is_some_and(is_about_list));
    }
    let (mut first, then) = if kind.spec().tells_update_first {
        (update, all)
    } else {
        (all, update)
    };
    first.extend(then);
    first
}
