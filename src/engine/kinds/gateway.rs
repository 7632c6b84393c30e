//! `gateway.networking.k8s.io/v1 Gateway`.

use std::sync::Arc;

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::manifest::deserializer::typed;
use crate::printers::get;

/// `gateway.networking.k8s.io/v1 Gateway`.
pub(super) static SPEC: KindSpec = KindSpec {
    also_served: &["gateway.networking.k8s.io/v1beta1"],
    fill_defaults: |object| custom::fill(object, "gateway.Gateway"),
    validate: |object| custom::errors(object, "gateway.Gateway"),
    add_to_cluster: |cluster, name, tree| {
        let gateway = typed(name, tree).map(|(name, gateway)| (name, Arc::new(gateway)));
        cluster.gateways.extend(gateway);
    },
    columns: &get::gateway::GATEWAY,
    reported_state: ReportedState::Gateway,
    ..KindSpec::custom(
        built_in("gateway.networking.k8s.io", "Gateway"),
        "gateway.networking.k8s.io/v1",
    )
};
