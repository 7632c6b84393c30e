//! What kubehop's traces say of a call, and whether what the kernel did agrees.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use kubehop_engine::cluster::object::SessionAffinity;
use kubehop_engine::names::Family;
use kubehop_engine::netfilter::{
    Affinity, Arrival, PacketIn, Tracking, UPLINK, explain, pod_interface, walk,
};
use kubehop_engine::rng::Rng;
use kubehop_engine::trace::{Device, Direction, Network, Origin, Request, Trace, Verdict, trace};

use super::peer::{Order, Seen, Socket, Turn, Wait};
use super::shares::Share;

/// How many connections of a call are traced: enough to meet every endpoint.
const TRACED: u64 = 150;

/// What can come of one connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Somebody answers.
    Answered(Answer),
    /// Refused.
    Refused,
    /// Nothing comes back.
    Silence,
}

/// Who answers, and the addresses that both ends see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Answer {
    by: String,
    at: SocketAddr,
    /// The client's address at the server, and at the client.
    source: IpAddr,
    local: IpAddr,
    /// Whether the server sees the client's own port.
    same_port: bool,
}

/// All that can come of a call.
pub(crate) struct Expected {
    /// What can come of it, and how likely it is.
    pub(crate) outcomes: BTreeMap<Outcome, f64>,
    /// Whether the Service sends a client where it sent it before.
    sticky: bool,
    /// The nodes that decide, each with its own state.
    deciders: BTreeSet<String>,
    /// Every rule that matched in a trace, by node.
    pub(crate) rules: BTreeMap<String, BTreeSet<String>>,
}

impl Expected {
    /// Traces a call many times; `place` is its place among all calls, each with its own random choices.
    pub(crate) fn of(world: &Network, request: &Request, place: usize) -> Result<Expected, String> {
        let mut expected = Expected {
            outcomes: BTreeMap::new(),
            sticky: false,
            deciders: BTreeSet::new(),
            rules: BTreeMap::new(),
        };
        let first = place as u64 * TRACED;
        for number in first..first + TRACED {
            let traced = trace(world, request, 0, number).map_err(|error| error.to_string())?;
            *expected.outcomes.entry(outcome(&traced)?).or_default() += 1.0 / TRACED as f64;
            expected.note(world, &traced, number)?;
        }
        Ok(expected)
    }

    fn note(&mut self, world: &Network, traced: &Trace, number: u64) -> Result<(), String> {
        for node in world.cluster().nodes.keys() {
            for id in traced.matched_on(node).into_keys() {
                let kernel = world.kernel(node, id.family).ok_or("a node has a kernel")?;
                self.rules
                    .entry(node.to_string())
                    .or_default()
                    .insert(kernel.line(id).to_string());
            }
        }
        let service = traced
            .service
            .as_ref()
            .and_then(|name| world.cluster().services.get(name));
        if service.is_some_and(|service| service.spec.session_affinity == SessionAffinity::ClientIP)
        {
            self.sticky = true;
            let decider = traced
                .hops
                .iter()
                .find(|hop| !hop.choices.is_empty())
                .and_then(|hop| hop.device.node());
            self.deciders.extend(decider.map(str::to_owned));
            self.comes_back(world, traced, number)?;
        }
        Ok(())
    }

    /// The connections to make.
    pub(crate) fn order(&self, to: Socket) -> Order {
        let wait = if self.outcomes.contains_key(&Outcome::Silence) {
            Wait::Silence
        } else {
            Wait::Answer
        };
        let turn = if self.sticky {
            Turn::InTurn
        } else {
            Turn::AtOnce
        };
        Order {
            connections: self.connections(),
            to,
            wait,
            turn,
        }
    }

    /// How many connections tell enough: silence takes long, one outcome needs no statistics, nor does a client that
    /// always comes back; and what is shared is counted over all calls together, too.
    fn connections(&self) -> usize {
        let first = self.outcomes.keys().next();
        match (self.outcomes.len(), first) {
            (1, Some(Outcome::Silence)) => 2,
            (1, Some(Outcome::Refused)) => 5,
            (0 | 1, _) => 20,
            (_, _) if self.outcomes.contains_key(&Outcome::Silence) => 12,
            (_, _) if self.sticky => 40,
            (_, _) => 100,
        }
    }

