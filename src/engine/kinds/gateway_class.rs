//! `gateway.networking.k8s.io/v1 GatewayClass`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::manifest::deserializer::typed;
use crate::printers::get;

/// `gateway.networking.k8s.io/v1 GatewayClass`.
pub(super) static SPEC: KindSpec = KindSpec {
    also_served: &["gateway.networking.k8s.io/v1beta1"],
    fill_defaults: |object| custom::fill(object, "gateway.GatewayClass"),
    validate: |object| custom::errors(object, "gateway.GatewayClass"),
    validate_update: |new, old| custom::unchanged(new, old, &["spec", "controllerName"]),
    add_to_cluster: |cluster, name, tree| cluster.gateway_classes.extend(typed(name.name, tree)),
    columns: &get::gateway::GATEWAY_CLASS,
    reported_state: ReportedState::GatewayClass,
    ..KindSpec::custom(
        built_in("gateway.networking.k8s.io", "GatewayClass"),
        "gateway.networking.k8s.io/v1",
    )
};
