//! The matches of a rule as `iptables-save` prints them: first the fields that the kernel keeps apart from the matches,
//! with prefix lengths, then the matches with their defaults filled in.

use std::fmt::{self, Write};

use super::not;
use super::restore::{write_match, write_ports};
use crate::names::Family;
use crate::ruleset::printed::LineWriter;
use crate::ruleset::{AddressMatch, ChainRole, Match, OneOf, PartKind};

/// Writes matches, each after a blank.
pub(super) fn write_matches(f: &mut LineWriter, matches: &[Match], family: Family) -> fmt::Result {
    for position in 0..HEADS {
        for part in matches.iter().filter(|part| head(part) == Some(position)) {
            save_head(f, part)?;
        }
    }
    matches
        .iter()
        .try_for_each(|part| save_match(f, part, family))
}

/// The number of fields that the kernel keeps apart from the matches.
const HEADS: u8 = 4;

/// The position at which `iptables-save` prints a field that the kernel keeps apart from the matches.
fn head(part: &Match) -> Option<u8> {
    match part {
        Match::Source(..) => Some(0),
        Match::Destination(..) => Some(1),
        Match::InputInterface(..) => Some(2),
        Match::Protocol(_) | Match::ProtocolAlone(_) | Match::DestinationPorts(..) => Some(3),
        Match::Comment(_)
        | Match::DestinationPort(_)
        | Match::LocalSource(_)
        | Match::LocalDestination
        | Match::Mark(..)
        | Match::State(..)
        | Match::Statistic(_)
        | Match::RecentCheck { .. }
        | Match::RecentSet { .. }
        | Match::Account(_)
        | Match::InSet(..)
        | Match::BridgedIn(_)
        | Match::VirtualServer(_) => None,
    }
}

fn save_head(f: &mut LineWriter, part: &Match) -> fmt::Result {
    match part {
        Match::Source(sense, addresses) => {
            write!(f, "{} -s {}", not(*sense), with_length(*addresses))
        }
        Match::Destination(sense, addresses) => {
            write!(f, "{} -d {}", not(*sense), with_length(*addresses))
        }
        Match::Protocol(protocol) | Match::DestinationPorts(protocol, _) => {
            write!(f, " -p {}", protocol.lower())
        }
        other => write_match(f, other),
    }
}

fn save_match(f: &mut LineWriter, part: &Match, family: Family) -> fmt::Result {
    let mask = match family {
        Family::V4 => "255.255.255.255",
        Family::V6 => "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    };
    match part {
        Match::Source(..)
        | Match::Destination(..)
        | Match::InputInterface(..)
        | Match::ProtocolAlone(_) => Ok(()),
        // Only letters, digits, `_` and `-` go without quotes, and `/` is in every comment.
        Match::Comment(comment) => f.part(
            PartKind::Comment,
            format_args!(" -m comment --comment \"{comment}\""),
        ),
        Match::Protocol(protocol) => write!(f, " -m {}", protocol.lower()),
        Match::Mark(sense, bits) => write!(f, " -m mark{} --mark {bits:#x}/{bits:#x}", not(*sense)),
        Match::Statistic(chance) => {
            f.write_str(" -m statistic --mode random --probability ")?;
            f.part(PartKind::Probability, format_args!("{:.11}", kept(*chance)))
        }
        Match::RecentCheck { list, seconds } => {
            let name = ChainRole::Endpoint.prefix();
            write!(
                f,
                " -m recent --rcheck --seconds {seconds} --reap --name {name}{list} --mask {mask} --rsource"
            )
        }
        Match::RecentSet { list } => {
            write!(
                f,
                " -m recent --set --name {}{list} --mask {mask} --rsource",
                ChainRole::Endpoint.prefix()
            )
        }
        // The tool prints a blank after the option and another before the name.
        Match::Account(name) => write!(f, " -m nfacct --nfacct-name  {name}"),
        Match::DestinationPorts(_, ports) => write_ports(f, ports),
        Match::VirtualServer((protocol, at)) => write!(
            f,
            " -m ipvs --vproto {} --vaddr {} --vport {}",
            protocol.number(),
            at.ip(),
            at.port()
        ),
        Match::DestinationPort(_)
        | Match::LocalSource(_)
        | Match::LocalDestination
        | Match::State(..)
        | Match::InSet(..)
        | Match::BridgedIn(_) => write_match(f, part),
    }
}

/// A probability as the kernel stores it.
pub(in crate::ruleset) fn kept(chance: OneOf) -> f64 {
    f64::from(chance.threshold()) / f64::from(1u32 << 31)
}

fn with_length(addresses: AddressMatch) -> ipnet::IpNet {
    match addresses {
        AddressMatch::One(address) => address.into(),
        AddressMatch::Range(range) => range,
    }
}
