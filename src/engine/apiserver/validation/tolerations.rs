//! Rules for `tolerations` (`ValidateTolerations`).

use super::values::{one_of_when_set, qualified_name};
use crate::apiserver::errors::{ApiError, invalid, unsupported};
use crate::apiserver::field::Field;
use crate::syntax::{is_valid_label_value, quote};

/// What is wrong with the tolerations of a pod.
pub(super) fn errors(spec: &Field) -> Vec<ApiError> {
    spec.child("tolerations")
        .items()
        .iter()
        .flat_map(toleration)
        .collect()
}

fn toleration(toleration: &Field) -> Vec<ApiError> {
    let (key, operator) = (toleration.child("key"), toleration.child("operator"));
    let effect = toleration.child("effect");
    let mut errors = if key.text().is_empty() {
        Vec::new()
    } else {
        qualified_name(&key)
    };
    if key.text().is_empty() && operator.text() != "Exists" {
        let detail = "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
        errors.push(invalid(&operator.path, quote(operator.text()), detail));
    }
    if toleration.child("tolerationSeconds").is_set() && effect.text() != "NoExecute" {
        let detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
        errors.push(invalid(&effect.path, quote(effect.text()), detail));
    }
    errors.extend(value(toleration, &operator));
    errors.extend(one_of_when_set(
        &effect,
        &["NoSchedule", "PreferNoSchedule", "NoExecute"],
    ));
    errors
}

fn value(toleration: &Field, operator: &Field) -> Vec<ApiError> {
    let value = toleration.child("value").text();
    match operator.text() {
        "" | "Equal" => {
            let wrong = is_valid_label_value(value);
            let error = || invalid(&operator.path, quote(value), wrong.join(";"));
            if wrong.is_empty() {
                Vec::new()
            } else {
                vec![error()]
            }
        }
        "Exists" if value.is_empty() => Vec::new(),
        "Exists" => {
            let detail = "value must be empty when `operator` is 'Exists'";
            vec![invalid(&operator.path, quote(value), detail)]
        }
        // Comparisons need the feature gate `TaintTolerationComparisonOperators`. The server lists them only to those who
        // ask for one.
        text @ ("Lt" | "Gt") => vec![unsupported(
            &operator.path,
            text,
            &["Equal", "Exists", "Lt", "Gt"],
        )],
        text => vec![unsupported(&operator.path, text, &["Equal", "Exists"])],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn operators_that_compare_are_listed_in_the_error_about_one() {
        let found = |operator: &str| {
            let object = node(&format!(
                r#"{{"operator":"{operator}","key":"a","value":"1"}}"#
            ));
            toleration(&Field::root(&object))[0].to_string()
        };
        assert_eq!(
            found("Lt"),
            r#"operator: Unsupported value: "Lt": supported values: "Equal", "Exists", "Lt", "Gt""#
        );
        assert_eq!(
            found("equal"),
            r#"operator: Unsupported value: "equal": supported values: "Equal", "Exists""#
        );
    }

    #[test]
    fn what_tolerates_everything_names_no_value() {
        let wrong = node(r#"{"operator":"Exists","key":"a","value":"b"}"#);
        assert_eq!(
            toleration(&Field::root(&wrong))[0].to_string(),
            r#"operator: Invalid value: "b": value must be empty when `operator` is 'Exists'"#
        );
    }
}
