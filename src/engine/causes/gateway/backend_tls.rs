//! A Gateway that speaks plain HTTP to a port which looks like one of HTTPS: without a BackendTLSPolicy it begins no TLS
//! (Gateway API `BackendTLSPolicy`; GEP-1897).

use super::called_port::CalledPort;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, GatewayFault};
use crate::kinds::Kind;
use crate::trace::{Trace, Unless, Verdict};

/// The port of the Service that the Gateway called, if no policy makes it speak TLS to it.
pub(in crate::causes) fn of_answer(survey: &Survey, trace: &Trace) -> Option<Cause> {
    if let Verdict::AnsweredUnless {
        unless: Unless::BackendTls,
        ..
    } = trace.verdict
    {
        return None;
    }
    let called = CalledPort::of(survey, trace)?;
    if !matches!(called.port.port, 443 | 8443) && !called.port.name.starts_with("https") {
        return None;
    }
    let fault = Fault::Gateway(GatewayFault::RouteBackendSpeaksTls {
        route: called.route.to_string(),
        service: called.service.to_string(),
        port: called.port.port,
    });
    let stored = survey.resolved.get(Kind::Service, called.service)?;
    let evidence = Evidence::of(stored, &format!("spec.ports[{}]", called.index));
    Some(Cause::certain(fault, vec![evidence]).possible())
}
