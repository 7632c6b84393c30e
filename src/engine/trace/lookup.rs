//! The first thing a client does with a name: ask for its address.
//!
//! A pod's questions are packets like any other: they go to the address of the cluster's DNS, and the node's rules send
//! each to one of the pods behind it. Most names take several, one for each search domain. So that one can follow, only
//! the last question is shown on its whole way; of those in vain a single hop says who was asked and what came of it.

use std::net::{IpAddr, SocketAddr};

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::connections::NodeState;
use super::forward::{ConnectionSeed, Tracer};
use super::{
    Choice, Device, Direction, Failure, Hop, Host, Origin, Reason, Request, RequestError, Scheme,
    Target, Trace, Verdict, ingress,
};
use crate::engine::cluster::Cluster;
use crate::engine::cluster::object::Pod;
use crate::engine::dns::coredns::{Data, Dns, Record};
use crate::engine::dns::resolv_conf::{Kubelet, OUTSIDE_RESOLVER, ResolvConf};
use crate::engine::dns::resolver::{self, NameServer, Outcome, Resolution, resolve};
use crate::engine::names::{Family, Protocol};
use crate::engine::netfilter::{Packet, Segment};

/// How a client found an address, or did not.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    /// The client's resolv.conf.
    pub resolv_conf: ResolvConf,
    /// Every query and what came of it.
    pub resolution: Resolution,
    /// The address it will use, one of those it was given.
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

/// More questions than this one name does not take: 32 search domains, and the name itself.
const MOST_QUERIES: u64 = 40;
const DNS_PORT: u16 = 53;

