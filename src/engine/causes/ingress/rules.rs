//! An Ingress controller answers a request by itself: no rule matches it, or the rule's backend cannot be used.

use super::access;
use super::aws;
use super::canary;
use super::controller_port;
use super::exact_path;
use super::foreign_annotations;
use super::host_regex;
use super::nginx_annotations;
use super::regex_path;
use super::rewrite;
use super::service_annotations;
use super::traefik;
use super::wildcard_path;
use crate::causes::called_service::CalledService;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::names::external_name_target;
use crate::causes::names::no_such_name;
use crate::causes::ports::wrong_target;
use crate::causes::selection::no_endpoint;
use crate::causes::survey::Survey;
use crate::cluster::object::{BackendPort, BackendService, Ingress, Pod, Service, ServiceType};
use crate::diagnostic::{Fault, Fix, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::HttpDecision;
use crate::l7::ingress::{Route, service_port};
use crate::l7::ingress_nginx::{self, is_backend_protocol};
use crate::manifest::yaml_quote::quoted;
use crate::names::{ObjectName, Protocol};
use crate::network::arrival::arriving;
use crate::network::ingress_controller::controller;
use crate::network::l7_proxy::decide;
use crate::syntax::typo_distance;
use crate::trace::{Failure, Hop, Reason, Trace};

/// Why the controller's answer is an error, most specific first.
pub(in crate::causes) fn causes(survey: &Survey, trace: &Trace, why: Failure) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let Some((pod, port)) = controller_of_request(survey, trace) else {
        return Vec::new();
    };
    if let Failure::PlainToTlsPort | Failure::TlsToPlainPort = why {
        let cause = controller_port::of_other_port(survey, trace, (pod, port), why);
        return cause.into_iter().collect();
    }
    let request = arriving(cluster, pod, &trace.request);
    match decide(cluster, pod, port, &request) {
        HttpDecision::NoRule => {
            let own = traefik::of_entry_point(survey, (pod, port), &request);
            if let Some(cause) = own.or_else(|| canary::alone(survey, pod, &request)) {
                return vec![cause];
            }
            let expression = wildcard_path::of_host(survey, pod, &request.host)
                .or_else(|| regex_path::not_an_expression(survey, pod, &request.host));
            let exact = exact_path::above(survey, pod, &request.host, request.path());
            let none = no_rule(survey, &request.host, request.path());
            let found = expression.into_iter().chain(exact);
            found.chain([none]).collect()
        }
        HttpDecision::Redirect { .. } | HttpDecision::NotKnown(_) => Vec::new(),
        HttpDecision::Pass { route, .. } => {
            let Some(backend) = &route.backend.service else {
                return Vec::new();
            };
            match why {
                Failure::AddressNotServed | Failure::CredentialsMissing => {
                    let cause = access::of_ingress(survey, trace, route.ingress, why);
                    cause.into_iter().collect()
                }
                Failure::BackendNotGrpc => vec![not_grpc(survey, route.ingress, backend)],
                Failure::BackendNotResolved => not_resolved(survey, route.ingress, backend),
                _ => of_backend(survey, trace, route.ingress, backend),
            }
        }
    }
}

/// Whether a controller took the request.
pub(in crate::causes) fn took(trace: &Trace) -> bool {
    let mut hops = trace.hops.iter();
    hops.any(|hop| matches!(hop.reason, Reason::TakesHttp { .. }))
}

/// What is worth knowing of a request that a controller passed on.
pub(in crate::causes) fn notes(survey: &Survey, trace: &Trace) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let Some((pod, port)) = controller_of_request(survey, trace) else {
        return Vec::new();
    };
    let request = arriving(cluster, pod, &trace.request);
    match decide(cluster, pod, port, &request) {
        HttpDecision::Pass { route, .. } => {
            let plain = speaks_plain_http(survey, pod, &route);
            let refused = regex_path::refused_path(survey, &route)
                .or_else(|| host_regex::of_route(survey, pod, &route, &request));
            let unread = foreign_annotations::of_ingress(survey, route.ingress);
            let lost = rewrite::lost_path(survey, &route, request.path());
            let misread = nginx_annotations::of_ingress(survey, route.ingress);
            let misplaced = service_annotations::of_backend(survey, &route);
            let found = refused.into_iter().chain(misread).chain(misplaced);
            found.chain(plain).chain(lost).chain(unread).collect()
        }
        HttpDecision::NoRule | HttpDecision::Redirect { .. } | HttpDecision::NotKnown(_) => {
            Vec::new()
        }
    }
}

