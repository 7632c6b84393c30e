//! Addresses that something outside the simulation gives out or routes.

use std::net::IpAddr;

use super::Condition;
use super::objects::{of_group, printed};
use crate::cluster::config::LoadBalancer;
use crate::cluster::object::{LoadBalancerIngress, Service};
use crate::network::Network;
use crate::trace::{Reason, Trace, Unless};

/// The API group of Cilium.
pub(super) const CILIUM: &str = "cilium.io";

/// An external IP that no node has: something outside has to route it to a node.
pub(super) fn not_routed(network: &Network, trace: &Trace) -> Option<Condition> {
    let enters = |reason: &Reason| matches!(reason, Reason::Arrives { .. });
    let entry = trace.hops.iter().find(|hop| enters(&hop.reason))?;
    let address = entry.before.destination.ip();
    let is_balanced = |service: &&Service| balancer_addresses(service).any(|own| own == address);
    let mut services = network.cluster().services.values();
    let service = services.find(|service| service.spec.external_ips.contains(&address))?;
    if network.node_at(address).is_some()
        || network
            .cluster()
            .services
            .values()
            .any(|own| is_balanced(&own))
    {
        return None;
    }
    Some(Condition {
        unless: Unless::NotRouted,
        object: format!("Service {} ({address})", service.id()),
    })
}

/// A load balancer of the text that is not simulated, and may give out the address that is called: Cilium's.
pub(super) fn load_balancer(network: &Network, trace: &Trace) -> Option<Condition> {
    match network.cluster().load_balancing.provider {
        LoadBalancer::Auto | LoadBalancer::Cloud => {}
        LoadBalancer::Metallb | LoadBalancer::Servicelb | LoadBalancer::None => return None,
    }
    let called = trace.called()?;
    let mut services = network.cluster().services.values();
    services.find(|service| balancer_addresses(service).any(|own| own == called))?;
    let mut objects = of_group(network, CILIUM);
    let pool = objects.find(|object| object.kind == "CiliumLoadBalancerIPPool");
    // The settings say that a cloud gives addresses, although the text has pools.
    let mut of_metallb = network.cluster().metallb.pools.iter();
    let of_metallb = || {
        Some(format!(
            "IPAddressPool {}",
            of_metallb.next()?.metadata.id()
        ))
    };
    let object = pool.as_ref().map(printed).or_else(of_metallb)?;
    Some(Condition {
        unless: Unless::LoadBalancer,
        object,
    })
}

/// The addresses that a load balancer gave a Service.
pub(super) fn balancer_addresses(service: &Service) -> impl Iterator<Item = IpAddr> + '_ {
    let ingress = &service.status.load_balancer.ingress;
    ingress.iter().flat_map(LoadBalancerIngress::addresses)
}
