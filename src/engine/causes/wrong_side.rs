//! A caller on the wrong side: outside the cluster with an address that only the cluster knows, or with `localhost`, which
//! is the caller itself.

use std::net::SocketAddr;

use super::cause::{Cause, Evidence};
use super::no_endpoint::evidence_of;
use super::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::config::ProxyMode;
use crate::cluster::object::{Pod, Service, ServicePort};
use crate::diagnostic::{Fault, PathFault, PortFault};
use crate::kinds::Kind;
use crate::names::Family;
use crate::resolve::Stored;
use crate::trace::{Device, Hop, Origin, Reason, Trace};

/// The most node ports that are named.
const SHOWN: usize = 4;

/// Why no host outside the cluster has the called address: it is a Service's cluster IP or a pod's address.
pub(super) fn of_unknown_host(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let Origin::Outside(_) = trace.request.from else {
        return None;
    };
    let cluster = &survey.resolved.cluster;
    let called = trace.hops.last()?.before.destination;
    if let Some(service) = service_with(cluster, called) {
        let fault = Fault::Path(PathFault::ClusterIpFromOutside {
            service: service.metadata.name.to_string(),
            address: called.ip().to_string(),
            open: open_addresses(cluster, service, called),
        });
        let stored = survey.resolved.get(Kind::Service, &service.id());
        let evidence = stored.map(|stored| Evidence::of(stored, "spec.type"));
        return Some(Cause::certain(fault, evidence.into_iter().collect()));
    }
    let pod = cluster.each_pod().find(|pod| {
        let mut addresses = pod.addresses();
        addresses.any(|address| address == called.ip()) && !pod.spec.host_network
    })?;
    let fault = Fault::Path(PathFault::PodIpFromOutside {
        pod: pod.metadata.name.to_string(),
        address: called.ip().to_string(),
    });
    let evidence = evidence_of(survey.resolved, pod, "metadata.name");
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}

/// The Service whose node port was called on a loopback address; kube-proxy in nftables mode opens node ports on the
/// node's primary addresses only (`--nodeport-addresses`, default `primary`), in IPVS mode on all but the loopback's.
fn node_port_on_loopback(survey: &Survey, node: &str, called: SocketAddr) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let mode = cluster.config.proxy.mode;
    match mode {
        ProxyMode::Nftables | ProxyMode::Ipvs => {}
        ProxyMode::Iptables => return None,
    }
    let (stored, service) = service_with_node_port(survey, called.port())?;
    let address = cluster.nodes.get(node)?.address(Family::of(called.ip()))?;
    let fault = Fault::Port(PortFault::NodePortOnLoopback {
        service: service.metadata.name.to_string(),
        node: node.to_owned(),
        open: SocketAddr::new(address, called.port()).to_string(),
        mode: mode.name().to_owned(),
    });
    Some(Cause::certain(
        fault,
        vec![Evidence::of(stored, "spec.type")],
    ))
}

/// Nothing listens on the called port of a node: a Service has it as its port or target port, which nodes do not open.
pub(super) fn of_node_address(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let hop = trace
        .hops
        .iter()
        .rev()
        .find(|hop| matches!(hop.reason, Reason::Closed { .. }))?;
    let Device::Node(node) = &hop.device else {
        return None;
    };
    let called = hop.before.destination.port();
    let has_number = |number: &dyn Fn(&ServicePort) -> bool| {
        survey.services().find_map(|(stored, service)| {
            let is_asked = |port: &&ServicePort| number(port);
            let is_written = stored.written.is_some() && !service.is_headless();
            let port = service.spec.ports.iter().find(is_asked)?;
            is_written.then_some((stored, service, port.node_port))
        })
    };
    let found = has_number(&|port| port.port == called && port.node_port != 0)
        .or_else(|| {
            has_number(&|port| port.target_port.number() == Some(called) && port.node_port != 0)
        })
        .or_else(|| has_number(&|port| port.port == called));
    let (stored, service, node_port) = found?;
    let fault = Fault::Port(PortFault::ServicePortOnNode {
        service: service.metadata.name.to_string(),
        node: node.clone(),
        called,
        node_port,
    });
    let field = if node_port == 0 {
        "spec.type"
    } else {
        "spec.ports"
    };
    Some(Cause::likely(fault, vec![Evidence::of(stored, field)]))
}

/// A pod was called on the node port of a Service that leads to it: node ports are open on nodes.
pub(super) fn of_pod_address(survey: &Survey, trace: &Trace, pod: &Pod) -> Option<Cause> {
    let called = trace.hops.first()?.before.destination;
    if !pod.addresses().any(|own| own == called.ip()) || pod.spec.host_network {
        return None;
    }
    let (stored, service) = service_with_node_port(survey, called.port())?;
    let mut ports = service.spec.ports.iter();
    let port = ports.find(|port| port.node_port == called.port())?;
    let fault = Fault::Port(PortFault::NodePortOnPod {
        pod: pod.metadata.name.to_string(),
        service: service.metadata.name.to_string(),
        called: called.port(),
        target: port.target_port.to_string(),
    });
    Some(Cause::certain(
        fault,
        vec![Evidence::of(stored, "spec.type")],
    ))
}

