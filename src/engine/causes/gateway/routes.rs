//! A Gateway answers a request by itself: no route is attached or matches, or the backend of the rule cannot be used.

use super::attachment::{not_attached, refused};
use super::backends;
use super::protocols;
use super::references::{
    parent_elsewhere, parent_missing, secrets_of_other_types, sets_not_allowed,
    without_certificate, without_class,
};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::RouteKind;
use crate::diagnostic::{Fault, GatewayFault, RouteNearMiss};
use crate::kinds::Kind;
use crate::l7::gateway::{CompiledRoute, Decision, Gateways, ListenerProtocol, NearMiss};
use crate::l7::http_request::HttpRequest;
use crate::names::ObjectName;
use crate::network::gateway_proxy::decide;
use crate::network::{AddressedGateway, Network};
use crate::trace::{Device, GatewayReason, Hop, Reason, Trace};

/// Why the answer of a Gateway is an error, most specific first. Empty if no Gateway took the request.
pub(in crate::causes) fn causes(survey: &Survey, network: &Network, trace: &Trace) -> Vec<Cause> {
    let Some(hop) = trace.hops.iter().find(|hop| is_taken(hop)) else {
        return Vec::new();
    };
    let Device::Pod(pod) = &hop.device else {
        return Vec::new();
    };
    let (cluster, plane) = (network.cluster(), network.gateway_plane());
    let pod = cluster.pod(pod);
    let gateway = pod.and_then(|pod| plane.addressed(cluster, pod, hop.before.destination.port()));
    let Some(gateway) = gateway else {
        return Vec::new();
    };
    let request = HttpRequest::from(&trace.request);
    let is_stream = !trace.request.to.is_http();
    match decide(&gateway, &request, is_stream, hop.before.protocol) {
        Decision::Refused | Decision::NoListener | Decision::NoRoute { .. } => {
            let refused = not_attached(survey, &plane.gateways, &gateway, &request.host);
            let unspoken = protocols::of_request(survey, &gateway, &request.host);
            let unserved = without_certificate(survey, &gateway);
            if !unspoken.is_empty() {
                unspoken
            } else if !unserved.is_empty() {
                unserved
            } else if refused.is_empty() {
                let elsewhere = on_other_listener(survey, &gateway, &request);
                vec![elsewhere.unwrap_or_else(|| no_match(survey, &gateway, &request))]
            } else {
                refused
            }
        }
        Decision::Redirected(..) | Decision::Preflight(..) => Vec::new(),
        Decision::Forwarded(taken, _) => backends::of_rule(survey, taken.route, taken.rule),
    }
}

/// Whether a Gateway's proxy took the request.
fn is_taken(hop: &Hop) -> bool {
    matches!(
        hop.reason,
        Reason::Gateway(GatewayReason::TakesForGateway { .. })
    )
}

/// Every route that names a Gateway as its parent and is not accepted.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let gateways = Gateways::with_assumed_classes(cluster);
    let mut causes = Vec::new();
    for id in cluster.routes.keys() {
        for parent in gateways.parents_of(id.kind, &id.name) {
            causes.extend(refused(survey, &gateways, id, parent));
        }
        causes.extend(parent_elsewhere(survey, id));
        causes.extend(parent_missing(survey, id));
    }
    causes.extend(sets_not_allowed(survey, &gateways));
    causes.extend(secrets_of_other_types(survey, &gateways));
    let named = cluster.gateways.keys();
    causes.extend(named.filter_map(|name| without_class(survey, name)));
    let mut seen: Vec<(RouteKind, &ObjectName)> = Vec::new();
    for route in gateways.attached_routes() {
        let id = (route.kind, &route.name);
        if !seen.contains(&id) {
            seen.push(id);
            causes.extend(backends::of_route(survey, route));
        }
    }
    causes
}

/// No route for the host is attached to a listener of the port, and one is to that of another port.
fn on_other_listener(
    survey: &Survey,
    gateway: &AddressedGateway,
    request: &HttpRequest,
) -> Option<Cause> {
    let state = gateway.state;
    if state.nearest(gateway.port, request).is_some() {
        return None;
    }
    let fits = |pattern: &str| CompiledRoute::fits_host(pattern, &request.host);
    let others = state.listeners.iter().zip(&state.attached);
    let mut others = others.filter(|(own, _)| {
        let hostname = own.listener.hostname.as_str();
        own.is_served()
            && own.listener.port != gateway.port
            && (hostname.is_empty() || fits(hostname))
    });
    let (listener, route) = others.find_map(|(own, attached)| {
        let mut routes = attached.iter();
        let route = routes.find(|route| {
            let hostnames = &route.route.spec.hostnames;
            hostnames.is_empty() || hostnames.iter().any(|pattern| fits(pattern))
        })?;
        Some((own, route))
    })?;
    let is_tls = match listener.protocol? {
        ListenerProtocol::Http => false,
        ListenerProtocol::Https => true,
        ListenerProtocol::Tls | ListenerProtocol::Tcp | ListenerProtocol::Udp => return None,
    };
    let fault = Fault::Gateway(GatewayFault::RouteOnOtherListener {
        gateway: gateway.name.to_string(),
        host: request.host.clone(),
        route: format!("{} {}", route.kind.name(), route.name),
        listener: listener.listener.name.to_string(),
        port: listener.listener.port,
        is_tls,
    });
    let stored = survey.resolved.get(Kind::from(route.kind), &route.name);
    let evidence = stored.map(|stored| Evidence::of(stored, "spec.parentRefs"));
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}

/// No route matches: the match that comes nearest, and what it lacks.
fn no_match(survey: &Survey, gateway: &AddressedGateway, request: &HttpRequest) -> Cause {
    let near = gateway.state.nearest(gateway.port, request);
    let why = near
        .as_ref()
        .map_or(RouteNearMiss::NoRoute, |near| near.missing);
    let mut evidence = Vec::new();
    let (mut route, mut matches) = (String::new(), String::new());
    if let Some(near) = &near {
        matches = conditions(near);
        let name = &near.route.name;
        route = format!("{} {name}", near.route.kind.name());
        let field = if near.missing == RouteNearMiss::Hostname {
            "spec.hostnames".to_owned()
        } else {
            format!("spec.rules[{}].matches[{}]", near.rule, near.matched)
        };
        let stored = survey.resolved.get(Kind::from(near.route.kind), name);
        evidence.extend(stored.map(|stored| Evidence::of(stored, &field)));
    }
    let fault = Fault::Gateway(GatewayFault::NoRouteMatches {
        gateway: gateway.name.to_string(),
        host: request.host.clone(),
        path: request.uri.clone(),
        why,
        route,
        matches,
    });
    Cause::certain(fault, evidence)
}

/// The conditions of the nearest match; where the path is missing, of every match of its route.
fn conditions(near: &NearMiss) -> String {
    let rules = near.route.route.spec.rules.iter();
    let all = rules.enumerate().flat_map(|(rule, written)| {
        let matches = written.matches.iter().enumerate();
        matches.map(move |(index, written)| ((rule, index), written.to_string()))
    });
    let is_wanted = |place: (usize, usize)| {
        near.missing == RouteNearMiss::Path || place == (near.rule, near.matched)
    };
    let wanted = all.filter(|(place, _)| is_wanted(*place));
    wanted.map(|(_, text)| text).collect::<Vec<_>>().join("; ")
}
