//! The DaemonSet that ServiceLB makes for a Service (k3s `pkg/cloudprovider/servicelb.go`, `newDaemonSet`).

use std::collections::BTreeMap;

use ipnet::IpNet;
use serde_json::{Value, json};
use smol_str::SmolStr;

use super::{ENABLE, NAMESPACE, POOL, SERVICE_NAME, SERVICE_NAMESPACE};
use crate::cluster::object::{Node, Service, TrafficPolicy};
use crate::labels::Labels;
use crate::names::{Family, ObjectName, Protocol};

/// The longest part of a Service's name in the name of its DaemonSet.
const LONGEST_NAME: usize = 48;
/// How much of the Service's uid is in the name.
const UID_LENGTH: usize = 8;

/// The annotation of a Service with the priority class of its pods.
const PRIORITY_CLASS: &str = "svccontroller.k3s.cattle.io/priorityclassname";
/// The annotation with the ranges of clients, for Services without `spec.loadBalancerSourceRanges`.
const SOURCE_RANGES: &str = "service.beta.kubernetes.io/load-balancer-source-ranges";

/// All clients with an IPv4 address.
const EVERYWHERE: &str = "0.0.0.0/0";

/// The environment variable with the addresses that a pod of a `Local` Service forwards to: those of its node.
const HOST_ADDRESSES: &str = "status.hostIPs";

/// The DaemonSet of a Service.
#[derive(Clone, Debug, PartialEq)]
pub struct SvclbDaemonSet {
    /// `kube-system/svclb-web-e5480eb2`.
    pub name: ObjectName,
    /// The Service.
    pub service: ObjectName,
    /// One for each port.
    pub containers: Vec<Listener>,
    /// The labels of the nodes that it runs on; empty for all.
    pub node_selector: Labels,
    /// The priority class of its pods.
    pub priority_class: SmolStr,
}