/// Backends of Ingress rules that requests cannot be sent to, where the text has Services of the namespace.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    for ingress in survey.resolved.cluster.ingresses.values() {
        let rules = ingress.spec.rules.iter();
        let paths = rules
            .flat_map(|rule| &rule.http)
            .flat_map(|http| &http.paths);
        let backends = paths.map(|path| &path.backend);
        let backends = backends.chain(&ingress.spec.default_backend);
        let backends = backends.filter_map(|backend| backend.service.as_ref());
        for backend in backends.filter(|own| !aws::is_action(ingress, own)) {
            let cause = unusable_backend(survey, ingress, backend);
            causes.extend(cause.filter(|cause| !causes.contains(cause)));
        }
    }
    causes
}

/// A backend whose Service does not have the port, or does not exist although the text has others of the namespace.
fn unusable_backend(survey: &Survey, ingress: &Ingress, backend: &BackendService) -> Option<Cause> {
    let namespace = ingress.metadata.namespace.as_str();
    let name = ObjectName::new(namespace, backend.name.as_str());
    if let Some(service) = survey.resolved.cluster.services.get(&name) {
        let is_alias = service.spec.service_type == ServiceType::ExternalName;
        let has_port = is_alias || service_port(service, &backend.port).is_some();
        return (!has_port).then(|| no_port(survey, ingress, backend, service));
    }
    let mut services = survey.services();
    let is_told = services.any(|(stored, _)| {
        let is_near = stored.name.namespace == namespace || stored.name.name == backend.name;
        stored.written.is_some() && is_near
    });
    let cause = no_service(survey, ingress, backend);
    is_told.then(|| match cause.fix {
        Some(_) => cause,
        None => cause.possible(),
    })
}

fn no_port(
    survey: &Survey,
    ingress: &Ingress,
    backend: &BackendService,
    service: &Service,
) -> Cause {
    let fault = Fault::Ingress(IngressConfigFault::IngressBackendPort {
        ingress: ingress.metadata.name.to_string(),
        service: backend.name.to_string(),
        port: written_port(&backend.port),
        ports: ports_of(service),
    });
    let field = if backend.port.name.is_empty() {
        "port.number"
    } else {
        "port.name"
    };
    let evidence = evidence_of_backend(survey, ingress, backend, field);
    let fix = evidence.first().and_then(|own| {
        Some(Fix {
            span: own.span?,
            text: meant_port(backend, service)?,
        })
    });
    Cause::certain(fault, evidence).with_fix(fix)
}

/// The Service's port that the backend most likely means: the one whose target is the written number, the one whose name
/// is a typo away, or the only one.
fn meant_port(backend: &BackendService, service: &Service) -> Option<String> {
    let ports = &service.spec.ports;
    let only = || ports.first().filter(|_| ports.len() == 1);
    if backend.port.name.is_empty() {
        let written = backend.port.number;
        let mut ports = ports.iter();
        let by_target = ports.find(|own| own.target_port.number() == Some(written));
        return Some(by_target.or_else(only)?.port.to_string());
    }
    let named = ports.iter().filter(|own| !own.name.is_empty());
    let near = named.filter_map(|own| Some((typo_distance(&backend.port.name, &own.name)?, own)));
    let near = near.min_by_key(|(distance, _)| *distance);
    let port = near.map(|(_, own)| own).or_else(only)?;
    (!port.name.is_empty()).then(|| quoted(&port.name))
}

/// ingress-nginx speaks plain HTTP to a port that is one of TLS by its name or number.
fn speaks_plain_http(survey: &Survey, pod: &Pod, route: &Route) -> Option<Cause> {
    let (ingress, backend) = (route.ingress, route.backend.service.as_ref()?);
    let is_nginx = controller(pod) == Some(ingress_nginx::CONTROLLER);
    let protocol = ingress_nginx::annotation(ingress, "backend-protocol");
    if !is_nginx || protocol.is_some_and(is_backend_protocol) {
        return None;
    }
    let name = ObjectName::new(ingress.metadata.namespace.as_str(), backend.name.as_str());
    let service = survey.resolved.cluster.services.get(&name)?;
    let port = service_port(service, &backend.port)?;
    let is_tls = matches!(port.port, 443 | 8443) || port.name.starts_with("https");
    if !is_tls {
        return None;
    }
    let fault = Fault::Ingress(IngressConfigFault::IngressBackendSpeaksTls {
        ingress: ingress.metadata.name.to_string(),
        service: backend.name.to_string(),
        port: port.port,
    });
    let evidence = evidence_of_backend(survey, ingress, backend, "name");
    Some(Cause::certain(fault, evidence).possible())
}

/// The pod of the controller that took the request, and its port.
pub(super) fn controller_of_request<'a>(
    survey: &Survey<'a>,
    trace: &Trace,
) -> Option<(&'a Pod, u16)> {
    let takes = |hop: &&Hop| matches!(hop.reason, Reason::TakesHttp { .. });
    let controller = trace.hops.iter().find(takes)?;
    let pod = survey.resolved.cluster.pod(controller.device.pod()?)?;
    Some((pod, controller.before.destination.port()))
}

