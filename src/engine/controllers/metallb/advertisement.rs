//! L2Advertisements and BGPAdvertisements: which pools, nodes and Services each is about (metallb
//! `internal/config/config.go`).

use crate::sort;
use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;
use smol_str::SmolStr;

use super::config::{Pool, Pools};
use super::config_fault::ConfigFault;
use super::duplicates::{check_selectors, check_texts};
use super::range::prefixes;
use crate::cluster::Cluster;
use crate::cluster::object::{
    AdvertisementScope, BgpAdvertisement, IpAddressPool, L2Advertisement, Node, Service,
};
use crate::labels::{LabelSelector, Selector};
use crate::names::Family;

/// The nodes and Services of an advertisement.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// The nodes that announce.
    pub nodes: BTreeSet<SmolStr>,
    /// One must match the Service's labels; empty for all.
    pub service_selectors: Vec<Selector>,
}

/// An L2Advertisement, for one of its pools.
#[derive(Clone, Debug, PartialEq)]
pub struct L2Answer {
    /// Its nodes and Services.
    pub scope: Scope,
    /// The weight of each preferred node.
    pub preferred: BTreeMap<SmolStr, i64>,
}

/// A BGPAdvertisement, for one of its pools.
#[derive(Clone, Debug, PartialEq)]
pub struct BgpRoute {
    /// Its nodes and Services.
    pub scope: Scope,
    /// The prefix lengths of its routes, IPv4 and IPv6.
    lengths: (i64, i64),
    local_pref: i64,
    peers: Vec<SmolStr>,
}

impl Scope {
    /// Whether it is about a Service.
    pub fn has_service(&self, service: &Service) -> bool {
        let mut selectors = self.service_selectors.iter();
        self.service_selectors.is_empty()
            || selectors.any(|selector| selector.matches(&service.metadata.labels))
    }
}

/// Adds its advertisements to each pool.
///
/// # Errors
///
/// Why the configuration is invalid.
pub(super) fn announce_pools(
    pools: &mut Pools,
    cluster: &Cluster,
    namespace: &str,
) -> Result<(), ConfigFault> {
    let objects = &cluster.metallb;
    let all: Vec<&IpAddressPool> = objects
        .pools
        .iter()
        .filter(|pool| pool.metadata.namespace == namespace)
        .collect();
    for written in &objects.l2_advertisements {
        if written.metadata.namespace == namespace {
            let answer = l2_answer(written, cluster)?;
            for pool in pools_of(written.scope(), &all, pools)? {
                pool.l2.push(answer.clone());
            }
        }
    }
    for written in &objects.bgp_advertisements {
        if written.metadata.namespace == namespace {
            let route = bgp_route(written, cluster)?;
            for pool in pools_of(written.scope(), &all, pools)? {
                check_lengths(&route, pool, &all)?;
                check_preference(&route, pool)?;
                pool.bgp.push(route.clone());
            }
        }
    }
    Ok(())
}

/// The pools that an advertisement is about.
fn pools_of<'a>(
    scope: AdvertisementScope,
    written: &[&IpAddressPool],
    pools: &'a mut Pools,
) -> Result<Vec<&'a mut Pool>, ConfigFault> {
    let is_about_all = scope.pools.is_empty() && scope.pool_selectors.is_empty();
    let selectors = selectors(scope.pool_selectors)?;
    let by_label = written.iter().filter(|pool| {
        let labels = &pool.metadata.labels;
        selectors.iter().any(|selector| selector.matches(labels))
    });
    let mut names: BTreeSet<SmolStr> = sort::set(scope.pools.iter().cloned());
    names.extend(by_label.map(|pool| pool.metadata.name.clone()));
    let all = pools.by_name.values_mut();
    Ok(all
        .filter(|pool| is_about_all || names.contains(&pool.name))
        .collect())
}

fn l2_answer(written: &L2Advertisement, cluster: &Cluster) -> Result<L2Answer, ConfigFault> {
    let scope = scope_of(written.scope(), cluster)?;
    let mut preferred: BTreeMap<SmolStr, i64> = BTreeMap::new();
    for preference in &written.spec.preferred_node_selectors {
        let selector = preference.preference.selector()?;
        let nodes = cluster.nodes.values();
        for node in nodes.filter(|node| selector.matches(&node.metadata.labels)) {
            if scope.nodes.contains(node.name()) {
                *preferred.entry(node.name().into()).or_default() += preference.weight;
            }
        }
    }
    Ok(L2Answer { scope, preferred })
}

