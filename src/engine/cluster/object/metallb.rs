//! The configuration of MetalLB, a load balancer for clusters outside of clouds: pools of addresses and how they are
//! announced (`metallb.io/v1beta1`, BGPPeer `v1beta2`).

use serde::Deserialize;
use smol_str::SmolStr;

use super::Metadata;
use crate::labels::LabelSelector;

/// A pool of addresses for LoadBalancer Services.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct IpAddressPool {
    /// Name, namespace and labels.
    pub metadata: Metadata,
    /// The addresses, and which Services get them.
    pub spec: IpAddressPoolSpec,
}

/// `spec` of an IPAddressPool.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct IpAddressPoolSpec {
    /// Ranges as written: a CIDR (`192.0.2.0/24`), or the first and the last address (`192.0.2.10-192.0.2.20`).
    pub addresses: Vec<String>,
    /// Whether Services get addresses without asking for the pool (default true).
    pub auto_assign: Option<bool>,
    /// Whether IPv4 addresses that end in `.0` and `.255` are left out.
    #[serde(rename = "avoidBuggyIPs")]
    pub avoid_buggy_ips: bool,
    /// The Services that the pool is for; `None` for all.
    pub service_allocation: Option<ServiceAllocation>,
}

/// `spec.serviceAllocation`: the pool is only for the Services of these namespaces and with these labels.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServiceAllocation {
    /// Pools with a lower number are tried first; those with 0 last.
    pub priority: i64,
    /// Namespaces by name.
    pub namespaces: Vec<SmolStr>,
    /// Namespaces by label.
    pub namespace_selectors: Vec<LabelSelector>,
    /// Services by label; one of the selectors must match.
    pub service_selectors: Vec<LabelSelector>,
}

/// Announces the addresses of pools by ARP and NDP: one node answers for each address.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct L2Advertisement {
    /// Name and namespace.
    pub metadata: Metadata,
    /// The pools, nodes and Services.
    pub spec: L2AdvertisementSpec,
}

/// `spec` of an L2Advertisement.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct L2AdvertisementSpec {
    /// Pools by name.
    #[serde(rename = "ipAddressPools")]
    pub ip_address_pools: Vec<SmolStr>,
    /// Pools by label.
    #[serde(rename = "ipAddressPoolSelectors")]
    pub ip_address_pool_selectors: Vec<LabelSelector>,
    /// The nodes that announce.
    pub node_selectors: Vec<LabelSelector>,
    /// The Services whose addresses are announced.
    pub service_selectors: Vec<LabelSelector>,
    /// The nodes that win the election before others, by weight.
    pub preferred_node_selectors: Vec<PreferredNodeSelector>,
    /// The interfaces on which the node answers; empty for all.
    pub interfaces: Vec<SmolStr>,
}

/// `preferredNodeSelectors[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct PreferredNodeSelector {
    /// From 1 to 100.
    pub weight: i64,
    /// The nodes.
    pub preference: LabelSelector,
}

/// What an advertisement is about: these fields are the same for L2 and BGP. An empty list is no restriction.
#[derive(Clone, Copy, Debug)]
pub struct AdvertisementScope<'a> {
    /// `metadata.name`.
    pub name: &'a SmolStr,
    /// Pools by name.
    pub pools: &'a [SmolStr],
    /// Pools by label.
    pub pool_selectors: &'a [LabelSelector],
    /// The nodes that announce.
    pub node_selectors: &'a [LabelSelector],
    /// The Services whose addresses are announced.
    pub service_selectors: &'a [LabelSelector],
}

impl L2Advertisement {
    /// What it is about.
    pub fn scope(&self) -> AdvertisementScope<'_> {
        AdvertisementScope {
            name: &self.metadata.name,
            pools: &self.spec.ip_address_pools,
            pool_selectors: &self.spec.ip_address_pool_selectors,
            node_selectors: &self.spec.node_selectors,
            service_selectors: &self.spec.service_selectors,
        }
    }
}

impl BgpAdvertisement {
    /// What it is about.
    pub fn scope(&self) -> AdvertisementScope<'_> {
        AdvertisementScope {
            name: &self.metadata.name,
            pools: &self.spec.ip_address_pools,
            pool_selectors: &self.spec.ip_address_pool_selectors,
            node_selectors: &self.spec.node_selectors,
            service_selectors: &self.spec.service_selectors,
        }
    }
}

/// Announces the addresses of pools to routers by BGP.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct BgpAdvertisement {
    /// Name and namespace.
    pub metadata: Metadata,
    /// The pools, nodes and Services, and the form of the routes.
    pub spec: BgpAdvertisementSpec,
}

/// `spec` of a BGPAdvertisement.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct BgpAdvertisementSpec {
    /// Pools by name.
    #[serde(rename = "ipAddressPools")]
    pub ip_address_pools: Vec<SmolStr>,
    /// Pools by label.
    #[serde(rename = "ipAddressPoolSelectors")]
    pub ip_address_pool_selectors: Vec<LabelSelector>,
    /// The nodes that announce.
    pub node_selectors: Vec<LabelSelector>,
    /// The Services whose addresses are announced.
    pub service_selectors: Vec<LabelSelector>,
    /// The prefix length of announced IPv4 routes (default 32).
    pub aggregation_length: Option<i64>,
    /// The prefix length of announced IPv6 routes (default 128).
    pub aggregation_length_v6: Option<i64>,
    /// `LOCAL_PREF` towards routers of the same AS.
    pub local_pref: i64,
    /// The BGPPeers that get the routes, by name; empty for all.
    pub peers: Vec<SmolStr>,
    /// BGP communities, by value or by the name that a Community gives them.
    pub communities: Vec<SmolStr>,
}

/// A router to which nodes open a BGP session.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct BgpPeer {
    /// Name and namespace.
    pub metadata: Metadata,
    /// The router and the session.
    pub spec: BgpPeerSpec,
}

/// `spec` of a BGPPeer, as far as it decides whether a node has a session.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct BgpPeerSpec {
    /// The AS number of the nodes.
    #[serde(rename = "myASN")]
    pub my_asn: i64,
    /// The AS number of the router.
    #[serde(rename = "peerASN")]
    pub peer_asn: i64,
    /// `internal` or `external`, instead of `peerASN`.
    #[serde(rename = "dynamicASN")]
    pub dynamic_asn: SmolStr,
    /// The router's address.
    pub peer_address: SmolStr,
    /// The interface of an unnumbered session, instead of an address.
    pub interface: SmolStr,
    /// The nodes with a session; empty for all.
    pub node_selectors: Vec<LabelSelector>,
}

/// All objects of MetalLB's configuration, each kind in the order of the text.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct MetalLbObjects {
    /// Pools.
    pub pools: Vec<IpAddressPool>,
    /// L2 advertisements.
    pub l2_advertisements: Vec<L2Advertisement>,
    /// BGP advertisements.
    pub bgp_advertisements: Vec<BgpAdvertisement>,
    /// BGP peers.
    pub peers: Vec<BgpPeer>,
}

impl MetalLbObjects {
    /// The metadata of every object.
    pub fn metadata(&self) -> impl Iterator<Item = &Metadata> {
        let pools = self.pools.iter().map(|own| &own.metadata);
        let l2 = self.l2_advertisements.iter().map(|own| &own.metadata);
        let bgp = self.bgp_advertisements.iter().map(|own| &own.metadata);
        let peers = self.peers.iter().map(|own| &own.metadata);
        pools.chain(l2).chain(bgp).chain(peers)
    }
}
