//! A Service: a name and a virtual address for a set of pods (`core/v1` `Service`).

use std::fmt;
use std::net::IpAddr;

use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use smol_str::SmolStr;

use super::Metadata;
use crate::engine::labels::Labels;
use crate::engine::names::{Family, ObjectName, Protocol, ServicePortName};

/// A Service as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Service {
    /// Name, labels, annotations.
    pub metadata: Metadata,
    /// What was asked for, with everything the server filled in.
    pub spec: ServiceSpec,
    /// What a load balancer reported.
    pub status: ServiceStatus,
}

/// `spec` of a Service.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServiceSpec {
    /// How it is reached.
    #[serde(rename = "type")]
    pub service_type: ServiceType,
    /// Which pods of its namespace stand behind it; `None` when nobody but its author fills its endpoints.
    /// (An empty selector is stored as none.)
    #[serde(deserialize_with = "absent_when_empty")]
    pub selector: Option<Labels>,
    /// Its ports, in written order.
    pub ports: Vec<ServicePort>,
    /// The first of [`ServiceSpec::cluster_ips`].
    #[serde(rename = "clusterIP")]
    pub cluster_ip: ClusterIp,
    /// One address a family, the primary family's first.
    #[serde(rename = "clusterIPs")]
    pub cluster_ips: Vec<ClusterIp>,
    /// Addresses outside the cluster's management that nodes also answer for.
    #[serde(rename = "externalIPs")]
    pub external_ips: Vec<IpAddr>,
    /// The DNS name an ExternalName Service is an alias of.
    pub external_name: SmolStr,
    /// Whether a client sticks to one endpoint.
    pub session_affinity: SessionAffinity,
    /// Holds the timeout of `ClientIP` affinity.
    pub session_affinity_config: SessionAffinityConfig,
    /// Which endpoints traffic from outside may use; `None` when the Service is not reachable from outside.
    pub external_traffic_policy: Option<TrafficPolicy>,
    /// Which endpoints traffic to the cluster IP may use.
    pub internal_traffic_policy: Option<TrafficPolicy>,
    /// The families of its addresses, the primary one first.
    pub ip_families: Vec<Family>,
    /// `SingleStack`, `PreferDualStack` or `RequireDualStack`.
    pub ip_family_policy: Option<SmolStr>,
    /// Whether endpoints that are not ready are published as ready.
    pub publish_not_ready_addresses: bool,
    /// The address asked of the load balancer (deprecated upstream).
    #[serde(rename = "loadBalancerIP")]
    pub load_balancer_ip: SmolStr,
    /// Which implementation is to provide the load balancer.
    pub load_balancer_class: Option<SmolStr>,
    /// The only clients the load balancer's addresses may be used by, as written (kube-proxy trims and parses them).
    pub load_balancer_source_ranges: Vec<SmolStr>,
    /// Whether a LoadBalancer also gets node ports; the server's default is true.
    pub allocate_load_balancer_node_ports: Option<bool>,
    /// The port on every node that tells a load balancer whether the node has local endpoints; 0 for none.
    pub health_check_node_port: u16,
    /// `PreferClose`, `PreferSameZone` or `PreferSameNode`.
    pub traffic_distribution: Option<SmolStr>,
}

/// `status` of a Service.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServiceStatus {
    /// What the load balancer's controller wrote.
    pub load_balancer: LoadBalancerStatus,
}

/// `status.loadBalancer`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct LoadBalancerStatus {
    /// The addresses it answers on.
    pub ingress: Vec<LoadBalancerIngress>,
}

/// One address of a load balancer: by IP or by name.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LoadBalancerIngress {
    /// Its address, when it has one.
    pub ip: Option<IpAddr>,
    /// Its DNS name, when that is all there is.
    pub hostname: Option<SmolStr>,
    /// Whether nodes short-cut traffic to the address.
    pub ip_mode: Option<IpMode>,
    /// The ports it serves.
    pub ports: Vec<LoadBalancerPort>,
}

/// A port a load balancer reported.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct LoadBalancerPort {
    /// Its number.
    pub port: u16,
    /// Its protocol.
    pub protocol: Protocol,
}

/// Whether a load balancer's address is delivered to nodes unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum IpMode {
    /// Packets arrive at a node still addressed to the load balancer: kube-proxy has rules for the address.
    #[default]
    #[serde(rename = "VIP")]
    Vip,
    /// The balancer opens connections of its own to node or pod addresses: kube-proxy ignores the address.
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
    /// Also a port on every node.
    NodePort,
    /// Also an address outside, by a load balancer.
    LoadBalancer,
    /// Only an alias in DNS.
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
    /// Every new connection chooses anew.
    #[default]
    None,
    /// A client address keeps its endpoint for a time.
    ClientIP,
}

