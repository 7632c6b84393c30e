//! Rules for EndpointSlices (`pkg/apis/discovery/validation`).

use std::collections::BTreeSet;

use super::ports::app_protocol;
use super::values::{PROTOCOLS, address, label, labels, one_of, ordinary_address, subdomain};
use crate::apiserver::errors::{ApiError, duplicate, invalid, invalid_text, required, too_many};
use crate::apiserver::field::Field;
use crate::names::Family;
use crate::syntax::{
    is_dns1123_label, is_dns1123_subdomain, is_valid_ip, is_valid_label_value, quote, sloppy_ip,
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
    errors.extend(ports(&slice.child("ports")));
    errors.extend(endpoints(&slice.child("endpoints"), kind.text()));
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

/// An IPv4 address may be written in an old way, an IPv6 address only in its canonical form. One of the other family is
/// an error of the whole list.
fn endpoint_address(all: &Field, one: &Field, kind: &str) -> Vec<ApiError> {
    let (family, errors) = match kind {
        "IPv4" => (Family::V4, address(one)),
        "IPv6" => (
            Family::V6,
            invalid_text(&one.path, one.text(), is_valid_ip(one.text())),
        ),
        "FQDN" => return domain_name(one),
        _ => return Vec::new(),
    };
    if !errors.is_empty() {
        return errors;
    }
    let mut errors = Vec::new();
    if sloppy_ip(one.text()).map(Family::of) != Some(family) {
        errors.push(invalid(
            &all.path,
            quote(one.text()),
            format!("must be an {family} address"),
        ));
    }
    errors.extend(ordinary_address(one));
    errors
}

/// A name of at least two labels (`IsFullyQualifiedDomainName`). Only the first label that is wrong is named.
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
    let wrong = |label: &str| {
        let details = is_dns1123_label(label);
        (!details.is_empty()).then(|| invalid(&field.path, quote(label), details.join(",")))
    };
    name.split('.').find_map(wrong).into_iter().collect()
}

/// Hints for too many zones are the only error of the hints.
fn hints(hints: &Field) -> Vec<ApiError> {
    let zone = |field: &Field| {
        invalid_text(
            &field.path,
            field.text(),
            is_valid_label_value(field.text()),
        )
    };
    let zones = hints.child("forZones");
    let mut errors = hinted(&zones, zone);
    if zones.len() <= HINTS {
        errors.extend(hinted(&hints.child("forNodes"), subdomain));
    }
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
    fn a_topology_has_at_most_sixteen_labels() {
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

    fn found(slice: &str) -> Vec<String> {
        errors(&Field::root(&node(slice)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn ports_are_checked_before_endpoints() {
        assert_eq!(
            found(r#"{"addressType":"IPv4","endpoints":[{}],"ports":[{"name":"a"}]}"#),
            [
                "ports[0].protocol: Required value",
                "endpoints[0].addresses: Required value: must contain at least 1 address"
            ]
        );
    }

    #[test]
    fn an_ipv6_address_is_written_in_its_canonical_form() {
        let with = |kind: &str, address: &str| {
            found(&format!(
                r#"{{"addressType":"{kind}","endpoints":[{{"addresses":["{address}"]}}]}}"#
            ))
        };
        assert_eq!(with("IPv6", "fd00::1"), [""; 0]);
        assert_eq!(
            with("IPv6", "fd00:0::1"),
            [
                r#"endpoints[0].addresses[0]: Invalid value: "fd00:0::1": must be in canonical form ("fd00::1")"#
            ]
        );
        assert_eq!(
            with("IPv4", "::1"),
            [
                r#"endpoints[0].addresses: Invalid value: "::1": must be an IPv4 address"#,
                r#"endpoints[0].addresses[0]: Invalid value: "::1": may not be in the loopback range (127.0.0.0/8, ::1/128)"#
            ]
        );
    }

    #[test]
    fn only_the_first_wrong_label_of_a_name_is_named() {
        let long = "a".repeat(64);
        let name = node(&format!(r#""{long}.b.{long}""#));
        assert_eq!(domain_name(&Field::root(&name)).len(), 1);
    }

    #[test]
    fn too_many_zones_are_the_only_error_of_the_hints() {
        let names = [r#"{"name":"a"}"#; 9].join(",");
        let object = node(&format!(r#"{{"forZones":[{names}],"forNodes":[{names}]}}"#));
        let found: Vec<String> = hints(&Field::root(&object))
            .iter()
            .map(ApiError::to_string)
            .collect();
        assert_eq!(found, ["forZones: Too many: 9: must have at most 8 items"]);
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
