//! A Node: a machine with a kernel, a kubelet and a kube-proxy (`core/v1` `Node`).

use std::net::IpAddr;

use ipnet::IpNet;
use serde::Deserialize;
use smol_str::SmolStr;

use super::Metadata;
use crate::engine::names::Family;

/// A Node as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Node {
    /// Name and labels; `topology.kubernetes.io/zone` is its zone.
    pub metadata: Metadata,
    /// What was decided for it.
    pub spec: NodeSpec,
    /// What its kubelet reported.
    pub status: NodeStatus,
}

/// `spec` of a Node.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeSpec {
    /// The first of `podCIDRs`.
    #[serde(rename = "podCIDR")]
    pub pod_cidr: Option<IpNet>,
    /// The addresses of its pods, one range a family.
    #[serde(rename = "podCIDRs")]
    pub pod_cidrs: Vec<IpNet>,
    /// Whether it was cordoned.
    pub unschedulable: bool,
    /// What keeps pods away.
    pub taints: Vec<Taint>,
}

/// `spec.taints[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Taint {
    /// Its key.
    pub key: SmolStr,
    /// Its value.
    pub value: SmolStr,
    /// `NoSchedule`, `PreferNoSchedule`, `NoExecute`.
    pub effect: SmolStr,
}

/// `status` of a Node.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct NodeStatus {
    /// Its addresses.
    pub addresses: Vec<NodeAddress>,
    /// `Ready` and others.
    pub conditions: Vec<NodeCondition>,
    /// What pods may use of it.
    pub allocatable: Allocatable,
}

/// `status.allocatable`, of which only the processors matter (topology-aware hints).
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Allocatable {
    /// How many processors: written `4`, `"4"`, `"500m"`.
    #[serde(deserialize_with = "processors")]
    pub cpu: Option<f64>,
}

/// A quantity of processors; none where the text is none that kubelets write.
fn processors<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Quantity {
        Number(f64),
        Text(String),
    }
    Ok(match Quantity::deserialize(deserializer)? {
        Quantity::Number(number) => Some(number),
        Quantity::Text(text) => match text.strip_suffix('m') {
            Some(thousandths) => thousandths
                .parse::<f64>()
                .ok()
                .map(|number| number / 1000.0),
            None => text.parse().ok(),
        },
    })
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

/// `status.conditions[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct NodeCondition {
    /// `Ready`.
    #[serde(rename = "type")]
    pub condition_type: SmolStr,
    /// `True`, `False`, `Unknown`.
    pub status: SmolStr,
}

/// The label that names a node's zone.
const ZONE: &str = "topology.kubernetes.io/zone";

impl Node {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// Its zone, when its labels say one.
    pub fn zone(&self) -> Option<&str> {
        self.metadata.labels.get(ZONE).map(SmolStr::as_str)
    }

    /// Its IP addresses that its kernel has on an interface, in written order.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        self.status
            .addresses
            .iter()
            .filter_map(|address| address.address.parse().ok())
    }

    /// Its primary address of a family: the first.
    pub fn address(&self, family: Family) -> Option<IpAddr> {
        self.addresses()
            .find(|&address| Family::of(address) == family)
    }

    /// Whether its kubelet reports it ready. A node that reports nothing was written by hand and is taken as ready.
    pub fn is_ready(&self) -> bool {
        let mut reported = self
            .status
            .conditions
            .iter()
            .filter(|condition| condition.condition_type == "Ready");
        reported
            .next()
            .is_none_or(|condition| condition.status == "True")
    }

    /// The range its pods' addresses are from, of a family.
    pub fn pod_cidr(&self, family: Family) -> Option<IpNet> {
        let first = self
            .spec
            .pod_cidrs
            .is_empty()
            .then_some(self.spec.pod_cidr)
            .flatten();
        self.spec
            .pod_cidrs
            .iter()
            .copied()
            .chain(first)
            .find(|cidr| Family::of(cidr.addr()) == family)
    }

    /// The address of the bridge its pods hang on, of a family: the first of their range (CNI's `host-local` plugin).
    pub fn bridge_address(&self, family: Family) -> Option<IpAddr> {
        let range = self.pod_cidr(family)?;
        range.hosts().find(|&address| address != range.network())
    }
}
