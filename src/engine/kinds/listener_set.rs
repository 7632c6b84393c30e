//! `gateway.networking.k8s.io/v1 ListenerSet`.

use std::sync::Arc;

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::manifest::deserializer::typed;
use crate::printers::get;

/// `gateway.networking.k8s.io/v1 ListenerSet`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "gateway.ListenerSet"),
    validate: |object| custom::errors(object, "gateway.ListenerSet"),
    add_to_cluster: |cluster, name, tree| {
        let set = typed(name, tree).map(|(name, set)| (name, Arc::new(set)));
        cluster.listener_sets.extend(set);
    },
    columns: &get::gateway::LISTENER_SET,
    reported_state: ReportedState::ListenerSet,
    ..KindSpec::custom(
        built_in("gateway.networking.k8s.io", "ListenerSet"),
        "gateway.networking.k8s.io/v1",
    )
};
