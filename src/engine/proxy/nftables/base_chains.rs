//! The sets, maps and chains every node has, whatever its Services.

use std::net::IpAddr;

use ipnet::IpNet;

use super::from_pod;
use crate::cluster::Cluster;
use crate::cluster::config::ProxyMode;
use crate::cluster::object::Node;
use crate::names::Family;
use crate::proxy::MASQUERADE_MARK;
use crate::proxy::local::LocalDetector;
use crate::proxy::node_addresses::{NodePortAddresses, localhost};
use crate::ruleset::nft::{
    BaseChain, BaseChainType, Contents, NftChain, NftChainName, NftRule, NftSet, NftStatement,
    NftTable, NftVerdict, SERVICES, SetId,
};
use crate::ruleset::{ChainId, ChainKind, DropReason, Hook, Polarity, RejectReason};
use crate::sort;

/// Where what Services need goes.
#[derive(Clone, Copy)]
pub(super) struct NftBaseChains {
    /// `hairpin-connections`: endpoints of this node, which may call themselves.
    pub hairpins: SetId,
    /// `cluster-ips`.
    pub cluster_ips: SetId,
    /// `no-endpoint-services`: addresses of Services without endpoints.
    pub unanswered: SetId,
    /// `no-endpoint-nodeports`: node ports of Services without endpoints.
    pub unanswered_node_ports: SetId,
    /// `firewall-ips`: load balancer addresses with source ranges.
    pub firewalled: SetId,
    /// `service-ips`.
    pub services: SetId,
    /// `service-nodeports`.
    pub node_ports: SetId,
    /// `reject-chain`.
    pub reject: ChainId,
}

impl NftBaseChains {
    /// Writes what is shared into an empty table.
    pub(super) fn install(
        table: &mut NftTable,
        cluster: &Cluster,
        node: &Node,
        detector: Option<&LocalDetector>,
    ) -> NftBaseChains {
        let reject = chains(table);
        let answering = NodePortAddresses::by_default_of(
            ProxyMode::Nftables,
            &cluster.config.proxy,
            node,
            table.family,
        );
        let frame = NftBaseChains {
            hairpins: set(
                table,
                "hairpin-connections",
                "service hairpin connections",
                Contents::Connections(vec![]),
            ),
            cluster_ips: set(
                table,
                "cluster-ips",
                "Active ClusterIPs",
                Contents::Addresses(vec![]),
            ),
            unanswered: by_address(
                table,
                "no-endpoint-services",
                "vmap to drop or reject packets to services with no endpoints",
            ),
            unanswered_node_ports: by_port(
                table,
                "no-endpoint-nodeports",
                "vmap to drop or reject packets to service nodeports with no endpoints",
            ),
            firewalled: by_address(
                table,
                "firewall-ips",
                "destinations that are subject to LoadBalancerSourceRanges",
            ),
            services: by_address(
                table,
                "service-ips",
                "ClusterIP, ExternalIP and LoadBalancer IP traffic",
            ),
            node_ports: by_port(table, "service-nodeports", "NodePort traffic"),
            reject,
        };
        frame.check(table);
        frame.dispatch(table, cluster, detector);
        frame.serve_node_ports(table, answering);
        frame.masquerade(table);
        frame.refuse_unused(table, cluster);
        frame
    }

    /// Before anything is rewritten: source ranges, then destinations without endpoints.
    fn check(&self, table: &mut NftTable) {
        append(
            table,
            "firewall-check",
            NftRule::new([], NftVerdict::ByAddress(self.firewalled)),
        );
        append(
            table,
            "service-endpoints-check",
            NftRule::new([], NftVerdict::ByAddress(self.unanswered)),
        );
    }

