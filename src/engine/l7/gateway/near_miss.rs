//! The match that almost takes a request: what explains a 404.

use super::compiled::{CompiledMatch, CompiledRoute};
use super::routing::matching_hostname;
use super::{GatewayState, hostname};
use crate::cluster::object::RouteKind;
use crate::diagnostic::RouteNearMiss;
use crate::l7::http_request::HttpRequest;

/// A match with the first of its conditions that does not hold.
#[derive(Debug)]
pub struct NearMiss<'a> {
    /// The route.
    pub route: &'a CompiledRoute,
    /// The index of the rule.
    pub rule: usize,
    /// The index of the match.
    pub matched: usize,
    /// What is missing; of two matches the one that lacks a later variant is nearer.
    pub missing: RouteNearMiss,
}

impl GatewayState {
    /// The nearest match for a request that no route takes; `None` if no route that could take it is
    /// attached to a listener of the port.
    pub fn nearest(&self, port: u16, request: &HttpRequest) -> Option<NearMiss<'_>> {
        let host = hostname::host_of(&request.host);
        let mut best: Option<NearMiss> = None;
        for (listener, attached) in self.listeners.iter().zip(&self.attached) {
            if listener.listener.port != port {
                continue;
            }
            let attached = attached.iter();
            for route in attached.filter(|route| is_asked(route.kind, request)) {
                for (rule, matched, conditions) in route.matches() {
                    let missing = missing(route, conditions, &host, request);
                    if best.as_ref().is_none_or(|best| missing > best.missing) {
                        best = Some(NearMiss {
                            route,
                            rule,
                            matched,
                            missing,
                        });
                    }
                }
            }
        }
        best
    }
}

fn is_asked(kind: RouteKind, request: &HttpRequest) -> bool {
    match kind {
        RouteKind::Http | RouteKind::Grpc => true,
        RouteKind::Tls => request.is_tls,
        RouteKind::Tcp | RouteKind::Udp => false,
    }
}

fn missing(
    route: &CompiledRoute,
    matched: &CompiledMatch,
    host: &str,
    request: &HttpRequest,
) -> RouteNearMiss {
    if matching_hostname(route, host).is_none() {
        RouteNearMiss::Hostname
    } else if !matched.fits_path(request) {
        RouteNearMiss::Path
    } else if !matched.fits_method(request) {
        RouteNearMiss::Method
    } else if !matched.fits_headers(request) {
        RouteNearMiss::Header
    } else if !matched.fits_queries(request) {
        RouteNearMiss::Query
    } else if route.kind == RouteKind::Grpc && !request.is_grpc {
        RouteNearMiss::Grpc
    } else {
        RouteNearMiss::Listener
    }
}
