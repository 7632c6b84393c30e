//! What the controllers of workloads report: how many pods there are and how many are ready.
//!
//! A Deployment makes its pods through a ReplicaSet and a CronJob through a Job; those are objects of their own for
//! kubectl, named by the pods' owner references.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use smol_str::SmolStr;

use super::object_store::{Clock, place, set_if_absent};
use crate::admission::as_created;
use crate::cluster::generate_name::generated_uid;
use crate::cluster::object::Pod;
use crate::controllers::workloads::WorkloadKind;
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::resolve::events::RESTARTED_AT;
use crate::resolve::{Resolved, Stored};

/// How many pods an owner has.
#[derive(Clone, Copy, Default)]
struct Pods {
    total: usize,
    ready: usize,
}

/// An owner of pods: its kind and name.
type Owner = (SmolStr, ObjectName);

/// Who made which pods.
pub(super) struct Made<'a> {
    pods: BTreeMap<Owner, Pods>,
    /// Owners that are no objects of their own.
    between: BTreeMap<Owner, Between<'a>>,
}

/// A ReplicaSet or Job that is no object of its own.
struct Between<'a> {
    /// The workload that made it.
    maker: &'a Stored,
    /// One of its pods, which has the template that it had.
    pod: &'a Pod,
}

impl<'a> Made<'a> {
    /// Counts the pods of every owner, and of what made the owner.
    pub(super) fn of(resolved: &'a Resolved) -> Made<'a> {
        let mut made = Made {
            pods: BTreeMap::new(),
            between: BTreeMap::new(),
        };
        for (name, pod) in &resolved.cluster.pods {
            let Some(reference) = pod
                .metadata
                .owner_references
                .iter()
                .find(|owner| owner.controller)
            else {
                continue;
            };
            let owner = (
                reference.kind.clone(),
                ObjectName::new(name.namespace.as_str(), reference.name.as_str()),
            );
            if let Some(maker) = resolved.workload_of(name) {
                let above = (maker.kind.name().into(), maker.name.clone());
                if above != owner {
                    made.between.insert(owner.clone(), Between { maker, pod });
                    made.count(above, pod);
                }
            }
            made.count(owner, pod);
        }
        made
    }

    fn count(&mut self, owner: Owner, pod: &Pod) {
        // A ReplicaSet counts active pods only (`FilterActivePods` of `pkg/controller`).
        let is_of_set = matches!(
            owner.0.as_str(),
            "Deployment" | "ReplicaSet" | "ReplicationController"
        );
        let pods = self.pods.entry(owner).or_default();
        if !(is_of_set && pod.is_terminating()) {
            pods.total += 1;
            pods.ready += usize::from(pod.is_ready());
        }
    }

    /// How many pods a ReplicaSet of a Deployment is to have: all of them, unless another one has some, too.
    fn wanted_of(&self, name: &ObjectName, deployment: &Stored) -> Option<usize> {
        let prefix = format!("{}-", deployment.name.name);
        let first = ObjectName::new(name.namespace.as_str(), prefix.as_str());
        let from_first = self
            .between
            .range((SmolStr::from(Kind::ReplicaSet.name()), first)..);
        let named_alike = from_first.take_while(|((_, own), _)| own.name.starts_with(&prefix));
        let mut siblings = named_alike
            .filter(|((_, own), between)| own != name && between.maker.name == deployment.name)
            .map(|((kind, own), _)| self.pods_of(kind, own));
        let is_only = siblings.all(|sibling| sibling.total == 0);
        let own = self.pods_of(Kind::ReplicaSet.name(), name);
        let is_empty_beside =
            own.total == 0 && self.pods_of("Deployment", &deployment.name).total > 0;
        (!is_only || is_empty_beside).then_some(own.total)
    }

    fn pods_of(&self, kind: &str, name: &ObjectName) -> Pods {
        self.pods
            .get(&(kind.into(), name.clone()))
            .copied()
            .unwrap_or_default()
    }

    /// The ReplicaSets and Jobs between a workload and its pods.
    pub(super) fn objects(
        &self,
        clock: Clock,
    ) -> impl Iterator<Item = (&'static str, ObjectName, Value)> {
        self.between
            .iter()
            .filter_map(move |((kind, name), between)| {
                let Between { maker, pod } = *between;
                let (kind, mut tree) = match (kind.as_str(), maker.kind) {
                    ("ReplicaSet", Kind::Deployment) => {
                        let mut tree = replica_set(name, maker, pod);
                        if let Some(wanted) = self.wanted_of(name, maker) {
                            tree["spec"]["replicas"] = wanted.into();
                        }
                        (Kind::ReplicaSet, tree)
                    }
                    ("Job", Kind::CronJob) => (Kind::Job, job(name, maker)),
                    _ => return None,
                };
                *place(&mut tree, &["status"]) =
                    status(kind, self.pods_of(kind.name(), name), &tree, clock);
                Some((kind.name(), name.clone(), tree))
            })
    }
}

/// Puts the status of a workload into its tree, unless one was written.
pub(super) fn report(tree: &mut Value, stored: &Stored, made: &Made, clock: Clock) {
    let is_written =
        |status: &serde_json::Map<String, Value>| status.values().any(|value| *value != 0);
    if tree["status"].as_object().is_some_and(is_written) {
        return;
    }
    let pods = made.pods_of(stored.kind.name(), &stored.name);
    let mut status = status(stored.kind, pods, tree, clock);
    if stored.kind == Kind::CronJob {
        let jobs = made.between.iter().filter(|(_, Between { maker, .. })| {
            maker.kind == Kind::CronJob && maker.name == stored.name
        });
        let job = |((_, name), _): (&Owner, _)| json!({"apiVersion": "batch/v1", "kind": "Job", "name": name.name, "namespace": name.namespace});
        status = json!({"active": jobs.map(job).collect::<Vec<_>>(), "lastScheduleTime": clock.made.written()});
    }
    *place(tree, &["status"]) = status;
    if stored.kind == Kind::Deployment {
        set_if_absent(
            tree,
            &[
                "metadata",
                "annotations",
                "deployment.kubernetes.io/revision",
            ],
            "1".into(),
        );
    }
}

/// The status that goes with so many pods; what is 0 is left out, as Go leaves it out.
fn status(kind: Kind, pods: Pods, tree: &Value, clock: Clock) -> Value {
    let Pods { total, ready } = pods;
    let mut status = match kind.spec().workload {
        Some(WorkloadKind::Deployment) => json!({
            "replicas": total, "updatedReplicas": total, "readyReplicas": ready, "availableReplicas": ready,
            "unavailableReplicas": total - ready, "conditions": conditions(pods, tree),
        }),
        Some(WorkloadKind::ReplicaSet | WorkloadKind::ReplicationController) => json!({
            "replicas": total, "fullyLabeledReplicas": total, "readyReplicas": ready, "availableReplicas": ready,
        }),
        Some(WorkloadKind::StatefulSet) => json!({
            "replicas": total, "currentReplicas": total, "updatedReplicas": total, "readyReplicas": ready,
            "availableReplicas": ready,
        }),
        Some(WorkloadKind::DaemonSet) => json!({
            "desiredNumberScheduled": total, "currentNumberScheduled": total, "updatedNumberScheduled": total,
            "numberReady": ready, "numberAvailable": ready, "numberUnavailable": total - ready,
        }),
        Some(WorkloadKind::Job) => {
            json!({"active": total, "ready": ready, "startTime": clock.made.written()})
        }
        Some(WorkloadKind::CronJob) | None => json!({}),
    };
    if let Some(fields) = status.as_object_mut() {
        fields.retain(|_, value| *value != 0);
    }
    status
}

/// A Deployment is available when no more pods are missing than may be at once.
fn conditions(pods: Pods, deployment: &Value) -> Value {
    let wanted = deployment["spec"]["replicas"]
        .as_u64()
        .and_then(|count| usize::try_from(count).ok())
        .unwrap_or(1);
    let may_miss = match &deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] {
        Value::String(share) => share
            .trim_end_matches('%')
            .parse::<usize>()
            .map_or(0, |percent| wanted.saturating_mul(percent) / 100),
        number => number
            .as_u64()
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(0),
    };
    let (available, why) = if pods.ready + may_miss >= wanted {
        ("True", "MinimumReplicasAvailable")
    } else {
        ("False", "MinimumReplicasUnavailable")
    };
    let progress = if pods.ready >= wanted {
        "NewReplicaSetAvailable"
    } else {
        "ReplicaSetUpdated"
    };
    json!([
        {"type": "Available", "status": available, "reason": why},
        {"type": "Progressing", "status": "True", "reason": progress},
    ])
}

