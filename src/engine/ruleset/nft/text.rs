//! The text of the table, as `nft list ruleset` prints it (nft 1.0.6).

use std::fmt::{self, Write};
use std::net::IpAddr;

use super::duration::Duration;
use super::ranges::ranges_text;
use super::{
    AddressKey, BaseChainType, Contents, Element, ElementVerdict, NftChain, NftRule, NftSet,
    NftStatement, NftTable, NftVerdict, PortKey, SetId, TABLE,
};
use crate::names::Family;
use crate::ruleset::printed::{LineWriter, heading};
use crate::ruleset::{ChainId, Interface, PartKind, Polarity, PrintedLine, RuleId, RuleTable};

/// The number of clients that an endpoint's set holds (the default `size` of a set with a timeout).
const CLIENTS: u32 = 65_535;

/// The whole table.
pub fn table(table: &NftTable) -> String {
    PrintedLine::join(&lines(table))
}

/// The lines of the table.
pub fn lines(table: &NftTable) -> Vec<PrintedLine> {
    let mut lines = vec![
        heading(format_args!("table {} {TABLE} {{", ip(table.family))),
        plain("\tcomment \"rules for kube-proxy\"".to_owned(), None),
    ];
    let readers = map_readers(table);
    let blocks = table.sets.len() + table.chains.len();
    for (index, set) in table.sets.iter().enumerate() {
        set_lines(&mut lines, table, set, readers[index]);
        end_block(&mut lines, index + 1 < blocks);
    }
    for (index, chain) in (0..).zip(&table.chains) {
        chain_lines(&mut lines, table, ChainId(index), chain);
        end_block(&mut lines, table.sets.len() + index as usize + 1 < blocks);
    }
    lines.push(plain("}".to_owned(), None));
    lines
}

/// The rule that looks its verdict up in each map, by the index of the map.
fn map_readers(table: &NftTable) -> Vec<Option<RuleId>> {
    let mut readers = vec![None; table.sets.len()];
    for (chain, of_chain) in (0..).zip(&table.chains) {
        for (rule, of_rule) in (0..).zip(&of_chain.rules) {
            if let Some(map) = of_rule.map() {
                readers[map.0 as usize] = Some(RuleId {
                    family: table.family,
                    table: RuleTable::KubeProxy,
                    chain: ChainId(chain),
                    rule,
                    element: None,
                });
            }
        }
    }
    readers
}

fn plain(text: String, id: Option<RuleId>) -> PrintedLine {
    let mut line = LineWriter::default();
    let _ = line.write_str(&text);
    line.finish(id)
}

fn end_block(lines: &mut Vec<PrintedLine>, is_followed: bool) {
    lines.push(plain("\t}".to_owned(), None));
    if is_followed {
        lines.push(PrintedLine::default());
    }
}

/// One rule.
pub fn line(table: &NftTable, id: RuleId, rule: &NftRule) -> PrintedLine {
    let mut line = LineWriter::default();
    // Writing into a string cannot fail.
    let _ = write_rule(&mut line, table, rule);
    line.finish(Some(id))
}

fn write_rule(line: &mut LineWriter, table: &NftTable, rule: &NftRule) -> fmt::Result {
    let mut space = "";
    for part in &rule.parts {
        line.write_str(space)?;
        space = " ";
        let kind = match part {
            NftStatement::OrMark(_) => PartKind::Action,
            _ => PartKind::Plain,
        };
        line.part(kind, format_args!("{}", part_text(table, part)))?;
    }
    if let Some(verdict) = verdict_text(table, &rule.verdict) {
        line.write_str(space)?;
        space = " ";
        line.part(verdict_kind(&rule.verdict), format_args!("{verdict}"))?;
    }
    match rule.comment {
        Some(comment) => line.part(
            PartKind::Comment,
            format_args!("{space}comment \"{comment}\""),
        ),
        None => Ok(()),
    }
}

fn verdict_kind(verdict: &NftVerdict) -> PartKind {
    match verdict {
        NftVerdict::Drop(_)
        | NftVerdict::Reject(_)
        | NftVerdict::Masquerade
        | NftVerdict::Dnat(_)
        | NftVerdict::DnatOneOf(_) => PartKind::Action,
        NftVerdict::GotoOneOf(_) => PartKind::Probability,
        NftVerdict::Continue
        | NftVerdict::Jump(_)
        | NftVerdict::Goto(_)
        | NftVerdict::ByAddress(_)
        | NftVerdict::ByPort(_) => PartKind::Plain,
    }
}

