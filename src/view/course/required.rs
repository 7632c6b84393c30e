//! What a check requires, as a message.

use serde::Serialize;

use crate::simulation::expectations::Wanted;
use crate::view::i18n::Message;

/// What must be so; a variant's name is its id in the catalogue (`required-…`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub(crate) enum Required {
    /// An answer.
    Answered {},
    /// An answer of this one.
    AnsweredBy {
        /// Who: `pod/web`, `deployment/web`.
        by: String,
    },
    /// The source that is seen.
    SourceSeen {
        /// Whose address.
        source: String,
    },
    /// Refused.
    Refused {},
    /// No answer.
    TimedOut {},
    /// No such name.
    NoSuchName {},
    /// The name server cannot be asked.
    LookupFailed {},
    /// An HTTP status.
    Status {
        /// The status.
        status: u16,
    },
    /// So many pods answer.
    Pods {
        /// How many.
        count: usize,
    },
    /// A share of the connections.
    Share {
        /// Who answers.
        by: String,
        /// In percent.
        percent: String,
    },
    /// A command prints a text.
    Prints {
        /// The text.
        text: String,
    },
    /// A command does not print a text.
    PrintsNot {
        /// The text.
        text: String,
    },
}

impl Message for Required {
    const PREFIX: &'static str = "required";
}

impl From<&Wanted> for Required {
    fn from(wanted: &Wanted) -> Required {
        match wanted {
            Wanted::Answered => Required::Answered {},
            Wanted::AnsweredBy(by) => Required::AnsweredBy { by: by.to_string() },
            Wanted::SourceSeen(source) => Required::SourceSeen {
                source: source.to_string(),
            },
            Wanted::Refused => Required::Refused {},
            Wanted::TimedOut => Required::TimedOut {},
            Wanted::NoSuchName => Required::NoSuchName {},
            Wanted::LookupFailed => Required::LookupFailed {},
            Wanted::Status(status) => Required::Status { status: *status },
            Wanted::Pods(count) => Required::Pods { count: *count },
            Wanted::Share(by, percent) => Required::Share {
                by: by.to_string(),
                percent: percent.to_string(),
            },
            Wanted::Prints(text) => Required::Prints { text: text.clone() },
            Wanted::PrintsNot(text) => Required::PrintsNot { text: text.clone() },
        }
    }
}
