//! A trace: one request from the lookup of its name to its reply, as hops with the rules that decided, and one verdict.
//!
//! The trace decides nothing about Services. `path` sends a packet from device to device of the network
//! ([`crate::network`]), and a node's kernel walks the rules that kube-proxy wrote. Every hop has the packet before
//! and after; within a direction of a connection a hop begins with the packet that the last one ended with.

mod conditions;
mod connect;
mod connections;
mod conntrack_cleanup;
pub(crate) mod corefile;
mod lookup;
mod outcomes;
mod path;
mod statistics;

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Serialize;

use crate::names::{Family, ObjectName};
use crate::network::step::Visit;
use crate::ruleset::{ChainKind, RuleId};

pub use crate::netfilter::{Packet, Segment};
pub use crate::network::{
    CLIENT, CONTROLLER, Choice, ControllerMatter, Device, Failure, GatewayReason, GrpcStatus, Host,
    HttpHeader, IngressFault, LISTENS, Listening, Masquerade, Network, Origin, Reason, Request,
    RequestError, RuleLine, RuleLines, RulePart, Scheme, Target, Unless, Verdict, Weight, parts_of,
    serves, usual_installation,
};
pub use connect::trace;
pub use connections::Connections;
pub use lookup::Lookup;
pub use outcomes::{PossibleOutcome, outcomes};
pub use statistics::{Share, Statistics};

/// What became of one request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    /// The request.
    pub request: Request,
    /// The Service that was called, if the address is one's.
    pub service: Option<ObjectName>,
    /// How the name was looked up, if a name was called.
    pub lookup: Option<Lookup>,
    /// The hops, in order.
    pub hops: Vec<Hop>,
    /// How it ended.
    pub verdict: Verdict,
}

/// One device on the path, with the packet as it came and as it left.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hop {
    /// The device.
    pub device: Device,
    /// Which way the packet goes.
    pub direction: Direction,
    /// Which connection of the trace it belongs to, from 0: each question to a name server, the request itself, and what
    /// a proxy opens on the way are connections of their own.
    pub connection: usize,
    /// Whether the device is the client.
    pub at_client: bool,
    /// The packet as it came.
    pub before: Packet,
    /// The packet as it left.
    pub after: Packet,
    /// Every rule that matched, in order.
    pub rules: Vec<RuleLine>,
    /// How many rules the kernel evaluated.
    pub examined: usize,
    /// Every endpoint that the rules could have chosen.
    pub choices: Vec<Choice>,
    /// The Service that the hop is about.
    pub service: Option<ObjectName>,
    /// Why the packet left as it did.
    pub reason: Reason,
}

/// Which way a packet goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// To a name server, before there is an address to call.
    Lookup,
    /// Towards the callee.
    Request,
    /// Back to the caller.
    Reply,
}

impl Hop {
    /// The hop of a visit whose device is known.
    fn of(visit: Visit, direction: Direction, connection: usize) -> Hop {
        let source = visit.before.source.ip();
        Hop {
            device: visit.device.unwrap_or(Device::Outside(source)),
            direction,
            connection,
            at_client: false,
            before: visit.before,
            after: visit.after,
            rules: visit.rules,
            examined: visit.examined,
            choices: visit.choices,
            service: None,
            reason: visit.reason,
        }
    }

    /// Whether its addresses were rewritten.
    pub fn is_rewrite(&self) -> bool {
        (self.before.source, self.before.destination) != (self.after.source, self.after.destination)
    }

    /// Whether an L7 proxy chose between backends here.
    fn is_of_backends(&self) -> bool {
        let chooses = matches!(
            self.reason,
            Reason::RoutesHttp { .. }
                | Reason::AnswersHttp { .. }
                | Reason::Gateway(
                    GatewayReason::RoutesForGateway { .. } | GatewayReason::GatewayCloses { .. }
                )
        );
        !self.choices.is_empty() && chooses
    }

    /// What was done to the header, in netfilter's words.
    pub fn change(&self) -> &'static str {
        let keeps_source = self.before.source == self.after.source;
        match (self.direction, &self.reason) {
            (_, Reason::Rejects { .. }) => "REJECT",
            (_, Reason::PolicyDrops { rejects: true, .. }) => "REJECT",
            (_, Reason::Drops { .. } | Reason::PolicyDrops { .. }) => "DROP",
            (
                Direction::Request | Direction::Lookup,
                Reason::Dnat {
                    masquerade: Masquerade::No,
                    ..
                }
                | Reason::HostPort {
                    masquerade: Masquerade::No,
                    ..
                },
            ) => "DNAT",
            (
                Direction::Request | Direction::Lookup,
                Reason::Dnat { .. } | Reason::HostPort { .. },
            ) => "DNAT + SNAT",
            (_, Reason::ConntrackHit { .. }) | (Direction::Reply, _) => "conntrack",
            (Direction::Request | Direction::Lookup, _) if keeps_source => "–",
            (Direction::Request | Direction::Lookup, _) => "SNAT",
        }
    }

    /// The chains that led to the decision, in order, each once; masquerading is left out.
    pub fn chains(&self) -> Vec<PassedChain<'_>> {
        let mut chains: Vec<PassedChain<'_>> = Vec::new();
        for rule in &self.rules {
            let is_listed = chains.iter().any(|chain| chain.name == rule.chain);
            let leads = rule.chain_kind != ChainKind::Masquerade;
            if rule.weight == Weight::Telling && leads && !is_listed {
                chains.push(PassedChain {
                    name: &rule.chain,
                    kind: rule.chain_kind,
                });
            }
        }
        chains
    }
}

