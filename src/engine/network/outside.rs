//! The network outside the cluster: it leads to load balancers, to nodes' addresses, and to machines outside.
//!
//! Cluster IPs and pod addresses exist only in the kernels of nodes; no router outside has a route to them.

use std::net::{IpAddr, SocketAddr};

use smol_str::SmolStr;

use super::step::{Flow, Position, Step, no_host};
use super::{Device, Failure, Host, Network, process};
use crate::cluster::object::{LoadBalancerIngress, Service};
use crate::controllers::metallb::config::silent_pool;
use crate::dns::resolv_conf::{DNS_PORT, OUTSIDE_RESOLVER};
use crate::netfilter::Packet;

/// A packet is outside the cluster, from a machine there or from a node.
pub(crate) fn route<'a>(flow: &Flow<'a>, packet: Packet) -> Step<'a> {
    let (network, to) = (flow.network, packet.destination);
    if to.ip().is_loopback() {
        let device = Device::Outside(packet.source.ip());
        let by = flow.request.from.short();
        return process::refuse(device, &by, packet, Failure::NothingListens);
    }
    let service = network.service_at(to.ip(), to.port(), packet.protocol);
    let service = service.filter(|service| is_balanced(service, to.ip()));
    // With ServiceLB a Service has the addresses of nodes.
    if let (Some(service), None) = (service, network.node_at(to.ip())) {
        return Step::forward(Position::LoadBalancer(service), packet);
    }
    if let Some(node) = network.node_at(to.ip()) {
        return Step::forward(Position::NodeUplink(node), packet);
    }
    if is_external_ip(network, to.ip()) {
        // MetalLB answers for the addresses that it gave itself, and is there to answer for those of its pools.
        if silent_pool(network.cluster(), to.ip()).is_some() {
            return no_host(packet);
        }
        if let Some(node) = routed_to(network) {
            return Step::forward(Position::NodeUplink(node), packet);
        }
    }
    if to == SocketAddr::new(OUTSIDE_RESOLVER, DNS_PORT) {
        return process::answer_outside(flow, packet);
    }
    match flow.request.to.host {
        // A name in the DNS outside belongs to a machine there.
        Host::Name(_) => process::answer_outside(flow, packet),
        Host::Address(_) => no_host(packet),
    }
}

/// Whether an address is that of a Service's load balancer.
fn is_balanced(service: &Service, address: IpAddr) -> bool {
    let ingress = &service.status.load_balancer.ingress;
    let mut addresses = ingress.iter().flat_map(LoadBalancerIngress::addresses);
    addresses.any(|own| own == address)
}

/// Whether an address is an external IP of a Service.
fn is_external_ip(network: &Network, address: IpAddr) -> bool {
    let mut services = network.cluster().services.values();
    services.any(|service| service.spec.external_ips.contains(&address))
}

/// The node to which an external IP is routed. The cluster does not know who routes it; kubehop takes the first node.
fn routed_to(network: &Network) -> Option<&str> {
    let mut names = network.cluster().nodes.keys();
    names.next().map(SmolStr::as_str)
}
