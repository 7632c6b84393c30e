//! Where a pod may run, besides labels, taints and ports: `affinity` and `topologySpreadConstraints` (`core/v1`). What is
//! only preferred is not read.

use serde::Deserialize;
use smol_str::SmolStr;

use crate::labels::{LabelSelector, LabelSelectorRequirement};

/// `spec.affinity`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Affinity {
    /// Which nodes.
    pub node_affinity: NodeAffinity,
    /// Beside which pods.
    pub pod_affinity: PodAffinity,
    /// Not beside which pods.
    pub pod_anti_affinity: PodAffinity,
}

/// `spec.affinity.nodeAffinity`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct NodeAffinity {
    /// One of its terms must match the node.
    #[serde(rename = "requiredDuringSchedulingIgnoredDuringExecution")]
    pub required: Option<NodeSelector>,
}

/// `core/v1` `NodeSelector`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeSelector {
    /// The alternatives.
    pub node_selector_terms: Vec<NodeSelectorTerm>,
}

/// `nodeSelectorTerms[]`: all of it must match; an empty term matches nothing.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeSelectorTerm {
    /// Of the node's labels.
    pub match_expressions: Vec<LabelSelectorRequirement>,
    /// Of the node's fields, of which there is `metadata.name`.
    pub match_fields: Vec<LabelSelectorRequirement>,
}

/// `podAffinity` or `podAntiAffinity`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct PodAffinity {
    /// All of its terms must hold.
    #[serde(rename = "requiredDuringSchedulingIgnoredDuringExecution")]
    pub required: Vec<PodAffinityTerm>,
}

/// Pods of some namespaces, and the nodes that count as one place.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodAffinityTerm {
    /// The pods; without it no pod.
    pub label_selector: Option<LabelSelector>,
    /// Nodes with the same value of this label are one place.
    pub topology_key: SmolStr,
    /// The namespaces of the pods; the pod's own unless `namespace_selector` is set.
    pub namespaces: Vec<SmolStr>,
    /// Namespaces by their labels.
    pub namespace_selector: Option<LabelSelector>,
    /// Labels of the pod itself that the others must have the same values of.
    pub match_label_keys: Vec<SmolStr>,
    /// Labels of the pod itself that the others must not have the same values of.
    pub mismatch_label_keys: Vec<SmolStr>,
}

/// `spec.topologySpreadConstraints[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TopologySpreadConstraint {
    /// How many pods more than the emptiest place any place may have.
    pub max_skew: i64,
    /// Nodes with the same value of this label are one place.
    pub topology_key: SmolStr,
    /// `DoNotSchedule` or `ScheduleAnyway`.
    pub when_unsatisfiable: SmolStr,
    /// The pods that are counted; without it no pod.
    pub label_selector: Option<LabelSelector>,
    /// With fewer places than this, the emptiest counts as having no pod.
    pub min_domains: Option<i64>,
    /// Labels of the pod itself that counted pods must have the same values of.
    pub match_label_keys: Vec<SmolStr>,
    /// Whether nodes that the pod's node affinity excludes are left out: `Honor` unless it is `Ignore`.
    pub node_affinity_policy: SmolStr,
    /// Whether nodes with taints that the pod does not tolerate are left out: only if it is `Honor`.
    pub node_taints_policy: SmolStr,
}

impl TopologySpreadConstraint {
    /// Whether a node that would break the constraint is left out.
    pub fn is_hard(&self) -> bool {
        self.when_unsatisfiable != "ScheduleAnyway"
    }
}
