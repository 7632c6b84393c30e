//! Defaults and rules of MetalLB's CustomResourceDefinitions (metallb `config/crd/bases`).
//!
//! What the schema cannot say, as ranges that overlap, MetalLB's webhooks refuse: `controllers/metallb/config.rs`.

use super::defaulting::{absent, ensure};
use super::errors::{ApiError, invalid, required};
use super::field::Field;
use crate::manifest::tree::{Yaml, YamlValue};

pub(crate) fn fill_ip_address_pool(pool: &mut Yaml) {
    let spec = ensure(pool, "spec");
    absent(spec, "autoAssign", YamlValue::Bool(true));
    absent(spec, "avoidBuggyIPs", YamlValue::Bool(false));
}

pub(crate) fn fill_l2_advertisement(_: &mut Yaml) {}

pub(crate) fn fill_bgp_advertisement(advertisement: &mut Yaml) {
    if let Some(spec) = advertisement.get_mut("spec") {
        absent(spec, "aggregationLength", YamlValue::Int(32));
        absent(spec, "aggregationLengthV6", YamlValue::Int(128));
    }
}

pub(crate) fn fill_bgp_peer(peer: &mut Yaml) {
    if let Some(spec) = peer.get_mut("spec") {
        absent(spec, "peerPort", YamlValue::Int(179));
    }
}

/// `spec.addresses` is required.
pub(crate) fn ip_address_pool_errors(pool: &Field) -> Vec<ApiError> {
    let addresses = pool.at(&["spec", "addresses"]);
    if addresses.is_set() {
        Vec::new()
    } else {
        vec![required(&addresses.path, "")]
    }
}

/// Each preference has a weight from 1 to 100, and a selector.
pub(crate) fn l2_advertisement_errors(advertisement: &Field) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for own in advertisement
        .at(&["spec", "preferredNodeSelectors"])
        .items()
    {
        let (weight, preference) = (own.child("weight"), own.child("preference"));
        if !preference.is_set() {
            errors.push(required(&preference.path, ""));
        }
        if !weight.is_set() {
            errors.push(required(&weight.path, ""));
        } else if weight.int() < 1 {
            errors.push(out_of_range(&weight, "greater", 1));
        } else if weight.int() > 100 {
            errors.push(out_of_range(&weight, "less", 100));
        }
    }
    errors
}

/// Routes have at least one bit, and those of some Services only are not aggregated.
pub(crate) fn bgp_advertisement_errors(advertisement: &Field) -> Vec<ApiError> {
    const RULE: &str = "serviceSelectors and aggregationLength are mutually exclusive, can only be used together with \
                        default aggregationLength (32) and aggregationLengthV6 (128)";
    let spec = advertisement.child("spec");
    let (v4, v6) = (
        spec.child("aggregationLength"),
        spec.child("aggregationLengthV6"),
    );
    let mut errors = Vec::new();
    if v4.is_set() && v4.int() < 1 {
        errors.push(out_of_range(&v4, "greater", 1));
    }
    let is_aggregated = v4.int() != 32 || v6.int() != 128;
    if !spec.child("serviceSelectors").is_empty() && is_aggregated {
        errors.push(invalid(&spec.path, "", RULE));
    }
    errors
}

/// Both ends of the session have an AS number.
pub(crate) fn bgp_peer_errors(peer: &Field) -> Vec<ApiError> {
    let number = peer.at(&["spec", "myASN"]);
    if number.is_set() {
        Vec::new()
    } else {
        vec![required(&number.path, "")]
    }
}

fn out_of_range(field: &Field, than: &str, bound: i64) -> ApiError {
    let path = field.path.to_string();
    let detail = format!("{path} in body should be {than} than or equal to {bound}");
    invalid(&field.path, field.int().to_string(), detail)
}
