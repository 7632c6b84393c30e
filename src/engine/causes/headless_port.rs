//! A headless Service is called on its port, and the pods listen on another one.
//!
//! A headless Service has no address that kube-proxy could translate: DNS answers with the pods' own addresses, so the
//! caller's port reaches the pod as it is. `port` and `targetPort` of the Service map nothing.

use super::cause::{Cause, Certainty, Evidence};
use super::no_endpoint::Survey;
use crate::engine::cluster::object::{Service, ServicePort};
use crate::engine::diagnostic::Fault;
use crate::engine::kinds::Kind;
use crate::engine::names::{ObjectName, Protocol};
use crate::engine::resolve::Stored;

/// Every port of a headless Service whose target has another number.
pub(super) fn check(survey: &Survey) -> Vec<Cause> {
    let mut causes = Vec::new();
    for stored in survey.resolved.of_kind(Kind::Service) {
        let Some(service) = survey.resolved.cluster.services.get(&stored.name) else {
            continue;
        };
        for (index, port) in service.spec.ports.iter().enumerate() {
            let cause = of_port(stored, service, port, index);
            causes.extend(cause.map(|cause| Cause {
                certainty: Certainty::Possible,
                ..cause
            }));
        }
    }
    causes
}

/// Why a call of the Service on this port reaches a port of the pod on which nothing is declared.
pub(super) fn of_service(
    survey: &Survey,
    name: &ObjectName,
    number: u16,
    protocol: Protocol,
) -> Option<Cause> {
    let stored = survey.resolved.get(Kind::Service, name)?;
    let service = survey.resolved.cluster.services.get(name)?;
    let mut ports = service.spec.ports.iter().enumerate();
    let (index, port) = ports.find(|(_, port)| port.port == number && port.protocol == protocol)?;
    of_port(stored, service, port, index)
}

fn of_port(stored: &Stored, service: &Service, port: &ServicePort, index: usize) -> Option<Cause> {
    let target = port.target_port.number()?;
    if !service.is_headless() || service.spec.selector.is_none() || target == port.port {
        return None;
    }
    let fault = Fault::HeadlessMapsNoPorts {
        service: service.metadata.name.to_string(),
        port: port.port,
        target,
    };
    let evidence = vec![
        Evidence::of(stored, &format!("spec.ports[{index}]")),
        Evidence::of(stored, "spec.clusterIP"),
    ];
    Some(Cause::certain(fault, evidence))
}
