//! What kube-proxy understood of the Services: one entry a Service port and IP family
//! (kubernetes `pkg/proxy/serviceport.go`).

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;

use super::endpoints::{self, Chosen, Lists};
use super::is_watched;
use crate::cluster::Cluster;
use crate::cluster::object::{
    Node, Service, ServicePort as SpecPort, ServiceType, SessionAffinity, TrafficPolicy,
};
use crate::names::{Family, Protocol, ServicePortName};

/// One port of one Service, in one family, on one node.
#[derive(Clone, Debug, PartialEq)]
pub struct ServicePortInfo<'a> {
    /// Its name.
    pub name: Arc<ServicePortName>,
    /// Its name as rules print it.
    pub text: String,
    /// Its protocol.
    pub protocol: Protocol,
    /// The Service's virtual address.
    pub cluster_ip: IpAddr,
    /// The port of that address, and of the addresses outside.
    pub port: u16,
    /// The port of every node; 0 for none.
    pub node_port: u16,
    /// Addresses outside that nodes also answer for, unless the gate `AllowServiceExternalIPs` is off: then they have no
    /// rules, but still count as a way in.
    pub external_ips: Vec<IpAddr>,
    /// Addresses of the load balancer whose packets arrive unchanged.
    pub vips: Vec<IpAddr>,
    /// The only sources those addresses may be used by; empty for no limit.
    pub source_ranges: Vec<IpNet>,
    /// How many seconds a client keeps its endpoint, when it does.
    pub affinity: Option<u32>,
    /// Which list the cluster IP uses.
    pub internal: TrafficPolicy,
    /// Which list addresses outside use.
    pub external: TrafficPolicy,
    /// The port of the load balancer's health checks; 0 for none.
    pub health_check_node_port: u16,
    /// Its endpoints.
    pub endpoints: Chosen<'a>,
    /// How many endpoints its slices name at all.
    pub known_endpoints: usize,
    /// All endpoints on this node, whatever they can be used for.
    pub local_endpoints: Vec<SocketAddr>,
}

impl ServicePortInfo<'_> {
    /// Whether it can be reached from outside the cluster.
    pub fn is_external(&self) -> bool {
        self.node_port != 0 || !self.vips.is_empty() || !self.external_ips.is_empty()
    }

    /// Whether anyone answers for its cluster IP.
    pub fn has_internal(&self) -> bool {
        self.has(self.internal)
    }

    /// Whether anyone answers for its addresses outside.
    pub fn has_external(&self) -> bool {
        self.has(self.external)
    }

    fn has(&self, policy: TrafficPolicy) -> bool {
        match policy {
            TrafficPolicy::Cluster => self.endpoints.has_any_endpoint,
            TrafficPolicy::Local => !self.endpoints.local.is_empty(),
        }
    }

    /// Which lists its policies need. An external policy of Local needs the cluster's list too, for the short cut of
    /// pods and of the node itself.
    fn lists(&self) -> Lists {
        let cluster = self.internal == TrafficPolicy::Cluster || self.is_external();
        let local = self.internal == TrafficPolicy::Local
            || (self.external == TrafficPolicy::Local && self.is_external());
        match (cluster, local) {
            (_, false) => Lists::Cluster,
            (true, true) => Lists::Both,
            (false, true) => Lists::Local,
        }
    }
}

/// Every Service port of a family that a node's kube-proxy serves, with the endpoints chosen for that node.
pub fn service_ports<'a>(
    cluster: &'a Cluster,
    node: &Node,
    family: Family,
) -> Vec<ServicePortInfo<'a>> {
    let slices = endpoints::by_service(cluster, family);
    let mut ports = Vec::new();
    for (id, service) in cluster
        .services
        .iter()
        .filter(|(_, service)| is_served(service))
    {
        let Some(cluster_ip) = service.address(family) else {
            continue;
        };
        let slices = slices.get(id).map(Vec::as_slice).unwrap_or_default();
        for spec in &service.spec.ports {
            let mut port = understood(service, spec, family, cluster_ip);
            let known = endpoints::of_port(slices, &spec.name, spec.protocol, node.name());
            port.known_endpoints = known.len();
            let local = known.iter().filter(|endpoint| endpoint.is_local);
            port.local_endpoints = local.map(|endpoint| endpoint.address).collect();
            port.endpoints = endpoints::choose(known, port.lists(), node);
            ports.push(port);
        }
    }
    ports
}

/// Whether kube-proxy looks at a Service at all.
pub(crate) fn is_served(service: &Service) -> bool {
    !service.is_headless()
        && service.spec.service_type != ServiceType::ExternalName
        && is_watched(&service.metadata.labels)
}

