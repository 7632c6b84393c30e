//! The rules of `nft` as data: one table with sets, maps of verdicts, and chains (nft(8)).
//!
//! Where iptables tries a rule for each Service, nftables looks an address and port up in a map. As with iptables, a
//! jump or lookup holds the number of its chain or map, never its name.

mod name;
pub mod text;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;
pub use name::{Base, NftChainName, NftChainRole};

use super::{ChainId, Hash, Hook, Interface, Polarity};
use crate::engine::names::{Family, Protocol, ServicePortName};

/// The name of kube-proxy's only table.
pub const TABLE: &str = "kube-proxy";

/// The chain that sends packets to Services.
pub const SERVICES: &str = "services";

/// kube-proxy's table of one node and IP family.
#[derive(Clone, Debug, PartialEq)]
pub struct NftTable {
    /// Its family: `ip` or `ip6`.
    pub family: Family,
    /// Its sets and maps; a [`SetId`] is a place in this list.
    pub sets: Vec<NftSet>,
    /// Its chains; a [`ChainId`] is a place in this list.
    pub chains: Vec<NftChain>,
}

/// The place of a set or map in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetId(u32);

impl NftTable {
    /// A table without anything.
    pub fn new(family: Family) -> NftTable {
        NftTable {
            family,
            sets: Vec::new(),
            chains: Vec::new(),
        }
    }

    /// Adds a set or map.
    pub fn add_set(&mut self, set: NftSet) -> SetId {
        self.sets.push(set);
        SetId(u32::try_from(self.sets.len() - 1).expect("a table has fewer than 2³² sets"))
    }

    /// Adds a chain.
    pub fn add_chain(&mut self, chain: NftChain) -> ChainId {
        self.chains.push(chain);
        ChainId(u32::try_from(self.chains.len() - 1).expect("a table has fewer than 2³² chains"))
    }

    /// Appends a rule to a chain.
    pub fn append(&mut self, chain: ChainId, rule: NftRule) {
        self.chains[chain.place()].rules.push(rule);
    }

    /// The chain of an id of this table.
    pub fn chain(&self, id: ChainId) -> &NftChain {
        &self.chains[id.place()]
    }

    /// The chain of a name.
    pub fn find(&self, name: &NftChainName) -> Option<ChainId> {
        self.chains
            .iter()
            .zip(0..)
            .find(|(chain, _)| chain.name == *name)
            .map(|(_, id)| ChainId(id))
    }

    /// The set or map of an id of this table.
    pub fn set(&self, id: SetId) -> &NftSet {
        &self.sets[id.0 as usize]
    }

    /// What a set or map of this table holds, to be written.
    pub fn contents(&mut self, id: SetId) -> &mut Contents {
        &mut self.sets[id.0 as usize].contents
    }

    /// The chains at a hook, in the order of their priorities.
    pub fn at(&self, hook: Hook) -> impl Iterator<Item = (ChainId, Kind)> + '_ {
        let base = |(id, chain): (u32, &NftChain)| {
            chain
                .base
                .as_ref()
                .map(|base| (ChainId(id), base.hook, base.kind))
        };
        (0..)
            .zip(&self.chains)
            .map_while(base)
            .filter(move |(_, at, _)| *at == hook)
            .map(|(id, _, kind)| (id, kind))
    }

    /// The element at a place of a map.
    pub fn element(&self, map: SetId, place: usize) -> Option<&Element> {
        match &self.set(map).contents {
            Contents::ByAddress(elements) => elements.get(place).map(|(_, element)| element),
            Contents::ByPort(elements) => elements.get(place).map(|(_, element)| element),
            Contents::Addresses(_) | Contents::Connections(_) | Contents::Clients { .. } => None,
        }
    }

    /// The Service port an element is about: its comment says it, or the chain it goes to is that port's.
    pub fn service_port_of<'a>(&'a self, element: &'a Element) -> Option<&'a ServicePortName> {
        let chain = match element.verdict {
            ElementVerdict::Goto(chain) => self.chain(chain).service_port.as_deref(),
            ElementVerdict::Drop => None,
        };
        element.comment.as_deref().or(chain)
    }
}

/// A set of keys, or a map from keys to verdicts.
#[derive(Clone, Debug, PartialEq)]
pub struct NftSet {
    /// Its name.
    pub name: NftChainName,
    /// What it is for.
    pub comment: Option<&'static str>,
    /// What it holds.
    pub contents: Contents,
}

/// An address, protocol and port.
pub type AddressKey = (IpAddr, PortKey);

/// A protocol and port.
pub type PortKey = (Protocol, u16);

/// What a set or map holds, in ascending order.
#[derive(Clone, Debug, PartialEq)]
pub enum Contents {
    /// Addresses.
    Addresses(Vec<IpAddr>),
    /// Endpoints of this node, as the source and destination of a connection to itself.
    Connections(Vec<AddressKey>),
    /// Clients an endpoint remembers, and for how many seconds; what it holds is the node's memory, not a rule.
    Clients {
        /// The list's name to that memory.
        list: Hash,
        /// How long.
        seconds: u32,
    },
    /// Verdicts by address, protocol and port.
    ByAddress(Vec<(AddressKey, Element)>),
    /// Verdicts by protocol and port.
    ByPort(Vec<(PortKey, Element)>),
}

