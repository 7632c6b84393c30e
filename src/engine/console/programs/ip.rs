//! `ip addr` and `ip route` (iproute2), in a pod and on a node.
//!
//! A pod hangs on its node's bridge, as the CNI plugins `bridge` and `host-local` set it up, and nodes reach the pods of
//! others by routes. Of the network between the nodes only their addresses are known: its prefix length and the default
//! route are left out.

use std::net::IpAddr;

use ipnet::IpNet;

use super::super::{Call, Output, Site};
use crate::cluster::object::{Node, Pod};
use crate::names::Family;
use crate::netfilter::{UPLINK, pod_interface};
use crate::ruleset::ipvs::DUMMY;

const FAMILIES: [Family; 2] = [Family::V4, Family::V6];

/// What is left out of a node's answer.
const NOT_KNOWN: &str = "kubehop: of the network between nodes only addresses are known: prefix lengths, hardware \
                         addresses, the default route and the pods' ends of their interfaces are left out\n";

/// An interface with its addresses.
struct Interface {
    name: String,
    /// What `ip` prints behind its name.
    flags: &'static str,
    /// Its state as `-br` prints it.
    state: &'static str,
    addresses: Vec<Address>,
}

/// An address of an interface, and the range of its network if that is known.
struct Address {
    address: IpAddr,
    range: Option<IpNet>,
}

const LOOPBACK: &str =
    "<LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000";
const VETH: &str =
    "<BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000";
const DOWN: &str = "<BROADCAST,NOARP> mtu 1500 qdisc noop state DOWN group default";

/// `ip [-4] [-6] [-br] addr` and `ip route`.
pub(super) fn ip(call: &Call<'_>) -> Output {
    let (options, words): (Vec<&str>, Vec<&str>) = call
        .arguments
        .iter()
        .map(String::as_str)
        .partition(|word| word.starts_with('-'));
    let is_brief = options.iter().any(|word| matches!(*word, "-br" | "-brief"));
    let families: &[Family] = match (options.contains(&"-4"), options.contains(&"-6")) {
        (true, false) => &[Family::V4],
        (false, true) => &[Family::V6],
        _ => &FAMILIES,
    };
    let known = |word: &&str| matches!(*word, "-4" | "-6" | "-br" | "-brief");
    if !options.iter().all(known) {
        return usage();
    }
    let Some(node) = node(call) else {
        return Output::default();
    };
    let pod = own_pod(call);
    let note = if pod.is_some() { "" } else { NOT_KNOWN };
    match words.as_slice() {
        ["a" | "addr" | "address"] | ["a" | "addr" | "address", "show" | "list"] => {
            let mut all = interfaces(call, node, pod);
            for own in &mut all {
                own.addresses
                    .retain(|own| families.contains(&Family::of(own.address)));
            }
            Output::noted(note.to_owned(), printed(&all, is_brief))
        }
        ["r" | "route"] | ["r" | "route", "show" | "list"] => {
            // `ip route` alone is about IPv4.
            let family = match families {
                [Family::V6] => Family::V6,
                _ => Family::V4,
            };
            let routes = match pod {
                Some(pod) => routes_of_pod(node, pod, family),
                None => routes_of_node(call, node, family),
            };
            Output::noted(note.to_owned(), routes)
        }
        _ => usage(),
    }
}

/// `hostname -I`: every address but those of the loopback and of links.
pub(super) fn own_addresses(call: &Call<'_>) -> Output {
    let Some(node) = node(call) else {
        return Output::default();
    };
    let all = interfaces(call, node, own_pod(call)).into_iter();
    let shown = all.filter(|own| own.name != "lo" && own.state != "DOWN");
    let addresses = shown.flat_map(|own| own.addresses);
    let text: String = addresses.map(|own| format!("{} ", own.address)).collect();
    Output::answer(text + "\n")
}

fn usage() -> Output {
    Output::error(255, "ip: here are ip [-4] [-6] [-br] addr and ip route")
}

/// The node of the program.
fn node<'a>(call: &Call<'a>) -> Option<&'a Node> {
    let name = match call.site {
        Site::Node(name) => name,
        Site::Pod(pod, _) => &pod.spec.node_name,
        Site::Outside => return None,
    };
    call.shell.network.cluster().nodes.get(name)
}

/// The pod of the program, unless it has its node's network.
fn own_pod<'a>(call: &Call<'a>) -> Option<&'a Pod> {
    match call.site {
        Site::Pod(pod, _) if !pod.spec.host_network => Some(pod),
        Site::Pod(..) | Site::Node(_) | Site::Outside => None,
    }
}

fn interfaces(call: &Call<'_>, node: &Node, pod: Option<&Pod>) -> Vec<Interface> {
    let loopback = Interface {
        name: "lo".to_owned(),
        flags: LOOPBACK,
        state: "UNKNOWN",
        addresses: vec![in_range("127.0.0.1/8".parse::<IpNet>().ok())],
    };
    let uplink = |addresses| Interface {
        name: UPLINK.to_owned(),
        flags: VETH,
        state: "UP",
        addresses,
    };
    let Some(pod) = pod else {
        let alone = |address| Address {
            address,
            range: None,
        };
        let own = uplink(node.addresses().map(alone).collect());
        return [loopback, own]
            .into_iter()
            .chain(bridge(call, node))
            .chain(dummy(call, node))
            .collect();
    };
    let addresses = pod.addresses().map(|address| Address {
        address,
        range: node.pod_cidr(Family::of(address)),
    });
    vec![loopback, uplink(addresses.collect())]
}

