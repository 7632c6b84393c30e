//! The text of the table, as `nft list ruleset` prints it (nft 1.0.6).

use std::fmt::{self, Write};
use std::net::IpAddr;

use ipnet::IpNet;

use super::{
    AddressKey, Contents, Element, ElementVerdict, Kind, NftChain, NftRule, NftSet, NftStatement,
    NftTable, NftVerdict, PortKey, SetId, TABLE,
};
use crate::engine::names::Family;
use crate::engine::ruleset::{ChainId, Interface, Polarity};
use crate::engine::sort::sort;

/// How many clients an endpoint remembers (`size` of a set with a timeout, when nobody says one).
const CLIENTS: u32 = 65_535;

/// The whole table.
pub fn table(table: &NftTable) -> String {
    let mut text = format!(
        "table {} {TABLE} {{\n\tcomment \"rules for kube-proxy\"\n",
        ip(table.family)
    );
    let sets = table.sets.iter().map(|set| set_text(table, set));
    let chains = table.chains.iter().map(|chain| chain_text(table, chain));
    text.push_str(&sets.chain(chains).collect::<Vec<_>>().join("\n"));
    text.push_str("}\n");
    text
}

/// One rule.
pub fn rule(table: &NftTable, rule: &NftRule) -> String {
    let mut words: Vec<String> = rule
        .parts
        .iter()
        .map(|part| part_text(table, part))
        .collect();
    words.extend(verdict_text(table, &rule.verdict));
    words.extend(rule.comment.map(|comment| format!("comment \"{comment}\"")));
    words.join(" ")
}

/// The element at a place of a map.
pub fn element(table: &NftTable, map: SetId, place: usize) -> String {
    elements(table, &table.set(map).contents)
        .into_iter()
        .nth(place)
        .unwrap_or_default()
}

fn set_text(table: &NftTable, set: &NftSet) -> String {
    let mut text = format!(
        "\t{} {} {{\n\t\ttype {}\n",
        word(&set.contents),
        set.name,
        kind(&set.contents, table.family)
    );
    let _ = match set.comment {
        Some(comment) => writeln!(text, "\t\tcomment \"{comment}\""),
        None => Ok(()),
    };
    if let Contents::Clients { seconds, .. } = set.contents {
        let _ = writeln!(
            text,
            "\t\tsize {CLIENTS}\n\t\tflags dynamic,timeout\n\t\ttimeout {}",
            Duration(seconds)
        );
    }
    let elements = elements(table, &set.contents);
    if !elements.is_empty() {
        let _ = writeln!(
            text,
            "\t\telements = {{ {} }}",
            lines(&set.contents, table.family, &elements)
        );
    }
    text.push_str("\t}\n");
    text
}

/// IPv4 addresses are printed two a line, everything else one.
fn lines(contents: &Contents, family: Family, elements: &[String]) -> String {
    let a_line = match (contents, family) {
        (Contents::Addresses(_), Family::V4) => 2,
        (_, _) => 1,
    };
    elements
        .chunks(a_line)
        .map(|line| line.join(", "))
        .collect::<Vec<_>>()
        .join(",\n\t\t\t     ")
}

fn word(contents: &Contents) -> &'static str {
    match contents {
        Contents::Addresses(_) | Contents::Connections(_) | Contents::Clients { .. } => "set",
        Contents::ByAddress(_) | Contents::ByPort(_) => "map",
    }
}

fn kind(contents: &Contents, family: Family) -> String {
    let address = match family {
        Family::V4 => "ipv4_addr",
        Family::V6 => "ipv6_addr",
    };
    match contents {
        Contents::Addresses(_) | Contents::Clients { .. } => address.to_owned(),
        Contents::Connections(_) => format!("{address} . {address} . inet_proto . inet_service"),
        Contents::ByAddress(_) => format!("{address} . inet_proto . inet_service : verdict"),
        Contents::ByPort(_) => "inet_proto . inet_service : verdict".to_owned(),
    }
}

fn elements(table: &NftTable, contents: &Contents) -> Vec<String> {
    let by_address = |(address, port): &AddressKey| format!("{address} . {}", port_key(port));
    match contents {
        Contents::Addresses(addresses) => addresses.iter().map(IpAddr::to_string).collect(),
        Contents::Connections(keys) => keys
            .iter()
            .map(|key| format!("{} . {}", key.0, by_address(key)))
            .collect(),
        Contents::Clients { .. } => Vec::new(),
        Contents::ByAddress(map) => map
            .iter()
            .map(|(key, element)| format!("{}{}", by_address(key), element_text(table, element)))
            .collect(),
        Contents::ByPort(map) => map
            .iter()
            .map(|(key, element)| format!("{}{}", port_key(key), element_text(table, element)))
            .collect(),
    }
}

