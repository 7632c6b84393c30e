//! Live dumps: objects printed by `kubectl get -o yaml` from a real cluster.
//!
//! They are used as they are. A Service address outside the configured range would be rejected, so the ranges are
//! widened until they contain the addresses of live objects.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::cluster::config::Config;
use crate::diagnostic::{Diagnostic, Position, Problem, Severity, Span};
use crate::manifest::Source;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::Family;
use crate::sort;

/// Whether the object comes from a cluster: the server has set its `uid` and its `resourceVersion`; people cut some fields.
fn is_live(tree: &Yaml) -> bool {
    ["uid", "resourceVersion"]
        .iter()
        .any(|field| text(tree, &["metadata", field]).is_some_and(|own| !own.is_empty()))
}

/// Restores status and the times of creation and deletion, which the server removes from new objects, and the uid of a
/// Service, which is in the names of what ServiceLB makes for it.
pub(super) fn keep_state(stored: &mut Arc<Yaml>, written: &Yaml) {
    if let Some(status) = written
        .get("status")
        .filter(|status| !status.entries().is_empty())
    {
        Arc::make_mut(stored).set("status", status.value.clone());
    }
    let of_metadata = |key: &str| {
        let value = written.get("metadata")?.get(key)?;
        (!value.is_null()).then_some(value)
    };
    let is_service = text(written, &["kind"]) == Some("Service");
    let uid = of_metadata("uid").filter(|_| is_service);
    let kept = [
        ("creationTimestamp", of_metadata("creationTimestamp")),
        ("deletionTimestamp", of_metadata("deletionTimestamp")),
        ("uid", uid),
    ];
    for (key, value) in kept {
        if let Some(value) = value
            && let Some(metadata) = Arc::make_mut(stored).get_mut("metadata")
        {
            metadata.set(key, value.value.clone());
        }
    }
}

/// The facts about the cluster of a live dump.
pub(crate) struct Learnt {
    /// The configuration with ranges that contain all addresses and node ports of live objects.
    pub config: Config,
    /// What was assumed.
    pub notes: Vec<Diagnostic>,
}

/// Learns the ranges of a cluster from its live objects.
pub(crate) fn learn_ranges(source: &Source, config: &Config) -> Learnt {
    let mut services: Vec<IpNet> = Vec::new();
    let mut nodes: Vec<IpNet> = Vec::new();
    let mut pods: Vec<PodAddress> = Vec::new();
    let mut nodes_have_ranges = false;
    let (mut first, mut last) = config.node_ports;
    for written in source.objects() {
        let tree = &written.object.tree;
        match written.object.kind.as_str() {
            "Service" if is_live(tree) => {
                let addresses = texts(tree, &["spec", "clusterIPs"]);
                let addresses = addresses.filter_map(|text| text.parse().ok());
                services.extend(addresses.map(range_below));
                for port in node_ports(tree) {
                    first = first.min(port);
                    last = last.max(port);
                }
            }
            "Node" => {
                let ranges =
                    texts(tree, &["spec", "podCIDRs"]).chain(text(tree, &["spec", "podCIDR"]));
                let ranges: Vec<IpNet> = ranges.filter_map(|text| text.parse().ok()).collect();
                nodes_have_ranges |= !ranges.is_empty();
                if is_live(tree) {
                    nodes.extend(ranges);
                }
            }
            "Pod" => pods.extend(pod_addresses(tree, written.origin)),
            _ => {}
        }
    }
    let mut notes = Vec::new();
    let pod_cidrs = if nodes_have_ranges {
        widen(&config.pod_cidrs, &nodes)
    } else {
        let held: Vec<IpNet> = pods.iter().map(|pod| pod.address.into()).collect();
        let widened = widen(&config.pod_cidrs, &held);
        notes.extend(range_notes(config, &widened, &pods));
        widened
    };
    let config = Config {
        service_cidrs: widen(&config.service_cidrs, &services),
        pod_cidrs,
        node_ports: (first, last),
        ..config.clone()
    };
    Learnt { config, notes }
}

/// The address of a running pod, and where it is written.
struct PodAddress {
    address: IpAddr,
    span: Span,
}

/// The addresses of a pod with its own network namespace, as its kubelet reported them.
fn pod_addresses(pod: &Yaml, origin: Position) -> Vec<PodAddress> {
    let is_on_host = pod
        .at(&["spec", "hostNetwork"])
        .is_some_and(|value| value.value == YamlValue::Bool(true));
    if is_on_host {
        return Vec::new();
    }
    let listed = pod.at(&["status", "podIPs"]).map_or(&[][..], Yaml::items);
    let listed = listed.iter().filter_map(|item| item.get("ip"));
    let written = listed.chain(pod.at(&["status", "podIP"]));
    let parsed = written.filter_map(|value| {
        Some(PodAddress {
            address: value.as_str()?.parse().ok()?,
            span: value.span.shifted(origin),
        })
    });
    parsed.collect()
}

/// A note for each range that differs from the configured one, at the first address that is in it.
fn range_notes(config: &Config, widened: &[IpNet], pods: &[PodAddress]) -> Vec<Diagnostic> {
    let learnt = widened
        .iter()
        .filter(|range| !config.pod_cidrs.contains(range));
    let notes = learnt.filter_map(|range| {
        let pod = pods.iter().find(|pod| range.contains(&pod.address))?;
        Some(Diagnostic {
            severity: Severity::Info,
            span: pod.span,
            problem: Problem::PodRangeLearnt {
                range: range.to_string(),
            },
            fix: None,
        })
    });
    notes.collect()
}

fn node_ports(service: &Yaml) -> impl Iterator<Item = u16> {
    let ports = service.at(&["spec", "ports"]).into_iter();
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

fn text<'a>(tree: &'a Yaml, path: &[&str]) -> Option<&'a str> {
    tree.at(path)?.as_str()
}

fn texts<'a>(tree: &'a Yaml, path: &[&str]) -> impl Iterator<Item = &'a str> {
    tree.at(path)
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
        learn_ranges(&Source::read(&text), &Config::default()).config
    }

    #[test]
    fn a_live_services_address_widens_the_range_and_a_written_ones_does_not() {
        let live = config_for(", uid: x", "10.43.7.5");
        assert_eq!(live.service_cidrs, [range::<IpNet>("10.43.0.0/16")]);
        assert_eq!(live.node_ports, (80, 32_767));
        assert_eq!(config_for("", "10.43.7.5"), Config::default());
    }

    #[test]
    fn pods_outside_the_range_widen_it_unless_nodes_have_ranges() {
        let pod =
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nstatus: {podIPs: [{ip: 10.0.1.77}]}\n";
        let learnt = learn_ranges(&Source::read(pod), &Config::default());
        assert_eq!(learnt.config.pod_cidrs, [range::<IpNet>("10.0.0.0/16")]);
        assert_eq!(learnt.notes.len(), 1);
        let node = "---\napiVersion: v1\nkind: Node\nmetadata: {name: n}\nspec: {podCIDR: 10.244.3.0/24}\n";
        let learnt = learn_ranges(&Source::read(&format!("{pod}{node}")), &Config::default());
        assert_eq!(learnt.config, Config::default());
        assert_eq!(learnt.notes, []);
    }

    #[test]
    fn an_address_inside_the_range_changes_nothing() {
        assert_eq!(
            config_for(", uid: x", "10.96.7.5").service_cidrs,
            Config::default().service_cidrs
        );
    }
}
