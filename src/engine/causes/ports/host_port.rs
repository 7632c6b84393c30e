//! A `hostPort` that is called where it is not open: on another node, or by the number of the container's own port.

use std::net::{IpAddr, SocketAddr};

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{ContainerPort, HostPort, Node, Pod, host_ports};
use crate::controllers::service_lb::{SERVICE_NAME, SERVICE_NAMESPACE};
use crate::diagnostic::{Fault, LoadBalancerFault, PortFault};
use crate::kinds::Kind;
use crate::names::{Family, ObjectName, Protocol};
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
        let is_same_protocol = port.protocol == protocol;
        if is_same_protocol && let Some(cause) = of_service_lb(survey, pod, node, called.port()) {
            causes.push(cause);
            continue;
        }
        let open = open_at(port, home, Family::of(called.ip()));
        let fault = if is_same_protocol && is_loopback(port) {
            PortFault::HostPortOnLoopback {
                node: home.name().to_owned(),
                pod: pod.metadata.name.to_string(),
                open,
            }
        } else {
            PortFault::HostPortElsewhere {
                node: node.to_owned(),
                called: format!("{}/{protocol}", called.port()),
                pod: pod.metadata.name.to_string(),
                open,
            }
        };
        let evidence = Evidence::of_pod(survey.resolved, pod, "spec.containers[0].ports");
        let evidence = evidence.into_iter().collect();
        causes.push(Cause::certain(Fault::Port(fault), evidence));
    }
    if causes.is_empty() {
        causes.extend(container_port_called(survey, node, called, protocol));
    }
    causes.truncate(1);
    causes
}

/// Whether a `hostPort` is open on the loopback address only.
fn is_loopback(port: &HostPort) -> bool {
    let address: Option<IpAddr> = port.address.parse().ok();
    address.is_some_and(|address| address.is_loopback())
}

/// The pod is one of ServiceLB, on another node than the one that was called.
fn of_service_lb(survey: &Survey, pod: &Pod, node: &str, called: u16) -> Option<Cause> {
    let label = |key: &str| pod.metadata.labels.get(key);
    let name = ObjectName::new(
        label(SERVICE_NAMESPACE)?.as_str(),
        label(SERVICE_NAME)?.as_str(),
    );
    let service = survey.resolved.cluster.services.get(&name)?;
    let stored = survey.resolved.get(Kind::Service, &name)?;
    let open: Vec<String> = service
        .load_balancer_vips()
        .map(|address| SocketAddr::new(address, called).to_string())
        .collect();
    if open.is_empty() || pod.spec.node_name == node {
        return None;
    }
    let fault = Fault::LoadBalancer(LoadBalancerFault::SvclbNotOnNode {
        service: name.name.to_string(),
        node: node.to_owned(),
        open: open.join(", "),
    });
    Some(Cause::certain(
        fault,
        vec![Evidence::of(stored, "spec.type")],
    ))
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
