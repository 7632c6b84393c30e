//! One node's kernel in one family: its rules, and which addresses are its own.

use std::net::IpAddr;

use ipnet::IpNet;

use super::chain::Tables;
use super::index::Index;
use super::packet::Packet;
use super::walk::{RulesVerdict, Walk};
use crate::cluster::Cluster;
use crate::cluster::config::{DetectLocal, ProxyConfig};
use crate::cluster::object::Node;
use crate::names::{Family, ServicePortName};
use crate::portmap;
use crate::proxy;
use crate::ruleset::ipvs::{self, IpvsRules, VirtualServer};
use crate::ruleset::text::{self, Form};
use crate::ruleset::{
    ChainKind, Comment, Effect, PrintedLine, Rule, RuleId, RuleTable, Rules, Ruleset, Table,
    TableName, nft,
};

/// The network state of a node's kernel.
pub struct Kernel {
    pub(super) rules: Rules,
    pub(super) index: Index,
    /// Rules of `iptables` on a node whose kube-proxy uses `nft`.
    beside: Option<(Ruleset, Index)>,
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
    /// The kernel of a node, with the rules of its kube-proxy and of the CNI plugin portmap.
    pub fn of_node(cluster: &Cluster, node: &Node, family: Family) -> Kernel {
        let mut rules = proxy::rules(cluster, node, family);
        let beside = match &mut rules {
            Rules::Iptables(ruleset) => {
                portmap::install(&mut ruleset.nat, cluster, node, family);
                None
            }
            Rules::Ipvs(rules) => {
                portmap::install(&mut rules.ruleset.nat, cluster, node, family);
                None
            }
            Rules::Nftables(_) => portmap::rules(cluster, node, family),
        };
        let kernel = Kernel::new(rules, node.addresses());
        let bridge = node.pod_cidr(family).zip(node.bridge_address(family));
        Kernel {
            beside: beside.map(|ruleset| {
                let index = Index::of(&ruleset);
                (ruleset, index)
            }),
            bridge: bridge.map(|(pods, address)| Bridge { pods, address }),
            ..kernel
        }
    }

    /// A kernel with these rules and addresses, the primary one first.
    pub fn new(rules: Rules, addresses: impl IntoIterator<Item = IpAddr>) -> Kernel {
        let index = match &rules {
            Rules::Iptables(ruleset) => Index::of(ruleset),
            Rules::Ipvs(rules) => Index::of(&rules.ruleset),
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
            beside: None,
            addresses,
            bridge: None,
        }
    }

    /// The rules of kube-proxy, and of all others who use the same tool.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The rules that the node has in `iptables` beside kube-proxy's table of `nft`.
    pub fn rules_beside(&self) -> Option<&Ruleset> {
        self.beside.as_ref().map(|(ruleset, _)| ruleset)
    }

    /// What it has in IPVS mode.
    pub fn ipvs(&self) -> Option<&IpvsRules> {
        match &self.rules {
            Rules::Ipvs(rules) => Some(rules),
            Rules::Iptables(_) | Rules::Nftables(_) => None,
        }
    }

