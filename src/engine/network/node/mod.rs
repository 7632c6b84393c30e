//! A node: its uplink, its kernel with kube-proxy's rules, and its routing.
//!
//! ```text
//!  in by an interface ─▶ PREROUTING ─▶ routing ─┬─▶ FORWARD ─▶ POSTROUTING ─▶ out: a pod, another node, outside
//!                        DNAT                   └─▶ INPUT ─▶ a process of the node
//!  a process of the node ─▶ OUTPUT ─▶ routing ────▶ POSTROUTING ─▶ out, or back in by the loopback
//!                           DNAT                    masquerading
//! ```

mod decision;

use std::net::SocketAddr;

use super::policy_gate::{self, PolicyStop};
use super::step::{
    Chance, Entry, Fate, Flow, Position, Reply, ReplyOutcome, Step, TrackedNode, Visit, no_host,
};
use super::{Device, Failure, Reason, process};
use crate::cluster::object::Service;
use crate::netfilter::{
    Affinity, Arrival, Branch, Connection, Disposition, Kernel, Packet, PacketIn, RulesVerdict,
    Tracking, UPLINK, Walk, explain, pod_interface, walk,
};
use crate::ruleset::{DropReason, Effect, RejectReason};
use decision::{decision, forwarding};

/// A packet with this many nodes behind it goes in a circle.
const MOST_NODES: usize = 8;

/// A packet comes to a node from outside the cluster.
pub(crate) fn receive<'a>(flow: &Flow<'a>, node: &'a str, packet: Packet) -> Step<'a> {
    let port = packet.destination.port();
    let has_node_port =
        |service: &Service| service.spec.ports.iter().any(|own| own.node_port == port);
    let network = flow.network;
    let is_own = network.node_at(packet.destination.ip()).is_some();
    let reason = Reason::Arrives {
        node: node.to_owned(),
        port,
        node_port: is_own && network.cluster().services.values().any(has_node_port),
    };
    Step::new(
        Visit::new(Device::Node(node.to_owned()), packet, reason),
        Fate::Forward {
            to: Position::NodeKernel(node, Entry::Uplink),
            packet,
        },
    )
}

/// The context of a packet that enters a node's kernel.
pub(crate) struct Crossing<'a> {
    /// The node.
    pub node: &'a str,
    /// How the packet enters.
    pub entry: Entry,
    /// The node's affinity lists.
    pub affinity: &'a Affinity,
    /// The entry of connection tracking that the packet belongs to.
    pub known: Option<&'a Connection>,
    /// The second, on the node's clock.
    pub now: u64,
    /// The nodes that the connection crossed before, in order.
    pub before: &'a [TrackedNode],
    /// The endpoint that chance is to choose, if the rules can.
    pub wanted: Option<SocketAddr>,
}

/// A packet goes through a node's kernel. Returns the walk through the rules, too: what connection tracking and
/// affinity keep; `None` if the kernel never saw the packet.
pub(crate) fn cross<'a>(
    flow: &Flow<'a>,
    node: &'a str,
    crossing: &Crossing,
    packet: Packet,
    chance: &Chance,
) -> (Step<'a>, Option<Walk>) {
    if flow.network.is_down(node) {
        return (node_down(node, packet), None);
    }
    let kernel = flow.network.kernel(node, packet.family());
    let Some(kernel) = kernel.filter(|_| crossing.before.len() < MOST_NODES) else {
        return (no_host(packet), None);
    };
    let interface = pod_interface(&flow.network.cluster().config.proxy);
    let input = PacketIn {
        packet,
        arrival: match crossing.entry {
            Entry::PodInterface => Arrival::Interface(&interface),
            Entry::Uplink => Arrival::Interface(UPLINK),
            Entry::LocalProcess => Arrival::Local,
        },
        tracking: crossing.known.map_or(Tracking::New, Tracking::Known),
        affinity: crossing.affinity,
        now: crossing.now,
    };
    let (mut walk, branches) = walk_rules(kernel, &input, crossing.wanted, chance);
    let is_translated = crossing.known.is_some_and(Connection::is_dnat);
    let is_first = crossing.before.is_empty();
    let visit = if is_first || walk.verdict != RulesVerdict::None || is_translated {
        decision(flow, kernel, crossing, &input, &walk, &branches)
    } else {
        forwarding(flow, kernel, crossing, packet, &walk)
    };
    let (visits, fate) = match (walk.verdict, walk.way) {
        (RulesVerdict::Reject, _) => {
            let asked = policy_gate::before_reject(flow, crossing, &packet, &walk);
            let visits = asked.into_iter().chain([visit]).collect();
            (visits, reject(kernel, &walk, packet))
        }
        (RulesVerdict::Drop, _) | (_, Disposition::Ended(_)) => {
            (vec![visit], Fate::Drop(drop_failure(kernel, &walk)))
        }
        (_, Disposition::Delivered | Disposition::Out) => {
            let passage = policy_gate::pass(flow, crossing, &packet, &walk);
            let mut visits = vec![visit];
            visits.extend(passage.visits);
            if let Some(stop) = passage.stop {
                // The kernel confirms the entry of a connection only behind the last hook.
                walk.connection = None;
                let fate = stopped(kernel, packet, stop);
                return (Step { visits, fate }, Some(walk));
            }
            let onwards = leave(flow, node, &walk);
            visits.extend(onwards.visits);
            (visits, onwards.fate)
        }
    };
    (Step { visits, fate }, Some(walk))
}

