//! MetalLB's configuration as its controller and speakers understand it (metallb `internal/config/config.go`).
//!
//! One mistake makes the whole configuration invalid: MetalLB's webhooks refuse the object, and without them the controller
//! keeps the configuration that it had.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;
use smol_str::SmolStr;

use super::advertisement::{self, BgpRoute, L2Answer};
use super::config_fault::ConfigFault;
use super::duplicates::check_selectors;
use super::range::{is_buggy, overlap, prefixes};
use crate::cluster::Cluster;
use crate::cluster::config::LoadBalancer;
use crate::cluster::object::{IpAddressPool, MetalLbObjects, Service, ServiceAllocation};
use crate::labels::Selector;
use crate::syntax::quote;

/// The pools with their advertisements.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Pools {
    /// By name.
    pub by_name: BTreeMap<SmolStr, Pool>,
}

/// A pool of addresses.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// Its name.
    pub name: SmolStr,
    /// Its prefixes, in the order in which addresses are taken.
    pub ranges: Vec<IpNet>,
    /// Whether Services that do not ask for the pool get its addresses.
    pub auto_assign: bool,
    /// Whether addresses that end in `.0` and `.255` are left out.
    pub avoid_buggy: bool,
    /// The Services that it is pinned to; `None` if it is for all.
    pub pinned: Option<PinnedTo>,
    /// The L2Advertisements that are about it.
    pub l2: Vec<L2Answer>,
    /// The BGPAdvertisements that are about it.
    pub bgp: Vec<BgpRoute>,
}

/// The Services that a pool is pinned to.
#[derive(Clone, Debug, PartialEq)]
pub struct PinnedTo {
    /// Lower numbers are tried first, 0 last.
    pub priority: i64,
    /// Namespaces; empty for all.
    pub namespaces: BTreeSet<SmolStr>,
    /// One must match the Service's labels; empty for all.
    pub service_selectors: Vec<Selector>,
}

impl Pool {
    /// Whether the pool has the address, and may give it away.
    pub fn owns(&self, address: IpAddr) -> bool {
        let is_left_out = self.avoid_buggy && is_buggy(address);
        !is_left_out && self.ranges.iter().any(|range| range.contains(&address))
    }

    /// Whether a Service may have the pool's addresses.
    pub fn allows(&self, service: &Service) -> bool {
        let Some(pinned) = &self.pinned else {
            return true;
        };
        let is_of_namespace =
            pinned.namespaces.is_empty() || pinned.namespaces.contains(&service.metadata.namespace);
        let mut selectors = pinned.service_selectors.iter();
        let is_selected = pinned.service_selectors.is_empty()
            || selectors.any(|selector| selector.matches(&service.metadata.labels));
        is_of_namespace && is_selected
    }

    /// Whether the pool is offered first to a Service that it is pinned to.
    pub fn is_pinned_to(&self, service: &Service) -> bool {
        let Some(pinned) = &self.pinned else {
            return false;
        };
        let names = pinned.namespaces.contains(&service.metadata.namespace);
        (names || !pinned.service_selectors.is_empty()) && self.allows(service)
    }
}

impl Pools {
    /// The pools of a cluster's configuration. `namespace` is MetalLB's own: objects elsewhere are ignored.
    ///
    /// # Errors
    ///
    /// Why the configuration is invalid.
    pub fn of(cluster: &Cluster, namespace: &str) -> Result<Pools, ConfigFault> {
        let objects: &MetalLbObjects = &cluster.metallb;
        let mut pools = Pools::default();
        let mut ranges: Vec<IpNet> = Vec::new();
        let own = objects.pools.iter();
        for written in own.filter(|pool| pool.metadata.namespace == namespace) {
            let pool = pool_of(written, cluster).map_err(|fault| ConfigFault::Pool {
                pool: written.metadata.name.clone(),
                fault: Box::new(fault),
            })?;
            add_pool(&mut pools, pool, &mut ranges)?;
        }
        advertisement::announce_pools(&mut pools, cluster, namespace)?;
        Ok(pools)
    }

    /// The pool that has all of these addresses; `None` if none has.
    pub fn pool_of(&self, addresses: &[IpAddr]) -> Option<&Pool> {
        let mut pools = self.by_name.values();
        pools.find(|pool| addresses.iter().all(|address| pool.owns(*address)))
    }

