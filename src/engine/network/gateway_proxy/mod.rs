//! A proxy of a Gateway: it accepts what comes to a listener, finds the route and the rule, and opens a connection of its
//! own to the Service behind it, or answers by itself.
//!
//! A proxy may call a Service's endpoints or its cluster IP; here it calls the cluster IP, as [`super::l7_proxy`] does.
//! What a rule decides is [`crate::l7::gateway`].

mod answers;

use std::net::SocketAddr;

use smol_str::SmolStr;

use super::AddressedGateway;
use super::l7_proxy::{MOST_PROXIES, address_of_backend};
use super::process::answer_error;
use super::step::{
    Chance, Choice, Fate, Flow, NewConnection, Position, Proxy, ProxyKind, Step, Visit,
};
use super::{Device, Failure, GatewayReason, GrpcStatus, Reason, Verdict};
use crate::cluster::Cluster;
use crate::cluster::object::{Pod, Service};
use crate::l7::ControllerMatter;
use crate::l7::gateway::{
    BackendFault, Decision, Forward, GatewayTraffic, ListenerProtocol, MatchedRoute, Share,
};
use crate::l7::http_request::HttpRequest;
use crate::names::{Family, ObjectName, Protocol};
use crate::netfilter::Packet;
use crate::rng::Rng;
use answers::{answers_preflight, closed, redirected, routes};

/// Whether a packet for a pod is for a listener of a Gateway that the pod is a proxy of.
pub(crate) fn accepts(flow: &Flow, pod: &Pod, packet: &Packet, proxies: u64) -> bool {
    if proxies >= MOST_PROXIES {
        return false;
    }
    let (plane, cluster) = (flow.network.gateway_plane(), flow.network.cluster());
    let addressed = plane.addressed(cluster, pod, packet.destination.port());
    addressed.is_some_and(|gateway| traffic_kind(flow, &gateway, packet).is_some())
}

/// What a client speaks, as far as a listener of the port cares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TrafficKind {
    Http,
    Stream,
}

/// `None` if the client does not speak what the listeners of the port expect.
fn traffic_kind(flow: &Flow, gateway: &AddressedGateway, packet: &Packet) -> Option<TrafficKind> {
    let listeners = gateway.state.listeners.iter();
    let of_port = listeners.filter(|it| it.listener.port == gateway.port);
    let protocols: Vec<ListenerProtocol> = of_port.filter_map(|it| it.protocol).collect();
    let has = |protocol| protocols.contains(&protocol);
    match packet.protocol {
        Protocol::Udp => has(ListenerProtocol::Udp).then_some(TrafficKind::Stream),
        Protocol::Tcp if has(ListenerProtocol::Tcp) => Some(TrafficKind::Stream),
        Protocol::Tcp if flow.is_http() => Some(TrafficKind::Http),
        Protocol::Tcp | Protocol::Sctp => None,
    }
}

/// What a Gateway decides about a request.
pub(crate) fn decide<'a>(
    gateway: &AddressedGateway<'a>,
    request: &HttpRequest,
    is_stream: bool,
    protocol: Protocol,
) -> Decision<'a> {
    let state = gateway.state;
    if is_stream {
        let traffic = match protocol {
            Protocol::Udp => GatewayTraffic::Udp,
            Protocol::Tcp | Protocol::Sctp => GatewayTraffic::Tcp,
        };
        return state.decide(gateway.port, &traffic);
    }
    if request.is_tls {
        return state.decide_over_tls(gateway.port, request);
    }
    state.decide(gateway.port, &GatewayTraffic::Http(request))
}

/// A packet reached a proxy of a Gateway. `wanted` is the backend that chance is to choose, if there are several.
pub(crate) fn pass_on<'a>(
    flow: &Flow<'a>,
    pod: &'a Pod,
    packet: Packet,
    chance: &mut Chance,
    wanted: Option<SocketAddr>,
) -> Step<'a> {
    let (plane, cluster) = (flow.network.gateway_plane(), flow.network.cluster());
    let addressed = plane.addressed(cluster, pod, packet.destination.port());
    let Some(gateway) = addressed else {
        return closed(pod, packet, Failure::NothingListens);
    };
    let is_stream = traffic_kind(flow, &gateway, &packet) == Some(TrafficKind::Stream);
    let request = HttpRequest::from(flow.request);
    let decision = decide(&gateway, &request, is_stream, packet.protocol);
    let is_http = !is_stream && !is_passed_through(&gateway, &request, &decision);
    let accepting = Visit::new(
        Device::Pod(pod.id()),
        packet,
        Reason::Gateway(GatewayReason::TakesForGateway {
            by: pod.metadata.name.to_string(),
            gateway: gateway.name.clone(),
            listener: listener_of(&decision),
            port: gateway.port,
        }),
    );
    let mut own_chance = chance.of_next_connection();
    let proxy = GatewayProxy {
        flow,
        pod,
        packet,
        controller: implementation_of(cluster, gateway.name),
        is_http,
        is_grpc: request.is_grpc,
    };
    let mut step = match decision {
        Decision::Refused | Decision::NoListener => proxy.refuse(404, Failure::NoGatewayListener),
        Decision::NoRoute { .. } => proxy.refuse(404, Failure::NoGatewayRoute),
        Decision::Redirected(taken, redirect) => {
            redirected(pod, packet, &taken, redirect.status, redirect.location)
        }
        Decision::Preflight(taken, answer) => answers_preflight(pod, packet, &taken, &answer),
        Decision::Forwarded(taken, forward) => {
            proxy.forward(&taken, &forward, chance, &mut own_chance, wanted)
        }
    };
    step.visits.insert(0, accepting);
    step
}

