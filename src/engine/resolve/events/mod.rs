//! What happens to a cluster while time goes by: events as data, each giving the next snapshot.
//!
//! An event changes what the API server has, then the controllers look again. Everything that it is not about stays as
//! it was: pods keep their names and addresses, so that two traces, one before and one after, differ only where they
//! should. Sources: kubernetes `pkg/kubelet/status`, `pkg/controller/nodelifecycle`, `pkg/controller/replicaset`.

mod text;

use std::sync::Arc;

use smol_str::SmolStr;

use super::Resolved;
use super::run_controllers::{template_of, workload_kind, write_endpoints};
use crate::engine::apiserver::Kind;
use crate::engine::cluster::generate_name::generated_name;
use crate::engine::cluster::object::{ConditionStatus, Pod, PodStatus};
use crate::engine::controllers::ipam::PodAddressPool;
use crate::engine::controllers::kubelet::start_pods;
use crate::engine::controllers::scheduler::Scheduler;
use crate::engine::controllers::workloads::pods_of;
use crate::engine::names::ObjectName;
use crate::engine::sort;

pub use text::EventError;

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A pod's readiness probe fails.
    PodUnready(ObjectName),
    /// It passes again.
    PodReady(ObjectName),
    /// Somebody deletes a pod: it is going away, and serves on until its grace period is over. A ReplicaSet makes another
    /// in its place at once.
    PodDeleted(ObjectName),
    /// A pod is gone. A StatefulSet or DaemonSet makes another in its place only now.
    PodRemoved(ObjectName),
    /// Somebody sets the number of a workload's pods.
    Scaled {
        /// `Deployment`, `StatefulSet`, …
        kind: Kind,
        /// The workload.
        name: ObjectName,
        /// How many pods it is to have.
        replicas: u16,
    },
    /// A node stops: nobody hears from its kubelet any more, and its pods count as not ready.
    NodeDown(String),
}

/// The time of a deletion, and of what is made then; that there is one is what counts.
const DELETED_AT: &str = "2026-01-01T00:00:00Z";

impl Event {
    /// Whether that which it is about is there.
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

/// The cluster after events, one after the other; the error is the first that is about something that is not there.
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

/// The cluster after an event. An event about something that is not there changes nothing.
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
    forget_endpoints(&mut next, before);
    write_endpoints(&mut next.cluster);
    next
}

/// Slices whose pods are all gone are otherwise taken for those of a dump without pods.
fn forget_endpoints(next: &mut Resolved, before: &Resolved) {
    let Resolved { cluster, .. } = next;
    for endpoints in cluster
        .slices
        .values_mut()
        .map(|slice| &mut slice.endpoints)
    {
        endpoints.retain(|endpoint| {
            let pod = endpoint.target_ref.as_ref().map(|target| target.id());
            pod.is_none_or(|pod| {
                cluster.pods.contains_key(&pod) || !before.cluster.pods.contains_key(&pod)
            })
        });
    }
}

fn set_ready(resolved: &mut Resolved, pod: &ObjectName, status: ConditionStatus) {
    if let Some(pod) = resolved.cluster.pods.get_mut(pod) {
        Arc::make_mut(pod).set_ready(status);
    }
}

/// Whether a workload makes another pod as soon as one of its pods is going away. The others wait until the name or the
/// node is free again (`pkg/controller/statefulset`, `pkg/controller/daemon`).
fn is_quick(kind: Kind) -> bool {
    !matches!(kind, Kind::StatefulSet | Kind::DaemonSet)
}

fn delete(resolved: &mut Resolved, name: &ObjectName) {
    let kind = resolved.maker_of(name).map(|maker| maker.kind);
    let Some(pod) = resolved
        .cluster
        .pods
        .get_mut(name)
        .filter(|pod| !pod.is_terminating())
    else {
        return;
    };
    Arc::make_mut(pod).metadata.deletion_timestamp = Some(DELETED_AT.to_owned());
    if kind.is_some_and(is_quick) {
        replace(resolved, name);
    }
}

fn remove(resolved: &mut Resolved, name: &ObjectName) {
    let Some(old) = resolved.cluster.pods.get(name).cloned() else {
        return;
    };
    let kind = resolved.maker_of(name).map(|maker| maker.kind);
    // The old one is there until the new one has its address, which is another one therefore.
    if kind.is_some_and(|kind| !is_quick(kind)) || !old.is_terminating() {
        replace(resolved, name);
    }
    if resolved.cluster.pods.get(name) == Some(&old) {
        resolved.cluster.pods.remove(name);
    }
}

