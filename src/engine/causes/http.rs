//! An Ingress controller answers a request by itself: no rule matches it, or the rule's backend cannot be used.

use super::cause::{Cause, Evidence};
use super::no_endpoint;
use super::survey::Survey;
use super::typo::typo_distance;
use super::wrong_target;
use crate::cluster::object::{BackendPort, BackendService, Ingress, Service};
use crate::diagnostic::{Fault, Fix};
use crate::kinds::Kind;
use crate::l7::ingress::{route, service_port};
use crate::manifest::yaml_quote::quoted;
use crate::names::{ObjectName, Protocol};
use crate::trace::{Reason, Trace};

/// Why the controller's answer is an error, most specific first.
pub(super) fn causes(survey: &Survey, trace: &Trace) -> Vec<Cause> {
    let Some((host, path)) = request_of(trace) else {
        return Vec::new();
    };
    let ingresses = survey.resolved.cluster.ingresses.values();
    match route(ingresses, host, path) {
        None => vec![no_rule(survey, host, path)],
        Some(route) => match &route.backend.service {
            Some(backend) => of_backend(survey, route.ingress, backend),
            None => Vec::new(),
        },
    }
}

/// The host and path that the controller took.
fn request_of(trace: &Trace) -> Option<(&str, &str)> {
    let mut hops = trace.hops.iter().rev();
    hops.find_map(|hop| match &hop.reason {
        Reason::TakesHttp { host, path, .. } => Some((host.as_str(), path.as_str())),
        _ => None,
    })
}

/// No rule matches: the hosts and paths that there are, and the host that is a typo away.
fn no_rule(survey: &Survey, host: &str, path: &str) -> Cause {
    let mut rules: Vec<String> = Vec::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut has_host = false;
    for (name, ingress) in &survey.resolved.cluster.ingresses {
        for (index, rule) in ingress.spec.rules.iter().enumerate() {
            let paths = rule.http.iter().flat_map(|http| &http.paths);
            for own in paths {
                let shown = if rule.host.is_empty() {
                    "*"
                } else {
                    &rule.host
                };
                rules.push(format!("{shown}{}", own.path));
            }
            let is_near = rule.host == host || typo_distance(host, &rule.host).is_some();
            has_host |= rule.host == host;
            let stored = survey.resolved.get(Kind::Ingress, name);
            if let Some(stored) = stored.filter(|_| is_near) {
                evidence.push(Evidence::of(stored, &format!("spec.rules[{index}]")));
            }
        }
    }
    let fault = Fault::NoIngressRuleMatches {
        host: host.to_owned(),
        path: path.to_owned(),
        host_known: has_host,
        rules: rules.join(", "),
    };
    Cause::certain(fault, evidence)
}

fn of_backend(survey: &Survey, ingress: &Ingress, backend: &BackendService) -> Vec<Cause> {
    let namespace = ingress.metadata.namespace.as_str();
    let name = ObjectName::new(namespace, backend.name.as_str());
    let evidence = evidence_of_backend(survey, ingress, backend);
    let Some(service) = survey.resolved.cluster.services.get(&name) else {
        return vec![no_service(survey, ingress, backend, evidence)];
    };
    let Some(port) = service_port(service, &backend.port) else {
        let fault = Fault::IngressBackendPort {
            ingress: ingress.metadata.name.to_string(),
            service: name.name.to_string(),
            port: written_port(&backend.port),
            ports: ports_of(service),
        };
        return vec![Cause::certain(fault, evidence)];
    };
    let missing = no_endpoint::of_service(survey, &name, port.port, Protocol::Tcp);
    if !missing.is_empty() {
        return missing;
    }
    let wrong = wrong_target::of_service(survey, &name, port.port, Protocol::Tcp);
    wrong.into_iter().collect()
}

/// The backend's Service does not exist in the Ingress' namespace.
fn no_service(
    survey: &Survey,
    ingress: &Ingress,
    backend: &BackendService,
    evidence: Vec<Evidence>,
) -> Cause {
    let namespace = &ingress.metadata.namespace;
    let services = || survey.resolved.cluster.services.keys();
    let elsewhere = services().find(|id| id.name == backend.name);
    let in_namespace = services().filter(|id| id.namespace == *namespace);
    let near = in_namespace
        .filter_map(|id| Some((typo_distance(&backend.name, &id.name)?, &id.name)))
        .min();
    let fault = Fault::IngressBackendMissing {
        ingress: ingress.metadata.name.to_string(),
        service: backend.name.to_string(),
        namespace: namespace.to_string(),
        elsewhere: elsewhere.map(|id| id.namespace.to_string()),
        nearest: near.map(|(_, name)| name.to_string()),
    };
    let span = evidence.first().and_then(|own| own.span);
    let fix = match (near, span) {
        (Some((_, name)), Some(span)) => Some(Fix {
            span,
            text: quoted(name),
        }),
        _ => None,
    };
    Cause::certain(fault, evidence).with_fix(fix)
}

/// The backend's name where it is written.
fn evidence_of_backend(
    survey: &Survey,
    ingress: &Ingress,
    backend: &BackendService,
) -> Vec<Evidence> {
    let Some(stored) = survey.resolved.get(Kind::Ingress, &ingress.metadata.id()) else {
        return Vec::new();
    };
    for (rule_index, rule) in ingress.spec.rules.iter().enumerate() {
        let paths = rule.http.iter().flat_map(|http| &http.paths);
        for (path_index, path) in paths.enumerate() {
            if path.backend.service.as_ref() == Some(backend) {
                let field = format!(
                    "spec.rules[{rule_index}].http.paths[{path_index}].backend.service.name"
                );
                return vec![Evidence::of(stored, &field)];
            }
        }
    }
    vec![Evidence::of(stored, "spec.defaultBackend.service.name")]
}

fn written_port(port: &BackendPort) -> String {
    if port.name.is_empty() {
        port.number.to_string()
    } else {
        port.name.to_string()
    }
}

/// `80, http 8080`.
fn ports_of(service: &Service) -> String {
    let ports = service.spec.ports.iter();
    let ports: Vec<String> = ports
        .map(|own| format!("{} {}", own.name, own.port).trim().to_owned())
        .collect();
    ports.join(", ")
}