/// `spec.sessionAffinityConfig`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct SessionAffinityConfig {
    /// For `ClientIP`.
    #[serde(rename = "clientIP")]
    pub client_ip: ClientIpConfig,
}

/// `spec.sessionAffinityConfig.clientIP`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ClientIpConfig {
    /// Seconds a client keeps its endpoint after its last new connection.
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
    /// Any endpoint of the cluster.
    #[default]
    Cluster,
    /// Only endpoints on the node that handles the packet.
    Local,
}

/// One entry of `spec.ports`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServicePort {
    /// Empty when it has none.
    pub name: SmolStr,
    /// TCP unless said otherwise.
    pub protocol: Protocol,
    /// The port of the Service's own address.
    pub port: u16,
    /// The port of the pods.
    pub target_port: TargetPort,
    /// The port of every node; 0 for none.
    pub node_port: u16,
    /// A hint for implementations; kube-proxy ignores it.
    pub app_protocol: Option<SmolStr>,
}

/// `targetPort`: a number, or the name a container gave to one of its ports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetPort {
    /// By number; need not be declared by any container.
    Number(u16),
    /// By name; looked up in each pod apart.
    Name(String),
}

impl Default for TargetPort {
    fn default() -> Self {
        TargetPort::Number(0)
    }
}

impl fmt::Display for TargetPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TargetPort::Number(number) => write!(f, "{number}"),
            TargetPort::Name(name) => f.write_str(name),
        }
    }
}

impl<'de> Deserialize<'de> for TargetPort {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrName;
        impl Visitor<'_> for NumberOrName {
            type Value = TargetPort;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a port number or name")
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<TargetPort, E> {
                u16::try_from(number)
                    .map(TargetPort::Number)
                    .map_err(|_| E::custom("port out of range"))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<TargetPort, E> {
                u16::try_from(number)
                    .map(TargetPort::Number)
                    .map_err(|_| E::custom("port out of range"))
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<TargetPort, E> {
                Ok(TargetPort::Name(name.to_owned()))
            }

            fn visit_unit<E: de::Error>(self) -> Result<TargetPort, E> {
                Ok(TargetPort::default())
            }
        }
        deserializer.deserialize_any(NumberOrName)
    }
}

/// `spec.clusterIP`: an address, the word `None`, or nothing yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ClusterIp {
    /// Not allocated (an ExternalName, or before allocation).
    #[default]
    Unset,
    /// `None`: headless, no virtual address.
    Headless,
    /// The virtual address.
    At(IpAddr),
}

impl ClusterIp {
    /// The address, when it is one.
    pub fn address(self) -> Option<IpAddr> {
        match self {
            ClusterIp::At(address) => Some(address),
            ClusterIp::Unset | ClusterIp::Headless => None,
        }
    }
}

impl fmt::Display for ClusterIp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClusterIp::Unset => Ok(()),
            ClusterIp::Headless => f.write_str("None"),
            ClusterIp::At(address) => write!(f, "{address}"),
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
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "" => Ok(ClusterIp::Unset),
            "None" => Ok(ClusterIp::Headless),
            address => address
                .parse()
                .map(ClusterIp::At)
                .map_err(de::Error::custom),
        }
    }
}

fn absent_when_empty<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Labels>, D::Error> {
    Ok(Option::<Labels>::deserialize(deserializer)?.filter(|selector| !selector.is_empty()))
}

impl Service {
    /// `namespace/name`.
    pub fn id(&self) -> ObjectName {
        self.metadata.id()
    }

    /// The name of one of its ports.
    pub fn port_name(&self, port: &ServicePort) -> ServicePortName {
        ServicePortName {
            service: self.id(),
            port: port.name.clone(),
        }
    }

    /// Its virtual addresses, the primary one first; none when headless, ExternalName or not yet allocated.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        let first = self
            .spec
            .cluster_ips
            .is_empty()
            .then_some(self.spec.cluster_ip);
        self.spec
            .cluster_ips
            .iter()
            .copied()
            .chain(first)
            .filter_map(ClusterIp::address)
    }

    /// Its virtual address of a family.
    pub fn address(&self, family: Family) -> Option<IpAddr> {
        self.addresses()
            .find(|&address| Family::of(address) == family)
    }

    /// Whether its cluster IP is `None`.
    pub fn is_headless(&self) -> bool {
        self.spec.cluster_ip == ClusterIp::Headless
            || self.spec.cluster_ips.first() == Some(&ClusterIp::Headless)
    }

    /// The addresses of its load balancer that nodes have rules for: those by IP whose mode is VIP or not said. kube-proxy
    /// does not ask for the Service's type.
    pub fn load_balancer_vips(&self) -> impl Iterator<Item = IpAddr> + '_ {
        let vips = self
            .status
            .load_balancer
            .ingress
            .iter()
            .filter(|ingress| ingress.ip_mode != Some(IpMode::Proxy));
        vips.filter_map(|ingress| ingress.ip)
    }
}
