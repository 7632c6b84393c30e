//! A packet through a kernel, told in the recordings' words.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use kubehop_engine::names::Protocol;
use kubehop_engine::netfilter::{
    Affinity, Arrival, Branch, Disposition, Kernel, Packet, PacketIn, RulesVerdict, Segment,
    Tracking, UPLINK, explain,
};
use kubehop_engine::rng::Rng;
use kubehop_engine::ruleset::Hash;
use serde_json::{Value, json};

use super::kube_proxy::text;

/// The second at which every flow is sent.
const NOW: u64 = 1_000_000;

/// What a kernel makes of the first packet of a connection.
pub(super) fn outcome(
    kernel: &Kernel,
    packet: Packet,
    arrival: Arrival,
    affinity: &Affinity,
) -> Value {
    let entering = PacketIn {
        packet,
        arrival,
        tracking: Tracking::New,
        affinity,
        now: NOW,
    };
    let branches = explain(kernel, &entering, &Rng::new(0, 0));
    for branch in &branches {
        reply_returns(&packet, branch);
    }
    let mut outcome = verdict(kernel, &branches);
    describe_affinity(&branches[0], &mut outcome);
    outcome["delivered"] = json!(branches[0].walk.way == Disposition::Delivered);
    outcome
}

/// An address and port as flows name them: `tcp 10.96.0.10:80`.
fn destination(to: &Value) -> (Protocol, SocketAddr) {
    let (protocol, address) = text(to)
        .split_once(' ')
        .unwrap_or_else(|| panic!("no protocol: {to}"));
    let protocol = protocol
        .parse()
        .unwrap_or_else(|_| panic!("no protocol: {to}"));
    (
        protocol,
        address
            .parse()
            .unwrap_or_else(|_| panic!("no address: {to}")),
    )
}

/// The first packet of a flow, as the node's kernel sees it.
pub(super) fn first_packet(from: &Value, to: &Value) -> Packet {
    let from: IpAddr = text(&from["ip"])
        .parse()
        .expect("a flow comes from an address");
    let (protocol, destination) = destination(to);
    Packet::first(protocol, SocketAddr::new(from, 40_000), destination)
}

/// Where a packet of a source of this kind comes in.
pub(super) fn arrival<'a>(kind: &str, pod_interface: &'a str) -> Arrival<'a> {
    match kind {
        "pod" => Arrival::Interface(pod_interface),
        "node" => Arrival::Local,
        "remotePod" | "external" => Arrival::Interface(UPLINK),
        kind => panic!("a flow comes from a {kind}"),
    }
}

/// The verdict of a flow, its endpoints, masquerading and deciding rule, in the recordings' words.
fn verdict(kernel: &Kernel, branches: &[Branch]) -> Value {
    let first = &branches[0].walk;
    let mut outcome = json!({"verdict": match first.verdict {
        RulesVerdict::Dnat(_) => "dnat",
        RulesVerdict::None => "none",
        RulesVerdict::Reject => "reject",
        RulesVerdict::Drop => "drop",
    }});
    if let Some(step) = kernel.decisive(first) {
        let comment = kernel.comment(step);
        outcome["matched"] = json!(comment);
    }
    if let RulesVerdict::Dnat(_) = first.verdict {
        let (endpoints, masquerade) = choices(branches);
        outcome["endpoints"] = endpoints;
        outcome["masquerade"] = masquerade;
    }
    outcome
}

/// Every endpoint with its probability to ten decimals, and those for which the packet is masqueraded: all, none, or
/// a list.
fn choices(branches: &[Branch]) -> (Value, Value) {
    let mut endpoints: BTreeMap<String, f64> = BTreeMap::new();
    let mut masqueraded = BTreeSet::new();
    for Branch { probability, walk } in branches {
        let RulesVerdict::Dnat(endpoint) = walk.verdict else {
            panic!("one way leads to an endpoint, another does not")
        };
        *endpoints.entry(endpoint.to_string()).or_default() += probability;
        masqueraded.extend(walk.masqueraded.map(|_| endpoint.to_string()));
    }
    let masquerade = match masqueraded.len() {
        0 => json!(false),
        count if count == endpoints.len() => json!(true),
        _ => json!(masqueraded),
    };
    let rounded = |share: f64| (share * 1e10).round() / 1e10;
    (
        endpoints
            .into_iter()
            .map(|(endpoint, share)| (endpoint, json!(rounded(share))))
            .collect(),
        masquerade,
    )
}

/// The parts of a recorded outcome that ours differs in.
pub(super) fn differing(recorded: &Value, ours: &Value) -> Option<String> {
    let keys = [
        "verdict",
        "endpoints",
        "masquerade",
        "matched",
        "affinitySeconds",
        "affinityHit",
    ];
    let differing = keys.iter().filter(|key| recorded[**key] != ours[**key]);
    let lines: Vec<String> = differing
        .map(|key| format!("{key}: recorded {}, ours {}", recorded[*key], ours[*key]))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The recorded memory: which client was sent where, and how long ago.
pub(super) fn memory(recorded: &Value) -> Affinity {
    let mut affinity = Affinity::default();
    for entry in recorded.as_array().into_iter().flatten() {
        let protocol = text(&entry["protocol"]).to_lowercase();
        let list = Hash::of(&[text(&entry["service"]), &protocol, text(&entry["endpoint"])]);
        let age = entry["ageSeconds"].as_u64().expect("an age is in seconds");
        affinity.remember(
            list,
            text(&entry["source"])
                .parse()
                .expect("a source is an address"),
            NOW - age,
        );
    }
    affinity
}

/// Whatever was rewritten, the client sees the answer come from the address it called.
fn reply_returns(packet: &Packet, branch: &Branch) {
    if let Some(connection) = branch.walk.connection {
        let reply = connection.reply(&branch.walk.after.answer(Segment::SynAck));
        assert_eq!(
            (reply.source, reply.destination),
            (packet.destination, packet.source),
            "{connection}"
        );
    }
}

/// Whether the endpoint was remembered, and for how long it is.
fn describe_affinity(branch: &Branch, outcome: &mut Value) {
    if let Some(affinity) = branch.walk.affinity {
        outcome["affinitySeconds"] = json!(affinity.seconds);
        if affinity.kept {
            outcome["affinityHit"] = json!(true);
        }
    }
}
