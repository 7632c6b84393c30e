//! A `namespaceSelector` that matches no namespace: labels of namespaces are not their names.

use super::peers_of;
use super::pods::{PodsByNamespace, selector};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{NetworkPolicy, NetworkPolicyPeer};
use crate::diagnostic::{Fault, PolicyFault};
use crate::kinds::Kind;
use crate::resolve::Stored;

/// The label that the API server gives every namespace, with its name as the value.
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

/// Items whose `namespaceSelector` matches no namespace, of a text that says which labels its namespaces have.
pub(super) fn check(
    survey: &Survey,
    pods: &PodsByNamespace,
    stored: &Stored,
    policy: &NetworkPolicy,
) -> Vec<Cause> {
    let causes = peers_of(policy).filter_map(|(path, peer)| {
        let field = format!("{path}.namespaceSelector");
        of_item(survey, pods, (stored, &field), policy, peer)
    });
    causes.collect()
}

fn of_item(
    survey: &Survey,
    pods: &PodsByNamespace,
    (stored, field): (&Stored, &str),
    policy: &NetworkPolicy,
    peer: &NetworkPolicyPeer,
) -> Option<Cause> {
    let written = peer.namespace_selector.as_ref()?;
    let wanted = selector(written);
    if !pods.namespaces(&wanted).is_empty() {
        return None;
    }
    let cluster = &survey.resolved.cluster;
    // `name: monitoring` is what people take for the name of a namespace.
    let mut labels = written.match_labels.iter();
    let meant = labels.find_map(|(key, value)| {
        let is_name = key != NAME_LABEL && cluster.namespaces.contains_key(value);
        is_name.then(|| value.to_string())
    });
    let has_written = survey
        .resolved
        .of_kind(Kind::Namespace)
        .any(|own| own.written.is_some());
    if meant.is_none() && !has_written {
        return None;
    }
    let fault = Fault::Policy(PolicyFault::PolicyNamespacesNone {
        policy: policy.metadata.name.to_string(),
        selector: wanted.to_string(),
        meant: meant.clone().unwrap_or_default(),
    });
    let cause = Cause::likely(fault, vec![Evidence::of(stored, field)]);
    Some(if meant.is_some() {
        cause
    } else {
        cause.possible()
    })
}
