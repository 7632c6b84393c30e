//! Reading and writing `spec` of a Service while it is given its families, addresses and ports.

use super::field::Field;
use crate::engine::manifest::tree::{Node, Value};
use crate::engine::names::Family;

/// `clusterIP: None`.
pub const HEADLESS: &str = "None";
/// `ipFamilyPolicy: SingleStack`.
pub const SINGLE: &str = "SingleStack";
/// `ipFamilyPolicy: RequireDualStack`.
pub const DUAL: &str = "RequireDualStack";

/// `spec.type`.
pub fn service_type(service: &Node) -> &str {
    Field::root(service).at(&["spec", "type"]).text()
}

/// Whether it has node ports.
pub fn has_node_ports(service: &Node) -> bool {
    matches!(service_type(service), "NodePort" | "LoadBalancer")
}

/// Whether its type is one that has cluster addresses.
pub fn has_cluster_ip(service: &Node) -> bool {
    matches!(
        service_type(service),
        "ClusterIP" | "NodePort" | "LoadBalancer"
    )
}

/// Whether a load balancer asks its nodes which of them have endpoints.
pub fn needs_health_check(service: &Node) -> bool {
    let policy = Field::root(service)
        .at(&["spec", "externalTrafficPolicy"])
        .text();
    service_type(service) == "LoadBalancer" && policy == "Local"
}

/// The texts of a list in `spec`.
pub fn texts(service: &Node, list: &'static str) -> Vec<String> {
    Field::root(service).at(&["spec", list]).list()
}

/// Puts a list of texts into `spec`; an empty one takes it away.
pub fn set_list(service: &mut Node, list: &str, texts: &[String]) {
    let Some(spec) = service.get_mut("spec") else {
        return;
    };
    let span = spec.get(list).map_or(spec.span, |node| node.span);
    let items: Vec<Node> = texts
        .iter()
        .map(|text| Node::new(Value::String(text.clone().into()), span))
        .collect();
    match items.is_empty() {
        true => drop(spec.remove(list)),
        false => spec.set(list, Value::Seq(items)),
    }
}

/// Puts a text into `spec`.
pub fn set_text(service: &mut Node, field: &str, text: &str) {
    if let Some(spec) = service.get_mut("spec") {
        spec.set(field, Value::String(text.into()));
    }
}

/// The port at `place` of `spec.ports`, to be changed.
pub fn port_mut(service: &mut Node, place: usize) -> Option<&mut Node> {
    match &mut service.get_mut("spec")?.get_mut("ports")?.value {
        Value::Seq(ports) => ports.get_mut(place),
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::String(_)
        | Value::Map(_) => None,
    }
}

/// The family a field names.
pub fn family_named(text: &str) -> Option<Family> {
    [Family::V4, Family::V6]
        .into_iter()
        .find(|family| family.to_string() == text)
}