impl Tracer<'_> {
    /// Looks a name up as the origin's resolver would; none when there is no address to call.
    pub fn look_up(&mut self, place: &Device, name: &str) -> Result<Option<IpAddr>, RequestError> {
        let cluster = self.world.cluster();
        let (resolv_conf, mut resolution) =
            resolved(cluster, pod_of(cluster, &self.trace.request.from), name);
        let server = resolv_conf
            .nameservers
            .first()
            .and_then(|text| text.parse().ok())
            .unwrap_or(OUTSIDE_RESOLVER);
        let unserved = self.point_at_controller(name, &mut resolution);
        let choices = self.candidates(place, &resolution);
        let mut address = choices
            .iter()
            .find(|choice| choice.chosen)
            .map(|choice| choice.endpoint.ip());
        let mut end = unserved.unwrap_or_else(|| found(name, server, &resolution, address));
        for number in 0..resolution.lookups.len() {
            let last = (number + 1 == resolution.lookups.len()).then(|| end.clone());
            if let Some(why) = self.ask(place, server, &resolution.lookups[number], number, last)? {
                resolution.lookups.truncate(number);
                self.trace.verdict = Verdict::LookupFailed {
                    name: name.to_owned(),
                    why,
                };
                (address, end) = (
                    None,
                    Reason::Asks {
                        name: name.to_owned(),
                        server,
                    },
                );
                break;
            }
        }
        self.trace.lookup = Some(Lookup {
            resolv_conf,
            resolution,
            address,
        });
        if let Reason::IngressUnreachable { host, why, .. } = end {
            self.trace.verdict = Verdict::IngressUnreachable { host, why };
        } else if let Some(hop) = self
            .trace
            .hops
            .last_mut()
            .filter(|_| address.is_some() && choices.len() > 1)
        {
            hop.choices = choices;
        }
        Ok(address)
    }

    /// Clients outside find the host of an Ingress where its controller is: whoever owns the domain has seen to that.
    /// What is missing for it is said instead.
    fn point_at_controller(&self, name: &str, resolution: &mut Resolution) -> Option<Reason> {
        let is_http = matches!(
            self.trace.request.to.scheme,
            Some(Scheme::Http | Scheme::Https)
        );
        let last = resolution
            .lookups
            .last_mut()
            .filter(|query| is_http && query.outcome == Outcome::Outside)?;
        let host = name.trim_end_matches('.');
        match ingress::address_of(self.world, host)? {
            Ok(address) => {
                let data = match address {
                    IpAddr::V4(address) => Data::A(address),
                    IpAddr::V6(address) => Data::Aaaa(address),
                };
                last.answer = vec![Record {
                    name: format!("{host}."),
                    ttl: 60,
                    data,
                }];
                None
            }
            Err((why, ingress)) => {
                last.answer.clear();
                let (host, class) = (host.to_owned(), ingress::class_name(self.world, ingress));
                Some(Reason::IngressUnreachable {
                    host,
                    ingress: ingress.metadata.name.to_string(),
                    class,
                    why,
                })
            }
        }
    }

    /// The addresses a client chooses from: those of the first family that it has an address of, too.
    fn candidates(&mut self, place: &Device, resolution: &Resolution) -> Vec<Choice> {
        let all: Vec<IpAddr> = resolution.addresses().collect();
        let can_call = |address: &&IpAddr| self.source(place, Family::of(**address)).is_ok();
        let Some(first) = all.iter().find(can_call).or(all.first()).copied() else {
            return Vec::new();
        };
        let port = self.trace.request.to.port;
        let of_family = all
            .into_iter()
            .filter(|address| Family::of(*address) == Family::of(first));
        let endpoints: Vec<SocketAddr> = of_family
            .map(|address| SocketAddr::new(address, port))
            .collect();
        let count = u32::try_from(endpoints.len()).unwrap_or(u32::MAX);
        let drawn = if count > 1 {
            self.chance.below(count) as usize
        } else {
            0
        };
        let wished = endpoints
            .iter()
            .position(|endpoint| Some(*endpoint) == self.turn.wish);
        let choice = |(place, endpoint): (usize, SocketAddr)| {
            let pod = self.world.pod_at(endpoint.ip()).map(Pod::id);
            let chosen = place == wished.unwrap_or(drawn);
            Choice {
                endpoint,
                probability: 1.0 / f64::from(count),
                chosen,
                pod,
            }
        };
        endpoints.into_iter().enumerate().map(choice).collect()
    }

    /// One question. With `end` its whole way is shown, and that is what the client learns from it. Says why when nobody
    /// answered.
    fn ask(
        &mut self,
        place: &Device,
        server: IpAddr,
        query: &resolver::Lookup,
        number: usize,
        end: Option<Reason>,
    ) -> Result<Option<Failure>, RequestError> {
        let asked = |by: String| {
            let (name, outcome) = (query.name.clone(), query.outcome.to_string());
            Reason::Asked {
                name,
                server,
                outcome,
                by,
            }
        };
        if self
            .world
            .service_at(server, DNS_PORT, Protocol::Udp)
            .is_none()
        {
            let port = PORT + u16::try_from(number).unwrap_or_default();
            let source = SocketAddr::new(self.source(place, Family::of(server))?, port);
            let packet = Packet::first(Protocol::Udp, source, SocketAddr::new(server, DNS_PORT));
            let reason = end.unwrap_or_else(|| asked(server.to_string()));
            self.push_lookup(at_client(Hop::new(
                place.clone(),
                Direction::Lookup,
                packet,
                packet,
                reason,
            )));
            self.next_connection();
            return Ok(None);
        }
        let trip = self.question(place, server, number)?;
        let failure = match trip.verdict {
            Verdict::Answered { .. } => None,
            Verdict::Refused { why } | Verdict::TimedOut { why } => Some(why),
            Verdict::NoSuchName { .. }
            | Verdict::LookupFailed { .. }
            | Verdict::IngressUnreachable { .. }
            | Verdict::HttpError { .. }
            | Verdict::Unknown { .. } => Some(Failure::NothingListens),
        };
        match (failure, end) {
            (None, None) => {
                let by = trip
                    .answered_by()
                    .map(|pod| pod.name.clone())
                    .unwrap_or_default();
                trip.hops
                    .into_iter()
                    .find(|hop| !hop.choices.is_empty())
                    .into_iter()
                    .for_each(|hop| {
                        let alone = Hop {
                            device: place.clone(),
                            direction: Direction::Lookup,
                            after: hop.before,
                            ..hop
                        };
                        self.push_lookup(at_client(Hop {
                            reason: asked(by.to_string()),
                            ..alone
                        }));
                    });
            }
            (_, end) => trip
                .hops
                .into_iter()
                .for_each(|hop| self.push_lookup(shown(hop, server, query, &end))),
        }
        self.next_connection();
        Ok(failure)
    }

    /// The trip of a question's packet, and of the answer to it.
    fn question(
        &self,
        place: &Device,
        server: IpAddr,
        number: usize,
    ) -> Result<Trace, RequestError> {
        let to = Target {
            scheme: Some(Scheme::Transport(Protocol::Udp)),
            host: Host::Address(server),
            port: DNS_PORT,
            path: String::new(),
        };
        let request = Request {
            from: self.trace.request.from.clone(),
            to,
        };
        // Counted from the other end, so that it draws other lots than the connection it is asked for.
        let number = !(self
            .turn
            .number
            .wrapping_mul(MOST_QUERIES)
            .wrapping_add(number as u64));
        let turn = ConnectionSeed {
            number,
            wish: None,
            ..self.turn
        };
        let mut memory = NodeState::default();
        let mut trip = Tracer::new(self.world, &request, turn, &mut memory);
        trip.call(place, server, Segment::Syn)?;
        Ok(trip.trace)
    }

    /// Adds a hop that is about the name server, not about the Service that is called.
    fn push_lookup(&mut self, hop: Hop) {
        let connection = self.connection;
        self.trace.push(Hop { connection, ..hop });
    }
}

