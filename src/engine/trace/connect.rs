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

/// Traces connection `number` of a request; `seed` and `number` decide every random choice.
pub fn trace(
    network: &Network,
    request: &Request,
    seed: u64,
    number: u64,
) -> Result<Trace, RequestError> {
    let attempt = Attempt {
        network,
        request,
        options: ConnectionOptions {
            seed,
            number,
            ..ConnectionOptions::default()
        },
    };
    attempt.connect(&mut NodeState::default())
}

/// A connection that a client tries to open.
#[derive(Clone, Copy)]
pub(super) struct Attempt<'a> {
    /// The network in which it does.
    pub network: &'a Network,
    /// What it asks for.
    pub request: &'a Request,
    /// Which connection it is, and what chance does with it.
    pub options: ConnectionOptions,
}

impl Attempt<'_> {
    /// The draws of the connection.
    pub(super) fn chance(&self) -> Chance {
        Chance::new(self.options.seed, self.options.number)
    }

    /// The connection from the lookup of its name to its verdict.
    pub(super) fn connect(&self, state: &mut NodeState) -> Result<Trace, RequestError> {
        let mut chance = self.chance();
        let found = self.find(&mut chance)?;
        self.connect_to(found, chance, state)
    }

    /// The address that the client calls: by its `/etc/hosts`, or by a lookup.
    pub(super) fn find(&self, chance: &mut Chance) -> Result<NameFound, RequestError> {
        let Request { from, to } = self.request;
        let origin = client::device(self.network, from)?;
        match &to.host {
            Host::Address(address) => Ok(NameFound::without_lookup(*address)),
            Host::Name(name) => {
                let pod = client::pod(self.network, from);
                match hosts::entry(pod, self.network.cluster(), name) {
                    Some(entry) => Ok(NameFound::without_lookup(entry.address())),
                    None => look_up(self, chance, &origin, name),
                }
            }
        }
    }

    /// A connection to what was found, with the draws that the lookup left.
    pub(super) fn connect_to(
        &self,
        found: NameFound,
        chance: Chance,
        state: &mut NodeState,
    ) -> Result<Trace, RequestError> {
        let Attempt {
            network, request, ..
        } = *self;
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
        let path = Path::new(self, chance, state).after(connections, hops);
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
}

/// Which connection is traced, and what chance does with it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ConnectionOptions {
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
