//! Address management of pods: a range for each node, an address for each pod.
//!
//! Ranges are assigned by kube-controller-manager (`pkg/controller/nodeipam/ipam/cidrset/cidr_set.go`), addresses by the
//! CNI plugin `host-local`, which counts upwards and never reuses an address while it counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use crate::cluster::ip_ranges::ServiceRange;
use crate::cluster::object::{Node, Pod};
use crate::names::Family;
use crate::sort;

/// Prefix length of a node's pod range, IPv4 (`--node-cidr-mask-size-ipv4`).
pub const NODE_MASK_V4: u8 = 24;
/// Prefix length of a node's pod range, IPv6 (`--node-cidr-mask-size-ipv6`).
pub const NODE_MASK_V6: u8 = 64;

/// The most bits between the prefixes of an IPv6 cluster and of its nodes (`clusterSubnetMaxDiff`).
const MAX_V6_BITS: u8 = 16;

/// The host number of a node's first pod. Lower ones are the node's own: the bridge and system pods.
const FIRST_POD: u128 = 5;

/// Why a node gets no pod range. The texts are the controller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeRangeError {
    /// All ranges are assigned.
    Full,
    /// The cluster's range holds more node ranges than the controller counts.
    TooBig,
}

impl fmt::Display for NodeRangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NodeRangeError::Full => {
                "CIDR allocation failed; there are no remaining CIDRs left to allocate in the accepted range"
            }
            NodeRangeError::TooBig => "New CIDR set failed; the node CIDR size is too big",
        })
    }
}

/// Assigns a node one pod range of each of the cluster's ranges, as far as unassigned ones are left. A range with an
/// address of a node is left out: in a cloud's network pods and nodes can have addresses of one range.
pub fn assign_node_ranges(
    node: &mut Node,
    cluster: &[IpNet],
    assigned: &mut BTreeSet<IpNet>,
    nodes: &BTreeSet<IpAddr>,
) {
    node.spec.pod_cidrs = cluster
        .iter()
        .filter_map(|&range| next_node_range(range, assigned, nodes))
        .collect();
    node.spec.pod_cidr = node.spec.pod_cidrs.first().copied();
}

fn next_node_range(
    cluster: IpNet,
    assigned: &mut BTreeSet<IpNet>,
    nodes: &BTreeSet<IpAddr>,
) -> Option<IpNet> {
    let mask = node_mask(cluster);
    (0..)
        .map_while(|index| node_range(cluster, mask, index).ok())
        .find(|&range| assigned.insert(range) && !nodes.iter().any(|node| range.contains(node)))
}

/// The prefix length of node ranges that an administrator sets for this cluster range: the default where it fits, else
/// one that divides the range into 16 (IPv4) or at most 65 536 nodes (IPv6).
fn node_mask(cluster: IpNet) -> u8 {
    let prefix = cluster.prefix_len();
    match cluster {
        IpNet::V4(_) if prefix < NODE_MASK_V4 => NODE_MASK_V4,
        IpNet::V4(_) => (prefix + 4).min(30),
        IpNet::V6(_) if prefix < NODE_MASK_V6 => NODE_MASK_V6.min(prefix + MAX_V6_BITS),
        IpNet::V6(_) => (prefix + 8).min(124),
    }
}

/// The pod range with this index, counted from 0, when a cluster's range is divided into ranges of this prefix length.
pub fn node_range(cluster: IpNet, mask: u8, index: u32) -> Result<IpNet, NodeRangeError> {
    let bits = mask
        .checked_sub(cluster.prefix_len())
        .ok_or(NodeRangeError::Full)?;
    if Family::of(cluster.addr()) == Family::V6 && bits > MAX_V6_BITS {
        return Err(NodeRangeError::TooBig);
    }
    if u32::from(bits) < u32::BITS && index >> bits > 0 {
        return Err(NodeRangeError::Full);
    }
    let host_bits = cluster.max_prefix_len().checked_sub(mask);
    host_bits
        .and_then(|bits| u128::from(index).checked_shl(u32::from(bits)))
        .and_then(|offset| ServiceRange(cluster).address(offset))
        .and_then(|address| IpNet::new(address, mask).ok())
        .ok_or(NodeRangeError::Full)
}

