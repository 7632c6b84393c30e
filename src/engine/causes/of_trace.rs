//! The causes of one failed connection, from its verdict and the objects on its path.

use std::net::IpAddr;

use super::cause::{Cause, Evidence};
use super::no_endpoint;
use super::survey::Survey;
use super::{headless_port, http, local_policy, no_such_name, no_such_port, wrong_target};
use crate::diagnostic::Fault;
use crate::kinds::Kind;
use crate::names::{ObjectName, Protocol};
use crate::network::Network;
use crate::trace::{Direction, Failure, Hop, Trace, Verdict};

/// Why the connection failed, most specific first; empty if it did not, or if nothing more than the verdict is known.
pub fn of_trace(network: &Network, trace: &Trace) -> Vec<Cause> {
    let resolved = &network.resolved;
    match &trace.verdict {
        Verdict::Answered { .. } | Verdict::IngressUnreachable { .. } => Vec::new(),
        Verdict::NoSuchName { name } => {
            no_such_name::causes(&Survey::of(resolved), &trace.request.from, name)
        }
        Verdict::Refused { why }
        | Verdict::TimedOut { why }
        | Verdict::LookupFailed { why, .. } => of_failure(&Survey::of(resolved), trace, *why),
        Verdict::HttpError { .. } => http::causes(&Survey::of(resolved), trace),
        Verdict::Unknown { .. } => of_closed_port(&Survey::of(resolved), trace),
    }
}

fn of_failure(survey: &Survey, trace: &Trace, why: Failure) -> Vec<Cause> {
    let Some(called) = CalledService::of(trace) else {
        return Vec::new();
    };
    let CalledService {
        service,
        port,
        protocol,
        ..
    } = called;
    match why {
        Failure::NoEndpoints => no_endpoint::of_service(survey, service, port, protocol),
        Failure::NoLocalEndpoints => local_policy::causes(survey, &called),
        Failure::NoSuchPort => no_such_port::causes(survey, service, port, protocol),
        Failure::NothingListens => of_closed_port(survey, trace),
        Failure::SourceNotAllowed => source_ranges(survey, trace, service),
        Failure::Dropped
        | Failure::NoHost
        | Failure::NoHealthyNode
        | Failure::MartianSource
        | Failure::AsymmetricReturn
        | Failure::NodeDown
        | Failure::UnknownConnection
        | Failure::NoIngressRule
        | Failure::NoSuchService => Vec::new(),
    }
}

/// The Service that the last hop towards the callee is about, as it was called there.
pub(super) struct CalledService<'a> {
    pub service: &'a ObjectName,
    pub address: IpAddr,
    pub port: u16,
    pub protocol: Protocol,
    /// The node whose rules decided; empty if no node did.
    pub node: &'a str,
}

impl<'a> CalledService<'a> {
    fn of(trace: &'a Trace) -> Option<CalledService<'a>> {
        let towards = |hop: &&Hop| hop.direction != Direction::Reply;
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
            node: hop.device.node().unwrap_or_default(),
        })
    }
}

/// Nothing is known to listen on the pod's port: the Service leads to the wrong one.
fn of_closed_port(survey: &Survey, trace: &Trace) -> Vec<Cause> {
    let Some(called) = CalledService::of(trace) else {
        return Vec::new();
    };
    let headless = headless_port::of_service(survey, called.service, called.port, called.protocol);
    let cause = headless
        .or_else(|| wrong_target::of_service(survey, called.service, called.port, called.protocol));
    cause.into_iter().collect()
}

fn source_ranges(survey: &Survey, trace: &Trace, name: &ObjectName) -> Vec<Cause> {
    let stored = survey.resolved.get(Kind::Service, name);
    let service = survey.resolved.cluster.services.get(name);
    let last = trace.hops.last();
    let Some(((stored, service), hop)) = stored.zip(service).zip(last) else {
        return Vec::new();
    };
    let fault = Fault::SourceNotInRanges {
        service: name.name.to_string(),
        client: hop.before.source.ip().to_string(),
        ranges: service.spec.load_balancer_source_ranges.join(", "),
    };
    let evidence = Evidence::of(stored, "spec.loadBalancerSourceRanges");
    vec![Cause::certain(fault, vec![evidence])]
}