    /// What in the kernel's doing disagrees.
    pub(crate) fn differing(&self, seen: &[Seen]) -> Vec<String> {
        let mut counts: BTreeMap<&Outcome, usize> = BTreeMap::new();
        let mut same_ports: BTreeMap<&Outcome, usize> = BTreeMap::new();
        let mut differing = BTreeSet::new();
        for one in seen {
            match self.outcomes.keys().find(|outcome| agrees(outcome, one)) {
                Some(outcome) => {
                    *counts.entry(outcome).or_default() += 1;
                    *same_ports.entry(outcome).or_default() += usize::from(has_same_port(one));
                }
                None => drop(differing.insert(format!("kernel: {}", without_ports(one)))),
            }
        }
        if !differing.is_empty() {
            differing.extend(
                self.outcomes
                    .keys()
                    .map(|outcome| format!("trace: {outcome:?}")),
            );
            return differing.into_iter().collect();
        }
        // The kernel gives a connection another port where two would otherwise be the same; that happens, but rarely.
        let kept = |outcome: &&&Outcome| 2 * same_ports[*outcome] >= counts[*outcome];
        let keeps =
            |outcome: &&&Outcome| matches!(outcome, Outcome::Answered(answer) if answer.same_port);
        if let Some(outcome) = counts.keys().filter(keeps).find(|outcome| !kept(outcome)) {
            return vec![format!("the server saw another port: {outcome:?}")];
        }
        match self.sticky {
            true if counts.len() > self.deciders.len().max(1) => {
                vec![format!("went astray: {counts:?}")]
            }
            true => Vec::new(),
            false => self.unlikely(&counts, seen.len()),
        }
    }

    /// Whether the engine, remembering a client, sends it to the same endpoint again.
    fn comes_back(&mut self, world: &Network, traced: &Trace, number: u64) -> Result<(), String> {
        let Some(hop) = traced.hops.iter().find(|hop| !hop.choices.is_empty()) else {
            return Ok(());
        };
        let node = hop.device.node().ok_or("rules are on a node")?;
        let kernel = world
            .kernel(node, Family::of(hop.before.destination.ip()))
            .ok_or("a node has a kernel")?;
        let interface = pod_interface(&world.cluster().config.proxy);
        let arrival = match (
            &traced.request.from,
            &traced.hops.first().map(|hop| &hop.device),
        ) {
            (Origin::Node(from), _) if from == node => Arrival::Local,
            (Origin::Pod(name), Some(Device::Pod(_)))
                if world
                    .cluster()
                    .pods
                    .get(name)
                    .is_some_and(|pod| pod.spec.node_name == node) =>
            {
                Arrival::Interface(&interface)
            }
            (Origin::Node(_) | Origin::Pod(_) | Origin::Outside(_), _) => {
                Arrival::Interface(UPLINK)
            }
        };
        // The very lots of the trace, so that every way is met.
        let nothing = Affinity::default();
        let entering = PacketIn {
            packet: hop.before,
            arrival,
            tracking: Tracking::New,
            affinity: &nothing,
            now: 0,
        };
        let first = walk(kernel, &entering, &Rng::new(0, number));
        let mut memory = Affinity::default();
        first.remember(&mut memory, 0);
        let again = PacketIn {
            affinity: &memory,
            now: 1,
            ..entering
        };
        for way in explain(kernel, &again, &Rng::new(0, 0)) {
            if way.walk.verdict != first.verdict {
                return Err(format!(
                    "sent to {:?}, then to {:?}",
                    first.verdict, way.walk.verdict
                ));
            }
            let texts = way
                .walk
                .matched
                .iter()
                .map(|id| kernel.line(*id).to_string());
            self.rules.entry(node.to_owned()).or_default().extend(texts);
        }
        Ok(())
    }

