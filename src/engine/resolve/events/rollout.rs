//! A new version of a workload's pod template, and how its pods are replaced.
//!
//! A Deployment creates the pods of a new ReplicaSet beside the old ones, at most `maxSurge` too many, or with `Recreate`
//! after them. A StatefulSet replaces one pod after the other from the highest ordinal down to its `partition`, a
//! DaemonSet node by node. New pods become ready as those of the text did; where they do not, the rollout stops.
//! Source: kubernetes `pkg/controller/deployment/{rolling,recreate}.go`, `pkg/controller/{statefulset,daemon}`; kubectl
//! `pkg/polymorphichelpers/objectrestarter.go`.

use std::sync::Arc;

use super::annotations::{annotate_restart, count_revision};
use super::image::set_image;
use super::pods::{add_pods, rename, terminate};
use super::replacement::{Replacement, replacement};
use super::{Event, Resolved, template_of};
use crate::cluster::object::Pod;
use crate::controllers::workloads::pods_of;
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::resolve::Stored;
use crate::sort;

/// How far a rollout is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The last old pods still serve.
    LastServes,
    /// The last old pods terminate.
    LastTerminates,
    /// All pods have the new template; those of a Deployment that had the old one terminate.
    Complete,
}

/// Changes the template as the event says, and replaces the pods up to a stage. Other events do nothing.
pub(super) fn roll_out(resolved: &mut Resolved, event: &Event, stage: Stage) {
    if let Event::Restarted { kind, name } = event {
        change_and_replace(resolved, *kind, name, stage, annotate_restart);
    } else if let Event::ImageSet { kind, name, image } = event {
        change_and_replace(resolved, *kind, name, stage, |template| {
            set_image(template, image.as_ref());
        });
    }
}

/// Changes the template of a workload. If that makes it another one, the pods are replaced.
fn change_and_replace(
    resolved: &mut Resolved,
    kind: Kind,
    name: &ObjectName,
    stage: Stage,
    change: impl FnOnce(&mut Yaml),
) {
    let before = resolved
        .get(kind, name)
        .map(|stored| Arc::clone(&stored.tree));
    resolved.change_tree(kind, name, |tree| {
        let spec = tree.get_mut("spec");
        if let Some(template) = spec.and_then(|spec| spec.get_mut("template")) {
            change(template);
        }
    });
    let Some(stored) = resolved.get(kind, name) else {
        return;
    };
    if before.as_deref() == Some(stored.tree.as_ref()) {
        return;
    }
    if kind == Kind::Deployment {
        resolved.change_tree(kind, name, count_revision);
    }
    let Some(stored) = resolved.get(kind, name) else {
        return;
    };
    let own = resolved
        .pods_of(kind, name)
        .filter(|pod| !pod.is_terminating());
    let mut old: Vec<ObjectName> = own.map(Pod::id).collect();
    let replacement = replacement(stored, old.len());
    let successors = successors(resolved, stored, &old);
    match replacement {
        Replacement::Never => {}
        Replacement::Recreate => recreate(resolved, &old, successors, stage),
        Replacement::Beside { surge, unavailable } => {
            beside(resolved, &old, successors, stage, (surge, unavailable));
        }
        Replacement::InPlace { partition } => {
            if kind == Kind::StatefulSet {
                old.retain(|pod| ordinal(pod) >= partition);
                sort::sort_by_key(&mut old, |pod| u64::MAX - ordinal(pod));
            }
            in_place(resolved, &old, &successors, stage);
        }
    }
}

/// The ordinal at the end of the name of a StatefulSet's pod.
fn ordinal(pod: &ObjectName) -> u64 {
    let number = pod.name.rsplit('-').next();
    let number = number.and_then(|number| number.parse::<u32>().ok());
    number.unwrap_or(0).into()
}

/// As many pods of the new template as there are old ones, without nodes and addresses.
fn successors(resolved: &Resolved, stored: &Stored, old: &[ObjectName]) -> Vec<Pod> {
    let kind = stored.kind.spec().workload;
    let Some((kind, (mut workload, template, written))) = kind.zip(template_of(stored)) else {
        return Vec::new();
    };
    // A StatefulSet's pods are numbered: as many as the highest number needs.
    let highest = old.iter().map(ordinal).max();
    let wanted = match highest.filter(|_| stored.kind == Kind::StatefulSet) {
        Some(highest) => (highest + 1).saturating_sub(workload.spec.ordinals.start.into()),
        None => old.len() as u64,
    };
    workload.spec.replicas = Some(i32::try_from(wanted).unwrap_or(i32::MAX));
    pods_of(
        kind,
        &workload,
        &template,
        &written,
        &resolved.cluster.nodes,
    )
    .pods
}

fn recreate(resolved: &mut Resolved, old: &[ObjectName], successors: Vec<Pod>, stage: Stage) {
    match stage {
        Stage::LastServes => {}
        Stage::LastTerminates => terminate_all(resolved, old),
        Stage::Complete => {
            add_pods(resolved, successors, old);
            for pod in old {
                resolved.cluster.pods.remove(pod);
            }
        }
    }
}

