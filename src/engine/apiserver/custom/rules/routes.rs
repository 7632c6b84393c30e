//! The rules of HTTPRoute, GRPCRoute, TLSRoute, TCPRoute and UDPRoute.

use std::net::IpAddr;

use super::{Rule, are_distinct, count, is_same_text, matches};
use crate::apiserver::field::Field;

pub(super) const BACKEND: &[Rule] = &[Rule::new(
    "Must have port for Service reference",
    |backend| {
        let is_service =
            backend.child("group").text().is_empty() && backend.child("kind").text() == "Service";
        !is_service || backend.child("port").is_set()
    },
)];

pub(super) const FRACTION: &[Rule] = &[Rule::new(
    "numerator must be less than or equal to denominator",
    |fraction| fraction.child("numerator").int() <= fraction.child("denominator").int(),
)];

pub(super) const GRPC_METHOD: &[Rule] = &[
    Rule::new(
        "One or both of 'service' or 'method' must be specified",
        |method| {
            !method.child("type").is_set()
                || method.child("service").is_set()
                || method.child("method").is_set()
        },
    ),
    Rule::new(
        r"service must only contain valid characters (matching ^(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$)",
        |method| {
            let valid = r"^(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$";
            is_absent_or_valid(method, "service", valid)
        },
    ),
    Rule::new(
        "method must only contain valid characters (matching ^[A-Za-z_][A-Za-z_0-9]*$)",
        |method| is_absent_or_valid(method, "method", "^[A-Za-z_][A-Za-z_0-9]*$"),
    ),
];

fn is_absent_or_valid(method: &Field, key: &'static str, pattern: &str) -> bool {
    let is_exact = matches!(method.child("type").text(), "" | "Exact");
    let value = method.child(key);
    !is_exact || !value.is_set() || matches(value.text(), pattern)
}

/// A rule about the value of a path that is compared literally.
macro_rules! literal_path_rules {
    ($($message:literal => $holds:expr,)*) => {
        [$(Rule::new(
            concat!($message, " when type one of ['Exact', 'PathPrefix']"),
            |path| {
                let holds: fn(&str) -> bool = $holds;
                !is_literal(path) || holds(path.child("value").text())
            },
        ),)*]
    };
}

const PATH_CHARACTERS: &str = r"^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$";

pub(super) const PATH_MATCH: &[Rule] = {
    let [
        absolute,
        slashes,
        dot,
        dots,
        lower,
        upper,
        fragment,
        end_dots,
        end_dot,
    ] = literal_path_rules![
        "value must be an absolute path and start with '/'" => |value| value.starts_with('/'),
        "must not contain '//'" => |value| !value.contains("//"),
        "must not contain '/./'" => |value| !value.contains("/./"),
        "must not contain '/../'" => |value| !value.contains("/../"),
        "must not contain '%2f'" => |value| !value.contains("%2f"),
        "must not contain '%2F'" => |value| !value.contains("%2F"),
        "must not contain '#'" => |value| !value.contains('#'),
        "must not end with '/..'" => |value| !value.ends_with("/.."),
        "must not end with '/.'" => |value| !value.ends_with("/."),
    ];
    let kind = Rule::new(
        "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']",
        |path| is_literal(path) || path.child("type").text() == "RegularExpression",
    );
    let characters = Rule::new(
        "must only contain valid characters (matching ^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$) for types ['Exact', 'PathPrefix']",
        |path| !is_literal(path) || matches(path.child("value").text(), PATH_CHARACTERS),
    );
    &[
        absolute, slashes, dot, dots, lower, upper, fragment, end_dots, end_dot, kind, characters,
    ]
};

fn is_literal(path: &Field) -> bool {
    matches!(path.child("type").text(), "Exact" | "PathPrefix")
}

pub(super) const HTTP_RULE: &[Rule] = &[
    Rule::new(
        "RequestRedirect filter must not be used together with backendRefs",
        |rule| {
            let filters = rule.child("filters");
            rule.child("backendRefs").is_empty()
                || count(&filters, |filter| filter.child("requestRedirect").is_set()) == 0
        },
    ),
    Rule::new(
        "When using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified",
        |rule| !replaces_prefix(rule, "requestRedirect") || has_one_prefix(rule),
    ),
    Rule::new(
        "When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified",
        |rule| !replaces_prefix(rule, "urlRewrite") || has_one_prefix(rule),
    ),
    Rule::new(
        "Within backendRefs, when using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified",
        |rule| !backend_replaces_prefix(rule, "requestRedirect") || has_one_prefix(rule),
    ),
    Rule::new(
        "Within backendRefs, When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified",
        |rule| !backend_replaces_prefix(rule, "urlRewrite") || has_one_prefix(rule),
    ),
];

