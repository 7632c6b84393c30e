//! The cloud load balancer of a Service: it sends each connection to one of the nodes that pass its health check.
//!
//! With `ipMode: VIP` it forwards packets unchanged, and the node's rules do the rest. With `ipMode: Proxy` it accepts
//! the connection and opens one of its own to the node port.

use std::net::SocketAddr;

use super::step::{Chance, Fate, Flow, NewConnection, Position, Proxy, ProxyKind, Step, Visit};
use super::{Device, Failure, Network, Reason};
use crate::cluster::Cluster;
use crate::cluster::object::{IpMode, Node, Service, TrafficPolicy};
use crate::netfilter::Packet;
use crate::proxy::health::health_checks;

/// A packet reached the load balancer of a Service.
pub(crate) fn balance<'a>(
    flow: &Flow<'a>,
    service: &'a Service,
    packet: Packet,
    chance: &mut Chance,
) -> Step<'a> {
    let nodes = healthy_nodes(flow.network, service);
    let chosen = chance.rng.below(nodes.len() as u32) as usize;
    let device = Device::LoadBalancer(service.id());
    let name = service.metadata.name.clone();
    let Some(&node) = nodes.get(chosen) else {
        let reason = Reason::NoHealthyNode { service: name };
        return Step::new(
            Visit::new(device, packet, reason),
            Fate::Drop(Failure::NoHealthyNode),
        );
    };
    let reason = Reason::Balances {
        service: name,
        node: node.to_owned(),
        nodes: nodes.len(),
    };
    let visit = Visit::new(device, packet, reason);
    let to = Position::NodeUplink(node);
    let fate = match proxied(flow.network, service, node, packet) {
        Some(first) => terminate(service, node, packet, first, chance),
        None => Fate::Forward { to, packet },
    };
    Step::new(visit, fate)
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
    let reason = Reason::Reopens {
        service: service.metadata.name.clone(),
        node: node.to_owned(),
        to: first.destination,
    };
    Fate::Terminate(Box::new(NewConnection {
        opening: Visit::new(device.clone(), first, reason),
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

/// The first packet of that connection, to the node port; `None` unless the balancer's mode is Proxy.
fn proxied(network: &Network, service: &Service, node: &str, packet: Packet) -> Option<Packet> {
    let to = packet.destination;
    let mut ingress = service
        .status
        .load_balancer
        .ingress
        .iter()
        .filter(|ingress| ingress.ip == Some(to.ip()));
    let is_proxy = ingress.any(|ingress| ingress.ip_mode == Some(IpMode::Proxy));
    let port = service
        .spec
        .ports
        .iter()
        .find(|port| port.port == to.port() && port.protocol == packet.protocol)?;
    if !is_proxy || port.node_port == 0 {
        return None;
    }
    let node = network.cluster().nodes.get(node)?;
    let address = node.address(packet.family())?;
    Some(Packet {
        source: SocketAddr::new(to.ip(), packet.source.port()),
        destination: SocketAddr::new(address, port.node_port),
        ..packet
    })
}

/// The nodes that a load balancer uses: the ready ones; with `externalTrafficPolicy: Local` those whose health check
/// reports a local endpoint.
fn healthy_nodes<'a>(network: &'a Network, service: &Service) -> Vec<&'a str> {
    let cluster = network.cluster();
    let local = service.spec.external_traffic_policy == Some(TrafficPolicy::Local);
    cluster
        .nodes
        .values()
        .filter(|node| node.is_ready() && (!local || passes_check(cluster, node, service)))
        .map(|node| node.name())
        .collect()
}

fn passes_check(cluster: &Cluster, node: &Node, service: &Service) -> bool {
    health_checks(cluster, node)
        .into_iter()
        .any(|check| check.port == service.spec.health_check_node_port && check.status() == 200)
}
