//! A Gateway that speaks plain HTTP to a port which looks like one of HTTPS: without a BackendTLSPolicy it begins no TLS
//! (Gateway API `BackendTLSPolicy`; GEP-1897).

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, GatewayFault};
use crate::kinds::Kind;
use crate::trace::{GatewayReason, Reason, Trace, Unless, Verdict};

/// The port of the Service that the Gateway called, if no policy makes it speak TLS to it.
pub(in crate::causes) fn of_answer(survey: &Survey, trace: &Trace) -> Option<Cause> {
    if let Verdict::AnsweredUnless {
        unless: Unless::BackendTls,
        ..
    } = trace.verdict
    {
        return None;
    }
    let mut hops = trace.hops.iter();
    let (called, route, number) = hops.find_map(|hop| match &hop.reason {
        Reason::Gateway(GatewayReason::RoutesForGateway {
            route,
            port,
            request: Some(_),
            ..
        }) => Some((hop.service.as_ref()?, route, *port)),
        _ => None,
    })?;
    let service = survey.resolved.cluster.services.get(called)?;
    let mut ports = service.spec.ports.iter().enumerate();
    let (index, port) = ports.find(|(_, port)| port.port == number)?;
    if !matches!(number, 443 | 8443) && !port.name.starts_with("https") {
        return None;
    }
    let fault = Fault::Gateway(GatewayFault::RouteBackendSpeaksTls {
        route: route.to_string(),
        service: called.to_string(),
        port: number,
    });
    let stored = survey.resolved.get(Kind::Service, called)?;
    let evidence = Evidence::of(stored, &format!("spec.ports[{index}]"));
    Some(Cause::certain(fault, vec![evidence]).possible())
}
