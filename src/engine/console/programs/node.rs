//! What programs print on a node: its rules, its connection table, its sockets.

use super::super::{Call, Output, Site};
use crate::cluster::config::ProxyMode;
use crate::cluster::object::Pod;
use crate::names::{Family, Protocol};
use crate::netfilter::{Connection, Kernel};
use crate::ruleset::ipvs::{IpvsRules, text as ipvs_text};
use crate::ruleset::listing::listing;
use crate::ruleset::text::{Form, lines};
use crate::ruleset::{PrintedLine, Rules, Ruleset, TableName};

fn kernel<'a>(call: &Call<'a>, family: Family) -> Option<&'a Kernel> {
    match call.site {
        Site::Node(node) => call.shell.network.kernel(node, family),
        Site::Outside | Site::Pod(..) => None,
    }
}

/// The rules of iptables: kube-proxy's in the modes iptables and IPVS, or those beside its own in the mode nftables.
fn iptables<'a>(call: &Call<'a>, family: Family) -> Option<&'a Ruleset> {
    let kernel = kernel(call, family)?;
    match kernel.rules() {
        Rules::Iptables(rules) | Rules::Ipvs(IpvsRules { ruleset: rules, .. }) => Some(rules),
        Rules::Nftables(_) => kernel.rules_beside(),
    }
}

/// `iptables-save [-t TABLE]`.
pub(super) fn iptables_save(call: &Call<'_>) -> Output {
    save(call, Family::V4)
}

/// `ip6tables-save [-t TABLE]`.
pub(super) fn ip6tables_save(call: &Call<'_>) -> Output {
    save(call, Family::V6)
}

fn save(call: &Call<'_>, family: Family) -> Output {
    let tables: &[TableName] = match call.arguments {
        [] => &[TableName::Filter, TableName::Nat],
        [option, table] if option == "-t" && table == "nat" => &[TableName::Nat],
        [option, table] if option == "-t" && table == "filter" => &[TableName::Filter],
        [option, table] if option == "-t" => {
            return Output::error(
                1,
                &format!("iptables-save: the table {table} has no rules that kubehop knows"),
            );
        }
        _ => return Output::error(1, "iptables-save: here is iptables-save [-t TABLE]"),
    };
    let rules = iptables(call, family);
    let text = |table: &TableName| {
        rules.map_or(String::new(), |rules| {
            PrintedLine::join(&lines(rules, *table, Form::Save))
        })
    };
    Output::noted(
        other_mode(call, ProxyMode::Iptables),
        tables.iter().map(text).collect(),
    )
}

/// `iptables [-t TABLE] -L [CHAIN] -n`.
pub(super) fn iptables_list(call: &Call<'_>) -> Output {
    const USAGE: &str = "iptables: here is iptables [-t TABLE] -L [CHAIN] -n";
    let (mut table, mut chain) = (TableName::Filter, None);
    let (mut lists, mut is_numeric) = (false, false);
    let mut words = call.arguments.iter().map(String::as_str);
    while let Some(word) = words.next() {
        match word {
            "-t" => match words.next() {
                Some("nat") => table = TableName::Nat,
                Some("filter") => {}
                _ => return Output::error(3, USAGE),
            },
            "-L" | "--list" => lists = true,
            "-n" | "--numeric" => is_numeric = true,
            "-nL" | "-Ln" => (lists, is_numeric) = (true, true),
            name if lists && !name.starts_with('-') => chain = Some(name),
            _ => return Output::error(2, USAGE),
        }
    }
    if !lists || !is_numeric {
        return Output::error(2, USAGE);
    }
    let note = other_mode(call, ProxyMode::Iptables);
    let Some(rules) = iptables(call, Family::V4) else {
        return Output::noted(note, String::new());
    };
    match listing(rules, table, chain) {
        Some(stdout) => Output::noted(note, stdout),
        None => Output::error(1, "iptables: No chain/target/match by that name."),
    }
}

