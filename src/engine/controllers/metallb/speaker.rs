//! MetalLB's speakers: which nodes announce the addresses of a Service (metallb `speaker/layer2_controller.go`,
//! `speaker/bgp_controller.go`).
//!
//! Every speaker works the election out alone, from the same objects; so all come to the same node.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::net::IpAddr;

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::advertisement::{L2Answer, Scope};
use super::config::Pool;
use super::request::{SHARING_KEY, annotation};
use crate::cluster::load_balancing::{Announcement, EventKind, ServiceEvent, Silence};
use crate::cluster::object::{
    ConditionStatus, EndpointConditions, EndpointSlice, Node, Service, TrafficPolicy,
};
use crate::sort;
use crate::syntax::quote;

/// The speakers of a cluster.
pub struct Speakers<'a> {
    /// All nodes.
    pub nodes: &'a BTreeMap<SmolStr, Node>,
    /// The nodes with a live speaker.
    pub alive: Vec<SmolStr>,
    /// Whether they know of each other; without, every node counts as one with a speaker (`--ml-bindport`).
    pub have_memberlist: bool,
    /// Whether they announce from nodes that are excluded from load balancers (`--ignore-exclude-lb`).
    pub ignore_exclusion: bool,
}

/// A Service whose addresses are announced.
pub struct Announced<'a> {
    /// The Service.
    pub service: &'a Service,
    /// Its addresses, in the order of the status.
    pub addresses: &'a [IpAddr],
    /// Their pool.
    pub pool: &'a Pool,
    /// Its EndpointSlices.
    pub slices: Vec<&'a EndpointSlice>,
}

/// The events of the speakers that announce the addresses of a Service.
pub fn events(announcement: &Announcement) -> Vec<ServiceEvent> {
    let by = |node: &SmolStr, protocol: &str| ServiceEvent {
        kind: EventKind::Normal,
        reason: "nodeAssigned",
        message: format!(
            "announcing from node {} with protocol {}",
            quote(node),
            quote(protocol)
        ),
        from: "metallb-speaker",
    };
    let l2 = announcement.l2_node().map(|node| by(node, "layer2"));
    let bgp = announcement.bgp_nodes().map(|node| by(node, "bgp"));
    l2.into_iter().chain(bgp).collect()
}

