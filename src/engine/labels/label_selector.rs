//! Selectors of workloads: `matchLabels` and `matchExpressions` (`metav1.LabelSelector`).

use serde::Deserialize;

use super::{Labels, Operator, Requirement, Selector, SelectorError};
use crate::syntax::{is_qualified_name, is_valid_label_value, quote};

/// A selector as written in a manifest.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LabelSelector {
    /// Labels that must be equal.
    pub match_labels: Labels,
    /// Expressions that must match.
    pub match_expressions: Vec<LabelSelectorRequirement>,
}

/// `matchExpressions[]`, as written.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct LabelSelectorRequirement {
    /// The label key.
    pub key: String,
    /// `In`, `NotIn`, `Exists`, `DoesNotExist`.
    pub operator: String,
    /// Values, for `In` and `NotIn`.
    pub values: Vec<String>,
}

impl LabelSelector {
    /// Converts into a [`Selector`] (`LabelSelectorAsSelector`).
    pub fn selector(&self) -> Result<Selector, SelectorError> {
        let mut requirements = Vec::new();
        for (key, value) in &self.match_labels {
            let values = vec![value.to_string()];
            requirements.push(Requirement::of_object(key, Operator::Equals, values)?);
        }
        for expression in &self.match_expressions {
            requirements.push(expression.requirement()?);
        }
        Ok(Selector::all(requirements))
    }

    /// The API server's validation errors for the field `path` (`ValidateLabelSelector`).
    pub fn errors(&self, path: &str) -> Vec<String> {
        let mut errors = Vec::new();
        for (key, value) in &self.match_labels {
            errors.extend(label_errors(&format!("{path}.matchLabels"), key, value));
        }
        for (index, expression) in self.match_expressions.iter().enumerate() {
            errors.extend(expression.errors(&format!("{path}.matchExpressions[{index}]")));
        }
        errors
    }
}

impl LabelSelectorRequirement {
    fn operator(&self) -> Option<Operator> {
        match self.operator.as_str() {
            "In" => Some(Operator::In),
            "NotIn" => Some(Operator::NotIn),
            "Exists" => Some(Operator::Exists),
            "DoesNotExist" => Some(Operator::DoesNotExist),
            _ => None,
        }
    }

    fn requirement(&self) -> Result<Requirement, SelectorError> {
        let unknown = || {
            SelectorError(format!(
                "{} is not a valid label selector operator",
                quote(&self.operator)
            ))
        };
        Requirement::of_object(
            &self.key,
            self.operator().ok_or_else(unknown)?,
            self.values.clone(),
        )
    }

    fn errors(&self, path: &str) -> Vec<String> {
        let mut errors: Vec<String> = self.count_error(path).into_iter().collect();
        errors.extend(invalid(
            &format!("{path}.key"),
            &self.key,
            is_qualified_name(&self.key),
        ));
        for (index, value) in self.values.iter().enumerate() {
            errors.extend(invalid(
                &format!("{path}.values[{index}]"),
                value,
                is_valid_label_value(value),
            ));
        }
        errors
    }

    fn count_error(&self, path: &str) -> Option<String> {
        match self.operator.as_str() {
            "In" | "NotIn" => self.values.is_empty().then(|| {
                format!("{path}.values: Required value: must be specified when `operator` is 'In' or 'NotIn'")
            }),
            "Exists" | "DoesNotExist" => (!self.values.is_empty()).then(|| {
                format!("{path}.values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
            }),
            other => Some(format!("{path}.operator: Invalid value: {}: not a valid selector operator", quote(other))),
        }
    }
}

/// Validation errors of one label. The field is the whole map, without the key.
fn label_errors(path: &str, key: &str, value: &str) -> Vec<String> {
    let mut errors = invalid(path, key, is_qualified_name(key));
    errors.extend(invalid(path, value, is_valid_label_value(value)));
    errors
}

fn invalid(path: &str, value: &str, errors: Vec<String>) -> Vec<String> {
    errors
        .into_iter()
        .map(|error| format!("{path}: Invalid value: {}: {error}", quote(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(operator: &str, values: &[&str]) -> LabelSelector {
        let values = values.iter().map(|&value| value.to_owned()).collect();
        let expression = LabelSelectorRequirement {
            key: "app".into(),
            operator: operator.into(),
            values,
        };
        LabelSelector {
            match_labels: Labels::new(),
            match_expressions: vec![expression],
        }
    }

    #[test]
    fn the_empty_selector_matches_everything() {
        assert_eq!(
            LabelSelector::default().selector(),
            Ok(Selector::everything())
        );
    }

    #[test]
    fn existence_takes_no_values() {
        assert_eq!(
            expression("Exists", &["web"]).errors("spec.selector"),
            [
                "spec.selector.matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
            ]
        );
    }

    #[test]
    fn expressions_do_not_support_equality() {
        let error = expression("Equals", &["web"]).selector();
        assert_eq!(
            error,
            Err(SelectorError(
                "\"Equals\" is not a valid label selector operator".into()
            ))
        );
    }
}
