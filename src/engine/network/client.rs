//! The process that opens the connection: its device, its source address, and its first packet.

use std::net::{IpAddr, SocketAddr};

use super::step::{Entry, Flow, Position};
use super::{Device, Network, Origin, Reason, RequestError};
use crate::cluster::object::Pod;
use crate::kinds::Kind;
use crate::names::Family;
use crate::netfilter::{Packet, Segment};

/// The first source port that clients use, and how many (`net.ipv4.ip_local_port_range` is 32768–60999).
const PORTS: (u16, u64) = (51_034, 9_000);

/// The device of an origin; an error if the pod or node does not exist, or the pod has no address.
pub(crate) fn device(network: &Network, origin: &Origin) -> Result<Device, RequestError> {
    let cluster = network.cluster();
    let device = match origin {
        Origin::Pod(name) => cluster
            .pods
            .get(name)
            .filter(|pod| pod.addresses().next().is_some())
            .map(|_| Device::Pod(name.clone())),
        Origin::Node(name) => cluster
            .nodes
            .get(name.as_str())
            .map(|_| Device::Node(name.clone())),
        Origin::Outside(address) => Some(Device::Outside(*address)),
    };
    device.ok_or_else(|| no_origin(network, origin))
}

/// Why an origin cannot open a connection.
fn no_origin(network: &Network, origin: &Origin) -> RequestError {
    let text = origin.to_string();
    let Origin::Pod(name) = origin else {
        return RequestError::NoSuchOrigin { text };
    };
    let resolved = &network.resolved;
    if let Some(pod) = resolved.cluster.pod(name) {
        let phase = pod.status.phase.as_str();
        let phase = if phase.is_empty() { "Pending" } else { phase }.to_owned();
        return RequestError::OriginPending { text, phase };
    }
    let mut refused = resolved.refused.iter();
    match refused.find(|own| own.kind.modelled() == Some(Kind::Pod) && own.name == *name) {
        Some(pod) => RequestError::OriginRefused {
            text,
            message: pod.message.replace('\n', " "),
            field: pod.field.clone(),
        },
        None => RequestError::NoSuchOrigin { text },
    }
}

/// The pod that an origin is, if it is one.
pub(crate) fn pod<'a>(network: &'a Network, origin: &Origin) -> Option<&'a Pod> {
    match origin {
        Origin::Pod(name) => network.cluster().pod(name),
        Origin::Node(_) | Origin::Outside(_) => None,
    }
}

/// The origin's own address of a family.
pub(crate) fn source(
    network: &Network,
    origin: &Origin,
    family: Family,
) -> Result<IpAddr, RequestError> {
    let cluster = network.cluster();
    let found = match origin {
        Origin::Outside(address) => Some(*address),
        Origin::Pod(pod) => cluster.pods.get(pod).and_then(|pod| pod.address(family)),
        Origin::Node(node) => cluster
            .nodes
            .get(node.as_str())
            .and_then(|node| node.address(family)),
    };
    found
        .filter(|address| Family::of(*address) == family)
        .ok_or_else(|| RequestError::NoAddress {
            text: origin.to_string(),
            family,
        })
}

/// The address from which the origin calls another one. A node has one per interface, and a pod on the host's network
/// calls as its node does.
fn source_towards(network: &Network, origin: &Origin, to: IpAddr) -> Result<IpAddr, RequestError> {
    let node = match origin {
        Origin::Node(node) => Some(node.as_str()),
        Origin::Pod(pod) => network
            .cluster()
            .pods
            .get(pod)
            .filter(|pod| pod.spec.host_network)
            .map(|pod| pod.spec.node_name.as_str()),
        Origin::Outside(_) => None,
    };
    let own = node.and_then(|node| network.kernel(node, Family::of(to))?.source_address(to));
    match own {
        Some(own) => Ok(own),
        None if to.is_loopback() => Ok(to),
        None => source(network, origin, Family::of(to)),
    }
}

/// Whether the origin has an address from which it can call another one.
pub(crate) fn has_way_to(network: &Network, origin: &Origin, to: IpAddr) -> bool {
    !matches!(
        source_towards(network, origin, to),
        Err(RequestError::NoAddress { .. })
    )
}

/// The packet of connection `number` to an address: the first one, or, with [`Segment::Data`], a later one.
pub(crate) fn packet(
    flow: &Flow,
    to: IpAddr,
    segment: Segment,
    number: u64,
) -> Result<Packet, RequestError> {
    let target = &flow.request.to;
    let from = source_towards(flow.network, &flow.request.from, to)?;
    let port = PORTS.0 + (number % PORTS.1) as u16;
    let first = Packet::first(
        target.protocol(),
        SocketAddr::new(from, port),
        SocketAddr::new(to, target.port),
    );
    Ok(if segment == Segment::Data {
        Packet { segment, ..first }
    } else {
        first
    })
}

/// Why the client sends a packet: it opens a connection, or continues one.
pub(crate) fn opening(flow: &Flow, packet: &Packet, segment: Segment) -> Reason {
    let (from, to, protocol) = (
        flow.request.from.short(),
        packet.destination,
        packet.protocol,
    );
    if segment == Segment::Data {
        return Reason::Continues { from, to, protocol };
    }
    let is_virtual = flow
        .service
        .is_some_and(|service| service.addresses().any(|own| own == to.ip()));
    Reason::Opens {
        from,
        to,
        protocol,
        service: flow.service.map(|service| service.metadata.name.clone()),
        r#virtual: is_virtual,
    }
}

/// Where the client's packets go first; `None` if the origin does not exist.
pub(crate) fn first_position<'a>(network: &'a Network, origin: &'a Origin) -> Option<Position<'a>> {
    match origin {
        Origin::Outside(_) => Some(Position::Outside),
        Origin::Pod(pod) => network.cluster().pod(pod).map(Position::PodEgress),
        Origin::Node(node) => Some(Position::NodeKernel(node, Entry::LocalProcess)),
    }
}
