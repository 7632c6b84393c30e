//! `kube-proxy/ipvs-flows`: every flow of the matrix in IPVS mode. What the client sees, the endpoints and masquerading are
//! those of iptables mode but for the differences of [`Difference`], which ARCHITECTURE.md lists.

use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::config::ProxyMode;
use kubehop_engine::cluster::object::TrafficPolicy;
use kubehop_engine::netfilter::{Affinity, Arrival, Kernel, Packet, pod_interface};
use kubehop_engine::ruleset::ipvs::{SetEntry, SetRole};
use serde_json::Value;

use super::kube_proxy::{cluster, kernels, of_family, text, views};
use super::kube_proxy_outcome::{arrival, first_packet, outcome};
use crate::Case;

pub(crate) fn run(recording: &Value) -> Vec<Case> {
    let scenarios = recording.as_array().into_iter().flatten();
    scenarios.flat_map(scenario).collect()
}

fn scenario(scenario: &Value) -> Vec<Case> {
    let mut cluster = cluster(scenario);
    let interface = pod_interface(&cluster.config.proxy);
    cluster.config.proxy.mode = ProxyMode::Ipvs;
    let mut cases = Vec::new();
    for (node, view) in views(scenario, &cluster) {
        let kernels = kernels(&cluster, node);
        let flows = view["flows"].as_array().into_iter().flatten();
        // The lists of clients are those of iptables mode.
        for flow in flows.filter(|flow| flow.get("affinity").is_none()) {
            let mut packet = first_packet(&flow["from"], &flow["to"]);
            let kernel = of_family(&kernels, packet.family());
            let arrival = arrival(text(&flow["from"]["kind"]), &interface);
            if arrival == Arrival::Local
                && !packet.source.ip().is_loopback()
                && let Some(source) = kernel.source_address(packet.destination.ip())
            {
                packet.source.set_ip(source);
            }
            let ours = outcome(kernel, packet, arrival, &Affinity::default());
            cases.push(Case {
                name: format!(
                    "{}@{} {} {} → {}",
                    text(&scenario["name"]),
                    node.name(),
                    text(&flow["from"]["kind"]),
                    text(&flow["from"]["ip"]),
                    text(&flow["to"])
                ),
                difference: difference(&cluster, kernel, &packet, flow, &ours),
            });
        }
    }
    cases
}

/// A situation in which IPVS mode differs from iptables mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Difference {
    /// A port that no Service has at an address of `kube-ipvs0`: refused, where iptables mode has no rule.
    OtherPort,
    /// A node port on the loopback address: nobody listens.
    Loopback,
    /// The cluster IP of a Service with `internalTrafficPolicy: Local` and no endpoint on the node: the endpoints of other
    /// nodes if the Service can be called from outside, else refused; iptables mode drops.
    InternalLocal,
    /// Another address of a Service with `externalTrafficPolicy: Local`: whoever calls, endpoints on the node, without
    /// masquerading, and if there is none those of other nodes. iptables mode drops, and lets pods and the node itself use
    /// all endpoints.
    ExternalLocal,
    /// A cluster IP with a port that has the number of a node port: `KUBE-NODE-PORT` looks at the port alone and masquerades.
    NumberOfNodePort,
    /// kube-proxy cannot tell pods from others: a process of the node is masqueraded all the same.
    NoDetection,
    /// A node port without endpoints at an address of the node that node ports are not open on: refused by the node, where
    /// rules of iptables mode refuse it. The client sees the same.
    ClosedAddress,
    /// An external IP that is an endpoint's address: the node has it itself, and delivers to its own processes;
    /// what the endpoint sends has an address of the node, and the node drops it.
    ExternalIsEndpoint,
    /// An external address of a Service without endpoints, from the node itself: refused, where the rules of iptables mode
    /// have no jump from OUTPUT.
    NodeWithoutEndpoints,
    /// Source ranges of a Service without endpoints: dropped, where iptables mode refuses.
    RangesWithoutEndpoints,
}

