//! A Service port without a usable endpoint: kube-proxy rejects every connection to it.
//!
//! The causes follow the path that endpoints take: the selector matches pods, the pods run and are ready, the port
//! resolves in them; or, without a selector, somebody else's EndpointSlices carry the Service's label, its address
//! family, and the port's name and protocol. Source: Kubernetes documentation, "Debug Services";
//! kubernetes `pkg/controller/endpointslice`, `pkg/proxy/endpointslicecache.go`.

mod pods;
mod selector;
mod slices;
mod target_port;

pub(super) use pods::evidence_of;
pub(super) use selector::CarriedLabels;

use std::collections::BTreeMap;

use super::cause::Cause;
use crate::engine::cluster::Cluster;
use crate::engine::cluster::object::{AddressType, EndpointSlice, Pod, Service, ServicePort};
use crate::engine::controllers::endpointslices::{is_kept, is_member};
use crate::engine::controllers::pod_index::PodIndex;
use crate::engine::kinds::Kind;
use crate::engine::names::{ObjectName, Protocol};
use crate::engine::resolve::{Resolved, Stored};

/// A cluster with what the causes of missing endpoints are looked up in.
pub(super) struct Survey<'a> {
    pub resolved: &'a Resolved,
    pub pods: &'a PodIndex<'a>,
    pub labels: &'a CarriedLabels<'a>,
    pub slices: &'a SlicesByService<'a>,
}

impl<'a> Survey<'a> {
    /// The EndpointSlices of a Service.
    pub fn slices_of(&self, service: &ObjectName) -> &[&'a EndpointSlice] {
        self.slices.get(service).map_or(&[], Vec::as_slice)
    }
}

/// The EndpointSlices of each Service.
pub(super) type SlicesByService<'a> = BTreeMap<ObjectName, Vec<&'a EndpointSlice>>;

/// Indexes the slices by the Service that their label names.
pub(super) fn slices_by_service(cluster: &Cluster) -> SlicesByService<'_> {
    let mut slices = SlicesByService::new();
    for slice in cluster.slices.values() {
        if let Some(service) = slice.service() {
            slices.entry(service).or_default().push(slice);
        }
    }
    slices
}

/// A port of a Service, with the Service as it is stored.
#[derive(Clone, Copy)]
pub(super) struct PortOf<'a> {
    pub stored: &'a Stored,
    pub service: &'a Service,
    pub port: &'a ServicePort,
    /// Its index in `spec.ports`.
    pub index: usize,
}

/// Every port without a ready endpoint, with its causes.
pub(super) fn check(survey: &Survey) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    for stored in survey.resolved.of_kind(Kind::Service) {
        let Some(service) = survey.resolved.cluster.services.get(&stored.name) else {
            continue;
        };
        let mut of_service: Vec<Cause> = Vec::new();
        for (index, port) in service.spec.ports.iter().enumerate() {
            let port = PortOf {
                stored,
                service,
                port,
                index,
            };
            if has_ready_endpoint(survey, port) {
                continue;
            }
            for cause in of_port(survey, port) {
                if !of_service.contains(&cause) {
                    of_service.push(cause);
                }
            }
        }
        causes.append(&mut of_service);
    }
    causes
}

/// Why a Service's port has no ready endpoint, most specific first; empty if it has one, or if there is no such port.
pub(super) fn of_service(
    survey: &Survey,
    name: &ObjectName,
    number: u16,
    protocol: Protocol,
) -> Vec<Cause> {
    let stored = survey.resolved.get(Kind::Service, name);
    let service = survey.resolved.cluster.services.get(name);
    let Some((stored, service)) = stored.zip(service) else {
        return Vec::new();
    };
    let ports = service.spec.ports.iter().enumerate();
    let mut called = ports.filter(|(_, port)| {
        let is_own = port.port == number || port.node_port == number;
        is_own && port.protocol == protocol
    });
    let Some((index, port)) = called.next() else {
        return Vec::new();
    };
    let port = PortOf {
        stored,
        service,
        port,
        index,
    };
    if has_ready_endpoint(survey, port) {
        return Vec::new();
    }
    of_port(survey, port)
}

fn of_port(survey: &Survey, port: PortOf) -> Vec<Cause> {
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
        let is_address = slice.address_type != AddressType::Fqdn;
        serves && is_address && slice.endpoints.iter().any(|own| own.conditions.is_ready())
    })
}
