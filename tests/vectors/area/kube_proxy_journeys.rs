//! `kube-proxy/journeys`: connections to node ports, from the client's node to the node whose address was called.

use std::collections::BTreeMap;

use kubehop_engine::cluster::Cluster;
use kubehop_engine::netfilter::{Affinity, Kernel, Packet, pod_interface};
use serde_json::{Value, json};

use super::kube_proxy::{cluster, kernels, of_family, scenarios, text};
use super::kube_proxy_outcome::{arrival, differing, first_packet, outcome};
use crate::Case;

pub(crate) fn run(recording: &Value) -> Vec<Case> {
    let scenarios = scenarios();
    recording
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|recorded| journeys(recorded, &scenarios))
        .collect()
}

fn journeys(recorded: &Value, scenarios: &BTreeMap<String, Value>) -> Vec<Case> {
    let objects = text(&recorded["objectsOf"])
        .split('@')
        .next()
        .unwrap_or_default();
    let cluster = scenarios.get(objects).map(cluster);
    let mut cases = Vec::new();
    for journey in recorded["journeys"].as_array().into_iter().flatten() {
        let from = &journey["from"];
        let way = format!(
            "{} {} → {}",
            text(&from["kind"]),
            text(&from["ip"]),
            text(&journey["to"])
        );
        let difference = match &cluster {
            Some(cluster) => compare(journey, &travelled(cluster, journey)),
            None => Some(format!("no scenario {objects}")),
        };
        cases.push(Case {
            name: format!("{} {way}", text(&recorded["scenario"])),
            difference,
        });
    }
    cases
}

/// The hops of a connection: the client's node, and, when that leaves the packet alone, the node it is addressed to.
fn travelled(cluster: &Cluster, journey: &Value) -> Vec<Value> {
    let from = &journey["from"];
    let packet = first_packet(from, &journey["to"]);
    let addressed = cluster.nodes.values().find(|node| {
        node.addresses()
            .any(|address| address == packet.destination.ip())
    });
    let addressed = addressed.map(kubehop_engine::cluster::object::Node::name);
    let mut hops = Vec::new();
    if let Some(node) = from["node"].as_str() {
        hops.push(hop(cluster, node, text(&from["kind"]), packet));
        if hops[0]["verdict"] != "none" || addressed == Some(node) {
            return hops;
        }
    }
    let kind = if from["kind"] == "pod" {
        "remotePod"
    } else {
        "external"
    };
    hops.extend(addressed.map(|node| hop(cluster, node, kind, packet)));
    hops
}

fn hop(cluster: &Cluster, node: &str, kind: &str, packet: Packet) -> Value {
    let kernels: [Kernel; 2] = kernels(cluster, &cluster.nodes[node]);
    let interface = pod_interface(&cluster.config.proxy);
    let kernel = of_family(&kernels, packet.family());
    let mut hop = outcome(
        kernel,
        packet,
        arrival(kind, &interface),
        &Affinity::default(),
    );
    hop["node"] = json!(node);
    hop["as"] = json!(kind);
    hop
}

fn compare(journey: &Value, ours: &[Value]) -> Option<String> {
    let recorded: Vec<Value> = journey["hops"].as_array().cloned().unwrap_or_default();
    let places = |hops: &[Value]| {
        hops.iter()
            .map(|hop| format!("{} as {}", hop["node"], hop["as"]))
            .collect::<Vec<_>>()
    };
    if places(&recorded) != places(ours) {
        return Some(format!(
            "recorded {:?}, ours {:?}",
            places(&recorded),
            places(ours)
        ));
    }
    let last = ours
        .last()
        .map_or(Value::Null, |hop| hop["verdict"].clone());
    if journey["final"] != last {
        return Some(format!(
            "it ends with {}, ours with {last}",
            journey["final"]
        ));
    }
    recorded
        .iter()
        .zip(ours)
        .find_map(|(recorded, ours)| differing(recorded, ours))
}