/// The controller speaks HTTP/1.1 to the backend.
fn not_grpc(survey: &Survey, ingress: &Ingress, backend: &BackendService) -> Cause {
    let fault = Fault::Ingress(IngressConfigFault::IngressBackendNotGrpc {
        ingress: ingress.metadata.name.to_string(),
        service: backend.name.to_string(),
    });
    Cause::certain(fault, evidence_of_backend(survey, ingress, backend, "name"))
}

/// The controller does not find the name behind an ExternalName Service.
fn not_resolved(survey: &Survey, ingress: &Ingress, backend: &BackendService) -> Vec<Cause> {
    let name = ObjectName::new(ingress.metadata.namespace.as_str(), backend.name.as_str());
    let service = survey.resolved.cluster.services.get(&name);
    let stored = survey.resolved.get(Kind::Service, &name);
    let Some((service, stored)) = service.zip(stored) else {
        return Vec::new();
    };
    external_name_target::of_service(survey, service, stored)
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
    let fault = Fault::Ingress(IngressConfigFault::NoIngressRuleMatches {
        host: host.to_owned(),
        path: path.to_owned(),
        host_known: has_host,
        rules: rules.join(", "),
    });
    Cause::certain(fault, evidence)
}

fn of_backend(
    survey: &Survey,
    trace: &Trace,
    ingress: &Ingress,
    backend: &BackendService,
) -> Vec<Cause> {
    let namespace = ingress.metadata.namespace.as_str();
    let name = ObjectName::new(namespace, backend.name.as_str());
    let Some(service) = survey.resolved.cluster.services.get(&name) else {
        return vec![no_service(survey, ingress, backend)];
    };
    if service.spec.service_type == ServiceType::ExternalName {
        return behind_the_name(survey, trace);
    }
    let Some(port) = service_port(service, &backend.port) else {
        return vec![no_port(survey, ingress, backend, service)];
    };
    let missing = no_endpoint::of_service(survey, &name, port.port, Protocol::Tcp);
    if !missing.is_empty() {
        return missing;
    }
    let wrong = wrong_target::of_service(survey, &name, port.port, Protocol::Tcp);
    wrong.into_iter().collect()
}

/// The Service that the name of an ExternalName Service leads to.
fn behind_the_name(survey: &Survey, trace: &Trace) -> Vec<Cause> {
    let Some(called) = CalledService::of(&survey.resolved.cluster, trace) else {
        return Vec::new();
    };
    let CalledService {
        service,
        port,
        protocol,
        ..
    } = called;
    let missing = no_endpoint::of_service(survey, service, port, protocol);
    if !missing.is_empty() {
        return missing;
    }
    let wrong = wrong_target::of_service(survey, service, port, protocol);
    wrong.into_iter().collect()
}

/// The backend's Service does not exist in the Ingress' namespace.
fn no_service(survey: &Survey, ingress: &Ingress, backend: &BackendService) -> Cause {
    let evidence = evidence_of_backend(survey, ingress, backend, "name");
    let namespace = &ingress.metadata.namespace;
    let name = ObjectName::new(namespace.as_str(), backend.name.as_str());
    if let Some(cause) = no_such_name::service_of_other_group(survey, &name) {
        let evidence = [evidence, cause.evidence].concat();
        return Cause { evidence, ..cause };
    }
    let services = || survey.resolved.cluster.services.keys();
    let elsewhere = services().find(|id| id.name == backend.name);
    let in_namespace = services().filter(|id| id.namespace == *namespace);
    let near = in_namespace
        .filter_map(|id| Some((typo_distance(&backend.name, &id.name)?, &id.name)))
        .min();
    let fault = Fault::Ingress(IngressConfigFault::IngressBackendMissing {
        ingress: ingress.metadata.name.to_string(),
        service: backend.name.to_string(),
        namespace: namespace.to_string(),
        elsewhere: elsewhere.map(|id| id.namespace.to_string()),
        nearest: near.map(|(_, name)| name.to_string()),
    });
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

/// A field of the backend where it is written: `name`, `port.number`.
fn evidence_of_backend(
    survey: &Survey,
    ingress: &Ingress,
    backend: &BackendService,
    field: &str,
) -> Vec<Evidence> {
    let Some(stored) = survey.resolved.get(Kind::Ingress, &ingress.metadata.id()) else {
        return Vec::new();
    };
    for (rule_index, rule) in ingress.spec.rules.iter().enumerate() {
        let paths = rule.http.iter().flat_map(|http| &http.paths);
        for (path_index, path) in paths.enumerate() {
            if path.backend.service.as_ref() == Some(backend) {
                let field = format!(
                    "spec.rules[{rule_index}].http.paths[{path_index}].backend.service.{field}"
                );
                return vec![Evidence::of(stored, &field)];
            }
        }
    }
    let field = format!("spec.defaultBackend.service.{field}");
    vec![Evidence::of(stored, &field)]
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