/// The element at an index of a map.
pub fn element(table: &NftTable, map: SetId, index: usize) -> String {
    match &table.set(map).contents {
        Contents::ByAddress(map) => map
            .get(index)
            .map(|(key, element)| by_address_text(table, key, element)),
        Contents::ByPort(map) => map
            .get(index)
            .map(|(key, element)| by_port_text(table, key, element)),
        Contents::Addresses(_) | Contents::Connections(_) | Contents::Clients { .. } => None,
    }
    .unwrap_or_default()
}

fn set_lines(lines: &mut Vec<PrintedLine>, table: &NftTable, set: &NftSet, reader: Option<RuleId>) {
    let contents = &set.contents;
    lines.push(heading(format_args!(
        "\t{} {} {{",
        word(contents),
        set.name
    )));
    lines.push(plain(
        format!("\t\ttype {}", kind(contents, table.family)),
        None,
    ));
    if let Some(comment) = set.comment {
        lines.push(plain(format!("\t\tcomment \"{comment}\""), None));
    }
    if let Contents::Clients { seconds, .. } = *contents {
        lines.push(plain(format!("\t\tsize {CLIENTS}"), None));
        lines.push(plain("\t\tflags dynamic,timeout".to_owned(), None));
        lines.push(plain(format!("\t\ttimeout {}", Duration(seconds)), None));
    }
    element_lines(lines, table, contents, reader);
}

/// IPv4 addresses are printed two a line, everything else one.
fn element_lines(
    lines: &mut Vec<PrintedLine>,
    table: &NftTable,
    contents: &Contents,
    reader: Option<RuleId>,
) {
    let a_line = match (contents, table.family) {
        (Contents::Addresses(_), Family::V4) => 2,
        (_, _) => 1,
    };
    let elements = elements(table, contents);
    let count = elements.len().div_ceil(a_line);
    for (index, chunk) in elements.chunks(a_line).enumerate() {
        let before = if index == 0 {
            "\t\telements = { "
        } else {
            "\t\t\t     "
        };
        let after = if index + 1 == count { " }" } else { "," };
        let id = reader.map(|rule| RuleId {
            element: u32::try_from(index).ok(),
            ..rule
        });
        lines.push(plain(format!("{before}{}{after}", chunk.join(", ")), id));
    }
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
    match contents {
        Contents::Addresses(addresses) => addresses.iter().map(IpAddr::to_string).collect(),
        Contents::Connections(keys) => keys
            .iter()
            .map(|key| format!("{} . {}", key.0, address_key(key)))
            .collect(),
        Contents::Clients { .. } => Vec::new(),
        Contents::ByAddress(map) => map
            .iter()
            .map(|(key, element)| by_address_text(table, key, element))
            .collect(),
        Contents::ByPort(map) => map
            .iter()
            .map(|(key, element)| by_port_text(table, key, element))
            .collect(),
    }
}

fn by_address_text(table: &NftTable, key: &AddressKey, element: &Element) -> String {
    format!("{}{}", address_key(key), element_text(table, element))
}

fn by_port_text(table: &NftTable, key: &PortKey, element: &Element) -> String {
    format!("{}{}", port_key(key), element_text(table, element))
}

fn address_key((address, port): &AddressKey) -> String {
    format!("{address} . {}", port_key(port))
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
        ElementVerdict::Drop(_) => format!("{comment} : drop"),
    }
}

fn chain_lines(lines: &mut Vec<PrintedLine>, table: &NftTable, id: ChainId, chain: &NftChain) {
    lines.push(heading(format_args!("\tchain {} {{", chain.name)));
    if let Some(comment) = chain.comment {
        lines.push(plain(format!("\t\tcomment \"{comment}\""), None));
    }
    if let Some(base) = chain.base {
        let kind = match base.kind {
            BaseChainType::Filter => "filter",
            BaseChainType::Nat => "nat",
        };
        let (hook, priority) = (base.hook.name(), base.priority);
        let text = format!("\t\ttype {kind} hook {hook} priority {priority}; policy accept;");
        lines.push(plain(text, None));
    }
    for (index, rule) in (0..).zip(&chain.rules) {
        let id = RuleId {
            family: table.family,
            table: RuleTable::KubeProxy,
            chain: id,
            rule: index,
            element: None,
        };
        let mut line = LineWriter::default();
        let _ = line.write_str("\t\t");
        let _ = write_rule(&mut line, table, rule);
        lines.push(line.finish(Some(id)));
    }
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
        NftVerdict::Drop(_) => "drop".to_owned(),
        NftVerdict::Reject(_) => "reject".to_owned(),
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
