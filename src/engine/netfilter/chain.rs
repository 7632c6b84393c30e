//! One chain against one packet: rules in order until one decides (`ipt_do_table`).

use super::kernel::Kernel;
use super::passing::Passing;
use super::walk::{Arrival, Step};
use crate::engine::ruleset::{ChainId, CtState, Interface, Match, Rule, Sense, TableName, Target};

/// How a chain ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// No rule decided, or one went back.
    Through,
    /// The packet is let through this table.
    Accept,
    /// It vanishes.
    Drop,
    /// It is refused.
    Reject,
}

/// Walks a chain.
pub(super) fn chain(kernel: &Kernel, passing: &mut Passing, table: TableName, id: ChainId) -> Outcome {
    let rules = &kernel.rules.table(table).chain(id).rules;
    let mut counted = 0;
    for place in kernel.index.candidates(table, id, rules.len(), &passing.packet) {
        // The rules between were left out because they cannot match; a kernel would have tried them.
        passing.examined += place + 1 - counted;
        counted = place + 1;
        if !rules[place].matches.iter().all(|part| holds(kernel, passing, part)) {
            continue;
        }
        passing.matched.push(Step { hook: passing.hook, table, chain: id, rule: place as u32 });
        match act(kernel, passing, table, &rules[place]) {
            After::NextRule => {}
            After::Ends(outcome) => return outcome,
        }
    }
    passing.examined += rules.len() - counted;
    Outcome::Through
}

/// What comes after a rule that matched.
enum After {
    NextRule,
    Ends(Outcome),
}

fn act(kernel: &Kernel, passing: &mut Passing, table: TableName, rule: &Rule) -> After {
    match rule.target {
        Target::Jump(to) => match chain(kernel, passing, table, to) {
            Outcome::Through => return After::NextRule,
            decided @ (Outcome::Accept | Outcome::Drop | Outcome::Reject) => return After::Ends(decided),
        },
        Target::Accept => {}
        Target::Drop => return After::Ends(Outcome::Drop),
        Target::Reject => return After::Ends(Outcome::Reject),
        Target::Return => return After::Ends(Outcome::Through),
        Target::OrMark(bits) => {
            passing.mark |= bits;
            return After::NextRule;
        }
        Target::XorMark(bits) => {
            passing.mark ^= bits;
            return After::NextRule;
        }
        Target::Masquerade => return After::Ends(passing.masquerade(kernel)),
        Target::Dnat(to) => passing.dnat(to),
        Target::Nothing => return After::NextRule,
    }
    After::Ends(Outcome::Accept)
}

fn holds(kernel: &Kernel, passing: &mut Passing, part: &Match) -> bool {
    let packet = &passing.packet;
    match part {
        Match::Comment(_) | Match::Account(_) => true,
        Match::Source(sense, addresses) => is(*sense, addresses.contains(packet.source.ip())),
        Match::Destination(sense, addresses) => is(*sense, addresses.contains(packet.destination.ip())),
        Match::InputInterface(sense, interface) => is(*sense, came_by(passing.arrival, interface)),
        Match::Protocol(protocol) => packet.protocol == *protocol,
        Match::DestinationPort(port) => packet.destination.port() == *port,
        Match::LocalSource => kernel.is_local(packet.source.ip()),
        Match::LocalDestination => kernel.is_local(packet.destination.ip()),
        Match::Mark(sense, bits) => is(*sense, passing.mark & bits == *bits),
        Match::State(sense, states) => is(*sense, states.iter().any(|&state| passing.is_in(state))),
        Match::Statistic(share) => passing.draws.one_of(*share),
        Match::RecentCheck { list, seconds } => {
            passing.affinity.remembers(*list, packet.source.ip(), *seconds, passing.now)
        }
        Match::RecentSet { list } => {
            passing.remembered = Some(*list);
            true
        }
    }
}

fn is(sense: Sense, holds: bool) -> bool {
    match sense {
        Sense::Is => holds,
        Sense::IsNot => !holds,
    }
}

/// A packet of the node itself came by no interface.
fn came_by(arrival: Arrival, interface: &Interface) -> bool {
    match (arrival, interface) {
        (Arrival::Local, _) => false,
        (Arrival::Interface(name), Interface::Named(named)) => name == &**named,
        (Arrival::Interface(name), Interface::Prefixed(prefix)) => name.starts_with(&**prefix),
    }
}

impl Passing<'_> {
    fn is_in(&self, state: CtState) -> bool {
        match state {
            CtState::Dnat => self.is_dnat(),
            CtState::New | CtState::Established | CtState::Related | CtState::Invalid => self.state == state,
        }
    }
}
