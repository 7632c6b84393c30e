//! A requirement of a selector: a label key and a condition on its value (`labels.Requirement`).

use std::fmt;

use smol_str::SmolStr;

use super::{Labels, SelectorError};
use crate::sort;
use crate::syntax::{is_qualified_name, is_valid_label_value, json_list, quote};

/// The operator of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `key in (a,b)`.
    In,
    /// `key notin (a,b)`; a missing label matches.
    NotIn,
    /// `key=a`.
    Equals,
    /// `key==a`, another form of `key=a`.
    DoubleEquals,
    /// `key!=a`; a missing label matches.
    NotEquals,
    /// `key>1`, for integers.
    GreaterThan,
    /// `key<1`, for integers.
    LessThan,
    /// `key`.
    Exists,
    /// `!key`.
    DoesNotExist,
}

/// A key with a condition on its value (`labels.Requirement`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    key: String,
    condition: ValueCondition,
}

/// What a label's value must be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum ValueCondition {
    /// One of these values.
    In(Vec<String>),
    /// None of these values; a missing label matches.
    NotIn(Vec<String>),
    /// This value, written with `=` or `==`.
    Equals(String, EqualsForm),
    /// Another value; a missing label matches.
    NotEquals(String),
    /// An integer greater than this one.
    GreaterThan(Bound),
    /// An integer less than this one.
    LessThan(Bound),
    /// Any value.
    Exists,
    /// The label is missing.
    DoesNotExist,
}

/// How equality is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EqualsForm {
    Single,
    Double,
}

/// An integer and its text, which is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bound {
    text: String,
    number: i64,
}

impl Operator {
    /// All operators, in the order of the API server's error message.
    pub const ALL: [Operator; 9] = [
        Operator::In,
        Operator::NotIn,
        Operator::Equals,
        Operator::DoubleEquals,
        Operator::NotEquals,
        Operator::GreaterThan,
        Operator::LessThan,
        Operator::Exists,
        Operator::DoesNotExist,
    ];

    /// The name in `selection.Operator`. In selectors as text, `gt` and `lt` are `>` and `<`.
    pub fn name(self) -> &'static str {
        match self {
            Operator::In => "in",
            Operator::NotIn => "notin",
            Operator::Equals => "=",
            Operator::DoubleEquals => "==",
            Operator::NotEquals => "!=",
            Operator::GreaterThan => "gt",
            Operator::LessThan => "lt",
            Operator::Exists => "exists",
            Operator::DoesNotExist => "!",
        }
    }

    fn from_name(name: &str) -> Option<Operator> {
        Operator::ALL
            .into_iter()
            .find(|operator| operator.name() == name)
    }
}

impl Requirement {
    /// A requirement with an operator given by [`Operator::name`] (`labels.NewRequirement`).
    pub fn new(
        key: &str,
        operator: &str,
        values: Vec<String>,
    ) -> Result<Requirement, SelectorError> {
        let printed = json_list(&values);
        Requirement::validate(key, operator, values, &printed)
    }

    /// A requirement of an object's selector, whose error messages print an empty list as `null`.
    pub(super) fn of_object(
        key: &str,
        operator: Operator,
        values: Vec<String>,
    ) -> Result<Requirement, SelectorError> {
        let printed = if values.is_empty() {
            "null".to_owned()
        } else {
            json_list(&values)
        };
        Requirement::validate(key, operator.name(), values, &printed)
    }

    /// `key=value` without validation: labels of a stored Service are valid.
    pub(super) fn equals(key: &str, value: &str) -> Requirement {
        Requirement {
            key: key.to_owned(),
            condition: ValueCondition::Equals(value.to_owned(), EqualsForm::Single),
        }
    }

    /// The label's key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether the labels satisfy the requirement.
    pub fn matches(&self, labels: &Labels) -> bool {
        let value = labels.get(self.key.as_str()).map(SmolStr::as_str);
        match (&self.condition, value) {
            (ValueCondition::In(values), Some(value)) => values.iter().any(|own| own == value),
            (ValueCondition::NotIn(values), Some(value)) => values.iter().all(|own| own != value),
            (ValueCondition::Equals(own, _), Some(value)) => own == value,
            (ValueCondition::NotEquals(own), Some(value)) => own != value,
            (ValueCondition::GreaterThan(bound), Some(value)) => {
                value.parse().is_ok_and(|number: i64| number > bound.number)
            }
            (ValueCondition::LessThan(bound), Some(value)) => {
                value.parse().is_ok_and(|number: i64| number < bound.number)
            }
            (ValueCondition::Exists, Some(_)) => true,
            (ValueCondition::DoesNotExist, Some(_)) => false,
            (
                ValueCondition::NotIn(_)
                | ValueCondition::NotEquals(_)
                | ValueCondition::DoesNotExist,
                None,
            ) => true,
            (
                ValueCondition::In(_)
                | ValueCondition::Equals(..)
                | ValueCondition::GreaterThan(_)
                | ValueCondition::LessThan(_)
                | ValueCondition::Exists,
                None,
            ) => false,
        }
    }

    fn validate(
        key: &str,
        operator: &str,
        values: Vec<String>,
        printed_values: &str,
    ) -> Result<Requirement, SelectorError> {
        let mut errors: Vec<String> = key_error("key", key).into_iter().collect();
        let known = Operator::from_name(operator);
        match known {
            Some(operator) => errors.extend(values_errors(operator, &values, printed_values)),
            None => errors.push(unsupported_operator(operator)),
        }
        for (index, value) in values.iter().enumerate() {
            errors.extend(value_error(key, index, value));
        }
        match known.and_then(|operator| ValueCondition::new(operator, values)) {
            Some(condition) if errors.is_empty() => Ok(Requirement {
                key: key.to_owned(),
                condition,
            }),
            Some(_) | None => Err(SelectorError(aggregate(errors))),
        }
    }
}

