//! A packet: the headers that rules look at, printed as tcpdump prints them.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use serde::Serialize;

use crate::names::{Family, Protocol};

/// How many routers a packet may pass when it leaves its sender (`net.ipv4.ip_default_ttl`, Linux).
pub const DEFAULT_TTL: u8 = 64;

/// One packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Packet {
    /// Its transport protocol; of an ICMP error, that of the packet it is about.
    pub protocol: Protocol,
    /// The source address and port.
    pub source: SocketAddr,
    /// The destination address and port.
    pub destination: SocketAddr,
    /// How many routers it may still pass.
    pub ttl: u8,
    /// What it does to its connection.
    pub segment: Segment,
    /// For an ICMP error from an intermediate node: the original destination of the packet it reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<SocketAddr>,
}

/// What a packet does to its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Segment {
    /// Opens a connection.
    Syn,
    /// Grants one.
    SynAck,
    /// Carries something.
    Data,
    /// Refuses or breaks off.
    Rst,
    /// An ICMP error about a packet: nothing listens on its port (port unreachable).
    PortUnreachable,
}

impl Packet {
    /// The first packet a client sends.
    pub fn first(protocol: Protocol, source: SocketAddr, destination: SocketAddr) -> Packet {
        let segment = match protocol {
            Protocol::Tcp | Protocol::Sctp => Segment::Syn,
            Protocol::Udp => Segment::Data,
        };
        Packet {
            protocol,
            source,
            destination,
            ttl: DEFAULT_TTL,
            segment,
            about: None,
        }
    }

    /// A reply sent by the packet's destination.
    pub fn answer(&self, segment: Segment) -> Packet {
        Packet {
            source: self.destination,
            destination: self.source,
            ttl: DEFAULT_TTL,
            segment,
            ..*self
        }
    }

    /// The ICMP error that a node on its way sends back from its own address: no host has the destination.
    pub fn refusal(&self, from: IpAddr) -> Packet {
        let answer = self.answer(Segment::PortUnreachable);
        Packet {
            source: SocketAddr::new(from, answer.source.port()),
            about: Some(self.destination),
            ..answer
        }
    }

    /// Its source and its destination as its header has them: ICMP has no ports.
    pub fn ends(&self) -> (String, String) {
        match self.segment {
            Segment::PortUnreachable => (
                self.source.ip().to_string(),
                self.destination.ip().to_string(),
            ),
            Segment::Syn | Segment::SynAck | Segment::Data | Segment::Rst => {
                (self.source.to_string(), self.destination.to_string())
            }
        }
    }

    /// What it is besides its addresses: `TCP · SYN · TTL 62`.
    pub fn summary(&self) -> String {
        let word = match self.segment {
            Segment::PortUnreachable => Some("port unreachable"),
            segment => word(self.protocol, segment),
        };
        let protocol = match self.segment {
            Segment::PortUnreachable => icmp(self.family()).to_owned(),
            Segment::Syn | Segment::SynAck | Segment::Data | Segment::Rst => {
                self.protocol.to_string()
            }
        };
        [
            Some(protocol),
            word.map(str::to_owned),
            Some(format!("TTL {}", self.ttl)),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
    }

    /// The family of its addresses.
    pub fn family(&self) -> Family {
        Family::of(self.destination.ip())
    }
}

impl fmt::Display for Packet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Packet {
            protocol,
            source,
            destination,
            ..
        } = self;
        match self.segment {
            Segment::PortUnreachable => {
                let (icmp, protocol) = (icmp(self.family()), protocol.lower());
                let (from, to, about) =
                    (source.ip(), destination.ip(), self.about.unwrap_or(*source));
                write!(
                    f,
                    "{from} > {to}: {icmp} {} {protocol} port {} unreachable",
                    about.ip(),
                    about.port()
                )
            }
            Segment::Syn | Segment::SynAck | Segment::Data | Segment::Rst => {
                write!(f, "{source} > {destination} {protocol}")?;
                word(*protocol, self.segment).map_or(Ok(()), |word| write!(f, " {word}"))
            }
        }
    }
}

fn icmp(family: Family) -> &'static str {
    match family {
        Family::V4 => "ICMP",
        Family::V6 => "ICMP6",
    }
}

/// What a protocol calls a segment; datagrams have no word for it.
fn word(protocol: Protocol, segment: Segment) -> Option<&'static str> {
    match (protocol, segment) {
        (Protocol::Udp, _) => None,
        (Protocol::Tcp, Segment::Syn) => Some("SYN"),
        (Protocol::Tcp, Segment::SynAck) => Some("SYN-ACK"),
        (Protocol::Tcp, Segment::Data) => Some("PSH"),
        (Protocol::Tcp, Segment::Rst) => Some("RST"),
        (Protocol::Sctp, Segment::Syn) => Some("INIT"),
        (Protocol::Sctp, Segment::SynAck) => Some("INIT-ACK"),
        (Protocol::Sctp, Segment::Data) => Some("DATA"),
        (Protocol::Sctp, Segment::Rst) => Some("ABORT"),
        (Protocol::Tcp | Protocol::Sctp, Segment::PortUnreachable) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(protocol: Protocol) -> Packet {
        let address = |text: &str| text.parse().expect("a literal address");
        Packet::first(
            protocol,
            address("203.0.113.7:51034"),
            address("192.168.0.12:30123"),
        )
    }

    #[test]
    fn packets_print_as_tcpdump_prints_them() {
        assert_eq!(
            packet(Protocol::Tcp).to_string(),
            "203.0.113.7:51034 > 192.168.0.12:30123 TCP SYN"
        );
        assert_eq!(
            packet(Protocol::Udp).to_string(),
            "203.0.113.7:51034 > 192.168.0.12:30123 UDP"
        );
    }

    #[test]
    fn a_refusal_has_the_port_on_which_nothing_listens() {
        let refusal = packet(Protocol::Udp).answer(Segment::PortUnreachable);
        assert_eq!(
            refusal.to_string(),
            "192.168.0.12 > 203.0.113.7: ICMP 192.168.0.12 udp port 30123 unreachable"
        );
    }

    #[test]
    fn a_refusal_on_the_way_has_the_destination_of_the_packet() {
        let refusal = packet(Protocol::Tcp).refusal([192, 168, 0, 1].into());
        assert_eq!(
            refusal.to_string(),
            "192.168.0.1 > 203.0.113.7: ICMP 192.168.0.12 tcp port 30123 unreachable"
        );
    }
}
