//! `kube-proxy/nftables-flows`: every TCP and UDP flow of the matrix in nftables mode. The recording holds only those
//! whose outcome differs from iptables mode; all others must be the same, except in the scenarios it says it left out.

use std::collections::BTreeMap;

use kubehop_engine::cluster::config::DetectLocal;
use kubehop_engine::netfilter::{Affinity, pod_interface};
use serde_json::Value;

use super::kube_proxy::{cluster, kernels, of_family, scenarios, text, views, with_nftables};
use super::kube_proxy_outcome::{arrival, differing, first_packet, outcome};
use crate::Case;

/// A flow: its scenario and node, where it comes from, where it goes.
type Key = (String, String, String);

pub(crate) fn run(recording: &Value) -> Vec<Case> {
    let list = recording["differences"].as_array().into_iter().flatten();
    let mut differences: BTreeMap<Key, &Value> = list
        .map(|recorded| (key(text(&recorded["vector"]), recorded), recorded))
        .collect();
    let scenarios = scenarios();
    let compared = scenarios.values().filter(|scenario| !is_left_out(scenario));
    let mut cases: Vec<Case> = compared
        .flat_map(|recorded| scenario(recorded, &mut differences))
        .collect();
    cases.extend(differences.into_keys().map(|(vector, from, to)| Case {
        name: format!("{vector} {from} → {to}"),
        difference: Some("no scenario has this flow".to_owned()),
    }));
    cases
}

/// What the recording says was not compared, and the random scenarios, which it does not name.
fn is_left_out(scenario: &Value) -> bool {
    let name = text(&scenario["name"]);
    let proxy = &scenario["cluster"]["kubeProxy"];
    let by_option = ["featureGates", "nodePortAddresses"]
        .iter()
        .any(|option| proxy.get(option).is_some());
    let by_name = [
        "random-",
        "large-cluster-mode",
        "service-proxy-name",
        "slice-headless",
    ];
    let bridged = matches!(
        cluster(scenario).config.proxy.detect_local,
        DetectLocal::BridgeInterface(_)
    );
    by_option || bridged || by_name.iter().any(|start| name.starts_with(start))
}

fn scenario(scenario: &Value, differences: &mut BTreeMap<Key, &Value>) -> Vec<Case> {
    let cluster = cluster(scenario);
    let interface = pod_interface(&cluster.config.proxy);
    let mut cases = Vec::new();
    for (node, view) in views(scenario, &cluster) {
        let kernels = kernels(&with_nftables(&cluster, node), node);
        let vector = format!("{}@{}", text(&scenario["name"]), node.name());
        let compared = |flow: &&Value| {
            flow.get("affinity").is_none() && !text(&flow["to"]).starts_with("sctp")
        };
        for flow in view["flows"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(compared)
        {
            let packet = first_packet(&flow["from"], &flow["to"]);
            let kernel = of_family(&kernels, packet.family());
            let ours = outcome(
                kernel,
                packet,
                arrival(text(&flow["from"]["kind"]), &interface),
                &Affinity::default(),
            );
            let key = key(&vector, flow);
            let name = format!("{} {} → {}", key.0, key.1, key.2);
            let difference = match differences.remove(&key) {
                Some(recorded) => differing_sight(recorded, &ours),
                None => differing_outcome(flow, &ours),
            };
            cases.push(Case { name, difference });
        }
    }
    cases
}

fn key(vector: &str, flow: &Value) -> Key {
    let from = format!(
        "{} {}",
        text(&flow["from"]["kind"]),
        text(&flow["from"]["ip"])
    );
    (vector.to_owned(), from, text(&flow["to"]).to_owned())
}

/// The two tools comment different rules.
fn without_comment(flow: &Value) -> Value {
    let mut flow = flow.clone();
    flow["matched"] = Value::Null;
    flow
}

/// The outcome of a flow that must be as in iptables mode. Where iptables refuses a connection to the node itself and
/// nftables lets it through to nobody, the client sees the same.
fn differing_outcome(flow: &Value, ours: &Value) -> Option<String> {
    let same = flow["verdict"] == "reject" && seen(ours) == "refused";
    if same {
        None
    } else {
        differing(&without_comment(flow), &without_comment(ours))
    }
}

/// Of flows that differ the recording knows what the client saw.
fn differing_sight(recorded: &Value, ours: &Value) -> Option<String> {
    let observed = text(&recorded["nftablesObserved"]);
    (observed != seen(ours)).then(|| {
        format!(
            "the client saw {observed} in the recording, with ours {}",
            seen(ours)
        )
    })
}

/// What a client sees when nobody listens on the node itself and nobody is where packets are routed on to.
fn seen(ours: &Value) -> &'static str {
    match text(&ours["verdict"]) {
        "dnat" => "accepted",
        "reject" => "refused",
        "none" if ours["delivered"] == true => "refused",
        _ => "timeout",
    }
}
