//! Where a packet can be.

use std::net::IpAddr;

use serde::Serialize;

use crate::engine::names::ObjectName;

/// A place of the network.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub enum Place {
    /// A machine outside the cluster.
    Outside(IpAddr),
    /// The cloud load balancer of a Service.
    LoadBalancer(ObjectName),
    /// A node's own network stack.
    Node(String),
    /// kube-proxy's rules in a node's kernel.
    Rules(String),
    /// A pod's network namespace.
    Pod(ObjectName),
}

impl Place {
    /// The node it is on, for the node's own stack and its rules.
    pub fn node(&self) -> Option<&str> {
        match self {
            Place::Node(node) | Place::Rules(node) => Some(node),
            Place::Outside(_) | Place::LoadBalancer(_) | Place::Pod(_) => None,
        }
    }

    /// The node whose rules it is.
    pub fn rules_node(&self) -> Option<&str> {
        match self {
            Place::Rules(node) => Some(node),
            Place::Outside(_) | Place::LoadBalancer(_) | Place::Node(_) | Place::Pod(_) => None,
        }
    }
}

impl std::fmt::Display for Place {
    /// `outside 203.0.113.7`, `node node-1`, `kube-proxy node-1`, `pod default/web`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Outside(address) => write!(f, "outside {address}"),
            Place::LoadBalancer(service) => write!(f, "load-balancer {service}"),
            Place::Node(node) => write!(f, "node {node}"),
            Place::Rules(node) => write!(f, "kube-proxy {node}"),
            Place::Pod(pod) => write!(f, "pod {pod}"),
        }
    }
}

impl From<Place> for String {
    fn from(place: Place) -> String {
        place.to_string()
    }
}