impl Difference {
    /// The situation of a packet to an address.
    fn of(cluster: &Cluster, kernel: &Kernel, packet: &Packet) -> Option<Difference> {
        let (to, rules) = (packet.destination, kernel.ipvs()?);
        if to.ip().is_loopback() {
            return Some(Difference::Loopback);
        }
        let Some((_, server)) = rules.server((packet.protocol, to)) else {
            return Some(if rules.bound.contains(&to.ip()) {
                Difference::OtherPort
            } else {
                Difference::ClosedAddress
            });
        };
        let mut real_servers = server.real_servers.iter();
        if real_servers.any(|real| rules.bound.contains(&real.ip())) {
            return Some(Difference::ExternalIsEndpoint);
        }
        let service = cluster.services.get(&server.name.service)?;
        let is_local = |policy: Option<TrafficPolicy>| policy == Some(TrafficPolicy::Local);
        if service.addresses().any(|own| own == to.ip()) {
            if is_local(service.spec.internal_traffic_policy) {
                return Some(Difference::InternalLocal);
            }
            let node_ports = rules.set(SetRole::NodePortTcp);
            if node_ports.entries.contains(&SetEntry::Port(to.port())) {
                return Some(Difference::NumberOfNodePort);
            }
            let is_undetected = cluster.config.pod_cidrs.is_empty();
            return is_undetected.then_some(Difference::NoDetection);
        }
        if server.real_servers.is_empty() && kernel.is_local(packet.source.ip()) {
            return Some(Difference::NodeWithoutEndpoints);
        }
        let has_ranges = !service.spec.load_balancer_source_ranges.is_empty();
        if has_ranges && server.real_servers.is_empty() {
            return Some(Difference::RangesWithoutEndpoints);
        }
        is_local(service.spec.external_traffic_policy).then_some(Difference::ExternalLocal)
    }

    /// Whether the outcomes of both modes are those of the situation.
    fn is_that_of(self, packet: &Packet, iptables: &Value, ipvs: &Value) -> bool {
        let verdicts = (text(&iptables["verdict"]), text(&ipvs["verdict"]));
        match self {
            Difference::OtherPort => verdicts == ("none", "reject"),
            Difference::Loopback => ipvs["delivered"] == true && verdicts.1 == "none",
            Difference::InternalLocal => {
                verdicts == ("drop", "reject") || verdicts == ("drop", "dnat")
            }
            Difference::ExternalLocal => {
                // Whoever calls itself is masqueraded under every policy.
                let itself = format!("{}:", packet.source.ip());
                let is_itself = |endpoint: &String| endpoint.starts_with(&itself);
                let mut endpoints = ipvs["endpoints"].as_object().into_iter().flatten();
                let is_masqueraded = ipvs["masquerade"] == true
                    && !endpoints.all(|(endpoint, _)| is_itself(endpoint));
                verdicts.1 == "dnat" && !is_masqueraded && matches!(verdicts.0, "drop" | "dnat")
            }
            Difference::NumberOfNodePort => {
                verdicts == ("dnat", "dnat") && ipvs["masquerade"] == true
            }
            Difference::NoDetection => verdicts == ("dnat", "dnat") && ipvs["masquerade"] == true,
            Difference::ClosedAddress => {
                verdicts == ("reject", "none") && ipvs["delivered"] == true
            }
            Difference::ExternalIsEndpoint => {
                verdicts.0 == "dnat" && matches!(verdicts.1, "dnat" | "drop")
            }
            Difference::NodeWithoutEndpoints => verdicts == ("none", "reject"),
            Difference::RangesWithoutEndpoints => verdicts == ("reject", "drop"),
        }
    }
}

fn difference(
    cluster: &Cluster,
    kernel: &Kernel,
    packet: &Packet,
    flow: &Value,
    ours: &Value,
) -> Option<String> {
    let situation = Difference::of(cluster, kernel, packet);
    if situation.is_some_and(|situation| situation.is_that_of(packet, flow, ours)) {
        return None;
    }
    let keys = ["verdict", "endpoints", "masquerade"];
    let differing = keys.iter().filter(|key| flow[**key] != ours[**key]);
    let lines: Vec<String> = differing
        .map(|key| {
            format!(
                "{key}: {} in iptables mode, {} in IPVS mode",
                flow[*key], ours[*key]
            )
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("; "))
}
