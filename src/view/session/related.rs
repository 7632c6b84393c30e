//! What belongs to an object in the other parts of the page: shapes, rules, endpoints.

use std::collections::BTreeSet;

use crate::view::layout::gates::policy_type;
use crate::view::page_view::LinksView;
use crate::view::scene::{GateSide, ShapeId};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{
    Endpoint, EndpointSlice, Ingress, NetworkPolicy, Pod, Route, RouteId,
};
use kubehop_engine::kinds::Kind;
use kubehop_engine::l7::gateway::services_before;
use kubehop_engine::names::ObjectName;
use kubehop_engine::resolve::Resolved;
use kubehop_engine::sort;

/// What belongs to a shape's object.
pub(super) fn of_shape(resolved: &Resolved, key: &ShapeId) -> LinksView {
    let cluster = &resolved.cluster;
    let mut links = LinksView {
        shapes: vec![key.clone()],
        ..LinksView::default()
    };
    match key {
        ShapeId::Service(name) | ShapeId::Slices(name) | ShapeId::LoadBalancer(name) => {
            add_service(&mut links, cluster, name);
        }
        ShapeId::Endpoint(service, address) => {
            let address = address.ip().to_string();
            let of_service = endpoints(cluster).filter(|(name, _)| name == service);
            for (_, endpoint) in
                of_service.filter(|(_, of)| addresses(of).any(|own| own == address))
            {
                links.shapes.extend(pod_of(endpoint).map(ShapeId::Pod));
            }
            links.addresses.push(address);
        }
        ShapeId::Pod(name) | ShapeId::Gate(name, _) => {
            add_pods(&mut links, cluster, std::slice::from_ref(name));
        }
        ShapeId::Object(kind, name) => return of_object(resolved, kind, name),
        ShapeId::Node(name)
        | ShapeId::Rules(name)
        | ShapeId::Entry(name)
        | ShapeId::Process(name) => {
            links.shapes.push(ShapeId::Node(name.clone()));
            links.shapes.push(ShapeId::Rules(name.clone()));
            links.node = Some(name.clone());
        }
        ShapeId::Client
        | ShapeId::Outside(_)
        | ShapeId::More(_)
        | ShapeId::MoreGroups
        | ShapeId::MoreNodes => {}
    }
    links
}

/// What belongs to an object without a shape: the pods of a workload or a policy, the Services that a route leads to.
pub(super) fn of_object(resolved: &Resolved, kind: &str, name: &ObjectName) -> LinksView {
    let cluster = &resolved.cluster;
    let mut links = LinksView::default();
    match Kind::with_name(kind) {
        Some(Kind::Endpoints) => add_service(&mut links, cluster, name),
        Some(Kind::EndpointSlice) => {
            if let Some(service) = cluster.slices.get(name).and_then(EndpointSlice::service) {
                add_service(&mut links, cluster, &service);
            }
        }
        Some(Kind::Ingress) => {
            if let Some(ingress) = cluster.ingresses.get(name) {
                add_backends(&mut links, ingress_backends(ingress));
            }
        }
        Some(Kind::NetworkPolicy) => {
            if let Some(policy) = cluster.network_policies.get(name) {
                add_policy(&mut links, cluster, policy);
            }
        }
        Some(Kind::Gateway) => {
            let services = services_before(cluster, name).into_iter();
            let routes = cluster.routes.values();
            let attached = routes.filter(|route| is_attached(route, name));
            add_backends(
                &mut links,
                services.chain(attached.flat_map(|route| route_backends(route))),
            );
        }
        Some(kind) => {
            let mut routes = cluster.routes.iter();
            let is_meant = |id: &RouteId| Kind::from(id.kind) == kind && id.name == *name;
            let route = routes.find(|(id, _)| is_meant(id));
            if let Some((_, route)) = route {
                add_backends(&mut links, route_backends(route));
            } else if kind.makes_pods() {
                let pods = resolved.pods_of(kind, name).map(Pod::id);
                add_pods(&mut links, cluster, &pods.collect::<Vec<_>>());
            }
        }
        None => {}
    }
    links
}

/// A Service with its endpoints.
fn add_service(links: &mut LinksView, cluster: &Cluster, name: &ObjectName) {
    links.shapes.extend([
        ShapeId::Service(name.clone()),
        ShapeId::Slices(name.clone()),
        ShapeId::LoadBalancer(name.clone()),
    ]);
    for (_, endpoint) in endpoints(cluster).filter(|(service, _)| service == name) {
        links.shapes.extend(pod_of(endpoint).map(ShapeId::Pod));
        links.addresses.extend(addresses(endpoint));
    }
    links.service = Some(ShapeId::Service(name.clone()));
}

