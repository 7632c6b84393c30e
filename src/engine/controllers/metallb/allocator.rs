//! Who has which address (metallb `internal/allocator/allocator.go`).

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use smol_str::SmolStr;

use super::config::{Pool, Pools};
use super::range::{addresses, is_buggy};
use super::request::{Families, Sharing};
use crate::cluster::load_balancing::AllocationFailure;
use crate::cluster::object::Service;
use crate::names::{Family, ObjectName, Protocol};

/// The addresses that Services have.
#[derive(Clone, Debug, Default)]
pub(super) struct Allocator {
    allocated: BTreeMap<ObjectName, Allocation>,
    services_at: BTreeMap<IpAddr, BTreeSet<ObjectName>>,
}

#[derive(Clone, Debug)]
struct Allocation {
    pool: SmolStr,
    addresses: Vec<IpAddr>,
    ports: Vec<(Protocol, u16)>,
    sharing: Sharing,
}

/// The first free address of each family in a pool.
#[derive(Clone, Copy, Default)]
struct Free {
    v4: Option<IpAddr>,
    v6: Option<IpAddr>,
}

impl Free {
    fn of(self, family: Family) -> Option<IpAddr> {
        match family {
            Family::V4 => self.v4,
            Family::V6 => self.v6,
        }
    }

    fn all(self) -> Vec<IpAddr> {
        self.v4.into_iter().chain(self.v6).collect()
    }

    /// The addresses for a Service. One of a single-stack Service may be missing, which no pool then has.
    fn select(self, service: &Service, pool: &Pool) -> Result<Vec<IpAddr>, AllocationFailure> {
        let full = || AllocationFailure::PoolFull(pool.name.clone());
        let all = self.all();
        match Families::of(service) {
            Families::Single(family) => match (self.of(family), all.is_empty()) {
                (Some(address), _) => Ok(vec![address]),
                (None, true) => Err(full()),
                (None, false) => Err(AllocationFailure::NotInConfig(vec![None])),
            },
            Families::Dual { is_preferred } => {
                let is_enough = if is_preferred {
                    !all.is_empty()
                } else {
                    all.len() == 2
                };
                if is_enough { Ok(all) } else { Err(full()) }
            }
        }
    }
}

impl Allocator {
    /// The pool of a Service's addresses.
    pub(super) fn pool(&self, service: &ObjectName) -> Option<&SmolStr> {
        let allocation = self.allocated.get(service)?;
        Some(&allocation.pool)
    }

    /// A Service's addresses.
    pub(super) fn addresses(&self, service: &ObjectName) -> &[IpAddr] {
        let allocation = self.allocated.get(service);
        allocation.map_or(&[], |allocation| &allocation.addresses)
    }

    /// Follows a new configuration: addresses that no pool has are free.
    pub(super) fn set_pools(&mut self, pools: &Pools) {
        let mut lost: Vec<ObjectName> = Vec::new();
        for (service, allocation) in &mut self.allocated {
            match pools.pool_of(&allocation.addresses) {
                Some(pool) => allocation.pool = pool.name.clone(),
                None => lost.push(service.clone()),
            }
        }
        for service in &lost {
            self.unassign(service);
        }
    }

    /// Gives these addresses to a Service.
    ///
    /// # Errors
    ///
    /// Why the Service may not have them.
    pub(super) fn assign(
        &mut self,
        pools: &Pools,
        service: &Service,
        wanted: &[IpAddr],
    ) -> Result<(), AllocationFailure> {
        let Some(pool) = pools.pool_of(wanted) else {
            let wanted = wanted.iter().copied().map(Some).collect();
            return Err(AllocationFailure::NotInConfig(wanted));
        };
        if !pool.allows(service) {
            return Err(AllocationFailure::PoolNotCompatible(pool.name.clone()));
        }
        for address in wanted {
            self.check_sharing(service, *address)?;
        }
        let name = service.id();
        self.unassign(&name);
        for address in wanted {
            self.services_at
                .entry(*address)
                .or_default()
                .insert(name.clone());
        }
        let allocation = Allocation {
            pool: pool.name.clone(),
            addresses: wanted.to_vec(),
            ports: ports(service).collect(),
            sharing: Sharing::of(service),
        };
        self.allocated.insert(name, allocation);
        Ok(())
    }

    /// Frees a Service's addresses.
    pub(super) fn unassign(&mut self, service: &ObjectName) {
        let Some(allocation) = self.allocated.remove(service) else {
            return;
        };
        for address in allocation.addresses {
            if let Some(services) = self.services_at.get_mut(&address) {
                services.remove(service);
                if services.is_empty() {
                    self.services_at.remove(&address);
                }
            }
        }
    }

