//! Giving a Service its addresses and node ports (`pkg/registry/core/service/storage/alloc.go`).
//!
//! This happens before the fields are checked, so what goes wrong here is reported alone, and what was given is taken
//! back when a later check fails.

pub(crate) mod allocator;
pub(crate) mod families;

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::errors::invalid;
use super::field::Field;
use super::go_json::to_json;
use super::rejection::Rejection;
use super::service_spec::{
    HEADLESS, family_named, has_node_ports, needs_health_check, port_mut, service_type, set_list,
    set_text, texts,
};
use crate::manifest::tree::{Yaml, YamlValue};
use crate::syntax::sloppy_ip;
use allocator::{Allocator, Grant, Refusal};

/// Gives a new Service what it needs.
pub(crate) fn create(service: &mut Yaml, allocator: &mut Allocator) -> Result<Grant, Rejection> {
    let mut grant = Grant::default();
    let outcome = give(service, allocator, &mut grant);
    if outcome.is_err() {
        allocator.release(&grant);
    }
    outcome.map(|()| grant)
}

fn give(service: &mut Yaml, allocator: &mut Allocator, grant: &mut Grant) -> Result<(), Rejection> {
    normalize(service);
    if service_type(service) != "ExternalName" {
        families::fill(service, None, allocator).map_err(Rejection::Invalid)?;
        addresses(service, allocator, grant)?;
    }
    if has_node_ports(service) {
        node_ports(service, allocator, grant)?;
    }
    if needs_health_check(service) {
        health_check_port(service, allocator, grant)?;
    }
    Ok(())
}

/// `clusterIPs` follows a `clusterIP` that was written alone.
pub(crate) fn normalize(service: &mut Yaml) {
    let address = Field::root(service)
        .at(&["spec", "clusterIP"])
        .text()
        .to_owned();
    if !address.is_empty() && texts(service, "clusterIPs").is_empty() {
        set_list(service, "clusterIPs", &[address]);
    }
}

/// Takes the addresses that are written and finds those that are not, one a family.
pub(crate) fn addresses(
    service: &mut Yaml,
    allocator: &mut Allocator,
    grant: &mut Grant,
) -> Result<(), Rejection> {
    let mut wanted = texts(service, "clusterIPs");
    if wanted.first().is_some_and(|first| first == HEADLESS) {
        return Ok(());
    }
    let families = texts(service, "ipFamilies");
    wanted.resize(wanted.len().max(families.len()), String::new());
    set_list(service, "clusterIPs", &wanted);
    for (place, family) in families.iter().enumerate() {
        let Some(address) = wanted.get_mut(place) else {
            break;
        };
        *address = address_for(service, family, address, allocator, grant)?;
    }
    set_list(service, "clusterIPs", &wanted);
    if let Some(first) = wanted.first() {
        set_text(service, "clusterIP", first);
    }
    Ok(())
}

/// Takes or finds the second address of a Service that gets another family.
pub(crate) fn second_address(
    service: &mut Yaml,
    allocator: &mut Allocator,
    grant: &mut Grant,
) -> Result<(), Rejection> {
    let (mut addresses, families) = (texts(service, "clusterIPs"), texts(service, "ipFamilies"));
    addresses.resize(addresses.len().max(families.len()), String::new());
    if let (Some(address), Some(family)) = (addresses.get_mut(1), families.get(1)) {
        *address = address_for(service, family, address, allocator, grant)?;
    }
    set_list(service, "clusterIPs", &addresses);
    Ok(())
}

fn address_for(
    service: &Yaml,
    family: &str,
    wanted: &str,
    allocator: &mut Allocator,
    grant: &mut Grant,
) -> Result<String, Rejection> {
    let given = match sloppy_ip(wanted) {
        Some(address) => allocator
            .take_address(address)
            .map_err(|why| refused(service, wanted, why))?,
        None => automatic(service, family, allocator)
            .map_err(|why| Rejection::Internal(format!("failed to allocate a serviceIP: {why}")))?,
    };
    grant.addresses.push(given);
    Ok(if wanted.is_empty() {
        given.to_string()
    } else {
        wanted.to_owned()
    })
}

fn automatic(service: &Yaml, family: &str, allocator: &mut Allocator) -> Result<IpAddr, Refusal> {
    let family = family_named(family).ok_or(Refusal::Full)?;
    allocator.next_address(family, &id(service))
}

fn refused(service: &Yaml, address: &str, why: Refusal) -> Rejection {
    let field = Field::root(service).at(&["spec", "clusterIPs"]);
    let detail = format!("failed to allocate IP {address}: {why}");
    Rejection::Invalid(vec![invalid(&field.path, to_json(field.node()), detail)])
}

