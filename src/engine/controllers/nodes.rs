//! Nodes and what registers them: addresses, pod ranges, the kubelet's labels, the `Ready` condition.
//!
//! Manifests rarely contain nodes, so the nodes of a fresh kubeadm cluster are made up. Fields that a live dump has are
//! kept. (Labels: kubernetes `pkg/kubelet/kubelet_node_status.go`.)

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use smol_str::SmolStr;

use super::ipam::assign_node_ranges;
use crate::cluster::config::Config;
use crate::cluster::object::{
    ConditionStatus, MAX_PODS_PER_NODE, Node, NodeAddress, StatusCondition,
};
use crate::names::Family;
use crate::sort;

/// The host number of the first made-up node address: 192.168.0.11.
const FIRST_NODE: u32 = 11;

/// Zones of made-up nodes, assigned in turn.
const ZONES: [&str; 3] = ["zone-a", "zone-b", "zone-c"];

/// The labels of a kubelet on Linux, with the deprecated names of two of them.
const KUBELET_LABELS: [(&str, &str); 4] = [
    ("kubernetes.io/os", "linux"),
    ("kubernetes.io/arch", "amd64"),
    ("beta.kubernetes.io/os", "linux"),
    ("beta.kubernetes.io/arch", "amd64"),
];

/// No more nodes are made up than a /16 has pod ranges of a /24.
const MOST_NODES: usize = 256;

/// How many nodes a text without nodes needs for its pods, besides `daemons` pods on every node.
pub fn nodes_for(pods: usize, daemons: usize) -> usize {
    let room = (MAX_PODS_PER_NODE as usize).saturating_sub(daemons).max(1);
    pods.div_ceil(room).min(MOST_NODES)
}

/// The nodes of a cluster whose manifests contain none: `node-1`, `node-2`, ….
pub fn default_nodes(count: usize) -> BTreeMap<SmolStr, Node> {
    let mut nodes = BTreeMap::new();
    for (number, zone) in (1..=count).zip(ZONES.iter().cycle()) {
        let mut node = node_named(&format!("node-{number}"));
        let labels = node.metadata.labels_mut();
        labels.insert("topology.kubernetes.io/zone".into(), (*zone).into());
        nodes.insert(node.metadata.name.clone(), node);
    }
    nodes
}

/// A node with nothing but a name.
pub fn node_named(name: &str) -> Node {
    let mut node = Node::default();
    node.metadata.name = name.into();
    node
}

/// Fills in what the manifests of nodes leave out: addresses, pod ranges, a kubelet's labels, the `Ready` condition.
pub fn register_nodes(nodes: &mut BTreeMap<SmolStr, Node>, config: &Config) {
    let mut taken = sort::set(nodes.values().flat_map(Node::addresses));
    let mut ranges = sort::set(nodes.values().flat_map(Node::pod_ranges));
    for node in in_natural_order(nodes) {
        if node.addresses().next().is_none() {
            node.status.addresses = new_addresses(node.name(), config, &mut taken);
        }
        if node.pod_ranges().next().is_none() {
            assign_node_ranges(node, &config.pod_cidrs, &mut ranges, &taken);
        }
        add_kubelet_labels(node);
        if node.status.conditions.is_empty() {
            let ready = StatusCondition::ready(ConditionStatus::True);
            node.status.conditions.push(ready);
        }
    }
}

fn add_kubelet_labels(node: &mut Node) {
    let hostname = node.metadata.name.clone();
    let labels = node.metadata.labels_mut();
    labels
        .entry("kubernetes.io/hostname".into())
        .or_insert(hostname);
    for (key, value) in KUBELET_LABELS {
        labels.entry(key.into()).or_insert_with(|| value.into());
    }
}

/// An unused internal address for each family of the cluster, and the host name.
fn new_addresses(name: &str, config: &Config, taken: &mut BTreeSet<IpAddr>) -> Vec<NodeAddress> {
    let mut addresses = Vec::new();
    for range in &config.pod_cidrs {
        if let Some(address) = unused_address(Family::of(range.addr()), taken) {
            addresses.push(node_address("InternalIP", &address.to_string()));
        }
    }
    addresses.push(node_address("Hostname", name));
    addresses
}

fn node_address(address_type: &str, address: &str) -> NodeAddress {
    NodeAddress {
        address_type: address_type.into(),
        address: address.into(),
    }
}

fn unused_address(family: Family, taken: &mut BTreeSet<IpAddr>) -> Option<IpAddr> {
    (FIRST_NODE..=u32::from(u16::MAX))
        .map(|number| machine_address(family, number))
        .find(|&address| taken.insert(address))
}

/// 192.168.0.0 or fd00:c0a8:: plus a host number.
fn machine_address(family: Family, number: u32) -> IpAddr {
    match family {
        Family::V4 => {
            let network = Ipv4Addr::new(192, 168, 0, 0).to_bits();
            IpAddr::V4(Ipv4Addr::from_bits(network + number))
        }
        Family::V6 => {
            let network = Ipv6Addr::new(0xfd00, 0xc0a8, 0, 0, 0, 0, 0, 0).to_bits();
            IpAddr::V6(Ipv6Addr::from_bits(network + u128::from(number)))
        }
    }
}

/// Nodes as people count them: `node-2` before `node-10`.
fn in_natural_order(nodes: &mut BTreeMap<SmolStr, Node>) -> Vec<&mut Node> {
    let mut nodes: Vec<&mut Node> = nodes.values_mut().collect();
    sort::sort_by(&mut nodes, |a, b| {
        natural_key(a.name()).cmp(&natural_key(b.name()))
    });
    nodes
}

/// A sort key that compares trailing numbers by value.
pub(super) fn natural_key(name: &str) -> (&str, u64, &str) {
    let base = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    (base, name[base.len()..].parse().unwrap_or_default(), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_whose_manifests_name_no_node_has_three_with_addresses_and_ranges() {
        let config = Config::default();
        let mut nodes = default_nodes(3);
        register_nodes(&mut nodes, &config);
        let shown: Vec<String> = nodes
            .values()
            .map(|node| {
                format!(
                    "{} {:?} {:?} {:?}",
                    node.name(),
                    node.address(Family::V4),
                    node.spec.pod_cidr,
                    node.zone()
                )
            })
            .collect();
        assert_eq!(
            shown[1],
            "node-2 Some(192.168.0.12) Some(10.244.1.0/24) Some(\"zone-b\")"
        );
        assert_eq!(shown.len(), 3);
    }
}
