//! Who appears in the picture: what the paste is about, and whatever the packet touches.
//!
//! A cluster always has its DNS and its own API Service; they are shown only when a trace goes there, or when there is
//! nothing else.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use crate::engine::cluster::Cluster;
use crate::engine::cluster::object::{EndpointSlice, Pod, Service};
use crate::engine::cluster::system_objects::is_system;
use crate::engine::names::ObjectName;
use crate::engine::sort;
use crate::engine::trace::{Device, Origin, Trace};

/// Services shown at once before the rest is counted.
const SERVICES: usize = 4;

/// Pods of one node shown at once before the rest is counted.
const PODS: usize = 5;

/// The actors, most wanted first.
pub struct VisibleObjects<'a> {
    /// The Service the trace is about, when it is about one.
    pub subject: Option<&'a Service>,
    /// The Services shown.
    pub services: Vec<&'a Service>,
    /// How many were left out.
    pub services_left: usize,
    /// The subject's slices.
    pub slices: Vec<&'a EndpointSlice>,
    /// What stands behind the subject.
    pub endpoints: Vec<Backing>,
    /// The places of the trace.
    pub places: BTreeSet<Device>,
    /// The pod that opens the connection, when one does.
    pub origin: Option<ObjectName>,
    /// Machines outside that the trace touches.
    pub outside: Vec<IpAddr>,
}

/// One endpoint of the subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Backing {
    /// Its address and port; port 0 where the slice has none.
    pub address: SocketAddr,
    /// The pod behind it, when one is.
    pub pod: Option<ObjectName>,
    /// Whether new connections may go there.
    pub ready: bool,
    /// Whether it is going away.
    pub terminating: bool,
}

impl<'a> VisibleObjects<'a> {
    /// The actors of a cluster, as seen from a trace.
    pub fn of(cluster: &'a Cluster, trace: Option<&Trace>) -> VisibleObjects<'a> {
        let places = sort::set(
            trace
                .iter()
                .flat_map(|trace| &trace.hops)
                .map(|hop| hop.device.clone()),
        );
        let subject = trace
            .and_then(|trace| trace.service.as_ref())
            .and_then(|name| cluster.services.get(name));
        let mut services: Vec<&Service> = subject.into_iter().collect();
        let others = cluster
            .services
            .values()
            .filter(|service| !is_system(&service.id()));
        services.extend(
            others.filter(|service| subject.is_none_or(|subject| subject.id() != service.id())),
        );
        if services.is_empty() {
            services.extend(cluster.services.values());
        }
        let services_left = services.len().saturating_sub(SERVICES);
        services.truncate(SERVICES);
        let subject = subject.or(services.first().copied());
        let outside = places.iter().filter_map(|place| match place {
            Device::Outside(address) => Some(*address),
            Device::LoadBalancer(_) | Device::Node(_) | Device::Rules(_) | Device::Pod(_) => None,
        });
        let outside = outside.collect();
        let of_subject = |slice: &&EndpointSlice| slice.service() == subject.map(Service::id);
        let slices: Vec<&EndpointSlice> = cluster
            .slices
            .values()
            .filter(of_subject)
            .filter(|_| subject.is_some())
            .collect();
        let endpoints = backings(&slices);
        let origin = trace.and_then(|trace| match &trace.request.from {
            Origin::Pod(pod) => Some(pod.clone()),
            Origin::Node(_) | Origin::Outside(_) => None,
        });
        VisibleObjects {
            subject,
            origin,
            slices,
            services,
            services_left,
            endpoints,
            places,
            outside,
        }
    }

    /// The pods of a node, those the packet touches and the subject's first; and how many were left out.
    pub fn pods(&self, cluster: &'a Cluster, node: &str) -> (Vec<&'a Pod>, usize) {
        let here = cluster.each_pod().filter(|pod| pod.spec.node_name == node);
        let mut pods: Vec<&Pod> = here.filter(|pod| self.shows(pod)).collect();
        sort::sort_by_key(&mut pods, |pod| (!self.touches(pod), !self.backs(pod)));
        let left = pods.len().saturating_sub(PODS);
        pods.truncate(PODS);
        sort::sort_by_key(&mut pods, |pod| (!self.backs(pod), pod.id()));
        (pods, left)
    }

    /// How many addresses of the subject are ready, and how many there are.
    pub fn readiness(&self) -> (usize, usize) {
        let count = |ready_only: bool| {
            let kept = self
                .endpoints
                .iter()
                .filter(|backing| backing.ready || !ready_only);
            sort::set(kept.map(|backing| backing.address.ip())).len()
        };
        (count(true), count(false))
    }

    /// Whether a pod is an endpoint of the subject.
    pub fn backing(&self, pod: &ObjectName) -> Option<&Backing> {
        self.endpoints
            .iter()
            .find(|backing| backing.pod.as_ref() == Some(pod))
    }

    fn backs(&self, pod: &Pod) -> bool {
        self.backing(&pod.id()).is_some()
    }

    fn touches(&self, pod: &Pod) -> bool {
        self.places.contains(&Device::Pod(pod.id()))
    }

    fn shows(&self, pod: &Pod) -> bool {
        !is_system(&pod.id()) || self.touches(pod)
    }
}

/// The endpoints of slices, each address once, in the order kube-proxy sorts them.
fn backings(slices: &[&EndpointSlice]) -> Vec<Backing> {
    let mut all: Vec<Backing> = slices.iter().flat_map(|slice| of_slice(slice)).collect();
    sort::sort_by_key(&mut all, |backing| backing.address.to_string());
    all.dedup_by_key(|backing| backing.address);
    all
}

fn of_slice(slice: &EndpointSlice) -> Vec<Backing> {
    let ports: Vec<u16> = slice.ports.iter().filter_map(|port| port.port).collect();
    let ports = if ports.is_empty() { vec![0] } else { ports };
    let each = slice.endpoints.iter().filter_map(|endpoint| {
        let ip = endpoint.address()?;
        let pod = endpoint
            .target_ref
            .as_ref()
            .filter(|target| target.kind == "Pod")
            .map(|target| target.id());
        Some((ip, pod, endpoint.conditions))
    });
    each.flat_map(|(ip, pod, conditions)| {
        ports.iter().map(move |&port| Backing {
            address: SocketAddr::new(ip, port),
            pod: pod.clone(),
            ready: conditions.is_ready(),
            terminating: conditions.is_terminating(),
        })
    })
    .collect()
}
