//! The first thing that a client does with a name: it asks for its address.
//!
//! A pod's questions are packets like any other: they go to the address of the cluster's DNS, and the node's rules send
//! each to one of the pods behind it. Most names take several questions, one for each search domain. The trace shows
//! only the last one with its whole path; an earlier one is a single hop with the name server and what the answer
//! was.

use std::net::{IpAddr, SocketAddr};

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::connect::{Attempt, ConnectionOptions};
use super::connections::NodeState;
use super::path::Path;
use super::{
    Device, Direction, Failure, Hop, Host, Network, Reason, Request, RequestError, Scheme, Target,
    Trace, Verdict,
};
use crate::dns::resolv_conf::{DNS_PORT, ResolvConf};
use crate::dns::resolver::{self, Resolution};
use crate::names::{Family, PolicyType, Protocol};
use crate::netfilter::{Packet, Segment};
use crate::network::client;
use crate::network::name_resolution::{candidates, learned, questions};
use crate::network::step::{Chance, Visit};

/// How a client looked an address up.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    /// The client's resolv.conf.
    pub resolv_conf: ResolvConf,
    /// Every question with its answer.
    pub resolution: Resolution,
    /// The address that it calls, one of the answered ones; `None` if there is none.
    pub address: Option<IpAddr>,
}

impl Serialize for Lookup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Query<'a> {
            name: &'a str,
            outcome: String,
            answer: Vec<String>,
        }
        let queries = self.resolution.lookups.iter().map(|query| Query {
            name: &query.name,
            outcome: query.outcome.to_string(),
            answer: query.answer.iter().map(ToString::to_string).collect(),
        });
        let mut lookup = serializer.serialize_struct("Lookup", 3)?;
        lookup.serialize_field("resolvConf", &self.resolv_conf.to_string())?;
        lookup.serialize_field("queries", &queries.collect::<Vec<_>>())?;
        lookup.serialize_field("address", &self.address)?;
        lookup.end()
    }
}

/// The result of a client's lookup of a name.
#[derive(Clone)]
pub(super) struct NameFound {
    /// The lookup; `None` if there was none.
    pub lookup: Option<Lookup>,
    /// The address to call, or the verdict without one.
    pub address: Result<IpAddr, Verdict>,
    /// The hops of the questions.
    pub hops: Vec<Hop>,
    /// How many connections the questions were.
    pub connections: usize,
    /// Whether the client chose the address among several.
    pub is_chosen: bool,
}

impl NameFound {
    /// An address that needs no question.
    pub(super) fn without_lookup(address: IpAddr) -> NameFound {
        NameFound {
            lookup: None,
            address: Ok(address),
            hops: Vec::new(),
            connections: 0,
            is_chosen: false,
        }
    }
}

/// Looks a name up as the origin's resolver does.
pub(super) fn look_up(
    attempt: &Attempt<'_>,
    chance: &mut Chance,
    origin: &Device,
    name: &str,
) -> Result<NameFound, RequestError> {
    let Attempt {
        network,
        request,
        options,
    } = *attempt;
    let mut questions = questions(network, request, name);
    let choices = candidates(
        network,
        request,
        &questions.resolution,
        chance,
        options.wanted,
    );
    let is_chosen = choices.len() > 1;
    let chosen = choices.iter().find(|choice| choice.chosen);
    let mut address = chosen.map(|choice| choice.endpoint.ip());
    let unreachable = questions.unreachable.clone();
    let end = unreachable.unwrap_or_else(|| learned(name, &questions, address));
    let mut asking = Asking {
        network,
        request,
        options,
        origin,
        server: questions.server,
        hops: Vec::new(),
        asked: 0,
    };
    let mut failure = None;
    let count = questions.resolution.lookups.len();
    for (index, query) in questions.resolution.lookups.iter().enumerate() {
        let is_last = index + 1 == count;
        failure = asking.ask(query, is_last.then_some(&end))?;
        if failure.is_some() {
            break;
        }
    }
    let (mut hops, connections) = (asking.hops, asking.asked);
    if failure.is_some() {
        // The question that failed, and those behind it, have no answer.
        questions.resolution.lookups.truncate(connections - 1);
        address = None;
    } else if address.is_some()
        && is_chosen
        && let Some(hop) = hops.last_mut()
    {
        hop.choices = choices;
    }
    let verdict = without_address(request, name, failure, end);
    Ok(NameFound {
        lookup: Some(Lookup {
            resolv_conf: questions.resolv_conf,
            resolution: questions.resolution,
            address,
        }),
        address: address.ok_or(verdict),
        hops,
        connections,
        is_chosen,
    })
}

/// How a request ends whose name leads to no address.
fn without_address(
    request: &Request,
    name: &str,
    failure: Option<Failure>,
    end: Reason,
) -> Verdict {
    match (failure, end) {
        (Some(why), _) => Verdict::LookupFailed {
            name: name.to_owned(),
            why,
        },
        (None, Reason::IngressUnreachable { host, why, .. }) => {
            Verdict::IngressUnreachable { host, why }
        }
        (None, _) => Verdict::NoSuchName {
            name: request.to.host.to_string(),
        },
    }
}

/// More questions than this one name does not take: 32 search domains, and the name itself.
const MOST_QUERIES: u64 = 40;
/// The source port of questions to a resolver outside.
const SOURCE_PORT: u16 = 33_000;

/// The questions of one lookup.
struct Asking<'a> {
    network: &'a Network,
    request: &'a Request,
    options: ConnectionOptions,
    origin: &'a Device,
    server: IpAddr,
    hops: Vec<Hop>,
    /// How many questions were asked, which is also the connection of the next one.
    asked: usize,
}

