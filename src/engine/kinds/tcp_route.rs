//! `gateway.networking.k8s.io/v1 TCPRoute`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::cluster::object::RouteKind;
use crate::printers::get;

/// `gateway.networking.k8s.io/v1 TCPRoute`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "gateway.TCPRoute"),
    validate: |object| custom::errors(object, "gateway.TCPRoute"),
    add_to_cluster: |cluster, name, tree| super::add_route(cluster, RouteKind::Tcp, name, tree),
    columns: &get::gateway::TCP_ROUTE,
    reported_state: ReportedState::RouteParents(RouteKind::Tcp),
    ..KindSpec::custom(
        built_in("gateway.networking.k8s.io", "TCPRoute"),
        "gateway.networking.k8s.io/v1",
    )
};
