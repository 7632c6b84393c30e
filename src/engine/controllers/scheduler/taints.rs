//! Taints of nodes and the tolerations of pods (kubernetes `staging/src/k8s.io/api/core/v1/toleration.go`).

use crate::cluster::object::{
    CORDON_TAINT, Node, Pod, Taint, TaintEffect, Toleration, TolerationOperator,
};

/// Whether the pod tolerates all taints of the node, besides that of a cordon.
pub(super) fn accepts_taints(node: &Node, pod: &Pod) -> bool {
    node.spec.taints.iter().all(|taint| is_accepted(taint, pod))
}

pub(super) fn is_accepted(taint: &Taint, pod: &Pod) -> bool {
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

/// Whether a pod that is on the node is evicted: it does not tolerate a taint of effect `NoExecute`. A node's own pods, from
/// files of its kubelet, stay.
pub(super) fn evicts(node: &Node, pod: &Pod) -> bool {
    let is_static = pod.metadata.annotations.contains_key(MIRROR);
    let mut taints = node.spec.taints.iter();
    !is_static
        && taints.any(|taint| {
            let tolerations = &pod.spec.tolerations;
            taint.effect == TaintEffect::NoExecute
                && !tolerations.iter().any(|one| tolerates(one, taint))
        })
}

/// The taint of effect `NoExecute` for which a pod leaves its node first, and after how many seconds; `None` if it stays
/// (`getMinTolerationTime` of `pkg/controller/tainteviction/taint_eviction.go`).
pub fn toleration_time<'a>(node: &'a Node, pod: &Pod) -> Option<(&'a Taint, i64)> {
    let taints = node.spec.taints.iter();
    let times = taints.filter_map(|taint| {
        let mut tolerations = pod.spec.tolerations.iter();
        let used = tolerations.find(|one| tolerates(one, taint))?;
        let is_evicting = taint.effect == TaintEffect::NoExecute;
        Some((taint, used.seconds.filter(|_| is_evicting)?.max(0)))
    });
    times.min_by_key(|(_, seconds)| *seconds)
}

/// A taint as `kubectl describe node` prints it: `dedicated=db:NoSchedule`.
pub fn printed_taint(taint: &Taint) -> String {
    let value = match taint.value.as_str() {
        "" => String::new(),
        value => format!("={value}"),
    };
    format!("{}{value}:{}", taint.key, taint.effect.as_str())
}

/// The annotation of a pod that mirrors one of its node's own.
const MIRROR: &str = "kubernetes.io/config.mirror";

/// `ToleratesTaint` of `api/core/v1/toleration.go`. An empty effect or, with `Exists`, an empty key matches any.
fn tolerates(toleration: &Toleration, taint: &Taint) -> bool {
    let is_any_value = toleration.operator == TolerationOperator::Exists;
    let effect = toleration.effect == TaintEffect::Unset || toleration.effect == taint.effect;
    let key = toleration.key == taint.key || (toleration.key.is_empty() && is_any_value);
    effect && key && (is_any_value || toleration.value == taint.value)
}