fn bgp_route(written: &BgpAdvertisement, cluster: &Cluster) -> Result<BgpRoute, ConfigFault> {
    let spec = &written.spec;
    let scope = written.scope();
    check_texts(&spec.communities, "community")?;
    check_texts(&spec.peers, "peers")?;
    let lengths = (
        spec.aggregation_length.unwrap_or(32),
        spec.aggregation_length_v6.unwrap_or(128),
    );
    for (field, length, whole) in [
        ("aggregationLength", lengths.0, 32),
        ("aggregationLengthV6", lengths.1, 128),
    ] {
        if !scope.service_selectors.is_empty() && length != whole {
            return Err(ConfigFault::SelectorsAndLength {
                field,
                advertisement: scope.name.clone(),
            });
        }
    }
    for (family, length, whole) in [(Family::V4, lengths.0, 32), (Family::V6, lengths.1, 128)] {
        if length > whole {
            return Err(ConfigFault::LengthOfFamily { length, family });
        }
    }
    Ok(BgpRoute {
        scope: scope_of(scope, cluster)?,
        lengths,
        local_pref: spec.local_pref,
        peers: spec.peers.clone(),
    })
}

fn scope_of(written: AdvertisementScope, cluster: &Cluster) -> Result<Scope, ConfigFault> {
    check_texts(written.pools, "ipAddressPools")?;
    check_selectors(written.pool_selectors, "ipAddressPoolSelectors")?;
    check_selectors(written.node_selectors, "nodeSelectors")?;
    check_selectors(written.service_selectors, "serviceSelectors")?;
    let of_nodes = selectors(written.node_selectors)?;
    let is_selected = |node: &&Node| {
        let labels = &node.metadata.labels;
        of_nodes.is_empty() || of_nodes.iter().any(|selector| selector.matches(labels))
    };
    let nodes = cluster.nodes.values().filter(is_selected);
    Ok(Scope {
        nodes: sort::set(nodes.map(|node| SmolStr::from(node.name()))),
        service_selectors: selectors(written.service_selectors)?,
    })
}

/// Selectors as they match.
pub(super) fn selectors(written: &[LabelSelector]) -> Result<Vec<Selector>, ConfigFault> {
    let selectors = written.iter().map(LabelSelector::selector);
    selectors
        .map(|selector| selector.map_err(ConfigFault::from))
        .collect()
}

/// A route may not be longer than every prefix of a range (`validateBGPAdvPerPool`).
fn check_lengths(
    route: &BgpRoute,
    pool: &Pool,
    written: &[&IpAddressPool],
) -> Result<(), ConfigFault> {
    let own = written.iter().find(|own| own.metadata.name == pool.name);
    for text in own.iter().flat_map(|own| &own.spec.addresses) {
        // The pool has been read, so its ranges can be.
        let ranges = prefixes(text).unwrap_or_default();
        let Some(first) = ranges.first() else {
            continue;
        };
        let length = match Family::of(first.addr()) {
            Family::V4 => route.lengths.0,
            Family::V6 => route.lengths.1,
        };
        let shortest = ranges.iter().map(IpNet::prefix_len).min().unwrap_or(0);
        if length < i64::from(shortest) {
            return Err(ConfigFault::LengthOfRange {
                length: route.lengths.0,
                prefix: shortest,
                addresses: text.clone(),
            });
        }
    }
    Ok(())
}

/// Two advertisements of the same route must have one local preference.
fn check_preference(route: &BgpRoute, pool: &Pool) -> Result<(), ConfigFault> {
    if !route.scope.service_selectors.is_empty() {
        return Ok(());
    }
    let mut others = pool.bgp.iter().filter(|other| {
        other.scope.service_selectors.is_empty() && other.local_pref != route.local_pref
    });
    match others.find(|other| is_same_route(route, other, pool)) {
        Some(other) => Err(ConfigFault::LocalPreference {
            own: route.local_pref,
            other: other.local_pref,
        }),
        None => Ok(()),
    }
}

fn is_same_route(one: &BgpRoute, other: &BgpRoute, pool: &Pool) -> bool {
    let has = |family| {
        let mut ranges = pool.ranges.iter();
        ranges.any(|range| Family::of(range.addr()) == family)
    };
    let (v4, v6) = (
        one.lengths.0 != other.lengths.0,
        one.lengths.1 != other.lengths.1,
    );
    let differ = (v4 && !has(Family::V6)) || (v6 && !has(Family::V4)) || (v4 && v6);
    let are_of_other_peers = !one.peers.is_empty()
        && !other.peers.is_empty()
        && !one.peers.iter().any(|peer| other.peers.contains(peer));
    let mut nodes = one.scope.nodes.iter();
    !differ && !are_of_other_peers && nodes.any(|node| other.scope.nodes.contains(node))
}
