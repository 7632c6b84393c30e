//! An address that leads nowhere from the caller: one that exists only in the cluster, called from outside, or
//! `localhost`, which is the caller itself.

use std::net::SocketAddr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::ports::node_port::service_with_node_port;
use crate::causes::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::config::ProxyMode;
use crate::cluster::object::Service;
use crate::diagnostic::{Fault, PathFault, PortFault};
use crate::kinds::Kind;
use crate::names::Family;
use crate::trace::{Device, Hop, Origin, Reason, Trace};

/// Why no host outside the cluster has the called address: it is a Service's cluster IP or a pod's address.
pub(in crate::causes) fn of_unknown_host(survey: &Survey, trace: &Trace) -> Option<Cause> {
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
    let evidence = Evidence::of_pod(survey.resolved, pod, "metadata.name");
    Some(Cause::certain(fault, evidence.into_iter().collect()))
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
pub(in crate::causes) fn of_localhost(survey: &Survey, trace: &Trace) -> Option<Cause> {
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

/// The Service with a node port of the called number, and where it is open.
fn node_port(survey: &Survey, called: SocketAddr) -> Option<(String, String)> {
    let (_, service) = service_with_node_port(survey, called.port())?;
    let mut nodes = survey.resolved.cluster.nodes.values();
    let address = nodes.find_map(|node| node.address(Family::of(called.ip())))?;
    let open = SocketAddr::new(address, called.port()).to_string();
    Some((service.metadata.name.to_string(), open))
}
