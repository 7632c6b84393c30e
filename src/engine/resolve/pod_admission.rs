//! Pods that the API server refuses: those of the text are errors, those of workloads are never created.

use std::sync::Arc;

use super::admit::AdmittedText;
use super::stored::RefusedKind;
use super::{NotModelled, RefusedObject, Resolved, Stored, pod_tree};
use crate::cluster::object::Pod;
use crate::controllers::pod_admission::{PodAdmission, PodRefusal};
use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::kinds::Kind;
use crate::manifest::deserializer::from_node;
use crate::names::ObjectName;

/// Pods of a workload that are not created.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ForbiddenPods {
    /// The workload's kind.
    pub(crate) kind: Kind,
    /// Its name.
    pub(crate) name: ObjectName,
    /// How many of its pods are created.
    pub(crate) made: usize,
    /// How many it asks for.
    pub(crate) asked: usize,
    /// The first pod that is refused.
    pub(crate) pod: String,
    /// Why.
    pub(crate) refusal: PodRefusal,
}

/// The admission plugins with the objects of a text that they read.
pub(super) fn plugins(objects: &[Stored], not_modelled: &[NotModelled]) -> PodAdmission {
    let mut plugins = PodAdmission::default();
    let namespaces = objects.iter().filter(|own| own.kind == Kind::Namespace);
    for stored in namespaces {
        plugins.add_namespace(&stored.name, &stored.tree);
    }
    for object in not_modelled.iter().filter(|own| own.api_version == "v1") {
        let name = ObjectName::new(object.namespace(), object.name.name.as_str());
        match object.kind.as_str() {
            "LimitRange" => plugins.add_limit_range(&name, &object.tree),
            "ResourceQuota" => plugins.add_quota(&name, &object.tree),
            _ => {}
        }
    }
    plugins
}

/// Takes the pods of the text out that are refused, with an error for each. Pods with a live status are there already.
pub(super) fn refuse(admitted: &mut AdmittedText, plugins: &mut PodAdmission) {
    let mut refused = Vec::new();
    admitted.objects.retain(|stored| {
        if stored.kind != Kind::Pod {
            return true;
        }
        let Ok(mut pod) = from_node::<Pod>(&stored.tree) else {
            return true;
        };
        if stored.written.is_none() || !pod.status.conditions.is_empty() {
            plugins.count(&pod);
            return true;
        }
        let outcome = plugins.admit(&mut pod, stored.tree.get("spec"));
        let found = outcome
            .err()
            .and_then(|refusal| refused_pod(stored, &refusal));
        let is_refused = found.is_some();
        refused.extend(found);
        !is_refused
    });
    let count = refused.len();
    admitted.counts.rejected += count;
    admitted.counts.created = admitted.counts.created.saturating_sub(count);
    admitted
        .diagnostics
        .extend(refused.iter().map(|object| Diagnostic {
            severity: Severity::Error,
            span: object.span,
            problem: Problem::Rejected {
                message: object.message.clone(),
            },
            fix: None,
        }));
    admitted.refused.extend(refused);
}

fn refused_pod(stored: &Stored, refusal: &PodRefusal) -> Option<RefusedObject> {
    Some(RefusedObject {
        kind: RefusedKind::Modelled(stored.kind),
        name: stored.name.clone(),
        tree: Arc::clone(&stored.tree),
        field: "metadata.name".to_owned(),
        span: stored.span("metadata.name")?,
        message: forbidden(&stored.name.name, refusal),
        fix: None,
    })
}

/// What the API server answers.
pub(crate) fn forbidden(pod: &str, refusal: &PodRefusal) -> String {
    format!("pods \"{pod}\" is forbidden: {}", refusal.message)
}

/// The pods of a workload that are created, and why no more are.
pub(super) fn created(
    stored: &Stored,
    mut pods: Vec<Pod>,
    plugins: &mut PodAdmission,
) -> (Vec<Pod>, Option<ForbiddenPods>) {
    if !plugins.has_rules() || stored.written.is_none() {
        return (pods, None);
    }
    let template = pod_tree::template(stored.kind, &stored.tree);
    let spec = template.and_then(|template| template.get("spec"));
    let asked = pods.len();
    let mut refused = pods.iter_mut().enumerate().filter_map(|(index, pod)| {
        let refusal = plugins.admit(pod, spec).err()?;
        Some((index, pod.metadata.name.to_string(), refusal))
    });
    let first = refused.next();
    let forbidden = first.map(|(made, pod, refusal)| ForbiddenPods {
        kind: stored.kind,
        name: stored.name.clone(),
        made,
        asked,
        pod,
        refusal,
    });
    pods.truncate(forbidden.as_ref().map_or(asked, |own| own.made));
    (pods, forbidden)
}

/// Whether the API server refuses every pod of a workload.
pub(super) fn forbids_all(resolved: &Resolved, kind: Kind, name: &ObjectName) -> bool {
    let mut forbidden = resolved.forbidden.iter();
    forbidden.any(|own| own.kind == kind && own.name == *name && own.refusal.is_of_each())
}

/// The pods that quotas let in beside those of the cluster that stay.
pub(super) fn within_quotas(
    resolved: &Resolved,
    pods: Vec<Pod>,
    leaving: &[ObjectName],
) -> Vec<Pod> {
    let mut plugins = plugins(&resolved.objects, &resolved.not_modelled);
    if !plugins.has_rules() {
        return pods;
    }
    let there = resolved.cluster.each_pod();
    let stays = |pod: &&Pod| !pod.is_terminating() && !leaving.contains(&pod.id());
    for pod in there.filter(stays) {
        plugins.count(pod);
    }
    let admitted = pods.into_iter().filter_map(|mut pod| {
        let is_in = plugins.admit(&mut pod, None).is_ok();
        is_in.then_some(pod)
    });
    admitted.collect()
}
