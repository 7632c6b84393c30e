//! What the load balancer of a cluster made of its LoadBalancer Services: who has which address, which node answers for it,
//! and why there is none.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

use serde::Serialize;
use smol_str::SmolStr;

use super::config::LoadBalancer;
use crate::names::{ObjectName, Protocol};
use crate::syntax::quote;

/// The state of a cluster's load balancer.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct LoadBalancing {
    /// The load balancer: never `Auto`.
    pub provider: LoadBalancer,
    /// Why MetalLB rejects its whole configuration, in its words; `None` if it is valid.
    pub config_error: Option<String>,
    /// The namespace in which MetalLB runs and reads its configuration.
    pub metallb_namespace: SmolStr,
    /// What MetalLB made of each LoadBalancer Service.
    pub metallb: BTreeMap<ObjectName, MetalLbService>,
    /// What ServiceLB made of each LoadBalancer Service.
    pub service_lb: BTreeMap<ObjectName, ServiceLbService>,
}

/// A Service with MetalLB.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct MetalLbService {
    /// The pool of its addresses; `None` if it has none.
    pub pool: Option<SmolStr>,
    /// The addresses, in the order of the status.
    pub addresses: Vec<IpAddr>,
    /// Why it has no address.
    pub failure: Option<AllocationFailure>,
    /// The events about it, oldest first.
    pub events: Vec<ServiceEvent>,
    /// How its addresses are announced; empty if it has none.
    pub announcement: Announcement,
}

/// Who announces the addresses of a Service.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Announcement {
    /// For each node with a speaker: why it does not answer ARP and NDP; `None` if it does.
    pub l2: BTreeMap<SmolStr, Option<Silence>>,
    /// How many nodes took part in the election of the node that answers ARP and NDP.
    pub candidates: usize,
    /// The same as `l2` for routes by BGP; empty if no BGPAdvertisement is about the pool.
    pub bgp: BTreeMap<SmolStr, Option<Silence>>,
}

impl Announcement {
    /// The node that answers ARP and NDP.
    pub fn l2_node(&self) -> Option<&SmolStr> {
        let mut nodes = self.l2.iter();
        let node = nodes.find(|(_, silence)| silence.is_none())?;
        Some(node.0)
    }

    /// The nodes that announce a route.
    pub fn bgp_nodes(&self) -> impl Iterator<Item = &SmolStr> {
        let nodes = self.bgp.iter();
        nodes
            .filter(|(_, silence)| silence.is_none())
            .map(|(node, _)| node)
    }
}

/// Why a speaker does not announce an address, by the names in MetalLB's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Silence {
    /// No advertisement is about the pool, the node and the Service.
    NoMatchingAdvertisement,
    /// Another node answers, or the node is no candidate.
    NotOwner,
    /// Services that share an address cannot be selected by advertisements.
    #[serde(rename = "sharedIPWithServiceSelector")]
    SharedIpWithServiceSelector,
    /// The network of the node is not set up.
    NodeNetworkUnavailable,
    /// The node is excluded from external load balancers.
    NodeLabeledExcludeBalancers,
    /// `externalTrafficPolicy: Local`, and no endpoint on the node serves.
    NoLocalEndpoints,
    /// No endpoint serves.
    NoEndpoints,
}

/// An event about a Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceEvent {
    /// `Normal` or `Warning`.
    pub kind: EventKind,
    /// `IPAllocated`.
    pub reason: &'static str,
    /// `Assigned IP ["192.0.2.10"]`.
    pub message: String,
    /// The component that writes it: `metallb-controller`.
    pub from: &'static str,
}

/// The type of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Nothing is wrong.
    Normal,
    /// Something may be wrong.
    Warning,
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EventKind::Normal => "Normal",
            EventKind::Warning => "Warning",
        })
    }
}

impl fmt::Display for ServiceEvent {
    /// `Normal IPAllocated: Assigned IP ["192.0.2.10"]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.kind, self.reason, self.message)
    }
}

