//! Labels and annotations, and what controllers do when labels change.
//!
//! A pod whose labels its controller's selector no longer matches is released: the controller gives up the ownership and
//! creates a replacement, except a StatefulSet, whose replacement would have the same name (kubernetes
//! `pkg/controller/controller_ref_manager.go`). Adoption, the reverse, is not modelled. A node's labels decide which
//! DaemonSets run on it.

use std::sync::Arc;

use smol_str::SmolStr;

use super::pods::{add_pods, rename, replace, terminate};
use super::{MetadataChange, Resolved, template_of};
use crate::cluster::object::{Node, Pod};
use crate::controllers::scheduler::fits_daemon;
use crate::controllers::workloads::pods_of;
use crate::kinds::Kind;
use crate::labels::{LabelSelector, Labels, Selector};
use crate::manifest::deserializer::from_node;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::ObjectName;
use crate::resolve::pod_admission::forbids_all;

/// Whether an object exists, written in the text or made by a controller.
pub(super) fn exists(resolved: &Resolved, kind: Kind, name: &ObjectName) -> bool {
    let cluster = &resolved.cluster;
    match kind {
        Kind::Pod => cluster.pods.contains_key(name),
        Kind::Node => cluster.nodes.contains_key(&name.name),
        Kind::Namespace => cluster.namespaces.contains_key(&name.name),
        Kind::EndpointSlice => cluster.slices.contains_key(name),
        _ => resolved.get(kind, name).is_some(),
    }
}

/// `kubectl label --overwrite`.
pub(super) fn label(
    resolved: &mut Resolved,
    kind: Kind,
    name: &ObjectName,
    changes: &[MetadataChange],
) {
    change_tree(resolved, kind, name, "labels", changes);
    match kind {
        Kind::Pod => label_pod(resolved, name, changes),
        Kind::Node => label_node(resolved, &name.name, changes),
        Kind::Namespace => {
            let namespaces = &mut resolved.cluster.namespaces;
            if let Some(labels) = namespaces.get_mut(&name.name) {
                apply_all(changes, Arc::make_mut(labels));
            }
        }
        Kind::Service => {
            if let Some(service) = resolved.cluster.services.get_mut(name) {
                apply_all(changes, service.metadata.labels_mut());
            }
        }
        Kind::EndpointSlice => {
            if let Some(slice) = resolved.cluster.slices.get_mut(name) {
                apply_all(changes, slice.metadata.labels_mut());
            }
        }
        _ => read_again(resolved, kind, name),
    }
}

/// `kubectl annotate --overwrite`.
pub(super) fn annotate(
    resolved: &mut Resolved,
    kind: Kind,
    name: &ObjectName,
    changes: &[MetadataChange],
) {
    change_tree(resolved, kind, name, "annotations", changes);
    let cluster = &mut resolved.cluster;
    let annotations = match kind {
        Kind::Pod => cluster
            .pods
            .get_mut(name)
            .map(|pod| &mut Arc::make_mut(pod).metadata),
        Kind::Node => cluster
            .nodes
            .get_mut(&name.name)
            .map(|node| &mut node.metadata),
        Kind::Service => cluster
            .services
            .get_mut(name)
            .map(|service| &mut service.metadata),
        Kind::EndpointSlice => cluster
            .slices
            .get_mut(name)
            .map(|slice| &mut slice.metadata),
        Kind::Namespace => None,
        _ => return read_again(resolved, kind, name),
    };
    if let Some(metadata) = annotations {
        apply_all(changes, &mut metadata.annotations);
    }
}

fn apply_all(changes: &[MetadataChange], labels: &mut Labels) {
    for change in changes {
        change.apply(labels);
    }
}

/// Changes `metadata.labels` or `metadata.annotations` of a stored object.
fn change_tree(
    resolved: &mut Resolved,
    kind: Kind,
    name: &ObjectName,
    field: &str,
    changes: &[MetadataChange],
) {
    resolved.change_tree(kind, name, |tree| {
        let Some(metadata) = tree.get_mut("metadata") else {
            return;
        };
        if metadata.get(field).is_none_or(Yaml::is_null) {
            metadata.set(field, YamlValue::Map(Vec::new()));
        }
        let Some(fields) = metadata.get_mut(field) else {
            return;
        };
        for change in changes {
            change.apply_to_tree(fields);
        }
        if fields.entries().is_empty() {
            metadata.remove(field);
        }
    });
}

/// The cluster's typed value of an object that no controller has written to.
fn read_again(resolved: &mut Resolved, kind: Kind, name: &ObjectName) {
    let tree = resolved
        .get(kind, name)
        .map(|stored| Arc::clone(&stored.tree));
    if let Some(tree) = tree {
        (kind.spec().add_to_cluster)(&mut resolved.cluster, name.clone(), &tree);
    }
}

fn label_pod(resolved: &mut Resolved, name: &ObjectName, changes: &[MetadataChange]) {
    let Some(pod) = resolved.cluster.pods.get(name) else {
        return;
    };
    let mut labels = pod.metadata.labels.as_ref().clone();
    apply_all(changes, &mut labels);
    let released_by = releasing_kind(resolved, pod, &labels);
    // The replacement has the labels of the template, which the old pod still has.
    if released_by.is_some_and(|kind| kind != Kind::StatefulSet) {
        replace(resolved, name);
    }
    if let Some(pod) = resolved.cluster.pods.get_mut(name) {
        let metadata = &mut Arc::make_mut(pod).metadata;
        metadata.labels = Arc::new(labels);
        if released_by.is_some() {
            metadata.owner_references = Arc::default();
        }
    }
}

