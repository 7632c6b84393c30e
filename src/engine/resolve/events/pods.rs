//! Events of one pod, and scaling.

use std::sync::Arc;

use smol_str::SmolStr;

use super::{Resolved, template_of};
use crate::cluster::generate_name::generated_name;
use crate::cluster::object::{ConditionStatus, Pod, PodPhase, PodStatus};
use crate::controllers::ipam::PodAddressPool;
use crate::controllers::kubelet::start_pods;
use crate::controllers::scheduler::{Scheduler, World};
use crate::controllers::workloads::pods_of;
use crate::kinds::Kind;
use crate::manifest::tree::YamlValue;
use crate::names::ObjectName;
use crate::resolve::pod_admission::{forbids_all, within_quotas};
use crate::sort;

/// The time of all deletions and replacements. Only its presence matters.
const DELETED_AT: &str = "2026-01-01T00:00:00Z";

/// A readiness probe begins to fail or to succeed.
pub(super) fn set_ready(resolved: &mut Resolved, pod: &ObjectName, status: ConditionStatus) {
    if let Some(pod) = resolved.cluster.pods.get_mut(pod) {
        let pod = Arc::make_mut(pod);
        (pod.status.waiting_init, pod.status.waiting_probe) = (None, false);
        pod.set_ready(status);
        pod.let_containers_follow();
    }
}

/// Whether a workload replaces a pod as soon as it terminates. StatefulSets and DaemonSets wait until it is removed
/// (`pkg/controller/statefulset`, `pkg/controller/daemon`).
fn replaces_terminating_pods(kind: Kind) -> bool {
    !matches!(kind, Kind::StatefulSet | Kind::DaemonSet)
}

pub(super) fn delete(resolved: &mut Resolved, name: &ObjectName) {
    let kind = resolved.workload_of(name).map(|workload| workload.kind);
    let Some(pod) = resolved
        .cluster
        .pods
        .get_mut(name)
        .filter(|pod| !pod.is_terminating())
    else {
        return;
    };
    terminate(Arc::make_mut(pod));
    if kind.is_some_and(replaces_terminating_pods) {
        replace(resolved, name);
    }
}

/// The API server marks a pod as deleted; its kubelet begins to stop it.
pub(super) fn terminate(pod: &mut Pod) {
    pod.metadata.deletion_timestamp = Some(DELETED_AT.to_owned());
}

pub(super) fn remove(resolved: &mut Resolved, name: &ObjectName) {
    let Some(old) = resolved.cluster.pods.get(name).cloned() else {
        return;
    };
    let kind = resolved.workload_of(name).map(|workload| workload.kind);
    // Keep the old pod until its replacement has an address, so that the two differ.
    if kind.is_some_and(|kind| !replaces_terminating_pods(kind)) || !old.is_terminating() {
        replace(resolved, name);
    }
    if resolved.cluster.pods.get(name) == Some(&old) {
        resolved.cluster.pods.remove(name);
    }
}

/// Creates a replacement with a new address and, unless it is a StatefulSet's, a new name. Pods without a workload are not
/// replaced.
pub(super) fn replace(resolved: &mut Resolved, name: &ObjectName) {
    let Some(kind) = resolved.workload_of(name).map(|workload| workload.kind) else {
        return;
    };
    let Some(old) = resolved.cluster.pods.get(name).cloned() else {
        return;
    };
    let mut new = old.as_ref().clone();
    new.metadata.deletion_timestamp = None;
    new.metadata.creation_timestamp = Some(DELETED_AT.to_owned());
    new.status = PodStatus::default();
    new.spec.node_name = SmolStr::default();
    if kind == Kind::DaemonSet {
        new.spec.node_name.clone_from(&old.spec.node_name);
    }
    if kind != Kind::StatefulSet {
        rename(resolved, &mut new, &[]);
    }
    add_pods(resolved, vec![new], &[]);
}

