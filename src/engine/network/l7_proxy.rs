//! An L7 proxy: a pod of an Ingress controller. It accepts HTTP, looks host and path up in the Ingresses of its class, and
//! opens a new connection to the Service behind the rule.
//!
//! Real controllers often call the Service's endpoints directly; here they call its cluster IP, which leads to the same
//! endpoints. What the specification of Ingress leaves open is known for ingress-nginx
//! ([`crate::l7::ingress_nginx`]); for other controllers the verdict is that the controller decides.
//! Source: kubernetes/website `concepts/services-networking/ingress`; kubernetes/ingress-nginx
//! `internal/ingress/controller/{controller,endpointslices}.go`.

use std::net::{IpAddr, SocketAddr};

use super::arrival::{arriving, of_other_port};
use super::ingress_access::refusal;
use super::ingress_controller::{controller, served_by};
use super::name_resolution::addresses_for;
use super::process::{answer_http, redirect};
use super::step::Visit;
use super::step::{Chance, Choice, Fate, Flow, NewConnection, Position, Proxy, ProxyKind, Step};
use super::{Device, Failure, Network, Reason, Request, Scheme, Verdict};
use crate::cluster::Cluster;
use crate::cluster::object::{BackendPort, Ingress, Pod, Service, ServiceType};
use crate::l7::http_request::HttpRequest;
use crate::l7::ingress::{Route, has_expression_for, route, service_port};
use crate::l7::{Canary, ControllerMatter, HttpDecision, ingress_nginx, traefik};
use crate::names::{Family, ObjectName, Protocol};
use crate::netfilter::Packet;
use crate::rng::Rng;

/// The statuses of a proxy that does not understand the request, has no rule, no server, was refused, or was not answered
/// (RFC 9110, 15.5 and 15.6).
const BAD_REQUEST: u16 = 400;
const NOT_FOUND: u16 = 404;
const BAD_GATEWAY: u16 = 502;
const UNAVAILABLE: u16 = 503;
const GATEWAY_TIMEOUT: u16 = 504;
/// More proxies in a row than this are a circle.
pub(super) const MOST_PROXIES: u64 = 3;

/// What a controller answers by itself.
enum OwnAnswer {
    /// An HTTP error.
    Error(u16, Failure),
    /// A redirect: its status, and where to.
    Redirect(u16, String),
    /// Nothing that is known.
    NotKnown(ControllerMatter),
}

/// The backend of a request, as the controller calls it.
struct ChosenBackend<'a> {
    /// The Ingress, and the rule that leads there.
    route: Route<'a>,
    /// The path that it gets, if it is rewritten.
    rewritten: Option<String>,
    /// The Service that the rule names.
    named: &'a Service,
    /// The Service that is called: another one behind an ExternalName.
    service: &'a Service,
    address: SocketAddr,
    /// The name behind an ExternalName Service.
    external: Option<String>,
    is_canary: bool,
    /// This backend and its canary, if a request can go to either.
    choices: Vec<Choice>,
}

/// Whether a packet for a pod is a request that the pod, an Ingress controller, passes on.
pub(crate) fn accepts(flow: &Flow, pod: &Pod, packet: &Packet, proxies: u64) -> bool {
    flow.is_http()
        && proxies < MOST_PROXIES
        && packet.protocol == Protocol::Tcp
        && controller(pod).is_some()
}

/// What a controller's pod does with a request that arrives at one of its ports, by the Ingresses of its class.
pub(crate) fn decide<'a>(
    cluster: &'a Cluster,
    pod: &'a Pod,
    port: u16,
    request: &HttpRequest,
) -> HttpDecision<'a> {
    let mut served: Vec<&Ingress> = served_by(cluster, pod).collect();
    match controller(pod) {
        Some(ingress_nginx::CONTROLLER) => return ingress_nginx::decide(&served, request),
        Some(traefik::CONTROLLER) => {
            served.retain(|own| traefik::router_miss(own, pod, port, request.is_tls).is_none());
        }
        Some(_) | None => {}
    }
    match route(served.iter().copied(), &request.host, request.path()) {
        Some(route) => HttpDecision::Pass {
            route,
            rewritten: None,
            canary: None,
        },
        None if has_expression_for(&served, &request.host) => {
            HttpDecision::NotKnown(ControllerMatter::RegularExpression)
        }
        None => HttpDecision::NoRule,
    }
}

