//! What can be wrong with a file of expectations.

use serde::Serialize;

use crate::view::i18n::Message;
use kubehop_engine::resolve::events::EventError;
use kubehop_engine::trace::RequestError;

/// What is wrong with a file of expectations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum ExpectationFault {
    /// It is not YAML.
    NotYaml {
        /// The reader's words.
        message: String,
    },
    /// A value is of another shape.
    WrongShape {
        /// The field.
        field: String,
        /// What belongs there.
        wanted: Shape,
    },
    /// A field that does not exist.
    UnknownField {
        /// The field.
        field: String,
        /// The fields that exist, with commas.
        known: String,
    },
    /// A field is missing.
    MissingField {
        /// The field.
        field: &'static str,
    },
    /// An outcome that does not exist.
    UnknownOutcome {
        /// What is written.
        text: String,
        /// The outcomes that exist, with commas.
        known: String,
    },
    /// Neither a pod, a workload, a node, an address nor `outside`.
    NoAnswerer {
        /// What is written.
        text: String,
    },
    /// A connection is expected to print something, or a command to be answered.
    OtherQuestion {
        /// The outcome.
        wanted: String,
    },
}

/// What belongs into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A list.
    List,
    /// A mapping.
    Mapping,
    /// A text.
    Text,
    /// A number.
    Number,
    /// An HTTP status.
    Status,
    /// Who answers, with percents.
    Shares,
    /// A percentage.
    Percent,
    /// A range of addresses.
    Range,
}

impl Message for ExpectationFault {
    const PREFIX: &'static str = "expectation";
}

/// What is wrong with a part of a file: of its own, or of a request or event in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ReadFault {
    Own(ExpectationFault),
    Request(RequestError),
    Event(EventError),
}
