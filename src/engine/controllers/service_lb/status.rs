//! Which nodes' addresses ServiceLB reports for a Service (k3s `pkg/cloudprovider/servicelb.go`, `getStatus`, `podIPs`).

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use smol_str::SmolStr;

use super::{NAMESPACE, SERVICE_CONTROLLER, SERVICE_NAME, SERVICE_NAMESPACE};
use crate::cluster::Cluster;
use crate::cluster::load_balancing::{EventKind, ServiceEvent};
use crate::cluster::object::{ConditionStatus, Node, Pod, READY, Service, TrafficPolicy};
use crate::names::{Family, ObjectName};
use crate::sort;

/// The pods of ServiceLB that listen for a Service.
pub fn pods_of<'a>(cluster: &'a Cluster, service: &ObjectName) -> impl Iterator<Item = &'a Pod> {
    let ObjectName { namespace, name } = service.clone();
    cluster.each_pod().filter(move |pod| {
        let label = |key: &str| pod.metadata.labels.get(key);
        pod.metadata.namespace == NAMESPACE
            && label(SERVICE_NAME) == Some(&name)
            && label(SERVICE_NAMESPACE) == Some(&namespace)
    })
}

/// The addresses of a Service: of the nodes with a ready pod of ServiceLB, external ones if any node has one, else
/// internal ones. Each family is sorted as text.
pub fn addresses(cluster: &Cluster, service: &Service) -> Vec<IpAddr> {
    let name = service.id();
    let serving = serving_nodes(cluster, service);
    let nodes = pods_of(cluster, &name)
        .filter(|pod| is_ready(pod))
        .map(|pod| &pod.spec.node_name)
        .filter(|node| {
            serving
                .as_ref()
                .is_none_or(|serving| serving.contains(*node))
        });
    let nodes: Vec<&Node> = sort::set(nodes)
        .into_iter()
        .filter_map(|name| cluster.nodes.get(name))
        .collect();
    let external = addresses_of_type(&nodes, "ExternalIP");
    let texts = if external.is_empty() {
        addresses_of_type(&nodes, "InternalIP")
    } else {
        external
    };
    let all: Vec<IpAddr> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    let mut addresses = Vec::new();
    for family in &service.spec.ip_families {
        let own = all.iter().filter(|own| Family::of(**own) == *family);
        addresses.extend(own.copied());
    }
    if cluster.config.rootless && !addresses.is_empty() {
        return vec![Ipv4Addr::LOCALHOST.into()];
    }
    addresses
}

/// The nodes with a ready endpoint that is a pod, if only local endpoints get the Service's traffic; else `None`.
fn serving_nodes(cluster: &Cluster, service: &Service) -> Option<BTreeSet<SmolStr>> {
    if service.spec.external_traffic_policy != Some(TrafficPolicy::Local) {
        return None;
    }
    let name = service.id();
    let slices = cluster.slices_of(&name);
    let ready = slices
        .flat_map(|slice| &slice.endpoints)
        .filter(|endpoint| {
            let target = endpoint.target_ref.as_ref();
            target.is_some_and(|target| target.kind == "Pod")
                && endpoint.conditions.ready == Some(true)
        });
    Some(sort::set(ready.filter_map(|own| own.node_name.clone())))
}

fn is_ready(pod: &Pod) -> bool {
    let mut conditions = pod.status.conditions.iter();
    let is_reported =
        conditions.any(|own| own.condition_type == READY && own.status == ConditionStatus::True);
    is_reported && !pod.spec.node_name.is_empty() && pod.addresses().next().is_some()
}

/// The addresses of a type, sorted as text: `192.168.0.10` is before `192.168.0.9`.
fn addresses_of_type(nodes: &[&Node], wanted: &str) -> Vec<SmolStr> {
    let all = nodes.iter().flat_map(|node| &node.status.addresses);
    let own = all.filter(|address| address.address_type == wanted);
    let mut texts: Vec<SmolStr> = own.map(|address| address.address.clone()).collect();
    sort::sort(&mut texts);
    texts.dedup();
    texts
}

/// The event about a DaemonSet that is applied.
pub fn applied(daemon_set: &ObjectName) -> ServiceEvent {
    ServiceEvent {
        kind: EventKind::Normal,
        reason: "AppliedDaemonSet",
        message: format!("Applied LoadBalancer DaemonSet {daemon_set}"),
        from: SERVICE_CONTROLLER,
    }
}

/// The event about other addresses; `None` if they are the same, also if there are still none.
pub fn updated(before: &[IpAddr], after: &[IpAddr]) -> Option<ServiceEvent> {
    if before == after {
        return None;
    }
    let list = |addresses: &[IpAddr]| {
        let texts: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        format!("[{}]", texts.join(" "))
    };
    Some(if after.is_empty() {
        ServiceEvent {
            kind: EventKind::Warning,
            reason: "UnAvailableLoadBalancer",
            message: "There are no available nodes for LoadBalancer".to_owned(),
            from: SERVICE_CONTROLLER,
        }
    } else {
        ServiceEvent {
            kind: EventKind::Normal,
            reason: "UpdatedLoadBalancer",
            message: format!(
                "Updated LoadBalancer with new IPs: {} -> {}",
                list(before),
                list(after)
            ),
            from: SERVICE_CONTROLLER,
        }
    })
}
