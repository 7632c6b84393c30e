//! The workload controllers: create pods from templates, with the names and labels of the real controllers.
//!
//! A Deployment creates a ReplicaSet named by a hash of the template, which creates pods with random suffixes;
//! a StatefulSet numbers its pods and sets their host names; a DaemonSet creates one pod per node it fits on; a CronJob
//! creates a Job. Random suffixes are derived from the owner's name, so that equal manifests give equal pods
//! (kubernetes `pkg/controller/{deployment,replicaset,statefulset,daemon,job,cronjob}`).

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::scheduler::fits_daemon;
use crate::apiserver::job_selector::generated_labels;
use crate::cluster::generate_name::{generated_name, generated_uid, template_hash};
use crate::cluster::object::{Node, OwnerReference, Pod, Workload};

/// The maximum number of pods that are simulated per workload.
pub const MAX_PODS: usize = 200;

/// The scheduled time in a CronJob's Job name, in minutes since 1970: always 2026-01-01, because the engine has no clock.
const CRON_MINUTE: u64 = 29_453_760;

/// The label and annotation that number the pods of an Indexed Job.
pub(crate) const COMPLETION_INDEX: &str = "batch.kubernetes.io/job-completion-index";

/// The kinds that create pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkloadKind {
    /// `apps/v1`.
    Deployment,
    /// `apps/v1`.
    ReplicaSet,
    /// `v1`.
    ReplicationController,
    /// `apps/v1`.
    StatefulSet,
    /// `apps/v1`.
    DaemonSet,
    /// `batch/v1`.
    Job,
    /// `batch/v1`.
    CronJob,
}

impl WorkloadKind {
    /// Whether it has a pod on every node, so that its number of pods depends on the nodes.
    pub fn is_on_every_node(self) -> bool {
        self == WorkloadKind::DaemonSet
    }
}

/// The pods of a workload.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct WorkloadPods {
    /// The pods, at most [`MAX_PODS`], without addresses. Only a DaemonSet's pods name their node.
    pub pods: Vec<Pod>,
    /// The number that the manifest asks for.
    pub asked: u64,
}

/// Creates a workload's pods. `template` is the pod template, `written` its text, which is hashed.
pub fn pods_of(
    kind: WorkloadKind,
    workload: &Workload,
    template: &Pod,
    written: &str,
    nodes: &BTreeMap<SmolStr, Node>,
) -> WorkloadPods {
    let hash = SmolStr::from(template_hash(written));
    let owner = owner_of_pods(kind, workload, &hash);
    let replicas = count(workload.spec.replicas);
    match kind {
        WorkloadKind::Deployment => {
            let labels = [("pod-template-hash", hash)];
            with_suffixes(template, &owner, replicas, &labels)
        }
        WorkloadKind::ReplicaSet | WorkloadKind::ReplicationController => {
            with_suffixes(template, &owner, replicas, &[])
        }
        WorkloadKind::StatefulSet => {
            let revision = format!("{}-{hash}", workload.metadata.name);
            let revision = ("controller-revision-hash", SmolStr::from(revision));
            stateful(template, &owner, workload, replicas, &revision)
        }
        WorkloadKind::DaemonSet => {
            let labels = [
                ("controller-revision-hash", hash),
                ("pod-template-generation", "1".into()),
            ];
            daemon(template, &owner, nodes, &labels)
        }
        WorkloadKind::Job => job(template, &owner, workload, &[]),
        WorkloadKind::CronJob => {
            // The server adds them to the template of a Job, which is not stored here.
            let labels = generated_labels(&owner.reference.name, &owner.reference.uid)
                .map(|(key, value)| (key, SmolStr::from(value)));
            job(template, &owner, workload, &labels)
        }
    }
}

/// The direct owner of a workload's pods, which for Deployments and CronJobs is a generated object.
fn owner_of_pods(kind: WorkloadKind, workload: &Workload, hash: &str) -> PodOwner {
    let name = workload.metadata.name.as_str();
    match kind {
        WorkloadKind::Deployment => {
            owner(workload, "apps/v1", "ReplicaSet", &format!("{name}-{hash}"))
        }
        WorkloadKind::ReplicaSet => owner(workload, "apps/v1", "ReplicaSet", name),
        WorkloadKind::ReplicationController => owner(workload, "v1", "ReplicationController", name),
        WorkloadKind::StatefulSet => owner(workload, "apps/v1", "StatefulSet", name),
        WorkloadKind::DaemonSet => owner(workload, "apps/v1", "DaemonSet", name),
        WorkloadKind::Job => owner(workload, "batch/v1", "Job", name),
        WorkloadKind::CronJob => owner(
            workload,
            "batch/v1",
            "Job",
            &format!("{name}-{CRON_MINUTE}"),
        ),
    }
}

