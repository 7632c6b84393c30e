//! A Service: a DNS name and a virtual address for a set of pods (`core/v1` `Service`).

use std::fmt;
use std::net::IpAddr;

use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize, Serializer};
use smol_str::SmolStr;

use super::{Metadata, TargetPort};
use crate::labels::Labels;
use crate::names::{Family, ObjectName, Protocol, ServicePortName};

/// A Service as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Service {
    /// Name, labels, annotations.
    pub metadata: Metadata,
    /// The desired state, with the server's defaults and allocations.
    pub spec: ServiceSpec,
    /// The load balancer's addresses.
    pub status: ServiceStatus,
}

/// `spec` of a Service.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServiceSpec {
    /// How the Service is exposed.
    #[serde(rename = "type")]
    pub service_type: ServiceType,
    /// The labels of the pods that become endpoints. `None` (or an empty selector) if endpoints are written by hand.
    #[serde(deserialize_with = "none_if_empty")]
    pub selector: Option<Labels>,
    /// The Service ports, in the order of the manifest.
    pub ports: Vec<ServicePort>,
    /// The first of [`ServiceSpec::cluster_ips`].
    #[serde(rename = "clusterIP")]
    pub cluster_ip: ClusterIp,
    /// One virtual address per family, the primary family's first.
    #[serde(rename = "clusterIPs")]
    pub cluster_ips: Vec<ClusterIp>,
    /// Addresses not managed by the cluster that nodes accept traffic for.
    #[serde(rename = "externalIPs")]
    pub external_ips: Vec<IpAddr>,
    /// The DNS name that an ExternalName Service is an alias of.
    pub external_name: SmolStr,
    /// Whether connections of a client go to the same endpoint.
    pub session_affinity: SessionAffinity,
    /// The timeout of `ClientIP` affinity.
    pub session_affinity_config: SessionAffinityConfig,
    /// Which endpoints receive external traffic; `None` if the Service has no external addresses.
    pub external_traffic_policy: Option<TrafficPolicy>,
    /// Which endpoints receive traffic to the cluster IP.
    pub internal_traffic_policy: Option<TrafficPolicy>,
    /// The IP families, the primary one first.
    pub ip_families: Vec<Family>,
    /// `SingleStack`, `PreferDualStack` or `RequireDualStack`.
    pub ip_family_policy: Option<SmolStr>,
    /// Whether pods that are not ready are published as ready endpoints.
    pub publish_not_ready_addresses: bool,
    /// The requested address of the load balancer (deprecated in Kubernetes).
    #[serde(rename = "loadBalancerIP")]
    pub load_balancer_ip: SmolStr,
    /// The load balancer implementation; `None` for the cluster's default.
    pub load_balancer_class: Option<SmolStr>,
    /// The client ranges allowed to use the load balancer, as written; kube-proxy trims and parses them.
    pub load_balancer_source_ranges: Vec<SmolStr>,
    /// Whether a LoadBalancer Service gets node ports (default true).
    pub allocate_load_balancer_node_ports: Option<bool>,
    /// The node port where load balancers check whether the node has local endpoints; 0 if unset.
    pub health_check_node_port: u16,
    /// `PreferClose`, `PreferSameZone` or `PreferSameNode`.
    pub traffic_distribution: Option<SmolStr>,
}

/// `status` of a Service.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServiceStatus {
    /// What the load balancer's controller reported.
    pub load_balancer: LoadBalancerStatus,
}

/// `status.loadBalancer`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct LoadBalancerStatus {
    /// The load balancer's addresses.
    pub ingress: Vec<LoadBalancerIngress>,
}

/// One address of a load balancer, an IP address or a host name.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LoadBalancerIngress {
    /// The IP address.
    pub ip: Option<IpAddr>,
    /// The DNS name, for load balancers without a fixed address.
    pub hostname: Option<SmolStr>,
    /// How traffic reaches the nodes; `None` means [`IpMode::Vip`].
    pub ip_mode: Option<IpMode>,
    /// The status of the load balancer's ports.
    pub ports: Vec<LoadBalancerPort>,
    /// The addresses that the DNS outside has for the host name. The status does not contain them, and kube-proxy does
    /// not know them.
    #[serde(skip)]
    pub host_addresses: Vec<IpAddr>,
}

impl LoadBalancerIngress {
    /// The addresses at which clients reach the load balancer.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        self.ip
            .into_iter()
            .chain(self.host_addresses.iter().copied())
    }

    /// Whether the load balancer calls node ports: it is of mode Proxy, or nodes do not know its address.
    pub fn calls_node_ports(&self) -> bool {
        self.ip_mode == Some(IpMode::Proxy) || self.ip.is_none()
    }
}

/// `status.loadBalancer.ingress[].ports[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct LoadBalancerPort {
    /// The port number.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
}

/// `ipMode`: the destination of packets that the load balancer sends to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum IpMode {
    /// The load balancer's address, which kube-proxy therefore has rules for.
    #[default]
    #[serde(rename = "VIP")]
    Vip,
    /// A node or pod address: the load balancer opens its own connections, and kube-proxy ignores its address.
    Proxy,
}

