//! Rules for the labels whose values a selector takes from the pod itself, `matchLabelKeys` and `mismatchLabelKeys`
//! (`ValidateMatchLabelKeysAndMismatchLabelKeys`). Terms of pod affinity and spread constraints have them; a pod's
//! selectors hold the values already when they are checked (`defaulting::label_keys`).

use std::collections::BTreeSet;

use super::values::qualified_name;
use crate::apiserver::errors::{ApiError, forbidden, invalid};
use crate::apiserver::field::Field;
use crate::sort;
use crate::syntax::quote;

/// What is wrong with the keys of a term or of a constraint.
pub(super) fn errors(term: &Field) -> Vec<ApiError> {
    let (same, other) = (
        term.child("matchLabelKeys"),
        term.child("mismatchLabelKeys"),
    );
    let selector = term.child("labelSelector");
    let mut errors = Vec::new();
    for keys in [&same, &other] {
        match selector.is_set() {
            true => errors.extend(keys.items().iter().flat_map(qualified_name)),
            false if keys.is_empty() => {}
            false => errors.push(forbidden(
                &keys.path,
                "must not be specified when labelSelector is not set",
            )),
        }
    }
    errors.extend(selected_twice(term, &same, &selector));
    let both = same
        .items()
        .into_iter()
        .filter(|key| other.list().iter().any(|one| one == key.text()));
    let detail = "exists in both matchLabelKeys and mismatchLabelKeys";
    errors.extend(both.map(|key| invalid(&key.path, quote(key.text()), detail)));
    errors
}

/// A key that the selector asks for besides. The server names the term and the position of the key.
fn selected_twice(term: &Field, keys: &Field, selector: &Field) -> Vec<ApiError> {
    let keys = keys.list();
    let labels = selector.child("matchLabels").texts();
    let mut selected: BTreeSet<&str> = sort::set(labels.into_iter().map(|(key, _)| key));
    let mut errors = Vec::new();
    for expression in selector.child("matchExpressions").items() {
        let key = expression.child("key").text();
        let place = keys.iter().rposition(|one| one == key);
        if let Some(place) = place.filter(|_| selected.contains(key)) {
            let detail = "exists in both matchLabelKeys and labelSelector";
            errors.push(invalid(&term.path.index(place), quote(key), detail));
        }
        selected.insert(key);
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(term: &str) -> Vec<String> {
        errors(&Field::root(&node(term)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_label_is_not_to_be_the_same_and_another() {
        assert_eq!(
            found(r#"{"labelSelector":{},"matchLabelKeys":["a"],"mismatchLabelKeys":["a"]}"#),
            [
                r#"matchLabelKeys[0]: Invalid value: "a": exists in both matchLabelKeys and mismatchLabelKeys"#
            ]
        );
    }

    #[test]
    fn a_key_is_in_the_selector_once() {
        let expression = r#"{"key":"b","operator":"In","values":["1"]}"#;
        let with = |labels: &str, expressions: &str| {
            found(&format!(
                r#"{{"labelSelector":{{"matchLabels":{{{labels}}},"matchExpressions":[{expressions}]}},"matchLabelKeys":["a","b"]}}"#
            ))
        };
        let twice = [r#"[1]: Invalid value: "b": exists in both matchLabelKeys and labelSelector"#];
        assert_eq!(with("", expression), [""; 0]);
        assert_eq!(with("", &format!("{expression},{expression}")), twice);
        assert_eq!(with(r#""b":"1""#, expression), twice);
    }

    #[test]
    fn keys_need_a_selector() {
        assert_eq!(
            found(r#"{"matchLabelKeys":["a b"]}"#),
            ["matchLabelKeys: Forbidden: must not be specified when labelSelector is not set"]
        );
    }
}
