//! LimitRanges: requests and limits that containers get by default, and their bounds (kubernetes
//! `plugin/pkg/admission/limitranger`, `pkg/apis/core/v1/defaults.go`). Items for whole pods and claims are not read.

use std::sync::Arc;

use serde::Deserialize;

use super::{AdmissionPlugin, PodRefusal};
use crate::cluster::object::{Container, Pod, Resources};
use crate::manifest::deserializer::from_node;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::quantity::Quantity;

/// A LimitRange.
pub(super) struct LimitRange {
    name: ObjectName,
    /// Those of type Container.
    items: Vec<LimitRangeItem>,
}

/// `spec.limits[]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct LimitRangeItem {
    #[serde(rename = "type")]
    limit_type: String,
    default: Resources,
    default_request: Resources,
    max: Resources,
    min: Resources,
}

impl LimitRange {
    pub(super) fn of(name: &ObjectName, tree: &Yaml) -> LimitRange {
        let limits = tree
            .at(&["spec", "limits"])
            .into_iter()
            .flat_map(Yaml::items);
        let items = limits.filter_map(|item| from_node::<LimitRangeItem>(item).ok());
        let items = items.filter(|item| item.limit_type == "Container");
        LimitRange {
            name: name.clone(),
            items: items.map(LimitRangeItem::with_defaults).collect(),
        }
    }

    /// What containers get that do not state it; a limit without a request is the request.
    pub(super) fn set_defaults(&self, pod: &mut Pod) {
        if self.items.is_empty() {
            return;
        }
        let containers = Arc::make_mut(&mut pod.spec.containers).iter_mut();
        let starting = Arc::make_mut(&mut pod.spec.init_containers).iter_mut();
        for container in containers.chain(starting) {
            let resources = &mut container.resources;
            fill(&mut resources.requests, &resources.limits.clone());
            for item in &self.items {
                fill(&mut resources.limits, &item.default);
                fill(&mut resources.requests, &item.default_request);
            }
        }
    }

    pub(super) fn check(&self, pod: &Pod) -> Result<(), PodRefusal> {
        let containers = pod
            .spec
            .containers
            .iter()
            .chain(pod.spec.init_containers.iter());
        let mut broken = containers.filter_map(|container| self.broken_by(container));
        match broken.next() {
            None => Ok(()),
            Some(message) => Err(PodRefusal {
                plugin: AdmissionPlugin::LimitRanger,
                name: self.name.clone(),
                message,
            }),
        }
    }

    /// The first bound that a container breaks, in the server's words: all lower bounds come before the upper ones.
    fn broken_by(&self, container: &Container) -> Option<String> {
        let resources = &container.resources;
        let requests = ("request", &resources.requests);
        let limits = ("limit", &resources.limits);
        let words = |bound: &str, name: &str, limit: Quantity, (word, amount): (&str, Quantity)| {
            format!("{bound} {name} usage per Container is {limit}, but {word} is {amount}")
        };
        self.items.iter().find_map(|item| {
            let too_little = item.min.0.iter().find_map(|(name, min)| {
                let stated = [requests, limits].into_iter();
                let mut stated = stated.filter_map(|(word, own)| Some((word, own.get(name)?)));
                let found = stated.find(|(_, amount)| amount < min)?;
                Some(words("minimum", name, *min, found))
            });
            too_little.or_else(|| {
                item.max.0.iter().find_map(|(name, max)| {
                    let stated = [limits, requests].into_iter();
                    let mut stated = stated.filter_map(|(word, own)| Some((word, own.get(name)?)));
                    let found = stated.find(|(_, amount)| amount > max)?;
                    Some(words("maximum", name, *max, found))
                })
            })
        })
    }
}

impl LimitRangeItem {
    /// The defaults that follow from the bounds.
    fn with_defaults(mut self) -> LimitRangeItem {
        fill(&mut self.default, &self.max);
        fill(&mut self.default_request, &self.default);
        fill(&mut self.default_request, &self.min);
        self
    }
}

/// Adds the amounts of resources that have none.
fn fill(amounts: &mut Resources, defaults: &Resources) {
    for (name, amount) in &defaults.0 {
        amounts.0.entry(name.clone()).or_insert(*amount);
    }
}
