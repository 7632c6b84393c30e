//! `metallb.io/v1beta1 IPAddressPool`.

use std::sync::Arc;

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::manifest::deserializer::typed;
use crate::printers::get;

/// `metallb.io/v1beta1 IPAddressPool`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "metallb.IPAddressPool"),
    validate: |object| custom::errors(object, "metallb.IPAddressPool"),
    webhook: Some("ipaddresspoolvalidationwebhook.metallb.io"),
    add_to_cluster: |cluster, name, tree| {
        let own = typed(name, tree).map(|(_, own)| own);
        Arc::make_mut(&mut cluster.metallb).pools.extend(own);
    },
    columns: &get::metallb::IP_ADDRESS_POOL,
    ..KindSpec::custom(
        built_in("metallb.io", "IPAddressPool"),
        "metallb.io/v1beta1",
    )
};
