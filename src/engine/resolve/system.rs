//! The system objects of every cluster: the API server's Service with its endpoints, and the DNS server.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use super::Stored;
use super::sent::{kind_of, namespace_of};
use crate::admission::Store;
use crate::apiserver::Allocator;
use crate::apiserver::allocation::allocator::Grant;
use crate::cluster::Cluster;
use crate::cluster::config::Config;
use crate::cluster::ip_ranges::{DNS_INDEX, KUBERNETES_INDEX, ServiceRange};
use crate::cluster::object::{
    AddressType, Endpoint, EndpointAddress, EndpointConditions, EndpointPort, EndpointSlice,
    EndpointSubset, Endpoints, Metadata, SlicePort, label,
};
use crate::cluster::system_objects::{
    KUBE_DNS_LABEL, KUBE_SYSTEM, KUBERNETES, kubernetes_service_name,
};
use crate::diagnostic::Span;
use crate::kinds::Kind;
use crate::labels::Labels;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::manifest::{Object, Source};
use crate::names::{DEFAULT_NAMESPACE, Family, ObjectName, Protocol};
use crate::sort;

/// The objects of the DNS server, as kubeadm creates them.
const NAME_SERVER: &str = include_str!("system.yaml");
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

/// A cluster's store before anything of `source` is created: it has the system objects that `source` does not bring
/// itself. They are returned as well, as they were stored.
pub fn new_store(source: &Source, config: &Config) -> (Store, Vec<Stored>) {
    let mut store = Store::new(Allocator::new(config));
    let mut objects = Vec::new();
    let brings = |kind: &str, namespace: &str, name: &str| {
        let mut objects = source.objects().map(|written| written.object);
        objects.any(|object| {
            object.kind == kind && object.name == name && namespace_of(object) == namespace
        })
    };
    let range = config.service_cidrs.first().copied().map(ServiceRange);
    let address = |index: u128| range.and_then(|range| range.address(index));
    if brings("Service", DEFAULT_NAMESPACE, KUBERNETES) {
        let addresses = address(KUBERNETES_INDEX.into()).into_iter().collect();
        store.allocator.release(&Grant {
            addresses,
            ports: Vec::new(),
        });
    } else if let Some(address) = address(KUBERNETES_INDEX.into()) {
        let service = Arc::new(kubernetes_service(address));
        objects.push(Stored::of(Kind::Service, service, None));
    }
    let has_name_server = source
        .objects()
        .any(|written| is_name_server(written.object));
    let system = Source::read(NAME_SERVER);
    for object in system.objects().map(|written| written.object) {
        let (is_brought, tree) = match object.kind.as_str() {
            "Service" => (
                brings("Service", &object.namespace, &object.name),
                with_cluster_ip(&object.tree, address(DNS_INDEX.into())),
            ),
            _ => (has_name_server, object.tree.clone()),
        };
        if let Some(kind) = kind_of(object).filter(|_| !is_brought)
            && let Ok(tree) = store.create(kind, tree).outcome
        {
            objects.push(Stored::of(kind, tree, None));
        }
    }
    (store, objects)
}

/// Whether the object is a DNS server's pod or workload.
fn is_name_server(object: &Object) -> bool {
    let (key, value) = KUBE_DNS_LABEL;
    let is_it = |label: &Yaml| label.as_str() == Some(value);
    let carries = |tree: &Yaml| {
        let labels = tree
            .get("metadata")
            .and_then(|metadata| metadata.get("labels"));
        labels.and_then(|labels| labels.get(key)).is_some_and(is_it)
    };
    let template = object
        .tree
        .get("spec")
        .and_then(|spec| spec.get("template"));
    let is_pod = object.kind == "Pod" && carries(&object.tree);
    namespace_of(object) == KUBE_SYSTEM && (is_pod || template.is_some_and(carries))
}

/// The Service `default/kubernetes` with this cluster IP (kubernetes `pkg/controlplane/controller`).
fn kubernetes_service(address: IpAddr) -> Yaml {
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
fn with_cluster_ip(service: &Yaml, address: Option<IpAddr>) -> Yaml {
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