/// Whether the bytes of a TLS or bare connection are passed on as they are, or the connection ends without an answer.
fn is_passed_through(
    gateway: &AddressedGateway,
    request: &HttpRequest,
    decision: &Decision,
) -> bool {
    let protocol = match decision {
        Decision::NoRoute { listener } => listener.protocol,
        Decision::Redirected(taken, _)
        | Decision::Preflight(taken, _)
        | Decision::Forwarded(taken, _) => taken.listener.protocol,
        Decision::Refused | Decision::NoListener => {
            let listeners = gateway.state.listeners.iter();
            let mut of_port = listeners.filter(|it| it.listener.port == gateway.port);
            // A listener without a certificate ends no TLS.
            let ends_tls =
                of_port.any(|it| it.is_served() && it.protocol == Some(ListenerProtocol::Https));
            (request.is_tls && !ends_tls).then_some(ListenerProtocol::Tls)
        }
    };
    match protocol {
        Some(ListenerProtocol::Tls | ListenerProtocol::Tcp | ListenerProtocol::Udp) => true,
        Some(ListenerProtocol::Http | ListenerProtocol::Https) | None => false,
    }
}

/// The name of the listener that took a request.
fn listener_of(decision: &Decision) -> Option<SmolStr> {
    match decision {
        Decision::Refused | Decision::NoListener => None,
        Decision::NoRoute { listener } => Some(listener.listener.name.clone()),
        Decision::Redirected(taken, _)
        | Decision::Preflight(taken, _)
        | Decision::Forwarded(taken, _) => Some(taken.listener.listener.name.clone()),
    }
}

/// A proxy with the connection that it accepted.
struct GatewayProxy<'f, 'a> {
    flow: &'f Flow<'a>,
    pod: &'a Pod,
    packet: Packet,
    /// The name of its controller, or of the Gateway's class.
    controller: &'a str,
    is_http: bool,
    is_grpc: bool,
}

/// The controller of a Gateway's class; the class if the text does not have it.
fn implementation_of<'a>(cluster: &'a Cluster, gateway: &ObjectName) -> &'a str {
    let gateway = cluster.gateways.get(gateway);
    let class = gateway.map_or("", |own| own.spec.gateway_class_name.as_str());
    let found = cluster.gateway_classes.get(class);
    found.map_or(class, |own| own.spec.controller_name.as_str())
}

/// A share of the requests: the backend at its address, or the status and failure that the proxy answers.
type ShareEnd<'a> = Result<(&'a Service, SocketAddr), (u16, Failure)>;

