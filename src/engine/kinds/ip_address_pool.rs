//! `metallb.io/v1beta1 IPAddressPool`.

use std::sync::Arc;

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::custom;
use crate::diagnostic::{Fix, Span};
use crate::manifest::deserializer::typed;
use crate::manifest::tree::{FieldPath, PathStep};
use crate::manifest::{DecodeFault, Written};
use crate::printers::get;

/// `metallb.io/v1beta1 IPAddressPool`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: |object| custom::fill(object, "metallb.IPAddressPool"),
    validate: |object| custom::errors(object, "metallb.IPAddressPool"),
    webhook: Some("ipaddresspoolvalidationwebhook.metallb.io"),
    former_field: without_protocol,
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

/// A pool without `protocol`, which an AddressPool had until MetalLB 0.13: today an L2Advertisement or a BGPAdvertisement
/// says how its addresses are announced.
fn without_protocol(written: Written, fault: &DecodeFault) -> Option<Fix> {
    let (PathStep::Key(field), holder) = fault.path.0.split_last()? else {
        return None;
    };
    let spec = written.object.tree.nearest(&FieldPath(holder.to_vec()));
    let index = spec
        .entries()
        .iter()
        .position(|entry| entry.key == "protocol")?;
    if field != "protocol" {
        return None;
    }
    let own = spec.entries().get(index)?;
    let next = spec.entries().get(index + 1);
    let before = index
        .checked_sub(1)
        .and_then(|before| spec.entries().get(before));
    let span = match (next, before) {
        (Some(next), _) => Span {
            start: own.key_span.start,
            end: next.key_span.start,
        },
        (None, Some(before)) => Span {
            start: before.value.span.end,
            end: own.value.span.end,
        },
        (None, None) => return None,
    };
    Some(Fix {
        span,
        text: String::new(),
    })
}
