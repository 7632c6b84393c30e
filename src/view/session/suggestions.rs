//! What can be chosen in the request bar: who can call, and what can be called.

use std::net::{IpAddr, SocketAddr};

use super::RequestDraft;
use crate::engine::cluster::Cluster;
use crate::engine::cluster::object::{Service, ServiceType};
use crate::engine::names::{DEFAULT_NAMESPACE, Family, Protocol};
use crate::engine::sort;
use crate::engine::trace::{Host, Origin, Target};

/// At most this many pods are offered; any other can be typed.
const PODS: usize = 100;

/// Everyone who can open a connection: the outside client, pods that have an address, nodes.
pub fn origins(cluster: &Cluster) -> Vec<String> {
    let system = |namespace: &str| namespace.starts_with("kube-");
    let running = cluster
        .pods
        .values()
        .filter(|pod| pod.addresses().next().is_some());
    let mut pods: Vec<_> = running.map(|pod| pod.id()).collect();
    sort::sort_by_key(&mut pods, |pod| system(&pod.namespace));
    let pods = pods
        .into_iter()
        .take(PODS)
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

/// Everything worth calling, the Services people wrote first.
pub fn targets(cluster: &Cluster) -> Vec<String> {
    let (system, own): (Vec<&Service>, Vec<&Service>) = cluster
        .services
        .values()
        .partition(|service| is_system(service));
    let services = own
        .into_iter()
        .chain(system)
        .flat_map(|service| of_service(cluster, service));
    let pods = cluster
        .pods
        .values()
        .filter(|pod| !pod.metadata.namespace.starts_with("kube-"))
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
    for target in services.chain(pods).take(4 * PODS) {
        if !all.contains(&target) {
            all.push(target);
        }
    }
    all
}

fn is_system(service: &Service) -> bool {
    service.metadata.namespace.starts_with("kube-")
        || (service.metadata.namespace == DEFAULT_NAMESPACE
            && service.metadata.name == "kubernetes")
}

fn of_service(cluster: &Cluster, service: &Service) -> Vec<String> {
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

/// The request after the cluster changed: `{service}` and `{external}` filled in, and, unless a person chose them,
/// an origin and a target that exist.
pub fn settled(asked: &RequestDraft, cluster: &Cluster) -> RequestDraft {
    let mut asked = RequestDraft {
        to: filled(&asked.to, cluster),
        ..asked.clone()
    };
    if !origins(cluster).contains(&asked.from) && is_gone(&asked.from, cluster) {
        asked.from = default_origin(cluster, &asked.to);
    }
    let lost = asked.to.is_empty() || is_nobodys(&asked.to, cluster);
    if lost && let Some(to) = default_target(cluster) {
        asked.from = default_origin(cluster, &to);
        asked.to = to;
    }
    asked
}

/// Whether the origin is a pod or node that is not there any more.
fn is_gone(from: &str, cluster: &Cluster) -> bool {
    match from.parse() {
        Ok(Origin::Pod(pod)) => !cluster.pods.contains_key(&pod),
        Ok(Origin::Node(node)) => !cluster.nodes.contains_key(node.as_str()),
        Ok(Origin::Outside(_)) => false,
        Err(_) => true,
    }
}

/// Whether the target names an address of the cluster's own ranges that nothing has, or is nothing at all.
fn is_nobodys(to: &str, cluster: &Cluster) -> bool {
    let Ok(Target { host, .. }) = to.parse() else {
        return to.contains('{');
    };
    match host {
        Host::Name(name) => {
            let first = name.split('.').next().unwrap_or_default();
            !cluster.services.keys().any(|service| service.name == first) && !name.contains('.')
        }
        Host::Address(address) => {
            let of_services = cluster
                .config
                .service_cidrs
                .iter()
                .any(|range| range.contains(&address));
            of_services
                && !cluster
                    .services
                    .values()
                    .any(|service| service.addresses().any(|own| own == address))
        }
    }
}

/// `{service}` becomes the first Service's address, `{external}` its load balancer's, each with the port if not the
/// scheme's own.
fn filled(to: &str, cluster: &Cluster) -> String {
    if !to.contains('{') {
        return to.to_owned();
    }
    let service = cluster
        .services
        .values()
        .find(|service| !is_system(service));
    let port = service
        .and_then(|service| service.spec.ports.first())
        .map_or(80, |port| port.port);
    let suffix = if port == 80 {
        String::new()
    } else {
        format!(":{port}")
    };
    let text = |address: IpAddr| match address {
        IpAddr::V4(address) => format!("{address}{suffix}"),
        IpAddr::V6(address) => format!("[{address}]{suffix}"),
    };
    let own = service
        .and_then(|service| service.addresses().next())
        .map(text);
    let external = service.and_then(|service| {
        service
            .status
            .load_balancer
            .ingress
            .iter()
            .find_map(|ingress| ingress.ip)
    });
    let external = external.map(text).or_else(|| own.clone());
    to.replace("{service}", &own.unwrap_or_default())
        .replace("{external}", &external.unwrap_or_default())
}

/// What a person would try first: the outermost address of the first Service.
fn default_target(cluster: &Cluster) -> Option<String> {
    let service = cluster
        .services
        .values()
        .find(|service| !is_system(service))?;
    let all = of_service(cluster, service);
    match service.spec.service_type {
        ServiceType::LoadBalancer | ServiceType::NodePort => all.last().cloned(),
        ServiceType::ClusterIP => all.get(1).or(all.first()).cloned(),
        ServiceType::ExternalName => all.first().cloned(),
    }
}

/// Who would try it: the outside client for an outside address, else a pod that is not the Service's own, else a node.
fn default_origin(cluster: &Cluster, to: &str) -> String {
    let inside = match to.parse().map(|target: Target| target.host) {
        Ok(Host::Address(address)) => cluster
            .config
            .service_cidrs
            .iter()
            .any(|range| range.contains(&address)),
        Ok(Host::Name(_)) => true,
        Err(_) => false,
    };
    if !inside {
        return "client".to_owned();
    }
    let selected = |pod: &crate::engine::names::ObjectName| {
        let refs = cluster
            .slices
            .values()
            .flat_map(|slice| &slice.endpoints)
            .filter_map(|end| end.target_ref.as_ref());
        refs.into_iter().any(|target| target.id() == *pod)
    };
    let pods = cluster
        .pods
        .values()
        .filter(|pod| !pod.metadata.namespace.starts_with("kube-"));
    let with_address = pods
        .filter(|pod| pod.addresses().next().is_some())
        .take(PODS)
        .map(|pod| pod.id());
    let bystander = with_address
        .into_iter()
        .find(|pod| !selected(pod))
        .map(Origin::Pod);
    let node = || {
        cluster
            .nodes
            .keys()
            .last()
            .map(|node| Origin::Node(node.to_string()))
    };
    bystander
        .or_else(node)
        .map_or_else(|| "client".to_owned(), |origin| origin.to_string())
}