impl ValueCondition {
    /// The condition of an operator and its values; `None` if their number or form is wrong.
    fn new(operator: Operator, values: Vec<String>) -> Option<ValueCondition> {
        let single = values.first().cloned();
        let condition = match operator {
            Operator::In => ValueCondition::In(values),
            Operator::NotIn => ValueCondition::NotIn(values),
            Operator::Equals => ValueCondition::Equals(single?, EqualsForm::Single),
            Operator::DoubleEquals => ValueCondition::Equals(single?, EqualsForm::Double),
            Operator::NotEquals => ValueCondition::NotEquals(single?),
            Operator::GreaterThan => ValueCondition::GreaterThan(Bound::new(single?)?),
            Operator::LessThan => ValueCondition::LessThan(Bound::new(single?)?),
            Operator::Exists => ValueCondition::Exists,
            Operator::DoesNotExist => ValueCondition::DoesNotExist,
        };
        Some(condition)
    }
}

impl Bound {
    fn new(text: String) -> Option<Bound> {
        let number = text.parse().ok()?;
        Some(Bound { text, number })
    }
}

/// The error of an invalid key, for the field `path`.
pub(super) fn key_error(path: &str, key: &str) -> Option<String> {
    let errors = is_qualified_name(key);
    (!errors.is_empty()).then(|| {
        format!(
            "{path}: Invalid value: {}: {}",
            quote(key),
            errors.join("; ")
        )
    })
}

fn value_error(key: &str, index: usize, value: &str) -> Option<String> {
    let errors = is_valid_label_value(value);
    let path = format!("values[{index}][{key}]");
    (!errors.is_empty()).then(|| {
        format!(
            "{path}: Invalid value: {}: {}",
            quote(value),
            errors.join("; ")
        )
    })
}

fn values_errors(operator: Operator, values: &[String], printed: &str) -> Vec<String> {
    let (is_right, rule) = match operator {
        Operator::In | Operator::NotIn => (
            !values.is_empty(),
            "for 'in', 'notin' operators, values set can't be empty",
        ),
        Operator::Equals | Operator::DoubleEquals | Operator::NotEquals => (
            values.len() == 1,
            "exact-match compatibility requires one single value",
        ),
        Operator::Exists | Operator::DoesNotExist => (
            values.is_empty(),
            "values set must be empty for exists and does not exist",
        ),
        Operator::GreaterThan | Operator::LessThan => (
            values.len() == 1,
            "for 'Gt', 'Lt' operators, exactly one value is required",
        ),
    };
    let mut errors = Vec::new();
    if !is_right {
        errors.push(format!("values: Invalid value: {printed}: {rule}"));
    }
    if matches!(operator, Operator::GreaterThan | Operator::LessThan) {
        for (index, value) in values.iter().enumerate() {
            errors.extend(integer_error(index, value));
        }
    }
    errors
}

fn integer_error(index: usize, value: &str) -> Option<String> {
    let rule = "for 'Gt', 'Lt' operators, the value must be an integer";
    value
        .parse::<i64>()
        .err()
        .map(|_| format!("values[{index}]: Invalid value: {}: {rule}", quote(value)))
}

fn unsupported_operator(operator: &str) -> String {
    let known: Vec<String> = Operator::ALL
        .iter()
        .map(|operator| quote(operator.name()))
        .collect();
    format!(
        "operator: Unsupported value: {}: supported values: {}",
        quote(operator),
        known.join(", ")
    )
}

/// Errors as Go's `errors.Aggregate` prints them: several in brackets, without duplicates.
fn aggregate(errors: Vec<String>) -> String {
    let mut distinct: Vec<String> = Vec::new();
    for error in errors {
        if !distinct.contains(&error) {
            distinct.push(error);
        }
    }
    match distinct.as_slice() {
        [error] => error.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = &self.key;
        match &self.condition {
            ValueCondition::In(values) => write!(f, "{key} in ({})", sorted_list(values)),
            ValueCondition::NotIn(values) => write!(f, "{key} notin ({})", sorted_list(values)),
            ValueCondition::Equals(value, EqualsForm::Single) => write!(f, "{key}={value}"),
            ValueCondition::Equals(value, EqualsForm::Double) => write!(f, "{key}=={value}"),
            ValueCondition::NotEquals(value) => write!(f, "{key}!={value}"),
            ValueCondition::GreaterThan(bound) => write!(f, "{key}>{}", bound.text),
            ValueCondition::LessThan(bound) => write!(f, "{key}<{}", bound.text),
            ValueCondition::Exists => write!(f, "{key}"),
            ValueCondition::DoesNotExist => write!(f, "!{key}"),
        }
    }
}

fn sorted_list(values: &[String]) -> String {
    let mut values = values.to_vec();
    sort::sort(&mut values);
    values.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_errors_are_in_brackets() {
        let error = Requirement::new("-", "gt", vec!["a".to_owned()])
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("[key: Invalid value: \"-\": name part"),
            "{error}"
        );
        assert!(
            error.ends_with(
                ", values[0]: Invalid value: \"a\": for 'Gt', 'Lt' operators, the value must be an integer]"
            )
        );
    }

    #[test]
    fn a_missing_label_is_different_but_not_greater() {
        let holds = |operator| {
            Requirement::new("a", operator, vec!["1".to_owned()])
                .map(|requirement| requirement.matches(&Labels::new()))
        };
        assert_eq!(
            (holds("!="), holds("gt"), holds("lt")),
            (Ok(true), Ok(false), Ok(false))
        );
    }
}
