//! `v1 Endpoints`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, warnings};
use crate::manifest::deserializer::typed;
use crate::printers::{describe, get};

/// `v1 Endpoints`.
pub(super) static SPEC: KindSpec = KindSpec {
    has_generation: false,
    keeps_zero: |owner, name| {
        matches!(owner, "addresses" | "notReadyAddresses") && name == "nodeName"
    },
    fill_defaults: defaulting::endpoints::fill,
    validate: validation::endpoints::errors,
    deprecation: Some(
        "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
    ),
    warnings: warnings::endpoints,
    update_warnings: |new, _| warnings::endpoints(new),
    add_to_cluster: |cluster, name, tree| cluster.endpoints.extend(typed(name, tree)),
    reported_state: ReportedState::Cluster,
    columns: &get::endpoints::ENDPOINTS,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::endpoints::endpoints(page, &item.tree)
        })
    },
    ..KindSpec::new(built_in("", "Endpoints"), "v1")
};
