//! What pods need of their nodes: the resources of containers, and what they are together (`core/v1`
//! `ResourceRequirements`; `staging/src/k8s.io/component-helpers/resource/helpers.go`).
//!
//! The scheduler, the API server and `kubectl describe node` each add up containers: they read them themselves, as typed
//! objects or as trees, and call [`Resources::together`].

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use super::Pod;
use crate::quantity::Quantity;

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
            let own = self.0.entry(name.clone()).or_insert(*amount);
            own.at_least(*amount);
        }
    }

    /// What the containers of a pod are together: the sum of those that run side by side, sidecars included, and at least
    /// what each init container is with the sidecars before it.
    pub fn together(
        containers: impl Iterator<Item = Resources>,
        starting: impl Iterator<Item = StartingResources>,
    ) -> Resources {
        let mut together = Resources::default();
        for container in containers {
            together.add(&container);
        }
        let (mut sidecars, mut most) = (Resources::default(), Resources::default());
        for StartingResources {
            mut resources,
            is_sidecar,
        } in starting
        {
            if is_sidecar {
                together.add(&resources);
                sidecars.add(&resources);
                resources = sidecars.clone();
            } else {
                resources.add(&sidecars);
            }
            most.at_least(&resources);
        }
        together.at_least(&most);
        together
    }
}

/// What an init container has.
#[derive(Clone, Debug, PartialEq)]
pub struct StartingResources {
    /// The amounts.
    pub resources: Resources,
    /// Whether it is a sidecar, which keeps running beside the others once it has started (`restartPolicy: Always`).
    pub is_sidecar: bool,
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

/// What the scheduler counts for a pod (`PodRequests`): its containers together, then what is stated for the whole pod.
pub fn requests_of(pod: &Pod) -> Resources {
    let containers = pod.spec.containers.iter();
    let starting = pod.spec.init_containers.iter();
    let mut sum = Resources::together(
        containers.map(|container| container.resources.effective()),
        starting.map(|container| StartingResources {
            resources: container.resources.effective(),
            is_sidecar: container.is_sidecar(),
        }),
    );
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
    fn a_pod_requests_the_sum_of_its_containers_or_the_largest_step_of_its_start() {
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
