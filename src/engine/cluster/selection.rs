//! Which pods a Service selects, found through an index from labels to pods.
//!
//! A cluster may have 10 000 Services over 150 000 pods; asking every Service about every pod would be 1.5 thousand
//! million questions. So each namespace's pods are filed once under the labels that selectors ask for, and a Service
//! looks only into the smallest of the files its selector names.

use std::collections::{BTreeMap, BTreeSet};

use super::object::{Pod, Service};
use crate::engine::labels::Selector;
use crate::engine::names::ObjectName;

/// One label in one namespace.
type Label<'a> = (&'a str, &'a str, &'a str);

/// Pods filed under those of their labels that some selector asks for.
#[derive(Debug, Default)]
pub struct PodIndex<'a> {
    files: BTreeMap<Label<'a>, Vec<&'a Pod>>,
}

impl<'a> PodIndex<'a> {
    /// Files the pods for these Services.
    pub fn new(pods: &'a BTreeMap<ObjectName, Pod>, services: impl IntoIterator<Item = &'a Service>) -> PodIndex<'a> {
        let asked: BTreeSet<Label> = services.into_iter().flat_map(asked_for).collect();
        let mut files: BTreeMap<Label, Vec<&Pod>> = asked.into_iter().map(|label| (label, Vec::new())).collect();
        for pod in pods.values() {
            for (key, value) in &pod.metadata.labels {
                if let Some(file) = files.get_mut(&(pod.metadata.namespace.as_str(), key.as_str(), value.as_str())) {
                    file.push(pod);
                }
            }
        }
        PodIndex { files }
    }

    /// The pods of the Service's namespace that carry every label of its selector, in order of their names; none when
    /// it has no selector.
    pub fn selected(&self, service: &Service) -> Vec<&'a Pod> {
        let selector = service.spec.selector.as_ref().map_or_else(Selector::everything, Selector::equal_to);
        let files = asked_for(service).filter_map(|label| self.files.get(&label));
        let smallest = files.min_by_key(|file| file.len());
        smallest.into_iter().flatten().copied().filter(|pod| selector.matches(&pod.metadata.labels)).collect()
    }
}

fn asked_for(service: &Service) -> impl Iterator<Item = Label<'_>> {
    let namespace = service.metadata.namespace.as_str();
    let selector = service.spec.selector.iter().flatten();
    selector.map(move |(key, value)| (namespace, key.as_str(), value.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::labels::Labels;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        pairs.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    fn pod(namespace: &str, name: &str, pairs: &[(&str, &str)]) -> (ObjectName, Pod) {
        let mut pod = Pod::default();
        (pod.metadata.namespace, pod.metadata.name) = (namespace.into(), name.into());
        pod.metadata.labels = labels(pairs);
        (pod.id(), pod)
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
        index.selected(&service).iter().map(|pod| pod.metadata.name.clone()).collect()
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
