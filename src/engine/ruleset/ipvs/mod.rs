//! What kube-proxy has on a node in IPVS mode: virtual servers, the addresses that make the node take their packets, sets
//! of addresses and ports, and the rules of `iptables` that look into these sets.

mod set;
pub mod text;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

pub use set::{IpSet, SetEntry, SetFields, SetName, SetRole};

use super::{ChainId, Effect, RejectReason, RuleId, RuleTable, Ruleset};
use crate::names::{Protocol, ServicePortName};

/// The dummy interface that has the addresses of all Services.
pub const DUMMY: &str = "kube-ipvs0";

/// Everything of one node and IP family.
#[derive(Clone, Debug, PartialEq)]
pub struct IpvsRules {
    /// The rules of `iptables`.
    pub ruleset: Ruleset,
    /// The sets that they look into, one for each role, in kube-proxy's order.
    pub sets: Vec<IpSet>,
    /// The virtual servers, by protocol, address and port.
    pub servers: Vec<VirtualServer>,
    /// The addresses of [`DUMMY`], sorted.
    pub bound: Vec<IpAddr>,
}

/// What a virtual server is found by.
pub type ServerKey = (Protocol, SocketAddr);

/// A virtual server: the kernel sends connections to its address on to its real servers, in turn (scheduler `rr`).
#[derive(Clone, Debug, PartialEq)]
pub struct VirtualServer {
    /// The Service port that it belongs to.
    pub name: Arc<ServicePortName>,
    /// Its protocol, address and port.
    pub key: ServerKey,
    /// For how many seconds a client keeps its real server.
    pub persistent: Option<u32>,
    /// Its real servers, sorted.
    pub real_servers: Vec<SocketAddr>,
    /// Why it has none, if it has none.
    pub why_empty: RejectReason,
}

impl IpvsRules {
    /// The virtual server of an address and port, with its position.
    pub fn server(&self, key: ServerKey) -> Option<(u32, &VirtualServer)> {
        let place = self
            .servers
            .binary_search_by_key(&key, |server| server.key)
            .ok()?;
        Some((place as u32, &self.servers[place]))
    }

    /// The set of a role.
    pub fn set(&self, role: SetRole) -> &IpSet {
        &self.sets[role as usize]
    }

    /// The id of a virtual server, or of one of its real servers.
    pub fn id(&self, server: u32, real_server: Option<u32>) -> RuleId {
        RuleId {
            family: self.ruleset.family,
            table: RuleTable::Ipvs,
            chain: ChainId(0),
            rule: server,
            element: real_server,
        }
    }
}

impl VirtualServer {
    /// What it does to a packet that is sent to a real server, or to none.
    pub fn effect(&self, real_server: Option<u32>) -> Effect {
        let to = real_server.and_then(|place| self.real_servers.get(place as usize));
        match to {
            Some(to) => Effect::Dnat { to: Some(*to) },
            None => Effect::Reject {
                why: self.why_empty,
            },
        }
    }
}
