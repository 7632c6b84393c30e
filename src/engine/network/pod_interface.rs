//! The network interface of a pod: the veth pair between its network namespace and its node.
//!
//! Plugins decide about NetworkPolicies in the node's kernel, after it rewrote the packet: `policy_gate.rs`. Traffic of a
//! pod to itself stays inside and meets no policy.

use super::step::{Entry, Position, Step};
use crate::cluster::object::Pod;
use crate::netfilter::Packet;

/// A packet leaves a process of a pod.
pub(crate) fn egress<'a>(pod: &'a Pod, packet: Packet) -> Step<'a> {
    let to = packet.destination.ip();
    let node = pod.spec.node_name.as_str();
    if pod.spec.host_network {
        return Step::forward(Position::NodeKernel(node, Entry::LocalProcess), packet);
    }
    if to.is_loopback() || pod.addresses().any(|own| own == to) {
        return Step::forward(Position::PodProcess(pod), packet);
    }
    Step::forward(Position::NodeKernel(node, Entry::PodInterface), packet)
}

/// A packet enters a pod from its node.
pub(crate) fn ingress<'a>(pod: &'a Pod, packet: Packet) -> Step<'a> {
    Step::forward(Position::PodProcess(pod), packet)
}
