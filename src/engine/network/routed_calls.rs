//! The requests that HTTPRoutes and Ingresses are for, as clients outside write them: `http://shop.example.com/api`.
//!
//! A Gateway answers at its address as well, but with 404 where every route names a host, so its address says little.

use smol_str::SmolStr;

use super::Network;
use super::ingress_controller::{address_of, fronts_of, outside_address};
use super::target::{Host, Scheme, Target};
use crate::cluster::object::{
    Ingress, IngressRule, MethodMatch, PathMatchType, RouteKind, RouteMatch, Service,
};
use crate::l7::gateway::hostname;
use crate::l7::gateway::{CompiledRoute, ListenerProtocol, ListenerState};

/// A request for each route and host that clients outside can reach, those of Gateways first, and of these the ones that
/// have a backend.
pub(super) fn of(network: &Network) -> Vec<Target> {
    let by_gateways = of_gateways(network);
    let (mut all, without_backend): (Vec<_>, Vec<_>) =
        by_gateways.into_iter().partition(|own| own.has_backend);
    all.extend(without_backend);
    let ingresses = network.cluster().ingresses.values();
    let rules =
        ingresses.flat_map(|ingress| ingress.spec.rules.iter().map(move |it| (ingress, it)));
    let by_ingresses = rules.filter_map(|(ingress, rule)| of_ingress(network, ingress, rule));
    all.into_iter()
        .map(|own| own.target)
        .chain(by_ingresses)
        .collect()
}

/// A request that a Gateway is for.
struct GatewayCall {
    target: Target,
    /// Whether the rule of the route has a backend.
    has_backend: bool,
}

fn of_gateways(network: &Network) -> Vec<GatewayCall> {
    let plane = network.gateway_plane();
    let mut all = Vec::new();
    for (gateway, state) in plane.gateways.all() {
        let Some(front) = plane.front(network, gateway) else {
            continue;
        };
        let attached = state.listeners.iter().zip(&state.attached);
        for (listener, routes) in attached.filter(|(listener, _)| listener.is_served()) {
            let calls = |route| of_route(network, front, listener, route);
            all.extend(routes.iter().flat_map(|route| calls(route)));
        }
    }
    all
}

/// The first request of each host that a route has at a listener.
fn of_route(
    network: &Network,
    front: &Service,
    listener: &ListenerState,
    route: &CompiledRoute,
) -> Vec<GatewayCall> {
    let scheme = match listener.protocol {
        Some(ListenerProtocol::Http) => Scheme::Http,
        Some(ListenerProtocol::Https) => Scheme::Https,
        Some(ListenerProtocol::Tls | ListenerProtocol::Tcp | ListenerProtocol::Udp) | None => {
            return Vec::new();
        }
    };
    let rules = route.route.spec.rules.iter();
    let mut calls = rules.filter_map(|rule| Some((plain_path(&rule.matches)?, rule)));
    let (Some((path, rule)), RouteKind::Http) = (calls.next(), route.kind) else {
        return Vec::new();
    };
    let Some(port) = outside_port(front, listener.listener.port) else {
        return Vec::new();
    };
    let any = [SmolStr::default()];
    let hostnames = match route.route.spec.hostnames.as_slice() {
        [] => &any,
        hostnames => hostnames,
    };
    let own = &listener.listener.hostname;
    let patterns = hostnames
        .iter()
        .filter_map(|it| hostname::intersection(own, it));
    let hosts = patterns.filter_map(|pattern| match host_of(pattern) {
        Some(host) => Some(Host::Name(host)),
        None => outside_address(network, front).map(Host::Address),
    });
    let has_backend = !rule.backend_refs.is_empty();
    let call = |host| GatewayCall {
        target: call(scheme, host, port, path),
        has_backend,
    };
    hosts.map(call).collect()
}

/// The path of the first match that asks for nothing else; `None` if each asks for more.
fn plain_path(matches: &[RouteMatch]) -> Option<&str> {
    let is_get = |method: &MethodMatch| matches!(method, MethodMatch::Http(name) if name == "GET");
    let is_plain = |it: &&RouteMatch| {
        let is_written = |path: PathMatchType| path != PathMatchType::RegularExpression;
        it.headers.is_empty()
            && it.query_params.is_empty()
            && it.method.as_ref().is_none_or(is_get)
            && it
                .path
                .as_ref()
                .is_none_or(|path| is_written(path.match_type))
    };
    if matches.is_empty() {
        return Some("/");
    }
    let path = matches.iter().find(is_plain)?.path.as_ref();
    Some(path.map_or("/", |path| &path.value))
}

/// The request that a rule of an Ingress with a host is for.
fn of_ingress(network: &Network, ingress: &Ingress, rule: &IngressRule) -> Option<Target> {
    let host = host_of(&rule.host)?;
    address_of(network, &host)?.ok()?;
    let paths = &rule.http.as_ref()?.paths;
    let path = paths
        .iter()
        .map(|path| &path.path)
        .find(|path| is_no_expression(path))?;
    let mut certified = ingress.spec.tls.iter().flat_map(|tls| &tls.hosts);
    let is_encrypted = certified.any(|own| hostname::fits(own, &host));
    let encrypted = is_encrypted.then_some((Scheme::Https, 443));
    let fronts = fronts_of(network, ingress);
    let mut calls = encrypted.into_iter().chain([(Scheme::Http, 80)]);
    let (scheme, port) = calls.find_map(|(scheme, port)| match fronts.as_slice() {
        // On the network of its node.
        [] => Some((scheme, port)),
        fronts => {
            let port = fronts.iter().find_map(|front| outside_port(front, port));
            Some((scheme, port?))
        }
    })?;
    Some(call(scheme, Host::Name(host), port, path))
}

/// Whether a path reads as itself also where a controller takes it for a regular expression.
fn is_no_expression(path: &str) -> bool {
    path.chars()
        .all(|it| it.is_ascii_alphanumeric() || "/-_.~%".contains(it))
}

/// A host that fits a pattern; `None` if every one does.
fn host_of(pattern: &str) -> Option<String> {
    match pattern.strip_prefix('*') {
        _ if pattern.is_empty() => None,
        Some(suffix) => Some(format!("www{suffix}")),
        None => Some(pattern.to_owned()),
    }
}

/// The port at which clients outside reach a port of a Service: its own at a load balancer or an external address, else the
/// node port.
fn outside_port(service: &Service, port: u16) -> Option<u16> {
    let port = service.spec.ports.iter().find(|own| own.port == port)?;
    let has_address =
        !service.status.load_balancer.ingress.is_empty() || !service.spec.external_ips.is_empty();
    let node_port = Some(port.node_port).filter(|port| *port > 0);
    if has_address {
        Some(port.port)
    } else {
        node_port
    }
}

fn call(scheme: Scheme, host: Host, port: u16, path: &str) -> Target {
    Target {
        scheme: Some(scheme),
        host,
        port,
        path: path.to_owned(),
        method: String::new(),
        headers: Vec::new(),
    }
}
