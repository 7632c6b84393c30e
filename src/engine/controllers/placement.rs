//! Nodes, and which pod runs on which, at which address.
//!
//! Manifests rarely say any of it, so what a fresh kubeadm cluster would have is filled in: nodes with an address and a
//! range for their pods, and pods spread over the nodes that take them. What a live dump says is kept as it is.
//! (kubernetes `pkg/scheduler` for which node takes a pod; the spreading is kubehop's own, the fewest pods first.)

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use smol_str::SmolStr;

use crate::engine::cluster::config::Config;
use crate::engine::cluster::object::{
    Node, NodeAddress, NodeCondition, Pod, PodCondition, PodIp, Taint, Toleration,
};
use crate::engine::names::Family;
use crate::engine::sort;

/// kubehop's own annotation on a pod: `"false"` makes it not ready, `"true"` ready.
pub const READY: &str = "kubehop/ready";

/// The host number of the first node: 192.168.0.11.
const FIRST_NODE: u32 = 11;
/// The host number of a node's first pod; those below are the node's own, its gateway among them.
const FIRST_POD: u128 = 5;
/// The zones that made-up nodes are in, in turn.
const ZONES: [&str; 3] = ["zone-a", "zone-b", "zone-c"];

/// The nodes of a cluster whose manifests name none.
pub fn made_up_nodes(config: &Config) -> BTreeMap<SmolStr, Node> {
    let node = |(number, zone): (u8, &&str)| {
        let mut node = bare_node(&format!("node-{number}"));
        node.metadata
            .labels_mut()
            .insert("topology.kubernetes.io/zone".into(), (*zone).into());
        (node.metadata.name.clone(), node)
    };
    sort::map((1..=config.nodes).zip(ZONES.iter().cycle()).map(node))
}

/// A node of which only the name is known.
pub fn bare_node(name: &str) -> Node {
    let mut node = Node::default();
    node.metadata.name = name.into();
    node
}

/// Gives nodes what their manifests do not say: addresses, ranges for their pods, a kubelet's labels, and that they are
/// ready.
pub fn complete(nodes: &mut BTreeMap<SmolStr, Node>, config: &Config) {
    let mut addresses = sort::set(nodes.values().flat_map(Node::addresses));
    let mut ranges = sort::set(nodes.values().flat_map(|node| {
        node.spec
            .pod_cidrs
            .iter()
            .copied()
            .chain(node.spec.pod_cidr)
    }));
    for node in in_natural_order(nodes) {
        if node.addresses().next().is_none() {
            let families = config
                .pod_cidrs
                .iter()
                .map(|range| Family::of(range.addr()));
            let free = families.filter_map(|family| free_node_address(family, &mut addresses));
            node.status.addresses = free
                .map(|address| node_address("InternalIP", &address.to_string()))
                .collect();
            node.status
                .addresses
                .push(node_address("Hostname", &node.metadata.name));
        }
        if node.spec.pod_cidrs.is_empty() && node.spec.pod_cidr.is_none() {
            node.spec.pod_cidrs = config
                .pod_cidrs
                .iter()
                .filter_map(|&range| free_range(range, &mut ranges))
                .collect();
            node.spec.pod_cidr = node.spec.pod_cidrs.first().copied();
        }
        label(node);
        if node.status.conditions.is_empty() {
            let ready = NodeCondition {
                condition_type: "Ready".into(),
                status: "True".into(),
            };
            node.status.conditions.push(ready);
        }
    }
}

/// The labels that every kubelet puts on its node, the old names of two of them among them.
fn label(node: &mut Node) {
    let hostname = node.metadata.name.clone();
    let own = [
        ("kubernetes.io/hostname", hostname.as_str()),
        ("kubernetes.io/os", "linux"),
        ("kubernetes.io/arch", "amd64"),
    ];
    let old = [
        ("beta.kubernetes.io/os", "linux"),
        ("beta.kubernetes.io/arch", "amd64"),
    ];
    for (key, value) in own.into_iter().chain(old) {
        node.metadata
            .labels_mut()
            .entry(key.into())
            .or_insert_with(|| value.into());
    }
}

/// Nodes as people count them: `node-2` before `node-10`.
fn in_natural_order(nodes: &mut BTreeMap<SmolStr, Node>) -> Vec<&mut Node> {
    let mut nodes: Vec<&mut Node> = nodes.values_mut().collect();
    sort::sort_by(&mut nodes, |a, b| natural(a.name()).cmp(&natural(b.name())));
    nodes
}

/// A name as its beginning and the number it ends in.
fn natural(name: &str) -> (&str, u64, &str) {
    let base = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    (base, name[base.len()..].parse().unwrap_or_default(), name)
}

fn node_address(address_type: &str, address: &str) -> NodeAddress {
    NodeAddress {
        address_type: address_type.into(),
        address: address.into(),
    }
}

