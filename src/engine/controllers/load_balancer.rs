//! The cloud's load balancer controller: addresses for Services of type LoadBalancer.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::engine::cluster::config::LoadBalancer;
use crate::engine::cluster::object::{IpMode, LoadBalancerIngress, Service, ServiceType};
use crate::engine::fnv::fnv32a;
use crate::engine::names::{Family, ObjectName};
use crate::engine::sort;

/// The range that addresses are given out of: TEST-NET-2 (RFC 5737), which nobody has.
const POOL: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 0);
/// How many addresses it has, the network's and the broadcast's aside.
const SIZE: u32 = 254;
/// The same for IPv6, in the range for documentation (RFC 3849).
const POOL_V6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0xc10d, 0, 0, 0, 0, 0);

/// What every name outside the cluster leads to; no load balancer gets it.
const OUTSIDE: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));

/// Gives an address to every LoadBalancer Service that has none: the one it asks for, else one that follows from its
/// name. Services that name a class are left to that class's own implementation, which is not there. Other Services have
/// no address of this kind: the server forbids writing one, and the controller takes back what was given.
pub fn give_addresses(services: &mut BTreeMap<ObjectName, Service>, provider: LoadBalancer) {
    for service in services
        .values_mut()
        .filter(|service| service.spec.service_type != ServiceType::LoadBalancer)
    {
        service.status.load_balancer.ingress.clear();
    }
    match provider {
        LoadBalancer::None => return,
        LoadBalancer::Cloud => {}
    }
    let ingress = services
        .values()
        .flat_map(|service| &service.status.load_balancer.ingress);
    let mut taken = sort::set(ingress.filter_map(|ingress| ingress.ip).chain([OUTSIDE]));
    for (name, service) in services
        .iter_mut()
        .filter(|(_, service)| is_waiting(service))
    {
        let asked = service
            .spec
            .load_balancer_ip
            .parse()
            .ok()
            .filter(|address| taken.insert(*address));
        let families = service.spec.ip_families.iter().copied();
        let free = families.filter_map(|family| {
            asked
                .filter(|address| Family::of(*address) == family)
                .or_else(|| free_address(name, family, &mut taken))
        });
        service.status.load_balancer.ingress = free.map(ingress_at).collect();
    }
}

fn is_waiting(service: &Service) -> bool {
    service.spec.service_type == ServiceType::LoadBalancer
        && service.spec.load_balancer_class.is_none()
        && service.status.load_balancer.ingress.is_empty()
}

fn ingress_at(address: IpAddr) -> LoadBalancerIngress {
    LoadBalancerIngress {
        ip: Some(address),
        ip_mode: Some(IpMode::Vip),
        ..LoadBalancerIngress::default()
    }
}

fn free_address(name: &ObjectName, family: Family, taken: &mut BTreeSet<IpAddr>) -> Option<IpAddr> {
    let first = fnv32a(name.to_string().as_bytes()) % SIZE;
    let numbers = (0..SIZE).map(|step| (first + step) % SIZE + 1);
    let addresses = numbers.map(|number| match family {
        Family::V4 => IpAddr::V4(Ipv4Addr::from_bits(POOL.to_bits() + number)),
        Family::V6 => IpAddr::V6(Ipv6Addr::from_bits(POOL_V6.to_bits() + u128::from(number))),
    });
    addresses.into_iter().find(|&address| taken.insert(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(provider: LoadBalancer, asked: &str) -> Vec<IpAddr> {
        let mut service = Service::default();
        service.spec.service_type = ServiceType::LoadBalancer;
        service.spec.ip_families = vec![Family::V4];
        service.spec.load_balancer_ip = asked.into();
        let mut services = BTreeMap::from([(ObjectName::new("default", "web"), service)]);
        give_addresses(&mut services, provider);
        services
            .values()
            .flat_map(Service::load_balancer_vips)
            .collect()
    }

    #[test]
    fn a_cloud_gives_an_address_and_nobody_gives_none() {
        assert_eq!(
            given(LoadBalancer::Cloud, ""),
            given(LoadBalancer::Cloud, "")
        );
        assert_eq!(given(LoadBalancer::Cloud, "").len(), 1);
        assert!(given(LoadBalancer::None, "").is_empty());
    }

    #[test]
    fn a_service_that_is_no_load_balancer_keeps_no_address_of_one() {
        let mut service = Service::default();
        service.status.load_balancer.ingress = vec![ingress_at([198, 51, 100, 8].into())];
        let mut services = BTreeMap::from([(ObjectName::new("default", "web"), service)]);
        give_addresses(&mut services, LoadBalancer::None);
        assert!(
            services
                .values()
                .all(|service| service.load_balancer_vips().next().is_none())
        );
    }

    #[test]
    fn the_address_that_is_asked_for_is_given() {
        assert_eq!(
            given(LoadBalancer::Cloud, "198.51.100.8"),
            ["198.51.100.8".parse::<IpAddr>().expect("an address")]
        );
    }
}
