//! `metallb.io/v1beta2 BGPPeer`.

use std::sync::Arc;

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::manifest::deserializer::typed;
use crate::printers::get;

/// `metallb.io/v1beta2 BGPPeer`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "metallb.BGPPeer"),
    validate: |object| custom::errors(object, "metallb.BGPPeer"),
    add_to_cluster: |cluster, name, tree| {
        let own = typed(name, tree).map(|(_, own)| own);
        Arc::make_mut(&mut cluster.metallb).peers.extend(own);
    },
    columns: &get::metallb::BGP_PEER,
    ..KindSpec::custom(built_in("metallb.io", "BGPPeer"), "metallb.io/v1beta2")
};
