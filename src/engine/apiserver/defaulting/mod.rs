//! What the server fills in where a manifest is silent, before it checks anything.
//!
//! Two of its steps are done here in one: the defaults of a version (`pkg/apis/*/v1/defaults.go`) and what the strategy
//! of a kind does to a new object (`PrepareForCreate`: the status is not the user's to write, generations begin at 1).

mod claim;
mod disabled;
pub(crate) mod endpoints;
pub(crate) mod label_keys;
pub(crate) mod network_policy;
pub(crate) mod pod;
mod probe;
mod resources;
pub(crate) mod secret;
pub(crate) mod service;
mod storage;
pub(crate) mod workload;

use crate::diagnostic::Span;
use crate::manifest::tree::{Yaml, YamlValue};

/// An Ingress begins without addresses.
pub(crate) fn ingress(object: &mut Yaml) {
    put(object, "status", map([("loadBalancer", map([]))]));
}

/// Parameters are the cluster's unless they say otherwise (`SetDefaults_IngressClass`).
pub(crate) fn ingress_class(object: &mut Yaml) {
    if let Some(parameters) = object
        .get_mut("spec")
        .and_then(|spec| spec.get_mut("parameters"))
    {
        absent(parameters, "scope", text("Cluster"));
    }
}

pub(crate) fn namespace(object: &mut Yaml) {
    let metadata = ensure(object, "metadata");
    let name = metadata.get("name").cloned().unwrap_or_default().value;
    put(
        ensure(metadata, "labels"),
        "kubernetes.io/metadata.name",
        name,
    );
    kept_by_the_server(ensure(object, "spec"));
    put(object, "status", map([("phase", text("Active"))]));
}

/// A Namespace waits for the server to empty it, whatever else it waits for (`namespaceStrategy.PrepareForCreate`).
fn kept_by_the_server(spec: &mut Yaml) {
    const OWN: &str = "kubernetes";
    absent(spec, "finalizers", list([]));
    let Some(Yaml {
        value: YamlValue::Seq(names),
        ..
    }) = spec.get_mut("finalizers")
    else {
        return;
    };
    if names.iter().all(|name| name.as_str() != Some(OWN)) {
        names.push(Yaml::new(text(OWN), Default::default()));
    }
}

pub(crate) fn node(object: &mut Yaml) {
    pod_ranges(ensure(object, "spec"));
    let status = ensure(object, "status");
    if let Some(capacity) = status.get("capacity").cloned() {
        absent(status, "allocatable", capacity.value);
    }
    absent(
        status,
        "daemonEndpoints",
        map([("kubeletEndpoint", map([("Port", YamlValue::Int(0))]))]),
    );
    let info = ensure(status, "nodeInfo");
    for field in NODE_INFO {
        absent(info, field, text(""));
    }
}

/// `podCIDR` is the first of `podCIDRs`, and either may be written alone (`Convert_v1_NodeSpec_To_core_NodeSpec`).
fn pod_ranges(spec: &mut Yaml) {
    let first = spec
        .get("podCIDRs")
        .and_then(|ranges| ranges.items().first())
        .map(|range| range.value.clone());
    let one = spec.get("podCIDR").map(|range| range.value.clone());
    match (one, first) {
        (Some(one), first) if first.as_ref() != Some(&one) => put(spec, "podCIDRs", list([one])),
        (None, Some(first)) => put(spec, "podCIDR", first),
        (Some(_) | None, _) => {}
    }
}

/// The fields of `status.nodeInfo` that are written even when empty.
const NODE_INFO: [&str; 10] = [
    "architecture",
    "bootID",
    "containerRuntimeVersion",
    "kernelVersion",
    "kubeProxyVersion",
    "kubeletVersion",
    "machineID",
    "operatingSystem",
    "osImage",
    "systemUUID",
];

/// Sets `key` to `value` if it is absent.
pub(crate) fn absent(object: &mut Yaml, key: &str, value: YamlValue) {
    if object.get(key).is_none() {
        put(object, key, value);
    }
}

/// Sets `key` to `value`, replacing any value.
pub(crate) fn put(object: &mut Yaml, key: &str, value: YamlValue) {
    let span = object.span;
    object.set(key, value);
    if let Some(node) = object.get_mut(key) {
        place_at(span, node);
    }
}

/// What was not written has the place of what it was put into, all the way down.
fn place_at(span: Span, node: &mut Yaml) {
    node.span = span;
    match &mut node.value {
        YamlValue::Map(entries) => {
            for entry in entries {
                entry.key_span = span;
                place_at(span, &mut entry.value);
            }
        }
        YamlValue::Seq(items) => items.iter_mut().for_each(|item| place_at(span, item)),
        YamlValue::Null
        | YamlValue::Bool(_)
        | YamlValue::Int(_)
        | YamlValue::Float(_)
        | YamlValue::String(_) => {}
    }
}

/// The object under `key`, made empty when there is none; `object` itself when it can have no fields.
pub(crate) fn ensure<'a>(object: &'a mut Yaml, key: &str) -> &'a mut Yaml {
    if object.get(key).is_none_or(Yaml::is_null) {
        object.set(key, map([]));
    }
    if object.get(key).is_some() {
        object.get_mut(key).expect("was just seen")
    } else {
        object
    }
}

/// Does `change` to every item of the list under `key`.
fn each(object: &mut Yaml, key: &str, mut change: impl FnMut(&mut Yaml)) {
    if let Some(Yaml {
        value: YamlValue::Seq(items),
        ..
    }) = object.get_mut(key)
    {
        items.iter_mut().for_each(&mut change);
    }
}

fn has(object: &Yaml, key: &str) -> bool {
    object.get(key).is_some()
}

fn text_of<'a>(object: &'a Yaml, key: &str) -> &'a str {
    object.get(key).and_then(Yaml::as_str).unwrap_or_default()
}

pub(crate) fn text(value: &str) -> YamlValue {
    YamlValue::String(value.into())
}

fn list<const N: usize>(items: [YamlValue; N]) -> YamlValue {
    YamlValue::Seq(
        items
            .into_iter()
            .map(|value| Yaml::new(value, Default::default()))
            .collect(),
    )
}

fn map<const N: usize>(entries: [(&str, YamlValue); N]) -> YamlValue {
    let mut object = Yaml::new(YamlValue::Map(Vec::new()), Default::default());
    for (key, value) in entries {
        object.set(key, value);
    }
    object.value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_namespace_waits_for_the_server() {
        let waits_for = |spec: &str| {
            let mut spec = node(spec);
            kept_by_the_server(&mut spec);
            spec
        };
        assert_eq!(waits_for("{}"), node(r#"{"finalizers":["kubernetes"]}"#));
        let two = r#"{"finalizers":["example.com/a","kubernetes"]}"#;
        assert_eq!(
            (
                waits_for(r#"{"finalizers":["example.com/a"]}"#),
                waits_for(two)
            ),
            (node(two), node(two))
        );
    }
}
