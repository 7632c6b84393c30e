//! A port of a node on which nothing listens, or a node port that is called on a pod: node ports are open on nodes, the ports
//! of Services and containers are not.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{Pod, Service, ServicePort, ServiceType};
use crate::diagnostic::{Fault, PortFault};
use crate::resolve::Stored;
use crate::trace::{Device, Reason, Trace};

/// The most node ports that are named.
const SHOWN: usize = 4;

/// Nothing listens on the called port of a node: a Service has it as its port or target port, which nodes do not open.
pub(in crate::causes) fn of_node_address(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let hop = trace
        .hops
        .iter()
        .rev()
        .find(|hop| matches!(hop.reason, Reason::Closed { .. }))?;
    let Device::Node(node) = &hop.device else {
        return None;
    };
    let called = hop.before.destination.port();
    let has_number = |number: &dyn Fn(&ServicePort) -> bool| {
        survey.services().find_map(|(stored, service)| {
            let is_asked = |port: &&ServicePort| number(port);
            let is_written = stored.written.is_some() && !service.is_headless();
            let port = service.spec.ports.iter().find(is_asked)?;
            is_written.then_some((stored, service, port.node_port))
        })
    };
    let found = has_number(&|port| port.port == called && port.node_port != 0)
        .or_else(|| {
            has_number(&|port| port.target_port.number() == Some(called) && port.node_port != 0)
        })
        .or_else(|| has_number(&|port| port.port == called));
    let (stored, service, node_port) = found?;
    let fault = Fault::Port(PortFault::ServicePortOnNode {
        service: service.metadata.name.to_string(),
        node: node.clone(),
        called,
        node_port,
    });
    let field = if node_port == 0 {
        "spec.type"
    } else {
        "spec.ports"
    };
    Some(Cause::likely(fault, vec![Evidence::of(stored, field)]))
}

/// A pod was called on the node port of a Service that leads to it: node ports are open on nodes.
pub(in crate::causes) fn of_pod_address(
    survey: &Survey,
    trace: &Trace,
    pod: &Pod,
) -> Option<Cause> {
    let called = trace.hops.first()?.before.destination;
    if !pod.addresses().any(|own| own == called.ip()) || pod.spec.host_network {
        return None;
    }
    let (stored, service) = service_with_node_port(survey, called.port())?;
    let mut ports = service.spec.ports.iter();
    let port = ports.find(|port| port.node_port == called.port())?;
    let fault = Fault::Port(PortFault::NodePortOnPod {
        pod: pod.metadata.name.to_string(),
        service: service.metadata.name.to_string(),
        called: called.port(),
        target: port.target_port.to_string(),
    });
    Some(Cause::certain(
        fault,
        vec![Evidence::of(stored, "spec.type")],
    ))
}

/// Nothing listens on the called port of a node, which is in the range of node ports: no Service has it.
pub(in crate::causes) fn of_no_node_port(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let mut hops = trace.hops.iter().rev();
    let hop = hops.find(|hop| matches!(hop.reason, Reason::Closed { .. }))?;
    hop.device.node()?;
    let called = hop.before.destination.port();
    let (first, last) = survey.resolved.cluster.config.node_ports;
    if !(first..=last).contains(&called) {
        return None;
    }
    let mut open = Vec::new();
    let mut evidence = Vec::new();
    for (stored, service) in survey.services() {
        let ports = service.spec.ports.iter().map(|port| port.node_port);
        let ports: Vec<u16> = ports.filter(|port| *port != 0).collect();
        if !ports.is_empty() && evidence.len() < SHOWN {
            evidence.push(Evidence::of(stored, "spec.ports"));
        }
        open.extend(
            ports
                .into_iter()
                .map(|port| (service.metadata.name.as_str(), port)),
        );
    }
    if open.is_empty()
        && let Some(cause) = not_allocated(survey, called)
    {
        return Some(cause);
    }
    let only = match open.as_slice() {
        [(_, port)] => *port,
        _ => 0,
    };
    let open: Vec<String> = open
        .into_iter()
        .take(SHOWN)
        .map(|(service, port)| format!("{service} {port}"))
        .collect();
    let fault = Fault::Port(PortFault::NoSuchNodePort {
        called,
        open: open.join(", "),
        only,
    });
    Some(Cause::certain(fault, evidence))
}

/// A Service of type LoadBalancer with `allocateLoadBalancerNodePorts: false`.
fn not_allocated(survey: &Survey, called: u16) -> Option<Cause> {
    let mut services = survey.services();
    let (stored, service) = services.find(|(_, service)| {
        service.spec.service_type == ServiceType::LoadBalancer
            && service.spec.allocate_load_balancer_node_ports == Some(false)
    })?;
    let fault = Fault::Port(PortFault::NodePortsNotAllocated {
        service: service.metadata.name.to_string(),
        called,
    });
    let evidence = Evidence::of(stored, "spec.allocateLoadBalancerNodePorts");
    Some(Cause::certain(fault, vec![evidence]))
}

/// Nothing listens on the called port of a node: a container of one of its pods declares it, which opens nothing on the node.
pub(in crate::causes) fn of_container_port(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let mut hops = trace.hops.iter().rev();
    let hop = hops.find(|hop| matches!(hop.reason, Reason::Closed { .. }))?;
    let node = hop.device.node()?;
    let called = hop.before.destination.port();
    let declares = |pod: &&Pod| {
        let mut ports = pod.serving_containers().flat_map(|own| &own.ports);
        ports.any(|port| port.container_port == called)
    };
    let pods = || survey.resolved.cluster.each_pod().filter(declares);
    let own = pods().find(|pod| pod.spec.node_name == node);
    let pod = own.or_else(|| pods().next())?;
    let fault = Fault::Port(PortFault::PodPortOnNode {
        pod: pod.metadata.name.to_string(),
        node: node.to_owned(),
        called,
    });
    let evidence = Evidence::of_pod(survey.resolved, pod, "spec.containers[0].ports");
    Some(Cause::likely(fault, evidence.into_iter().collect()))
}

/// The called port of a node is a Service's node port, for another protocol.
pub(in crate::causes) fn of_node_port_protocol(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let mut hops = trace.hops.iter().rev();
    let hop = hops.find(|hop| matches!(hop.reason, Reason::Closed { .. }))?;
    hop.device.node()?;
    let (called, protocol) = (hop.before.destination.port(), hop.before.protocol);
    let found = survey.services().find_map(|(stored, service)| {
        let mut ports = service.spec.ports.iter();
        let port = ports.find(|port| port.node_port == called && port.protocol != protocol)?;
        Some((stored, service, port))
    });
    let (stored, service, port) = found?;
    let fault = Fault::Port(PortFault::NodePortOfAnotherProtocol {
        service: service.metadata.name.to_string(),
        port: called,
        called: protocol.to_string(),
        declared: port.protocol.to_string(),
    });
    let evidence = vec![Evidence::of(stored, "spec.ports")];
    Some(Cause::certain(fault, evidence))
}

/// The Service with a node port of that number.
pub(in crate::causes) fn service_with_node_port<'a>(
    survey: &Survey<'a>,
    number: u16,
) -> Option<(&'a Stored, &'a Service)> {
    survey.services().find(|(_, service)| {
        let mut ports = service.spec.ports.iter();
        ports.any(|port| port.node_port == number)
    })
}