/// Why MetalLB gives a Service no address. It prints in MetalLB's words (`internal/allocator/allocator.go`,
/// `controller/service.go`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllocationFailure {
    /// There are no pools.
    NoPools,
    /// `RequireDualStack` in a cluster with one family; the cluster IPs.
    NotEnoughClusterIps(Vec<String>),
    /// `spec.loadBalancerIP` is not an address.
    InvalidLoadBalancerIp(String),
    /// The annotation with the requested addresses has something else.
    InvalidAnnotation(String),
    /// Both the annotation and `spec.loadBalancerIP` ask for addresses.
    AskedTwice,
    /// More addresses than one a family are asked for.
    InvalidFamilies(Vec<IpAddr>),
    /// The requested addresses are not of the Service's families.
    WrongFamily(Vec<IpAddr>),
    /// No pool has the addresses; `None` for one that the pool does not have.
    NotInConfig(Vec<Option<IpAddr>>),
    /// The pool with the address is for other Services.
    PoolNotCompatible(SmolStr),
    /// The requested addresses are of another pool than the requested one.
    OtherPool {
        /// The addresses.
        addresses: Vec<IpAddr>,
        /// The pool that is asked for.
        pool: SmolStr,
    },
    /// The pool that is asked for does not exist.
    UnknownPool(SmolStr),
    /// Services with another sharing key, or without one, have the address.
    KeyDiffers {
        /// The Service.
        service: ObjectName,
        /// The Services with the address.
        others: Vec<ObjectName>,
    },
    /// Another Service with the address has the port.
    PortInUse {
        /// The port.
        port: u16,
        /// Its protocol.
        protocol: Protocol,
        /// The address.
        address: IpAddr,
    },
    /// The pool that is asked for has no free address of the Service's families.
    PoolFull(SmolStr),
    /// No pool has a free address for the Service.
    NoAvailableIps,
}

/// A list of addresses as Go prints it with `%q`: `["192.0.2.10" "2001:db8::1"]`.
pub fn quoted_addresses<'a>(addresses: impl IntoIterator<Item = &'a IpAddr>) -> String {
    quoted_list(addresses.into_iter().map(ToString::to_string))
}

fn quoted_list(texts: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = texts.map(|text| quote(&text)).collect();
    format!("[{}]", quoted.join(" "))
}

impl fmt::Display for AllocationFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl AllocationFailure {
    fn words(&self) -> String {
        match self {
            AllocationFailure::NoPools => "pools are empty".to_owned(),
            AllocationFailure::NotEnoughClusterIps(own) => format!(
                "Service requires dual stack but not enough clusterips [{}]",
                own.join(" ")
            ),
            AllocationFailure::InvalidLoadBalancerIp(text) => {
                format!("invalid spec.loadBalancerIP {}", quote(text))
            }
            AllocationFailure::InvalidAnnotation(text) => {
                format!("invalid metallb.io/loadBalancerIPs: {}", quote(text))
            }
            AllocationFailure::AskedTwice => {
                "service can not have both metallb.io/loadBalancerIPs and svc.Spec.LoadBalancerIP"
                    .to_owned()
            }
            AllocationFailure::InvalidFamilies(own) => families_words(own),
            AllocationFailure::WrongFamily(own) => format!(
                "requested loadBalancer IP(s) {} does not match the ipFamily of the service",
                quoted_addresses(own)
            ),
            AllocationFailure::NotInConfig(own) => {
                let texts = own
                    .iter()
                    .map(|own| own.map_or("<nil>".to_owned(), |own| own.to_string()));
                format!("{} is not allowed in config", quoted_list(texts))
            }
            AllocationFailure::PoolNotCompatible(pool) => {
                format!("pool {pool} not compatible for ip assignment")
            }
            AllocationFailure::OtherPool { addresses, pool } => format!(
                "requested loadBalancer IP(s) {} is not compatible with requested address pool {pool}",
                quoted_addresses(addresses)
            ),
            AllocationFailure::UnknownPool(pool) => format!("unknown pool {}", quote(pool)),
            AllocationFailure::KeyDiffers { service, others } => key_words(service, others),
            AllocationFailure::PortInUse {
                port,
                protocol,
                address,
            } => {
                let address = quote(&address.to_string());
                format!("port {protocol}/{port} is already in use on {address}")
            }
            AllocationFailure::PoolFull(pool) => format!("no available IPs in pool {pool}"),
            AllocationFailure::NoAvailableIps => "no available IPs".to_owned(),
        }
    }
}

fn families_words(addresses: &[IpAddr]) -> String {
    let list = quoted_addresses(addresses);
    match addresses.len() {
        2 => format!("IPFamilyForAddresses: same address family {list}"),
        length => format!("IPFamilyForAddresses: invalid ips length {length} {list}"),
    }
}

fn key_words(service: &ObjectName, others: &[ObjectName]) -> String {
    let names: Vec<String> = others.iter().map(ToString::to_string).collect();
    let service = quote(&service.to_string());
    format!(
        "can't change sharing key for {service}, address also in use by {}",
        names.join(",")
    )
}

/// A Service with k3s ServiceLB.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ServiceLbService {
    /// The DaemonSet that listens for it on the nodes.
    pub daemon_set: ObjectName,
    /// The nodes with one of its pods, and whether that pod runs: not if another pod has a port of the node.
    pub nodes: BTreeMap<SmolStr, bool>,
    /// The events about it, oldest first.
    pub events: Vec<ServiceEvent>,
}
