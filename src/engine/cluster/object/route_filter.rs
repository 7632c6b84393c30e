//! `filters[]` of a route's rule or backend: what happens to a request before it is sent on, or instead.

use serde::Deserialize;
use smol_str::SmolStr;

use super::route::BackendRef;

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
