//! A route as a proxy holds it: expressions compiled, backends resolved.

use std::sync::Arc;

use regex_lite::Regex;
use smol_str::SmolStr;

use super::hostname;
use super::references::{BackendFault, BackendTarget, Backends};
use crate::cluster::object::{
    BackendRef, GrpcMethodMatch, MethodMatch, PathMatch, PathMatchType, RequestMirror, Route,
    RouteFilter, RouteKind, RouteMatch, RouteRule, ValueMatch, ValueMatchType,
};
use crate::names::ObjectName;

/// A route that is attached to a listener.
pub type AttachedRoute = Arc<CompiledRoute>;

/// A route with what requests are compared with.
#[derive(Debug)]
pub struct CompiledRoute {
    /// Its kind.
    pub kind: RouteKind,
    /// Its name.
    pub name: ObjectName,
    /// The route as stored.
    pub route: Arc<Route>,
    /// Its rules.
    pub rules: Vec<CompiledRule>,
}

/// A rule of a [`CompiledRoute`].
#[derive(Debug)]
pub struct CompiledRule {
    /// Its matches; one without conditions if none is written.
    pub(super) matches: Vec<CompiledMatch>,
    /// Where requests go.
    pub shares: Vec<Share>,
    /// Where copies go.
    pub(super) mirrors: Vec<Mirror>,
}

/// A part of the requests of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// How many of the sum of all weights.
    pub weight: u32,
    /// The backend, or why it is answered with an error.
    pub target: Result<BackendTarget, BackendFault>,
    /// What changes the requests for this backend only.
    pub(super) filters: Vec<RouteFilter>,
    /// Where copies of the requests for this backend go.
    pub(super) mirrors: Vec<Mirror>,
}

/// A destination of copies.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mirror {
    target: Result<BackendTarget, BackendFault>,
    /// How many of how many requests.
    part: (u32, u32),
}

impl Mirror {
    /// The backend, and how many of how many requests it gets; `None` if it gets none. An invalid mirror is left out.
    pub(super) fn destination(&self) -> Option<(BackendTarget, (u32, u32))> {
        let target = self.target.as_ref().ok()?;
        (self.part.0 > 0).then(|| (target.clone(), self.part))
    }
}

/// The conditions of a match.
#[derive(Debug, Default)]
pub(super) struct CompiledMatch {
    pub(super) path: PathTest,
    pub(super) method: Option<SmolStr>,
    pub(super) grpc: Option<GrpcTest>,
    pub(super) headers: Vec<ValueTest>,
    pub(super) queries: Vec<ValueTest>,
}

/// A condition on a path.
#[derive(Debug)]
pub(super) enum PathTest {
    Exact(SmolStr),
    /// Elements at the beginning, without a slash at the end.
    Prefix(SmolStr),
    Expression(TextTest, usize),
}

impl Default for PathTest {
    fn default() -> PathTest {
        PathTest::Prefix(SmolStr::default())
    }
}

/// A condition on a text.
#[derive(Debug)]
pub(super) enum TextTest {
    Equal(SmolStr),
    /// `None` if the expression cannot be read: it matches nothing.
    Expression(Option<Regex>),
}

impl TextTest {
    fn of(kind: ValueMatchType, value: &SmolStr) -> TextTest {
        match kind {
            ValueMatchType::Exact => TextTest::Equal(value.clone()),
            // Where it is anchored is the implementation's to decide; Envoy matches the whole text.
            ValueMatchType::RegularExpression => {
                TextTest::Expression(Regex::new(&format!("^(?:{value})$")).ok())
            }
        }
    }

    pub(super) fn fits(&self, text: &str) -> bool {
        match self {
            TextTest::Equal(value) => value == text,
            TextTest::Expression(regex) => regex.as_ref().is_some_and(|it| it.is_match(text)),
        }
    }
}

/// A condition on a header or a query parameter.
#[derive(Debug)]
pub(super) struct ValueTest {
    pub(super) name: SmolStr,
    pub(super) value: TextTest,
}

/// A condition on a gRPC method; an absent name fits every one.
#[derive(Debug)]
pub(super) struct GrpcTest {
    pub(super) service: Option<TextTest>,
    pub(super) method: Option<TextTest>,
    /// The characters of both names, by which matches are compared.
    pub(super) lengths: (usize, usize),
}

impl CompiledRoute {
    pub(super) fn of(
        kind: RouteKind,
        name: &ObjectName,
        route: &Arc<Route>,
        backends: &Backends,
    ) -> CompiledRoute {
        let resolve = |reference: &BackendRef| backends.resolve(kind, &name.namespace, reference);
        let rules = route.spec.rules.iter().map(|rule| rule_of(rule, &resolve));
        let mut rules: Vec<CompiledRule> = rules.collect();
        if rules.is_empty() {
            rules.push(rule_of(&RouteRule::default(), &resolve));
        }
        CompiledRoute {
            kind,
            name: name.clone(),
            route: Arc::clone(route),
            rules,
        }
    }

