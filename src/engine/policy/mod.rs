//! What NetworkPolicies decide about one packet: [`Policies::decide`].
//!
//! A pod is isolated in a direction if a policy of its namespace selects it and lists the direction in `policyTypes`.
//! An isolated pod may open (egress) or accept (ingress) what any rule of those policies allows; no rule denies, and
//! order has no meaning. A connection between two pods needs both halves: egress of its source, ingress of its
//! destination. Sources: the comments of `networking/v1` `types.go` (Kubernetes 1.36) and kubernetes/website
//! `concepts/services-networking/network-policies`.
//!
//! The decision is pure: it uses neither packets nor devices. Where on the path it is made, and with which addresses,
//! is `engine/network/policy_gate.rs`. Some cases Kubernetes leaves to the network plugin; a decision says which one
//! ([`Undefined`]) and [`Decision::ruling`] says what the plugin of the cluster does
//! ([`NetworkPlugin`](crate::cluster::config::NetworkPlugin)).

mod compiled;
mod decision;
mod index;
mod matching;
mod nearest;
mod plugin;

pub use decision::{Allowance, Decision, Ruling, Undefined};
pub use index::Policies;
pub use nearest::{FieldMatch, Miss};

use std::net::IpAddr;

use crate::cluster::object::Pod;
use crate::names::Protocol;

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer<'a> {
    /// Its address, as the packet has it.
    pub address: IpAddr,
    /// What has the address.
    pub owner: Owner<'a>,
}

/// What has an address.
#[derive(Clone, Copy, Debug)]
pub enum Owner<'a> {
    /// A pod with its own network namespace.
    Pod(&'a Pod),
    /// A pod on the network of its node, which has the address, too.
    HostNetworkPod(&'a Pod),
    /// A pod that has ended, and whose address no other pod has.
    EndedPod(&'a Pod),
    /// A node, by its name.
    Node(&'a str),
    /// Something outside the cluster.
    Outside,
}

/// The port of the destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port {
    /// The transport protocol.
    pub protocol: Protocol,
    /// The number.
    pub number: u16,
}
