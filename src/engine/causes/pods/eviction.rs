//! A pod that tolerates a taint of effect `NoExecute` for a time only: then the taint eviction controller deletes it
//! (kubernetes `pkg/controller/tainteviction`, `getMinTolerationTime`).

use crate::causes::cause::{Cause, Evidence};
use crate::cluster::object::Pod;
use crate::controllers::scheduler::{printed_taint, toleration_time};
use crate::diagnostic::{Fault, PodFault};
use crate::resolve::Resolved;

/// How long the pod that answered stays on its node.
pub(in crate::causes) fn of_pod(resolved: &Resolved, pod: &Pod) -> Option<Cause> {
    let node = resolved.cluster.nodes.get(&pod.spec.node_name)?;
    let (taint, seconds) = toleration_time(node, pod)?;
    let fault = Fault::Pod(PodFault::EvictedAfter {
        pod: pod.metadata.name.to_string(),
        node: node.name().to_owned(),
        taint: printed_taint(taint),
        seconds,
        replaced: resolved.workload_of(&pod.id()).is_some(),
    });
    let evidence = Evidence::of_pod(resolved, pod, "spec.tolerations");
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}
