//! `apps/v1 StatefulSet`.

use super::spec::{KindSpec, ReportedState, TEMPLATE};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, validation::update, warnings};
use crate::controllers::workloads::WorkloadKind;
use crate::printers::{describe, get};
use crate::syntax::is_dns1123_label;

/// `apps/v1 StatefulSet`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: defaulting::workload::stateful_set,
    validate: validation::workload::stateful_set,
    validate_update: update::stateful_set,
    warnings: |it| {
        let mut found = warnings::pod::of_template(&it.at(TEMPLATE));
        found.extend(warnings::stateful_set(it));
        found
    },
    update_warnings: |new, old| {
        let mut found = warnings::pod::of_changed(new, old, TEMPLATE);
        found.extend(warnings::changed_stateful_set(new));
        found
    },
    pod_path: Some(TEMPLATE),
    workload: Some(WorkloadKind::StatefulSet),
    reported_state: ReportedState::Pods,
    name_errors: is_dns1123_label,
    columns: &get::workloads::STATEFUL_SET,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::workloads::stateful_set(page, item, context)
        })
    },
    ..KindSpec::new(built_in("apps", "StatefulSet"), "apps/v1")
};
