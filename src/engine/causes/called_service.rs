//! Which Service a connection called, and at which of its addresses.

use std::net::IpAddr;

use super::names::no_such_name::AskedName;
use crate::cluster::Cluster;
use crate::names::{DEFAULT_NAMESPACE, ObjectName, Protocol};
use crate::trace::{Direction, Hop, Reason, Trace, Verdict};

/// The Service that the last hop towards the callee is about, as it was called there.
pub(super) struct CalledService<'a> {
    pub service: &'a ObjectName,
    pub address: IpAddr,
    pub port: u16,
    pub protocol: Protocol,
    /// The node whose rules decided.
    pub node: Option<&'a str>,
}

impl<'a> CalledService<'a> {
    /// `None` if no hop is about a Service.
    pub(super) fn of(cluster: &'a Cluster, trace: &'a Trace) -> Option<CalledService<'a>> {
        CalledService::at_its_address(trace).or_else(|| CalledService::headless(cluster, trace))
    }

    /// The Service whose address was called; of a failed lookup, that of the name server.
    fn at_its_address(trace: &'a Trace) -> Option<CalledService<'a>> {
        let direction = if matches!(trace.verdict, Verdict::LookupFailed { .. }) {
            Direction::Lookup
        } else {
            Direction::Request
        };
        let towards = |hop: &&Hop| hop.direction == direction;
        let last = trace.hops.iter().rev().filter(towards);
        let mut about_services = last.filter(|hop| hop.service.is_some());
        let hop = about_services.next()?;
        // The first hop of this connection has the address that was called, before any rewrite.
        let mut hops = trace.hops.iter().filter(towards);
        let first = hops.find(|own| own.connection == hop.connection)?;
        Some(CalledService {
            service: hop.service.as_ref()?,
            address: first.before.destination.ip(),
            port: first.before.destination.port(),
            protocol: first.before.protocol,
            node: hop.device.node(),
        })
    }

    /// The headless Service by whose name a pod's own address was found.
    fn headless(cluster: &'a Cluster, trace: &'a Trace) -> Option<CalledService<'a>> {
        let mut hops = trace.hops.iter();
        let name = hops.find_map(|hop| match &hop.reason {
            Reason::Resolves { name, alias, .. } => Some(alias.as_ref().unwrap_or(name)),
            _ => None,
        })?;
        let mut requests = trace.hops.iter();
        let first = requests.find(|hop| hop.direction == Direction::Request)?;
        let asked = AskedName::of(cluster, DEFAULT_NAMESPACE, name.trim_end_matches('.'));
        let (service, object) = cluster.services.get_key_value(&asked.id())?;
        object.is_headless().then(|| CalledService {
            service,
            address: first.before.destination.ip(),
            port: first.before.destination.port(),
            protocol: first.before.protocol,
            node: None,
        })
    }
}
