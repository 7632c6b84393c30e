//! What a Service port adds to the shared chains: where its addresses lead, or that they lead nowhere.

use std::net::IpAddr;

use super::base_chains::loopback;
use super::policy::{self, Chains};
use super::{Writer, comment};
use crate::cluster::object::TrafficPolicy;
use crate::names::Protocol;
use crate::proxy::service_ports::ServicePortInfo;
use crate::ruleset::{
    AddressMatch, ChainId, ChainName, ChainRole, DropReason, Match, Polarity, Purpose,
    RejectReason, Target,
};

/// Writes everything a Service port needs.
pub(super) fn write(writer: &mut Writer, port: &ServicePortInfo) {
    let chains = Chains::add(writer, port);
    cluster_ip(writer, port, &chains);
    external_ips(writer, port, &chains);
    load_balancer(writer, port, &chains);
    node_port(writer, port, &chains);
    health_check(writer, port);
    policy::write(writer, port, &chains);
}

/// The cluster IP's way to its chain, or its refusal.
fn cluster_ip(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    let to = destination(port.protocol, port.cluster_ip, port.port);
    let internal = match port.internal {
        TrafficPolicy::Cluster => chains.service,
        TrafficPolicy::Local => chains.local,
    };
    if let Some(chain) = internal.filter(|_| port.has_internal()) {
        let matches = with(comment(port, Purpose::ClusterIp), to);
        writer.nat(writer.frame.services, matches, Target::Jump(chain));
    } else {
        let (why, target) = refusal(port);
        writer.filter(
            writer.frame.unanswered,
            with(comment(port, why), to),
            target,
        );
    }
}

fn external_ips(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    if !writer.config.external_ips {
        return;
    }
    for &address in &port.external_ips {
        lead(writer, port, address, Purpose::ExternalIp, chains.external);
        refuse_external(writer, port, address);
    }
}

/// The load balancer's addresses, past the firewall when only some sources may use them.
fn load_balancer(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    for &address in &port.vips {
        lead(
            writer,
            port,
            address,
            Purpose::LoadBalancerIp,
            chains.firewall.or(chains.external),
        );
        if chains.firewall.is_some() {
            let firewall = ChainName::Of(ChainRole::Firewall, policy::hash(port));
            let matches = with(
                comment(port, Purpose::NotAccepted(firewall)),
                destination(port.protocol, address, port.port),
            );
            writer.filter(
                writer.frame.firewall,
                matches,
                Target::Drop(DropReason::SourceNotAllowed),
            );
        }
    }
    for &address in &port.vips {
        refuse_external(writer, port, address);
    }
}

fn lead(
    writer: &mut Writer,
    port: &ServicePortInfo,
    address: IpAddr,
    about: Purpose,
    chain: Option<ChainId>,
) {
    if let Some(chain) = chain {
        let matches = with(
            comment(port, about),
            destination(port.protocol, address, port.port),
        );
        writer.nat(writer.frame.services, matches, Target::Jump(chain));
    }
}

fn refuse_external(writer: &mut Writer, port: &ServicePortInfo, address: IpAddr) {
    if !port.has_external() {
        let (why, target) = refusal(port);
        let matches = with(
            comment(port, why),
            destination(port.protocol, address, port.port),
        );
        writer.filter(writer.frame.unanswered_external, matches, target);
    }
}

fn node_port(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    if port.node_port == 0 {
        return;
    }
    let number = Match::DestinationPort(port.node_port);
    if let Some(external) = chains.external {
        let (node_ports, target) = (writer.frame.node_ports, Target::Jump(external));
        let (itself, protocol) = (
            comment(port, Purpose::Itself),
            Match::Protocol(port.protocol),
        );
        if writer.counts_localhost {
            let to_localhost = Match::Destination(Polarity::Is, loopback());
            let account = Match::Account("localhost_nps_accepted_pkts");
            let matches = [
                itself.clone(),
                protocol.clone(),
                to_localhost,
                number.clone(),
                account,
            ];
            writer.nat(node_ports, matches, target.clone());
        }
        writer.nat(node_ports, [itself, protocol, number.clone()], target);
    }
    if !port.has_external() {
        let (why, target) = refusal(port);
        let matches = [
            comment(port, why),
            Match::LocalDestination,
            Match::Protocol(port.protocol),
            number,
        ];
        writer.filter(writer.frame.unanswered_external, matches, target);
    }
}

fn health_check(writer: &mut Writer, port: &ServicePortInfo) {
    if port.health_check_node_port != 0 {
        let number = Match::DestinationPort(port.health_check_node_port);
        let matches = [
            comment(port, Purpose::HealthCheck),
            Match::Protocol(Protocol::Tcp),
            number,
        ];
        writer.filter(writer.frame.health_checks, matches, Target::Accept);
    }
}

/// Nobody anywhere: refuse. Nobody on this node: drop, since a client may try again through another.
fn refusal(port: &ServicePortInfo) -> (Purpose, Target) {
    if !port.endpoints.has_any_endpoint {
        (
            Purpose::NoEndpoints,
            Target::Reject(RejectReason::NoEndpoints),
        )
    } else {
        (
            Purpose::NoLocalEndpoints,
            Target::Drop(DropReason::NoLocalEndpoints),
        )
    }
}

/// The matches of an address and port.
pub(super) fn destination(protocol: Protocol, address: IpAddr, port: u16) -> [Match; 3] {
    [
        Match::Protocol(protocol),
        Match::Destination(Polarity::Is, AddressMatch::One(address)),
        Match::DestinationPort(port),
    ]
}

/// A comment before other matches.
pub(super) fn with(comment: Match, matches: [Match; 3]) -> Vec<Match> {
    let mut all = Vec::with_capacity(5);
    all.push(comment);
    all.extend(matches);
    all
}
