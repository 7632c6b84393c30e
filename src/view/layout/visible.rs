//! What is in the picture: the Services and pods of the text, and every device the packet touches.
//!
//! A cluster always has its DNS and its own API Service; they are visible only if a trace goes there, or if there is
//! nothing else.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use crate::view::scene::ShapeId;
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{EndpointSlice, Node, Pod, Service, ServicePort};
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::labels::service_selects;
use kubehop_engine::names::ObjectName;
use kubehop_engine::sort;
use kubehop_engine::trace::{Device, Host, Origin, Trace, Verdict, serves};

/// The most Services drawn. Of more, those that the request and the selection are about are drawn; the others are
/// groups.
const SERVICES: usize = 4;

/// The most pods of one node drawn; the rest is counted.
const PODS: usize = 5;

/// The most nodes drawn; the rest is counted.
const NODES: usize = 8;

/// The objects of the picture.
pub(super) struct VisibleObjects<'a> {
    /// The Service the trace is about, or else the first one.
    pub(super) subject: Option<&'a Service>,
    /// The Services drawn, the subject first: also those whose load balancer the packet passes.
    pub(super) services: Vec<&'a Service>,
    /// Whether there are more Services than are drawn: then the picture has what the packet touches, and groups of the
    /// rest.
    pub(super) is_large: bool,
    /// The subject's endpoints.
    pub(super) endpoints: Vec<VisibleEndpoint>,
    /// The devices of the trace.
    pub(super) devices: BTreeSet<Device>,
    /// The pod that opens the connection.
    pub(super) origin: Option<ObjectName>,
    /// Outside machines that the trace touches.
    pub(super) outside: Vec<IpAddr>,
    selected: Option<&'a ShapeId>,
    slices: Vec<&'a EndpointSlice>,
    cluster: &'a Cluster,
}

/// One endpoint of the subject.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct VisibleEndpoint {
    /// Address and port; port 0 if the slice has none.
    pub(super) address: SocketAddr,
    /// The pod that has the address.
    pub(super) pod: Option<ObjectName>,
    /// The condition `ready`.
    pub(super) ready: bool,
    /// The condition `terminating`.
    pub(super) terminating: bool,
}

/// The addresses behind a Service.
#[derive(Clone, Copy)]
pub(super) struct Readiness {
    /// How many are ready.
    pub(super) ready: usize,
    /// How many there are.
    pub(super) total: usize,
}

impl Readiness {
    fn of(endpoints: &[VisibleEndpoint]) -> Readiness {
        let ready = endpoints.iter().filter(|endpoint| endpoint.ready);
        Readiness {
            ready: addresses(ready),
            total: addresses(endpoints.iter()),
        }
    }
}

impl<'a> VisibleObjects<'a> {
    /// A Service's name, with its namespace where another one has a Service of that name, too.
    pub(super) fn name_of(&self, service: &Service) -> String {
        let (name, namespace) = (&service.metadata.name, &service.metadata.namespace);
        let is_other = |other: &ObjectName| other.name == *name && other.namespace != *namespace;
        if self.cluster.services.keys().any(is_other) {
            format!("{namespace}/{name}")
        } else {
            name.to_string()
        }
    }

