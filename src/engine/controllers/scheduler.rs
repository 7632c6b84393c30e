//! kube-scheduler: which node a pod runs on.
//!
//! Filtering follows kubernetes (`pkg/scheduler/framework/plugins`: NodeName, NodeAffinity's node selector,
//! TaintToleration, NodeUnschedulable). Scoring is kubehop's own: the node with the fewest pods.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::nodes::natural_key;
use crate::cluster::object::{Node, Pod, Taint, TaintEffect, Toleration, TolerationOperator};
use crate::sort;

/// The taint of a cordoned node. The node's `spec.unschedulable` says the same.
const CORDON_TAINT: &str = "node.kubernetes.io/unschedulable";

/// Whether a pod can be scheduled on a node: the node selector matches and all taints are tolerated.
pub fn fits(node: &Node, pod: &Pod) -> bool {
    !node.spec.unschedulable && fits_daemon(node, pod)
}

/// Whether a DaemonSet's pod can run on a node: as [`fits`], but cordoned nodes are allowed.
pub fn fits_daemon(node: &Node, pod: &Pod) -> bool {
    let labels = &node.metadata.labels;
    let mut selector = pod.spec.node_selector.iter();
    selector.all(|(key, value)| labels.get(key) == Some(value))
        && node.spec.taints.iter().all(|taint| is_accepted(taint, pod))
}

fn is_accepted(taint: &Taint, pod: &Pod) -> bool {
    let tolerations = &pod.spec.tolerations;
    taint.key == CORDON_TAINT
        || !repels(taint)
        || tolerations.iter().any(|one| tolerates(one, taint))
}

fn repels(taint: &Taint) -> bool {
    match taint.effect {
        TaintEffect::NoSchedule | TaintEffect::NoExecute => true,
        TaintEffect::Unset | TaintEffect::PreferNoSchedule | TaintEffect::Other(_) => false,
    }
}

/// `ToleratesTaint` of `api/core/v1/toleration.go`. An empty effect or, with `Exists`, an empty key matches any.
fn tolerates(toleration: &Toleration, taint: &Taint) -> bool {
    let is_any_value = toleration.operator == TolerationOperator::Exists;
    let effect = toleration.effect == TaintEffect::Unset || toleration.effect == taint.effect;
    let key = toleration.key == taint.key || (toleration.key.is_empty() && is_any_value);
    effect && key && (is_any_value || toleration.value == taint.value)
}

/// The nodes with their numbers of pods.
#[derive(Debug)]
pub struct Scheduler {
    /// Node names in natural order.
    names: Vec<SmolStr>,
    /// Number of pods and index in `names` of each node, fewest pods first.
    by_load: BTreeSet<(usize, usize)>,
}

impl Scheduler {
    /// A scheduler that has counted these pods.
    pub fn new<'a>(
        nodes: &BTreeMap<SmolStr, Node>,
        pods: impl IntoIterator<Item = &'a Pod>,
    ) -> Scheduler {
        let mut loads: BTreeMap<&str, usize> = BTreeMap::new();
        for pod in pods {
            *loads.entry(pod.spec.node_name.as_str()).or_default() += 1;
        }
        let mut names: Vec<SmolStr> = nodes.keys().cloned().collect();
        sort::sort_by(&mut names, |a, b| natural_key(a).cmp(&natural_key(b)));
        let mut by_load = BTreeSet::new();
        for (index, name) in names.iter().enumerate() {
            by_load.insert((loads.get(name.as_str()).copied().unwrap_or(0), index));
        }
        Scheduler { names, by_load }
    }

    /// Chooses the ready node with the fewest pods that the pod fits on.
    pub fn schedule(&mut self, pod: &Pod, nodes: &BTreeMap<SmolStr, Node>) -> Option<SmolStr> {
        for &(load, index) in &self.by_load {
            let name = self.names.get(index)?;
            let is_feasible = nodes
                .get(name)
                .is_some_and(|node| node.is_ready() && fits(node, pod));
            if is_feasible {
                self.by_load.remove(&(load, index));
                self.by_load.insert((load + 1, index));
                return self.names.get(index).cloned();
            }
        }
        None
    }
}

/// What the scheduler reports of a pod that fits no node: `0/3 nodes are available: …` (`FitError` of
/// `pkg/scheduler/framework/types.go`).
pub fn unschedulable_message(pod: &Pod, nodes: &BTreeMap<SmolStr, Node>) -> String {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for node in nodes.values() {
        if let Some(reason) = unfit_reason(node, pod) {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    let reasons: Vec<String> = reasons
        .into_iter()
        .map(|(reason, count)| format!("{count} {reason}"))
        .collect();
    let all = nodes.len();
    format!("0/{all} nodes are available: {}.", reasons.join(", "))
}

/// The first filter that a node does not pass, in the order of the default plugins.
fn unfit_reason(node: &Node, pod: &Pod) -> Option<String> {
    if node.spec.unschedulable {
        return Some("node(s) were unschedulable".to_owned());
    }
    let repelling = node
        .spec
        .taints
        .iter()
        .find(|taint| !is_accepted(taint, pod));
    if let Some(taint) = repelling {
        let (key, value) = (&taint.key, &taint.value);
        return Some(format!("node(s) had untolerated taint {{{key}: {value}}}"));
    }
    if !fits_daemon(node, pod) {
        return Some("node(s) didn't match Pod's node affinity/selector".to_owned());
    }
    (!node.is_ready()).then(|| "node(s) were not ready".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{cluster_of, object};

    #[test]
    fn cordoned_and_tainted_nodes_and_those_without_the_wanted_label_are_not_chosen() {
        let nodes = cluster_of(
            "
            apiVersion: v1
            kind: Node
            metadata: {name: cordoned}
            spec: {unschedulable: true}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: gpu}
            spec: {taints: [{key: gpu, value: \"yes\", effect: NoSchedule}]}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: plain, labels: {disk: ssd}}
            ",
        )
        .nodes;
        let mut scheduler = Scheduler::new(&nodes, []);
        let mut schedule = |spec: &str| {
            let node = scheduler.schedule(&object(spec), &nodes);
            node.unwrap_or_default().to_string()
        };
        assert_eq!(schedule("spec: {}"), "plain");
        assert_eq!(
            schedule("spec: {tolerations: [{key: gpu, operator: Exists}]}"),
            "gpu"
        );
        assert_eq!(schedule("spec: {nodeSelector: {disk: hdd}}"), "");
    }
}
