//! The objects that kubectl finds beside those of the text: the nodes and namespaces of every cluster, pods, slices,
//! Endpoints and events, as their controllers and kubelets write them.

use serde::Serialize;
use serde_json::{Value, json};
use smol_str::SmolStr;

use super::object_store::{Clock, Entry, place, set_if_absent};
use crate::KUBERNETES_VERSION;
use crate::cluster::object;
use crate::controllers::scheduler::Occupants;
use crate::kinds::Kind;
use crate::manifest::deserializer::from_node;
use crate::names::ObjectName;
use crate::resolve::{Resolved, Stored};

/// Namespaces that are not in the text.
pub(super) fn namespaces(resolved: &Resolved) -> impl Iterator<Item = Entry> {
    let id = |name: &SmolStr| ObjectName::new("", name.as_str());
    let names = resolved.cluster.namespaces.keys();
    let unwritten = names.filter(move |name| resolved.get(Kind::Namespace, &id(name)).is_none());
    unwritten.map(move |name| {
        let tree = json!({
            "apiVersion": "v1", "kind": "Namespace",
            "metadata": {"name": name, "labels": {"kubernetes.io/metadata.name": name}},
            "spec": {"finalizers": ["kubernetes"]}, "status": {"phase": "Active"},
        });
        ("Namespace", id(name), tree)
    })
}

/// The nodes.
pub(super) fn nodes(resolved: &Resolved, clock: Clock) -> impl Iterator<Item = Entry> {
    let nodes = resolved.cluster.nodes.values();
    nodes.map(move |node| self::node(resolved, node, clock))
}

/// A node: as written, if it was, with the addresses and ranges it got and what its kubelet reports.
fn node(resolved: &Resolved, node: &object::Node, clock: Clock) -> Entry {
    let id = ObjectName::new("", node.name());
    let written = resolved
        .get(Kind::Node, &id)
        .map(|stored| Value::from(&*stored.tree));
    let mut tree = written.unwrap_or_else(
        || json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": node.name()}}),
    );
    *place(&mut tree, &["metadata", "labels"]) = json!(node.metadata.labels);
    if node.spec.unschedulable {
        set_if_absent(&mut tree, &["spec", "unschedulable"], true.into());
        set_if_absent(&mut tree, &["spec", "taints"], node.spec.taints_as_json());
    }
    if let Some(range) = node.spec.pod_cidr {
        set_if_absent(&mut tree, &["spec", "podCIDR"], json!(range));
        set_if_absent(&mut tree, &["spec", "podCIDRs"], json!(node.spec.pod_cidrs));
    }
    let address = |address: &object::NodeAddress| json!({"type": address.address_type, "address": address.address});
    let addresses: Vec<Value> = node.status.addresses.iter().map(address).collect();
    *place(&mut tree, &["status", "addresses"]) = addresses.into();
    let conditions: Vec<Value> = node
        .status
        .conditions
        .iter()
        .map(|it| condition(it, clock))
        .collect();
    set_if_absent(&mut tree, &["status", "conditions"], conditions.into());
    set_if_absent(&mut tree, &["status", "nodeInfo"], machine());
    ("Node", id, tree)
}

/// A condition as a kubelet that is well reports it.
fn condition(condition: &object::StatusCondition, clock: Clock) -> Value {
    json!({
        "type": condition.condition_type, "status": condition.status,
        "lastHeartbeatTime": clock.now.written(), "lastTransitionTime": clock.made.written(),
        "reason": "KubeletReady", "message": "kubelet is posting ready status",
    })
}

/// The `nodeInfo` of a node whose manifest has none.
fn machine() -> Value {
    json!({
        "architecture": "amd64", "operatingSystem": "linux", "osImage": "Debian GNU/Linux 12 (bookworm)",
        "kernelVersion": "6.1.0", "containerRuntimeVersion": "containerd://2.1.0", "kubeletVersion": format!("v{KUBERNETES_VERSION}"),
    })
}

