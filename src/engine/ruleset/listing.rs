//! The rules of a table as `iptables -L -n` lists them (iptables 1.8.9: with numbers for protocols).
//!
//! The kernel counts the references to a chain; the list has them in the heading of the chain.

use std::fmt::Write;

use super::text::{built_in_first, joined, kept, not};
use super::{
    AddressMatch, Chain, ChainId, ChainName, ChainRole, Match, Polarity, Rule, Ruleset, SourcePort,
    Table, TableName, Target,
};

/// The list of a table, or of one of its chains; `None` if there is no such chain.
pub fn listing(ruleset: &Ruleset, name: TableName, only: Option<&str>) -> Option<String> {
    let table = ruleset.table(name);
    let chains = built_in_first(table).into_iter();
    let wanted = chains.filter(|(_, chain)| only.is_none_or(|only| chain.name.to_string() == only));
    let blocks: Vec<String> = wanted.map(|(id, chain)| block(table, id, chain)).collect();
    if blocks.is_empty() {
        return None;
    }
    Some(blocks.join("\n"))
}

fn block(table: &Table, id: ChainId, chain: &Chain) -> String {
    let about = match chain.name {
        ChainName::BuiltIn(_) => "policy ACCEPT".to_owned(),
        _ => format!("{} references", references(table, id)),
    };
    let mut text = format!(
        "Chain {} ({about})\ntarget     prot opt source               destination         \n",
        chain.name
    );
    for rule in &chain.rules {
        text += &line(table, rule);
        text.push('\n');
    }
    text
}

fn references(table: &Table, id: ChainId) -> usize {
    let rules = table.chains.iter().flat_map(|chain| &chain.rules);
    rules.filter(|rule| rule.target == Target::Jump(id)).count()
}

fn line(table: &Table, rule: &Rule) -> String {
    let (mut source, mut destination) = (" 0.0.0.0/0".to_owned(), " 0.0.0.0/0".to_owned());
    let mut protocol = 0;
    let mut conditions = String::new();
    for part in &rule.matches {
        match part {
            Match::Source(sense, addresses) => source = address(*sense, *addresses),
            Match::Destination(sense, addresses) => destination = address(*sense, *addresses),
            Match::Protocol(own) | Match::ProtocolAlone(own) | Match::DestinationPorts(own, _) => {
                protocol = own.number();
            }
            _ => {}
        }
        // Writing into a string cannot fail.
        let _ = write_condition(&mut conditions, part);
    }
    let target = target_name(table, rule);
    let options = target_options(rule);
    format!("{target:<9}  {protocol:<4} -- {source:<20} {destination:<20} {conditions}{options}")
}

/// `!10.244.0.0/16`, with a blank where no `!` is.
fn address(sense: Polarity, addresses: AddressMatch) -> String {
    let sign = match sense {
        Polarity::Is => ' ',
        Polarity::IsNot => '!',
    };
    format!("{sign}{addresses}")
}

fn write_condition(text: &mut String, part: &Match) -> std::fmt::Result {
    match part {
        // Columns of their own; interfaces are listed only with -v.
        Match::Source(..)
        | Match::Destination(..)
        | Match::InputInterface(..)
        | Match::ProtocolAlone(_) => Ok(()),
        // The saved form has a backslash before a quote.
        Match::Comment(comment) => {
            let comment = comment.to_string().replace("\\\"", "\"");
            write!(text, " /* {comment} */")
        }
        Match::Protocol(protocol) => write!(text, " {}", protocol.lower()),
        Match::DestinationPort(port) => write!(text, " dpt:{port}"),
        Match::DestinationPorts(_, ports) => {
            let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
            write!(text, " multiport dports {}", ports.join(","))
        }
        Match::LocalSource(sense) => {
            write!(text, " ADDRTYPE match src-type{} LOCAL", not(*sense))
        }
        Match::LocalDestination => text.write_str(" ADDRTYPE match dst-type LOCAL"),
        Match::Mark(sense, bits) => write!(text, " mark match{} {bits:#x}/{bits:#x}", not(*sense)),
        Match::State(sense, states) => write!(text, "{} ctstate {}", not(*sense), joined(states)),
        Match::Statistic(share) => {
            write!(
                text,
                " statistic mode random probability {:.11}",
                kept(*share)
            )
        }
        Match::RecentCheck { list, seconds } => write!(
            text,
            " recent: CHECK seconds: {seconds} reap name: {}{list} side: source mask: 255.255.255.255",
            ChainRole::Endpoint.prefix()
        ),
        Match::RecentSet { list } => write!(
            text,
            " recent: SET name: {}{list} side: source mask: 255.255.255.255",
            ChainRole::Endpoint.prefix()
        ),
        Match::Account(name) => write!(text, " nfacct-name  {name}"),
        Match::InSet(set, fields) => write!(text, " match-set {set} {}", fields.as_str()),
        Match::BridgedIn(sense) => write!(text, " PHYSDEV match{} --physdev-is-in", not(*sense)),
        Match::VirtualServer((protocol, at)) => write!(
            text,
            " vproto {} vaddr {} vport {}",
            protocol.number(),
            at.ip(),
            at.port()
        ),
    }
}

fn target_name(table: &Table, rule: &Rule) -> String {
    let name = match &rule.target {
        Target::Jump(chain) => return table.chain(*chain).name.to_string(),
        Target::Accept => "ACCEPT",
        Target::Drop(_) => "DROP",
        Target::Reject(_) => "REJECT",
        Target::Return => "RETURN",
        Target::OrMark(_) | Target::XorMark(_) => "MARK",
        Target::Masquerade(_) => "MASQUERADE",
        Target::Dnat(_) => "DNAT",
        Target::Nothing => "",
    };
    name.to_owned()
}

fn target_options(rule: &Rule) -> String {
    match &rule.target {
        Target::Reject(_) => " reject-with icmp-port-unreachable".to_owned(),
        Target::OrMark(bits) => format!(" MARK or {bits:#x}"),
        Target::XorMark(bits) => format!(" MARK xor {bits:#x}"),
        Target::Masquerade(SourcePort::Random) => " random-fully".to_owned(),
        Target::Dnat(endpoint) => format!(" to:{endpoint}"),
        Target::Masquerade(SourcePort::Kept)
        | Target::Jump(_)
        | Target::Accept
        | Target::Drop(_)
        | Target::Return
        | Target::Nothing => String::new(),
    }
}
