//! What the server carries over when a Service is replaced, and what it gives out and takes back
//! (`pkg/registry/core/service/storage/storage.go` `patchAllocatedValues`, `alloc.go` `allocateUpdate`).

use std::collections::BTreeSet;

use super::allocation::allocator::{Allocator, Grant};
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

/// Gives `new` what it needs beside what `old` had. The grant is what is new; what `old` no longer needs is in the
/// second one, to be released once the new Service is stored.
pub(crate) fn update(
    new: &mut Yaml,
    old: &Yaml,
    allocator: &mut Allocator,
) -> Result<(Grant, Grant), Rejection> {
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
        (grant, no_longer_needed(new, old))
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
    let mut had: BTreeSet<u16> = BTreeSet::new();
    if has_node_ports(old) {
        had.extend(held(old).ports);
    }
    let asked: Vec<i64> = Field::root(new)
        .at(&["spec", "ports"])
        .items()
        .iter()
        .map(|port| port.child("nodePort").int())
        .collect();
    for (place, asked) in asked.into_iter().enumerate() {
        let is_held = u16::try_from(asked).is_ok_and(|port| had.contains(&port));
        if is_held || asked == 0 && !gives_node_ports(new) {
            continue;
        }
        let node_port = match asked {
            0 => next_node_port(new, place, allocator)?,
            _ => allocator
                .take_port(asked)
                .map(i64::from)
                .map_err(|why| port_refused(place, asked, why))?,
        };
        grant.ports.extend(u16::try_from(node_port));
        had.extend(u16::try_from(node_port));
        if let Some(port) = port_mut(new, place) {
            port.set("nodePort", YamlValue::Int(node_port));
        }
    }
    Ok(())
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
    fn node_ports_go_back_when_the_service_no_longer_has_them() {
        let old = node(
            r#"{"spec":{"type":"NodePort","clusterIP":"10.96.0.9","clusterIPs":["10.96.0.9"],"ipFamilies":["IPv4"],"ports":[{"port":80,"nodePort":30080}]}}"#,
        );
        let mut new = node(r#"{"spec":{"type":"ClusterIP","ports":[{"port":80}]}}"#);
        let (_, released) = update(&mut new, &old, &mut Allocator::new(&Config::default()))
            .expect("nothing is asked for");
        assert_eq!((released.ports, released.addresses), (vec![30_080], vec![]));
    }
}
