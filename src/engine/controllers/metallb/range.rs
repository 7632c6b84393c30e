//! Ranges of addresses as an IPAddressPool has them (metallb `internal/config/config.go`, `ParseCIDR`).

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Subnets, Ipv6Subnets};

use super::config_fault::{RangeEnd, RangeFault};
use crate::names::Family;

/// The prefixes of a range: one for a CIDR, whose host bits are dropped, and the fewest that cover `first-last`.
///
/// # Errors
///
/// Why the range cannot be read.
pub(super) fn prefixes(text: &str) -> Result<Vec<IpNet>, RangeFault> {
    let Some((first, last)) = text.split_once('-') else {
        let range: Result<IpNet, _> = text.parse();
        return match range {
            Ok(range) => Ok(vec![range.trunc()]),
            Err(_) => Err(RangeFault::Cidr(text.to_owned())),
        };
    };
    let invalid = |which: RangeEnd, written: &str| RangeFault::End {
        text: text.to_owned(),
        which,
        written: written.to_owned(),
    };
    let start: IpAddr = first
        .trim()
        .parse()
        .map_err(|_| invalid(RangeEnd::Start, first))?;
    let end: IpAddr = last
        .trim()
        .parse()
        .map_err(|_| invalid(RangeEnd::End, last))?;
    if sixteen_bytes(start) > sixteen_bytes(end) {
        return Err(RangeFault::Reversed {
            text: text.to_owned(),
            start,
            end,
        });
    }
    Ok(match (start, end) {
        (IpAddr::V4(start), IpAddr::V4(end)) => {
            Ipv4Subnets::new(start, end, 0).map(IpNet::V4).collect()
        }
        (IpAddr::V6(start), IpAddr::V6(end)) => {
            Ipv6Subnets::new(start, end, 0).map(IpNet::V6).collect()
        }
        (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => Vec::new(),
    })
}

/// An address as Go compares it: IPv4 addresses are mapped into IPv6.
fn sixteen_bytes(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    }
}

/// Whether two prefixes have addresses in common: one contains the other.
pub(super) fn overlap(one: &IpNet, other: &IpNet) -> bool {
    one.contains(other) || other.contains(one)
}

/// The addresses of a prefix, its first and last included, in order.
pub(super) fn addresses(range: &IpNet) -> impl Iterator<Item = IpAddr> + use<> {
    let (first, last) = (bits(range.network()), bits(range.broadcast()));
    let family = Family::of(range.addr());
    (first..=last).map(move |number| match family {
        Family::V4 => IpAddr::V4((number as u32).into()),
        Family::V6 => IpAddr::V6(number.into()),
    })
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// Whether an IPv4 address ends in `.0` or `.255`, which some home routers take for broadcasts.
pub(super) fn is_buggy(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => matches!(address.octets()[3], 0 | 255),
        IpAddr::V6(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        match prefixes(text) {
            Ok(prefixes) => {
                let texts: Vec<String> = prefixes.iter().map(ToString::to_string).collect();
                texts.join(" ")
            }
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn a_range_is_a_cidr_or_its_first_and_last_address() {
        assert_eq!(printed("192.0.2.77/30"), "192.0.2.76/30");
        assert_eq!(
            printed("192.0.2.10 - 192.0.2.13"),
            "192.0.2.10/31 192.0.2.12/31"
        );
        assert_eq!(printed("0.0.0.0-255.255.255.255"), "0.0.0.0/0");
        assert_eq!(
            printed("192.0.2.9-192.0.2.1"),
            "invalid IP range \"192.0.2.9-192.0.2.1\": start IP \"192.0.2.9\" is after the end IP \"192.0.2.1\""
        );
        assert_eq!(
            printed("192.0.2.9-x"),
            "invalid IP range \"192.0.2.9-x\": invalid end IP \"x\""
        );
    }

    #[test]
    fn the_first_and_the_last_address_count() {
        let range: IpNet = "192.0.2.254/31".parse().expect("a range");
        let all: Vec<String> = addresses(&range).map(|own| own.to_string()).collect();
        assert_eq!(all, ["192.0.2.254", "192.0.2.255"]);
        assert!(all.iter().any(|own| is_buggy(own.parse().expect("one"))));
    }
}
