//! Ranges of addresses as `nft` prints them: sets without a name are merged.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::sort::sort;

/// One range as written; several as a set.
pub(super) fn ranges_text(ranges: &[IpNet]) -> String {
    match ranges {
        [one] => range_text(*one),
        _ => format!(
            "{{ {} }}",
            merged(ranges)
                .into_iter()
                .map(interval_text)
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}

fn range_text(range: IpNet) -> String {
    if range.prefix_len() == range.max_prefix_len() {
        range.addr().to_string()
    } else {
        range.to_string()
    }
}

/// The intervals of a set of ranges, sorted. Of a set without a name `nft` merges those that overlap or touch
/// (`setelem_automerge` in its `intervals.c`).
fn merged(ranges: &[IpNet]) -> Vec<(IpAddr, IpAddr)> {
    let mut intervals: Vec<_> = ranges
        .iter()
        .map(|range| (range.network(), range.broadcast()))
        .collect();
    sort(&mut intervals);
    intervals.dedup_by(|(low, high), (_, last)| {
        let touches = number(*low) <= number(*last).saturating_add(1);
        if touches && *high > *last {
            *last = *high;
        }
        touches
    });
    intervals
}

/// An interval: as a range where it is one, else by its ends.
fn interval_text((low, high): (IpAddr, IpAddr)) -> String {
    let bits = match low {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    };
    let mut ranges = (0..=bits).filter_map(|length| IpNet::new(low, length).ok());
    match ranges.find(|range| range.network() == low && range.broadcast() == high) {
        Some(range) => range_text(range),
        None => format!("{low}-{high}"),
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_bits().into(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_range_needs_no_braces() {
        let range = |text: &str| text.parse().expect("a literal range");
        assert_eq!(ranges_text(&[range("10.0.0.0/8")]), "10.0.0.0/8");
        assert_eq!(
            ranges_text(&[range("198.51.100.10/32"), range("10.0.0.0/8")]),
            "{ 10.0.0.0/8, 198.51.100.10 }"
        );
    }

    #[test]
    fn ranges_that_overlap_or_touch_are_printed_as_one() {
        let text = |ranges: &[&str]| {
            let parsed = ranges
                .iter()
                .map(|range| range.parse().expect("a literal range"));
            ranges_text(&parsed.collect::<Vec<_>>())
        };
        assert_eq!(text(&["10.1.0.0/16", "10.0.0.0/8"]), "{ 10.0.0.0/8 }");
        assert_eq!(
            text(&["198.51.100.11/32", "198.51.100.10/32"]),
            "{ 198.51.100.10/31 }"
        );
        assert_eq!(
            text(&["10.0.1.0/24", "10.0.2.0/24", "10.0.9.7/32"]),
            "{ 10.0.1.0-10.0.2.255, 10.0.9.7 }"
        );
    }
}
