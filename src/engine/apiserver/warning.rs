//! A warning of the server: it takes the object, and says what is likely a mistake or will change.

use std::fmt;

use crate::manifest::tree::FieldPath;

/// A warning of the server about an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The field that it is about; `None` if it is about the object as a whole.
    pub field: Option<FieldPath>,
    /// What kubectl prints behind `Warning: `.
    pub words: String,
}

impl Warning {
    /// Words behind the path of a field: `spec.ports[0]: …`.
    pub(crate) fn at(field: &FieldPath, words: impl fmt::Display) -> Warning {
        Warning::about(field, format!("{field}: {words}"))
    }

    /// Words about a field that name it in their own way, or not at all.
    pub(crate) fn about(field: &FieldPath, words: impl Into<String>) -> Warning {
        Warning {
            field: Some(field.clone()),
            words: words.into(),
        }
    }

    /// Words about an object as a whole.
    pub(crate) fn of_object(words: impl Into<String>) -> Warning {
        Warning {
            field: None,
            words: words.into(),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// Tests compare the words.
#[cfg(test)]
impl PartialEq<&str> for Warning {
    fn eq(&self, words: &&str) -> bool {
        self.words == *words
    }
}
