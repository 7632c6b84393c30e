//! An ExternalName Service is an alias in DNS and nothing more: it translates no port and no host name.
//!
//! The client connects to the target's address with the port that the caller named, sends the Service's name as `Host`
//! and as the name of the TLS handshake, and the server there expects neither (Kubernetes documentation,
//! "ExternalName": "for protocols that use hostnames this difference may lead to errors").

use super::no_such_name::AskedName;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{Service, ServiceType};
use crate::diagnostic::{Fault, NameFault};
use crate::kinds::Kind;
use crate::names::DEFAULT_NAMESPACE;
use crate::network::Host;
use crate::trace::{Reason, Trace};

/// The ExternalName Service by whose name the address was found.
pub(in crate::causes) fn alias<'a>(survey: &Survey<'a>, trace: &Trace) -> Option<&'a Service> {
    let mut hops = trace.hops.iter();
    let name = hops.find_map(|hop| match &hop.reason {
        Reason::Resolves {
            name,
            alias: Some(_),
            ..
        } => Some(name),
        _ => None,
    })?;
    let cluster = &survey.resolved.cluster;
    let asked = AskedName::of(cluster, DEFAULT_NAMESPACE, name.trim_end_matches('.'));
    let service = cluster.services.get(&asked.id())?;
    (service.spec.service_type == ServiceType::ExternalName).then_some(service)
}

fn evidence(survey: &Survey, service: &Service, field: &str) -> Vec<Evidence> {
    let stored = survey.resolved.get(Kind::Service, &service.id());
    stored
        .map(|stored| Evidence::of(stored, field))
        .into_iter()
        .collect()
}

/// The port of the alias was called, and what is behind the name does not have it.
pub(in crate::causes) fn of_port(
    survey: &Survey,
    trace: &Trace,
    behind: &Service,
) -> Option<Cause> {
    let service = alias(survey, trace)?;
    let ports = behind.spec.ports.iter();
    let ports: Vec<String> = ports
        .map(|own| format!("{}/{}", own.port, own.protocol))
        .collect();
    let fault = Fault::Name(NameFault::ExternalNamePorts {
        service: service.metadata.name.to_string(),
        target: service.spec.external_name.to_string(),
        called: trace.request.to.port,
        ports: ports.join(", "),
    });
    Some(Cause::certain(
        fault,
        evidence(survey, service, "spec.ports"),
    ))
}

/// The host name of the request is the Service's, where the server behind the name expects its own.
pub(in crate::causes) fn of_host(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let target = &trace.request.to;
    let service = alias(survey, trace).filter(|_| target.is_http())?;
    let external = service.spec.external_name.trim_end_matches('.');
    let host = target.host_header();
    let is_inside = external.ends_with(survey.resolved.cluster.config.domain.as_str());
    // Inside the cluster few servers look at the host name; every one looks at that of the TLS handshake.
    let Host::Name(called) = &target.host else {
        return None;
    };
    let is_told = if target.is_tls() {
        called != external
    } else {
        !is_inside
    };
    if !is_told || host == external {
        return None;
    }
    let fault = Fault::Name(NameFault::ExternalNameHost {
        service: service.metadata.name.to_string(),
        host,
        target: external.to_owned(),
        is_tls: target.is_tls(),
    });
    Some(Cause::likely(
        fault,
        evidence(survey, service, "spec.externalName"),
    ))
}
