//! `gateway.networking.k8s.io/v1 GRPCRoute`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::cluster::object::RouteKind;
use crate::printers::get;

/// `gateway.networking.k8s.io/v1 GRPCRoute`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "gateway.GRPCRoute"),
    validate: |object| custom::errors(object, "gateway.GRPCRoute"),
    add_to_cluster: |cluster, name, tree| super::add_route(cluster, RouteKind::Grpc, name, tree),
    columns: &get::gateway::GRPC_ROUTE,
    reported_state: ReportedState::RouteParents(RouteKind::Grpc),
    ..KindSpec::custom(
        built_in("gateway.networking.k8s.io", "GRPCRoute"),
        "gateway.networking.k8s.io/v1",
    )
};
