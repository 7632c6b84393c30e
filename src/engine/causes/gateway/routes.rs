//! A Gateway answers a request by itself: no route is attached or matches, or the backend of the rule cannot be used.

use super::references::{
    grant_misses, labels_asked, one_more_grant, parent_elsewhere, parent_missing, section_typo,
    sets_not_allowed, without_certificate, without_class,
};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::add_field;
use crate::causes::names::no_such_name;
use crate::causes::ports::wrong_target;
use crate::causes::selection::no_endpoint;
use crate::causes::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::object::{BackendRef, RouteId, RouteKind, Service};
use crate::diagnostic::{
    AttachmentFault, Fault, Fix, GatewayFault, RouteBackendFault, RouteNearMiss,
};
use crate::kinds::Kind;
use crate::l7::gateway::{
    BackendFault, CompiledRoute, Decision, GatewayState, Gateways, Missing, NearMiss,
    ParentOutcome, ParentState, Refusal,
};
use crate::l7::http_request::HttpRequest;
use crate::manifest::tree::FieldPath;
use crate::names::ObjectName;
use crate::network::gateway_proxy::decide;
use crate::network::{AddressedGateway, Network};
use crate::resolve::Stored;
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
            let unserved = without_certificate(survey, &gateway);
            if !unserved.is_empty() {
                unserved
            } else if refused.is_empty() {
                vec![no_match(survey, &gateway, &request)]
            } else {
                refused
            }
        }
        Decision::Redirected(..) | Decision::Preflight(..) => Vec::new(),
        Decision::Forwarded(taken, _) => of_backends(survey, taken.route, taken.rule),
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
    for RouteId { kind, name } in cluster.routes.keys() {
        for parent in gateways.parents_of(*kind, name) {
            causes.extend(refused(survey, &gateways, *kind, name, parent));
        }
        causes.extend(parent_elsewhere(survey, *kind, name));
        causes.extend(parent_missing(survey, *kind, name));
    }
    causes.extend(sets_not_allowed(survey, &gateways));
    let named = cluster.gateways.keys();
    causes.extend(named.filter_map(|name| without_class(survey, name)));
    let mut seen: Vec<(RouteKind, &ObjectName)> = Vec::new();
    for route in gateways.attached_routes() {
        let id = (route.kind, &route.name);
        if !seen.contains(&id) {
            seen.push(id);
            causes.extend(unusable_backends(survey, route));
        }
    }
    causes
}

/// Backends of a route that requests cannot be sent to, by what the text says: a Service may be missing from it.
fn unusable_backends(survey: &Survey, route: &CompiledRoute) -> Vec<Cause> {
    let rules = 0..route.rules.len();
    let causes = rules.flat_map(|rule| of_backends(survey, route, rule));
    let told = causes.filter_map(|cause| match &cause.fault {
        Fault::Gateway(GatewayFault::RouteBackendUnusable { why, namespace, .. }) => match why {
            RouteBackendFault::NotPermitted | RouteBackendFault::NoSuchPort => Some(cause),
            RouteBackendFault::NotFound => {
                let mut services = survey.services();
                let is_told = services.any(|(stored, _)| {
                    stored.written.is_some() && stored.name.namespace == namespace.as_str()
                });
                is_told.then(|| cause.possible())
            }
            RouteBackendFault::InvalidKind
            | RouteBackendFault::ZeroWeight
            | RouteBackendFault::NoBackend => None,
        },
        Fault::Gateway(GatewayFault::ReferenceGrantMisses { .. }) => Some(cause),
        _ => None,
    });
    told.collect()
}

/// The routes for the host that name the Gateway and are not attached to it.
fn not_attached(
    survey: &Survey,
    gateways: &Gateways,
    gateway: &AddressedGateway,
    host: &str,
) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut causes = Vec::new();
    for (RouteId { kind, name }, route) in &cluster.routes {
        let hostnames = &route.spec.hostnames;
        if !hostnames.is_empty()
            && !hostnames
                .iter()
                .any(|own| CompiledRoute::fits_host(own, host))
        {
            continue;
        }
        for parent in gateways.parents_of(*kind, name) {
            if parent.gateway == *gateway.name {
                causes.extend(refused(survey, gateways, *kind, name, parent));
            }
        }
    }
    causes
}

