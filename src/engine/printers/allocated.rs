//! Amounts of CPU and memory that a pod asks for, added up.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::fields::{at, items, printed, text};
use crate::manifest::tree::Yaml;
use crate::quantity::Quantity;
use crate::sort;

/// Amounts by the name of the resource.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Amounts(BTreeMap<SmolStr, Quantity>);

impl Amounts {
    /// What a pod asks for (`resourcehelper.PodRequests`).
    pub(super) fn requests(pod: &Yaml) -> Amounts {
        Amounts::of_pod(pod, "requests")
    }

    /// What a pod may use at most (`resourcehelper.PodLimits`).
    pub(super) fn limits(pod: &Yaml) -> Amounts {
        Amounts::of_pod(pod, "limits")
    }

    /// The amount of a resource.
    pub(super) fn get(&self, resource: &str) -> Quantity {
        self.0.get(resource).copied().unwrap_or_default()
    }

    /// Adds all of them.
    pub(super) fn add(&mut self, other: Amounts) {
        for (resource, amount) in other.0 {
            self.0.entry(resource).or_default().add(amount);
        }
    }

    /// All containers run together, with the sidecars; an init container runs alone beside the sidecars before it.
    fn of_pod(pod: &Yaml, field: &str) -> Amounts {
        let mut together = Amounts::default();
        for container in items(pod, "spec.containers") {
            together.add(Amounts::of_container(container, field));
        }
        let (mut sidecars, mut most) = (Amounts::default(), Amounts::default());
        for container in items(pod, "spec.initContainers") {
            let mut now = Amounts::of_container(container, field);
            if text(container, "restartPolicy") == "Always" {
                sidecars.add(now.clone());
                together.add(now);
                now = Amounts::default();
            }
            now.add(sidecars.clone());
            most.at_least(now);
        }
        together.at_least(most);
        together
    }

    fn of_container(container: &Yaml, field: &str) -> Amounts {
        let entries = at(container, "resources")
            .and_then(|it| at(it, field))
            .map(Yaml::entries)
            .unwrap_or_default();
        let amount = |entry: &crate::manifest::tree::YamlEntry| {
            Some((entry.key.clone(), Quantity::read(&printed(&entry.value))?))
        };
        Amounts(sort::map(entries.iter().filter_map(amount)))
    }

    fn at_least(&mut self, other: Amounts) {
        for (resource, amount) in other.0 {
            self.0.entry(resource).or_default().at_least(amount);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_init_container_counts_only_where_it_asks_for_more() {
        let pod = r#"{"spec": {"containers": [{"resources": {"requests": {"cpu": "100m"}}}],
            "initContainers": [{"resources": {"requests": {"cpu": "1"}}}]}}"#;
        let pod = Yaml::from(
            serde_json::from_str::<serde_json::Value>(pod).expect("the test writes JSON"),
        );
        assert_eq!(Amounts::requests(&pod).get("cpu").to_string(), "1");
    }
}