fn free_node_address(family: Family, taken: &mut BTreeSet<IpAddr>) -> Option<IpAddr> {
    let address = |number: u32| match family {
        Family::V4 => IpAddr::V4(Ipv4Addr::from_bits(
            Ipv4Addr::new(192, 168, 0, 0).to_bits() + number,
        )),
        Family::V6 => {
            let network = Ipv6Addr::new(0xfd00, 0xc0a8, 0, 0, 0, 0, 0, 0).to_bits();
            IpAddr::V6(Ipv6Addr::from_bits(network + u128::from(number)))
        }
    };
    (FIRST_NODE..=u32::from(u16::MAX))
        .map(address)
        .find(|&address| taken.insert(address))
}

/// The next part of the cluster's range for one node: a /24, or a /64 of IPv6; a smaller part of a smaller range.
fn free_range(range: IpNet, taken: &mut BTreeSet<IpNet>) -> Option<IpNet> {
    let (usual, step, least) = match range {
        IpNet::V4(_) => (24, 4, 30),
        IpNet::V6(_) => (64, 8, 124),
    };
    let length = if range.prefix_len() < usual {
        usual
    } else {
        (range.prefix_len() + step).min(least)
    };
    range.subnets(length).ok()?.find(|&part| taken.insert(part))
}

/// Whether a node takes a pod: it has the labels the pod asks for, and no taint the pod does not put up with. A node
/// named outright takes the pod in any case.
pub fn takes(node: &Node, pod: &Pod) -> bool {
    !node.spec.unschedulable && takes_daemon(node, pod)
}

/// The same for a DaemonSet's pod, which a cordoned node takes too.
pub fn takes_daemon(node: &Node, pod: &Pod) -> bool {
    let repels = |taint: &&Taint| matches!(taint.effect.as_str(), "NoSchedule" | "NoExecute");
    // What cordons a node; the field beside it says the same and is looked at by `takes`.
    let is_cordon = |taint: &Taint| taint.key == "node.kubernetes.io/unschedulable";
    let wanted = &pod.spec.node_selector;
    wanted
        .iter()
        .all(|(key, value)| node.metadata.labels.get(key) == Some(value))
        && node.spec.taints.iter().filter(repels).all(|taint| {
            is_cordon(taint)
                || pod
                    .spec
                    .tolerations
                    .iter()
                    .any(|toleration| tolerates(toleration, taint))
        })
}

fn tolerates(toleration: &Toleration, taint: &Taint) -> bool {
    let effect = toleration.effect.is_empty() || toleration.effect == taint.effect;
    let exists = toleration.operator == "Exists";
    let key = toleration.key == taint.key || (toleration.key.is_empty() && exists);
    effect && key && (exists || toleration.value == taint.value)
}

/// Puts pods on nodes and gives them addresses, in the order given. What a pod's status says already is kept; a pod
/// that no node takes stays pending.
pub fn place<'a>(
    pods: impl IntoIterator<Item = &'a mut Pod>,
    nodes: &BTreeMap<SmolStr, Node>,
    space: &mut Space,
) {
    pods.into_iter()
        .for_each(|pod| place_one(pod, nodes, space));
}

fn place_one(pod: &mut Pod, nodes: &BTreeMap<SmolStr, Node>, space: &mut Space) {
    if pod.addresses().next().is_some()
        || matches!(pod.status.phase.as_str(), "Succeeded" | "Failed")
    {
        return;
    }
    if pod.spec.node_name.is_empty() {
        pod.spec.node_name = space.choose(pod, nodes).unwrap_or_default();
    }
    let Some(node) = nodes.get(&pod.spec.node_name) else {
        return wait(pod);
    };
    let addresses = if pod.spec.host_network {
        node_addresses(node)
    } else {
        space.pod_addresses(node)
    };
    if addresses.is_empty() {
        return wait(pod);
    }
    run(pod, node, &addresses);
}

fn wait(pod: &mut Pod) {
    if pod.status.phase.is_empty() {
        pod.status.phase = "Pending".into();
    }
}

fn run(pod: &mut Pod, node: &Node, addresses: &[IpAddr]) {
    pod.status.pod_ip = addresses.first().copied();
    pod.status.pod_ips = addresses
        .iter()
        .map(|&address| PodIp { ip: Some(address) })
        .collect();
    if let Some(address) = node.addresses().next() {
        pod.status.host_ip = address.to_string().into();
    }
    if matches!(pod.status.phase.as_str(), "" | "Pending") {
        pod.status.phase = "Running".into();
    }
    let has_condition = pod
        .status
        .conditions
        .iter()
        .any(|condition| condition.condition_type == "Ready");
    if !has_condition {
        let (condition_type, status) = ("Ready".to_owned(), readiness(pod).to_owned());
        pod.status.conditions.reserve_exact(1);
        pod.status.conditions.push(PodCondition {
            condition_type: condition_type.into(),
            status: status.into(),
        });
    }
}

