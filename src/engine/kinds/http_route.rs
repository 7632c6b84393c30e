//! `gateway.networking.k8s.io/v1 HTTPRoute`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::cluster::object::RouteKind;
use crate::printers::get;

/// `gateway.networking.k8s.io/v1 HTTPRoute`.
pub(super) static SPEC: KindSpec = KindSpec {
    also_served: &["gateway.networking.k8s.io/v1beta1"],
    fill_defaults: |object| custom::fill(object, "gateway.HTTPRoute"),
    validate: |object| custom::errors(object, "gateway.HTTPRoute"),
    add_to_cluster: |cluster, name, tree| super::add_route(cluster, RouteKind::Http, name, tree),
    columns: &get::gateway::HTTP_ROUTE,
    reported_state: ReportedState::RouteParents(RouteKind::Http),
    ..KindSpec::custom(
        built_in("gateway.networking.k8s.io", "HTTPRoute"),
        "gateway.networking.k8s.io/v1",
    )
};
