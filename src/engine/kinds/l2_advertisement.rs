//! `metallb.io/v1beta1 L2Advertisement`.

use std::sync::Arc;

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::manifest::deserializer::typed;
use crate::printers::get;

/// `metallb.io/v1beta1 L2Advertisement`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "metallb.L2Advertisement"),
    validate: |object| custom::errors(object, "metallb.L2Advertisement"),
    webhook: Some("l2advertisementvalidationwebhook.metallb.io"),
    add_to_cluster: |cluster, name, tree| {
        let own = typed(name, tree).map(|(_, own)| own);
        Arc::make_mut(&mut cluster.metallb)
            .l2_advertisements
            .extend(own);
    },
    columns: &get::metallb::L2_ADVERTISEMENT,
    ..KindSpec::custom(
        built_in("metallb.io", "L2Advertisement"),
        "metallb.io/v1beta1",
    )
};
