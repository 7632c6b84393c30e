//! The sets, maps and chains every node has, whatever its Services.

use std::net::IpAddr;

use ipnet::IpNet;

use super::from_pod;
use crate::engine::cluster::Cluster;
use crate::engine::cluster::config::ProxyMode;
use crate::engine::cluster::object::Node;
use crate::engine::names::Family;
use crate::engine::proxy::MASQUERADE_MARK;
use crate::engine::proxy::local::LocalDetector;
use crate::engine::proxy::node_addresses::{Answering, localhost};
use crate::engine::ruleset::nft::{
    BaseChain, Chain, Contents, Kind, Name, Part, Rule, SERVICES, Set, SetId, Table, Verdict,
};
use crate::engine::ruleset::{ChainId, Hook, Sense};
use crate::engine::sort;

/// Where what Services need goes.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// `hairpin-connections`: endpoints of this node, which may call themselves.
    pub hairpins: SetId,
    /// `cluster-ips`.
    pub cluster_ips: SetId,
    /// `no-endpoint-services`: addresses nobody answers for.
    pub unanswered: SetId,
    /// `no-endpoint-nodeports`: node ports nobody answers for.
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

impl Frame {
    /// Writes what is shared into an empty table.
    pub fn install(
        table: &mut Table,
        cluster: &Cluster,
        node: &Node,
        detector: Option<&LocalDetector>,
    ) -> Frame {
        let reject = chains(table);
        let answering = Answering::by_default_of(
            ProxyMode::Nftables,
            &cluster.config.proxy,
            node,
            table.family,
        );
        let frame = Frame {
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

    /// Before anything is rewritten: source ranges, then destinations nobody answers for.
    fn check(&self, table: &mut Table) {
        append(
            table,
            "firewall-check",
            Rule::new([], Verdict::ByAddress(self.firewalled)),
        );
        append(
            table,
            "service-endpoints-check",
            Rule::new([], Verdict::ByAddress(self.unanswered)),
        );
    }

    /// What comes to a cluster IP from elsewhere than a pod must come back through this node.
    fn dispatch(&self, table: &mut Table, cluster: &Cluster, detector: Option<&LocalDetector>) {
        let mut parts = vec![Part::DestinationIn(self.cluster_ips)];
        let comment = match (cluster.config.proxy.masquerade_all, detector) {
            (true, _) => Some("masquerade all clusterIP traffic"),
            (false, Some(detector)) => {
                parts.push(from_pod(detector, Sense::IsNot));
                Some("masquerade clusterIP traffic from outside cluster")
            }
            (false, None) => None,
        };
        if let Some(comment) = comment {
            parts.push(Part::OrMark(MASQUERADE_MARK));
            append(
                table,
                SERVICES,
                Rule::new(parts, Verdict::Continue).commented(comment),
            );
        }
        append(
            table,
            SERVICES,
            Rule::new([], Verdict::ByAddress(self.services)),
        );
    }

    /// Node ports, on the addresses that answer; never on the loopback's.
    fn serve_node_ports(&self, table: &mut Table, answering: Answering) {
        let (checked, served) = match answering {
            Answering::All => {
                let elsewhere = Part::Destination(Sense::IsNot, vec![loopback(table.family)]);
                (
                    vec![elsewhere.clone()],
                    vec![Part::LocalDestination, elsewhere],
                )
            }
            Answering::Only(addresses) => {
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
                    vec![Part::DestinationIn(answering)],
                    vec![Part::DestinationIn(answering)],
                )
            }
        };
        append(
            table,
            "nodeport-endpoints-check",
            Rule::new(checked, Verdict::ByPort(self.unanswered_node_ports)),
        );
        append(
            table,
            SERVICES,
            Rule::new(served, Verdict::ByPort(self.node_ports)),
        );
    }

    /// The mark is taken off again, so that a packet that comes back in is not masqueraded twice. An endpoint that
    /// reached itself must see another source, or it would answer itself directly.
    fn masquerade(&self, table: &mut Table) {
        let marked = [
            Part::Marked(MASQUERADE_MARK),
            Part::XorMark(MASQUERADE_MARK),
        ];
        append(
            table,
            "masquerading",
            Rule::new(marked, Verdict::Masquerade),
        );
        let hairpin = [Part::Translated, Part::ConnectionIn(self.hairpins)];
        append(
            table,
            "masquerading",
            Rule::new(hairpin, Verdict::Masquerade),
        );
    }

    /// What is still addressed to a Service after the maps were asked leads nowhere.
    fn refuse_unused(&self, table: &mut Table, cluster: &Cluster) {
        let unused_port = Rule::new([Part::DestinationIn(self.cluster_ips)], Verdict::Reject);
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
            let unallocated = Rule::new([Part::Destination(Sense::Is, ranges)], Verdict::Drop);
            append(
                table,
                "cluster-ips-check",
                unallocated.commented("Drop traffic to unallocated ClusterIPs"),
            );
        }
    }
}