/// The owner of pods: its reference and namespace.
struct PodOwner {
    namespace: SmolStr,
    reference: OwnerReference,
}

fn owner(workload: &Workload, api_version: &str, kind: &str, name: &str) -> PodOwner {
    let namespace = workload.metadata.namespace.clone();
    let reference = OwnerReference {
        api_version: api_version.into(),
        kind: kind.into(),
        name: name.into(),
        uid: generated_uid(kind, &namespace, name).into(),
        controller: true,
        block_owner_deletion: Some(true),
    };
    PodOwner {
        namespace,
        reference,
    }
}

/// A number of pods, 1 by default.
fn count(number: Option<i32>) -> u64 {
    u64::try_from(number.unwrap_or(1)).unwrap_or_default()
}

/// A pod without a name: the template with namespace, owner and labels.
fn unnamed_pod(template: &Pod, owner: &PodOwner, labels: &[(&str, SmolStr)]) -> Pod {
    let mut pod = template.clone();
    pod.metadata.namespace.clone_from(&owner.namespace);
    pod.metadata.owner_references = vec![owner.reference.clone()].into();
    pod.metadata.labels_mut().extend(
        labels
            .iter()
            .map(|(key, value)| ((*key).into(), value.clone())),
    );
    pod
}

fn with_name(pod: &Pod, name: String) -> Pod {
    let mut pod = pod.clone();
    pod.metadata.name = name.into();
    pod
}

/// Pods with random suffixes.
fn with_suffixes(
    template: &Pod,
    owner: &PodOwner,
    asked: u64,
    labels: &[(&str, SmolStr)],
) -> WorkloadPods {
    let base = unnamed_pod(template, owner, labels);
    let names = random_names(owner).take(capped(asked));
    WorkloadPods {
        pods: names.map(|name| with_name(&base, name)).collect(),
        asked,
    }
}

/// `owner-` and a random suffix, each different.
fn random_names(owner: &PodOwner) -> impl Iterator<Item = String> + use<> {
    let (namespace, name) = (owner.namespace.clone(), owner.reference.name.clone());
    let base = format!("{name}-");
    let mut given = BTreeSet::new();
    (0_u64..)
        .map(move |number| generated_name(&base, &format!("{namespace}/{name} {number}")))
        .filter(move |name| given.insert(name.clone()))
}

fn capped(asked: u64) -> usize {
    usize::try_from(asked).unwrap_or(MAX_PODS).min(MAX_PODS)
}

/// Pods with ordinals, whose host names are published under the StatefulSet's Service.
fn stateful(
    template: &Pod,
    owner: &PodOwner,
    set: &Workload,
    asked: u64,
    revision: &(&str, SmolStr),
) -> WorkloadPods {
    let one = |number: u64| {
        let ordinal = u64::from(set.spec.ordinals.start) + number;
        let name = format!("{}-{ordinal}", owner.reference.name);
        let labels = [
            revision.clone(),
            ("statefulset.kubernetes.io/pod-name", SmolStr::from(&name)),
            ("apps.kubernetes.io/pod-index", ordinal.to_string().into()),
        ];
        let mut pod = with_name(&unnamed_pod(template, owner, &labels), name.clone());
        pod.spec.hostname = name.into();
        pod.spec.subdomain.clone_from(&set.spec.service_name);
        pod
    };
    WorkloadPods {
        pods: (0..asked.min(MAX_PODS as u64)).map(one).collect(),
        asked,
    }
}

/// One pod for each node that it fits on.
fn daemon(
    template: &Pod,
    owner: &PodOwner,
    nodes: &BTreeMap<SmolStr, Node>,
    labels: &[(&str, SmolStr)],
) -> WorkloadPods {
    let base = unnamed_pod(template, owner, labels);
    let fitting = nodes.values().filter(|node| fits_daemon(node, template));
    let one = |(node, name): (&Node, String)| {
        let mut pod = with_name(&base, name);
        pod.spec.node_name = node.name().into();
        pod
    };
    let pods: Vec<Pod> = fitting.zip(random_names(owner)).map(one).collect();
    WorkloadPods {
        asked: u64::try_from(pods.len()).unwrap_or_default(),
        pods,
    }
}

