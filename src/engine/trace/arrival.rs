//! Where a packet ends up: at a process of a node, in a pod, outside the cluster, or nowhere.

use super::listen::{Port, port_of};
use super::travel::Trip;
use super::{Failure, Hop, Leg, Listening, Place, Reason, Verdict};
use crate::engine::cluster::object::Pod;
use crate::engine::names::ObjectName;
use crate::engine::netfilter::Packet;

impl Trip<'_> {
    /// The packet reached a process of a node: of a pod on the host's network, or of the node itself.
    pub fn on_node(&mut self, node: &str, packet: Packet) {
        let world = self.world;
        let pods = world.cluster().each_pod();
        let mut on_host = pods.filter(|pod| pod.spec.host_network && pod.spec.node_name == node);
        let open = |pod: &&Pod| matches!(port_of(pod, packet.destination, packet.protocol), Port::Open(_));
        if let Some(pod) = on_host.find(open) {
            return self.answer(pod, packet);
        }
        let place = Place::Node(node.to_owned());
        match world.is_backend(packet.destination) {
            true => self.answered(place, node, Listening::Assumed, packet),
            false => self.closed(place, node, packet, Failure::NothingListens),
        }
    }

    /// The packet reached a pod.
    pub fn answer(&mut self, pod: &Pod, packet: Packet) {
        let place = Place::Pod(pod.id());
        let name = &pod.metadata.name;
        if self.memory.expects_another(pod, packet.protocol) {
            return self.closed(place, name, packet, Failure::Stranger);
        }
        match port_of(pod, packet.destination, packet.protocol) {
            Port::Open(_) if self.is_for_ingress(pod, packet) => self.takes_http(pod, packet),
            Port::Open(how) => self.answered(place, name, how, packet),
            Port::Closed => self.closed(place, name, packet, Failure::NothingListens),
            Port::Unknown(declared) => {
                let port = packet.destination.port();
                let reason = Reason::NotKnownToListen { pod: name.to_string(), port, declared };
                self.push(Hop::new(place, Leg::Request, packet, packet, reason));
                self.trace.verdict = Verdict::Unknown { pod: name.to_string(), port };
            }
        }
    }

    /// The packet goes out of the cluster: to a load balancer or where an external IP is routed to, to any machine, or,
    /// where the address is of the cluster's own ranges, to nobody.
    pub fn leave(&mut self, node: &str, packet: Packet) {
        let to = packet.destination;
        if self.world.is_external(to.ip()) {
            return self.sent_from_outside(packet);
        }
        let config = &self.world.cluster().config;
        let ours = config.service_cidrs.iter().chain(&config.pod_cidrs).any(|range| range.contains(&to.ip()));
        if ours {
            let reason = Reason::NoHost { to };
            self.push(Hop::new(Place::Node(node.to_owned()), Leg::Request, packet, packet, reason));
            let is_own = |service: &ObjectName| {
                let service = self.world.cluster().services.get(service);
                service.is_some_and(|service| service.addresses().any(|own| own == to.ip()))
            };
            let no_port = self.trace.service.as_ref().is_some_and(is_own);
            return self.lost(if no_port { Failure::NoSuchPort } else { Failure::NoHost });
        }
        let name = to.ip().to_string();
        self.answered(Place::Outside(to.ip()), &name, Listening::Outside, packet);
    }

    /// No machine has the address.
    pub fn nobody(&mut self, packet: Packet) {
        let reason = Reason::NoHost { to: packet.destination };
        self.ends_here(packet, reason, Failure::NoHost);
    }

    /// The machine that has the address does not answer.
    pub fn at_dead_node(&mut self, node: &str, packet: Packet) {
        let reason = Reason::NodeDown { node: node.to_owned() };
        self.ends_here(packet, reason, Failure::NodeDown);
    }

    /// The packet gets no further than where it was last.
    fn ends_here(&mut self, packet: Packet, reason: Reason, why: Failure) {
        let last = self.trace.hops.last();
        let place = last.map_or(Place::Outside(packet.source.ip()), |hop| hop.place.clone());
        let at_client = last.is_some_and(|hop| hop.at_client);
        let mut hop = Hop::new(place, Leg::Request, packet, packet, reason);
        hop.at_client = at_client;
        self.push(hop);
        self.lost(why);
    }
}
