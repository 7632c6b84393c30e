//! `networking.k8s.io/v1 NetworkPolicy`.

use std::sync::Arc;

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, warnings};
use crate::manifest::deserializer::typed;
use crate::printers::{describe, get};

/// `networking.k8s.io/v1 NetworkPolicy`.
pub(super) static SPEC: KindSpec = KindSpec {
    keeps_zero: |owner, name| owner == "ports" && matches!(name, "endPort" | "protocol"),
    fill_defaults: defaulting::network_policy::fill,
    validate: validation::network_policy::errors,
    warnings: warnings::network_policy,
    update_warnings: |new, _| warnings::network_policy(new),
    add_to_cluster: |cluster, name, tree| {
        let policy = typed(name, tree).map(|(name, policy)| (name, Arc::new(policy)));
        cluster.network_policies.extend(policy);
    },
    columns: &get::other::NETWORK_POLICY,
    describe: |item, _| describe::network_policy::network_policy(&item.tree),
    ..KindSpec::new(
        built_in("networking.k8s.io", "NetworkPolicy"),
        "networking.k8s.io/v1",
    )
};