/// The pods of a Job that run at the same time; none while the Job is suspended.
fn job(
    template: &Pod,
    owner: &PodOwner,
    job: &Workload,
    labels: &[(&str, SmolStr)],
) -> WorkloadPods {
    if job.spec.suspend == Some(true) {
        return WorkloadPods::default();
    }
    let at_once = count(job.spec.parallelism);
    let asked = job
        .spec
        .completions
        .map_or(at_once, |completions| at_once.min(count(Some(completions))));
    let name = &owner.reference.name;
    let mut made = with_suffixes(template, owner, asked, labels);
    if job.spec.completion_mode == "Indexed" {
        for (index, pod) in made.pods.iter_mut().enumerate() {
            let base = format!("{name}-{index}");
            pod.metadata.name = generated_name(&format!("{base}-"), &pod.metadata.name).into();
            pod.metadata
                .labels_mut()
                .insert(COMPLETION_INDEX.into(), index.to_string().into());
            pod.spec.hostname = base.into();
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(kind: WorkloadKind, edit: impl FnOnce(&mut Workload)) -> WorkloadPods {
        let mut workload = Workload::default();
        (workload.metadata.namespace, workload.metadata.name) = ("default".into(), "web".into());
        edit(&mut workload);
        let nodes = ["node-1", "node-2"].map(|name| {
            let mut node = Node::default();
            node.metadata.name = name.into();
            (name.into(), node)
        });
        pods_of(
            kind,
            &workload,
            &Pod::default(),
            "template",
            &BTreeMap::from(nodes),
        )
    }

    #[test]
    fn a_deployments_pods_are_named_by_the_templates_hash_and_a_suffix() {
        let made = made(WorkloadKind::Deployment, |workload| {
            workload.spec.replicas = Some(2);
        });
        let hash = &made.pods[0].metadata.labels["pod-template-hash"];
        assert_eq!(
            made.pods[0].metadata.owner_references[0].name,
            format!("web-{hash}")
        );
        assert!(
            made.pods
                .iter()
                .all(|pod| pod.metadata.name.starts_with(&format!("web-{hash}-")))
        );
        assert_ne!(made.pods[0].metadata.name, made.pods[1].metadata.name);
    }

    #[test]
    fn a_stateful_sets_pods_have_numbers_and_host_names() {
        let made = made(WorkloadKind::StatefulSet, |workload| {
            workload.spec.replicas = Some(2);
            workload.spec.service_name = "db".into();
        });
        let last = &made.pods[1];
        assert_eq!(
            (last.spec.hostname.as_str(), last.spec.subdomain.as_str()),
            ("web-1", "db")
        );
        assert_eq!(last.metadata.labels["apps.kubernetes.io/pod-index"], "1");
    }

    #[test]
    fn a_daemon_set_makes_one_pod_for_each_node() {
        let made = made(WorkloadKind::DaemonSet, |_| ());
        let nodes: Vec<&str> = made
            .pods
            .iter()
            .map(|pod| pod.spec.node_name.as_str())
            .collect();
        assert_eq!(nodes, ["node-1", "node-2"]);
    }

    #[test]
    fn a_billion_replicas_are_capped() {
        let made = made(WorkloadKind::ReplicaSet, |workload| {
            workload.spec.replicas = Some(1_000_000_000);
        });
        assert_eq!((made.pods.len(), made.asked), (200, 1_000_000_000));
    }

    #[test]
    fn a_job_runs_no_more_pods_than_it_needs_and_none_while_suspended() {
        let pods = |parallelism, completions, suspend| {
            made(WorkloadKind::Job, |job| {
                (job.spec.parallelism, job.spec.completions) = (Some(parallelism), completions);
                job.spec.suspend = Some(suspend);
            })
        };
        assert_eq!(pods(5, Some(2), false).pods.len(), 2);
        assert_eq!(pods(5, None, false).pods.len(), 5);
        assert!(pods(5, None, true).pods.is_empty());
    }
}