/// Pods with the Services that have them as endpoints.
fn add_pods(links: &mut LinksView, cluster: &Cluster, pods: &[ObjectName]) {
    let pods: BTreeSet<&ObjectName> = sort::set(pods.iter());
    links
        .shapes
        .extend(pods.iter().map(|pod| ShapeId::Pod((*pod).clone())));
    for (service, endpoint) in endpoints(cluster) {
        if pod_of(endpoint).is_some_and(|pod| pods.contains(&pod)) {
            links.shapes.push(ShapeId::Service(service));
        }
    }
    let own = pods.iter().filter_map(|pod| cluster.pod(pod));
    let own = own
        .flat_map(Pod::addresses)
        .map(|address| address.to_string());
    links.addresses.extend(own);
}

/// The pods that a policy selects, with their gates.
fn add_policy(links: &mut LinksView, cluster: &Cluster, policy: &NetworkPolicy) {
    let Ok(selector) = policy.spec.pod_selector.selector() else {
        return;
    };
    let pods = cluster.each_pod().filter(|pod| {
        pod.metadata.namespace == policy.metadata.namespace
            && selector.matches(&pod.metadata.labels)
    });
    for pod in pods {
        links.shapes.push(ShapeId::Pod(pod.id()));
        let sides = [GateSide::Ingress, GateSide::Egress];
        let sides = sides
            .into_iter()
            .filter(|side| policy.rules(policy_type(*side)).is_some());
        links
            .shapes
            .extend(sides.map(|side| ShapeId::Gate(pod.id(), side)));
        links
            .addresses
            .extend(pod.addresses().map(|address| address.to_string()));
    }
}

/// Services that something leads to; if it is one, its rules and endpoints as well.
fn add_backends(links: &mut LinksView, services: impl Iterator<Item = ObjectName>) {
    let services: BTreeSet<ObjectName> = sort::set(services);
    if services.len() == 1 {
        links.service = services.first().cloned().map(ShapeId::Service);
    }
    for service in services {
        links.shapes.push(ShapeId::Service(service.clone()));
        links.shapes.push(ShapeId::Slices(service));
    }
}

fn ingress_backends(ingress: &Ingress) -> impl Iterator<Item = ObjectName> {
    let http = ingress
        .spec
        .rules
        .iter()
        .filter_map(|rule| rule.http.as_ref());
    let paths = http.flat_map(|http| &http.paths).map(|path| &path.backend);
    let backends = ingress.spec.default_backend.iter().chain(paths);
    let services = backends.filter_map(|backend| backend.service.as_ref());
    services
        .map(|service| ObjectName::new(ingress.metadata.namespace.as_str(), service.name.as_str()))
}

fn route_backends(route: &Route) -> impl Iterator<Item = ObjectName> {
    let backends = route.spec.rules.iter().flat_map(|rule| &rule.backend_refs);
    let services = backends.filter(|backend| backend.kind == "Service");
    services.map(|service| {
        let own = route.metadata.namespace.as_str();
        let namespace = if service.namespace.is_empty() {
            own
        } else {
            service.namespace.as_str()
        };
        ObjectName::new(namespace, service.name.as_str())
    })
}

/// Whether a route names a Gateway as its parent.
fn is_attached(route: &Route, gateway: &ObjectName) -> bool {
    let own = &route.metadata.namespace;
    route.spec.parent_refs.iter().any(|parent| {
        let namespace = if parent.namespace.is_empty() {
            own
        } else {
            &parent.namespace
        };
        parent.kind == "Gateway" && parent.name == gateway.name && *namespace == gateway.namespace
    })
}

/// Every endpoint with its Service.
fn endpoints(cluster: &Cluster) -> impl Iterator<Item = (ObjectName, &Endpoint)> {
    cluster.slices.values().flat_map(|slice| {
        let service = slice.service();
        let endpoints = slice.endpoints.iter();
        endpoints.filter_map(move |endpoint| Some((service.clone()?, endpoint)))
    })
}

fn pod_of(endpoint: &Endpoint) -> Option<ObjectName> {
    let target = endpoint.target_ref.as_ref()?;
    (target.kind == "Pod").then(|| target.id())
}

fn addresses(endpoint: &Endpoint) -> impl Iterator<Item = String> {
    endpoint.addresses.iter().map(ToString::to_string)
}
