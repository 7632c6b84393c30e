//! Rules for label selectors, and whether one matches a template (apimachinery `meta/v1/validation`).

use super::values::{labels, qualified_name};
use crate::apiserver::errors::{ApiError, forbidden, invalid, invalid_text, required};
use crate::apiserver::field::Field;
use crate::syntax::{is_qualified_name, is_valid_label_value, quote};

/// What is wrong with a `LabelSelector`.
pub(super) fn errors(selector: &Field) -> Vec<ApiError> {
    let mut errors = labels(&selector.child("matchLabels"));
    errors.extend(
        selector
            .child("matchExpressions")
            .items()
            .iter()
            .flat_map(requirement),
    );
    errors
}

fn requirement(requirement: &Field) -> Vec<ApiError> {
    let (operator, values) = (requirement.child("operator"), requirement.child("values"));
    let mut errors = match operator.text() {
        "In" | "NotIn" if values.is_empty() => {
            vec![required(
                &values.path,
                "must be specified when `operator` is 'In' or 'NotIn'",
            )]
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            vec![forbidden(
                &values.path,
                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
            )]
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => Vec::new(),
        text => vec![invalid(
            &operator.path,
            quote(text),
            "not a valid selector operator",
        )],
    };
    errors.extend(qualified_name(&requirement.child("key")));
    let value = |field: &Field| {
        invalid_text(
            &field.path,
            field.text(),
            is_valid_label_value(field.text()),
        )
    };
    errors.extend(values.items().iter().flat_map(value));
    errors
}

/// Whether nothing is asked for: such a selector matches everything.
pub(super) fn is_empty(selector: &Field) -> bool {
    selector.child("matchLabels").is_empty() && selector.child("matchExpressions").is_empty()
}

/// Whether the selector can be made into one that matches; those with wrong keys, operators or values cannot.
pub(super) fn is_usable(selector: &Field) -> bool {
    let is_label = |(key, value): &(&str, &str)| {
        is_qualified_name(key).is_empty() && is_valid_label_value(value).is_empty()
    };
    let labels_are_right = selector.child("matchLabels").texts().iter().all(is_label);
    labels_are_right
        && selector
            .child("matchExpressions")
            .items()
            .iter()
            .all(|one| requirement(one).is_empty())
}

/// Whether a usable selector matches labels; one that was not written matches none.
pub(super) fn matches(selector: &Field, labels: &Field) -> bool {
    let has = |key: &str| {
        labels
            .texts()
            .into_iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value)
    };
    let plain = selector
        .child("matchLabels")
        .texts()
        .into_iter()
        .all(|(key, value)| has(key) == Some(value));
    let meets = |requirement: &Field| {
        let (found, values) = (
            has(requirement.child("key").text()),
            requirement.child("values").list(),
        );
        match requirement.child("operator").text() {
            "In" => found.is_some_and(|value| values.iter().any(|one| one == value)),
            "NotIn" => found.is_none_or(|value| values.iter().all(|one| one != value)),
            "Exists" => found.is_some(),
            _ => found.is_none(),
        }
    };
    selector.is_set() && plain && selector.child("matchExpressions").items().iter().all(meets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_selector_that_was_not_written_matches_nothing_and_an_empty_one_everything() {
        let object = node(r#"{"empty":{},"labels":{"app":"web"}}"#);
        let root = Field::root(&object);
        assert!(matches(&root.child("empty"), &root.child("labels")));
        assert!(!matches(&root.child("missing"), &root.child("labels")));
    }

    #[test]
    fn not_in_matches_what_has_no_such_label() {
        let selector =
            node(r#"{"matchExpressions":[{"key":"tier","operator":"NotIn","values":["db"]}]}"#);
        for (labels, expected) in [
            ("{}", true),
            (r#"{"tier":"web"}"#, true),
            (r#"{"tier":"db"}"#, false),
        ] {
            let labels = node(labels);
            assert_eq!(
                matches(&Field::root(&selector), &Field::root(&labels)),
                expected,
                "{labels:?}"
            );
        }
    }
}
