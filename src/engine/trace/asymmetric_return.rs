//! Answers that do not come back the way their packet came.
//!
//! A node that gave a packet a new destination must see the answer, or nobody gives it back the address the client
//! called. Masquerading sees to that. Where kube-proxy leaves it out, it counts on the client or the endpoint being on
//! the node itself; a pod that calls a node port of another node under `externalTrafficPolicy: Local` is the exception
//! (rule "pod traffic for … external destinations"): sent on to a third node, its answer comes straight back, from an
//! address it never called. conntrack finds no connection to it, and kube-proxy's rules drop it as INVALID; where they
//! do not, the client itself has no use for it.

use std::net::IpAddr;

use super::forward::TrackedNode;
use super::{Device, Network};

/// The node that rewrote the destination of a packet and will not see the answer, which comes from a place to an address.
pub(super) fn bypassed_node<'a>(
    world: &Network,
    passed: &'a [TrackedNode],
    from: &Device,
    to: IpAddr,
) -> Option<&'a str> {
    let answers = match from {
        Device::Pod(pod) => world
            .cluster()
            .pods
            .get(pod)
            .map(|pod| pod.spec.node_name.as_str()),
        Device::Node(node) | Device::Rules(node) => Some(node.as_str()),
        Device::Outside(_) | Device::LoadBalancer(_) => None,
    };
    let on_the_way = [answers, node_of(world, to)];
    let rewrote = passed
        .iter()
        .filter(|passed| passed.connection.is_dnat() && !passed.connection.is_snat());
    rewrote
        .map(|passed| passed.node.as_str())
        .find(|node| !on_the_way.contains(&Some(*node)))
}

/// The node that packets to an address come to: the node's own addresses and its pods'.
pub(super) fn node_of(world: &Network, address: IpAddr) -> Option<&str> {
    let pod = world.pod_at(address).map(|pod| pod.spec.node_name.as_str());
    pod.or_else(|| world.node_at(address))
        .or_else(|| world.bridge_at(address))
}
