//! A Service that is called on a port it does not have.
//!
//! A Service port is a number and a protocol: 53/TCP and 53/UDP are two ports.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::gateway::attachment::listeners;
use crate::causes::survey::Survey;
use crate::cluster::object::Service;
use crate::diagnostic::{Fault, GatewayFault, PortFault};
use crate::kinds::Kind;
use crate::l7::gateway::data_plane::GATEWAY_NAME;
use crate::names::{ObjectName, Protocol};

/// Why the Service does not have the called port.
pub(in crate::causes) fn causes(
    survey: &Survey,
    name: &ObjectName,
    number: u16,
    protocol: Protocol,
) -> Vec<Cause> {
    let Some(service) = survey.resolved.cluster.services.get(name) else {
        return Vec::new();
    };
    if let Some(cause) = no_listener(survey, service, number) {
        return vec![cause];
    }
    let service_name = service.metadata.name.to_string();
    let ports = service.spec.ports.iter();
    let mut same_number = ports
        .clone()
        .filter(|own| own.port == number && own.protocol != protocol);
    let mut as_node_port = ports.clone().filter(|own| own.node_port == number);
    let mut same_target =
        ports.filter(|own| own.port != number && own.target_port.number() == Some(number));
    let fault = if let Some(own) = same_number.next() {
        Fault::Port(PortFault::ServicePortOfAnotherProtocol {
            service: service_name,
            port: number,
            called: protocol.to_string(),
            declared: own.protocol.to_string(),
        })
    } else if let Some(own) = as_node_port.next() {
        Fault::Port(PortFault::NodePortCalled {
            service: service_name,
            called: number,
            port: own.port,
        })
    } else if let Some(own) = same_target.next() {
        Fault::Port(PortFault::TargetPortCalled {
            service: service_name,
            called: number,
            port: own.port,
        })
    } else {
        Fault::Port(PortFault::ServiceHasNoSuchPort {
            service: service_name,
            called: format!("{number}/{protocol}"),
            ports: port_list(service),
        })
    };
    let stored = survey.resolved.get(Kind::Service, name);
    let evidence = stored.map(|stored| Evidence::of(stored, "spec.ports"));
    vec![Cause::certain(fault, evidence.into_iter().collect())]
}

/// The Service belongs to a Gateway: it has the ports of the listeners, and the Gateway's controller writes them.
fn no_listener(survey: &Survey, service: &Service, called: u16) -> Option<Cause> {
    let label = service.metadata.labels.get(GATEWAY_NAME)?;
    let name = ObjectName::new(service.metadata.namespace.as_str(), label.as_str());
    let gateway = survey.resolved.get(Kind::Gateway, &name)?;
    let fault = Fault::Gateway(GatewayFault::NoListenerAtPort {
        gateway: name.to_string(),
        called,
        listeners: listeners(&survey.resolved.cluster, &name),
    });
    Some(Cause::certain(
        fault,
        vec![Evidence::of(gateway, "spec.listeners")],
    ))
}

/// `80/TCP, 53/UDP`.
fn port_list(service: &Service) -> String {
    let ports = service.spec.ports.iter();
    let ports: Vec<String> = ports
        .map(|own| format!("{}/{}", own.port, own.protocol))
        .collect();
    ports.join(", ")
}
