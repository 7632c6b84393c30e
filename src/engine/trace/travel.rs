//! The way out: from who calls, through the kernels of the nodes it comes by, to who answers.

use std::net::{IpAddr, SocketAddr};

use super::listen::{Port, port_of};
use super::lookup::{self, look_up};
use super::reply;
use super::{
    Choice, Failure, Hop, Host, Leg, Listening, Masquerade, Origin, Place, Reason, Request, RequestError, RuleLine,
    Trace, Verdict, World,
};
use crate::engine::chance::Chance;
use crate::engine::cluster::object::{Pod, Service};
use crate::engine::names::{Family, ObjectName};
use crate::engine::netfilter::{
    self, Affinity, Arrival, Branch, Connection, Entering, Kernel, Packet, Tracking, UPLINK, Walk, Way, explain,
    pod_interface, walk,
};

/// The least and the number of the source ports clients use (`net.ipv4.ip_local_port_range` is 32768–60999).
const PORTS: (u16, u64) = (51_034, 9_000);

/// More nodes than this a packet cannot come by without going in a circle.
const MOST_NODES: usize = 8;

/// Traces connection number `number` of a request; `seed` and `number` decide where rules ask for chance.
pub fn trace(world: &World, request: &Request, seed: u64, number: u64) -> Result<Trace, RequestError> {
    let source = PORTS.0 + (number % PORTS.1) as u16;
    let mut trip = Trip {
        world,
        chance: Chance::new(seed, number),
        passed: Vec::new(),
        trace: Trace {
            request: request.clone(),
            service: None,
            lookup: None,
            hops: Vec::new(),
            verdict: Verdict::NoSuchName { name: request.to.host.to_string() },
        },
    };
    let place = place_of(world, &request.from)?;
    if let Some(address) = trip.address(&place, source)? {
        trip.call(&place, address, source)?;
    }
    Ok(trip.trace)
}

/// Where an origin is; an error when there is no such thing.
fn place_of(world: &World, origin: &Origin) -> Result<Place, RequestError> {
    let gone = || RequestError::NoSuchOrigin { text: origin.to_string() };
    match origin {
        Origin::Pod(name) => {
            let pod = world.cluster().pods.get(name).ok_or_else(gone)?;
            pod.addresses().next().map(|_| Place::Pod(name.clone())).ok_or_else(gone)
        }
        Origin::Node(name) => world.cluster().nodes.get(name).map(|_| Place::Node(name.clone())).ok_or_else(gone),
        Origin::Outside(address) => Ok(Place::Outside(*address)),
    }
}

/// A trip under way.
pub(super) struct Trip<'a> {
    pub(super) world: &'a World,
    pub(super) chance: Chance,
    /// The nodes that track the connection, in order.
    passed: Vec<Passed>,
    pub(super) trace: Trace,
}

/// A node that the request came through.
pub(super) struct Passed {
    pub node: String,
    pub connection: Connection,
}

