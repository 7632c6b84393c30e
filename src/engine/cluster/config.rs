//! What a cluster's administrator chose, where the manifests are silent: ranges, domain, kube-proxy's options.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::ip_ranges::{DNS_DOMAIN, KUBEADM_SERVICE_RANGE};

/// The cluster's own settings. The default is what kubeadm sets up, with three nodes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Config {
    /// How many nodes there are when the manifests name none.
    pub nodes: u8,
    /// Where pods get their addresses from, one range a family, the primary family's first.
    pub pod_cidrs: Vec<IpNet>,
    /// Where Services get their addresses from, one range a family, the primary family's first.
    pub service_cidrs: Vec<IpNet>,
    /// First and last node port.
    pub node_ports: (u16, u16),
    /// The DNS domain.
    pub domain: String,
    /// Who gives LoadBalancer Services an address.
    pub load_balancer: LoadBalancer,
    /// Which Services were there when a pod started.
    pub creation: Creation,
    /// kube-proxy's options.
    pub proxy: ProxyConfig,
}

impl Default for Config {
    fn default() -> Self {
        let range = |text: &str| text.parse().expect("a literal range");
        Config {
            nodes: 3,
            pod_cidrs: vec![range("10.244.0.0/16")],
            service_cidrs: vec![range(KUBEADM_SERVICE_RANGE)],
            node_ports: (30_000, 32_767),
            domain: DNS_DOMAIN.to_owned(),
            load_balancer: LoadBalancer::Cloud,
            creation: Creation::AsWritten,
            proxy: ProxyConfig::default(),
        }
    }
}

/// Who, if anyone, gives LoadBalancer Services an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoadBalancer {
    /// A cloud controller.
    #[default]
    Cloud,
    /// Nobody: addresses stay `<pending>`.
    None,
}

/// Which Services were there when a pod started: its containers' variables know no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Creation {
    /// Those that stand before it in the text: objects are created in that order.
    #[default]
    AsWritten,
    /// All of them, wherever they stand.
    ServicesFirst,
}

/// kube-proxy's options (`KubeProxyConfiguration`), those that change rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProxyConfig {
    /// `mode`.
    pub mode: ProxyMode,
    /// `detectLocalMode`: how it tells that a packet comes from a pod.
    pub detect_local: DetectLocal,
    /// `iptables.masqueradeAll`.
    pub masquerade_all: bool,
    /// `iptables.localhostNodePorts`.
    pub localhost_node_ports: bool,
    /// `nodePortAddresses`: the ranges whose node addresses answer on node ports; empty for the mode's default.
    pub node_port_addresses: Vec<IpNet>,
    /// Whether the node's kernel has the nfacct match, whose counting rules then appear.
    pub nfacct: bool,
    /// The gate `AllowServiceExternalIPs` (1.36: on).
    pub external_ips: bool,
}

impl Default for ProxyConfig {
    fn default() -> Self {
        ProxyConfig {
            mode: ProxyMode::Iptables,
            detect_local: DetectLocal::ClusterCidr,
            masquerade_all: false,
            localhost_node_ports: true,
            node_port_addresses: Vec::new(),
            nfacct: false,
            external_ips: true,
        }
    }
}

/// `mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProxyMode {
    /// Rules for `iptables`.
    #[default]
    Iptables,
    /// Rules for `nft`.
    Nftables,
}

/// `detectLocalMode` with its argument.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DetectLocal {
    /// Its source is in the cluster's pod range.
    #[default]
    ClusterCidr,
    /// Its source is in the node's own pod range.
    NodeCidr,
    /// It came in by this bridge.
    BridgeInterface(String),
    /// It came in by an interface of this prefix.
    InterfaceNamePrefix(String),
}