    /// The visible objects of a cluster, for a trace or, without one, for the Service that will be called, with what is
    /// selected.
    pub(super) fn of(
        cluster: &'a Cluster,
        trace: Option<&Trace>,
        called: Option<&ObjectName>,
        selected: Option<&'a ShapeId>,
    ) -> VisibleObjects<'a> {
        let hops = trace.iter().flat_map(|trace| &trace.hops);
        let devices = sort::set(hops.map(|hop| hop.device.clone()));
        let called = match trace {
            Some(trace) => trace.service.as_ref(),
            None => called,
        };
        let called = called
            .and_then(|name| cluster.services.get(name))
            .or_else(|| meant(cluster, trace?));
        let chosen = selected.and_then(|key| match key {
            ShapeId::Service(name) => cluster.services.get(name),
            _ => None,
        });
        let balanced = devices.iter().filter_map(|device| match device {
            Device::LoadBalancer(name) => cluster.services.get(name),
            _ => None,
        });
        let matter = called.into_iter().chain(chosen).chain(balanced);
        let matter = each_once(matter);
        let least = matter.len().max(1);
        let mut services = services(cluster, matter);
        let is_large = services.len() > SERVICES;
        if is_large {
            services.truncate(least);
        }
        let subject = called.or(services.first().copied());
        let slices = subject.map_or_else(Vec::new, |subject| slices(cluster, subject));
        VisibleObjects {
            subject,
            services,
            is_large,
            endpoints: endpoints(&slices),
            outside: outside(&devices),
            devices,
            origin: trace.and_then(origin),
            selected,
            slices,
            cluster,
        }
    }

    /// The nodes that are drawn, and how many are not. Those the packet touches come first, then those that are not ready
    /// or have an endpoint of the subject.
    pub(super) fn nodes(&self) -> (Vec<&'a Node>, usize) {
        let mut nodes: Vec<&Node> = self.cluster.nodes.values().collect();
        let left = nodes.len().saturating_sub(NODES);
        if left > 0 {
            let with_endpoint = self.nodes_with_endpoint();
            sort::sort_by_key(&mut nodes, |node| {
                let matters = !node.is_ready() || with_endpoint.contains(node.name());
                (!self.touches_node(node.name()), !matters)
            });
            nodes.truncate(NODES);
            sort::sort_by_key(&mut nodes, |node| node.name());
        }
        (nodes, left)
    }

    fn nodes_with_endpoint(&self) -> BTreeSet<&'a str> {
        let pods = self
            .endpoints
            .iter()
            .filter_map(|endpoint| endpoint.pod.as_ref());
        let pods = pods.filter_map(|pod| self.cluster.pods.get(pod));
        sort::set(pods.map(|pod| pod.spec.node_name.as_str()))
    }

    /// Whether the packet touches a node: its rules, or a pod of it.
    fn touches_node(&self, name: &str) -> bool {
        let is_selected = match self.selected {
            Some(ShapeId::Node(node)) => node == name,
            Some(ShapeId::Pod(pod)) => {
                let pod = self.cluster.pods.get(pod);
                pod.is_some_and(|pod| pod.spec.node_name == name)
            }
            _ => false,
        };
        is_selected
            || self
                .devices
                .iter()
                .any(|device| device.home(self.cluster) == Some(name))
    }

    /// The pods of a node that are drawn, and how many are not. Those the packet touches and the subject's endpoints are
    /// drawn first; in a large cluster nothing else is.
    pub(super) fn pods(&self, cluster: &'a Cluster, node: &str) -> (Vec<&'a Pod>, usize) {
        let mut pods: Vec<&Pod> = cluster
            .each_pod()
            .filter(|pod| pod.spec.node_name == node && self.shows(pod))
            .collect();
        sort::sort_by_key(&mut pods, |pod| {
            (!self.touches(pod), !self.is_endpoint(pod))
        });
        let mut room = PODS;
        if self.is_large {
            let matter = |pod: &&&Pod| self.touches(pod) || self.is_endpoint(pod);
            room = room.min(pods.iter().filter(matter).count());
        }
        let left = pods.len().saturating_sub(room);
        pods.truncate(room);
        sort::sort_by_key(&mut pods, |pod| (!self.is_endpoint(pod), pod.id()));
        (pods, left)
    }

    /// The subject's addresses.
    pub(super) fn readiness(&self) -> Readiness {
        Readiness::of(&self.endpoints)
    }

    /// The subject's endpoint that is this pod.
    pub(super) fn endpoint_of(&self, pod: &ObjectName) -> Option<&VisibleEndpoint> {
        self.endpoints
            .iter()
            .find(|endpoint| endpoint.pod.as_ref() == Some(pod))
    }

    /// The addresses of a Service.
    pub(super) fn readiness_of(&self, service: &Service) -> Readiness {
        Readiness::of(&endpoints(&slices(self.cluster, service)))
    }

    /// The pods that are endpoints of a Service.
    pub(super) fn pods_behind(&self, service: &Service) -> Vec<&'a Pod> {
        let all = endpoints(&slices(self.cluster, service));
        let pods = all.iter().filter_map(|endpoint| endpoint.pod.as_ref());
        let pods = pods.filter_map(|pod| self.cluster.pods.get(pod));
        pods.map(AsRef::as_ref).collect()
    }

    /// The first Service that selects a pod.
    pub(super) fn service_of(&self, pod: &Pod) -> Option<&'a Service> {
        self.cluster.services.values().find(|service| {
            service.metadata.namespace == pod.metadata.namespace
                && service_selects(service.spec.selector.as_ref(), &pod.metadata.labels)
        })
    }

    /// Whether any endpoint serves a port of the subject.
    pub(super) fn serves(&self, port: &ServicePort) -> bool {
        serves(&self.slices, port)
    }

    fn is_endpoint(&self, pod: &Pod) -> bool {
        self.endpoint_of(&pod.id()).is_some()
    }

    /// Whether the packet touches a pod, or it is selected.
    pub(super) fn touches(&self, pod: &Pod) -> bool {
        let id = pod.id();
        let is_selected = matches!(self.selected, Some(ShapeId::Pod(name)) if *name == id);
        is_selected
            || self.devices.contains(&Device::Pod(id.clone()))
            || self.devices.contains(&Device::PodInterface(id))
    }

    fn shows(&self, pod: &Pod) -> bool {
        !is_system(&pod.id()) || self.touches(pod)
    }
}