/// A packet that a kernel lets pass goes to a process of the node or out.
fn leave<'a>(flow: &Flow<'a>, node: &'a str, walk: &Walk) -> Step<'a> {
    match walk.way {
        Disposition::Out => route(flow, node, walk.after),
        Disposition::Delivered | Disposition::Ended(_) => {
            Step::forward(Position::NodeProcess(node), walk.after)
        }
    }
}

/// The walk through the rules, and all that chance could make of it where an endpoint is chosen.
fn walk_rules(
    kernel: &Kernel,
    input: &PacketIn,
    wanted: Option<SocketAddr>,
    chance: &Chance,
) -> (Walk, Vec<Branch>) {
    let drawn = walk(kernel, input, &chance.rng);
    // A connection that is tracked has its endpoint; where no endpoint was chosen, none can be.
    let chooses = matches!(drawn.verdict, RulesVerdict::Dnat(_));
    if !chooses {
        return (drawn, Vec::new());
    }
    let branches = explain(kernel, input, &chance.rng);
    let wanted = wanted.and_then(|endpoint| {
        branches
            .iter()
            .find(|branch| branch.walk.verdict == RulesVerdict::Dnat(endpoint))
    });
    match wanted {
        Some(branch) => (branch.walk.clone(), branches),
        None => (drawn, branches),
    }
}

/// A network plugin drops or rejects a packet.
fn stopped<'a>(kernel: &Kernel, packet: Packet, stop: PolicyStop) -> Fate<'a> {
    match stop {
        PolicyStop::Drop(why) => Fate::Drop(why),
        PolicyStop::Reject(why) => refuse(kernel, packet, why),
    }
}

/// The rules reject: the kernel sends an ICMP error from an address of the node.
fn reject<'a>(kernel: &Kernel, walk: &Walk, packet: Packet) -> Fate<'a> {
    refuse(kernel, packet, reject_failure(kernel, walk))
}

fn refuse<'a>(kernel: &Kernel, packet: Packet, why: Failure) -> Fate<'a> {
    let own = kernel
        .error_address(&packet)
        .unwrap_or(packet.destination.ip());
    Fate::Reply(Reply {
        packet: packet.refusal(own),
        outcome: ReplyOutcome::Refused(why),
    })
}

fn reject_failure(kernel: &Kernel, walk: &Walk) -> Failure {
    match kernel.decisive(walk).map(|rule| kernel.effect(rule)) {
        Some(Effect::Reject {
            why: RejectReason::NoSuchPort,
        }) => Failure::NoSuchPort,
        Some(Effect::Reject {
            why: RejectReason::NoLocalEndpoints,
        }) => Failure::NoLocalEndpoints,
        _ => Failure::NoEndpoints,
    }
}

