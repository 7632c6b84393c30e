//! `v1 Node`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation};
use crate::manifest::deserializer::typed;
use crate::printers::{describe, get};

/// `v1 Node`.
pub(super) static SPEC: KindSpec = KindSpec {
    has_generation: false,
    fill_defaults: defaulting::node,
    validate: validation::node::errors,
    validate_update: validation::node::update_errors,
    add_to_cluster: |cluster, name, tree| cluster.nodes.extend(typed(name.name, tree)),
    reported_state: ReportedState::Cluster,
    columns: &get::cluster::NODE,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::node::node(page, &item.tree, context)
        })
    },
    ..KindSpec::new(built_in("", "Node"), "v1")
};
