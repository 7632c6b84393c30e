//! Backends of a route's rules that requests cannot be sent to.

use super::references::{grant_misses, one_more_grant};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::names::no_such_name;
use crate::causes::ports::wrong_target;
use crate::causes::selection::no_endpoint;
use crate::causes::survey::Survey;
use crate::cluster::object::{BackendRef, Service};
use crate::diagnostic::{Fault, Fix, GatewayFault, RouteBackendFault};
use crate::kinds::Kind;
use crate::l7::gateway::{BackendFault, CompiledRoute};
use crate::names::ObjectName;
use crate::resolve::Stored;

/// Backends of a route that requests cannot be sent to, by what the text says: a Service may be missing from it.
pub(super) fn of_route(survey: &Survey, route: &CompiledRoute) -> Vec<Cause> {
    let rules = 0..route.rules.len();
    let causes = rules.flat_map(|rule| of_rule(survey, route, rule));
    let told = causes.filter_map(|cause| match &cause.fault {
        Fault::Gateway(GatewayFault::RouteBackendUnusable { why, namespace, .. }) => match why {
            RouteBackendFault::NotPermitted | RouteBackendFault::NoSuchPort => Some(cause),
            RouteBackendFault::NotFound => {
                let mut services = survey.services();
                let is_told = services.any(|(stored, _)| {
                    stored.written.is_some() && stored.name.namespace == namespace.as_str()
                });
                is_told.then(|| cause.possible())
            }
            RouteBackendFault::InvalidKind
            | RouteBackendFault::ZeroWeight
            | RouteBackendFault::NoBackend => None,
        },
        Fault::Gateway(GatewayFault::ReferenceGrantMisses { .. }) => Some(cause),
        _ => None,
    });
    told.collect()
}

/// The backends of a rule that cannot be used.
pub(super) fn of_rule(survey: &Survey, route: &CompiledRoute, rule: usize) -> Vec<Cause> {
    let shares = &route.rules[rule].shares;
    let written = route.rule(rule);
    let written = written.map_or(&[][..], |rule| &rule.backend_refs);
    let mut causes = Vec::new();
    if shares.iter().all(|share| share.weight == 0) {
        let why = if shares.is_empty() {
            RouteBackendFault::NoBackend
        } else {
            RouteBackendFault::ZeroWeight
        };
        let nothing = BackendRef::default();
        causes.push(of_backend(survey, (route, rule), None, &nothing, why));
    }
    for (index, (share, reference)) in shares.iter().zip(written).enumerate() {
        let name = service_of(route, reference);
        let port = reference.port.unwrap_or_default();
        let protocol = route.kind.protocol();
        let why = match &share.target {
            Ok(_) => {
                causes.extend(wrong_target::of_service(survey, &name, port, protocol));
                continue;
            }
            Err(BackendFault::NotReady) => {
                causes.extend(no_endpoint::of_service(survey, &name, port, protocol));
                continue;
            }
            Err(BackendFault::CustomKind) => continue,
            Err(BackendFault::InvalidKind) => RouteBackendFault::InvalidKind,
            Err(BackendFault::NotPermitted) => RouteBackendFault::NotPermitted,
            Err(BackendFault::NotFound) => RouteBackendFault::NotFound,
            Err(BackendFault::NoSuchPort) => RouteBackendFault::NoSuchPort,
            Err(BackendFault::NoBackend) => RouteBackendFault::NoBackend,
        };
        if why == RouteBackendFault::NotPermitted {
            causes.extend(grant_misses(survey, route, &name));
        }
        if why == RouteBackendFault::NotFound {
            causes.extend(no_such_name::service_of_other_group(survey, &name));
        }
        causes.push(of_backend(
            survey,
            (route, rule),
            Some(index),
            reference,
            why,
        ));
    }
    causes
}

fn service_of(route: &CompiledRoute, reference: &BackendRef) -> ObjectName {
    let namespace = match reference.namespace.as_str() {
        "" => &route.name.namespace,
        _ => &reference.namespace,
    };
    ObjectName::new(namespace.as_str(), reference.name.as_str())
}

fn of_backend(
    survey: &Survey,
    (route, rule): (&CompiledRoute, usize),
    index: Option<usize>,
    reference: &BackendRef,
    why: RouteBackendFault,
) -> Cause {
    let name = service_of(route, reference);
    let service = survey.resolved.cluster.services.get(&name);
    let ports = service.into_iter().flat_map(|service| &service.spec.ports);
    let ports: Vec<String> = ports.map(|port| port.port.to_string()).collect();
    let fault = Fault::Gateway(GatewayFault::RouteBackendUnusable {
        route: format!("{} {}", route.kind.name(), route.name),
        kind: reference.kind.to_string(),
        service: name.name.to_string(),
        namespace: name.namespace.to_string(),
        port: reference.port.unwrap_or_default(),
        ports: ports.join(", "),
        why,
    });
    let field = match index {
        Some(index) => format!("spec.rules[{rule}].backendRefs[{index}]"),
        None => format!("spec.rules[{rule}]"),
    };
    let stored = survey.resolved.get(Kind::from(route.kind), &route.name);
    let evidence = stored.map(|stored| Evidence::of(stored, &field));
    let fix = stored.and_then(|stored| match why {
        RouteBackendFault::NotPermitted => one_more_grant(stored, route, &name),
        RouteBackendFault::NoSuchPort => only_port(stored, &field, service?),
        RouteBackendFault::InvalidKind
        | RouteBackendFault::NotFound
        | RouteBackendFault::ZeroWeight
        | RouteBackendFault::NoBackend => None,
    });
    Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix)
}

/// The edit that writes the port of a Service that has a single one.
fn only_port(stored: &Stored, backend: &str, service: &Service) -> Option<Fix> {
    let [port] = service.spec.ports.as_slice() else {
        return None;
    };
    let span = stored.span(&format!("{backend}.port"))?;
    let text = port.port.to_string();
    Some(Fix { span, text })
}
