//! A Node: a machine with a kernel, a kubelet and a kube-proxy (`core/v1` `Node`).

use std::net::IpAddr;

use ipnet::IpNet;
use serde::Deserialize;
use serde_json::json;
use smol_str::SmolStr;

use super::api_text::set_ready;
use super::{ConditionStatus, Metadata, READY, Resources, StatusCondition, TaintEffect};
use crate::names::Family;
use crate::quantity::Quantity;

/// A Node as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Node {
    /// Name and labels; the label `topology.kubernetes.io/zone` is the zone.
    pub metadata: Metadata,
    /// Pod ranges, cordon and taints.
    pub spec: NodeSpec,
    /// What the kubelet reported.
    pub status: NodeStatus,
}

/// `spec` of a Node.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeSpec {
    /// The first of `podCIDRs`.
    #[serde(rename = "podCIDR")]
    pub pod_cidr: Option<IpNet>,
    /// The ranges of the node's pods, one per IP family.
    #[serde(rename = "podCIDRs")]
    pub pod_cidrs: Vec<IpNet>,
    /// Whether the node is cordoned.
    pub unschedulable: bool,
    /// Taints, which repel pods that do not tolerate them.
    pub taints: Vec<Taint>,
}

impl NodeSpec {
    /// `spec.taints` as the API server returns it.
    pub fn taints_as_json(&self) -> serde_json::Value {
        let one = |taint: &Taint| {
            let mut fields = json!({"key": taint.key, "effect": taint.effect});
            if !taint.value.is_empty() {
                fields["value"] = taint.value.as_str().into();
            }
            fields
        };
        self.taints.iter().map(one).collect()
    }
}

/// `spec.taints[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Taint {
    /// The taint key.
    pub key: SmolStr,
    /// The taint value, often empty.
    pub value: SmolStr,
    /// What happens to pods that do not tolerate the taint.
    pub effect: TaintEffect,
}

/// `status` of a Node.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct NodeStatus {
    /// IP addresses and host names.
    pub addresses: Vec<NodeAddress>,
    /// `Ready` and others.
    pub conditions: Vec<StatusCondition>,
    /// Resources available to pods.
    pub allocatable: Resources,
}

/// `status.addresses[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct NodeAddress {
    /// `InternalIP`, `ExternalIP`, `Hostname`, …
    #[serde(rename = "type")]
    pub address_type: SmolStr,
    /// The address or name.
    pub address: SmolStr,
}

impl NodeAddress {
    /// Its place among the node's addresses, by its type.
    fn rank(&self) -> u8 {
        match self.address_type.as_str() {
            "InternalIP" | "" => 0,
            "ExternalIP" => 1,
            _ => 2,
        }
    }
}

/// How many pods a kubelet runs by default (`maxPods`).
pub const MAX_PODS_PER_NODE: u32 = 110;

/// The label of nodes that external load balancers leave out.
pub const EXCLUDE_BALANCERS: &str = "node.kubernetes.io/exclude-from-external-load-balancers";

/// The taint of a cordoned node. The node's `spec.unschedulable` says the same.
pub const CORDON_TAINT: &str = "node.kubernetes.io/unschedulable";

/// The well-known label of a node's zone.
const ZONE: &str = "topology.kubernetes.io/zone";

impl Node {
    /// `metadata.name`.
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// The node's zone; `None` without the label.
    pub fn zone(&self) -> Option<&str> {
        self.metadata.labels.get(ZONE).map(SmolStr::as_str)
    }

    /// The IP addresses of `status.addresses`: the internal ones first, then the external ones, as the kubelet and kube-proxy
    /// take them (kubernetes `pkg/util/node/node.go`, `GetNodeHostIPs`), then host names that are addresses.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        (0..=2).flat_map(move |rank| {
            let addresses = self.status.addresses.iter();
            let of_rank = addresses.filter(move |own| own.rank() == rank);
            of_rank.filter_map(|own| own.address.parse().ok())
        })
    }

    /// The primary address of a family: the first.
    pub fn address(&self, family: Family) -> Option<IpAddr> {
        self.addresses()
            .find(|&address| Family::of(address) == family)
    }

    /// Whether the kubelet reports `Ready`. A node without the condition was written by hand and counts as ready.
    pub fn is_ready(&self) -> bool {
        self.ready_status()
            .is_none_or(|status| *status == ConditionStatus::True)
    }

    /// Whether the kubelet has stopped reporting (kubernetes `pkg/controller/nodelifecycle`).
    pub fn is_down(&self) -> bool {
        self.ready_status() == Some(&ConditionStatus::Unknown)
    }

    /// Sets the `Ready` condition.
    pub fn set_ready(&mut self, status: ConditionStatus) {
        set_ready(&mut self.status.conditions, status);
    }

    /// Whether external load balancers leave the node out, whatever the value of the label is (kubernetes
    /// `staging/src/k8s.io/cloud-provider/controllers/service/controller.go`).
    pub fn is_excluded_from_load_balancers(&self) -> bool {
        self.metadata.labels.contains_key(EXCLUDE_BALANCERS)
    }

    /// How many pods the node takes.
    pub fn pod_capacity(&self) -> usize {
        let stated = self.status.allocatable.get("pods");
        let stated = stated.map(Quantity::as_number);
        stated.map_or(MAX_PODS_PER_NODE as usize, |pods| pods as usize)
    }

    /// How many CPUs pods can have, if that is stated.
    pub fn processors(&self) -> Option<f64> {
        self.status.allocatable.get("cpu").map(Quantity::as_number)
    }

    fn ready_status(&self) -> Option<&ConditionStatus> {
        let mut conditions = self.status.conditions.iter();
        conditions
            .find(|condition| condition.condition_type == READY)
            .map(|condition| &condition.status)
    }

    /// `spec.podCIDRs`, or `spec.podCIDR` if only that is set.
    pub fn pod_ranges(&self) -> impl Iterator<Item = IpNet> + '_ {
        let single = if self.spec.pod_cidrs.is_empty() {
            self.spec.pod_cidr
        } else {
            None
        };
        self.spec.pod_cidrs.iter().copied().chain(single)
    }

    /// The range of the node's pods in a family.
    pub fn pod_cidr(&self, family: Family) -> Option<IpNet> {
        self.pod_ranges()
            .find(|range| Family::of(range.addr()) == family)
    }

    /// The address of the bridge of the node's pods: the first of their range (CNI's `host-local` plugin).
    pub fn bridge_address(&self, family: Family) -> Option<IpAddr> {
        let range = self.pod_cidr(family)?;
        range.hosts().find(|&address| address != range.network())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    #[test]
    fn the_primary_address_of_a_node_is_an_internal_one() {
        let node: Node = object(
            "
            status:
              addresses:
              - {type: Hostname, address: 203.0.113.9}
              - {type: ExternalIP, address: 203.0.113.9}
              - {type: InternalIP, address: 10.0.0.2}
              - {type: InternalIP, address: 'fd00::2'}
            ",
        );
        let all: Vec<String> = node.addresses().map(|own| own.to_string()).collect();
        assert_eq!(all, ["10.0.0.2", "fd00::2", "203.0.113.9", "203.0.113.9"]);
        assert_eq!(node.address(Family::V4), Some([10, 0, 0, 2].into()));
    }
}
