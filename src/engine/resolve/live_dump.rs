//! Live dumps: objects printed by `kubectl get -o yaml` from a real cluster.
//!
//! They are used as they are. A Service address outside the configured range would be rejected, so the ranges are
//! widened until they contain the addresses of live objects.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::cluster::config::Config;
use crate::manifest::Source;
use crate::manifest::tree::Yaml;
use crate::names::Family;
use crate::sort;

/// Whether the object comes from a cluster: the server has set its `uid`.
fn is_live(tree: &Yaml) -> bool {
    text(tree, &["metadata", "uid"]).is_some()
}

/// Restores status and deletion time, which the server removes from new objects.
pub(super) fn keep_state(stored: &mut Arc<Yaml>, written: &Yaml) {
    if let Some(status) = written
        .get("status")
        .filter(|status| !status.entries().is_empty())
    {
        Arc::make_mut(stored).set("status", status.value.clone());
    }
    let time = written
        .get("metadata")
        .and_then(|metadata| metadata.get("deletionTimestamp"));
    if let Some(time) = time
        && let Some(metadata) = Arc::make_mut(stored).get_mut("metadata")
    {
        metadata.set("deletionTimestamp", time.value.clone());
    }
}

/// The configuration with ranges that contain all addresses and node ports of live objects.
pub(super) fn widen_ranges(source: &Source, config: &Config) -> Config {
    let mut services: Vec<IpNet> = Vec::new();
    let mut pods: Vec<IpNet> = Vec::new();
    let (mut first, mut last) = config.node_ports;
    for written in source.objects() {
        let tree = &written.object.tree;
        match written.object.kind.as_str() {
            "Service" if is_live(tree) => {
                let addresses = texts(tree, &["spec", "clusterIPs"]);
                services.extend(
                    addresses
                        .filter_map(|text| text.parse().ok())
                        .map(range_below),
                );
                for port in node_ports(tree) {
                    first = first.min(port);
                    last = last.max(port);
                }
            }
            "Node" if is_live(tree) => {
                let ranges = texts(tree, &["spec", "podCIDRs"]);
                pods.extend(ranges.filter_map(|text| text.parse::<IpNet>().ok()));
            }
            _ => {}
        }
    }
    Config {
        service_cidrs: widen(&config.service_cidrs, &services),
        pod_cidrs: widen(&config.pod_cidrs, &pods),
        node_ports: (first, last),
        ..config.clone()
    }
}

fn node_ports(service: &Yaml) -> impl Iterator<Item = u16> {
    let ports = at(service, &["spec", "ports"]).into_iter();
    ports.flat_map(Yaml::items).filter_map(|port| {
        let number = serde_json::Value::from(port.get("nodePort")?).as_u64()?;
        u16::try_from(number).ok()
    })
}

/// The smallest range that contains an address and the one below it: the network address is never assigned.
fn range_below(address: IpAddr) -> IpNet {
    let before = match address {
        IpAddr::V4(address) => IpAddr::V4(Ipv4Addr::from_bits(address.to_bits().saturating_sub(1))),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits().saturating_sub(1))),
    };
    around(IpNet::from(address), IpNet::from(before))
}

/// The ranges, with a range that does not contain all of `held` replaced by one that does.
fn widen(ranges: &[IpNet], held: &[IpNet]) -> Vec<IpNet> {
    let mut widened = Vec::new();
    for family in [Family::V4, Family::V6] {
        let is_of_family = |range: &&IpNet| Family::of(range.addr()) == family;
        let configured = ranges.iter().find(is_of_family).copied();
        let mut held = held.iter().filter(is_of_family).copied();
        let fits = configured.is_some_and(|range| held.clone().all(|held| range.contains(&held)));
        match held.next() {
            Some(first) if !fits => widened.push(at_least_default_size(held.fold(first, around))),
            Some(_) | None => widened.extend(configured),
        }
    }
    let primary = ranges.first().map(|range| Family::of(range.addr()));
    sort::sort_by_key(&mut widened, |range| {
        Some(Family::of(range.addr())) != primary
    });
    widened
}

/// The smallest range that contains both.
fn around(one: IpNet, other: IpNet) -> IpNet {
    let mut range = one;
    while !range.contains(&other) {
        match range.supernet() {
            Some(wider) => range = wider,
            None => break,
        }
    }
    range.trunc()
}

/// Enlarges a range to at least a /16, or an IPv6 /108.
fn at_least_default_size(range: IpNet) -> IpNet {
    let wider = match range {
        IpNet::V4(range) => Ipv4Net::new(range.addr(), range.prefix_len().min(16)).map(IpNet::V4),
        IpNet::V6(range) => Ipv6Net::new(range.addr(), range.prefix_len().min(108)).map(IpNet::V6),
    };
    wider.unwrap_or(range).trunc()
}

fn at<'a>(tree: &'a Yaml, path: &[&str]) -> Option<&'a Yaml> {
    path.iter().try_fold(tree, |node, key| node.get(key))
}

fn text<'a>(tree: &'a Yaml, path: &[&str]) -> Option<&'a str> {
    at(tree, path)?.as_str()
}

fn texts<'a>(tree: &'a Yaml, path: &[&str]) -> impl Iterator<Item = &'a str> {
    at(tree, path)
        .into_iter()
        .flat_map(Yaml::items)
        .filter_map(Yaml::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{dedent, range};

    fn config_for(uid: &str, address: &str) -> Config {
        let text = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: aUID}
            spec:
              clusterIPs: [ADDRESS]
              ports: [{port: 80, nodePort: 80}]
            ",
        )
        .replace("UID", uid)
        .replace("ADDRESS", address);
        widen_ranges(&Source::read(&text), &Config::default())
    }

    #[test]
    fn a_live_services_address_widens_the_range_and_a_written_ones_does_not() {
        let live = config_for(", uid: x", "10.43.7.5");
        assert_eq!(live.service_cidrs, [range::<IpNet>("10.43.0.0/16")]);
        assert_eq!(live.node_ports, (80, 32_767));
        assert_eq!(config_for("", "10.43.7.5"), Config::default());
    }

    #[test]
    fn an_address_inside_the_range_changes_nothing() {
        assert_eq!(
            config_for(", uid: x", "10.96.7.5").service_cidrs,
            Config::default().service_cidrs
        );
    }
}