fn understood<'a>(
    service: &Service,
    spec: &SpecPort,
    family: Family,
    cluster_ip: IpAddr,
) -> ServicePortInfo<'a> {
    let of_family = |address: &IpAddr| Family::of(*address) == family;
    let name = service.port_name(spec);
    ServicePortInfo {
        text: name.to_string(),
        name: Arc::new(name),
        protocol: spec.protocol,
        cluster_ip,
        port: spec.port,
        node_port: spec.node_port,
        external_ips: service
            .spec
            .external_ips
            .iter()
            .copied()
            .filter(of_family)
            .collect(),
        vips: service.load_balancer_vips().filter(of_family).collect(),
        source_ranges: source_ranges(service, family),
        affinity: match service.spec.session_affinity {
            SessionAffinity::None => None,
            SessionAffinity::ClientIP => Some(
                service
                    .spec
                    .session_affinity_config
                    .client_ip
                    .timeout_seconds,
            ),
        },
        internal: service.spec.internal_traffic_policy.unwrap_or_default(),
        external: external_policy(service),
        health_check_node_port: health_check_node_port(service),
        endpoints: Chosen::default(),
        known_endpoints: 0,
        local_endpoints: Vec::new(),
    }
}

/// The source ranges of a family. One that holds every address makes the whole list void.
fn source_ranges(service: &Service, family: Family) -> Vec<IpNet> {
    let texts = service.spec.load_balancer_source_ranges.iter();
    let ranges = texts.filter_map(|text| text.trim().parse::<IpNet>().ok());
    let ranges: Vec<IpNet> = ranges
        .filter(|range| Family::of(range.addr()) == family)
        .map(|range| range.trunc())
        .collect();
    if ranges.iter().any(|range| range.prefix_len() == 0) {
        Vec::new()
    } else {
        ranges
    }
}

/// The external policy counts only for a Service that can be reached from outside.
fn external_policy(service: &Service) -> TrafficPolicy {
    let spec = &service.spec;
    let outside = match spec.service_type {
        ServiceType::LoadBalancer | ServiceType::NodePort => true,
        ServiceType::ClusterIP => !spec.external_ips.is_empty(),
        ServiceType::ExternalName => false,
    };
    spec.external_traffic_policy
        .filter(|_| outside)
        .unwrap_or_default()
}

/// Only a load balancer that must not send to nodes without endpoints checks their health.
pub(super) fn health_check_node_port(service: &Service) -> u16 {
    let asks = service.spec.service_type == ServiceType::LoadBalancer
        && external_policy(service) == TrafficPolicy::Local;
    if asks {
        service.spec.health_check_node_port
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::ObjectName;
    use serde_json::json;

    fn service(spec: serde_json::Value) -> Service {
        serde_json::from_value(
            json!({"metadata": {"namespace": "default", "name": "web"}, "spec": spec}),
        )
        .expect("a service")
    }

    #[test]
    fn a_range_that_holds_every_address_voids_the_list() {
        let ranges = |list| {
            source_ranges(
                &service(json!({ "loadBalancerSourceRanges": list })),
                Family::V4,
            )
        };
        assert_eq!(
            ranges(json!([" 10.1.2.3/8 ", "fd00::/8"])),
            ["10.0.0.0/8".parse().expect("a literal range")]
        );
        assert!(ranges(json!(["10.0.0.0/8", "0.0.0.0/0"])).is_empty());
    }

    #[test]
    fn a_headless_service_is_not_served() {
        assert!(!is_served(&service(json!({"clusterIP": "None"}))));
        assert!(is_served(&service(json!({"clusterIP": "10.96.0.10"}))));
    }

    #[test]
    fn labels_keep_services_and_slices_from_kube_proxy_alike() {
        for label in [
            "service.kubernetes.io/service-proxy-name",
            "service.kubernetes.io/headless",
        ] {
            let labelled = |own: &str| {
                let labels = json!({"kubernetes.io/service-name": "web", own: ""});
                json!({"metadata": {"namespace": "default", "name": "web", "labels": labels},
                    "spec": {"clusterIP": "10.96.0.10"}, "ports": [{"port": 80}]})
            };
            let mut cluster = Cluster::default();
            let slice = serde_json::from_value(labelled(label)).expect("a slice");
            cluster
                .slices
                .insert(ObjectName::new("default", "web"), slice);
            assert!(
                !is_served(&serde_json::from_value(labelled(label)).expect("a service")),
                "{label}"
            );
            assert!(
                endpoints::by_service(&cluster, Family::V4).is_empty(),
                "{label}"
            );
        }
    }
}
