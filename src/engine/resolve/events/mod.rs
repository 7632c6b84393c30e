//! Events: each turns a cluster into the next snapshot.
//!
//! An event changes objects, then the endpoint controllers run again. Other pods keep their names and addresses, so that
//! traces before and after the event differ only because of it. Sources: kubernetes `pkg/kubelet/status`, `pkg/controller/nodelifecycle`, `pkg/controller/replicaset`.

mod text;

use std::sync::Arc;

use smol_str::SmolStr;

use super::Resolved;
use super::run_controllers::{template_of, write_endpoints};
use crate::cluster::generate_name::generated_name;
use crate::cluster::object::{ConditionStatus, ObjectReference, Pod, PodStatus};
use crate::controllers::ipam::PodAddressPool;
use crate::controllers::kubelet::start_pods;
use crate::controllers::scheduler::Scheduler;
use crate::controllers::workloads::pods_of;
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::sort;

pub use text::EventError;

/// Something that happens to a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A pod becomes not ready.
    PodUnready(ObjectName),
    /// A pod becomes ready again.
    PodReady(ObjectName),
    /// A pod is deleted: it terminates, and keeps serving until its grace period ends. A ReplicaSet creates its
    /// replacement immediately.
    PodDeleted(ObjectName),
    /// A pod is removed. Only now does a StatefulSet or DaemonSet create its replacement.
    PodRemoved(ObjectName),
    /// A workload is scaled.
    Scaled {
        /// The workload's kind: `Deployment`, `StatefulSet`, ….
        kind: Kind,
        /// The workload's name.
        name: ObjectName,
        /// The new number of replicas.
        replicas: u16,
    },
    /// A node goes down: its `Ready` condition becomes `Unknown`, and its pods become not ready.
    NodeDown(String),
}

/// The time of all deletions and replacements. Only its presence matters.
const DELETED_AT: &str = "2026-01-01T00:00:00Z";

impl Event {
    /// Whether the event's pod, node or workload exists.
    pub fn is_possible(&self, resolved: &Resolved) -> bool {
        match self {
            Event::PodUnready(pod)
            | Event::PodReady(pod)
            | Event::PodDeleted(pod)
            | Event::PodRemoved(pod) => resolved.cluster.pods.contains_key(pod),
            Event::Scaled { kind, name, .. } => resolved.get(*kind, name).is_some(),
            Event::NodeDown(node) => resolved.cluster.nodes.contains_key(node.as_str()),
        }
    }
}

/// Applies events in order. Fails at the first event whose object does not exist.
pub fn apply_all(before: Resolved, events: &[Event]) -> Result<Resolved, EventError> {
    events.iter().try_fold(before, |resolved, event| {
        if event.is_possible(&resolved) {
            Ok(apply(&resolved, event))
        } else {
            Err(EventError::NoSuchObject {
                text: event.to_string(),
            })
        }
    })
}

/// The cluster after an event. An event whose object does not exist changes nothing.
pub fn apply(before: &Resolved, event: &Event) -> Resolved {
    let mut next = before.clone();
    match event {
        Event::PodUnready(pod) => set_ready(&mut next, pod, ConditionStatus::False),
        Event::PodReady(pod) => set_ready(&mut next, pod, ConditionStatus::True),
        Event::PodDeleted(pod) => delete(&mut next, pod),
        Event::PodRemoved(pod) => remove(&mut next, pod),
        Event::Scaled {
            kind,
            name,
            replicas,
        } => scale(&mut next, *kind, name, *replicas),
        Event::NodeDown(node) => stop(&mut next, node),
    }
    remove_stale_endpoints(&mut next, before);
    write_endpoints(&mut next.cluster);
    next
}

/// Removes endpoints of removed pods. Otherwise slices without any pods would be mistaken for those of a live dump.
fn remove_stale_endpoints(next: &mut Resolved, before: &Resolved) {
    let Resolved { cluster, .. } = next;
    for endpoints in cluster
        .slices
        .values_mut()
        .map(|slice| &mut slice.endpoints)
    {
        endpoints.retain(|endpoint| {
            let pod = endpoint.target_ref.as_ref().map(ObjectReference::id);
            pod.is_none_or(|pod| {
                cluster.pods.contains_key(&pod) || !before.cluster.pods.contains_key(&pod)
            })
        });
    }
}

/// A readiness probe begins to fail or to succeed.
fn set_ready(resolved: &mut Resolved, pod: &ObjectName, status: ConditionStatus) {
    if let Some(pod) = resolved.cluster.pods.get_mut(pod) {
        let pod = Arc::make_mut(pod);
        pod.set_ready(status);
        pod.let_containers_follow();
    }
}