fn refused(
    survey: &Survey,
    gateways: &Gateways,
    kind: RouteKind,
    name: &ObjectName,
    parent: &ParentState,
) -> Option<Cause> {
    let ParentOutcome::Refused(refusal) = parent.outcome else {
        return None;
    };
    let stored = survey.resolved.get(Kind::from(kind), name)?;
    let field = format!("spec.parentRefs[{}]", parent.index);
    let (why, field) = match refusal {
        Refusal::NoMatchingParent => (AttachmentFault::Section, field),
        Refusal::NotAllowedByListeners if !is_carried(gateways, parent, kind) => {
            (AttachmentFault::Kind, field)
        }
        Refusal::NotAllowedByListeners => (AttachmentFault::NotAllowed, field),
        Refusal::NoMatchingListenerHostname => {
            (AttachmentFault::Hostname, "spec.hostnames".to_owned())
        }
        Refusal::HostnameConflict => (AttachmentFault::Conflict, "spec.hostnames".to_owned()),
    };
    let asked =
        labels_asked(survey, &parent.gateway).filter(|_| why == AttachmentFault::NotAllowed);
    let (place, selector) = asked.unzip();
    let fault = Fault::Gateway(GatewayFault::RouteNotAttached {
        selector: selector.unwrap_or_default(),
        route: format!("{} {name}", kind.name()),
        gateway: parent.gateway.to_string(),
        why,
        namespace: name.namespace.to_string(),
        listeners: listeners(&survey.resolved.cluster, &parent.gateway),
    });
    let route = survey
        .resolved
        .cluster
        .routes
        .get(&RouteId::new(kind, name));
    let written = route.and_then(|route| route.spec.parent_refs.get(parent.index));
    let typo = written
        .filter(|_| why == AttachmentFault::Section)
        .and_then(|written| section_typo(survey, stored, parent, &written.section_name));
    let gateway = survey.resolved.get(Kind::Gateway, &parent.gateway);
    let (field, fix) = match (typo, why) {
        (Some((field, fix)), _) => (field, Some(fix)),
        (None, AttachmentFault::NotAllowed) => {
            let state = gateways.get(&parent.gateway).zip(gateway);
            let fix = state.and_then(|(state, gateway)| {
                allow_namespace(gateway, state, kind, &name.namespace)
            });
            (field, fix)
        }
        (
            None,
            AttachmentFault::Section
            | AttachmentFault::Kind
            | AttachmentFault::Hostname
            | AttachmentFault::Conflict,
        ) => (field, None),
    };
    let mut evidence = vec![Evidence::of(stored, &field)];
    let place = place.as_deref().unwrap_or("spec.listeners");
    evidence.extend(gateway.map(|gateway| Evidence::of(gateway, place)));
    Some(Cause::certain(fault, evidence).with_fix(fix))
}

/// Whether a listener of the Gateway can carry a kind of routes.
fn is_carried(gateways: &Gateways, parent: &ParentState, kind: RouteKind) -> bool {
    let state = gateways.get(&parent.gateway);
    let mut listeners = state.into_iter().flat_map(|state| &state.listeners);
    listeners.any(|listener| listener.kinds.contains(&kind))
}

/// `http (80, *.example.com)`.
pub(in crate::causes) fn listeners(cluster: &Cluster, gateway: &ObjectName) -> String {
    let gateway = cluster.gateways.get(gateway);
    let listeners = gateway.into_iter().flat_map(|it| &it.spec.listeners);
    let texts: Vec<String> = listeners
        .map(|it| match it.hostname.as_str() {
            "" => format!("{} ({})", it.name, it.port),
            host => format!("{} ({}, {host})", it.name, it.port),
        })
        .collect();
    texts.join(", ")
}

