//! A resolved cluster as kubectl reads it: every object a tree, with the state that controllers and kubelets report.
//!
//! Objects of the text are shown as they are stored. Added to them are objects that the text does not contain: the nodes
//! and namespaces of every cluster, pods, slices and Endpoints, and the ReplicaSets and Jobs between a workload and its
//! pods.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};
use smol_str::SmolStr;

use super::status::{self, Made};
use crate::KUBERNETES_VERSION;
use crate::api_resources::{self, Scope};
use crate::apiserver::defaulting;
use crate::cluster::object::{self, IpMode, LoadBalancerIngress, RouteId};
use crate::controllers::gateways::{
    class_status, gateway_status, listener_set_status, route_parents,
};
use crate::controllers::scheduler::Occupants;
use crate::kinds::{Kind, ReportedState};
use crate::l7::gateway::Gateways;
use crate::l7::gateway::data_plane::DataPlanes;
use crate::manifest::deserializer::from_node;
use crate::manifest::tree::Yaml;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::printers::age::Timestamp;
use crate::printers::store::ObjectStore;
use crate::resolve::{NotModelled, Resolved, Stored};

/// What time it is in the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// When all objects were made that say nothing else.
    pub made: Timestamp,
    /// When commands are run.
    pub now: Timestamp,
}

impl Default for Clock {
    /// A minute into 2026.
    fn default() -> Self {
        let made = Timestamp(1_767_225_600);
        Clock {
            made,
            now: Timestamp(made.0 + 60),
        }
    }
}

/// An object under its kind and name.
type Entry = (&'static str, ObjectName, Value);

/// All objects of a resolved cluster.
pub fn store_of(resolved: &Resolved, clock: Clock) -> ObjectStore {
    let made = Made::of(resolved);
    let gateways = Gateways::of(&resolved.cluster);
    let planes = DataPlanes::of(&resolved.cluster);
    let stored = resolved.objects.iter().filter_map(|stored| {
        let entry = shown(resolved, stored, &made, clock)?;
        Some(with_conditions(
            resolved,
            stored,
            (&gateways, &planes),
            entry,
            clock,
        ))
    });
    let entries = stored
        .chain(namespaces(resolved))
        .chain(
            resolved
                .cluster
                .nodes
                .values()
                .map(|node| self::node(resolved, node, clock)),
        )
        .chain(pods(resolved, clock))
        .chain(made.objects(clock))
        .chain(resolved.not_modelled.iter().filter_map(not_modelled))
        .chain(endpoints(resolved))
        .chain(events(resolved, clock));
    let with_time = |(kind, name, mut tree): Entry| {
        set_if_absent(
            &mut tree,
            &["metadata", "creationTimestamp"],
            clock.made.written().into(),
        );
        (kind, name, Arc::new(Yaml::from(tree)))
    };
    ObjectStore::new(entries.map(with_time))
}

/// The events that the load balancer of the cluster wrote about Services.
fn events(resolved: &Resolved, clock: Clock) -> Vec<Entry> {
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
                "lastTimestamp": clock.made.written(),
            });
            entries.push(("Event", id, tree));
        }
    }
    entries
}

/// An object of a kind that is not modelled, as it was written, in the namespace where kubectl would have put it. The
/// server stores a Secret in another form.
fn not_modelled(object: &NotModelled) -> Option<Entry> {
    let resource = api_resources::of_object(&object.api_version, &object.kind)?;
    let mut stored = Yaml::clone(&object.tree);
    if (resource.group, resource.kind) == ("", "Secret") {
        defaulting::secret::fill(&mut stored);
    }
    let mut tree = Value::from(&stored);
    let mut name = object.name.clone();
    if name.name.is_empty() {
        return None;
    }
    match resource.scope {
        Scope::Namespace => {
            if name.namespace.is_empty() {
                name.namespace = DEFAULT_NAMESPACE.into();
            }
            *place(&mut tree, &["metadata", "namespace"]) = name.namespace.as_str().into();
        }
        Scope::Cluster => name.namespace = SmolStr::default(),
    }
    Some((resource.kind, name, tree))
}

/// A stored object with its status; `None` if [`store_of`] takes it from the cluster instead.
fn shown(resolved: &Resolved, stored: &Stored, made: &Made, clock: Clock) -> Option<Entry> {
    let mut tree = Value::from(&*stored.tree);
    match stored.kind.spec().reported_state {
        ReportedState::Cluster => return None,
        ReportedState::LoadBalancer => {
            let service = resolved.cluster.services.get(&stored.name);
            let given = service
                .map(|service| service.status.load_balancer.ingress.as_slice())
                .unwrap_or_default();
            if !given.is_empty() {
                let given = given.iter().map(given_address).collect();
                set_if_absent(&mut tree, &["status", "loadBalancer", "ingress"], given);
            }
        }
        ReportedState::NamespacePhase => {
            set_if_absent(&mut tree, &["status", "phase"], "Active".into());
        }
        ReportedState::Stored
        | ReportedState::GatewayClass
        | ReportedState::Gateway
        | ReportedState::ListenerSet
        | ReportedState::RouteParents(_) => {}
        ReportedState::Pods => status::report(&mut tree, stored, made, clock),
    }
    Some((stored.kind.name(), stored.name.clone(), tree))
}

