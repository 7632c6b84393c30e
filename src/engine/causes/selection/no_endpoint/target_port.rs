//! A named `targetPort` that resolves in no selected pod: the port has no endpoint at all.
//!
//! `FindPort` takes the first container port of that name and the Service port's protocol, of the containers first and
//! then of the sidecars; ports of other init containers never count (kubernetes `pkg/api/v1/pod/util.go`).

use std::collections::BTreeSet;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::selection::narrower_selector::{label_of_those_only, selecting};
use crate::causes::selection::selects_job_pods;
use crate::causes::selection::selects_two_programs::shares_workload;
use crate::causes::survey::{PortOf, Survey};
use crate::cluster::object::{Pod, TargetPort};
use crate::controllers::endpointslices::find_port;
use crate::diagnostic::{Fault, Fix, PortFault};
use crate::manifest::yaml_quote::quoted;
use crate::names::Protocol;
use crate::sort;
use crate::syntax::typo_distance;

/// Why the port resolves in none of the pods; empty if it resolves in some, or is a number.
pub(super) fn causes(survey: &Survey, port: PortOf, pods: &[&Pod]) -> Vec<Cause> {
    let TargetPort::Name(target) = &port.port.target_port else {
        return Vec::new();
    };
    if pods.iter().any(|pod| find_port(pod, port.port).is_some()) {
        return Vec::new();
    }
    let cause = of_another_protocol(survey, port, target, pods)
        .or_else(|| in_an_init_container(survey, port, target, pods))
        .unwrap_or_else(|| not_declared(port, target, pods));
    vec![cause]
}

/// A named port that some of the ready pods declare and others do not: the others get nothing.
///
/// If they do not declare its number either, and another workload makes them, they are another program, and the selector
/// takes in too much.
pub(super) fn in_some(survey: &Survey, port: PortOf, pods: &[&Pod]) -> Option<Cause> {
    let TargetPort::Name(target) = &port.port.target_port else {
        return None;
    };
    let ready = pods.iter().copied().filter(|pod| pod.is_ready());
    let (with, without): (Vec<&Pod>, Vec<&Pod>) =
        ready.partition(|pod| find_port(pod, port.port).is_some());
    let is_told = |pod: &&Pod| selects_job_pods::is_told(survey, port.service, pod);
    let without: Vec<&Pod> = without.into_iter().filter(|pod| !is_told(pod)).collect();
    let (pod, first) = (*without.first()?, *with.first()?);
    let is_other_program = are_of_another_program(survey, port, &with, pod);
    let label = (is_other_program)
        .then(|| label_of_those_only(&with, &without))
        .flatten();
    let names = declared_ports(&[pod]).into_iter().map(|(name, _)| name);
    let names: Vec<&str> = names.collect();
    let fault = Fault::Port(PortFault::TargetPortMissingInSome {
        service: port.service.metadata.name.to_string(),
        target: target.to_string(),
        pod: pod.metadata.name.to_string(),
        pods: without.len(),
        all: with.len() + without.len(),
        declared: names.join(", "),
        meant: first.metadata.name.to_string(),
        is_other_program,
        label: label.map(|(key, value)| format!("{key}={value}")),
    });
    let of_pod = |field| Evidence::of_pod(survey.resolved, pod, field).into_iter();
    let (evidence, fix): (Vec<Evidence>, Option<Fix>) = if is_other_program {
        let selector = Evidence::of(port.stored, "spec.selector");
        let evidence = [selector].into_iter().chain(of_pod("metadata.labels"));
        let fix = label.and_then(|label| selecting(port.stored, label));
        (evidence.collect(), fix)
    } else {
        let target = Evidence::of(port.stored, &target_field(port));
        let evidence = of_pod("spec.containers[0].ports").chain([target]);
        (evidence.collect(), None)
    };
    let cause = Cause::certain(fault, evidence).with_fix(fix);
    Some(if is_other_program {
        cause.possible()
    } else {
        cause
    })
}

/// Whether a pod without a named port is another program than those with it.
fn are_of_another_program(survey: &Survey, port: PortOf, with: &[&Pod], pod: &Pod) -> bool {
    let numbers = sort::set(with.iter().filter_map(|own| find_port(own, port.port)));
    let mut declared = pod.serving_containers().flat_map(|own| &own.ports);
    let has_number = declared.any(|own| numbers.contains(&own.container_port));
    !has_number && !shares_workload(survey, pod, with)
}

/// A container declares the name, for another protocol.
fn of_another_protocol(
    survey: &Survey,
    port: PortOf,
    target: &str,
    pods: &[&Pod],
) -> Option<Cause> {
    let declared = declared_ports(pods);
    let (_, protocol) = declared.into_iter().find(|(name, _)| *name == target)?;
    let fault = Fault::Port(PortFault::TargetPortOfAnotherProtocol {
        service: port.service.metadata.name.to_string(),
        port: port.port.port,
        target: target.to_owned(),
        wanted: port.port.protocol.to_string(),
        declared: protocol.to_string(),
    });
    Some(Cause::certain(
        fault,
        evidence(survey, port, pods, "spec.containers[0].ports"),
    ))
}

