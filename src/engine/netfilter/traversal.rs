//! A packet on its way through a node: its headers so far, its mark, and what was noted.

use std::net::SocketAddr;

use super::affinity::Affinity;
use super::chain::{self, Outcome, Tables};
use super::choice::Choices;
use super::conntrack::Connection;
use super::kernel::Kernel;
use super::nft;
use super::packet::{Packet, Segment};
use super::walk::{AffinityUpdate, Arrival, Disposition, PacketIn, RulesVerdict, Tracking, Walk};
use crate::ruleset::{CtState, Hash, Hook, Interface, RuleId, Rules, SourcePort};

/// A packet that goes no further.
pub(super) struct End(RulesVerdict, Hook);

/// A packet on its way, and what was noted so far.
pub(super) struct Traversal<'a> {
    pub packet: Packet,
    pub hook: Hook,
    arrival: Arrival<'a>,
    state: CtState,
    pub mark: u32,
    matched: Vec<RuleId>,
    pub examined: usize,
    pub remembered: Option<Hash>,
    affinity: &'a Affinity,
    now: u64,
    pub draws: Choices,
    /// How long this Service port remembers clients.
    pub seconds: u32,
    kept: bool,
    settled: bool,
    known: Option<(&'a Connection, Packet)>,
    dnat: Option<SocketAddr>,
    masqueraded: Option<SocketAddr>,
}

/// A walk through a Service matches about a dozen rules.
const USUAL_STEPS: usize = 16;