/// The addresses that pods can still get.
#[derive(Debug)]
pub struct PodAddressPool {
    /// Addresses that pods had before any was assigned.
    taken: BTreeSet<IpAddr>,
    /// The last host number assigned in each range.
    last: BTreeMap<IpNet, u128>,
}

impl PodAddressPool {
    /// A pool without the addresses of these pods.
    pub fn new<'a>(pods: impl IntoIterator<Item = &'a Pod>) -> PodAddressPool {
        PodAddressPool {
            taken: sort::set(pods.into_iter().flat_map(Pod::addresses)),
            last: BTreeMap::new(),
        }
    }

    /// An address of each family in the node's ranges, the family of its first range first.
    pub fn assign(&mut self, node: &Node) -> Vec<IpAddr> {
        let mut ranges: Vec<IpNet> = [Family::V4, Family::V6]
            .into_iter()
            .filter_map(|family| node.pod_cidr(family))
            .collect();
        let primary = node.pod_ranges().next();
        sort::sort_by_key(&mut ranges, |range| Some(*range) != primary);
        ranges
            .into_iter()
            .filter_map(|range| self.next_address(range))
            .collect()
    }

    fn next_address(&mut self, range: IpNet) -> Option<IpAddr> {
        let first = self.last.get(&range).map_or(FIRST_POD, |last| last + 1);
        for number in first.. {
            let address = host_address(range, number)?;
            if !self.taken.contains(&address) {
                self.last.insert(range, number);
                return Some(address);
            }
        }
        None
    }
}

/// The address with this host number; `None` at and beyond the IPv4 broadcast address or the end of an IPv6 range.
fn host_address(range: IpNet, number: u128) -> Option<IpAddr> {
    match range {
        IpNet::V4(range) => {
            let number = u32::try_from(number).ok()?;
            let address = range.network().to_bits().checked_add(number)?;
            let is_host = address < range.broadcast().to_bits();
            is_host.then(|| IpAddr::V4(Ipv4Addr::from_bits(address)))
        }
        IpNet::V6(range) => {
            let address = range.network().to_bits().checked_add(number)?;
            let is_host = address <= range.broadcast().to_bits();
            is_host.then(|| IpAddr::V6(Ipv6Addr::from_bits(address)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{address, range};

    #[test]
    fn node_ranges_follow_each_other_until_the_cluster_has_none_left() {
        let mut assigned = BTreeSet::new();
        let mut next = || next_node_range(range("10.244.0.0/23"), &mut assigned, &BTreeSet::new());
        assert_eq!(next(), Some(range("10.244.0.0/24")));
        assert_eq!(next(), Some(range("10.244.1.0/24")));
        assert_eq!(next(), None);
    }

    #[test]
    fn a_range_of_any_size_is_divided_so_that_the_controller_can_count_the_nodes() {
        let rows = [
            ("10.244.0.0/16", 24),
            ("10.244.0.0/24", 28),
            ("10.244.0.0/28", 30),
            ("fd00:10:244::/56", 64),
            ("fd00::/40", 56),
            ("fd00::/64", 72),
        ];
        for (cluster, mask) in rows {
            assert_eq!(node_mask(range(cluster)), mask, "{cluster}");
            assert!(node_range(range(cluster), mask, 0).is_ok(), "{cluster}");
        }
    }

    #[test]
    fn a_range_that_is_used_up_has_no_more_addresses() {
        assert_eq!(
            host_address(range("10.0.0.0/30"), 2),
            Some(address("10.0.0.2"))
        );
        assert_eq!(host_address(range("10.0.0.0/30"), 3), None);
    }
}
