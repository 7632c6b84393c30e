//! Pods out of the templates of workloads, with the names and labels that the real controllers give them.
//!
//! Deployments make a ReplicaSet named by a hash of the template, and that makes pods with drawn endings; StatefulSets
//! number their pods and give each its host name; DaemonSets make one for each node that takes it; CronJobs make a Job.
//! What a server draws by chance is drawn here from the owner's name, so that the same text gives the same pods
//! (kubernetes `pkg/controller/{deployment,replicaset,statefulset,daemon,job,cronjob}`).

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::scheduler::fits_daemon;
use crate::engine::cluster::generate_name::{generated_name, template_hash};
use crate::engine::cluster::object::{Node, OwnerReference, Pod, Workload};

/// How many pods of one workload are modelled.
pub const MAX_PODS: usize = 200;

/// The minute, counted from 1970, that a CronJob's run is named by: there is no clock here, so it is always the same
/// (the first of January 2026).
const CRON_MINUTE: u64 = 29_453_760;

/// What kind of workload it is.
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

/// The pods of a workload.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Made {
    /// The pods, not placed yet (those of a DaemonSet name their node).
    pub pods: Vec<Pod>,
    /// How many were asked for; more than there are when that is more than is modelled.
    pub asked: u64,
}

/// Makes a workload's pods. `template` is its pod template, `written` the template's text that its hash is made of.
pub fn pods_of(
    kind: WorkloadKind,
    workload: &Workload,
    template: &Pod,
    written: &str,
    nodes: &BTreeMap<SmolStr, Node>,
) -> Made {
    let name = workload.metadata.name.as_str();
    let hash = SmolStr::from(template_hash(written));
    let replicas = count(workload.spec.replicas);
    let revision = (
        "controller-revision-hash",
        SmolStr::from(format!("{name}-{hash}")),
    );
    match kind {
        WorkloadKind::Deployment => {
            let set = format!("{name}-{hash}");
            let labels = [("pod-template-hash", hash)];
            numbered(
                template,
                &owner(workload, "apps/v1", "ReplicaSet", &set),
                replicas,
                &labels,
            )
        }
        WorkloadKind::ReplicaSet => numbered(
            template,
            &owner(workload, "apps/v1", "ReplicaSet", name),
            replicas,
            &[],
        ),
        WorkloadKind::ReplicationController => numbered(
            template,
            &owner(workload, "v1", "ReplicationController", name),
            replicas,
            &[],
        ),
        WorkloadKind::StatefulSet => {
            let owner = owner(workload, "apps/v1", "StatefulSet", name);
            stateful(template, &owner, workload, replicas, &revision)
        }
        WorkloadKind::DaemonSet => {
            let owner = owner(workload, "apps/v1", "DaemonSet", name);
            let labels = [
                ("controller-revision-hash", hash),
                ("pod-template-generation", "1".into()),
            ];
            daemon(template, &owner, nodes, &labels)
        }
        WorkloadKind::Job => job(
            template,
            &owner(workload, "batch/v1", "Job", name),
            workload,
        ),
        WorkloadKind::CronJob => {
            let run = format!("{name}-{CRON_MINUTE}");
            job(
                template,
                &owner(workload, "batch/v1", "Job", &run),
                workload,
            )
        }
    }
}

/// Who makes the pods: its reference, and its namespace.
struct Owner {
    namespace: SmolStr,
    reference: OwnerReference,
}

fn owner(workload: &Workload, api_version: &str, kind: &str, name: &str) -> Owner {
    let (api_version, kind, name) = (api_version.to_owned(), kind.to_owned(), name.to_owned());
    let reference = OwnerReference {
        api_version: api_version.into(),
        kind: kind.into(),
        name: name.into(),
        controller: true,
    };
    Owner {
        namespace: workload.metadata.namespace.clone(),
        reference,
    }
}

/// How many pods a number means: one where none is written.
fn count(number: Option<i32>) -> u64 {
    u64::try_from(number.unwrap_or(1)).unwrap_or_default()
}

