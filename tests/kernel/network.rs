//! The network of a cluster, made of the kernel's own parts.
//!
//! Every node, pod and outside machine is a network namespace. Pods hang on their node's bridge `cni0` (hairpin on, as
//! the kubelet sets it), nodes and their neighbours on a router's bridge, machines outside on a cable of their own to
//! the router. Nodes route each other's pod ranges directly; the router knows them too, for the answers of machines
//! outside, but not for what a client begins. The router is the cloud as well: it spreads a load balancer's address over
//! the nodes that pass its health check, and sends an external IP to the first node.
//!
//! All of it is inside a separate mount and network namespace (see `main.rs`), so that nothing of the machine is
//! touched, and everything is gone as soon as the last process in it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use kubehop_engine::cluster::config::ProxyMode;
use kubehop_engine::cluster::object::Node;
use kubehop_engine::names::{Family, ObjectName};
use kubehop_engine::trace::{Network, Origin};

use super::cloud;
use super::links::{BRIDGED, FORWARD, batch, cable, digit, digit_of, nodad, set, start};
use super::shell::run;

/// The router's namespace.
pub(crate) const ROUTER: &str = "kubehop-router";
/// The router's address on the cables to machines outside.
const CABLE: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 7, 1));
const CABLE_V6: IpAddr = IpAddr::V6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1));
/// The router's routes for what clients outside begin: none to the cluster's own ranges.
const CLIENTS: u32 = 7;

/// The namespaces of a cluster; they go with it.
pub(crate) struct Namespaces {
    nodes: BTreeMap<String, String>,
    pods: BTreeMap<ObjectName, String>,
    outside: BTreeMap<IpAddr, String>,
    /// The first nodes' neighbourhoods, one range a family.
    lans: Vec<IpNet>,
}

impl Drop for Namespaces {
    fn drop(&mut self) {
        for namespace in self.namespaces() {
            if let Err(error) = run(&format!("ip netns delete {namespace}"), "") {
                println!("{error}");
            }
        }
    }
}

impl Namespaces {
    /// Builds the network of a world, with these machines outside; those that begin connections are clients.
    pub(crate) fn build(
        world: &Network,
        machines: &BTreeSet<IpAddr>,
        clients: &BTreeSet<IpAddr>,
    ) -> Result<Namespaces, String> {
        let cluster = world.cluster();
        let numbered = |letter: char, number: usize| format!("kubehop-{letter}{number}");
        let nodes = cluster
            .nodes
            .keys()
            .enumerate()
            .map(|(number, name)| (name.to_string(), numbered('n', number)));
        let own = cluster
            .pods
            .values()
            .filter(|pod| !pod.spec.host_network && pod.addresses().next().is_some());
        let pods = own
            .enumerate()
            .map(|(number, pod)| (pod.id(), numbered('p', number)));
        let outside = machines
            .iter()
            .enumerate()
            .map(|(number, address)| (*address, numbered('o', number)));
        let network = Namespaces {
            nodes: nodes.collect(),
            pods: pods.collect(),
            outside: outside.collect(),
            lans: lans(cluster.nodes.values()),
        };
        network
            .namespaces()
            .try_for_each(|namespace| start(&namespace))?;
        network.router()?;
        cluster
            .nodes
            .values()
            .try_for_each(|node| network.node(world, node))?;
        network.pods(world)?;
        network.machines(world, clients)?;
        cloud::route_to_nodes(world)?;
        Ok(network)
    }

    /// The namespace of a node.
    pub(crate) fn node_namespace(&self, node: &str) -> Result<&str, String> {
        self.nodes
            .get(node)
            .map(String::as_str)
            .ok_or_else(|| format!("no node {node}"))
    }

    /// The namespace of a pod: on the host's network that of its node.
    pub(crate) fn pod_namespace(&self, world: &Network, name: &ObjectName) -> Result<&str, String> {
        let node = world
            .cluster()
            .pods
            .get(name)
            .map(|pod| pod.spec.node_name.as_str())
            .unwrap_or_default();
        self.pods
            .get(name)
            .or_else(|| self.nodes.get(node))
            .map(String::as_str)
            .ok_or_else(|| format!("no pod {name}"))
    }

