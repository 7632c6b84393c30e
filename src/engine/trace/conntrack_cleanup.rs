//! UDP flows that kube-proxy makes the kernel forget (kubernetes `pkg/proxy/conntrack/cleanup.go`).
//!
//! A flow has no end of its own: while datagrams keep coming it leads where its first one went. So kube-proxy removes
//! the entries that were sent from one of a Service's addresses to an endpoint of it that serves no more. A Service
//! without any serving endpoint is left alone: its flows keep their old destination. It does so when it syncs its
//! rules: not before them.

use std::net::SocketAddr;

use super::Network;
use crate::cluster::object::{Endpoint, Service, ServicePort};
use crate::names::Protocol;
use crate::netfilter::Connection;

/// Whether kube-proxy makes the kernel forget a UDP flow.
pub(super) fn is_stale(network: &Network, connection: &Connection) -> bool {
    let called = connection.original.destination;
    let answers = |service: &&Service| network.has_port(service, called, Protocol::Udp);
    network
        .programmed()
        .services
        .values()
        .filter(answers)
        .any(|service| {
            let own = |port: &&ServicePort| {
                port.protocol == Protocol::Udp
                    && [port.port, port.node_port].contains(&called.port())
            };
            service.spec.ports.iter().filter(own).any(|port| {
                let serving = serving(network, service, port);
                !serving.is_empty() && !serving.contains(&connection.reply.source)
            })
        })
}

/// The endpoints of a Service port that serve, ready or not.
fn serving(network: &Network, service: &Service, port: &ServicePort) -> Vec<SocketAddr> {
    let mut serving = Vec::new();
    for slice in network.programmed().slices_of(&service.id()) {
        let ports = slice.ports.iter().filter(|own| {
            own.name() == port.name && own.protocol.unwrap_or_default() == port.protocol
        });
        for number in ports.filter_map(|own| own.port) {
            let endpoints = slice
                .endpoints
                .iter()
                .filter(|endpoint| endpoint.conditions.is_serving());
            let addresses = endpoints.filter_map(Endpoint::address);
            serving.extend(addresses.map(|address| SocketAddr::new(address, number)));
        }
    }
    serving
}