/// `spec.type`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum ServiceType {
    /// A virtual address inside the cluster.
    #[default]
    ClusterIP,
    /// A cluster IP and a port on every node.
    NodePort,
    /// A cluster IP, a node port and an address of a load balancer.
    LoadBalancer,
    /// A DNS alias (CNAME) without endpoints.
    ExternalName,
}

impl fmt::Display for ServiceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ServiceType::ClusterIP => "ClusterIP",
            ServiceType::NodePort => "NodePort",
            ServiceType::LoadBalancer => "LoadBalancer",
            ServiceType::ExternalName => "ExternalName",
        })
    }
}

/// `spec.sessionAffinity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum SessionAffinity {
    /// Every connection is load-balanced.
    #[default]
    None,
    /// Connections from one client address go to the same endpoint until the timeout.
    ClientIP,
}

/// `spec.sessionAffinityConfig`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct SessionAffinityConfig {
    /// The settings of `ClientIP`.
    #[serde(rename = "clientIP")]
    pub client_ip: ClientIpConfig,
}

/// `spec.sessionAffinityConfig.clientIP`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ClientIpConfig {
    /// Seconds from a client's last new connection until its affinity ends.
    pub timeout_seconds: u32,
}

impl Default for ClientIpConfig {
    /// Three hours, the API server's default (`v1.DefaultClientIPServiceAffinitySeconds`).
    fn default() -> Self {
        ClientIpConfig {
            timeout_seconds: 10_800,
        }
    }
}

/// `externalTrafficPolicy`, `internalTrafficPolicy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum TrafficPolicy {
    /// All endpoints of the cluster.
    #[default]
    Cluster,
    /// Only endpoints on the node that receives the packet.
    Local,
}

/// One entry of `spec.ports`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServicePort {
    /// The name; empty if the port is unnamed.
    pub name: SmolStr,
    /// TCP by default.
    pub protocol: Protocol,
    /// The port of the cluster IP.
    pub port: u16,
    /// The port of the endpoints.
    pub target_port: TargetPort,
    /// The port on every node; 0 if unset.
    pub node_port: u16,
    /// The application protocol; kube-proxy ignores it.
    pub app_protocol: Option<SmolStr>,
}

/// `spec.clusterIP`: an address, `None`, or empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum ClusterIp {
    /// Empty: not allocated yet, or an ExternalName Service.
    #[default]
    Unset,
    /// `None`: a headless Service, without a virtual address.
    Headless,
    /// The virtual address.
    At {
        /// The address.
        address: IpAddr,
        /// Its text as it was written: an IPv6 address has several forms.
        text: SmolStr,
    },
}

impl ClusterIp {
    /// The virtual address; `None` if headless or unset.
    pub fn address(&self) -> Option<IpAddr> {
        match self {
            ClusterIp::At { address, .. } => Some(*address),
            ClusterIp::Unset | ClusterIp::Headless => None,
        }
    }
}

impl fmt::Display for ClusterIp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClusterIp::Unset => Ok(()),
            ClusterIp::Headless => f.write_str("None"),
            ClusterIp::At { text, .. } => f.write_str(text),
        }
    }
}

impl Serialize for ClusterIp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ClusterIp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = SmolStr::deserialize(deserializer)?;
        match text.as_str() {
            "" => Ok(ClusterIp::Unset),
            "None" => Ok(ClusterIp::Headless),
            address => match address.parse() {
                Ok(address) => Ok(ClusterIp::At { address, text }),
                Err(error) => Err(de::Error::custom(error)),
            },
        }
    }
}

fn none_if_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Labels>, D::Error> {
    Ok(Option::<Labels>::deserialize(deserializer)?.filter(|selector| !selector.is_empty()))
}

impl Service {
    /// `namespace/name`.
    pub fn id(&self) -> ObjectName {
        self.metadata.id()
    }

    /// The full name of a port of this Service.
    pub fn port_name(&self, port: &ServicePort) -> ServicePortName {
        ServicePortName {
            service: self.id(),
            port: port.name.clone(),
        }
    }

    /// The virtual addresses, the primary one first. Headless and ExternalName Services have none.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        let ips = match self.spec.cluster_ips.as_slice() {
            [] => std::slice::from_ref(&self.spec.cluster_ip),
            ips => ips,
        };
        ips.iter().filter_map(ClusterIp::address)
    }

    /// The virtual address in a family.
    pub fn address(&self, family: Family) -> Option<IpAddr> {
        self.addresses()
            .find(|&address| Family::of(address) == family)
    }

    /// Whether `spec.clusterIP` is `None`.
    pub fn is_headless(&self) -> bool {
        self.spec.cluster_ip == ClusterIp::Headless
            || self.spec.cluster_ips.first() == Some(&ClusterIp::Headless)
    }

    /// The load balancer addresses that kube-proxy has rules for: those with `ipMode` VIP or unset. kube-proxy does not
    /// check the Service's type.
    pub fn load_balancer_vips(&self) -> impl Iterator<Item = IpAddr> + '_ {
        let ingress = self.status.load_balancer.ingress.iter();
        ingress
            .filter(|ingress| ingress.ip_mode != Some(IpMode::Proxy))
            .filter_map(|ingress| ingress.ip)
    }
}
