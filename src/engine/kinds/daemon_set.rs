//! `apps/v1 DaemonSet`.

use super::spec::{KindSpec, ReportedState, TEMPLATE};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, validation::update, warnings};
use crate::controllers::workloads::WorkloadKind;
use crate::printers::{describe, get};

/// `apps/v1 DaemonSet`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: defaulting::workload::daemon_set,
    prepare_update: defaulting::workload::carry_template_generation,
    validate: validation::workload::daemon_set,
    validate_update: |new, old| update::unchanged(new, old, &["spec", "selector"]),
    warnings: |it| warnings::pod::of_template(&it.at(TEMPLATE)),
    update_warnings: |new, old| warnings::pod::of_changed(new, old, TEMPLATE),
    pod_path: Some(TEMPLATE),
    workload: Some(WorkloadKind::DaemonSet),
    reported_state: ReportedState::Pods,
    columns: &get::workloads::DAEMON_SET,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::workloads::daemon_set(page, item, context)
        })
    },
    ..KindSpec::new(built_in("apps", "DaemonSet"), "apps/v1")
};
