//! An index from labels to pods, for finding the pods that Services select.
//!
//! With 10 000 Services and 150 000 pods, comparing every Service with every pod takes 1.5 billion comparisons. The index
//! groups each namespace's pods by the labels that selectors use; a Service looks only at its smallest group.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cluster::object::{Pod, Service};
use crate::labels::Selector;
use crate::names::ObjectName;

/// The pods of one namespace by label key and value.
type Buckets<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Pod>>>;

/// Pods by namespace and by the labels that selectors use.
#[derive(Debug, Default)]
pub struct PodIndex<'a> {
    namespaces: BTreeMap<&'a str, Buckets<'a>>,
}

impl<'a> PodIndex<'a> {
    /// Indexes the pods by the labels in the selectors of these Services.
    pub fn new(
        pods: &'a BTreeMap<ObjectName, Arc<Pod>>,
        services: impl IntoIterator<Item = &'a Service>,
    ) -> PodIndex<'a> {
        let mut namespaces: BTreeMap<&str, Buckets> = BTreeMap::new();
        for service in services {
            let namespace = service.metadata.namespace.as_str();
            let buckets = namespaces.entry(namespace).or_default();
            for (key, value) in service.spec.selector.iter().flatten() {
                let values = buckets.entry(key.as_str()).or_default();
                values.entry(value.as_str()).or_default();
            }
        }
        for (namespace, buckets) in &mut namespaces {
            for (name, pod) in pods.range(ObjectName::new(*namespace, "")..) {
                if name.namespace != *namespace {
                    break;
                }
                add(buckets, pod);
            }
        }
        PodIndex { namespaces }
    }

    /// The pods of the Service's namespace that have all labels of its selector, ordered by name. Empty without a
    /// selector.
    pub fn selected(&self, service: &Service) -> Vec<&'a Pod> {
        let namespace = service.metadata.namespace.as_str();
        let (Some(labels), Some(buckets)) =
            (&service.spec.selector, self.namespaces.get(namespace))
        else {
            return Vec::new();
        };
        let smallest = labels
            .iter()
            .filter_map(|(key, value)| buckets.get(key.as_str())?.get(value.as_str()))
            .min_by_key(|bucket| bucket.len());
        let selector = Selector::equal_to(labels);
        smallest
            .into_iter()
            .flatten()
            .copied()
            .filter(|pod| selector.matches(&pod.metadata.labels))
            .collect()
    }
}

fn add<'a>(buckets: &mut Buckets<'a>, pod: &'a Pod) {
    for (key, values) in buckets {
        let value = pod.metadata.labels.get(*key);
        if let Some(bucket) = value.and_then(|value| values.get_mut(value.as_str())) {
            bucket.push(pod);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::Labels;

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
    fn a_pod_must_have_every_label_and_be_in_the_services_namespace() {
        assert_eq!(names(Some(&[("app", "web")])), ["both", "one"]);
        assert_eq!(names(Some(&[("app", "web"), ("tier", "front")])), ["both"]);
        assert!(names(Some(&[("app", "web"), ("tier", "back")])).is_empty());
    }

    #[test]
    fn a_service_without_a_selector_selects_nothing() {
        assert!(names(None).is_empty());
    }
}