/// Whether exactly one filter of a rule or a backend replaces the prefix that matched.
fn replaces_prefix(owner: &Field, filter: &'static str) -> bool {
    let is_replacing = |item: &Field| {
        let path = item.at(&[filter, "path"]);
        path.child("type").text() == "ReplacePrefixMatch"
            && path.child("replacePrefixMatch").is_set()
    };
    count(&owner.child("filters"), is_replacing) == 1
}

fn backend_replaces_prefix(rule: &Field, filter: &'static str) -> bool {
    count(&rule.child("backendRefs"), |backend| {
        replaces_prefix(backend, filter)
    }) == 1
}

fn has_one_prefix(rule: &Field) -> bool {
    let matches = rule.child("matches").items();
    let [only] = matches.as_slice() else {
        return false;
    };
    only.at(&["path", "type"]).text() == "PathPrefix"
}

pub(super) const RULES: &[Rule] = &[Rule::new(
    "While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128",
    |rules| {
        let rules = rules.items();
        rules
            .iter()
            .map(|rule| rule.child("matches").len())
            .sum::<usize>()
            <= 128
    },
)];

pub(super) const TIMEOUTS: &[Rule] = &[Rule::failing(
    "backendRequest timeout cannot be longer than request timeout",
    |timeouts| {
        let [request, backend] = ["request", "backendRequest"].map(|key| timeouts.child(key));
        if !request.is_set() || !backend.is_set() {
            return Ok(true);
        }
        let (request, backend) = (nanoseconds(request.text()), nanoseconds(backend.text()));
        match (request, backend) {
            // `&&` of CEL is false if either side is, whatever the other one is.
            (Some(0), _) => Ok(true),
            (Some(request), Some(backend)) => Ok(backend <= request),
            (None, _) | (_, None) => {
                Err("type conversion error from 'string' to 'google.protobuf.Duration'".to_owned())
            }
        }
    },
)];