/// Whether a workload replaces a pod as soon as it terminates. StatefulSets and DaemonSets wait until it is removed
/// (`pkg/controller/statefulset`, `pkg/controller/daemon`).
fn replaces_terminating_pods(kind: Kind) -> bool {
    !matches!(kind, Kind::StatefulSet | Kind::DaemonSet)
}

fn delete(resolved: &mut Resolved, name: &ObjectName) {
    let kind = resolved.workload_of(name).map(|workload| workload.kind);
    let Some(pod) = resolved
        .cluster
        .pods
        .get_mut(name)
        .filter(|pod| !pod.is_terminating())
    else {
        return;
    };
    Arc::make_mut(pod).metadata.deletion_timestamp = Some(DELETED_AT.to_owned());
    if kind.is_some_and(replaces_terminating_pods) {
        replace(resolved, name);
    }
}

fn remove(resolved: &mut Resolved, name: &ObjectName) {
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
fn replace(resolved: &mut Resolved, name: &ObjectName) {
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
        rename(resolved, &mut new);
    }
    add_pods(resolved, vec![new]);
}

/// Gives a pod the next unused random name.
fn rename(resolved: &Resolved, pod: &mut Pod) {
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
        if !resolved.cluster.pods.contains_key(&id) {
            pod.metadata.name = name.into();
            return;
        }
    }
}

/// Starts new pods beside the existing ones.
fn add_pods(resolved: &mut Resolved, mut pods: Vec<Pod>) {
    let cluster = &mut resolved.cluster;
    let there = || cluster.pods.values().map(Arc::as_ref);
    let mut scheduler = Scheduler::new(&cluster.nodes, there());
    let mut pool = PodAddressPool::new(there());
    start_pods(&mut pods, &cluster.nodes, &mut scheduler, &mut pool);
    cluster
        .pods
        .extend(pods.into_iter().map(|pod| (pod.id(), Arc::new(pod))));
}

/// Removes surplus pods or creates missing ones; the others stay unchanged. A StatefulSet's pods are removed from the
/// highest ordinal down; otherwise pods that are not ready are removed first, then newer ones
/// (`ActivePodsWithRanks` of `pkg/controller/controller_utils.go`).
fn scale(resolved: &mut Resolved, kind: Kind, name: &ObjectName, replicas: u16) {
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
    let missing = usize::from(replicas).saturating_sub(own.len());
    let surplus: Vec<ObjectName> = own.into_iter().skip(replicas.into()).map(Pod::id).collect();
    for pod in &surplus {
        resolved.cluster.pods.remove(pod);
    }
    add_pods(
        resolved,
        wanted
            .into_iter()
            .skip(newest.map_or(0, |newest| newest + 1))
            .take(missing)
            .collect(),
    );
}