/// A chain in which a rule matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassedChain<'a> {
    /// The name.
    pub name: &'a str,
    /// What it is for.
    pub kind: ChainKind,
}

impl Trace {
    /// Whether the client did not get what it asked for.
    pub fn is_failure(&self) -> bool {
        self.verdict.is_failure()
    }

    /// The endpoints that could have been chosen last: by rules, or by the client among the addresses of a name.
    pub fn choices(&self) -> impl Iterator<Item = &Choice> {
        let chooses = |hop: &&Hop| {
            let resolves = matches!(hop.reason, Reason::Resolves { .. });
            let is_request = hop.direction == Direction::Request && !hop.is_of_backends();
            !hop.choices.is_empty() && (is_request || resolves)
        };
        self.hops
            .iter()
            .rev()
            .find(chooses)
            .into_iter()
            .flat_map(|hop| &hop.choices)
    }

    /// The backends between which an L7 proxy drew lots; empty if it did not.
    pub fn backend_choices(&self) -> &[Choice] {
        let mut hops = self.hops.iter();
        let hop = hops.find(|hop| hop.is_of_backends());
        hop.map_or(&[], |hop| &hop.choices)
    }

    /// The probability of the backend that an L7 proxy chose.
    fn backend_probability(&self) -> f64 {
        let mut backends = self.backend_choices().iter();
        let chosen = backends.find(|backend| backend.chosen);
        chosen.map_or(1.0, |backend| backend.probability)
    }

    /// The endpoint of an open connection, on which more was sent, as text; `None` if this one was opened.
    fn kept_endpoint(&self) -> Option<String> {
        let mut hops = self.hops.iter();
        hops.find_map(|hop| match hop.reason {
            Reason::ConntrackHit { endpoint, .. } => Some(endpoint.to_string()),
            _ => None,
        })
    }

    /// The pod that answered, or that the packet reached.
    pub fn answered_by(&self) -> Option<&ObjectName> {
        let arrived = self
            .hops
            .iter()
            .rev()
            .find(|hop| hop.direction == Direction::Request)?;
        arrived.device.pod().filter(|_| !arrived.at_client)
    }

    /// The pod that accepted the client's own connection: the first L7 proxy on the way, or the pod that answered.
    pub fn accepted_by(&self) -> Option<&ObjectName> {
        let takes = |hop: &&Hop| {
            matches!(
                hop.reason,
                Reason::TakesHttp { .. } | Reason::Gateway(GatewayReason::TakesForGateway { .. })
            )
        };
        let proxy = self.hops.iter().find(takes);
        proxy
            .and_then(|hop| hop.device.pod())
            .or_else(|| self.answered_by())
    }

    /// The address that was called.
    pub fn called(&self) -> Option<IpAddr> {
        self.hops
            .iter()
            .find(|hop| hop.direction == Direction::Request)
            .map(|hop| hop.before.destination.ip())
    }

    /// The port by which the request came into a node from outside it.
    pub fn entry_port(&self, node: &str) -> Option<u16> {
        let entry = self
            .hops
            .iter()
            .find(|hop| matches!(hop.reason, Reason::Arrives { .. }))?;
        (entry.device.node() == Some(node)).then_some(entry.before.destination.port())
    }

    /// The node whose rules a hop, or the last one before it, was decided by.
    pub fn rules_node(&self, hop: usize) -> Option<&str> {
        let so_far = self
            .hops
            .iter()
            .take(hop + 1)
            .rev()
            .find_map(|hop| hop.device.rules_node());
        so_far.or_else(|| self.hops.iter().find_map(|hop| hop.device.rules_node()))
    }

    /// Every rule of a node that matched, with the first hop of it; of a rule that looked up a map element, both the rule
    /// and the element.
    pub fn matched_on(&self, node: &str) -> BTreeMap<RuleId, usize> {
        let mut matched = BTreeMap::new();
        for (index, hop) in self.hops.iter().enumerate() {
            if hop.device.node() == Some(node) {
                for line in &hop.rules {
                    for id in [line.id, line.id.without_element()] {
                        matched.entry(id).or_insert(index);
                    }
                }
            }
        }
        matched
    }

    /// The family of the address that was called.
    pub fn family(&self) -> Family {
        self.called().map_or(Family::V4, Family::of)
    }
}