/// No route matches: the match that comes nearest, and what it lacks.
fn no_match(survey: &Survey, gateway: &AddressedGateway, request: &HttpRequest) -> Cause {
    let near = gateway.state.nearest(gateway.port, request);
    let why = match near.as_ref().map(|near| near.missing) {
        None => RouteNearMiss::NoRoute,
        Some(Missing::Hostname) => RouteNearMiss::Hostname,
        Some(Missing::Path) => RouteNearMiss::Path,
        Some(Missing::Method) => RouteNearMiss::Method,
        Some(Missing::Header) => RouteNearMiss::Header,
        Some(Missing::Query) => RouteNearMiss::Query,
        Some(Missing::Grpc) => RouteNearMiss::Grpc,
        Some(Missing::Listener) => RouteNearMiss::Listener,
    };
    let mut evidence = Vec::new();
    let (mut route, mut matches) = (String::new(), String::new());
    if let Some(near) = &near {
        matches = conditions(near);
        let name = &near.route.name;
        route = format!("{} {name}", near.route.kind.name());
        let field = match near.missing {
            Missing::Hostname => "spec.hostnames".to_owned(),
            Missing::Path
            | Missing::Method
            | Missing::Header
            | Missing::Query
            | Missing::Grpc
            | Missing::Listener => format!("spec.rules[{}].matches[{}]", near.rule, near.matched),
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
    let is_wanted =
        |place: (usize, usize)| near.missing == Missing::Path || place == (near.rule, near.matched);
    let wanted = all.filter(|(place, _)| is_wanted(*place));
    wanted.map(|(_, text)| text).collect::<Vec<_>>().join("; ")
}

/// The backends of a rule that cannot be used.
fn of_backends(survey: &Survey, route: &CompiledRoute, rule: usize) -> Vec<Cause> {
    let shares = &route.rules[rule].shares;
    let written = route.rule(rule);
    let written = written.map_or(&[][..], |rule| &rule.backend_refs);
    let mut causes = Vec::new();
    if shares.iter().all(|share| share.weight == 0) {
        let why = if shares.is_empty() {
            RouteBackendFault::NoBackend
        } else {
            RouteBackendFault::ZeroWeight
        };
        let nothing = BackendRef::default();
        causes.push(of_backend(survey, (route, rule), None, &nothing, why));
    }
    for (index, (share, reference)) in shares.iter().zip(written).enumerate() {
        let name = service_of(route, reference);
        let port = reference.port.unwrap_or_default();
        let protocol = route.kind.protocol();
        let why = match &share.target {
            Ok(_) => {
                causes.extend(wrong_target::of_service(survey, &name, port, protocol));
                continue;
            }
            Err(BackendFault::NotReady) => {
                causes.extend(no_endpoint::of_service(survey, &name, port, protocol));
                continue;
            }
            Err(BackendFault::InvalidKind) => RouteBackendFault::InvalidKind,
            Err(BackendFault::NotPermitted) => RouteBackendFault::NotPermitted,
            Err(BackendFault::NotFound) => RouteBackendFault::NotFound,
            Err(BackendFault::NoSuchPort) => RouteBackendFault::NoSuchPort,
            Err(BackendFault::NoBackend) => RouteBackendFault::NoBackend,
        };
        if why == RouteBackendFault::NotPermitted {
            causes.extend(grant_misses(survey, route, &name));
        }
        if why == RouteBackendFault::NotFound {
            causes.extend(no_such_name::service_of_other_group(survey, &name));
        }
        causes.push(of_backend(
            survey,
            (route, rule),
            Some(index),
            reference,
            why,
        ));
    }
    causes
}

fn service_of(route: &CompiledRoute, reference: &BackendRef) -> ObjectName {
    let namespace = match reference.namespace.as_str() {
        "" => &route.name.namespace,
        _ => &reference.namespace,
    };
    ObjectName::new(namespace.as_str(), reference.name.as_str())
}

fn of_backend(
    survey: &Survey,
    (route, rule): (&CompiledRoute, usize),
    index: Option<usize>,
    reference: &BackendRef,
    why: RouteBackendFault,
) -> Cause {
    let name = service_of(route, reference);
    let service = survey.resolved.cluster.services.get(&name);
    let ports = service.into_iter().flat_map(|service| &service.spec.ports);
    let ports: Vec<String> = ports.map(|port| port.port.to_string()).collect();
    let fault = Fault::Gateway(GatewayFault::RouteBackendUnusable {
        route: format!("{} {}", route.kind.name(), route.name),
        kind: reference.kind.to_string(),
        service: name.name.to_string(),
        namespace: name.namespace.to_string(),
        port: reference.port.unwrap_or_default(),
        ports: ports.join(", "),
        why,
    });
    let field = match index {
        Some(index) => format!("spec.rules[{rule}].backendRefs[{index}]"),
        None => format!("spec.rules[{rule}]"),
    };
    let stored = survey.resolved.get(Kind::from(route.kind), &route.name);
    let evidence = stored.map(|stored| Evidence::of(stored, &field));
    let fix = stored.and_then(|stored| match why {
        RouteBackendFault::NotPermitted => one_more_grant(stored, route, &name),
        RouteBackendFault::NoSuchPort => only_port(stored, &field, service?),
        RouteBackendFault::InvalidKind
        | RouteBackendFault::NotFound
        | RouteBackendFault::ZeroWeight
        | RouteBackendFault::NoBackend => None,
    });
    Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix)
}

/// The edit that writes the port of a Service that has a single one.
fn only_port(stored: &Stored, backend: &str, service: &Service) -> Option<Fix> {
    let [port] = service.spec.ports.as_slice() else {
        return None;
    };
    let span = stored.span(&format!("{backend}.port"))?;
    let text = port.port.to_string();
    Some(Fix { span, text })
}

/// The edit that lets the listener of a Gateway that has a single one take routes of a namespace, too. It is no answer
/// where the listener says which routes it allows, or cannot carry the kind.
fn allow_namespace(
    gateway: &Stored,
    state: &GatewayState,
    kind: RouteKind,
    namespace: &str,
) -> Option<Fix> {
    let [listener] = state.listeners.as_slice() else {
        return None;
    };
    if !listener.kinds.contains(&kind) {
        return None;
    }
    let item = gateway.tree.nearest(&FieldPath::from("spec.listeners[0]"));
    // A default has the place of its mapping.
    let allowed = item.get("allowedRoutes");
    let is_written = allowed.is_some_and(|allowed| allowed.span != item.span);
    let selector = format!(
        "{{\"namespaces\": {{\"from\": \"Selector\", \"selector\": {{\"matchLabels\": {{\"kubernetes.io/metadata.name\": \"{namespace}\"}}}}}}}}"
    );
    if is_written {
        return None;
    }
    add_field(gateway, item, "allowedRoutes", &selector)
}
