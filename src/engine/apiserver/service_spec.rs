//! Reading and writing `spec` of a Service while it is given its families, addresses and ports.

use super::field::Field;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::Family;

/// `clusterIP: None`.
pub(super) const HEADLESS: &str = "None";
/// `ipFamilyPolicy: SingleStack`.
pub(super) const SINGLE: &str = "SingleStack";
/// `ipFamilyPolicy: RequireDualStack`.
pub(super) const DUAL: &str = "RequireDualStack";

/// `spec.type`.
pub(super) fn service_type(service: &Yaml) -> &str {
    Field::root(service).at(&["spec", "type"]).text()
}

/// Whether it has node ports.
pub(super) fn has_node_ports(service: &Yaml) -> bool {
    matches!(service_type(service), "NodePort" | "LoadBalancer")
}

/// Whether its type is one that has cluster addresses.
pub(super) fn has_cluster_ip(service: &Yaml) -> bool {
    matches!(
        service_type(service),
        "ClusterIP" | "NodePort" | "LoadBalancer"
    )
}

/// Whether a load balancer asks its nodes which of them have endpoints.
pub(super) fn needs_health_check(service: &Yaml) -> bool {
    let policy = Field::root(service)
        .at(&["spec", "externalTrafficPolicy"])
        .text();
    service_type(service) == "LoadBalancer" && policy == "Local"
}

/// The texts of a list in `spec`.
pub(super) fn texts(service: &Yaml, list: &'static str) -> Vec<String> {
    Field::root(service).at(&["spec", list]).list()
}

/// Puts a list of texts into `spec`; an empty one takes it away.
pub(super) fn set_list(service: &mut Yaml, list: &str, texts: &[String]) {
    let Some(spec) = service.get_mut("spec") else {
        return;
    };
    let span = spec.get(list).map_or(spec.span, |node| node.span);
    let items: Vec<Yaml> = texts
        .iter()
        .map(|text| Yaml::new(YamlValue::String(text.clone().into()), span))
        .collect();
    if items.is_empty() {
        drop(spec.remove(list));
    } else {
        spec.set(list, YamlValue::Seq(items));
    }
}

/// Puts a text into `spec`.
pub(super) fn set_text(service: &mut Yaml, field: &str, text: &str) {
    if let Some(spec) = service.get_mut("spec") {
        spec.set(field, YamlValue::String(text.into()));
    }
}

/// The port at `place` of `spec.ports`, to be changed.
pub(super) fn port_mut(service: &mut Yaml, place: usize) -> Option<&mut Yaml> {
    match &mut service.get_mut("spec")?.get_mut("ports")?.value {
        YamlValue::Seq(ports) => ports.get_mut(place),
        YamlValue::Null
        | YamlValue::Bool(_)
        | YamlValue::Int(_)
        | YamlValue::Float(_)
        | YamlValue::String(_)
        | YamlValue::Map(_) => None,
    }
}

/// The family a field names.
pub(super) fn family_named(text: &str) -> Option<Family> {
    [Family::V4, Family::V6]
        .into_iter()
        .find(|family| family.to_string() == text)
}