    /// Whether a Service may have an address beside those that have it: the sharing keys must be equal, and no port is taken.
    fn check_sharing(&self, service: &Service, address: IpAddr) -> Result<(), AllocationFailure> {
        let name = service.id();
        let there = self.services_at.get(&address).into_iter().flatten();
        let others: Vec<&ObjectName> = there.filter(|other| **other != name).collect();
        let sharing = Sharing::of(service);
        let allocations = || others.iter().filter_map(|other| self.allocated.get(*other));
        if allocations().any(|other| !other.sharing.goes_with(&sharing)) {
            return Err(AllocationFailure::KeyDiffers {
                service: name,
                others: others.into_iter().cloned().collect(),
            });
        }
        let is_taken = |port: &(Protocol, u16)| allocations().any(|own| own.ports.contains(port));
        match ports(service).find(is_taken) {
            Some((protocol, port)) => Err(AllocationFailure::PortInUse {
                port,
                protocol,
                address,
            }),
            None => Ok(()),
        }
    }

    fn free(&self, pool: &Pool, service: &Service) -> Free {
        let mut free = Free::default();
        for range in &pool.ranges {
            let family = Family::of(range.addr());
            if free.of(family).is_some() {
                continue;
            }
            let found = addresses(range)
                .filter(|address| !(pool.avoid_buggy && is_buggy(*address)))
                .find(|address| self.check_sharing(service, *address).is_ok());
            match family {
                Family::V4 => free.v4 = found,
                Family::V6 => free.v6 = found,
            }
        }
        free
    }

    /// Gives a Service addresses of one pool.
    pub(super) fn allocate_from(
        &mut self,
        pools: &Pools,
        service: &Service,
        pool: &SmolStr,
    ) -> Result<Vec<IpAddr>, AllocationFailure> {
        let Some(pool) = pools.by_name.get(pool) else {
            return Err(AllocationFailure::UnknownPool(pool.clone()));
        };
        let addresses = self.free(pool, service).select(service, pool)?;
        self.assign(pools, service, &addresses)?;
        Ok(addresses)
    }

    /// Gives a Service addresses of any pool: of those that are pinned to it, else of those that are for all.
    pub(super) fn allocate(
        &mut self,
        pools: &Pools,
        service: &Service,
    ) -> Result<Vec<IpAddr>, AllocationFailure> {
        for candidates in [pools.pinned_to(service), pools.open()] {
            let Some((pool, free)) = self.best(&candidates, service) else {
                continue;
            };
            let selected = free.select(service, pool);
            let assigned = selected.and_then(|addresses| {
                self.assign(pools, service, &addresses)?;
                Ok(addresses)
            });
            if assigned.is_ok() {
                return assigned;
            }
        }
        Err(AllocationFailure::NoAvailableIps)
    }

    /// The first pool with every address that a Service requests. If the Service only prefers two families: else the
    /// first pool with its first family, else the first with the other one.
    fn best<'a>(&self, candidates: &[&'a Pool], service: &Service) -> Option<(&'a Pool, Free)> {
        let families = Families::of(service);
        let first = service.spec.ip_families.first().copied();
        let first = first.unwrap_or_default();
        let (mut primary, mut secondary) = (None, None);
        for pool in candidates {
            let free = self.free(pool, service);
            let is_whole = match families {
                Families::Single(family) => free.of(family).is_some(),
                Families::Dual { .. } => free.v4.is_some() && free.v6.is_some(),
            };
            if is_whole {
                return Some((pool, free));
            }
            if families == (Families::Dual { is_preferred: true }) && !free.all().is_empty() {
                let place = if free.of(first).is_some() {
                    &mut primary
                } else {
                    &mut secondary
                };
                place.get_or_insert((*pool, free));
            }
        }
        primary.or(secondary)
    }

    /// Gives a Service that prefers two families an address of the one that it lacks, from the pool of the one that it has.
    pub(super) fn add_family(
        &mut self,
        pools: &Pools,
        service: &Service,
        existing: IpAddr,
    ) -> Result<IpAddr, AllocationFailure> {
        let pool = self.pool(&service.id()).cloned().unwrap_or_default();
        let Some(pool) = pools.by_name.get(&pool) else {
            return Err(AllocationFailure::UnknownPool(pool));
        };
        let other = match Family::of(existing) {
            Family::V4 => Family::V6,
            Family::V6 => Family::V4,
        };
        let Some(address) = self.free(pool, service).of(other) else {
            return Err(AllocationFailure::NotInConfig(vec![Some(existing), None]));
        };
        self.assign(pools, service, &[existing, address])?;
        Ok(address)
    }
}

fn ports(service: &Service) -> impl Iterator<Item = (Protocol, u16)> + '_ {
    let ports = service.spec.ports.iter();
    ports.map(|port| (port.protocol, port.port))
}