impl Asking<'_> {
    /// Asks one question. With `end`, which is what the client learns from it, its whole path is shown. Returns why, if
    /// it got no answer.
    fn ask(
        &mut self,
        query: &resolver::Lookup,
        end: Option<&Reason>,
    ) -> Result<Option<Failure>, RequestError> {
        let is_inside = self
            .network
            .service_at(self.server, DNS_PORT, Protocol::Udp)
            .is_some();
        let failure = if is_inside {
            self.ask_cluster_dns(query, end)?
        } else {
            self.ask_outside(query, end)?
        };
        self.asked += 1;
        Ok(failure)
    }

    /// A resolver outside the cluster answers, unless the client's policies stop the question. The path to it is shown
    /// only then.
    fn ask_outside(
        &mut self,
        query: &resolver::Lookup,
        end: Option<&Reason>,
    ) -> Result<Option<Failure>, RequestError> {
        let stopped = self.stopped_by_policy()?;
        if let Some(trace) = stopped {
            let connection = self.asked;
            let shown = trace.hops.into_iter().map(|hop| Hop {
                connection,
                ..shown(hop, self.server, query, end)
            });
            self.hops.extend(shown);
            return Ok(failure_of(&trace.verdict));
        }
        let source = client::source(self.network, &self.request.from, Family::of(self.server))?;
        let port = SOURCE_PORT + u16::try_from(self.asked).unwrap_or_default();
        let packet = Packet::first(
            Protocol::Udp,
            SocketAddr::new(source, port),
            SocketAddr::new(self.server, DNS_PORT),
        );
        let reason = match end {
            Some(end) => end.clone(),
            None => self.asked_reason(query, self.server.to_string()),
        };
        let visit = Visit::new(self.origin.clone(), packet, reason);
        let hop = Hop::of(visit, Direction::Lookup, self.asked);
        self.hops.push(Hop {
            at_client: true,
            ..hop
        });
        Ok(None)
    }

    /// The trace of a question that the policies of the client stop; `None` if they do not.
    fn stopped_by_policy(&self) -> Result<Option<Trace>, RequestError> {
        let pod = client::pod(self.network, &self.request.from);
        let policies = self.network.policies();
        if !pod.is_some_and(|pod| policies.isolates(PolicyType::Egress, pod)) {
            return Ok(None);
        }
        let trace = self.send_question()?;
        let is_stopped = failure_of(&trace.verdict) == Some(Failure::PolicyEgress);
        Ok(is_stopped.then_some(trace))
    }

    /// The cluster's DNS answers, unless the question does not reach it.
    fn ask_cluster_dns(
        &mut self,
        query: &resolver::Lookup,
        end: Option<&Reason>,
    ) -> Result<Option<Failure>, RequestError> {
        let trace = self.send_question()?;
        let failure = failure_of(&trace.verdict);
        let connection = self.asked;
        if failure.is_some() || end.is_some() {
            let shown = trace.hops.into_iter().map(|hop| Hop {
                connection,
                ..shown(hop, self.server, query, end)
            });
            self.hops.extend(shown);
            return Ok(failure);
        }
        let pod = trace.answered_by().map(|pod| pod.name.to_string());
        let reason = self.asked_reason(query, pod.unwrap_or_default());
        let decided = trace.hops.into_iter().find(|hop| !hop.choices.is_empty());
        if let Some(hop) = decided {
            self.hops.push(Hop {
                device: self.origin.clone(),
                direction: Direction::Lookup,
                connection,
                at_client: true,
                after: hop.before,
                reason,
                ..hop
            });
        }
        Ok(None)
    }

    /// The trace of a question's packet and of the answer to it.
    fn send_question(&self) -> Result<Trace, RequestError> {
        let request = Request {
            from: self.request.from.clone(),
            to: Target {
                scheme: Some(Scheme::Transport(Protocol::Udp)),
                host: Host::Address(self.server),
                port: DNS_PORT,
                path: String::new(),
                method: String::new(),
                headers: Vec::new(),
            },
        };
        // Counted down from the greatest number, so that its draws differ from those of the connection it is asked for.
        let first = self.options.number.wrapping_mul(MOST_QUERIES);
        let question = Attempt {
            network: self.network,
            request: &request,
            options: ConnectionOptions {
                number: !first.wrapping_add(self.asked as u64),
                wanted: None,
                ..self.options
            },
        };
        let mut state = NodeState::default();
        let path = Path::new(&question, question.chance(), &mut state);
        let arrived = path.send(self.origin.clone(), self.server, Segment::Syn)?;
        Ok(arrived.into_trace(&request))
    }

    fn asked_reason(&self, query: &resolver::Lookup, by: String) -> Reason {
        Reason::Asked {
            name: query.name.clone(),
            server: self.server,
            outcome: query.outcome.to_string(),
            by,
        }
    }
}

/// Why a question got no answer.
fn failure_of(verdict: &Verdict) -> Option<Failure> {
    match verdict {
        Verdict::Refused { why } | Verdict::TimedOut { why } => Some(*why),
        other => (!other.is_answered()).then_some(Failure::NothingListens),
    }
}

/// A hop of a question, described in the terms of DNS.
fn shown(hop: Hop, server: IpAddr, query: &resolver::Lookup, end: Option<&Reason>) -> Hop {
    let direction = match hop.direction {
        Direction::Request | Direction::Lookup => Direction::Lookup,
        Direction::Reply => Direction::Reply,
    };
    let (name, outcome) = (query.name.clone(), query.outcome.to_string());
    let reason = match hop.reason {
        Reason::Opens { .. } => Reason::Asks { name, server },
        Reason::Answers { by, .. } => Reason::Responds { by, name, outcome },
        Reason::Returns { to, from } => end.cloned().unwrap_or(Reason::Returns { to, from }),
        other => other,
    };
    Hop {
        direction,
        reason,
        ..hop
    }
}
