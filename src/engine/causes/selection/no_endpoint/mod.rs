//! A Service port without a usable endpoint: kube-proxy rejects every connection to it.
//!
//! The causes follow the path that endpoints take: the selector matches pods, the pods run and are ready, the port
//! resolves in them; or, without a selector, EndpointSlices that were written for it carry the Service's label, its address
//! family, and the port's name and protocol. Source: Kubernetes documentation, "Debug Services";
//! kubernetes `pkg/controller/endpointslice`, `pkg/proxy/endpointslicecache.go`.

mod lacking;
mod namesake;
mod pods;
mod related;
mod reported;
mod selector;
mod slices;
mod target_port;
mod workloads;

pub(in crate::causes) use pods::{probe_fix, probed_field};
pub(in crate::causes) use reported::unschedulable;

use crate::causes::cause::Cause;
use crate::causes::survey::{PortOf, Survey};
use crate::cluster::object::{AddressType, Pod, ServiceType};
use crate::controllers::endpointslices::{is_kept, is_member};
use crate::names::{Family, ObjectName, Protocol};

/// Every port without a ready endpoint, with its causes. Ports of one Service often share a cause.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    let mut first_of_service = 0;
    for port in survey.ports() {
        if port.index == 0 {
            first_of_service = causes.len();
        }
        let mut found = of_port_without_endpoint(survey, port);
        if found.is_empty() {
            found.extend(pods_that_wait(survey, port));
        }
        for cause in found.into_iter().chain(in_some_pods(survey, port)) {
            if !causes[first_of_service..].contains(&cause) {
                causes.push(cause);
            }
        }
    }
    causes
}

/// Pods that can never be ready, of a Service that has others.
fn pods_that_wait(survey: &Survey, port: PortOf) -> Vec<Cause> {
    let is_published = port.service.spec.publish_not_ready_addresses;
    if is_published || !is_kept(port.service) || !has_ready_endpoint(survey, port) {
        return Vec::new();
    }
    let selected = survey.pods.selected(port.service).into_iter();
    let members: Vec<&Pod> = selected.filter(|pod| is_member(pod)).collect();
    pods::causes_of_some(survey, port, &members)
}

/// A port that some of the selected pods lack.
fn in_some_pods(survey: &Survey, port: PortOf) -> Option<Cause> {
    if !is_kept(port.service) {
        return None;
    }
    target_port::in_some(survey, port, &survey.pods.selected(port.service))
}

/// Why a Service's port has no ready endpoint, most specific first; empty if it has one, or if there is no such port.
pub(in crate::causes) fn of_service(
    survey: &Survey,
    name: &ObjectName,
    number: u16,
    protocol: Protocol,
) -> Vec<Cause> {
    match survey.called_port(name, number, protocol) {
        Some(port) => of_port_without_endpoint(survey, port),
        None => Vec::new(),
    }
}

fn of_port_without_endpoint(survey: &Survey, port: PortOf) -> Vec<Cause> {
    let is_alias = port.service.spec.service_type == ServiceType::ExternalName;
    if is_alias || has_ready_endpoint(survey, port) {
        return Vec::new();
    }
    of_port(survey, port)
}

fn of_port(survey: &Survey, port: PortOf) -> Vec<Cause> {
    if port.service.spec.service_type == ServiceType::ExternalName {
        // Its name leads elsewhere: it has no endpoints.
        return Vec::new();
    }
    if !is_kept(port.service) {
        return slices::causes(survey, port);
    }
    let selected = survey.pods.selected(port.service);
    if selected.is_empty() {
        return selector::causes(survey, port);
    }
    let members: Vec<&Pod> = selected
        .iter()
        .copied()
        .filter(|pod| is_member(pod))
        .collect();
    if members.is_empty() {
        return pods::causes_of_no_member(survey, port, &selected);
    }
    if let Some(cause) = pods::of_other_family(survey, port, &members) {
        return vec![cause];
    }
    let unresolved = target_port::causes(survey, port, &members);
    if unresolved.is_empty() {
        pods::causes_of_not_ready(survey, port, &members)
    } else {
        unresolved
    }
}

/// Whether any slice of the Service has a ready endpoint that serves the port.
fn has_ready_endpoint(survey: &Survey, port: PortOf) -> bool {
    let name = port.service.id();
    survey.slices_of(&name).iter().any(|slice| {
        let serves = slice.ports.iter().any(|own| {
            own.name() == port.port.name
                && own.protocol.unwrap_or_default() == port.port.protocol
                && own.port.is_some()
        });
        let families = &port.service.spec.ip_families;
        let is_address = match slice.address_type {
            AddressType::IPv4 => families.contains(&Family::V4),
            AddressType::IPv6 => families.contains(&Family::V6),
            AddressType::Fqdn => false,
        };
        serves && is_address && slice.endpoints.iter().any(|own| own.conditions.is_ready())
    })
}