impl<'a> Traversal<'a> {
    pub(super) fn new(entering: &PacketIn<'a>, draws: Choices) -> Traversal<'a> {
        let packet = entering.packet;
        let (state, known) = match entering.tracking {
            Tracking::New => (CtState::New, None),
            Tracking::Known(connection) => (
                known_state(&packet),
                Some((connection, connection.rewritten(&packet))),
            ),
            Tracking::Invalid => (CtState::Invalid, None),
        };
        Traversal {
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
            seconds: 0,
            kept: false,
            settled: false,
            known,
            dnat: None,
            masqueraded: None,
        }
    }

    /// The end of a packet that routing does not believe.
    pub(super) fn martian(&self) -> End {
        End(RulesVerdict::Drop, Hook::Prerouting)
    }

    /// Asks the rules of a hook.
    pub(super) fn at(&mut self, kernel: &Kernel, hook: Hook) -> Result<(), End> {
        self.hook = hook;
        self.translate_known();
        let outcome = match &kernel.rules {
            Rules::Iptables(ruleset) => {
                let index = &kernel.index;
                chain::hook(kernel, Tables { ruleset, index }, self)
            }
            Rules::Nftables(table) => match nft::hook(kernel, table, self) {
                Outcome::Through | Outcome::Accept => self.beside(kernel),
                ended @ (Outcome::Drop | Outcome::Reject) => ended,
            },
        };
        match outcome {
            Outcome::Through | Outcome::Accept => Ok(()),
            Outcome::Drop => Err(End(RulesVerdict::Drop, hook)),
            Outcome::Reject => Err(End(RulesVerdict::Reject, hook)),
        }
    }

    /// Asks the rules that the node has in `iptables` beside kube-proxy's table of `nft`. A packet that kube-proxy
    /// translated at this hook is not translated again (`nf_nat_inet_fn`).
    fn beside(&mut self, kernel: &Kernel) -> Outcome {
        let is_translated = match self.hook {
            Hook::Prerouting | Hook::Output => self.dnat.is_some(),
            Hook::Postrouting | Hook::Input => self.masqueraded.is_some(),
            Hook::Forward => false,
        };
        match kernel.beside() {
            Some(tables) if !is_translated => chain::hook(kernel, tables, self),
            Some(_) | None => Outcome::Through,
        }
    }

    /// Whether nat rules are asked: only for the packet that opens a connection, and once.
    pub(super) fn asks_nat(&self) -> bool {
        self.state == CtState::New && !self.settled
    }

    /// From now on nat rules are no longer asked.
    pub(super) fn settle(&mut self) {
        self.settled = true;
    }

    /// Notes a rule that matched.
    pub(super) fn note(&mut self, id: RuleId) {
        self.matched.push(id);
    }

    /// Whether the client was put on an endpoint's list within so many seconds.
    pub(super) fn is_remembered(&mut self, list: Hash, seconds: u32) -> bool {
        self.kept = self
            .affinity
            .remembers(list, self.packet.source.ip(), seconds, self.now);
        self.kept
    }

    /// Whether it is in a state of connection tracking.
    pub(super) fn is_in(&self, state: CtState) -> bool {
        match state {
            CtState::Dnat => self.is_dnat(),
            CtState::New | CtState::Established | CtState::Related | CtState::Invalid => {
                self.state == state
            }
        }
    }

    /// Whether it came by an interface; a packet of the node itself came by none.
    pub(super) fn came_by(&self, interface: &Interface) -> bool {
        match (self.arrival, interface) {
            (Arrival::Local, _) => false,
            (Arrival::Interface(name), Interface::Named(named)) => name == &**named,
            (Arrival::Interface(name), Interface::Prefixed(prefix)) => name.starts_with(&**prefix),
        }
    }

    /// Destinations are rewritten as a packet enters, sources as it leaves.
    fn translate_known(&mut self) {
        let Some((_, rewritten)) = self.known else {
            return;
        };
        match self.hook {
            Hook::Prerouting | Hook::Output => self.packet.destination = rewritten.destination,
            Hook::Input | Hook::Postrouting => self.packet.source = rewritten.source,
            Hook::Forward => {}
        }
    }

    /// Gives the packet a new destination.
    pub(super) fn dnat(&mut self, to: SocketAddr) -> Outcome {
        self.packet.destination = to;
        self.dnat = Some(to);
        Outcome::Accept
    }

    /// Whether the connection's destination was rewritten.
    pub(super) fn is_dnat(&self) -> bool {
        self.dnat.is_some()
            || self
                .known
                .is_some_and(|(connection, _)| connection.is_dnat())
    }

    /// Gives the packet an address of the node; without one the kernel drops it.
    pub(super) fn masquerade(&mut self, kernel: &Kernel, port: SourcePort) -> Outcome {
        let Some(address) = kernel.masquerade_address(self.packet.destination.ip()) else {
            return Outcome::Drop;
        };
        let port = match port {
            SourcePort::Kept => self.packet.source.port(),
            SourcePort::Random => self.draws.port(),
        };
        let source = SocketAddr::new(address, port);
        self.packet.source = source;
        self.masqueraded = Some(source);
        Outcome::Accept
    }

    pub(super) fn finish(
        self,
        entering: &PacketIn,
        way: Result<Disposition, End>,
    ) -> (Walk, Choices) {
        let (verdict, way) = match way {
            Ok(way) => (
                self.dnat.map_or(RulesVerdict::None, RulesVerdict::Dnat),
                way,
            ),
            Err(End(verdict, hook)) => (verdict, Disposition::Ended(hook)),
        };
        let went_on = !matches!(way, Disposition::Ended(_));
        let connection = match entering.tracking {
            Tracking::New => Some(Connection::of(&entering.packet, &self.packet)),
            Tracking::Known(connection) => Some(*connection),
            Tracking::Invalid => None,
        };
        let (client, seconds, kept) = (entering.packet.source.ip(), self.seconds, self.kept);
        let stickiness = |list| AffinityUpdate {
            list,
            client,
            seconds,
            kept,
        };
        let walk = Walk {
            matched: self.matched,
            examined: self.examined,
            verdict,
            masqueraded: self.masqueraded,
            after: self.packet,
            way,
            connection: connection.filter(|_| went_on),
            affinity: self.remembered.map(stickiness),
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
