//! How the ranges of Service addresses and node ports are divided.
//!
//! Both allocators reserve a static band at the low end for values that people choose, and take automatic values from
//! the dynamic band above it, so that the two rarely collide. Once the dynamic band is full, the static band is used.
//! Sources: kubernetes `pkg/registry/core/service/ipallocator/ipallocator.go`, `…/portallocator/allocator.go`
//! (`calculateRangeOffset`), `cmd/kubeadm/app/constants`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use crate::names::Family;

/// kubeadm's default Service range.
pub const KUBEADM_SERVICE_RANGE: &str = "10.96.0.0/12";
/// The Service range of a kube-apiserver without `--service-cluster-ip-range`.
pub const APISERVER_SERVICE_RANGE: &str = "10.0.0.0/24";
/// kubeadm's default DNS domain.
pub const DNS_DOMAIN: &str = "cluster.local";
/// Index in the Service range of the address of `default/kubernetes`.
pub const KUBERNETES_INDEX: u8 = 1;
/// Index in the Service range of the address of the cluster's DNS server.
pub const DNS_INDEX: u8 = 10;

/// Offsets into a range: `0..static_size` is the static band, `static_size..free` the dynamic band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Size of the static band; 0 for ranges too small to be divided.
    pub static_size: u128,
    /// Number of values that can be allocated in total.
    pub free: u128,
}

impl Bands {
    /// Offsets in the order an automatic allocation tries them: from a chosen offset of the dynamic band to its end,
    /// then from its start, then the static band.
    pub fn candidates(self, choice: u64) -> impl Iterator<Item = u128> {
        let dynamic = self.free.saturating_sub(self.static_size);
        let start = u128::from(choice).checked_rem(dynamic).unwrap_or(0);
        let upper = (0..dynamic).map(move |step| self.static_size + (start + step) % dynamic);
        upper.chain(0..self.static_size.min(self.free))
    }
}

/// The range of Service addresses in one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceRange(pub IpNet);

impl ServiceRange {
    /// The range's IP family.
    pub fn family(self) -> Family {
        Family::of(self.0.addr())
    }

    /// The number of addresses as the allocators count (`RangeSize` of `k8s.io/utils/net`): at most `i64::MAX`, and 0 for
    /// half of the address space or more.
    pub fn size(self) -> u128 {
        let all = self.0.max_prefix_len();
        match all - self.0.prefix_len() {
            bits if bits >= all - 1 => 0,
            bits if bits >= 63 => i64::MAX as u128,
            bits => 1 << bits,
        }
    }

    /// The bands of the range. The network address, the IPv4 broadcast address, and IPv6 addresses after the first
    /// 65 536 are never allocated.
    pub fn bands(self) -> Bands {
        let free = match self.family() {
            Family::V4 => self.size().saturating_sub(2),
            Family::V6 => self.size().min(1 << 16).saturating_sub(1),
        };
        Bands {
            static_size: static_size(self.size(), 16, 256),
            free,
        }
    }

    /// The address at `index`, counted from the network address; `None` outside the range.
    pub fn address(self, index: u128) -> Option<IpAddr> {
        let address = match self.0.network() {
            IpAddr::V4(network) => {
                let index = u32::try_from(index).ok()?;
                IpAddr::V4(Ipv4Addr::from(u32::from(network).checked_add(index)?))
            }
            IpAddr::V6(network) => {
                IpAddr::V6(Ipv6Addr::from(u128::from(network).checked_add(index)?))
            }
        };
        self.0.contains(&address).then_some(address)
    }

    /// Whether a Service may have this address: it is in the range, and neither network nor broadcast address.
    pub fn can_give(self, address: IpAddr) -> bool {
        let is_broadcast = self.family() == Family::V4 && address == self.0.broadcast();
        self.0.contains(&address) && address != self.0.network() && !is_broadcast
    }
}

/// The bands of a range of node ports; offset 0 is the first port.
pub fn port_bands((first, last): (u16, u16)) -> Bands {
    let size = u128::from(last.saturating_sub(first)) + 1;
    Bands {
        static_size: static_size(size, 32, 128),
        free: size,
    }
}

/// One `share`th of the range, at least 16 and at most `max`; 0 for ranges of 16 values or fewer.
fn static_size(size: u128, share: u128, max: u128) -> u128 {
    const MIN: u128 = 16;
    if size <= MIN {
        0
    } else {
        (size / share).clamp(MIN, max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{address, range};

    #[test]
    fn automatic_addresses_come_from_above_the_first_256_of_kubeadms_range() {
        let services = ServiceRange(range(KUBEADM_SERVICE_RANGE));
        let first = services
            .bands()
            .candidates(0)
            .next()
            .expect("has addresses");
        assert_eq!(services.address(first + 1), Some(address("10.96.1.1")));
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
    fn every_offset_is_tried_once_and_the_static_band_last() {
        let bands = Bands {
            static_size: 2,
            free: 5,
        };
        assert_eq!(bands.candidates(4).collect::<Vec<_>>(), [3, 4, 2, 0, 1]);
        assert_eq!(
            Bands {
                static_size: 0,
                free: 0
            }
            .candidates(7)
            .count(),
            0
        );
    }
}
