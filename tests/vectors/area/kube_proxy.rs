//! What every kube-proxy area needs: a scenario as a cluster, and its nodes' kernels.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use ipnet::IpNet;
use kubehop_engine::cluster::config::{DetectLocal, ProxyConfig, ProxyMode};
use kubehop_engine::cluster::object::{EndpointSlice, Node, Service};
use kubehop_engine::cluster::{Cluster, Config};
use kubehop_engine::controllers::endpointslices::{EndpointSliceContext, is_kept, reconcile};
use kubehop_engine::controllers::pod_index::PodIndex;
use kubehop_engine::names::{Family, ObjectName};
use kubehop_engine::netfilter::Kernel;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The recorded scenarios by name, for the areas that only name them.
pub(super) fn scenarios() -> BTreeMap<String, Value> {
    let read = |file: &str| std::fs::read(crate::folder().join("kube-proxy").join(file)).ok();
    let files = ["matrix.json", "random.json"].into_iter().filter_map(read);
    let lists = files
        .map(|bytes| serde_json::from_slice::<Vec<Value>>(&bytes).expect("a list of scenarios"));
    lists
        .flatten()
        .map(|scenario| (text(&scenario["name"]).to_owned(), scenario))
        .collect()
}

/// The blocks of rules that differ, each with both of its texts.
pub(super) fn differing_blocks<Name: Ord + Display, Line: PartialEq + Borrow<str>>(
    recorded: &BTreeMap<Name, Vec<Line>>,
    ours: &BTreeMap<Name, Vec<Line>>,
) -> String {
    let names: BTreeSet<&Name> = recorded.keys().chain(ours.keys()).collect();
    let differing = names
        .into_iter()
        .filter(|name| recorded.get(*name) != ours.get(*name));
    let shown =
        |lines: Option<&Vec<Line>>| lines.map_or("not there".to_owned(), |lines| lines.join("\n"));
    let described = differing.map(|name| {
        let (recorded, ours) = (shown(recorded.get(name)), shown(ours.get(name)));
        format!("{name}\nrecorded:\n{recorded}\nours:\n{ours}\n")
    });
    described.collect()
}

/// The cluster of a scenario, with the recorded EndpointSlices.
pub(super) fn cluster(scenario: &Value) -> Cluster {
    let mut cluster = Cluster {
        config: config(&scenario["cluster"]),
        ..Cluster::default()
    };
    for object in scenario["objects"].as_array().into_iter().flatten() {
        let id = id(object);
        match object["kind"].as_str() {
            Some("Node") => drop(cluster.nodes.insert(id.name, typed(object))),
            Some("Service") => drop(cluster.services.insert(id, typed::<Service>(object))),
            Some("EndpointSlice") => {
                drop(cluster.slices.insert(id, typed::<EndpointSlice>(object)));
            }
            Some("Pod") => {}
            kind => panic!("a recording holds a {kind:?}"),
        }
    }
    cluster
}

/// The cluster of a scenario, with the slices that kubehop's own controller makes from the Pods in place of those that the
/// recorded one made.
pub(super) fn cluster_with_own_slices(scenario: &Value) -> Cluster {
    let mut cluster = cluster(scenario);
    let pods = scenario["objects"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|object| object["kind"] == "Pod");
    cluster.pods = pods
        .map(|pod| {
            (
                id(pod),
                typed::<kubehop_engine::cluster::object::Pod>(pod).into(),
            )
        })
        .collect();
    let kept: Vec<&Service> = cluster
        .services
        .values()
        .filter(|service| is_kept(service))
        .collect();
    let is_recorded = |slice: &EndpointSlice| {
        kept.iter()
            .any(|service| slice.service() == Some(service.id()))
    };
    let (index, around) = (
        PodIndex::new(&cluster.pods, kept.iter().copied()),
        EndpointSliceContext::new(&cluster.nodes),
    );
    let own = kept.iter().flat_map(|service| {
        reconcile(service, &index.selected(service), Vec::new(), &around).slices
    });
    let own: Vec<EndpointSlice> = own.collect();
    let mut slices = cluster.slices.clone();
    slices.retain(|_, slice| !is_recorded(slice));
    slices.extend(own.into_iter().map(|slice| (slice.metadata.id(), slice)));
    cluster.slices = slices;
    cluster
}

/// The views of a scenario, each with its node.
pub(super) fn views<'a>(
    scenario: &'a Value,
    cluster: &'a Cluster,
) -> impl Iterator<Item = (&'a Node, &'a Value)> {
    let views = scenario["nodes"].as_array().into_iter().flatten();
    views.map(|view| (&cluster.nodes[text(&view["node"])], view))
}

/// A text.
pub(super) fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not a text: {value}"))
}

fn typed<T: DeserializeOwned>(object: &Value) -> T {
    serde_json::from_value(object.clone()).unwrap_or_else(|error| panic!("{error} in {object}"))
}

fn id(object: &Value) -> ObjectName {
    let metadata = &object["metadata"];
    ObjectName::new(
        metadata["namespace"].as_str().unwrap_or_default(),
        text(&metadata["name"]),
    )
}

fn config(cluster: &Value) -> Config {
    let proxy = &cluster["kubeProxy"];
    let ranges = |list: &Value| -> Vec<IpNet> {
        let texts = list.as_array().into_iter().flatten().map(text);
        texts
            .map(|text| {
                text.parse()
                    .unwrap_or_else(|_| panic!("not a range: {text}"))
            })
            .collect()
    };
    let argument = || text(&proxy["detectLocalArg"]).to_owned();
    // Without a mode kube-proxy cannot tell, as in ClusterCIDR mode without a range.
    let mode = proxy["detectLocalMode"].as_str().unwrap_or_default();
    let pod_cidrs = if mode.is_empty() {
        Vec::new()
    } else {
        ranges(&cluster["clusterCIDRs"])
    };
    let detect_local = match mode {
        "ClusterCIDR" | "" => DetectLocal::ClusterCidr,
        "NodeCIDR" => DetectLocal::NodeCidr,
        "BridgeInterface" => DetectLocal::BridgeInterface(argument()),
        "InterfaceNamePrefix" => DetectLocal::InterfaceNamePrefix(argument()),
        mode => panic!("a recording has the local detection {mode}"),
    };
    let service_cidrs = match text(&cluster["ipFamily"]) {
        "v4" => vec!["10.96.0.0/12"],
        "v6" => vec!["fd00:96::/108"],
        "dual" => vec!["10.96.0.0/12", "fd00:96::/108"],
        family => panic!("a cluster of {family}"),
    };
    Config {
        pod_cidrs,
        service_cidrs: service_cidrs
            .into_iter()
            .map(|range| range.parse().expect("a literal range"))
            .collect(),
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

/// A node's kernels, IPv4's first.
pub(super) fn kernels(cluster: &Cluster, node: &Node) -> [Kernel; 2] {
    [Family::V4, Family::V6].map(|family| Kernel::of_node(cluster, node, family))
}

/// The kernel of a family.
pub(super) fn of_family(kernels: &[Kernel; 2], family: Family) -> &Kernel {
    match family {
        Family::V4 => &kernels[0],
        Family::V6 => &kernels[1],
    }
}

/// The cluster of a scenario as a node's kube-proxy saw it when nftables was recorded: its node ports were made to
/// answer on every address of the Node object.
pub(super) fn with_nftables(cluster: &Cluster, node: &Node) -> Cluster {
    let mut cluster = cluster.clone();
    cluster.config.proxy.mode = ProxyMode::Nftables;
    cluster.config.proxy.node_port_addresses = node.addresses().map(IpNet::from).collect();
    cluster
}