fn terminate_all(resolved: &mut Resolved, pods: &[ObjectName]) {
    for name in pods {
        if let Some(pod) = resolved.cluster.pods.get_mut(name) {
            terminate(Arc::make_mut(pod));
        }
    }
}

/// Starts the new pods, at most `surge` too many, and ends the old ones, so that at most `unavailable` are missing. If the
/// new ones do not become ready, the rollout stops there.
fn beside(
    resolved: &mut Resolved,
    old: &[ObjectName],
    mut successors: Vec<Pod>,
    stage: Stage,
    (surge, unavailable): (usize, usize),
) {
    let mut names: Vec<ObjectName> = Vec::new();
    for pod in &mut successors {
        if resolved.cluster.pods.contains_key(&pod.id()) {
            rename(resolved, pod, &names);
        }
        names.push(pod.id());
    }
    let leaving = if unavailable > 0 { old } else { &[] };
    add_pods(resolved, successors, leaving);
    let is_ready = |name: &ObjectName| resolved.cluster.pod(name).is_some_and(Pod::is_ready);
    let last = if names.iter().all(is_ready) {
        let batch = if surge > 0 { surge } else { unavailable };
        let last = old.len() - batch.min(old.len());
        // Without surge the last new pods start when the last old ones end.
        if surge == 0 && stage == Stage::LastServes {
            keep_first(resolved, &names, last);
        }
        if stage == Stage::LastServes {
            return terminate_all(resolved, &old[..last]);
        }
        0
    } else {
        keep_first(resolved, &names, surge + unavailable);
        old.len() - unavailable
    };
    if stage != Stage::LastServes {
        terminate_all(resolved, &old[last..]);
    }
}

/// Takes back all new pods but the first.
fn keep_first(resolved: &mut Resolved, names: &[ObjectName], count: usize) {
    for name in names.iter().skip(count) {
        resolved.cluster.pods.remove(name);
    }
}

/// Replaces one pod after the other. The new ones get none of the names of the old ones, but for a StatefulSet's.
fn in_place(resolved: &mut Resolved, old: &[ObjectName], successors: &[Pod], stage: Stage) {
    let mut replaced: Vec<ObjectName> = Vec::new();
    for (index, name) in old.iter().enumerate() {
        let is_last = index + 1 == old.len();
        match stage {
            Stage::LastServes if is_last => {}
            Stage::LastTerminates if is_last => terminate_all(resolved, std::slice::from_ref(name)),
            Stage::LastServes | Stage::LastTerminates | Stage::Complete => {
                replaced.push(name.clone());
                if succeed(resolved, &replaced, successors) == Successor::OfSameName {
                    replaced.pop();
                }
            }
        }
    }
    for name in replaced {
        resolved.cluster.pods.remove(&name);
    }
}

/// What became of a pod that is replaced.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Successor {
    /// The new pod has its name.
    OfSameName,
    /// The new pod has another name, or there is none: the node no longer fits.
    OfOtherName,
}