/// Why a kernel dropped a packet: a rule, or routing, which accepts no packet from outside with an address of the node.
fn drop_failure(kernel: &Kernel, walk: &Walk) -> Failure {
    let Some(rule) = kernel.decisive(walk) else {
        return Failure::MartianSource;
    };
    match kernel.effect(rule) {
        Effect::Drop {
            why: DropReason::NoLocalEndpoints,
        } => Failure::NoLocalEndpoints,
        Effect::Drop {
            why: DropReason::SourceNotAllowed,
        } => Failure::SourceNotAllowed,
        _ => Failure::Dropped,
    }
}

fn node_down<'a>(node: &str, packet: Packet) -> Step<'a> {
    let reason = Reason::NodeDown {
        node: node.to_owned(),
    };
    Step::new(
        Visit::where_it_was(packet, reason),
        Fate::Drop(Failure::NodeDown),
    )
}

/// A packet leaves a node: to one of its pods, to another node, or out of the cluster.
fn route<'a>(flow: &Flow<'a>, node: &'a str, packet: Packet) -> Step<'a> {
    let (network, to) = (flow.network, packet.destination.ip());
    if packet.source.ip().is_loopback() {
        return loopback_source(node, packet);
    }
    if let Some(pod) = network.pod_at(to) {
        let home = pod.spec.node_name.as_str();
        let to = if home == node {
            Position::PodIngress(pod)
        } else {
            Position::NodeKernel(home, Entry::Uplink)
        };
        return Step::forward(to, packet);
    }
    match network.node_at(to).or_else(|| network.bridge_at(to)) {
        Some(other) if other != node => {
            Step::forward(Position::NodeKernel(other, Entry::Uplink), packet)
        }
        Some(_) | None => leave_cluster(flow, node, packet),
    }
}

/// The sender is `127.0.0.1` or `::1`, which rules did not masquerade.
fn loopback_source<'a>(node: &str, packet: Packet) -> Step<'a> {
    let reason = Reason::LoopbackSource {
        node: node.to_owned(),
        source: packet.source.ip(),
    };
    Step::new(
        Visit::new(Device::Node(node.to_owned()), packet, reason),
        Fate::Drop(Failure::LoopbackSource),
    )
}

/// A packet leaves the cluster: to a load balancer, to where an external IP is routed, or to any machine. No host has a
/// free address of the cluster's own ranges.
fn leave_cluster<'a>(flow: &Flow<'a>, node: &str, packet: Packet) -> Step<'a> {
    let to = packet.destination;
    if flow.network.is_external(to.ip()) {
        return Step::forward(Position::Outside, packet);
    }
    let config = &flow.network.cluster().config;
    let mut own_ranges = config.service_cidrs.iter().chain(&config.pod_cidrs);
    if own_ranges.any(|range| range.contains(&to.ip())) {
        let is_service = flow
            .service
            .is_some_and(|service| service.addresses().any(|own| own == to.ip()));
        let why = if is_service {
            Failure::NoSuchPort
        } else {
            Failure::NoHost
        };
        let visit = Visit::new(Device::Node(node.to_owned()), packet, Reason::NoHost { to });
        return Step::new(visit, Fate::Drop(why));
    }
    process::answer_outside(flow, packet)
}

/// A reply comes back to a node that tracks its connection: it undoes the rewrites. `None` instead of a hop if there is
/// nothing to see: no rewrite, on the only node.
pub(crate) fn undo(
    tracked: &TrackedNode,
    packet: Packet,
    is_only: bool,
) -> (Packet, Option<Visit>) {
    let connection = &tracked.connection;
    let mut after = connection.reply(&packet);
    after.ttl = after.ttl.saturating_sub(1);
    let node = tracked.node.clone();
    let rewrites = usize::from(connection.is_dnat()) + usize::from(connection.is_snat());
    let (device, reason) = if rewrites == 0 {
        (Device::Node(node.clone()), Reason::Forwarded { node })
    } else {
        let reason = Reason::ReverseNat {
            node: node.clone(),
            rewrites,
        };
        (Device::Rules(node), reason)
    };
    let is_seen = rewrites > 0 || !is_only;
    let visit = Visit {
        after,
        ..Visit::new(device, packet, reason)
    };
    (after, is_seen.then_some(visit))
}
