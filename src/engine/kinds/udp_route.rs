//! `gateway.networking.k8s.io/v1 UDPRoute`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::cluster::object::RouteKind;
use crate::printers::get;

/// `gateway.networking.k8s.io/v1 UDPRoute`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "gateway.UDPRoute"),
    validate: |object| custom::errors(object, "gateway.UDPRoute"),
    add_to_cluster: |cluster, name, tree| super::add_route(cluster, RouteKind::Udp, name, tree),
    columns: &get::gateway::UDP_ROUTE,
    reported_state: ReportedState::RouteParents(RouteKind::Udp),
    ..KindSpec::custom(
        built_in("gateway.networking.k8s.io", "UDPRoute"),
        "gateway.networking.k8s.io/v1",
    )
};
