//! `metallb.io/v1beta1 BGPAdvertisement`.

use std::sync::Arc;

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::manifest::deserializer::typed;
use crate::printers::get;

/// `metallb.io/v1beta1 BGPAdvertisement`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "metallb.BGPAdvertisement"),
    validate: |object| custom::errors(object, "metallb.BGPAdvertisement"),
    webhook: Some("bgpadvertisementvalidationwebhook.metallb.io"),
    add_to_cluster: |cluster, name, tree| {
        let own = typed(name, tree).map(|(_, own)| own);
        Arc::make_mut(&mut cluster.metallb)
            .bgp_advertisements
            .extend(own);
    },
    columns: &get::metallb::BGP_ADVERTISEMENT,
    ..KindSpec::custom(
        built_in("metallb.io", "BGPAdvertisement"),
        "metallb.io/v1beta1",
    )
};
