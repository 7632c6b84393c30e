//! Indexes for queries: Services and slices by name, and Services, endpoints and pods by address.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::cluster::Cluster;
use crate::cluster::object::{Endpoint, EndpointSlice, Pod, PodPhase, Service};
use crate::names::ObjectName;

/// The indexes of a cluster. Each is built when it is first needed: most names are those of Services with a cluster IP,
/// which need none.
pub(super) struct DnsIndex<'a> {
    /// The cluster, with Services and namespaces by name.
    pub cluster: &'a Cluster,
    slices: OnceCell<BTreeMap<ObjectName, Vec<&'a EndpointSlice>>>,
    services: OnceCell<BTreeMap<IpAddr, &'a Service>>,
    endpoints: OnceCell<BTreeMap<IpAddr, Vec<(ObjectName, &'a Endpoint)>>>,
    pods: OnceCell<BTreeMap<IpAddr, Vec<&'a Pod>>>,
}

impl<'a> DnsIndex<'a> {
    /// The indexes of a cluster.
    pub(super) fn new(cluster: &'a Cluster) -> DnsIndex<'a> {
        DnsIndex {
            cluster,
            slices: OnceCell::new(),
            services: OnceCell::new(),
            endpoints: OnceCell::new(),
            pods: OnceCell::new(),
        }
    }

    /// The EndpointSlices of a Service.
    pub(super) fn slices(&self, service: &ObjectName) -> &[&'a EndpointSlice] {
        let slices = self.slices.get_or_init(|| slices_by_service(self.cluster));
        slices.get(service).map_or(&[], Vec::as_slice)
    }

    /// The Service with this cluster IP.
    pub(super) fn service_at(&self, address: IpAddr) -> Option<&'a Service> {
        let services = self
            .services
            .get_or_init(|| services_by_address(self.cluster));
        services.get(&address).copied()
    }

    /// The ready endpoints with this address, with their Services.
    pub(super) fn endpoints_at(&self, address: IpAddr) -> &[(ObjectName, &'a Endpoint)] {
        let endpoints = self
            .endpoints
            .get_or_init(|| endpoints_by_address(self.cluster));
        endpoints.get(&address).map_or(&[], Vec::as_slice)
    }

    /// The pods with this primary address that CoreDNS watches.
    pub(super) fn pods_at(&self, address: IpAddr) -> &[&'a Pod] {
        let pods = self.pods.get_or_init(|| pods_by_address(self.cluster));
        pods.get(&address).map_or(&[], Vec::as_slice)
    }
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

fn services_by_address(cluster: &Cluster) -> BTreeMap<IpAddr, &Service> {
    let mut services = BTreeMap::new();
    for service in cluster.services.values() {
        for address in service.addresses() {
            services.entry(address).or_insert(service);
        }
    }
    services
}

fn endpoints_by_address(cluster: &Cluster) -> BTreeMap<IpAddr, Vec<(ObjectName, &Endpoint)>> {
    let mut endpoints: BTreeMap<IpAddr, Vec<(ObjectName, &Endpoint)>> = BTreeMap::new();
    for slice in cluster.slices.values() {
        let Some(service) = slice.service() else {
            continue;
        };
        for (endpoint, address) in ready(slice) {
            if let Ok(address) = address.parse() {
                let own = endpoints.entry(address).or_default();
                own.push((service.clone(), endpoint));
            }
        }
    }
    endpoints
}

fn pods_by_address(cluster: &Cluster) -> BTreeMap<IpAddr, Vec<&Pod>> {
    let mut pods: BTreeMap<IpAddr, Vec<&Pod>> = BTreeMap::new();
    for pod in cluster.pods.values().filter(|pod| is_watched(pod)) {
        if let Some(address) = pod.addresses().next() {
            pods.entry(address).or_default().push(pod);
        }
    }
    pods
}

/// Whether CoreDNS watches a pod: not one that is being deleted, has ended, or is lost with its node (`podListFunc`,
/// `ToPod`).
fn is_watched(pod: &Pod) -> bool {
    !pod.is_terminating() && !pod.has_finished() && pod.status.phase != PodPhase::Unknown
}

/// The ready endpoints of a slice, once per address.
pub(super) fn ready<'s>(
    slice: &'s EndpointSlice,
) -> impl Iterator<Item = (&'s Endpoint, &'s str)> + 's {
    let ready = slice
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.conditions.is_ready());
    ready.flat_map(|endpoint| {
        endpoint
            .addresses
            .iter()
            .map(move |address| (endpoint, address.as_str()))
    })
}
