//! Which backend an Ingress sends a request to (kubernetes/website `concepts/services-networking/ingress`;
//! ingress-controller-conformance).
//!
//! A controller serves the rules of all its Ingresses together. The most specific host that has a rule decides, then the
//! longest path, an exact one before a prefix; the order in the manifest means nothing. Where Kubernetes leaves it to the
//! controller this follows ingress-nginx: `ImplementationSpecific` is a prefix, and a host without a matching path goes
//! to the default backend rather than to a less specific host.

use crate::cluster::object::{
    Backend, BackendPort, HttpPath, Ingress, IngressRule, PathType, Service, ServicePort,
};

/// Where a request goes, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Route<'a> {
    /// The Ingress that says so; its namespace is the backend's.
    pub ingress: &'a Ingress,
    /// The rule that matched; none for the default backend.
    pub matched: Option<Match<'a>>,
    /// The backend.
    pub backend: &'a Backend,
}

/// The rule and path that took a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match<'a> {
    /// The rule.
    pub rule: &'a IngressRule,
    /// The path.
    pub path: &'a HttpPath,
}

/// How specific a rule's host is; the greater wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HostMatch {
    Any,
    Wildcard,
    Exact,
}

/// Where a controller of these Ingresses sends a request with that `Host` header and path; `None` means status 404.
pub fn route<'a>(
    ingresses: impl IntoIterator<Item = &'a Ingress>,
    host: &str,
    path: &str,
) -> Option<Route<'a>> {
    let ingresses: Vec<&Ingress> = ingresses.into_iter().collect();
    let rules = || {
        ingresses
            .iter()
            .flat_map(|&ingress| ingress.spec.rules.iter().map(move |rule| (ingress, rule)))
    };
    let matches = || {
        rules().filter_map(|(ingress, rule)| Some((host_match(&rule.host, host)?, ingress, rule)))
    };
    let best = matches().map(|(host, _, _)| host).max();
    let paths = matches()
        .filter(|&(host, _, _)| Some(host) == best)
        .flat_map(|(_, ingress, rule)| {
            rule.http
                .iter()
                .flat_map(|http| &http.paths)
                .map(move |path| (ingress, Match { rule, path }))
        });
    let mut found: Option<(Specificity, Route)> = None;
    for (ingress, matched) in paths {
        let Some(specificity) = path_match(matched.path, path) else {
            continue;
        };
        if found.as_ref().is_none_or(|(best, _)| specificity > *best) {
            found = Some((
                specificity,
                Route {
                    ingress,
                    matched: Some(matched),
                    backend: &matched.path.backend,
                },
            ));
        }
    }
    let found = found.map(|(_, route)| route);
    found.or_else(|| default_route(&ingresses))
}

/// Where requests go that no rule takes.
pub(crate) fn default_route<'a>(ingresses: &[&'a Ingress]) -> Option<Route<'a>> {
    ingresses.iter().find_map(|&ingress| {
        Some(Route {
            ingress,
            matched: None,
            backend: ingress.spec.default_backend.as_ref()?,
        })
    })
}

/// Whether a rule is about this very host, and not about every one.
pub fn names_host(rule: &IngressRule, host: &str) -> bool {
    matches!(
        host_match(&rule.host, host),
        Some(HostMatch::Exact | HostMatch::Wildcard)
    )
}

/// Whether a rule is for a host, by name or for every one.
pub(crate) fn matches_host(rule: &IngressRule, host: &str) -> bool {
    host_match(&rule.host, host).is_some()
}

/// Whether a path has characters that only regular expressions have.
pub(crate) fn has_regex_characters(path: &str) -> bool {
    let characters = [
        '(', ')', '[', ']', '{', '}', '*', '+', '?', '|', '^', '$', '\\',
    ];
    path.contains(characters)
}

/// Whether a rule for the host has a path that a controller may read as a regular expression.
pub(crate) fn has_expression_for(ingresses: &[&Ingress], host: &str) -> bool {
    let rules = ingresses.iter().flat_map(|ingress| &ingress.spec.rules);
    let mut paths = rules
        .filter(|rule| host_match(&rule.host, host).is_some())
        .flat_map(|rule| &rule.http)
        .flat_map(|http| &http.paths);
    paths.any(|path| {
        path.path_type == PathType::ImplementationSpecific && has_regex_characters(&path.path)
    })
}

