//! Domain names (RFC 1034): compared case-insensitively, absolute if they end in a dot.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The absolute form of a name, with a final dot.
pub(super) fn absolute(name: &str) -> String {
    if name.ends_with('.') {
        name.to_owned()
    } else {
        format!("{name}.")
    }
}

/// Whether a name is in a zone.
pub(super) fn is_within(name: &str, zone: &str) -> bool {
    let (name, zone) = (relative(name).as_bytes(), relative(zone).as_bytes());
    let Some(above) = name.len().checked_sub(zone.len()) else {
        return false;
    };
    let (above, tail) = name.split_at(above);
    let is_whole = zone.is_empty() || above.last().is_none_or(|last| *last == b'.');
    is_whole && tail.eq_ignore_ascii_case(zone)
}

/// The labels of a name before its zone, in lower case: `web.default.svc` of `web.default.svc.cluster.local.`.
pub(super) fn labels_above(name: &str, zone: &str) -> Vec<String> {
    let all = labels(name);
    let above = all.len().saturating_sub(labels(zone).len());
    all.into_iter()
        .take(above)
        .map(str::to_ascii_lowercase)
        .collect()
}

/// The address of a name below `in-addr.arpa` or `ip6.arpa`, if it is complete.
pub(super) fn reversed_address(name: &str) -> Option<IpAddr> {
    let name = relative(name).to_ascii_lowercase();
    let parts = |text: &str| text.split('.').rev().map(str::to_owned).collect::<Vec<_>>();
    if let Some(octets) = name.strip_suffix(".in-addr.arpa") {
        return parts(octets)
            .join(".")
            .parse::<Ipv4Addr>()
            .ok()
            .map(IpAddr::V4);
    }
    let nibbles = parts(name.strip_suffix(".ip6.arpa")?);
    let groups: Vec<String> = nibbles.chunks(4).map(<[String]>::concat).collect();
    groups.join(":").parse::<Ipv6Addr>().ok().map(IpAddr::V6)
}

fn relative(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}

fn labels(name: &str) -> Vec<&str> {
    match relative(name) {
        "" => Vec::new(),
        name => name.split('.').collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::address;

    #[test]
    fn names_are_compared_label_by_label() {
        assert!(is_within("WEB.Cluster.Local.", "cluster.local"));
        assert!(is_within("cluster.local", "cluster.local."));
        assert!(!is_within("mycluster.local", "cluster.local"));
        assert!(!is_within("local", "cluster.local"));
        assert!(is_within("cluster.local", "."));
        assert_eq!(
            labels_above("WEB.dev.svc.cluster.local.", "cluster.local."),
            ["web", "dev", "svc"]
        );
    }

    #[test]
    fn reversed_names_are_whole_addresses() {
        assert_eq!(
            reversed_address("1.0.96.10.in-addr.arpa."),
            Some(address("10.96.0.1"))
        );
        assert_eq!(reversed_address("96.10.in-addr.arpa."), None);
        let loopback = format!("1.{}ip6.arpa.", "0.".repeat(31));
        assert_eq!(reversed_address(&loopback), Some(address("::1")));
    }
}
