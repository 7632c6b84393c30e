//! The Corefile of the text, where it decides over a name that the client asks for in a way that is not simulated.

use std::net::IpAddr;

use super::Trace;
use crate::diagnostic::{Position, Span};
use crate::dns::coredns::{self, DecidingLine};
use crate::dns::resolv_conf::DNS_PORT;
use crate::manifest::tree::Yaml;
use crate::names::Protocol;
use crate::network::Network;
use crate::resolve::NotModelled;

/// A line of the Corefile that is about a name.
pub(crate) struct CorefileLine<'a> {
    /// The ConfigMap.
    pub(crate) config_map: &'a NotModelled,
    /// The key of its data.
    pub(crate) key: &'a str,
    /// The value there.
    pub(crate) value: &'a Yaml,
    /// The line.
    pub(crate) line: DecidingLine,
}

impl CorefileLine<'_> {
    /// Where the line is in the whole text; where the value is not written line by line, the value.
    pub(crate) fn span(&self) -> Span {
        let whole = self.config_map.span_of(self.value);
        let lines: Vec<&str> = self.value.as_str().unwrap_or_default().lines().collect();
        let (before, rest) = lines.split_at(self.line.number.min(lines.len()));
        let is_block = whole.end.line as usize >= whole.start.line as usize + lines.len() - 1;
        let Some(own) = rest.first().filter(|_| is_block && lines.len() > 1) else {
            return whole;
        };
        let count = |number: usize| u32::try_from(number).unwrap_or_default();
        let indent = whole.start.column - 1;
        let above = before.iter().map(|line| count(line.len()) + 1);
        // The first line begins behind its indentation, and an empty one has none.
        let indented = lines.iter().skip(1).take(before.len());
        let indented = indented.filter(|line| !line.is_empty()).count();
        let blank = count(own.len() - own.trim_start().len());
        let start = Position {
            line: whole.start.line + count(before.len()),
            column: whole.start.column + blank,
            offset: whole.start.offset + above.sum::<u32>() + indent * count(indented) + blank,
        };
        let length = count(own.trim().len());
        Span {
            start,
            end: Position {
                column: start.column + length,
                offset: start.offset + length,
                ..start
            },
        }
    }
}

/// The line that is about the first of the names that the client asked the cluster's name server for.
pub(crate) fn deciding_line<'a>(network: &'a Network, trace: &Trace) -> Option<CorefileLine<'a>> {
    let objects = network.resolved.not_modelled.iter();
    let mut files = objects.filter(|own| own.is_corefile()).peekable();
    files.peek()?;
    let lookup = trace.lookup.as_ref()?;
    let server: IpAddr = lookup.resolv_conf.nameservers.first()?.parse().ok()?;
    network.service_at(server, DNS_PORT, Protocol::Udp)?;
    let parts = files.flat_map(|config_map| {
        let data = config_map.tree.get("data").map_or(&[][..], Yaml::entries);
        data.iter().map(move |entry| (config_map, entry))
    });
    let parts: Vec<_> = parts.collect();
    let mut names = lookup.resolution.lookups.iter().map(|query| &query.name);
    names.find_map(|name| {
        parts.iter().find_map(|(config_map, entry)| {
            Some(CorefileLine {
                config_map,
                key: &entry.key,
                value: &entry.value,
                line: coredns::deciding_line(entry.value.as_str()?, name)?,
            })
        })
    })
}