    /// What comes to a cluster IP from elsewhere than a pod must come back through this node.
    fn dispatch(&self, table: &mut NftTable, cluster: &Cluster, detector: Option<&LocalDetector>) {
        let mut parts = vec![NftStatement::DestinationIn(self.cluster_ips)];
        let comment = match (cluster.config.proxy.masquerade_all, detector) {
            (true, _) => Some("masquerade all clusterIP traffic"),
            (false, Some(detector)) => {
                parts.push(from_pod(detector, Polarity::IsNot));
                Some("masquerade clusterIP traffic from outside cluster")
            }
            (false, None) => None,
        };
        if let Some(comment) = comment {
            parts.push(NftStatement::OrMark(MASQUERADE_MARK));
            append(
                table,
                SERVICES,
                NftRule::new(parts, NftVerdict::Continue).commented(comment),
            );
        }
        append(
            table,
            SERVICES,
            NftRule::new([], NftVerdict::ByAddress(self.services)),
        );
    }

    /// Node ports, on the addresses that answer; never on the loopback's.
    fn serve_node_ports(&self, table: &mut NftTable, answering: NodePortAddresses) {
        let (checked, served) = match answering {
            NodePortAddresses::All => {
                let elsewhere =
                    NftStatement::Destination(Polarity::IsNot, vec![loopback(table.family)]);
                (
                    vec![elsewhere.clone()],
                    vec![NftStatement::LocalDestination, elsewhere],
                )
            }
            NodePortAddresses::Only(addresses) => {
                let mut addresses: Vec<IpAddr> = addresses
                    .into_iter()
                    .filter(|address| !address.is_loopback())
                    .collect();
                sort::sort(&mut addresses);
                let contents = Contents::Addresses(addresses);
                let answering = set(
                    table,
                    "nodeport-ips",
                    "IPs that accept NodePort traffic",
                    contents,
                );
                (
                    vec![NftStatement::DestinationIn(answering)],
                    vec![NftStatement::DestinationIn(answering)],
                )
            }
        };
        append(
            table,
            "nodeport-endpoints-check",
            NftRule::new(checked, NftVerdict::ByPort(self.unanswered_node_ports)),
        );
        append(
            table,
            SERVICES,
            NftRule::new(served, NftVerdict::ByPort(self.node_ports)),
        );
    }

    /// The mark is taken off again, so that a packet that comes back in is not masqueraded twice. An endpoint that
    /// reached itself must see another source, or it would answer itself directly.
    fn masquerade(&self, table: &mut NftTable) {
        let marked = [
            NftStatement::Marked(MASQUERADE_MARK),
            NftStatement::XorMark(MASQUERADE_MARK),
        ];
        append(
            table,
            "masquerading",
            NftRule::new(marked, NftVerdict::Masquerade),
        );
        let hairpin = [
            NftStatement::Translated,
            NftStatement::ConnectionIn(self.hairpins),
        ];
        append(
            table,
            "masquerading",
            NftRule::new(hairpin, NftVerdict::Masquerade),
        );
    }

    /// What is still addressed to a Service after the lookups in the maps leads nowhere.
    fn refuse_unused(&self, table: &mut NftTable, cluster: &Cluster) {
        let unused_port = NftRule::new(
            [NftStatement::DestinationIn(self.cluster_ips)],
            NftVerdict::Reject(RejectReason::NoSuchPort),
        );
        append(
            table,
            "cluster-ips-check",
            unused_port.commented("Reject traffic to invalid ports of ClusterIPs"),
        );
        let ranges = cluster.config.service_cidrs.iter().copied();
        let ranges: Vec<IpNet> = ranges
            .filter(|range| Family::of(range.addr()) == table.family)
            .collect();
        if !ranges.is_empty() {
            let unallocated = NftRule::new(
                [NftStatement::Destination(Polarity::Is, ranges)],
                NftVerdict::Drop(DropReason::UnallocatedClusterIp),
            );
            append(
                table,
                "cluster-ips-check",
                unallocated.commented("Drop traffic to unallocated ClusterIPs"),
            );
        }
    }
}

