//! The rules of `nft` as data: one table with sets, verdict maps, and chains (nft(8)).
//!
//! Where iptables evaluates a rule for each Service, nftables looks an address and port up in a map. As with iptables, a
//! jump or lookup holds the index of its chain or map, not its name.

mod duration;
mod name;
mod ranges;
pub mod text;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;
pub use name::{Base, NftChainName, NftChainRole};

use super::{
    ChainId, ChainKind, DropReason, Effect, Hash, Hook, Interface, Polarity, RejectReason,
};
use crate::names::{Family, Protocol, ServicePortName};

/// The name of kube-proxy's only table.
pub const TABLE: &str = "kube-proxy";

/// The chain that sends packets to Services.
pub const SERVICES: &str = "services";

/// kube-proxy's table of one node and IP family.
#[derive(Clone, Debug, PartialEq)]
pub struct NftTable {
    /// Its family: `ip` or `ip6`.
    pub family: Family,
    /// Its sets and maps; a [`SetId`] is an index into this list.
    pub sets: Vec<NftSet>,
    /// Its chains; a [`ChainId`] is an index into this list.
    pub chains: Vec<NftChain>,
}

/// The index of a set or map in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetId(u32);

impl NftTable {
    /// An empty table.
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
        self.chains[chain.index()].rules.push(rule);
    }

    /// The chain of an id of this table.
    pub fn chain(&self, id: ChainId) -> &NftChain {
        &self.chains[id.index()]
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

    /// The contents of a set or map, to be filled.
    pub fn contents(&mut self, id: SetId) -> &mut Contents {
        &mut self.sets[id.0 as usize].contents
    }

    /// The chains at a hook, in the order of their priorities.
    pub fn at(&self, hook: Hook) -> impl Iterator<Item = (ChainId, BaseChainType)> + '_ {
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

    /// The element at an index of a map; `None` for a set.
    pub fn element(&self, map: SetId, index: usize) -> Option<&Element> {
        match &self.set(map).contents {
            Contents::ByAddress(elements) => elements.get(index).map(|(_, element)| element),
            Contents::ByPort(elements) => elements.get(index).map(|(_, element)| element),
            Contents::Addresses(_) | Contents::Connections(_) | Contents::Clients { .. } => None,
        }
    }

    /// The Service port of an element: that of its comment, or of the chain it goes to.
    pub fn service_port_of<'a>(&'a self, element: &'a Element) -> Option<&'a ServicePortName> {
        let chain = match element.verdict {
            ElementVerdict::Goto(chain) => self.chain(chain).service_port.as_deref(),
            ElementVerdict::Drop(_) => None,
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
    /// The clients of an endpoint with session affinity, and its timeout; its elements are the node's state, not rules.
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

/// The value of a map for a key.
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
    /// Continues in a chain and does not return.
    Goto(ChainId),
    /// Drops the packet.
    Drop(DropReason),
}

/// A chain.
#[derive(Clone, Debug, PartialEq)]
pub struct NftChain {
    /// The name.
    pub name: NftChainName,
    /// What it is for.
    pub kind: ChainKind,
    /// The hook; `None` unless the kernel starts the chain.
    pub base: Option<BaseChain>,
    /// The comment that `nft` prints.
    pub comment: Option<&'static str>,
    /// The Service port it belongs to.
    pub service_port: Option<Arc<ServicePortName>>,
    /// The rules in order.
    pub rules: Vec<NftRule>,
}

impl NftChain {
    /// An empty chain that every node has.
    pub fn shared(name: &'static str, kind: ChainKind) -> NftChain {
        NftChain {
            name: NftChainName::Fixed(name),
            kind,
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
    pub kind: BaseChainType,
    /// At which hook.
    pub hook: Hook,
    /// The order among the chains of the hook, as `nft` prints it.
    pub priority: &'static str,
}

/// What a chain may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseChainType {
    /// Let packets through, refuse or drop them.
    Filter,
    /// Rewrite addresses; only a connection's first packet comes here.
    Nat,
}

/// One rule: parts executed in order while they match, then a verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct NftRule {
    /// Conditions and statements, in written order.
    pub parts: Vec<NftStatement>,
    /// The verdict.
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
            | NftVerdict::Drop(_)
            | NftVerdict::Reject(_)
            | NftVerdict::Masquerade
            | NftVerdict::Dnat(_)
            | NftVerdict::DnatOneOf(_) => None,
        }
    }
}

impl NftRule {
    /// What the rule does to a packet that it matches, with the element that it looked up.
    pub fn effect(&self, element: Option<&Element>) -> Effect {
        match &self.verdict {
            NftVerdict::Continue => self.statement_effect(),
            NftVerdict::Jump(_) => Effect::Jump,
            NftVerdict::Goto(_) if self.asks_clients() => Effect::KeepEndpoint,
            NftVerdict::Goto(_) => Effect::Goto,
            NftVerdict::GotoOneOf(chains) => Effect::Choose {
                probability: 1.0 / chains.len() as f64,
            },
            NftVerdict::Drop(why) => Effect::Drop { why: *why },
            NftVerdict::Reject(why) => Effect::Reject { why: *why },
            NftVerdict::Masquerade => Effect::Masquerade,
            NftVerdict::Dnat(to) => Effect::Dnat { to: Some(*to) },
            NftVerdict::DnatOneOf(_) => Effect::Dnat { to: None },
            NftVerdict::ByAddress(_) | NftVerdict::ByPort(_) => {
                match element.map(|element| element.verdict) {
                    Some(ElementVerdict::Goto(_)) => Effect::Goto,
                    Some(ElementVerdict::Drop(why)) => Effect::Drop { why },
                    None => Effect::Nothing,
                }
            }
        }
    }

    fn asks_clients(&self) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, NftStatement::Remembered(_)))
    }

    fn statement_effect(&self) -> Effect {
        for part in &self.parts {
            match part {
                NftStatement::OrMark(_) => return Effect::MarkForMasquerade,
                NftStatement::XorMark(_) => return Effect::ClearMark,
                NftStatement::Remember(_) => return Effect::RememberClient,
                NftStatement::DestinationIn(_)
                | NftStatement::Destination(..)
                | NftStatement::Source(..)
                | NftStatement::Remembered(_)
                | NftStatement::InputInterface(..)
                | NftStatement::LocalSource
                | NftStatement::LocalDestination
                | NftStatement::New
                | NftStatement::Translated
                | NftStatement::Protocol(_)
                | NftStatement::Marked(_)
                | NftStatement::ConnectionIn(_) => {}
            }
        }
        Effect::Nothing
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
    /// `ip saddr @affinity-…`: the client is in the set.
    Remembered(SetId),
    /// `update @affinity-… { ip saddr }`: adds the client to the set; always matches.
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

/// The verdict of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum NftVerdict {
    /// Nothing.
    Continue,
    /// Continues in another chain and returns.
    Jump(ChainId),
    /// Continues in another chain and does not return.
    Goto(ChainId),
    /// The same, in one of these, chosen at random.
    GotoOneOf(Vec<ChainId>),
    /// Drops the packet without an answer.
    Drop(DropReason),
    /// Answers with an ICMP port unreachable.
    Reject(RejectReason),
    /// Replaces the source by this node's address and a random port.
    Masquerade,
    /// Replaces the destination.
    Dnat(SocketAddr),
    /// The same by one of these, chosen at random.
    DnatOneOf(Vec<SocketAddr>),
    /// The verdict of a map for address, protocol and port; no match if they are not in it.
    ByAddress(SetId),
    /// The verdict of a map for protocol and port; no match if they are not in it.
    ByPort(SetId),
}
