//! The system objects of every cluster: the API server's Service with its endpoints, and the DNS server.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::cluster::Cluster;
use crate::cluster::object::{
    AddressType, Endpoint, EndpointAddress, EndpointConditions, EndpointPort, EndpointSlice,
    EndpointSubset, Endpoints, Metadata, SlicePort, label,
};
use crate::cluster::system_objects::{KUBERNETES, kubernetes_service_name};
use crate::diagnostic::Span;
use crate::labels::Labels;
use crate::manifest::Source;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::{Family, ObjectName, Protocol};
use crate::sort;

/// The objects of the DNS server, as kubeadm creates them.
pub(super) const NAME_SERVER: &str = include_str!("system.yaml");
/// The Service `default/kubernetes`, as stored.
const KUBERNETES_SERVICE: &str = include_str!("kubernetes.yaml");

/// The port of the API server (kubeadm's default).
const API_PORT: u16 = 6443;
/// The addresses of the API server if no node runs the control plane; nodes start at .11.
const API_SERVER: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::new(192, 168, 0, 10)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xc0a8, 0, 0, 0, 0, 0, 10)),
];
const CONTROL_PLANE: &str = "node-role.kubernetes.io/control-plane";

/// The Service `default/kubernetes` with this cluster IP (kubernetes `pkg/controlplane/controller`).
pub(super) fn kubernetes_service(address: IpAddr) -> Yaml {
    let mut service = Source::read(KUBERNETES_SERVICE)
        .objects()
        .next()
        .map(|written| written.object.tree.clone())
        .unwrap_or_default();
    if let Some(spec) = service.get_mut("spec") {
        let list = |text: String| {
            YamlValue::Seq(vec![Yaml::new(
                YamlValue::String(text.into()),
                Span::default(),
            )])
        };
        spec.set("clusterIP", YamlValue::String(address.to_string().into()));
        spec.set("clusterIPs", list(address.to_string()));
        spec.set("ipFamilies", list(Family::of(address).to_string()));
    }
    service
}

/// A Service with a requested cluster IP.
pub(super) fn with_cluster_ip(service: &Yaml, address: Option<IpAddr>) -> Yaml {
    let mut service = service.clone();
    if let (Some(spec), Some(address)) = (service.get_mut("spec"), address) {
        spec.set("clusterIP", YamlValue::String(address.to_string().into()));
    }
    service
}

/// The Endpoints and EndpointSlice of `default/kubernetes`, which the API server writes itself.
pub(super) fn kubernetes_endpoints(
    cluster: &Cluster,
    family: Family,
) -> (Endpoints, EndpointSlice) {
    let mut addresses: Vec<String> = cluster
        .nodes
        .values()
        .filter(|node| node.metadata.labels.contains_key(CONTROL_PLANE))
        .filter_map(|node| node.address(family))
        .map(|address| address.to_string())
        .collect();
    if addresses.is_empty() {
        let beside = API_SERVER
            .iter()
            .filter(|address| Family::of(**address) == family);
        addresses.extend(beside.map(ToString::to_string));
    }
    let port = EndpointPort {
        name: "https".into(),
        port: API_PORT,
        ..EndpointPort::default()
    };
    let address = |ip: &String| EndpointAddress {
        ip: ip.clone().into(),
        ..EndpointAddress::default()
    };
    let subset = EndpointSubset {
        addresses: addresses.iter().map(address).collect(),
        ports: vec![port],
        ..EndpointSubset::default()
    };
    let mut endpoints = Endpoints {
        metadata: metadata(),
        subsets: vec![subset],
    };
    endpoints.metadata.labels = labels(&[(label::SKIP_MIRROR, "true")]).into();
    (endpoints, slice(&addresses, family))
}

fn slice(addresses: &[String], family: Family) -> EndpointSlice {
    let conditions = EndpointConditions {
        ready: Some(true),
        ..EndpointConditions::default()
    };
    let endpoint = |address: &String| Endpoint {
        addresses: vec![address.clone().into()],
        conditions,
        ..Endpoint::default()
    };
    let mut slice = EndpointSlice {
        metadata: metadata(),
        address_type: match family {
            Family::V4 => AddressType::IPv4,
            Family::V6 => AddressType::IPv6,
        },
        endpoints: addresses.iter().map(endpoint).collect(),
        ports: vec![SlicePort {
            name: Some("https".into()),
            protocol: Some(Protocol::Tcp),
            port: Some(API_PORT),
            app_protocol: None,
        }],
    };
    slice.metadata.labels = labels(&[(label::SERVICE_NAME, KUBERNETES)]).into();
    slice
}

fn metadata() -> Metadata {
    let ObjectName { namespace, name } = kubernetes_service_name();
    Metadata {
        name,
        namespace,
        ..Metadata::default()
    }
}

fn labels(pairs: &[(&str, &str)]) -> Labels {
    sort::map(pairs.iter().map(|&(key, value)| (key.into(), value.into())))
}