/// The chains the kernel starts, of each hook in the order of their priorities.
const HOOKS: [(&str, BaseChainType, Hook, &str); 8] = [
    (
        "filter-prerouting-pre-dnat",
        BaseChainType::Filter,
        Hook::Prerouting,
        "dstnat - 10",
    ),
    (
        "nat-prerouting",
        BaseChainType::Nat,
        Hook::Prerouting,
        "dstnat",
    ),
    (
        "filter-output-pre-dnat",
        BaseChainType::Filter,
        Hook::Output,
        "-110",
    ),
    ("nat-output", BaseChainType::Nat, Hook::Output, "-100"),
    (
        "filter-output",
        BaseChainType::Filter,
        Hook::Output,
        "filter",
    ),
    ("filter-input", BaseChainType::Filter, Hook::Input, "filter"),
    (
        "filter-forward",
        BaseChainType::Filter,
        Hook::Forward,
        "filter",
    ),
    (
        "nat-postrouting",
        BaseChainType::Nat,
        Hook::Postrouting,
        "srcnat",
    ),
];

/// The chains those jump to.
const SHARED: [(&str, ChainKind); 6] = [
    ("nodeport-endpoints-check", ChainKind::Filter),
    ("service-endpoints-check", ChainKind::Filter),
    ("firewall-check", ChainKind::Filter),
    (SERVICES, ChainKind::Services),
    ("masquerading", ChainKind::Masquerade),
    ("cluster-ips-check", ChainKind::Filter),
];

/// Which chain jumps where.
const JUMPS: [(&str, &str); 11] = [
    ("filter-prerouting-pre-dnat", "firewall-check"),
    ("filter-output-pre-dnat", "firewall-check"),
    ("filter-input", "nodeport-endpoints-check"),
    ("filter-input", "service-endpoints-check"),
    ("filter-forward", "service-endpoints-check"),
    ("filter-forward", "cluster-ips-check"),
    ("filter-output", "service-endpoints-check"),
    ("filter-output", "cluster-ips-check"),
    ("nat-prerouting", SERVICES),
    ("nat-output", SERVICES),
    ("nat-postrouting", "masquerading"),
];

/// Adds the chains and their jumps. Returns the one that refuses: a map's element cannot refuse by itself.
fn chains(table: &mut NftTable) -> ChainId {
    for (name, kind, hook, priority) in HOOKS {
        table.add_chain(NftChain {
            base: Some(BaseChain {
                kind,
                hook,
                priority,
            }),
            ..NftChain::shared(name, ChainKind::Hook)
        });
    }
    for (name, kind) in SHARED {
        table.add_chain(NftChain::shared(name, kind));
    }
    for (from, to) in JUMPS {
        // Nat chains see only the first packet of a connection anyway.
        let new = if from.starts_with("filter") {
            vec![NftStatement::New]
        } else {
            vec![]
        };
        let to = named(table, to);
        append(table, from, NftRule::new(new, NftVerdict::Jump(to)));
    }
    let helper = Some("helper for @no-endpoint-services / @no-endpoint-nodeports");
    let reject = table.add_chain(NftChain {
        comment: helper,
        ..NftChain::shared("reject-chain", ChainKind::Filter)
    });
    table.append(
        reject,
        NftRule::new([], NftVerdict::Reject(RejectReason::NoEndpoints)),
    );
    reject
}

fn append(table: &mut NftTable, chain: &'static str, rule: NftRule) {
    let chain = named(table, chain);
    table.append(chain, rule);
}

fn named(table: &NftTable, name: &'static str) -> ChainId {
    table
        .find(&NftChainName::Fixed(name))
        .expect("the chains are added first")
}

fn set(
    table: &mut NftTable,
    name: &'static str,
    comment: &'static str,
    contents: Contents,
) -> SetId {
    table.add_set(NftSet {
        name: NftChainName::Fixed(name),
        comment: Some(comment),
        contents,
    })
}

fn by_address(table: &mut NftTable, name: &'static str, comment: &'static str) -> SetId {
    set(table, name, comment, Contents::ByAddress(vec![]))
}

fn by_port(table: &mut NftTable, name: &'static str, comment: &'static str) -> SetId {
    set(table, name, comment, Contents::ByPort(vec![]))
}

fn loopback(family: Family) -> IpNet {
    let length = match family {
        Family::V4 => 8,
        Family::V6 => 128,
    };
    IpNet::new(localhost(family), length)
        .expect("both are lengths")
        .trunc()
}
