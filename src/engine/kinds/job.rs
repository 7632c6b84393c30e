//! `batch/v1 Job`.

use super::spec::{KindSpec, ReportedState, TEMPLATE};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, job_selector, validation, validation::update, warnings};
use crate::controllers::workloads::WorkloadKind;
use crate::printers::{describe, get};

/// `batch/v1 Job`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: defaulting::workload::job,
    prepare_create: |job| {
        job_selector::generate(job);
        defaulting::workload::labels_of_the_template(job);
    },
    prepare_update: |job, old| {
        job_selector::keep_uid(job, old);
        // Without a selector it is refused, or merged with the one that the server generated.
        if job.at(&["spec", "selector"]).is_some() {
            defaulting::workload::labels_of_the_template(job);
        }
    },
    validate: validation::job::errors,
    validate_update: update::job,
    warnings: |it| warnings::pod::of_workload(it, TEMPLATE),
    update_warnings: |new, old| warnings::pod::of_changed(new, old, TEMPLATE),
    pod_path: Some(TEMPLATE),
    workload: Some(WorkloadKind::Job),
    reported_state: ReportedState::Pods,
    columns: &get::batch::JOB,
    describe: |item, context| {
        describe::page(item, context, |page| describe::batch::job(page, &item.tree))
    },
    ..KindSpec::new(built_in("batch", "Job"), "batch/v1")
};
