//! The rules of a node as data: tables, chains and rules, what each rule does, and their text.
//!
//! kube-proxy writes these rules, the kernel walks them, and the printers print them: one list, so the types are a
//! vocabulary of their own. A jump holds the index of its chain, so that a walk compares no names. A rule is identified
//! by its [`RuleId`], and its [`Effect`] says what it does; only people read its text. The text has two forms
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
pub mod text;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

pub use chain_kind::ChainKind;
pub use comment::{Comment, Purpose};
pub use effect::{DropReason, Effect, RejectReason};
pub use hook::Hook;
use ipnet::IpNet;
use ipvs::{IpvsRules, SetFields, SetName};
pub use name::{ChainName, ChainRole, Hash, PortMapChain, SandboxId, SharedChain};
pub use printed::{LinePart, PartKind, PrintedLine};
pub use rule_id::{RuleId, RuleTable};
use serde::{Deserialize, Serialize};

use crate::names::{Family, Protocol};

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
    /// Rewrites addresses; asked only about the first packet of a connection.
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

/// Whether a condition must hold or, written with `!`, must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// It must hold.
    Is,
    /// It must not.
    IsNot,
}

/// One condition of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// `-m comment`: always holds.
    Comment(Comment),
    /// `-s`.
    Source(Polarity, AddressMatch),
    /// `-d`.
    Destination(Polarity, AddressMatch),
    /// `-i`.
    InputInterface(Polarity, Interface),
    /// `-m tcp -p tcp`.
    Protocol(Protocol),
    /// `--dport`.
    DestinationPort(u16),
    /// `-p tcp -m multiport --dports`: one of these.
    DestinationPorts(Protocol, Vec<u16>),
    /// `-m addrtype --src-type LOCAL`: the source is an address of this node.
    LocalSource(Polarity),
    /// `-m addrtype --dst-type LOCAL`: the destination is an address of this node.
    LocalDestination,
    /// `-m mark`: these bits of the packet's mark are set.
    Mark(Polarity, u32),
    /// `-m conntrack --ctstate`: one of these.
    State(Polarity, &'static [CtState]),
    /// `-m statistic --mode random`.
    Statistic(OneOf),
    /// `-m recent --rcheck --seconds`: the source is on the list of a `KUBE-SEP-` chain and no older than that.
    RecentCheck {
        /// The hash of the chain, which is also the name of the list.
        list: Hash,
        /// The age limit, in seconds.
        seconds: u32,
    },
    /// `-m recent --set`: puts the source on the list; always holds.
    RecentSet {
        /// The hash of the chain, which is also the name of the list.
        list: Hash,
    },
    /// `-m nfacct`: counts; always holds.
    Account(&'static str),
    /// `-p tcp` without a match of the protocol's own.
    ProtocolAlone(Protocol),
    /// `-m set --match-set`: these fields are in the set.
    InSet(SetName, SetFields),
    /// `-m physdev --physdev-is-in`: the packet came in by a port of a bridge.
    BridgedIn(Polarity),
    /// `-m ipvs --vaddr --vproto --vport`: IPVS sent the packet on for this virtual server.
    VirtualServer(ipvs::ServerKey),
}

/// A condition on the name of a network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interface {
    /// Exactly this one.
    Named(Arc<str>),
    /// `veth+`: every name with this prefix.
    Prefixed(Arc<str>),
}

impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Interface::Named(name) => f.write_str(name),
            Interface::Prefixed(prefix) => write!(f, "{prefix}+"),
        }
    }
}

/// A condition on an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressMatch {
    /// One address, written without a prefix length.
    One(IpAddr),
    /// A range, written with its prefix length.
    Range(IpNet),
}

impl AddressMatch {
    /// Whether an address matches.
    pub fn contains(self, address: IpAddr) -> bool {
        match self {
            AddressMatch::One(one) => one == address,
            AddressMatch::Range(range) => range.contains(&address),
        }
    }
}

impl fmt::Display for AddressMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AddressMatch::One(address) => write!(f, "{address}"),
            AddressMatch::Range(range) => write!(f, "{range}"),
        }
    }
}

/// The state that connection tracking gives a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CtState {
    /// The first packet of a connection.
    New,
    /// A later packet of a connection.
    Established,
    /// An ICMP error about a connection.
    Related,
    /// No connection, and it cannot open one.
    Invalid,
    /// The connection's destination was rewritten.
    Dnat,
}

impl CtState {
    /// The form that `--ctstate` takes.
    pub fn as_str(self) -> &'static str {
        match self {
            CtState::New => "NEW",
            CtState::Established => "ESTABLISHED",
            CtState::Related => "RELATED",
            CtState::Invalid => "INVALID",
            CtState::Dnat => "DNAT",
        }
    }
}

/// The probability 1/n.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneOf(pub u32);

impl OneOf {
    /// The probability, from 0 to 1.
    pub fn probability(self) -> f64 {
        1.0 / f64::from(self.0)
    }

    /// The bound that 31 random bits are compared with: the kernel stores the ten written decimals in 31 bits.
    pub fn threshold(self) -> u32 {
        let written = (self.probability() * 1e10).round() / 1e10;
        (written * f64::from(1u32 << 31)).round() as u32
    }
}

/// The source port of a packet that is masqueraded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourcePort {
    /// Its own.
    Kept,
    /// A random one (`--random-fully`).
    Random,
}

/// The target of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Continues in another chain, and after it here unless that chain decides.
    Jump(ChainId),
    /// Lets the packet through this table.
    Accept,
    /// Drops the packet without an answer.
    Drop(DropReason),
    /// Answers with an ICMP port unreachable.
    Reject(RejectReason),
    /// Returns to the calling chain.
    Return,
    /// Sets bits of the packet's mark.
    OrMark(u32),
    /// Flips bits of the packet's mark.
    XorMark(u32),
    /// Gives the packet this node's address as its source.
    Masquerade(SourcePort),
    /// Gives the packet a new destination.
    Dnat(SocketAddr),
    /// Nothing: the rule only counts.
    Nothing,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_those_the_kernel_keeps() {
        // `iptables-save` prints 0.33333333349 = 715827883 / 2³¹.
        assert_eq!(OneOf(3).threshold(), 715_827_883);
        assert_eq!(OneOf(2).threshold(), 1 << 30);
    }

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
