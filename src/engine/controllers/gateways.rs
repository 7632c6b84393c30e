//! The status that a Gateway controller reports: conditions of Gateways, listeners and routes (Gateway API
//! `apis/v1/gateway_types.go`, `shared_types.go`).

use std::net::IpAddr;

use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::cluster::object::{Gateway, ParentReference, Route, RouteKind};
use crate::l7::gateway::{
    BackendFault, Conflict, GatewayState, Gateways, ListenerFault, ListenerState, ParentOutcome,
    ParentState,
};
use crate::names::ObjectName;

/// The group of the Gateway API.
const GROUP: &str = "gateway.networking.k8s.io";

/// `status` of a GatewayClass: each has its own controller, which accepts it.
pub fn class_status() -> Value {
    json!({ "conditions": [condition("Accepted", "True", "Accepted", "")] })
}

/// `status` of a Gateway with the addresses of the Services before it. Without a controller for its class it is what the
/// CRD sets.
pub fn gateway_status(
    name: &ObjectName,
    gateway: &Gateway,
    gateways: &Gateways,
    given: &[IpAddr],
) -> Value {
    let Some(state) = gateways.get(name) else {
        let pending = |kind: &str| condition(kind, "Unknown", "Pending", "Waiting for controller");
        return json!({ "conditions": [pending("Accepted"), pending("Programmed")] });
    };
    let own = listeners_of(state, None);
    let states: Vec<&ListenerState> = own.iter().map(|(listener, _)| *listener).collect();
    let mut status = json!({
        "conditions": gateway_conditions(&states),
        "listeners": own.iter().map(|(it, attached)| listener_status(it, *attached)).collect::<Vec<_>>(),
    });
    let mut sets = gateways
        .sets()
        .filter(|(_, set)| set.gateway == *name)
        .peekable();
    if sets.peek().is_some() {
        let attached = sets.filter(|(set, _)| is_attached(gateways, set));
        status["attachedListenerSets"] = attached.count().into();
    }
    let addresses = gateway.status.addresses.iter();
    let mut addresses: Vec<Value> = addresses
        .map(|address| json!({ "type": address.address_type, "value": address.value }))
        .collect();
    if addresses.is_empty() {
        let given = given.iter().map(ToString::to_string);
        addresses = given
            .map(|it| json!({ "type": "IPAddress", "value": it }))
            .collect();
    }
    if !addresses.is_empty() {
        status["addresses"] = addresses.into();
    }
    status
}

/// The listeners of a ListenerSet, or a Gateway's own, with how many routes are attached to each.
fn listeners_of<'a>(
    state: &'a GatewayState,
    set: Option<&ObjectName>,
) -> Vec<(&'a ListenerState, usize)> {
    let listeners = state.listeners.iter().zip(&state.attached);
    let own = listeners.filter(|(listener, _)| listener.set.as_ref() == set);
    own.map(|(listener, attached)| (listener, attached.len()))
        .collect()
}

/// Whether a ListenerSet counts as attached: its Gateway permits it, and it is accepted.
fn is_attached(gateways: &Gateways, name: &ObjectName) -> bool {
    let Some(set) = gateways.set(name).filter(|set| set.is_allowed) else {
        return false;
    };
    let state = gateways.get(&set.gateway);
    state.is_some_and(|state| {
        let own = listeners_of(state, Some(name));
        own.iter().any(|(listener, _)| is_valid(listener))
    })
}

/// `status` of a ListenerSet; `None` if no controller serves its Gateway.
pub fn listener_set_status(name: &ObjectName, gateways: &Gateways) -> Option<Value> {
    let set = gateways.set(name)?;
    let state = gateways.get(&set.gateway)?;
    if !set.is_allowed {
        let message = format!("Gateway {} does not allow it", set.gateway);
        let refused = |kind: &str| condition(kind, "False", "NotAllowed", &message);
        return Some(json!({ "conditions": [refused("Accepted"), refused("Programmed")] }));
    }
    let own = listeners_of(state, Some(name));
    let states: Vec<&ListenerState> = own.iter().map(|(listener, _)| *listener).collect();
    let listeners = own
        .iter()
        .map(|(listener, attached)| listener_status(listener, *attached));
    Some(json!({
        "conditions": gateway_conditions(&states),
        "listeners": listeners.collect::<Vec<_>>(),
    }))
}

fn is_valid(listener: &ListenerState) -> bool {
    listener.protocol.is_some() && listener.conflict.is_none()
}

/// The conditions of what has these listeners.
fn gateway_conditions(listeners: &[&ListenerState]) -> Value {
    let valid = listeners.iter().filter(|it| is_valid(it)).count();
    let accepted = if valid == listeners.len() {
        condition("Accepted", "True", "Accepted", "")
    } else {
        let status = if valid == 0 { "False" } else { "True" };
        condition(
            "Accepted",
            status,
            "ListenersNotValid",
            "Some listeners are not valid",
        )
    };
    let programmed = if listeners.iter().any(|listener| listener.is_served()) {
        condition("Programmed", "True", "Programmed", "")
    } else {
        condition("Programmed", "False", "Invalid", "No listener is served")
    };
    json!([accepted, programmed])
}