/// Gives a pod the next random name that no pod has and that is not promised to another one.
pub(super) fn rename(resolved: &Resolved, pod: &mut Pod, promised: &[ObjectName]) {
    let owner = pod
        .metadata
        .owner_references
        .first()
        .map(|owner| owner.name.clone())
        .unwrap_or_default();
    let namespace = pod.metadata.namespace.clone();
    let base = format!("{owner}-");
    for number in 0_u64.. {
        let name = generated_name(&base, &format!("{namespace}/{owner} {number}"));
        let id = ObjectName::new(namespace.as_str(), name.as_str());
        if !resolved.cluster.pods.contains_key(&id) && !promised.contains(&id) {
            pod.metadata.name = name.into();
            return;
        }
    }
}

/// Starts new pods beside the existing ones. Those that are `leaving` still have their addresses, and no longer their
/// ports.
pub(super) fn add_pods(resolved: &mut Resolved, pods: Vec<Pod>, leaving: &[ObjectName]) {
    let mut pods = within_quotas(resolved, pods, leaving);
    let cluster = &mut resolved.cluster;
    let there = || cluster.pods.values().map(Arc::as_ref);
    let staying = there().filter(|pod| !leaving.contains(&pod.id()));
    let world = World::new(&cluster.nodes, &cluster.namespaces);
    let mut scheduler = Scheduler::new(world, staying.chain(&pods));
    let mut pool = PodAddressPool::new(there());
    start_pods(&mut pods, &mut scheduler, &mut pool);
    cluster
        .pods
        .extend(pods.into_iter().map(|pod| (pod.id(), Arc::new(pod))));
}

/// Removes surplus pods or creates missing ones; the others stay unchanged. A StatefulSet's pods are removed from the
/// highest ordinal down; otherwise pods that are not ready are removed first, then newer ones
/// (`ActivePodsWithRanks` of `pkg/controller/controller_utils.go`).
pub(super) fn scale(resolved: &mut Resolved, kind: Kind, name: &ObjectName, replicas: u16) {
    let Some(stored) = resolved.get(kind, name) else {
        return;
    };
    let Some((of, (mut workload, template, written))) =
        kind.spec().workload.zip(template_of(stored))
    else {
        return;
    };
    let mut own: Vec<&Pod> = resolved.pods_of(kind, name).collect();
    // Generate enough names that no name of a removed pod is reused.
    workload.spec.replicas = Some(i32::from(replicas) + own.len() as i32);
    let wanted = pods_of(of, &workload, &template, &written, &resolved.cluster.nodes).pods;
    let age = |pod: &Pod| wanted.iter().position(|wanted| wanted.id() == pod.id());
    let newest = own.iter().filter_map(|pod| age(pod)).max();
    // Terminating pods no longer count.
    own.retain(|pod| !replaces_terminating_pods(kind) || !pod.is_terminating());
    sort::sort_by_key(&mut own, |pod| {
        let is_last = kind != Kind::StatefulSet && !pod.is_ready();
        (is_last, age(pod))
    });
    let allowed = if forbids_all(resolved, kind, name) {
        0
    } else {
        usize::from(replicas)
    };
    let missing = allowed.saturating_sub(own.len());
    let surplus: Vec<ObjectName> = own.into_iter().skip(replicas.into()).map(Pod::id).collect();
    for pod in &surplus {
        resolved.cluster.pods.remove(pod);
    }
    resolved.change_tree(kind, name, |tree| {
        if let Some(spec) = tree.get_mut("spec") {
            spec.set("replicas", YamlValue::Int(i64::from(replicas)));
        }
    });
    add_pods(
        resolved,
        wanted
            .into_iter()
            .skip(newest.map_or(0, |newest| newest + 1))
            .take(missing)
            .collect(),
        &[],
    );
}

/// Schedules the pods that waited, on nodes that have room for them now.
pub(super) fn start_pending(resolved: &mut Resolved) {
    let waiting = resolved.cluster.each_pod().filter(|pod| {
        let is_pending = pod.status.phase == PodPhase::Pending && pod.spec.node_name.is_empty();
        is_pending && !pod.is_terminating()
    });
    let mut waiting: Vec<Pod> = waiting.cloned().collect();
    if waiting.is_empty() {
        return;
    }
    for pod in &mut waiting {
        pod.spec.node_name = std::mem::take(&mut pod.spec.daemon_node);
    }
    add_pods(resolved, waiting, &[]);
}
