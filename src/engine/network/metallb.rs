//! How a packet finds a node with MetalLB: by the node that answers ARP and NDP for the address, or by a router to which
//! nodes announce it (BGP).
//!
//! The address is on no interface. The client or the last router resolves it by ARP or NDP; the speaker of one node
//! answers with its own MAC, and from there on the rules of that node's kube-proxy decide. A router with several routes of
//! one cost spreads connections over them (ECMP).

use std::net::IpAddr;

use smol_str::SmolStr;

use super::step::{Chance, Fate, Flow, Position, Step, Visit};
use super::{Device, Failure, LoadBalancerReason, Network, Reason};
use crate::cluster::load_balancing::Announcement;
use crate::cluster::object::Service;
use crate::netfilter::Packet;

/// Whether MetalLB gave this address to a Service.
pub(super) fn gives(network: &Network, service: &Service, address: IpAddr) -> bool {
    let states = &network.cluster().load_balancing.metallb;
    let state = states.get(&service.id());
    state.is_some_and(|state| state.addresses.contains(&address))
}

/// A packet for an address of MetalLB is in the network outside.
pub(super) fn deliver<'a>(
    flow: &Flow<'a>,
    service: &'a Service,
    packet: Packet,
    chance: &mut Chance,
) -> Step<'a> {
    let cluster = flow.network.cluster();
    let state = cluster.load_balancing.metallb.get(&service.id());
    let address = packet.destination.ip();
    let name = service.metadata.name.clone();
    let announcement = state.map(|state| &state.announcement);
    let answering = announcement.and_then(|announcement| announcement.l2_node());
    if let (Some(node), Some(announcement)) = (answering, announcement) {
        let reason = LoadBalancerReason::AnswersArp {
            service: name,
            node: node.to_string(),
            address,
            candidates: announcement.candidates,
        };
        return sent(service, packet, reason, node);
    }
    let routes: Vec<&str> = announcement
        .into_iter()
        .flat_map(Announcement::bgp_nodes)
        .map(SmolStr::as_str)
        .collect();
    if routes.is_empty() {
        let reason = LoadBalancerReason::NotAnnounced {
            service: name,
            address,
        };
        let visit = Visit::new(
            Device::LoadBalancer(service.id()),
            packet,
            Reason::LoadBalancer(reason),
        );
        return Step::new(visit, Fate::Drop(Failure::NotAnnounced));
    }
    let chosen = chance.rng.below(routes.len() as u32) as usize;
    let node = routes.get(chosen).copied().unwrap_or_default();
    let reason = LoadBalancerReason::RoutesByBgp {
        service: name,
        node: node.to_owned(),
        address,
        nodes: routes.len(),
    };
    sent(service, packet, reason, node)
}

/// The packet goes to a node as it is.
fn sent<'a>(
    service: &Service,
    packet: Packet,
    reason: LoadBalancerReason,
    node: &'a str,
) -> Step<'a> {
    let visit = Visit::new(
        Device::LoadBalancer(service.id()),
        packet,
        Reason::LoadBalancer(reason),
    );
    let to = Position::NodeUplink(node);
    Step::new(visit, Fate::Forward { to, packet })
}
