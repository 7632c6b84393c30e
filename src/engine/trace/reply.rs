//! The way back: every node that tracked the connection undoes what it did, in reverse order.

use std::net::SocketAddr;

use super::travel::Passed;
use super::{Failure, Hop, Leg, Listening, Place, Reason, Trace, Verdict, World};
use crate::engine::names::Protocol;
use crate::engine::netfilter::{Packet, Segment};

/// Something listens and answers.
pub fn answered(
    world: &World,
    trace: &mut Trace,
    passed: &[Passed],
    place: Place,
    by: &str,
    how: Listening,
    packet: Packet,
) {
    let reason = Reason::Answers { by: by.to_owned(), port: packet.destination.port(), listening: how };
    add(trace, Hop::new(place, Leg::Request, packet, packet, reason));
    let segment = match packet.protocol {
        Protocol::Tcp | Protocol::Sctp => Segment::SynAck,
        Protocol::Udp => Segment::Data,
    };
    let last = back(world, trace, passed, packet.answer(segment));
    let (to, client) = (trace.request.from.short(), client(trace));
    let mut hop = Hop::new(client, Leg::Reply, last, last, Reason::Returns { to, from: last.source });
    hop.at_client = true;
    add(trace, hop);
    trace.verdict = Verdict::Delivered { by: by.to_owned(), endpoint: packet.destination };
}

/// Nothing listens: TCP resets, UDP's kernel says that the port is unreachable.
pub fn closed(world: &World, trace: &mut Trace, passed: &[Passed], place: Place, by: &str, packet: Packet) {
    let reason = Reason::Closed { by: by.to_owned(), port: packet.destination.port() };
    add(trace, Hop::new(place, Leg::Request, packet, packet, reason));
    let segment = match packet.protocol {
        Protocol::Tcp | Protocol::Sctp => Segment::Rst,
        Protocol::Udp => Segment::PortUnreachable,
    };
    let last = back(world, trace, passed, packet.answer(segment));
    refused(trace, last, Failure::NothingListens);
}

/// A node's rules refuse: its kernel sends an ICMP error, from its own address.
pub fn rejected(world: &World, trace: &mut Trace, passed: &[Passed], node: &str, packet: Packet) {
    let answer = packet.answer(Segment::PortUnreachable);
    let own = world.cluster().nodes.get(node).and_then(|node| node.address(packet.family()));
    let source = own.map_or(answer.source, |own| SocketAddr::new(own, answer.source.port()));
    let last = back(world, trace, passed, Packet { source, ..answer });
    refused(trace, last, Failure::NoEndpoints);
}

fn refused(trace: &mut Trace, packet: Packet, why: Failure) {
    let (to, client) = (trace.request.from.short(), client(trace));
    let mut hop = Hop::new(client, Leg::Reply, packet, packet, Reason::Refused { to, protocol: packet.protocol });
    hop.at_client = true;
    add(trace, hop);
    trace.verdict = Verdict::Refused { why };
}

/// Carries an answer back through the nodes; returns it as it comes to the client.
fn back(_world: &World, trace: &mut Trace, passed: &[Passed], mut packet: Packet) -> Packet {
    for Passed { node, connection } in passed.iter().rev() {
        let before = packet;
        packet = connection.reply(&packet);
        packet.ttl = packet.ttl.saturating_sub(1);
        let rewrites = usize::from(connection.is_dnat()) + usize::from(connection.is_snat());
        let (place, reason) = match rewrites {
            0 => (Place::Node(node.clone()), Reason::Passes { node: node.clone() }),
            _ => (Place::Rules(node.clone()), Reason::Undoes { node: node.clone(), rewrites }),
        };
        if rewrites > 0 || passed.len() > 1 {
            add(trace, Hop::new(place, Leg::Reply, before, packet, reason));
        }
    }
    packet
}

/// Where the request began.
fn client(trace: &Trace) -> Place {
    let first = trace.hops.iter().find(|hop| hop.at_client);
    first.map_or(Place::Outside(super::CLIENT), |hop| hop.place.clone())
}

fn add(trace: &mut Trace, mut hop: Hop) {
    hop.service = trace.service.clone();
    trace.push(hop);
}
