//! The choice of an endpoint: rules in `KUBE-SVC-` and `KUBE-SVL-`, and one `KUBE-SEP-` chain for each endpoint.

use std::net::SocketAddr;

use super::Writer;
use super::policy::Chains;
use crate::proxy::endpoints::EndpointInfo;
use crate::proxy::service_ports::ServicePortInfo;
use crate::ruleset::{
    AddressMatch, ChainId, ChainName, ChainRole, Hash, Match, OneOf, Polarity, Purpose, Target,
};

/// Writes the choice of both lists, and the endpoints both share.
pub(super) fn write(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    let endpoints = &port.endpoints;
    let endpoint_chains: Vec<EndpointChain> = endpoints
        .reachable
        .iter()
        .map(|endpoint| EndpointChain::add(writer, port, endpoint))
        .collect();
    let chosen = |places: &[usize]| {
        places
            .iter()
            .map(|&place| &endpoint_chains[place])
            .collect::<Vec<_>>()
    };
    for (chain, list) in [
        (chains.service, &endpoints.cluster),
        (chains.local, &endpoints.local),
    ] {
        if let Some(chain) = chain {
            choose(writer, port, chain, &chosen(list));
        }
    }
    for endpoint in &endpoint_chains {
        send(writer, port, endpoint);
    }
}

/// An endpoint's own chain.
struct EndpointChain {
    address: SocketAddr,
    hash: Hash,
    chain: ChainId,
}

impl EndpointChain {
    fn add(writer: &mut Writer, port: &ServicePortInfo, endpoint: &EndpointInfo) -> EndpointChain {
        let hash = Hash::of(&[&port.text, port.protocol.lower(), &endpoint.text]);
        let chain = writer.nat.add(ChainName::Of(ChainRole::Endpoint, hash));
        EndpointChain {
            address: endpoint.address,
            hash,
            chain,
        }
    }
}

/// First the endpoint this client had, then one by lot: each rule takes its share of what the rules before left.
fn choose(
    writer: &mut Writer,
    port: &ServicePortInfo,
    chain: ChainId,
    endpoints: &[&EndpointChain],
) {
    if let Some(seconds) = port.affinity {
        for endpoint in endpoints {
            let mut matches = writer.detailed(port, Purpose::Endpoint(endpoint.address));
            matches.push(Match::RecentCheck {
                list: endpoint.hash,
                seconds,
            });
            writer.nat(chain, matches, Target::Jump(endpoint.chain));
        }
    }
    for (left, endpoint) in (1..=endpoints.len()).rev().zip(endpoints) {
        let mut matches = writer.detailed(port, Purpose::Endpoint(endpoint.address));
        let share = OneOf(u32::try_from(left).unwrap_or(u32::MAX));
        matches.extend((left > 1).then_some(Match::Statistic(share)));
        writer.nat(chain, matches, Target::Jump(endpoint.chain));
    }
}

/// An endpoint that calls its own Service must see another source than itself, or it would answer itself directly.
fn send(writer: &mut Writer, port: &ServicePortInfo, endpoint: &EndpointChain) {
    let from_itself = Match::Source(Polarity::Is, AddressMatch::One(endpoint.address.ip()));
    let mut hairpin = writer.detailed(port, Purpose::Itself);
    hairpin.push(from_itself);
    writer.nat(
        endpoint.chain,
        hairpin,
        Target::Jump(writer.frame.mark_masq),
    );
    let mut matches = writer.detailed(port, Purpose::Itself);
    matches.extend(port.affinity.map(|_| Match::RecentSet {
        list: endpoint.hash,
    }));
    matches.push(Match::Protocol(port.protocol));
    writer.nat(endpoint.chain, matches, Target::Dnat(endpoint.address));
}
