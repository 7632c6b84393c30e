//! What the API server does with a custom resource: defaults, then the structural schema, then lists whose items must
//! differ, then CEL rules (apiextensions-apiserver `pkg/registry/customresource/strategy.go`, `validator.go`).
//!
//! The schemas are `manifest/custom/schema.txt`; the CEL rules are functions in `rules/`.

mod defaults;
mod lists;
mod rules;
mod schema_check;

pub(crate) use defaults::fill;

use super::errors::{ApiError, Fault, invalid};
use super::field::Field;
use super::validation::metadata;
use crate::manifest::custom::schema::{self, ObjectSchema, SchemaType};
use crate::manifest::tree::FieldPath;

/// The errors of an object, `metadata` apart, in the server's order.
pub(crate) fn errors(object: &Field, schema: &'static str) -> Vec<ApiError> {
    let schema = schema::named(schema);
    let mut errors = schema_check::errors(object, schema);
    errors.extend(lists::duplicates(object, schema));
    if !rules::are_any(schema) {
        return errors;
    }
    if errors.iter().any(is_blocking) || has_blocking_metadata(object) {
        errors.push(ApiError {
            field: FieldPath::default().key("<nil>"),
            fault: Fault::Invalid("null".to_owned()),
            detail: UNCHECKED.to_owned(),
        });
    } else {
        errors.extend(rules::broken(object, schema));
    }
    errors
}

/// A property that an update must not change (a CEL rule with `oldSelf`).
pub(crate) fn unchanged(new: &Field, old: &Field, path: &[&'static str]) -> Vec<ApiError> {
    let (new, old) = (new.at(path), old.at(path));
    if new.text() == old.text() {
        Vec::new()
    } else {
        vec![invalid(&new.path, "", "Value is immutable")]
    }
}

const UNCHECKED: &str = "some validation rules were not checked because the object was invalid; \
                         correct the existing errors to complete validation";

/// Whether an error keeps the server from evaluating CEL rules (`hasBlockingErr`).
fn is_blocking(error: &ApiError) -> bool {
    match error.fault {
        Fault::Required
        | Fault::TypeInvalid(_)
        | Fault::Unsupported { .. }
        | Fault::TooLong
        | Fault::TooMany(_) => true,
        Fault::Invalid(_) | Fault::Duplicate(_) | Fault::NotFound(_) | Fault::Forbidden => false,
    }
}

/// Whether `metadata` has such an error; a missing name is one.
fn has_blocking_metadata(object: &Field) -> bool {
    let metadata = object.child("metadata");
    let name = metadata.child("name").text();
    name.is_empty()
        || metadata::annotations(&metadata.child("annotations"))
            .iter()
            .any(is_blocking)
}

/// The properties that a schema has of an object, each with its value if there is one. `metadata` is left out.
fn properties<'a>(
    object: &Field<'a>,
    schema: &'static ObjectSchema,
) -> impl Iterator<Item = (Field<'a>, &'static schema::Property)> {
    let properties = schema.properties.iter();
    let own = properties.filter(|property| !matches!(property.kind(), SchemaType::Metadata));
    own.map(|property| (object.child(property.name), property))
        .collect::<Vec<_>>()
        .into_iter()
}