/// The source port of questions to a resolver outside.
const PORT: u16 = 33_000;

fn at_client(hop: Hop) -> Hop {
    Hop {
        at_client: true,
        ..hop
    }
}

/// A hop of a question's trip, in the words of DNS.
fn shown(hop: Hop, server: IpAddr, query: &resolver::Lookup, end: &Option<Reason>) -> Hop {
    let leg = match hop.direction {
        Direction::Request | Direction::Lookup => Direction::Lookup,
        Direction::Reply => Direction::Reply,
    };
    let (name, outcome) = (query.name.clone(), query.outcome.to_string());
    let reason = match hop.reason {
        Reason::Opens { .. } => Reason::Asks { name, server },
        Reason::Answers { by, .. } => Reason::Responds { by, name, outcome },
        Reason::Returns { to, from } => end.clone().unwrap_or(Reason::Returns { to, from }),
        other => other,
    };
    Hop {
        direction: leg,
        reason,
        ..hop
    }
}

/// What the client learns in the end.
fn found(name: &str, server: IpAddr, resolution: &Resolution, address: Option<IpAddr>) -> Reason {
    let asked = resolution.lookups.len();
    let (Some(address), Some(last)) = (address, resolution.lookups.last()) else {
        return Reason::NoSuchName {
            name: name.to_owned(),
            tried: asked,
            server,
        };
    };
    let alias = last.answer.iter().rev().find_map(|record| {
        let Data::Cname(target) = &record.data else {
            return None;
        };
        Some(target.trim_end_matches('.').to_owned())
    });
    let count = resolution
        .addresses()
        .filter(|other| Family::of(*other) == Family::of(address))
        .count();
    Reason::Resolves {
        name: last.name.clone(),
        address,
        tried: asked.saturating_sub(1),
        server,
        count,
        alias,
    }
}

/// What the resolver of a pod does for a name; without a pod, that of a machine without cluster DNS.
fn resolved(cluster: &Cluster, pod: Option<&Pod>, name: &str) -> (ResolvConf, Resolution) {
    let kubelet = Kubelet::of(cluster);
    let file = match pod {
        Some(pod) => kubelet.resolv_conf(pod),
        None => ResolvConf {
            nameservers: vec![OUTSIDE_RESOLVER.to_string()],
            ..ResolvConf::default()
        },
    };
    let server = NameServer::of(&file, &kubelet);
    let mut resolution = resolve(&Dns::of(cluster), server, &file, name);
    if let Some(last) = resolution
        .lookups
        .last_mut()
        .filter(|last| is_misplaced(cluster, last))
    {
        last.outcome = Outcome::OutsideDenied;
        last.answer.clear();
    }
    (file, resolution)
}

/// Whether the world outside was asked for something of the cluster: a name under a Service, a namespace or `svc`. It
/// has no such domains, and says so.
fn is_misplaced(cluster: &Cluster, query: &resolver::Lookup) -> bool {
    let domain = query
        .name
        .trim_end_matches('.')
        .rsplit('.')
        .next()
        .unwrap_or_default();
    let is_service = cluster
        .services
        .keys()
        .any(|service| service.name == domain);
    query.outcome == Outcome::Outside
        && (is_service || domain == "svc" || cluster.namespaces.contains(domain))
}

/// The pod an origin is, when it is one.
fn pod_of<'a>(cluster: &'a Cluster, origin: &Origin) -> Option<&'a Pod> {
    match origin {
        Origin::Pod(name) => cluster.pod(name),
        Origin::Node(_) | Origin::Outside(_) => None,
    }
}
