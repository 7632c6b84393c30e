//! The cluster: what the API server stored and the controllers made of it.
//!
//! A [`Cluster`] is one snapshot. Nothing in it changes; an event gives the next snapshot.

pub mod config;
pub mod generate_name;
pub mod ip_ranges;
pub mod object;
pub mod system_objects;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

pub use config::Config;
use object::{EndpointSlice, Endpoints, Ingress, IngressClass, Node, Pod, Service};

use crate::engine::names::ObjectName;

/// Everything the cluster has, by name.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Cluster {
    /// Address ranges, DNS domain, kube-proxy's options.
    pub config: Config,
    /// The namespaces that exist.
    pub namespaces: BTreeSet<SmolStr>,
    /// The nodes, by name.
    pub nodes: BTreeMap<SmolStr, Node>,
    /// The Services.
    pub services: BTreeMap<ObjectName, Service>,
    /// The pods, those of workloads among them, placed and with addresses. The next snapshot shares those that it is not
    /// about.
    pub pods: BTreeMap<ObjectName, Arc<Pod>>,
    /// Endpoints, hand-written and made.
    pub endpoints: BTreeMap<ObjectName, Endpoints>,
    /// EndpointSlices, hand-written, made and mirrored.
    pub slices: BTreeMap<ObjectName, EndpointSlice>,
    /// Ingresses.
    pub ingresses: BTreeMap<ObjectName, Ingress>,
    /// Ingress classes, by name.
    pub ingress_classes: BTreeMap<SmolStr, IngressClass>,
}

impl Cluster {
    /// The pod of this name.
    pub fn pod(&self, name: &ObjectName) -> Option<&Pod> {
        self.pods.get(name).map(Arc::as_ref)
    }

    /// Every pod, in order of their names.
    pub fn each_pod(&self) -> impl Iterator<Item = &Pod> {
        self.pods.values().map(Arc::as_ref)
    }

    /// The slices of a Service, in order of their names.
    pub fn slices_of<'a>(
        &'a self,
        service: &'a ObjectName,
    ) -> impl Iterator<Item = &'a EndpointSlice> {
        self.slices
            .values()
            .filter(move |slice| slice.service().as_ref() == Some(service))
    }
}
