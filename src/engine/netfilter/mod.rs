//! The kernel: a packet walks the rules of a node; connection tracking undoes for the reply what they did.
//!
//! A [`Kernel`] is one node and IP family: its rules and its own addresses. [`walk()`] sends one packet through the hooks
//! in the kernel's order, [`explain()`] follows every branch of chance at once. The rules are the very list kube-proxy
//! wrote ([`crate::ruleset`]); an index over it leaves out only rules that cannot match, and still counts them
//! as examined, since a real kernel would.
//!
//! Source: netfilter's hook diagram (`Documentation/networking/nf_conntrack-sysctl.rst` and
//! <https://wiki.nftables.org/wiki-nftables/index.php/Netfilter_hooks>), `net/ipv4/netfilter/ip_tables.c`.

mod affinity;
mod chain;
mod choice;
mod conntrack;
mod enumerate;
mod index;
mod ipvs;
mod kernel;
mod nft;
mod packet;
mod traversal;
mod walk;

pub use affinity::Affinity;
pub use conntrack::{ConnDirection, Connection, Tuple};
pub use enumerate::{Branch, explain};
pub use ipvs::Scheduled;
pub use kernel::{Kernel, pod_interface};
pub use packet::{DEFAULT_TTL, Packet, Segment};
pub use walk::{
    AffinityUpdate, Arrival, Disposition, PacketIn, RulesVerdict, Tracking, Walk, walk,
};

pub use crate::ruleset::Hook;

/// The interface by which everything from outside the node arrives.
pub const UPLINK: &str = "eth0";
