//! `kube-proxy/flows`: the first packet of every recorded connection through the rules of the node that saw it.

use std::net::IpAddr;

use kubehop::engine::chance::Chance;
use kubehop::engine::cluster::Cluster;
use kubehop::engine::netfilter::{Affinity, Branch, Entering, Kernel, Tracking, explain, pod_interface};
use kubehop::engine::ruleset::{Hash, Match};
use serde_json::{Value, json};

use super::kube_proxy::{arrival, cluster, differing, first_packet, kernels, of_family, outcome, text, views};
use crate::Case;

/// The second at which every flow is sent.
const NOW: u64 = 1_000_000;

pub fn run(recording: &Value) -> Vec<Case> {
    recording.as_array().into_iter().flatten().flat_map(scenario).collect()
}

fn scenario(scenario: &Value) -> Vec<Case> {
    let cluster = cluster(scenario);
    let mut cases = Vec::new();
    for (node, view) in views(scenario, &cluster) {
        let kernels = kernels(&cluster, node);
        for flow in view["flows"].as_array().into_iter().flatten() {
            let from = &flow["from"];
            let name = format!(
                "{}@{} {} {} → {}",
                text(&scenario["name"]),
                node.name(),
                text(&from["kind"]),
                text(&from["ip"]),
                text(&flow["to"])
            );
            let name = match flow["affinity"].as_array() {
                Some(memory) => format!("{name} remembering {}", json!(memory)),
                None => name,
            };
            cases.push(Case { name, difference: differing(flow, &ours(&cluster, &kernels, flow)) });
        }
    }
    cases
}

/// What our kernel makes of a flow, in the recording's words.
fn ours(cluster: &Cluster, kernels: &[Kernel; 2], flow: &Value) -> Value {
    let from: IpAddr = text(&flow["from"]["ip"]).parse().expect("a flow comes from an address");
    let packet = first_packet(from, &flow["to"]);
    let kernel = of_family(kernels, packet.family());
    let interface = pod_interface(&cluster.config.proxy);
    let affinity = memory(&flow["affinity"]);
    let arrival = arrival(text(&flow["from"]["kind"]), &interface);
    let entering = Entering { packet, arrival, tracking: Tracking::New, affinity: &affinity, now: NOW };
    let branches = explain(kernel, &entering, &Chance::new(0, 0));
    let mut outcome = outcome(kernel, &branches);
    describe_affinity(kernel, &branches[0], &mut outcome);
    outcome
}

/// The recorded memory: which client was sent where, and how long ago.
fn memory(recorded: &Value) -> Affinity {
    let mut affinity = Affinity::default();
    for entry in recorded.as_array().into_iter().flatten() {
        let protocol = text(&entry["protocol"]).to_lowercase();
        let list = Hash::of(&[text(&entry["service"]), &protocol, text(&entry["endpoint"])]);
        let age = entry["ageSeconds"].as_u64().expect("an age is in seconds");
        affinity.remember(list, text(&entry["source"]).parse().expect("a source is an address"), NOW - age);
    }
    affinity
}

/// Whether the endpoint was remembered, and for how long it is: the timeout of the chain that chose it.
fn describe_affinity(kernel: &Kernel, branch: &Branch, outcome: &mut Value) {
    let timeout = |part: &Match| match part {
        Match::RecentCheck { seconds, .. } => Some(*seconds),
        _ => None,
    };
    let walk = &branch.walk;
    let hit = walk.matched.iter().any(|&step| kernel.rule(step).matches.iter().any(|part| timeout(part).is_some()));
    let chains = walk.matched.iter().map(|&step| kernel.chain(step));
    let seconds = chains.flat_map(|chain| &chain.rules).flat_map(|rule| &rule.matches).find_map(timeout);
    if let Some(seconds) = seconds.filter(|_| walk.remembered.is_some()) {
        outcome["affinitySeconds"] = json!(seconds);
    }
    if hit {
        outcome["affinityHit"] = json!(true);
    }
}