/// A probe is taken to pass; a readiness gate that nobody reports on does not.
fn readiness(pod: &Pod) -> &'static str {
    let conditions = &pod.status.conditions;
    let passes = |gate: &str| {
        conditions
            .iter()
            .any(|there| there.condition_type == gate && there.status == "True")
    };
    let said = pod.metadata.annotations.get(READY).map(SmolStr::as_str);
    match said {
        Some("true") => "True",
        Some("false") => "False",
        _ if pod
            .spec
            .readiness_gates
            .iter()
            .all(|gate| passes(&gate.condition_type)) =>
        {
            "True"
        }
        _ => "False",
    }
}

/// A node's primary address of each family.
fn node_addresses(node: &Node) -> Vec<IpAddr> {
    [Family::V4, Family::V6]
        .into_iter()
        .filter_map(|family| node.address(family))
        .collect()
}

/// What is left on the nodes.
#[derive(Debug)]
pub struct Space {
    /// Nodes by the number of their pods, then by their place in natural order.
    by_load: BTreeSet<(usize, usize)>,
    names: Vec<SmolStr>,
    /// Addresses that pods had before any was given out.
    taken: BTreeSet<IpAddr>,
    /// The last host number given out of each range.
    last: BTreeMap<IpNet, u128>,
}

impl Space {
    /// What the pods that name their node, or have an address, leave on the nodes.
    pub fn new<'a>(nodes: &BTreeMap<SmolStr, Node>, pods: impl Iterator<Item = &'a Pod>) -> Space {
        let mut names: Vec<SmolStr> = nodes.keys().cloned().collect();
        sort::sort_by(&mut names, |a, b| natural(a).cmp(&natural(b)));
        let mut loads: BTreeMap<&str, usize> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for pod in pods {
            taken.extend(pod.addresses());
            *loads.entry(pod.spec.node_name.as_str()).or_default() += 1;
        }
        let load = |name: &SmolStr| loads.get(name.as_str()).copied().unwrap_or_default();
        let by_load = sort::set(
            names
                .iter()
                .enumerate()
                .map(|(place, name)| (load(name), place)),
        );
        Space {
            by_load,
            names,
            taken,
            last: BTreeMap::new(),
        }
    }

    /// The node with the fewest pods of those that take this one.
    fn choose(&mut self, pod: &Pod, nodes: &BTreeMap<SmolStr, Node>) -> Option<SmolStr> {
        let name = |place: usize| self.names.get(place);
        let fits = |&&(_, place): &&(usize, usize)| {
            name(place)
                .and_then(|name| nodes.get(name))
                .is_some_and(|node| node.is_ready() && takes(node, pod))
        };
        let &(load, place) = self.by_load.iter().find(fits)?;
        self.by_load.remove(&(load, place));
        self.by_load.insert((load + 1, place));
        self.names.get(place).cloned()
    }

    /// A new pod's addresses: one of each of the node's ranges.
    fn pod_addresses(&mut self, node: &Node) -> Vec<IpAddr> {
        let ranges = [Family::V4, Family::V6]
            .into_iter()
            .filter_map(|family| node.pod_cidr(family));
        let primary = node
            .spec
            .pod_cidrs
            .first()
            .or(node.spec.pod_cidr.as_ref())
            .copied();
        let mut ranges: Vec<IpNet> = ranges.collect();
        sort::sort_by_key(&mut ranges, |range| Some(*range) != primary);
        ranges
            .into_iter()
            .filter_map(|range| self.next_address(range))
            .collect()
    }

    fn next_address(&mut self, range: IpNet) -> Option<IpAddr> {
        let start = self.last.get(&range).map_or(FIRST_POD, |last| last + 1);
        let addresses = (start..).map_while(|number| Some((number, host(range, number)?)));
        let (number, address) = addresses
            .into_iter()
            .find(|(_, address)| !self.taken.contains(address))?;
        self.last.insert(range, number);
        Some(address)
    }
}

