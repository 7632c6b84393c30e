//! The Gateway API's routes: HTTPRoute, GRPCRoute, TLSRoute, TCPRoute and UDPRoute (`gateway.networking.k8s.io/v1`).
//!
//! One type holds all of them; what a kind does not have is empty.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use smol_str::SmolStr;

use super::Metadata;
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

/// `matches[]` of a rule: all of its conditions must hold.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RouteMatch {
    /// The path.
    pub path: Option<PathMatch>,
    /// Headers.
    pub headers: Vec<ValueMatch>,
    /// Query parameters.
    pub query_params: Vec<ValueMatch>,
    /// The HTTP method, or the gRPC service and method.
    pub method: Option<MethodMatch>,
}

/// The conditions: `PathPrefix /api, GET, x-team: blue, ?page=2`.
impl fmt::Display for RouteMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.iter();
        let path = path.map(|path| format!("{:?} {}", path.match_type, path.value));
        let method = self.method.iter().map(ToString::to_string);
        let headers = self.headers.iter();
        let headers = headers.map(|header| format!("{}: {}", header.name, header.value));
        let queries = self.query_params.iter();
        let queries = queries.map(|query| format!("?{}={}", query.name, query.value));
        let parts: Vec<String> = path.chain(method).chain(headers).chain(queries).collect();
        f.write_str(&parts.join(", "))
    }
}

/// `path` of a match.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct PathMatch {
    /// How paths are compared.
    #[serde(rename = "type")]
    pub match_type: PathMatchType,
    /// The path.
    pub value: SmolStr,
}

/// `path.type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
pub enum PathMatchType {
    /// Equal strings.
    Exact,
    /// Equal path elements at the beginning.
    #[default]
    PathPrefix,
    /// A regular expression.
    RegularExpression,
}

/// A header or query parameter of a match.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ValueMatch {
    /// How values are compared.
    #[serde(rename = "type")]
    pub match_type: ValueMatchType,
    /// The name.
    pub name: SmolStr,
    /// The value.
    pub value: SmolStr,
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
pub enum ValueMatchType {
    /// Equal strings.
    #[default]
    Exact,
    /// A regular expression.
    RegularExpression,
}

/// `method` of a match.
#[derive(Clone, Debug, PartialEq)]
pub enum MethodMatch {
    /// Of an HTTPRoute: `GET`.
    Http(SmolStr),
    /// Of a GRPCRoute.
    Grpc(GrpcMethodMatch),
}

/// `method` of a match of a GRPCRoute.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct GrpcMethodMatch {
    /// How the names are compared.
    #[serde(rename = "type")]
    pub match_type: ValueMatchType,
    /// The service, or empty for all.
    pub service: SmolStr,
    /// The method, or empty for all.
    pub method: SmolStr,
}

/// `GET`, or `service/method` with `*` for all.
impl fmt::Display for MethodMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_all = |name: &SmolStr| match name.as_str() {
            "" => "*".to_owned(),
            name => name.to_owned(),
        };
        match self {
            MethodMatch::Http(method) => f.write_str(method),
            MethodMatch::Grpc(call) => {
                write!(f, "{}/{}", or_all(&call.service), or_all(&call.method))
            }
        }
    }
}

impl<'de> Deserialize<'de> for MethodMatch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<MethodMatch, D::Error> {
        struct Method;
        impl<'de> Visitor<'de> for Method {
            type Value = MethodMatch;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an HTTP method or a gRPC method")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<MethodMatch, E> {
                Ok(MethodMatch::Http(text.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<MethodMatch, A::Error> {
                let fields = de::value::MapAccessDeserializer::new(map);
                GrpcMethodMatch::deserialize(fields).map(MethodMatch::Grpc)
            }
        }
        deserializer.deserialize_any(Method)
    }
}

/// `filters[]`; which of the fields is set is what `type` says.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RouteFilter {
    /// Headers of the request that are changed.
    pub request_header_modifier: Option<HeaderModifier>,
    /// Headers of the response that are changed.
    pub response_header_modifier: Option<HeaderModifier>,
    /// Where copies go.
    pub request_mirror: Option<RequestMirror>,
    /// The redirect that is answered.
    pub request_redirect: Option<RequestRedirect>,
    /// The host and path that the backend receives instead.
    pub url_rewrite: Option<UrlRewrite>,
    /// Which pages of other origins may call the backend.
    pub cors: Option<CorsFilter>,
    /// A controller's own filter.
    pub extension_ref: Option<ExtensionReference>,
}

/// `cors`. It changes no path: a browser keeps an answer from the page that asked unless the answer allows its origin.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CorsFilter {
    /// `https://app.example.com`, `https://*.example.com`, `https://*` or `*`.
    pub allow_origins: Vec<SmolStr>,
    /// The methods besides `GET`, `HEAD` and `POST`; `*` for all.
    pub allow_methods: Vec<SmolStr>,
    /// The headers that a request may have; `*` for all.
    pub allow_headers: Vec<SmolStr>,
    /// Whether a request may have cookies and the like.
    pub allow_credentials: bool,
    /// How many seconds a browser caches the answer.
    pub max_age: Option<i64>,
}

/// `extensionRef`: an object of a controller's own kind.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ExtensionReference {
    /// The kind.
    pub kind: SmolStr,
    /// The name.
    pub name: SmolStr,
}

/// `requestHeaderModifier` and `responseHeaderModifier`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct HeaderModifier {
    /// Headers that replace others of their name.
    pub set: Vec<HeaderValue>,
    /// Headers that are appended to others of their name.
    pub add: Vec<HeaderValue>,
    /// Names of headers that are deleted.
    pub remove: Vec<SmolStr>,
}

/// A header with its value.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct HeaderValue {
    /// The name.
    pub name: SmolStr,
    /// The value.
    pub value: SmolStr,
}

/// `requestMirror`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RequestMirror {
    /// Where copies go.
    pub backend_ref: BackendRef,
    /// How many of a hundred requests are copied.
    pub percent: Option<u32>,
    /// How many of how many requests are copied.
    pub fraction: Option<Fraction>,
}

/// `fraction` of a mirror.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Fraction {
    /// So many.
    pub numerator: u32,
    /// Of so many.
    #[serde(default = "hundred")]
    pub denominator: u32,
}

fn hundred() -> u32 {
    100
}

/// `requestRedirect`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RequestRedirect {
    /// `http` or `https`; empty for the request's.
    pub scheme: SmolStr,
    /// The host name; empty for the request's.
    pub hostname: SmolStr,
    /// The path; `None` for the request's.
    pub path: Option<PathModifier>,
    /// The port.
    pub port: Option<u16>,
    /// The status, 302 unless it is given.
    pub status_code: Option<u16>,
}

/// `urlRewrite`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct UrlRewrite {
    /// The host name; empty to keep it.
    pub hostname: SmolStr,
    /// The path; `None` to keep it.
    pub path: Option<PathModifier>,
}

/// `path` of a redirect or rewrite.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PathModifier {
    /// Replaces the whole path.
    pub replace_full_path: Option<SmolStr>,
    /// Replaces the elements that a `PathPrefix` matched.
    pub replace_prefix_match: Option<SmolStr>,
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
