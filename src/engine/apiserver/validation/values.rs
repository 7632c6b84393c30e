//! Rules that many fields share: texts, labels, numbers, addresses.

use std::net::IpAddr;

use crate::apiserver::errors::{ApiError, invalid, invalid_text, required, unsupported};
use crate::apiserver::field::Field;
use crate::manifest::tree::{FieldPath, YamlValue};
use crate::syntax::{
    is_dns1123_label, is_dns1123_subdomain, is_qualified_name, is_valid_cidr_in_old_field,
    is_valid_ip_in_old_field, is_valid_label_value, is_valid_port_name, quote, sloppy_ip,
};

/// The transport protocols, in the server's order.
pub(super) const PROTOCOLS: [&str; 3] = ["SCTP", "TCP", "UDP"];

/// The same in the order in which the server lists them for the ports of a NetworkPolicy.
pub(super) const PORT_PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];

/// A DNS label.
pub(super) fn label(field: &Field) -> Vec<ApiError> {
    invalid_text(&field.path, field.text(), is_dns1123_label(field.text()))
}

/// A DNS name of lower-case labels.
pub(super) fn subdomain(field: &Field) -> Vec<ApiError> {
    invalid_text(
        &field.path,
        field.text(),
        is_dns1123_subdomain(field.text()),
    )
}

/// A name that may have a domain before a slash, as label keys are.
pub(super) fn qualified_name(field: &Field) -> Vec<ApiError> {
    invalid_text(&field.path, field.text(), is_qualified_name(field.text()))
}

/// The same for a text that is a key.
pub(super) fn qualified_text(path: &FieldPath, text: &str) -> Vec<ApiError> {
    invalid_text(path, text, is_qualified_name(text))
}

/// A path below a domain (`IsDomainPrefixedPath`).
pub(super) fn domain_prefixed_path(field: &Field) -> Vec<ApiError> {
    const FORM: &str = r"[A-Za-z0-9/\-._~%!$&'()*+,;=:]+";
    let text = field.text();
    if text.is_empty() {
        return vec![required(&field.path, "")];
    }
    let Some((domain, path)) = text
        .split_once('/')
        .filter(|(domain, path)| !domain.is_empty() && !path.is_empty())
    else {
        let detail = "must be a domain-prefixed path (such as \"acme.io/foo\")";
        return vec![invalid(&field.path, quote(text), detail)];
    };
    let mut errors = invalid_text(&field.path, domain, is_dns1123_subdomain(domain));
    let is_inside = |c: char| c.is_ascii_alphanumeric() || "/-._~%!$&'()*+,;=:".contains(c);
    if !path.chars().all(is_inside) {
        let detail = format!("Invalid path (regex used for validation is '{FORM}')");
        errors.push(invalid(&field.path, quote(path), detail));
    }
    errors
}

/// Checks a path below another one (`validateLocalDescendingPath`) and reports errors at `path`. An empty path is valid.
pub(super) fn descending_path(field: &Field, path: &FieldPath) -> Vec<ApiError> {
    let text = field.text();
    let wrong = [
        (text.starts_with('/'), "must be a relative path"),
        (
            text.split('/').any(|part| part == ".."),
            "must not contain '..'",
        ),
    ];
    let wrong = wrong.into_iter().filter(|&(is_wrong, _)| is_wrong);
    wrong
        .map(|(_, detail)| invalid(path, quote(text), detail))
        .collect()
}

/// The error of a path that leads out of its directory (`validatePathNoBacksteps`).
pub(super) fn path_without_backsteps(field: &Field) -> Vec<ApiError> {
    let text = field.text();
    let leads_up = text.split('/').any(|part| part == "..");
    let error = || invalid(&field.path, quote(text), "must not contain '..'");
    if leads_up { vec![error()] } else { Vec::new() }
}

/// A text of a source that may not be left out.
pub(super) fn missing(source: &Field, key: &'static str) -> Vec<ApiError> {
    let field = source.child(key);
    if field.text().is_empty() {
        vec![required(&field.path, "")]
    } else {
        Vec::new()
    }
}

/// A map of labels. Errors name the map and the wrong key or value.
pub(super) fn labels(field: &Field) -> Vec<ApiError> {
    let entry = |(key, value): (&str, &str)| {
        let mut errors = invalid_text(&field.path, key, is_qualified_name(key));
        errors.extend(invalid_text(
            &field.path,
            value,
            is_valid_label_value(value),
        ));
        errors
    };
    field.texts().into_iter().flat_map(entry).collect()
}

