//! Ports that the pods do not have: a name that none declares, or the number of a Service's port.

use super::pods::PodsByNamespace;
use super::rules;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{
    NetworkPolicy, NetworkPolicyPort, NetworkPolicyRule, Pod, Service, TargetPort,
};
use crate::diagnostic::{Fault, Fix, PolicyFault};
use crate::labels::service_selects;
use crate::names::{PolicyType, Protocol};
use crate::resolve::Stored;
use crate::sort;

/// Ports of a policy's rules that no destination pod has.
pub(super) fn check(
    survey: &Survey,
    pods: &PodsByNamespace,
    stored: &Stored,
    policy: &NetworkPolicy,
) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (direction, path, rule) in rules(policy) {
        let destinations = destinations(pods, policy, direction, rule);
        if destinations.is_empty() {
            continue;
        }
        for (index, port) in rule.ports.iter().enumerate() {
            let path = format!("{path}.ports[{index}].port");
            let cause = match &port.port {
                Some(TargetPort::Name(name)) => {
                    unknown_name(stored, policy, &path, name, port.protocol, &destinations)
                }
                Some(TargetPort::Number(number)) if port.end_port.is_none() => service_port(
                    survey,
                    stored,
                    policy,
                    &path,
                    (*number, port),
                    &destinations,
                ),
                Some(TargetPort::Number(_)) | None => None,
            };
            causes.extend(cause);
        }
    }
    causes
}

/// The pods whose ports a rule is about: the selected ones for ingress, the peers for egress.
fn destinations<'a>(
    pods: &PodsByNamespace<'a>,
    policy: &NetworkPolicy,
    direction: PolicyType,
    rule: &NetworkPolicyRule,
) -> Vec<&'a Pod> {
    match direction {
        PolicyType::Ingress => pods.selected(policy),
        PolicyType::Egress => {
            let peers = rule.peers.iter();
            peers.flat_map(|peer| pods.peers(policy, peer)).collect()
        }
    }
}

/// A name that no container of the destination pods gives to a port of the protocol.
fn unknown_name(
    stored: &Stored,
    policy: &NetworkPolicy,
    path: &str,
    name: &str,
    protocol: Protocol,
    pods: &[&Pod],
) -> Option<Cause> {
    let ports = pods
        .iter()
        .flat_map(|pod| pod.serving_containers())
        .flat_map(|it| &it.ports);
    let named = sort::set(
        ports
            .filter(|port| port.protocol == protocol && !port.name.is_empty())
            .map(|port| port.name.as_str()),
    );
    if named.contains(name) {
        return None;
    }
    let fault = Fault::Policy(PolicyFault::PolicyPortNameUnknown {
        policy: policy.metadata.name.to_string(),
        port: name.to_owned(),
        protocol: protocol.to_string(),
        declared: named.into_iter().collect::<Vec<_>>().join(", "),
    });
    Some(Cause::likely(fault, vec![Evidence::of(stored, path)]))
}

/// The number of a Service's port, where the pods behind it have another one.
fn service_port(
    survey: &Survey,
    stored: &Stored,
    policy: &NetworkPolicy,
    path: &str,
    (number, port): (u16, &NetworkPolicyPort),
    pods: &[&Pod],
) -> Option<Cause> {
    let declared = pods
        .iter()
        .flat_map(|pod| pod.serving_containers())
        .flat_map(|it| &it.ports);
    let mut numbers = declared.map(|port| port.container_port);
    if numbers.any(|declared| declared == number) {
        return None;
    }
    let (service, target) = survey.services().find_map(|(_, service)| {
        let target = target_behind(service, number, port.protocol, pods)?;
        Some((service, target))
    })?;
    Some(allows_service_port(
        stored,
        policy,
        path,
        (service, number, target),
    ))
}

/// The port of the pods behind a Service's port of that number, if it is another one.
fn target_behind(service: &Service, number: u16, protocol: Protocol, pods: &[&Pod]) -> Option<u16> {
    let mut ports = service.spec.ports.iter();
    let port = ports.find(|own| own.port == number && own.protocol == protocol)?;
    let mut backends = pods.iter().filter(|pod| {
        pod.metadata.namespace == service.metadata.namespace
            && service_selects(service.spec.selector.as_ref(), &pod.metadata.labels)
    });
    let backend = backends.next()?;
    let target = match &port.target_port {
        TargetPort::Number(target) => *target,
        TargetPort::Name(name) => {
            let containers = backend.serving_containers().flat_map(|it| &it.ports);
            let mut named = containers.filter(|own| own.name == *name && own.protocol == protocol);
            named.next()?.container_port
        }
    };
    (target != number && target != 0).then_some(target)
}

/// The cause, with the edit that names the pods' port.
pub(super) fn allows_service_port(
    stored: &Stored,
    policy: &NetworkPolicy,
    path: &str,
    (service, number, target): (&Service, u16, u16),
) -> Cause {
    let fault = Fault::Policy(PolicyFault::PolicyAllowsServicePort {
        policy: policy.metadata.name.to_string(),
        service: service.metadata.name.to_string(),
        port: number,
        target,
    });
    let fix = stored.span(path).map(|span| Fix {
        span,
        text: target.to_string(),
    });
    Cause::certain(fault, vec![Evidence::of(stored, path)]).with_fix(fix)
}
