//! The status that a Gateway controller reports: conditions of Gateways, listeners and routes (Gateway API
//! `apis/v1/gateway_types.go`, `shared_types.go`).

use std::net::IpAddr;

use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::cluster::object::{Gateway, ParentReference, Route, RouteKind};
use crate::l7::gateway::{
    BackendFault, GatewayState, Gateways, ListenerFault, ListenerState, ParentOutcome, ParentState,
};
use crate::names::ObjectName;

/// The group of the Gateway API.
const GROUP: &str = "gateway.networking.k8s.io";

/// `status` of a GatewayClass: each has a controller of its own, which accepts it.
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
    let listeners = state.listeners.iter().zip(&state.attached);
    let listeners = listeners.map(|(listener, attached)| listener_status(listener, attached.len()));
    let mut status = json!({
        "conditions": gateway_conditions(state),
        "listeners": listeners.collect::<Vec<_>>(),
    });
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

fn gateway_conditions(state: &GatewayState) -> Value {
    let is_valid =
        |listener: &ListenerState| listener.protocol.is_some() && !listener.is_conflicted;
    let valid = state.listeners.iter().filter(|it| is_valid(it)).count();
    let accepted = if valid == state.listeners.len() {
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
    let programmed = if state.listeners.iter().any(ListenerState::is_served) {
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
    } else if listener.is_conflicted {
        let message = format!(
            "Another listener of port {} has a protocol that cannot share it",
            listener.listener.port
        );
        conditions.push(condition("Accepted", "False", "ProtocolConflict", &message));
        conditions.push(condition(
            "Conflicted",
            "True",
            "ProtocolConflict",
            &message,
        ));
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
