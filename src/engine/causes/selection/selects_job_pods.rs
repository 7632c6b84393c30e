//! A selector that matches pods of several workloads: some of the connections reach pods that were not meant.
//!
//! The usual case is a Job whose pods have the labels of the Deployment's, and a broad label such as
//! `app.kubernetes.io/part-of` that a whole application shares.

use std::collections::BTreeMap;

use super::narrower_selector::{label_of_those_only, selecting};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{Pod, Service};
use crate::controllers::endpointslices::{find_port, is_member};
use crate::diagnostic::{Fault, SelectionFault};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::resolve::Stored;

/// Every Service whose selector also matches a Job's pods.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let services = survey.services();
    let causes = services.filter_map(|(stored, service)| of_service(survey, stored, service));
    causes.collect()
}

/// The same for the Services that select a Job's pod.
pub(in crate::causes) fn of_pod(survey: &Survey, pod: &Pod) -> Option<Cause> {
    if !is_of_job(survey, pod) {
        return None;
    }
    let mut services = survey.services().filter(|(_, service)| {
        let selected = survey.pods.selected(service);
        selected.iter().any(|own| own.id() == pod.id())
    });
    services.find_map(|(stored, service)| of_service(survey, stored, service))
}

/// Whether a Job's pod gets connections of the Service, which this file reports.
pub(in crate::causes) fn is_told(survey: &Survey, service: &Service, pod: &Pod) -> bool {
    is_of_job(survey, pod) && serves(service, pod)
}

fn is_of_job(survey: &Survey, pod: &Pod) -> bool {
    let maker = survey.resolved.workload_of(&pod.id());
    maker.is_some_and(|maker| is_job(maker.kind))
}

/// Whether a pod is an endpoint for a port of a Service: a named target port has to be there.
fn serves(service: &Service, pod: &Pod) -> bool {
    let ports = &service.spec.ports;
    ports.is_empty() || ports.iter().any(|port| find_port(pod, port).is_some())
}

fn is_job(kind: Kind) -> bool {
    matches!(kind, Kind::Job | Kind::CronJob)
}

fn of_service(survey: &Survey, stored: &Stored, service: &Service) -> Option<Cause> {
    let selected = survey.pods.selected(service);
    let pods: Vec<&Pod> = selected.into_iter().filter(|pod| is_member(pod)).collect();
    let workloads = by_workload(survey, &pods);
    let are_jobs =
        |(maker, _): &(Option<&Stored>, usize)| maker.is_some_and(|maker| is_job(maker.kind));
    if !workloads.is_empty() && workloads.values().all(are_jobs) {
        return of_jobs_only(stored, service, &workloads);
    }
    if workloads.len() < 2 {
        return None;
    }
    let serving = pods.iter().filter(|pod| serves(service, pod)).copied();
    let serving = by_workload(survey, &serving.collect::<Vec<_>>());
    let (maker, count) = serving
        .values()
        .find(|(maker, _)| maker.is_some_and(|maker| is_job(maker.kind)))?;
    let maker = (*maker)?;
    let fault = Fault::Selection(SelectionFault::SelectsJobPods {
        service: service.metadata.name.to_string(),
        kind: maker.kind.name().to_owned(),
        job: maker.name.name.to_string(),
        pods: *count,
        all: serving.values().map(|(_, count)| count).sum(),
    });
    let evidence = vec![
        Evidence::of(maker, "spec.template.metadata.labels"),
        Evidence::of(stored, "spec.selector"),
    ];
    let (jobs, meant): (Vec<&Pod>, Vec<&Pod>) =
        pods.into_iter().partition(|pod| is_of_job(survey, pod));
    let label = label_of_those_only(&meant, &jobs);
    let fix = label.and_then(|label| selecting(stored, label));
    Some(Cause::likely(fault, evidence).with_fix(fix))
}

/// All pods are those of Jobs: the Service has no endpoint once they have finished.
fn of_jobs_only(
    stored: &Stored,
    service: &Service,
    workloads: &BTreeMap<(String, ObjectName), (Option<&Stored>, usize)>,
) -> Option<Cause> {
    let (maker, _) = workloads.values().next()?;
    let maker = (*maker)?;
    let fault = Fault::Selection(SelectionFault::SelectsJobPodsOnly {
        service: service.metadata.name.to_string(),
        kind: maker.kind.name().to_owned(),
        job: maker.name.name.to_string(),
    });
    let evidence = vec![
        Evidence::of(maker, "kind"),
        Evidence::of(stored, "spec.selector"),
    ];
    Some(Cause::likely(fault, evidence).possible())
}

/// The pods by the workload that made them, each workload with its number of pods. Pods without one count for
/// themselves.
fn by_workload<'a>(
    survey: &Survey<'a>,
    pods: &[&Pod],
) -> BTreeMap<(String, ObjectName), (Option<&'a Stored>, usize)> {
    let mut workloads: BTreeMap<(String, ObjectName), (Option<&Stored>, usize)> = BTreeMap::new();
    for pod in pods {
        let maker = survey.resolved.workload_of(&pod.id());
        let key = match maker {
            Some(maker) => (maker.kind.name().to_owned(), maker.name.clone()),
            None => ("Pod".to_owned(), pod.id()),
        };
        workloads.entry(key).or_insert((maker, 0)).1 += 1;
    }
    workloads
}
