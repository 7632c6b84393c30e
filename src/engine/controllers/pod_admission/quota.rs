//! ResourceQuotas as far as they are about pods: how many there are, and what they request of CPU and memory. One with scopes
//! is left out, since it counts some pods only.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{AdmissionPlugin, PodRefusal};
use crate::cluster::object::{Container, Pod, Resources, requests_of};
use crate::manifest::deserializer::from_node;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::quantity::Quantity;

/// What every container has to state if a quota limits it.
const STATED: [&str; 6] = [
    "cpu",
    "limits.cpu",
    "limits.memory",
    "memory",
    "requests.cpu",
    "requests.memory",
];

/// A ResourceQuota.
pub(super) struct Quota {
    name: ObjectName,
    hard: Resources,
    used: Resources,
}

impl Quota {
    pub(super) fn of(name: &ObjectName, tree: &Yaml) -> Option<Quota> {
        let spec = tree.get("spec")?;
        if spec.get("scopes").is_some() || spec.get("scopeSelector").is_some() {
            return None;
        }
        let mut hard: Resources = from_node(spec.get("hard")?).ok()?;
        let is_of_pods =
            |name: &str| STATED.contains(&name) || matches!(name, "pods" | "count/pods");
        hard.0.retain(|name, _| is_of_pods(name));
        Some(Quota {
            name: name.clone(),
            hard,
            used: Resources::default(),
        })
    }

    pub(super) fn count(&mut self, pod: &Pod) {
        if !pod.has_finished() {
            self.used.add(&self.usage(pod));
        }
    }

    pub(super) fn check(&self, pod: &Pod) -> Result<(), PodRefusal> {
        let refused = |message: String| PodRefusal {
            plugin: AdmissionPlugin::ResourceQuota,
            name: self.name.clone(),
            message,
        };
        let missing = self.missing(pod);
        let name = &self.name.name;
        if !missing.is_empty() {
            let words = format!("failed quota: {name}: must specify {missing}");
            return Err(refused(words));
        }
        let usage = self.usage(pod);
        let exceeds = |resource: &&SmolStr| {
            let mut sum = self.used.get(resource).unwrap_or_default();
            sum.add(usage.get(resource).unwrap_or_default());
            self.hard.get(resource).is_some_and(|hard| sum > hard)
        };
        let exceeded: Vec<&SmolStr> = self.hard.0.keys().filter(exceeds).collect();
        if exceeded.is_empty() {
            return Ok(());
        }
        let shown = |amounts: &Resources| {
            let amounts = exceeded.iter().map(|resource| {
                let amount = amounts.get(resource).unwrap_or_default();
                format!("{resource}={amount}")
            });
            amounts.collect::<Vec<String>>().join(",")
        };
        let (wanted, used, hard) = (shown(&usage), shown(&self.used), shown(&self.hard));
        let words =
            format!("exceeded quota: {name}, requested: {wanted}, used: {used}, limited: {hard}");
        Err(refused(words))
    }

    /// `requests.cpu for: web; requests.memory for: web,log`.
    fn missing(&self, pod: &Pod) -> String {
        let mut missing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let containers = pod
            .spec
            .containers
            .iter()
            .chain(pod.spec.init_containers.iter());
        for container in containers {
            for resource in STATED {
                if self.hard.get(resource).is_some() && amount(container, resource).is_none() {
                    missing.entry(resource).or_default().push(&container.name);
                }
            }
        }
        let parts = missing.into_iter().map(|(resource, mut containers)| {
            containers.dedup();
            format!("{resource} for: {}", containers.join(","))
        });
        parts.collect::<Vec<String>>().join("; ")
    }

    /// What a pod takes of what is limited.
    fn usage(&self, pod: &Pod) -> Resources {
        let requests = requests_of(pod);
        let limits = limits_of(pod);
        let one = Quantity::read("1").unwrap_or_default();
        let mut usage = Resources::default();
        for resource in self.hard.0.keys() {
            let amount = match resource.as_str() {
                "pods" | "count/pods" => Some(one),
                name => match name.split_once('.') {
                    Some(("limits", name)) => limits.get(name),
                    Some((_, name)) => requests.get(name),
                    None => requests.get(name),
                },
            };
            usage
                .0
                .extend(amount.map(|amount| (resource.clone(), amount)));
        }
        usage
    }
}

/// A container's own amount of a resource that a quota names.
fn amount(container: &Container, resource: &str) -> Option<Quantity> {
    let resources = &container.resources;
    match resource.split_once('.') {
        Some(("limits", name)) => resources.limits.get(name),
        Some((_, name)) => resources.requests.get(name).or(resources.limits.get(name)),
        None => resources
            .requests
            .get(resource)
            .or(resources.limits.get(resource)),
    }
}

/// The limits of a pod, counted as its requests are.
fn limits_of(pod: &Pod) -> Resources {
    let mut limited = pod.clone();
    let containers = Arc::make_mut(&mut limited.spec.containers).iter_mut();
    let starting = Arc::make_mut(&mut limited.spec.init_containers).iter_mut();
    for container in containers.chain(starting) {
        container.resources.requests = Resources::default();
    }
    requests_of(&limited)
}
