//! The hop of a node's kernel: what its rules did, and why.

use std::net::SocketAddr;

use super::{Crossing, reject_failure};
use crate::cluster::object::Pod;
use crate::netfilter::{Arrival, Branch, Connection, Kernel, Packet, PacketIn, RulesVerdict, Walk};
use crate::network::step::{Choice, Flow, Visit};
use crate::network::{Device, Masquerade, Network, Reason, RuleLine, RuleLines};
use crate::ruleset::{ChainKind, RuleId};

/// The hop of a kernel whose rules decided, or that was the first to see the packet.
pub(super) fn decision(
    flow: &Flow,
    kernel: &Kernel,
    crossing: &Crossing,
    input: &PacketIn,
    walk: &Walk,
    branches: &[Branch],
) -> Visit {
    let choices = choices(flow.network, branches, walk);
    let reason = decision_reason(flow, kernel, crossing, input, walk, choices.len());
    let device = Device::Rules(crossing.node.to_owned());
    let is_choice = matches!(reason, Reason::Dnat { .. });
    Visit {
        after: walk.after,
        rules: rule_lines(flow, kernel, &walk.matched),
        examined: walk.examined,
        choices: if is_choice { choices } else { Vec::new() },
        ..Visit::new(device, input.packet, reason)
    }
}

/// The lines of the rules that matched, if they are shown.
fn rule_lines(flow: &Flow, kernel: &Kernel, matched: &[RuleId]) -> Vec<RuleLine> {
    match flow.rule_lines {
        RuleLines::Printed => {
            let lines = matched.iter().map(|id| RuleLine::of(kernel, *id));
            lines.collect()
        }
        RuleLines::LeftOut => Vec::new(),
    }
}

fn decision_reason(
    flow: &Flow,
    kernel: &Kernel,
    crossing: &Crossing,
    input: &PacketIn,
    walk: &Walk,
    count: usize,
) -> Reason {
    let node = crossing.node.to_owned();
    if crossing.known.is_some_and(Connection::is_dnat) {
        return Reason::ConntrackHit {
            node,
            endpoint: walk.after.destination,
        };
    }
    let service = flow.service.map(|service| service.metadata.name.clone());
    match walk.verdict {
        RulesVerdict::Dnat(endpoint) if is_of_host_port(kernel, walk) => Reason::HostPort {
            port: input.packet.destination.port(),
            pod: pod_name(flow.network, endpoint),
            endpoint,
            masquerade: host_port_masquerade(input, walk),
            node,
        },
        RulesVerdict::Dnat(endpoint) => Reason::Dnat {
            count,
            endpoint,
            masquerade: masquerade(input, walk, endpoint),
            node,
            service,
            in_turn: count > 1 && walk.scheduled.is_some(),
        },
        RulesVerdict::Reject => Reason::Rejects {
            service: decisive_comment(flow, kernel, walk).into(),
            node,
            why: reject_failure(kernel, walk),
        },
        RulesVerdict::Drop if kernel.decisive(walk).is_none() => Reason::MartianSource {
            node,
            source: input.packet.source.ip(),
        },
        RulesVerdict::Drop => Reason::Drops {
            rule: decisive_comment(flow, kernel, walk),
            node,
        },
        RulesVerdict::None => Reason::NoRule {
            to: input.packet.destination,
            node,
            service: service.filter(|_| !flow.has_port(&input.packet)),
        },
    }
}

/// The comment of the rule that decided. In nftables mode some rules have none; then the name of the Service.
fn decisive_comment(flow: &Flow, kernel: &Kernel, walk: &Walk) -> String {
    kernel
        .decisive(walk)
        .and_then(|rule| kernel.comment(rule))
        .or_else(|| flow.service.map(|service| service.id().to_string()))
        .unwrap_or_default()
}

fn masquerade(input: &PacketIn, walk: &Walk, endpoint: SocketAddr) -> Masquerade {
    match walk.masqueraded {
        None => Masquerade::No,
        Some(_) if input.packet.source.ip() == endpoint.ip() => Masquerade::Hairpin,
        Some(_) if input.arrival == Arrival::Local => Masquerade::Node,
        Some(_) => Masquerade::External,
    }
}

/// Whether the rules of a `hostPort` rewrote the destination, and not kube-proxy's.
fn is_of_host_port(kernel: &Kernel, walk: &Walk) -> bool {
    let decisive = kernel.decisive(walk);
    decisive.is_some_and(|rule| kernel.chain_kind(rule) == ChainKind::HostPort)
}

/// portmap masquerades what comes from the pod's own range, and what a process of the node sends to 127.0.0.1.
fn host_port_masquerade(input: &PacketIn, walk: &Walk) -> Masquerade {
    match walk.masqueraded {
        None => Masquerade::No,
        Some(_) if input.arrival == Arrival::Local => Masquerade::Node,
        Some(_) => Masquerade::Hairpin,
    }
}

fn pod_name(network: &Network, endpoint: SocketAddr) -> String {
    let pod = network.pod_at(endpoint.ip());
    pod.map_or(endpoint.ip().to_string(), |pod| {
        pod.metadata.name.to_string()
    })
}

/// Every endpoint of the branches, with the chosen one marked.
fn choices(network: &Network, branches: &[Branch], walk: &Walk) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for branch in branches {
        let RulesVerdict::Dnat(endpoint) = branch.walk.verdict else {
            continue;
        };
        let known = choices
            .iter_mut()
            .find(|choice| choice.endpoint == endpoint);
        match known {
            Some(known) => known.probability += branch.probability,
            None => choices.push(Choice {
                endpoint,
                probability: branch.probability,
                chosen: walk.verdict == RulesVerdict::Dnat(endpoint),
                pod: network.endpoint_pod(endpoint).map(Pod::id),
            }),
        }
    }
    choices
}

/// The hop of a node that passes the packet on. In IPVS mode the rule for hairpin connections can still change its
/// source: a pod's packet comes back from a node port of another node.
pub(super) fn forwarding(
    flow: &Flow,
    kernel: &Kernel,
    crossing: &Crossing,
    packet: Packet,
    walk: &Walk,
) -> Visit {
    let node = crossing.node.to_owned();
    let from = crossing.before.last().map(|before| before.node.clone());
    let reason = Reason::Routes {
        from: from.unwrap_or_default(),
        to: node.clone(),
        masquerade: walk.masqueraded.is_some(),
    };
    let matched = match walk.masqueraded {
        Some(_) => walk.matched.as_slice(),
        None => &[],
    };
    Visit {
        after: walk.after,
        rules: rule_lines(flow, kernel, matched),
        examined: walk.examined,
        ..Visit::new(Device::Node(node), packet, reason)
    }
}
