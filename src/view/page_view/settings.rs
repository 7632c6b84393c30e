//! The form of the cluster's settings.

use serde::{Deserialize, Serialize};

/// The names of kube-proxy's modes, in the order in which they are offered.
pub const PROXY_MODES: [&str; 3] = ["iptables", "nftables", "ipvs"];

/// The cluster's settings as the form shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// How many nodes there are when the manifests name none.
    pub nodes: String,
    /// The first pod range.
    pub pod_cidr: String,
    /// The first Service range.
    pub service_cidr: String,
    /// The DNS domain.
    pub domain: String,
    /// The name of what gives LoadBalancer Services their addresses.
    pub load_balancer: String,
    /// The name of what enforces NetworkPolicies.
    pub plugin: String,
    /// Whether all Services exist before the first pod starts.
    pub services_first: bool,
    /// The name of kube-proxy's mode.
    pub proxy_mode: String,
}

/// A change of one setting, as the form has it: text that may be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SettingChange {
    /// How many nodes.
    Nodes(String),
    /// The pod range.
    PodCidr(String),
    /// The Service range.
    ServiceCidr(String),
    /// The DNS domain.
    Domain(String),
    /// The name of a load balancer: `metallb`.
    LoadBalancer(String),
    /// The name of a plugin: `calico`.
    NetworkPlugin(String),
    /// `written` or `first`.
    Creation(String),
    /// The name of a mode: `nftables`.
    ProxyMode(String),
}
