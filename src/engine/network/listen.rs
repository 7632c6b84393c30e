//! Whether a process listens on a port of a pod.
//!
//! Manifests do not say: for Kubernetes `containerPort` is information only. kubehop treats a declared port as open, and
//! every port of a pod that declares none; an undeclared port of a pod that declares others is unknown. Authors can state
//! the ports in the annotation `kubehop/listens: "8080, 127.0.0.1:9090, 53/udp"`, which then decides alone.

use std::net::{IpAddr, SocketAddr};

use super::Listening;
use crate::cluster::object::Pod;
use crate::names::Protocol;

/// The annotation that lists what a pod's processes listen on.
pub const LISTENS: &str = "kubehop/listens";

/// What is known about a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Port {
    /// A process listens.
    Open(Listening),
    /// No process listens.
    Closed,
    /// The pod declares only these other ports.
    Unknown(String),
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
    let names: Vec<String> = ports
        .iter()
        .map(|own| format!("{}/{}", own.container_port, own.protocol))
        .collect();
    Port::Unknown(names.join(", "))
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
    fn what_the_author_says_is_the_truth() {
        let stated = pod(
            json!([{ "containerPort": 8080 }]),
            Some("9090, 127.0.0.1:8080, 53/udp"),
        );
        assert_eq!(
            port_of(&stated, at(9090), Protocol::Tcp),
            Port::Open(Listening::Stated)
        );
        assert_eq!(port_of(&stated, at(8080), Protocol::Tcp), Port::Closed);
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
