//! One node's kernel in one family: its rules, and which addresses are its own.

use std::net::IpAddr;

use ipnet::IpNet;

use super::index::Index;
use super::packet::Packet;
use super::walk::{MatchedRule, RulePosition, RulesVerdict, Walk};
use crate::engine::cluster::Cluster;
use crate::engine::cluster::config::{DetectLocal, ProxyConfig};
use crate::engine::cluster::object::Node;
use crate::engine::names::{Family, ServicePortName};
use crate::engine::proxy;
use crate::engine::ruleset::text::{self, Form};
use crate::engine::ruleset::{ChainId, ChainName, Comment, Rule, Rules, Ruleset, TableName, nft};

/// What a node's kernel knows.
pub struct Kernel {
    pub(super) rules: Rules,
    pub(super) index: Index,
    addresses: Vec<IpAddr>,
    bridge: Option<Bridge>,
}

/// The bridge a node's pods hang on.
#[derive(Clone, Copy)]
struct Bridge {
    pods: IpNet,
    address: IpAddr,
}

impl Kernel {
    /// The kernel of a node, with the rules of its kube-proxy.
    pub fn of_node(cluster: &Cluster, node: &Node, family: Family) -> Kernel {
        let kernel = Kernel::new(proxy::rules(cluster, node, family), node.addresses());
        let bridge = node.pod_cidr(family).zip(node.bridge_address(family));
        Kernel {
            bridge: bridge.map(|(pods, address)| Bridge { pods, address }),
            ..kernel
        }
    }

    /// A kernel with these rules and addresses, the primary one first.
    pub fn new(rules: Rules, addresses: impl IntoIterator<Item = IpAddr>) -> Kernel {
        let index = match &rules {
            Rules::Iptables(ruleset) => Index::of(ruleset),
            // Sets and maps are its index already.
            Rules::Nftables(_) => Index::none(),
        };
        let addresses = addresses
            .into_iter()
            .filter(|&address| Family::of(address) == rules.family())
            .collect();
        Kernel {
            rules,
            index,
            addresses,
            bridge: None,
        }
    }

    /// Its rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Whether an address is one of its own: `LOCAL` to routing and to `addrtype`.
    pub fn is_local(&self, address: IpAddr) -> bool {
        let bridge = self.bridge.is_some_and(|bridge| bridge.address == address);
        address.is_loopback() || bridge || self.addresses.contains(&address)
    }

    /// The address that a packet towards another one gets when it is masqueraded: that of the interface it goes out by
    /// (`inet_select_addr` in `nf_nat_masquerade.c`). A pod of the node sees the bridge's.
    pub fn masquerade_address(&self, towards: IpAddr) -> Option<IpAddr> {
        let bridge = self
            .bridge
            .filter(|bridge| bridge.pods.contains(&towards))
            .map(|bridge| bridge.address);
        bridge.or_else(|| self.addresses.first().copied())
    }

    /// The address that a process of the node itself calls another one from: what it calls, when that is the node's
    /// own, else that of the interface its call goes out by.
    pub fn source_address(&self, towards: IpAddr) -> Option<IpAddr> {
        if self.is_local(towards) {
            Some(towards)
        } else {
            self.masquerade_address(towards)
        }
    }

    /// The address its errors about a packet come from: the one that was called, when that is the node's own, else that
    /// of the interface they go out by (`icmp_send`).
    pub fn error_address(&self, packet: &Packet) -> Option<IpAddr> {
        let called = packet.destination.ip();
        if self.is_local(called) {
            Some(called)
        } else {
            self.source_address(packet.source.ip())
        }
    }

