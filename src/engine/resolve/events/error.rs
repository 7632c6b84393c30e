//! Why an event is not one, or cannot happen.

use std::fmt;

use serde::Serialize;

/// Why a text is not a valid [`Event`](super::Event), or cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum EventError {
    /// The text does not begin with a known verb.
    NoEvent {
        /// The invalid text.
        text: String,
    },
    /// The event needs `pod/NAME`.
    NoPod {
        /// The invalid text.
        text: String,
    },
    /// The event needs `node/NAME`.
    NoNode {
        /// The invalid text.
        text: String,
    },
    /// The event needs a workload that can be scaled, `KIND/NAME`.
    NoWorkload {
        /// The invalid text.
        text: String,
    },
    /// The number of replicas is not a number from 0 to 65535.
    NoReplicas {
        /// The invalid text.
        text: String,
    },
    /// The event needs a workload that can be rolled out, `KIND/NAME`.
    NoRollout {
        /// The invalid text.
        text: String,
    },
    /// The event needs `CONTAINER=IMAGE`.
    NoImage {
        /// The invalid text.
        text: String,
    },
    /// The event needs an object of a kind that is modelled, `KIND/NAME`.
    NoObject {
        /// The invalid text.
        text: String,
    },
    /// The event needs `KEY=VALUE` or `KEY-`, each valid.
    NoKeyValue {
        /// The invalid text.
        text: String,
    },
    /// The lag is not a number of seconds from 0 to 3600.
    NoLag {
        /// The invalid text.
        text: String,
    },
    /// The pod, node or workload does not exist.
    NoSuchObject {
        /// The event.
        text: String,
    },
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}
