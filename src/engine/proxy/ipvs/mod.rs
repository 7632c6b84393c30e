//! What a node's kube-proxy has in IPVS mode for one family (kubernetes `pkg/proxy/ipvs/proxier.go`).
//!
//! A virtual server sends the connections of one address and port on to its real servers. A node takes packets for the
//! addresses because a dummy interface has them. `sets` is what the rules of `iptables` look into, `chains` are these rules:
//! they mark what must be masqueraded and refuse what is for no virtual server.

mod chains;
mod sets;

use std::net::{IpAddr, SocketAddr};

use self::sets::Sets;
use super::local::LocalDetector;
use super::node_addresses::NodePortAddresses;
use super::service_ports::{ServicePortInfo, service_ports};
use crate::cluster::Cluster;
use crate::cluster::config::{ProxyConfig, ProxyMode};
use crate::cluster::object::{Node, TrafficPolicy};
use crate::names::Family;
use crate::ruleset::RejectReason;
use crate::ruleset::ipvs::{IpvsRules, ServerKey, VirtualServer};
use crate::sort;

/// Everything a node's kube-proxy has for a family.
pub fn rules(cluster: &Cluster, node: &Node, family: Family) -> IpvsRules {
    let config = &cluster.config.proxy;
    let ports = service_ports(cluster, node, family);
    let own = node_port_addresses(config, node, family);
    let mut servers = Servers::default();
    let mut sets = Sets::default();
    for port in &ports {
        servers.add_all(config, port, &own);
        sets.add_all(config, port, node.address(family), &own);
    }
    let is_own = |address: &IpAddr| own_addresses(node, family).contains(address);
    let mut bound = std::mem::take(&mut servers.addresses);
    bound.retain(|address| !is_own(address));
    let bound: Vec<IpAddr> = sort::set(bound).into_iter().collect();
    sets.bind(&bound);
    let detector = LocalDetector::of(cluster, node, family);
    let ruleset = chains::ruleset(config, &sets, detector.as_ref(), family);
    IpvsRules {
        ruleset,
        sets: sets.finish(family),
        servers: servers.finish(),
        bound,
    }
}

/// The node's addresses on all interfaces but the dummy one and the loopback's, the bridge's among them.
fn own_addresses(node: &Node, family: Family) -> Vec<IpAddr> {
    let addresses = node
        .addresses()
        .filter(|&address| Family::of(address) == family);
    addresses.chain(node.bridge_address(family)).collect()
}

/// Those that have virtual servers for node ports: never the loopback's.
fn node_port_addresses(config: &ProxyConfig, node: &Node, family: Family) -> Vec<IpAddr> {
    match NodePortAddresses::by_default_of(ProxyMode::Ipvs, config, node, family) {
        NodePortAddresses::All => own_addresses(node, family),
        NodePortAddresses::Only(only) => {
            only.into_iter().filter(|own| !own.is_loopback()).collect()
        }
    }
}

/// The virtual servers, and the addresses that the dummy interface gets.
#[derive(Default)]
struct Servers {
    all: Vec<VirtualServer>,
    addresses: Vec<IpAddr>,
}

impl Servers {
    fn add_all(&mut self, config: &ProxyConfig, port: &ServicePortInfo, own: &[IpAddr]) {
        let at = |address| SocketAddr::new(address, port.port);
        self.add(port, at(port.cluster_ip), port.internal);
        self.addresses.push(port.cluster_ip);
        let external_ips = port.external_ips.iter().filter(|_| config.external_ips);
        for &address in external_ips.chain(&port.vips) {
            self.add(port, at(address), port.external);
            self.addresses.push(address);
        }
        if port.node_port != 0 {
            for &address in own {
                let at = SocketAddr::new(address, port.node_port);
                self.add(port, at, port.external);
            }
        }
    }

    /// With a policy of Local and no endpoint on the node, the endpoints of policy Cluster take their place
    /// (`syncEndpoint`).
    fn add(&mut self, port: &ServicePortInfo, at: SocketAddr, policy: TrafficPolicy) {
        let endpoints = &port.endpoints;
        let places = match policy {
            TrafficPolicy::Local if !endpoints.local.is_empty() => &endpoints.local,
            TrafficPolicy::Local | TrafficPolicy::Cluster => &endpoints.cluster,
        };
        let real_servers = places
            .iter()
            .map(|&place| endpoints.reachable[place].address);
        let key: ServerKey = (port.protocol, at);
        self.all.push(VirtualServer {
            name: port.name.clone(),
            key,
            persistent: port.affinity,
            real_servers: sort::set(real_servers).into_iter().collect(),
            why_empty: if endpoints.has_any_endpoint {
                RejectReason::NoLocalEndpoints
            } else {
                RejectReason::NoEndpoints
            },
        });
    }

    fn finish(mut self) -> Vec<VirtualServer> {
        // The sort is stable: of two Services with one address, the first by name has it.
        sort::sort_by_key(&mut self.all, |server| server.key);
        self.all.dedup_by(|later, first| later.key == first.key);
        self.all
    }
}
