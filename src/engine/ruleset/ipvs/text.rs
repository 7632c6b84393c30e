//! What `ipvsadm -Ln` and `ipset list` print, and both with `iptables-save` as one list of lines.
//!
//! `ipvsadm` sorts virtual and real servers by address and port. `ipset` prints what it was given; the revision of the type,
//! the size in memory and the hash's seed are the kernel's own and left out, and members are sorted (`ipset list -s`).

use std::fmt::{self, Write};

use super::{DUMMY, IpSet, IpvsRules, SetRole, VirtualServer};
use crate::names::Family;
use crate::ruleset::printed::{LineWriter, heading};
use crate::ruleset::text::saved;
use crate::ruleset::{Match, PartKind, PrintedLine, RuleId, Ruleset};

/// The headings of the list of virtual servers.
pub const HEADINGS: [&str; 2] = [
    "Prot LocalAddress:Port Scheduler Flags",
    "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn",
];

/// Virtual servers, the addresses of the dummy interface, the sets with entries, and the rules of `iptables`.
pub fn lines(rules: &IpvsRules) -> Vec<PrintedLine> {
    let mut lines = servers(rules);
    lines.push(PrintedLine::default());
    lines.push(heading(format_args!("ip addr show {DUMMY}")));
    for address in &rules.bound {
        let (word, length) = match rules.ruleset.family {
            Family::V4 => ("inet", 32),
            Family::V6 => ("inet6", 128),
        };
        let scope = if address.is_ipv4() {
            "global"
        } else {
            "global nodad"
        };
        lines.push(plain(&format!(
            "    {word} {address}/{length} scope {scope} {DUMMY}"
        )));
    }
    lines.push(PrintedLine::default());
    for set in rules.sets.iter().filter(|set| !set.entries.is_empty()) {
        lines.extend(set_lines(&rules.ruleset, set));
        lines.push(PrintedLine::default());
    }
    lines.extend(saved(&rules.ruleset));
    lines
}

/// What `ipvsadm -Ln` prints of a family, without the line of the version.
pub fn servers(rules: &IpvsRules) -> Vec<PrintedLine> {
    let mut lines = HEADINGS
        .map(|text| heading(format_args!("{text}")))
        .to_vec();
    for (place, server) in (0..).zip(&rules.servers) {
        lines.push(server_line(rules.id(place, None), server));
        for real in 0..server.real_servers.len() as u32 {
            let mut line = LineWriter::default();
            let text = real_server(server, real, 0);
            let _ = line.part(PartKind::Action, format_args!("{text}"));
            lines.push(line.finish(Some(rules.id(place, Some(real)))));
        }
    }
    lines
}

/// The line of a virtual server.
pub fn server_line(id: RuleId, server: &VirtualServer) -> PrintedLine {
    let mut line = LineWriter::default();
    // Writing into a string cannot fail.
    let _ = write_server(&mut line, server);
    line.finish(Some(id))
}

fn write_server(f: &mut LineWriter, server: &VirtualServer) -> fmt::Result {
    let (protocol, at) = server.key;
    write!(f, "{protocol}  {at} rr")?;
    match server.persistent {
        Some(seconds) => write!(f, " persistent {seconds}"),
        None => Ok(()),
    }
}

/// The line of a real server with its open connections.
pub fn real_server(server: &VirtualServer, place: u32, active: usize) -> String {
    let address = server.real_servers[place as usize].to_string();
    format!(
        "  -> {address:<28} {:<7} {:<6} {active:<10} {:<10}",
        "Masq", 1, 0
    )
}

/// A set as `ipset list` prints it.
pub fn set_lines(ruleset: &Ruleset, set: &IpSet) -> Vec<PrintedLine> {
    let header = match (set.name.role.type_name(), set.name.family) {
        ("bitmap:port", _) => "range 0-65535".to_owned(),
        (_, Family::V4) => "family inet hashsize 1024 maxelem 65536".to_owned(),
        (_, Family::V6) => "family inet6 hashsize 1024 maxelem 65536".to_owned(),
    };
    let mut lines = vec![
        heading(format_args!("Name: {}", set.name)),
        plain(&format!("Type: {}", set.name.role.type_name())),
        plain(&format!("Header: {header}")),
        plain(&format!(
            "References: {}",
            references(ruleset, set.name.role)
        )),
        plain(&format!("Number of entries: {}", set.entries.len())),
        plain("Members:"),
    ];
    lines.extend(set.entries.iter().map(|entry| plain(&entry.to_string())));
    lines
}

/// How many rules look into a set.
fn references(ruleset: &Ruleset, role: SetRole) -> usize {
    let chains = ruleset.nat.chains.iter().chain(&ruleset.filter.chains);
    let matches = chains
        .flat_map(|chain| &chain.rules)
        .flat_map(|rule| &rule.matches);
    matches
        .filter(|part| matches!(part, Match::InSet(name, _) if name.role == role))
        .count()
}

fn plain(text: &str) -> PrintedLine {
    let mut line = LineWriter::default();
    let _ = line.write_str(text);
    line.finish(None)
}
