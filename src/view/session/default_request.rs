//! The request of a text for which none was chosen yet: what a person would call first, and from where.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::simulation::suggestions::of_service;
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{EndpointSlice, ObjectReference, Service, ServiceType};
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::l7::ingress::route;
use kubehop_engine::names::{DEFAULT_NAMESPACE, ObjectName};
use kubehop_engine::network::Network;
use kubehop_engine::sort;
use kubehop_engine::trace::{Host, Origin, Target};

/// What a person would try first: the host and path of the first route that clients outside reach, else the outermost
/// address of the first Service.
pub(super) fn default_target(network: &Network) -> Option<String> {
    if let Some(routed) = network.routed_calls().into_iter().next() {
        return Some(routed.to_string());
    }
    let cluster = network.cluster();
    let service = own_services(cluster).next()?;
    let all = of_service(cluster, service);
    match service.spec.service_type {
        ServiceType::LoadBalancer | ServiceType::NodePort => all.last().cloned(),
        ServiceType::ClusterIP => all.get(1).or(all.first()).cloned(),
        ServiceType::ExternalName => all.first().cloned(),
    }
}

/// Who would try it: the outside client for an outside address, else a pod that is not behind the called Service, else a
/// node. Pods of the Service's namespace come first, and among them those behind no Service.
pub(super) fn default_origin(network: &Network, to: &str) -> String {
    let cluster = network.cluster();
    let host = to.parse().map(|target: Target| target.host);
    let inside = match &host {
        Ok(Host::Address(address)) => {
            let mut ranges = cluster.config.service_cidrs.iter();
            ranges.any(|range| range.contains(address)) || pod_at(cluster, *address).is_some()
        }
        Ok(host @ Host::Name(name)) => {
            called_service(cluster, host).is_some() || !network.has_entrance(name)
        }
        Err(_) => false,
    };
    if !inside {
        return "client".to_owned();
    }
    let node = || cluster.nodes.keys().last();
    bystander(cluster, host.ok().as_ref())
        .map(Origin::Pod)
        .or_else(|| node().map(|node| Origin::Node(node.to_string())))
        .map_or_else(|| "client".to_owned(), |origin| origin.to_string())
}

/// The pod that would call a host: one that is not behind it.
pub(super) fn bystander(cluster: &Cluster, host: Option<&Host>) -> Option<ObjectName> {
    let called = host.and_then(|host| called_service(cluster, host));
    let namespace = called.map_or(DEFAULT_NAMESPACE, |service| &service.metadata.namespace);
    let mut behind = pods_behind(cluster, called);
    if let Some(Host::Address(address)) = host {
        behind.extend(pod_at(cluster, *address));
    }
    let selected = pods_behind_any(cluster);
    let pods = cluster.pods.values();
    let bystanders = pods
        .filter(|pod| pod.addresses().next().is_some())
        .map(|pod| pod.id())
        .filter(|pod| !is_system(pod) && !behind.contains(pod));
    bystanders.min_by_key(|pod| (pod.namespace != namespace, selected.contains(pod)))
}

/// The Service that has the address, or the name: `web`, `web.dev`, `web.dev.svc.cluster.local`.
pub(super) fn called_service<'a>(cluster: &'a Cluster, host: &Host) -> Option<&'a Service> {
    match host {
        Host::Address(address) => {
            let mut services = cluster.services.values();
            services.find(|service| service.addresses().any(|own| own == *address))
        }
        Host::Name(name) => {
            let mut labels = name.split('.');
            let name = labels.next()?;
            let namespace = labels.next().unwrap_or(DEFAULT_NAMESPACE);
            cluster.services.get(&ObjectName::new(namespace, name))
        }
    }
}

/// The Service that a request is for: the one that has the address or the name, else the backend that the Ingresses have
/// for the host and the path.
pub(super) fn intended_service(cluster: &Cluster, to: &str) -> Option<ObjectName> {
    let target: Target = to.parse().ok()?;
    if let Some(service) = called_service(cluster, &target.host) {
        return Some(service.id());
    }
    let Host::Name(host) = &target.host else {
        return None;
    };
    let path = if target.path.is_empty() {
        "/"
    } else {
        &target.path
    };
    let route = route(cluster.ingresses.values(), host, path)?;
    let backend = route.backend.service.as_ref()?;
    let namespace = route.ingress.metadata.namespace.clone();
    Some(ObjectName::new(namespace, backend.name.clone()))
}

/// The pods behind a Service; none if there is no Service.
pub(super) fn pods_behind(cluster: &Cluster, service: Option<&Service>) -> BTreeSet<ObjectName> {
    let id = service.map(Service::id);
    let slices = id.iter().flat_map(|service| cluster.slices_of(service));
    pods_of(slices)
}

fn pods_behind_any(cluster: &Cluster) -> BTreeSet<ObjectName> {
    pods_of(cluster.slices.values())
}

fn pods_of<'a>(slices: impl Iterator<Item = &'a EndpointSlice>) -> BTreeSet<ObjectName> {
    let endpoints = slices.flat_map(|slice| &slice.endpoints);
    let targets = endpoints.filter_map(|endpoint| endpoint.target_ref.as_ref());
    sort::set(targets.map(ObjectReference::id))
}

