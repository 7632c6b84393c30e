//! Events of a node.

use std::sync::Arc;

use super::Resolved;
use crate::cluster::object::{CORDON_TAINT, ConditionStatus, Taint, TaintEffect};
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::ObjectName;

/// The kubelet stops reporting.
pub(super) fn stop(resolved: &mut Resolved, name: &str) {
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

/// The kubelet reports again: the pods are ready whose containers are and whose readiness gates are met.
pub(super) fn start(resolved: &mut Resolved, name: &str) {
    let Some(node) = resolved.cluster.nodes.get_mut(name) else {
        return;
    };
    node.set_ready(ConditionStatus::True);
    for pod in resolved.cluster.pods.values_mut() {
        let waits_for_service = pod.status.waiting_init.is_some() || pod.status.waiting_probe;
        let waits_for_kubelet = pod.containers_are_ready() && !pod.is_ready() && !waits_for_service;
        let has_unmet_gate = pod.unmet_readiness_gates().next().is_some();
        if pod.spec.node_name == name && waits_for_kubelet && !has_unmet_gate {
            let pod = Arc::make_mut(pod);
            pod.set_ready(ConditionStatus::True);
            pod.let_containers_follow();
        }
    }
}

/// `spec.unschedulable` and the taint that the node controller adds for it (kubernetes
/// `pkg/controller/nodelifecycle/node_lifecycle_controller.go`, `doNoScheduleTaintingPass`).
pub(super) fn cordon(resolved: &mut Resolved, name: &str) {
    let Some(node) = resolved.cluster.nodes.get_mut(name) else {
        return;
    };
    node.spec.unschedulable = true;
    if node
        .spec
        .taints
        .iter()
        .all(|taint| taint.key != CORDON_TAINT)
    {
        node.spec.taints.push(Taint {
            key: CORDON_TAINT.into(),
            effect: TaintEffect::NoSchedule,
            ..Taint::default()
        });
    }
    write_spec(resolved, name);
}

pub(super) fn uncordon(resolved: &mut Resolved, name: &str) {
    let Some(node) = resolved.cluster.nodes.get_mut(name) else {
        return;
    };
    node.spec.unschedulable = false;
    node.spec.taints.retain(|taint| taint.key != CORDON_TAINT);
    write_spec(resolved, name);
}

/// Stores `spec.unschedulable` and the taints of a node that the text has.
fn write_spec(resolved: &mut Resolved, name: &str) {
    let Some(node) = resolved.cluster.nodes.get(name) else {
        return;
    };
    let taints = Yaml::from(node.spec.taints_as_json());
    let is_unschedulable = node.spec.unschedulable;
    resolved.change_tree(Kind::Node, &ObjectName::new("", name), |tree| {
        if tree.get("spec").is_none() {
            tree.set("spec", YamlValue::Map(Vec::new()));
        }
        let Some(spec) = tree.get_mut("spec") else {
            return;
        };
        spec.remove("unschedulable");
        spec.remove("taints");
        if is_unschedulable {
            spec.set("unschedulable", YamlValue::Bool(true));
        }
        if !taints.items().is_empty() {
            spec.set("taints", taints.value.clone());
        }
    });
}
