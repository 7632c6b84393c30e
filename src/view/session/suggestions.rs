//! The request bar's request, kept valid while the cluster changes.

use std::net::IpAddr;

use super::RequestDraft;
use crate::simulation::suggestions::{PODS, is_system, of_service, origins};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::ServiceType;
use kubehop_engine::trace::{Host, Origin, Target};

/// The request after the cluster changed: `{service}` and `{external}` filled in, and, unless a person chose them,
/// an origin and a target that exist.
pub(super) fn settled(asked: &RequestDraft, cluster: &Cluster) -> RequestDraft {
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
    let selected = |pod: &kubehop_engine::names::ObjectName| {
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