fn stop(resolved: &mut Resolved, name: &str) {
    let Some(node) = resolved.cluster.nodes.get_mut(name) else {
        return;
    };
    node.set_ready(ConditionStatus::Unknown);
    for pod in resolved.cluster.pods.values_mut() {
        if pod.spec.node_name == name && pod.is_ready() {
            // Nobody reports on the containers any more: their last state stays.
            let pod = Arc::make_mut(pod);
            pod.set_containers_ready(ConditionStatus::True);
            pod.set_ready(ConditionStatus::False);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::resolved;

    const WEB: &str = "
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: nginx}]}
    ";

    fn cluster() -> Resolved {
        resolved(WEB)
    }

    /// The endpoints of the Service: address with `+` if ready, `~` if only serving, `-` if neither.
    fn endpoints(resolved: &Resolved) -> Vec<String> {
        let name = ObjectName::new("default", "web");
        let mut all: Vec<String> = resolved
            .cluster
            .slices_of(&name)
            .flat_map(|slice| &slice.endpoints)
            .map(|endpoint| {
                let state = match (
                    endpoint.conditions.is_ready(),
                    endpoint.conditions.is_serving(),
                ) {
                    (true, _) => '+',
                    (false, true) => '~',
                    (false, false) => '-',
                };
                format!("{}{state}", endpoint.addresses.join(","))
            })
            .collect();
        all.sort();
        all
    }

    fn pods(resolved: &Resolved) -> Vec<ObjectName> {
        resolved
            .cluster
            .pods
            .keys()
            .filter(|pod| pod.namespace == "default")
            .cloned()
            .collect()
    }

    #[test]
    fn a_pod_that_becomes_unready_keeps_its_address_and_loses_its_traffic() {
        let before = cluster();
        let pod = before
            .cluster
            .pods
            .values()
            .find(|pod| pod.metadata.namespace == "default")
            .expect("was created")
            .id();
        let unready = apply(&before, &Event::PodUnready(pod.clone()));
        assert_eq!(endpoints(&before), ["10.244.0.5+", "10.244.1.5+"]);
        assert_eq!(
            endpoints(&unready)
                .iter()
                .filter(|text| text.ends_with('-'))
                .count(),
            1
        );
        assert_eq!(apply(&unready, &Event::PodReady(pod)), before);
    }

    #[test]
    fn a_deleted_pod_keeps_serving_and_its_replacement_has_another_address() {
        let before = cluster();
        let pod = pods(&before).remove(0);
        let going = apply(&before, &Event::PodDeleted(pod.clone()));
        assert_eq!(
            endpoints(&going)
                .iter()
                .filter(|text| text.ends_with('~'))
                .count(),
            1
        );
        assert_eq!(
            endpoints(&going).len(),
            3,
            "its ReplicaSet creates a replacement immediately"
        );
        let gone = apply(&going, &Event::PodRemoved(pod.clone()));
        assert!(!gone.cluster.pods.contains_key(&pod));
        assert_eq!((pods(&gone).len(), endpoints(&gone).len()), (2, 2));
        let new: Vec<String> = endpoints(&gone)
            .into_iter()
            .filter(|address| !endpoints(&before).contains(address))
            .collect();
        assert_eq!(new.len(), 1, "{new:?}");
    }

    #[test]
    fn scaling_does_not_change_the_pods_that_stay() {
        let scaled = |replicas| {
            let (kind, name) = (Kind::Deployment, ObjectName::new("default", "web"));
            apply(
                &cluster(),
                &Event::Scaled {
                    kind,
                    name,
                    replicas,
                },
            )
        };
        assert_eq!(endpoints(&scaled(3)).len(), 3);
        assert!(
            endpoints(&cluster())
                .iter()
                .all(|address| endpoints(&scaled(3)).contains(address))
        );
        assert_eq!(
            (endpoints(&scaled(1)).len(), endpoints(&scaled(0)).len()),
            (1, 0)
        );
    }

    #[test]
    fn scaling_removes_pods_that_are_not_ready_first_and_reuses_no_name() {
        let scaled = |resolved: &Resolved, replicas| {
            let (kind, name) = (Kind::Deployment, ObjectName::new("default", "web"));
            apply(
                resolved,
                &Event::Scaled {
                    kind,
                    name,
                    replicas,
                },
            )
        };
        let all = pods(&cluster());
        for pod in &all {
            let unready = apply(&cluster(), &Event::PodUnready(pod.clone()));
            assert!(!pods(&scaled(&unready, 1)).contains(pod));
            let replaced = apply(&cluster(), &Event::PodRemoved(pod.clone()));
            let more = pods(&scaled(&replaced, 3));
            assert!(
                more.len() == 3 && !more.contains(pod),
                "{more:?} without {pod}"
            );
            assert!(pods(&replaced).iter().all(|pod| more.contains(pod)));
        }
    }

    #[test]
    fn an_event_about_a_missing_object_is_an_error() {
        let events: Vec<Event> = ["scale deploy/web=0", "down node/node-9"]
            .map(|text| text.parse().expect("it is one"))
            .to_vec();
        let error = apply_all(cluster(), &events)
            .map(|_| ())
            .expect_err("there is no such node");
        assert_eq!(
            error,
            EventError::NoSuchObject {
                text: "down node/node-9".to_owned()
            }
        );
        assert_eq!(
            endpoints(&apply_all(cluster(), &events[..1]).expect("both are there")).len(),
            0
        );
    }

    #[test]
    fn the_pods_of_a_node_that_is_down_are_not_ready() {
        let down = apply(&cluster(), &Event::NodeDown("node-1".to_owned()));
        assert_eq!(endpoints(&down), ["10.244.0.5-", "10.244.1.5+"]);
        assert!(!down.cluster.nodes["node-1"].is_ready());
    }

    #[test]
    fn an_event_about_a_missing_pod_changes_nothing() {
        let nobody = ObjectName::new("default", "nobody");
        assert_eq!(
            apply(&cluster(), &Event::PodRemoved(nobody.clone())),
            cluster()
        );
        assert_eq!(apply(&cluster(), &Event::PodUnready(nobody)), cluster());
    }
}
