//! A selector that fits a workload and none of its pods: the workload is scaled to 0 or suspended, no node fits a DaemonSet,
//! or the workload has the labels itself.

use super::selector::labels_of;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::pods_forbidden;
use crate::causes::survey::{PortOf, Survey};
use crate::diagnostic::{Fault, Fix, SelectionFault};
use crate::kinds::Kind;
use crate::labels::{Labels, Selector};
use crate::manifest::tree::{Yaml, YamlValue};
use crate::resolve::template_of;

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
    for forbidden in &survey.resolved.forbidden {
        let stored = survey.resolved.get(forbidden.kind, &forbidden.name);
        let (_, template, _) = template_of(stored?)?;
        let is_own = forbidden.name.namespace == *namespace;
        if is_own && matcher.matches(&template.metadata.labels) {
            return pods_forbidden::of_workload(survey.resolved, forbidden);
        }
    }
    let at = Evidence::of(port.stored, "spec.selector");
    for own in workloads() {
        let spec = own.tree.get("spec")?;
        let replicas = spec.get("replicas").map(|own| &own.value);
        let makes_none = replicas == Some(&YamlValue::Int(0));
        if makes_none && matcher.matches(&labels_below(spec.get("template"))) {
            let fault = Fault::Selection(SelectionFault::WorkloadScaledToZero {
                service: service(),
                workload: format!("{} {}", own.kind.name(), own.name.name),
            });
            let replicas = Evidence::of(own, "spec.replicas");
            let fix = replicas.span.map(|span| Fix {
                span,
                text: "1".to_owned(),
            });
            return Some(Cause::certain(fault, vec![replicas, at]).with_fix(fix));
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

/// `metadata.labels` of an object or a template.
fn labels_below(object: Option<&Yaml>) -> Labels {
    let labels = object.and_then(|own| own.get("metadata")?.get("labels"));
    labels.map(labels_of).unwrap_or_default()
}
