//! The conditions of a rule of iptables.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;

use super::ipvs::{self, SetFields, SetName};
use super::{Comment, Hash};
use crate::names::Protocol;

/// Whether a condition must hold or, written with `!`, must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// It must hold.
    Is,
    /// It must not.
    IsNot,
}

/// One condition of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// `-m comment`: always holds.
    Comment(Comment),
    /// `-s`.
    Source(Polarity, AddressMatch),
    /// `-d`.
    Destination(Polarity, AddressMatch),
    /// `-i`.
    InputInterface(Polarity, Interface),
    /// `-m tcp -p tcp`.
    Protocol(Protocol),
    /// `--dport`.
    DestinationPort(u16),
    /// `-p tcp -m multiport --dports`: one of these.
    DestinationPorts(Protocol, Vec<u16>),
    /// `-m addrtype --src-type LOCAL`: the source is an address of this node.
    LocalSource(Polarity),
    /// `-m addrtype --dst-type LOCAL`: the destination is an address of this node.
    LocalDestination,
    /// `-m mark`: these bits of the packet's mark are set.
    Mark(Polarity, u32),
    /// `-m conntrack --ctstate`: one of these.
    State(Polarity, &'static [CtState]),
    /// `-m statistic --mode random`.
    Statistic(OneOf),
    /// `-m recent --rcheck --seconds`: the source is on the list of a `KUBE-SEP-` chain and no older than that.
    RecentCheck {
        /// The hash of the chain, which is also the name of the list.
        list: Hash,
        /// The age limit, in seconds.
        seconds: u32,
    },
    /// `-m recent --set`: puts the source on the list; always holds.
    RecentSet {
        /// The hash of the chain, which is also the name of the list.
        list: Hash,
    },
    /// `-m nfacct`: counts; always holds.
    Account(&'static str),
    /// `-p tcp` without a match of the protocol's own.
    ProtocolAlone(Protocol),
    /// `-m set --match-set`: these fields are in the set.
    InSet(SetName, SetFields),
    /// `-m physdev --physdev-is-in`: the packet came in by a port of a bridge.
    BridgedIn(Polarity),
    /// `-m ipvs --vaddr --vproto --vport`: IPVS sent the packet on for this virtual server.
    VirtualServer(ipvs::ServerKey),
}

/// A condition on the name of a network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interface {
    /// Exactly this one.
    Named(Arc<str>),
    /// `veth+`: every name with this prefix.
    Prefixed(Arc<str>),
}

impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Interface::Named(name) => f.write_str(name),
            Interface::Prefixed(prefix) => write!(f, "{prefix}+"),
        }
    }
}

/// A condition on an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressMatch {
    /// One address, written without a prefix length.
    One(IpAddr),
    /// A range, written with its prefix length.
    Range(IpNet),
}

impl AddressMatch {
    /// Whether an address matches.
    pub fn contains(self, address: IpAddr) -> bool {
        match self {
            AddressMatch::One(one) => one == address,
            AddressMatch::Range(range) => range.contains(&address),
        }
    }
}

impl fmt::Display for AddressMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AddressMatch::One(address) => write!(f, "{address}"),
            AddressMatch::Range(range) => write!(f, "{range}"),
        }
    }
}

/// The state that connection tracking gives a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CtState {
    /// The first packet of a connection.
    New,
    /// A later packet of a connection.
    Established,
    /// An ICMP error about a connection.
    Related,
    /// No connection, and it cannot open one.
    Invalid,
    /// The connection's destination was rewritten.
    Dnat,
}

impl CtState {
    /// The form that `--ctstate` takes.
    pub fn as_str(self) -> &'static str {
        match self {
            CtState::New => "NEW",
            CtState::Established => "ESTABLISHED",
            CtState::Related => "RELATED",
            CtState::Invalid => "INVALID",
            CtState::Dnat => "DNAT",
        }
    }
}

/// The probability 1/n.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneOf(pub u32);

impl OneOf {
    /// The probability, from 0 to 1.
    pub fn probability(self) -> f64 {
        1.0 / f64::from(self.0)
    }

    /// The bound that 31 random bits are compared with: the kernel stores the ten written decimals in 31 bits.
    pub fn threshold(self) -> u32 {
        let written = (self.probability() * 1e10).round() / 1e10;
        (written * f64::from(1u32 << 31)).round() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_those_the_kernel_keeps() {
        // `iptables-save` prints 0.33333333349 = 715827883 / 2³¹.
        assert_eq!(OneOf(3).threshold(), 715_827_883);
        assert_eq!(OneOf(2).threshold(), 1 << 30);
    }
}
