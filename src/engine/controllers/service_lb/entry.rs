//! What the entry script of ServiceLB's containers does in the network namespace of its pod (klipper-lb `entry`): it lets
//! the ranges of clients through, sends them on to the Service, and takes the pod's own address as their source.
//!
//! A packet comes here only if the node's kube-proxy has no rule for its destination: while a node's address is in the
//! Service's status, kube-proxy's rules are before those of `hostPort`s.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;

use crate::names::Family;

/// The families that a pod forwards (`net.ipv4.ip_forward`, `net.ipv6.conf.all.forwarding`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forwarding {
    /// IPv4.
    pub v4: bool,
    /// IPv6.
    pub v6: bool,
}

impl Forwarding {
    fn has(self, family: Family) -> bool {
        match family {
            Family::V4 => self.v4,
            Family::V6 => self.v6,
        }
    }
}

/// A rule that the script adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRule {
    family: Family,
    protocol: String,
    effect: EntryEffect,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum EntryEffect {
    /// A client of the range passes.
    Accept { range: String, port: String },
    /// Other clients do not.
    Drop { to: IpAddr, port: String },
    /// The Service is the new destination.
    Dnat {
        port: String,
        to: IpAddr,
        to_port: String,
    },
    /// The pod is the new source.
    Masquerade { to: IpAddr },
}

/// The rules of a container with this environment, in order.
pub fn rules(environment: &BTreeMap<String, String>, forwarding: Forwarding) -> Vec<EntryRule> {
    let value = |name: &str| environment.get(name).cloned().unwrap_or_default();
    let protocol = value("DEST_PROTO");
    let rule = |family, effect| EntryRule {
        family,
        protocol: protocol.clone(),
        effect,
    };
    let mut rules = Vec::new();
    let ranges = value("SRC_RANGES");
    for range in ranges.split(',').filter(|range| !range.is_empty()) {
        let family = if range.contains(':') {
            Family::V6
        } else {
            Family::V4
        };
        let accept = EntryEffect::Accept {
            range: range.to_owned(),
            port: value("DEST_PORT"),
        };
        rules.push(rule(family, accept));
    }
    let to = value("DEST_IPS");
    let addresses = to.split(',').filter_map(|text| text.parse::<IpAddr>().ok());
    for to in addresses {
        let family = Family::of(to);
        if !forwarding.has(family) {
            continue;
        }
        let port = value("DEST_PORT");
        rules.push(rule(family, EntryEffect::Drop { to, port }));
        let dnat = EntryEffect::Dnat {
            port: value("SRC_PORT"),
            to,
            to_port: value("DEST_PORT"),
        };
        rules.push(rule(family, dnat));
        rules.push(rule(family, EntryEffect::Masquerade { to }));
    }
    rules
}

/// An address with the port, as `iptables` writes it.
fn socket(address: IpAddr, port: &str) -> String {
    match address {
        IpAddr::V4(address) => format!("{address}:{port}"),
        IpAddr::V6(address) => format!("[{address}]:{port}"),
    }
}

/// The match of a range of clients as `iptables-save` prints it: without host bits, and none for every address.
fn source(range: &str) -> String {
    let address = || range.parse().map(host);
    match range.parse().or_else(|_| address()) {
        Ok(network) if network.prefix_len() == 0 => String::new(),
        Ok(network) => format!("-s {} ", network.trunc()),
        Err(_) => format!("-s {range} "),
    }
}

fn host(address: IpAddr) -> IpNet {
    IpNet::from(address)
}

impl EntryRule {
    /// The family of its table.
    pub fn family(&self) -> Family {
        self.family
    }

    /// Its table: `filter` or `nat`.
    pub fn table(&self) -> &'static str {
        match self.effect {
            EntryEffect::Accept { .. } | EntryEffect::Drop { .. } => "filter",
            EntryEffect::Dnat { .. } | EntryEffect::Masquerade { .. } => "nat",
        }
    }

    /// Whether the script inserts it before the other rules of its chain (`iptables -I`).
    fn is_inserted(&self) -> bool {
        match self.effect {
            EntryEffect::Accept { .. }
            | EntryEffect::Dnat { .. }
            | EntryEffect::Masquerade { .. } => true,
            EntryEffect::Drop { .. } => false,
        }
    }

    fn chain(&self) -> &'static str {
        match self.effect {
            EntryEffect::Accept { .. } | EntryEffect::Drop { .. } => "FORWARD",
            EntryEffect::Dnat { .. } => "PREROUTING",
            EntryEffect::Masquerade { .. } => "POSTROUTING",
        }
    }

    /// The rule as `iptables-save` prints it.
    pub fn saved(&self) -> String {
        let chain = self.chain();
        let protocol = self.protocol.to_lowercase();
        let to_port = |port: &String| format!("-p {protocol} -m {protocol} --dport {port}");
        match &self.effect {
            EntryEffect::Accept { range, port } => {
                format!("-A {chain} {}{} -j ACCEPT", source(range), to_port(port))
            }
            EntryEffect::Drop { to, port } => {
                format!("-A {chain} -d {} {} -j DROP", host(*to), to_port(port))
            }
            EntryEffect::Dnat {
                port,
                to,
                to_port: number,
            } => format!(
                "-A {chain} {} -j DNAT --to-destination {}",
                to_port(port),
                socket(*to, number)
            ),
            EntryEffect::Masquerade { to } => {
                format!("-A {chain} -d {} -p {protocol} -j MASQUERADE", host(*to))
            }
        }
    }
}

impl fmt::Display for EntryRule {
    /// The command that adds it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = match self.family {
            Family::V4 => "iptables",
            Family::V6 => "ip6tables",
        };
        let flag = if self.is_inserted() { "-I" } else { "-A" };
        let (table, chain, protocol) = (self.table(), self.chain(), &self.protocol);
        write!(f, "{program} -t {table} {flag} {chain} ")?;
        match &self.effect {
            EntryEffect::Accept { range, port } => {
                write!(f, "-s {range} -p {protocol} --dport {port} -j ACCEPT")
            }
            EntryEffect::Drop { to, port } => {
                write!(f, "-d {} -p {protocol} --dport {port} -j DROP", host(*to))
            }
            EntryEffect::Dnat { port, to, to_port } => write!(
                f,
                "-p {protocol} --dport {port} -j DNAT --to {}",
                socket(*to, to_port)
            ),
            EntryEffect::Masquerade { to } => {
                write!(f, "-d {} -p {protocol} -j MASQUERADE", host(*to))
            }
        }
    }
}

/// The rules of a table in the order in which they apply, after these were added one after the other.
pub fn in_effect<'a>(added: &'a [EntryRule], table: &str, family: Family) -> Vec<&'a EntryRule> {
    let mut by_chain: BTreeMap<&str, Vec<&EntryRule>> = BTreeMap::new();
    let own = added
        .iter()
        .filter(|rule| rule.table() == table && rule.family == family);
    for rule in own {
        let chain = by_chain.entry(rule.chain()).or_default();
        if rule.is_inserted() {
            chain.insert(0, rule);
        } else {
            chain.push(rule);
        }
    }
    // `PREROUTING` is printed before `POSTROUTING`.
    by_chain.into_values().rev().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_saved_without_host_bits() {
        for (range, saved) in [
            ("192.0.2.7/24", "-s 192.0.2.0/24 "),
            ("192.0.2.7", "-s 192.0.2.7/32 "),
            ("FD00:0::/64", "-s fd00::/64 "),
            ("10.0.0.0/0", ""),
            ("::/0", ""),
        ] {
            assert_eq!(source(range), saved, "{range}");
        }
    }
}
