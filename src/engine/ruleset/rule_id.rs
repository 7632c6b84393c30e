//! The identity of a rule: its position in the rules of one node.
//!
//! The trace, the Rules tab and the picture name a rule by it, so that two rules with the same text stay two.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ChainId, TableName};
use crate::names::Family;

/// A rule of a node, or an element of a map that the rule looks its verdict up in. Its chain is the position of the
/// chain in the table, its rule the position in the chain, both from 0. The node is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleId {
    /// `iptables` or `ip6tables`, `table ip` or `table ip6`.
    pub family: Family,
    /// The table.
    pub table: RuleTable,
    /// The chain.
    pub chain: ChainId,
    /// The position in the chain.
    pub rule: u32,
    /// The position of the element in the map of the rule (nftables), or of the real server (IPVS).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub element: Option<u32>,
}

/// The table of a rule, of either tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleTable {
    /// The nat table of `iptables`.
    Nat,
    /// The filter table of `iptables`.
    Filter,
    /// The only table that kube-proxy has with `nft`.
    KubeProxy,
    /// The table of virtual servers; a rule is a server, an element one of its real servers.
    Ipvs,
}

impl RuleTable {
    /// The name, as the tools print it.
    pub fn as_str(self) -> &'static str {
        match self {
            RuleTable::Nat => "nat",
            RuleTable::Filter => "filter",
            RuleTable::KubeProxy => "kube-proxy",
            RuleTable::Ipvs => "ipvs",
        }
    }
}

impl From<TableName> for RuleTable {
    fn from(name: TableName) -> RuleTable {
        match name {
            TableName::Nat => RuleTable::Nat,
            TableName::Filter => RuleTable::Filter,
        }
    }
}

impl RuleId {
    /// The rule itself, without the element that it looked up.
    pub fn without_element(self) -> RuleId {
        RuleId {
            element: None,
            ..self
        }
    }
}

impl fmt::Display for RuleId {
    /// `IPv4 nat chain 7 rule 3`, counted from 1 as `iptables --line-numbers` does; with `element 2` if it has one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RuleId {
            family,
            table,
            chain,
            rule,
            element,
        } = self;
        let (chain, rule) = (chain.index() + 1, rule + 1);
        write!(f, "{family} {} chain {chain} rule {rule}", table.as_str())?;
        match element {
            Some(element) => write!(f, " element {}", element + 1),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::{ChainName, SharedChain, Table};

    #[test]
    fn an_id_prints_readably_and_reads_back() {
        let mut table = Table::default();
        let chain = table.add(ChainName::Shared(SharedChain::Services));
        let id = RuleId {
            family: Family::V4,
            table: RuleTable::KubeProxy,
            chain,
            rule: 2,
            element: Some(0),
        };
        assert_eq!(id.to_string(), "IPv4 kube-proxy chain 1 rule 3 element 1");
        let text = serde_json::to_string(&id).expect("an id is JSON");
        assert_eq!(serde_json::from_str::<RuleId>(&text).ok(), Some(id));
    }
}
