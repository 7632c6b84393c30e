//! The locations of one nginx server, and the one that takes a request.

use std::cmp::Reverse;

use regex_lite::{Captures, Regex, RegexBuilder};

use super::{is_regex, rewrite_target};
use crate::cluster::object::{HttpPath, Ingress, IngressRule, PathType};
use crate::l7::ingress::{HostMatch, Match, Route, host_match};
use crate::sort;

/// A compiled expression takes no more memory than this, in bytes.
const MOST_MEMORY: usize = 1 << 20;

/// A location of an nginx server: a path of an Ingress rule.
pub(super) struct Location<'a> {
    ingress: &'a Ingress,
    matched: Match<'a>,
    /// The expression, without `^`.
    text: String,
}

impl<'a> Location<'a> {
    fn path(&self) -> &'a HttpPath {
        self.matched.path
    }

    pub(super) fn enforces_regex(&self) -> bool {
        is_regex(self.ingress, self.path())
    }
}

/// The locations of the server for a host, the longest first. Empty if no rule is for that host.
pub(super) fn locations_of<'a>(ingresses: &[&'a Ingress], host: &str) -> Vec<Location<'a>> {
    let rules = ingresses
        .iter()
        .flat_map(|&ingress| ingress.spec.rules.iter().map(move |rule| (ingress, rule)));
    let rules: Vec<(HostMatch, &Ingress, &IngressRule)> = rules
        .filter_map(|(ingress, rule)| Some((host_match(&rule.host, host)?, ingress, rule)))
        .collect();
    let best = rules.iter().map(|(host, _, _)| *host).max();
    let mut locations: Vec<Location> = Vec::new();
    for (_, ingress, rule) in rules.into_iter().filter(|(host, _, _)| Some(*host) == best) {
        for path in rule.http.iter().flat_map(|http| &http.paths) {
            let text = path.path.to_string();
            let matched = Match { rule, path };
            locations.push(Location {
                ingress,
                matched,
                text,
            });
        }
    }
    sort::sort_by_key(&mut locations, |location| {
        (Reverse(location.text.len()), Reverse(location.text.clone()))
    });
    with_exact_locations(locations)
}

/// Prefix paths without expressions get a location that ends in a slash, and an exact one without it.
fn with_exact_locations(locations: Vec<Location>) -> Vec<Location> {
    let exact: Vec<String> = locations
        .iter()
        .filter(|location| location.path().path_type == PathType::Exact)
        .map(|location| location.text.clone())
        .collect();
    let mut expanded: Vec<Location> = Vec::new();
    for location in locations {
        let is_prefix = location.path().path_type == PathType::Prefix;
        if location.text == "/" || !is_prefix || location.enforces_regex() {
            expanded.push(location);
            continue;
        }
        let with_slash = format!("{}/", location.text.trim_end_matches('/'));
        let (ingress, matched) = (location.ingress, location.matched);
        expanded.push(Location {
            ingress,
            matched,
            text: with_slash,
        });
        if !exact.contains(&location.text) {
            expanded.push(location);
        }
    }
    expanded
}

/// The location that takes a request, and the path after its rewrite.
pub(super) struct MatchedLocation<'a> {
    pub(super) route: Route<'a>,
    pub(super) rewritten: Option<String>,
}

impl<'a> MatchedLocation<'a> {
    /// A location that leaves the path as it is.
    pub(super) fn plain(route: Option<Route<'a>>) -> Option<MatchedLocation<'a>> {
        Some(MatchedLocation {
            route: route?,
            rewritten: None,
        })
    }
}

/// An expression that is not linear: with look-around or back references.
pub(super) struct Unreadable;

/// The first location whose expression matches; an error if an expression before it cannot be evaluated.
pub(super) fn first_match<'a>(
    locations: Vec<Location<'a>>,
    request: &str,
) -> Result<Option<MatchedLocation<'a>>, Unreadable> {
    for location in locations {
        let path = location.path();
        let regex = expression(&location.text).ok_or(Unreadable)?;
        let Some(captures) = regex.captures(request) else {
            continue;
        };
        let target = rewrite_target(location.ingress, path);
        let route = Route {
            ingress: location.ingress,
            matched: Some(location.matched),
            backend: &path.backend,
        };
        let rewritten = target.map(|target| substitute(target, &captures));
        return Ok(Some(MatchedLocation { route, rewritten }));
    }
    Ok(None)
}

/// `^path` without regard to case; `None` if it is no expression, or one with look-around or back references.
fn expression(path: &str) -> Option<Regex> {
    let mut builder = RegexBuilder::new(&format!("^{path}"));
    builder.case_insensitive(true).size_limit(MOST_MEMORY);
    builder.build().ok()
}

/// The target with `$1` to `$9` replaced by what the groups captured.
fn substitute(target: &str, captures: &Captures) -> String {
    let mut text = String::new();
    let mut characters = target.chars().peekable();
    while let Some(character) = characters.next() {
        let group = characters.peek().and_then(|next| next.to_digit(10));
        match (character, group) {
            ('$', Some(group)) => {
                characters.next();
                let captured = captures.get(group as usize);
                text.push_str(captured.map_or("", |captured| captured.as_str()));
            }
            _ => text.push(character),
        }
    }
    text
}
