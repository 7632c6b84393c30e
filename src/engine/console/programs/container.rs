//! What programs print of a container and its network: `env`, `cat`, `hostname`, `ip`.

use std::net::IpAddr;

use super::super::{Call, Output, Site};
use crate::cluster::object::{Container, Pod};
use crate::dns::environment::{self, Variable};
use crate::dns::hosts;
use crate::dns::resolv_conf::{Kubelet, OUTSIDE_RESOLVER, ResolvConf};
use crate::names::Family;

/// The variables of a process: the container runtime sets `HOSTNAME` before those of kubelet (containerd
/// `internal/cri/server/container_create_linux.go`).
fn variables(call: &Call<'_>, (pod, container): (&Pod, &Container)) -> Vec<Variable> {
    let mut variables = environment::of_container(&call.shell.network.resolved, pod, container);
    if !variables.iter().any(|own| own.name == "HOSTNAME") {
        variables.insert(0, Variable::new("HOSTNAME".to_owned(), host_name(pod)));
    }
    variables
}

/// The container that a program runs in.
fn container<'a>(call: &Call<'a>) -> Option<(&'a Pod, &'a Container)> {
    match call.site {
        Site::Pod(pod, container) => Some((pod, container)),
        Site::Outside | Site::Node(_) => None,
    }
}

/// `env`.
pub(super) fn env(call: &Call<'_>) -> Output {
    let lines = container(call)
        .map(|own| variables(call, own))
        .unwrap_or_default();
    Output::answer(
        lines
            .iter()
            .map(|variable| format!("{variable}\n"))
            .collect(),
    )
}

/// `printenv [NAME]`; a variable that is not set is exit code 1.
pub(super) fn printenv(call: &Call<'_>) -> Output {
    let Some(name) = call.arguments.first() else {
        return env(call);
    };
    let lines = container(call)
        .map(|own| variables(call, own))
        .unwrap_or_default();
    match lines.iter().find(|variable| variable.name == *name) {
        Some(variable) => Output::answer(format!("{}\n", variable.value)),
        None => Output {
            status: 1,
            ..Output::default()
        },
    }
}

/// `cat FILE` for the files that are known, and `cat` behind a pipe.
pub(super) fn cat(call: &Call<'_>) -> Output {
    let pod = container(call).map(|(pod, _)| pod);
    match (call.arguments, call.input) {
        ([], Some(input)) => Output::answer(input.to_owned()),
        ([file], _) if file == "/etc/resolv.conf" => {
            Output::answer(resolv_conf(call, pod).to_string())
        }
        ([file], _) if file == "/etc/hosts" => {
            Output::answer(hosts::file(pod, call.shell.network.cluster()))
        }
        ([file], _) if file == "/etc/hostname" => hostname(call),
        ([file, ..], _) => Output::error(1, &format!("cat: {file}: No such file or directory")),
        ([], None) => Output::error(1, "cat: nothing comes through a pipe, and no file is named"),
    }
}

/// The resolver's file at the site of a program.
pub(super) fn resolv_conf(call: &Call<'_>, pod: Option<&Pod>) -> ResolvConf {
    match pod {
        Some(pod) => Kubelet::of(call.shell.network.cluster()).resolv_conf(pod),
        None => ResolvConf {
            nameservers: vec![OUTSIDE_RESOLVER.to_string()],
            ..ResolvConf::default()
        },
    }
}

/// `hostname`.
pub(super) fn hostname(call: &Call<'_>) -> Output {
    let name = match call.site {
        Site::Pod(pod, _) => host_name(pod),
        Site::Node(node) => node,
        Site::Outside => "",
    };
    Output::answer(format!("{name}\n"))
}

/// The host name of a pod's containers: its node's if it has the node's network.
fn host_name(pod: &Pod) -> &str {
    if pod.spec.host_network {
        &pod.spec.node_name
    } else {
        hosts::own_name(pod)
    }
}

/// `ip addr` and `ip route` of a pod on a bridge, as the CNI plugins bridge and host-local set it up.
pub(super) fn ip(call: &Call<'_>) -> Output {
    let Some((pod, _)) = container(call) else {
        return Output::default();
    };
    if pod.spec.host_network {
        return Output::error(
            1,
            "ip: the pod has its node's network, whose interfaces kubehop does not know",
        );
    }
    let words: Vec<&str> = call.arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["a" | "addr" | "address"] | ["addr" | "a", "show"] => {
            Output::answer(interfaces(call, pod))
        }
        ["r" | "route"] | ["route" | "r", "show"] => Output::answer(routes(call, pod)),
        _ => Output::error(255, "ip: here are ip addr and ip route"),
    }
}

/// The pod's address with the range of its node.
fn with_range(call: &Call<'_>, pod: &Pod, address: IpAddr) -> Option<(ipnet::IpNet, IpAddr)> {
    let node = call
        .shell
        .network
        .cluster()
        .nodes
        .get(&pod.spec.node_name)?;
    let range = node
        .spec
        .pod_cidrs
        .iter()
        .find(|range| range.contains(&address))?;
    Some((*range, node.bridge_address(Family::of(address))?))
}

fn interfaces(call: &Call<'_>, pod: &Pod) -> String {
    let mut text = "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n    \
                    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       \
                    valid_lft forever preferred_lft forever\n2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc \
                    noqueue state UP group default qlen 1000\n"
        .to_owned();
    for address in pod.addresses() {
        let Some((range, _)) = with_range(call, pod, address) else {
            continue;
        };
        let length = range.prefix_len();
        match range {
            ipnet::IpNet::V4(range) => {
                let broadcast = range.broadcast();
                text += &format!("    inet {address}/{length} brd {broadcast} scope global eth0\n");
            }
            ipnet::IpNet::V6(_) => text += &format!("    inet6 {address}/{length} scope global\n"),
        }
        text += "       valid_lft forever preferred_lft forever\n";
    }
    text
}

fn routes(call: &Call<'_>, pod: &Pod) -> String {
    let mut text = String::new();
    for address in pod.addresses().filter(IpAddr::is_ipv4) {
        if let Some((range, gateway)) = with_range(call, pod, address) {
            text += &format!(
                "default via {gateway} dev eth0 \n{range} dev eth0 proto kernel scope link src {address} \n"
            );
        }
    }
    text
}
