//! The way back: every node that tracked the connection undoes what it did, in reverse order; who opened a connection of
//! its own in the middle hands the answer on over the one it came by.

use super::asymmetric_return::{bypassed_node, node_of};
use super::forward::{Tracer, TrackedNode};
use super::{Device, Direction, Failure, Hop, Listening, Reason, Verdict};
use crate::engine::names::Protocol;
use crate::engine::netfilter::{Kernel, Packet, Segment};
use crate::engine::rng::Rng;

/// Somebody in the middle who took a connection and opened another one.
pub(super) struct Relay {
    pub kind: RelayKind,
    /// Where it is, and what it is called.
    pub place: Device,
    pub by: String,
    /// The packet that came to it, on which connection, by which nodes.
    pub packet: Packet,
    pub connection: usize,
    pub passed: Vec<TrackedNode>,
}

/// What a relay says when its own connection fails.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RelayKind {
    /// What it was told.
    LoadBalancer,
    /// An HTTP error.
    Ingress,
}

/// What comes back.
#[derive(Clone, Copy)]
pub(super) enum Told {
    Answer,
    Refusal(Failure),
}

impl Tracer<'_> {
    /// Something listens and answers.
    pub fn answered(&mut self, place: Device, by: &str, how: Listening, packet: Packet) {
        let reason = Reason::Answers {
            by: by.to_owned(),
            port: packet.destination.port(),
            listening: how,
        };
        self.push(Hop::new(place, Direction::Request, packet, packet, reason));
        self.trace.verdict = Verdict::Answered {
            by: by.to_owned(),
            endpoint: packet.destination,
        };
        self.come_back(packet.answer(granted(&packet)), Told::Answer);
    }

    /// Nothing listens: TCP resets, UDP's kernel says that the port is unreachable.
    pub fn closed(&mut self, place: Device, by: &str, packet: Packet, why: Failure) {
        let reason = Reason::Closed {
            by: by.to_owned(),
            port: packet.destination.port(),
        };
        self.push(Hop::new(place, Direction::Request, packet, packet, reason));
        self.come_back(packet.answer(refused(&packet)), Told::Refusal(why));
    }

    /// A node's rules refuse: its kernel sends an ICMP error, from its own address.
    pub fn rejected(&mut self, kernel: &Kernel, packet: Packet) {
        let own = kernel
            .error_address(&packet)
            .unwrap_or(packet.destination.ip());
        let why = self.refusal(packet);
        self.come_back(packet.refusal(own), Told::Refusal(why));
    }

    /// Why rules refuse a packet.
    pub fn refusal(&self, packet: Packet) -> Failure {
        if self.has_port(packet) {
            Failure::NoEndpoints
        } else {
            Failure::NoSuchPort
        }
    }

    /// Whether the Service that is called has the port that is called.
    pub fn has_port(&self, packet: Packet) -> bool {
        let service = self
            .trace
            .service
            .as_ref()
            .and_then(|service| self.world.cluster().services.get(service));
        service.is_some_and(|service| {
            self.world
                .has_port(service, packet.destination, packet.protocol)
        })
    }

    /// Somebody takes a packet and opens a connection of its own, for which other lots are drawn.
    pub fn relay(&mut self, kind: RelayKind, place: Device, by: String, packet: Packet) {
        let (passed, connection) = (std::mem::take(&mut self.passed), self.connection);
        self.relays.push(Relay {
            kind,
            place,
            by,
            packet,
            connection,
            passed,
        });
        self.next_connection();
        self.chance = Rng::new(
            self.turn.seed ^ (self.relays.len() as u64),
            self.turn.number,
        );
    }

    /// Nothing comes back.
    pub fn lost(&mut self, why: Failure) {
        self.trace.verdict = Verdict::TimedOut { why };
        let ingress = self
            .relays
            .iter()
            .rposition(|relay| relay.kind == RelayKind::Ingress);
        let Some(relay) = ingress.and_then(|place| self.relays.drain(place..).next()) else {
            return;
        };
        self.connection = relay.connection;
        self.passed = relay.passed;
        self.answers_http(relay.place, &relay.by, GATEWAY_TIMEOUT, why, relay.packet);
    }

    /// An answer goes back to whoever opened the connection.
    pub fn come_back(&mut self, answer: Packet, told: Told) {
        let from = self.trace.hops.last().map(|hop| &hop.device);
        let node = from.and_then(|from| {
            bypassed_node(self.world, &self.passed, from, answer.destination.ip())
        });
        if let Some(node) = node.map(str::to_owned) {
            return self.goes_astray(node, answer);
        }
        let last = self.back(answer);
        match self.relays.pop() {
            Some(relay) => self.relayed(relay, last, told),
            None => self.told(last, told),
        }
    }

    /// An answer comes to the client's own node, or to the client, from an address nobody there called.
    fn goes_astray(&mut self, node: String, answer: Packet) {
        let place = match node_of(self.world, answer.destination.ip()) {
            Some(node) => Device::Node(node.to_owned()),
            None => Device::Outside(answer.destination.ip()),
        };
        let reason = Reason::AsymmetricReturn {
            from: answer.source,
            node,
        };
        self.push(Hop::new(place, Direction::Reply, answer, answer, reason));
        self.lost(Failure::AsymmetricReturn);
    }

    /// An Ingress controller says by itself what is wrong.
    pub fn answers_http(
        &mut self,
        place: Device,
        by: &str,
        status: u16,
        why: Failure,
        packet: Packet,
    ) {
        let reason = Reason::AnswersHttp {
            by: by.to_owned(),
            status,
            why,
        };
        self.push(Hop::new(place, Direction::Request, packet, packet, reason));
        self.trace.verdict = Verdict::HttpError {
            by: by.to_owned(),
            status,
            why,
        };
        self.come_back(packet.answer(granted(&packet)), Told::Answer);
    }

    /// Who opened the connection in the middle hands on what it was told.
    fn relayed(&mut self, relay: Relay, last: Packet, told: Told) {
        let reason = Reason::Relays {
            by: relay.by.clone(),
        };
        self.push(Hop::new(
            relay.place.clone(),
            Direction::Reply,
            last,
            last,
            reason,
        ));
        (self.passed, self.connection) = (relay.passed, relay.connection);
        let packet = relay.packet;
        match (relay.kind, told) {
            (_, Told::Answer) => self.come_back(packet.answer(granted(&packet)), told),
            (RelayKind::LoadBalancer, Told::Refusal(_)) => {
                self.come_back(packet.answer(refused(&packet)), told);
            }
            (RelayKind::Ingress, Told::Refusal(why)) => {
                let status = if why == Failure::NoEndpoints {
                    UNAVAILABLE
                } else {
                    BAD_GATEWAY
                };
                self.answers_http(relay.place, &relay.by, status, why, packet);
            }
        }
    }

    /// What comes back reaches the client.
    fn told(&mut self, packet: Packet, told: Told) {
        let to = self.trace.request.from.short();
        let first = self.trace.hops.iter().find(|hop| hop.at_client);
        let client = first.map_or(Device::Outside(super::CLIENT), |hop| hop.device.clone());
        let reason = match told {
            Told::Answer => Reason::Returns {
                to,
                from: packet.source,
            },
            Told::Refusal(_) => Reason::Refused {
                to,
                protocol: packet.protocol,
            },
        };
        let mut hop = Hop::new(client, Direction::Reply, packet, packet, reason);
        hop.at_client = true;
        self.push(hop);
        if let Told::Refusal(why) = told {
            self.trace.verdict = Verdict::Refused { why };
        }
    }

    /// Carries an answer back through the nodes; returns it as it comes to who opened the connection.
    fn back(&mut self, mut packet: Packet) -> Packet {
        let passed = std::mem::take(&mut self.passed);
        for TrackedNode { node, connection } in passed.iter().rev() {
            let before = packet;
            packet = connection.reply(&packet);
            packet.ttl = packet.ttl.saturating_sub(1);
            let rewrites = usize::from(connection.is_dnat()) + usize::from(connection.is_snat());
            let (place, reason) = match rewrites {
                0 => (
                    Device::Node(node.clone()),
                    Reason::Forwarded { node: node.clone() },
                ),
                _ => (
                    Device::Rules(node.clone()),
                    Reason::ReverseNat {
                        node: node.clone(),
                        rewrites,
                    },
                ),
            };
            if rewrites > 0 || passed.len() > 1 {
                self.push(Hop::new(place, Direction::Reply, before, packet, reason));
            }
        }
        packet
    }
}

/// The statuses of a proxy that has nobody to ask, was refused, or was not answered (RFC 9110, 15.6).
pub(super) const UNAVAILABLE: u16 = 503;
const BAD_GATEWAY: u16 = 502;
const GATEWAY_TIMEOUT: u16 = 504;

fn granted(packet: &Packet) -> Segment {
    match (packet.segment, packet.protocol) {
        (Segment::Syn, Protocol::Tcp | Protocol::Sctp) => Segment::SynAck,
        (_, Protocol::Tcp | Protocol::Sctp | Protocol::Udp) => Segment::Data,
    }
}

fn refused(packet: &Packet) -> Segment {
    match packet.protocol {
        Protocol::Tcp | Protocol::Sctp => Segment::Rst,
        Protocol::Udp => Segment::PortUnreachable,
    }
}