/// Says that kube-proxy writes its rules elsewhere.
fn other_mode(call: &Call<'_>, wanted: ProxyMode) -> String {
    match (call.shell.network.cluster().config.proxy.mode, wanted) {
        (ProxyMode::Nftables, ProxyMode::Iptables) => {
            "kubehop: kube-proxy runs in the mode nftables: nft list ruleset\n".to_owned()
        }
        (ProxyMode::Iptables, ProxyMode::Nftables | ProxyMode::Ipvs) => {
            "kubehop: kube-proxy runs in the mode iptables: iptables-save\n".to_owned()
        }
        (ProxyMode::Nftables, ProxyMode::Ipvs) => {
            "kubehop: kube-proxy runs in the mode nftables: nft list ruleset\n".to_owned()
        }
        (ProxyMode::Ipvs, ProxyMode::Nftables) => {
            "kubehop: kube-proxy runs in the mode ipvs: ipvsadm -Ln\n".to_owned()
        }
        _ => String::new(),
    }
}

/// `nft list ruleset`, `nft list table ip kube-proxy`, `nft list chain ip kube-proxy CHAIN`.
pub(super) fn nft(call: &Call<'_>) -> Output {
    let words: Vec<&str> = call.arguments.iter().map(String::as_str).collect();
    let families: &[Family] = match words.as_slice() {
        ["list", "ruleset"] => &[Family::V4, Family::V6],
        ["list", "table", "ip", "kube-proxy"] => &[Family::V4],
        ["list", "table", "ip6", "kube-proxy"] => &[Family::V6],
        ["list", "chain" | "map" | "set", "ip", "kube-proxy", _] => &[Family::V4],
        ["list", "chain" | "map" | "set", "ip6", "kube-proxy", _] => &[Family::V6],
        _ => {
            return Output::error(
                1,
                "nft: here are nft list ruleset, nft list table ip kube-proxy, and nft list chain, map or set ip \
                 kube-proxy NAME",
            );
        }
    };
    let note = other_mode(call, ProxyMode::Nftables);
    let table = |family| match kernel(call, family).map(Kernel::rules) {
        Some(rules @ Rules::Nftables(_)) => rules.text(),
        Some(Rules::Iptables(_) | Rules::Ipvs(_)) | None => String::new(),
    };
    let text: String = families.iter().map(|family| table(*family)).collect();
    match words.as_slice() {
        ["list", kind, _, _, name] => match part_of(&text, kind, name) {
            Some(part) => Output::noted(note, part),
            None => Output::error(1, &format!("{note}Error: No such file or directory")),
        },
        _ => Output::noted(note, text),
    }
}

/// A chain, map or set of a table's text, within the table, as `nft list chain` prints it.
fn part_of(text: &str, kind: &str, name: &str) -> Option<String> {
    let head = format!("\t{kind} {name} {{");
    let mut lines = text.lines();
    let table = lines.next()?;
    let mut part = format!("{table}\n{}\n", lines.find(|line| *line == head)?);
    for line in lines {
        part += &format!("{line}\n");
        if line == "\t}" {
            break;
        }
    }
    Some(format!("{part}}}\n"))
}

/// What a node has in IPVS mode, of both families.
fn ipvs<'a>(call: &Call<'a>) -> impl Iterator<Item = &'a IpvsRules> {
    let families = [Family::V4, Family::V6].map(|family| kernel(call, family));
    families.into_iter().flatten().filter_map(Kernel::ipvs)
}

/// `ipvsadm -Ln`: the virtual servers with their real servers and the connections that are open.
pub(super) fn ipvsadm(call: &Call<'_>) -> Output {
    let letters: String = call.arguments.concat();
    if !matches!(letters.as_str(), "-Ln" | "-ln" | "-L-n" | "-l-n") {
        return Output::error(2, "ipvsadm: here is ipvsadm -Ln");
    }
    let Site::Node(node) = call.site else {
        return Output::default();
    };
    let open: Vec<Connection> = call.shell.connections.tracked_on(node).collect();
    let mut stdout = "IP Virtual Server version 1.2.1 (size=4096)\n".to_owned();
    for line in ipvs_text::HEADINGS {
        stdout += line;
        stdout.push('\n');
    }
    for rules in ipvs(call) {
        for (place, server) in (0..).zip(&rules.servers) {
            stdout += ipvs_text::server_line(rules.id(place, None), server).text();
            stdout.push('\n');
            for (place, real) in (0..).zip(&server.real_servers) {
                let is_open = |connection: &&Connection| {
                    (connection.protocol, connection.original.destination) == server.key
                        && connection.reply.source == *real
                };
                let active = open.iter().filter(is_open).count();
                stdout += &ipvs_text::real_server(server, place, active);
                stdout.push('\n');
            }
        }
    }
    Output::noted(other_mode(call, ProxyMode::Ipvs), stdout)
}

