//! The pod ports of a Service port, and the order of ports in slices.
//!
//! A number refers to that port, declared or not. A name is looked up in each pod, so one Service port may have different
//! numbers on different pods (kubernetes `staging/src/k8s.io/endpointslice/utils.go`, `podutil.FindPort`).

use crate::cluster::object::{EndpointPort, Pod, Service, ServicePort, SlicePort, TargetPort};
use crate::fnv::fnv128a;
use crate::names::Protocol;
use crate::sort;

/// The pod's port number of a Service port. A named target port is the first port with that name *and* protocol of the
/// containers, then of the sidecars; `None` if none declares it.
pub fn find_port(pod: &Pod, port: &ServicePort) -> Option<u16> {
    match &port.target_port {
        TargetPort::Number(number) => Some(*number),
        TargetPort::Name(name) => pod
            .serving_containers()
            .flat_map(|container| &container.ports)
            .find(|declared| declared.name == *name && declared.protocol == port.protocol)
            .map(|declared| declared.container_port),
    }
}

/// The pod's ports in the order of the Service ports, without those that are not found.
pub fn endpoint_ports(service: &Service, pod: &Pod) -> Vec<SlicePort> {
    let found = |port: &ServicePort| {
        find_port(pod, port).map(|number| SlicePort {
            name: Some(port.name.clone()),
            protocol: Some(port.protocol),
            port: Some(number),
            app_protocol: port.app_protocol.clone(),
        })
    };
    service.spec.ports.iter().filter_map(found).collect()
}

/// Sorts a slice's ports as the controller does: by a hash of each port's Go representation.
pub fn sort_slice_ports(ports: &mut [SlicePort]) {
    if ports.len() > 1 {
        sort::sort_by_key(ports, |port| fnv128a(slice_port_in_go(port).as_bytes()));
    }
}

/// Sorts the ports of an Endpoints subset likewise.
pub fn sort_endpoint_ports(ports: &mut [EndpointPort]) {
    if ports.len() > 1 {
        sort::sort_by_key(ports, |port| fnv128a(endpoint_port_in_go(port).as_bytes()));
    }
}

/// `discovery/v1.EndpointPort` as Go's spew writes it: every field is a pointer.
fn slice_port_in_go(port: &SlicePort) -> String {
    format!(
        "(v1.EndpointPort){{Name:{} Protocol:{} Port:{} AppProtocol:{}}}",
        pointer("string", port.name.as_ref()),
        pointer("v1.Protocol", port.protocol.as_ref()),
        pointer("int32", port.port.as_ref()),
        pointer("string", port.app_protocol.as_ref()),
    )
}

/// `core/v1.EndpointPort` as Go's spew writes it.
fn endpoint_port_in_go(port: &EndpointPort) -> String {
    let EndpointPort {
        name,
        port,
        protocol,
        app_protocol,
    } = port;
    let app_protocol = pointer("string", app_protocol.as_ref());
    format!(
        "(v1.EndpointPort){{Name:(string){name} Port:(int32){port} Protocol:(v1.Protocol){protocol} \
         AppProtocol:{app_protocol}}}"
    )
}

fn pointer<T: std::fmt::Display>(go_type: &str, value: Option<&T>) -> String {
    match value {
        Some(value) => format!("(*{go_type}){value}"),
        None => format!("(*{go_type})<nil>"),
    }
}

/// Converts a slice's port into a port of Endpoints.
pub fn as_endpoint_port(port: &SlicePort) -> EndpointPort {
    EndpointPort {
        name: port.name.clone().unwrap_or_default(),
        port: port.port.unwrap_or_default(),
        protocol: port.protocol.unwrap_or(Protocol::Tcp),
        app_protocol: port.app_protocol.clone(),
    }
}

#[cfg(test)]
mod tests {
    use smol_str::SmolStr;

    use super::*;
    use crate::cluster::object::{Container, ContainerPort};

    fn container(ports: &[(&str, u16, Protocol)], restart_policy: Option<&str>) -> Container {
        let port = |&(name, container_port, protocol): &(&str, u16, Protocol)| ContainerPort {
            name: name.into(),
            container_port,
            protocol,
            ..Default::default()
        };
        Container {
            ports: ports.iter().map(port).collect(),
            restart_policy: restart_policy.map(SmolStr::from),
            ..Default::default()
        }
    }

    fn named(name: &str, protocol: Protocol) -> ServicePort {
        ServicePort {
            target_port: TargetPort::Name(name.into()),
            protocol,
            ..Default::default()
        }
    }

    #[test]
    fn a_named_port_is_found_by_name_and_protocol_in_containers_then_sidecars() {
        let mut pod = Pod::default();
        pod.spec.containers = vec![container(&[("http", 8080, Protocol::Tcp)], None)].into();
        pod.spec.init_containers = vec![
            container(
                &[("http", 1, Protocol::Tcp), ("admin", 2, Protocol::Tcp)],
                None,
            ),
            container(
                &[
                    ("http", 7070, Protocol::Tcp),
                    ("metrics", 9090, Protocol::Tcp),
                ],
                Some("Always"),
            ),
        ]
        .into();
        let rows = [
            (
                "a container wins over a sidecar",
                named("http", Protocol::Tcp),
                Some(8080),
            ),
            (
                "a sidecar's port is found",
                named("metrics", Protocol::Tcp),
                Some(9090),
            ),
            (
                "a plain init container's port is not",
                named("admin", Protocol::Tcp),
                None,
            ),
            ("the protocol must fit", named("http", Protocol::Udp), None),
        ];
        for (name, port, expected) in rows {
            assert_eq!(find_port(&pod, &port), expected, "{name}");
        }
    }

    #[test]
    fn a_number_need_not_be_declared() {
        let port = ServicePort {
            target_port: TargetPort::Number(93),
            ..Default::default()
        };
        assert_eq!(find_port(&Pod::default(), &port), Some(93));
    }

    #[test]
    fn ports_are_in_the_order_of_their_hashes() {
        let port = |name: &str, number| SlicePort {
            name: Some(name.into()),
            protocol: Some(Protocol::Tcp),
            port: Some(number),
            app_protocol: None,
        };
        let mut ports = vec![port("a", 80), port("b", 81)];
        sort_slice_ports(&mut ports);
        assert_eq!(ports, [port("b", 81), port("a", 80)]);
    }
}
