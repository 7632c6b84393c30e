//! The process that a packet is for: in a pod, on a node, or kube-proxy itself. It answers, refuses, or manifests do not
//! say whether it listens.

use std::net::IpAddr;

use super::listen::{Port, declared_ports, port_of, sibling_with_ports};
use super::step::{Fate, Flow, Position, Reply, ReplyOutcome, Step, Visit};
use super::step::{accepting_segment, refusing_segment};
use super::{
    Device, Failure, GrpcStatus, Host, Listening, Reason, Scheme, Verdict, gateway_proxy, l7_proxy,
    service_lb,
};
use crate::cluster::object::Pod;
use crate::dns::coredns::Outside;
use crate::names::{ObjectName, Protocol};
use crate::netfilter::{Packet, Segment};
use crate::proxy::health::{HealthCheck, health_check_at};

/// The process that answers the health checks of load balancers.
const KUBE_PROXY: &str = "kube-proxy";
/// The status that makes a load balancer use a node (RFC 9110, 15.3.1).
const OK: u16 = 200;

/// A packet reached a node itself: for a pod on the host's network, for kube-proxy, or for another process.
pub(crate) fn on_node<'a>(flow: &Flow<'a>, node: &'a str, packet: Packet) -> Step<'a> {
    let on_host = flow
        .network
        .cluster()
        .each_pod()
        .filter(|pod| pod.spec.host_network && pod.spec.node_name == node);
    for pod in on_host {
        let port = port_of(pod, packet.destination, packet.protocol);
        if let Port::Open(_) = port {
            return Step::forward(Position::PodProcess(pod), packet);
        }
    }
    if let Some(check) = health_check(flow, node, &packet) {
        return answer_health_check(flow, node, &check, packet);
    }
    let device = Device::Node(node.to_owned());
    if flow.network.is_backend(packet.destination) {
        answer(device, node, Listening::Assumed, packet)
    } else {
        refuse(device, node, packet, Failure::NothingListens)
    }
}

/// The health check that kube-proxy serves at the packet's destination.
fn health_check(flow: &Flow, node: &str, packet: &Packet) -> Option<HealthCheck> {
    if packet.protocol != Protocol::Tcp {
        return None;
    }
    let cluster = flow.network.cluster();
    health_check_at(cluster, cluster.nodes.get(node)?, packet.destination)
}

fn answer_health_check<'a>(
    flow: &Flow<'a>,
    node: &str,
    check: &HealthCheck,
    packet: Packet,
) -> Step<'a> {
    let device = Device::Node(node.to_owned());
    let is_http = matches!(flow.request.to.scheme, Some(Scheme::Http));
    match check.status() {
        status if is_http && status != OK => {
            let why = Failure::NoLocalEndpoints;
            answer_http(device, KUBE_PROXY, status, why, packet)
        }
        _ => answer(device, KUBE_PROXY, Listening::KubeProxy, packet),
    }
}

/// A packet reached a pod. `peer` is the pod at the other end of the connection, if the packet belongs to an open one:
/// another pod that has its address now does not know the connection.
pub(crate) fn in_pod<'a>(
    flow: &Flow<'a>,
    pod: &'a Pod,
    packet: Packet,
    peer: Option<&ObjectName>,
    proxies: u64,
) -> Step<'a> {
    let device = Device::Pod(pod.id());
    let name = &pod.metadata.name;
    // Datagrams belong to no connection, and a first packet opens one.
    let continues = packet.protocol != Protocol::Udp && packet.segment == Segment::Data;
    if continues && peer.is_some_and(|peer| *peer != pod.id()) {
        return refuse(device, name, packet, Failure::UnknownConnection);
    }
    let port = packet.destination.port();
    if let Some(lag) = flow.network.lag_after_exit(pod, port) {
        let reason = Reason::ProcessExited {
            by: name.to_string(),
            port,
            lag: lag.seconds,
        };
        return reject(device, packet, reason, Failure::ProcessExited);
    }
    if pod.status.waiting_init.is_some() {
        return refuse(device, name, packet, Failure::NothingListens);
    }
    match port_of(pod, packet.destination, packet.protocol) {
        Port::Open(_) if service_lb::accepts(pod, proxies) => {
            Step::forward(Position::L7Proxy(pod), packet)
        }
        Port::Open(_) if l7_proxy::accepts(flow, pod, &packet, proxies) => {
            Step::forward(Position::L7Proxy(pod), packet)
        }
        Port::Open(_) if gateway_proxy::accepts(flow, pod, &packet, proxies) => {
            Step::forward(Position::GatewayProxy(pod), packet)
        }
        Port::Open(how) => match sibling(flow, pod, how) {
            Some(reason) => not_known(device, pod, packet, reason),
            None => answer(device, name, how, packet),
        },
        Port::Closed => refuse(device, name, packet, Failure::NothingListens),
        Port::Loopback(argument) => {
            let reason = Reason::ListensOnLoopback {
                pod: name.to_string(),
                port: packet.destination.port(),
                argument: argument.to_string(),
            };
            not_known(device, pod, packet, reason)
        }
        Port::Unknown(declared) => {
            let reason = Reason::NotKnownToListen {
                pod: name.to_string(),
                port: packet.destination.port(),
                declared,
            };
            not_known(device, pod, packet, reason)
        }
    }
}

