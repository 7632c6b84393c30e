//! The rules of a node as data: tables, chains and rules, what each rule does, and their text.
//!
//! kube-proxy writes these rules, the kernel walks them, and the printers print them: one list, so the types depend on
//! none of the three. A jump holds the index of its chain, so that a walk compares no names. A rule is identified by its
//! [`RuleId`], and its [`Effect`] is what it does; its text is for people only. The text has two forms
//! ([`text`]): what kube-proxy feeds to `iptables-restore` and what `iptables-save` prints on a node
//! (iptables-extensions(8)).

mod chain_kind;
mod comment;
mod effect;
mod hook;
pub mod ipvs;
pub mod listing;
mod name;
pub mod nft;
mod printed;
mod rule_id;
mod rule_match;
mod target;
pub mod text;

pub use chain_kind::ChainKind;
pub use comment::{Comment, Purpose};
pub use effect::{DropReason, Effect, RejectReason};
pub use hook::Hook;
use ipvs::IpvsRules;
pub use name::{ChainName, ChainRole, Hash, PortMapChain, SandboxId, SharedChain};
pub use printed::{LinePart, PartKind, PrintedLine};
pub use rule_id::{RuleId, RuleTable};
pub use rule_match::{AddressMatch, CtState, Interface, Match, OneOf, Polarity};
use serde::{Deserialize, Serialize};
pub use target::{SourcePort, Target};

use crate::names::Family;

/// The rules of one node and IP family, in the form of its proxy mode.
#[derive(Clone, Debug, PartialEq)]
pub enum Rules {
    /// Rules of `iptables` or `ip6tables`.
    Iptables(Ruleset),
    /// Rules of `nft`.
    Nftables(nft::NftTable),
    /// Virtual servers of IPVS, with sets of `ipset` and rules of `iptables` around them.
    Ipvs(IpvsRules),
}

impl Rules {
    /// The family of the addresses that they match.
    pub fn family(&self) -> Family {
        match self {
            Rules::Iptables(ruleset) => ruleset.family,
            Rules::Nftables(table) => table.family,
            Rules::Ipvs(rules) => rules.ruleset.family,
        }
    }

    /// The number of rules, without the elements of maps; a virtual server counts as one.
    pub fn count(&self) -> usize {
        match self {
            Rules::Iptables(ruleset) => ruleset.count(),
            Rules::Ipvs(rules) => rules.ruleset.count() + rules.servers.len(),
            Rules::Nftables(table) => table.chains.iter().map(|chain| chain.rules.len()).sum(),
        }
    }

    /// The rules as the node's own tool prints them.
    pub fn lines(&self) -> Vec<PrintedLine> {
        match self {
            Rules::Iptables(ruleset) => text::saved(ruleset),
            Rules::Ipvs(rules) => ipvs::text::lines(rules),
            Rules::Nftables(table) => nft::text::lines(table),
        }
    }

    /// The same as one text.
    pub fn text(&self) -> String {
        PrintedLine::join(&self.lines())
    }
}

/// The rules of one node and IP family.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruleset {
    /// The family: `iptables` or `ip6tables`.
    pub family: Family,
    /// Rewrites addresses; evaluated only for the first packet of a connection.
    pub nat: Table,
    /// Accepts, rejects or drops packets.
    pub filter: Table,
}

/// A table of `iptables`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableName {
    /// `*nat`.
    Nat,
    /// `*filter`.
    Filter,
}

impl TableName {
    /// The name, as the tools print it.
    pub fn as_str(self) -> &'static str {
        match self {
            TableName::Nat => "nat",
            TableName::Filter => "filter",
        }
    }
}

impl Ruleset {
    /// The number of rules.
    fn count(&self) -> usize {
        let chains = self.nat.chains.iter().chain(&self.filter.chains);
        chains.map(|chain| chain.rules.len()).sum()
    }

    /// The table of a name.
    pub fn table(&self, name: TableName) -> &Table {
        match name {
            TableName::Nat => &self.nat,
            TableName::Filter => &self.filter,
        }
    }
}

