//! The state that nodes keep from one connection to the next.
//!
//! With `sessionAffinity: ClientIP` a node sends a client to the endpoint it had before, until the timeout, and conntrack
//! sends packets of an open connection where its first one went, whatever happened to the Service since. So a keep-alive
//! connection stays on its endpoint, also on one that is terminating. kube-proxy removes only entries of UDP flows
//! ([`is_stale`]).
//!
//! The connection of a client ends at the first L7 proxy on its way. It stays open whatever becomes of the pods behind the
//! proxy, which chooses an endpoint anew for each request (ingress-nginx balances requests, not connections).

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::conditions::with_conditions;
use super::connect::{Attempt, ConnectionOptions};
use super::conntrack_cleanup::is_stale;
use super::path::Path;
use super::{Network, Request, RequestError, Trace};
use crate::names::{ObjectName, Protocol};
use crate::netfilter::{Affinity, ConnDirection, Connection, Packet, Segment, Walk};
use crate::network::client;
use crate::network::step::{Chance, TrackedNode};

/// Connections one after another, with what nodes remember of them.
#[derive(Clone, Debug, Default)]
pub struct Connections {
    seed: u64,
    affinity: BTreeMap<String, Affinity>,
    opened: u64,
    open: BTreeMap<u64, OpenConnection>,
}

/// A connection that was answered and not closed.
#[derive(Clone, Debug)]
struct OpenConnection {
    request: Request,
    address: IpAddr,
    /// The pod at the other end: an L7 proxy, or the one that answered.
    peer: Option<ObjectName>,
    tracked: Vec<TrackedNode>,
    /// How many requests were sent on it.
    requests: u64,
}

impl Connections {
    /// No connections yet; `seed` decides every random choice.
    pub fn new(seed: u64) -> Connections {
        Connections {
            seed,
            ..Connections::default()
        }
    }

    /// The number of the next connection, from 0.
    pub fn next(&self) -> u64 {
        self.opened
    }

    /// Whether connection `number` was answered, so that more can be sent on it.
    pub fn is_open(&self, number: u64) -> bool {
        self.open.contains_key(&number)
    }

    /// The entries of a node's connection table for the connections that are open, in the order in which they were
    /// opened.
    pub fn tracked_on<'a>(&'a self, node: &'a str) -> impl Iterator<Item = Connection> + 'a {
        let tracked = self.open.values().flat_map(|open| &open.tracked);
        tracked
            .filter(move |own| own.node == node)
            .map(|own| own.connection)
    }

    fn attempt<'a>(
        &self,
        network: &'a Network,
        request: &'a Request,
        number: u64,
        now: u64,
    ) -> Attempt<'a> {
        let options = ConnectionOptions {
            seed: self.seed,
            number,
            now,
            ..ConnectionOptions::default()
        };
        Attempt {
            network,
            request,
            options,
        }
    }

    /// Opens a connection at that second of the nodes' clocks.
    pub fn connect(
        &mut self,
        network: &Network,
        request: &Request,
        now: u64,
    ) -> Result<Trace, RequestError> {
        let number = self.opened;
        let mut state = NodeState {
            affinity: std::mem::take(&mut self.affinity),
            ..NodeState::default()
        };
        let attempt = self.attempt(network, request, number, now);
        let trace = attempt.connect(&mut state);
        self.affinity = state.affinity;
        let trace = trace?;
        self.opened += 1;
        if trace.verdict.is_answered()
            && let Some(address) = trace.called()
        {
            let connection = OpenConnection {
                request: request.clone(),
                address,
                peer: trace.accepted_by().cloned(),
                tracked: state.tracked_now,
                requests: 1,
            };
            self.open.insert(number, connection);
        }
        Ok(trace)
    }

    /// Sends one of many requests: on the connection of the one before, if the protocol keeps it, or on a new one.
    pub fn send_one_of_many(
        &mut self,
        network: &Network,
        request: &Request,
        now: u64,
    ) -> Result<Trace, RequestError> {
        if request.to.keeps_connection()
            && let Some(last) = self.opened.checked_sub(1)
            && let Some(sent) = self.again(network, last, now)
        {
            return sent;
        }
        self.connect(network, request, now)
    }

    /// Sends more on connection `number`, in a network that may have changed since; `None` if it is not open.
    pub fn again(
        &mut self,
        network: &Network,
        number: u64,
        now: u64,
    ) -> Option<Result<Trace, RequestError>> {
        let OpenConnection {
            request,
            address,
            peer,
            tracked,
            requests,
        } = self.open.get(&number)?.clone();
        let mut state = NodeState {
            affinity: std::mem::take(&mut self.affinity),
            tracked,
            peer,
            tracked_now: Vec::new(),
        };
        if request.to.protocol() == Protocol::Udp {
            state
                .tracked
                .retain(|tracked| !is_stale(network, &tracked.connection));
        }
        let attempt = self.attempt(network, &request, number, now);
        let chance = attempt.chance().of_request(requests);
        let trace = send_data(&attempt, address, chance, &mut state);
        self.affinity = state.affinity;
        if let Some(open) = self.open.get_mut(&number) {
            open.requests += 1;
            if !state.tracked_now.is_empty() {
                open.tracked = state.tracked_now;
            }
        }
        Some(trace)
    }
}

/// Sends more on an open connection.
fn send_data(
    attempt: &Attempt<'_>,
    address: IpAddr,
    chance: Chance,
    state: &mut NodeState,
) -> Result<Trace, RequestError> {
    let Attempt {
        network, request, ..
    } = *attempt;
    let origin = client::device(network, &request.from)?;
    let arrived = Path::new(attempt, chance, state).send(origin, address, Segment::Data)?;
    Ok(with_conditions(network, arrived.into_trace(request)))
}

/// What nodes remember from one packet to the next.
#[derive(Debug, Default)]
pub(super) struct NodeState {
    affinity: BTreeMap<String, Affinity>,
    /// The entries of the connection that is open.
    tracked: Vec<TrackedNode>,
    /// The pod at the other end of it.
    peer: Option<ObjectName>,
    /// The entries after this packet.
    tracked_now: Vec<TrackedNode>,
}

impl NodeState {
    /// The affinity lists of a node; `None` if it has none.
    pub(super) fn affinity(&self, node: &str) -> Option<&Affinity> {
        self.affinity.get(node)
    }

    /// The pod at the other end of the open connection.
    pub(super) fn peer(&self) -> Option<&ObjectName> {
        self.peer.as_ref()
    }

    /// The open connection that a packet belongs to; `None` for the first packet of another one.
    pub(super) fn connection(&self, node: &str, packet: &Packet) -> Option<Connection> {
        if packet.segment == Segment::Syn {
            return None;
        }
        let entries = self.tracked.iter().filter(|tracked| tracked.node == node);
        entries
            .map(|tracked| tracked.connection)
            .find(|connection| connection.direction(packet) == Some(ConnDirection::Original))
    }

    /// Stores what a node keeps after a walk.
    pub(super) fn remember(&mut self, node: &str, walk: &Walk, now: u64) {
        if walk.affinity.is_some() || walk.scheduled.is_some() {
            walk.remember(self.affinity.entry(node.to_owned()).or_default(), now);
        }
        self.tracked_now
            .extend(walk.connection.map(|connection| TrackedNode {
                node: node.to_owned(),
                connection,
            }));
    }
}

#[cfg(test)]
mod tests;
