//! The Gateway API: which listener, route and rule match a request, and where it is sent (`gateway.networking.k8s.io`
//! 1.6, the doc comments of `apis/v1`).
//!
//! ```text
//! Cluster ─▶ Gateways (listeners, attached routes, resolved references) ─▶ route a request ─▶ Decision
//! ```
//!
//! The controller is one that supports every standard feature, listener isolation included. Each GatewayClass has one.

mod attachment;
mod compiled;
mod conflicts;
mod cors;
pub(crate) mod data_plane;
mod filters;
pub(crate) mod hostname;
mod listeners;
mod matching;
mod near_miss;
mod references;
mod routing;
mod sets;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use attachment::{ParentOutcome, ParentState, Refusal};
pub use compiled::{AttachedRoute, CompiledRoute, Share};
pub use cors::{Denied, Preflight};
pub use filters::{HeaderChange, Redirect, SentRequest};
pub use listeners::{Conflict, ListenerFault, ListenerProtocol, ListenerState};
pub use near_miss::NearMiss;
pub use references::{BackendFault, BackendTarget};
pub(crate) use references::{GROUP, or_own};
pub use routing::{Decision, Forward, GatewayTraffic, MatchedRoute};
pub use sets::SetState;
pub(crate) use sets::parent_of;

use crate::cluster::Cluster;
use crate::cluster::object::{Gateway, RouteId, RouteKind};
use crate::names::ObjectName;

/// The Gateways of a cluster with a controller, and their routes.
#[derive(Debug, Default)]
pub struct Gateways {
    gateways: BTreeMap<ObjectName, GatewayState>,
    /// The ListenerSets of these Gateways.
    sets: BTreeMap<ObjectName, SetState>,
    /// The decisions of each route's parents, for those that are Gateways with a controller.
    parents: BTreeMap<RouteId, Vec<ParentState>>,
    /// The first fault of each route's references.
    faults: BTreeMap<RouteId, BackendFault>,
}

/// A Gateway, as its controller reads it.
#[derive(Debug)]
pub struct GatewayState {
    /// Its listeners, in their order, then those of its ListenerSets.
    pub listeners: Vec<ListenerState>,
    /// The routes that are attached to each listener.
    pub attached: Vec<Vec<AttachedRoute>>,
}

/// The Services before a Gateway: those of its data plane.
pub fn services_before(cluster: &Cluster, gateway: &ObjectName) -> Vec<ObjectName> {
    data_plane::DataPlanes::of(cluster).fronts(gateway).to_vec()
}

/// Whether the class of a Gateway exists, and so a controller for it.
fn has_class(cluster: &Cluster, gateway: &Gateway) -> bool {
    let class = &gateway.spec.gateway_class_name;
    cluster.gateway_classes.contains_key(class)
}

impl Gateways {
    /// Attaches the routes of a cluster to its Gateways.
    pub fn of(cluster: &Cluster) -> Gateways {
        attachment::attach(cluster, has_class)
    }

    /// The same, where a cluster without any GatewayClass counts as having those that its Gateways name: people paste
    /// fragments.
    pub fn with_assumed_classes(cluster: &Cluster) -> Gateways {
        attachment::attach(cluster, |cluster, gateway| {
            cluster.gateway_classes.is_empty() || has_class(cluster, gateway)
        })
    }

    /// The Gateway at which clients look for a host: one with a route for it, attached or not, or a listener for it.
    pub(crate) fn named_by(&self, cluster: &Cluster, host: &str) -> Option<&ObjectName> {
        let names = |(key, _): &(&RouteId, &Vec<ParentState>)| {
            let route = cluster.routes.get(*key);
            let mut hostnames = route.into_iter().flat_map(|route| &route.spec.hostnames);
            hostnames.any(|pattern| hostname::fits(pattern, host))
        };
        let parents = || {
            self.parents
                .iter()
                .filter(names)
                .flat_map(|(_, parents)| parents)
        };
        let accepts = |parent: &&ParentState| matches!(parent.outcome, ParentOutcome::Accepted(_));
        let listens = || {
            let mut gateways = self.gateways.iter();
            let found = gateways.find(|(_, state)| {
                let mut patterns = state.listeners.iter().map(|it| &it.listener.hostname);
                patterns.any(|pattern| !pattern.is_empty() && hostname::fits(pattern, host))
            });
            found.map(|(name, _)| name)
        };
        let by_route = parents().find(accepts).or_else(|| parents().next());
        by_route.map(|parent| &parent.gateway).or_else(listens)
    }

    /// A Gateway; `None` if there is none of this name or no controller for it.
    pub fn get(&self, name: &ObjectName) -> Option<&GatewayState> {
        self.gateways.get(name)
    }

    /// The Gateways with a controller, by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&ObjectName, &GatewayState)> {
        self.gateways.iter()
    }

    /// The ListenerSets whose Gateway has a controller.
    pub fn sets(&self) -> impl Iterator<Item = (&ObjectName, &SetState)> {
        self.sets.iter()
    }

    /// A ListenerSet; `None` if there is none of this name or no controller for its Gateway.
    pub fn set(&self, name: &ObjectName) -> Option<&SetState> {
        self.sets.get(name)
    }

    /// The routes that are attached to listeners, once for each listener.
    pub(crate) fn attached_routes(&self) -> impl Iterator<Item = &CompiledRoute> {
        let attached = self.gateways.values().flat_map(|state| &state.attached);
        attached.flatten().map(|route| &**route)
    }

    /// The parents of a route that are Gateways with a controller, in the order of its `parentRefs`.
    pub fn parents_of(&self, kind: RouteKind, name: &ObjectName) -> &[ParentState] {
        let parents = self.parents.get(&RouteId::new(kind, name));
        parents.map_or(&[], Vec::as_slice)
    }

    /// The first fault of a route's backends; `None` if all references are resolved.
    pub fn fault_of(&self, kind: RouteKind, name: &ObjectName) -> Option<BackendFault> {
        self.faults.get(&RouteId::new(kind, name)).copied()
    }
}
