//! Edits that make the API server accept what it refused, where one is likely to be meant.

mod decoding;
mod misplaced;
mod names;
mod reshaped;
mod validation;

pub(super) use decoding::of_decoding;
pub(super) use validation::of_error;

use crate::diagnostic::Fix;
use crate::manifest::tree::Yaml;

/// Puts a text in place of a value.
fn replaced(value: &Yaml, text: impl Into<String>) -> Option<Fix> {
    Some(Fix {
        span: value.span,
        text: text.into(),
    })
}

#[cfg(test)]
mod tests;
