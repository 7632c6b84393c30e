//! One chain against one packet: rules in order until one decides (`ipt_do_table`).

use super::index::Index;
use super::kernel::Kernel;
use super::traversal::Traversal;
use crate::ruleset::{ChainId, Match, Polarity, Rule, RuleId, Ruleset, TableName, Target};

/// How a chain ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChainOutcome {
    /// No rule decided, or one went back.
    Through,
    /// The packet is let through this table.
    Accept,
    /// It vanishes.
    Drop,
    /// It is refused.
    Reject,
}

/// The tables of `iptables`, with an index over their long chains.
#[derive(Clone, Copy)]
pub(super) struct Tables<'a> {
    pub ruleset: &'a Ruleset,
    pub index: &'a Index,
}

/// Asks the tables of the hook a packet is at.
pub(super) fn hook(kernel: &Kernel, tables: Tables, passing: &mut Traversal) -> ChainOutcome {
    for &name in passing.hook.tables() {
        match table(kernel, tables, passing, name) {
            ChainOutcome::Through | ChainOutcome::Accept => {}
            ended @ (ChainOutcome::Drop | ChainOutcome::Reject) => return ended,
        }
    }
    ChainOutcome::Through
}

/// Asks one table at the hook a packet is at.
pub(super) fn table(
    kernel: &Kernel,
    tables: Tables,
    passing: &mut Traversal,
    name: TableName,
) -> ChainOutcome {
    if name == TableName::Nat && !passing.asks_nat() {
        return ChainOutcome::Through;
    }
    match tables.ruleset.table(name).find(passing.hook.chain()) {
        Some(start) => chain(kernel, tables, passing, name, start),
        None => ChainOutcome::Through,
    }
}

fn chain(
    kernel: &Kernel,
    tables: Tables,
    passing: &mut Traversal,
    table: TableName,
    id: ChainId,
) -> ChainOutcome {
    let Tables { ruleset, index } = tables;
    let rules = &ruleset.table(table).chain(id).rules;
    let mut counted = 0;
    for place in index.candidates(table, id, rules.len(), &passing.packet) {
        // The rules between were left out because they cannot match; a kernel would have tried them.
        passing.examined += place + 1 - counted;
        counted = place + 1;
        if !rules[place]
            .matches
            .iter()
            .all(|part| holds(kernel, passing, part))
        {
            continue;
        }
        passing.note(RuleId {
            family: ruleset.family,
            table: table.into(),
            chain: id,
            rule: place as u32,
            element: None,
        });
        match act(kernel, tables, passing, table, &rules[place]) {
            After::NextRule => {}
            After::Ends(outcome) => return outcome,
        }
    }
    passing.examined += rules.len() - counted;
    ChainOutcome::Through
}

/// What comes after a rule that matched.
enum After {
    NextRule,
    Ends(ChainOutcome),
}

fn act(
    kernel: &Kernel,
    tables: Tables,
    passing: &mut Traversal,
    table: TableName,
    rule: &Rule,
) -> After {
    match rule.target {
        Target::Jump(to) => match chain(kernel, tables, passing, table, to) {
            ChainOutcome::Through => return After::NextRule,
            decided @ (ChainOutcome::Accept | ChainOutcome::Drop | ChainOutcome::Reject) => {
                return After::Ends(decided);
            }
        },
        Target::Accept => {}
        Target::Drop(_) => return After::Ends(ChainOutcome::Drop),
        Target::Reject(_) => return After::Ends(ChainOutcome::Reject),
        Target::Return => return After::Ends(ChainOutcome::Through),
        Target::OrMark(bits) => {
            passing.mark |= bits;
            return After::NextRule;
        }
        Target::XorMark(bits) => {
            passing.mark ^= bits;
            return After::NextRule;
        }
        Target::Masquerade(port) => return After::Ends(passing.masquerade(kernel, port)),
        Target::Dnat(to) => return After::Ends(passing.dnat(to)),
        Target::Nothing => return After::NextRule,
    }
    After::Ends(ChainOutcome::Accept)
}

fn holds(kernel: &Kernel, passing: &mut Traversal, part: &Match) -> bool {
    let packet = &passing.packet;
    match part {
        Match::Comment(_) | Match::Account(_) => true,
        Match::Source(sense, addresses) => is(*sense, addresses.contains(packet.source.ip())),
        Match::Destination(sense, addresses) => {
            is(*sense, addresses.contains(packet.destination.ip()))
        }
        Match::InputInterface(sense, interface) => is(*sense, passing.came_by(interface)),
        Match::Protocol(protocol) | Match::ProtocolAlone(protocol) => packet.protocol == *protocol,
        Match::DestinationPort(port) => packet.destination.port() == *port,
        Match::DestinationPorts(protocol, ports) => {
            packet.protocol == *protocol && ports.contains(&packet.destination.port())
        }
        Match::LocalSource(sense) => is(*sense, kernel.is_local(packet.source.ip())),
        Match::LocalDestination => kernel.is_local(packet.destination.ip()),
        Match::Mark(sense, bits) => is(*sense, passing.mark & bits == *bits),
        Match::State(sense, states) => is(*sense, states.iter().any(|&state| passing.is_in(state))),
        Match::Statistic(share) => passing.draws.one_of(*share),
        Match::RecentCheck { list, seconds } => {
            passing.seconds = *seconds;
            passing.is_remembered(*list, *seconds)
        }
        Match::RecentSet { list } => {
            passing.remembered = Some(*list);
            true
        }
        Match::InSet(name, fields) => kernel.ipvs().is_some_and(|rules| {
            let (from, to) = (packet.source.ip(), packet.destination);
            rules.set(name.role).has(*fields, packet.protocol, from, to)
        }),
        Match::BridgedIn(sense) => is(*sense, passing.is_bridged_in()),
        Match::VirtualServer(key) => passing.is_sent_on_for(*key),
    }
}

/// Whether a match with this polarity holds for a condition.
pub(super) fn is(sense: Polarity, holds: bool) -> bool {
    match sense {
        Polarity::Is => holds,
        Polarity::IsNot => !holds,
    }
}
