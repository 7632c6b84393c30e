//! `gateway.networking.k8s.io/v1 ListenerSet`.

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::printers::get;

/// `gateway.networking.k8s.io/v1 ListenerSet`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "gateway.ListenerSet"),
    validate: |object| custom::errors(object, "gateway.ListenerSet"),
    columns: &get::gateway::LISTENER_SET,
    ..KindSpec::custom(
        built_in("gateway.networking.k8s.io", "ListenerSet"),
        "gateway.networking.k8s.io/v1",
    )
};
