//! A live dump brings its own ranges.
//!
//! What `kubectl get -o yaml` prints of a real cluster is to be used as it is, but a Service whose address lies outside
//! the cluster's range would be refused. So where stored objects are pasted, the ranges are made wide enough for them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::engine::cluster::config::Config;
use crate::engine::manifest::Source;
use crate::engine::manifest::tree::Yaml;
use crate::engine::names::Family;
use crate::engine::sort;

/// Whether the object came out of a cluster: the server gave it a `uid`.
fn is_live(tree: &Yaml) -> bool {
    text(tree, &["metadata", "uid"]).is_some()
}

/// A new object has no status and nobody asked it to go; one that is pasted with them keeps both.
pub fn keep_state(stored: &mut Arc<Yaml>, written: &Yaml) {
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

/// The configuration with ranges that hold every address of the live objects.
pub fn widen_ranges(source: &Source, config: &Config) -> Config {
    let live = || {
        source
            .objects()
            .map(|written| &written.object.tree)
            .filter(|tree| is_live(tree))
    };
    let of_kind =
        |kind: &'static str| live().filter(move |tree| text(tree, &["kind"]) == Some(kind));
    let services = of_kind("Service").flat_map(|service| texts(service, &["spec", "clusterIPs"]));
    let ranges = of_kind("Node").flat_map(|node| texts(node, &["spec", "podCIDRs"]));
    let ports = of_kind("Service")
        .filter_map(|service| service.get("spec")?.get("ports"))
        .flat_map(Yaml::items);
    let node_ports =
        ports.filter_map(|port| serde_json::Value::from(port.get("nodePort")?).as_u64());
    let node_ports = node_ports.filter_map(|port| u16::try_from(port).ok());
    let (first, last) = config.node_ports;
    Config {
        service_cidrs: widened(
            &config.service_cidrs,
            services
                .filter_map(|text| text.parse::<IpAddr>().ok())
                .map(below),
        ),
        pod_cidrs: widened(
            &config.pod_cidrs,
            ranges.filter_map(|text| text.parse().ok()),
        ),
        node_ports: node_ports.fold((first, last), |(first, last), port| {
            (first.min(port), last.max(port))
        }),
        ..config.clone()
    }
}

/// The smallest range around an address that also has the number below it: a network's own address is never given.
fn below(address: IpAddr) -> IpNet {
    let before = match address {
        IpAddr::V4(address) => IpAddr::V4(Ipv4Addr::from_bits(address.to_bits().saturating_sub(1))),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits().saturating_sub(1))),
    };
    around(IpNet::from(address), IpNet::from(before))
}

/// The ranges, those left out that hold none of what must be held, replaced by one that holds it all.
fn widened(ranges: &[IpNet], held: impl Iterator<Item = IpNet>) -> Vec<IpNet> {
    let held: Vec<IpNet> = held.collect();
    let mut widened = Vec::new();
    for family in [Family::V4, Family::V6] {
        let of_family = |range: &&IpNet| Family::of(range.addr()) == family;
        let mut needed = held.iter().filter(of_family).copied();
        let written = ranges.iter().find(of_family).copied();
        let fits = written.is_some_and(|range| {
            held.iter()
                .filter(of_family)
                .all(|held| range.contains(held))
        });
        match needed.next().filter(|_| !fits) {
            Some(first) => widened.push(roomy(needed.fold(first, around))),
            None => widened.extend(written),
        }
    }
    let primary = ranges.first().map(|range| Family::of(range.addr()));
    sort::sort_by_key(&mut widened, |range| {
        Some(Family::of(range.addr())) != primary
    });
    widened
}

/// The smallest range that holds both.
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

/// A range with room for more than what it was made around: at least a /16, or a /108 of IPv6.
fn roomy(range: IpNet) -> IpNet {
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

    fn fitted_to(uid: &str, address: &str) -> Config {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: a{uid}}}\nspec:\n  clusterIPs: [{address}]\n  ports: [{{port: 80, nodePort: 80}}]\n"
        );
        widen_ranges(&Source::read(&text), &Config::default())
    }

    #[test]
    fn a_live_services_address_widens_the_range_and_a_written_ones_does_not() {
        let live = fitted_to(", uid: x", "10.43.7.5");
        assert_eq!(
            live.service_cidrs,
            ["10.43.0.0/16".parse().expect("a range")]
        );
        assert_eq!(live.node_ports, (80, 32_767));
        assert_eq!(fitted_to("", "10.43.7.5"), Config::default());
    }

    #[test]
    fn an_address_inside_the_range_changes_nothing() {
        assert_eq!(
            fitted_to(", uid: x", "10.96.7.5").service_cidrs,
            Config::default().service_cidrs
        );
    }
}
