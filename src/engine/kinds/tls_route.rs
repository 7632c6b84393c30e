//! `gateway.networking.k8s.io/v1 TLSRoute`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::cluster::object::RouteKind;
use crate::printers::get;

/// `gateway.networking.k8s.io/v1 TLSRoute`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "gateway.TLSRoute"),
    validate: |object| custom::errors(object, "gateway.TLSRoute"),
    add_to_cluster: |cluster, name, tree| super::add_route(cluster, RouteKind::Tls, name, tree),
    columns: &get::gateway::TLS_ROUTE,
    reported_state: ReportedState::RouteParents(RouteKind::Tls),
    ..KindSpec::custom(
        built_in("gateway.networking.k8s.io", "TLSRoute"),
        "gateway.networking.k8s.io/v1",
    )
};
