//! Connection tracking: what was done to a connection's first packet is done to all that follow, and undone for its
//! replies (`nf_conntrack_core.c`, `nf_nat_core.c`). Rules of the nat table are evaluated once per connection.

use std::fmt;
use std::net::SocketAddr;

use super::packet::Packet;
use crate::names::Protocol;

/// One direction of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tuple {
    /// The source of its packets.
    pub source: SocketAddr,
    /// The destination of its packets.
    pub destination: SocketAddr,
}

/// An entry of a node's connection table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Its transport protocol.
    pub protocol: Protocol,
    /// Its packets as they come in.
    pub original: Tuple,
    /// Its replies as they come in: the rewritten packets, turned round.
    pub reply: Tuple,
}

impl Connection {
    /// The entry of a first packet, as it came in and as it went on.
    pub fn of(before: &Packet, after: &Packet) -> Connection {
        Connection {
            protocol: before.protocol,
            original: Tuple {
                source: before.source,
                destination: before.destination,
            },
            reply: Tuple {
                source: after.destination,
                destination: after.source,
            },
        }
    }

    /// Whether its destination was rewritten.
    pub fn is_dnat(&self) -> bool {
        self.reply.source != self.original.destination
    }

    /// Whether its source was rewritten.
    pub fn is_snat(&self) -> bool {
        self.reply.destination != self.original.source
    }

    /// Which way a packet goes, when it belongs to this connection.
    pub fn direction(&self, packet: &Packet) -> Option<ConnDirection> {
        let tuple = Tuple {
            source: packet.source,
            destination: packet.destination,
        };
        match (
            packet.protocol == self.protocol,
            tuple == self.original,
            tuple == self.reply,
        ) {
            (true, true, _) => Some(ConnDirection::Original),
            (true, false, true) => Some(ConnDirection::Reply),
            (true, false, false) | (false, _, _) => None,
        }
    }

    /// A packet of the connection as the node sends it on: rewritten like the first, or, of a reply, with that undone.
    /// A packet that does not belong to it stays as it is.
    pub fn rewritten(&self, packet: &Packet) -> Packet {
        let onto = match self.direction(packet) {
            Some(ConnDirection::Original) => self.reply,
            Some(ConnDirection::Reply) => self.original,
            None => return *packet,
        };
        Packet {
            source: onto.destination,
            destination: onto.source,
            ..*packet
        }
    }

    /// A reply with every rewrite undone: it comes from the address the client called.
    pub fn reply(&self, packet: &Packet) -> Packet {
        match self.direction(packet) {
            Some(ConnDirection::Reply) => self.rewritten(packet),
            Some(ConnDirection::Original) | None => *packet,
        }
    }
}

/// Which way a packet of a connection goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnDirection {
    /// From the initiator.
    Original,
    /// Back to them.
    Reply,
}

impl fmt::Display for Connection {
    /// As `conntrack -L` prints it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} {}",
            self.protocol.lower(),
            self.original,
            self.reply
        )
    }
}

impl fmt::Display for Tuple {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tuple {
            source,
            destination,
        } = self;
        let (from, to) = (source.ip(), destination.ip());
        write!(
            f,
            "src={from} dst={to} sport={} dport={}",
            source.port(),
            destination.port()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::netfilter::packet::Segment;

    #[test]
    fn a_reply_comes_from_the_address_the_client_called() {
        let address = |text: &str| text.parse().expect("a literal address");
        let before = Packet::first(
            Protocol::Tcp,
            address("203.0.113.7:51034"),
            address("192.168.0.11:30080"),
        );
        let after = Packet {
            source: address("192.168.0.11:40000"),
            destination: address("10.244.2.3:8080"),
            ..before
        };
        let connection = Connection::of(&before, &after);
        let reply = connection.reply(&after.answer(Segment::SynAck));
        assert_eq!(
            reply.to_string(),
            "192.168.0.11:30080 > 203.0.113.7:51034 TCP SYN-ACK"
        );
        assert_eq!(connection.rewritten(&before), after);
    }

    #[test]
    fn a_stranger_is_left_alone() {
        let address = |text: &str| text.parse().expect("a literal address");
        let before = Packet::first(Protocol::Tcp, address("10.0.0.1:1"), address("10.0.0.2:2"));
        let other = Packet::first(Protocol::Tcp, address("10.0.0.3:1"), address("10.0.0.2:2"));
        assert_eq!(Connection::of(&before, &before).rewritten(&other), other);
    }
}
