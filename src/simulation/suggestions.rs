//! Who can call, and what can be called: what the request bar offers.

use std::net::{IpAddr, SocketAddr};

use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{Service, ServiceType};
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::names::{DEFAULT_NAMESPACE, Family, Protocol};
use kubehop_engine::network::Network;
use kubehop_engine::sort;
use kubehop_engine::trace::Origin;

/// At most this many targets are offered; any other can be typed.
const TARGETS: usize = 400;

/// At most this many pods are offered; any other can be chosen in the picture.
pub const MOST_CALLERS: usize = 500;

/// Everyone who can open a connection: the outside client, pods that have an address, nodes.
pub fn origins(cluster: &Cluster) -> Vec<String> {
    let running = cluster
        .pods
        .values()
        .filter(|pod| pod.addresses().next().is_some());
    let mut pods: Vec<_> = running.map(|pod| pod.id()).collect();
    sort::sort_by_key(&mut pods, is_system);
    let pods = pods
        .into_iter()
        .take(MOST_CALLERS)
        .map(|pod| Origin::Pod(pod).to_string());
    let nodes = cluster
        .nodes
        .keys()
        .map(|node| Origin::Node(node.to_string()).to_string());
    ["client".to_owned()]
        .into_iter()
        .chain(pods)
        .chain(nodes)
        .collect()
}

/// Everything worth calling: what routes are for, the Services people wrote, then the others, and pods.
pub fn targets(network: &Network) -> Vec<String> {
    let cluster = network.cluster();
    let routed = network.routed_calls().into_iter();
    let routed = routed.map(|target| target.to_string());
    let (system, own): (Vec<&Service>, Vec<&Service>) = cluster
        .services
        .values()
        .partition(|service| is_system(&service.id()));
    let services = own
        .into_iter()
        .chain(system)
        .flat_map(|service| of_service(cluster, service));
    let pods = cluster
        .pods
        .values()
        .filter(|pod| !is_system(&pod.id()))
        .flat_map(|pod| {
            let ports = pod
                .serving_containers()
                .flat_map(|container| &container.ports);
            let address = pod.addresses().next();
            ports.filter_map(move |port| {
                Some(url(
                    port.protocol,
                    SocketAddr::new(address?, port.container_port),
                ))
            })
        });
    let mut all: Vec<String> = Vec::new();
    let all_of_cluster = routed.chain(services).chain(hosts(cluster)).chain(pods);
    for target in all_of_cluster.take(TARGETS) {
        if !all.contains(&target) {
            all.push(target);
        }
    }
    all
}

/// The hosts and paths of Ingresses, also of those that nothing serves: to see that is why somebody calls them.
fn hosts(cluster: &Cluster) -> impl Iterator<Item = String> + '_ {
    let rules = cluster
        .ingresses
        .values()
        .flat_map(|ingress| &ingress.spec.rules);
    let named = rules.filter(|rule| !rule.host.is_empty() && !rule.host.starts_with('*'));
    named.flat_map(|rule| {
        let paths = rule.http.iter().flat_map(|http| &http.paths);
        paths.map(|path| match path.path.as_str() {
            "/" => format!("http://{}", rule.host),
            path => format!("http://{}{path}", rule.host),
        })
    })
}

pub(crate) fn of_service(cluster: &Cluster, service: &Service) -> Vec<String> {
    let node = cluster
        .nodes
        .values()
        .find_map(|node| node.address(Family::V4).or_else(|| node.addresses().next()));
    let mut all = Vec::new();
    for port in &service.spec.ports {
        let at = |address: IpAddr, port_number: u16| {
            url(port.protocol, SocketAddr::new(address, port_number))
        };
        all.extend(named(service, port.protocol, port.port));
        all.extend(service.addresses().map(|address| at(address, port.port)));
        all.extend(
            node.filter(|_| port.node_port > 0)
                .map(|address| at(address, port.node_port)),
        );
        let ingress = service
            .status
            .load_balancer
            .ingress
            .iter()
            .filter_map(|ingress| ingress.ip);
        all.extend(
            ingress
                .chain(service.spec.external_ips.iter().copied())
                .map(|address| at(address, port.port)),
        );
    }
    if service.spec.service_type == ServiceType::ExternalName && service.spec.ports.is_empty() {
        all.extend(named(service, Protocol::Tcp, 80));
    }
    all
}

/// The Service by its name, as a pod of its namespace would write it, or with its namespace.
fn named(service: &Service, protocol: Protocol, port: u16) -> Option<String> {
    let name = match service.metadata.namespace.as_str() {
        DEFAULT_NAMESPACE => service.metadata.name.clone(),
        namespace => format!("{}.{namespace}", service.metadata.name).into(),
    };
    let scheme = scheme(protocol, port);
    match (protocol, port) {
        (Protocol::Tcp, 80 | 443) => Some(format!("{scheme}://{name}")),
        _ => Some(format!("{scheme}://{name}:{port}")),
    }
}

fn scheme(protocol: Protocol, port: u16) -> &'static str {
    match (protocol, port) {
        (Protocol::Tcp, 443) => "https",
        (Protocol::Tcp, _) => "http",
        (other, _) => other.lower(),
    }
}

fn url(protocol: Protocol, address: SocketAddr) -> String {
    match (protocol, address.port()) {
        (Protocol::Tcp, 80 | 443) => {
            let text = address.to_string();
            let host = text
                .rsplit_once(':')
                .map_or(text.as_str(), |(host, _)| host);
            format!("{}://{host}", scheme(protocol, address.port()))
        }
        (protocol, port) => format!("{}://{address}", scheme(protocol, port)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kubehop_engine::testing::{WEB, resolved};

    #[test]
    fn hosts_of_an_ingress_that_nothing_serves_are_offered() {
        let ingress = "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\n\
                       spec:\n  rules:\n  - host: shop.example.com\n    http:\n      paths:\n\
                       \x20     - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}\n\
                       \x20     - {path: /app, pathType: Exact, backend: {service: {name: web, port: {number: 80}}}}\n\
                       \x20 - host: '*.example.org'\n    http:\n      paths:\n\
                       \x20     - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}\n";
        let offered = targets(&Network::of(resolved(&format!("{WEB}{ingress}"))));
        let hosts = offered.iter().filter(|target| target.contains("example"));
        let hosts: Vec<&str> = hosts.map(String::as_str).collect();
        assert_eq!(
            hosts,
            ["http://shop.example.com", "http://shop.example.com/app"]
        );
    }
}