fn in_range(range: Option<IpNet>) -> Address {
    let address = range.map_or(IpAddr::from([127, 0, 0, 1]), |range| range.addr());
    Address { address, range }
}

/// The bridge of the node's pods.
fn bridge(call: &Call<'_>, node: &Node) -> Option<Interface> {
    let addresses = FAMILIES.iter().filter_map(|&family| {
        Some(Address {
            address: node.bridge_address(family)?,
            range: node.pod_cidr(family),
        })
    });
    let addresses: Vec<Address> = addresses.collect();
    (!addresses.is_empty()).then(|| Interface {
        name: bridge_name(call),
        flags: VETH,
        state: "UP",
        addresses,
    })
}

fn bridge_name(call: &Call<'_>) -> String {
    pod_interface(&call.shell.network.cluster().config.proxy)
}

/// The dummy interface that has the addresses of Services in IPVS mode; it is never up.
fn dummy(call: &Call<'_>, node: &Node) -> Option<Interface> {
    let kernels = FAMILIES.map(|family| call.shell.network.kernel(node.name(), family));
    let rules = kernels.into_iter().flatten().filter_map(|own| own.ipvs());
    let bound: Vec<Address> = rules
        .flat_map(|rules| &rules.bound)
        .map(|&address| Address {
            address,
            range: Some(IpNet::from(address)),
        })
        .collect();
    (!bound.is_empty()).then(|| Interface {
        name: DUMMY.to_owned(),
        flags: DOWN,
        state: "DOWN",
        addresses: bound,
    })
}

fn printed(all: &[Interface], is_brief: bool) -> String {
    if is_brief {
        let row = |own: &Interface| {
            let addresses: String = own
                .addresses
                .iter()
                .map(|it| format!("{} ", it.net()))
                .collect();
            format!("{:<16} {:<14} {addresses}\n", own.name, own.state)
        };
        return all.iter().map(row).collect();
    }
    let mut text = String::new();
    for (index, own) in (1..).zip(all) {
        text += &format!("{index}: {}: {}\n", own.name, own.flags);
        if own.name == "lo" {
            text += "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n";
        }
        for address in &own.addresses {
            text += &address.line(&own.name);
        }
    }
    text
}

impl Address {
    /// `10.244.0.5/24`; without the length if that is not known.
    fn net(&self) -> String {
        match self.range {
            Some(range) => format!("{}/{}", self.address, range.prefix_len()),
            None => self.address.to_string(),
        }
    }

    fn line(&self, interface: &str) -> String {
        let net = self.net();
        let scope = if self.address.is_loopback() {
            "host"
        } else {
            "global"
        };
        let line = match (self.address, self.range) {
            (IpAddr::V6(_), _) => format!("inet6 {net} scope {scope}"),
            (IpAddr::V4(_), Some(range)) if scope == "global" && range.prefix_len() < 31 => {
                format!(
                    "inet {net} brd {} scope global {interface}",
                    range.broadcast()
                )
            }
            (IpAddr::V4(_), _) => format!("inet {net} scope {scope} {interface}"),
        };
        format!("    {line}\n       valid_lft forever preferred_lft forever\n")
    }
}

fn routes_of_pod(node: &Node, pod: &Pod, family: Family) -> String {
    let mut own = pod
        .addresses()
        .filter(|&address| Family::of(address) == family);
    let found = own
        .next()
        .zip(node.pod_cidr(family))
        .zip(node.bridge_address(family));
    found.map_or(String::new(), |((address, range), gateway)| match family {
        Family::V4 => format!(
            "default via {gateway} dev eth0 \n{range} dev eth0 proto kernel scope link src {address} \n"
        ),
        Family::V6 => format!(
            "{range} dev eth0 proto kernel metric 256 pref medium\ndefault via {gateway} dev eth0 metric 1024 pref medium\n"
        ),
    })
}

/// The routes to pods: its own by the bridge, those of other nodes by the nodes.
fn routes_of_node(call: &Call<'_>, node: &Node, family: Family) -> String {
    let bridge = bridge_name(call);
    let route = |other: &Node| {
        let range = other.pod_cidr(family)?;
        let line = if other.name() == node.name() {
            let source = node.bridge_address(family)?;
            match family {
                Family::V4 => {
                    format!("{range} dev {bridge} proto kernel scope link src {source} \n")
                }
                Family::V6 => {
                    format!("{range} dev {bridge} proto kernel metric 256 pref medium\n")
                }
            }
        } else {
            let gateway = other.address(family)?;
            let end = match family {
                Family::V4 => "",
                Family::V6 => "metric 1024 pref medium",
            };
            format!("{range} via {gateway} dev {UPLINK} {end}\n")
        };
        Some((range, line))
    };
    let nodes = call.shell.network.cluster().nodes.values();
    let mut routes: Vec<(IpNet, String)> = nodes.filter_map(route).collect();
    crate::sort::sort_by_key(&mut routes, |(range, _)| *range);
    routes.into_iter().map(|(_, line)| line).collect()
}
