//! A cluster with the indexes in which causes are looked up, made once for all of them.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::label_index::LabelIndex;
use crate::cluster::Cluster;
use crate::cluster::object::{EndpointSlice, Pod, Service, ServicePort};
use crate::controllers::pod_index::PodIndex;
use crate::controllers::scheduler::Occupants;
use crate::kinds::Kind;
use crate::names::{ObjectName, Protocol};
use crate::resolve::{Resolved, Stored};

/// A cluster, indexed.
pub(super) struct Survey<'a> {
    pub resolved: &'a Resolved,
    pub pods: PodIndex<'a>,
    pub labels: LabelIndex<'a>,
    slices: BTreeMap<ObjectName, Vec<&'a EndpointSlice>>,
    occupants: OnceCell<Occupants<'a>>,
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

impl<'a> Survey<'a> {
    pub(super) fn of(resolved: &'a Resolved) -> Survey<'a> {
        let cluster = &resolved.cluster;
        Survey {
            resolved,
            pods: PodIndex::new(&cluster.pods, cluster.services.values()),
            labels: LabelIndex::of(cluster.each_pod()),
            slices: slices_by_service(cluster),
            occupants: OnceCell::new(),
        }
    }

    /// The running pods of every node; made when they are first needed.
    pub(super) fn occupants(&self) -> &Occupants<'a> {
        let cluster = &self.resolved.cluster;
        self.occupants.get_or_init(|| Occupants::of(cluster))
    }

    /// The EndpointSlices of a Service.
    pub(super) fn slices_of(&self, service: &ObjectName) -> &[&'a EndpointSlice] {
        self.slices.get(service).map_or(&[], Vec::as_slice)
    }

    /// The Services, as stored and as understood.
    pub(super) fn services(&self) -> impl Iterator<Item = (&'a Stored, &'a Service)> {
        let services = &self.resolved.cluster.services;
        let stored = self.resolved.of_kind(Kind::Service);
        stored.filter_map(|stored| Some((stored, services.get(&stored.name)?)))
    }

    /// The first of these pods for each workload, and all pods without a workload: a template is reported once.
    pub(super) fn first_of_workloads(
        &self,
        pods: impl Iterator<Item = &'a Pod>,
    ) -> impl Iterator<Item = &'a Pod> {
        let mut seen = BTreeSet::new();
        pods.filter(move |pod| {
            let maker = self.resolved.workload_of(&pod.id());
            let owner = maker.map(|maker| (maker.kind, &maker.name));
            owner.is_none_or(|owner| seen.insert(owner))
        })
    }

    /// The ports of all Services.
    pub(super) fn ports(&self) -> impl Iterator<Item = PortOf<'a>> {
        self.services()
            .flat_map(|(stored, service)| ports_of(stored, service))
    }

    /// The port of a Service that a call to its port or node port reaches.
    pub(super) fn called_port(
        &self,
        service: &ObjectName,
        number: u16,
        protocol: Protocol,
    ) -> Option<PortOf<'a>> {
        let stored = self.resolved.get(Kind::Service, service)?;
        let service = self.resolved.cluster.services.get(service)?;
        ports_of(stored, service).find(|own| {
            let is_number = own.port.port == number || own.port.node_port == number;
            is_number && own.port.protocol == protocol
        })
    }
}

fn ports_of<'a>(
    stored: &'a Stored,
    service: &'a Service,
) -> impl Iterator<Item = PortOf<'a>> + use<'a> {
    let ports = service.spec.ports.iter().enumerate();
    ports.map(move |(index, port)| PortOf {
        stored,
        service,
        port,
        index,
    })
}

fn slices_by_service(cluster: &Cluster) -> BTreeMap<ObjectName, Vec<&EndpointSlice>> {
    let mut slices: BTreeMap<ObjectName, Vec<&EndpointSlice>> = BTreeMap::new();
    for slice in cluster.slices.values() {
        if let Some(service) = slice.service() {
            slices.entry(service).or_default().push(slice);
        }
    }
    slices
}