/// A template's pod but for its name, with what all of its owner's pods have.
fn pod(template: &Pod, owner: &Owner, labels: &[(&str, SmolStr)]) -> Pod {
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

fn named(alike: &Pod, name: String) -> Pod {
    let mut pod = alike.clone();
    pod.metadata.name = name.into();
    pod
}

/// Pods with drawn endings.
fn numbered(template: &Pod, owner: &Owner, asked: u64, labels: &[(&str, SmolStr)]) -> Made {
    let alike = pod(template, owner, labels);
    let names = drawn_names(owner).take(shown(asked));
    Made {
        pods: names.map(|name| named(&alike, name)).collect(),
        asked,
    }
}

/// `owner-` and a drawn ending, never the same twice.
fn drawn_names(owner: &Owner) -> impl Iterator<Item = String> + use<> {
    let (namespace, name) = (owner.namespace.clone(), owner.reference.name.clone());
    let base = format!("{name}-");
    let mut given = BTreeSet::new();
    (0_u64..)
        .map(move |number| generated_name(&base, &format!("{namespace}/{name} {number}")))
        .filter(move |drawn| given.insert(drawn.clone()))
}

fn shown(asked: u64) -> usize {
    usize::try_from(asked).unwrap_or(MAX_PODS).min(MAX_PODS)
}

/// Numbered pods, each with its name as host name under the set's Service.
fn stateful(
    template: &Pod,
    owner: &Owner,
    set: &Workload,
    asked: u64,
    revision: &(&str, SmolStr),
) -> Made {
    let one = |number: u64| {
        let ordinal = u64::from(set.spec.ordinals.start) + number;
        let name = format!("{}-{ordinal}", owner.reference.name);
        let labels = [
            revision.clone(),
            ("statefulset.kubernetes.io/pod-name", SmolStr::from(&name)),
            ("apps.kubernetes.io/pod-index", ordinal.to_string().into()),
        ];
        let mut pod = named(&pod(template, owner, &labels), name.clone());
        pod.spec.hostname = name.into();
        pod.spec.subdomain.clone_from(&set.spec.service_name);
        pod
    };
    Made {
        pods: (0..asked.min(MAX_PODS as u64)).map(one).collect(),
        asked,
    }
}

/// One pod for each node that takes it.
fn daemon(
    template: &Pod,
    owner: &Owner,
    nodes: &BTreeMap<SmolStr, Node>,
    labels: &[(&str, SmolStr)],
) -> Made {
    let alike = pod(template, owner, labels);
    let taken = nodes.values().filter(|node| fits_daemon(node, template));
    let one = |(node, name): (&Node, String)| {
        let mut pod = named(&alike, name);
        pod.spec.node_name = node.name().into();
        pod
    };
    let pods: Vec<Pod> = taken.zip(drawn_names(owner)).map(one).collect();
    Made {
        asked: u64::try_from(pods.len()).unwrap_or_default(),
        pods,
    }
}

/// The pods of a Job that run at once; none while it is suspended.
fn job(template: &Pod, owner: &Owner, job: &Workload) -> Made {
    if job.spec.suspend == Some(true) {
        return Made::default();
    }
    let at_once = count(job.spec.parallelism);
    let asked = job
        .spec
        .completions
        .map_or(at_once, |completions| at_once.min(count(Some(completions))));
    let name = &owner.reference.name;
    let mut made = numbered(
        template,
        owner,
        asked,
        &[
            ("batch.kubernetes.io/job-name", name.clone()),
            ("job-name", name.clone()),
        ],
    );
    if job.spec.completion_mode == "Indexed" {
        for (index, pod) in made.pods.iter_mut().enumerate() {
            let base = format!("{name}-{index}");
            pod.metadata.name = generated_name(&format!("{base}-"), &pod.metadata.name).into();
            let label = "batch.kubernetes.io/job-completion-index".to_owned();
            pod.metadata
                .labels_mut()
                .insert(label.into(), index.to_string().into());
            pod.spec.hostname = base.into();
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(kind: WorkloadKind, edit: impl FnOnce(&mut Workload)) -> Made {
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
    fn a_deployments_pods_are_named_by_the_templates_hash_and_an_ending() {
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
    fn a_milliard_replicas_are_capped() {
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
