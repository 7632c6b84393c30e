//! Policies that select no pod.

use super::pods::{PodsByNamespace, selector};
use crate::api_resources::of_kind;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::NetworkPolicy;
use crate::diagnostic::{Fault, PolicyFault};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::resolve::Stored;

/// A policy whose `podSelector` matches nothing: pods have other labels, or they are in another namespace.
pub(super) fn check(
    survey: &Survey,
    pods: &PodsByNamespace,
    stored: &Stored,
    policy: &NetworkPolicy,
) -> Option<Cause> {
    let namespace = policy.metadata.namespace.as_str();
    let subjects = selector(&policy.spec.pod_selector);
    if !pods.matching(namespace, &subjects).is_empty() || has_custom_objects(survey) {
        return None;
    }
    let name = policy.metadata.name.to_string();
    let written = subjects.to_string();
    if !pods.of_namespace(namespace).is_empty() {
        let fault = Fault::Policy(PolicyFault::PolicySelectsNothing {
            policy: name,
            namespace: namespace.to_owned(),
            selector: written,
        });
        return Some(Cause::likely(
            fault,
            vec![Evidence::of(stored, "spec.podSelector")],
        ));
    }
    let is_written = survey
        .resolved
        .get(Kind::Namespace, &ObjectName::new("", namespace))
        .is_some();
    let [meant] = pods.namespaces_with(&subjects)[..] else {
        return None;
    };
    if is_written || written.is_empty() {
        return None;
    }
    let fault = Fault::Policy(PolicyFault::PolicyOfOtherNamespace {
        policy: name,
        namespace: namespace.to_owned(),
        selector: written,
        meant: meant.to_owned(),
    });
    Some(Cause::likely(
        fault,
        vec![Evidence::of(stored, "metadata.namespace")],
    ))
}

/// Whether the text has objects of custom kinds, whose controllers may create the pods.
fn has_custom_objects(survey: &Survey) -> bool {
    let mut others = survey.resolved.not_modelled.iter();
    others.any(|object| of_kind(&object.kind).is_none())
}
