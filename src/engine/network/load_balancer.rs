//! The cloud load balancer of a Service: it sends each connection to one of the nodes that pass its health check.
//!
//! With `ipMode: VIP` it forwards packets unchanged, and the node's rules do the rest. With `ipMode: Proxy`, and if the
//! status has a host name and no address that nodes could know, it accepts the connection and opens one of its own to
//! the node port.

use std::net::{IpAddr, SocketAddr};

use super::step::{Chance, Fate, Flow, NewConnection, Position, Proxy, ProxyKind, Step, Visit};
use super::{Device, Failure, LoadBalancerReason, Network, Reason, metallb};
use crate::cluster::Cluster;
use crate::cluster::object::{Node, Service, ServicePort, TrafficPolicy};
use crate::netfilter::Packet;
use crate::proxy::health::health_checks;

/// A packet reached the load balancer of a Service.
pub(crate) fn balance<'a>(
    flow: &Flow<'a>,
    service: &'a Service,
    packet: Packet,
    chance: &mut Chance,
) -> Step<'a> {
    let Some(port) = called_port(service, &packet) else {
        return no_listener(service, packet);
    };
    if metallb::gives(flow.network, service, packet.destination.ip()) {
        return metallb::deliver(flow, service, packet, chance);
    }
    let calls_node_port = calls_node_port(service, &packet);
    if calls_node_port && port.node_port == 0 {
        return no_node_port(service, packet);
    }
    let nodes = healthy_nodes(flow.network, service);
    let chosen = chance.rng.below(nodes.len() as u32) as usize;
    let Some(&node) = nodes.get(chosen) else {
        return no_healthy_node(flow.network, service, packet);
    };
    let reason = LoadBalancerReason::Balances {
        service: service.metadata.name.clone(),
        node: node.to_owned(),
        nodes: nodes.len(),
        excluded: excluded_nodes(flow.network).count(),
    };
    let visit = Visit::new(
        Device::LoadBalancer(service.id()),
        packet,
        Reason::LoadBalancer(reason),
    );
    let to = Position::NodeUplink(node);
    let fate = match own_packet(flow.network, port, node, packet) {
        Some(first) if calls_node_port => terminate(service, node, packet, first, chance),
        Some(_) | None => Fate::Forward { to, packet },
    };
    Step::new(visit, fate)
}

/// Whether the status has an address; otherwise only the DNS outside has it, by the load balancer's host name.
fn is_in_status(service: &Service, address: IpAddr) -> bool {
    let mut ingress = service.status.load_balancer.ingress.iter();
    ingress.any(|ingress| ingress.ip == Some(address))
}

/// The port of the Service that a packet is for: the load balancer listens on no other.
fn called_port<'a>(service: &'a Service, packet: &Packet) -> Option<&'a ServicePort> {
    let mut ports = service.spec.ports.iter();
    ports.find(|port| port.port == packet.destination.port() && port.protocol == packet.protocol)
}

fn no_listener<'a>(service: &Service, packet: Packet) -> Step<'a> {
    let reason = LoadBalancerReason::NoListener {
        service: service.metadata.name.clone(),
        port: packet.destination.port(),
    };
    ended(service, packet, reason, Failure::NoSuchPort)
}

fn no_node_port<'a>(service: &Service, packet: Packet) -> Step<'a> {
    let reason = LoadBalancerReason::NoNodePort {
        service: service.metadata.name.clone(),
        port: packet.destination.port(),
    };
    ended(service, packet, reason, Failure::NoNodePort)
}

fn no_healthy_node<'a>(network: &Network, service: &Service, packet: Packet) -> Step<'a> {
    let excluded = excluded_nodes(network).count();
    let reason = LoadBalancerReason::NoHealthyNode {
        service: service.metadata.name.clone(),
        excluded,
    };
    let why = if excluded == network.cluster().nodes.len() {
        Failure::NodesExcluded
    } else {
        Failure::NoHealthyNode
    };
    ended(service, packet, reason, why)
}

/// The packet does not get further than the load balancer.
fn ended<'a>(
    service: &Service,
    packet: Packet,
    reason: LoadBalancerReason,
    why: Failure,
) -> Step<'a> {
    let visit = Visit::new(
        Device::LoadBalancer(service.id()),
        packet,
        Reason::LoadBalancer(reason),
    );
    Step::new(visit, Fate::Drop(why))
}

/// Whether the address that is called belongs to a load balancer which opens its own connections to node ports.
fn calls_node_port(service: &Service, packet: &Packet) -> bool {
    let called = packet.destination.ip();
    let mut ingress = service.status.load_balancer.ingress.iter();
    ingress
        .any(|ingress| ingress.calls_node_ports() && ingress.addresses().any(|own| own == called))
}

/// The balancer opens its own connection.
fn terminate<'a>(
    service: &Service,
    node: &'a str,
    accepted: Packet,
    first: Packet,
    chance: &Chance,
) -> Fate<'a> {
    let device = Device::LoadBalancer(service.id());
    let reason = LoadBalancerReason::Reopens {
        service: service.metadata.name.clone(),
        node: node.to_owned(),
        to: first.destination,
        by_name: !is_in_status(service, accepted.destination.ip()),
    };
    Fate::Terminate(Box::new(NewConnection {
        opening: Visit::new(device.clone(), first, Reason::LoadBalancer(reason)),
        proxy: Proxy {
            kind: ProxyKind::LoadBalancer,
            device,
            name: service.metadata.name.to_string(),
            accepted,
        },
        to: Position::NodeUplink(node),
        service: None,
        chance: chance.of_next_connection(),
    }))
}

/// The first packet of the balancer's own connection, to the node port; `None` if the node has no address of the
/// family.
fn own_packet(network: &Network, port: &ServicePort, node: &str, packet: Packet) -> Option<Packet> {
    let node = network.cluster().nodes.get(node)?;
    let address = node.address(packet.family())?;
    Some(Packet {
        source: SocketAddr::new(packet.destination.ip(), packet.source.port()),
        destination: SocketAddr::new(address, port.node_port),
        ..packet
    })
}

/// The nodes with the label that keeps external load balancers off.
fn excluded_nodes(network: &Network) -> impl Iterator<Item = &Node> {
    let nodes = network.cluster().nodes.values();
    nodes.filter(|node| node.is_excluded_from_load_balancers())
}

/// The nodes that a load balancer uses: the ready ones that are not excluded; with `externalTrafficPolicy: Local` those
/// whose health check reports a local endpoint.
fn healthy_nodes<'a>(network: &'a Network, service: &Service) -> Vec<&'a str> {
    let cluster = network.cluster();
    let local = service.spec.external_traffic_policy == Some(TrafficPolicy::Local);
    cluster
        .nodes
        .values()
        .filter(|node| node.is_ready() && !node.is_excluded_from_load_balancers())
        .filter(|node| !local || passes_check(cluster, node, service))
        .map(Node::name)
        .collect()
}

fn passes_check(cluster: &Cluster, node: &Node, service: &Service) -> bool {
    health_checks(cluster, node)
        .into_iter()
        .any(|check| check.port == service.spec.health_check_node_port && check.status() == 200)
}
