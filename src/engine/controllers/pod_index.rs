//! Which pods a Service selects, found through an index from labels to pods.
//!
//! A cluster may have 10 000 Services over 150 000 pods; asking every Service about every pod would be 1.5 thousand
//! million questions. So each namespace's pods are filed once under the labels that selectors ask for, and a Service
//! looks only into the smallest of the files its selector names.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::cluster::object::{Pod, Service};
use crate::engine::labels::Selector;
use crate::engine::names::ObjectName;

/// The pods of one namespace by a label's key and value.
type Files<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Pod>>>;

/// Pods filed under those of their labels that some selector asks for, namespace by namespace.
#[derive(Debug, Default)]
pub struct PodIndex<'a> {
    namespaces: BTreeMap<&'a str, Files<'a>>,
}

impl<'a> PodIndex<'a> {
    /// Files the pods for these Services.
    pub fn new(
        pods: &'a BTreeMap<ObjectName, Arc<Pod>>,
        services: impl IntoIterator<Item = &'a Service>,
    ) -> PodIndex<'a> {
        let mut namespaces: BTreeMap<&str, Files> = BTreeMap::new();
        for service in services {
            let files = namespaces
                .entry(service.metadata.namespace.as_str())
                .or_default();
            for (key, value) in service.spec.selector.iter().flatten() {
                files
                    .entry(key.as_str())
                    .or_default()
                    .entry(value.as_str())
                    .or_default();
            }
        }
        for (namespace, files) in &mut namespaces {
            let from = ObjectName::new(*namespace, "");
            let of_namespace = pods
                .range(from..)
                .take_while(|(name, _)| name.namespace == *namespace);
            of_namespace.for_each(|(_, pod)| file(files, pod));
        }
        PodIndex { namespaces }
    }

    /// The pods of the Service's namespace that carry every label of its selector, in order of their names; none when
    /// it has no selector.
    pub fn selected(&self, service: &Service) -> Vec<&'a Pod> {
        let Some(labels) = &service.spec.selector else {
            return Vec::new();
        };
        let Some(files) = self.namespaces.get(service.metadata.namespace.as_str()) else {
            return Vec::new();
        };
        let asked = labels
            .iter()
            .filter_map(|(key, value)| files.get(key.as_str())?.get(value.as_str()));
        let smallest = asked.min_by_key(|file| file.len());
        let selector = Selector::equal_to(labels);
        smallest
            .into_iter()
            .flatten()
            .copied()
            .filter(|pod| selector.matches(&pod.metadata.labels))
            .collect()
    }
}

fn file<'a>(files: &mut Files<'a>, pod: &'a Pod) {
    for (key, values) in files {
        let value = pod.metadata.labels.get(*key);
        if let Some(file) = value.and_then(|value| values.get_mut(value.as_str())) {
            file.push(pod);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::labels::Labels;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        pairs
            .iter()
            .map(|&(key, value)| (key.into(), value.into()))
            .collect()
    }

    fn pod(namespace: &str, name: &str, pairs: &[(&str, &str)]) -> (ObjectName, Arc<Pod>) {
        let mut pod = Pod::default();
        (pod.metadata.namespace, pod.metadata.name) = (namespace.into(), name.into());
        pod.metadata.labels = labels(pairs).into();
        (pod.id(), Arc::new(pod))
    }

    fn names(selector: Option<&[(&str, &str)]>) -> Vec<String> {
        let pods = BTreeMap::from([
            pod("default", "both", &[("app", "web"), ("tier", "front")]),
            pod("default", "one", &[("app", "web")]),
            pod("dev", "elsewhere", &[("app", "web"), ("tier", "front")]),
        ]);
        let mut service = Service::default();
        service.metadata.namespace = "default".into();
        service.spec.selector = selector.map(labels);
        let index = PodIndex::new(&pods, [&service]);
        index
            .selected(&service)
            .iter()
            .map(|pod| pod.metadata.name.to_string())
            .collect()
    }

    #[test]
    fn a_pod_must_carry_every_label_and_live_in_the_services_namespace() {
        assert_eq!(names(Some(&[("app", "web")])), ["both", "one"]);
        assert_eq!(names(Some(&[("app", "web"), ("tier", "front")])), ["both"]);
        assert!(names(Some(&[("app", "web"), ("tier", "back")])).is_empty());
    }

    #[test]
    fn a_service_without_a_selector_selects_nothing() {
        assert!(names(None).is_empty());
    }
}
