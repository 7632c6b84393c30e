//! What a Service port adds to the shared maps: where its addresses lead, or that they lead nowhere.

use std::net::IpAddr;

use super::policy::{self, Chains};
use super::{Key, Writer};
use crate::cluster::object::TrafficPolicy;
use crate::proxy::service_ports::ServicePortInfo;
use crate::ruleset::ChainId;
use crate::ruleset::nft::ElementVerdict;

/// Writes everything a Service port needs.
pub(super) fn write(writer: &mut Writer, port: &ServicePortInfo) {
    let chains = Chains::add(writer, port);
    cluster_ip(writer, port, &chains);
    if writer.config.external_ips {
        for &address in &port.external_ips {
            outside(writer, port, address, chains.external);
        }
    }
    for &address in &port.vips {
        outside(writer, port, address, chains.external);
        if let Some(firewall) = chains.firewall {
            writer.map(
                writer.frame.firewalled,
                key(port, address),
                ElementVerdict::Goto(firewall),
            );
        }
    }
    node_port(writer, port, chains.external);
    policy::write(writer, port, &chains);
}

fn cluster_ip(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    writer.include(writer.frame.cluster_ips, Key::Address(port.cluster_ip));
    let internal = match port.internal {
        TrafficPolicy::Cluster => chains.service,
        TrafficPolicy::Local => chains.local,
    };
    let key = key(port, port.cluster_ip);
    match internal.filter(|_| port.has_internal()) {
        Some(chain) => writer.map(writer.frame.services, key, ElementVerdict::Goto(chain)),
        None => writer.refuse(writer.frame.unanswered, key, port),
    }
}

/// An external address. If the external policy leaves no endpoint, pods and the node itself are still served.
fn outside(
    writer: &mut Writer,
    port: &ServicePortInfo,
    address: IpAddr,
    external: Option<ChainId>,
) {
    if let Some(chain) = external {
        writer.map(
            writer.frame.services,
            key(port, address),
            ElementVerdict::Goto(chain),
        );
    }
    if !port.has_external() {
        writer.refuse(writer.frame.unanswered, key(port, address), port);
    }
}

fn node_port(writer: &mut Writer, port: &ServicePortInfo, external: Option<ChainId>) {
    if port.node_port == 0 {
        return;
    }
    let key = Key::Port((port.protocol, port.node_port));
    if let Some(chain) = external {
        writer.map(writer.frame.node_ports, key, ElementVerdict::Goto(chain));
    }
    if !port.has_external() {
        writer.refuse(writer.frame.unanswered_node_ports, key, port);
    }
}

fn key(port: &ServicePortInfo, address: IpAddr) -> Key {
    Key::Full((address, (port.protocol, port.port)))
}
