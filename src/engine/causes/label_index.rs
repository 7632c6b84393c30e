//! Which labels the pods of each namespace have: what a selector is compared with.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::cluster::object::Pod;
use crate::labels::Labels;

/// The labels of all pods: how many pods of a namespace have a value of a key.
#[derive(Default)]
pub(super) struct LabelIndex<'a> {
    /// How many pods have each value, by namespace and key.
    values: BTreeMap<(&'a str, &'a str), BTreeMap<&'a str, usize>>,
    /// The namespaces of the pods with a label, by key and value.
    namespaces: BTreeMap<(&'a str, &'a str), BTreeSet<&'a str>>,
}

impl<'a> LabelIndex<'a> {
    pub(super) fn of(pods: impl Iterator<Item = &'a Pod>) -> LabelIndex<'a> {
        let mut index = LabelIndex::default();
        for pod in pods {
            for (key, value) in pod.metadata.labels.iter() {
                let namespace = pod.metadata.namespace.as_str();
                let values = index.values.entry((namespace, key.as_str()));
                *values.or_default().entry(value.as_str()).or_default() += 1;
                let namespaces = index.namespaces.entry((key.as_str(), value.as_str()));
                namespaces.or_default().insert(namespace);
            }
        }
        index
    }

    /// The namespaces that have pods with each of the labels, though not always all on one pod.
    pub(super) fn namespaces_with(&self, selector: &Labels) -> Vec<&'a str> {
        let mut labels = selector.iter();
        let of = |(key, value): (&SmolStr, &SmolStr)| {
            let namespaces = self.namespaces.get(&(key.as_str(), value.as_str()));
            namespaces.cloned().unwrap_or_default()
        };
        let Some(first) = labels.next().map(of) else {
            return Vec::new();
        };
        let all = labels.fold(first, |all, label| &all & &of(label));
        all.into_iter().collect()
    }

    /// The values of a key in a namespace.
    pub(super) fn values(&self, namespace: &str, key: &str) -> Vec<&'a str> {
        let values = self.values.get(&(namespace, key));
        values
            .into_iter()
            .flatten()
            .map(|(value, _)| *value)
            .collect()
    }
}
