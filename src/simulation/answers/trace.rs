//! One connection, hop by hop, and why it failed.

use serde::Serialize;

use super::{FixAnswer, LookupAnswer, PositionAnswer, Statement};

/// One connection, hop by hop.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TraceAnswer {
    /// The version of all answers.
    pub version: u32,
    /// Who opened the connection: `pod/web`, `node/node-1`, `client`, an IP address.
    pub from: String,
    /// What was called: `http://web:80/`.
    pub to: String,
    /// The Service behind the called address, if it is one's.
    pub service: Option<String>,
    /// How the name was resolved, if a name was called.
    pub lookup: Option<LookupAnswer>,
    /// The packet's path, in order.
    pub hops: Vec<HopAnswer>,
    /// How the connection ended. The ids are `verdict-…`.
    pub verdict: Statement,
    /// Why it failed, most specific first; empty if nothing more than the verdict is known.
    pub causes: Vec<CauseAnswer>,
    /// Whether it failed: anything but an answer.
    pub failed: bool,
    /// Whether it was answered on a condition: an object that is not simulated decides, and the verdict names it.
    pub conditional: bool,
    /// The pod that answered or that the packet reached last.
    pub answered_by: Option<String>,
    /// Whether the causes say what the verdict's detail says, and more: where people read both, the detail is left out.
    #[serde(skip)]
    pub told_by_causes: bool,
}

/// Why a connection failed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CauseAnswer {
    /// What is wrong. The ids are `problem-…`, as in the list of problems.
    pub statement: Statement,
    /// How certain it is.
    pub certainty: CertaintyAnswer,
    /// The fields that show it, the one to change first.
    pub evidence: Vec<EvidenceAnswer>,
    /// An edit of the text that mends it.
    pub fix: Option<FixAnswer>,
    /// A command that mends it or shows more.
    pub command: Option<String>,
    /// The request to send next: to what should be called instead, where the called address is at fault (it is
    /// answered), or what the pod that answered calls in its turn.
    pub call: Option<CallAnswer>,
    /// The page of the Kubernetes documentation that explains it.
    pub docs: Option<String>,
}

/// How certain a cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum CertaintyAnswer {
    /// The cluster's objects prove it.
    Certain,
    /// It explains what happens, and something outside the text could, too.
    Likely,
    /// It cannot be known from the text.
    Possible,
}

/// A request that a cause leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CallAnswer {
    /// Who calls: `pod/web-0`.
    pub from: String,
    /// What is called: `http://db.data`.
    pub to: String,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EvidenceAnswer {
    /// Kind and name, `Service default/web`.
    pub object: String,
    /// The field's path, `spec.ports[0].targetPort`.
    pub field: String,
    /// The file that it is written in, if the text was joined from several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where it is written; `null` for an object that the text does not contain.
    pub start: Option<PositionAnswer>,
}

/// One device on the packet's path.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HopAnswer {
    /// The device: `pod default/web`, `interface default/web`, `node node-1`, `kube-proxy node-1`,
    /// `load-balancer default/web`, `outside 203.0.113.7`.
    pub device: String,
    /// Which way the packet goes.
    pub direction: DirectionAnswer,
    /// Which connection it belongs to, from 0: each question to a name server, the request, and what a proxy opens on
    /// the way are connections of their own.
    pub connection: usize,
    /// The packet as it came to the device.
    pub before: PacketAnswer,
    /// The packet as it left. Within a direction of a connection it equals `before` of the next hop.
    pub after: PacketAnswer,
    /// The rules that matched, in order.
    pub rules: Vec<RuleAnswer>,
    /// How many rules the kernel evaluated.
    pub rules_examined: usize,
    /// Every endpoint that the rules or the client could choose here.
    pub choices: Vec<ChoiceAnswer>,
    /// The Service this hop is about.
    pub service: Option<String>,
    /// Why the packet left as it did. The ids are `reason-…`.
    pub reason: Statement,
}

/// Which way a packet goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum DirectionAnswer {
    /// To a name server, before there is an address to call.
    Lookup,
    /// Towards the callee.
    Request,
    /// Back to the caller.
    Reply,
}

/// The header of a packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PacketAnswer {
    /// `TCP`, `UDP` or `SCTP`; of an ICMP error, that of the packet it reports.
    pub protocol: String,
    /// `ip:port`.
    pub source: String,
    /// `ip:port`.
    pub destination: String,
    /// Routers it may still pass.
    pub ttl: u8,
    /// The header on one line, as tcpdump writes it.
    pub summary: String,
}

/// A rule that matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleAnswer {
    /// `nat`, `filter`, `kube-proxy`.
    pub table: String,
    /// The chain, as the node's tool names it.
    pub chain: String,
    /// The rule, as `iptables-save` or `nft list` prints it.
    pub text: String,
    /// The map element it found, in nftables mode.
    pub element: Option<String>,
    /// Whether every packet passes it: it says nothing about this one.
    pub routine: bool,
}

/// An endpoint that could be chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChoiceAnswer {
    /// `ip:port`.
    pub endpoint: String,
    /// How likely it is, from 0 to 1.
    pub probability: f64,
    /// Whether it was chosen.
    pub chosen: bool,
    /// The pod with this address.
    pub pod: Option<String>,
}
