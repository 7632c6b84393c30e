//! The cloud's part of the router: the addresses of load balancers and external IPs, which it sends to nodes.

use std::collections::BTreeSet;

use ipnet::IpNet;
use kubehop_engine::cluster::object::{Node, Service, TrafficPolicy};
use kubehop_engine::names::Family;
use kubehop_engine::proxy::health::health_checks;
use kubehop_engine::trace::Network;

use super::links::{batch, digit_of};
use super::network::ROUTER;

/// Routes the addresses of load balancers and external IPs to nodes.
pub(crate) fn route_to_nodes(world: &Network) -> Result<(), String> {
    let cluster = world.cluster();
    let mut routed = BTreeSet::new();
    for service in cluster.services.values() {
        for vip in service
            .load_balancer_vips()
            .filter(|vip| !routed.contains(vip))
            .collect::<Vec<_>>()
        {
            let healthy = cluster
                .nodes
                .values()
                .filter(|node| is_healthy(world, service, node));
            let hops: Vec<String> = healthy
                .filter_map(|node| node.address(Family::of(vip)))
                .map(|address| format!(" nexthop via {address}"))
                .collect();
            routed.insert(vip);
            if !hops.is_empty() {
                batch(
                    ROUTER,
                    &format!(
                        "-{} route add {}{}",
                        digit_of(vip),
                        IpNet::from(vip),
                        hops.concat()
                    ),
                )?;
            }
        }
        for &address in &service.spec.external_ips {
            let first = cluster
                .nodes
                .values()
                .next()
                .and_then(|node| node.address(Family::of(address)));
            let taken = cluster
                .nodes
                .values()
                .any(|node| node.addresses().any(|own| own == address));
            if let Some(first) = first.filter(|_| !taken && routed.insert(address)) {
                batch(
                    ROUTER,
                    &format!(
                        "-{} route add {} via {first}",
                        digit_of(address),
                        IpNet::from(address)
                    ),
                )?;
            }
        }
    }
    Ok(())
}

/// Whether a load balancer sends to a node: its health check succeeds, where there is one.
fn is_healthy(world: &Network, service: &Service, node: &Node) -> bool {
    let local = service.spec.external_traffic_policy == Some(TrafficPolicy::Local);
    let port = service.spec.health_check_node_port;
    !local
        || health_checks(world.cluster(), node)
            .iter()
            .any(|check| check.port == port && check.status() == 200)
}