fn port_key((protocol, port): &PortKey) -> String {
    format!("{} . {port}", protocol.lower())
}

fn element_text(table: &NftTable, element: &Element) -> String {
    let comment = element
        .comment
        .as_ref()
        .map_or(String::new(), |name| format!(" comment \"{name}\""));
    match element.verdict {
        ElementVerdict::Goto(chain) => format!("{comment} : goto {}", table.chain(chain).name),
        ElementVerdict::Drop => format!("{comment} : drop"),
    }
}

fn chain_text(table: &NftTable, chain: &NftChain) -> String {
    let mut text = format!("\tchain {} {{\n", chain.name);
    if let Some(comment) = chain.comment {
        let _ = writeln!(text, "\t\tcomment \"{comment}\"");
    }
    if let Some(base) = chain.base {
        let kind = match base.kind {
            Kind::Filter => "filter",
            Kind::Nat => "nat",
        };
        let (hook, priority) = (base.hook.name(), base.priority);
        let _ = writeln!(
            text,
            "\t\ttype {kind} hook {hook} priority {priority}; policy accept;"
        );
    }
    for line in &chain.rules {
        let _ = writeln!(text, "\t\t{}", rule(table, line));
    }
    text.push_str("\t}\n");
    text
}

fn part_text(table: &NftTable, part: &NftStatement) -> String {
    let ip = ip(table.family);
    let name = |set: &SetId| &table.set(*set).name;
    match part {
        NftStatement::DestinationIn(set) => format!("{ip} daddr @{}", name(set)),
        NftStatement::Destination(sense, ranges) => {
            format!("{ip} daddr {}{}", not(*sense), ranges_text(ranges))
        }
        NftStatement::Source(sense, ranges) => {
            format!("{ip} saddr {}{}", not(*sense), ranges_text(ranges))
        }
        NftStatement::Remembered(set) => format!("{ip} saddr @{}", name(set)),
        NftStatement::Remember(set) => format!("update @{} {{ {ip} saddr }}", name(set)),
        NftStatement::InputInterface(sense, interface) => {
            format!("iifname {}{}", not(*sense), interface_text(interface))
        }
        NftStatement::LocalSource => "fib saddr type local".to_owned(),
        NftStatement::LocalDestination => "fib daddr type local".to_owned(),
        NftStatement::New => "ct state new".to_owned(),
        NftStatement::Translated => "ct status dnat".to_owned(),
        NftStatement::Protocol(protocol) => format!("meta l4proto {}", protocol.lower()),
        NftStatement::Marked(bits) => format!("meta mark & {bits:#010x} != 0x00000000"),
        NftStatement::OrMark(bits) => format!("meta mark set meta mark | {bits:#010x}"),
        NftStatement::XorMark(bits) => format!("meta mark set meta mark ^ {bits:#010x}"),
        NftStatement::ConnectionIn(set) => format!(
            "{ip} saddr . {ip} daddr . meta l4proto . th dport @{}",
            name(set)
        ),
    }
}

fn verdict_text(table: &NftTable, verdict: &NftVerdict) -> Option<String> {
    let ip = ip(table.family);
    let name = |chain: &ChainId| &table.chain(*chain).name;
    Some(match verdict {
        NftVerdict::Continue => return None,
        NftVerdict::Jump(chain) => format!("jump {}", name(chain)),
        NftVerdict::Goto(chain) => format!("goto {}", name(chain)),
        NftVerdict::GotoOneOf(chains) => {
            let ways = chains.iter().map(|chain| format!("goto {}", name(chain)));
            format!(
                "numgen random mod {} vmap {{ {} }}",
                chains.len(),
                numbered(ways)
            )
        }
        NftVerdict::Drop => "drop".to_owned(),
        NftVerdict::Reject => "reject".to_owned(),
        NftVerdict::Masquerade => "masquerade fully-random".to_owned(),
        NftVerdict::Dnat(endpoint) => format!("dnat to {endpoint}"),
        NftVerdict::DnatOneOf(endpoints) => {
            let ways = endpoints
                .iter()
                .map(|endpoint| format!("{} . {}", endpoint.ip(), endpoint.port()));
            format!(
                "dnat {ip} to numgen random mod {} map {{ {} }}",
                endpoints.len(),
                numbered(ways)
            )
        }
        NftVerdict::ByAddress(map) => format!(
            "{ip} daddr . meta l4proto . th dport vmap @{}",
            table.set(*map).name
        ),
        NftVerdict::ByPort(map) => {
            format!("meta l4proto . th dport vmap @{}", table.set(*map).name)
        }
    })
}

