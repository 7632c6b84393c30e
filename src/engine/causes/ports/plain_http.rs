//! A request in plain HTTP to a port that speaks TLS: Go's server, the API server's among them, answers
//! `400 Bad Request: Client sent an HTTP request to an HTTPS server` (net/http `server.go`), nginx 400 as well.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::TargetPort;
use crate::cluster::system_objects::kubernetes_service_name;
use crate::diagnostic::{Fault, PortFault};
use crate::trace::{Reason, Scheme, Trace};

/// The port of the called Service, if it is the API server's or looks like one of HTTPS.
pub(in crate::causes) fn of_answer(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let target = &trace.request.to;
    match target.scheme? {
        Scheme::Http => {}
        Scheme::Https => return tls_to_plain_port(survey, trace),
        Scheme::Grpc | Scheme::Grpcs | Scheme::Transport(_) => return None,
    }
    let name = trace.service.as_ref()?;
    let called = survey.called_port(name, target.port, target.protocol())?;
    let is_api_server = *name == kubernetes_service_name();
    let is_named = called.port.name.starts_with("https");
    if !is_api_server && !is_named {
        return None;
    }
    let fault = Fault::Port(PortFault::PlainHttpToTlsPort {
        service: name.name.to_string(),
        port: target.port,
        is_api_server,
    });
    let field = format!("spec.ports[{}]", called.index);
    let cause = Cause::certain(fault, vec![Evidence::of(called.stored, &field)]);
    Some(if is_api_server {
        cause
    } else {
        cause.possible()
    })
}

/// The other way round: TLS to a port that looks like one of plain HTTP, by its name or that of the pods' port.
fn tls_to_plain_port(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let target = &trace.request.to;
    let name = trace.service.as_ref()?;
    let called = survey.called_port(name, target.port, target.protocol())?;
    let mut hops = trace.hops.iter();
    let is_terminated = hops.any(|hop| matches!(hop.reason, Reason::TakesHttp { .. }));
    let port = called.port;
    let is_named = port.name == "http" || port.target_port == TargetPort::Name("http".into());
    if is_terminated || !is_named {
        return None;
    }
    let fault = Fault::Port(PortFault::TlsToPlainPort {
        service: name.name.to_string(),
        port: target.port,
    });
    let field = format!("spec.ports[{}]", called.index);
    Some(Cause::certain(fault, vec![Evidence::of(called.stored, &field)]).possible())
}
