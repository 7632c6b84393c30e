//! How a cluster divides its ranges of addresses and ports.
//!
//! Both allocators keep a static band at the low end for numbers people choose themselves and take automatic ones from
//! the dynamic band above it, so that the two rarely meet; the static band is used once the dynamic one is full.
//! Sources: `pkg/registry/core/service/ipallocator/ipallocator.go`, `…/portallocator/allocator.go`
//! (`calculateRangeOffset`), `pkg/controller/nodeipam/ipam/cidrset/cidr_set.go`, `cmd/kubeadm/app/constants`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use crate::engine::names::Family;

/// The Service range kubeadm sets up.
pub const KUBEADM_SERVICE_RANGE: &str = "10.96.0.0/12";
/// The Service range of a kube-apiserver that was not told any.
pub const APISERVER_SERVICE_RANGE: &str = "10.0.0.0/24";
/// The DNS domain kubeadm sets up.
pub const DNS_DOMAIN: &str = "cluster.local";
/// The size of a node's pod range in an IPv4 cluster.
pub const NODE_MASK_V4: u8 = 24;
/// The size of a node's pod range in an IPv6 cluster.
pub const NODE_MASK_V6: u8 = 64;
/// Index in the Service range of the address of `default/kubernetes`.
pub const KUBERNETES_INDEX: u8 = 1;
/// Index in the Service range of the address of the cluster's DNS server.
pub const DNS_INDEX: u8 = 10;

/// How the numbers of a range are given out: `first..first + band` are static, the rest up to `last` dynamic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    /// How many numbers the static band has.
    pub static_size: u128,
    /// How many numbers can be given out in all.
    pub free: u128,
}

impl Bands {
    /// The places to try for an automatic number, in order, beginning at a chosen one of the dynamic band: upwards,
    /// then from the start of that band, at last the static band.
    pub fn places(self, choice: u64) -> impl Iterator<Item = u128> {
        let dynamic = self.free.saturating_sub(self.static_size);
        let start = u128::from(choice).checked_rem(dynamic).unwrap_or(0);
        let upper = (0..dynamic).map(move |step| self.static_size + (start + step) % dynamic);
        upper.chain(0..self.static_size.min(self.free))
    }
}

/// The range of addresses of Services in one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceRange(pub IpNet);

impl ServiceRange {
    /// Its family.
    pub fn family(self) -> Family {
        Family::of(self.0.addr())
    }

    /// How many addresses it spans, as far as the allocators count (`RangeSize` of `k8s.io/utils/net`): none in half of
    /// all addresses or more, no more than a signed number of 64 bits holds.
    pub fn size(self) -> u128 {
        let all = self.0.max_prefix_len();
        match all - self.0.prefix_len() {
            bits if bits >= all - 1 => 0,
            bits if bits >= 63 => i64::MAX as u128,
            bits => 1 << bits,
        }
    }

    /// Its bands. The network's own address is never given out, nor, in IPv4, the broadcast address; of an IPv6 range
    /// only the first 64 Ki addresses are used.
    pub fn bands(self) -> Bands {
        let free = match self.family() {
            Family::V4 => self.size().saturating_sub(2),
            Family::V6 => self.size().min(1 << 16).saturating_sub(1),
        };
        Bands {
            static_size: static_band(self.size(), 16, 256),
            free,
        }
    }

    /// The address at `index`, counted from the network's own; none outside the range.
    pub fn address(self, index: u128) -> Option<IpAddr> {
        let address = match self.0.network() {
            IpAddr::V4(network) => IpAddr::V4(Ipv4Addr::from(
                u32::try_from(index)
                    .ok()
                    .and_then(|index| u32::from(network).checked_add(index))?,
            )),
            IpAddr::V6(network) => {
                IpAddr::V6(Ipv6Addr::from(u128::from(network).checked_add(index)?))
            }
        };
        self.0.contains(&address).then_some(address)
    }

    /// Whether an address may be given to a Service.
    pub fn can_give(self, address: IpAddr) -> bool {
        let is_broadcast = self.family() == Family::V4 && address == self.0.broadcast();
        self.0.contains(&address) && address != self.0.network() && !is_broadcast
    }