    pub(super) fn beside(&self) -> Option<Tables<'_>> {
        let (ruleset, index) = self.beside.as_ref()?;
        Some(Tables { ruleset, index })
    }

    /// All rules as the node's own tools print them.
    pub(crate) fn lines(&self) -> Vec<PrintedLine> {
        let mut lines = self.rules.lines();
        if let Some(ruleset) = self.rules_beside() {
            lines.push(PrintedLine::default());
            lines.extend(text::lines(ruleset, TableName::Nat, Form::Save));
        }
        lines
    }

    /// Whether an address is the node's own: `LOCAL` to routing and to `addrtype`.
    pub fn is_local(&self, address: IpAddr) -> bool {
        let bridge = self.bridge.is_some_and(|bridge| bridge.address == address);
        let bound = self.ipvs().map_or(&[][..], |rules| &rules.bound);
        address.is_loopback()
            || bridge
            || self.addresses.contains(&address)
            || bound.binary_search(&address).is_ok()
    }

    /// The address that a packet towards another one gets when it is masqueraded: that of the interface it goes out by
    /// (`inet_select_addr` in `nf_nat_masquerade.c`). Towards a pod of the node it is the bridge's.
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

    /// The name of the chain of a rule.
    pub fn chain_name(&self, id: RuleId) -> String {
        match self.rule(id) {
            At::Iptables { table, .. } => table.chain(id.chain).name.to_string(),
            At::Nftables { table, .. } => table.chain(id.chain).name.to_string(),
            At::Ipvs(_) => "IPVS".to_owned(),
        }
    }

    /// What the chain of a rule is for.
    pub fn chain_kind(&self, id: RuleId) -> ChainKind {
        match self.rule(id) {
            At::Iptables { table, .. } => table.chain(id.chain).name.kind(),
            At::Nftables { table, .. } => table.chain(id.chain).kind,
            At::Ipvs(_) => ChainKind::ServicePort,
        }
    }

    /// What a rule does, with the element that it looked up.
    pub fn effect(&self, id: RuleId) -> Effect {
        match self.rule(id) {
            At::Iptables { table, rule } => rule.effect(table),
            At::Nftables { rule, element, .. } => rule.effect(element),
            At::Ipvs(server) => server.effect(id.element),
        }
    }

    /// The comment of a rule, or of the map element that it looked up.
    pub fn comment(&self, id: RuleId) -> Option<String> {
        match self.rule(id) {
            At::Iptables { rule, .. } => rule.comment().map(Comment::to_string),
            At::Nftables { rule, element, .. } => {
                let named = element
                    .and_then(|element| element.comment.as_ref())
                    .map(ToString::to_string);
                named.or_else(|| rule.comment.map(str::to_owned))
            }
            At::Ipvs(server) => Some(server.name.to_string()),
        }
    }

    /// The Service port of a rule; `None` for a rule that all Services share.
    pub fn service_port(&self, id: RuleId) -> Option<&ServicePortName> {
        match self.rule(id) {
            At::Iptables { rule, .. } => rule.comment().and_then(Comment::service_port),
            At::Nftables { table, element, .. } => {
                let goes_to = element.and_then(|element| table.service_port_of(element));
                goes_to.or_else(|| table.chain(id.chain).service_port.as_deref())
            }
            At::Ipvs(server) => Some(&server.name),
        }
    }

    /// A rule as the node's own tool prints it.
    pub fn line(&self, id: RuleId) -> PrintedLine {
        match self.rule(id) {
            At::Iptables { table, rule } => text::line(table, id, rule, Form::Save),
            At::Nftables { table, rule, .. } => nft::text::line(table, id, rule),
            At::Ipvs(server) => ipvs::text::server_line(id, server),
        }
    }

    /// The map element that a rule looked up, as `nft` prints it; `None` for a rule without a map.
    pub fn element_text(&self, id: RuleId) -> Option<String> {
        match self.rule(id) {
            At::Iptables { .. } => None,
            At::Nftables { table, rule, .. } => {
                let (map, element) = rule.map().zip(id.element)?;
                Some(nft::text::element(table, map, element as usize))
            }
            At::Ipvs(server) => {
                let text = ipvs::text::real_server(server, id.element?, 0);
                Some(text.trim().to_owned())
            }
        }
    }

    /// The rule that decided a walk: the one that rejected or dropped the packet, or the one in a shared chain that led
    /// to the Service port. `None` if no rule decided.
    pub fn decisive(&self, walk: &Walk) -> Option<RuleId> {
        let mut matched = walk.matched.iter().rev().copied();
        match walk.verdict {
            RulesVerdict::Reject | RulesVerdict::Drop => matched.next(),
            RulesVerdict::Dnat(_) => matched.find(|id| self.leads_to_service_port(*id)),
            RulesVerdict::None => None,
        }
    }

    fn leads_to_service_port(&self, id: RuleId) -> bool {
        if id.table == RuleTable::Ipvs {
            return true;
        }
        let dispatches = match self.chain_kind(id) {
            ChainKind::Services | ChainKind::NodePorts | ChainKind::HostPort => true,
            ChainKind::Hook
            | ChainKind::Masquerade
            | ChainKind::Filter
            | ChainKind::ServicePort
            | ChainKind::LocalEndpoints
            | ChainKind::External
            | ChainKind::Firewall
            | ChainKind::Endpoint => false,
        };
        let is_lookup = match id.table {
            RuleTable::Nat => true,
            RuleTable::Filter => false,
            RuleTable::KubeProxy | RuleTable::Ipvs => id.element.is_some(),
        };
        dispatches && is_lookup
    }

    fn rule(&self, id: RuleId) -> At<'_> {
        let index = id.rule as usize;
        match (&self.rules, id.table) {
            (Rules::Iptables(ruleset) | Rules::Ipvs(IpvsRules { ruleset, .. }), RuleTable::Nat) => {
                At::iptables(&ruleset.nat, id)
            }
            (
                Rules::Iptables(ruleset) | Rules::Ipvs(IpvsRules { ruleset, .. }),
                RuleTable::Filter,
            ) => At::iptables(&ruleset.filter, id),
            (Rules::Ipvs(rules), RuleTable::Ipvs) => At::Ipvs(&rules.servers[index]),
            (Rules::Nftables(table), RuleTable::KubeProxy) => {
                let rule = &table.chain(id.chain).rules[index];
                let looked_up = rule.map().zip(id.element);
                let element =
                    looked_up.and_then(|(map, element)| table.element(map, element as usize));
                At::Nftables {
                    table,
                    rule,
                    element,
                }
            }
            (Rules::Nftables(_), RuleTable::Nat) => {
                let beside = self.rules_beside();
                let ruleset = beside.expect("an id belongs to the kernel that it was matched in");
                At::iptables(&ruleset.nat, id)
            }
            (Rules::Iptables(_), RuleTable::KubeProxy | RuleTable::Ipvs)
            | (Rules::Ipvs(_), RuleTable::KubeProxy)
            | (Rules::Nftables(_), RuleTable::Filter | RuleTable::Ipvs) => {
                unreachable!("an id belongs to the kernel that it was matched in")
            }
        }
    }
}

/// A rule with its table.
enum At<'a> {
    Iptables {
        table: &'a Table,
        rule: &'a Rule,
    },
    Nftables {
        table: &'a nft::NftTable,
        rule: &'a nft::NftRule,
        element: Option<&'a nft::Element>,
    },
    Ipvs(&'a VirtualServer),
}

impl At<'_> {
    fn iptables(table: &Table, id: RuleId) -> At<'_> {
        let rule = &table.chain(id.chain).rules[id.rule as usize];
        At::Iptables { table, rule }
    }
}

/// The interface on which packets of a node's own pods arrive: the one in kube-proxy's configuration, or `cni0`.
pub fn pod_interface(config: &ProxyConfig) -> String {
    match &config.detect_local {
        DetectLocal::BridgeInterface(name) => name.clone(),
        DetectLocal::InterfaceNamePrefix(prefix) => format!("{prefix}0"),
        DetectLocal::ClusterCidr | DetectLocal::NodeCidr => "cni0".to_owned(),
    }
}
