//! The Corefile of the text, where it decides over a name that the client asks for in a way that is not simulated.

use std::net::IpAddr;

use super::Trace;
use crate::dns::coredns::deciding_directive;
use crate::manifest::tree::Yaml;
use crate::names::Protocol;
use crate::network::Network;
use crate::resolve::NotModelled;

const DNS_PORT: u16 = 53;

/// A line of the Corefile that is about a name.
pub(crate) struct CorefileLine<'a> {
    /// The ConfigMap.
    pub(crate) config_map: &'a NotModelled,
    /// The key of its data.
    pub(crate) key: &'a str,
    /// The value there.
    pub(crate) value: &'a Yaml,
    /// The line, without what it opens.
    pub(crate) directive: String,
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
                directive: deciding_directive(entry.value.as_str()?, name)?,
            })
        })
    })
}