/// What a map gives for a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// The Service port it refuses.
    pub comment: Option<Arc<ServicePortName>>,
    /// The verdict.
    pub verdict: ElementVerdict,
}

/// A verdict that kube-proxy puts into maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementVerdict {
    /// Goes on in a chain and does not come back.
    Goto(ChainId),
    /// Makes the packet vanish.
    Drop,
}

/// A chain.
#[derive(Clone, Debug, PartialEq)]
pub struct NftChain {
    /// Its name.
    pub name: NftChainName,
    /// Its hook, when the kernel itself starts it.
    pub base: Option<BaseChain>,
    /// What it is for.
    pub comment: Option<&'static str>,
    /// The Service port it belongs to.
    pub service_port: Option<Arc<ServicePortName>>,
    /// Its rules, first to last.
    pub rules: Vec<NftRule>,
}

impl NftChain {
    /// An empty chain of every node.
    pub fn fixed(name: &'static str) -> NftChain {
        NftChain {
            name: NftChainName::Fixed(name),
            base: None,
            comment: None,
            service_port: None,
            rules: Vec::new(),
        }
    }
}

/// Where the kernel starts a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaseChain {
    /// What it may do.
    pub kind: Kind,
    /// At which hook.
    pub hook: Hook,
    /// Its place among the chains there, as `nft` writes it.
    pub priority: &'static str,
}

/// What a chain may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Let packets through, refuse or drop them.
    Filter,
    /// Rewrite addresses; only a connection's first packet comes here.
    Nat,
}

/// One rule: parts done in order while they hold, then a verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct NftRule {
    /// Conditions and statements, in written order.
    pub parts: Vec<NftStatement>,
    /// What is decided.
    pub verdict: NftVerdict,
    /// What it is for.
    pub comment: Option<&'static str>,
}

impl NftRule {
    /// A rule without a comment.
    pub fn new(parts: impl Into<Vec<NftStatement>>, verdict: NftVerdict) -> NftRule {
        NftRule {
            parts: parts.into(),
            verdict,
            comment: None,
        }
    }

    /// The same rule with a comment.
    pub fn commented(self, comment: &'static str) -> NftRule {
        NftRule {
            comment: Some(comment),
            ..self
        }
    }

    /// The map it looks its verdict up in.
    pub fn map(&self) -> Option<SetId> {
        match self.verdict {
            NftVerdict::ByAddress(map) | NftVerdict::ByPort(map) => Some(map),
            NftVerdict::Continue
            | NftVerdict::Jump(_)
            | NftVerdict::Goto(_)
            | NftVerdict::GotoOneOf(_)
            | NftVerdict::Drop
            | NftVerdict::Reject
            | NftVerdict::Masquerade
            | NftVerdict::Dnat(_)
            | NftVerdict::DnatOneOf(_) => None,
        }
    }
}

/// A condition or statement of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum NftStatement {
    /// `ip daddr @set`.
    DestinationIn(SetId),
    /// `ip daddr`.
    Destination(Polarity, Vec<IpNet>),
    /// `ip saddr`.
    Source(Polarity, Vec<IpNet>),
    /// `ip saddr @affinity-…`: the client is remembered.
    Remembered(SetId),
    /// `update @affinity-… { ip saddr }`: remembers the client; always holds.
    Remember(SetId),
    /// `iifname`.
    InputInterface(Polarity, Interface),
    /// `fib saddr type local`.
    LocalSource,
    /// `fib daddr type local`.
    LocalDestination,
    /// `ct state new`.
    New,
    /// `ct status dnat`: the connection's destination was rewritten.
    Translated,
    /// `meta l4proto`.
    Protocol(Protocol),
    /// `meta mark &`: one of these bits is set.
    Marked(u32),
    /// `meta mark set meta mark |`: always holds.
    OrMark(u32),
    /// `meta mark set meta mark ^`: always holds.
    XorMark(u32),
    /// Source, destination, protocol and port are in a set.
    ConnectionIn(SetId),
}

/// What a rule decides.
#[derive(Clone, Debug, PartialEq)]
pub enum NftVerdict {
    /// Nothing.
    Continue,
    /// Walks another chain and comes back.
    Jump(ChainId),
    /// Goes on in another chain and does not come back.
    Goto(ChainId),
    /// The same, in one of these by lot.
    GotoOneOf(Vec<ChainId>),
    /// Makes the packet vanish.
    Drop,
    /// Refuses it with an ICMP port unreachable.
    Reject,
    /// Gives it this node's address as its source, and a random source port.
    Masquerade,
    /// Gives it a new destination.
    Dnat(SocketAddr),
    /// The same, one of these by lot.
    DnatOneOf(Vec<SocketAddr>),
    /// What a map gives for address, protocol and port; nothing when they are not in it.
    ByAddress(SetId),
    /// What a map gives for protocol and port; nothing when they are not in it.
    ByPort(SetId),
}
