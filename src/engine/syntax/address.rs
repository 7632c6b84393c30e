//! Syntax of IP addresses and CIDR ranges in API fields (apimachinery `util/validation/ip.go`, Kubernetes 1.36).
//!
//! Parsers disagree on leading zeros: Go's old one reads the first octet of `010.0.0.1` as 10, others as octal 8. Since
//! 1.36 servers reject ambiguous values in all fields, and non-canonical ones in newer fields.

use std::net::{IpAddr, Ipv6Addr};

use ipnet::IpNet;

use super::quote;

/// `IsValidIP`: an address in a field introduced with the strict rule.
pub fn is_valid_ip(value: &str) -> Vec<String> {
    match read_ip(value) {
        Err(error) => vec![error],
        Ok(address) => canonical_form(value, &address.to_string()),
    }
}

/// `IsValidIPForLegacyField`: an address in an older field (all fields of Service, Endpoints and Pod).
pub fn is_valid_ip_in_old_field(value: &str) -> Vec<String> {
    read_ip(value).err().into_iter().collect()
}

/// `IsValidCIDR`: a range in a field introduced with the strict rule.
pub fn is_valid_cidr(value: &str) -> Vec<String> {
    match read_cidr(value) {
        Err(error) => vec![error],
        Ok(range) => canonical_form(value, &range.to_string()),
    }
}

/// `IsValidCIDRForLegacyField`: a range in an older field.
pub fn is_valid_cidr_in_old_field(value: &str) -> Vec<String> {
    read_cidr(value).err().into_iter().collect()
}

/// The lenient parser (`netutils.ParseIPSloppy`), which ignores leading zeros.
pub fn sloppy_ip(value: &str) -> Option<IpAddr> {
    match value.rsplit_once(':') {
        None => without_leading_zeros(value, '.')
            .parse()
            .ok()
            .map(IpAddr::V4),
        Some((groups, tail)) => {
            let separator = if tail.contains('.') { '.' } else { ':' };
            let tail = without_leading_zeros(tail, separator);
            let address: Ipv6Addr = format!("{}:{tail}", without_leading_zeros(groups, ':'))
                .parse()
                .ok()?;
            Some(IpAddr::V6(address))
        }
    }
}

fn read_ip(value: &str) -> Result<IpAddr, String> {
    let sloppy =
        sloppy_ip(value).ok_or("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")?;
    let strict: IpAddr = value.parse().map_err(|_| "must not have leading 0s")?;
    if is_mapped(sloppy) {
        Err("must not be an IPv4-mapped IPv6 address".to_owned())
    } else {
        Ok(strict)
    }
}

fn read_cidr(value: &str) -> Result<IpNet, String> {
    let sloppy = sloppy_cidr(value)
        .ok_or("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")?;
    let has_leading_zero = value.split_once('/').is_some_and(|(address, length)| {
        address.parse::<IpAddr>().is_err() || length.len() > 1 && length.starts_with('0')
    });
    if has_leading_zero {
        return Err("must not have leading 0s in IP or prefix length".to_owned());
    }
    if is_mapped(sloppy.addr()) {
        return Err("must not have an IPv4-mapped IPv6 address".to_owned());
    }
    if sloppy.trunc() == sloppy {
        Ok(sloppy)
    } else {
        Err("must not have bits set beyond the prefix length".to_owned())
    }
}

/// The lenient parser of ranges (`netutils.ParseCIDRSloppy`), which ignores leading zeros. Host bits are kept.
pub fn sloppy_cidr(value: &str) -> Option<IpNet> {
    let (address, length) = value.split_once('/')?;
    let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let length = if is_number {
        length.trim_start_matches('0')
    } else {
        return None;
    };
    let length = if length.is_empty() {
        0
    } else {
        length.parse().ok()?
    };
    IpNet::new(sloppy_ip(address)?, length).ok()
}

fn is_mapped(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => false,
        IpAddr::V6(address) => address.to_ipv4_mapped().is_some(),
    }
}

fn canonical_form(value: &str, canonical: &str) -> Vec<String> {
    let error =
        (value != canonical).then(|| format!("must be in canonical form ({})", quote(canonical)));
    error.into_iter().collect()
}

fn without_leading_zeros(text: &str, separator: char) -> String {
    let parts = text
        .split(separator)
        .map(|part| match part.trim_start_matches('0') {
            "" if !part.is_empty() => "0",
            digits => digits,
        });
    parts.collect::<Vec<_>>().join(&separator.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_parsers_disagree_on_are_rejected() {
        let rows = [
            ("a plain address", "10.0.0.1", vec![]),
            (
                "leading zeros",
                "010.0.0.1",
                vec!["must not have leading 0s"],
            ),
            (
                "leading zeros in a group",
                "2001:00db8::1",
                vec!["must not have leading 0s"],
            ),
            (
                "an IPv4-mapped IPv6 address",
                "::ffff:1.2.3.4",
                vec!["must not be an IPv4-mapped IPv6 address"],
            ),
            (
                "another spelling of an address",
                "2001:DB8::1",
                vec![r#"must be in canonical form ("2001:db8::1")"#],
            ),
        ];
        for (name, value, errors) in rows {
            assert_eq!(is_valid_ip(value), errors, "{name}");
        }
    }

    #[test]
    fn old_fields_take_other_spellings() {
        assert!(is_valid_ip_in_old_field("2001:DB8::1").is_empty());
        assert!(is_valid_cidr_in_old_field("2001:DB8::/64").is_empty());
    }

    #[test]
    fn ranges_have_nothing_behind_their_length() {
        assert_eq!(
            is_valid_cidr("1.2.3.4/24"),
            ["must not have bits set beyond the prefix length"]
        );
        assert_eq!(
            is_valid_cidr("1.2.3.0/024"),
            ["must not have leading 0s in IP or prefix length"]
        );
        assert_eq!(
            is_valid_cidr("2001:0db8::/64"),
            [r#"must be in canonical form ("2001:db8::/64")"#]
        );
        assert_eq!(is_valid_cidr("1.2.3.0/24"), [""; 0]);
    }
}
