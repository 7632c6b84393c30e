//! A Service port whose target is not what the selected pods declare: another number, or another protocol.
//!
//! What a container declares is information only; it may listen on other ports. So these causes are likely, and certain where
//! every pod states what listens.

use std::collections::BTreeSet;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::set_field;
use crate::causes::survey::{PortOf, Survey};
use crate::cluster::object::{Pod, ServiceType};
use crate::controllers::endpointslices::is_member;
use crate::diagnostic::{Fault, Fix, PortFault};
use crate::names::{ObjectName, Protocol};
use crate::network::listen::{known_ports, stated_ports};
use crate::sort;

/// Every port whose number no selected pod declares, although all declare others.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let mut causes = Vec::new();
    for port in survey.ports() {
        let cause = of_port(survey, port);
        causes.extend(cause.filter(|cause| is_worth_a_warning(survey, port, cause)));
    }
    causes
}

/// Ports are declared carelessly: a missing `protocol` in the Service is a common mistake, a missing one in the container
/// harmless; and a pod that declares other ports of the Service may listen on more than it declares.
fn is_worth_a_warning(survey: &Survey, port: PortOf, cause: &Cause) -> bool {
    if let Fault::Port(PortFault::ServiceProtocolDiffers { .. }) = cause.fault {
        return port.port.protocol == Protocol::Tcp;
    }
    let selected = survey.pods.selected(port.service);
    let declared = ports_of(&selected);
    let ports = port.service.spec.ports.iter();
    let mut targets = ports.filter_map(|own| Some((own.target_port.number()?, own.protocol)));
    !targets.any(|target| declared.contains(&target))
}

/// The same for one port of a Service.
pub(in crate::causes) fn of_service(
    survey: &Survey,
    name: &ObjectName,
    number: u16,
    protocol: Protocol,
) -> Option<Cause> {
    of_port(survey, survey.called_port(name, number, protocol)?)
}

fn of_port(survey: &Survey, port: PortOf) -> Option<Cause> {
    let target = port.port.target_port.number()?;
    if port.service.spec.service_type == ServiceType::ExternalName {
        // An alias in DNS has neither ports nor pods.
        return None;
    }
    let selected = survey.pods.selected(port.service);
    let pods: Vec<&Pod> = selected.into_iter().filter(|pod| is_member(pod)).collect();
    if pods.is_empty() || pods.iter().any(|pod| known_ports(pod).is_empty()) {
        return None;
    }
    let declared = ports_of(&pods);
    let stated = pods.iter().all(|pod| stated_ports(pod).is_some());
    if declared.contains(&(target, port.port.protocol)) {
        return None;
    }
    let field = format!("spec.ports[{}].targetPort", port.index);
    let service = port.service.metadata.name.to_string();
    let other = declared.iter().find(|(number, _)| *number == target);
    let mut evidence = vec![Evidence::of(port.stored, &field)];
    let pod = pods.first().copied();
    let of_pod =
        pod.and_then(|pod| Evidence::of_pod(survey.resolved, pod, "spec.containers[0].ports"));
    evidence.extend(of_pod);
    let (fault, fix) = if let Some((_, protocol)) = other {
        let fault = Fault::Port(PortFault::ServiceProtocolDiffers {
            service,
            port: port.port.port,
            target,
            wanted: port.port.protocol.to_string(),
            declared: protocol.to_string(),
        });
        (fault, None)
    } else {
        let fault = Fault::Port(PortFault::TargetPortNotDeclared {
            service,
            port: port.port.port,
            target,
            declared: listed(&declared),
            stated,
        });
        (fault, only_target(port, &declared))
    };
    let cause = if stated {
        Cause::certain(fault, evidence)
    } else {
        Cause::likely(fault, evidence)
    };
    Some(cause.with_fix(fix))
}

/// The `targetPort`, replaced by the only port that the pods declare for its protocol.
fn only_target(port: PortOf, declared: &BTreeSet<(u16, Protocol)>) -> Option<Fix> {
    let same = declared
        .iter()
        .filter(|(_, own)| *own == port.port.protocol);
    let numbers: Vec<u16> = same.map(|(number, _)| *number).collect();
    let [number] = numbers.as_slice() else {
        return None;
    };
    let ports = port.stored.tree.get("spec")?.get("ports")?;
    let item = ports.items().get(port.index)?;
    set_field(port.stored, item, "targetPort", &number.to_string())
}

/// The ports that pods are known for.
fn ports_of(pods: &[&Pod]) -> BTreeSet<(u16, Protocol)> {
    sort::set(pods.iter().flat_map(|pod| known_ports(pod)))
}

fn listed(ports: &BTreeSet<(u16, Protocol)>) -> String {
    let ports: Vec<String> = ports
        .iter()
        .map(|(number, protocol)| format!("{number}/{protocol}"))
        .collect();
    ports.join(", ")
}
