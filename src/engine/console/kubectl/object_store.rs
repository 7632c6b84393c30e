//! A resolved cluster as kubectl reads it: every object a tree, with the state that controllers and kubelets report.
//!
//! Objects of the text are shown as they are stored. Added to them are the objects that the cluster writes itself
//! (`cluster_objects.rs`), and the ReplicaSets and Jobs between a workload and its pods (`status.rs`).

use std::sync::Arc;

use serde_json::{Value, json};
use smol_str::SmolStr;

use super::cluster_objects;
use super::status::{self, Made};
use crate::api_resources::{self, Scope};
use crate::apiserver::defaulting;
use crate::cluster::object::{IpMode, LoadBalancerIngress, RouteId};
use crate::controllers::gateways::{
    class_status, gateway_status, listener_set_status, route_parents,
};
use crate::kinds::ReportedState;
use crate::l7::gateway::Gateways;
use crate::l7::gateway::data_plane::DataPlanes;
use crate::manifest::tree::Yaml;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::printers::age::Timestamp;
use crate::printers::store::ObjectStore;
use crate::resolve::{NotModelled, Resolved, Stored};

/// The time in the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The creation time of objects that do not state one.
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
pub(super) type Entry = (&'static str, ObjectName, Value);

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
        .chain(cluster_objects::namespaces(resolved))
        .chain(cluster_objects::nodes(resolved, clock))
        .chain(cluster_objects::pods(resolved, clock))
        .chain(made.objects(clock))
        .chain(resolved.not_modelled.iter().filter_map(not_modelled))
        .chain(cluster_objects::endpoints(resolved))
        .chain(cluster_objects::events(resolved, clock));
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
