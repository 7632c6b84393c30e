//! What the last event changed behind a Service: which addresses came and went, and whose they were.
//!
//! The Concept view shows it beside what is there now, so that a pod that dies and its replacement with another address are
//! seen in one picture.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use super::visible::{VisibleEndpoint, VisibleObjects, endpoints, slices};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{Pod, Service};
use kubehop_engine::names::ObjectName;
use kubehop_engine::sort;

/// The difference between the cluster before the last event and the one that is shown.
#[derive(Default)]
pub(super) struct Changes<'a> {
    /// Endpoints that are ready now and were not, or were not there.
    pub(super) added: BTreeSet<SocketAddr>,
    /// Endpoints that are not there any more.
    pub(super) removed: Vec<VisibleEndpoint>,
    /// Pods with an address that they did not have.
    pub(super) arrived: BTreeSet<ObjectName>,
    /// Pods that had an address which no pod of that name has any more.
    pub(super) gone: Vec<&'a Pod>,
}

impl<'a> Changes<'a> {
    /// What changed behind the Service in question; nothing if nothing happened, or the Service was not there.
    pub(super) fn of(
        before: Option<&'a Cluster>,
        cluster: &Cluster,
        visible: &VisibleObjects<'_>,
    ) -> Changes<'a> {
        let service = visible.subject.map(Service::id);
        let subject = before.zip(service).and_then(|(before, id)| {
            let subject = before.services.get(&id)?;
            Some((before, subject))
        });
        let Some((before, subject)) = subject else {
            return Changes::default();
        };
        let old = endpoints(&slices(before, subject));
        let now = &visible.endpoints;
        let was_ready = |address| {
            let mut old = old.iter();
            old.any(|own| own.ready && own.address == address)
        };
        let added = now
            .iter()
            .filter(|own| own.ready && !was_ready(own.address));
        let is_there = |own: &VisibleEndpoint| now.iter().any(|now| now.address == own.address);
        let removed: Vec<VisibleEndpoint> =
            old.iter().filter(|own| !is_there(own)).cloned().collect();
        let has_same_address = |pod: &Pod, other: &Cluster| {
            let other = other.pods.get(&pod.id());
            other.is_some_and(|other| other.addresses().next() == pod.addresses().next())
        };
        let pods = now
            .iter()
            .filter_map(|own| cluster.pods.get(own.pod.as_ref()?));
        let arrived = pods.filter(|pod| !has_same_address(pod, before));
        let names = sort::set(removed.iter().filter_map(|own| own.pod.clone()));
        let gone = names.iter().filter_map(|pod| before.pods.get(pod));
        Changes {
            added: sort::set(added.map(|own| own.address)),
            arrived: sort::set(arrived.map(|pod| pod.id())),
            gone: gone
                .map(|pod| &**pod)
                .filter(|pod| !has_same_address(pod, cluster))
                .collect(),
            removed,
        }
    }
}
