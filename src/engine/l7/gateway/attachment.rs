//! Attachment of routes to listeners: section name and port, kind and namespace, host names, in this order
//! (Gateway API `apis/v1/shared_types.go`, `ParentReference`).

use std::sync::Arc;

use serde::Serialize;

use super::compiled::{AttachedRoute, CompiledRoute};
use super::listeners::{ListenerState, listeners_of};
use super::references::{BackendFault, Backends, GROUP, Referrer, or_own};
use super::sets::{self, SetState};
use super::{GatewayState, Gateways, conflicts, hostname};
use crate::cluster::Cluster;
use crate::cluster::object::{Gateway, ParentReference, Route, RouteId, RouteKind};
use crate::names::ObjectName;

/// A Gateway's decision about a route that names it as its parent.
#[derive(Clone, Debug, PartialEq)]
pub struct ParentState {
    /// The Gateway.
    pub gateway: ObjectName,
    /// The index of the reference in `parentRefs`.
    pub index: usize,
    /// Whether the route is accepted.
    pub outcome: ParentOutcome,
}

/// Whether a Gateway accepts a route.
#[derive(Clone, Debug, PartialEq)]
pub enum ParentOutcome {
    /// It is attached to listeners, by their indices.
    Accepted(Vec<usize>),
    /// It is attached to no listener.
    Refused(Refusal),
}

/// Why a route is attached to no listener of a Gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Refusal {
    /// No listener has the section name and the port.
    NoMatchingParent,
    /// Those that have do not allow the kind, or the namespace.
    NotAllowedByListeners,
    /// Those that do have no host name in common with the route.
    NoMatchingListenerHostname,
    /// An older route of the other kind, HTTPRoute or GRPCRoute, has one of its host names there.
    HostnameConflict,
}

impl Refusal {
    /// `reason` of the condition.
    pub fn reason(self) -> &'static str {
        match self {
            Refusal::NoMatchingParent => "NoMatchingParent",
            Refusal::NotAllowedByListeners => "NotAllowedByListeners",
            Refusal::NoMatchingListenerHostname => "NoMatchingListenerHostname",
            Refusal::HostnameConflict => "HostnameConflict",
        }
    }
}

/// Attaches every route of a cluster.
pub(super) fn attach(cluster: &Cluster, has_class: fn(&Cluster, &Gateway) -> bool) -> Gateways {
    let mut gateways = Gateways::default();
    for (name, gateway) in &cluster.gateways {
        if has_class(cluster, gateway) {
            let listeners = merged_listeners(cluster, &mut gateways, name, gateway);
            let attached = vec![Vec::new(); listeners.len()];
            let state = GatewayState {
                listeners,
                attached,
            };
            gateways.gateways.insert(name.clone(), state);
        }
    }
    if gateways.gateways.is_empty() {
        return gateways;
    }
    let backends = Backends::of(cluster);
    for (RouteId { kind, name }, route) in &cluster.routes {
        attach_route(cluster, &mut gateways, &backends, *kind, name, route);
    }
    conflicts::settle(&mut gateways);
    gateways
}

/// The listeners of a Gateway, and those of its ListenerSets.
fn merged_listeners(
    cluster: &Cluster,
    gateways: &mut Gateways,
    name: &ObjectName,
    gateway: &Gateway,
) -> Vec<ListenerState> {
    let referrer = Referrer {
        kind: "Gateway",
        namespace: &name.namespace,
    };
    let mut listeners = listeners_of(cluster, referrer, None, &gateway.spec.listeners);
    for (set_name, set) in sets::sets_of(cluster, name) {
        let is_allowed = sets::permits(cluster, gateway, &set_name.namespace);
        if is_allowed {
            sets::add(cluster, set_name, set, &mut listeners);
        }
        let state = SetState {
            gateway: name.clone(),
            is_allowed,
        };
        gateways.sets.insert(set_name.clone(), state);
    }
    listeners
}

