//! A headless Service is called on its port, and the pods listen on another one.
//!
//! A headless Service has no address that kube-proxy could translate: DNS answers with the pods' own addresses, so the
//! caller's port reaches the pod as it is. `port` and `targetPort` of the Service map nothing.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::{PortOf, Survey};
use crate::controllers::endpointslices::find_port;
use crate::diagnostic::{Fault, PortFault};
use crate::names::{ObjectName, Protocol};

/// Every port of a headless Service whose target has another number.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let causes = survey.ports().filter_map(|port| of_port(survey, port));
    causes.map(Cause::possible).collect()
}

/// Why a call of the Service on this port reaches a port of the pod on which nothing is declared.
pub(in crate::causes) fn of_service(
    survey: &Survey,
    name: &ObjectName,
    number: u16,
    protocol: Protocol,
) -> Option<Cause> {
    of_port(survey, survey.called_port(name, number, protocol)?)
}

fn of_port(survey: &Survey, port: PortOf) -> Option<Cause> {
    let service = port.service;
    if !service.is_headless() || service.spec.selector.is_none() {
        return None;
    }
    let target = target(survey, port)?;
    if target == port.port.port {
        return None;
    }
    let fault = Fault::Port(PortFault::HeadlessMapsNoPorts {
        service: service.metadata.name.to_string(),
        port: port.port.port,
        target,
    });
    let evidence = vec![
        Evidence::of(port.stored, &format!("spec.ports[{}]", port.index)),
        Evidence::of(port.stored, "spec.clusterIP"),
    ];
    Some(Cause::certain(fault, evidence))
}

/// The container port that is meant: a number, or a name that a selected pod declares.
fn target(survey: &Survey, port: PortOf) -> Option<u16> {
    port.port.target_port.number().or_else(|| {
        let selected = survey.pods.selected(port.service);
        selected.iter().find_map(|pod| find_port(pod, port.port))
    })
}