fn listener_status(listener: &ListenerState, attached: usize) -> Value {
    let kinds = listener.kinds.iter();
    let kinds = kinds.map(|kind| json!({ "group": GROUP, "kind": kind.name() }));
    json!({
        "name": listener.listener.name,
        "attachedRoutes": attached,
        "supportedKinds": kinds.collect::<Vec<_>>(),
        "conditions": listener_conditions(listener),
    })
}

fn listener_conditions(listener: &ListenerState) -> Vec<Value> {
    let mut conditions = Vec::new();
    let protocol = &listener.listener.protocol;
    if listener.protocol.is_none() {
        let message = format!("Protocol {protocol} is not supported");
        conditions.push(condition(
            "Accepted",
            "False",
            "UnsupportedProtocol",
            &message,
        ));
    } else if let Some(conflict) = listener.conflict {
        let port = listener.listener.port;
        let (reason, message) = match conflict {
            Conflict::Protocol => (
                "ProtocolConflict",
                format!("Another listener of port {port} has a protocol that cannot share it"),
            ),
            Conflict::Listener => (
                "ListenerConflict",
                format!("Another listener of port {port} has the same protocol and hostname"),
            ),
        };
        conditions.push(condition("Accepted", "False", reason, &message));
        conditions.push(condition("Conflicted", "True", reason, &message));
    } else {
        conditions.push(condition("Accepted", "True", "Accepted", ""));
        conditions.push(condition("Conflicted", "False", "NoConflicts", ""));
    }
    conditions.push(match listener.fault {
        None => condition("ResolvedRefs", "True", "ResolvedRefs", ""),
        Some(fault) => condition("ResolvedRefs", "False", listener_reason(fault), ""),
    });
    conditions.push(if listener.is_served() {
        condition("Programmed", "True", "Programmed", "")
    } else {
        condition("Programmed", "False", "Invalid", "")
    });
    conditions
}

fn listener_reason(fault: ListenerFault) -> &'static str {
    match fault {
        ListenerFault::InvalidRouteKinds => "InvalidRouteKinds",
        ListenerFault::InvalidCertificateRef => "InvalidCertificateRef",
        ListenerFault::RefNotPermitted => "RefNotPermitted",
    }
}

/// `status.parents` of a route: its parents that are Gateways with a controller.
pub fn route_parents(
    kind: RouteKind,
    name: &ObjectName,
    route: &Route,
    cluster: &Cluster,
    gateways: &Gateways,
) -> Vec<Value> {
    let refs = resolved_refs(gateways.fault_of(kind, name));
    let parent = |state: &ParentState| {
        let reference = route.spec.parent_refs.get(state.index)?;
        let mut conditions = vec![match &state.outcome {
            ParentOutcome::Accepted(_) => condition("Accepted", "True", "Accepted", ""),
            ParentOutcome::Refused(refusal) => condition("Accepted", "False", refusal.reason(), ""),
        }];
        conditions.push(refs.clone());
        Some(json!({
            "parentRef": parent_reference(reference),
            "controllerName": controller_of(cluster, &state.gateway),
            "conditions": conditions,
        }))
    };
    gateways
        .parents_of(kind, name)
        .iter()
        .filter_map(parent)
        .collect()
}

/// The controller of a Gateway's class.
fn controller_of(cluster: &Cluster, gateway: &ObjectName) -> String {
    let gateway = cluster.gateways.get(gateway);
    let class = gateway.and_then(|it| cluster.gateway_classes.get(&it.spec.gateway_class_name));
    class
        .map(|class| class.spec.controller_name.to_string())
        .unwrap_or_default()
}

fn resolved_refs(fault: Option<BackendFault>) -> Value {
    let reason = match fault {
        Some(BackendFault::InvalidKind) => "InvalidKind",
        // The object is there; whether the implementation knows its kind is not in the text.
        Some(BackendFault::CustomKind) => {
            return condition("ResolvedRefs", "Unknown", "Pending", "");
        }
        Some(BackendFault::NotPermitted) => "RefNotPermitted",
        Some(BackendFault::NotFound) => "BackendNotFound",
        Some(BackendFault::NoSuchPort | BackendFault::NotReady | BackendFault::NoBackend)
        | None => {
            return condition("ResolvedRefs", "True", "ResolvedRefs", "");
        }
    };
    condition("ResolvedRefs", "False", reason, "")
}

fn parent_reference(reference: &ParentReference) -> Value {
    let mut parent = json!({
        "group": reference.group,
        "kind": reference.kind,
        "name": reference.name,
    });
    if !reference.namespace.is_empty() {
        parent["namespace"] = json!(reference.namespace);
    }
    if !reference.section_name.is_empty() {
        parent["sectionName"] = json!(reference.section_name);
    }
    if let Some(port) = reference.port {
        parent["port"] = json!(port);
    }
    parent
}

fn condition(kind: &str, status: &str, reason: &str, message: &str) -> Value {
    json!({ "type": kind, "status": status, "reason": reason, "message": message })
}
