//! `metallb.io/v1beta2 BGPPeer`.

use std::sync::Arc;

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::metallb;
use crate::manifest::de::typed;
use crate::printers::get;

/// `metallb.io/v1beta2 BGPPeer`.
pub(super) static SPEC: KindSpec = KindSpec {
    keeps_zero: |_, _| true,
    fill_defaults: metallb::fill_bgp_peer,
    validate: metallb::bgp_peer_errors,
    add_to_cluster: |cluster, name, tree| {
        let own = typed(name, tree).map(|(_, own)| own);
        Arc::make_mut(&mut cluster.metallb).peers.extend(own);
    },
    columns: &get::metallb::BGP_PEER,
    ..KindSpec::new(built_in("metallb.io", "BGPPeer"), "metallb.io/v1beta2")
};
