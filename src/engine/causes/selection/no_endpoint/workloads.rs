//! A selector that fits a workload and none of its pods: the workload is scaled to 0 or suspended, no node fits a DaemonSet,
//! or the workload has the labels itself.

use super::selector::labels_of;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::pods::forbidden;
use crate::causes::survey::{PortOf, Survey};
use crate::diagnostic::{Fault, Fix, SelectionFault};
use crate::kinds::Kind;
use crate::labels::{Labels, Selector};
use crate::manifest::tree::{Yaml, YamlValue};
use crate::resolve::{NotModelled, Stored, template_of};

/// A workload that has the labels: in its template, and is scaled to 0; or on itself, where no selector looks.
pub(super) fn of_selector(survey: &Survey, port: PortOf, selector: &Labels) -> Option<Cause> {
    let matcher = Selector::equal_to(selector);
    let namespace = &port.service.metadata.namespace;
    let service = || port.service.metadata.name.to_string();
    let workloads = || {
        let kinds = [
            Kind::Deployment,
            Kind::StatefulSet,
            Kind::ReplicaSet,
            Kind::DaemonSet,
        ];
        let stored = kinds
            .into_iter()
            .flat_map(|kind| survey.resolved.of_kind(kind));
        stored.filter(|own| own.name.namespace == *namespace && own.written.is_some())
    };
    if let Some(cause) = forbidden(survey, namespace, &matcher) {
        return Some(cause);
    }
    let at = Evidence::of(port.stored, "spec.selector");
    for own in workloads() {
        let spec = own.tree.get("spec")?;
        let replicas = spec.get("replicas").map(|own| &own.value);
        let makes_none = replicas == Some(&YamlValue::Int(0));
        if makes_none && matcher.matches(&labels_below(spec.get("template"))) {
            let scaler = scaler_of(survey, own);
            let fault = Fault::Selection(SelectionFault::WorkloadScaledToZero {
                service: service(),
                workload: format!("{} {}", own.kind.name(), own.name.name),
                scaler: scaler.map_or_else(String::new, |scaler| {
                    format!("{} {}", scaler.kind, scaler.name.name)
                }),
            });
            let replicas = Evidence::of(own, "spec.replicas");
            let span = replicas.span.filter(|_| scaler.is_none());
            let fix = span.map(|span| Fix {
                span,
                text: "1".to_owned(),
            });
            let mut evidence = vec![replicas, at];
            evidence.extend(scaler.map(Evidence::of_kind));
            return Some(Cause::certain(fault, evidence).with_fix(fix));
        }
    }
    if let Some(cause) = makes_none(survey, port, &matcher) {
        return Some(cause);
    }
    let mut carriers = workloads().filter(|own| matcher.matches(&labels_below(Some(&own.tree))));
    let own = carriers.next()?;
    let template = own.tree.get("spec")?.get("template");
    let fault = Fault::Selection(SelectionFault::SelectsWorkloadLabels {
        service: service(),
        selector: matcher.to_string(),
        workload: format!("{} {}", own.kind.name(), own.name.name),
        labels: Selector::equal_to(&labels_below(template)).to_string(),
    });
    let written = Evidence::of(own, "metadata.labels");
    Some(Cause::certain(fault, vec![at, written]))
}

/// A workload that makes no pods for another reason: a DaemonSet that fits no node, a Job that is suspended.
fn makes_none(survey: &Survey, port: PortOf, matcher: &Selector) -> Option<Cause> {
    let resolved = survey.resolved;
    let namespace = &port.service.metadata.namespace;
    let stored = [Kind::DaemonSet, Kind::Job, Kind::CronJob].into_iter();
    let mut stored = stored.flat_map(|kind| resolved.of_kind(kind));
    let (own, template) = stored.find_map(|own| {
        let (_, template, _) = template_of(own)?;
        let is_meant = own.name.namespace == *namespace
            && own.written.is_some()
            && matcher.matches(&template.metadata.labels)
            && resolved.pods_of(own.kind, &own.name).next().is_none();
        is_meant.then_some((own, template))
    })?;
    let spec = own.tree.get("spec")?;
    let is_suspended = spec.get("suspend").map(|own| &own.value) == Some(&YamlValue::Bool(true));
    if !is_suspended && own.kind != Kind::DaemonSet {
        return None;
    }
    let fault = Fault::Selection(SelectionFault::WorkloadMakesNoPods {
        service: port.service.metadata.name.to_string(),
        workload: format!("{} {}", own.kind.name(), own.name.name),
        suspended: is_suspended,
        why: survey.occupants().unschedulable_message(&template),
    });
    let field = if is_suspended {
        "spec.suspend"
    } else {
        "spec.template.spec"
    };
    let evidence = vec![
        Evidence::of(own, field),
        Evidence::of(port.stored, "spec.selector"),
    ];
    Some(Cause::certain(fault, evidence))
}

/// A workload with the labels whose pods the API server refuses.
fn forbidden(survey: &Survey, namespace: &str, matcher: &Selector) -> Option<Cause> {
    let resolved = survey.resolved;
    let mut found = resolved.forbidden.iter().filter(|own| {
        let stored = resolved.get(own.kind, &own.name);
        let template = stored.and_then(template_of);
        let has_labels =
            template.is_some_and(|(_, template, _)| matcher.matches(&template.metadata.labels));
        own.name.namespace == namespace && has_labels
    });
    forbidden::of_workload(resolved, found.next()?)
}

/// What scales a workload and is not simulated: KEDA's ScaledObject, a Rollout that has taken its template over.
fn scaler_of<'a>(survey: &Survey<'a>, workload: &Stored) -> Option<&'a NotModelled> {
    let mut objects = survey.resolved.not_modelled.iter();
    objects.find(|object| {
        let mut references = ["scaleTargetRef", "workloadRef"].into_iter();
        let is_own = references.any(|field| {
            let name = object.tree.at(&["spec", field, "name"]);
            name.and_then(Yaml::as_str) == Some(workload.name.name.as_str())
        });
        is_own && object.namespace() == workload.name.namespace
    })
}

/// `metadata.labels` of an object or a template.
fn labels_below(object: Option<&Yaml>) -> Labels {
    let labels = object.and_then(|own| own.get("metadata")?.get("labels"));
    labels.map(labels_of).unwrap_or_default()
}