impl<'a> GatewayProxy<'_, 'a> {
    /// An error of HTTP or gRPC, or the end of a connection that is neither.
    fn refuse(&self, status: u16, why: Failure) -> Step<'a> {
        if !self.is_http {
            return closed(self.pod, self.packet, why);
        }
        let grpc = match status {
            _ if !self.is_grpc => GrpcStatus::None,
            404 => GrpcStatus::Unimplemented,
            _ => GrpcStatus::Unavailable,
        };
        let (device, name) = (Device::Pod(self.pod.id()), self.pod.metadata.name.as_str());
        answer_error(device, name, (status, grpc), why, self.packet)
    }

    /// What becomes of the request is not known.
    fn leave_to_implementation(&self) -> Step<'a> {
        let by = self.pod.metadata.name.to_string();
        let matter = ControllerMatter::CustomBackend;
        let reason = Reason::ControllerDecides {
            by: by.clone(),
            controller: self.controller.to_owned(),
            matter,
        };
        Step::new(
            Visit::new(Device::Pod(self.pod.id()), self.packet, reason),
            Fate::Unknown(Verdict::ControllerDecides { by, matter }),
        )
    }

    /// One of the backends of a rule, by weight.
    fn forward(
        &self,
        taken: &MatchedRoute,
        forward: &Forward,
        chance: &mut Chance,
        own_chance: &mut Rng,
        wanted: Option<SocketAddr>,
    ) -> Step<'a> {
        let ends = forward.shares.iter();
        let ends: Vec<ShareEnd> = ends.map(|share| self.end_of(share, chance)).collect();
        let address_of = |end: &ShareEnd| match end {
            Ok((_, address)) => *address,
            // The proxy itself answers for a backend that it cannot call.
            Err(_) => self.packet.destination,
        };
        let drawn = draw(forward, own_chance);
        let wanted = ends.iter().position(|end| Some(address_of(end)) == wanted);
        let chosen = wanted.filter(|_| ends.len() > 1).unwrap_or(drawn);
        let choice = |(index, end): (usize, &ShareEnd)| Choice {
            endpoint: address_of(end),
            probability: f64::from(forward.shares[index].weight) / forward.total() as f64,
            chosen: index == chosen,
            pod: None,
        };
        let choices: Vec<Choice> = match ends.len() {
            1 => Vec::new(),
            _ => ends.iter().enumerate().map(choice).collect(),
        };
        match ends[chosen] {
            Ok((service, address)) => {
                let request = self.is_http.then_some(self.flow.request);
                let reason = routes(taken, forward, &forward.shares[chosen], request);
                self.connect(service, address, reason, choices, own_chance)
            }
            Err((status, why)) => {
                let is_custom =
                    forward.shares[chosen].target == Err(BackendFault::CustomKind) && self.is_http;
                let mut step = if is_custom {
                    self.leave_to_implementation()
                } else {
                    self.refuse(status, why)
                };
                if let Some(visit) = step.visits.first_mut() {
                    visit.choices = choices;
                }
                step
            }
        }
    }

    /// Where a share goes.
    fn end_of(&self, share: &Share, chance: &mut Chance) -> ShareEnd<'a> {
        let target = share.target.as_ref().map_err(|fault| failure(*fault))?;
        let network = self.flow.network;
        let service = network.cluster().services.get(&target.service);
        let service = service.ok_or((500, Failure::NoSuchService))?;
        let address = address_of_backend(network, service, target.port, chance);
        address
            .map(|address| (service, address))
            .ok_or((503, Failure::NoEndpoints))
    }

    fn connect(
        &self,
        service: &'a Service,
        to: SocketAddr,
        reason: Reason,
        choices: Vec<Choice>,
        chance: &Rng,
    ) -> Step<'a> {
        let (pod, mut chance) = (self.pod, chance.clone());
        let Some(own) = pod.address(Family::of(to.ip())) else {
            return self.refuse(503, Failure::NoHost);
        };
        let source = SocketAddr::new(own, chance.port());
        let first = Packet::first(self.packet.protocol, source, to);
        let device = Device::Pod(pod.id());
        Step::silent(Fate::Terminate(Box::new(NewConnection {
            opening: Visit {
                choices,
                ..Visit::new(device.clone(), first, reason)
            },
            proxy: Proxy {
                kind: if self.is_http {
                    ProxyKind::L7
                } else {
                    ProxyKind::LoadBalancer
                },
                device,
                name: pod.metadata.name.to_string(),
                accepted: self.packet,
            },
            to: Position::PodEgress(pod),
            service: Some(service),
            chance,
        })))
    }
}

/// The index of a share, by weight.
fn draw(forward: &Forward, chance: &mut Rng) -> usize {
    if forward.shares.len() == 1 {
        return 0;
    }
    let total = u32::try_from(forward.total()).unwrap_or(u32::MAX);
    let mut drawn = chance.below(total);
    for (index, share) in forward.shares.iter().enumerate() {
        if drawn < share.weight {
            return index;
        }
        drawn -= share.weight;
    }
    0
}

/// What a proxy answers for a backend that cannot be used (gateway-api `HTTPBackendRef`).
fn failure(fault: BackendFault) -> (u16, Failure) {
    match fault {
        BackendFault::InvalidKind | BackendFault::CustomKind => (500, Failure::InvalidBackend),
        BackendFault::NotPermitted => (500, Failure::RefNotPermitted),
        BackendFault::NotFound => (500, Failure::NoSuchService),
        BackendFault::NoSuchPort => (500, Failure::NoSuchPort),
        BackendFault::NoBackend => (500, Failure::NoBackend),
        BackendFault::NotReady => (503, Failure::NoEndpoints),
    }
}
