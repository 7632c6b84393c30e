//! `v1 ReplicationController`.

use super::spec::{KindSpec, ReportedState, TEMPLATE};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, warnings};
use crate::controllers::workloads::WorkloadKind;
use crate::printers::{describe, get};

/// `v1 ReplicationController`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: defaulting::workload::replication_controller,
    validate: validation::workload::replication_controller,
    warnings: |it| warnings::pod::of_workload(it, TEMPLATE),
    update_warnings: |new, old| warnings::pod::of_changed(new, old, TEMPLATE),
    pod_path: Some(TEMPLATE),
    workload: Some(WorkloadKind::ReplicationController),
    reported_state: ReportedState::Pods,
    has_plain_selector: true,
    columns: &get::workloads::REPLICATION_CONTROLLER,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::workloads::replication_controller(page, item, context)
        })
    },
    ..KindSpec::new(built_in("", "ReplicationController"), "v1")
};
