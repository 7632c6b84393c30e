//! What a pod asks for as a whole, `spec.resources`, beside what its containers ask for.
//!
//! Source: kubernetes `staging/src/k8s.io/component-helpers/resource/helpers.go`.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::cluster::object::{Resources, StartingResources};
use crate::manifest::tree::Yaml;
use crate::quantity::Quantity;

/// Quantities by resource name.
pub(super) type Amounts = BTreeMap<SmolStr, Quantity>;

/// The prefix of huge pages, whose size follows.
pub(super) const HUGE_PAGES: &str = "hugepages-";

/// Which amounts of `resources` are read.
#[derive(Clone, Copy, Debug)]
pub(super) enum AmountKind {
    Requests,
    Limits,
}

impl AmountKind {
    /// The field's name.
    pub(super) fn key(self) -> &'static str {
        match self {
            AmountKind::Requests => "requests",
            AmountKind::Limits => "limits",
        }
    }
}

/// Resources that a pod can ask for as a whole.
pub(super) fn is_pod_level(name: &str) -> bool {
    matches!(name, "cpu" | "memory") || name.starts_with(HUGE_PAGES)
}

/// The amounts that an object with `resources` writes.
pub(super) fn amounts(object: &Yaml, kind: AmountKind) -> Amounts {
    let resources = object.get("resources");
    let written = resources.and_then(|resources| resources.get(kind.key()));
    let mut amounts = Amounts::new();
    for entry in written.map(Yaml::entries).unwrap_or_default() {
        if let Some(amount) = entry.value.as_str().and_then(Quantity::read) {
            amounts.insert(entry.key.clone(), amount);
        }
    }
    amounts
}

/// What the containers of a pod need together.
pub(super) fn of_containers(spec: &Yaml, kind: AmountKind) -> Amounts {
    let items = |list: &str| spec.get(list).map(Yaml::items).unwrap_or_default().iter();
    let together = Resources::together(
        items("containers").map(|container| Resources(amounts(container, kind))),
        items("initContainers").map(|container| StartingResources {
            resources: Resources(amounts(container, kind)),
            is_sidecar: container.get("restartPolicy").and_then(Yaml::as_str) == Some("Always"),
        }),
    );
    together.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn init_containers_count_beside_the_sidecars_before_them() {
        let asks = |cpu: &str| format!(r#""resources":{{"requests":{{"cpu":"{cpu}"}}}}"#);
        let spec = node(&format!(
            r#"{{"containers":[{{{}}},{{{}}}],"initContainers":[{{{},"restartPolicy":"Always"}},{{{}}}]}}"#,
            asks("1"),
            asks("500m"),
            asks("250m"),
            asks("3"),
        ));
        let together = of_containers(&spec, AmountKind::Requests);
        assert_eq!(together["cpu"].to_string(), "3250m");
    }
}
