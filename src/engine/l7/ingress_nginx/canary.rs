//! Canaries: an Ingress for the host and path of another one, whose backend gets some of the requests.

use super::annotation;
use crate::cluster::object::Ingress;
use crate::l7::Canary;
use crate::l7::http_request::HttpRequest;
use crate::l7::ingress::{Match, Route};

/// The canary for the host and path of a route, with its share of requests like this one.
pub(super) fn canary_of<'a>(
    canaries: &[&'a Ingress],
    route: &Route,
    request: &HttpRequest,
) -> Option<Canary<'a>> {
    let matched = route.matched?;
    for ingress in canaries {
        for rule in ingress
            .spec
            .rules
            .iter()
            .filter(|rule| rule.host == matched.rule.host)
        {
            let mut paths = rule.http.iter().flat_map(|http| &http.paths);
            let same = paths.find(|own| {
                own.path == matched.path.path && own.path_type == matched.path.path_type
            });
            if let Some(path) = same {
                let (weight, total) = canary_share(ingress, request);
                let route = Route {
                    ingress,
                    matched: Some(Match { rule, path }),
                    backend: &path.backend,
                };
                return Some(Canary {
                    route,
                    weight,
                    total,
                });
            }
        }
    }
    None
}

/// The share of a canary: decided by a header, then by a cookie, then by its weight.
fn canary_share(ingress: &Ingress, request: &HttpRequest) -> (u32, u32) {
    let number = |name: &str| annotation(ingress, name).and_then(|text| text.parse().ok());
    let total = number("canary-weight-total").unwrap_or(100).max(1);
    let weight = number("canary-weight").unwrap_or(0).min(total);
    let header = annotation(ingress, "canary-by-header").and_then(|name| request.header(name));
    let by_header = header.and_then(
        |value| match annotation(ingress, "canary-by-header-value") {
            Some(wanted) => (value == wanted).then_some(true),
            None => always_or_never(value),
        },
    );
    let by_cookie = || {
        let name = annotation(ingress, "canary-by-cookie")?;
        always_or_never(request.cookie(name)?)
    };
    match by_header.or_else(by_cookie) {
        Some(true) => (total, total),
        Some(false) => (0, total),
        None => (weight, total),
    }
}

fn always_or_never(value: &str) -> Option<bool> {
    match value {
        "always" => Some(true),
        "never" => Some(false),
        _ => None,
    }
}
