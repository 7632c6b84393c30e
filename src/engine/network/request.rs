//! A request: who opens a connection, and the target as people would type it.

use std::fmt;

use serde::Serialize;

use super::{Origin, Target};
use crate::names::Family;

/// A request: who calls, and what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Who opens the connection.
    pub from: Origin,
    /// What is called.
    pub to: Target,
}

/// Why a text is no [`Origin`] or no [`Target`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum RequestError {
    /// Neither `pod/…`, `node/…` nor an address.
    NoOrigin {
        /// What was written.
        text: String,
    },
    /// A pod or node that does not exist.
    NoSuchOrigin {
        /// What was written.
        text: String,
    },
    /// A pod that kubectl or the API server refuses.
    OriginRefused {
        /// What was written.
        text: String,
        /// What they say.
        message: String,
        /// The field that is wrong.
        field: String,
    },
    /// A pod that has no address.
    OriginPending {
        /// What was written.
        text: String,
        /// Its phase.
        phase: String,
    },
    /// The origin has no address of the family that is called.
    NoAddress {
        /// The origin.
        text: String,
        /// The family.
        family: Family,
    },
    /// No host in it.
    NoHost {
        /// What was written.
        text: String,
    },
    /// A port that is no number from 1 to 65535.
    BadPort {
        /// What was written.
        text: String,
    },
    /// A ping: ICMP has no ports, and no rule of a Service is about it.
    Ping {
        /// What was written.
        text: String,
    },
    /// What follows the URL is no header.
    BadHeader {
        /// What was written.
        text: String,
    },
    /// A scheme that is not known: neither http, https, grpc, grpcs, tcp, udp, sctp nor a common application's.
    UnknownScheme {
        /// What was written.
        text: String,
    },
    /// No port, and none that the scheme implies.
    NoPort {
        /// What was written.
        text: String,
    },
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}
