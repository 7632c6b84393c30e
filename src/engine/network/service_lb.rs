//! A pod of k3s ServiceLB: it sends what comes to its ports on to the Service (klipper-lb `entry`).
//!
//! Packets come here only where kube-proxy has no rule for the destination: for a node's internal address while the
//! Service's status has external ones. The rules of `hostPort`s then lead to the pod.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

use super::step::{Chance, Fate, Flow, NewConnection, Position, Proxy, ProxyKind, Step, Visit};
use super::{Device, Failure, LoadBalancerReason, Reason};
use crate::cluster::object::{Container, Pod};
use crate::controllers::service_lb::{SERVICE_NAME, SERVICE_NAMESPACE};
use crate::names::{Family, ObjectName};
use crate::netfilter::Packet;

/// More proxies in a row than this are a circle.
const MOST_PROXIES: u64 = 3;

/// Whether a pod is one of ServiceLB.
pub(crate) fn is_forwarder(pod: &Pod) -> bool {
    pod.metadata.labels.contains_key(SERVICE_NAME)
        && pod.metadata.labels.contains_key(SERVICE_NAMESPACE)
}

/// Whether a pod sends packets on: after this many proxies in a row they go in a circle.
pub(super) fn accepts(pod: &Pod, proxies: u64) -> bool {
    proxies < MOST_PROXIES && is_forwarder(pod)
}

/// What the entry script of a container reads.
struct EntryRules {
    ranges: Vec<IpNet>,
    to: SocketAddr,
}

/// A packet reached a pod of ServiceLB: it goes on to the cluster IP, or for `Local` Services to a node port of its node,
/// with the pod's address as its source.
pub(crate) fn forward<'a>(
    flow: &Flow<'a>,
    pod: &'a Pod,
    packet: Packet,
    chance: &Chance,
) -> Step<'a> {
    let device = Device::Pod(pod.id());
    let name = pod.metadata.name.to_string();
    let label = |key: &str| pod.metadata.labels.get(key).cloned().unwrap_or_default();
    let service = ObjectName::new(label(SERVICE_NAMESPACE), label(SERVICE_NAME));
    let client = packet.source.ip();
    let rules = rules(flow, pod, &packet);
    let Some(rules) = rules.filter(|rules| rules.ranges.iter().any(|own| own.contains(&client)))
    else {
        let reason = LoadBalancerReason::SvclbDrops {
            pod: name,
            service: service.name,
            client,
        };
        let visit = Visit::new(device, packet, Reason::LoadBalancer(reason));
        return Step::new(visit, Fate::Drop(Failure::SourceNotAllowed));
    };
    let own = pod
        .addresses()
        .find(|own| Family::of(*own) == packet.family());
    let first = Packet {
        source: SocketAddr::new(own.unwrap_or(client), packet.source.port()),
        destination: rules.to,
        ..packet
    };
    let reason = LoadBalancerReason::SvclbForwards {
        pod: name.clone(),
        service: service.name.clone(),
        to: rules.to,
    };
    let opening = Visit::new(device.clone(), first, Reason::LoadBalancer(reason));
    let fate = Fate::Terminate(Box::new(NewConnection {
        opening,
        proxy: Proxy {
            kind: ProxyKind::LoadBalancer,
            device,
            name,
            accepted: packet,
        },
        to: Position::PodEgress(pod),
        service: flow.network.cluster().services.get(&service),
        chance: chance.of_next_connection(),
    }));
    Step::silent(fate)
}

/// The rules for the port that a packet came to.
fn rules(flow: &Flow, pod: &Pod, packet: &Packet) -> Option<EntryRules> {
    let port = packet.destination.port().to_string();
    let protocol = packet.protocol.to_string();
    let mut containers = pod.spec.containers.iter();
    let container = containers.find(|own| {
        value(own, "SRC_PORT") == Some(&port) && value(own, "DEST_PROTO") == Some(&protocol)
    })?;
    let ranges = value(container, "SRC_RANGES")?.split(',');
    let node = flow.network.cluster().nodes.get(&pod.spec.node_name)?;
    let addresses: Vec<IpAddr> = match value(container, "DEST_IPS") {
        Some(list) => list.split(',').filter_map(|own| own.parse().ok()).collect(),
        None => node.addresses().collect(),
    };
    let mut addresses = addresses.into_iter();
    let to = addresses.find(|own| Family::of(*own) == packet.family())?;
    Some(EntryRules {
        ranges: ranges.filter_map(|range| range.parse().ok()).collect(),
        to: SocketAddr::new(to, value(container, "DEST_PORT")?.parse().ok()?),
    })
}

/// The value of an environment variable that is written as a text.
fn value<'a>(container: &'a Container, name: &str) -> Option<&'a str> {
    let mut variables = container.env.iter();
    let variable = variables.find(|own| own.name == name)?;
    (!variable.value.is_empty()).then_some(variable.value.as_str())
}
