//! The matches of a rule as kube-proxy writes them: one after another, in the order of its arguments.

use std::fmt::{self, Write};

use super::{joined, not};
use crate::ruleset::printed::LineWriter;
use crate::ruleset::{ChainRole, Match, PartKind};

/// Writes matches, each after a blank.
pub(super) fn write_matches(f: &mut LineWriter, matches: &[Match]) -> fmt::Result {
    matches.iter().try_for_each(|part| write_match(f, part))
}

/// Writes one match, after a blank.
pub(super) fn write_match(f: &mut LineWriter, part: &Match) -> fmt::Result {
    match part {
        Match::Comment(comment) => write_comment(f, &comment.to_string()),
        Match::Source(sense, addresses) => write!(f, "{} -s {addresses}", not(*sense)),
        Match::Destination(sense, addresses) => write!(f, "{} -d {addresses}", not(*sense)),
        Match::InputInterface(sense, interface) => write!(f, "{} -i {interface}", not(*sense)),
        Match::Protocol(protocol) => write!(f, " -m {0} -p {0}", protocol.lower()),
        Match::DestinationPort(port) => write!(f, " --dport {port}"),
        Match::DestinationPorts(protocol, ports) => {
            write!(f, " -p {}", protocol.lower())?;
            write_ports(f, ports)
        }
        Match::LocalSource(sense) => {
            write!(f, " -m addrtype{} --src-type LOCAL", not(*sense))
        }
        Match::LocalDestination => f.write_str(" -m addrtype --dst-type LOCAL"),
        Match::Mark(sense, bits) => write!(
            f,
            " -m mark{} --mark {bits:#010x}/{bits:#010x}",
            not(*sense)
        ),
        Match::State(sense, states) => write!(
            f,
            " -m conntrack{} --ctstate {}",
            not(*sense),
            joined(states)
        ),
        Match::Statistic(chance) => {
            f.write_str(" -m statistic --mode random --probability ")?;
            f.part(
                PartKind::Probability,
                format_args!("{:.10}", chance.probability()),
            )
        }
        Match::RecentCheck { list, seconds } => {
            write!(
                f,
                " -m recent --name {}{list} --rcheck --seconds {seconds} --reap",
                ChainRole::Endpoint.prefix()
            )
        }
        Match::RecentSet { list } => write!(
            f,
            " -m recent --name {}{list} --set",
            ChainRole::Endpoint.prefix()
        ),
        Match::Account(name) => write!(f, " -m nfacct --nfacct-name {name}"),
        Match::ProtocolAlone(protocol) => write!(f, " -p {}", protocol.lower()),
        Match::InSet(set, fields) => write!(f, " -m set --match-set {set} {}", fields.as_str()),
        Match::BridgedIn(sense) => write!(f, " -m physdev{} --physdev-is-in", not(*sense)),
        Match::VirtualServer((protocol, at)) => write!(
            f,
            " -m ipvs --vaddr {} --vproto {} --vport {}",
            at.ip(),
            protocol.lower(),
            at.port()
        ),
    }
}

/// Writes the match `multiport` of several ports, after a blank.
pub(super) fn write_ports(f: &mut LineWriter, ports: &[u16]) -> fmt::Result {
    let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
    write!(f, " -m multiport --dports {}", ports.join(","))
}

/// A comment of one word needs no quotes in a shell.
fn write_comment(f: &mut LineWriter, comment: &str) -> fmt::Result {
    let quote = if comment.contains(' ') { "\"" } else { "" };
    f.part(
        PartKind::Comment,
        format_args!(" -m comment --comment {quote}{comment}{quote}"),
    )
}