/// Why an undeclared port of a pod is not assumed to be open: another pod behind its Service declares ports.
fn sibling(flow: &Flow, pod: &Pod, how: Listening) -> Option<Reason> {
    if how != Listening::Assumed {
        return None;
    }
    let sibling = sibling_with_ports(flow.network.cluster(), pod)?;
    Some(Reason::OnlySiblingDeclares {
        pod: pod.metadata.name.to_string(),
        service: sibling.service.metadata.name.to_string(),
        sibling: sibling.pod.metadata.name.to_string(),
        declared: declared_ports(sibling.pod),
    })
}

/// Manifests do not say whether a process listens.
fn not_known<'a>(device: Device, pod: &Pod, packet: Packet, reason: Reason) -> Step<'a> {
    let verdict = Verdict::Unknown {
        pod: pod.metadata.name.to_string(),
        port: packet.destination.port(),
    };
    Step::new(Visit::new(device, packet, reason), Fate::Unknown(verdict))
}

/// A machine outside the cluster is assumed to answer; the verdict says so if its address was made up for a name outside.
pub(crate) fn answer_outside<'a>(flow: &Flow<'a>, packet: Packet) -> Step<'a> {
    let endpoint = packet.destination;
    let device = Device::Outside(endpoint.ip());
    let name = endpoint.ip().to_string();
    let is_stand_in = Outside::default().ipv4.map(IpAddr::V4) == Some(endpoint.ip());
    let reason = Reason::Answers {
        by: name.clone(),
        port: endpoint.port(),
        listening: Listening::Outside,
    };
    let verdict = if is_stand_in {
        let host = name_outside(flow).unwrap_or(name);
        Verdict::AnsweredOutside { host, endpoint }
    } else {
        Verdict::Answered { by: name, endpoint }
    };
    reply(device, packet, reason, verdict)
}

/// The name outside that is called: by a proxy the one of an ExternalName Service, otherwise the client's.
fn name_outside(flow: &Flow) -> Option<String> {
    let alias = flow.service.map(|service| &service.spec.external_name);
    match (alias, &flow.request.to.host) {
        (Some(alias), _) if !alias.is_empty() => Some(alias.to_string()),
        (_, Host::Name(name)) => Some(name.clone()),
        (_, Host::Address(_)) => None,
    }
}

/// A process listens and answers.
pub(crate) fn answer<'a>(device: Device, by: &str, how: Listening, packet: Packet) -> Step<'a> {
    let reason = Reason::Answers {
        by: by.to_owned(),
        port: packet.destination.port(),
        listening: how,
    };
    let verdict = Verdict::Answered {
        by: by.to_owned(),
        endpoint: packet.destination,
    };
    Step::new(
        Visit::new(device, packet, reason),
        Fate::Reply(Reply {
            packet: packet.answer(accepting_segment(&packet)),
            outcome: ReplyOutcome::Answered(verdict),
        }),
    )
}

/// No process listens on the port.
pub(crate) fn refuse<'a>(device: Device, by: &str, packet: Packet, why: Failure) -> Step<'a> {
    let reason = Reason::Closed {
        by: by.to_owned(),
        port: packet.destination.port(),
    };
    reject(device, packet, reason, why)
}

/// The kernel of a pod or node refuses a packet that no process listens for.
fn reject<'a>(device: Device, packet: Packet, reason: Reason, why: Failure) -> Step<'a> {
    Step::new(
        Visit::new(device, packet, reason),
        Fate::Reply(Reply {
            packet: packet.answer(refusing_segment(&packet)),
            outcome: ReplyOutcome::Refused(why),
        }),
    )
}

/// A process answers with an HTTP error.
pub(crate) fn answer_http<'a>(
    device: Device,
    by: &str,
    status: u16,
    why: Failure,
    packet: Packet,
) -> Step<'a> {
    answer_error(device, by, (status, GrpcStatus::None), why, packet)
}

/// A process answers with an error of its own, which a client of gRPC gets as a status of gRPC.
pub(crate) fn answer_error<'a>(
    device: Device,
    by: &str,
    (status, grpc): (u16, GrpcStatus),
    why: Failure,
    packet: Packet,
) -> Step<'a> {
    let by = by.to_owned();
    let reason = Reason::AnswersHttp {
        by: by.clone(),
        status,
        grpc,
        why,
    };
    let verdict = Verdict::HttpError {
        by,
        status,
        grpc,
        why,
    };
    reply(device, packet, reason, verdict)
}

/// A process answers with a redirect.
pub(crate) fn redirect<'a>(
    device: Device,
    by: &str,
    status: u16,
    to: String,
    packet: Packet,
) -> Step<'a> {
    let by = by.to_owned();
    let reason = Reason::RedirectsHttp {
        by: by.clone(),
        status,
        to: to.clone(),
    };
    let verdict = Verdict::Redirected { by, status, to };
    reply(device, packet, reason, verdict)
}

fn reply<'a>(device: Device, packet: Packet, reason: Reason, verdict: Verdict) -> Step<'a> {
    Step::new(
        Visit::new(device, packet, reason),
        Fate::Reply(Reply {
            packet: packet.answer(accepting_segment(&packet)),
            outcome: ReplyOutcome::Answered(verdict),
        }),
    )
}
