//! A `hostPort` that is called where it is not open: on another node, or by the number of the container's own port.

use std::net::SocketAddr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{ContainerPort, HostPort, Node, host_ports};
use crate::diagnostic::{Fault, PortFault};
use crate::names::{Family, Protocol};
use crate::trace::{Device, Hop, Reason, Trace};

/// Nothing listens on a port of a node: a pod has the same one as its `hostPort`, but not there.
pub(in crate::causes) fn of_closed_port(survey: &Survey, trace: &Trace) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let Some((node, called, protocol)) = called_node(trace) else {
        return Vec::new();
    };
    let mut causes = Vec::new();
    for pod in cluster
        .each_pod()
        .filter(|pod| pod.addresses().next().is_some())
    {
        let ports = host_ports(pod);
        let same = ports.iter().find(|port| port.number == called.port());
        let home = cluster.nodes.get(pod.spec.node_name.as_str());
        let Some((port, home)) = same.zip(home) else {
            continue;
        };
        let fault = Fault::Port(PortFault::HostPortElsewhere {
            node: node.to_owned(),
            called: format!("{}/{protocol}", called.port()),
            pod: pod.metadata.name.to_string(),
            open: open_at(port, home, Family::of(called.ip())),
        });
        let evidence = Evidence::of_pod(survey.resolved, pod, "spec.containers[0].ports");
        causes.push(Cause::certain(fault, evidence.into_iter().collect()));
    }
    if causes.is_empty() {
        causes.extend(container_port_called(survey, node, called, protocol));
    }
    causes.truncate(1);
    causes
}

/// The container's own port was called on the node, where only its `hostPort` is open.
fn container_port_called(
    survey: &Survey,
    node: &str,
    called: SocketAddr,
    protocol: Protocol,
) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let is_forwarded = |port: &&ContainerPort| {
        port.host_port != 0 && port.container_port == called.port() && port.protocol == protocol
    };
    let found = cluster.each_pod().find_map(|pod| {
        let mut containers = pod.serving_containers();
        let port = containers.find_map(|own| own.ports.iter().find(is_forwarded))?;
        (pod.spec.node_name == node).then_some((pod, port))
    });
    let (pod, port) = found?;
    let fault = Fault::Port(PortFault::ContainerPortOnNode {
        node: node.to_owned(),
        called: called.port(),
        pod: pod.metadata.name.to_string(),
        host_port: port.host_port,
    });
    let evidence = Evidence::of_pod(survey.resolved, pod, "spec.containers[0].ports");
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}

/// The node that refused, the address that was called, and the protocol.
fn called_node(trace: &Trace) -> Option<(&str, SocketAddr, Protocol)> {
    let is_refusal = |hop: &&Hop| matches!(hop.reason, Reason::Closed { .. });
    let hop = trace.hops.iter().rev().find(is_refusal)?;
    let Device::Node(node) = &hop.device else {
        return None;
    };
    Some((node, hop.before.destination, hop.before.protocol))
}

/// `192.168.0.11:8088/TCP`.
fn open_at(port: &HostPort, home: &Node, family: Family) -> String {
    let own = || home.address(family).or_else(|| home.addresses().next());
    let written = port.address.parse().ok();
    let address = written.or_else(own);
    let open = address.map(|address| SocketAddr::new(address, port.number).to_string());
    format!(
        "{}/{} ({})",
        open.unwrap_or_else(|| port.number.to_string()),
        port.protocol,
        home.name()
    )
}