/// One of the texts that the server lists in this order.
pub(super) fn one_of(field: &Field, supported: &[&str]) -> Vec<ApiError> {
    match field.text() {
        "" => vec![required(&field.path, "")],
        text => known(field, text, supported),
    }
}

/// The same for a field that may be left out.
pub(super) fn one_of_when_set(field: &Field, supported: &[&str]) -> Vec<ApiError> {
    if field.is_set() {
        known(field, field.text(), supported)
    } else {
        Vec::new()
    }
}

fn known(field: &Field, text: &str, supported: &[&str]) -> Vec<ApiError> {
    if supported.contains(&text) {
        Vec::new()
    } else {
        vec![unsupported(&field.path, text, supported)]
    }
}

/// A port's number.
pub(super) fn port_number(field: &Field) -> Vec<ApiError> {
    let is_port = (1..=65_535).contains(&field.int());
    let error = || {
        invalid(
            &field.path,
            field.int().to_string(),
            "must be between 1 and 65535, inclusive",
        )
    };
    if is_port { Vec::new() } else { vec![error()] }
}

/// A port's number or name.
pub(super) fn port_number_or_name(field: &Field) -> Vec<ApiError> {
    match field.node().map(|node| &node.value) {
        Some(YamlValue::String(name)) => invalid_text(&field.path, name, is_valid_port_name(name)),
        Some(
            YamlValue::Null
            | YamlValue::Bool(_)
            | YamlValue::Int(_)
            | YamlValue::Float(_)
            | YamlValue::Seq(_)
            | YamlValue::Map(_),
        )
        | None => port_number(field),
    }
}

/// A count.
pub(super) fn not_negative(field: &Field) -> Vec<ApiError> {
    let is_negative = field.int() < 0;
    let error = || {
        invalid(
            &field.path,
            field.int().to_string(),
            "must be greater than or equal to 0",
        )
    };
    if is_negative {
        vec![error()]
    } else {
        Vec::new()
    }
}

/// An address in a field that is older than canonical forms.
pub(super) fn address(field: &Field) -> Vec<ApiError> {
    invalid_text(
        &field.path,
        field.text(),
        is_valid_ip_in_old_field(field.text()),
    )
}

/// A range of addresses in such a field; spaces around it are allowed.
pub(super) fn range(path: &FieldPath, text: &str) -> Vec<ApiError> {
    invalid_text(path, text.trim(), is_valid_cidr_in_old_field(text.trim()))
}

/// An address other hosts can reach: no loopback, no link-local one.
pub(super) fn ordinary_address(field: &Field) -> Vec<ApiError> {
    let Some(address) = sloppy_ip(field.text()) else {
        return vec![invalid(
            &field.path,
            quote(field.text()),
            "must be a valid IP address",
        )];
    };
    let wrong = [
        (
            address.is_unspecified(),
            format!("may not be unspecified ({})", field.text()),
        ),
        (
            address.is_loopback(),
            "may not be in the loopback range (127.0.0.0/8, ::1/128)".to_owned(),
        ),
        (
            is_link_local(address),
            "may not be in the link-local range (169.254.0.0/16, fe80::/10)".to_owned(),
        ),
        (
            is_link_local_multicast(address),
            "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)".to_owned(),
        ),
    ];
    let error = |(_, detail)| invalid(&field.path, quote(field.text()), detail);
    wrong
        .into_iter()
        .filter(|(is_wrong, _)| *is_wrong)
        .map(error)
        .collect()
}

fn is_link_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    }
}

fn is_link_local_multicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.octets()[..3] == [224, 0, 0],
        IpAddr::V6(address) => address.segments()[0] & 0xff0f == 0xff02,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn addresses_that_only_their_own_host_reaches_are_named() {
        for (address, begins) in [
            ("10.0.0.1", ""),
            ("127.0.0.1", "may not be in the loopback range"),
            ("::", "may not be unspecified (::)"),
            ("fe80::1", "may not be in the link-local range"),
            ("224.0.0.5", "may not be in the link-local multicast range"),
        ] {
            let object = node(&format!("\"{address}\""));
            let detail = ordinary_address(&Field::root(&object))
                .first()
                .map(|error| error.detail.clone());
            assert!(detail.unwrap_or_default().starts_with(begins), "{address}");
        }
    }
}