/// The ReplicaSet of a Deployment, its name ending in the hash of the template.
fn replica_set(name: &ObjectName, deployment: &Stored, pod: &Pod) -> Value {
    let spec = &Value::from(&*deployment.tree)["spec"];
    let hash = name.name.rsplit('-').next().unwrap_or_default();
    let (mut selector, mut template) = (spec["selector"].clone(), spec["template"].clone());
    *place(&mut selector, &["matchLabels", HASH]) = hash.into();
    *place(&mut template, &["metadata", "labels", HASH]) = hash.into();
    write_restart(&mut template["metadata"], pod);
    for (index, container) in pod.spec.containers.iter().enumerate() {
        if let Some(written) = template["spec"]["containers"].get_mut(index) {
            written["image"] = container.image.as_str().into();
        }
    }
    json!({
        "apiVersion": "apps/v1", "kind": "ReplicaSet",
        "metadata": metadata(name, &template["metadata"]["labels"], deployment),
        "spec": {"replicas": spec["replicas"], "selector": selector, "template": template},
    })
}

/// Writes into the metadata of a template when it was restarted: as the pod that was made of it says.
fn write_restart(metadata: &mut Value, pod: &Pod) {
    let annotations = metadata
        .get_mut("annotations")
        .and_then(Value::as_object_mut);
    let Some(annotations) = annotations else {
        return;
    };
    match pod.metadata.annotations.get(RESTARTED_AT) {
        Some(time) => drop(annotations.insert(RESTARTED_AT.to_owned(), time.as_str().into())),
        None => drop(annotations.remove(RESTARTED_AT)),
    }
    if annotations.is_empty()
        && let Some(metadata) = metadata.as_object_mut()
    {
        metadata.remove("annotations");
    }
}

