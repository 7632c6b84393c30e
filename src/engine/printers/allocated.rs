//! Amounts of CPU and memory that a pod asks for, added up.

use super::fields::{at, items, printed, text};
use crate::cluster::object::{Resources, StartingResources};
use crate::manifest::tree::{Yaml, YamlEntry};
use crate::quantity::Quantity;
use crate::sort;

/// What a pod asks for (`resourcehelper.PodRequests`).
pub(super) fn requests(pod: &Yaml) -> Resources {
    of_pod(pod, "requests")
}

/// What a pod may use at most (`resourcehelper.PodLimits`).
pub(super) fn limits(pod: &Yaml) -> Resources {
    of_pod(pod, "limits")
}

fn of_pod(pod: &Yaml, field: &str) -> Resources {
    let containers = items(pod, "spec.containers").iter();
    let starting = items(pod, "spec.initContainers").iter();
    Resources::together(
        containers.map(|container| of_container(container, field)),
        starting.map(|container| StartingResources {
            resources: of_container(container, field),
            is_sidecar: text(container, "restartPolicy") == "Always",
        }),
    )
}

fn of_container(container: &Yaml, field: &str) -> Resources {
    let entries = at(container, "resources")
        .and_then(|it| at(it, field))
        .map(Yaml::entries)
        .unwrap_or_default();
    let amount =
        |entry: &YamlEntry| Some((entry.key.clone(), Quantity::read(&printed(&entry.value))?));
    Resources(sort::map(entries.iter().filter_map(amount)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_init_container_counts_only_where_it_requests_more() {
        let pod = r#"{"spec": {"containers": [{"resources": {"requests": {"cpu": "100m"}}}],
            "initContainers": [{"resources": {"requests": {"cpu": "1"}}}]}}"#;
        let pod = Yaml::from(
            serde_json::from_str::<serde_json::Value>(pod).expect("the test writes JSON"),
        );
        let cpu = requests(&pod).get("cpu").expect("it asks for some");
        assert_eq!(cpu.to_string(), "1");
    }
}
