//! Which lines of a node's firewall there are: tables, chains and rules as data, and their text.
//!
//! kube-proxy writes these rules and the kernel walks them; both mean the same list, so the list is a vocabulary of its
//! own. A jump holds the number of its chain, never its name: a walk looks up no text. The text has two forms
//! ([`text`]): what kube-proxy feeds to `iptables-restore` and what `iptables-save` prints on a node
//! (iptables-extensions(8)).

mod comment;
mod hook;
mod name;
pub mod nft;
pub mod text;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

pub use comment::{Comment, Purpose};
pub use hook::Hook;
use ipnet::IpNet;
pub use name::{ChainName, ChainRole, Hash};

use crate::engine::names::{Family, Protocol};

/// The rules of one node and IP family, of whichever tool.
#[derive(Clone, Debug, PartialEq)]
pub enum Rules {
    /// Of `iptables` or `ip6tables`.
    Iptables(Ruleset),
    /// Of `nft`.
    Nftables(nft::NftTable),
}

impl Rules {
    /// The family they are for.
    pub fn family(&self) -> Family {
        match self {
            Rules::Iptables(ruleset) => ruleset.family,
            Rules::Nftables(table) => table.family,
        }
    }
}

/// The rules of one node and IP family.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruleset {
    /// The family: `iptables` or `ip6tables`.
    pub family: Family,
    /// Where addresses are rewritten; only a connection's first packet comes here.
    pub nat: Table,
    /// Where packets are let through, refused or dropped.
    pub filter: Table,
}

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableName {
    /// `*nat`.
    Nat,
    /// `*filter`.
    Filter,
}

impl TableName {
    /// As the tools write it.
    pub fn as_str(self) -> &'static str {
        match self {
            TableName::Nat => "nat",
            TableName::Filter => "filter",
        }
    }
}

impl Ruleset {
    /// One of its tables.
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
    /// The chains; a [`ChainId`] is a place in this list.
    pub chains: Vec<Chain>,
}

/// The place of a chain in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainId(u32);

impl ChainId {
    /// Its place in [`NftTable::chains`].
    pub fn place(self) -> usize {
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
        self.chains[chain.place()].rules.push(rule);
    }

    /// The chain of an id of this table.
    pub fn chain(&self, id: ChainId) -> &Chain {
        &self.chains[id.place()]
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

/// Rules, tried in order until one decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// Its name.
    pub name: ChainName,
    /// Its rules, first to last.
    pub rules: Vec<Rule>,
}

/// One rule: when all of its matches hold, its target is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// In written order, the comment among them (`xt_comment` is a match that always holds).
    pub matches: Vec<Match>,
    /// What is done.
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

    /// Its comment, when it has one.
    pub fn comment(&self) -> Option<&Comment> {
        self.matches.iter().find_map(|part| match part {
            Match::Comment(comment) => Some(comment),
            Match::Source(..)
            | Match::Destination(..)
            | Match::InputInterface(..)
            | Match::Protocol(_)
            | Match::DestinationPort(_)
            | Match::LocalSource
            | Match::LocalDestination
            | Match::Mark(..)
            | Match::State(..)
            | Match::Statistic(_)
            | Match::RecentCheck { .. }
            | Match::RecentSet { .. }
            | Match::Account(_) => None,
        })
    }
}

/// Whether a match must hold or, written with `!`, must not.
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
    /// `-m addrtype --src-type LOCAL`: the source is an address of this node.
    LocalSource,
    /// `-m addrtype --dst-type LOCAL`: the destination is an address of this node.
    LocalDestination,
    /// `-m mark`: these bits of the packet's mark are set.
    Mark(Polarity, u32),
    /// `-m conntrack --ctstate`: one of these.
    State(Polarity, &'static [CtState]),
    /// `-m statistic --mode random`.
    Statistic(OneOf),
    /// `-m recent --rcheck --seconds`: the source was put on the list of a SEP chain no longer ago.
    RecentCheck {
        /// The SEP chain, whose name the list bears.
        list: Hash,
        /// How long a source is remembered.
        seconds: u32,
    },
    /// `-m recent --set`: puts the source on the list; always holds.
    RecentSet {
        /// The SEP chain, whose name the list bears.
        list: Hash,
    },
    /// `-m nfacct`: counts; always holds.
    Account(&'static str),
}

/// A network interface, or all whose names begin so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interface {
    /// Exactly this one.
    Named(Arc<str>),
    /// `veth+`: every name that begins so.
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

/// One address, or a range of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressMatch {
    /// Written without a length.
    One(IpAddr),
    /// Written with its length.
    Range(IpNet),
}

impl AddressMatch {
    /// Whether an address is among them.
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

/// What connection tracking knows of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CtState {
    /// The first packet of a connection.
    New,
    /// A later packet of a connection.
    Established,
    /// An ICMP error about a connection.
    Related,
    /// Belongs to nothing.
    Invalid,
    /// The connection's destination was rewritten.
    Dnat,
}

impl CtState {
    /// As `--ctstate` takes it.
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

/// A chance of one in so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneOf(pub u32);

impl OneOf {
    /// How likely it is.
    pub fn probability(self) -> f64 {
        1.0 / f64::from(self.0)
    }

    /// What 31 random bits must be below: the kernel keeps the ten written decimals in 31 bits.
    pub fn threshold(self) -> u32 {
        let written = (self.probability() * 1e10).round() / 1e10;
        (written * f64::from(1u32 << 31)).round() as u32
    }
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Walks another chain and comes back unless that decides.
    Jump(ChainId),
    /// Lets the packet through this table.
    Accept,
    /// Makes the packet vanish.
    Drop,
    /// Refuses the packet with an ICMP port unreachable.
    Reject,
    /// Goes back to the calling chain.
    Return,
    /// Sets bits of the packet's mark.
    OrMark(u32),
    /// Flips bits of the packet's mark.
    XorMark(u32),
    /// Gives the packet this node's address as its source, and a random source port.
    Masquerade,
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
        table.add(ChainName::Fixed("INPUT"));
        let services = table.add(ChainName::Fixed("KUBE-SERVICES"));
        assert_eq!(
            table.find(ChainName::Fixed("KUBE-SERVICES")),
            Some(services)
        );
        assert_eq!(table.find(ChainName::Fixed("OUTPUT")), None);
    }
}
