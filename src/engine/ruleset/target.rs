//! What a rule of iptables does with a packet.

use std::net::SocketAddr;

use super::{ChainId, DropReason, RejectReason};

/// The source port of a packet that is masqueraded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourcePort {
    /// Its own.
    Kept,
    /// A random one (`--random-fully`).
    Random,
}

/// The target of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Continues in another chain, and after it here unless that chain decides.
    Jump(ChainId),
    /// Lets the packet through this table.
    Accept,
    /// Drops the packet without an answer.
    Drop(DropReason),
    /// Answers with an ICMP port unreachable.
    Reject(RejectReason),
    /// Returns to the calling chain.
    Return,
    /// Sets bits of the packet's mark.
    OrMark(u32),
    /// Flips bits of the packet's mark.
    XorMark(u32),
    /// Gives the packet this node's address as its source.
    Masquerade(SourcePort),
    /// Gives the packet a new destination.
    Dnat(SocketAddr),
    /// Nothing: the rule only counts.
    Nothing,
}
