//! A Namespace behind the objects that are in it. kubectl sends the documents in their order and the API server refuses an
//! object of a namespace that does not exist, so the first `kubectl apply` fails for them (kubernetes
//! `plugin/pkg/admission/namespace/lifecycle`).

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{ApplyFault, Fault};
use crate::kinds::Kind;
use crate::resolve::Stored;

/// Every such Namespace.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let namespaces = survey.resolved.of_kind(Kind::Namespace);
    namespaces
        .filter_map(|own| of_namespace(survey, own))
        .collect()
}

fn of_namespace(survey: &Survey, namespace: &Stored) -> Option<Cause> {
    let place = namespace.written?;
    // A live dump is sorted by kind, and its namespaces exist.
    let metadata = namespace.tree.get("metadata")?;
    if metadata.get("resourceVersion").is_some() {
        return None;
    }
    let objects = survey.resolved.objects.iter();
    let mut before = objects.filter(|own| {
        let is_before = own.written.is_some_and(|own| own < place);
        own.name.namespace == namespace.name.name && is_before
    });
    let first = before.next()?;
    let fault = Fault::Apply(ApplyFault::NamespaceComesLater {
        namespace: namespace.name.name.to_string(),
        object: format!("{} {}", first.kind.name(), first.name.name),
        objects: 1 + before.count(),
    });
    let evidence = vec![
        Evidence::of(first, "metadata.namespace"),
        Evidence::of(namespace, "metadata.name"),
    ];
    Some(Cause::likely(fault, evidence))
}
