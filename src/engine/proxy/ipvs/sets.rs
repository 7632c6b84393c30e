//! What goes into the sets of `ipset` for each Service port.

use std::net::IpAddr;

use crate::cluster::config::ProxyConfig;
use crate::cluster::object::TrafficPolicy;
use crate::names::{Family, Protocol};
use crate::proxy::service_ports::ServicePortInfo;
use crate::ruleset::ipvs::{IpSet, ServerKey, SetEntry, SetName, SetRole};
use crate::sort;

/// The entries so far.
#[derive(Default)]
pub(super) struct Sets {
    entries: Vec<(SetRole, SetEntry)>,
    /// Addresses of load balancers with source ranges that the node is not in.
    pub closed_to_node: Vec<ServerKey>,
}

impl Sets {
    /// Whether a set has entries; most rules are written only then.
    pub(super) fn has(&self, role: SetRole) -> bool {
        self.entries.iter().any(|(of, _)| *of == role)
    }

    fn add(&mut self, role: SetRole, entry: SetEntry) {
        self.entries.push((role, entry));
    }

    /// The addresses of the dummy interface.
    pub(super) fn bind(&mut self, bound: &[IpAddr]) {
        for &address in bound {
            self.add(SetRole::ServiceIps, SetEntry::Address(address));
        }
    }

    /// Everything of a Service port.
    pub(super) fn add_all(
        &mut self,
        config: &ProxyConfig,
        port: &ServicePortInfo,
        node: Option<IpAddr>,
        own: &[IpAddr],
    ) {
        for &endpoint in &port.local_endpoints {
            let (address, number) = (endpoint.ip(), endpoint.port());
            let entry = SetEntry::AddressPortAddress(address, port.protocol, number, address);
            self.add(SetRole::LoopBack, entry);
        }
        let at = |address| SetEntry::AddressPort(address, port.protocol, port.port);
        self.add(SetRole::ClusterIp, at(port.cluster_ip));
        for &address in port.external_ips.iter().filter(|_| config.external_ips) {
            let role = match port.external {
                TrafficPolicy::Cluster => SetRole::ExternalIp,
                TrafficPolicy::Local => SetRole::ExternalIpLocal,
            };
            self.add(role, at(address));
        }
        for &address in &port.vips {
            self.add(SetRole::LoadBalancer, at(address));
            if port.external == TrafficPolicy::Local {
                self.add(SetRole::LoadBalancerLocal, at(address));
            }
            if !port.source_ranges.is_empty() {
                self.firewall(port, address, node);
            }
        }
        if port.node_port != 0 {
            self.node_port(port, own);
        }
        if port.health_check_node_port != 0 {
            let entry = SetEntry::Port(port.health_check_node_port);
            self.add(SetRole::HealthCheckNodePort, entry);
        }
    }

    /// A load balancer's address with source ranges.
    fn firewall(&mut self, port: &ServicePortInfo, address: IpAddr, node: Option<IpAddr>) {
        let (protocol, number) = (port.protocol, port.port);
        let entry = SetEntry::AddressPort(address, protocol, number);
        self.add(SetRole::LoadBalancerFirewall, entry);
        for &range in &port.source_ranges {
            let entry = SetEntry::AddressPortNet(address, protocol, number, range.trunc());
            self.add(SetRole::LoadBalancerSourceCidr, entry);
        }
        let has_node = |node: IpAddr| port.source_ranges.iter().any(|range| range.contains(&node));
        if node.is_some_and(has_node) {
            let entry = SetEntry::AddressPortAddress(address, protocol, number, address);
            self.add(SetRole::LoadBalancerSourceIp, entry);
        } else {
            let key = (protocol, (address, number).into());
            self.closed_to_node.push(key);
        }
    }

    fn node_port(&mut self, port: &ServicePortInfo, own: &[IpAddr]) {
        let (all, local) = match port.protocol {
            Protocol::Tcp => (SetRole::NodePortTcp, SetRole::NodePortLocalTcp),
            Protocol::Udp => (SetRole::NodePortUdp, SetRole::NodePortLocalUdp),
            Protocol::Sctp => (SetRole::NodePortSctp, SetRole::NodePortLocalSctp),
        };
        let entries: Vec<SetEntry> = match port.protocol {
            Protocol::Tcp | Protocol::Udp => {
                // Without an address that answers, the port has nothing (`len(nodeIPs) == 0`).
                let answering = own.first();
                answering
                    .map(|_| SetEntry::Port(port.node_port))
                    .into_iter()
                    .collect()
            }
            Protocol::Sctp => {
                let of = |&address| SetEntry::AddressPort(address, port.protocol, port.node_port);
                own.iter().map(of).collect()
            }
        };
        for entry in entries {
            self.add(all, entry);
            if port.external == TrafficPolicy::Local {
                self.add(local, entry);
            }
        }
    }

    /// One set for each role, sorted.
    pub(super) fn finish(self, family: Family) -> Vec<IpSet> {
        let of = |role: SetRole| {
            let own = self.entries.iter().filter(|(of, _)| *of == role);
            IpSet {
                name: SetName { role, family },
                entries: sort::set(own.map(|(_, entry)| *entry))
                    .into_iter()
                    .collect(),
            }
        };
        SetRole::ALL.into_iter().map(of).collect()
    }
}
