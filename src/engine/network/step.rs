//! What a step of a device takes and returns.

use std::net::SocketAddr;

use serde::Serialize;

use super::{Device, Failure, Network, Reason, Request, RuleLine, RuleLines, Verdict};
use crate::cluster::object::{Pod, Service};
use crate::names::{ObjectName, Protocol};
use crate::netfilter::{Connection, Packet, Segment};
use crate::rng::Rng;

/// The connection that a packet belongs to, as devices see it.
#[derive(Clone, Copy)]
pub(crate) struct Flow<'a> {
    /// The network.
    pub network: &'a Network,
    /// The request that the client makes.
    pub request: &'a Request,
    /// The Service that the connection under way calls; `None` if no Service has the address.
    pub service: Option<&'a Service>,
    /// Whether hops have the lines of the rules that matched.
    pub rule_lines: RuleLines,
}

impl Flow<'_> {
    /// Whether the client speaks HTTP, in the clear or over TLS.
    pub(crate) fn is_http(&self) -> bool {
        self.request.to.is_http()
    }

    /// Whether the Service that is called has the port that a packet is for.
    pub(crate) fn has_port(&self, packet: &Packet) -> bool {
        self.service.is_some_and(|service| {
            self.network
                .has_port(service, packet.destination, packet.protocol)
        })
    }
}

