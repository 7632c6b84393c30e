//! Ports of a node that pods take: `hostPort`, and with `hostNetwork` every declared container port.
//!
//! Two pods on one node cannot have the same port of it. kube-scheduler leaves such a node out (plugin `NodePorts`), and a
//! kubelet rejects a pod that names the node itself (kubernetes `pkg/scheduler/framework/types.go`, `HostPortInfo`).

use smol_str::SmolStr;

use super::{Container, ContainerPort, Pod};
use crate::names::Protocol;

/// The `hostIP` that means every address of the node.
const ANY: &str = "0.0.0.0";

/// A port of a node that a pod takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPort {
    /// `hostIP`; empty if it is not set.
    pub address: SmolStr,
    /// The port's protocol.
    pub protocol: Protocol,
    /// The port of the node.
    pub number: u16,
    /// The port of the pod that it leads to.
    pub container_port: u16,
}

impl HostPort {
    /// Whether two pods with these ports cannot be on one node.
    pub fn conflicts_with(&self, other: &HostPort) -> bool {
        let (one, other_one) = (self.written_address(), other.written_address());
        let is_same_address = one == other_one || one == ANY || other_one == ANY;
        is_same_address && self.protocol == other.protocol && self.number == other.number
    }

    fn written_address(&self) -> &str {
        match self.address.as_str() {
            "" => ANY,
            address => address,
        }
    }
}

/// The ports of its node that a pod takes, in the order of its containers.
pub fn host_ports(pod: &Pod) -> Vec<HostPort> {
    let of_container = |container: &'_ Container| -> Vec<HostPort> {
        let ports = container.ports.iter();
        ports.filter_map(|port| host_port(pod, port)).collect()
    };
    pod.serving_containers().flat_map(of_container).collect()
}

fn host_port(pod: &Pod, port: &ContainerPort) -> Option<HostPort> {
    // The API server writes the container port of a pod on the host's network into `hostPort`.
    let number = match port.host_port {
        0 if pod.spec.host_network => port.container_port,
        number => number,
    };
    (number > 0).then_some(HostPort {
        address: port.host_ip.clone(),
        protocol: port.protocol,
        number,
        container_port: port.container_port,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    fn taken(ports: &str) -> HostPort {
        let pod: Pod = object(&format!("spec: {{containers: [{{ports: [{ports}]}}]}}"));
        let [port] = host_ports(&pod).try_into().expect("one port");
        port
    }

    #[test]
    fn the_same_port_conflicts_unless_address_or_protocol_differ() {
        let every = taken("{containerPort: 80, hostPort: 8080}");
        let udp = taken("{containerPort: 80, hostPort: 8080, protocol: UDP}");
        let one = taken("{containerPort: 80, hostPort: 8080, hostIP: 192.168.0.11}");
        let other = taken("{containerPort: 80, hostPort: 8080, hostIP: 127.0.0.1}");
        assert!(every.conflicts_with(&every) && every.conflicts_with(&one));
        assert!(one.conflicts_with(&every) && one.conflicts_with(&one));
        assert!(!every.conflicts_with(&udp) && !one.conflicts_with(&other));
    }

    #[test]
    fn a_pod_on_the_hosts_network_takes_what_its_containers_declare() {
        let pod: Pod =
            object("spec: {hostNetwork: true, containers: [{ports: [{containerPort: 80}]}]}");
        assert_eq!(host_ports(&pod)[0].number, 80);
        let pod: Pod = object("spec: {containers: [{ports: [{containerPort: 80}]}]}");
        assert_eq!(host_ports(&pod), []);
    }
}
