//! The Service before an Ingress controller leads to the wrong one of its ports: TLS arrives where ingress-nginx expects plain
//! HTTP, or the other way round. Behind a load balancer that ends TLS itself plain HTTP is right, and `force-ssl-redirect`
//! redirects for ever (kubernetes/ingress-nginx `docs/user-guide/tls.md`).

use super::rules::controller_of_request;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::set_field;
use crate::causes::survey::{PortOf, Survey};
use crate::cluster::object::{Ingress, Pod};
use crate::diagnostic::{Fault, Fix, IngressConfigFault, PathFault};
use crate::kinds::Kind;
use crate::l7::ingress_nginx::{Flags, annotation};
use crate::names::Protocol;
use crate::network::Network;
use crate::network::arrival::end_of_tls;
use crate::trace::{Failure, Trace};

const PREFIX: &str = "nginx.ingress.kubernetes.io/";
const FORCES_TLS: &str = "force-ssl-redirect";

/// Why a controller's pod answers 400: a request arrived at its other port.
pub(super) fn of_other_port(
    survey: &Survey,
    trace: &Trace,
    (pod, reached): (&Pod, u16),
    why: Failure,
) -> Option<Cause> {
    let is_tls = why == Failure::TlsToPlainPort;
    let called = trace.service.as_ref()?;
    let number = trace.request.to.port;
    let front = survey.called_port(called, number, Protocol::Tcp)?;
    let fault = Fault::Ingress(IngressConfigFault::ControllerPortOfOtherSort {
        service: called.to_string(),
        port: number,
        reached,
        is_tls,
    });
    let flags = Flags::of(pod);
    let meant = if is_tls {
        flags.https_port
    } else {
        flags.http_port
    };
    let field = format!("spec.ports[{}].targetPort", front.index);
    let evidence = Evidence::of(front.stored, &field);
    let fix = leading_to(front, pod, meant);
    Some(Cause::certain(fault, vec![evidence]).with_fix(fix))
}

/// The edit that leads a port of a Service to another port of a pod: by its name where it has one.
fn leading_to(front: PortOf, pod: &Pod, meant: u16) -> Option<Fix> {
    let mut ports = pod.spec.containers.iter().flat_map(|own| &own.ports);
    let declared = ports.find(|own| own.container_port == meant);
    let json = match declared {
        Some(own) if !own.name.is_empty() => format!("\"{}\"", own.name),
        Some(_) | None => meant.to_string(),
    };
    let ports = front.stored.tree.at(&["spec", "ports"])?;
    let written = ports.items().get(front.index)?;
    set_field(front.stored, written, "targetPort", &json)
}

/// A redirect to the URL that was asked for, since a load balancer ended the TLS of the request.
pub(in crate::causes) fn of_redirect(
    survey: &Survey,
    network: &Network,
    trace: &Trace,
    causes: Vec<Cause>,
) -> Vec<Cause> {
    let is_loop =
        |cause: &Cause| matches!(cause.fault, Fault::Path(PathFault::RedirectToItself { .. }));
    let of_tls = causes
        .iter()
        .any(is_loop)
        .then(|| tls_ended(survey, network, trace));
    match of_tls.flatten() {
        Some(cause) => vec![cause],
        None => causes,
    }
}

fn tls_ended(survey: &Survey, network: &Network, trace: &Trace) -> Option<Cause> {
    let (pod, _) = controller_of_request(survey, trace)?;
    let (service, key) = end_of_tls(network.cluster(), pod, &trace.request)?;
    let mut ingresses = survey.resolved.cluster.ingresses.values();
    let is_forced = |own: &&Ingress| annotation(own, FORCES_TLS) == Some("true");
    let ingress = ingresses.find(is_forced);
    let fault = Fault::Ingress(IngressConfigFault::TlsEndsBeforeController {
        service: service.id().to_string(),
        port: trace.request.to.port,
        annotation: key.to_owned(),
    });
    let stored = survey.resolved.get(Kind::Service, &service.id())?;
    let mut evidence = vec![Evidence::of_annotation(stored, key)];
    let forcing = ingress.and_then(|own| survey.resolved.get(Kind::Ingress, &own.metadata.id()));
    let key = format!("{PREFIX}{FORCES_TLS}");
    evidence.extend(forcing.map(|own| Evidence::of_annotation(own, &key)));
    Some(Cause::certain(fault, evidence))
}
