//! Whether a process listens on a port of a pod.
//!
//! Manifests do not say: for Kubernetes `containerPort` is information only. kubehop treats a declared port as open, and
//! every port of a pod that declares none; an undeclared port of a pod that declares others is unknown, and so is every port
//! of a pod that declares none where another pod behind the same Service declares some. Authors can state the ports in the annotation `kubehop/listens: "8080, 127.0.0.1:9090, 53/udp"`, which then decides alone.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use smol_str::SmolStr;

use super::Listening;
use super::loopback::loopback_argument;
use crate::cluster::Cluster;
use crate::cluster::object::{Pod, Service};
use crate::controllers::endpointslices::is_member;
use crate::labels::Selector;
use crate::names::Protocol;
use crate::sort;

/// The annotation that lists what a pod's processes listen on.
pub const LISTENS: &str = "kubehop/listens";

/// What is known about a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Port {
    /// A process listens.
    Open(Listening),
    /// No process listens.
    Closed,
    /// This argument says that the process listens on the loopback address only.
    Loopback(SmolStr),
    /// The pod declares only these other ports.
    Unknown(String),
}

/// The ports of a pod's addresses that its author states in the annotation; `None` where nothing is stated.
pub(crate) fn stated_ports(pod: &Pod) -> Option<BTreeSet<(u16, Protocol)>> {
    let text = pod.metadata.annotations.get(LISTENS)?;
    let items = text.split(',').filter_map(|item| parse(item.trim()));
    let reached = items.filter(|(address, ..)| address.is_none_or(|own| !own.is_loopback()));
    Some(sort::set(
        reached.map(|(_, port, protocol)| (port, protocol)),
    ))
}

/// The ports that a pod is known for: what its author states, else what its containers declare.
pub(crate) fn known_ports(pod: &Pod) -> BTreeSet<(u16, Protocol)> {
    let declared = || {
        let ports = pod.serving_containers().flat_map(|own| &own.ports);
        sort::set(ports.map(|port| (port.container_port, port.protocol)))
    };
    stated_ports(pod).unwrap_or_else(declared)
}

/// Whether a pod's author states, or its containers declare, that a port is listened on, called at one of its addresses.
pub(crate) fn is_known_to_listen(pod: &Pod, called: SocketAddr, protocol: Protocol) -> bool {
    matches!(
        port_of(pod, called, protocol),
        Port::Open(Listening::Declared | Listening::Stated)
    )
}

/// What is known about a pod's port, called at one of the pod's addresses.
pub(super) fn port_of(pod: &Pod, called: SocketAddr, protocol: Protocol) -> Port {
    let port = called.port();
    if let Some(text) = pod.metadata.annotations.get(LISTENS) {
        let takes = |address: IpAddr| address.is_unspecified() || address == called.ip();
        let open = text
            .split(',')
            .filter_map(|item| parse(item.trim()))
            .any(|(address, own, of)| own == port && of == protocol && address.is_none_or(takes));
        return if open {
            Port::Open(Listening::Stated)
        } else {
            Port::Closed
        };
    }
    if !called.ip().is_loopback()
        && let Some(argument) = loopback_argument(pod, port)
    {
        return Port::Loopback(argument.text);
    }
    let mut declared = pod
        .serving_containers()
        .flat_map(|container| &container.ports)
        .peekable();
    if declared.peek().is_none() {
        return Port::Open(Listening::Assumed);
    }
    let ports: Vec<_> = declared.collect();
    if ports
        .iter()
        .any(|own| own.container_port == port && own.protocol == protocol)
    {
        return Port::Open(Listening::Declared);
    }
    Port::Unknown(declared_ports(pod))
}

/// Another pod behind a Service that the pod is behind.
pub(crate) struct Sibling<'a> {
    /// The Service that selects both.
    pub(crate) service: &'a Service,
    /// The other pod.
    pub(crate) pod: &'a Pod,
}

