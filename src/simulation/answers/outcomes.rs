//! Every way a connection can end, and many connections counted.

use serde::Serialize;

use super::{Statement, TraceAnswer};

/// Every way a connection can end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OutcomesAnswer {
    /// The version of all answers.
    pub version: u32,
    /// One for each endpoint that can be chosen, in the order of the rules; just one if nothing is chosen.
    pub outcomes: Vec<OutcomeAnswer>,
}

/// One way a connection can end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OutcomeAnswer {
    /// How likely it is, from 0 to 1.
    pub probability: f64,
    /// The endpoint that is chosen, `ip:port`.
    pub endpoint: Option<String>,
    /// The pod with this address.
    pub pod: Option<String>,
    /// What happens then.
    pub trace: TraceAnswer,
}

/// Many connections, counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CountAnswer {
    /// The version of all answers.
    pub version: u32,
    /// How many connections were opened.
    pub connections: usize,
    /// How many of them failed.
    pub failed: usize,
    /// How many of them were answered on a condition.
    pub conditional: usize,
    /// The endpoints, in the order of the rules.
    pub shares: Vec<ShareAnswer>,
    /// Why they went there, if there is something to say: all requests went over one connection, or topology hints are
    /// not set.
    pub notes: Vec<Statement>,
}

/// How many connections an endpoint got.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShareAnswer {
    /// `ip:port`.
    pub endpoint: String,
    /// The pod with this address.
    pub pod: Option<String>,
    /// Connections sent to it.
    pub count: usize,
    /// The share that the rules give it, from 0 to 1.
    pub expected: f64,
}
