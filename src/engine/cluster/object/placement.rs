//! What a pod demands of the node it runs on, besides labels, taints and ports: `affinity`, `topologySpreadConstraints`,
//! and resources (`core/v1`). What is only preferred is not read.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use super::Pod;
use crate::labels::{LabelSelector, LabelSelectorRequirement};
use crate::quantity::Quantity;

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

/// Amounts by resource: `cpu`, `memory`, `nvidia.com/gpu`. Amounts that are no quantity are left out.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(from = "BTreeMap<SmolStr, Amount>")]
pub struct Resources(pub BTreeMap<SmolStr, Quantity>);

/// An amount as manifests write it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Amount {
    Number(f64),
    Text(SmolStr),
}

impl From<BTreeMap<SmolStr, Amount>> for Resources {
    fn from(written: BTreeMap<SmolStr, Amount>) -> Resources {
        let mut amounts = BTreeMap::new();
        for (name, amount) in written {
            let quantity = match amount {
                Amount::Number(number) => Quantity::read(&number.to_string()),
                Amount::Text(text) => Quantity::read(&text),
            };
            amounts.extend(quantity.map(|quantity| (name, quantity)));
        }
        Resources(amounts)
    }
}

impl Resources {
    /// The amount of a resource, if it is stated.
    pub fn get(&self, name: &str) -> Option<Quantity> {
        self.0.get(name).copied()
    }

    /// Adds amounts.
    pub fn add(&mut self, others: &Resources) {
        for (name, amount) in &others.0 {
            self.0.entry(name.clone()).or_default().add(*amount);
        }
    }

    fn at_least(&mut self, others: &Resources) {
        for (name, amount) in &others.0 {
            self.0.entry(name.clone()).or_default().at_least(*amount);
        }
    }
}

/// `resources` of a container or a pod.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ResourceRequirements {
    /// What the scheduler counts.
    pub requests: Resources,
    /// What counts where no request is written.
    pub limits: Resources,
}

impl ResourceRequirements {
    /// The requests, and the limits of resources without one: the API server writes them into every pod.
    fn effective(&self) -> Resources {
        let mut all = self.limits.clone();
        all.0.extend(self.requests.0.clone());
        all
    }
}

/// What the scheduler counts for a pod (kubernetes `PodRequests` of `k8s.io/component-helpers/resource`): its containers
/// together, or, if that is more, an init container with the sidecars before it; then what is stated for the whole pod.
pub fn requests_of(pod: &Pod) -> Resources {
    let mut sum = Resources::default();
    for container in pod.spec.containers.iter() {
        sum.add(&container.resources.effective());
    }
    let mut sidecars = Resources::default();
    let mut starting = Resources::default();
    for container in pod.spec.init_containers.iter() {
        let mut here = container.resources.effective();
        if container.is_sidecar() {
            sidecars.add(&std::mem::take(&mut here));
        }
        here.add(&sidecars);
        starting.at_least(&here);
    }
    sum.add(&sidecars);
    sum.at_least(&starting);
    sum.0.extend(pod.spec.resources.effective().0);
    sum.add(&pod.spec.overhead);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    fn cpu(spec: &str) -> String {
        let pod: Pod = object(&format!("spec: {spec}"));
        let amount = requests_of(&pod).get("cpu");
        amount.map(|amount| amount.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_pod_asks_for_its_containers_or_for_the_largest_step_of_its_start() {
        let one = "{resources: {requests: {cpu: 300m}, limits: {cpu: 4}}}";
        let limited = "{resources: {limits: {cpu: 4}}}";
        let two = "{resources: {requests: {cpu: 2}}}";
        let sidecar = "{restartPolicy: Always, resources: {requests: {cpu: 500m}}}";
        for (spec, expected) in [
            (format!("{{containers: [{one}, {one}]}}"), "600m"),
            (format!("{{containers: [{one}, {limited}]}}"), "4300m"),
            (
                format!("{{containers: [{one}], initContainers: [{two}]}}"),
                "2",
            ),
            (
                format!("{{containers: [{one}], initContainers: [{sidecar}]}}"),
                "800m",
            ),
            (
                format!("{{containers: [{one}], initContainers: [{sidecar}, {two}]}}"),
                "2500m",
            ),
            (
                format!(
                    "{{containers: [{one}], resources: {{requests: {{cpu: 1}}}}, overhead: {{cpu: 250m}}}}"
                ),
                "1250m",
            ),
        ] {
            assert_eq!(cpu(&spec), expected, "{spec}");
        }
    }
}
