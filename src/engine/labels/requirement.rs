//! One requirement of a selector: a key, an operator, values (`labels.Requirement`).

use std::fmt;

use smol_str::SmolStr;

use super::{Labels, SelectorError};
use crate::engine::sort;
use crate::engine::syntax::{is_qualified_name, is_valid_label_value, json_list, quote};

/// How a label's value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `key in (a,b)`.
    In,
    /// `key notin (a,b)`: also when the label is absent.
    NotIn,
    /// `key=a`.
    Equals,
    /// `key==a`: the same, written otherwise.
    DoubleEquals,
    /// `key!=a`: also when the label is absent.
    NotEquals,
    /// `key>1`: both are integers.
    GreaterThan,
    /// `key<1`.
    LessThan,
    /// `key`.
    Exists,
    /// `!key`.
    DoesNotExist,
}

/// A key, an operator and as many values as the operator takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
}

impl Operator {
    /// All of them, in the order the API server lists them.
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

    /// Its name in `selection.Operator`; `>` and `<` are called otherwise in texts.
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

    fn named(name: &str) -> Option<Operator> {
        Operator::ALL
            .into_iter()
            .find(|operator| operator.name() == name)
    }
}

impl Requirement {
    /// A requirement with an operator by its [`Operator::name`] (`labels.NewRequirement`).
    pub fn new(
        key: &str,
        operator: &str,
        values: Vec<String>,
    ) -> Result<Requirement, SelectorError> {
        let shown = json_list(&values);
        Requirement::checked(key, operator, values, &shown)
    }

    /// A requirement that came with an object: there no values are printed as `null`.
    pub(super) fn of_object(
        key: &str,
        operator: Operator,
        values: Vec<String>,
    ) -> Result<Requirement, SelectorError> {
        let shown = if values.is_empty() {
            "null".to_owned()
        } else {
            json_list(&values)
        };
        Requirement::checked(key, operator.name(), values, &shown)
    }

    /// `key=value`, unchecked: what is stored in a Service was checked on its way in.
    pub(super) fn equals(key: &str, value: &str) -> Requirement {
        Requirement {
            key: key.to_owned(),
            operator: Operator::Equals,
            values: vec![value.to_owned()],
        }
    }

    /// The label it looks at.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether labels fulfil it.
    pub fn matches(&self, labels: &Labels) -> bool {
        let value = labels.get(self.key.as_str());
        match self.operator {
            Operator::In | Operator::Equals | Operator::DoubleEquals => {
                value.is_some_and(|v| self.values.iter().any(|own| v == own))
            }
            Operator::NotIn | Operator::NotEquals => {
                value.is_none_or(|v| !self.values.iter().any(|own| v == own))
            }
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
            Operator::GreaterThan => self.compares(value, |label, bound| label > bound),
            Operator::LessThan => self.compares(value, |label, bound| label < bound),
        }
    }

    /// Compares integers; what is not an integer fulfils nothing.
    fn compares(&self, value: Option<&SmolStr>, holds: impl Fn(i64, i64) -> bool) -> bool {
        let label = value.and_then(|value| value.parse().ok());
        let bound = self.values.first().and_then(|bound| bound.parse().ok());
        label
            .zip(bound)
            .is_some_and(|(label, bound)| holds(label, bound))
    }

    fn checked(
        key: &str,
        operator: &str,
        values: Vec<String>,
        shown: &str,
    ) -> Result<Requirement, SelectorError> {
        let mut errors: Vec<String> = key_error("key", key).into_iter().collect();
        let known = Operator::named(operator);
        match known {
            Some(operator) => errors.extend(values_errors(operator, &values, shown)),
            None => errors.push(unsupported(operator)),
        }
        errors.extend(
            values
                .iter()
                .enumerate()
                .filter_map(|(index, value)| value_error(key, index, value)),
        );
        match (known, errors.is_empty()) {
            (Some(operator), true) => Ok(Requirement {
                key: key.to_owned(),
                operator,
                values,
            }),
            (Some(_) | None, _) => Err(SelectorError(aggregate(errors))),
        }
    }
}

/// What is wrong with a key, as an error of the field `path`.
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
    let place = format!("values[{index}][{key}]");
    (!errors.is_empty()).then(|| {
        format!(
            "{place}: Invalid value: {}: {}",
            quote(value),
            errors.join("; ")
        )
    })
}

fn values_errors(operator: Operator, values: &[String], shown: &str) -> Vec<String> {
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
    let count = (!is_right).then(|| format!("values: Invalid value: {shown}: {rule}"));
    let numbers = match operator {
        Operator::GreaterThan | Operator::LessThan => values,
        Operator::In
        | Operator::NotIn
        | Operator::Equals
        | Operator::DoubleEquals
        | Operator::NotEquals
        | Operator::Exists
        | Operator::DoesNotExist => &[],
    };
    count
        .into_iter()
        .chain(
            numbers
                .iter()
                .enumerate()
                .filter_map(|(i, value)| integer_error(i, value)),
        )
        .collect()
}

fn integer_error(index: usize, value: &str) -> Option<String> {
    let rule = "for 'Gt', 'Lt' operators, the value must be an integer";
    value
        .parse::<i64>()
        .err()
        .map(|_| format!("values[{index}]: Invalid value: {}: {rule}", quote(value)))
}

fn unsupported(operator: &str) -> String {
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

/// Several errors as Go's `errors.Aggregate` prints them: in brackets, each once.
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
        let mut values = self.values.clone();
        sort::sort(&mut values);
        let (key, values) = (&self.key, values.join(","));
        match self.operator {
            Operator::In => write!(f, "{key} in ({values})"),
            Operator::NotIn => write!(f, "{key} notin ({values})"),
            Operator::Equals => write!(f, "{key}={values}"),
            Operator::DoubleEquals => write!(f, "{key}=={values}"),
            Operator::NotEquals => write!(f, "{key}!={values}"),
            Operator::GreaterThan => write!(f, "{key}>{values}"),
            Operator::LessThan => write!(f, "{key}<{values}"),
            Operator::Exists => write!(f, "{key}"),
            Operator::DoesNotExist => write!(f, "!{key}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_errors_stand_in_brackets() {
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
    fn an_absent_label_is_different_but_not_greater() {
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
