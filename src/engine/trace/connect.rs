//! One connection from the lookup of its name to its verdict.

use std::net::SocketAddr;

use super::conditions::with_conditions;
use super::connections::NodeState;
use super::lookup::{NameFound, look_up};
use super::path::Path;
use super::{Host, Network, Request, RequestError, RuleLines, Trace};
use crate::dns::hosts;
use crate::netfilter::Segment;
use crate::network::client;
use crate::network::step::Chance;

/// Traces connection `number` of a request; `seed` and `number` decide wherever rules ask for chance.
pub fn trace(
    network: &Network,
    request: &Request,
    seed: u64,
    number: u64,
) -> Result<Trace, RequestError> {
    let seed = ConnectionSeed {
        seed,
        number,
        ..ConnectionSeed::default()
    };
    connect(network, request, seed, &mut NodeState::default())
}

/// A connection from the lookup of its name to its verdict.
pub(super) fn connect(
    network: &Network,
    request: &Request,
    seed: ConnectionSeed,
    state: &mut NodeState,
) -> Result<Trace, RequestError> {
    let mut chance = Chance::new(seed.seed, seed.number);
    let found = find(network, request, seed, &mut chance)?;
    connect_to(network, request, seed, state, (found, chance))
}

/// The address that a client calls: by its `/etc/hosts`, or by a lookup.
pub(super) fn find(
    network: &Network,
    request: &Request,
    seed: ConnectionSeed,
    chance: &mut Chance,
) -> Result<NameFound, RequestError> {
    let origin = client::device(network, &request.from)?;
    match &request.to.host {
        Host::Address(address) => Ok(NameFound::without_lookup(*address)),
        Host::Name(name) => match hosts::entry(client::pod(network, &request.from), name) {
            Some(entry) => Ok(NameFound::without_lookup(entry.address())),
            None => look_up(network, request, seed, chance, &origin, name),
        },
    }
}

/// A connection to what was found, with the draws that the lookup left.
pub(super) fn connect_to(
    network: &Network,
    request: &Request,
    seed: ConnectionSeed,
    state: &mut NodeState,
    (found, chance): (NameFound, Chance),
) -> Result<Trace, RequestError> {
    let origin = client::device(network, &request.from)?;
    let NameFound {
        lookup,
        address,
        hops,
        connections,
        is_chosen: _,
    } = found;
    let address = match address {
        Ok(address) => address,
        Err(verdict) => {
            return Ok(Trace {
                request: request.clone(),
                service: None,
                lookup,
                hops,
                verdict,
            });
        }
    };
    let path = Path::new(network, request, seed, chance, state, connections, hops);
    let arrived = if client::has_way_to(network, &request.from, address) {
        path.send(origin, address, Segment::Syn)?
    } else {
        path.find_no_way(origin, address)
    };
    let trace = Trace {
        lookup,
        ..arrived.into_trace(request)
    };
    Ok(with_conditions(network, trace))
}

/// Which connection is traced, and what chance does with it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ConnectionSeed {
    /// The seed of the draws.
    pub seed: u64,
    /// The number of the connection, which also selects its draws.
    pub number: u64,
    /// The second at which it begins, on the clocks of the nodes.
    pub now: u64,
    /// The endpoint that chance is to choose, wherever it can.
    pub wanted: Option<SocketAddr>,
    /// The backend that an L7 proxy is to choose, if it has several.
    pub wanted_backend: Option<SocketAddr>,
    /// Whether hops have the lines of the rules that matched.
    pub rule_lines: RuleLines,
}