pub(super) fn own_services(cluster: &Cluster) -> impl Iterator<Item = &Service> {
    let services = cluster.services.values();
    services.filter(|service| !is_system(&service.id()))
}

pub(super) fn pod_at(cluster: &Cluster, address: IpAddr) -> Option<ObjectName> {
    let mut pods = cluster.pods.values();
    let pod = pods.find(|pod| pod.addresses().any(|own| own == address));
    pod.map(|pod| pod.id())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use kubehop_engine::testing::resolved;

    /// A Service without Pods, and a Pod that can call it.
    pub(in crate::view::session) const WEB: &str = "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.96.0.50, ports: [{port: 80}]}}\n---\n\
        {apiVersion: v1, kind: Pod, metadata: {name: shell}, spec: {containers: [{name: c, image: c}]}}";

    pub(in crate::view::session) fn network(text: &str) -> Network {
        Network::of(resolved(text))
    }

    /// Pods with a label `app` of their own name, and a Service of the first one, in one namespace each.
    pub(in crate::view::session) fn cluster(
        pods: &[(&str, &str)],
        services: &[(&str, &str)],
    ) -> Network {
        let pod = |(namespace, name): &(&str, &str)| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: {namespace}, labels: {{app: {name}}}}}\n\
                 spec: {{containers: [{{name: c, image: c}}]}}\n---\n"
            )
        };
        let service = |(namespace, name): &(&str, &str)| {
            format!(
                "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {namespace}}}\n\
                 spec: {{selector: {{app: {name}}}, ports: [{{port: 80}}]}}\n---\n"
            )
        };
        let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: dev}\n---\n".to_owned();
        let texts = pods.iter().map(pod).chain(services.iter().map(service));
        let text: String = [namespace].into_iter().chain(texts).collect();
        network(&text)
    }

    fn caller(pods: &[(&str, &str)], services: &[(&str, &str)], to: &str) -> String {
        default_origin(&cluster(pods, services), to)
    }

    #[test]
    fn the_caller_is_never_behind_the_service_that_it_calls() {
        let (web, db, dev) = (("default", "web"), ("default", "db"), ("dev", "web"));
        // Another pod, though a Service selects it as well.
        let services = [web, db];
        assert_eq!(caller(&[web, db], &services, "http://web"), "pod/db");
        assert_eq!(caller(&[web, db], &services, "http://db"), "pod/web");
        // One of the same namespace first.
        assert_eq!(caller(&[dev, db, web], &[web], "http://web"), "pod/db");
        let from_dev = caller(&[web, dev, ("dev", "job")], &[dev], "http://web.dev");
        assert_eq!(from_dev, "pod/dev/job");
        // Without one, a pod of another namespace; without any, a node.
        assert_eq!(caller(&[web, dev], &[web], "http://web"), "pod/dev/web");
        assert_eq!(caller(&[web], &[web], "http://web"), "node/node-3");
        // An address outside is called from outside.
        assert_eq!(caller(&[web, db], &[web], "http://198.51.100.1"), "client");
    }

    #[test]
    fn an_ingress_is_called_by_its_host_if_a_controller_serves_it() {
        let ingress = "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {ingressClassName: nginx, rules: [\
            {host: shop.example.com, http: {paths: [{path: /cart, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}}";
        let controller = |service: &str| {
            format!(
                "{WEB}\n---\n{ingress}\n---\n\
                 {{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {{name: nginx}}, spec: {{controller: k8s.io/ingress-nginx}}}}\n---\n\
                 {{apiVersion: v1, kind: Pod, metadata: {{name: proxy, labels: {{app.kubernetes.io/name: ingress-nginx}}}}, spec: {{containers: [{{name: c, image: c, ports: [{{containerPort: 80}}]}}]}}}}\n---\n\
                 {{apiVersion: v1, kind: Service, metadata: {{name: proxy}}, spec: {{selector: {{app.kubernetes.io/name: ingress-nginx}}, {service}}}}}"
            )
        };
        let called = |text: &str| default_target(&network(text)).expect("something to call");
        let balanced = controller("type: LoadBalancer, ports: [{port: 80}]");
        assert_eq!(called(&balanced), "http://shop.example.com/cart");
        let routed = network(&balanced);
        let intended = |to| intended_service(routed.cluster(), to).map(|name| name.name);
        assert_eq!(
            intended("http://shop.example.com/cart").as_deref(),
            Some("web")
        );
        assert_eq!(intended("http://shop.example.com/other"), None);
        assert_eq!(intended("http://proxy").as_deref(), Some("proxy"));
        let by_node = controller("type: NodePort, ports: [{port: 80, nodePort: 30080}]");
        assert_eq!(called(&by_node), "http://shop.example.com:30080/cart");
        let tls = "tls: [{hosts: [shop.example.com]}], rules: [";
        let both = "type: LoadBalancer, ports: [{name: http, port: 80}, {name: https, port: 443}]";
        let encrypted = controller(both).replace("rules: [", tls);
        assert_eq!(called(&encrypted), "https://shop.example.com/cart");
        // The controller's Service has no port for it.
        let plain = balanced.replace("rules: [", tls);
        assert_eq!(called(&plain), "http://shop.example.com/cart");
        // Without a controller nothing answers at the host.
        assert_eq!(
            called(&format!("{WEB}\n---\n{ingress}")),
            "http://10.96.0.50"
        );
    }
}
