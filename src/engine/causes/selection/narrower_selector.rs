//! A selector that takes in less: one label more, that only the pods that were meant have.

use crate::causes::edit::add_label;
use crate::cluster::object::Pod;
use crate::diagnostic::Fix;
use crate::resolve::Stored;

/// Adds a label to the selector of a Service.
pub(in crate::causes) fn selecting(service: &Stored, (key, value): (&str, &str)) -> Option<Fix> {
    let selector = service.tree.at(&["spec", "selector"])?;
    add_label(service, selector, key, value)
}

/// Labels that controllers set on their pods. They change with each rollout, or are of one pod only.
const CONTROLLERS: [&str; 9] = [
    "apps.kubernetes.io/pod-index",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
    "batch.kubernetes.io/job-name",
    "controller-revision-hash",
    "controller-uid",
    "job-name",
    "pod-template-hash",
    "statefulset.kubernetes.io/pod-name",
];

/// A label that all of these pods have, and none of the others, and that somebody wrote.
pub(in crate::causes) fn label_of_those_only<'a>(
    meant: &[&'a Pod],
    others: &[&Pod],
) -> Option<(&'a str, &'a str)> {
    let labels = &meant.first()?.metadata.labels;
    let mut labels = labels
        .iter()
        .filter(|(key, _)| !CONTROLLERS.contains(&key.as_str()));
    let (key, value) = labels.find(|(key, value)| {
        let has = |pod: &&Pod| pod.metadata.labels.get(*key) == Some(*value);
        meant.iter().all(has) && !others.iter().any(has)
    })?;
    Some((key.as_str(), value.as_str()))
}
