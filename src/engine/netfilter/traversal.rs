//! A packet on its way through a node: its headers so far, its mark, and what was noted.

use std::net::SocketAddr;

use super::UPLINK;
use super::affinity::Affinity;
use super::chain::{self, ChainOutcome, Tables};
use super::choice::Choices;
use super::conntrack::{ConnDirection, Connection};
use super::ipvs::{self, Scheduled};
use super::kernel::Kernel;
use super::nft;
use super::packet::{Packet, Segment};
use super::walk::{AffinityUpdate, Arrival, Disposition, PacketIn, RulesVerdict, Tracking, Walk};
use crate::ruleset::ipvs::ServerKey;
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
    /// The timeout of this Service port's session affinity, in seconds.
    pub seconds: u32,
    kept: bool,
    settled: bool,
    known: Option<(&'a Connection, Packet)>,
    dnat: Option<SocketAddr>,
    masqueraded: Option<SocketAddr>,
    scheduled: Option<Scheduled>,
    /// The virtual server of IPVS that sent it on.
    balanced: Option<ServerKey>,
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
            scheduled: None,
            balanced: None,
        }
    }

    /// The end of a packet that routing does not believe.
    pub(super) fn martian(&self) -> End {
        End(RulesVerdict::Drop, Hook::Prerouting)
    }

    /// Asks the rules of a hook.
    pub(super) fn at(&mut self, kernel: &Kernel, hook: Hook) -> Result<(), End> {
        self.hook = hook;
        self.translate_known(kernel);
        let outcome = match &kernel.rules {
            Rules::Iptables(ruleset) => {
                let index = &kernel.index;
                chain::hook(kernel, Tables { ruleset, index }, self)
            }
            Rules::Nftables(table) => match nft::hook(kernel, table, self) {
                ChainOutcome::Through | ChainOutcome::Accept => self.beside(kernel),
                ended @ (ChainOutcome::Drop | ChainOutcome::Reject) => ended,
            },
            Rules::Ipvs(rules) => ipvs::hook(kernel, rules, self),
        };
        match outcome {
            ChainOutcome::Through | ChainOutcome::Accept => Ok(()),
            ChainOutcome::Drop => Err(End(RulesVerdict::Drop, hook)),
            ChainOutcome::Reject => Err(End(RulesVerdict::Reject, hook)),
        }
    }

    /// Asks the rules that the node has in `iptables` beside kube-proxy's table of `nft`. A packet that kube-proxy
    /// translated at this hook is not translated again (`nf_nat_inet_fn`).
    fn beside(&mut self, kernel: &Kernel) -> ChainOutcome {
        let is_translated = match self.hook {
            Hook::Prerouting | Hook::Output => self.dnat.is_some(),
            Hook::Postrouting | Hook::Input => self.masqueraded.is_some(),
            Hook::Forward => false,
        };
        match kernel.beside() {
            Some(tables) if !is_translated => chain::hook(kernel, tables, self),
            Some(_) | None => ChainOutcome::Through,
        }
    }

    /// Whether nat rules are evaluated: only for the packet that opens a connection, and once. A packet that IPVS
    /// forwards passes OUTPUT, but its destination was settled as it came in.
    pub(super) fn asks_nat(&self) -> bool {
        let is_sent_on = self.hook == Hook::Output && self.balanced.is_some();
        self.state == CtState::New && !self.settled && !is_sent_on
    }

    /// Whether IPVS sent it on already.
    pub(super) fn is_balanced(&self) -> bool {
        self.balanced.is_some()
    }

    /// Whether IPVS sent it on for a virtual server.
    pub(super) fn is_sent_on_for(&self, server: ServerKey) -> bool {
        self.balanced == Some(server)
    }

    /// Whether it came in by a port of a bridge: all interfaces of pods are.
    pub(super) fn is_bridged_in(&self) -> bool {
        match self.arrival {
            Arrival::Interface(name) => name != UPLINK,
            Arrival::Local => false,
        }
    }

    /// Where the connection that it belongs to was sent.
    pub(super) fn known_destination(&self) -> Option<SocketAddr> {
        self.known.map(|(_, rewritten)| rewritten.destination)
    }

    /// A virtual server sends it to a real server.
    pub(super) fn balance(&mut self, server: ServerKey, to: SocketAddr) {
        self.balanced = Some(server);
        self.packet.destination = to;
        if self.known.is_none() {
            self.dnat = Some(to);
        }
    }

    /// The index of the real server whose turn it is. Where the turn begins is unknown, because kube-proxy adds real
    /// servers in no order.
    pub(super) fn turn(&mut self, server: ServerKey, real_servers: &[SocketAddr]) -> usize {
        let count = real_servers.len();
        let last = self.affinity.last_turn(server);
        let last = last.and_then(|last| real_servers.iter().position(|real| *real == last));
        let place = match last {
            Some(last) => self.draws.pick_known(count, (last + 1) % count),
            None => self.draws.pick(count),
        };
        self.scheduled = Some(Scheduled {
            server,
            real_server: real_servers[place],
        });
        place
    }

    /// The place of the list that the client is on.
    pub(super) fn kept_by(&mut self, lists: &[Hash], seconds: u32) -> Option<usize> {
        self.seconds = seconds;
        let place = lists
            .iter()
            .position(|list| self.is_remembered(*list, seconds))?;
        self.remembered = Some(lists[place]);
        Some(place)
    }

    /// Ends the evaluation of nat rules for this packet.
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

    /// Rewrites destinations as a packet enters, sources as it leaves. A packet for a virtual server keeps that address
    /// until IPVS handles it.
    fn translate_known(&mut self, kernel: &Kernel) {
        let Some((connection, rewritten)) = self.known else {
            return;
        };
        let key = (self.packet.protocol, self.packet.destination);
        let has_server = kernel
            .ipvs()
            .is_some_and(|rules| rules.server(key).is_some());
        if has_server && connection.direction(&self.packet) == Some(ConnDirection::Original) {
            return;
        }
        match self.hook {
            Hook::Prerouting | Hook::Output => self.packet.destination = rewritten.destination,
            Hook::Input | Hook::Postrouting => self.packet.source = rewritten.source,
            Hook::Forward => {}
        }
    }

    /// Gives the packet a new destination.
    pub(super) fn dnat(&mut self, to: SocketAddr) -> ChainOutcome {
        self.packet.destination = to;
        self.dnat = Some(to);
        ChainOutcome::Accept
    }

    /// Whether the connection's destination was rewritten.
    pub(super) fn is_dnat(&self) -> bool {
        self.dnat.is_some()
            || self
                .known
                .is_some_and(|(connection, _)| connection.is_dnat())
    }

    /// Gives the packet an address of the node; without one the kernel drops it.
    pub(super) fn masquerade(&mut self, kernel: &Kernel, port: SourcePort) -> ChainOutcome {
        let Some(address) = kernel.masquerade_address(self.packet.destination.ip()) else {
            return ChainOutcome::Drop;
        };
        let port = match port {
            SourcePort::Kept => self.packet.source.port(),
            SourcePort::Random => self.draws.port(),
        };
        let source = SocketAddr::new(address, port);
        self.packet.source = source;
        self.masqueraded = Some(source);
        ChainOutcome::Accept
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
            scheduled: self.scheduled,
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
