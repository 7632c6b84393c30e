//! A named `targetPort` that no container of the selected pods declares: the Service port has no endpoints.

use std::collections::BTreeSet;

use super::typo::typo_distance;
use crate::engine::apiserver::Kind;
use crate::engine::cluster::object::{Pod, ServicePort, TargetPort};
use crate::engine::controllers::endpointslices::{find_port, is_kept};
use crate::engine::controllers::pod_index::PodIndex;
use crate::engine::diagnostic::{Diagnostic, Fix, Problem, Severity};
use crate::engine::manifest::yaml_quote::quoted;
use crate::engine::names::Protocol;
use crate::engine::resolve::{Resolved, Stored};
use crate::engine::sort;

/// Reports every such port, at its `targetPort`.
pub(super) fn check(resolved: &Resolved, index: &PodIndex) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for stored in resolved.of_kind(Kind::Service) {
        let Some(service) = resolved.cluster.services.get(&stored.name) else {
            continue;
        };
        let ports = &service.spec.ports;
        if !is_kept(service) || !ports.iter().any(has_named_target) {
            continue;
        }
        let pods = index.selected(service);
        if pods.is_empty() {
            continue;
        }
        for (index, port) in ports.iter().enumerate() {
            found.extend(diagnose(stored, index, port, &pods));
        }
    }
    found
}

fn has_named_target(port: &ServicePort) -> bool {
    matches!(port.target_port, TargetPort::Name(_))
}

fn diagnose(
    stored: &Stored,
    index: usize,
    port: &ServicePort,
    pods: &[&Pod],
) -> Option<Diagnostic> {
    let TargetPort::Name(target) = &port.target_port else {
        return None;
    };
    if pods.iter().any(|pod| find_port(pod, port).is_some()) {
        return None;
    }
    let span = stored.span(&format!("spec.ports[{index}].targetPort"))?;
    let declared = declared_ports(pods);
    let nearest = declared
        .iter()
        .filter(|(_, protocol)| *protocol == port.protocol)
        .filter_map(|(name, _)| Some((typo_distance(target, name)?, *name)))
        .min();
    let names = sort::set(declared.iter().map(|(name, _)| *name));
    Some(Diagnostic {
        severity: Severity::Warning,
        span,
        problem: Problem::TargetPortNotFound {
            service: stored.name.name.to_string(),
            port: port.port,
            target: target.clone(),
            declared: names.into_iter().collect::<Vec<_>>().join(", "),
        },
        fix: nearest.map(|(_, name)| Fix {
            span,
            text: quoted(name),
        }),
    })
}

/// The named ports that containers and sidecars declare.
fn declared_ports<'a>(pods: &[&'a Pod]) -> BTreeSet<(&'a str, Protocol)> {
    let ports = pods
        .iter()
        .flat_map(|pod| pod.serving_containers())
        .flat_map(|container| &container.ports)
        .filter(|port| !port.name.is_empty());
    sort::set(ports.map(|port| (port.name.as_str(), port.protocol)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_text;
    use super::*;
    use crate::engine::cluster::config::Config;
    use crate::engine::testing::dedent;

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
        let problem = Problem::TargetPortNotFound {
            service: "kimho".into(),
            port: 406,
            target: "kimhotarget".into(),
            declared: "http, https".into(),
        };
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
