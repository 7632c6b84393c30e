//! Which of a node's addresses answer on node ports (`--nodeport-addresses`; kubernetes
//! `pkg/proxy/util/nodeport_addresses.go`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use crate::cluster::config::{ProxyConfig, ProxyMode};
use crate::cluster::object::Node;
use crate::names::Family;

/// The addresses that answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NodePortAddresses {
    /// All that are local to the kernel.
    All,
    /// These.
    Only(Vec<IpAddr>),
}

impl NodePortAddresses {
    /// The node's addresses within the ranges, the loopback's first as the kernel lists interfaces. Without a range of
    /// the family, all answer.
    pub(super) fn of(ranges: &[IpNet], node: &Node, family: Family) -> NodePortAddresses {
        let ranges: Vec<&IpNet> = ranges
            .iter()
            .filter(|range| Family::of(range.addr()) == family)
            .collect();
        if ranges.is_empty() || ranges.iter().any(|range| range.prefix_len() == 0) {
            return NodePortAddresses::All;
        }
        let own = node
            .addresses()
            .filter(|&address| Family::of(address) == family);
        let all: Vec<IpAddr> = std::iter::once(localhost(family)).chain(own).collect();
        let mut only = Vec::new();
        for address in ranges.iter().flat_map(|range| {
            all.iter()
                .copied()
                .filter(|address| range.contains(address))
        }) {
            if !only.contains(&address) {
                only.push(address);
            }
        }
        NodePortAddresses::Only(only)
    }

    /// The flag of kube-proxy, or the default of its mode: with iptables and IPVS every address answers, with nftables
    /// only the node's primary one.
    pub(super) fn by_default_of(
        mode: ProxyMode,
        config: &ProxyConfig,
        node: &Node,
        family: Family,
    ) -> NodePortAddresses {
        let configured = &config.node_port_addresses;
        match (mode, configured.is_empty()) {
            (ProxyMode::Iptables | ProxyMode::Ipvs, _) | (ProxyMode::Nftables, false) => {
                NodePortAddresses::of(configured, node, family)
            }
            (ProxyMode::Nftables, true) => {
                let primary: Vec<IpNet> =
                    node.address(family).map(IpNet::from).into_iter().collect();
                NodePortAddresses::of(&primary, node, family)
            }
        }
    }

    /// Whether an address of the node is among them.
    pub(super) fn holds(&self, address: IpAddr) -> bool {
        match self {
            NodePortAddresses::All => true,
            NodePortAddresses::Only(addresses) => addresses.contains(&address),
        }
    }

    /// Whether the ranges leave 127.0.0.1 in (`containsIPv4Loopback`).
    pub(super) fn may_hold_localhost(&self, ranges: &[IpNet]) -> bool {
        let holds = |range: &IpNet| match range {
            IpNet::V4(range) => range.addr().is_loopback() || range.contains(&Ipv4Addr::LOCALHOST),
            IpNet::V6(_) => false,
        };
        match self {
            NodePortAddresses::All => true,
            NodePortAddresses::Only(_) => ranges.iter().any(holds),
        }
    }
}

/// 127.0.0.1 or ::1.
pub(super) fn localhost(family: Family) -> IpAddr {
    match family {
        Family::V4 => Ipv4Addr::LOCALHOST.into(),
        Family::V6 => Ipv6Addr::LOCALHOST.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answering(ranges: &[&str]) -> NodePortAddresses {
        let addresses = json!([{"address": "192.168.0.11"}, {"address": "172.20.0.1"}]);
        let node: Node =
            serde_json::from_value(json!({"status": {"addresses": addresses}})).expect("a node");
        let ranges: Vec<IpNet> = ranges
            .iter()
            .map(|range| range.parse().expect("a literal range"))
            .collect();
        NodePortAddresses::of(&ranges, &node, Family::V4)
    }

    #[test]
    fn ranges_of_the_other_family_alone_are_as_good_as_none() {
        assert_eq!(answering(&["fd00::/8"]), NodePortAddresses::All);
    }

    #[test]
    fn a_range_with_the_loopback_of_the_other_family_does_not_hold_this_ones() {
        let holds = |ranges: &[&str]| {
            let parsed: Vec<IpNet> = ranges
                .iter()
                .map(|range| range.parse().expect("a literal range"))
                .collect();
            answering(ranges).may_hold_localhost(&parsed)
        };
        assert!(!holds(&["192.168.0.0/16", "::1/128"]));
        assert!(holds(&["192.168.0.0/16", "127.0.0.0/8"]));
    }

    #[test]
    fn only_addresses_within_a_range_answer() {
        assert_eq!(
            answering(&["172.16.0.0/12"]),
            NodePortAddresses::Only(vec![[172, 20, 0, 1].into()])
        );
    }
}
