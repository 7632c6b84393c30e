//! Priorities: a pod that no node takes may take the place of pods with lower ones (kubernetes
//! `pkg/scheduler/framework/plugins/defaultpreemption`). Which pods leave is not simulated; whether some could is said.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::cluster::object::{Pod, PriorityClass};

/// The PriorityClasses of a cluster by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Priorities<'a>(pub &'a BTreeMap<SmolStr, PriorityClass>);

impl Priorities<'_> {
    /// A pod's priority; `None` if the text does not have its class.
    fn of(self, pod: &Pod) -> Option<i64> {
        if let Some(priority) = pod.spec.priority {
            return Some(priority);
        }
        // `pkg/apis/scheduling/v1/helpers.go`
        match pod.spec.priority_class_name.as_str() {
            "" => {
                let default = self.0.values().find(|class| class.global_default);
                Some(default.map_or(0, |class| class.value))
            }
            "system-cluster-critical" => Some(2_000_000_000),
            "system-node-critical" => Some(2_000_001_000),
            name => self.0.get(name).map(|class| class.value),
        }
    }

    /// Whether a pod may take the place of others at all.
    pub(super) fn preempts(self, pod: &Pod) -> bool {
        let class = self.0.get(&pod.spec.priority_class_name);
        let of_class = class.map(|class| class.preemption_policy.as_str());
        let policy = match pod.spec.preemption_policy.as_str() {
            "" => of_class.unwrap_or_default(),
            own => own,
        };
        policy != "Never"
    }

    /// Whether a pod may take the place of another one. The priority of a class that the text does not have can be any.
    pub(super) fn is_above(self, pod: &Pod, other: &Pod) -> bool {
        match (self.of(pod), self.of(other)) {
            (Some(own), Some(other)) => own > other,
            (None, _) => true,
            (Some(own), None) => own > 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::controllers::scheduler::Occupants;
    use crate::testing::resolved;

    /// Whether the pod `big`, which requests more than the node has left, may preempt `small`.
    fn may_preempt(big: &str, classes: &str) -> bool {
        let text = format!(
            "
            apiVersion: v1
            kind: Node
            metadata: {{name: a}}
            status: {{allocatable: {{cpu: \"1\", memory: 1Gi, pods: \"10\"}}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {{name: small}}
            spec: {{containers: [{{name: c, image: i, resources: {{requests: {{cpu: 800m}}}}}}]}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {{name: big}}
            spec: {{{big}containers: [{{name: c, image: i, resources: {{requests: {{cpu: 900m}}}}}}]}}
{classes}"
        );
        let cluster = resolved(&text).cluster;
        let name = crate::names::ObjectName::new("default", "big");
        let pod = cluster.pod(&name).expect("is there");
        assert!(pod.spec.node_name.is_empty());
        Occupants::of(&cluster).may_preempt(pod)
    }

    #[test]
    fn a_pod_may_take_the_place_of_pods_with_a_lower_priority() {
        let class = |rest: &str| {
            format!(
                "            ---\n            apiVersion: scheduling.k8s.io/v1\n            kind: PriorityClass\n            \
                 metadata: {{name: high}}\n            value: 1000\n            {rest}\n"
            )
        };
        let high = "priorityClassName: high, ";
        assert!(!may_preempt("", ""));
        assert!(!may_preempt("", &class("")));
        assert!(!may_preempt("", &class("globalDefault: true")));
        assert!(may_preempt(high, &class("")));
        assert!(may_preempt(high, ""), "its class can be anything");
        assert!(!may_preempt(high, &class("preemptionPolicy: Never")));
    }
}
