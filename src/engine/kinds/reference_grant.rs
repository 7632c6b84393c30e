//! `gateway.networking.k8s.io/v1 ReferenceGrant`.

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::manifest::deserializer::typed;
use crate::printers::get;

/// `gateway.networking.k8s.io/v1 ReferenceGrant`.
pub(super) static SPEC: KindSpec = KindSpec {
    also_served: &["gateway.networking.k8s.io/v1beta1"],
    fill_defaults: |object| custom::fill(object, "gateway.ReferenceGrant"),
    validate: |object| custom::errors(object, "gateway.ReferenceGrant"),
    add_to_cluster: |cluster, name, tree| cluster.reference_grants.extend(typed(name, tree)),
    columns: &get::gateway::REFERENCE_GRANT,
    ..KindSpec::custom(
        built_in("gateway.networking.k8s.io", "ReferenceGrant"),
        "gateway.networking.k8s.io/v1",
    )
};
