//! `localhost`, called in a pod for what another pod runs: the pod's own loopback address, and a Service has the port.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{Pod, Service};
use crate::diagnostic::{Fault, PathFault};
use crate::kinds::Kind;
use crate::labels::service_selects;
use crate::network::listen::is_known_to_listen;
use crate::trace::{Direction, Origin, Trace};

/// The only Service with the port that a pod called at its own loopback address, where nothing is known to listen on it.
pub(in crate::causes) fn of_trace(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let Origin::Pod(id) = &trace.request.from else {
        return None;
    };
    let pod = survey.resolved.cluster.pod(id)?;
    let mut hops = trace.hops.iter();
    let first = hops.find(|hop| hop.direction == Direction::Request)?;
    let called = first.before.destination;
    let asked = (called.port(), first.before.protocol);
    if !called.ip().is_loopback()
        || pod.spec.host_network
        || is_known_to_listen(pod, called, asked.1)
    {
        return None;
    }
    let has_port = |service: &&Service| {
        let mut ports = service.spec.ports.iter();
        ports.any(|port| (port.port, port.protocol) == asked)
    };
    let service = only_service(survey, pod, has_port)?;
    let stored = survey.resolved.get(Kind::Service, &service.id())?;
    let (service, namespace) = (&service.metadata.name, &service.metadata.namespace);
    let name = if *namespace == id.namespace {
        service.to_string()
    } else {
        format!("{service}.{namespace}")
    };
    let fault = Fault::Path(PathFault::LocalhostMeantService {
        pod: id.name.to_string(),
        port: called.port(),
        service: service.to_string(),
        name,
    });
    let evidence = vec![Evidence::of(stored, "spec.ports")];
    Some(Cause::likely(fault, evidence))
}

/// The Service of the text that is the only one of the pod's namespace, or else of the cluster, and leads to other pods.
fn only_service<'a>(
    survey: &Survey<'a>,
    pod: &Pod,
    is_meant: impl Fn(&&'a Service) -> bool,
) -> Option<&'a Service> {
    let written = survey.services();
    let written = written.filter(|(stored, _)| stored.written.is_some());
    let all: Vec<&Service> = (written.map(|(_, service)| service))
        .filter(is_meant)
        .collect();
    let is_near = |service: &&&Service| service.metadata.namespace == pod.metadata.namespace;
    let near: Vec<&Service> = all.iter().filter(is_near).copied().collect();
    let found = if near.is_empty() { all } else { near };
    let [service] = found.as_slice() else {
        return None;
    };
    let is_near = service.metadata.namespace == pod.metadata.namespace;
    let selector = service.spec.selector.as_ref();
    let is_own = is_near && service_selects(selector, &pod.metadata.labels);
    (!is_own).then_some(service)
}