/// Only an init container that does not stay declares the name.
fn in_an_init_container(
    survey: &Survey,
    port: PortOf,
    target: &str,
    pods: &[&Pod],
) -> Option<Cause> {
    let containers = pods.iter().flat_map(|pod| pod.spec.init_containers.iter());
    let mut owners = containers.filter(|own| own.ports.iter().any(|port| port.name == target));
    let fault = Fault::Port(PortFault::TargetPortOfInitContainer {
        service: port.service.metadata.name.to_string(),
        port: port.port.port,
        target: target.to_owned(),
        container: owners.next()?.name.to_string(),
    });
    Some(Cause::certain(
        fault,
        evidence(survey, port, pods, "spec.initContainers"),
    ))
}

fn not_declared(port: PortOf, target: &str, pods: &[&Pod]) -> Cause {
    let field = target_field(port);
    let evidence = vec![Evidence::of(port.stored, &field)];
    let declared = declared_ports(pods);
    let same_protocol = declared
        .iter()
        .filter(|(_, protocol)| *protocol == port.port.protocol);
    let near = same_protocol
        .filter_map(|(name, _)| Some((typo_distance(target, name)?, *name)))
        .min();
    let names = sort::set(declared.iter().map(|(name, _)| *name));
    let fault = Fault::Port(PortFault::TargetPortNotFound {
        service: port.service.metadata.name.to_string(),
        port: port.port.port,
        target: target.to_owned(),
        declared: names.into_iter().collect::<Vec<_>>().join(", "),
    });
    let near = near.map(|(_, name)| quoted(name));
    let meant = near.or_else(|| only_target(port, pods));
    let fix = evidence[0]
        .span
        .zip(meant)
        .map(|(span, text)| Fix { span, text });
    Cause::certain(fault, evidence).with_fix(fix)
}

/// The only port that the pods declare for the protocol: its name, or its number.
fn only_target(port: PortOf, pods: &[&Pod]) -> Option<String> {
    let containers = pods.iter().flat_map(|pod| pod.serving_containers());
    let ports = containers.flat_map(|container| &container.ports);
    let same_protocol = ports.filter(|own| own.protocol == port.port.protocol);
    let targets = sort::set(same_protocol.map(|own| {
        if own.name.is_empty() {
            own.container_port.to_string()
        } else {
            quoted(&own.name)
        }
    }));
    let mut targets = targets.into_iter();
    targets.next().filter(|_| targets.next().is_none())
}

fn evidence(survey: &Survey, port: PortOf, pods: &[&Pod], field: &str) -> Vec<Evidence> {
    let mut evidence = vec![Evidence::of(port.stored, &target_field(port))];
    let pod = pods.first();
    evidence.extend(pod.and_then(|pod| Evidence::of_pod(survey.resolved, pod, field)));
    evidence
}

fn target_field(port: PortOf) -> String {
    format!("spec.ports[{}].targetPort", port.index)
}

/// The names and protocols of the ports that the pods declare.
fn declared_ports<'a>(pods: &[&'a Pod]) -> BTreeSet<(&'a str, Protocol)> {
    let containers = pods.iter().flat_map(|pod| pod.serving_containers());
    let ports = containers.flat_map(|container| &container.ports);
    let named = ports.filter(|port| !port.name.is_empty());
    sort::set(named.map(|port| (port.name.as_str(), port.protocol)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::Problem;
    use crate::testing::dedent;

    fn text(target: &str) -> String {
        dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: kimho}
            spec:
              selector: {app: kimho}
              ports:
              - port: 406
                targetPort: TARGET
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: kimho, labels: {app: kimho}}
            spec:
              containers:
              - name: c
                image: nginx
                ports: [{name: http, containerPort: 8080}, {name: https, containerPort: 8443}]
            ",
        )
        .replace("TARGET", target)
    }

    #[test]
    fn an_undeclared_name_is_reported_with_the_declared_names() {
        let found = check_text(&text("kimhotarget"), &Config::default());
        let problem = Problem::Cause(Fault::Port(PortFault::TargetPortNotFound {
            service: "kimho".into(),
            port: 406,
            target: "kimhotarget".into(),
            declared: "http, https".into(),
        }));
        assert_eq!(
            (found.len(), &found[0].0.problem, found[0].0.span.start.line),
            (1, &problem, 8)
        );
        assert_eq!(found[0].1, None);
    }

    #[test]
    fn a_typo_in_the_name_is_fixed_in_place() {
        assert_eq!(
            check_text(&text("htttp"), &Config::default())[0].1,
            Some(text("http"))
        );
    }
}
