//! Which pod or node has an address.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use super::Network;
use crate::cluster::Cluster;
use crate::cluster::object::{Node, Pod};
use crate::names::{Family, ObjectName, Protocol};
use crate::policy::Owner;

impl Network {
    /// The pod with its own network namespace that has an address.
    pub fn pod_at(&self, address: IpAddr) -> Option<&Pod> {
        self.cluster().pod(self.owners.pods.get(&address)?)
    }

    /// What has an address. A pod on the network of its node has the node's address where it declares the port.
    pub fn owner(&self, at: SocketAddr, protocol: Protocol) -> Owner<'_> {
        let address = at.ip();
        let pod = |name| self.cluster().pod(name);
        if let Some(pod) = self.pod_at(address) {
            return Owner::Pod(pod);
        }
        let host_pods = self.owners.host_pods.get(&address).into_iter().flatten();
        let mut host_pods = host_pods.filter_map(pod);
        if let Some(pod) = host_pods.find(|pod| declares(pod, at.port(), protocol)) {
            return Owner::HostNetworkPod(pod);
        }
        if let Some(node) = self.node_at(address).or_else(|| self.bridge_at(address)) {
            return Owner::Node(node);
        }
        let ended = self.owners.ended_pods.get(&address).and_then(pod);
        ended.map_or(Owner::Outside, Owner::EndedPod)
    }

    /// The pod behind an endpoint: by its own address, or, on the host's network, by what the slices say.
    pub fn endpoint_pod(&self, endpoint: SocketAddr) -> Option<&Pod> {
        if let Some(pod) = self.pod_at(endpoint.ip()) {
            return Some(pod);
        }
        let slices = self.cluster().slices.values();
        let target = slices
            .flat_map(|slice| &slice.endpoints)
            .filter(|own| own.address() == Some(endpoint.ip()))
            .filter_map(|own| own.target_ref.as_ref())
            .find(|target| target.kind == "Pod")?;
        self.cluster().pod(&target.id())
    }

    /// The node that has an address.
    pub fn node_at(&self, address: IpAddr) -> Option<&str> {
        self.owners.nodes.get(&address).map(String::as_str)
    }

    /// The node whose pods' bridge has this address: known inside the cluster only.
    pub fn bridge_at(&self, address: IpAddr) -> Option<&str> {
        self.owners.bridges.get(&address).map(String::as_str)
    }
}

/// The pods and nodes of a cluster, by address.
#[derive(Default)]
pub(super) struct AddressOwners {
    /// Pods with their own network namespace.
    pods: BTreeMap<IpAddr, ObjectName>,
    /// Pods that have ended: their address is free, and old rules may still lead there.
    ended_pods: BTreeMap<IpAddr, ObjectName>,
    /// Pods on the network of their node.
    host_pods: BTreeMap<IpAddr, Vec<ObjectName>>,
    /// Nodes.
    nodes: BTreeMap<IpAddr, String>,
    /// Nodes, by the address of their pods' bridge.
    bridges: BTreeMap<IpAddr, String>,
}

impl AddressOwners {
    pub(super) fn of(cluster: &Cluster) -> AddressOwners {
        let mut owners = AddressOwners::default();
        for pod in cluster.each_pod() {
            owners.add_pod(pod);
        }
        for node in cluster.nodes.values() {
            owners.add_node(node);
        }
        owners
    }

    fn add_pod(&mut self, pod: &Pod) {
        let own = pod.addresses().map(|address| (address, pod.id()));
        match (pod.has_finished(), pod.spec.host_network) {
            (false, false) => self.pods.extend(own),
            (true, false) => self.ended_pods.extend(own),
            (false, true) => {
                for (address, name) in own {
                    self.host_pods.entry(address).or_default().push(name);
                }
            }
            (true, true) => {}
        }
    }

    fn add_node(&mut self, node: &Node) {
        let name = || node.name().to_owned();
        self.nodes
            .extend(node.addresses().map(|address| (address, name())));
        let bridges = [Family::V4, Family::V6]
            .into_iter()
            .filter_map(|family| node.bridge_address(family));
        self.bridges
            .extend(bridges.map(|address| (address, name())));
    }
}

/// Whether a container of a pod declares a port.
fn declares(pod: &Pod, number: u16, protocol: Protocol) -> bool {
    let mut ports = pod
        .serving_containers()
        .flat_map(|container| &container.ports);
    ports.any(|port| port.container_port == number && port.protocol == protocol)
}