/// The label by which the pods of one template differ from those of another.
const HASH: &str = "pod-template-hash";

/// The Job of a CronJob. The API server fills a Job in when it is made, not while it is a template.
fn job(name: &ObjectName, cron_job: &Stored) -> Value {
    let template = &Value::from(&*cron_job.tree)["spec"]["jobTemplate"];
    let job = json!({
        "apiVersion": "batch/v1", "kind": "Job",
        "metadata": metadata(name, &template["metadata"]["labels"], cron_job),
        "spec": template["spec"],
    });
    Value::from(&as_created(Kind::Job, Yaml::from(job)))
}

fn metadata(name: &ObjectName, labels: &Value, owner: &Stored) -> Value {
    let (api_version, kind) = (owner.kind.api_version(), owner.kind.name());
    let uid = generated_uid(kind, &owner.name.namespace, &owner.name.name);
    let owner = json!({
        "apiVersion": api_version, "kind": kind, "name": owner.name.name, "uid": uid, "controller": true,
        "blockOwnerDeletion": true,
    });
    let mut metadata =
        json!({"name": name.name, "namespace": name.namespace, "ownerReferences": [owner]});
    if labels.is_object() {
        metadata["labels"] = labels.clone();
    }
    metadata
}

#[cfg(test)]
mod tests {
    use super::super::{run_over, store_of};
    use super::*;
    use crate::cluster::Config;
    use crate::manifest::Source;
    use crate::resolve::resolve;

    fn printed(text: &str, line: &str) -> String {
        let resolved = resolve(&Source::read(text), &Config::default());
        let clock = Clock::default();
        run_over(&store_of(&resolved, clock), line, clock.now).stdout
    }

    #[test]
    fn the_status_of_a_dump_is_left_as_it_was() {
        let text = "
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec: {replicas: 3, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x}]}}}
status: {replicas: 3, readyReplicas: 1}
";
        let cells: Vec<String> = printed(text, "get rs --no-headers")
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        assert_eq!(cells, ["web", "3", "3", "1", "60s"]);
    }

    #[test]
    fn a_cron_jobs_run_is_filled_in_as_the_api_server_does() {
        let text = "
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec: {schedule: '* * * * *', jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: x}]}}}}}
";
        let table = printed(text, "get job --no-headers");
        assert!(
            table.starts_with("tick-") && table.contains("0/1"),
            "{table}"
        );
        let selector = printed(text, "get job -o jsonpath={.items[0].spec.selector}");
        assert!(
            selector.contains("batch.kubernetes.io/controller-uid"),
            "{selector}"
        );
    }

    #[test]
    fn a_job_selects_its_pods_by_its_uid() {
        let text = "
apiVersion: batch/v1
kind: Job
metadata: {name: pi}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: x}]}}}
";
        let uid = generated_uid("Job", "default", "pi");
        let selector = format!("batch.kubernetes.io/controller-uid={uid}");
        let wide = printed(text, "get job -o wide --no-headers");
        assert!(wide.contains(&selector), "{wide}");
        let page = printed(text, "describe job pi");
        let line = page.lines().find(|line| line.starts_with("Selector:"));
        assert!(line.is_some_and(|line| line.ends_with(&selector)), "{page}");
    }
}