    /// Every match, with the index of its rule and its own index in the rule.
    pub(super) fn matches(&self) -> impl Iterator<Item = (usize, usize, &CompiledMatch)> {
        self.rules.iter().enumerate().flat_map(|(rule, of_rule)| {
            let matches = of_rule.matches.iter().enumerate();
            matches.map(move |(index, matched)| (rule, index, matched))
        })
    }

    /// The faults of its backends and mirrors, in the order of the manifest.
    pub(super) fn faults(&self) -> impl Iterator<Item = BackendFault> {
        self.rules.iter().flat_map(|rule| {
            let shares = rule.shares.iter().map(|share| &share.target);
            let of_shares = rule.shares.iter().flat_map(|share| &share.mirrors);
            let mirrors = rule.mirrors.iter().chain(of_shares);
            shares
                .chain(mirrors.map(|mirror| &mirror.target))
                .filter_map(|target| target.as_ref().err().copied())
        })
    }

    /// Whether one of a route's host names is for the host of a request.
    pub fn fits_host(pattern: &str, host: &str) -> bool {
        hostname::fits(pattern, &hostname::host_of(host))
    }

    /// The rule as stored; `None` if the route has no rules.
    pub fn rule(&self, index: usize) -> Option<&RouteRule> {
        self.route.spec.rules.get(index)
    }
}

type Resolve<'a> = dyn Fn(&BackendRef) -> Result<BackendTarget, BackendFault> + 'a;

fn rule_of(rule: &RouteRule, resolve: &Resolve) -> CompiledRule {
    let mut matches: Vec<CompiledMatch> = rule.matches.iter().map(match_of).collect();
    if matches.is_empty() {
        matches.push(CompiledMatch::default());
    }
    let share = |reference: &BackendRef| Share {
        weight: reference.weight,
        target: resolve(reference),
        filters: reference.filters.clone(),
        mirrors: mirrors_of(&reference.filters, resolve),
    };
    CompiledRule {
        matches,
        shares: rule.backend_refs.iter().map(share).collect(),
        mirrors: mirrors_of(&rule.filters, resolve),
    }
}

fn mirrors_of(filters: &[RouteFilter], resolve: &Resolve) -> Vec<Mirror> {
    let mirrors = filters
        .iter()
        .filter_map(|filter| filter.request_mirror.as_ref());
    let mirror = |mirror: &RequestMirror| Mirror {
        target: resolve(&mirror.backend_ref),
        part: part_of(mirror),
    };
    mirrors.map(mirror).collect()
}

fn part_of(mirror: &RequestMirror) -> (u32, u32) {
    match (&mirror.percent, &mirror.fraction) {
        (Some(percent), _) => (*percent, 100),
        (None, Some(fraction)) => (fraction.numerator, fraction.denominator.max(1)),
        (None, None) => (1, 1),
    }
}

fn match_of(written: &RouteMatch) -> CompiledMatch {
    let (method, grpc) = match &written.method {
        Some(MethodMatch::Http(method)) => (Some(method.clone()), None),
        Some(MethodMatch::Grpc(method)) => (None, Some(grpc_test(method))),
        None => (None, None),
    };
    CompiledMatch {
        path: written.path.as_ref().map(path_test).unwrap_or_default(),
        method,
        grpc,
        headers: value_tests(&written.headers, |one, other| {
            one.eq_ignore_ascii_case(other)
        }),
        queries: value_tests(&written.query_params, |one, other| one == other),
    }
}

fn path_test(path: &PathMatch) -> PathTest {
    match path.match_type {
        PathMatchType::Exact => PathTest::Exact(path.value.clone()),
        PathMatchType::PathPrefix => PathTest::Prefix(path.value.trim_end_matches('/').into()),
        PathMatchType::RegularExpression => {
            let test = TextTest::of(ValueMatchType::RegularExpression, &path.value);
            PathTest::Expression(test, path.value.chars().count())
        }
    }
}

/// Of entries with one name only the first one counts.
fn value_tests(written: &[ValueMatch], is_same: fn(&str, &str) -> bool) -> Vec<ValueTest> {
    let mut tests: Vec<ValueTest> = Vec::new();
    for entry in written {
        if !tests.iter().any(|test| is_same(&test.name, &entry.name)) {
            tests.push(ValueTest {
                name: entry.name.clone(),
                value: TextTest::of(entry.match_type, &entry.value),
            });
        }
    }
    tests
}

fn grpc_test(method: &GrpcMethodMatch) -> GrpcTest {
    let test = |name: &SmolStr| (!name.is_empty()).then(|| TextTest::of(method.match_type, name));
    GrpcTest {
        service: test(&method.service),
        method: test(&method.method),
        lengths: (
            method.service.chars().count(),
            method.method.chars().count(),
        ),
    }
}
