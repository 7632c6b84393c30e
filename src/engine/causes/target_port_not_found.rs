//! A named `targetPort` that no container of the selected pods declares: the port has no endpoint at all.

use std::collections::BTreeSet;

use super::near::{in_yaml, slip};
use crate::engine::apiserver::Kind;
use crate::engine::cluster::object::{Pod, ServicePort, TargetPort};
use crate::engine::controllers::endpointslices::{find_port, is_kept};
use crate::engine::controllers::pod_index::PodIndex;
use crate::engine::diagnostic::{Diagnostic, Fix, Problem, Severity};
use crate::engine::names::Protocol;
use crate::engine::resolve::{Resolved, Stored};
use crate::engine::sort;

/// Every such port, at its `targetPort`.
pub fn check(resolved: &Resolved, index: &PodIndex) -> Vec<Diagnostic> {
    let cluster = &resolved.cluster;
    let mut found = Vec::new();
    for stored in resolved.of_kind(Kind::Service) {
        let Some(service) = cluster
            .services
            .get(&stored.name)
            .filter(|service| is_kept(service))
        else {
            continue;
        };
        if service
            .spec
            .ports
            .iter()
            .all(|port| matches!(port.target_port, TargetPort::Number(_)))
        {
            continue;
        }
        let pods = index.selected(service);
        let ports = service
            .spec
            .ports
            .iter()
            .enumerate()
            .filter(|_| !pods.is_empty());
        found.extend(ports.filter_map(|(place, port)| say(stored, place, port, &pods)));
    }
    found
}

fn say(stored: &Stored, place: usize, port: &ServicePort, pods: &[&Pod]) -> Option<Diagnostic> {
    let TargetPort::Name(target) = &port.target_port else {
        return None;
    };
    if pods.iter().any(|pod| find_port(pod, port).is_some()) {
        return None;
    }
    let span = stored.span(&format!("spec.ports[{place}].targetPort"))?;
    let fits = declared(pods)
        .into_iter()
        .filter(|(_, protocol)| *protocol == port.protocol);
    let near = fits
        .filter_map(|(name, _)| Some((slip(target, name)?, name)))
        .min();
    let names = sort::set(declared(pods).into_iter().map(|(name, _)| name));
    let problem = Problem::TargetPortNotFound {
        service: stored.name.name.to_string(),
        port: port.port,
        target: target.clone(),
        declared: names.into_iter().collect::<Vec<_>>().join(", "),
    };
    let fix = near.map(|(_, name)| Fix {
        span,
        text: in_yaml(name),
    });
    Some(Diagnostic {
        severity: Severity::Warning,
        span,
        problem,
        fix,
    })
}

/// The names that the pods give to their ports.
fn declared<'a>(pods: &[&'a Pod]) -> BTreeSet<(&'a str, Protocol)> {
    let ports = pods
        .iter()
        .flat_map(|pod| pod.serving_containers())
        .flat_map(|container| &container.ports);
    sort::set(
        ports
            .filter(|port| !port.name.is_empty())
            .map(|port| (port.name.as_str(), port.protocol)),
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;
    use super::*;
    use crate::engine::cluster::config::Config;

    fn text(target: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: kimho}}\nspec:\n  selector: {{app: kimho}}\n  ports:\n  - port: 406\n    targetPort: {target}\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: kimho, labels: {{app: kimho}}}}\nspec:\n  containers: [{{name: c, image: nginx, ports: [{{name: http, containerPort: 8080}}, {{name: https, containerPort: 8443}}]}}]\n"
        )
    }

    #[test]
    fn a_name_that_no_container_declares_is_said_with_those_that_are_declared() {
        let found = said(&text("kimhotarget"), &Config::default());
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
    fn a_slip_in_the_name_is_mended_in_place() {
        assert_eq!(
            said(&text("htttp"), &Config::default())[0].1,
            Some(text("http"))
        );
    }
}
