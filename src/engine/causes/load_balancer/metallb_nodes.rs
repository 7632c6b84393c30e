//! A pool of MetalLB that has the address of a node: MetalLB does not know which addresses are taken, and may give it to a
//! Service. Then that node and another one both answer ARP for it.
//! Source: metallb `website/content/installation/network-addons.md`, `configuration/_index.md`.

use ipnet::IpNet;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::config::LoadBalancer;
use crate::controllers::metallb::config::{Pool, Pools};
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::kinds::Kind;
use crate::names::ObjectName;

/// Every pool with the address of a node that the text has. A range of one address counts as intended.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let balancing = &cluster.load_balancing;
    if balancing.provider != LoadBalancer::Metallb {
        return Vec::new();
    }
    let Ok(pools) = Pools::of(cluster, &balancing.metallb_namespace) else {
        return Vec::new();
    };
    let pools = pools.by_name.values();
    pools.filter_map(|pool| of_pool(survey, pool)).collect()
}

fn of_pool(survey: &Survey, pool: &Pool) -> Option<Cause> {
    let resolved = survey.resolved;
    let is_single = |range: &IpNet| range.prefix_len() == range.max_prefix_len();
    let mut written = resolved
        .of_kind(Kind::Node)
        .filter(|own| own.written.is_some());
    let (stored, address) = written.find_map(|stored| {
        let node = resolved.cluster.nodes.get(stored.name.name.as_str())?;
        let mut addresses = node.addresses().filter(|own| pool.owns(*own));
        let address = addresses.find(|own| {
            let mut ranges = pool.ranges.iter();
            ranges.any(|range| !is_single(range) && range.contains(own))
        })?;
        Some((stored, address))
    })?;
    let fault = Fault::LoadBalancer(LoadBalancerFault::PoolHasNodeAddress {
        pool: pool.name.to_string(),
        node: stored.name.name.to_string(),
        address: address.to_string(),
    });
    let namespace = &resolved.cluster.load_balancing.metallb_namespace;
    let name = ObjectName::new(namespace.as_str(), pool.name.as_str());
    let own = resolved.get(Kind::IPAddressPool, &name)?;
    let evidence = vec![
        Evidence::of(own, "spec.addresses"),
        Evidence::of(stored, "status.addresses"),
    ];
    Some(Cause::likely(fault, evidence))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::Config;
    use crate::diagnostic::{Fault, LoadBalancerFault, Problem};

    /// Whether a pool with these addresses has that of the node.
    fn has_node(addresses: &str) -> bool {
        let text = format!(
            "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\n\
             metadata: {{name: lan, namespace: metallb-system}}\nspec: {{addresses: [{addresses}]}}\n---\n\
             apiVersion: v1\nkind: Node\nmetadata: {{name: a}}\n\
             status: {{addresses: [{{type: InternalIP, address: 192.0.2.11}}]}}\n"
        );
        let found = check_text(&text, &Config::default());
        found.iter().any(|(diagnostic, _)| {
            matches!(
                diagnostic.problem,
                Problem::Cause(Fault::LoadBalancer(
                    LoadBalancerFault::PoolHasNodeAddress { .. }
                ))
            )
        })
    }

    #[test]
    fn a_pool_has_no_address_of_a_node() {
        assert!(has_node("192.0.2.0/24"));
        assert!(has_node("192.0.2.10-192.0.2.20"));
        assert!(!has_node("192.0.2.240-192.0.2.250"));
        assert!(!has_node("192.0.2.11/32"));
    }
}