impl Speakers<'_> {
    /// Who announces the addresses of a Service.
    pub fn announcement(&self, announced: &Announced) -> Announcement {
        let Some(first) = announced.addresses.first() else {
            return Announcement::default();
        };
        let candidates = self.l2_candidates(announced, *first);
        let winner = candidates.first().copied();
        let l2 = self.alive.iter().map(|node| {
            let silence = self.l2_silence(announced, node, winner.map(SmolStr::as_str));
            (node.clone(), silence)
        });
        let is_routed = !announced.pool.bgp.is_empty();
        let bgp = self.alive.iter().filter(|_| is_routed).map(|node| {
            let silence = self.bgp_silence(announced, node);
            (node.clone(), silence)
        });
        Announcement {
            l2: sort::map(l2),
            candidates: candidates.len(),
            bgp: sort::map(bgp),
        }
    }

    fn l2_silence(
        &self,
        announced: &Announced,
        node: &SmolStr,
        winner: Option<&str>,
    ) -> Option<Silence> {
        let mut scopes = announced.l2_answers().map(|answer| &answer.scope);
        if announced.is_shared_and_selected(announced.l2_answers().map(|own| &own.scope)) {
            Some(Silence::SharedIpWithServiceSelector)
        } else if !announced.has_endpoint(|_| true) {
            Some(Silence::NotOwner)
        } else if !scopes.any(|scope| scope.nodes.contains(node)) {
            Some(Silence::NoMatchingAdvertisement)
        } else if winner == Some(node.as_str()) {
            None
        } else {
            Some(Silence::NotOwner)
        }
    }

    /// The nodes in the order of the election for an address: the most preferred ones first, then by the hash of name and
    /// address. The first one wins.
    fn l2_candidates<'n>(&'n self, announced: &Announced, address: IpAddr) -> Vec<&'n SmolStr> {
        let is_local = announced.is_local();
        let members: Vec<&SmolStr> = if self.have_memberlist {
            self.alive.iter().collect()
        } else {
            self.nodes.keys().collect()
        };
        let mut candidates = Vec::new();
        for name in members {
            let is_advertised = announced
                .l2_answers()
                .any(|answer| answer.scope.nodes.contains(name));
            let node = self.nodes.get(name);
            let is_fit = node.is_some_and(|node| self.exclusion(node).is_none());
            let has_endpoint = !is_local || announced.has_endpoint(|on| on == Some(name));
            if is_advertised && is_fit && has_endpoint {
                let weights = announced
                    .l2_answers()
                    .filter_map(|own| own.preferred.get(name));
                let weight: i64 = weights.sum();
                let hash = Sha256::digest(format!("{name}#{address}"));
                candidates.push((Reverse(weight), hash, name));
            }
        }
        sort::sort(&mut candidates);
        candidates.into_iter().map(|(_, _, name)| name).collect()
    }

    fn bgp_silence(&self, announced: &Announced, node: &SmolStr) -> Option<Silence> {
        let routes = || {
            let routes = announced.pool.bgp.iter().map(|route| &route.scope);
            routes.filter(|scope| scope.has_service(announced.service))
        };
        if announced.is_shared_and_selected(routes()) {
            return Some(Silence::SharedIpWithServiceSelector);
        }
        if !routes().any(|scope| scope.nodes.contains(node)) {
            return Some(Silence::NoMatchingAdvertisement);
        }
        let object = self.nodes.get(node);
        if let Some(silence) = object.and_then(|node| self.exclusion(node)) {
            return Some(silence);
        }
        if announced.is_local() && !announced.has_endpoint(|on| on == Some(node)) {
            return Some(Silence::NoLocalEndpoints);
        }
        (!announced.has_endpoint(|_| true)).then_some(Silence::NoEndpoints)
    }

    /// Why a node announces nothing at all.
    fn exclusion(&self, node: &Node) -> Option<Silence> {
        let mut conditions = node.status.conditions.iter();
        let is_unavailable = conditions.any(|condition| {
            condition.condition_type == "NetworkUnavailable"
                && condition.status == ConditionStatus::True
        });
        if is_unavailable {
            return Some(Silence::NodeNetworkUnavailable);
        }
        let is_excluded = !self.ignore_exclusion && node.is_excluded_from_load_balancers();
        is_excluded.then_some(Silence::NodeLabeledExcludeBalancers)
    }
}

impl<'a> Announced<'a> {
    fn is_local(&self) -> bool {
        self.service.spec.external_traffic_policy == Some(TrafficPolicy::Local)
    }

    /// The L2Advertisements that are about the pool and the Service.
    fn l2_answers(&self) -> impl Iterator<Item = &'a L2Answer> {
        let service = self.service;
        let answers = self.pool.l2.iter();
        answers.filter(move |answer| answer.scope.has_service(service))
    }

    fn is_shared_and_selected<'s>(&self, mut scopes: impl Iterator<Item = &'s Scope>) -> bool {
        !annotation(self.service, SHARING_KEY).is_empty()
            && scopes.any(|scope| !scope.service_selectors.is_empty())
    }

    /// Whether an endpoint serves on a node that is wanted; the node is `None` if the slice does not say it.
    fn has_endpoint(&self, is_wanted: impl Fn(Option<&SmolStr>) -> bool) -> bool {
        let slices = self.slices.iter();
        let mut endpoints = slices.flat_map(|slice| &slice.endpoints);
        endpoints.any(|endpoint| {
            can_serve(endpoint.conditions) && is_wanted(endpoint.node_name.as_ref())
        })
    }
}

/// Whether an endpoint takes connections: `serving`, and without it `ready`.
fn can_serve(conditions: EndpointConditions) -> bool {
    conditions.serving.unwrap_or_else(|| conditions.is_ready())
}