/// `ipset list [NAME]`.
pub(super) fn ipset(call: &Call<'_>) -> Output {
    let name = match call.arguments {
        [list] if list == "list" => None,
        [list, name] if list == "list" => Some(name),
        _ => return Output::error(1, "ipset: here is ipset list [NAME]"),
    };
    let sets = ipvs(call).flat_map(|rules| rules.sets.iter().map(move |set| (rules, set)));
    let blocks: Vec<String> = sets
        .filter(|(_, set)| name.is_none_or(|name| set.name.to_string() == *name))
        .map(|(rules, set)| PrintedLine::join(&ipvs_text::set_lines(&rules.ruleset, set)))
        .collect();
    match (name, blocks.is_empty()) {
        (Some(_), true) => {
            Output::error(1, "ipset v7.19: The set with the given name does not exist")
        }
        _ => Output::noted(other_mode(call, ProxyMode::Ipvs), blocks.join("\n")),
    }
}

/// `conntrack -L`: the connections that were answered and are open.
pub(super) fn conntrack(call: &Call<'_>) -> Output {
    if call.arguments.first().map(String::as_str) != Some("-L") || call.arguments.len() > 1 {
        return Output::error(
            2,
            "conntrack v1.4.8 (conntrack-tools): here is conntrack -L",
        );
    }
    let Site::Node(node) = call.site else {
        return Output::default();
    };
    let found: Vec<Connection> = call.shell.connections.tracked_on(node).collect();
    Output {
        stdout: found.iter().map(entry).collect(),
        stderr: format!(
            "conntrack v1.4.8 (conntrack-tools): {} flow entries have been shown.\n",
            found.len()
        ),
        ..Output::default()
    }
}

/// One entry; kube-proxy sets the time of an established connection to a day.
fn entry(connection: &Connection) -> String {
    let of = |tuple: crate::netfilter::Tuple| {
        let (source, destination) = (tuple.source, tuple.destination);
        format!(
            "src={} dst={} sport={} dport={}",
            source.ip(),
            destination.ip(),
            source.port(),
            destination.port()
        )
    };
    let state = match connection.protocol {
        Protocol::Tcp => "tcp      6 86399 ESTABLISHED",
        Protocol::Udp => "udp      17 119",
        Protocol::Sctp => "sctp     132 209 ESTABLISHED",
    };
    format!(
        "{state} {} {} [ASSURED] mark=0 use=1\n",
        of(connection.original),
        of(connection.reply)
    )
}

/// `ss -ltn`: what listens on the node itself. kube-proxy listens on no node port: rules take their packets. With `-p`,
/// a user other than root is shown no processes of others.
pub(super) fn ss(call: &Call<'_>) -> Output {
    let letters: String = call
        .arguments
        .iter()
        .flat_map(|word| word.chars())
        .filter(|letter| *letter != '-')
        .collect();
    if letters.chars().any(|letter| !"ltnp4".contains(letter)) || !letters.contains('l') {
        return Output::error(255, "ss: here is ss -ltn");
    }
    let Site::Node(node) = call.site else {
        return Output::default();
    };
    // The ports of the kubelet and of kube-proxy as kubeadm sets them, and those of pods in the node's own network.
    let mut sockets = vec![
        ("127.0.0.1".to_owned(), 10_248),
        ("127.0.0.1".to_owned(), 10_249),
        ("*".to_owned(), 10_250),
        ("*".to_owned(), 10_256),
    ];
    let cluster = call.shell.network.cluster();
    let pods = cluster
        .each_pod()
        .filter(|pod| pod.spec.host_network && pod.spec.node_name == node);
    let ports = pods
        .flat_map(Pod::serving_containers)
        .flat_map(|own| &own.ports);
    sockets.extend(
        ports
            .filter(|port| port.protocol == Protocol::Tcp)
            .map(|port| ("*".to_owned(), port.container_port)),
    );
    crate::sort::sort_by_key(&mut sockets, |(_, port)| *port);
    sockets.dedup();
    let row = |(address, port): &(String, u16)| {
        let peer = if address == "*" { "*:*" } else { "0.0.0.0:*" };
        let local = format!("{address}:{port}");
        format!("LISTEN 0      4096   {local:>18} {peer:>17}          \n")
    };
    let rows: String = sockets.iter().map(row).collect();
    Output::answer(format!(
        "State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n{rows}"
    ))
}
