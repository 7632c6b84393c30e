//! The rules of MetalLB's kinds (metallb `config/crd/bases`).
//!
//! What CRDs cannot say, as ranges that overlap, MetalLB's webhooks refuse: `controllers/metallb/config.rs`.

use super::Rule;

/// Routes of some Services only are not aggregated.
pub(super) const BGP_ADVERTISEMENT: &[Rule] = &[Rule::new(
    "serviceSelectors and aggregationLength are mutually exclusive, can only be used together with default aggregationLength (32) and aggregationLengthV6 (128)",
    |spec| {
        let is_aggregated = spec.child("aggregationLength").int() != 32
            || spec.child("aggregationLengthV6").int() != 128;
        spec.child("serviceSelectors").is_empty() || !is_aggregated
    },
)];
