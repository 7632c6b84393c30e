//! The choice of an endpoint: straight from the Service port's chain, or, with affinity, by way of a chain and a set of
//! clients for each endpoint.

use std::net::SocketAddr;

use super::policy::Chains;
use super::{Key, Writer};
use crate::proxy::service_ports::ServicePortInfo;
use crate::ruleset::ChainId;
use crate::ruleset::nft::{
    Base, Contents, NftChainName, NftChainRole, NftSet, NftStatement, NftVerdict, SetId,
};

/// Writes the choice of both lists, and the endpoints both share.
pub(super) fn write(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    let endpoints = &port.endpoints;
    for endpoint in endpoints
        .reachable
        .iter()
        .filter(|endpoint| endpoint.is_local)
    {
        let key = (
            endpoint.address.ip(),
            (port.protocol, endpoint.address.port()),
        );
        writer.include(writer.frame.hairpins, Key::Full(key));
    }
    let lists = [
        (chains.service, &endpoints.cluster),
        (chains.local, &endpoints.local),
    ];
    let lists = lists
        .into_iter()
        .filter_map(|(chain, list)| Some((chain?, list)));
    match port.affinity {
        None => {
            for (chain, list) in lists {
                let addresses = list
                    .iter()
                    .map(|&place| endpoints.reachable[place].address)
                    .collect();
                writer.rule(
                    chain,
                    [NftStatement::Protocol(port.protocol)],
                    NftVerdict::DnatOneOf(addresses),
                );
            }
        }
        Some(seconds) => {
            let addresses = endpoints.reachable.iter().map(|endpoint| endpoint.address);
            let affinity_chains: Vec<AffinityChain> = addresses
                .map(|address| AffinityChain::add(writer, port, address, seconds))
                .collect();
            for (chain, list) in lists {
                stick(
                    writer,
                    chain,
                    &list
                        .iter()
                        .map(|&place| &affinity_chains[place])
                        .collect::<Vec<_>>(),
                );
            }
        }
    }
}

/// An endpoint's own chain, and the set of its clients.
struct AffinityChain {
    chain: ChainId,
    clients: SetId,
}

impl AffinityChain {
    fn add(
        writer: &mut Writer,
        port: &ServicePortInfo,
        address: SocketAddr,
        seconds: u32,
    ) -> AffinityChain {
        let base = Base::of_endpoint(&port.name, port.protocol, address);
        let contents = Contents::Clients {
            list: base.hash,
            seconds,
        };
        let name = NftChainName::Of(NftChainRole::Affinity, base.clone());
        let clients = writer.table.add_set(NftSet {
            name,
            comment: None,
            contents,
        });
        let chain = writer.chain(port, NftChainRole::Endpoint, &base);
        writer.rule(
            chain,
            [NftStatement::Remember(clients)],
            NftVerdict::Continue,
        );
        writer.rule(
            chain,
            [NftStatement::Protocol(port.protocol)],
            NftVerdict::Dnat(address),
        );
        AffinityChain { chain, clients }
    }
}

/// First the endpoint this client had, then one by lot.
fn stick(writer: &mut Writer, chain: ChainId, endpoints: &[&AffinityChain]) {
    for endpoint in endpoints {
        writer.rule(
            chain,
            [NftStatement::Remembered(endpoint.clients)],
            NftVerdict::Goto(endpoint.chain),
        );
    }
    let ways = endpoints.iter().map(|endpoint| endpoint.chain).collect();
    writer.rule(chain, [], NftVerdict::GotoOneOf(ways));
}
