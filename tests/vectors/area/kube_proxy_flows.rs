//! `kube-proxy/flows`: the first packet of every recorded connection through the rules of the node that saw it: once with
//! the recorded EndpointSlices, once with those that kubehop makes from the recorded Pods.

use kubehop_engine::cluster::Cluster;
use kubehop_engine::netfilter::pod_interface;
use serde_json::Value;

use super::kube_proxy::{cluster, cluster_with_own_slices, kernels, of_family, text, views};
use super::kube_proxy_outcome::{arrival, differing, first_packet, memory, outcome};
use crate::Case;

pub(crate) fn run(recording: &Value) -> Vec<Case> {
    recording
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(scenario)
        .collect()
}

fn scenario(scenario: &Value) -> Vec<Case> {
    let mut cases = flows(scenario, &cluster(scenario), "");
    cases.extend(flows(
        scenario,
        &cluster_with_own_slices(scenario),
        " with slices of its own",
    ));
    cases
}

fn flows(scenario: &Value, cluster: &Cluster, which: &str) -> Vec<Case> {
    let interface = pod_interface(&cluster.config.proxy);
    let mut cases = Vec::new();
    for (node, view) in views(scenario, cluster) {
        let kernels = kernels(cluster, node);
        for flow in view["flows"].as_array().into_iter().flatten() {
            let packet = first_packet(&flow["from"], &flow["to"]);
            let kernel = of_family(&kernels, packet.family());
            let arrival = arrival(text(&flow["from"]["kind"]), &interface);
            let ours = outcome(kernel, packet, arrival, &memory(&flow["affinity"]));
            let name = format!(
                "{}@{} {}{which}",
                text(&scenario["name"]),
                node.name(),
                name(flow)
            );
            cases.push(Case {
                name,
                difference: differing(flow, &ours),
            });
        }
    }
    cases
}

fn name(flow: &Value) -> String {
    let remembering = flow
        .get("affinity")
        .map_or(String::new(), |memory| format!(" remembering {memory}"));
    format!(
        "{} {} → {}{remembering}",
        text(&flow["from"]["kind"]),
        text(&flow["from"]["ip"]),
        text(&flow["to"])
    )
}
