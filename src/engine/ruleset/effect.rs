//! What a rule does to a packet that it matches, in every mode of kube-proxy.
//!
//! The trace and the picture decide by this effect; the text of a rule is for people only.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

/// The effect of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Effect {
    /// Continues in another chain and returns from it (`-j`, `jump`).
    Jump,
    /// Continues in another chain and does not return (`goto`).
    Goto,
    /// Chooses by chance: an endpoint's chain, or an endpoint itself.
    Choose {
        /// The probability that this rule sends the packet there, or, of a rule that lists all endpoints, of each.
        probability: f64,
    },
    /// Sends the client to the endpoint that it had before (`sessionAffinity: ClientIP`).
    KeepEndpoint,
    /// Stores that the client has this endpoint.
    RememberClient,
    /// Sets the mark that asks for masquerading.
    MarkForMasquerade,
    /// Clears that mark.
    ClearMark,
    /// Replaces the source by an address of the node.
    Masquerade,
    /// Replaces the destination by an endpoint.
    Dnat {
        /// The endpoint; `None` if the rule chooses one of several.
        to: Option<SocketAddr>,
    },
    /// Lets the packet through the table.
    Accept,
    /// Returns to the calling chain.
    Return,
    /// Answers with an ICMP port unreachable.
    Reject {
        /// Why.
        why: RejectReason,
    },
    /// Drops the packet without an answer.
    Drop {
        /// Why.
        why: DropReason,
    },
    /// Does nothing: the rule is a comment or a counter.
    Nothing,
}

impl Effect {
    /// Whether the packet ends at the rule.
    pub fn is_refusal(self) -> bool {
        match self {
            Effect::Reject { .. } | Effect::Drop { .. } => true,
            Effect::Jump
            | Effect::Goto
            | Effect::Choose { .. }
            | Effect::KeepEndpoint
            | Effect::RememberClient
            | Effect::MarkForMasquerade
            | Effect::ClearMark
            | Effect::Masquerade
            | Effect::Dnat { .. }
            | Effect::Accept
            | Effect::Return
            | Effect::Nothing => false,
        }
    }

    /// Whether it is a step of masquerading.
    pub fn is_masquerading(self) -> bool {
        match self {
            Effect::MarkForMasquerade | Effect::Masquerade => true,
            Effect::Jump
            | Effect::Goto
            | Effect::Choose { .. }
            | Effect::KeepEndpoint
            | Effect::RememberClient
            | Effect::ClearMark
            | Effect::Dnat { .. }
            | Effect::Accept
            | Effect::Return
            | Effect::Reject { .. }
            | Effect::Drop { .. }
            | Effect::Nothing => false,
        }
    }
}

/// Why kube-proxy rejects packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RejectReason {
    /// The Service port has no usable endpoint on any node.
    NoEndpoints,
    /// No Service has that port at the cluster IP (nftables), or at an address of `kube-ipvs0`.
    NoSuchPort,
    /// The Service port has endpoints, but none on this node, and its internal traffic policy is Local (IPVS).
    NoLocalEndpoints,
}

/// Why kube-proxy drops packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DropReason {
    /// The Service port has endpoints, but none on this node, and its traffic policy is Local.
    NoLocalEndpoints,
    /// The source is outside `loadBalancerSourceRanges`.
    SourceNotAllowed,
    /// Connection tracking cannot assign the packet to a connection.
    InvalidState,
    /// The packet comes from a neighbour and is for 127.0.0.0/8 (CVE-2020-8558).
    IncomingLoopback,
    /// The address is in the range of cluster IPs, but no Service has it (nftables).
    UnallocatedClusterIp,
}
