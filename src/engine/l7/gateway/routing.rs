//! A request at a Gateway: its listener, its route, and the backend or answer that follows.

use smol_str::SmolStr;

use super::compiled::{AttachedRoute, CompiledRoute, Mirror, Share};
use super::cors::{self, Preflight};
use super::filters::{self, HeaderChange, Redirect, SentRequest};
use super::matching::{Rank, rank};
use super::references::{BackendFault, BackendTarget};
use super::{GatewayState, ListenerProtocol, ListenerState, hostname};
use crate::cluster::object::{RouteFilter, RouteKind};
use crate::l7::http_request::HttpRequest;

/// What comes to a port of a Gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayTraffic<'a> {
    /// A request.
    Http(&'a HttpRequest),
    /// A TLS connection for this server name.
    Tls(&'a str),
    /// A TCP connection.
    Tcp,
    /// A UDP flow.
    Udp,
}

/// What becomes of a request or a connection.
#[derive(Debug)]
pub enum Decision<'a> {
    /// No listener serves the port.
    Refused,
    /// A listener serves the port, but none for the host name: 404, or the connection is closed.
    NoListener,
    /// No route of the listener takes it: 404, or the connection is closed.
    NoRoute {
        /// The listener.
        listener: &'a ListenerState,
    },
    /// A route takes it, and it is answered with a redirect.
    Redirected(MatchedRoute<'a>, Redirect),
    /// A route takes it, and the proxy answers it: a browser asks whether it may send a request (`CORS` filter).
    Preflight(MatchedRoute<'a>, Preflight),
    /// A route takes it, and it is sent on.
    Forwarded(MatchedRoute<'a>, Box<Forward<'a>>),
}

/// The rule that takes a request or a connection.
#[derive(Clone, Copy, Debug)]
pub struct MatchedRoute<'a> {
    /// The listener.
    pub listener: &'a ListenerState,
    /// The route.
    pub route: &'a CompiledRoute,
    /// The index of its rule.
    pub rule: usize,
    /// The index of the match in the rule.
    pub matched: usize,
}

/// Where a request or a connection is sent.
#[derive(Debug)]
pub struct Forward<'a> {
    /// The backends and errors with their weights. Those of weight 0 are left out.
    pub shares: Vec<Share>,
    /// The request that the rule sends, before filters of a backend. Empty for connections.
    pub request: SentRequest,
    /// Copies of all requests: the backend, and how many of how many requests.
    pub mirrors: Vec<(BackendTarget, (u32, u32))>,
    route: &'a CompiledRoute,
    index: usize,
    prefix: &'a str,
}

impl Forward<'_> {
    /// The request that a share's backend gets.
    pub fn request_of(&self, share: &Share) -> SentRequest {
        let mut request = self.request.clone();
        filters::change_request(&mut request, &share.filters, self.prefix);
        request
    }

    /// The copies of the requests that go to a share's backend.
    pub fn mirrors_of(&self, share: &Share) -> Vec<(BackendTarget, (u32, u32))> {
        let own = share.mirrors.iter().filter_map(Mirror::destination);
        self.mirrors.iter().cloned().chain(own).collect()
    }

    /// What is done to the headers of a response: to that of a share's backend, whose filters come first, or to every
    /// response of the rule.
    pub fn response_changes(&self, share: Option<&Share>) -> Vec<HeaderChange> {
        let of_backend = share.map_or(&[][..], |share| &share.filters);
        filters::response_changes(of_backend.iter().chain(self.rule_filters()))
    }

    /// Whether the answer allows pages of an origin to read it; `None` without a `CORS` filter. `origin` is the request's
    /// header `Origin`.
    pub fn allows_origin(&self, share: &Share, origin: &str) -> Option<bool> {
        let all = share.filters.iter().chain(self.rule_filters());
        let mut cors = all.filter_map(|filter| filter.cors.as_ref()).peekable();
        cors.peek()?;
        Some(cors.any(|cors| cors::allows(cors, origin)))
    }

    fn rule_filters(&self) -> &[RouteFilter] {
        let rule = self.route.rule(self.index);
        rule.map_or(&[], |rule| &rule.filters)
    }

    /// Whether a share has filters of its own.
    pub fn has_filters(&self, share: &Share) -> bool {
        !share.filters.is_empty()
    }

    /// The sum of the weights.
    pub fn total(&self) -> u64 {
        self.shares
            .iter()
            .map(|share| u64::from(share.weight))
            .sum()
    }
}

