//! NetworkPolicies as rules of nftables at the pods' side of each node, written from what the engine decides about a pod
//! and a peer: one rule for each allowed peer and port, then a drop.
//!
//! Where the rules are is the kernel's own matter, and what the traces are held against: in FORWARD behind kube-proxy's
//! rules, so after DNAT and before masquerading. What a pod sends to its own node is asked in INPUT, and what a node
//! sends to its own pods is not asked: as Calico does, which is the plugin of these scenarios.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::net::{IpAddr, SocketAddr};

use kubehop_engine::cluster::object::{Node, Pod, TargetPort};
use kubehop_engine::names::{Family, PolicyType, Protocol};
use kubehop_engine::policy::{Peer, Port, Ruling};
use kubehop_engine::trace::Network;

use super::shell::run_in;

/// Loads the policies of a node's pods into its namespace.
pub(crate) fn load(
    world: &Network,
    node: &str,
    namespace: &str,
    machines: &BTreeSet<IpAddr>,
) -> Result<(), String> {
    if world.policies().is_empty() {
        return Ok(());
    }
    run_in(namespace, "nft -f -", &table(world, node, machines)).map(drop)
}

fn table(world: &Network, node: &str, machines: &BTreeSet<IpAddr>) -> String {
    let egress = rules(world, node, machines, PolicyType::Egress);
    let ingress = rules(world, node, machines, PolicyType::Ingress);
    let chain = |name: &str, hook: &str, priority: u8, rules: &str| {
        format!(
            " chain {name} {{\n  type filter hook {hook} priority {priority}; policy accept;\n  ct state established,related accept\n{rules} }}\n"
        )
    };
    // Accepting ends one chain only: the backend's half is asked after the client's.
    format!(
        "table inet kubehop-policies {{\n{}{}{}}}\n",
        chain("egress", "forward", 10, &egress),
        chain("ingress", "forward", 11, &ingress),
        chain("to-node", "input", 10, &egress),
    )
}

/// The rules of one half, for the isolated pods of a node.
fn rules(
    world: &Network,
    node: &str,
    machines: &BTreeSet<IpAddr>,
    direction: PolicyType,
) -> String {
    let addresses = addresses(world, machines);
    let ports = ports(world);
    let pods = world.cluster().each_pod().filter(|pod| {
        pod.spec.node_name == node
            && !pod.spec.host_network
            && world.policies().isolates(direction, pod)
    });
    let mut rules = String::new();
    for pod in pods {
        for own in pod.addresses() {
            let same_family = |other: &&IpAddr| Family::of(**other) == Family::of(own);
            for peer in addresses.iter().filter(same_family) {
                for port in &ports {
                    if passes(world, direction, pod, *peer, *port) {
                        let ends = ends(direction, own, Some(*peer));
                        let (protocol, number) = (port.protocol.lower(), port.number);
                        let _ = writeln!(rules, "  {ends} {protocol} dport {number} accept");
                    }
                }
            }
            let ends = ends(direction, own, None);
            let _ = writeln!(rules, "  {ends} meta l4proto {{ tcp, udp, sctp }} drop");
        }
    }
    rules
}

/// Whether the plugin lets a connection pass, by the decision alone.
fn passes(world: &Network, direction: PolicyType, pod: &Pod, address: IpAddr, port: Port) -> bool {
    let at = SocketAddr::new(address, port.number);
    let peer = Peer {
        address,
        owner: world.owner(at, port.protocol),
    };
    let decision = world.policies().decide(direction, pod, &peer, port);
    match decision.ruling(world.cluster().config.plugin) {
        Ruling::Pass | Ruling::PassUnless(_) => true,
        Ruling::DropUnless(_) | Ruling::Drop | Ruling::Reject => false,
    }
}

/// What a rule compares: the pod's address, and that of the other end.
fn ends(direction: PolicyType, own: IpAddr, peer: Option<IpAddr>) -> String {
    let family = match Family::of(own) {
        Family::V4 => "ip",
        Family::V6 => "ip6",
    };
    let (mine, other) = match direction {
        PolicyType::Egress => ("saddr", "daddr"),
        PolicyType::Ingress => ("daddr", "saddr"),
    };
    let peer = peer.map(|peer| format!(" {family} {other} {peer}"));
    format!("{family} {mine} {own}{}", peer.unwrap_or_default())
}

/// Every address that a packet of a scenario can have at a pod.
fn addresses(world: &Network, machines: &BTreeSet<IpAddr>) -> BTreeSet<IpAddr> {
    let cluster = world.cluster();
    let mut addresses = machines.clone();
    addresses.extend(cluster.each_pod().flat_map(Pod::addresses));
    addresses.extend(cluster.nodes.values().flat_map(Node::addresses));
    let families = [Family::V4, Family::V6];
    let bridges = |node: &Node| families.map(|family| node.bridge_address(family));
    addresses.extend(cluster.nodes.values().flat_map(bridges).flatten());
    for service in cluster.services.values() {
        addresses.extend(service.addresses());
        addresses.extend(service.load_balancer_vips());
    }
    addresses
}

/// Every port that a container, a Service or a node has.
fn ports(world: &Network) -> Vec<Port> {
    let cluster = world.cluster();
    let mut numbers: BTreeSet<(Protocol, u16)> = BTreeSet::new();
    for pod in cluster.each_pod() {
        let declared = pod
            .serving_containers()
            .flat_map(|container| &container.ports);
        numbers.extend(declared.map(|port| (port.protocol, port.container_port)));
    }
    for port in cluster
        .services
        .values()
        .flat_map(|service| &service.spec.ports)
    {
        let target = match &port.target_port {
            TargetPort::Number(number) => *number,
            TargetPort::Name(_) => 0,
        };
        let own = [port.port, port.node_port, target]
            .into_iter()
            .filter(|number| *number > 0);
        numbers.extend(own.map(|number| (port.protocol, number)));
    }
    let port = |(protocol, number)| Port { protocol, number };
    numbers.into_iter().map(port).collect()
}
