//! One node's kernel in one family: its rules, and which addresses are its own.

use std::net::IpAddr;

use super::index::Index;
use super::walk::{Step, Verdict, Walk};
use crate::engine::cluster::Cluster;
use crate::engine::cluster::config::{DetectLocal, ProxyConfig};
use crate::engine::cluster::object::Node;
use crate::engine::names::Family;
use crate::engine::proxy::iptables;
use crate::engine::ruleset::text::{self, Form};
use crate::engine::ruleset::{Chain, ChainName, Comment, Rule, Ruleset, TableName};

/// What a node's kernel knows.
pub struct Kernel {
    pub(super) rules: Ruleset,
    pub(super) index: Index,
    addresses: Vec<IpAddr>,
}

impl Kernel {
    /// The kernel of a node, with the rules of its kube-proxy.
    pub fn of_node(cluster: &Cluster, node: &Node, family: Family) -> Kernel {
        Kernel::new(iptables::rules(cluster, node, family), node.addresses())
    }

    /// A kernel with these rules and addresses, the primary one first.
    pub fn new(rules: Ruleset, addresses: impl IntoIterator<Item = IpAddr>) -> Kernel {
        let index = Index::of(&rules);
        let addresses = addresses.into_iter().filter(|&address| Family::of(address) == rules.family).collect();
        Kernel { rules, index, addresses }
    }

    /// Its rules.
    pub fn rules(&self) -> &Ruleset {
        &self.rules
    }

    /// Whether an address is one of its own: `LOCAL` to routing and to `addrtype`.
    pub fn is_local(&self, address: IpAddr) -> bool {
        address.is_loopback() || self.addresses.contains(&address)
    }

    /// The address that masqueraded packets get.
    pub fn primary_address(&self) -> Option<IpAddr> {
        self.addresses.first().copied()
    }

    /// The rule of a step of a walk through this kernel.
    pub fn rule(&self, step: Step) -> &Rule {
        &self.chain(step).rules[step.rule as usize]
    }

    /// The chain of that rule.
    pub fn chain(&self, step: Step) -> &Chain {
        self.rules.table(step.table).chain(step.chain)
    }

    /// The place of that rule in its chain, from 1 as `iptables --line-numbers` counts.
    pub fn line_number(&self, step: Step) -> u32 {
        step.rule + 1
    }

    /// The name of its table.
    pub fn table_name(&self, step: Step) -> &'static str {
        step.table.as_str()
    }

    /// The name of its chain.
    pub fn chain_name(&self, step: Step) -> String {
        self.chain(step).name.to_string()
    }

    /// Its comment.
    pub fn comment(&self, step: Step) -> Option<&Comment> {
        self.rule(step).comment()
    }

    /// Its text, as the node's own tool prints it.
    pub fn text(&self, step: Step) -> String {
        let table = self.rules.table(step.table);
        text::rule(self.rules.family, table, self.chain(step), self.rule(step), Form::Save)
    }

    /// The rule that decided a walk: the one that refused or dropped the packet, or the one in a shared chain that led
    /// to the Service port.
    pub fn decisive(&self, walk: &Walk) -> Option<Step> {
        let mut steps = walk.matched.iter().rev().copied();
        match walk.verdict {
            Verdict::Reject | Verdict::Drop => steps.next(),
            Verdict::Dnat(_) => steps.find(|step| step.table == TableName::Nat && self.is_shared(*step)),
            Verdict::None => None,
        }
    }

    fn is_shared(&self, step: Step) -> bool {
        let name = self.rules.nat.chain(step.chain).name;
        [ChainName::Fixed("KUBE-SERVICES"), ChainName::Fixed("KUBE-NODEPORTS")].contains(&name)
    }
}

/// The interface by which a node's own pods come in: the one kube-proxy was told of, or a bridge of the usual name.
pub fn pod_interface(config: &ProxyConfig) -> String {
    match &config.detect_local {
        DetectLocal::BridgeInterface(name) => name.clone(),
        DetectLocal::InterfaceNamePrefix(prefix) => format!("{prefix}0"),
        DetectLocal::ClusterCidr | DetectLocal::NodeCidr => "cni0".to_owned(),
    }
}