fn numbered(ways: impl Iterator<Item = String>) -> String {
    ways.enumerate()
        .map(|(number, way)| format!("{number} : {way}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// One range as written; several as a set.
fn ranges_text(ranges: &[IpNet]) -> String {
    match ranges {
        [one] => range_text(*one),
        _ => format!(
            "{{ {} }}",
            merged(ranges)
                .into_iter()
                .map(interval_text)
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}

fn range_text(range: IpNet) -> String {
    if range.prefix_len() == range.max_prefix_len() {
        range.addr().to_string()
    } else {
        range.to_string()
    }
}

/// The intervals of a set of ranges, sorted. Of a set without a name `nft` merges those that overlap or touch
/// (`setelem_automerge` in its `intervals.c`).
fn merged(ranges: &[IpNet]) -> Vec<(IpAddr, IpAddr)> {
    let mut intervals: Vec<_> = ranges
        .iter()
        .map(|range| (range.network(), range.broadcast()))
        .collect();
    sort(&mut intervals);
    intervals.dedup_by(|(low, high), (_, last)| {
        let touches = number(*low) <= number(*last).saturating_add(1);
        if touches && *high > *last {
            *last = *high;
        }
        touches
    });
    intervals
}

/// An interval: as a range where it is one, else by its ends.
fn interval_text((low, high): (IpAddr, IpAddr)) -> String {
    let bits = match low {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    };
    let mut ranges = (0..=bits).filter_map(|length| IpNet::new(low, length).ok());
    match ranges.find(|range| range.network() == low && range.broadcast() == high) {
        Some(range) => range_text(range),
        None => format!("{low}-{high}"),
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_bits().into(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn interface_text(interface: &Interface) -> String {
    match interface {
        Interface::Named(name) => format!("\"{name}\""),
        Interface::Prefixed(prefix) => format!("\"{prefix}*\""),
    }
}

fn not(sense: Polarity) -> &'static str {
    match sense {
        Polarity::Is => "",
        Polarity::IsNot => "!= ",
    }
}

fn ip(family: Family) -> &'static str {
    match family {
        Family::V4 => "ip",
        Family::V6 => "ip6",
    }
}

/// Seconds as `nft` prints times: `1d2h3m4s`, without what is zero.
struct Duration(u32);

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (86_400, u32::MAX, 'd'),
            (3600, 24, 'h'),
            (60, 60, 'm'),
            (1, 60, 's'),
        ];
        for (length, bound, unit) in parts {
            let count = self.0 / length % bound;
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_leave_out_what_is_zero() {
        let texts = [10_800, 100, 90_061].map(|seconds| Duration(seconds).to_string());
        assert_eq!(texts, ["3h", "1m40s", "1d1h1m1s"]);
    }

    #[test]
    fn a_single_range_needs_no_braces() {
        let range = |text: &str| text.parse().expect("a literal range");
        assert_eq!(ranges_text(&[range("10.0.0.0/8")]), "10.0.0.0/8");
        assert_eq!(
            ranges_text(&[range("198.51.100.10/32"), range("10.0.0.0/8")]),
            "{ 10.0.0.0/8, 198.51.100.10 }"
        );
    }

    #[test]
    fn ranges_that_overlap_or_touch_are_printed_as_one() {
        let text = |ranges: &[&str]| {
            let parsed = ranges
                .iter()
                .map(|range| range.parse().expect("a literal range"));
            ranges_text(&parsed.collect::<Vec<_>>())
        };
        assert_eq!(text(&["10.1.0.0/16", "10.0.0.0/8"]), "{ 10.0.0.0/8 }");
        assert_eq!(
            text(&["198.51.100.11/32", "198.51.100.10/32"]),
            "{ 198.51.100.10/31 }"
        );
        assert_eq!(
            text(&["10.0.1.0/24", "10.0.2.0/24", "10.0.9.7/32"]),
            "{ 10.0.1.0-10.0.2.255, 10.0.9.7 }"
        );
    }
}