/// Adds what a Gateway controller reports, unless the text has a status from a cluster.
fn with_conditions(
    resolved: &Resolved,
    stored: &Stored,
    (gateways, planes): (&Gateways, &DataPlanes),
    (kind, name, mut tree): Entry,
    clock: Clock,
) -> Entry {
    let cluster = &resolved.cluster;
    let status = match stored.kind.spec().reported_state {
        ReportedState::GatewayClass => Some(class_status()),
        ReportedState::Gateway => {
            let gateway = cluster.gateways.get(&name);
            let given = planes.addresses(cluster, &name);
            gateway.map(|gateway| gateway_status(&name, gateway, gateways, &given))
        }
        ReportedState::ListenerSet => listener_set_status(&name, gateways),
        ReportedState::RouteParents(of) => {
            let route = cluster.routes.get(&RouteId::new(of, &name));
            route.map(|it| json!({ "parents": route_parents(of, &name, it, cluster, gateways) }))
        }
        ReportedState::Stored
        | ReportedState::Cluster
        | ReportedState::LoadBalancer
        | ReportedState::NamespacePhase
        | ReportedState::Pods => None,
    };
    if let Some(mut status) = status.filter(|_| !has_own_status(stored)) {
        add_times(&mut status, clock);
        tree["status"] = status;
    }
    (kind, name, tree)
}

/// Whether a text brings the status that a controller reported, and not what the CRD sets.
fn has_own_status(stored: &Stored) -> bool {
    let status = stored.tree.get("status");
    let has = |key| status.is_some_and(|status| status.get(key).is_some());
    has("listeners") || has("parents")
}

/// Gives each condition its time, the same for all.
fn add_times(status: &mut Value, clock: Clock) {
    match status {
        Value::Array(items) => {
            for item in items {
                add_times(item, clock);
            }
        }
        Value::Object(fields) => {
            if fields.contains_key("reason") {
                fields.insert("lastTransitionTime".to_owned(), clock.made.written().into());
            }
            for field in fields.values_mut() {
                add_times(field, clock);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn given_address(given: &LoadBalancerIngress) -> Value {
    let mut address = json!({});
    if let Some(ip) = given.ip {
        address["ip"] = ip.to_string().into();
    }
    if let Some(hostname) = &given.hostname {
        address["hostname"] = hostname.as_str().into();
    }
    match given.ip_mode {
        Some(IpMode::Vip) => address["ipMode"] = "VIP".into(),
        Some(IpMode::Proxy) => address["ipMode"] = "Proxy".into(),
        None => {}
    }
    address
}

/// Namespaces that are not in the text.
fn namespaces(resolved: &Resolved) -> impl Iterator<Item = Entry> {
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

/// The `nodeInfo` of a node that is not in the text.
fn machine() -> Value {
    json!({
        "architecture": "amd64", "operatingSystem": "linux", "osImage": "Debian GNU/Linux 12 (bookworm)",
        "kernelVersion": "6.1.0", "containerRuntimeVersion": "containerd://2.1.0", "kubeletVersion": format!("v{KUBERNETES_VERSION}"),
    })
}

fn pods(resolved: &Resolved, clock: Clock) -> impl Iterator<Item = Entry> {
    let occupants = Occupants::of(&resolved.cluster);
    resolved.cluster.pods.keys().filter_map(move |name| {
        let mut tree = Value::from(&resolved.pod_tree(name, &occupants)?);
        if !tree["status"]["podIP"].is_null() {
            start(&mut tree, &clock.made.written());
        }
        Some(("Pod", name.clone(), tree))
    })
}

/// Says of a pod and its running containers when they began, where that is not said.
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
fn endpoints(resolved: &Resolved) -> impl Iterator<Item = Entry> {
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

/// The place at a path, to be written to; what is no mapping on the way becomes one.
pub(super) fn place<'v>(tree: &'v mut Value, path: &[&str]) -> &'v mut Value {
    path.iter().fold(tree, |here, key| {
        if !here.is_object() {
            *here = json!({});
        }
        &mut here[*key]
    })
}

/// Sets a value if the field is absent.
pub(super) fn set_if_absent(tree: &mut Value, path: &[&str], value: Value) {
    let place = place(tree, path);
    if place.is_null() {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Config;
    use crate::manifest::Source;
    use crate::resolve::resolve;

    #[test]
    fn what_is_no_mapping_on_the_way_becomes_one() {
        let mut tree = json!({"status": "text", "spec": {"there": 1}});
        set_if_absent(&mut tree, &["status", "podIP"], "10.0.0.1".into());
        set_if_absent(&mut tree, &["spec", "there"], 2.into());
        assert_eq!(
            tree,
            json!({"status": {"podIP": "10.0.0.1"}, "spec": {"there": 1}})
        );
    }

    #[test]
    fn a_hand_written_slice_is_shown_as_it_was_written() {
        let text = "
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ext-1, generateName: ext-}
addressType: IPv4
endpoints: [{addresses: [10.1.2.3]}]
";
        let store = store_of(
            &resolve(&Source::read(text), &Config::default()),
            Clock::default(),
        );
        let slice = store.find("EndpointSlice", &ObjectName::new("default", "ext-1"));
        assert_eq!(
            slice.map(|slice| slice.text("metadata.generateName")),
            Some("ext-")
        );
    }
}
