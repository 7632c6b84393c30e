//! From a machine outside: by a cloud load balancer, to a node's address, or to nobody.
//!
//! Cluster IPs and pod addresses exist only in the kernels of nodes; no router outside knows them.

use std::net::{IpAddr, SocketAddr};

use smol_str::SmolStr;

use super::forward::Tracer;
use super::reply::RelayKind;
use super::{Device, Direction, Failure, Hop, Host, Listening, Reason};
use crate::engine::cluster::object::{IpMode, Node, Service, TrafficPolicy};
use crate::engine::netfilter::Packet;
use crate::engine::proxy::health::health_checks;

impl Tracer<'_> {
    /// A packet is under way outside the cluster.
    pub(super) fn sent_from_outside(&mut self, packet: Packet) {
        let to = packet.destination.ip();
        let world = self.world;
        if to.is_loopback() {
            let (place, by) = (
                Device::Outside(packet.source.ip()),
                self.trace.request.from.short(),
            );
            return self.closed(place, &by, packet, Failure::NothingListens);
        }
        let has_address = |service: &&Service| {
            service
                .status
                .load_balancer
                .ingress
                .iter()
                .any(|own| own.ip == Some(to))
        };
        let called = world.service_at(to, packet.destination.port(), packet.protocol);
        if let Some(service) = called.filter(has_address) {
            return self.balance(service, packet);
        }
        match world
            .node_at(to)
            .map(str::to_owned)
            .or_else(|| self.routed_to(to))
        {
            Some(node) => self.arrive(&node, packet),
            // A name that the world outside knows belongs to a machine there.
            None if matches!(self.trace.request.to.host, Host::Name(_)) => {
                self.answered(
                    Device::Outside(to),
                    &to.to_string(),
                    Listening::Outside,
                    packet,
                );
            }
            None => self.nobody(packet),
        }
    }

    /// The load balancer of a Service hands the connection to one of the nodes that pass its health check.
    fn balance(&mut self, service: &Service, packet: Packet) {
        let nodes = self.healthy_nodes(service);
        let chosen = self.chance.below(nodes.len() as u32) as usize;
        let place = Device::LoadBalancer(service.id());
        let name = service.metadata.name.clone();
        let Some(node) = nodes.get(chosen).cloned() else {
            let reason = Reason::NoHealthyNode { service: name };
            self.push(Hop::new(place, Direction::Request, packet, packet, reason));
            return self.lost(Failure::NoHealthyNode);
        };
        let reason = Reason::Balances {
            service: name,
            node: node.clone(),
            nodes: nodes.len(),
        };
        self.push(Hop::new(
            place.clone(),
            Direction::Request,
            packet,
            packet,
            reason,
        ));
        match self.proxied(service, &node, packet) {
            Some(proxied) => self.reopen(service, &node, packet, proxied),
            None => self.arrive(&node, packet),
        }
    }

    /// A load balancer of mode Proxy passes no packet on: it opens a connection of its own.
    fn reopen(&mut self, service: &Service, node: &str, packet: Packet, proxied: Packet) {
        let (place, by) = (
            Device::LoadBalancer(service.id()),
            service.metadata.name.clone(),
        );
        self.relay(
            RelayKind::LoadBalancer,
            place.clone(),
            by.to_string(),
            packet,
        );
        let reason = Reason::Reopens {
            service: by,
            node: node.to_owned(),
            to: proxied.destination,
        };
        self.push(Hop::new(
            place,
            Direction::Request,
            proxied,
            proxied,
            reason,
        ));
        self.arrive(node, proxied);
    }

    /// The first packet of that connection, to the node port; none when the balancer's mode is VIP.
    fn proxied(&self, service: &Service, node: &str, packet: Packet) -> Option<Packet> {
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
        let address = self
            .world
            .cluster()
            .nodes
            .get(node)?
            .address(packet.family())?;
        let source = SocketAddr::new(to.ip(), packet.source.port());
        let destination = SocketAddr::new(address, port.node_port);
        (is_proxy && port.node_port > 0).then_some(Packet {
            source,
            destination,
            ..packet
        })
    }

    /// The nodes a load balancer uses: all that are ready; under `externalTrafficPolicy: Local` those whose health check
    /// says that they have a local endpoint.
    fn healthy_nodes(&self, service: &Service) -> Vec<String> {
        let cluster = self.world.cluster();
        let local = service.spec.external_traffic_policy == Some(TrafficPolicy::Local);
        let passes = |node: &&Node| {
            let mut checks = health_checks(cluster, node).into_iter();
            node.is_ready()
                && (!local
                    || checks.any(|check| {
                        check.port == service.spec.health_check_node_port && check.status() == 200
                    }))
        };
        cluster
            .nodes
            .values()
            .filter(passes)
            .map(|node| node.name().to_owned())
            .collect()
    }

    /// The node an external IP is routed to. Who routes it is outside the cluster's knowledge; kubehop takes the first.
    fn routed_to(&self, address: IpAddr) -> Option<String> {
        let cluster = self.world.cluster();
        let is_external = cluster
            .services
            .values()
            .any(|service| service.spec.external_ips.contains(&address));
        cluster
            .nodes
            .keys()
            .next()
            .filter(|_| is_external)
            .map(SmolStr::to_string)
    }
}
