//! Gateways and their routes where no simulated proxy takes the request, and what their extensions decide.

use super::objects::{Deciding, namespace_of, of_group, printed, text};
use super::{Condition, host_route};
use crate::cluster::object::{RouteKind, Service};
use crate::l7::gateway::or_own;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::network::{Host, Network};
use crate::trace::{Device, GatewayReason, Hop, Reason, Trace, Unless};

/// The API group of Gateways and their routes.
const GATEWAY_API: &str = "gateway.networking.k8s.io";

/// The label of a Service that an implementation made for a Gateway.
const GATEWAY_NAME: &str = "gateway.networking.k8s.io/gateway-name";

/// A Gateway or a route for the host or the address that is called.
pub(super) fn gateway(network: &Network, trace: &Trace) -> Option<Condition> {
    let takes = |hop: &Hop| {
        matches!(
            hop.reason,
            Reason::Gateway(GatewayReason::TakesForGateway { .. })
        )
    };
    if trace.hops.iter().any(takes) {
        return None;
    }
    let by_service = || {
        let service = network.cluster().services.get(trace.service.as_ref()?)?;
        let of_service = |object: &Deciding| is_parent(object, service);
        let route = of_group(network, GATEWAY_API).find(of_service);
        let named = || {
            let gateway = service.metadata.labels.get(GATEWAY_NAME)?;
            Some(format!("Gateway {}/{gateway}", service.metadata.namespace))
        };
        route.as_ref().map(printed).or_else(named)
    };
    let by_address = || {
        let called = trace.called()?.to_string();
        let mut gateways = of_group(network, GATEWAY_API);
        gateways
            .find(|object| has_address(object, &called))
            .as_ref()
            .map(printed)
    };
    let by_host = || {
        let Host::Name(host) = &trace.request.to.host else {
            return None;
        };
        if !leaves_cluster(trace) {
            return None;
        }
        let routes = || of_group(network, GATEWAY_API);
        let named = routes().find(|object| object.kind != "Gateway" && names_host(object, host));
        let listening =
            || routes().find(|object| object.kind == "Gateway" && names_host(object, host));
        let any = || routes().find(|object| takes_any_host(network, object));
        let of_gateway = named.or_else(listening).or_else(any);
        let found = of_gateway.or_else(|| host_route::of_host(network, host));
        found.as_ref().map(printed)
    };
    let object = by_service().or_else(by_address).or_else(by_host)?;
    Some(Condition {
        unless: Unless::GatewayApi,
        object,
    })
}

/// A filter of the controller's own at the rule that the request took, or at its backend.
pub(super) fn extension_filter(network: &Network, trace: &Trace) -> Option<Condition> {
    let mut hops = trace.hops.iter();
    let (route, rule, service) = hops.find_map(|hop| match &hop.reason {
        Reason::Gateway(GatewayReason::RoutesForGateway {
            route,
            rule,
            service,
            ..
        }) => Some((route, *rule, service)),
        _ => None,
    })?;
    let namespace = &route.name.namespace;
    let rule = network.cluster().routes.get(route)?.spec.rules.get(rule)?;
    let backends = rule.backend_refs.iter().filter(|backend| {
        let named = ObjectName::new(or_own(&backend.namespace, namespace), backend.name.as_str());
        service.as_ref() == Some(&named)
    });
    let of_backends = backends.flat_map(|backend| &backend.filters);
    let mut filters = rule.filters.iter().chain(of_backends);
    let own = filters.find_map(|filter| filter.extension_ref.as_ref())?;
    let object = format!("{} {namespace}/{}", own.kind, own.name);
    Some(Condition {
        unless: Unless::ExtensionFilter,
        object,
    })
}

