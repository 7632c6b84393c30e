//! Settings of the cluster that manifests do not contain: ranges, DNS domain, kube-proxy options.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::ip_ranges::{DNS_DOMAIN, KUBEADM_SERVICE_RANGE};

/// Settings of a cluster. The default is a kubeadm cluster with three nodes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Config {
    /// The number of nodes, if the manifests contain none; there are more if their pods need more.
    pub nodes: u8,
    /// The ranges of pod addresses, one per family, the primary family first.
    pub pod_cidrs: Vec<IpNet>,
    /// The ranges of Service addresses, one per family, the primary family first.
    pub service_cidrs: Vec<IpNet>,
    /// The first and the last node port.
    pub node_ports: (u16, u16),
    /// The cluster's DNS domain.
    pub domain: String,
    /// What gives LoadBalancer Services their addresses.
    pub load_balancer: LoadBalancer,
    /// Whether k3s runs without root: ServiceLB then reports 127.0.0.1.
    pub rootless: bool,
    /// Which Services exist when a pod starts.
    pub creation: Creation,
    /// What enforces NetworkPolicies.
    pub plugin: NetworkPlugin,
    /// kube-proxy's options.
    pub proxy: ProxyConfig,
}

impl Config {
    /// The default cluster with other ranges of pods and of Services; an empty list leaves the default's.
    pub fn with_ranges(pods: &[IpNet], services: &[IpNet]) -> Config {
        let mut config = Config::default();
        if !pods.is_empty() {
            config.pod_cidrs = pods.to_vec();
        }
        if !services.is_empty() {
            config.service_cidrs = services.to_vec();
        }
        config
    }
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
            load_balancer: LoadBalancer::Auto,
            rootless: false,
            creation: Creation::AsWritten,
            plugin: NetworkPlugin::Api,
            proxy: ProxyConfig::default(),
        }
    }
}

/// What gives LoadBalancer Services their addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoadBalancer {
    /// What the text shows: MetalLB if it has MetalLB's configuration, ServiceLB if its cluster is k3s, else a cloud.
    #[default]
    Auto,
    /// A cloud provider's controller assigns addresses.
    Cloud,
    /// MetalLB, with the pools of the text.
    Metallb,
    /// ServiceLB of k3s: pods on the nodes listen on the ports of Services.
    Servicelb,
    /// No controller: addresses stay `<pending>`.
    None,
}

impl LoadBalancer {
    /// All of them, in the order in which they are offered.
    pub const ALL: [LoadBalancer; 5] = [
        LoadBalancer::Auto,
        LoadBalancer::Cloud,
        LoadBalancer::Metallb,
        LoadBalancer::Servicelb,
        LoadBalancer::None,
    ];

    /// The name in settings and options: `servicelb`.
    pub fn name(self) -> &'static str {
        match self {
            LoadBalancer::Auto => "auto",
            LoadBalancer::Cloud => "cloud",
            LoadBalancer::Metallb => "metallb",
            LoadBalancer::Servicelb => "servicelb",
            LoadBalancer::None => "none",
        }
    }

    /// The load balancer with a name.
    pub fn named(name: &str) -> Option<LoadBalancer> {
        let mut all = LoadBalancer::ALL.into_iter();
        all.find(|own| own.name() == name)
    }
}

/// The network plugin that enforces NetworkPolicies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkPlugin {
    /// What the API's comments and the documentation of Kubernetes say.
    #[default]
    Api,
    /// Calico: a node reaches its own pods (projectcalico `felix/rules/static.go`, filter OUTPUT), a pod's egress rules
    /// also hold towards its own node (`cali-wl-to-host`), and pods on the host's network are host endpoints, which
    /// NetworkPolicies do not select.
    Calico,
    /// Cilium: `ipBlock` matches neither pods nor nodes (`Documentation/network/kubernetes/policy.rst`); a node reaches
    /// its own pods (`allow-localhost=auto`); pods on the host's network have the identity of the host.
    Cilium,
    /// kube-router: as the API, but it rejects instead of dropping (`-j REJECT`), as k3s does.
    KubeRouter,
    /// Antrea: a node reaches its own pods (`docs/design/ovs-pipeline.md`, IngressSecurityClassifier), and pods on the
    /// host's network are not selected (`docs/antrea-network-policy.md`).
    Antrea,
    /// A plugin without NetworkPolicies, as flannel alone: they are stored and do nothing.
    None,
}

