//! `kubectl get` of MetalLB's kinds: the columns that their CustomResourceDefinitions add.

use serde_json::Value;

use super::{Printer, name};
use crate::manifest::tree::Yaml;
use crate::printers::fields::{at, scalar, text};

pub(crate) const IP_ADDRESS_POOL: Printer = Printer {
    columns: &["NAME", "AUTO ASSIGN", "AVOID BUGGY IPS", "ADDRESSES"],
    wide_columns: &[],
    row: |pool, _, _| {
        vec![
            name(pool),
            scalar(pool, "spec.autoAssign"),
            scalar(pool, "spec.avoidBuggyIPs"),
            json(pool, "spec.addresses"),
        ]
    },
};

pub(crate) const L2_ADVERTISEMENT: Printer = Printer {
    columns: &[
        "NAME",
        "IPADDRESSPOOLS",
        "IPADDRESSPOOL SELECTORS",
        "INTERFACES",
    ],
    wide_columns: &[],
    row: |advertisement, _, _| {
        vec![
            name(advertisement),
            json(advertisement, "spec.ipAddressPools"),
            json(advertisement, "spec.ipAddressPoolSelectors"),
            json(advertisement, "spec.interfaces"),
        ]
    },
};

pub(crate) const BGP_ADVERTISEMENT: Printer = Printer {
    columns: &["NAME", "IPADDRESSPOOLS", "IPADDRESSPOOL SELECTORS", "PEERS"],
    wide_columns: &[],
    row: |advertisement, _, _| {
        vec![
            name(advertisement),
            json(advertisement, "spec.ipAddressPools"),
            json(advertisement, "spec.ipAddressPoolSelectors"),
            json(advertisement, "spec.peers"),
        ]
    },
};

pub(crate) const BGP_PEER: Printer = Printer {
    columns: &["NAME", "ADDRESS", "ASN", "BFD PROFILE", "MULTI HOPS"],
    wide_columns: &[],
    row: |peer, _, _| {
        vec![
            name(peer),
            text(peer, "spec.peerAddress").to_owned(),
            scalar(peer, "spec.peerASN"),
            text(peer, "spec.bfdProfile").to_owned(),
            scalar(peer, "spec.ebgpMultiHop"),
        ]
    },
};

/// A list as the server prints it in a column of texts; empty without it.
fn json(object: &Yaml, field: &str) -> String {
    at(object, field).map_or(String::new(), |list| Value::from(list).to_string())
}