/// The chains the kernel starts, of each hook in the order of their priorities.
const HOOKS: [(&str, Kind, Hook, &str); 8] = [
    (
        "filter-prerouting-pre-dnat",
        Kind::Filter,
        Hook::Prerouting,
        "dstnat - 10",
    ),
    ("nat-prerouting", Kind::Nat, Hook::Prerouting, "dstnat"),
    ("filter-output-pre-dnat", Kind::Filter, Hook::Output, "-110"),
    ("nat-output", Kind::Nat, Hook::Output, "-100"),
    ("filter-output", Kind::Filter, Hook::Output, "filter"),
    ("filter-input", Kind::Filter, Hook::Input, "filter"),
    ("filter-forward", Kind::Filter, Hook::Forward, "filter"),
    ("nat-postrouting", Kind::Nat, Hook::Postrouting, "srcnat"),
];

/// The chains those jump to.
const SHARED: [&str; 6] = [
    "nodeport-endpoints-check",
    "service-endpoints-check",
    "firewall-check",
    SERVICES,
    "masquerading",
    "cluster-ips-check",
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
fn chains(table: &mut Table) -> ChainId {
    for (name, kind, hook, priority) in HOOKS {
        table.add_chain(Chain {
            base: Some(BaseChain {
                kind,
                hook,
                priority,
            }),
            ..Chain::fixed(name)
        });
    }
    for name in SHARED {
        table.add_chain(Chain::fixed(name));
    }
    for (from, to) in JUMPS {
        // Nat chains see only the first packet of a connection anyway.
        let new = if from.starts_with("filter") {
            vec![Part::New]
        } else {
            vec![]
        };
        let to = named(table, to);
        append(table, from, Rule::new(new, Verdict::Jump(to)));
    }
    let helper = Some("helper for @no-endpoint-services / @no-endpoint-nodeports");
    let reject = table.add_chain(Chain {
        comment: helper,
        ..Chain::fixed("reject-chain")
    });
    table.append(reject, Rule::new([], Verdict::Reject));
    reject
}

fn append(table: &mut Table, chain: &'static str, rule: Rule) {
    let chain = named(table, chain);
    table.append(chain, rule);
}

fn named(table: &Table, name: &'static str) -> ChainId {
    table
        .find(&Name::Fixed(name))
        .expect("the chains are added first")
}

fn set(table: &mut Table, name: &'static str, comment: &'static str, contents: Contents) -> SetId {
    table.add_set(Set {
        name: Name::Fixed(name),
        comment: Some(comment),
        contents,
    })
}

fn by_address(table: &mut Table, name: &'static str, comment: &'static str) -> SetId {
    set(table, name, comment, Contents::ByAddress(vec![]))
}

fn by_port(table: &mut Table, name: &'static str, comment: &'static str) -> SetId {
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
