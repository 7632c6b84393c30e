//! What the server carries over when a Service is replaced, and what it gives out and takes back
//! (`pkg/registry/core/service/storage/storage.go` `patchAllocatedValues`, `alloc.go` `allocateUpdate`).

use std::collections::BTreeSet;

use super::allocation::allocator::{Allocator, Grant, Reallocation};
use super::allocation::families;
use super::allocation::{self, gives_node_ports, held, next_node_port, port_refused};
use super::field::Field;
use super::rejection::Rejection;
use super::service_spec::{
    HEADLESS, has_cluster_ip, has_node_ports, needs_health_check, port_mut, service_type, set_list,
    set_text, texts,
};
use super::type_dependent_fields;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::sort;

/// Gives `new` what it needs beside what `old` had.
pub(crate) fn update(
    new: &mut Yaml,
    old: &Yaml,
    allocator: &mut Allocator,
) -> Result<Reallocation, Rejection> {
    keep_addresses(new, old);
    keep_node_ports(new, old);
    keep_health_check(new, old);
    let mut grant = Grant::default();
    let outcome = give(new, old, allocator, &mut grant);
    if outcome.is_err() {
        allocator.release(&grant);
    }
    outcome.map(|()| {
        type_dependent_fields::drop_from(new, old);
        Reallocation {
            granted: grant,
            unneeded: no_longer_needed(new, old),
        }
    })
}

fn keep_addresses(new: &mut Yaml, old: &Yaml) {
    if has_cluster_ip(new) && has_cluster_ip(old) {
        let (now, before) = (cluster_ip(new), cluster_ip(old));
        if now.is_empty() {
            set_text(new, "clusterIP", &before);
        }
        if texts(new, "clusterIPs").is_empty() && cluster_ip(new) == before {
            set_list(new, "clusterIPs", &texts(old, "clusterIPs"));
        }
    }
    allocation::normalize(new);
    let (now, before) = (cluster_ip(new), cluster_ip(old));
    if now != before
        && !texts(new, "clusterIPs").is_empty()
        && texts(new, "clusterIPs") == texts(old, "clusterIPs")
    {
        set_list(
            new,
            "clusterIPs",
            &Some(now)
                .filter(|address| !address.is_empty())
                .into_iter()
                .collect::<Vec<_>>(),
        );
    }
}

fn cluster_ip(service: &Yaml) -> String {
    Field::root(service)
        .at(&["spec", "clusterIP"])
        .text()
        .to_owned()
}

/// A port that asks for no node port keeps that of the port of its name.
fn keep_node_ports(new: &mut Yaml, old: &Yaml) {
    if !has_node_ports(new) || !has_node_ports(old) {
        return;
    }
    let read = |port: &Field| {
        (
            port.child("name").text().to_owned(),
            port.child("nodePort").int(),
        )
    };
    let ports = |service| {
        Field::root(service)
            .at(&["spec", "ports"])
            .items()
            .iter()
            .map(read)
            .collect::<Vec<_>>()
    };
    let before = sort::map(ports(old));
    let mut used = sort::set(
        ports(new)
            .into_iter()
            .map(|(_, port)| port)
            .filter(|port| *port != 0),
    );
    for (place, (name, node_port)) in ports(new).into_iter().enumerate() {
        let kept = before
            .get(&name)
            .copied()
            .filter(|port| node_port == 0 && *port != 0 && !used.contains(port));
        if let (Some(kept), Some(port)) = (kept, port_mut(new, place)) {
            port.set("nodePort", YamlValue::Int(kept));
            used.insert(kept);
        }
    }
}

fn keep_health_check(new: &mut Yaml, old: &Yaml) {
    let port = |service| {
        Field::root(service)
            .at(&["spec", "healthCheckNodePort"])
            .int()
    };
    let (now, before) = (port(new), port(old));
    let is_kept = needs_health_check(new) && needs_health_check(old) && now == 0;
    if let Some(spec) = new.get_mut("spec").filter(|_| is_kept) {
        spec.set("healthCheckNodePort", YamlValue::Int(before));
    }
}

fn give(
    new: &mut Yaml,
    old: &Yaml,
    allocator: &mut Allocator,
    grant: &mut Grant,
) -> Result<(), Rejection> {
    if service_type(new) != "ExternalName" {
        families::fill(new, Some(old), allocator).map_err(Rejection::Invalid)?;
        give_addresses(new, old, allocator, grant)?;
    }
    if has_node_ports(new) {
        give_node_ports(new, old, allocator, grant)?;
    }
    if needs_health_check(new) && !needs_health_check(old) {
        allocation::health_check_port(new, allocator, grant)?;
    }
    Ok(())
}

/// All addresses are new when there were none; else only that of a second family.
fn give_addresses(
    new: &mut Yaml,
    old: &Yaml,
    allocator: &mut Allocator,
    grant: &mut Grant,
) -> Result<(), Rejection> {
    if service_type(old) == "ExternalName" {
        return allocation::addresses(new, allocator, grant);
    }
    let is_headless = texts(old, "clusterIPs")
        .first()
        .is_some_and(|first| first == HEADLESS);
    if is_headless || texts(old, "ipFamilies").len() != 1 || texts(new, "ipFamilies").len() != 2 {
        return Ok(());
    }
    allocation::second_address(new, allocator, grant)
}