fn attach_route(
    cluster: &Cluster,
    gateways: &mut Gateways,
    backends: &Backends,
    kind: RouteKind,
    name: &ObjectName,
    route: &Arc<Route>,
) {
    let compiled = Arc::new(CompiledRoute::of(kind, name, route, backends));
    let key = RouteId::new(kind, name);
    if let Some(fault) = compiled.faults().find(|fault| is_unresolved(*fault)) {
        gateways.faults.insert(key.clone(), fault);
    }
    let mut parents = Vec::new();
    for (index, reference) in route.spec.parent_refs.iter().enumerate() {
        let Some(parent) = parent_of(gateways, name, reference) else {
            continue;
        };
        let gateway = parent.gateway.clone();
        let Some(state) = gateways.gateways.get_mut(&gateway) else {
            continue;
        };
        let outcome = outcome_of(cluster, state, &parent, reference, (kind, name), route);
        if let ParentOutcome::Accepted(listeners) = &outcome {
            for listener in listeners {
                attach_once(&mut state.attached[*listener], &compiled);
            }
        }
        parents.push(ParentState {
            gateway,
            index,
            outcome,
        });
    }
    gateways.parents.insert(key, parents);
}

/// What a reference to a parent means.
struct Parent {
    gateway: ObjectName,
    /// The ListenerSet whose listeners are meant; `None` for the Gateway's own.
    set: Option<ObjectName>,
}

fn parent_of(
    gateways: &Gateways,
    route: &ObjectName,
    reference: &ParentReference,
) -> Option<Parent> {
    let namespace = or_own(&reference.namespace, &route.namespace);
    let named = ObjectName::new(namespace, reference.name.as_str());
    match reference.kind.as_str() {
        _ if reference.group != GROUP => None,
        "Gateway" => Some(Parent {
            gateway: named,
            set: None,
        }),
        "ListenerSet" => Some(Parent {
            gateway: gateways.sets.get(&named)?.gateway.clone(),
            set: Some(named),
        }),
        _ => None,
    }
}

/// Two references to one listener attach a route once.
fn attach_once(attached: &mut Vec<AttachedRoute>, route: &Arc<CompiledRoute>) {
    if !attached.iter().any(|it| Arc::ptr_eq(it, route)) {
        attached.push(Arc::clone(route));
    }
}

/// Faults that the condition `ResolvedRefs` is about; the others show when a request comes.
fn is_unresolved(fault: BackendFault) -> bool {
    match fault {
        BackendFault::InvalidKind
        | BackendFault::CustomKind
        | BackendFault::NotPermitted
        | BackendFault::NotFound => true,
        BackendFault::NoSuchPort | BackendFault::NotReady | BackendFault::NoBackend => false,
    }
}

fn outcome_of(
    cluster: &Cluster,
    state: &GatewayState,
    parent: &Parent,
    reference: &ParentReference,
    (kind, name): (RouteKind, &ObjectName),
    route: &Route,
) -> ParentOutcome {
    let is_meant = |index: &usize| {
        let ListenerState { listener, set, .. } = &state.listeners[*index];
        *set == parent.set
            && (reference.section_name.is_empty() || reference.section_name == listener.name)
            && reference.port.is_none_or(|port| port == listener.port)
    };
    let meant: Vec<usize> = (0..state.listeners.len()).filter(is_meant).collect();
    if meant.is_empty() {
        return ParentOutcome::Refused(Refusal::NoMatchingParent);
    }
    let is_allowed = |index: &usize| {
        let listener = &state.listeners[*index];
        listener.kinds.contains(&kind)
            && listener.allows_namespace(cluster, &parent.gateway.namespace, &name.namespace)
    };
    let allowed: Vec<usize> = meant.into_iter().filter(is_allowed).collect();
    if allowed.is_empty() {
        return ParentOutcome::Refused(Refusal::NotAllowedByListeners);
    }
    let has_hostname = |index: &usize| {
        let listener = &state.listeners[*index].listener.hostname;
        let mut hostnames = route.spec.hostnames.iter();
        route.spec.hostnames.is_empty()
            || hostnames.any(|own| hostname::intersection(listener, own).is_some())
    };
    let attached: Vec<usize> = allowed.into_iter().filter(has_hostname).collect();
    if attached.is_empty() {
        return ParentOutcome::Refused(Refusal::NoMatchingListenerHostname);
    }
    ParentOutcome::Accepted(attached)
}
