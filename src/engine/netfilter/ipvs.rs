//! IPVS: virtual servers send connections on to real servers (`net/netfilter/ipvs/`).
//!
//! ```text
//!  in by an interface ─▶ PREROUTING ─▶ routing: the dummy interface has the address ─▶ INPUT ─▶ IPVS ─▶ OUTPUT ─▶ POSTROUTING
//!  a process of the node ─▶ OUTPUT (nat) ─▶ IPVS ─▶ OUTPUT (filter) ─▶ POSTROUTING
//! ```
//!
//! The scheduler `rr` takes the real servers in turn, counted for each virtual server of a node apart; a persistent one keeps
//! the real server of a client. What goes on to another machine or a pod loses one of its TTL, also from a process of the
//! node (`decrement_ttl`). A virtual server without a real server answers with an ICMP error, port unreachable
//! (`ip_vs_leave`).

use std::net::SocketAddr;

use super::chain::{self, ChainOutcome, Tables};
use super::kernel::Kernel;
use super::traversal::Traversal;
use crate::ruleset::ipvs::{IpvsRules, ServerKey, VirtualServer};
use crate::ruleset::{Hash, Hook, TableName};

/// The real server that a connection was sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// The virtual server.
    pub server: ServerKey,
    /// The real server whose turn it was.
    pub real_server: SocketAddr,
}

/// Asks the rules of the hook a packet is at, and IPVS where it has a hook beside them.
pub(super) fn hook(kernel: &Kernel, rules: &IpvsRules, passing: &mut Traversal) -> ChainOutcome {
    let tables = Tables {
        ruleset: &rules.ruleset,
        index: &kernel.index,
    };
    match passing.hook {
        Hook::Prerouting | Hook::Forward | Hook::Postrouting => {
            chain::hook(kernel, tables, passing)
        }
        Hook::Input => goes_on(chain::table(kernel, tables, passing, TableName::Filter))
            .unwrap_or_else(|| balance(kernel, rules, passing)),
        Hook::Output => {
            let nat = chain::table(kernel, tables, passing, TableName::Nat);
            goes_on(nat)
                .or_else(|| goes_on(balance(kernel, rules, passing)))
                .unwrap_or_else(|| chain::table(kernel, tables, passing, TableName::Filter))
        }
    }
}

/// `None` if the packet is not stopped.
fn goes_on(outcome: ChainOutcome) -> Option<ChainOutcome> {
    match outcome {
        ChainOutcome::Through | ChainOutcome::Accept => None,
        ChainOutcome::Drop | ChainOutcome::Reject => Some(outcome),
    }
}

/// Sends a packet to a real server if a virtual server has its destination.
fn balance(kernel: &Kernel, rules: &IpvsRules, passing: &mut Traversal) -> ChainOutcome {
    let key = (passing.packet.protocol, passing.packet.destination);
    let Some((place, server)) = rules.server(key).filter(|_| !passing.is_balanced()) else {
        return ChainOutcome::Through;
    };
    passing.examined += 1;
    if let Some(to) = passing.known_destination() {
        passing.balance(key, to);
    } else if server.real_servers.is_empty() {
        passing.note(rules.id(place, None));
        return ChainOutcome::Reject;
    } else {
        let real = schedule(server, passing);
        passing.note(rules.id(place, Some(real as u32)));
        passing.balance(key, server.real_servers[real]);
    }
    if !kernel.is_local(passing.packet.destination.ip()) {
        passing.packet.ttl = passing.packet.ttl.saturating_sub(1);
    }
    ChainOutcome::Through
}

/// The place of the real server that a new connection goes to.
fn schedule(server: &VirtualServer, passing: &mut Traversal) -> usize {
    let list = |real: &SocketAddr| client_list(server.key, *real);
    if let Some(seconds) = server.persistent {
        let lists: Vec<Hash> = server.real_servers.iter().map(list).collect();
        if let Some(place) = passing.kept_by(&lists, seconds) {
            return place;
        }
    }
    let place = passing.turn(server.key, &server.real_servers);
    if server.persistent.is_some() {
        passing.remembered = Some(list(&server.real_servers[place]));
    }
    place
}

/// The name of the list of clients that a virtual server keeps on a real server.
fn client_list((protocol, at): ServerKey, real: SocketAddr) -> Hash {
    Hash::of(&[&at.to_string(), protocol.lower(), &real.to_string()])
}