/// The Service port a backend means: by the Service port's own name or number, never by its target port.
pub fn service_port<'a>(service: &'a Service, port: &BackendPort) -> Option<&'a ServicePort> {
    service
        .spec
        .ports
        .iter()
        .find(|candidate| match port.name.as_str() {
            "" => candidate.port == port.number,
            name => candidate.name == name,
        })
}

/// `*.foo.com` matches names with exactly one more label than `foo.com`.
pub(crate) fn host_match(rule: &str, header: &str) -> Option<HostMatch> {
    let host = without_port(header).to_ascii_lowercase();
    match rule.strip_prefix("*.") {
        _ if rule.is_empty() => Some(HostMatch::Any),
        None => (rule == host).then_some(HostMatch::Exact),
        Some(domain) => {
            let (first, rest) = host.split_once('.')?;
            (!first.is_empty() && rest == domain).then_some(HostMatch::Wildcard)
        }
    }
}

/// The header without its port; the colons of an IPv6 address stand in brackets.
pub(crate) fn without_port(header: &str) -> &str {
    match header.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) | None => header,
    }
}

/// Elements, then whether it is exact: what makes one matching path better than another.
type Specificity = (usize, bool);

fn path_match(rule: &HttpPath, request: &str) -> Option<Specificity> {
    let request = request.split(['?', '#']).next().unwrap_or_default();
    let request = if request.is_empty() { "/" } else { request };
    let wanted = elements(&rule.path);
    match rule.path_type {
        PathType::Exact => (rule.path == request).then_some((wanted.len(), true)),
        PathType::Prefix | PathType::ImplementationSpecific => elements(request)
            .starts_with(&wanted)
            .then_some((wanted.len(), false)),
    }
}

/// The parts between the slashes; a slash at the end means nothing.
fn elements(path: &str) -> Vec<&str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    match path.strip_suffix('/').unwrap_or(path) {
        "" => Vec::new(),
        path => path.split('/').collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An Ingress of rules `host path type`, whose backends are called by their numbers.
    fn ingress(rules: &[(&str, &str, &str)]) -> Ingress {
        let rule = |(index, (host, path, path_type)): (usize, &(&str, &str, &str))| {
            let backend = serde_json::json!({ "service": { "name": index.to_string(), "port": { "number": 80 } } });
            let path =
                serde_json::json!({ "path": path, "pathType": path_type, "backend": backend });
            serde_json::json!({ "host": host, "http": { "paths": [path] } })
        };
        let rules: Vec<serde_json::Value> = rules.iter().enumerate().map(rule).collect();
        serde_json::from_value(serde_json::json!({ "spec": { "rules": rules } }))
            .expect("a literal Ingress")
    }

    fn chosen(rules: &[(&str, &str, &str)], host: &str, path: &str) -> String {
        let ingress = ingress(rules);
        let service = route([&ingress], host, path).and_then(|route| route.backend.service.clone());
        service.map_or_else(|| "404".to_owned(), |service| service.name.to_string())
    }

    #[test]
    fn the_most_specific_host_then_the_longest_path_wins() {
        let rules = [
            ("", "/", "Prefix"),
            ("*.foo.com", "/", "Prefix"),
            ("a.foo.com", "/x", "Prefix"),
            ("a.foo.com", "/x/y", "ImplementationSpecific"),
            ("a.foo.com", "/x/y", "Exact"),
        ];
        let rows = [
            ("no host of the rules", "bar.com", "/", "0"),
            ("one label more", "b.foo.com", "/", "1"),
            ("two labels more", "c.b.foo.com", "/", "0"),
            ("its port aside", "A.foo.com:8080", "/x/z?q=/x/y", "2"),
            ("the exact one of two", "a.foo.com", "/x/y", "4"),
            ("the longer one of two", "a.foo.com", "/x/y/z", "3"),
            ("no path of the chosen host", "a.foo.com", "/z", "404"),
        ];
        for (name, host, path, expected) in rows {
            assert_eq!(chosen(&rules, host, path), expected, "{name}");
        }
    }

    #[test]
    fn elements_are_compared_whole() {
        let rules = [("", "/aaa/bb", "Prefix")];
        assert_eq!(chosen(&rules, "", "/aaa/bbb"), "404");
        assert_eq!(chosen(&rules, "", "/aaa/bb/"), "0");
    }
}
