//! `matches[]` of a route's rule: the conditions on a request.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use smol_str::SmolStr;

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
