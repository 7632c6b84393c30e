//! Whether a rule matches: selectors, blocks of addresses, ports.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use smol_str::SmolStr;

use super::compiled::{CompiledPeer, CompiledPolicy, CompiledRule};
use super::plugin::blocks_match_cluster_addresses;
use super::{Owner, Port};
use crate::cluster::config::NetworkPlugin;
use crate::cluster::object::{Container, IpBlock, NetworkPolicyPort, Pod, TargetPort};
use crate::labels::{Labels, Selector};
use crate::names::{ObjectName, PolicyType};

/// An isolated pod with the policies that isolate it.
pub(super) struct Subject<'a> {
    pub direction: PolicyType,
    pub pod: &'a Pod,
    pub policies: &'a [&'a CompiledPolicy],
    pub namespaces: &'a BTreeMap<SmolStr, Arc<Labels>>,
    pub plugin: NetworkPlugin,
}

/// One way to see a peer: as a pod or as an address alone.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub address: IpAddr,
    pub pod: Option<&'a Pod>,
    pub owner: Owner<'a>,
}

/// Whether the port names of sidecars count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sidecars {
    Count,
    DoNotCount,
}

/// The rules that allow a connection.
pub(super) fn allowing(
    subject: &Subject,
    peer: &Reading,
    port: Port,
    sidecars: Sidecars,
) -> Vec<(ObjectName, usize)> {
    let mut allowing = Vec::new();
    for policy in subject.policies {
        let rules = policy.rules(subject.direction).unwrap_or_default();
        for (index, rule) in rules.iter().enumerate() {
            if allows(subject, policy, rule, peer, port, sidecars) {
                allowing.push((policy.id.clone(), index));
            }
        }
    }
    allowing
}

fn allows(
    subject: &Subject,
    policy: &CompiledPolicy,
    rule: &CompiledRule,
    peer: &Reading,
    port: Port,
    sidecars: Sidecars,
) -> bool {
    let destination = match subject.direction {
        PolicyType::Ingress => Some(subject.pod),
        PolicyType::Egress => peer.pod,
    };
    let has_port = rule.ports.is_empty()
        || rule.ports.iter().any(|own| {
            own.protocol == port.protocol && has_number(own, destination, port, sidecars)
        });
    let has_peer = rule.peers.is_empty()
        || rule
            .peers
            .iter()
            .any(|own| matches_peer(subject, &policy.id.namespace, own, peer));
    has_port && has_peer
}

/// Whether a port item has the number; a name is looked up in the destination pod with its protocol.
pub(super) fn has_number(
    own: &NetworkPolicyPort,
    destination: Option<&Pod>,
    port: Port,
    sidecars: Sidecars,
) -> bool {
    match (&own.port, own.end_port) {
        (None, _) => true,
        (Some(TargetPort::Number(first)), None) => *first == port.number,
        (Some(TargetPort::Number(first)), Some(last)) => (*first..=last).contains(&port.number),
        (Some(TargetPort::Name(name)), _) => destination.is_some_and(|pod| {
            named_ports(pod, name, port, sidecars).any(|number| number == port.number)
        }),
    }
}

/// The numbers that the containers of a pod give to a port name.
pub(super) fn named_ports<'a>(
    pod: &'a Pod,
    name: &'a str,
    port: Port,
    sidecars: Sidecars,
) -> impl Iterator<Item = u16> + 'a {
    let all = (sidecars == Sidecars::Count).then(|| pod.serving_containers());
    let own = (sidecars == Sidecars::DoNotCount).then(|| pod.spec.containers.iter());
    let containers = all.into_iter().flatten().chain(own.into_iter().flatten());
    containers
        .flat_map(|container: &Container| &container.ports)
        .filter(move |own| own.name == name && own.protocol == port.protocol)
        .map(|own| own.container_port)
}

fn matches_peer(
    subject: &Subject,
    namespace: &SmolStr,
    own: &CompiledPeer,
    peer: &Reading,
) -> bool {
    match own {
        CompiledPeer::Block(block) => {
            is_subject_to_blocks(subject, peer) && block_matches(block, peer.address)
        }
        CompiledPeer::Pods { namespaces, pods } => peer.pod.is_some_and(|pod| {
            in_namespace(subject, namespace, namespaces.as_ref(), pod)
                && pods
                    .as_ref()
                    .is_none_or(|selector| selector.matches(&pod.metadata.labels))
        }),
    }
}

/// Whether a pod is in the namespaces that a peer item means: those that the selector matches, or the policy's own.
pub(super) fn in_namespace(
    subject: &Subject,
    own: &SmolStr,
    selector: Option<&Selector>,
    pod: &Pod,
) -> bool {
    let namespace = &pod.metadata.namespace;
    match selector {
        None => namespace == own,
        Some(selector) => match subject.namespaces.get(namespace) {
            Some(labels) => selector.matches(labels),
            None => selector.matches(&Labels::new()),
        },
    }
}

/// Whether the plugin compares the peer's address with blocks.
pub(super) fn is_subject_to_blocks(subject: &Subject, peer: &Reading) -> bool {
    let is_of_cluster = match peer.owner {
        Owner::Pod(_) | Owner::HostNetworkPod(_) | Owner::Node(_) => true,
        Owner::EndedPod(_) | Owner::Outside => false,
    };
    !is_of_cluster || blocks_match_cluster_addresses(subject.plugin)
}

/// Whether an address is in a block and in none of its exceptions.
pub(super) fn block_matches(block: &IpBlock, address: IpAddr) -> bool {
    block.cidr.contains(&address) && !block.except.iter().any(|range| range.contains(&address))
}
