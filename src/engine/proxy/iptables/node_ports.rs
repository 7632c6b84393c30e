//! `KUBE-NODEPORTS`: which of a node's addresses answer on node ports (`--nodeport-addresses`,
//! `iptables.localhostNodePorts`; kubernetes `pkg/proxy/util/nodeport_addresses.go`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::Writer;
use super::frame::loopback;
use crate::engine::cluster::config::ProxyConfig;
use crate::engine::cluster::object::Node;
use crate::engine::names::Family;
use crate::engine::ruleset::{Addresses, Comment, Match, Sense, Target};

/// The addresses that answer.
pub(super) struct NodePorts {
    answering: Answering,
    family: Family,
    on_localhost: bool,
}

enum Answering {
    /// All that are local to the kernel.
    All,
    /// These.
    Only(Vec<IpAddr>),
}

impl NodePorts {
    /// What the configuration makes of a node's addresses. Ranges of the other family alone are as good as none.
    pub fn of(config: &ProxyConfig, node: &Node, family: Family) -> NodePorts {
        let ranges: Vec<IpNet> =
            config.node_port_addresses.iter().copied().filter(|range| Family::of(range.addr()) == family).collect();
        let all = ranges.is_empty() || ranges.iter().any(|range| range.prefix_len() == 0);
        let holds_localhost =
            ranges.iter().any(|range| range.addr().is_loopback() || range.contains(&localhost(Family::V4)));
        NodePorts {
            answering: if all { Answering::All } else { Answering::Only(listed(&ranges, node, family)) },
            family,
            on_localhost: config.localhost_node_ports && family == Family::V4 && (all || holds_localhost),
        }
    }

    /// Whether 127.0.0.1 answers; ::1 never does.
    pub fn answers_on_localhost(&self) -> bool {
        self.on_localhost
    }

    /// Writes the rules that lead to `KUBE-NODEPORTS`, last in `KUBE-SERVICES`: any other use of a node's address
    /// comes first.
    pub fn write(&self, writer: &mut Writer) {
        let comment = || {
            Match::Comment(Comment::Fixed(
                "kubernetes service nodeports; NOTE: this must be the last rule in this chain",
            ))
        };
        let (services, target) = (writer.frame.services, Target::Jump(writer.frame.node_ports));
        match &self.answering {
            Answering::All => {
                let mut matches = vec![comment(), Match::LocalDestination];
                matches.extend(self.unless_localhost());
                writer.nat(services, matches, target);
            }
            Answering::Only(addresses) => {
                let served = addresses.iter().filter(|address| !address.is_loopback() || self.on_localhost);
                for &address in served {
                    let matches = [comment(), Match::Destination(Sense::Is, Addresses::One(address))];
                    writer.nat(services, matches, target.clone());
                }
            }
        }
    }

    fn unless_localhost(&self) -> Option<Match> {
        match (self.family, self.on_localhost) {
            (Family::V6, _) => {
                let only = IpNet::new(localhost(Family::V6), 128).expect("128 is a length");
                Some(Match::Destination(Sense::IsNot, Addresses::Range(only)))
            }
            (Family::V4, false) => Some(Match::Destination(Sense::IsNot, loopback())),
            (Family::V4, true) => None,
        }
    }
}

/// The node's addresses within the ranges, the loopback's first as the kernel lists interfaces.
fn listed(ranges: &[IpNet], node: &Node, family: Family) -> Vec<IpAddr> {
    let own = node.addresses().filter(|&address| Family::of(address) == family);
    let all: Vec<IpAddr> = std::iter::once(localhost(family)).chain(own).collect();
    let mut listed = Vec::new();
    for address in ranges.iter().flat_map(|range| all.iter().copied().filter(|address| range.contains(address))) {
        if !listed.contains(&address) {
            listed.push(address);
        }
    }
    listed
}

fn localhost(family: Family) -> IpAddr {
    match family {
        Family::V4 => Ipv4Addr::LOCALHOST.into(),
        Family::V6 => Ipv6Addr::LOCALHOST.into(),
    }
}
