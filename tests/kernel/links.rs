//! Namespaces, the cables between them and their kernel settings, as commands of `ip`.

use std::fmt::Write;
use std::net::IpAddr;

use kubehop_engine::names::Family;

use super::shell::{run, run_in};

/// Makes a namespace with its loopback up.
pub(crate) fn start(namespace: &str) -> Result<(), String> {
    run(&format!("ip netns add {namespace}"), "")?;
    set(namespace, &[EVERYWHERE])?;
    batch(namespace, "link set lo up\n")
}

/// A cable from a namespace's `eth0` to another namespace, where it is called `far`.
pub(crate) fn cable(namespace: &str, to: &str, far: &str, then: &str) -> Result<(), String> {
    batch(
        to,
        &format!(
            "link add {far} type veth peer name eth0 netns {namespace}\nlink set {far} {then}\n"
        ),
    )?;
    batch(namespace, "link set eth0 up\n")
}

pub(crate) fn set(namespace: &str, groups: &[&[&str]]) -> Result<(), String> {
    let script: String = groups
        .iter()
        .copied()
        .flatten()
        .filter_map(|setting| setting.split_once('='))
        .map(|(key, value)| format!("echo {value} > /proc/sys/{key}\n"))
        .collect();
    run_in(namespace, "sh -e", &script).map(drop)
}

pub(crate) fn batch(namespace: &str, lines: &str) -> Result<(), String> {
    // A batch has no family for a single line: each family's lines make a separate batch, in order.
    let mut rest = lines.lines().filter(|line| !line.is_empty()).peekable();
    while let Some(line) = rest.next() {
        let family = flag(line);
        let mut group = format!("{}\n", line.trim_start_matches(family));
        while let Some(line) = rest.next_if(|line| flag(line) == family) {
            let _ = writeln!(group, "{}", line.trim_start_matches(family));
        }
        run(&format!("ip -n {namespace} {family} -batch -"), &group)
            .map_err(|error| format!("{error}\n{group}"))?;
    }
    Ok(())
}

fn flag(line: &str) -> &'static str {
    ["-4", "-6"]
        .into_iter()
        .find(|flag| line.starts_with(flag))
        .unwrap_or_default()
}

pub(crate) fn digit(family: Family) -> u8 {
    match family {
        Family::V4 => 4,
        Family::V6 => 6,
    }
}

pub(crate) fn digit_of(address: IpAddr) -> u8 {
    digit(Family::of(address))
}

/// IPv6 would wait a second to see whether anyone else has the address.
pub(crate) fn nodad(address: IpAddr) -> &'static str {
    if address.is_ipv4() { "" } else { " nodad" }
}

/// What a machine that passes packets on is set to.
pub(crate) const FORWARD: &[&str] = &[
    "net/ipv4/ip_forward=1",
    "net/ipv6/conf/all/forwarding=1",
    "net/ipv4/conf/all/rp_filter=0",
    "net/ipv4/conf/default/rp_filter=0",
];

/// What every machine is set to. Every refusal is answered: of the kinds of ICMP messages none is among those that have
/// a limit (of IPv6, echo replies alone, 129). And an IPv6 address of a cable is used without asking first whether a
/// neighbour has it.
const EVERYWHERE: &[&str] = &[
    "net/ipv4/icmp_ratemask=0",
    "net/ipv6/icmp/ratemask=129",
    "net/ipv6/conf/all/accept_dad=0",
    "net/ipv6/conf/default/accept_dad=0",
    "net/ipv6/conf/default/dad_transmits=0",
];

/// What kubeadm asks of a node: packets between pods of one bridge are shown to iptables, or replies would not be
/// translated back.
pub(crate) const BRIDGED: &[&str] = &[
    "net/bridge/bridge-nf-call-iptables=1",
    "net/bridge/bridge-nf-call-ip6tables=1",
];
