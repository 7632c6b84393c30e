//! What proxies above TCP decide: which backend an HTTP request goes to.

pub mod gateway;
pub mod http_request;
pub mod ingress;
pub(crate) mod ingress_nginx;
pub(crate) mod traefik;

use serde::Serialize;

use ingress::Route;
pub use ingress_nginx::CONTROLLER as INGRESS_NGINX;

/// What an Ingress controller does with a request.
#[derive(Debug, PartialEq)]
pub(crate) enum HttpDecision<'a> {
    /// No rule matches, and there is no default backend: 404.
    NoRule,
    /// It answers with a redirect.
    Redirect {
        /// The HTTP status.
        status: u16,
        /// The header `Location`.
        to: String,
    },
    /// It sends the request to a backend.
    Pass {
        /// The backend, and the rule that leads there.
        route: Route<'a>,
        /// The path that the backend gets, if it is rewritten.
        rewritten: Option<String>,
        /// The canary beside that backend.
        canary: Option<Canary<'a>>,
    },
    /// Kubernetes leaves it to the controller, and this one is not known.
    NotKnown(ControllerMatter),
}

/// A second backend for the same host and path, which gets some of the requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Canary<'a> {
    /// Its backend.
    pub(crate) route: Route<'a>,
    /// Its share of the requests, in parts of `total`.
    pub(crate) weight: u32,
    /// What shares are parts of.
    pub(crate) total: u32,
}

/// What Kubernetes leaves to Ingress controllers and to the implementations of Gateways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ControllerMatter {
    /// A backend that is an ExternalName Service.
    ExternalName,
    /// A path that is a regular expression.
    RegularExpression,
    /// A regular expression that only the controller's own engine can evaluate.
    UnreadableExpression,
    /// A backend of a Gateway's route that is of the implementation's own kind.
    CustomBackend,
}
