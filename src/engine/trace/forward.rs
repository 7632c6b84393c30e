//! The way out: from who calls, through the kernels of the nodes it comes by, to who answers.

use std::net::{IpAddr, SocketAddr};

use super::connections::NodeState;
use super::reply::Relay;
use super::{
    Choice, Device, Direction, Failure, Hop, Host, Masquerade, Network, Origin, Reason, Request,
    RequestError, RuleLine, Trace, Verdict,
};
use crate::engine::cluster::object::{Pod, Service};
use crate::engine::names::{Family, ObjectName};
use crate::engine::netfilter::{
    self, Arrival, Branch, Connection, Disposition, Kernel, Packet, PacketIn, Segment, Tracking,
    UPLINK, Walk, explain, pod_interface, walk,
};
use crate::engine::rng::Rng;
use crate::engine::ruleset::{DropReason, Effect};

/// The least and the number of the source ports clients use (`net.ipv4.ip_local_port_range` is 32768–60999).
const PORTS: (u16, u64) = (51_034, 9_000);

/// More nodes than this a packet cannot come by without going in a circle.
const MOST_NODES: usize = 8;

/// Traces connection number `number` of a request; `seed` and `number` decide where rules ask for chance.
pub fn trace(
    world: &Network,
    request: &Request,
    seed: u64,
    number: u64,
) -> Result<Trace, RequestError> {
    let mut memory = NodeState::default();
    Tracer::new(
        world,
        request,
        ConnectionSeed {
            seed,
            number,
            ..ConnectionSeed::default()
        },
        &mut memory,
    )
    .travel()
}

/// Which of many connections it is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ConnectionSeed {
    pub seed: u64,
    pub number: u64,
    /// The second it begins, on the nodes' clocks.
    pub now: u64,
    /// What chance is to choose, wherever it can.
    pub wish: Option<SocketAddr>,
}

/// A trip under way.
pub(super) struct Tracer<'a> {
    pub world: &'a Network,
    pub turn: ConnectionSeed,
    pub chance: Rng,
    pub memory: &'a mut NodeState,
    /// The nodes that track the connection, in order.
    pub passed: Vec<TrackedNode>,
    /// Those on the way who opened a connection of their own, the last one last.
    pub relays: Vec<Relay>,
    /// The connection under way, and how many there were before it.
    pub connection: usize,
    pub opened: usize,
    pub trace: Trace,
}

/// A node that the request came through.
#[derive(Clone, Debug)]
pub(super) struct TrackedNode {
    pub node: String,
    pub connection: Connection,
}