impl GatewayState {
    /// What becomes of what comes to a port.
    pub fn decide(&self, port: u16, traffic: &GatewayTraffic) -> Decision<'_> {
        let host = traffic.host();
        match self.listener_for(port, traffic, &host) {
            Err(NoListener::OfPort) => Decision::Refused,
            Err(NoListener::OfHost) => Decision::NoListener,
            Ok(index) => {
                let listener = &self.listeners[index];
                decide_at(listener, &self.attached[index], &host, traffic)
            }
        }
    }

    /// The same for a request whose TLS may end at the Gateway or at the backend: listeners of both protocols may share a
    /// port, and the most specific host name of both takes the connection.
    pub fn decide_over_tls(&self, port: u16, request: &HttpRequest) -> Decision<'_> {
        let name = hostname::host_of(&request.host);
        let (tls, http) = (GatewayTraffic::Tls(&name), GatewayTraffic::Http(request));
        let specificity = |traffic: &GatewayTraffic| {
            let found = self.listener_for(port, traffic, &name).ok();
            found.map(|index| hostname::specificity(&self.listeners[index].listener.hostname))
        };
        if specificity(&tls) > specificity(&http) {
            self.decide(port, &tls)
        } else {
            self.decide(port, &http)
        }
    }

    /// The index of the listener that takes what comes to a port.
    fn listener_for(
        &self,
        port: u16,
        traffic: &GatewayTraffic,
        host: &str,
    ) -> Result<usize, NoListener> {
        let of_port = self.listeners.iter().enumerate().filter(|(_, listener)| {
            listener.listener.port == port && listener.is_served() && carries(listener, traffic)
        });
        let mut none = NoListener::OfPort;
        let mut best: Option<((usize, usize), usize)> = None;
        for (index, listener) in of_port {
            none = NoListener::OfHost;
            let pattern = &listener.listener.hostname;
            let specificity = hostname::specificity(pattern);
            if hostname::fits(pattern, host)
                && best.is_none_or(|(greatest, _)| specificity > greatest)
            {
                best = Some((specificity, index));
            }
        }
        best.map(|(_, index)| index).ok_or(none)
    }
}

/// Why no listener takes what comes.
enum NoListener {
    /// None serves the port with the protocol.
    OfPort,
    /// Those that do are for other host names.
    OfHost,
}

impl GatewayTraffic<'_> {
    /// The host name that listeners and routes are chosen by, in lower case.
    fn host(&self) -> String {
        match self {
            GatewayTraffic::Http(request) => hostname::host_of(&request.host),
            GatewayTraffic::Tls(name) => name.to_ascii_lowercase(),
            GatewayTraffic::Tcp | GatewayTraffic::Udp => String::new(),
        }
    }
}

/// Whether a listener has the protocol of the traffic.
fn carries(listener: &ListenerState, traffic: &GatewayTraffic) -> bool {
    let wanted = match traffic {
        GatewayTraffic::Http(request) if request.is_tls => ListenerProtocol::Https,
        GatewayTraffic::Http(_) => ListenerProtocol::Http,
        GatewayTraffic::Tls(_) => ListenerProtocol::Tls,
        GatewayTraffic::Tcp => ListenerProtocol::Tcp,
        GatewayTraffic::Udp => ListenerProtocol::Udp,
    };
    listener.protocol == Some(wanted)
}

fn decide_at<'a>(
    listener: &'a ListenerState,
    attached: &'a [AttachedRoute],
    host: &str,
    traffic: &GatewayTraffic,
) -> Decision<'a> {
    let of_kinds = |kind: RouteKind| attached.iter().filter(move |route| route.kind == kind);
    let best = match traffic {
        GatewayTraffic::Http(http) if http.is_grpc => {
            let best = best_match(of_kinds(RouteKind::Grpc), host, Some(http));
            best.or_else(|| best_match(of_kinds(RouteKind::Http), host, Some(http)))
        }
        GatewayTraffic::Http(http) => best_match(of_kinds(RouteKind::Http), host, Some(http)),
        GatewayTraffic::Tls(_) => best_match(of_kinds(RouteKind::Tls), host, None),
        GatewayTraffic::Tcp => best_match(of_kinds(RouteKind::Tcp), host, None),
        GatewayTraffic::Udp => best_match(of_kinds(RouteKind::Udp), host, None),
    };
    let Some(RuleMatch {
        route,
        rule,
        matched,
    }) = best
    else {
        return Decision::NoRoute { listener };
    };
    let taken = MatchedRoute {
        listener,
        route,
        rule,
        matched,
    };
    let http = match traffic {
        GatewayTraffic::Http(http) => Some(*http),
        GatewayTraffic::Tls(_) | GatewayTraffic::Tcp | GatewayTraffic::Udp => None,
    };
    act(taken, http)
}

