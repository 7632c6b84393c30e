//! Rules for `metadata` (apimachinery `api/validation/objectmeta.go`).

use super::values::labels;
use crate::engine::cluster::admission::error::{ApiError, invalid_text, required, too_long};
use crate::engine::cluster::admission::field::Field;
use crate::engine::cluster::admission::kind::Kind;
use crate::engine::syntax::{is_dns1123_label, is_qualified_name};

/// How many bytes all annotations may have together.
const ANNOTATIONS_LENGTH: usize = 256 * 1024;

/// What is wrong with an object's metadata.
pub fn errors(kind: Kind, metadata: &Field) -> Vec<ApiError> {
    let mut errors = generate_name(kind, &metadata.child("generateName"));
    errors.extend(name(kind, metadata));
    if kind.is_namespaced() {
        let namespace = metadata.child("namespace");
        errors.extend(invalid_text(&namespace.path, namespace.text(), is_dns1123_label(namespace.text())));
    }
    errors.extend(labels(&metadata.child("labels")));
    errors.extend(annotations(&metadata.child("annotations")));
    let finalizers = metadata.child("finalizers");
    for name in finalizers.list() {
        errors.extend(invalid_text(&finalizers.path, &name, is_qualified_name(&name)));
    }
    errors
}

/// The start of a name: it may end in a hyphen, since more follows.
fn generate_name(kind: Kind, field: &Field) -> Vec<ApiError> {
    if field.text().is_empty() {
        return Vec::new();
    }
    let masked = field.text().strip_suffix('-').map(|start| format!("{start}a"));
    let errors = kind.name_errors(masked.as_deref().unwrap_or(field.text()));
    invalid_text(&field.path, field.text(), errors)
}

fn name(kind: Kind, metadata: &Field) -> Vec<ApiError> {
    let name = metadata.child("name");
    match name.text() {
        "" => vec![required(&name.path, "name or generateName is required")],
        text => invalid_text(&name.path, text, kind.name_errors(text)),
    }
}

/// Annotations: any value, keys like those of labels but in any case.
pub fn annotations(field: &Field) -> Vec<ApiError> {
    let key = |(key, _): &(&str, &str)| invalid_text(&field.path, key, is_qualified_name(&key.to_lowercase()));
    let texts = field.texts();
    let mut errors: Vec<ApiError> = texts.iter().flat_map(key).collect();
    if texts.iter().map(|(key, value)| key.len() + value.len()).sum::<usize>() > ANNOTATIONS_LENGTH {
        errors.push(too_long(&field.path, ANNOTATIONS_LENGTH));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::cluster::admission::testing::node;

    #[test]
    fn the_start_of_a_name_may_end_in_a_hyphen() {
        let metadata = |start: &str| node(&format!(r#"{{"generateName":"{start}"}}"#));
        let errors = |start| generate_name(Kind::Service, &Field::root(&metadata(start)).child("generateName")).len();
        assert_eq!((errors("web-"), errors("Web-")), (0, 1));
    }

    #[test]
    fn annotations_may_be_in_upper_case_and_labels_too() {
        let map = node(r#"{"Example.com/App":"x"}"#);
        assert_eq!((annotations(&Field::root(&map)).len(), labels(&Field::root(&map)).len()), (0, 1));
    }
}