impl<'a> Tracer<'a> {
    pub fn new(
        world: &'a Network,
        request: &Request,
        turn: ConnectionSeed,
        memory: &'a mut NodeState,
    ) -> Tracer<'a> {
        let verdict = Verdict::NoSuchName {
            name: request.to.host.to_string(),
        };
        Tracer {
            world,
            turn,
            chance: Rng::new(turn.seed, turn.number),
            memory,
            passed: Vec::new(),
            relays: Vec::new(),
            connection: 0,
            opened: 0,
            trace: Trace {
                request: request.clone(),
                service: None,
                lookup: None,
                hops: Vec::new(),
                verdict,
            },
        }
    }

    /// The whole of it.
    pub fn travel(mut self) -> Result<Trace, RequestError> {
        let place = self.begins()?;
        if let Some(address) = self.address(&place)? {
            self.call(&place, address, Segment::Syn)?;
        }
        Ok(self.trace)
    }

    /// Where it begins; an error when there is no such thing.
    pub fn begins(&self) -> Result<Device, RequestError> {
        let (cluster, origin) = (self.world.cluster(), &self.trace.request.from);
        let gone = || RequestError::NoSuchOrigin {
            text: origin.to_string(),
        };
        match origin {
            Origin::Pod(name) => {
                let pod = cluster.pods.get(name).ok_or_else(gone)?;
                pod.addresses()
                    .next()
                    .map(|_| Device::Pod(name.clone()))
                    .ok_or_else(gone)
            }
            Origin::Node(name) => cluster
                .nodes
                .get(name.as_str())
                .map(|_| Device::Node(name.clone()))
                .ok_or_else(gone),
            Origin::Outside(address) => Ok(Device::Outside(*address)),
        }
    }

    /// The address to call, looked up when the request has a name. `localhost` is in every machine's own list.
    fn address(&mut self, place: &Device) -> Result<Option<IpAddr>, RequestError> {
        match &self.trace.request.to.host {
            Host::Address(address) => Ok(Some(*address)),
            Host::Name(name) if name == "localhost" => {
                Ok(Some(std::net::Ipv4Addr::LOCALHOST.into()))
            }
            Host::Name(name) => self.look_up(place, &name.clone()),
        }
    }

    /// The origin's own address of a family.
    pub fn source(&self, place: &Device, family: Family) -> Result<IpAddr, RequestError> {
        let cluster = self.world.cluster();
        let found = match place {
            Device::Outside(address) => Some(*address),
            Device::Pod(pod) => cluster.pods.get(pod).and_then(|pod| pod.address(family)),
            Device::Node(node) => cluster
                .nodes
                .get(node.as_str())
                .and_then(|node| node.address(family)),
            Device::LoadBalancer(_) | Device::Rules(_) => None,
        };
        let found = found.filter(|address| Family::of(*address) == family);
        found.ok_or_else(|| RequestError::NoAddress {
            text: self.trace.request.from.to_string(),
            family,
        })
    }

    /// The address that the origin calls another one from. A node has several, one an interface; what is on the host's
    /// network calls as the node does.
    fn source_towards(&self, place: &Device, to: IpAddr) -> Result<IpAddr, RequestError> {
        let node = match place {
            Device::Node(node) => Some(node.as_str()),
            Device::Pod(pod) => {
                let pod = self
                    .world
                    .cluster()
                    .pods
                    .get(pod)
                    .filter(|pod| pod.spec.host_network);
                pod.map(|pod| pod.spec.node_name.as_str())
            }
            Device::Outside(_) | Device::LoadBalancer(_) | Device::Rules(_) => None,
        };
        let own = node.and_then(|node| self.world.kernel(node, Family::of(to))?.source_address(to));
        match own {
            Some(own) => Ok(own),
            None if to.is_loopback() => Ok(to),
            None => self.source(place, Family::of(to)),
        }
    }

    /// Sends a packet to the address: a connection's first, or, saying so, a later one.
    pub fn call(
        &mut self,
        place: &Device,
        to: IpAddr,
        segment: Segment,
    ) -> Result<(), RequestError> {
        let target = &self.trace.request.to;
        let (protocol, to) = (target.protocol(), SocketAddr::new(to, target.port));
        let from = self.source_towards(place, to.ip())?;
        let port = PORTS.0 + (self.turn.number % PORTS.1) as u16;
        let first = Packet::first(protocol, SocketAddr::new(from, port), to);
        let packet = if segment == Segment::Data {
            Packet { segment, ..first }
        } else {
            first
        };
        let service = self.world.service_at(to.ip(), to.port(), protocol);
        self.trace.service = service.map(Service::id);
        let reason = self.opening(service, to, segment);
        let mut hop = Hop::new(place.clone(), Direction::Request, packet, packet, reason);
        hop.at_client = true;
        self.push(hop);
        match place {
            Device::Outside(_) => self.sent_from_outside(packet),
            Device::Pod(pod) => self.sent_from_pod(pod, packet),
            Device::Node(node) => self.through(node, packet, Arrival::Local),
            Device::LoadBalancer(_) | Device::Rules(_) => {}
        }
        Ok(())
    }

    fn opening(&self, service: Option<&Service>, to: SocketAddr, segment: Segment) -> Reason {
        let (from, protocol) = (
            self.trace.request.from.short(),
            self.trace.request.to.protocol(),
        );
        if segment == Segment::Data {
            return Reason::Continues { from, to, protocol };
        }
        let r#virtual =
            service.is_some_and(|service| service.addresses().any(|own| own == to.ip()));
        let service = service.map(|service| service.metadata.name.clone());
        Reason::Opens {
            from,
            to,
            protocol,
            service,
            r#virtual,
        }
    }

    /// Adds a hop of the connection under way.
    pub fn push(&mut self, mut hop: Hop) {
        hop.service.clone_from(&self.trace.service);
        hop.connection = self.connection;
        self.trace.push(hop);
    }

    /// From now on hops belong to another connection.
    pub fn next_connection(&mut self) {
        self.opened += 1;
        self.connection = self.opened;
    }

    /// From a pod: its own address stays inside; with the host's network it is a process of the node.
    pub fn sent_from_pod(&mut self, name: &ObjectName, packet: Packet) {
        let Some(pod) = self.world.cluster().pods.get(name) else {
            return;
        };
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
    pub fn arrive(&mut self, node: &str, packet: Packet) {
        let port = packet.destination.port();
        let is_node_port =
            |service: &Service| service.spec.ports.iter().any(|own| own.node_port == port);
        let own = self.world.node_at(packet.destination.ip()).is_some();
        let node_port = own && self.world.cluster().services.values().any(is_node_port);
        let reason = Reason::Arrives {
            node: node.to_owned(),
            port,
            node_port,
        };
        self.push(Hop::new(
            Device::Node(node.to_owned()),
            Direction::Request,
            packet,
            packet,
            reason,
        ));
        self.through(node, packet, Arrival::Interface(UPLINK));
    }

    /// Sends the packet through a node's kernel, and on to where it goes from there.
    fn through(&mut self, node: &str, packet: Packet, arrival: Arrival<'_>) {
        let world = self.world;
        if world.is_down(node) {
            return self.at_dead_node(node, packet);
        }
        let Some(kernel) = world
            .kernel(node, packet.family())
            .filter(|_| self.passed.len() < MOST_NODES)
        else {
            return self.nobody(packet);
        };
        let affinity = self.memory.affinity(node);
        let known = self.memory.connection(node, &packet);
        let tracking = known.as_ref().map_or(Tracking::New, Tracking::Known);
        let entering = PacketIn {
            packet,
            arrival,
            tracking,
            affinity: &affinity,
            now: self.turn.now,
        };
        let walk = self.walked(kernel, &entering);
        self.memory.remember(node, &walk, self.turn.now);
        let rewritten = known.is_some_and(|known| known.is_dnat());
        if self.passed.is_empty() || walk.verdict != netfilter::RulesVerdict::None || rewritten {
            self.decided(node, kernel, &entering, &walk);
        } else {
            self.forwarded(node, packet, &walk);
        }
        if let Some(connection) = walk.connection {
            self.passed.push(TrackedNode {
                node: node.to_owned(),
                connection,
            });
        }
        match (walk.verdict, walk.way) {
            (netfilter::RulesVerdict::Reject, _) => self.rejected(kernel, packet),
            (netfilter::RulesVerdict::Drop, _) | (_, Disposition::Ended(_)) => {
                self.lost(dropped(kernel, &walk));
            }
            (_, Disposition::Delivered) => self.on_node(node, walk.after),
            (_, Disposition::Out) => self.onward(node, walk.after),
        }
    }

    /// The walk that chance chooses, or the one that leads where it is wished to.
    fn walked(&self, kernel: &Kernel, entering: &PacketIn<'_>) -> Walk {
        let wished = self.turn.wish.and_then(|wish| {
            let branches = explain(kernel, entering, &self.chance)
                .into_iter()
                .map(|branch| branch.walk);
            branches
                .into_iter()
                .find(|walk| walk.verdict == netfilter::RulesVerdict::Dnat(wish))
        });
        wished.unwrap_or_else(|| walk(kernel, entering, &self.chance))
    }

    /// Writes down what a node's rules did with the packet.
    fn decided(&mut self, node: &str, kernel: &Kernel, entering: &PacketIn<'_>, walk: &Walk) {
        let reason = self.reason(node, kernel, entering, walk);
        let mut hop = Hop::new(
            Device::Rules(node.to_owned()),
            Direction::Request,
            entering.packet,
            walk.after,
            reason,
        );
        hop.rules = walk
            .matched
            .iter()
            .map(|step| RuleLine::of(kernel, *step))
            .collect();
        hop.examined = walk.examined;
        if let Reason::Dnat { .. } = hop.reason {
            hop.choices = self.choices(&explain(kernel, entering, &self.chance), walk);
        }
        self.push(hop);
    }

    fn reason(&self, node: &str, kernel: &Kernel, entering: &PacketIn<'_>, walk: &Walk) -> Reason {
        let node = node.to_owned();
        let to = entering.packet.destination;
        if let Tracking::Known(connection) = entering.tracking
            && connection.is_dnat()
        {
            return Reason::ConntrackHit {
                node,
                endpoint: walk.after.destination,
            };
        }
        // In nftables mode some rules have no comment; the Service says what they are about.
        let rule = kernel.decisive(walk).and_then(|step| kernel.comment(step));
        let rule = rule
            .or_else(|| self.trace.service.as_ref().map(ToString::to_string))
            .unwrap_or_default();
        let service = self
            .trace
            .service
            .as_ref()
            .map(|service| service.name.clone());
        match walk.verdict {
            netfilter::RulesVerdict::Dnat(endpoint) => {
                let masquerade = match walk.masqueraded {
                    None => Masquerade::No,
                    Some(_) if entering.packet.source.ip() == endpoint.ip() => Masquerade::Hairpin,
                    Some(_) if entering.arrival == Arrival::Local => Masquerade::Node,
                    Some(_) => Masquerade::External,
                };
                let branches = explain(kernel, entering, &self.chance);
                let count = self.choices(&branches, walk).len();
                Reason::Dnat {
                    count,
                    endpoint,
                    masquerade,
                    node,
                    service,
                }
            }
            netfilter::RulesVerdict::Reject => Reason::Rejects {
                service: rule.into(),
                node,
                why: self.refusal(entering.packet),
            },
            netfilter::RulesVerdict::Drop if kernel.decisive(walk).is_none() => {
                Reason::MartianSource {
                    node,
                    source: entering.packet.source.ip(),
                }
            }
            netfilter::RulesVerdict::Drop => Reason::Drops { rule, node },
            netfilter::RulesVerdict::None => {
                let service = service.filter(|_| !self.has_port(entering.packet));
                Reason::NoRule { to, node, service }
            }
        }
    }

    /// Every endpoint of the branches, with the chosen one marked.
    fn choices(&self, branches: &[Branch], walk: &Walk) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        for branch in branches {
            let netfilter::RulesVerdict::Dnat(endpoint) = branch.walk.verdict else {
                continue;
            };
            if let Some(known) = choices
                .iter_mut()
                .find(|choice| choice.endpoint == endpoint)
            {
                known.probability += branch.probability;
                continue;
            }
            let chosen = walk.verdict == netfilter::RulesVerdict::Dnat(endpoint);
            let pod = self.world.endpoint_pod(endpoint).map(Pod::id);
            choices.push(Choice {
                endpoint,
                probability: branch.probability,
                chosen,
                pod,
            });
        }
        choices
    }

    /// A node only passes the packet on.
    fn forwarded(&mut self, node: &str, packet: Packet, walk: &Walk) {
        let from = self
            .passed
            .last()
            .map(|passed| passed.node.clone())
            .unwrap_or_default();
        let reason = Reason::Routes {
            from,
            to: node.to_owned(),
        };
        let mut hop = Hop::new(
            Device::Node(node.to_owned()),
            Direction::Request,
            packet,
            walk.after,
            reason,
        );
        hop.examined = walk.examined;
        self.push(hop);
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
        match self
            .world
            .node_at(to)
            .or_else(|| self.world.bridge_at(to))
            .map(str::to_owned)
        {
            Some(other) if other != node => {
                self.through(&other, packet, Arrival::Interface(UPLINK));
            }
            _ => self.leave(node, packet),
        }
    }
}

/// Why rules dropped a packet.
fn dropped(kernel: &Kernel, walk: &Walk) -> Failure {
    let Some(rule) = kernel.decisive(walk) else {
        return Failure::MartianSource;
    };
    match kernel.effect(rule) {
        Effect::Drop {
            why: DropReason::NoLocalEndpoints,
        } => Failure::NoLocalEndpoints,
        Effect::Drop {
            why: DropReason::SourceNotAllowed,
        } => Failure::SourceNotAllowed,
        _ => Failure::Dropped,
    }
}