/// Replaces the last of the leaving pods by the new one with its name or, of a DaemonSet, its node.
fn succeed(resolved: &mut Resolved, leaving: &[ObjectName], successors: &[Pod]) -> Successor {
    let Some(name) = leaving.last() else {
        return Successor::OfOtherName;
    };
    let node = resolved
        .cluster
        .pod(name)
        .map(|pod| pod.spec.node_name.clone());
    let is_daemon = |pod: &Pod| !pod.spec.node_name.is_empty();
    let mut of_set = successors.iter().filter(|pod| !is_daemon(pod));
    if let Some(successor) = of_set.find(|pod| pod.id() == *name) {
        add_pods(resolved, vec![successor.clone()], leaving);
        return Successor::OfSameName;
    }
    let mut daemons = successors.iter().filter(|pod| is_daemon(pod));
    let daemon = daemons.find(|pod| Some(&pod.spec.node_name) == node.as_ref());
    if let Some(mut daemon) = daemon.cloned() {
        rename(resolved, &mut daemon, &[]);
        add_pods(resolved, vec![daemon], leaving);
    }
    Successor::OfOtherName
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::events::apply;
    use crate::testing::resolved;

    /// A workload of four pods with a strategy.
    fn workload(kind: &str, spec: &str) -> Resolved {
        resolved(&format!(
            "
            apiVersion: apps/v1
            kind: {kind}
            metadata: {{name: web}}
            spec:
              {spec}
              selector: {{matchLabels: {{app: web}}}}
              template:
                metadata: {{labels: {{app: web}}}}
                spec: {{containers: [{{name: c, image: 'web:1.9'}}]}}
            "
        ))
    }

    fn after(before: &Resolved, event: &str) -> Resolved {
        apply(before, &event.parse().expect("it is an event"))
    }

    /// The numbers of pods that are there before and after, and only after; of each the terminating ones.
    fn numbers(before: &Resolved, after: &Resolved) -> [usize; 4] {
        let mut numbers = [0; 4];
        let own = after
            .cluster
            .each_pod()
            .filter(|pod| pod.metadata.namespace == "default");
        for pod in own {
            let earlier = before.cluster.pod(&pod.id());
            let is_old = earlier.is_some_and(|old| old.status.pod_ip == pod.status.pod_ip);
            let index = if is_old { 0 } else { 2 };
            numbers[index + usize::from(pod.is_terminating())] += 1;
        }
        numbers
    }

    #[test]
    fn a_deployment_starts_new_pods_beside_the_old_ones_that_terminate() {
        let before = workload("Deployment", "replicas: 4");
        for event in ["rollout restart deployment/web", "image deployment/web"] {
            let next = after(&before, event);
            assert_eq!(numbers(&before, &next), [0, 4, 4, 0], "{event}");
            let again = after(&next, event);
            assert_eq!(numbers(&next, &again), [0, 8, 4, 0], "{event} again");
        }
        let lagging = after(&before, "rollout restart deployment/web lag=2");
        assert_eq!(numbers(&before, &lagging), [0, 4, 4, 0]);
        let lag = lagging.lag.as_ref().expect("rules lag");
        let ready = lag
            .programmed
            .each_pod()
            .filter(|pod| pod.metadata.namespace == "default" && !pod.is_terminating());
        assert_eq!(ready.count(), 5, "the last old pod still serves");
    }

    #[test]
    fn a_strategy_or_a_pause_decides_who_is_replaced() {
        let recreate = workload("Deployment", "strategy: {type: Recreate}");
        let next = after(&recreate, "rollout restart deployment/web");
        assert_eq!(numbers(&recreate, &next), [0, 0, 1, 0]);
        let lagging = after(&recreate, "rollout restart deployment/web lag=1");
        assert_eq!(numbers(&recreate, &lagging), [0, 1, 0, 0]);
        let paused = workload("Deployment", "paused: true");
        let next = after(&paused, "image deployment/web c=web:2");
        assert_eq!(numbers(&paused, &next), [1, 0, 0, 0]);
        let on_delete = workload("StatefulSet", "updateStrategy: {type: OnDelete}");
        let next = after(&on_delete, "image statefulset/web c=web:2");
        assert_eq!(numbers(&on_delete, &next), [1, 0, 0, 0]);
        let same = workload("Deployment", "replicas: 1");
        let next = after(&same, "image deployment/web c=web:1.9");
        assert_eq!(next, same, "the same image is no change");
    }

    #[test]
    fn pods_that_do_not_become_ready_stop_the_rollout() {
        let before = workload("Deployment", "replicas: 4");
        let mut cordoned = before.clone();
        for node in ["node-1", "node-2", "node-3"] {
            cordoned = after(&cordoned, &format!("cordon {node}"));
        }
        let next = after(&cordoned, "rollout restart deployment/web");
        assert_eq!(
            numbers(&before, &next),
            [3, 1, 2, 0],
            "25% too many, 25% missing"
        );
        let back = after(&next, "uncordon node-1");
        let new = back
            .cluster
            .each_pod()
            .filter(|pod| before.cluster.pod(&pod.id()).is_none());
        assert!(new.into_iter().all(|pod| pod.spec.node_name == "node-1"));
    }

    #[test]
    fn a_stateful_set_replaces_pods_from_the_highest_ordinal_to_its_partition() {
        let before = workload("StatefulSet", "replicas: 3");
        let next = after(&before, "rollout restart statefulset/web");
        assert_eq!(numbers(&before, &next), [0, 0, 3, 0]);
        let lagging = after(&before, "rollout restart statefulset/web lag=1");
        assert_eq!(numbers(&before, &lagging), [0, 1, 2, 0]);
        let last = lagging.cluster.pod(&ObjectName::new("default", "web-0"));
        assert!(last.expect("it is there").is_terminating());
        let spec = "replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}";
        let spec = spec.replace(", update", "\n              update");
        let before = workload("StatefulSet", &spec);
        let next = after(&before, "rollout restart statefulset/web");
        assert_eq!(numbers(&before, &next), [2, 0, 1, 0]);
    }

    #[test]
    fn a_daemon_set_replaces_its_pods_node_by_node_or_beside_each_other() {
        let before = workload("DaemonSet", "minReadySeconds: 0");
        let next = after(&before, "rollout restart daemonset/web");
        assert_eq!(numbers(&before, &next), [0, 0, 3, 0]);
        let names = |resolved: &Resolved| sort::set(resolved.cluster.pods.keys().cloned());
        let common: Vec<_> = names(&before)
            .intersection(&names(&next))
            .cloned()
            .collect();
        assert!(
            common.iter().all(|name| name.namespace != "default"),
            "{common:?}"
        );
        let surge = "updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}";
        let before = workload("DaemonSet", surge);
        let next = after(&before, "rollout restart daemonset/web");
        assert_eq!(numbers(&before, &next), [0, 3, 3, 0]);
    }
}