impl Trip<'_> {
    /// The address to call, looked up when the request has a name.
    fn address(&mut self, place: &Place, port: u16) -> Result<Option<IpAddr>, RequestError> {
        let name = match &self.trace.request.to.host {
            Host::Address(address) => return Ok(Some(*address)),
            Host::Name(name) => name.clone(),
        };
        let cluster = self.world.cluster();
        let lookup = look_up(cluster, lookup::pod_of(cluster, &self.trace.request.from), &name);
        let address = lookup.address;
        let source = self.source(place, address.map_or(Family::V4, Family::of))?;
        let hop = lookup::hop(&lookup, &name, place.clone(), source, port);
        self.trace.lookup = Some(lookup);
        self.trace.push(hop);
        Ok(address)
    }

    /// The origin's own address of a family.
    fn source(&self, place: &Place, family: Family) -> Result<IpAddr, RequestError> {
        let cluster = self.world.cluster();
        let found = match place {
            Place::Outside(address) => Some(*address),
            Place::Pod(pod) => cluster.pods.get(pod).and_then(|pod| pod.address(family)),
            Place::Node(node) => cluster.nodes.get(node).and_then(|node| node.address(family)),
            Place::LoadBalancer(_) | Place::Rules(_) => None,
        };
        let found = found.filter(|address| Family::of(*address) == family);
        found.ok_or_else(|| RequestError::NoAddress { text: self.trace.request.from.to_string(), family })
    }

    /// Opens the connection.
    fn call(&mut self, place: &Place, to: IpAddr, port: u16) -> Result<(), RequestError> {
        let target = &self.trace.request.to;
        let (protocol, to) = (target.protocol(), SocketAddr::new(to, target.port));
        let from = if to.ip().is_loopback() { to.ip() } else { self.source(place, Family::of(to.ip()))? };
        let packet = Packet::first(protocol, SocketAddr::new(from, port), to);
        let service = self.world.service_at(to.ip(), to.port(), protocol);
        self.trace.service = service.map(Service::id);
        let name = service.map(|service| service.metadata.name.clone());
        let r#virtual = service.is_some_and(|service| service.addresses().any(|own| own == to.ip()));
        let reason = Reason::Opens { from: self.trace.request.from.short(), to, protocol, service: name, r#virtual };
        let mut hop = Hop::new(place.clone(), Leg::Request, packet, packet, reason);
        hop.at_client = true;
        self.push(hop);
        match place {
            Place::Outside(_) => self.sent_from_outside(packet),
            Place::Pod(pod) => self.sent_from_pod(pod, packet),
            Place::Node(node) => self.through(node, packet, Arrival::Local),
            Place::LoadBalancer(_) | Place::Rules(_) => {}
        }
        Ok(())
    }

    pub(super) fn push(&mut self, mut hop: Hop) {
        hop.service = self.trace.service.clone();
        self.trace.push(hop);
    }

    /// From a pod: its own address stays inside; with the host's network it is a process of the node.
    fn sent_from_pod(&mut self, name: &ObjectName, packet: Packet) {
        let Some(pod) = self.world.cluster().pods.get(name) else { return };
        let to = packet.destination.ip();
        if pod.spec.host_network {
            return self.through(&pod.spec.node_name, packet, Arrival::Local);
        }
        if to.is_loopback() || pod.addresses().any(|own| own == to) {
            return self.answer(pod, packet);
        }
        let interface = pod_interface(&self.world.cluster().config.proxy);
        self.through(&pod.spec.node_name, packet, Arrival::Interface(&interface));
    }

    /// A packet comes to a node from outside the cluster.
    pub(super) fn arrive(&mut self, node: &str, packet: Packet) {
        let port = packet.destination.port();
        let is_node_port = |service: &Service| service.spec.ports.iter().any(|own| own.node_port == port);
        let own = self.world.node_at(packet.destination.ip()).is_some();
        let node_port = own && self.world.cluster().services.values().any(is_node_port);
        let reason = Reason::Arrives { node: node.to_owned(), port, node_port };
        self.push(Hop::new(Place::Node(node.to_owned()), Leg::Request, packet, packet, reason));
        self.through(node, packet, Arrival::Interface(UPLINK));
    }

    /// Sends the packet through a node's kernel, and on to where it goes from there.
    fn through(&mut self, node: &str, packet: Packet, arrival: Arrival<'_>) {
        let world = self.world;
        let Some(kernel) = world.kernel(node, packet.family()).filter(|_| self.passed.len() < MOST_NODES) else {
            return self.nobody(packet);
        };
        let affinity = Affinity::default();
        let entering = Entering { packet, arrival, tracking: Tracking::New, affinity: &affinity, now: 0 };
        let walk = walk(kernel, &entering, &self.chance);
        let first = self.passed.is_empty();
        if first || walk.verdict != netfilter::Verdict::None {
            self.decided(node, kernel, &entering, &walk);
        } else {
            self.forwarded(node, packet, &walk);
        }
        if let Some(connection) = walk.connection {
            self.passed.push(Passed { node: node.to_owned(), connection });
        }
        match (walk.verdict, walk.way) {
            (netfilter::Verdict::Reject, _) => reply::rejected(self.world, &mut self.trace, &self.passed, node, packet),
            (netfilter::Verdict::Drop, _) | (_, Way::Ended(_)) => self.trace.verdict = self.lost(kernel, &walk),
            (_, Way::Delivered) => self.on_node(node, walk.after),
            (_, Way::Out) => self.onward(node, walk.after),
        }
    }

    /// Writes down what a node's rules did with the packet.
    fn decided(&mut self, node: &str, kernel: &Kernel, entering: &Entering<'_>, walk: &Walk) {
        let reason = self.reason(node, kernel, entering, walk);
        let mut hop = Hop::new(Place::Rules(node.to_owned()), Leg::Request, entering.packet, walk.after, reason);
        hop.rules = walk.matched.iter().map(|step| RuleLine::of(kernel, *step)).collect();
        hop.examined = walk.examined;
        if let Reason::Picks { .. } = hop.reason {
            hop.choices = self.choices(&explain(kernel, entering, &self.chance), walk);
        }
        self.push(hop);
    }

    fn reason(&self, node: &str, kernel: &Kernel, entering: &Entering<'_>, walk: &Walk) -> Reason {
        let node = node.to_owned();
        let to = entering.packet.destination;
        let rule = kernel.decisive(walk).and_then(|step| kernel.comment(step));
        match walk.verdict {
            netfilter::Verdict::Dnat(endpoint) => {
                let masquerade = match walk.masqueraded {
                    None => Masquerade::No,
                    Some(_) if entering.packet.source.ip() == endpoint.ip() => Masquerade::Hairpin,
                    Some(_) => Masquerade::External,
                };
                let branches = explain(kernel, entering, &self.chance);
                let count = self.choices(&branches, walk).len();
                let port = self.trace.service.as_ref().map(|service| service.name.clone());
                Reason::Picks { count, endpoint, masquerade, node, service: port }
            }
            netfilter::Verdict::Reject => Reason::Rejects { service: rule.unwrap_or_default(), node },
            netfilter::Verdict::Drop => Reason::Drops { rule: rule.unwrap_or_default(), node },
            netfilter::Verdict::None => {
                let service = self.trace.service.as_ref().map(|service| service.name.clone());
                Reason::NoRule { to, node, service }
            }
        }
    }

    /// Every endpoint of the branches, with the chosen one marked.
    fn choices(&self, branches: &[Branch], walk: &Walk) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        for branch in branches {
            let netfilter::Verdict::Dnat(endpoint) = branch.walk.verdict else { continue };
            if let Some(known) = choices.iter_mut().find(|choice| choice.endpoint == endpoint) {
                known.probability += branch.probability;
                continue;
            }
            let chosen = walk.verdict == netfilter::Verdict::Dnat(endpoint);
            let pod = self.world.endpoint_pod(endpoint).map(Pod::id);
            choices.push(Choice { endpoint, probability: branch.probability, chosen, pod });
        }
        choices
    }

    /// A node only passes the packet on.
    fn forwarded(&mut self, node: &str, packet: Packet, walk: &Walk) {
        let from = self.passed.last().map(|passed| passed.node.clone()).unwrap_or_default();
        let reason = Reason::Routes { from, to: node.to_owned() };
        let mut hop = Hop::new(Place::Node(node.to_owned()), Leg::Request, packet, walk.after, reason);
        hop.examined = walk.examined;
        self.push(hop);
    }

    /// Why a packet vanished.
    fn lost(&self, kernel: &Kernel, walk: &Walk) -> Verdict {
        let comment = kernel.decisive(walk).and_then(|step| kernel.comment(step));
        let comment = comment.unwrap_or_default();
        let why = match () {
            () if comment.ends_with("has no local endpoints") => Failure::NoLocalEndpoints,
            () if comment.contains("traffic not accepted by") => Failure::SourceNotAllowed,
            () => Failure::Dropped,
        };
        Verdict::TimedOut { why }
    }

    /// The packet leaves a node: to one of its pods, to another node or its pod, or out of the cluster.
    fn onward(&mut self, node: &str, packet: Packet) {
        let to = packet.destination.ip();
        if let Some(pod) = self.world.pod_at(to) {
            return match pod.spec.node_name.as_str() {
                here if here == node => self.answer(pod, packet),
                other => self.through(other, packet, Arrival::Interface(UPLINK)),
            };
        }
        match self.world.node_at(to).map(str::to_owned) {
            Some(other) if other != node => self.through(&other, packet, Arrival::Interface(UPLINK)),
            _ => self.leave(node, packet),
        }
    }

    /// The packet reached a process of a node: of a pod on the host's network, or of the node itself.
    fn on_node(&mut self, node: &str, packet: Packet) {
        let (port, protocol) = (packet.destination.port(), packet.protocol);
        let pods = self.world.cluster().pods.values();
        let mut on_host = pods.filter(|pod| pod.spec.host_network && pod.spec.node_name == node);
        let listener = on_host.find(|pod| matches!(port_of(pod, port, protocol), Port::Open(_)));
        if let Some(pod) = listener {
            return self.answer(pod, packet);
        }
        let place = Place::Node(node.to_owned());
        match self.world.is_backend(packet.destination) {
            true => reply::answered(self.world, &mut self.trace, &self.passed, place, node, Listening::Assumed, packet),
            false => reply::closed(self.world, &mut self.trace, &self.passed, place, node, packet),
        }
    }

    /// The packet reached a pod.
    fn answer(&mut self, pod: &Pod, packet: Packet) {
        let place = Place::Pod(pod.id());
        let name = &pod.metadata.name;
        match port_of(pod, packet.destination.port(), packet.protocol) {
            Port::Open(how) => reply::answered(self.world, &mut self.trace, &self.passed, place, name, how, packet),
            Port::Closed => reply::closed(self.world, &mut self.trace, &self.passed, place, name, packet),
            Port::Unknown(declared) => {
                let port = packet.destination.port();
                let reason = Reason::NotKnownToListen { pod: name.clone(), port, declared };
                self.push(Hop::new(place, Leg::Request, packet, packet, reason));
                self.trace.verdict = Verdict::Unknown { pod: name.clone(), port };
            }
        }
    }

    /// The packet goes out of the cluster: to an endpoint written by hand, to any other address, or, where the address
    /// is of the cluster's own ranges, to nobody.
    fn leave(&mut self, node: &str, packet: Packet) {
        let to = packet.destination;
        let config = &self.world.cluster().config;
        let ours = config.service_cidrs.iter().chain(&config.pod_cidrs).any(|range| range.contains(&to.ip()));
        if ours {
            let reason = Reason::NoHost { to };
            self.push(Hop::new(Place::Node(node.to_owned()), Leg::Request, packet, packet, reason));
            let why = if self.trace.service.is_some() { Failure::NoSuchPort } else { Failure::NoHost };
            self.trace.verdict = Verdict::TimedOut { why };
            return;
        }
        let place = Place::Outside(to.ip());
        let name = to.ip().to_string();
        reply::answered(self.world, &mut self.trace, &self.passed, place, &name, Listening::Outside, packet);
    }

    /// No machine has the address.
    pub(super) fn nobody(&mut self, packet: Packet) {
        let to = packet.destination;
        let place = self.trace.hops.last().map_or(Place::Outside(packet.source.ip()), |hop| hop.place.clone());
        let mut hop = Hop::new(place, Leg::Request, packet, packet, Reason::NoHost { to });
        hop.at_client = self.trace.hops.last().is_some_and(|hop| hop.at_client);
        self.push(hop);
        self.trace.verdict = Verdict::TimedOut { why: Failure::NoHost };
    }
}
