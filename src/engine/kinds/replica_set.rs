//! `apps/v1 ReplicaSet`.

use super::spec::{KindSpec, ReportedState, TEMPLATE};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, validation::update, warnings};
use crate::controllers::workloads::WorkloadKind;
use crate::printers::{describe, get};

/// `apps/v1 ReplicaSet`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: defaulting::workload::replica_set,
    validate: validation::workload::replica_set,
    validate_update: |new, old| update::unchanged(new, old, &["spec", "selector"]),
    warnings: |it| warnings::pod::of_workload(it, TEMPLATE),
    update_warnings: |new, old| warnings::pod::of_changed(new, old, TEMPLATE),
    pod_path: Some(TEMPLATE),
    workload: Some(WorkloadKind::ReplicaSet),
    reported_state: ReportedState::Pods,
    columns: &get::workloads::REPLICA_SET,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::workloads::replica_set(page, item, context)
        })
    },
    ..KindSpec::new(built_in("apps", "ReplicaSet"), "apps/v1")
};
