//! The cluster: typed objects after admission and controllers.
//!
//! A [`Cluster`] is an immutable snapshot. An event creates the next snapshot.

pub mod config;
pub mod generate_name;
pub mod ip_ranges;
pub mod load_balancing;
pub mod object;
pub mod service_variables;
pub mod system_objects;

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

pub use config::Config;
use load_balancing::LoadBalancing;
use object::{
    EndpointSlice, Endpoints, Gateway, GatewayClass, Ingress, IngressClass, ListenerSet,
    MetalLbObjects, NetworkPolicy, Node, Pod, PriorityClass, ReferenceGrant, Route, RouteId,
    SecretContent, Service, TargetReference,
};

use crate::labels::Labels;
use crate::names::ObjectName;

/// All objects that networking needs, by name.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Cluster {
    /// Address ranges, DNS domain and kube-proxy options.
    pub config: Config,
    /// Namespaces with their labels; `kubernetes.io/metadata.name` is always among them.
    pub namespaces: BTreeMap<SmolStr, Arc<Labels>>,
    /// Nodes.
    pub nodes: BTreeMap<SmolStr, Node>,
    /// Services.
    pub services: BTreeMap<ObjectName, Service>,
    /// Pods, including those of workloads, with nodes and addresses. Snapshots share unchanged pods.
    pub pods: BTreeMap<ObjectName, Arc<Pod>>,
    /// Endpoints, hand-written or from the controller.
    pub endpoints: BTreeMap<ObjectName, Endpoints>,
    /// EndpointSlices: hand-written, from the controller, or mirrored.
    pub slices: BTreeMap<ObjectName, EndpointSlice>,
    /// Ingresses.
    pub ingresses: BTreeMap<ObjectName, Ingress>,
    /// IngressClasses.
    pub ingress_classes: BTreeMap<SmolStr, IngressClass>,
    /// NetworkPolicies. Snapshots share unchanged ones.
    pub network_policies: BTreeMap<ObjectName, Arc<NetworkPolicy>>,
    /// MetalLB's configuration.
    pub metallb: Arc<MetalLbObjects>,
    /// What the cluster's load balancer made of its Services.
    pub load_balancing: Arc<LoadBalancing>,
    /// GatewayClasses.
    pub gateway_classes: BTreeMap<SmolStr, GatewayClass>,
    /// Gateways.
    pub gateways: BTreeMap<ObjectName, Arc<Gateway>>,
    /// ListenerSets.
    pub listener_sets: BTreeMap<ObjectName, Arc<ListenerSet>>,
    /// Routes of the Gateway API, of all kinds. Snapshots share unchanged ones.
    pub routes: BTreeMap<RouteId, Arc<Route>>,
    /// ReferenceGrants.
    pub reference_grants: BTreeMap<ObjectName, ReferenceGrant>,
    /// Secrets.
    pub secrets: BTreeMap<ObjectName, SecretContent>,
    /// Objects of kinds that are not modelled and that a route can name as backends: those of other API groups.
    pub custom_backends: Vec<TargetReference>,
    /// PriorityClasses.
    pub priority_classes: BTreeMap<SmolStr, PriorityClass>,
}

/// The label that every namespace has: its name.
const NAMESPACE_NAME: &str = "kubernetes.io/metadata.name";

impl Cluster {
    /// Adds a namespace that is not in the text, unless it exists.
    pub fn ensure_namespace(&mut self, name: &SmolStr) {
        if !self.namespaces.contains_key(name) {
            self.add_namespace(name.clone(), Labels::new());
        }
    }

    /// Adds a namespace with its labels, or gives it other ones.
    pub fn add_namespace(&mut self, name: SmolStr, mut labels: Labels) {
        labels.insert(NAMESPACE_NAME.into(), name.clone());
        self.namespaces.insert(name, Arc::new(labels));
    }

    /// The pod with this name.
    pub fn pod(&self, name: &ObjectName) -> Option<&Pod> {
        self.pods.get(name).map(Arc::as_ref)
    }

    /// All pods, ordered by name.
    pub fn each_pod(&self) -> impl Iterator<Item = &Pod> {
        self.pods.values().map(Arc::as_ref)
    }

    /// The EndpointSlices of a Service, ordered by name.
    pub fn slices_of<'a>(
        &'a self,
        service: &'a ObjectName,
    ) -> impl Iterator<Item = &'a EndpointSlice> {
        self.slices
            .values()
            .filter(move |slice| slice.service().as_ref() == Some(service))
    }

    /// The class of an Ingress: the one it names, or the default one.
    pub fn class_of<'a>(&'a self, ingress: &'a Ingress) -> Option<&'a str> {
        let default = || {
            let mut classes = self.ingress_classes.values();
            let class = classes.find(|class| class.is_default())?;
            Some(&class.metadata.name)
        };
        let class = ingress.named_class().or_else(default);
        class.map(SmolStr::as_str)
    }
}