/// Nothing listens on the called port of a node, which is in the range of node ports: no Service has it.
pub(super) fn of_no_node_port(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let mut hops = trace.hops.iter().rev();
    let hop = hops.find(|hop| matches!(hop.reason, Reason::Closed { .. }))?;
    hop.device.node()?;
    let called = hop.before.destination.port();
    let (first, last) = survey.resolved.cluster.config.node_ports;
    if !(first..=last).contains(&called) {
        return None;
    }
    let mut open = Vec::new();
    let mut evidence = Vec::new();
    for (stored, service) in survey.services() {
        let ports = service.spec.ports.iter().map(|port| port.node_port);
        let ports: Vec<u16> = ports.filter(|port| *port != 0).collect();
        if !ports.is_empty() && evidence.len() < SHOWN {
            evidence.push(Evidence::of(stored, "spec.ports"));
        }
        open.extend(
            ports
                .into_iter()
                .map(|port| (service.metadata.name.as_str(), port)),
        );
    }
    let only = match open.as_slice() {
        [(_, port)] => *port,
        _ => 0,
    };
    let open: Vec<String> = open
        .into_iter()
        .take(SHOWN)
        .map(|(service, port)| format!("{service} {port}"))
        .collect();
    let fault = Fault::Port(PortFault::NoSuchNodePort {
        called,
        open: open.join(", "),
        only,
    });
    Some(Cause::certain(fault, evidence))
}

/// Nothing listens on the called port of a node: a container of one of its pods declares it, which opens nothing on the node.
pub(super) fn of_container_port(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let mut hops = trace.hops.iter().rev();
    let hop = hops.find(|hop| matches!(hop.reason, Reason::Closed { .. }))?;
    let node = hop.device.node()?;
    let called = hop.before.destination.port();
    let declares = |pod: &&Pod| {
        let mut ports = pod.serving_containers().flat_map(|own| &own.ports);
        ports.any(|port| port.container_port == called)
    };
    let pods = || survey.resolved.cluster.each_pod().filter(declares);
    let own = pods().find(|pod| pod.spec.node_name == node);
    let pod = own.or_else(|| pods().next())?;
    let fault = Fault::Port(PortFault::PodPortOnNode {
        pod: pod.metadata.name.to_string(),
        node: node.to_owned(),
        called,
    });
    let evidence = evidence_of(survey.resolved, pod, "spec.containers[0].ports");
    Some(Cause::likely(fault, evidence.into_iter().collect()))
}

/// The called port of a node is a Service's node port, for another protocol.
pub(super) fn of_node_port_protocol(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let mut hops = trace.hops.iter().rev();
    let hop = hops.find(|hop| matches!(hop.reason, Reason::Closed { .. }))?;
    hop.device.node()?;
    let (called, protocol) = (hop.before.destination.port(), hop.before.protocol);
    let found = survey.services().find_map(|(stored, service)| {
        let mut ports = service.spec.ports.iter();
        let port = ports.find(|port| port.node_port == called && port.protocol != protocol)?;
        Some((stored, service, port))
    });
    let (stored, service, port) = found?;
    let fault = Fault::Port(PortFault::NodePortOfAnotherProtocol {
        service: service.metadata.name.to_string(),
        port: called,
        called: protocol.to_string(),
        declared: port.protocol.to_string(),
    });
    let evidence = vec![Evidence::of(stored, "spec.ports")];
    Some(Cause::certain(fault, evidence))
}

fn service_with(cluster: &Cluster, called: SocketAddr) -> Option<&Service> {
    let mut services = cluster.services.values();
    services.find(|service| service.addresses().any(|address| address == called.ip()))
}

/// Where the Service's port is open outside the cluster: `198.51.100.9:80, 192.168.0.11:30080`; empty if nowhere.
fn open_addresses(cluster: &Cluster, service: &Service, called: SocketAddr) -> String {
    let mut ports = service.spec.ports.iter();
    let Some(port) = ports.find(|port| port.port == called.port()) else {
        return String::new();
    };
    let ingress = service.status.load_balancer.ingress.iter();
    let balancers = ingress.filter_map(|ingress| ingress.ip);
    let mut open: Vec<String> = balancers
        .map(|address| SocketAddr::new(address, port.port).to_string())
        .collect();
    let family = Family::of(called.ip());
    let node = cluster.nodes.values().find_map(|node| node.address(family));
    if let Some(node) = node.filter(|_| port.node_port != 0) {
        open.push(SocketAddr::new(node, port.node_port).to_string());
    }
    open.join(", ")
}

/// Nothing listens on a port of the caller's own loopback address. A node port is not served there in nftables mode.
pub(super) fn of_localhost(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let is_refusal = |hop: &&Hop| matches!(hop.reason, Reason::Closed { .. });
    let hop = trace.hops.iter().rev().find(is_refusal)?;
    let called = hop.before.destination;
    if !called.ip().is_loopback() {
        return None;
    }
    if let Device::Node(node) = &hop.device
        && let Some(cause) = node_port_on_loopback(survey, node, called)
    {
        return Some(cause);
    }
    let (service, open) = node_port(survey, called).unwrap_or_default();
    let fault = Fault::Path(PathFault::LocalhostIsTheCaller {
        caller: trace.request.from.short(),
        port: called.port(),
        service,
        open,
    });
    Some(Cause::certain(fault, Vec::new()))
}

fn service_with_node_port<'a>(
    survey: &Survey<'a>,
    number: u16,
) -> Option<(&'a Stored, &'a Service)> {
    survey.services().find(|(_, service)| {
        let mut ports = service.spec.ports.iter();
        ports.any(|port| port.node_port == number)
    })
}

/// The Service with a node port of the called number, and where it is open.
fn node_port(survey: &Survey, called: SocketAddr) -> Option<(String, String)> {
    let (_, service) = service_with_node_port(survey, called.port())?;
    let mut nodes = survey.resolved.cluster.nodes.values();
    let address = nodes.find_map(|node| node.address(Family::of(called.ip())))?;
    let open = SocketAddr::new(address, called.port()).to_string();
    Some((service.metadata.name.to_string(), open))
}