    /// The namespace of a machine outside.
    pub(crate) fn machine_namespace(&self, address: IpAddr) -> Result<&str, String> {
        self.outside
            .get(&address)
            .map(String::as_str)
            .ok_or_else(|| format!("no machine {address}"))
    }

    /// The namespace connections of an origin begin in.
    pub(crate) fn namespace(&self, world: &Network, origin: &Origin) -> Result<&str, String> {
        match origin {
            Origin::Pod(name) => self.pod_namespace(world, name),
            Origin::Node(node) => self.node_namespace(node),
            Origin::Outside(address) => self.machine_namespace(*address),
        }
    }

    fn namespaces(&self) -> impl Iterator<Item = String> {
        let all = self
            .nodes
            .values()
            .chain(self.pods.values())
            .chain(self.outside.values());
        all.cloned()
            .chain([ROUTER.to_owned()])
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The router: the nodes' neighbourhood, and nowhere else to go.
    fn router(&self) -> Result<(), String> {
        let mut lines =
            "link add lan type bridge forward_delay 0 mcast_snooping 0\nlink set lan up\n"
                .to_owned();
        for lan in &self.lans {
            let _ = writeln!(
                lines,
                "addr add {}/{} dev lan{}",
                first(*lan),
                lan.prefix_len(),
                nodad(first(*lan))
            );
        }
        for family in [Family::V4, Family::V6] {
            let _ = writeln!(
                lines,
                "-{} route add blackhole default metric 9999",
                digit(family)
            );
        }
        set(
            ROUTER,
            &[
                FORWARD,
                &[
                    "net/ipv4/fib_multipath_hash_policy=1",
                    "net/ipv6/fib_multipath_hash_policy=1",
                ],
            ],
        )?;
        batch(ROUTER, &lines)
    }

    /// A node: its address, its pods' bridge, and routes to the other nodes' pods.
    fn node(&self, world: &Network, node: &Node) -> Result<(), String> {
        let namespace = self.node_namespace(node.name())?;
        set(namespace, &[FORWARD, BRIDGED])?;
        if world.cluster().config.proxy.mode == ProxyMode::Iptables {
            // kube-proxy sets it, for node ports on 127.0.0.1.
            set(namespace, &[&["net/ipv4/conf/all/route_localnet=1"]])?;
        }
        cable(
            namespace,
            ROUTER,
            &format!("up-{namespace}"),
            "master lan up",
        )?;
        let mut lines = String::new();
        for address in node.addresses() {
            let length = self
                .lan(address)
                .map_or_else(|| IpNet::from(address).prefix_len(), |lan| lan.prefix_len());
            let _ = writeln!(
                lines,
                "addr add {address}/{length} dev eth0{}",
                nodad(address)
            );
        }
        for lan in &self.lans {
            let _ = writeln!(
                lines,
                "-{} route add default via {}",
                digit_of(first(*lan)),
                first(*lan)
            );
        }
        lines += "link add cni0 type bridge forward_delay 0 mcast_snooping 0\nlink set cni0 up\n";
        for range in families().filter_map(|family| node.pod_cidr(family)) {
            let _ = writeln!(
                lines,
                "addr add {}/{} dev cni0{}",
                first(range),
                range.prefix_len(),
                nodad(first(range))
            );
        }
        for other in world
            .cluster()
            .nodes
            .values()
            .filter(|other| other.name() != node.name())
        {
            lines += &routes_to_pods(other);
        }
        batch(namespace, &lines)?;
        let kernel = world.kernel(node.name(), Family::V4);
        if kernel.is_some_and(|kernel| kernel.rules_beside().is_some()) {
            // portmap sets it on the interface of pods with a `hostPort`, for calls of 127.0.0.1.
            set(namespace, &[&["net/ipv4/conf/cni0/route_localnet=1"]])?;
        }
        batch(ROUTER, &routes_to_pods(node))
    }

    /// Pods, each on a cable to its node's bridge.
    fn pods(&self, world: &Network) -> Result<(), String> {
        for (name, namespace) in &self.pods {
            let Some(pod) = world.cluster().pods.get(name) else {
                continue;
            };
            let Some(node) = world.cluster().nodes.get(&pod.spec.node_name) else {
                continue;
            };
            let veth = format!("v-{namespace}");
            cable(
                namespace,
                self.node_namespace(node.name())?,
                &veth,
                "master cni0 up",
            )?;
            batch(
                self.node_namespace(node.name())?,
                &format!("link set {veth} type bridge_slave hairpin on"),
            )?;
            let mut lines = String::new();
            for address in pod.addresses() {
                let Some(range) = node.pod_cidr(Family::of(address)) else {
                    continue;
                };
                let _ = writeln!(
                    lines,
                    "addr add {address}/{} dev eth0{}",
                    range.prefix_len(),
                    nodad(address)
                );
                let _ = writeln!(
                    lines,
                    "-{} route add default via {}",
                    digit_of(address),
                    first(range)
                );
            }
            batch(namespace, &lines)?;
        }
        Ok(())
    }

    /// Machines outside; one with an address of the nodes' network is in that network.
    fn machines(&self, world: &Network, clients: &BTreeSet<IpAddr>) -> Result<(), String> {
        for (&address, namespace) in &self.outside {
            let digit = digit_of(address);
            if let Some(lan) = self.lan(address) {
                cable(
                    namespace,
                    ROUTER,
                    &format!("up-{namespace}"),
                    "master lan up",
                )?;
                let own = format!(
                    "addr add {address}/{} dev eth0{}\n",
                    lan.prefix_len(),
                    nodad(address)
                );
                batch(
                    namespace,
                    &format!("{own}-{digit} route add default via {}\n", first(lan)),
                )?;
                continue;
            }
            let up = format!("up-{namespace}");
            cable(namespace, ROUTER, &up, "up")?;
            let (own, router) = (
                IpNet::from(address),
                if address.is_ipv4() { CABLE } else { CABLE_V6 },
            );
            let route = format!("-{digit} route add default via {router} dev eth0 onlink\n");
            batch(
                namespace,
                &format!("addr add {own} dev eth0{}\n{route}", nodad(address)),
            )?;
            let length = if address.is_ipv4() { 32 } else { 64 };
            let there = format!("addr add {router}/{length} dev {up}{}\n", nodad(address));
            batch(
                ROUTER,
                &format!("{there}-{digit} route add {own} dev {up}\n"),
            )?;
            if clients.contains(&address) {
                batch(ROUTER, &unknown_to(world, own))?;
            }
        }
        Ok(())
    }

    /// The neighbourhood an address is in.
    fn lan(&self, address: IpAddr) -> Option<IpNet> {
        self.lans.iter().copied().find(|lan| lan.contains(&address))
    }
}

/// The neighbourhoods of nodes: the /24 of the first one's address, the /64 of IPv6.
fn lans<'a>(mut nodes: impl Iterator<Item = &'a Node>) -> Vec<IpNet> {
    let Some(node) = nodes.next() else {
        return Vec::new();
    };
    let own = families().filter_map(|family| node.address(family));
    own.filter_map(|address| IpNet::new(address, if address.is_ipv4() { 24 } else { 64 }).ok())
        .map(|range| range.trunc())
        .collect()
}

fn families() -> impl Iterator<Item = Family> {
    [Family::V4, Family::V6].into_iter()
}

fn routes_to_pods(node: &Node) -> String {
    let ranges =
        families().filter_map(|family| Some((node.pod_cidr(family)?, node.address(family)?)));
    ranges
        .map(|(range, address)| format!("-{} route add {range} via {address}\n", digit_of(address)))
        .collect()
}

/// What a client outside sends to the cluster's own ranges goes nowhere.
fn unknown_to(world: &Network, client: IpNet) -> String {
    let config = &world.cluster().config;
    let ranges = config.pod_cidrs.iter().chain(&config.service_cidrs);
    let family = Family::of(client.addr());
    let mut lines = format!(
        "-{} rule add from {client} lookup {CLIENTS} priority 100\n",
        digit(family)
    );
    for range in ranges.filter(|range| Family::of(range.addr()) == family) {
        let _ = writeln!(
            lines,
            "-{} route replace blackhole {range} table {CLIENTS}",
            digit(family)
        );
    }
    lines
}

/// The first address of a range for machines: a gateway's.
pub(crate) fn first(range: IpNet) -> IpAddr {
    range
        .hosts()
        .find(|&address| address != range.network())
        .unwrap_or_else(|| range.addr())
}