/// The device at which a packet is next.
#[derive(Clone, Copy)]
pub(crate) enum Position<'a> {
    /// The network interface of a pod, from inside.
    PodEgress(&'a Pod),
    /// The network interface of a pod, from the node.
    PodIngress(&'a Pod),
    /// A process of a pod.
    PodProcess(&'a Pod),
    /// The interface by which a node receives what comes from outside the cluster.
    NodeUplink(&'a str),
    /// The kernel of a node.
    NodeKernel(&'a str, Entry),
    /// A process of a node.
    NodeProcess(&'a str),
    /// The network outside the cluster.
    Outside,
    /// The load balancer of a Service.
    LoadBalancer(&'a Service),
    /// An L7 proxy, a pod.
    L7Proxy(&'a Pod),
    /// A proxy of a Gateway, a pod.
    GatewayProxy(&'a Pod),
}

/// How a packet enters a node's kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// From a pod of the node, by the pods' interface.
    PodInterface,
    /// From elsewhere, by the node's own interface.
    Uplink,
    /// From a process of the node itself.
    LocalProcess,
}

/// What a device did with a packet.
pub(crate) struct Step<'a> {
    /// What is worth a hop of the trace, in order.
    pub visits: Vec<Visit>,
    /// What happens next.
    pub fate: Fate<'a>,
}

impl<'a> Step<'a> {
    /// A step that is not worth a hop.
    pub(crate) fn silent(fate: Fate<'a>) -> Step<'a> {
        Step {
            visits: Vec::new(),
            fate,
        }
    }

    /// A step with one hop.
    pub(crate) fn new(visit: Visit, fate: Fate<'a>) -> Step<'a> {
        Step {
            visits: vec![visit],
            fate,
        }
    }

    /// A step without a hop: the packet is forwarded.
    pub(crate) fn forward(to: Position<'a>, packet: Packet) -> Step<'a> {
        Step::silent(Fate::Forward { to, packet })
    }
}

/// What happens to a packet next.
pub(crate) enum Fate<'a> {
    /// It goes to another device.
    Forward {
        /// The device.
        to: Position<'a>,
        /// The packet as it leaves.
        packet: Packet,
    },
    /// The connection ends here, and the device opens a new one.
    Terminate(Box<NewConnection<'a>>),
    /// An answer or an error goes back to the initiator of the connection.
    Reply(Reply),
    /// Nothing comes back.
    Drop(Failure),
    /// Manifests do not say what happens.
    Unknown(Verdict),
}

/// A packet on its way back.
#[derive(Clone)]
pub(crate) struct Reply {
    /// The packet.
    pub packet: Packet,
    /// Its content.
    pub outcome: ReplyOutcome,
}

/// The content of a reply.
#[derive(Clone)]
pub(crate) enum ReplyOutcome {
    /// An answer; the verdict if it reaches the client.
    Answered(Verdict),
    /// Connection refused.
    Refused(Failure),
}

/// A connection that a proxy opens.
pub(crate) struct NewConnection<'a> {
    /// The proxy, and the connection that it accepted.
    pub proxy: Proxy,
    /// The first packet, and why.
    pub opening: Visit,
    /// Where the packet goes.
    pub to: Position<'a>,
    /// The Service that it calls; `None` if it is the one that the client called.
    pub service: Option<&'a Service>,
    /// The draws of the new connection.
    pub chance: Rng,
}

/// A device that accepted a connection and opened another one.
pub(crate) struct Proxy {
    /// What it is.
    pub kind: ProxyKind,
    /// The device.
    pub device: Device,
    /// Its name.
    pub name: String,
    /// The packet that it accepted.
    pub accepted: Packet,
}

/// What a proxy answers if its own connection fails.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProxyKind {
    /// The same error.
    LoadBalancer,
    /// An HTTP error.
    L7,
}

/// A node whose connection tracking has the connection.
#[derive(Clone, Debug)]
pub(crate) struct TrackedNode {
    /// The node.
    pub node: String,
    /// The entry.
    pub connection: Connection,
}

/// One hop at a device, without what the loop adds to it.
pub(crate) struct Visit {
    /// The device; `None` for the one at which the packet was before.
    pub device: Option<Device>,
    /// The packet as it came.
    pub before: Packet,
    /// The packet as it went on.
    pub after: Packet,
    /// What happened, and why.
    pub reason: Reason,
    /// The rules that matched, in order.
    pub rules: Vec<RuleLine>,
    /// How many rules a kernel would have evaluated.
    pub examined: usize,
    /// The endpoints that the rules could have chosen.
    pub choices: Vec<Choice>,
}

impl Visit {
    /// A stay that leaves the packet as it is.
    pub(crate) fn new(device: Device, packet: Packet, reason: Reason) -> Visit {
        Visit {
            device: Some(device),
            ..Visit::where_it_was(packet, reason)
        }
    }

    /// A packet that does not get further than the device at which it was.
    pub(crate) fn where_it_was(packet: Packet, reason: Reason) -> Visit {
        Visit {
            device: None,
            before: packet,
            after: packet,
            reason,
            rules: Vec::new(),
            examined: 0,
            choices: Vec::new(),
        }
    }
}

/// An endpoint that could be chosen: by rules, or by a client among the addresses of a name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Its address and port.
    pub endpoint: SocketAddr,
    /// The probability, from 0 to 1.
    pub probability: f64,
    /// Whether it was chosen.
    pub chosen: bool,
    /// The pod that has the address.
    pub pod: Option<ObjectName>,
}

/// The draws of the connection under way.
#[derive(Clone)]
pub(crate) struct Chance {
    /// The draws.
    pub rng: Rng,
    seed: u64,
    number: u64,
    /// The number of the request on the connection, from 0.
    request: u64,
    proxies: u64,
}

impl Chance {
    /// The draws of connection `number` of a seed.
    pub(crate) fn new(seed: u64, number: u64) -> Chance {
        Chance {
            rng: Rng::new(seed, number),
            seed,
            number,
            request: 0,
            proxies: 0,
        }
    }

    /// The draws of another request on the same connection: what is decided for the connection stays, and proxies draw
    /// anew.
    pub(crate) fn of_request(self, request: u64) -> Chance {
        Chance { request, ..self }
    }

    /// The draws of the connection that the next proxy opens.
    pub(crate) fn of_next_connection(&self) -> Rng {
        let proxy = self.proxies + 1;
        Rng::new(self.seed ^ proxy ^ (self.request << 32), self.number)
    }

    /// How many proxies are on the path.
    pub(crate) fn proxies(&self) -> u64 {
        self.proxies
    }

    /// Continues with the connection of another proxy.
    pub(crate) fn enter_connection(&mut self, rng: Rng) {
        self.rng = rng;
        self.proxies += 1;
    }
}

/// A packet that accepts a connection, or an answer on it.
pub(crate) fn accepting_segment(packet: &Packet) -> Segment {
    match (packet.segment, packet.protocol) {
        (Segment::Syn, Protocol::Tcp | Protocol::Sctp) => Segment::SynAck,
        (_, Protocol::Tcp | Protocol::Sctp | Protocol::Udp) => Segment::Data,
    }
}

/// A packet that refuses a connection: TCP resets; for UDP the kernel sends an ICMP error.
pub(crate) fn refusing_segment(packet: &Packet) -> Segment {
    match packet.protocol {
        Protocol::Tcp | Protocol::Sctp => Segment::Rst,
        Protocol::Udp => Segment::PortUnreachable,
    }
}

/// The packet is dropped where it was, since no host has its destination.
pub(crate) fn no_host<'a>(packet: Packet) -> Step<'a> {
    let reason = Reason::NoHost {
        to: packet.destination,
    };
    Step::new(
        Visit::where_it_was(packet, reason),
        Fate::Drop(Failure::NoHost),
    )
}