/// The address of a range with this number; none beyond its end (the last IPv4 address is the broadcast's).
fn host(range: IpNet, number: u128) -> Option<IpAddr> {
    match range {
        IpNet::V4(range) => {
            let address = range
                .network()
                .to_bits()
                .checked_add(u32::try_from(number).ok()?)?;
            (address < range.broadcast().to_bits())
                .then(|| IpAddr::V4(Ipv4Addr::from_bits(address)))
        }
        IpNet::V6(range) => {
            let address = range.network().to_bits().checked_add(number)?;
            (address <= range.broadcast().to_bits())
                .then(|| IpAddr::V6(Ipv6Addr::from_bits(address)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(edit: impl FnOnce(&mut BTreeMap<SmolStr, Node>)) -> BTreeMap<SmolStr, Node> {
        let config = Config::default();
        let mut nodes = made_up_nodes(&config);
        edit(&mut nodes);
        complete(&mut nodes, &config);
        nodes
    }

    fn placed(nodes: &BTreeMap<SmolStr, Node>, mut pods: Vec<Pod>) -> Vec<(String, String)> {
        let mut space = Space::new(nodes, pods.iter());
        place(&mut pods, nodes, &mut space);
        let shown = |pod: &Pod| {
            (
                pod.spec.node_name.to_string(),
                pod.addresses()
                    .next()
                    .map_or("-".into(), |address| address.to_string()),
            )
        };
        pods.iter().map(shown).collect()
    }

    fn expect(rows: &[(&str, &str)]) -> Vec<(String, String)> {
        rows.iter()
            .map(|&(node, address)| (node.to_owned(), address.to_owned()))
            .collect()
    }

    #[test]
    fn a_cluster_whose_manifests_name_no_node_has_three_with_addresses_and_ranges() {
        let nodes = nodes(|_| ());
        let shown: Vec<String> = nodes
            .values()
            .map(|node| {
                format!(
                    "{} {:?} {:?} {:?}",
                    node.name(),
                    node.address(Family::V4),
                    node.spec.pod_cidr,
                    node.zone()
                )
            })
            .collect();
        assert_eq!(
            shown[1],
            "node-2 Some(192.168.0.12) Some(10.244.1.0/24) Some(\"zone-b\")"
        );
        assert_eq!(shown.len(), 3);
    }

    #[test]
    fn pods_are_spread_over_the_nodes_with_addresses_of_their_ranges() {
        let all = placed(&nodes(|_| ()), vec![Pod::default(); 4]);
        let rows = [
            ("node-1", "10.244.0.5"),
            ("node-2", "10.244.1.5"),
            ("node-3", "10.244.2.5"),
            ("node-1", "10.244.0.6"),
        ];
        assert_eq!(all, expect(&rows));
    }

    #[test]
    fn a_pod_on_the_hosts_network_has_the_nodes_address() {
        let mut pod = Pod::default();
        pod.spec.host_network = true;
        assert_eq!(
            placed(&nodes(|_| ()), vec![pod]),
            expect(&[("node-1", "192.168.0.11")])
        );
    }

    #[test]
    fn cordoned_and_tainted_nodes_and_those_without_the_wanted_label_take_no_pod() {
        let nodes = nodes(|nodes| {
            nodes.get_mut("node-1").expect("made up").spec.unschedulable = true;
            let taint = Taint {
                key: "gpu".into(),
                value: "yes".into(),
                effect: "NoSchedule".into(),
            };
            nodes.get_mut("node-2").expect("made up").spec.taints = vec![taint];
            nodes
                .get_mut("node-3")
                .expect("made up")
                .metadata
                .labels_mut()
                .insert("disk".into(), "ssd".into());
        });
        let mut tolerant = Pod::default();
        tolerant.spec.tolerations = vec![Toleration {
            key: "gpu".into(),
            operator: "Exists".into(),
            ..Toleration::default()
        }];
        let mut choosy = Pod::default();
        choosy
            .spec
            .node_selector
            .insert("disk".into(), "hdd".into());
        assert_eq!(
            placed(&nodes, vec![Pod::default(), tolerant, choosy]),
            expect(&[
                ("node-3", "10.244.2.5"),
                ("node-2", "10.244.1.5"),
                ("", "-")
            ])
        );
    }

    #[test]
    fn what_a_live_dump_says_is_kept() {
        let mut pod = Pod::default();
        pod.spec.node_name = "worker".into();
        pod.status.pod_ips = vec![PodIp {
            ip: "172.16.3.4".parse().ok(),
        }];
        assert_eq!(
            placed(&nodes(|_| ()), vec![pod]),
            expect(&[("worker", "172.16.3.4")])
        );
    }

    #[test]
    fn the_annotation_and_readiness_gates_keep_a_pod_from_being_ready() {
        let mut pod = Pod::default();
        assert_eq!(readiness(&pod), "True");
        pod.spec
            .readiness_gates
            .push(crate::engine::cluster::object::ReadinessGate {
                condition_type: "example.com/gate".into(),
            });
        assert_eq!(readiness(&pod), "False");
        pod.metadata.annotations.insert(READY.into(), "true".into());
        assert_eq!(readiness(&pod), "True");
    }

    #[test]
    fn a_range_that_is_used_up_gives_no_more_addresses() {
        assert_eq!(
            host("10.0.0.0/30".parse().expect("a range"), 2),
            Some("10.0.0.2".parse().expect("an address"))
        );
        assert_eq!(host("10.0.0.0/30".parse().expect("a range"), 3), None);
    }
}