/// A packet reached a controller: it looks the request up and opens its own connection, or answers by itself. `wanted` is
/// the backend that chance is to choose, if there are two.
pub(crate) fn pass_on<'a>(
    flow: &Flow<'a>,
    pod: &'a Pod,
    packet: Packet,
    chance: &mut Chance,
    wanted: Option<SocketAddr>,
) -> Step<'a> {
    let request = arriving(flow.network.cluster(), pod, flow.request);
    let device = || Device::Pod(pod.id());
    let name = pod.metadata.name.as_str();
    let reason = Reason::TakesHttp {
        by: name.to_owned(),
        host: request.host.clone(),
        path: request.uri.clone(),
    };
    let accepting = Visit::new(device(), packet, reason);
    let mut own_chance = chance.of_next_connection();
    let backend = choose_backend(
        flow,
        pod,
        (&request, &packet),
        chance,
        &mut own_chance,
        wanted,
    );
    let mut step = match backend.and_then(|found| connect(pod, packet, found, own_chance)) {
        Ok(connection) => {
            return Step::new(accepting, Fate::Terminate(Box::new(connection)));
        }
        Err(OwnAnswer::Error(status, why)) => answer_http(device(), name, status, why, packet),
        Err(OwnAnswer::Redirect(status, to)) => redirect(device(), name, status, to, packet),
        Err(OwnAnswer::NotKnown(matter)) => not_known(pod, packet, matter),
    };
    step.visits.insert(0, accepting);
    step
}

/// Kubernetes leaves it to the controller, and what this one does is not known.
fn not_known<'a>(pod: &Pod, packet: Packet, matter: ControllerMatter) -> Step<'a> {
    let by = pod.metadata.name.to_string();
    let reason = Reason::ControllerDecides {
        by: by.clone(),
        controller: controller(pod).unwrap_or_default().to_owned(),
        matter,
    };
    Step::new(
        Visit::new(Device::Pod(pod.id()), packet, reason),
        Fate::Unknown(Verdict::ControllerDecides { by, matter }),
    )
}

/// The backend that a request goes to, or what the controller answers by itself.
fn choose_backend<'a>(
    flow: &Flow<'a>,
    pod: &'a Pod,
    (request, packet): (&HttpRequest, &Packet),
    chance: &mut Chance,
    own_chance: &mut Rng,
    wanted: Option<SocketAddr>,
) -> Result<ChosenBackend<'a>, OwnAnswer> {
    let (cluster, port) = (flow.network.cluster(), packet.destination.port());
    if let Some(why) = of_other_port(pod, port, request.is_tls) {
        return Err(OwnAnswer::Error(BAD_REQUEST, why));
    }
    let (route, rewritten, canary) = match decide(cluster, pod, port, request) {
        HttpDecision::NoRule => {
            return Err(OwnAnswer::Error(NOT_FOUND, Failure::NoIngressRule));
        }
        HttpDecision::Redirect { status, to } => return Err(OwnAnswer::Redirect(status, to)),
        HttpDecision::NotKnown(matter) => return Err(OwnAnswer::NotKnown(matter)),
        HttpDecision::Pass {
            route,
            rewritten,
            canary,
        } => (route, rewritten, canary),
    };
    if let Some((status, why)) = refusal(flow.network, pod, route.ingress, (request, packet)) {
        return Err(OwnAnswer::Error(status, why));
    }
    if is_grpc(flow.request) && !ingress_nginx::speaks_grpc(route.ingress, controller(pod)) {
        return Err(OwnAnswer::Error(BAD_GATEWAY, Failure::BackendNotGrpc));
    }
    let mut primary = backend_of(flow.network, pod, route, chance)?;
    primary.rewritten = rewritten;
    // A canary without a usable backend is no upstream of its own.
    let canary = canary.and_then(|own| {
        let backend = backend_of(flow.network, pod, own.route, chance).ok()?;
        Some((own, backend))
    });
    let Some((share, canary)) = canary else {
        return Ok(primary);
    };
    Ok(with_canary(primary, share, canary, own_chance, wanted))
}