/// A container that takes a port of the node.
#[derive(Clone, Debug, PartialEq)]
pub struct Listener {
    /// `lb-tcp-80`.
    pub name: String,
    /// The port, of the Service and of the node.
    pub port: u16,
    /// Its protocol.
    pub protocol: Protocol,
    /// What its entry script reads; of `DEST_IPS` of a `Local` Service the field of the pod.
    pub environment: Vec<(&'static str, String)>,
}

/// The DaemonSet of a Service with a uid.
pub fn of_service(service: &Service, uid: &str, nodes: &BTreeMap<SmolStr, Node>) -> SvclbDaemonSet {
    let annotations = &service.metadata.annotations;
    let priority_class = annotations.get(PRIORITY_CLASS).cloned();
    let is_local = service.spec.external_traffic_policy == Some(TrafficPolicy::Local);
    let ranges = source_ranges(service);
    let addresses: Vec<String> = service.addresses().map(|own| own.to_string()).collect();
    let containers = service.spec.ports.iter().map(|port| {
        let (to_port, to) = if is_local {
            (port.node_port, HOST_ADDRESSES.to_owned())
        } else {
            (port.port, addresses.join(","))
        };
        Listener {
            name: format!("lb-{}-{}", port.protocol.lower(), port.port),
            port: port.port,
            protocol: port.protocol,
            environment: vec![
                ("SRC_PORT", port.port.to_string()),
                ("SRC_RANGES", ranges.clone()),
                ("DEST_PROTO", port.protocol.to_string()),
                ("DEST_PORT", to_port.to_string()),
                ("DEST_IPS", to),
            ],
        }
    });
    SvclbDaemonSet {
        name: ObjectName::new(NAMESPACE, name_of(&service.metadata.name, uid)),
        service: service.id(),
        containers: containers.collect(),
        node_selector: node_selector(service, nodes),
        priority_class: priority_class.unwrap_or_else(|| "system-node-critical".into()),
    }
}

/// `svclb-web-e5480eb2`.
fn name_of(service: &str, uid: &str) -> String {
    let cut = service.get(..LONGEST_NAME);
    let name = cut.map_or(service, |cut| {
        if service.len() > LONGEST_NAME {
            cut.trim_end_matches('-')
        } else {
            service
        }
    });
    format!("svclb-{name}-{}", uid.get(..UID_LENGTH).unwrap_or(uid))
}

/// The clients that may use the Service, as the entry script reads them (cloud-provider `service/helpers`,
/// `GetLoadBalancerSourceRanges`): their host bits are dropped.
fn source_ranges(service: &Service) -> String {
    let mut written: Vec<&str> = Vec::new();
    let of_spec = &service.spec.load_balancer_source_ranges;
    written.extend(of_spec.iter().map(|own| own.trim()));
    if written.is_empty() {
        let by_annotation = service.metadata.annotations.get(SOURCE_RANGES);
        let texts = by_annotation.iter().flat_map(|text| text.split(','));
        written.extend(texts.map(str::trim).filter(|own| !own.is_empty()));
    }
    let mut ranges: Vec<String> = Vec::new();
    for text in written {
        let range: Option<IpNet> = text.parse().ok();
        let range = range.map_or_else(|| text.to_owned(), |range| range.trunc().to_string());
        if !ranges.contains(&range) {
            ranges.push(range);
        }
    }
    if ranges.is_empty() {
        ranges.push(EVERYWHERE.to_owned());
    }
    // The default leaves IPv6 clients out, which ServiceLB mends.
    if ranges == [EVERYWHERE] && service.spec.ip_families.contains(&Family::V6) {
        ranges.push("::/0".to_owned());
    }
    ranges.join(",")
}

/// If a node has the label `enablelb`, whatever its value, the pods run only where it is `true`, and in the Service's pool.
fn node_selector(service: &Service, nodes: &BTreeMap<SmolStr, Node>) -> Labels {
    let mut nodes = nodes.values();
    if !nodes.any(|node| node.metadata.labels.contains_key(ENABLE)) {
        return Labels::new();
    }
    let mut selector = Labels::new();
    selector.insert(ENABLE.into(), "true".into());
    let pool = service.metadata.labels.get(POOL);
    if let Some(pool) = pool.filter(|pool| !pool.is_empty()) {
        selector.insert(POOL.into(), pool.clone());
    }
    selector
}

impl SvclbDaemonSet {
    /// The object as it is created.
    pub fn manifest(&self) -> Value {
        let ObjectName { namespace, name } = &self.name;
        let labels = json!({
            SERVICE_NAME: self.service.name,
            SERVICE_NAMESPACE: self.service.namespace,
        });
        let mut pod_labels = labels.clone();
        pod_labels["app"] = json!(name);
        let containers: Vec<Value> = self.containers.iter().map(Listener::manifest).collect();
        let tolerations = json!([
            {"key": "node-role.kubernetes.io/master", "operator": "Exists", "effect": "NoSchedule"},
            {"key": "node-role.kubernetes.io/control-plane", "operator": "Exists", "effect": "NoSchedule"},
            {"key": "CriticalAddonsOnly", "operator": "Exists"},
        ]);
        json!({
            "apiVersion": "apps/v1",
            "kind": "DaemonSet",
            "metadata": {"name": name, "namespace": namespace, "labels": labels},
            "spec": {
                "selector": {"matchLabels": {"app": name}},
                "template": {
                    "metadata": {"labels": pod_labels},
                    "spec": {
                        "priorityClassName": self.priority_class,
                        "serviceAccountName": "svclb",
                        "automountServiceAccountToken": false,
                        "nodeSelector": self.node_selector,
                        "tolerations": tolerations,
                        "containers": containers,
                    },
                },
            },
        })
    }
}

impl Listener {
    fn manifest(&self) -> Value {
        let environment = self.environment.iter().map(|(name, value)| {
            if value == HOST_ADDRESSES {
                json!({"name": name, "valueFrom": {"fieldRef": {"fieldPath": value}}})
            } else {
                json!({"name": name, "value": value})
            }
        });
        json!({
            "name": self.name,
            "image": "rancher/klipper-lb:v0.4.9",
            "ports": [{
                "name": self.name,
                "containerPort": self.port,
                "hostPort": self.port,
                "protocol": self.protocol.to_string(),
            }],
            "env": environment.collect::<Vec<Value>>(),
        })
    }
}