/// A list of chains.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Table {
    /// The chains; a [`ChainId`] is an index into this list.
    pub chains: Vec<Chain>,
}

/// The index of a chain in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChainId(u32);

impl ChainId {
    /// The index in [`Table::chains`] or [`nft::NftTable::chains`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Table {
    /// Adds an empty chain.
    pub fn add(&mut self, name: ChainName) -> ChainId {
        self.chains.push(Chain {
            name,
            rules: Vec::new(),
        });
        ChainId(u32::try_from(self.chains.len() - 1).expect("a table has fewer than 2³² chains"))
    }

    /// Appends a rule to a chain.
    pub fn append(&mut self, chain: ChainId, rule: Rule) {
        self.chains[chain.index()].rules.push(rule);
    }

    /// Inserts a rule at the top of a chain.
    pub fn prepend(&mut self, chain: ChainId, rule: Rule) {
        self.chains[chain.index()].rules.insert(0, rule);
    }

    /// The chain of an id of this table.
    pub fn chain(&self, id: ChainId) -> &Chain {
        &self.chains[id.index()]
    }

    /// Every chain with its id.
    pub fn ids(&self) -> impl Iterator<Item = (ChainId, &Chain)> {
        (0..).map(ChainId).zip(&self.chains)
    }

    /// The chain of a name.
    pub fn find(&self, name: ChainName) -> Option<ChainId> {
        self.ids()
            .find(|(_, chain)| chain.name == name)
            .map(|(id, _)| id)
    }
}

/// A list of rules, evaluated in order until one decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The name.
    pub name: ChainName,
    /// The rules in order.
    pub rules: Vec<Rule>,
}

/// The chains that set the mark for masquerading.
const MARKING_CHAINS: [ChainName; 2] = [
    ChainName::Shared(SharedChain::MarkMasq),
    ChainName::PortMap(PortMapChain::SetMark),
];

/// One rule: if all matches hold, the target is executed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The matches in written order, including the comment (`xt_comment` is a match that always holds).
    pub matches: Vec<Match>,
    /// The target.
    pub target: Target,
}

impl Rule {
    /// A rule.
    pub fn new(matches: impl Into<Vec<Match>>, target: Target) -> Rule {
        Rule {
            matches: matches.into(),
            target,
        }
    }

    /// The comment, if it has one.
    pub fn comment(&self) -> Option<&Comment> {
        self.matches.iter().find_map(|part| match part {
            Match::Comment(comment) => Some(comment),
            _ => None,
        })
    }

    /// What the rule does to a packet that it matches; `table` holds the chain that it jumps to.
    pub fn effect(&self, table: &Table) -> Effect {
        match &self.target {
            Target::Jump(to) if MARKING_CHAINS.contains(&table.chain(*to).name) => {
                Effect::MarkForMasquerade
            }
            Target::Jump(_) => self.jump_effect(),
            Target::Accept => Effect::Accept,
            Target::Drop(why) => Effect::Drop { why: *why },
            Target::Reject(why) => Effect::Reject { why: *why },
            Target::Return => Effect::Return,
            Target::OrMark(_) => Effect::MarkForMasquerade,
            Target::XorMark(_) => Effect::ClearMark,
            Target::Masquerade(_) => Effect::Masquerade,
            Target::Dnat(to) => Effect::Dnat { to: Some(*to) },
            Target::Nothing => Effect::Nothing,
        }
    }

    /// A jump to an endpoint's chain is a choice, or keeps an earlier one.
    fn jump_effect(&self) -> Effect {
        for part in &self.matches {
            if let Match::Statistic(share) = part {
                return Effect::Choose {
                    probability: share.probability(),
                };
            }
            if let Match::RecentCheck { .. } = part {
                return Effect::KeepEndpoint;
            }
        }
        Effect::Jump
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_found_by_its_name() {
        let mut table = Table::default();
        table.add(Hook::Input.chain());
        let services = table.add(ChainName::Shared(SharedChain::Services));
        assert_eq!(
            table.find(ChainName::Shared(SharedChain::Services)),
            Some(services)
        );
        assert_eq!(table.find(Hook::Output.chain()), None);
    }
}
