//! A request in plain HTTP to a port that speaks TLS: Go's server, the API server's among them, answers
//! `400 Bad Request: Client sent an HTTP request to an HTTPS server` (net/http `server.go`), nginx 400 as well.

use super::cause::{Cause, Evidence};
use super::survey::Survey;
use crate::cluster::system_objects::kubernetes_service_name;
use crate::diagnostic::{Fault, PortFault};
use crate::trace::{Scheme, Trace};

/// The port of the called Service, if it is the API server's or looks like one of HTTPS.
pub(super) fn of_answer(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let target = &trace.request.to;
    if target.scheme != Some(Scheme::Http) {
        return None;
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