impl NetworkPlugin {
    /// All plugins, in the order in which they are offered.
    pub const ALL: [NetworkPlugin; 6] = [
        NetworkPlugin::Api,
        NetworkPlugin::Calico,
        NetworkPlugin::Cilium,
        NetworkPlugin::KubeRouter,
        NetworkPlugin::Antrea,
        NetworkPlugin::None,
    ];

    /// The name in settings and options: `kube-router`.
    pub fn name(self) -> &'static str {
        match self {
            NetworkPlugin::Api => "api",
            NetworkPlugin::Calico => "calico",
            NetworkPlugin::Cilium => "cilium",
            NetworkPlugin::KubeRouter => "kube-router",
            NetworkPlugin::Antrea => "antrea",
            NetworkPlugin::None => "none",
        }
    }

    /// The plugin with a name.
    pub fn named(name: &str) -> Option<NetworkPlugin> {
        let mut all = NetworkPlugin::ALL.into_iter();
        all.find(|plugin| plugin.name() == name)
    }

    /// Whether the plugin enforces NetworkPolicies at all.
    pub fn enforces(self) -> bool {
        match self {
            NetworkPlugin::Api
            | NetworkPlugin::Calico
            | NetworkPlugin::Cilium
            | NetworkPlugin::KubeRouter
            | NetworkPlugin::Antrea => true,
            NetworkPlugin::None => false,
        }
    }
}

/// Which Services exist when a pod starts; its containers have environment variables for these only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Creation {
    /// Those before the pod in the text: objects are created in that order.
    #[default]
    AsWritten,
    /// All Services of the text.
    ServicesFirst,
}

/// The options of kube-proxy (`KubeProxyConfiguration`) that affect rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProxyConfig {
    /// `mode`: the rules that are written.
    pub mode: ProxyMode,
    /// `detectLocalMode`: how kube-proxy recognises packets of local pods.
    pub detect_local: DetectLocal,
    /// `iptables.masqueradeAll`.
    pub masquerade_all: bool,
    /// `iptables.localhostNodePorts`.
    pub localhost_node_ports: bool,
    /// `nodePortAddresses`: ranges of the node addresses that accept node ports; empty for the mode's default.
    pub node_port_addresses: Vec<IpNet>,
    /// Whether the node's kernel has the nfacct match, for which kube-proxy adds counting rules.
    pub nfacct: bool,
    /// The feature gate `AllowServiceExternalIPs` (on in 1.36).
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

impl From<ProxyMode> for ProxyConfig {
    /// kube-proxy in a mode, with the defaults of all other options.
    fn from(mode: ProxyMode) -> ProxyConfig {
        ProxyConfig {
            mode,
            ..ProxyConfig::default()
        }
    }
}

/// `mode` of kube-proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProxyMode {
    /// `iptables` rules.
    #[default]
    Iptables,
    /// `nftables` rules.
    Nftables,
    /// Virtual servers of IPVS (deprecated since Kubernetes 1.35).
    Ipvs,
}

impl ProxyMode {
    /// All modes, in the order in which they are offered.
    pub const ALL: [ProxyMode; 3] = [ProxyMode::Iptables, ProxyMode::Nftables, ProxyMode::Ipvs];

    /// The name in settings and options: `nftables`.
    pub fn name(self) -> &'static str {
        match self {
            ProxyMode::Iptables => "iptables",
            ProxyMode::Nftables => "nftables",
            ProxyMode::Ipvs => "ipvs",
        }
    }

    /// The mode with a name.
    pub fn named(name: &str) -> Option<ProxyMode> {
        let mut all = ProxyMode::ALL.into_iter();
        all.find(|mode| mode.name() == name)
    }
}

/// `detectLocalMode` with its argument.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DetectLocal {
    /// The source address is in the cluster's pod range.
    #[default]
    ClusterCidr,
    /// The source address is in the node's pod range.
    NodeCidr,
    /// The packet came in through this bridge.
    BridgeInterface(String),
    /// The packet came in through an interface with this name prefix.
    InterfaceNamePrefix(String),
}