/// The match that takes a request or a connection: its route, and the indices of the rule and of the match in it.
struct RuleMatch<'a> {
    route: &'a CompiledRoute,
    rule: usize,
    matched: usize,
}

/// The first match by rank. Without an HTTP request only the host name is compared.
fn best_match<'a>(
    routes: impl Iterator<Item = &'a AttachedRoute>,
    host: &str,
    request: Option<&HttpRequest>,
) -> Option<RuleMatch<'a>> {
    let mut best: Option<(Rank, RuleMatch)> = None;
    for route in routes {
        let Some(hostname) = matching_hostname(route, host) else {
            continue;
        };
        for (rule, index, matched) in route.matches() {
            if !request.is_none_or(|request| matched.fits(request)) {
                continue;
            }
            let rank = rank(route, hostname, (rule, index), matched);
            if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                let found = RuleMatch {
                    route: route.as_ref(),
                    rule,
                    matched: index,
                };
                best = Some((rank, found));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// The most specific host name of a route that fits; empty for a route without host names.
pub(super) fn matching_hostname<'a>(route: &'a CompiledRoute, host: &str) -> Option<&'a str> {
    let hostnames = &route.route.spec.hostnames;
    if hostnames.is_empty() {
        return Some("");
    }
    let fitting = hostnames
        .iter()
        .filter(|pattern| hostname::fits(pattern, host));
    let best = fitting.max_by_key(|pattern| hostname::specificity(pattern));
    best.map(SmolStr::as_str)
}

/// What the filters and backends of a rule do.
fn act<'a>(taken: MatchedRoute<'a>, request: Option<&HttpRequest>) -> Decision<'a> {
    let compiled = &taken.route.rules[taken.rule];
    let prefix = compiled.matches[taken.matched].prefix();
    let written = taken.route.rule(taken.rule);
    let written_filters = written.map_or(&[][..], |rule| &rule.filters);
    let mut redirects = written_filters
        .iter()
        .filter_map(|it| it.request_redirect.as_ref());
    if let (Some(request), Some(redirect)) = (request, redirects.next()) {
        let port = taken.listener.listener.port;
        let answer = filters::redirect(request, port, redirect, prefix);
        return Decision::Redirected(taken, answer);
    }
    let mut cors = written_filters.iter().filter_map(|it| it.cors.as_ref());
    let preflight = request.filter(|request| request.is_preflight());
    if let (Some(preflight), Some(cors)) = (preflight, cors.next()) {
        return Decision::Preflight(taken, cors::preflight(cors, preflight));
    }
    let mut request = request.map(sent).unwrap_or_default();
    filters::change_request(&mut request, written_filters, prefix);
    let positive = compiled.shares.iter().filter(|share| share.weight > 0);
    let mut shares: Vec<Share> = positive.cloned().collect();
    if shares.is_empty() {
        shares.push(Share {
            weight: 1,
            target: Err(BackendFault::NoBackend),
            filters: Vec::new(),
            mirrors: Vec::new(),
        });
    }
    let mirrors = compiled.mirrors.iter().filter_map(Mirror::destination);
    let forward = Forward {
        shares,
        request,
        mirrors: mirrors.collect(),
        route: taken.route,
        index: taken.rule,
        prefix,
    };
    Decision::Forwarded(taken, Box::new(forward))
}

/// A request as it came, in the form of one that is sent.
fn sent(request: &HttpRequest) -> SentRequest {
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, value) in &request.headers {
        let mut known = headers.iter_mut();
        match known.find(|(own, _)| own.eq_ignore_ascii_case(name)) {
            Some((_, joined)) => *joined = format!("{joined},{value}"),
            None => headers.push((name.clone(), value.clone())),
        }
    }
    SentRequest {
        method: request.method.clone(),
        host: request.host.clone(),
        uri: request.uri.clone(),
        headers,
    }
}
