//! Answers that do not return by the path of their packet.
//!
//! A node that rewrote the destination of a packet must see the answer, since only it can restore the address that the
//! client called. Masquerading ensures that. kube-proxy leaves it out where the client or the endpoint is on the node
//! itself. The exception is a pod that calls a node port of another node under `externalTrafficPolicy: Local` (rule "pod
//! traffic for … external destinations"): its packet is sent on to a third node, and the answer returns directly, from an
//! address that the pod never called. conntrack has no connection for it, and kube-proxy's rules drop it as INVALID; where
//! they do not, the client itself rejects it.

use std::net::IpAddr;

use super::step::TrackedNode;
use super::{Device, Network};

/// The node that rewrote the destination of a packet and does not see the answer, which `from` sends to an address; `None`
/// if every such node does.
pub(crate) fn bypassed_node<'a>(
    network: &Network,
    passed: &'a [TrackedNode],
    from: &Device,
    to: IpAddr,
) -> Option<&'a str> {
    let on_the_way = [from.home(network.cluster()), node_of(network, to)];
    let rewrote = passed
        .iter()
        .filter(|passed| passed.connection.is_dnat() && !passed.connection.is_snat());
    rewrote
        .map(|passed| passed.node.as_str())
        .find(|node| !on_the_way.contains(&Some(*node)))
}

/// The node with an address: its own, its bridge's, or that of one of its pods.
pub(crate) fn node_of(network: &Network, address: IpAddr) -> Option<&str> {
    let pod = network
        .pod_at(address)
        .map(|pod| pod.spec.node_name.as_str());
    pod.or_else(|| network.node_at(address))
        .or_else(|| network.bridge_at(address))
}
