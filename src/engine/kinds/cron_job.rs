//! `batch/v1 CronJob`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, warnings};
use crate::controllers::workloads::WorkloadKind;
use crate::printers::{describe, get};

/// The template of its pods is in that of its Jobs.
const TEMPLATE: &[&str] = &["spec", "jobTemplate", "spec", "template"];

/// `batch/v1 CronJob`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: defaulting::workload::cron_job,
    validate: validation::job::cron_errors,
    warnings: |it| warnings::pod::of_workload(it, TEMPLATE),
    update_warnings: |new, old| warnings::pod::of_changed(new, old, TEMPLATE),
    pod_path: Some(TEMPLATE),
    workload: Some(WorkloadKind::CronJob),
    reported_state: ReportedState::Pods,
    validate_create: validation::job::long_name,
    columns: &get::batch::CRON_JOB,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::batch::cron_job(page, &item.tree)
        })
    },
    ..KindSpec::new(built_in("batch", "CronJob"), "batch/v1")
};