fn is_grpc(request: &Request) -> bool {
    matches!(request.to.scheme, Some(Scheme::Grpc | Scheme::Grpcs))
}

/// One of two backends: by a header or cookie, or by chance in proportion to their weights.
fn with_canary<'a>(
    primary: ChosenBackend<'a>,
    share: Canary<'a>,
    canary: ChosenBackend<'a>,
    chance: &mut Rng,
    wanted: Option<SocketAddr>,
) -> ChosenBackend<'a> {
    let is_open = 0 < share.weight && share.weight < share.total;
    let drawn = if is_open {
        chance.below(share.total) < share.weight
    } else {
        share.weight > 0
    };
    let wants = |backend: &ChosenBackend| is_open && wanted == Some(backend.address);
    let is_canary = wants(&canary) || (drawn && !wants(&primary));
    let probability = f64::from(share.weight) / f64::from(share.total);
    let choice = |backend: &ChosenBackend, probability: f64, chosen: bool| Choice {
        endpoint: backend.address,
        probability,
        chosen,
        pod: None,
    };
    let choices = vec![
        choice(&primary, 1.0 - probability, !is_canary),
        choice(&canary, probability, is_canary),
    ];
    let chosen = if is_canary {
        ChosenBackend {
            rewritten: primary.rewritten,
            is_canary,
            ..canary
        }
    } else {
        primary
    };
    ChosenBackend {
        choices: if is_open { choices } else { Vec::new() },
        ..chosen
    }
}

/// The connection that a controller opens to a backend.
fn connect<'a>(
    pod: &'a Pod,
    packet: Packet,
    backend: ChosenBackend<'a>,
    mut chance: Rng,
) -> Result<NewConnection<'a>, OwnAnswer> {
    let to = backend.address;
    let own = pod
        .address(Family::of(to.ip()))
        .ok_or(OwnAnswer::Error(UNAVAILABLE, Failure::NoHost))?;
    let rule = backend.route.matched.map(|own| own.path.path.to_string());
    let reason = Reason::RoutesHttp {
        ingress: backend.route.ingress.metadata.name.to_string(),
        rule: rule.unwrap_or_default(),
        service: backend.named.metadata.name.clone(),
        port: to.port(),
        rewritten: backend.rewritten,
        external: backend.external,
        canary: backend.is_canary,
    };
    let source = SocketAddr::new(own, chance.port());
    let first = Packet::first(Protocol::Tcp, source, to);
    let device = Device::Pod(pod.id());
    Ok(NewConnection {
        opening: Visit {
            choices: backend.choices,
            ..Visit::new(device.clone(), first, reason)
        },
        proxy: Proxy {
            kind: ProxyKind::L7,
            device,
            name: pod.metadata.name.to_string(),
            accepted: packet,
        },
        to: Position::PodEgress(pod),
        service: Some(backend.service),
        chance,
    })
}

/// The HTTP error of a proxy whose own connection was refused.
pub(crate) fn answer_refused<'a>(proxy: Proxy, why: Failure) -> Step<'a> {
    let status = if why == Failure::NoEndpoints {
        UNAVAILABLE
    } else {
        BAD_GATEWAY
    };
    answer_http(proxy.device, &proxy.name, status, why, proxy.accepted)
}

/// The HTTP error of a proxy whose own connection got no answer.
pub(crate) fn answer_timed_out<'a>(proxy: Proxy, why: Failure) -> Step<'a> {
    answer_http(
        proxy.device,
        &proxy.name,
        GATEWAY_TIMEOUT,
        why,
        proxy.accepted,
    )
}

