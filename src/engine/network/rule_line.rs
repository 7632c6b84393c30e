//! A rule that matched: its identity, what it does, and the line that the node's own tool prints.

use serde::Serialize;

use crate::netfilter::Kernel;
use crate::ruleset::{ChainKind, Effect, PartKind, PrintedLine, RuleId};

/// A rule that matched.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleLine {
    /// The rule, in the kernel of the hop's node.
    pub id: RuleId,
    /// The name of its chain.
    pub chain: String,
    /// What the chain is for.
    pub chain_kind: ChainKind,
    /// What the rule does.
    pub effect: Effect,
    /// The rule as `iptables-save` or `nft` prints it.
    pub line: PrintedLine,
    /// The map element that it looked up, in nftables mode.
    pub found: Option<String>,
    /// Whether the rule is specific to this packet.
    pub weight: Weight,
}

/// Whether the hops of a trace have the lines of the rules that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RuleLines {
    /// They have.
    #[default]
    Printed,
    /// They go without: to print the lines takes longer than the walk.
    LeftOut,
}

/// How much a rule says about a packet's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// It led the packet to its endpoint, marked it, rewrote it, or refused it.
    Telling,
    /// Every packet matches it: a jump from a built-in chain, the acceptance of what is forwarded.
    Routine,
}

/// A part of a rule's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePart {
    /// The text.
    pub text: String,
    /// Whether it acted on the packet: a mark, a choice, a rewrite, a refusal.
    pub acts: bool,
}

impl RuleLine {
    /// The rule of an id in a kernel.
    pub fn of(kernel: &Kernel, id: RuleId) -> RuleLine {
        let (chain_kind, effect) = (kernel.chain_kind(id), kernel.effect(id));
        RuleLine {
            id,
            chain: kernel.chain_name(id),
            chain_kind,
            effect,
            line: kernel.line(id),
            found: kernel.element_text(id),
            weight: weight(chain_kind, effect),
        }
    }

    /// The line without its comment, in parts, and below it the element that was looked up.
    pub fn parts(&self) -> Vec<RulePart> {
        let mut parts = Vec::new();
        for part in self.line.parts() {
            let acts = match part.kind {
                PartKind::Comment => continue,
                PartKind::Probability | PartKind::Action => true,
                PartKind::Heading | PartKind::Plain => false,
            };
            let text = part.text.to_owned();
            parts.push(RulePart { text, acts });
        }
        parts.extend(self.found.iter().map(|found| RulePart {
            text: format!("\n   {found}"),
            acts: true,
        }));
        parts
    }
}

fn weight(chain: ChainKind, effect: Effect) -> Weight {
    let is_telling = match chain {
        ChainKind::Hook => false,
        ChainKind::Masquerade => effect.is_masquerading(),
        ChainKind::Filter => effect.is_refusal() || effect == Effect::Goto,
        ChainKind::Services
        | ChainKind::NodePorts
        | ChainKind::ServicePort
        | ChainKind::LocalEndpoints
        | ChainKind::External
        | ChainKind::Firewall
        | ChainKind::Endpoint
        | ChainKind::HostPort => true,
    };
    if is_telling {
        Weight::Telling
    } else {
        Weight::Routine
    }
}