/// What CEL's `duration` makes of a text: Go's `time.ParseDuration` in nanoseconds, `None` if that fails.
fn nanoseconds(text: &str) -> Option<i128> {
    let (sign, mut rest) = match text.strip_prefix(['-', '+']) {
        Some(rest) if text.starts_with('-') => (-1, rest),
        Some(rest) => (1, rest),
        None => (1, text),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total: i128 = 0;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(end);
        let end = after.find(|c: char| c.is_ascii_digit() || c == '.');
        let (unit, after) = after.split_at(end.unwrap_or(after.len()));
        total += in_unit(number, unit)?;
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    (total <= i128::from(i64::MAX)).then_some(sign * total)
}

/// A decimal number of a unit in nanoseconds.
fn in_unit(number: &str, unit: &str) -> Option<i128> {
    let factor: i128 = match unit {
        "h" => 3_600_000_000_000,
        "m" => 60_000_000_000,
        "s" => 1_000_000_000,
        "ms" => 1_000_000,
        "us" | "µs" | "μs" => 1_000,
        "ns" => 1,
        _ => return None,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    if !has_digits || fraction.contains('.') {
        return None;
    }
    let digits = |text: &str| {
        if text.is_empty() {
            Some(0)
        } else {
            text.parse::<i128>().ok()
        }
    };
    let fraction = &fraction[..fraction.len().min(18)];
    let scale = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    let whole = digits(whole)?.checked_mul(factor)?;
    Some(whole + digits(fraction)? * factor / scale)
}

pub(super) const PARENTS: &[Rule] = &[
    Rule::new(
        "sectionName must be specified when parentRefs includes 2 or more references to the same parent",
        |parents| {
            let items = parents.items();
            items.iter().all(|one| {
                items.iter().all(|other| {
                    let is_named = |parent: &Field| !parent.child("sectionName").text().is_empty();
                    !is_same_parent(one, other) || is_named(one) == is_named(other)
                })
            })
        },
    ),
    Rule::new(
        "sectionName must be unique when parentRefs includes 2 or more references to the same parent",
        |parents| {
            are_distinct(parents, |one, other| {
                is_same_parent(one, other) && is_same_text(one, other, "sectionName")
            })
        },
    ),
];

fn is_same_parent(one: &Field, other: &Field) -> bool {
    let keys = ["group", "kind", "name", "namespace"];
    keys.into_iter().all(|key| is_same_text(one, other, key))
}

const RFC_1123: &str = r"^([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\-]{0,61}[a-zA-Z0-9])(\.([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\-]{0,61}[a-zA-Z0-9]))*$";

pub(super) const TLS_HOSTNAMES: &[Rule] = &[
    Rule::new("Hostnames cannot contain an IP", |hostnames| {
        count(hostnames, |name| name.text().parse::<IpAddr>().is_ok()) == 0
    }),
    Rule::new("Hostnames must be valid based on RFC-1123", |hostnames| {
        count(hostnames, |name| {
            !name.text().contains('*') && !matches(name.text(), RFC_1123)
        }) == 0
    }),
    Rule::new(
        "Wildcards on hostnames must be the first label, and the rest of hostname must be valid based on RFC-1123",
        |hostnames| {
            let is_wrong = |name: &Field| {
                let rest = name.text().strip_prefix("*.");
                name.text().contains('*') && !rest.is_some_and(|rest| matches(rest, RFC_1123))
            };
            count(hostnames, is_wrong) == 0
        },
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn said(rules: &[Rule], json: &str) -> Vec<String> {
        let object = node(json);
        let root = Field::root(&object);
        let errors = rules.iter().filter_map(|rule| rule.error(&root));
        errors.map(|error| error.message()).collect()
    }

    #[test]
    fn a_literal_path_is_absolute_and_has_no_dots() {
        assert_eq!(
            said(PATH_MATCH, r#"{"type":"PathPrefix","value":"a/../b"}"#),
            [
                "Invalid value: value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']",
                "Invalid value: must not contain '/../' when type one of ['Exact', 'PathPrefix']",
            ]
        );
        assert!(said(PATH_MATCH, r#"{"type":"RegularExpression","value":"a//"}"#).is_empty());
    }

    #[test]
    fn a_backends_timeout_is_within_the_requests() {
        assert!(said(TIMEOUTS, r#"{"request":"1m","backendRequest":"59s999ms"}"#).is_empty());
        assert!(said(TIMEOUTS, r#"{"request":"0s","backendRequest":"1h"}"#).is_empty());
        assert_eq!(
            said(TIMEOUTS, r#"{"request":"1s","backendRequest":"1001ms"}"#),
            ["Invalid value: backendRequest timeout cannot be longer than request timeout"]
        );
        assert!(said(TIMEOUTS, r#"{"request":"0s","backendRequest":"soon"}"#).is_empty());
        assert!(said(TIMEOUTS, r#"{"request":"1.5s","backendRequest":"1500ms"}"#).is_empty());
        for backend in ["soon", "", "1", "1h "] {
            let timeouts = format!(r#"{{"request":"1s","backendRequest":"{backend}"}}"#);
            let words = said(TIMEOUTS, &timeouts);
            assert!(
                words[0].contains("type conversion error"),
                "{backend}: {words:?}"
            );
        }
    }

    #[test]
    fn a_parent_that_is_named_twice_needs_two_sections() {
        let parents = |sections: [&str; 2]| {
            let parent = |section| format!(r#"{{"name":"front"{section}}}"#);
            said(
                PARENTS,
                &format!("[{},{}]", parent(sections[0]), parent(sections[1])),
            )
        };
        assert!(parents([r#","sectionName":"a""#, r#","sectionName":"b""#]).is_empty());
        assert_eq!(parents(["", r#","sectionName":"b""#]).len(), 1);
        assert_eq!(parents(["", ""]).len(), 1);
        assert!(parents(["", r#","namespace":"x""#]).is_empty());
    }

    #[test]
    fn a_hostname_of_a_tls_route_has_labels_of_63_letters() {
        let long = "a".repeat(64);
        assert_eq!(
            said(TLS_HOSTNAMES, &format!(r#"["{long}.example"]"#)).len(),
            1
        );
        assert_eq!(said(TLS_HOSTNAMES, r#"["10.0.0.1"]"#).len(), 1);
        assert!(said(TLS_HOSTNAMES, r#"["*.a.example"]"#).is_empty());
    }
}
