//! The health checks of load balancers: on every node kube-proxy answers, for each Service with
//! `externalTrafficPolicy: Local`, whether the node has endpoints (kubernetes
//! `pkg/proxy/healthcheck/service_health.go`).

use std::net::SocketAddr;

use serde::Serialize;

use super::endpoints::{self, EndpointInfo, SlicesByService, State};
use super::node_addresses::NodePortAddresses;
use super::service_ports::{health_check_node_port, is_served};
use crate::cluster::Cluster;
use crate::cluster::object::Node;
use crate::names::{Family, ObjectName};
use crate::sort;

/// What a node answers a load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthCheck {
    /// The port it listens on.
    pub port: u16,
    /// The families it listens in.
    pub families: Vec<Family>,
    /// What it says.
    pub body: Body,
}

/// The body of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Body {
    /// The Service asked about.
    pub service: ObjectName,
    /// How many of its addresses on this node are ready.
    pub local_endpoints: usize,
    /// Whether kube-proxy itself is well.
    pub service_proxy_healthy: bool,
}

impl HealthCheck {
    /// The HTTP status: 200 when the node may be sent traffic.
    pub fn status(&self) -> u16 {
        if self.body.local_endpoints == 0 || !self.body.service_proxy_healthy {
            503
        } else {
            200
        }
    }

    /// The headers that say something.
    pub fn headers(&self) -> [(&'static str, String); 2] {
        [
            ("X-Content-Type-Options", "nosniff".to_owned()),
            (
                "X-Load-Balancing-Endpoint-Weight",
                self.body.local_endpoints.to_string(),
            ),
        ]
    }
}

/// The health checks of a node. Each family has its own server; equal answers of both are listed once.
pub fn health_checks(cluster: &Cluster, node: &Node) -> Vec<HealthCheck> {
    let families =
        [Family::V4, Family::V6].map(|family| (family, endpoints::by_service(cluster, family)));
    let mut checks: Vec<HealthCheck> = Vec::new();
    for (id, service) in cluster
        .services
        .iter()
        .filter(|(_, service)| is_served(service))
    {
        let port = health_check_node_port(service);
        for (family, slices) in families
            .iter()
            .filter(|(family, _)| port != 0 && service.address(*family).is_some())
        {
            let local_endpoints = local_endpoints(slices, id, node);
            let body = Body {
                service: id.clone(),
                local_endpoints,
                service_proxy_healthy: true,
            };
            match checks
                .iter_mut()
                .find(|check| check.port == port && check.body == body)
            {
                Some(same) => same.families.push(*family),
                None => checks.push(HealthCheck {
                    port,
                    families: vec![*family],
                    body,
                }),
            }
        }
    }
    checks
}

/// What a node answers at one of its addresses and ports. Health checks are served where node ports are.
pub fn health_check_at(cluster: &Cluster, node: &Node, at: SocketAddr) -> Option<HealthCheck> {
    let (config, family) = (&cluster.config.proxy, Family::of(at.ip()));
    let is_asked =
        |check: &HealthCheck| check.port == at.port() && check.families.contains(&family);
    let check = health_checks(cluster, node).into_iter().find(is_asked)?;
    NodePortAddresses::by_default_of(config.mode, config, node, family)
        .holds(at.ip())
        .then_some(check)
}

/// How many addresses on this node are ready, whichever ports they serve (`LocalReadyEndpoints`).
fn local_endpoints(slices: &SlicesByService, service: &ObjectName, node: &Node) -> usize {
    let slices = slices.get(service).map(Vec::as_slice).unwrap_or_default();
    let ports = slices.iter().flat_map(|slice| &slice.ports);
    let ports = sort::set(ports.map(|port| (port.name(), port.protocol)));
    let endpoints = ports.into_iter().flat_map(|(name, protocol)| {
        endpoints::of_port(slices, name, protocol.unwrap_or_default(), node.name())
    });
    let counts = |endpoint: &EndpointInfo| endpoint.is_local && endpoint.state == State::Ready;
    sort::set(
        endpoints
            .filter(counts)
            .map(|endpoint| endpoint.address.ip()),
    )
    .len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The statuses of nodes a and b, with these endpoints.
    fn statuses(endpoints: serde_json::Value) -> [Vec<u16>; 2] {
        let mut cluster = Cluster::default();
        let service = json!({
            "metadata": {"namespace": "default", "name": "web"},
            "spec": {"type": "LoadBalancer", "clusterIP": "10.96.0.10", "externalTrafficPolicy": "Local",
                "healthCheckNodePort": 31500},
        });
        let slice = json!({
            "metadata": {"namespace": "default", "name": "web-1", "labels": {"kubernetes.io/service-name": "web"}},
            "addressType": "IPv4", "ports": [{"port": 8080}], "endpoints": endpoints,
        });
        let name = |name| ObjectName::new("default", name);
        cluster.services.insert(
            name("web"),
            serde_json::from_value(service).expect("a service"),
        );
        cluster.slices.insert(
            name("web-1"),
            serde_json::from_value(slice).expect("a slice"),
        );
        ["a", "b"].map(|node| {
            let node: Node =
                serde_json::from_value(json!({"metadata": {"name": node}})).expect("a node");
            health_checks(&cluster, &node)
                .iter()
                .map(HealthCheck::status)
                .collect::<Vec<_>>()
        })
    }

    #[test]
    fn a_node_without_a_ready_endpoint_of_its_own_answers_503() {
        assert_eq!(
            statuses(json!([{"addresses": ["10.244.1.3"], "nodeName": "a"}])),
            [vec![200], vec![503]]
        );
    }

    #[test]
    fn an_address_that_a_pod_not_yet_ready_took_over_does_not_count() {
        let leaving = json!({"addresses": ["10.244.1.3"], "nodeName": "a", "conditions": {"ready": true, "terminating": true}});
        let starting =
            json!({"addresses": ["10.244.1.3"], "nodeName": "a", "conditions": {"ready": false}});
        assert_eq!(statuses(json!([leaving, starting])), [vec![503], vec![503]]);
    }
}