    /// Shares too far from what is expected to be chance.
    fn unlikely(&self, counts: &BTreeMap<&Outcome, usize>, total: usize) -> Vec<String> {
        let shares = self.shares(
            |outcome| counts.get(outcome).copied().unwrap_or_default(),
            total,
        );
        shares
            .filter(|(_, share)| share.is_unlikely())
            .map(|(outcome, share)| format!("{outcome:?}: {share}"))
            .collect()
    }

    /// What each endpoint got of the connections of a call, where they are shared at all.
    pub(crate) fn shares_of_endpoints(&self, seen: &[Seen]) -> BTreeMap<SocketAddr, Share> {
        let mut shares: BTreeMap<SocketAddr, Share> = BTreeMap::new();
        if self.sticky || self.outcomes.len() < 2 {
            return shares;
        }
        let count = |outcome: &Outcome| seen.iter().filter(|one| agrees(outcome, one)).count();
        for (outcome, share) in self.shares(count, seen.len()) {
            if let Outcome::Answered(answer) = outcome {
                shares.entry(answer.at).or_default().add(&share);
            }
        }
        shares
    }

    fn shares(
        &self,
        count: impl Fn(&Outcome) -> usize,
        total: usize,
    ) -> impl Iterator<Item = (&Outcome, Share)> {
        self.outcomes.iter().map(move |(outcome, &share)| {
            (outcome, Share::of(count(outcome), total, share, TRACED))
        })
    }
}

/// What came of a traced connection. The servers here listen on what their pods declare, so that another port is
/// refused where kubehop, of a manifest alone, does not say.
fn outcome(traced: &Trace) -> Result<Outcome, String> {
    let (by, at) = match &traced.verdict {
        Verdict::Answered { by, endpoint } | Verdict::AnsweredUnless { by, endpoint, .. } => {
            (by.clone(), *endpoint)
        }
        Verdict::AnsweredOutside { endpoint, .. } => (endpoint.ip().to_string(), *endpoint),
        Verdict::Refused { .. } | Verdict::Unknown { .. } => return Ok(Outcome::Refused),
        Verdict::TimedOut { .. } => return Ok(Outcome::Silence),
        Verdict::NoSuchName { .. }
        | Verdict::Unreachable { .. }
        | Verdict::LookupFailed { .. }
        | Verdict::IngressUnreachable { .. }
        | Verdict::Redirected { .. }
        | Verdict::ControllerDecides { .. }
        | Verdict::HttpError { .. } => {
            return Err(format!("a call by address ended with {:?}", traced.verdict));
        }
    };
    let mut hops = traced
        .hops
        .iter()
        .filter(|hop| hop.direction == Direction::Request);
    let first = hops.next().ok_or("a delivered trace has hops")?;
    let last = hops.next_back().unwrap_or(first);
    let (local, source) = (first.before.source, last.before.source);
    let same_port = local.port() == source.port();
    Ok(Outcome::Answered(Answer {
        by,
        at,
        source: source.ip(),
        local: local.ip(),
        same_port,
    }))
}

fn agrees(outcome: &Outcome, seen: &Seen) -> bool {
    match (outcome, seen) {
        (
            Outcome::Answered(answer),
            Seen::Answered {
                by,
                at,
                source,
                local,
            },
        ) => {
            (&answer.by, answer.at, answer.source, answer.local)
                == (by, *at, source.ip(), local.ip())
        }
        (Outcome::Refused, Seen::Refused) | (Outcome::Silence, Seen::Silence) => true,
        (Outcome::Answered(_) | Outcome::Refused | Outcome::Silence, _) => false,
    }
}

fn has_same_port(seen: &Seen) -> bool {
    matches!(seen, Seen::Answered { source, local, .. } if source.port() == local.port())
}

/// The same for every connection of a call.
fn without_ports(seen: &Seen) -> String {
    match seen {
        Seen::Answered {
            by,
            at,
            source,
            local,
        } => {
            let port = if source.port() == local.port() {
                "the same port"
            } else {
                "another port"
            };
            format!(
                "{by} at {at} saw {} and {port} of {}",
                source.ip(),
                local.ip()
            )
        }
        Seen::Refused | Seen::Silence | Seen::Other(_) => seen.to_string(),
    }
}