/// A policy by which the Gateway that took the request uses TLS to the Service behind the rule, and checks its
/// certificate.
pub(super) fn backend_tls(network: &Network, trace: &Trace) -> Option<Condition> {
    let mut hops = trace.hops.iter();
    // TLS that is passed through is the client's own.
    let (name, number) = hops.find_map(|hop| match &hop.reason {
        Reason::Gateway(GatewayReason::RoutesForGateway { route, port, .. })
            if route.kind != RouteKind::Tls =>
        {
            Some((hop.service.as_ref()?, *port))
        }
        _ => None,
    })?;
    let service = network.cluster().services.get(name)?;
    let port = service.spec.ports.iter().find(|own| own.port == number)?;
    let mut policies = of_group(network, GATEWAY_API);
    let policy = policies.find(|object| {
        let targets = object.list(&["spec", "targetRefs"]);
        let is_meant = |target: &Yaml| {
            text(target, &["kind"]) == Some("Service")
                && text(target, &["name"]) == Some(name.name.as_str())
                && text(target, &["sectionName"]).is_none_or(|section| section == port.name)
        };
        object.kind == "BackendTLSPolicy"
            && namespace_of(object) == name.namespace
            && targets.iter().any(is_meant)
    })?;
    Some(Condition {
        unless: Unless::BackendTls,
        object: printed(&policy),
    })
}

/// Whether a machine outside the cluster answered.
fn leaves_cluster(trace: &Trace) -> bool {
    trace.hops.iter().any(|hop| {
        let is_answer = matches!(hop.reason, Reason::Answers { .. });
        is_answer && matches!(hop.device, Device::Outside(_))
    })
}

/// Whether a route has a Service as its parent: a mesh then routes calls of the Service by it.
fn is_parent(route: &Deciding, service: &Service) -> bool {
    let parents = route.list(&["spec", "parentRefs"]);
    parents.iter().any(|parent| {
        let namespace = text(parent, &["namespace"]).unwrap_or(namespace_of(route));
        text(parent, &["kind"]) == Some("Service")
            && text(parent, &["name"]) == Some(service.metadata.name.as_str())
            && namespace == service.metadata.namespace
    })
}

/// Whether a Gateway has an address, by its spec or its status.
fn has_address(gateway: &Deciding, address: &str) -> bool {
    let lists = [["spec", "addresses"], ["status", "addresses"]];
    lists.iter().any(|path| {
        let addresses = gateway.list(path);
        addresses
            .iter()
            .any(|own| text(own, &["value"]) == Some(address))
    })
}

/// The host names of a route, or of a Gateway's listeners.
fn hosts<'a>(object: &'a Deciding) -> Vec<&'a str> {
    let own = object.list(&["spec", "hostnames"]);
    let listeners = object.list(&["spec", "listeners"]);
    let of_listeners = listeners.iter().filter_map(|own| text(own, &["hostname"]));
    own.iter()
        .filter_map(Yaml::as_str)
        .chain(of_listeners)
        .collect()
}

fn names_host(object: &Deciding, host: &str) -> bool {
    let host = host.trim_end_matches('.');
    hosts(object)
        .into_iter()
        .any(|own| match own.strip_prefix("*.") {
            Some(domain) => host.len() > domain.len() + 1 && host.ends_with(&format!(".{domain}")),
            None => own.eq_ignore_ascii_case(host),
        })
}

/// Whether a route has no host names and a Gateway that the text does not have: it may take requests for any host.
fn takes_any_host(network: &Network, object: &Deciding) -> bool {
    let parents = object.list(&["spec", "parentRefs"]);
    let is_elsewhere = |parent: &Yaml| {
        let namespace = text(parent, &["namespace"]).unwrap_or_default();
        let namespace = or_own(namespace, namespace_of(object));
        let name = ObjectName::new(namespace, text(parent, &["name"]).unwrap_or_default());
        let is_gateway = matches!(text(parent, &["kind"]), None | Some("Gateway"));
        is_gateway && !network.cluster().gateways.contains_key(&name)
    };
    hosts(object).is_empty() && parents.iter().any(is_elsewhere)
}