/// The address at which a backend Service is called: its own, or, of a headless one, that of a ready endpoint.
pub(super) fn address_of_backend(
    network: &Network,
    service: &Service,
    port: u16,
    chance: &mut Chance,
) -> Option<SocketAddr> {
    if let Some(address) = service.addresses().next() {
        return Some(SocketAddr::new(address, port));
    }
    let ready = network.ready_endpoints(service, port);
    let count = u32::try_from(ready.len()).unwrap_or(u32::MAX);
    let chosen = chance.rng.below(count) as usize;
    ready.get(chosen).copied()
}

/// The backend of a route with the address at which it is called.
fn backend_of<'a>(
    network: &'a Network,
    pod: &'a Pod,
    route: Route<'a>,
    chance: &mut Chance,
) -> Result<ChosenBackend<'a>, OwnAnswer> {
    let (service, port) = named_service(network, &route)?;
    let (address, external) = if service.spec.service_type == ServiceType::ExternalName {
        let name = service.spec.external_name.to_string();
        let address = external_address(network, pod, service, port)?;
        (address, Some(name))
    } else {
        let port = service_port(service, port);
        let port = port.ok_or(OwnAnswer::Error(UNAVAILABLE, Failure::NoSuchPort))?;
        let address = address_of_backend(network, service, port.port, chance);
        let none = OwnAnswer::Error(UNAVAILABLE, Failure::NoEndpoints);
        (address.ok_or(none)?, None)
    };
    let called = network.service_at(address.ip(), address.port(), Protocol::Tcp);
    Ok(ChosenBackend {
        route,
        rewritten: None,
        named: service,
        service: match &external {
            // Behind the name is another Service, or none.
            Some(_) => called.unwrap_or(service),
            None => service,
        },
        address,
        external,
        is_canary: false,
        choices: Vec::new(),
    })
}

/// The Service and port that a route's backend names.
fn named_service<'a>(
    network: &'a Network,
    route: &Route<'a>,
) -> Result<(&'a Service, &'a BackendPort), OwnAnswer> {
    let missing = || OwnAnswer::Error(UNAVAILABLE, Failure::NoSuchService);
    let named = route.backend.service.as_ref().ok_or_else(missing)?;
    let namespace = route.ingress.metadata.namespace.as_str();
    let name = ObjectName::new(namespace, named.name.as_str());
    let service = network.cluster().services.get(&name).ok_or_else(missing)?;
    Ok((service, &named.port))
}

/// The address behind an ExternalName Service: ingress-nginx resolves the name as its pod does, and takes a literal
/// address as it is. Other controllers differ, or refuse it.
fn external_address(
    network: &Network,
    pod: &Pod,
    service: &Service,
    port: &BackendPort,
) -> Result<SocketAddr, OwnAnswer> {
    if controller(pod) != Some(ingress_nginx::CONTROLLER) {
        return Err(OwnAnswer::NotKnown(ControllerMatter::ExternalName));
    }
    let no_port = OwnAnswer::Error(UNAVAILABLE, Failure::NoSuchPort);
    let port = ingress_nginx::external_port(service, port).ok_or(no_port)?;
    let name = service.spec.external_name.as_str();
    let literal: Option<IpAddr> = name.parse().ok();
    if name == "localhost" || literal.is_some_and(|address| address.is_loopback()) {
        return Err(OwnAnswer::Error(UNAVAILABLE, Failure::NoEndpoints));
    }
    let found = || {
        let addresses = addresses_for(network.cluster(), pod, name);
        let mut usable = addresses.into_iter();
        usable.find(|address| pod.address(Family::of(*address)).is_some())
    };
    let unknown = OwnAnswer::Error(BAD_GATEWAY, Failure::BackendNotResolved);
    let address = literal.or_else(found).ok_or(unknown)?;
    Ok(SocketAddr::new(address, port))
}