/// The pods of the text and of workloads, with what their kubelet reports.
pub(super) fn pods(resolved: &Resolved, clock: Clock) -> impl Iterator<Item = Entry> {
    let occupants = Occupants::of(&resolved.cluster);
    resolved.cluster.pods.keys().filter_map(move |name| {
        let mut tree = Value::from(&resolved.pod_tree(name, &occupants)?);
        if !tree["status"]["podIP"].is_null() {
            start(&mut tree, &clock.made.written());
        }
        Some(("Pod", name.clone(), tree))
    })
}

/// Sets when a pod and its running containers began, where it is not set.
fn start(pod: &mut Value, time: &str) {
    set_if_absent(pod, &["status", "startTime"], time.into());
    for list in ["containerStatuses", "initContainerStatuses"] {
        let containers = pod
            .get_mut("status")
            .and_then(|status| status.get_mut(list))
            .and_then(Value::as_array_mut);
        for container in containers.into_iter().flatten() {
            if container["state"]["running"].is_object() {
                set_if_absent(container, &["state", "running", "startedAt"], time.into());
            }
        }
    }
}

/// Slices and Endpoints: as written where a controller left them alone, else as it made them.
pub(super) fn endpoints(resolved: &Resolved) -> impl Iterator<Item = Entry> {
    let slices = resolved.cluster.slices.iter().map(|(name, slice)| {
        let written = resolved
            .get(Kind::EndpointSlice, name)
            .filter(|it| from_node(&it.tree).ok().as_ref() == Some(slice));
        (
            Kind::EndpointSlice,
            name.clone(),
            tree(Kind::EndpointSlice, written, slice),
        )
    });
    let endpoints = resolved.cluster.endpoints.iter().map(|(name, endpoints)| {
        let written = resolved
            .get(Kind::Endpoints, name)
            .filter(|it| from_node(&it.tree).ok().as_ref() == Some(endpoints));
        (
            Kind::Endpoints,
            name.clone(),
            tree(Kind::Endpoints, written, endpoints),
        )
    });
    slices
        .chain(endpoints)
        .map(|(kind, name, tree)| (kind.name(), name, tree))
}

fn tree(kind: Kind, written: Option<&Stored>, object: &impl Serialize) -> Value {
    if let Some(written) = written {
        return Value::from(&*written.tree);
    }
    let mut tree = serde_json::to_value(object).unwrap_or_default();
    *place(&mut tree, &["apiVersion"]) = kind.api_version().into();
    *place(&mut tree, &["kind"]) = kind.name().into();
    tree
}

/// The events that the load balancer of the cluster wrote about Services.
pub(super) fn events(resolved: &Resolved, clock: Clock) -> Vec<Entry> {
    let balancing = &resolved.cluster.load_balancing;
    let metallb = balancing.metallb.iter();
    let metallb = metallb.map(|(name, state)| (name, &state.events));
    let service_lb = balancing.service_lb.iter();
    let service_lb = service_lb.map(|(name, state)| (name, &state.events));
    let mut entries = Vec::new();
    for (service, events) in metallb.chain(service_lb) {
        for (number, event) in events.iter().enumerate() {
            let ObjectName { namespace, name } = service;
            let id = ObjectName::new(namespace.as_str(), format!("{name}.{number:016x}"));
            let tree = json!({
                "apiVersion": "v1",
                "kind": "Event",
                "metadata": {"name": id.name, "namespace": namespace},
                "involvedObject": {"kind": "Service", "name": name, "namespace": namespace},
                "type": event.kind.to_string(),
                "reason": event.reason,
                "message": event.message,
                "source": {"component": event.from},
                "firstTimestamp": clock.made.written(),
                "lastTimestamp": clock.made.written(),
                "count": 1,
            });
            entries.push(("Event", id, tree));
        }
    }
    entries
}
