//! What every kube-proxy area needs: a scenario as a cluster.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use kubehop::engine::cluster::config::{DetectLocal, ProxyConfig};
use kubehop::engine::cluster::object::{EndpointSlice, Node, Service};
use kubehop::engine::cluster::{Cluster, Config};
use kubehop::engine::names::{Family, ObjectName, Protocol};
use kubehop::engine::netfilter::{Arrival, Branch, Kernel, Packet, UPLINK, Verdict};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The cluster of a scenario, with the recorded EndpointSlices.
pub fn cluster(scenario: &Value) -> Cluster {
    let mut cluster = Cluster { config: config(&scenario["cluster"]), ..Cluster::default() };
    for object in scenario["objects"].as_array().into_iter().flatten() {
        let id = id(object);
        match object["kind"].as_str() {
            Some("Node") => drop(cluster.nodes.insert(id.name, typed(object))),
            Some("Service") => drop(cluster.services.insert(id, typed::<Service>(object))),
            Some("EndpointSlice") => drop(cluster.slices.insert(id, typed::<EndpointSlice>(object))),
            Some("Pod") => {}
            kind => panic!("a recording holds a {kind:?}"),
        }
    }
    cluster
}

/// The views of a scenario, each with its node.
pub fn views<'a>(scenario: &'a Value, cluster: &'a Cluster) -> impl Iterator<Item = (&'a Node, &'a Value)> {
    let views = scenario["nodes"].as_array().into_iter().flatten();
    views.map(|view| (&cluster.nodes[text(&view["node"])], view))
}

/// A text.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

fn typed<T: DeserializeOwned>(object: &Value) -> T {
    serde_json::from_value(object.clone()).unwrap_or_else(|error| panic!("{error} in {object}"))
}

fn id(object: &Value) -> ObjectName {
    let metadata = &object["metadata"];
    ObjectName::new(metadata["namespace"].as_str().unwrap_or_default(), text(&metadata["name"]))
}

fn config(cluster: &Value) -> Config {
    let proxy = &cluster["kubeProxy"];
    let ranges = |list: &Value| -> Vec<ipnet::IpNet> {
        let texts = list.as_array().into_iter().flatten().map(text);
        texts.map(|text| text.parse().unwrap_or_else(|_| panic!("not a range: {text}"))).collect()
    };
    let argument = || text(&proxy["detectLocalArg"]).to_owned();
    let detect_local = match text(&proxy["detectLocalMode"]) {
        "ClusterCIDR" => DetectLocal::ClusterCidr,
        "NodeCIDR" => DetectLocal::NodeCidr,
        "BridgeInterface" => DetectLocal::BridgeInterface(argument()),
        "InterfaceNamePrefix" => DetectLocal::InterfaceNamePrefix(argument()),
        mode => panic!("a recording has the local detection {mode}"),
    };
    let service_cidrs = ["10.96.0.0/12", "fd00:96::/108"].map(|range| range.parse().expect("a literal range"));
    Config {
        pod_cidrs: ranges(&cluster["clusterCIDRs"]),
        service_cidrs: service_cidrs.into(),
        proxy: ProxyConfig {
            detect_local,
            masquerade_all: proxy["masqueradeAll"] == true,
            localhost_node_ports: proxy["noLocalhostNodePorts"] != true,
            node_port_addresses: ranges(&proxy["nodePortAddresses"]),
            // The recording kernel has it.
            nfacct: true,
            external_ips: proxy["featureGates"]["AllowServiceExternalIPs"] != false,
            ..ProxyConfig::default()
        },
        ..Config::default()
    }
}

/// An address and port as flows name them: `tcp 10.96.0.10:80`.
pub fn destination(to: &Value) -> (Protocol, SocketAddr) {
    let (protocol, address) = text(to).split_once(' ').unwrap_or_else(|| panic!("no protocol: {to}"));
    let protocol = protocol.parse().unwrap_or_else(|_| panic!("no protocol: {to}"));
    (protocol, address.parse().unwrap_or_else(|_| panic!("no address: {to}")))
}

/// A node's kernels, IPv4's first.
pub fn kernels(cluster: &Cluster, node: &Node) -> [Kernel; 2] {
    [Family::V4, Family::V6].map(|family| Kernel::of_node(cluster, node, family))
}

/// The kernel of a family.
pub fn of_family(kernels: &[Kernel; 2], family: Family) -> &Kernel {
    match family {
        Family::V4 => &kernels[0],
        Family::V6 => &kernels[1],
    }
}

/// The first packet of a flow, as the node's kernel sees it.
pub fn first_packet(from: IpAddr, to: &Value) -> Packet {
    let (protocol, destination) = destination(to);
    Packet::first(protocol, SocketAddr::new(from, 40_000), destination)
}

/// Where a packet of a source of this kind comes in.
pub fn arrival<'a>(kind: &str, pod_interface: &'a str) -> Arrival<'a> {
    match kind {
        "pod" => Arrival::Interface(pod_interface),
        "node" => Arrival::Local,
        "remotePod" | "external" => Arrival::Interface(UPLINK),
        kind => panic!("a flow comes from a {kind}"),
    }
}

/// The verdict of a flow, its endpoints, masquerading and deciding rule, in the recordings' words.
pub fn outcome(kernel: &Kernel, branches: &[Branch]) -> Value {
    let first = &branches[0].walk;
    let mut outcome = json!({"verdict": match first.verdict {
        Verdict::Dnat(_) => "dnat",
        Verdict::None => "none",
        Verdict::Reject => "reject",
        Verdict::Drop => "drop",
    }});
    if let Some(step) = kernel.decisive(first) {
        let comment = kernel.comment(step).map(ToString::to_string);
        outcome["matched"] = json!(comment);
    }
    if let Verdict::Dnat(_) = first.verdict {
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
        let Verdict::Dnat(endpoint) = walk.verdict else { panic!("one way leads to an endpoint, another does not") };
        *endpoints.entry(endpoint.to_string()).or_default() += probability;
        masqueraded.extend(walk.masqueraded.map(|_| endpoint.to_string()));
    }
    let masquerade = match masqueraded.len() {
        0 => json!(false),
        count if count == endpoints.len() => json!(true),
        _ => json!(masqueraded),
    };
    let rounded = |share: f64| (share * 1e10).round() / 1e10;
    (endpoints.into_iter().map(|(endpoint, share)| (endpoint, json!(rounded(share)))).collect(), masquerade)
}

/// The parts of a recorded outcome that ours differs in.
pub fn differing(recorded: &Value, ours: &Value) -> Option<String> {
    let keys = ["verdict", "endpoints", "masquerade", "matched", "affinitySeconds", "affinityHit"];
    let differing = keys.iter().filter(|key| recorded[**key] != ours[**key]);
    let lines: Vec<String> =
        differing.map(|key| format!("{key}: recorded {}, ours {}", recorded[*key], ours[*key])).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
