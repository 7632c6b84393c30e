//! Which Service addresses and node ports are taken (`pkg/registry/core/service/ipallocator`, `…/portallocator`).
//!
//! A server assigns automatic addresses at random. Here the choice follows from the Service's name, so that a Service
//! keeps its address whatever else is in the text.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;
use sha2::{Digest, Sha256};

use crate::cluster::config::Config;
use crate::cluster::ip_ranges::{KUBERNETES_INDEX, ServiceRange, port_bands};
use crate::names::Family;
use crate::sort;

/// The ranges of a cluster and what of them is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Allocator {
    ranges: Vec<ServiceRange>,
    node_ports: (u16, u16),
    addresses: BTreeSet<IpAddr>,
    ports: BTreeSet<u16>,
}

/// What one Service was given, so that it can be taken back.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Grant {
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
    /// Its node ports, the one of its health check among them.
    pub ports: Vec<u16>,
}

/// What a new version of a Service was given beside what the stored one has.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Reallocation {
    /// What is new.
    pub granted: Grant,
    /// What the stored one has and the new one needs no longer, to be released once that is stored.
    pub unneeded: Grant,
}

/// Why a number was not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The address is allocated already.
    AddressTaken,
    /// No range of the cluster has the address to give.
    AddressOutside,
    /// The port is allocated already.
    PortTaken,
    /// The port is outside of this range.
    PortOutside((u16, u16)),
    /// Nothing is left.
    Full,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::AddressTaken => f.write_str("provided IP is already allocated"),
            Refusal::AddressOutside => {
                f.write_str("the provided network does not match the current range")
            }
            Refusal::PortTaken => f.write_str("provided port is already allocated"),
            Refusal::PortOutside((first, last)) => {
                write!(
                    f,
                    "provided port is not in the valid range. The range of valid ports is {first}-{last}"
                )
            }
            Refusal::Full => f.write_str("range is full"),
        }
    }
}

impl Allocator {
    /// A cluster's ranges, of which only the address of `default/kubernetes` is taken.
    pub fn new(config: &Config) -> Allocator {
        Allocator::with_ranges(&config.service_cidrs, config.node_ports)
    }

    /// The same with ranges of one's own, the primary family's first.
    pub fn with_ranges(service_cidrs: &[IpNet], node_ports: (u16, u16)) -> Allocator {
        let ranges: Vec<ServiceRange> = service_cidrs.iter().copied().map(ServiceRange).collect();
        let kubernetes = ranges
            .first()
            .and_then(|range| range.address(KUBERNETES_INDEX.into()));
        Allocator {
            ranges,
            node_ports,
            addresses: sort::set(kubernetes),
            ports: BTreeSet::new(),
        }
    }

    /// The families the cluster has, the primary one first.
    pub fn families(&self) -> Vec<Family> {
        self.ranges.iter().map(|range| range.family()).collect()
    }

    /// Takes a chosen address.
    pub fn take_address(&mut self, address: IpAddr) -> Result<IpAddr, Refusal> {
        if !self.ranges.iter().any(|range| range.can_give(address)) {
            return Err(Refusal::AddressOutside);
        }
        if self.addresses.insert(address) {
            Ok(address)
        } else {
            Err(Refusal::AddressTaken)
        }
    }

    /// Takes any address of a family for the Service called `name`.
    pub fn next_address(&mut self, family: Family, name: &str) -> Result<IpAddr, Refusal> {
        let range = self
            .ranges
            .iter()
            .find(|range| range.family() == family)
            .ok_or(Refusal::Full)?;
        let addresses = range
            .bands()
            .candidates(choice(name))
            .filter_map(|place| range.address(place + 1));
        let address = addresses
            .into_iter()
            .find(|address| !self.addresses.contains(address))
            .ok_or(Refusal::Full)?;
        self.addresses.insert(address);
        Ok(address)
    }

    /// Takes a chosen node port.
    pub fn take_port(&mut self, port: i64) -> Result<u16, Refusal> {
        let (first, last) = self.node_ports;
        let port = u16::try_from(port)
            .ok()
            .filter(|port| (first..=last).contains(port));
        let port = port.ok_or(Refusal::PortOutside(self.node_ports))?;
        if self.ports.insert(port) {
            Ok(port)
        } else {
            Err(Refusal::PortTaken)
        }
    }

    /// A free node port whose last digits are those of a port, or the next one after it: 30080 for 80.
    pub fn free_port_near(&self, port: i64) -> Option<u16> {
        let (first, last) = self.node_ports;
        let size = i64::from(last - first) + 1;
        let wanted = first + u16::try_from(port.rem_euclid(size)).ok()?;
        let mut ports = (wanted..=last).chain(first..wanted);
        ports.find(|port| !self.ports.contains(port))
    }

    /// Takes any node port for what is called `name`.
    pub fn next_port(&mut self, name: &str) -> Result<u16, Refusal> {
        let (first, _) = self.node_ports;
        let at = |place: u128| {
            u16::try_from(place)
                .ok()
                .and_then(|place| first.checked_add(place))
        };
        let mut ports = port_bands(self.node_ports)
            .candidates(choice(name))
            .filter_map(at);
        let port = ports
            .find(|port| !self.ports.contains(port))
            .ok_or(Refusal::Full)?;
        self.ports.insert(port);
        Ok(port)
    }

    /// Takes back what was given.
    pub fn release(&mut self, grant: &Grant) {
        for address in &grant.addresses {
            self.addresses.remove(address);
        }
        for port in &grant.ports {
            self.ports.remove(port);
        }
    }
}

/// A number that follows from a name.
fn choice(name: &str) -> u64 {
    Sha256::digest(name)
        .iter()
        .take(8)
        .fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gets_the_same_address_and_two_names_never_share_one() {
        let (mut first, mut second) = (
            Allocator::new(&Config::default()),
            Allocator::new(&Config::default()),
        );
        let address = first.next_address(Family::V4, "default/web");
        assert_eq!(address, second.next_address(Family::V4, "default/web"));
        assert_ne!(address, first.next_address(Family::V4, "default/web"));
    }

    #[test]
    fn the_address_of_the_api_server_is_taken() {
        let mut allocator = Allocator::new(&Config::default());
        let kubernetes = "10.96.0.1".parse().expect("a literal address");
        assert_eq!(
            allocator.take_address(kubernetes),
            Err(Refusal::AddressTaken)
        );
    }

    #[test]
    fn a_full_range_gives_nothing() {
        let mut allocator = Allocator::with_ranges(&[], (30_000, 30_001));
        assert_eq!(
            (
                allocator.next_port("a").is_ok(),
                allocator.next_port("b").is_ok()
            ),
            (true, true)
        );
        assert_eq!(allocator.next_port("c"), Err(Refusal::Full));
    }
}
