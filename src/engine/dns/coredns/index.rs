//! Indexes for queries: Services and slices by name, and Services, endpoints and pods by address.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::cluster::Cluster;
use crate::cluster::object::{Endpoint, EndpointSlice, Pod, Service};
use crate::names::ObjectName;

/// The indexes of a cluster.
pub(super) struct DnsIndex<'a> {
    /// The cluster, with Services and namespaces by name.
    pub cluster: &'a Cluster,
    slices: BTreeMap<ObjectName, Vec<&'a EndpointSlice>>,
    services: BTreeMap<IpAddr, &'a Service>,
    endpoints: BTreeMap<IpAddr, Vec<(ObjectName, &'a Endpoint)>>,
    pods: BTreeMap<IpAddr, Vec<&'a Pod>>,
}

impl<'a> DnsIndex<'a> {
    /// Builds the indexes.
    pub(super) fn new(cluster: &'a Cluster) -> DnsIndex<'a> {
        let mut slices: BTreeMap<ObjectName, Vec<&EndpointSlice>> = BTreeMap::new();
        let mut endpoints: BTreeMap<IpAddr, Vec<(ObjectName, &Endpoint)>> = BTreeMap::new();
        for (service, slice) in cluster
            .slices
            .values()
            .filter_map(|slice| Some((slice.service()?, slice)))
        {
            for (endpoint, address) in ready(slice) {
                if let Ok(address) = address.parse() {
                    endpoints
                        .entry(address)
                        .or_default()
                        .push((service.clone(), endpoint));
                }
            }
            slices.entry(service).or_default().push(slice);
        }
        let mut services = BTreeMap::new();
        for service in cluster.services.values() {
            for address in service.addresses() {
                services.entry(address).or_insert(service);
            }
        }
        let mut pods: BTreeMap<IpAddr, Vec<&Pod>> = BTreeMap::new();
        for pod in cluster.pods.values().filter(|pod| !pod.is_terminating()) {
            if let Some(address) = pod.addresses().next() {
                pods.entry(address).or_default().push(pod);
            }
        }
        DnsIndex {
            cluster,
            slices,
            services,
            endpoints,
            pods,
        }
    }

    /// The EndpointSlices of a Service.
    pub(super) fn slices(&self, service: &ObjectName) -> &[&'a EndpointSlice] {
        self.slices.get(service).map_or(&[], Vec::as_slice)
    }

    /// The Service with this cluster IP.
    pub(super) fn service_at(&self, address: IpAddr) -> Option<&'a Service> {
        self.services.get(&address).copied()
    }

    /// The ready endpoints with this address, with their Services.
    pub(super) fn endpoints_at(&self, address: IpAddr) -> &[(ObjectName, &'a Endpoint)] {
        self.endpoints.get(&address).map_or(&[], Vec::as_slice)
    }

    /// The pods with this primary address, except terminating ones.
    pub(super) fn pods_at(&self, address: IpAddr) -> &[&'a Pod] {
        self.pods.get(&address).map_or(&[], Vec::as_slice)
    }
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
