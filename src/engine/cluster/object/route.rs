//! The Gateway API's routes: HTTPRoute, GRPCRoute, TLSRoute, TCPRoute and UDPRoute (`gateway.networking.k8s.io/v1`).
//!
//! One type holds all of them; what a kind does not have is empty.

use std::fmt;

use serde::Deserialize;
use smol_str::SmolStr;

use super::Metadata;
use super::route_filter::RouteFilter;
use super::route_match::RouteMatch;
use crate::names::{ObjectName, Protocol};

/// The kinds of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RouteKind {
    /// HTTP requests.
    Http,
    /// gRPC calls.
    Grpc,
    /// TLS connections, by server name.
    Tls,
    /// TCP connections.
    Tcp,
    /// UDP flows.
    Udp,
}

/// Which route: its kind and its name, printed as `HTTPRoute shop/web`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteId {
    /// The kind.
    pub kind: RouteKind,
    /// The name.
    pub name: ObjectName,
}

impl RouteId {
    /// The route of this kind and name.
    pub fn new(kind: RouteKind, name: &ObjectName) -> RouteId {
        RouteId {
            kind,
            name: name.clone(),
        }
    }
}

impl fmt::Display for RouteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.name(), self.name)
    }
}

impl RouteKind {
    /// `kind`.
    pub fn name(self) -> &'static str {
        match self {
            RouteKind::Http => "HTTPRoute",
            RouteKind::Grpc => "GRPCRoute",
            RouteKind::Tls => "TLSRoute",
            RouteKind::Tcp => "TCPRoute",
            RouteKind::Udp => "UDPRoute",
        }
    }

    /// The protocol of the Service ports that such routes lead to.
    pub fn protocol(self) -> Protocol {
        match self {
            RouteKind::Http | RouteKind::Grpc | RouteKind::Tls | RouteKind::Tcp => Protocol::Tcp,
            RouteKind::Udp => Protocol::Udp,
        }
    }
}

/// A route as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Route {
    /// Name and namespace.
    pub metadata: Metadata,
    /// Parents, host names and rules.
    pub spec: RouteSpec,
}

/// `spec` of a route.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RouteSpec {
    /// The Gateways, or listeners of them, that it attaches to.
    pub parent_refs: Vec<ParentReference>,
    /// The host names of the requests; empty for all.
    pub hostnames: Vec<SmolStr>,
    /// The rules.
    pub rules: Vec<RouteRule>,
}

/// `spec.parentRefs[]`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ParentReference {
    /// The API group.
    pub group: SmolStr,
    /// The kind.
    pub kind: SmolStr,
    /// The name.
    pub name: SmolStr,
    /// The namespace; empty for the route's.
    pub namespace: SmolStr,
    /// The name of a listener; empty for all.
    pub section_name: SmolStr,
    /// The port of listeners.
    pub port: Option<u16>,
}

/// `spec.rules[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RouteRule {
    /// Its name, or empty.
    pub name: SmolStr,
    /// The requests that it is for; one match suffices.
    pub matches: Vec<RouteMatch>,
    /// What happens to a request before it is sent on.
    pub filters: Vec<RouteFilter>,
    /// Where requests go.
    pub backend_refs: Vec<BackendRef>,
    /// How long a request may take.
    pub timeouts: RouteTimeouts,
}

/// `timeouts` of a rule: Gateway API durations, empty if there is none.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RouteTimeouts {
    /// For the whole request.
    pub request: SmolStr,
    /// For one request to a backend.
    pub backend_request: SmolStr,
}

/// `backendRefs[]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default)]
pub struct BackendRef {
    /// The API group, empty for the core one.
    pub group: SmolStr,
    /// The kind.
    pub kind: SmolStr,
    /// The name.
    pub name: SmolStr,
    /// The namespace; empty for the route's.
    pub namespace: SmolStr,
    /// The Service port.
    pub port: Option<u16>,
    /// Its part of the requests, relative to the sum over the rule.
    pub weight: u32,
    /// What happens to requests for this backend only.
    pub filters: Vec<RouteFilter>,
}

impl Default for BackendRef {
    fn default() -> BackendRef {
        BackendRef {
            group: SmolStr::default(),
            kind: "Service".into(),
            name: SmolStr::default(),
            namespace: SmolStr::default(),
            port: None,
            weight: 1,
            filters: Vec::new(),
        }
    }
}