    /// The name of the table of a step of a walk through this kernel.
    pub fn table_name(&self, step: MatchedRule) -> &'static str {
        match step.place {
            RulePosition::Iptables { table, .. } => table.as_str(),
            RulePosition::Nftables { .. } => nft::TABLE,
        }
    }

    /// The name of the chain of a step.
    pub fn chain_name(&self, step: MatchedRule) -> String {
        match self.rule(step) {
            At::Iptables {
                ruleset,
                table,
                chain,
                ..
            } => ruleset.table(table).chain(chain).name.to_string(),
            At::Nftables { table, chain, .. } => table.chain(chain).name.to_string(),
        }
    }

    /// The place of the rule of a step in its chain, from 1 as `iptables --line-numbers` counts.
    pub fn line_number(&self, step: MatchedRule) -> u32 {
        match step.place {
            RulePosition::Iptables { rule, .. } | RulePosition::Nftables { rule, .. } => rule + 1,
        }
    }

    /// The comment of the rule of a step, or of the element of a map it looked up.
    pub fn comment(&self, step: MatchedRule) -> Option<String> {
        match self.rule(step) {
            At::Iptables { rule, .. } => rule.comment().map(Comment::to_string),
            At::Nftables { rule, element, .. } => {
                let named = element
                    .and_then(|element| element.comment.as_ref())
                    .map(|name| name.to_string());
                named.or_else(|| rule.comment.map(str::to_owned))
            }
        }
    }

    /// The Service port the rule of a step is about, where it says so.
    pub fn service_port(&self, step: MatchedRule) -> Option<&ServicePortName> {
        match self.rule(step) {
            At::Iptables { rule, .. } => rule.comment().and_then(Comment::service_port),
            At::Nftables {
                table,
                chain,
                element,
                ..
            } => {
                let goes_to = element.and_then(|element| table.service_port_of(element));
                goes_to.or_else(|| table.chain(chain).service_port.as_deref())
            }
        }
    }

    /// The text of the rule of a step, as the node's own tool prints it.
    pub fn text(&self, step: MatchedRule) -> String {
        match self.rule(step) {
            At::Iptables {
                ruleset,
                table,
                chain,
                rule,
            } => {
                let table = ruleset.table(table);
                text::rule(ruleset.family, table, table.chain(chain), rule, Form::Save)
            }
            At::Nftables { table, rule, .. } => nft::text::rule(table, rule),
        }
    }

    /// The element of a map that the rule of a step found.
    pub fn element_text(&self, step: MatchedRule) -> Option<String> {
        match (&self.rules, step.place) {
            (
                Rules::Nftables(table),
                RulePosition::Nftables {
                    chain,
                    rule,
                    element: Some(element),
                },
            ) => {
                let map = table.chain(chain).rules[rule as usize].map()?;
                Some(nft::text::element(table, map, element as usize))
            }
            (Rules::Iptables(_) | Rules::Nftables(_), _) => None,
        }
    }

    /// The rule that decided a walk: the one that refused or dropped the packet, or the one in a shared chain that led
    /// to the Service port.
    pub fn decisive(&self, walk: &Walk) -> Option<MatchedRule> {
        let mut steps = walk.matched.iter().rev().copied();
        match walk.verdict {
            RulesVerdict::Reject | RulesVerdict::Drop => steps.next(),
            RulesVerdict::Dnat(_) => steps.find(|step| self.leads_to_services(*step)),
            RulesVerdict::None => None,
        }
    }

    fn leads_to_services(&self, step: MatchedRule) -> bool {
        match self.rule(step) {
            At::Iptables {
                ruleset,
                table,
                chain,
                ..
            } => {
                let name = ruleset.table(table).chain(chain).name;
                let shared = [
                    ChainName::Fixed("KUBE-SERVICES"),
                    ChainName::Fixed("KUBE-NODEPORTS"),
                ];
                table == TableName::Nat && shared.contains(&name)
            }
            At::Nftables {
                table,
                chain,
                element,
                ..
            } => {
                element.is_some()
                    && table.chain(chain).name == nft::NftChainName::Fixed(nft::SERVICES)
            }
        }
    }

    fn rule(&self, step: MatchedRule) -> At<'_> {
        match (&self.rules, step.place) {
            (Rules::Iptables(ruleset), RulePosition::Iptables { table, chain, rule }) => {
                let found = &ruleset.table(table).chain(chain).rules[rule as usize];
                At::Iptables {
                    ruleset,
                    table,
                    chain,
                    rule: found,
                }
            }
            (
                Rules::Nftables(table),
                RulePosition::Nftables {
                    chain,
                    rule,
                    element,
                },
            ) => {
                let rule = &table.chain(chain).rules[rule as usize];
                let looked_up = rule.map().zip(element);
                let element =
                    looked_up.and_then(|(map, element)| table.element(map, element as usize));
                At::Nftables {
                    table,
                    chain,
                    rule,
                    element,
                }
            }
            (Rules::Iptables(_), RulePosition::Nftables { .. })
            | (Rules::Nftables(_), RulePosition::Iptables { .. }) => {
                unreachable!("a step belongs to the kernel it was walked in")
            }
        }
    }
}

/// The rule of a step, with where it stands.
enum At<'a> {
    Iptables {
        ruleset: &'a Ruleset,
        table: TableName,
        chain: ChainId,
        rule: &'a Rule,
    },
    Nftables {
        table: &'a nft::NftTable,
        chain: ChainId,
        rule: &'a nft::NftRule,
        element: Option<&'a nft::Element>,
    },
}

/// The interface by which a node's own pods come in: the one kube-proxy was told of, or a bridge of the usual name.
pub fn pod_interface(config: &ProxyConfig) -> String {
    match &config.detect_local {
        DetectLocal::BridgeInterface(name) => name.clone(),
        DetectLocal::InterfaceNamePrefix(prefix) => format!("{prefix}0"),
        DetectLocal::ClusterCidr | DetectLocal::NodeCidr => "cni0".to_owned(),
    }
}
