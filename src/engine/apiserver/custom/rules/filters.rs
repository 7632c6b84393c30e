//! The rules of filters of routes.

use super::{Rule, count};
use crate::apiserver::field::Field;

/// Two rules for each sort of filter: its field is there if and only if `type` names it.
macro_rules! union_rules {
    ($($field:literal is $kind:literal,)*) => {
        &[$(
            Rule::new(
                concat!("filter.", $field, " must be nil if the filter.type is not ", $kind),
                |filter| !filter.child($field).is_set() || filter.child("type").text() == $kind,
            ),
            Rule::new(
                concat!("filter.", $field, " must be specified for ", $kind, " filter.type"),
                |filter| filter.child($field).is_set() || filter.child("type").text() != $kind,
            ),
        )*]
    };
}

pub(super) const OF_HTTP_ROUTE: &[Rule] = union_rules![
    "cors" is "CORS",
    "requestHeaderModifier" is "RequestHeaderModifier",
    "responseHeaderModifier" is "ResponseHeaderModifier",
    "requestMirror" is "RequestMirror",
    "requestRedirect" is "RequestRedirect",
    "urlRewrite" is "URLRewrite",
    "extensionRef" is "ExtensionRef",
];

pub(super) const OF_GRPC_ROUTE: &[Rule] = union_rules![
    "requestHeaderModifier" is "RequestHeaderModifier",
    "responseHeaderModifier" is "ResponseHeaderModifier",
    "requestMirror" is "RequestMirror",
    "extensionRef" is "ExtensionRef",
];

/// A rule for each sort of filter: a list has at most one.
macro_rules! once_rules {
    ($($kind:literal,)*) => {
        [$(Rule::new(concat!($kind, " filter cannot be repeated"), |filters| {
            count_of(filters, $kind) <= 1
        }),)*]
    };
}

const EITHER: Rule = Rule::new(
    "May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both",
    |filters| count_of(filters, "RequestRedirect") == 0 || count_of(filters, "URLRewrite") == 0,
);

pub(super) const HTTP_LIST: &[Rule] = {
    let [cors, request, response, redirect, rewrite] = once_rules![
        "CORS",
        "RequestHeaderModifier",
        "ResponseHeaderModifier",
        "RequestRedirect",
        "URLRewrite",
    ];
    &[EITHER, cors, request, response, redirect, rewrite]
};

pub(super) const GRPC_LIST: &[Rule] =
    &once_rules!["RequestHeaderModifier", "ResponseHeaderModifier",];

fn count_of(filters: &Field, kind: &str) -> usize {
    count(filters, |filter| filter.child("type").text() == kind)
}

pub(super) const PATH_MODIFIER: &[Rule] = &[
    Rule::new(
        "replaceFullPath must be specified when type is set to 'ReplaceFullPath'",
        |path| {
            path.child("type").text() != "ReplaceFullPath" || path.child("replaceFullPath").is_set()
        },
    ),
    Rule::new(
        "type must be 'ReplaceFullPath' when replaceFullPath is set",
        |path| {
            path.child("type").text() == "ReplaceFullPath"
                || !path.child("replaceFullPath").is_set()
        },
    ),
    Rule::new(
        "replacePrefixMatch must be specified when type is set to 'ReplacePrefixMatch'",
        |path| {
            let is_prefix = path.child("type").text() == "ReplacePrefixMatch";
            !is_prefix || path.child("replacePrefixMatch").is_set()
        },
    ),
    Rule::new(
        "type must be 'ReplacePrefixMatch' when replacePrefixMatch is set",
        |path| {
            let is_prefix = path.child("type").text() == "ReplacePrefixMatch";
            is_prefix || !path.child("replacePrefixMatch").is_set()
        },
    ),
];

pub(super) const MIRROR: &[Rule] = &[Rule::new(
    "Only one of percent or fraction may be specified in HTTPRequestMirrorFilter",
    |mirror| !(mirror.child("percent").is_set() && mirror.child("fraction").is_set()),
)];

pub(super) const CORS_HEADERS: &[Rule] = &[Rule::new(
    "AllowHeaders cannot contain '*' alongside other methods",
    is_star_alone,
)];

pub(super) const CORS_METHODS: &[Rule] = &[Rule::new(
    "AllowMethods cannot contain '*' alongside other methods",
    is_star_alone,
)];

pub(super) const CORS_ORIGINS: &[Rule] = &[Rule::new(
    "AllowOrigins cannot contain '*' alongside other origins",
    is_star_alone,
)];

fn is_star_alone(list: &Field) -> bool {
    count(list, |item| item.text() == "*") == 0 || list.len() <= 1
}
