//! `apps/v1 Deployment`.

use super::spec::{KindSpec, ReportedState, TEMPLATE};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, validation::update, warnings};
use crate::controllers::workloads::WorkloadKind;
use crate::printers::{describe, get};

/// `apps/v1 Deployment`.
pub(super) static SPEC: KindSpec = KindSpec {
    // They are copied to its ReplicaSets.
    counted_metadata: &["annotations"],
    fill_defaults: defaulting::workload::deployment,
    validate: validation::workload::deployment,
    validate_update: |new, old| update::unchanged(new, old, &["spec", "selector"]),
    warnings: |it| warnings::pod::of_workload(it, TEMPLATE),
    update_warnings: |new, old| warnings::pod::of_changed(new, old, TEMPLATE),
    pod_path: Some(TEMPLATE),
    workload: Some(WorkloadKind::Deployment),
    reported_state: ReportedState::Pods,
    columns: &get::workloads::DEPLOYMENT,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::workloads::deployment(page, item, context)
        })
    },
    ..KindSpec::new(built_in("apps", "Deployment"), "apps/v1")
};
