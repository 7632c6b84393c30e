//! `metallb.io/v1beta1 BGPAdvertisement`.

use std::sync::Arc;

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::metallb;
use crate::manifest::de::typed;
use crate::printers::get;

/// `metallb.io/v1beta1 BGPAdvertisement`.
pub(super) static SPEC: KindSpec = KindSpec {
    keeps_zero: |_, _| true,
    fill_defaults: metallb::fill_bgp_advertisement,
    validate: metallb::bgp_advertisement_errors,
    add_to_cluster: |cluster, name, tree| {
        let own = typed(name, tree).map(|(_, own)| own);
        Arc::make_mut(&mut cluster.metallb).bgp_advertisements.extend(own);
    },
    columns: &get::metallb::BGP_ADVERTISEMENT,
    ..KindSpec::new(built_in("metallb.io", "BGPAdvertisement"), "metallb.io/v1beta1")
};
