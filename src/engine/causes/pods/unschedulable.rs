//! Pods that no node takes: its ports or its room are taken, or it is not right for them.

use std::collections::BTreeMap;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::selection::no_endpoint::unschedulable;
use crate::causes::survey::Survey;
use crate::cluster::object::{Pod, PodPhase};
use crate::controllers::scheduler::{NODE_PORTS, Shortage};
use crate::diagnostic::{Fault, PodFault};
use crate::names::ObjectName;
use crate::resolve::Resolved;

/// The pods that no node takes, once for each workload.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut by_owner: BTreeMap<(String, ObjectName), Vec<&Pod>> = BTreeMap::new();
    for pod in cluster.each_pod() {
        let is_pending = pod.status.phase == PodPhase::Pending && pod.spec.node_name.is_empty();
        if is_rejected(pod) || is_pending {
            let owner = owner(survey.resolved, pod);
            by_owner.entry(owner).or_default().push(pod);
        }
    }
    let causes = by_owner.into_iter();
    causes
        .filter_map(|((kind, name), pods)| of_owner(survey, &kind, &name, &pods))
        .collect()
}

/// Kind and name of the workload that made a pod, or of the pod.
fn owner(resolved: &Resolved, pod: &Pod) -> (String, ObjectName) {
    match resolved.workload_of(&pod.id()) {
        Some(maker) => (maker.kind.name().to_owned(), maker.name.clone()),
        None => ("Pod".to_owned(), pod.id()),
    }
}

/// Whether the kubelet of the node that a pod names does not run it.
fn is_rejected(pod: &Pod) -> bool {
    pod.status.phase == PodPhase::Failed && pod.status.message.starts_with("Pod was rejected")
}

/// A pod whose scheduler is not there.
pub(in crate::causes) fn of_missing_scheduler(survey: &Survey, pod: &Pod) -> Option<Cause> {
    survey.occupants().missing_scheduler(pod)?;
    let (kind, name) = owner(survey.resolved, pod);
    of_owner(survey, &kind, &name, &[pod])
}

/// A pod that its kubelet rejected.
pub(in crate::causes) fn of_rejected(survey: &Survey, pod: &Pod) -> Option<Cause> {
    let (kind, name) = owner(survey.resolved, pod);
    is_rejected(pod)
        .then(|| of_owner(survey, &kind, &name, &[pod]))
        .flatten()
}

/// The pods of a workload are alike: only the first one is looked at.
fn of_owner(survey: &Survey, kind: &str, name: &ObjectName, pods: &[&Pod]) -> Option<Cause> {
    let pod = *pods.first()?;
    let (shortage, why) = reason(survey, pod)?;
    let preempts = survey.occupants().may_preempt(pod);
    let owner = format!("{kind} {}", name.name);
    let pod_name = pod.metadata.name.to_string();
    let count = pods.len();
    let (fault, field) = match shortage {
        Shortage::Scheduler => {
            let fault = Fault::Pod(PodFault::NoSuchScheduler {
                owner,
                pod: pod_name,
                pods: count,
                scheduler: pod.spec.scheduler_name.to_string(),
            });
            (fault, "spec.schedulerName")
        }
        Shortage::Ports => {
            let fault = Fault::Pod(PodFault::NodePortsTaken {
                owner,
                pod: pod_name,
                pods: count,
                why,
                preempts,
            });
            (fault, "spec.containers[0].ports")
        }
        Shortage::Room => {
            let fault = Fault::Pod(PodFault::NodesFull {
                owner,
                pod: pod_name,
                pods: count,
                why,
                preempts,
            });
            (fault, "spec")
        }
        Shortage::Node => {
            let fault = Fault::Pod(PodFault::PodFitsNoNode {
                owner,
                pod: pod_name,
                pods: count,
                why,
                preempts,
                nodes: survey.occupants().obstacles(pod),
            });
            (fault, "spec")
        }
    };
    let evidence = Evidence::of_pod(survey.resolved, pod, field);
    let cause = Cause::likely(fault, evidence.into_iter().collect());
    Some(if preempts { cause.possible() } else { cause })
}

/// What the pod lacks, in the words of the scheduler or the kubelet.
fn reason(survey: &Survey, pod: &Pod) -> Option<(Shortage, String)> {
    if is_rejected(pod) {
        let shortage = if pod.status.reason == NODE_PORTS {
            Shortage::Ports
        } else {
            Shortage::Node
        };
        return Some((shortage, pod.status.message.to_string()));
    }
    let occupants = survey.occupants();
    let reported = unschedulable(survey.resolved, pod);
    let told = reported.is_some().then_some(Shortage::Node);
    let shortage = occupants.shortage(pod).or(told)?;
    let why = reported.unwrap_or_else(|| occupants.unschedulable_message(pod));
    Some((shortage, why))
}