/// The kind of the workload whose selector matches a pod, and no longer with these labels.
fn releasing_kind(resolved: &Resolved, pod: &Pod, labels: &Labels) -> Option<Kind> {
    let workload = resolved.workload_of(&pod.id())?;
    let written = workload.tree.get("spec")?.get("selector")?;
    let selector = if workload.kind.spec().has_plain_selector {
        Selector::equal_to(&from_node(written).ok()?)
    } else {
        from_node::<LabelSelector>(written).ok()?.selector().ok()?
    };
    let hash = "pod-template-hash";
    let keeps_hash =
        workload.kind != Kind::Deployment || labels.get(hash) == pod.metadata.labels.get(hash);
    let is_released = !(selector.matches(labels) && keeps_hash);
    (is_released && selector.matches(&pod.metadata.labels)).then_some(workload.kind)
}

fn label_node(resolved: &mut Resolved, name: &SmolStr, changes: &[MetadataChange]) {
    let Some(node) = resolved.cluster.nodes.get_mut(name) else {
        return;
    };
    let before = node.clone();
    apply_all(changes, node.metadata.labels_mut());
    let after = node.clone();
    let of_kind = resolved.of_kind(Kind::DaemonSet);
    let names: Vec<ObjectName> = of_kind.map(|stored| stored.name.clone()).collect();
    for daemon_set in names {
        move_daemon(resolved, &daemon_set, &before, &after);
    }
}

/// Starts or ends a DaemonSet's pod on a node whose labels changed.
fn move_daemon(resolved: &mut Resolved, daemon_set: &ObjectName, before: &Node, after: &Node) {
    let Some(stored) = resolved.get(Kind::DaemonSet, daemon_set) else {
        return;
    };
    let kind = stored.kind.spec().workload;
    let Some((kind, (workload, template, written))) = kind.zip(template_of(stored)) else {
        return;
    };
    let node = after.name();
    match (
        fits_daemon(before, &template),
        fits_daemon(after, &template),
    ) {
        (false, true) if forbids_all(resolved, Kind::DaemonSet, daemon_set) => {}
        (false, true) => {
            let nodes = &resolved.cluster.nodes;
            let pods = pods_of(kind, &workload, &template, &written, nodes).pods;
            let own = pods.into_iter().find(|pod| pod.spec.node_name == node);
            if let Some(mut pod) = own {
                rename(resolved, &mut pod, &[]);
                add_pods(resolved, vec![pod], &[]);
            }
        }
        (true, false) => {
            let pods = resolved.pods_of(Kind::DaemonSet, daemon_set);
            let on_node = pods.filter(|pod| pod.spec.node_name == node);
            let ending: Vec<ObjectName> = on_node.map(Pod::id).collect();
            for pod in ending {
                if let Some(pod) = resolved.cluster.pods.get_mut(&pod) {
                    terminate(Arc::make_mut(pod));
                }
            }
        }
        (true, true) | (false, false) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::controllers::scheduler::Occupants;
    use crate::names::ObjectName;
    use crate::resolve::Resolved;
    use crate::resolve::events::{Event, apply};
    use crate::testing::resolved;

    const WEB: &str = "
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web, tier: front}}
            spec: {containers: [{name: c, image: nginx}]}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec: {nodeSelector: {disk: ssd}, containers: [{name: c, image: agent}]}
    ";

    fn after(before: &Resolved, event: &str) -> Resolved {
        let event: Event = event.parse().expect("it is an event");
        assert!(event.is_possible(before), "{event}");
        apply(before, &event)
    }

    fn pods(resolved: &Resolved, prefix: &str) -> Vec<ObjectName> {
        let names = resolved.cluster.pods.keys();
        names
            .filter(|name| name.name.starts_with(prefix))
            .cloned()
            .collect()
    }

    #[test]
    fn a_pod_without_a_label_of_the_selector_is_released_and_replaced() {
        let before = resolved(WEB);
        let pod = pods(&before, "web").remove(0);
        let other = after(&before, &format!("label pod/{} tier=back", pod.name));
        assert_eq!(
            pods(&other, "web").len(),
            1,
            "the selector does not name tier"
        );
        assert!(other.workload_of(&pod).is_some());
        let released = after(&before, &format!("label pod/{} app-", pod.name));
        assert_eq!(pods(&released, "web").len(), 2);
        assert!(released.workload_of(&pod).is_none());
        let labels = &released.cluster.pods[&pod].metadata.labels;
        assert_eq!(labels.get("app"), None);
        let tree = released.pod_tree(&pod, &Occupants::of(&released.cluster));
        let tree = tree.expect("is there");
        assert!(
            tree.get("metadata")
                .and_then(|own| own.get("ownerReferences"))
                .is_none()
        );
    }

    #[test]
    fn a_daemon_follows_the_labels_of_its_node() {
        let before = resolved(WEB);
        assert_eq!(pods(&before, "agent").len(), 0);
        let with = after(&before, "label node/node-2 disk=ssd");
        let pod = pods(&with, "agent").remove(0);
        assert_eq!(with.cluster.pods[&pod].spec.node_name, "node-2");
        assert!(with.cluster.pods[&pod].is_ready());
        let without = after(&with, "label no/node-2 disk-");
        assert!(without.cluster.pods[&pod].is_terminating());
    }

    #[test]
    fn annotations_and_labels_are_stored_with_the_object() {
        let before = resolved(WEB);
        let next = after(&before, "annotate deploy/web owner=me note=a");
        let next = after(&next, "annotate deploy/web note-");
        let tree = &next.objects.last().expect("two objects").tree;
        let deployment = next.objects.iter().rev().nth(1).expect("two objects");
        let annotations = deployment
            .tree
            .get("metadata")
            .and_then(|own| own.get("annotations"));
        assert_eq!(
            annotations.map(|own| own.entries().len()),
            Some(1),
            "{tree:?}"
        );
    }
}
