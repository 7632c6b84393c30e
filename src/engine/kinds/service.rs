//! `v1 Service`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::{allocation, apply_merge, defaulting, update, validation, warnings};
use crate::manifest::deserializer::typed;
use crate::printers::{describe, get};
use crate::syntax::is_dns1123_label;

/// `v1 Service`.
pub(super) static SPEC: KindSpec = KindSpec {
    has_generation: false,
    // Since 1.36 the name may begin with a digit (`RelaxedServiceNameValidation`).
    name_errors: is_dns1123_label,
    has_plain_selector: true,
    fill_defaults: defaulting::service::fill,
    allocate: allocation::create,
    reallocate: update::update,
    lost_by_apply: apply_merge::lost_by_apply,
    validate: validation::service::errors,
    validate_update: validation::update::service,
    tells_update_first: true,
    warnings: warnings::service,
    update_warnings: |new, _| warnings::service(new),
    add_to_cluster: |cluster, name, tree| cluster.services.extend(typed(name, tree)),
    reported_state: ReportedState::LoadBalancer,
    columns: &get::service::SERVICE,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::service::service(page, &item.tree, context);
        })
    },
    ..KindSpec::new(built_in("", "Service"), "v1")
};
