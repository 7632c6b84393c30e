//! `x-kubernetes-validations`: the CEL rules of the modelled CRDs as functions, with their messages.
//!
//! An object's or list's own rules come before those inside it, as the server evaluates them
//! (apiextensions-apiserver `pkg/apiserver/schema/cel/validation.go`).

mod filters;
mod gateways;
mod metallb;
mod routes;

use super::super::errors::{ApiError, invalid};
use super::super::field::Field;
use super::properties;
use crate::manifest::custom::schema::{ObjectSchema, SchemaType};

/// A rule of an object or a list.
struct Rule {
    /// What the server says when it is broken.
    message: &'static str,
    check: Check,
}

/// How a rule is evaluated.
enum Check {
    /// It holds or it does not.
    Holds(fn(&Field) -> bool),
    /// CEL may fail; the error is in CEL's words.
    Evaluates(fn(&Field) -> Result<bool, String>),
}

impl Rule {
    const fn new(message: &'static str, holds: fn(&Field) -> bool) -> Rule {
        Rule {
            message,
            check: Check::Holds(holds),
        }
    }

    const fn failing(message: &'static str, check: fn(&Field) -> Result<bool, String>) -> Rule {
        Rule {
            message,
            check: Check::Evaluates(check),
        }
    }

    fn error(&self, field: &Field) -> Option<ApiError> {
        let message = self.message;
        match &self.check {
            Check::Holds(holds) => (!holds(field)).then(|| invalid(&field.path, "", message)),
            Check::Evaluates(check) => match check(field) {
                Ok(true) => None,
                Ok(false) => Some(invalid(&field.path, "", message)),
                Err(words) => {
                    let detail = format!("{words} evaluating rule: {message}");
                    Some(invalid(&field.path, "\"object\"", detail))
                }
            },
        }
    }
}

/// The rules that an object breaks, each with its message.
pub(super) fn broken(object: &Field, schema: &'static ObjectSchema) -> Vec<ApiError> {
    let own = of_object(schema.name).iter();
    let mut errors: Vec<ApiError> = own.filter_map(|rule| rule.error(object)).collect();
    for (field, property) in properties(object, schema) {
        if !field.is_set() || property.name == "status" {
            continue;
        }
        let own = of_list(schema.name, property.name).iter();
        errors.extend(own.filter_map(|rule| rule.error(&field)));
        errors.extend(broken_inside(&field, property.kind()));
    }
    errors
}

fn broken_inside(field: &Field, kind: SchemaType) -> Vec<ApiError> {
    match kind {
        SchemaType::Object(schema) => broken(field, schema),
        SchemaType::List(item) => {
            let items = field.items();
            let kind = SchemaType::read(item);
            items
                .iter()
                .flat_map(|item| broken_inside(item, kind))
                .collect()
        }
        SchemaType::Text
        | SchemaType::Bool
        | SchemaType::Int32
        | SchemaType::Int64
        | SchemaType::Map(_)
        | SchemaType::Metadata => Vec::new(),
    }
}

/// Whether a schema has any rule, its own or inside.
pub(super) fn are_any(schema: &'static ObjectSchema) -> bool {
    !of_object(schema.name).is_empty()
        || schema.properties.iter().any(|property| {
            let mut kind = property.kind();
            while let SchemaType::List(inner) = kind {
                kind = SchemaType::read(inner);
            }
            let has_inside = match kind {
                SchemaType::Object(inner) => are_any(inner),
                SchemaType::Text
                | SchemaType::Bool
                | SchemaType::Int32
                | SchemaType::Int64
                | SchemaType::List(_)
                | SchemaType::Map(_)
                | SchemaType::Metadata => false,
            };
            has_inside || !of_list(schema.name, property.name).is_empty()
        })
}

/// The rules of a type.
fn of_object(name: &str) -> &'static [Rule] {
    match name {
        "gateway.BackendObjectReference"
        | "gateway.BackendRef"
        | "gateway.GRPCBackendRef"
        | "gateway.HTTPBackendRef" => routes::BACKEND,
        "gateway.Fraction" => routes::FRACTION,
        "gateway.GRPCMethodMatch" => routes::GRPC_METHOD,
        "gateway.GRPCRouteFilter" => filters::OF_GRPC_ROUTE,
        "gateway.GatewayClassSpec" => gateways::CLASS,
        "gateway.GatewaySpecAddress" => gateways::ADDRESS,
        "gateway.HTTPPathMatch" => routes::PATH_MATCH,
        "gateway.HTTPPathModifier" => filters::PATH_MODIFIER,
        "gateway.HTTPRequestMirrorFilter" => filters::MIRROR,
        "gateway.HTTPRouteFilter" => filters::OF_HTTP_ROUTE,
        "gateway.HTTPRouteRule" => routes::HTTP_RULE,
        "gateway.HTTPRouteTimeouts" => routes::TIMEOUTS,
        "gateway.ListenerTLSConfig" => gateways::TLS,
        "metallb.BGPAdvertisementSpec" => metallb::BGP_ADVERTISEMENT,
        _ => &[],
    }
}

/// The rules of a property that is a list.
fn of_list(owner: &str, property: &str) -> &'static [Rule] {
    match (owner, property) {
        ("gateway.FrontendTLSConfig", "perPort") => gateways::TLS_PORTS,
        ("gateway.GRPCBackendRef" | "gateway.GRPCRouteRule", "filters") => filters::GRPC_LIST,
        ("gateway.HTTPBackendRef" | "gateway.HTTPRouteRule", "filters") => filters::HTTP_LIST,
        ("gateway.GRPCRouteSpec" | "gateway.HTTPRouteSpec", "rules") => routes::RULES,
        ("gateway.GatewaySpec", "addresses") => gateways::ADDRESSES,
        ("gateway.GatewaySpec" | "gateway.ListenerSetSpec", "listeners") => gateways::LISTENERS,
        ("gateway.HTTPCORSFilter", "allowHeaders") => filters::CORS_HEADERS,
        ("gateway.HTTPCORSFilter", "allowMethods") => filters::CORS_METHODS,
        ("gateway.HTTPCORSFilter", "allowOrigins") => filters::CORS_ORIGINS,
        ("gateway.TLSRouteSpec", "hostnames") => routes::TLS_HOSTNAMES,
        (_, "parentRefs") => routes::PARENTS,
        _ => &[],
    }
}

/// How many items of a list fulfil something (`exists_one`, `filter(…).size()`).
fn count(list: &Field, is_counted: impl Fn(&Field) -> bool) -> usize {
    list.items().iter().filter(|item| is_counted(item)).count()
}

/// Whether each item is the only one that it is equal to (`self.all(a, self.exists_one(b, …))`).
fn are_distinct(list: &Field, is_same: impl Fn(&Field, &Field) -> bool) -> bool {
    let items = list.items();
    items
        .iter()
        .all(|one| count(list, |other| is_same(one, other)) == 1)
}

/// Whether two fields have the same text, or neither has one.
fn is_same_text(one: &Field, other: &Field, key: &'static str) -> bool {
    one.child(key).text() == other.child(key).text()
}

/// Whether a text matches a regular expression from its beginning to its end.
fn matches(text: &str, pattern: &str) -> bool {
    let regex = regex_lite::Regex::new(pattern).expect("a pattern of a CRD, which tests compile");
    regex.is_match(text)
}
