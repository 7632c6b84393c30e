//! kube-proxy's nftables chains against one packet (`nft_do_chain`). Lookups in sets and maps take the place of trying
//! rule after rule.

use super::chain::{Outcome, is};
use super::kernel::Kernel;
use super::passing::Passing;
use super::walk::Place;
use crate::engine::ruleset::nft::{Contents, Element, ElementVerdict, Kind, Part, Rule, SetId, Table, Verdict};
use crate::engine::ruleset::{ChainId, CtState, Hash};

/// Asks the chains at the hook a packet is at.
pub(super) fn hook(kernel: &Kernel, table: &Table, passing: &mut Passing) -> Outcome {
    for (start, kind) in table.at(passing.hook) {
        if kind == Kind::Nat && !passing.asks_nat() {
            continue;
        }
        match chain(kernel, table, passing, start) {
            Outcome::Through | Outcome::Accept => {}
            ended @ (Outcome::Drop | Outcome::Reject) => return ended,
        }
    }
    Outcome::Through
}

fn chain(kernel: &Kernel, table: &Table, passing: &mut Passing, id: ChainId) -> Outcome {
    for (place, rule) in (0..).zip(&table.chain(id).rules) {
        passing.examined += 1;
        if !rule.parts.iter().all(|part| holds(kernel, table, passing, part)) {
            continue;
        }
        let Some(found) = look_up(table, passing, rule) else { continue };
        passing.note(Place::Nftables { chain: id, rule: place, element: found.map(|(place, _)| place) });
        match act(kernel, table, passing, rule, found.map(|(_, element)| element)) {
            After::NextRule => {}
            After::Ends(outcome) => return outcome,
        }
    }
    Outcome::Through
}

/// What comes after a rule that matched.
enum After {
    NextRule,
    Ends(Outcome),
}

/// The element a rule looks up, with its place; none at all when it looks one up that is not there.
fn look_up<'a>(table: &'a Table, passing: &Passing, rule: &Rule) -> Option<Option<(u32, &'a Element)>> {
    let Some(map) = rule.map() else { return Some(None) };
    let port = (passing.packet.protocol, passing.packet.destination.port());
    let place = match &table.set(map).contents {
        Contents::ByAddress(elements) => {
            elements.binary_search_by_key(&(passing.packet.destination.ip(), port), |(key, _)| *key)
        }
        Contents::ByPort(elements) => elements.binary_search_by_key(&port, |(key, _)| *key),
        Contents::Addresses(_) | Contents::Connections(_) | Contents::Clients { .. } => return None,
    };
    let place = place.ok()?;
    Some(table.element(map, place).map(|element| (place as u32, element)))
}

fn act(kernel: &Kernel, table: &Table, passing: &mut Passing, rule: &Rule, found: Option<&Element>) -> After {
    let goto = |passing: &mut Passing, to| After::Ends(chain(kernel, table, passing, to));
    let ended = match &rule.verdict {
        Verdict::Continue => return After::NextRule,
        Verdict::Jump(to) => match chain(kernel, table, passing, *to) {
            Outcome::Through => return After::NextRule,
            decided @ (Outcome::Accept | Outcome::Drop | Outcome::Reject) => decided,
        },
        Verdict::Goto(to) => return goto(passing, *to),
        Verdict::GotoOneOf(chains) => {
            let to = chains[passing.draws.pick(chains.len())];
            return goto(passing, to);
        }
        Verdict::Drop => Outcome::Drop,
        Verdict::Reject => Outcome::Reject,
        Verdict::Masquerade => passing.masquerade(kernel),
        Verdict::Dnat(to) => passing.dnat(*to),
        Verdict::DnatOneOf(endpoints) => {
            let to = endpoints[passing.draws.pick(endpoints.len())];
            passing.dnat(to)
        }
        Verdict::ByAddress(_) | Verdict::ByPort(_) => match found.map(|element| element.verdict) {
            Some(ElementVerdict::Goto(to)) => return goto(passing, to),
            Some(ElementVerdict::Drop) => Outcome::Drop,
            None => return After::NextRule,
        },
    };
    After::Ends(ended)
}

fn holds(kernel: &Kernel, table: &Table, passing: &mut Passing, part: &Part) -> bool {
    let (source, destination) = (passing.packet.source.ip(), passing.packet.destination);
    match part {
        Part::DestinationIn(set) => match &table.set(*set).contents {
            Contents::Addresses(addresses) => addresses.binary_search(&destination.ip()).is_ok(),
            Contents::Connections(_) | Contents::Clients { .. } | Contents::ByAddress(_) | Contents::ByPort(_) => false,
        },
        Part::Destination(sense, ranges) => is(*sense, ranges.iter().any(|range| range.contains(&destination.ip()))),
        Part::Source(sense, ranges) => is(*sense, ranges.iter().any(|range| range.contains(&source))),
        Part::Remembered(set) => match table.set(*set).contents {
            Contents::Clients { list, seconds } => {
                passing.seconds = seconds;
                // An element is gone the moment its time is over; `xt_recent` still counts that second.
                passing.is_remembered(list, seconds.saturating_sub(1))
            }
            Contents::Addresses(_) | Contents::Connections(_) | Contents::ByAddress(_) | Contents::ByPort(_) => false,
        },
        Part::Remember(set) => {
            passing.remembered = clients(table, *set);
            true
        }
        Part::InputInterface(sense, interface) => is(*sense, passing.came_by(interface)),
        Part::LocalSource => kernel.is_local(source),
        Part::LocalDestination => kernel.is_local(destination.ip()),
        Part::New => passing.is_in(CtState::New),
        Part::Translated => passing.is_dnat(),
        Part::Protocol(protocol) => passing.packet.protocol == *protocol,
        Part::Marked(bits) => passing.mark & bits != 0,
        Part::OrMark(bits) => {
            passing.mark |= bits;
            true
        }
        Part::XorMark(bits) => {
            passing.mark ^= bits;
            true
        }
        Part::ConnectionIn(set) => match &table.set(*set).contents {
            Contents::Connections(keys) => {
                let key = (destination.ip(), (passing.packet.protocol, destination.port()));
                source == destination.ip() && keys.binary_search(&key).is_ok()
            }
            Contents::Addresses(_) | Contents::Clients { .. } | Contents::ByAddress(_) | Contents::ByPort(_) => false,
        },
    }
}

/// The list of a set of clients.
fn clients(table: &Table, set: SetId) -> Option<Hash> {
    match table.set(set).contents {
        Contents::Clients { list, .. } => Some(list),
        Contents::Addresses(_) | Contents::Connections(_) | Contents::ByAddress(_) | Contents::ByPort(_) => None,
    }
}