fn give_node_ports(
    new: &mut Yaml,
    old: &Yaml,
    allocator: &mut Allocator,
    grant: &mut Grant,
) -> Result<(), Rejection> {
    let mut had = if has_node_ports(old) {
        sort::set(asked_ports(old).into_iter().map(|(_, port)| port))
    } else {
        BTreeSet::new()
    };
    let mut used: BTreeSet<(String, i64)> = BTreeSet::new();
    for (place, (protocol, asked)) in asked_ports(new).into_iter().enumerate() {
        if asked == 0 && !gives_node_ports(new) {
            continue;
        }
        let node_port = match asked {
            0 => next_node_port(new, place, allocator)?,
            _ if had.contains(&asked) => asked,
            _ => allocator
                .take_port(asked)
                .map(i64::from)
                .map_err(|why| port_refused(place, asked, why))?,
        };
        if !had.contains(&node_port) {
            grant.ports.extend(u16::try_from(node_port));
            had.insert(node_port);
        }
        if let Some(port) = port_mut(new, place) {
            port.set("nodePort", YamlValue::Int(node_port));
        }
        if !used.insert((protocol.clone(), node_port)) {
            let words = format!("duplicate nodePort: {{{protocol} {node_port}}}");
            return Err(Rejection::Unknown(words));
        }
    }
    Ok(())
}

/// The protocol of each port, and its node port.
fn asked_ports(service: &Yaml) -> Vec<(String, i64)> {
    let ports = Field::root(service).at(&["spec", "ports"]).items();
    let asked = ports.iter().map(|port| {
        let protocol = port.child("protocol").text().to_owned();
        (protocol, port.child("nodePort").int())
    });
    asked.collect()
}

fn no_longer_needed(new: &Yaml, old: &Yaml) -> Grant {
    let (now, before) = (held(new), held(old));
    Grant {
        addresses: before
            .addresses
            .into_iter()
            .filter(|address| !now.addresses.contains(address))
            .collect(),
        ports: before
            .ports
            .into_iter()
            .filter(|port| !now.ports.contains(port))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;
    use crate::cluster::config::Config;

    #[test]
    fn a_second_family_goes_only_with_the_policy() {
        let with = |policy: &str, rest: &str| {
            let service = format!(
                r#"{{"spec":{{"type":"ClusterIP","clusterIP":"10.96.0.9","ipFamilyPolicy":"{policy}","ports":[{{"port":80}}],{rest}}}}}"#
            );
            node(&service)
        };
        let both = r#""clusterIPs":["10.96.0.9","fd00::9"],"ipFamilies":["IPv4","IPv6"]"#;
        let one = r#""clusterIPs":["10.96.0.9"],"ipFamilies":["IPv4"]"#;
        let old = with("PreferDualStack", both);
        let ranges = ["10.96.0.0/12", "fd00::/112"].map(|range| range.parse().expect("a range"));
        let mut allocator = Allocator::with_ranges(&ranges, (30_000, 32_767));
        let refused = update(&mut with("PreferDualStack", one), &old, &mut allocator);
        let Err(Rejection::Invalid(errors)) = refused else {
            panic!("it was taken");
        };
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        let field = r#"spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be 'SingleStack' to release the secondary"#;
        assert_eq!(
            texts,
            [format!("{field} cluster IP"), format!("{field} IP family")]
        );
        assert!(update(&mut with("SingleStack", one), &old, &mut allocator).is_ok());
    }

    #[test]
    fn two_ports_cannot_be_moved_to_one_node_port() {
        let service = |ports: &str| {
            let text = format!(
                r#"{{"spec":{{"type":"NodePort","clusterIP":"10.96.0.9","clusterIPs":["10.96.0.9"],"ipFamilies":["IPv4"],"ports":[{ports}]}}}}"#
            );
            node(&text)
        };
        let old = service(r#"{"port":80,"protocol":"TCP","nodePort":30080}"#);
        let moved = |second: &str| {
            let first = r#"{"name":"a","port":80,"protocol":"TCP","nodePort":30080}"#;
            let rest =
                format!(r#"{{"name":"b","port":81,"protocol":"{second}","nodePort":30080}}"#);
            let mut new = service(&format!("{first},{rest}"));
            update(&mut new, &old, &mut Allocator::new(&Config::default())).map(|_| ())
        };
        assert_eq!(moved("UDP"), Ok(()));
        let words = "duplicate nodePort: {TCP 30080}".to_owned();
        assert_eq!(moved("TCP"), Err(Rejection::Unknown(words)));
    }

    #[test]
    fn node_ports_go_back_when_the_service_no_longer_has_them() {
        let old = node(
            r#"{"spec":{"type":"NodePort","clusterIP":"10.96.0.9","clusterIPs":["10.96.0.9"],"ipFamilies":["IPv4"],"ports":[{"port":80,"nodePort":30080}]}}"#,
        );
        let mut new = node(r#"{"spec":{"type":"ClusterIP","ports":[{"port":80}]}}"#);
        let unneeded = update(&mut new, &old, &mut Allocator::new(&Config::default()))
            .expect("nothing is asked for")
            .unneeded;
        assert_eq!((unneeded.ports, unneeded.addresses), (vec![30_080], vec![]));
    }
}
