//! The columns: ports of Services, and whether the client's node matters to them.

use kubehop_engine::cluster::object::{Service, ServiceType, TrafficPolicy};
use kubehop_engine::names::ObjectName;
use kubehop_engine::network::Network;

use super::{ByNode, CalledPort, Namespaces};

/// The name server's Service (kubeadm `cmd/kubeadm/app/phases/addons/dns`).
const DNS_SERVICE: (&str, &str) = ("kube-system", "kube-dns");

/// Every port of every Service of some namespaces.
pub(super) fn of(network: &Network, namespaces: &Namespaces) -> Vec<CalledPort> {
    let all = by_node_for_all(network);
    let services = network.cluster().services.values();
    let included = services.filter(|service| namespaces.include(&service.id()));
    let ports = included.flat_map(|service| {
        let by_node = all.max_of(|| of_service(network, service));
        service.spec.ports.iter().map(move |port| CalledPort {
            service: service.id(),
            port: port.port,
            protocol: port.protocol,
            by_node,
        })
    });
    ports.collect()
}

/// Whether the client's node matters to every Service: a node is down, or names are looked up by node.
fn by_node_for_all(network: &Network) -> ByNode {
    let cluster = network.cluster();
    if cluster.nodes.keys().any(|node| network.is_down(node)) {
        return ByNode::Yes;
    }
    let name = ObjectName::new(DNS_SERVICE.0, DNS_SERVICE.1);
    match cluster.services.get(&name) {
        Some(service) => of_service(network, service),
        None => ByNode::No,
    }
}

/// Whether a Service has a policy or hints by node, endpoints on nodes, or is another one's alias.
fn of_service(network: &Network, service: &Service) -> ByNode {
    let spec = &service.spec;
    if spec.internal_traffic_policy == Some(TrafficPolicy::Local)
        || spec.service_type == ServiceType::ExternalName
    {
        return ByNode::Yes;
    }
    let id = service.id();
    let slices = network.cluster().slices_of(&id);
    let mut endpoints = slices.flat_map(|slice| &slice.endpoints);
    let is_by_node = endpoints.any(|endpoint| {
        let address = endpoint.address();
        let is_pod = address.is_some_and(|address| network.pod_at(address).is_some());
        endpoint.hints.is_some() || !is_pod
    });
    if is_by_node { ByNode::Yes } else { ByNode::No }
}

impl ByNode {
    /// `Yes` if either is; the other one is worked out only if it matters.
    fn max_of(self, other: impl FnOnce() -> ByNode) -> ByNode {
        match self {
            ByNode::Yes => ByNode::Yes,
            ByNode::No => other(),
        }
    }
}
