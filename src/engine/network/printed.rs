//! How the arguments of reasons are serialised: as the text that a sentence has of them.

use std::fmt::Display;

use serde::Serializer;

/// What sentences and answers have of an object: its name as it is printed.
pub(super) fn printed<S: Serializer>(
    value: &impl Display,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// The same, and an empty text for `None`.
pub(super) fn printed_if_any<S: Serializer>(
    value: &Option<impl Display>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => printed(value, serializer),
        None => serializer.serialize_str(""),
    }
}

/// A list, with commas.
pub(super) fn printed_list<S: Serializer>(
    values: &[impl Display],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
    serializer.serialize_str(&texts.join(", "))
}