/// The Service that the called name means, where it was not resolved: in the namespace that the name has, else in the
/// caller's before others.
fn meant<'a>(cluster: &'a Cluster, trace: &Trace) -> Option<&'a Service> {
    let Host::Name(host) = &trace.request.to.host else {
        return None;
    };
    if !matches!(
        trace.verdict,
        Verdict::NoSuchName { .. } | Verdict::LookupFailed { .. }
    ) {
        return None;
    }
    let mut labels = host.split('.');
    let name = labels.next()?;
    if let Some(namespace) = labels.next() {
        return cluster.services.get(&ObjectName::new(namespace, name));
    }
    let own = origin(trace).map(|pod| ObjectName::new(pod.namespace.as_str(), name));
    let own = own.and_then(|own| cluster.services.get(&own));
    let mut all = cluster.services.values();
    own.or_else(|| all.find(|service| service.metadata.name == name))
}

/// Services without repetition.
fn each_once<'a>(services: impl Iterator<Item = &'a Service>) -> Vec<&'a Service> {
    let mut once: Vec<&Service> = Vec::new();
    for service in services {
        if !once.iter().any(|other| other.id() == service.id()) {
            once.push(service);
        }
    }
    once
}

/// The Services that matter, then the others; those of the cluster itself only if there are no others.
fn services<'a>(cluster: &'a Cluster, matter: Vec<&'a Service>) -> Vec<&'a Service> {
    let known = sort::set(matter.iter().map(|service| service.id()));
    let mut services = matter;
    for service in cluster.services.values() {
        let id = service.id();
        if !is_system(&id) && !known.contains(&id) {
            services.push(service);
        }
    }
    if services.is_empty() {
        services.extend(cluster.services.values());
    }
    services
}

pub(super) fn slices<'a>(cluster: &'a Cluster, subject: &Service) -> Vec<&'a EndpointSlice> {
    let subject = subject.id();
    cluster
        .slices
        .values()
        .filter(|slice| slice.service().as_ref() == Some(&subject))
        .collect()
}

fn outside(devices: &BTreeSet<Device>) -> Vec<IpAddr> {
    devices.iter().filter_map(Device::outside_address).collect()
}

fn origin(trace: &Trace) -> Option<ObjectName> {
    match &trace.request.from {
        Origin::Pod(pod) => Some(pod.clone()),
        Origin::Node(_) | Origin::Outside(_) => None,
    }
}

fn addresses<'a>(endpoints: impl Iterator<Item = &'a VisibleEndpoint>) -> usize {
    sort::set(endpoints.map(|endpoint| endpoint.address.ip())).len()
}

/// The endpoints of slices, each address and port once, in the order in which kube-proxy sorts them.
pub(super) fn endpoints(slices: &[&EndpointSlice]) -> Vec<VisibleEndpoint> {
    let mut all: Vec<VisibleEndpoint> = slices
        .iter()
        .flat_map(|slice| slice_endpoints(slice))
        .collect();
    sort::sort_by_key(&mut all, |endpoint| endpoint.address.to_string());
    all.dedup_by_key(|endpoint| endpoint.address);
    all
}

fn slice_endpoints(slice: &EndpointSlice) -> Vec<VisibleEndpoint> {
    let mut ports: Vec<u16> = slice.ports.iter().filter_map(|port| port.port).collect();
    if ports.is_empty() {
        ports.push(0);
    }
    let mut all = Vec::new();
    for endpoint in &slice.endpoints {
        let address = endpoint.addresses.first();
        let Some(ip) = address.and_then(|address| address.parse::<IpAddr>().ok()) else {
            continue;
        };
        let target = endpoint.target_ref.as_ref();
        let pod = target.filter(|target| target.kind == "Pod");
        for &port in &ports {
            all.push(VisibleEndpoint {
                address: SocketAddr::new(ip, port),
                pod: pod.map(kubehop_engine::cluster::object::ObjectReference::id),
                ready: endpoint.conditions.is_ready(),
                terminating: endpoint.conditions.is_terminating(),
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::session::{Ask, Model};

    #[test]
    fn the_service_that_is_called_is_the_subject_although_its_name_is_not_resolved() {
        let service = |name: &str, namespace: &str| {
            format!(
                "{{apiVersion: v1, kind: Service, metadata: {{name: {name}, namespace: {namespace}}}, spec: {{selector: {{app: a}}, ports: [{{port: 80}}]}}}}\n---\n"
            )
        };
        let mut model = Model::new();
        model.handle(Ask::Edit(
            service("api", "default") + &service("web", "default") + &service("web", "shop"),
        ));
        // A node does not ask the cluster's name server.
        for (called, subject) in [
            ("http://web", "default/web"),
            ("http://web.shop", "shop/web"),
            ("http://api", "default/api"),
            ("http://nobody", "default/api"),
        ] {
            model.handle(Ask::Call("node/node-1".to_owned(), called.to_owned()));
            let visible =
                VisibleObjects::of(model.network.cluster(), model.trace.as_deref(), None, None);
            let name = visible.subject.map(|service| service.id().to_string());
            assert_eq!(name.as_deref(), Some(subject), "{called}");
        }
    }
}
