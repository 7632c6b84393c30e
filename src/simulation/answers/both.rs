//! The same request through an Ingress controller and through a Gateway.

use serde::Serialize;

use super::CauseAnswer;

/// The same request through an Ingress controller and through a Gateway.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BothAnswer {
    /// The version of all answers.
    pub version: u32,
    /// Through the Ingress controller.
    pub ingress: SideAnswer,
    /// Through the Gateway.
    pub gateway: SideAnswer,
    /// What differs, shares included.
    pub differences: Vec<PartAnswer>,
}

/// What becomes of a request at one of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SideAnswer {
    /// What is called: its address, with the header Host.
    pub to: String,
    /// The ways a request can take, each once.
    pub ways: Vec<WayAnswer>,
}

/// A way that a request can take.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WayAnswer {
    /// How likely it is.
    pub probability: f64,
    /// The Ingress or the rule of a route that takes the request; empty if none is known to.
    pub rule: String,
    /// The Service that gets it, `namespace/name:port`; empty if the proxy answers by itself.
    pub service: String,
    /// The path that the Service gets.
    pub path: String,
    /// How it ends, in words.
    pub end: String,
    /// Why it fails, in a sentence: the first of the causes, else what is known of the error; empty if it does not.
    pub why: String,
    /// Why it fails, most specific first; empty if it does not.
    pub causes: Vec<CauseAnswer>,
}

/// Something that can differ between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum PartAnswer {
    /// How it ends.
    End,
    /// The Service that gets the request.
    Service,
    /// The path that the Service gets.
    Path,
}

impl PartAnswer {
    /// The name of its label.
    pub fn label(self) -> &'static str {
        match self {
            PartAnswer::End => "both-end",
            PartAnswer::Service => "both-service",
            PartAnswer::Path => "both-path",
        }
    }
}