    /// Where the dynamic band begins; nothing for ranges too small to have bands.
    pub fn dynamic_start(self) -> Option<IpAddr> {
        let size = self.bands().static_size;
        (size > 0).then(|| self.address(size + 1)).flatten()
    }

    /// The first and last address of the static band, when there is one.
    pub fn static_band(self) -> Option<(IpAddr, IpAddr)> {
        let size = self.bands().static_size;
        (size > 0)
            .then(|| Some((self.address(1)?, self.address(size)?)))
            .flatten()
    }
}

/// The bands of a range of node ports; place 0 is its first port.
pub fn port_bands((first, last): (u16, u16)) -> Bands {
    let size = u128::from(last.saturating_sub(first)) + 1;
    Bands {
        static_size: static_band(size, 32, 128),
        free: size,
    }
}

/// A share of the range, but at least 16 and at most `most`; none when the range itself has no more than 16.
fn static_band(size: u128, share: u128, most: u128) -> u128 {
    const LEAST: u128 = 16;
    if size <= LEAST {
        0
    } else {
        (size / share).clamp(LEAST, most)
    }
}

/// Why there is no (further) range of pods for a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeRangeError {
    /// The cluster's range has none left.
    Full,
    /// The cluster's range holds more node ranges than the controller counts.
    TooBig,
}

impl std::fmt::Display for NodeRangeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NodeRangeError::Full => {
                "CIDR allocation failed; there are no remaining CIDRs left to allocate in the accepted range"
            }
            NodeRangeError::TooBig => "New CIDR set failed; the node CIDR size is too big",
        })
    }
}

/// The range of pods of the node at `place`, counted from 0 in the order the nodes came.
pub fn node_range(cluster: IpNet, mask: u8, place: u32) -> Result<IpNet, NodeRangeError> {
    let width = u32::from(
        mask.checked_sub(cluster.prefix_len())
            .ok_or(NodeRangeError::Full)?,
    );
    if Family::of(cluster.addr()) == Family::V6 && width > 16 {
        return Err(NodeRangeError::TooBig);
    }
    if width < u32::BITS && place >> width > 0 {
        return Err(NodeRangeError::Full);
    }
    let host_bits = cluster
        .max_prefix_len()
        .checked_sub(mask)
        .ok_or(NodeRangeError::Full)?;
    let index = u128::from(place)
        .checked_shl(u32::from(host_bits))
        .ok_or(NodeRangeError::Full)?;
    let address = ServiceRange(cluster)
        .address(index)
        .ok_or(NodeRangeError::Full)?;
    IpNet::new(address, mask).map_err(|_| NodeRangeError::Full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::testing::range;

    #[test]
    fn automatic_addresses_come_from_above_the_first_256_of_kubeadms_range() {
        let services = ServiceRange(range(KUBEADM_SERVICE_RANGE));
        assert_eq!(
            services.dynamic_start().map(|ip| ip.to_string()).as_deref(),
            Some("10.96.1.1")
        );
    }

    #[test]
    fn a_range_is_as_large_as_the_allocators_count() {
        let size = |text: &str| ServiceRange(range(text)).size();
        assert_eq!((size("10.0.0.0/24"), size("0.0.0.0/1")), (256, 0));
        assert_eq!(
            (size("fd00::/108"), size("fd00::/64")),
            (1 << 20, i64::MAX as u128)
        );
    }

    #[test]
    fn every_place_is_tried_once_and_the_static_band_last() {
        let bands = Bands {
            static_size: 2,
            free: 5,
        };
        assert_eq!(bands.places(4).collect::<Vec<_>>(), [3, 4, 2, 0, 1]);
        assert_eq!(
            Bands {
                static_size: 0,
                free: 0
            }
            .places(7)
            .count(),
            0
        );
    }

    #[test]
    fn node_ranges_follow_each_other_until_the_cluster_has_none_left() {
        let cluster = range("10.244.0.0/23");
        assert_eq!(
            node_range(cluster, 24, 1).map(|range| range.to_string()),
            Ok("10.244.1.0/24".into())
        );
        assert_eq!(node_range(cluster, 24, 2), Err(NodeRangeError::Full));
    }
}
