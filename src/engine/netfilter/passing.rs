//! A packet on its way through a node: its headers so far, its mark, and what was noted.

use std::net::SocketAddr;

use super::affinity::Affinity;
use super::chain::{Outcome, chain};
use super::conntrack::Connection;
use super::draws::Draws;
use super::kernel::Kernel;
use super::packet::{Packet, Segment};
use super::walk::{Arrival, Entering, Hook, Step, Tracking, Verdict, Walk, Way};
use crate::engine::ruleset::{ChainName, CtState, Hash, TableName};

/// A packet that goes no further.
pub(super) struct End(Verdict, Hook);

/// A packet on its way, and what was noted so far.
pub(super) struct Passing<'a> {
    pub packet: Packet,
    pub hook: Hook,
    pub arrival: Arrival<'a>,
    pub state: CtState,
    pub mark: u32,
    pub matched: Vec<Step>,
    pub examined: usize,
    pub remembered: Option<Hash>,
    pub affinity: &'a Affinity,
    pub now: u64,
    pub draws: Draws,
    known: Option<(&'a Connection, Packet)>,
    dnat: Option<SocketAddr>,
    masqueraded: Option<SocketAddr>,
}

/// A walk through a Service matches about a dozen rules.
const USUAL_STEPS: usize = 16;

impl<'a> Passing<'a> {
    pub fn new(entering: &Entering<'a>, draws: Draws) -> Passing<'a> {
        let packet = entering.packet;
        let (state, known) = match entering.tracking {
            Tracking::New => (CtState::New, None),
            Tracking::Known(connection) => (known_state(&packet), Some((connection, connection.rewritten(&packet)))),
            Tracking::Invalid => (CtState::Invalid, None),
        };
        Passing {
            packet,
            hook: Hook::Prerouting,
            arrival: entering.arrival,
            state,
            mark: 0,
            matched: Vec::with_capacity(USUAL_STEPS),
            examined: 0,
            remembered: None,
            affinity: entering.affinity,
            now: entering.now,
            draws,
            known,
            dnat: None,
            masqueraded: None,
        }
    }

    /// Asks the tables of a hook.
    pub fn at(&mut self, kernel: &Kernel, hook: Hook) -> Result<(), End> {
        self.hook = hook;
        self.translate_known();
        for &table in hook.tables() {
            // Only the packet that opens a connection comes to nat.
            if table == TableName::Nat && self.state != CtState::New {
                continue;
            }
            let Some(start) = kernel.rules.table(table).find(ChainName::Fixed(hook.chain())) else { continue };
            match chain(kernel, self, table, start) {
                Outcome::Through | Outcome::Accept => {}
                Outcome::Drop => return Err(End(Verdict::Drop, hook)),
                Outcome::Reject => return Err(End(Verdict::Reject, hook)),
            }
        }
        Ok(())
    }

    /// Destinations are rewritten as a packet enters, sources as it leaves.
    fn translate_known(&mut self) {
        let Some((_, rewritten)) = self.known else { return };
        match self.hook {
            Hook::Prerouting | Hook::Output => self.packet.destination = rewritten.destination,
            Hook::Input | Hook::Postrouting => self.packet.source = rewritten.source,
            Hook::Forward => {}
        }
    }

    /// Gives the packet a new destination.
    pub fn dnat(&mut self, to: SocketAddr) {
        self.packet.destination = to;
        self.dnat = Some(to);
    }

    /// Whether the connection's destination was rewritten.
    pub fn is_dnat(&self) -> bool {
        self.dnat.is_some() || self.known.is_some_and(|(connection, _)| connection.is_dnat())
    }

    /// Gives the packet the node's address and a port of its own; without an address the kernel drops it.
    pub fn masquerade(&mut self, kernel: &Kernel) -> Outcome {
        let Some(address) = kernel.primary_address() else { return Outcome::Drop };
        let source = SocketAddr::new(address, self.draws.port());
        self.packet.source = source;
        self.masqueraded = Some(source);
        Outcome::Accept
    }

    pub fn finish(self, entering: &Entering, way: Result<Way, End>) -> (Walk, Draws) {
        let (verdict, way) = match way {
            Ok(way) => (self.dnat.map_or(Verdict::None, Verdict::Dnat), way),
            Err(End(verdict, hook)) => (verdict, Way::Ended(hook)),
        };
        let went_on = !matches!(way, Way::Ended(_));
        let connection = match entering.tracking {
            Tracking::New => Some(Connection::of(&entering.packet, &self.packet)),
            Tracking::Known(connection) => Some(*connection),
            Tracking::Invalid => None,
        };
        let walk = Walk {
            matched: self.matched,
            examined: self.examined,
            verdict,
            masqueraded: self.masqueraded,
            after: self.packet,
            way,
            connection: connection.filter(|_| went_on),
            remembered: self.remembered.map(|list| (list, entering.packet.source.ip())),
        };
        (walk, self.draws)
    }
}

/// An ICMP error is about a connection, everything else is of it.
fn known_state(packet: &Packet) -> CtState {
    match packet.segment {
        Segment::PortUnreachable => CtState::Related,
        Segment::Syn | Segment::SynAck | Segment::Data | Segment::Rst => CtState::Established,
    }
}