/// A new pod has a new address, and a new name unless its workload numbers its pods. Nobody replaces a pod that was
/// created by hand.
fn replace(resolved: &mut Resolved, name: &ObjectName) {
    let Some(kind) = resolved.maker_of(name).map(|maker| maker.kind) else {
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
    settle(resolved, vec![new]);
}

/// The next ending that no pod has.
fn rename(resolved: &Resolved, pod: &mut Pod) {
    let owner = pod
        .metadata
        .owner_references
        .first()
        .map(|owner| owner.name.clone())
        .unwrap_or_default();
    let (namespace, base) = (pod.metadata.namespace.clone(), format!("{owner}-"));
    let taken = |name: &String| {
        resolved
            .cluster
            .pods
            .contains_key(&ObjectName::new(namespace.as_str(), name.as_str()))
    };
    let names =
        (0_u64..).map(|number| generated_name(&base, &format!("{namespace}/{owner} {number}")));
    pod.metadata.name = names
        .into_iter()
        .find(|name| !taken(name))
        .unwrap_or_default()
        .into();
}

/// Gives new pods their nodes and addresses, beside those that are there.
fn settle(resolved: &mut Resolved, mut pods: Vec<Pod>) {
    let cluster = &mut resolved.cluster;
    let there = || cluster.pods.values().map(Arc::as_ref);
    let mut scheduler = Scheduler::new(&cluster.nodes, there());
    let mut pool = PodAddressPool::new(there());
    start_pods(&mut pods, &cluster.nodes, &mut scheduler, &mut pool);
    cluster
        .pods
        .extend(pods.into_iter().map(|pod| (pod.id(), Arc::new(pod))));
}

/// Those too many go at once, those too few are made, and the others stay where they are. The StatefulSet's pods go from
/// the highest number down; of others those that serve stay, and of these the older ones
/// (`ActivePodsWithRanks` of `pkg/controller/controller_utils.go`).
fn scale(resolved: &mut Resolved, kind: Kind, name: &ObjectName, replicas: u16) {
    let Some(stored) = resolved.get(kind, name) else {
        return;
    };
    let Some((of, (mut workload, template, written))) =
        workload_kind(kind).zip(template_of(stored))
    else {
        return;
    };
    let mut own: Vec<&Pod> = resolved.pods_of(kind, name).collect();
    // Enough for names after those of all that are there: one that was given up is not taken again.
    workload.spec.replicas = Some(i32::from(replicas) + own.len() as i32);
    let wanted = pods_of(of, &workload, &template, &written, &resolved.cluster.nodes).pods;
    let age = |pod: &Pod| wanted.iter().position(|wanted| wanted.id() == pod.id());
    let newest = own.iter().filter_map(|pod| age(pod)).max();
    // What is going away is nobody's any more.
    own.retain(|pod| !is_quick(kind) || !pod.is_terminating());
    let serves = |pod: &Pod| kind == Kind::StatefulSet || pod.is_ready();
    sort::sort_by_key(&mut own, |pod| (!serves(pod), age(pod)));
    let missing = usize::from(replicas).saturating_sub(own.len());
    let surplus: Vec<ObjectName> = own.into_iter().skip(replicas.into()).map(Pod::id).collect();
    surplus
        .iter()
        .for_each(|pod| drop(resolved.cluster.pods.remove(pod)));
    settle(
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
        if pod.spec.node_name == name {
            Arc::make_mut(pod).set_ready(ConditionStatus::False);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::cluster::Config;
    use crate::engine::manifest::Source;
    use crate::engine::resolve::resolve;

    const WEB: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: c, image: nginx}]}\n";

    fn cluster() -> Resolved {
        resolve(&Source::read(WEB), &Config::default())
    }

    /// The endpoints of the Service: address, `+` when ready, `~` when only serving, `-` when neither.
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
            .expect("was made")
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
    fn a_deleted_pod_serves_on_and_another_takes_its_place_at_another_address() {
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
            "its ReplicaSet makes another at once"
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
    fn scaling_leaves_the_pods_that_stay_where_they_are() {
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
    fn scaling_lets_those_go_first_that_do_not_serve_and_brings_nobody_back() {
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
    fn events_about_what_is_not_there_are_named() {
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
    fn what_is_not_there_changes_nothing() {
        let nobody = ObjectName::new("default", "nobody");
        assert_eq!(
            apply(&cluster(), &Event::PodRemoved(nobody.clone())),
            cluster()
        );
        assert_eq!(apply(&cluster(), &Event::PodUnready(nobody)), cluster());
    }
}