/// A pod that declares ports, behind a Service that also selects this one, which declares none: what the Service leads to
/// does not listen in every pod.
pub(crate) fn sibling_with_ports<'a>(cluster: &'a Cluster, pod: &Pod) -> Option<Sibling<'a>> {
    let namespace = &pod.metadata.namespace;
    let services = cluster.services.values();
    for service in services.filter(|service| service.metadata.namespace == *namespace) {
        let Some(labels) = &service.spec.selector else {
            continue;
        };
        let selector = Selector::equal_to(labels);
        if !selector.matches(&pod.metadata.labels) {
            continue;
        }
        let mut others = cluster.each_pod().filter(|other| {
            other.metadata.namespace == *namespace
                && is_member(other)
                && selector.matches(&other.metadata.labels)
        });
        if let Some(pod) = others.find(|other| !declared_ports(other).is_empty()) {
            return Some(Sibling { service, pod });
        }
    }
    None
}

/// The ports that a pod's containers declare: `8080/TCP, 53/UDP`; empty if they declare none.
pub(crate) fn declared_ports(pod: &Pod) -> String {
    let ports = pod.serving_containers().flat_map(|own| &own.ports);
    let names: Vec<String> = ports
        .map(|own| format!("{}/{}", own.container_port, own.protocol))
        .collect();
    names.join(", ")
}

/// `8080`, `127.0.0.1:9090`, `53/udp`, `[::1]:80/tcp`.
fn parse(item: &str) -> Option<(Option<IpAddr>, u16, Protocol)> {
    let (place, protocol) = item.split_once('/').unwrap_or((item, "tcp"));
    let protocol = protocol.parse().ok()?;
    let (address, port) = match place.rsplit_once(':') {
        Some((address, port)) => (Some(address.trim_matches(['[', ']']).parse().ok()?), port),
        None => (None, place),
    };
    Some((address, port.parse().ok()?, protocol))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pod(ports: serde_json::Value, listens: Option<&str>) -> Pod {
        let annotations = listens.map_or(json!({}), |text| json!({ LISTENS: text }));
        let object = json!({ "metadata": { "annotations": annotations }, "spec": { "containers": [{ "ports": ports }] } });
        serde_json::from_value(object).expect("a pod")
    }

    fn at(port: u16) -> SocketAddr {
        SocketAddr::new([10, 244, 0, 5].into(), port)
    }

    #[test]
    fn what_is_declared_is_open_and_what_is_not_is_unknown() {
        let declared = pod(json!([{ "containerPort": 8080 }]), None);
        assert_eq!(
            port_of(&declared, at(8080), Protocol::Tcp),
            Port::Open(Listening::Declared)
        );
        assert_eq!(
            port_of(&declared, at(8080), Protocol::Udp),
            Port::Unknown("8080/TCP".into())
        );
        assert_eq!(
            port_of(&pod(json!([]), None), at(80), Protocol::Tcp),
            Port::Open(Listening::Assumed)
        );
    }

    #[test]
    fn the_annotation_about_listening_overrides_declared_ports() {
        let stated = pod(
            json!([{ "containerPort": 8080 }]),
            Some("9090, 127.0.0.1:8080, 53/udp"),
        );
        assert_eq!(
            port_of(&stated, at(9090), Protocol::Tcp),
            Port::Open(Listening::Stated)
        );
        assert_eq!(port_of(&stated, at(8080), Protocol::Tcp), Port::Closed);
        let at_its_addresses = [(53, Protocol::Udp), (9090, Protocol::Tcp)].into();
        assert_eq!(known_ports(&stated), at_its_addresses);
        assert_eq!(stated_ports(&pod(json!([]), None)), None);
        let inside = SocketAddr::new([127, 0, 0, 1].into(), 8080);
        assert_eq!(
            port_of(&stated, inside, Protocol::Tcp),
            Port::Open(Listening::Stated)
        );
        assert_eq!(
            port_of(&stated, at(53), Protocol::Udp),
            Port::Open(Listening::Stated)
        );
    }
}
