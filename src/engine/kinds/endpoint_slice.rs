//! `discovery.k8s.io/v1 EndpointSlice`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, validation::update, warnings};
use crate::manifest::deserializer::typed;
use crate::printers::{describe, get};

/// `discovery.k8s.io/v1 EndpointSlice`.
pub(super) static SPEC: KindSpec = KindSpec {
    counted_metadata: &["labels"],
    keeps_zero: |owner, name| {
        owner == "endpoints" || owner == "ports" && matches!(name, "name" | "protocol")
    },
    fill_defaults: defaulting::endpoints::fill_slice,
    validate: validation::endpoint_slice::errors,
    validate_update: |new, old| update::unchanged(new, old, &["addressType"]),
    unchecked_if_kept: Some("endpoints"),
    warnings: warnings::slice,
    update_warnings: |new, _| warnings::slice_addresses(new),
    add_to_cluster: |cluster, name, tree| cluster.slices.extend(typed(name, tree)),
    reported_state: ReportedState::Cluster,
    columns: &get::endpoints::ENDPOINT_SLICE,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::endpoints::slice(page, &item.tree)
        })
    },
    ..KindSpec::new(
        built_in("discovery.k8s.io", "EndpointSlice"),
        "discovery.k8s.io/v1",
    )
};
