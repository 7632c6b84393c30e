//! Where a packet can be.

use std::net::IpAddr;

use serde::Serialize;

use crate::cluster::Cluster;
use crate::names::ObjectName;

/// A place of the network.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub enum Device {
    /// A machine outside the cluster.
    Outside(IpAddr),
    /// The cloud load balancer of a Service.
    LoadBalancer(ObjectName),
    /// A node's own network stack.
    Node(String),
    /// kube-proxy's rules in a node's kernel.
    Rules(String),
    /// The interface of a pod at its node, where its NetworkPolicies are applied.
    PodInterface(ObjectName),
    /// A pod's network namespace.
    Pod(ObjectName),
}

impl Device {
    /// The pod, for a pod's network namespace.
    pub fn pod(&self) -> Option<&ObjectName> {
        match self {
            Device::Pod(pod) => Some(pod),
            Device::Outside(_)
            | Device::LoadBalancer(_)
            | Device::Node(_)
            | Device::Rules(_)
            | Device::PodInterface(_) => None,
        }
    }

    /// The address, for a machine outside the cluster.
    pub fn outside_address(&self) -> Option<IpAddr> {
        match self {
            Device::Outside(address) => Some(*address),
            Device::LoadBalancer(_)
            | Device::Node(_)
            | Device::Rules(_)
            | Device::PodInterface(_)
            | Device::Pod(_) => None,
        }
    }

    /// The node that the device is on: its own, or that of its pod.
    pub fn home<'a>(&'a self, cluster: &'a Cluster) -> Option<&'a str> {
        match self {
            Device::Pod(pod) | Device::PodInterface(pod) => {
                let pod = cluster.pod(pod)?;
                Some(&pod.spec.node_name)
            }
            Device::Node(node) | Device::Rules(node) => Some(node),
            Device::Outside(_) | Device::LoadBalancer(_) => None,
        }
    }

    /// The node it is on, for the node's own stack and its rules.
    pub fn node(&self) -> Option<&str> {
        match self {
            Device::Node(node) | Device::Rules(node) => Some(node),
            Device::Outside(_)
            | Device::LoadBalancer(_)
            | Device::PodInterface(_)
            | Device::Pod(_) => None,
        }
    }

    /// The node whose rules it is.
    pub fn rules_node(&self) -> Option<&str> {
        match self {
            Device::Rules(node) => Some(node),
            Device::Outside(_)
            | Device::LoadBalancer(_)
            | Device::Node(_)
            | Device::PodInterface(_)
            | Device::Pod(_) => None,
        }
    }
}

impl std::fmt::Display for Device {
    /// `outside 203.0.113.7`, `node node-1`, `kube-proxy node-1`, `interface default/web`, `pod default/web`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Device::Outside(address) => write!(f, "outside {address}"),
            Device::LoadBalancer(service) => write!(f, "load-balancer {service}"),
            Device::Node(node) => write!(f, "node {node}"),
            Device::Rules(node) => write!(f, "kube-proxy {node}"),
            Device::PodInterface(pod) => write!(f, "interface {pod}"),
            Device::Pod(pod) => write!(f, "pod {pod}"),
        }
    }
}

impl From<Device> for String {
    fn from(place: Device) -> String {
        place.to_string()
    }
}