/// Takes the node ports that are written and finds the others. Ports of one number share a node port over their
/// protocols, unless they ask for different ones.
fn node_ports(
    service: &mut Yaml,
    allocator: &mut Allocator,
    grant: &mut Grant,
) -> Result<(), Rejection> {
    let ports: Vec<(i64, i64)> = asked_ports(service);
    let mut requested: BTreeMap<i64, i64> = BTreeMap::new();
    for &(number, asked) in ports.iter().filter(|(_, asked)| *asked != 0) {
        requested.entry(number).or_insert(asked);
    }
    let mut of_port: BTreeMap<i64, i64> = BTreeMap::new();
    for (place, (number, asked)) in ports.into_iter().enumerate() {
        if asked == 0 && !gives_node_ports(service) {
            continue;
        }
        let node_port = match of_port.get(&number).copied() {
            None => {
                let requested = requested.get(&number).copied().unwrap_or_default();
                let node_port = requested_or_next(service, place, requested, allocator)?;
                of_port.insert(number, node_port);
                grant.ports.extend(u16::try_from(node_port));
                node_port
            }
            Some(shared) if asked == 0 || asked == shared => shared,
            Some(_) => {
                grant.ports.push(
                    allocator
                        .take_port(asked)
                        .map_err(|why| port_refused(place, asked, why))?,
                );
                asked
            }
        };
        if let Some(port) = port_mut(service, place) {
            port.set("nodePort", YamlValue::Int(node_port));
        }
    }
    Ok(())
}

/// The number of each port and the node port it asks for.
fn asked_ports(service: &Yaml) -> Vec<(i64, i64)> {
    let ports = Field::root(service).at(&["spec", "ports"]).items();
    ports
        .iter()
        .map(|port| (port.child("port").int(), port.child("nodePort").int()))
        .collect()
}

fn requested_or_next(
    service: &Yaml,
    place: usize,
    requested: i64,
    allocator: &mut Allocator,
) -> Result<i64, Rejection> {
    if requested != 0 {
        return allocator
            .take_port(requested)
            .map(i64::from)
            .map_err(|why| port_refused(place, requested, why));
    }
    next_node_port(service, place, allocator)
}

/// Any node port, for the port at `place`.
pub(crate) fn next_node_port(
    service: &Yaml,
    place: usize,
    allocator: &mut Allocator,
) -> Result<i64, Rejection> {
    let next = allocator.next_port(&format!("{}:{place}", id(service)));
    next.map(i64::from)
        .map_err(|why| Rejection::Internal(format!("failed to allocate a nodePort: {why}")))
}

/// The refusal of the node port that the port at `place` asks for.
pub(crate) fn port_refused(place: usize, asked: i64, why: Refusal) -> Rejection {
    let field = Field::root(&Yaml::default())
        .at(&["spec", "ports"])
        .path
        .index(place)
        .key("nodePort");
    Rejection::Invalid(vec![invalid(&field, asked.to_string(), why.to_string())])
}

/// Whether ports that ask for no node port get one all the same.
pub(crate) fn gives_node_ports(service: &Yaml) -> bool {
    let allocate = Field::root(service).at(&["spec", "allocateLoadBalancerNodePorts"]);
    service_type(service) != "LoadBalancer" || !allocate.is_set() || allocate.is_true()
}

/// Takes the port on which a load balancer asks for the node's health.
pub(crate) fn health_check_port(
    service: &mut Yaml,
    allocator: &mut Allocator,
    grant: &mut Grant,
) -> Result<(), Rejection> {
    let asked = Field::root(service)
        .at(&["spec", "healthCheckNodePort"])
        .int();
    let port = match asked {
        0 => allocator
            .next_port(&format!("{}:health", id(service)))
            .map_err(|why| {
                Rejection::Internal(format!(
                    "failed to allocate a HealthCheck NodePort 0: {why}"
                ))
            })?,
        _ => allocator.take_port(asked).map_err(|why| {
            Rejection::Internal(format!(
                "failed to allocate requested HealthCheck NodePort {asked}: {why}"
            ))
        })?,
    };
    grant.ports.push(port);
    if let Some(spec) = service.get_mut("spec") {
        spec.set("healthCheckNodePort", YamlValue::Int(i64::from(port)));
    }
    Ok(())
}

/// What a stored Service holds.
pub(crate) fn held(service: &Yaml) -> Grant {
    let spec = Field::root(service).child("spec");
    let addresses = spec.child("clusterIPs").items();
    let ports = spec
        .child("ports")
        .items()
        .into_iter()
        .map(|port| port.child("nodePort").int());
    let ports = ports
        .chain([spec.child("healthCheckNodePort").int()])
        .filter(|&port| port != 0);
    Grant {
        addresses: addresses
            .iter()
            .filter_map(|address| sloppy_ip(address.text()))
            .collect(),
        ports: ports.filter_map(|port| u16::try_from(port).ok()).collect(),
    }
}

fn id(service: &Yaml) -> String {
    let metadata = Field::root(service).child("metadata");
    format!(
        "{}/{}",
        metadata.child("namespace").text(),
        metadata.child("name").text()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;
    use crate::cluster::config::Config;

    #[test]
    fn two_protocols_of_one_port_share_a_node_port() {
        let mut service = node(
            r#"{"spec":{"type":"NodePort","ports":[{"port":53,"protocol":"TCP"},{"port":53,"protocol":"UDP"},{"port":80}]}}"#,
        );
        let grant = create(&mut service, &mut Allocator::new(&Config::default()))
            .expect("the ranges are empty");
        let ports = Field::root(&service).at(&["spec", "ports"]).items();
        let node_ports: Vec<i64> = ports
            .iter()
            .map(|port| port.child("nodePort").int())
            .collect();
        assert_eq!((node_ports[0], grant.ports.len()), (node_ports[1], 2));
        assert_ne!(node_ports[0], node_ports[2]);
    }
}
