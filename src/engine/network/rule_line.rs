//! A rule that matched: its identity, what it does, and the line that the node's own tool prints.

use serde::Serialize;

use crate::netfilter::Kernel;
use crate::ruleset::{ChainKind, Effect, LinePart, PartKind, PrintedLine, RuleId, RuleTable};

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
    /// The rules above it in its chain for which the kernel drew another outcome; of many the nearest ones.
    #[serde(skip)]
    pub passed_over: Vec<PrintedLine>,
}

/// The most rules that were passed over that a line keeps: a chain has one for each endpoint.
const PASSED_OVER: u32 = 6;

/// Whether the hops of a trace have the lines of the rules that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RuleLines {
    /// They have.
    #[default]
    Printed,
    /// They go without: to print the lines takes longer than the walk.
    LeftOut,
}

/// How relevant a rule is to a packet's path.
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
            passed_over: passed_over(kernel, chain_kind, id),
        }
    }

    /// The line without its comment, in parts, and below it the element that was looked up.
    pub fn parts(&self) -> Vec<RulePart> {
        let mut parts = parts_of(&self.line);
        parts.extend(self.found.iter().map(|found| RulePart {
            text: format!("\n   {found}"),
            acts: true,
        }));
        parts
    }
}

/// A line without its comment, in parts.
pub fn parts_of(line: &PrintedLine) -> Vec<RulePart> {
    let part = |part: LinePart<'_>| {
        let acts = match part.kind {
            PartKind::Comment => return None,
            PartKind::Probability | PartKind::Action => true,
            PartKind::Heading | PartKind::Plain => false,
        };
        let text = part.text.to_owned();
        Some(RulePart { text, acts })
    };
    line.parts().filter_map(part).collect()
}

/// In the chain of a Service's endpoints in iptables, each rule is tried with its probability, from the first one on: above
/// one that matched are those that were not drawn.
fn passed_over(kernel: &Kernel, chain: ChainKind, id: RuleId) -> Vec<PrintedLine> {
    let has_choices = matches!(chain, ChainKind::ServicePort | ChainKind::LocalEndpoints);
    if !has_choices || id.table != RuleTable::Nat {
        return Vec::new();
    }
    let above = id.rule.saturating_sub(PASSED_OVER)..id.rule;
    let above = above.map(|rule| RuleId { rule, ..id });
    let is_choice = |id: &RuleId| matches!(kernel.effect(*id), Effect::Choose { .. });
    above.filter(is_choice).map(|id| kernel.line(id)).collect()
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
