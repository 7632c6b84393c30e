//! Rules for EndpointSlices (`pkg/apis/discovery/validation`).

use std::collections::BTreeSet;

use super::ports::app_protocol;
use super::values::{PROTOCOLS, address, label, labels, one_of, ordinary_address, subdomain};
use crate::apiserver::errors::{ApiError, duplicate, invalid, invalid_text, required, too_many};
use crate::apiserver::field::Field;
use crate::names::Family;
use crate::syntax::{
    is_dns1123_label, is_dns1123_subdomain, is_valid_label_value, quote, sloppy_ip,
};

/// How much a slice may hold.
const ENDPOINTS: usize = 1000;
const PORTS: usize = 20_000;
const ADDRESSES: usize = 100;
const HINTS: usize = 8;
const TOPOLOGY_LABELS: usize = 16;

/// The kinds of addresses, in the server's order.
pub(crate) const ADDRESS_TYPES: [&str; 3] = ["FQDN", "IPv4", "IPv6"];

/// What is wrong with a slice beside its metadata.
pub(crate) fn errors(slice: &Field) -> Vec<ApiError> {
    let kind = slice.child("addressType");
    let mut errors = one_of(&kind, &ADDRESS_TYPES);
    errors.extend(endpoints(&slice.child("endpoints"), kind.text()));
    errors.extend(ports(&slice.child("ports")));
    errors
}

fn endpoints(endpoints: &Field, kind: &str) -> Vec<ApiError> {
    if endpoints.len() > ENDPOINTS {
        return vec![too_many(&endpoints.path, endpoints.len(), ENDPOINTS)];
    }
    endpoints
        .items()
        .iter()
        .flat_map(|one| endpoint(one, kind))
        .collect()
}

fn endpoint(endpoint: &Field, kind: &str) -> Vec<ApiError> {
    let addresses = endpoint.child("addresses");
    let mut errors = match addresses.len() {
        0 => vec![required(&addresses.path, "must contain at least 1 address")],
        count if count > ADDRESSES => vec![too_many(&addresses.path, count, ADDRESSES)],
        _ => Vec::new(),
    };
    errors.extend(
        addresses
            .items()
            .iter()
            .flat_map(|one| endpoint_address(&addresses, one, kind)),
    );
    let (node, hostname) = (endpoint.child("nodeName"), endpoint.child("hostname"));
    if node.is_set() {
        errors.extend(subdomain(&node));
    }
    let topology = endpoint.child("deprecatedTopology");
    if topology.len() > TOPOLOGY_LABELS {
        errors.push(too_many(&topology.path, topology.len(), TOPOLOGY_LABELS));
    }
    errors.extend(labels(&topology));
    if hostname.is_set() {
        errors.extend(label(&hostname));
    }
    errors.extend(hints(&endpoint.child("hints")));
    errors
}

fn endpoint_address(all: &Field, one: &Field, kind: &str) -> Vec<ApiError> {
    let family = match kind {
        "IPv4" => Family::V4,
        "IPv6" => Family::V6,
        "FQDN" => return domain_name(one),
        _ => return Vec::new(),
    };
    let mut errors = address(one);
    if errors.is_empty() && sloppy_ip(one.text()).map(Family::of) != Some(family) {
        errors.push(invalid(
            &all.path,
            quote(one.text()),
            format!("must be an {family} address"),
        ));
    }
    if errors.is_empty() {
        errors.extend(ordinary_address(one));
    }
    errors
}

fn domain_name(field: &Field) -> Vec<ApiError> {
    let name = field.text().strip_suffix('.').unwrap_or(field.text());
    if field.text().is_empty() {
        return vec![required(&field.path, "")];
    }
    let wrong = is_dns1123_subdomain(name);
    if !wrong.is_empty() {
        return vec![invalid(&field.path, quote(name), wrong.join(","))];
    }
    if !name.contains('.') {
        let detail = "should be a domain with at least two segments separated by dots";
        return vec![invalid(&field.path, quote(name), detail)];
    }
    name.split('.')
        .flat_map(|label| invalid_text(&field.path, label, is_dns1123_label(label)))
        .collect()
}

fn hints(hints: &Field) -> Vec<ApiError> {
    let zone = |field: &Field| {
        invalid_text(
            &field.path,
            field.text(),
            is_valid_label_value(field.text()),
        )
    };
    let mut errors = hinted(&hints.child("forZones"), zone);
    errors.extend(hinted(&hints.child("forNodes"), subdomain));
    errors
}

fn hinted(list: &Field, rule: impl Fn(&Field) -> Vec<ApiError>) -> Vec<ApiError> {
    if list.len() > HINTS {
        return vec![too_many(&list.path, list.len(), HINTS)];
    }
    let mut names = BTreeSet::new();
    let mut errors = Vec::new();
    for name in list.items().iter().map(|hint| hint.child("name")) {
        if !names.insert(name.text()) {
            errors.push(duplicate(&name.path, quote(name.text())));
        }
        errors.extend(rule(&name));
    }
    errors
}

fn ports(ports: &Field) -> Vec<ApiError> {
    if ports.len() > PORTS {
        return vec![too_many(&ports.path, ports.len(), PORTS)];
    }
    let mut names = BTreeSet::new();
    let mut errors = Vec::new();
    for port in ports.items() {
        let name = port.child("name");
        if !name.text().is_empty() {
            errors.extend(label(&name));
        }
        if !names.insert(name.text()) {
            errors.push(duplicate(&name.path, quote(name.text())));
        }
        errors.extend(one_of(&port.child("protocol"), &PROTOCOLS));
        errors.extend(app_protocol(&port));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_place_is_told_in_at_most_sixteen_labels() {
        let labels: Vec<String> = (0..17)
            .map(|number| format!(r#""l{number}":"x""#))
            .collect();
        let object = node(&format!(
            r#"{{"addresses":["10.0.0.1"],"deprecatedTopology":{{{}}}}}"#,
            labels.join(",")
        ));
        assert_eq!(
            endpoint(&Field::root(&object), "IPv4")
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>(),
            ["deprecatedTopology: Too many: 17: must have at most 16 items"]
        );
    }

    #[test]
    fn addresses_are_of_the_slices_kind() {
        let object = node(r#"[{"addresses":["10.1.2.3"]}]"#);
        let details = |kind| {
            endpoints(&Field::root(&object), kind)
                .iter()
                .map(|error| error.detail.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(details("IPv4"), [""; 0]);
        assert_eq!(details("IPv6"), ["must be an IPv6 address"]);
        assert_eq!(details("FQDN"), [""; 0]);
    }
}