    /// The pools that are pinned to a Service, first those with a priority.
    pub fn pinned_to(&self, service: &Service) -> Vec<&Pool> {
        let pools = self.by_name.values();
        let mut pinned: Vec<&Pool> = pools
            .filter(|pool| pool.auto_assign && pool.is_pinned_to(service))
            .collect();
        crate::sort::sort_by_key(&mut pinned, |pool| {
            let priority = pool.pinned.as_ref().map_or(0, |pinned| pinned.priority);
            (priority <= 0, priority)
        });
        pinned
    }

    /// The pools for Services that no pool is pinned to. MetalLB tries them in random order; here by name.
    pub fn open(&self) -> Vec<&Pool> {
        let pools = self.by_name.values();
        pools
            .filter(|pool| pool.auto_assign && pool.pinned.is_none())
            .collect()
    }
}

/// The pool of an address that MetalLB assigned to no Service and announces to no router (BGP): no host answers ARP
/// or NDP for it. A router may have a route to a BGP pool as a whole (`aggregationLength`).
pub fn silent_pool(cluster: &Cluster, address: IpAddr) -> Option<Pool> {
    let balancing = &cluster.load_balancing;
    if balancing.provider != LoadBalancer::Metallb {
        return None;
    }
    let mut services = cluster.services.values();
    if services.any(|service| service.load_balancer_vips().any(|own| own == address)) {
        return None;
    }
    let pools = Pools::of(cluster, &balancing.metallb_namespace).ok()?;
    let pool = pools.pool_of(&[address])?;
    pool.bgp.is_empty().then(|| pool.clone())
}

/// Adds a pool whose name is new and whose ranges no pool has.
fn add_pool(pools: &mut Pools, pool: Pool, ranges: &mut Vec<IpNet>) -> Result<(), ConfigFault> {
    if pools.by_name.contains_key(&pool.name) {
        return Err(ConfigFault::Repeated(format!("pool {}", quote(&pool.name))));
    }
    for range in &pool.ranges {
        if let Some(other) = ranges.iter().find(|other| overlap(range, other)) {
            return Err(ConfigFault::Overlap {
                pool: pool.name.clone(),
                range: *range,
                other: *other,
            });
        }
        ranges.push(*range);
    }
    pools.by_name.insert(pool.name.clone(), pool);
    Ok(())
}

fn pool_of(written: &IpAddressPool, cluster: &Cluster) -> Result<Pool, ConfigFault> {
    let name = &written.metadata.name;
    if written.spec.addresses.is_empty() {
        return Err(ConfigFault::NoAddresses);
    }
    let mut ranges = Vec::new();
    for text in &written.spec.addresses {
        let of_text = prefixes(text).map_err(|fault| ConfigFault::Range {
            pool: name.clone(),
            text: text.clone(),
            fault,
        })?;
        ranges.extend(of_text);
    }
    let allocation = written.spec.service_allocation.as_ref();
    let pinned = allocation.map(|allocation| pinned_to(allocation, cluster));
    Ok(Pool {
        name: name.clone(),
        ranges,
        auto_assign: written.spec.auto_assign.unwrap_or(true),
        avoid_buggy: written.spec.avoid_buggy_ips,
        pinned: pinned.transpose()?,
        l2: Vec::new(),
        bgp: Vec::new(),
    })
}

fn pinned_to(allocation: &ServiceAllocation, cluster: &Cluster) -> Result<PinnedTo, ConfigFault> {
    let mut namespaces: BTreeSet<SmolStr> = BTreeSet::new();
    for name in &allocation.namespaces {
        if !namespaces.insert(name.clone()) {
            return Err(ConfigFault::RepeatedNamespace);
        }
    }
    let priority = allocation.priority;
    let (of_namespaces, of_services) = (
        &allocation.namespace_selectors,
        &allocation.service_selectors,
    );
    if namespaces.is_empty() && of_namespaces.is_empty() && of_services.is_empty() {
        return Ok(PinnedTo {
            priority,
            namespaces,
            service_selectors: vec![Selector::everything()],
        });
    }
    check_selectors(of_namespaces, "namespaceSelectors")?;
    check_selectors(of_services, "serviceSelectors")?;
    for selector in of_namespaces {
        let selector = selector.selector()?;
        let all = cluster.namespaces.iter();
        let selected = all.filter(|(_, labels)| selector.matches(labels));
        namespaces.extend(selected.map(|(name, _)| name.clone()));
    }
    Ok(PinnedTo {
        priority,
        namespaces,
        service_selectors: advertisement::selectors(of_services)?,
    })
}
