//! A filter of jq's language, and its evaluation.

use serde_json::{Map, Value};

/// A filter: from one value to any number of them.
pub(super) enum Filter {
    /// `.`.
    Identity,
    /// `.a`, `."a b"`.
    Field(String),
    /// `.[0]`.
    Index(i64),
    /// `.[]`.
    Each,
    /// `length`.
    Length,
    /// `keys`.
    Keys,
    /// `a | b`, and `.a.b`.
    Pipe(Box<Filter>, Box<Filter>),
    /// `a, b`.
    Both(Box<Filter>, Box<Filter>),
    /// `a == b`, `a != b`.
    Compare(Box<Filter>, Comparison, Box<Filter>),
    /// `select(a)`.
    Select(Box<Filter>),
    /// `[a]`.
    Collect(Box<Filter>),
    /// A text, a number, `null`.
    Literal(Value),
    /// `a?`.
    Try(Box<Filter>),
}

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
}

impl Filter {
    /// The values that the filter returns for one; an error is jq's.
    pub(super) fn apply(&self, value: Value) -> Result<Vec<Value>, String> {
        Ok(match self {
            Filter::Identity => vec![value],
            Filter::Literal(own) => vec![own.clone()],
            Filter::Field(name) => vec![field(name, value)?],
            Filter::Index(index) => vec![index_of(*index, value)?],
            Filter::Each => match value {
                Value::Array(items) => items,
                Value::Object(fields) => fields.into_iter().map(|(_, value)| value).collect(),
                other => return Err(format!("Cannot iterate over {}", described(&other))),
            },
            Filter::Length => vec![match &value {
                Value::Array(items) => items.len().into(),
                Value::Object(fields) => fields.len().into(),
                Value::String(text) => text.chars().count().into(),
                Value::Null => 0.into(),
                other => return Err(format!("{} has no length", described(other))),
            }],
            Filter::Keys => vec![keys(&value)?],
            Filter::Pipe(first, second) => {
                let mut found = Vec::new();
                for value in first.apply(value)? {
                    found.extend(second.apply(value)?);
                }
                found
            }
            Filter::Both(first, second) => {
                let mut found = first.apply(value.clone())?;
                found.extend(second.apply(value)?);
                found
            }
            Filter::Compare(left, comparison, right) => {
                let mut found = Vec::new();
                for right in right.apply(value.clone())? {
                    for left in left.apply(value.clone())? {
                        found.push(((left == right) == (*comparison == Comparison::Equal)).into());
                    }
                }
                found
            }
            Filter::Select(condition) => {
                let holds = |own: &Value| !matches!(own, Value::Null | Value::Bool(false));
                let count = condition
                    .apply(value.clone())?
                    .iter()
                    .filter(|own| holds(own))
                    .count();
                vec![value; count]
            }
            Filter::Collect(inside) => vec![Value::Array(inside.apply(value)?)],
            Filter::Try(inside) => inside.apply(value).unwrap_or_default(),
        })
    }
}

fn field(name: &str, value: Value) -> Result<Value, String> {
    match value {
        Value::Object(mut fields) => Ok(fields.remove(name).unwrap_or_default()),
        Value::Null => Ok(Value::Null),
        other => Err(format!("Cannot index {} with \"{name}\"", kind(&other))),
    }
}

fn index_of(index: i64, value: Value) -> Result<Value, String> {
    match value {
        Value::Array(items) => {
            let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let index = usize::try_from(if index < 0 { length + index } else { index }).ok();
            Ok(index
                .and_then(|index| items.into_iter().nth(index))
                .unwrap_or_default())
        }
        Value::Null => Ok(Value::Null),
        other => Err(format!("Cannot index {} with number", kind(&other))),
    }
}

fn keys(value: &Value) -> Result<Value, String> {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = Map::keys(fields).collect();
            crate::sort::sort(&mut names);
            Ok(names
                .into_iter()
                .map(|name| Value::from(name.as_str()))
                .collect())
        }
        Value::Array(items) => Ok((0..items.len()).map(Value::from).collect()),
        other => Err(format!("{} has no keys", described(other))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The kind of a value, and the value: `string ("a")`.
fn described(value: &Value) -> String {
    format!("{} ({value})", kind(value))
}
