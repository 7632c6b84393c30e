//! A cloud provider's load balancer controller: assigns addresses to LoadBalancer Services.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::cluster::config::LoadBalancer;
use crate::cluster::object::{IpMode, LoadBalancerIngress, Service, ServiceType};
use crate::fnv::fnv32a;
use crate::names::{Family, ObjectName};
use crate::sort;
use smol_str::SmolStr;

/// The range of assigned IPv4 addresses: TEST-NET-2 (RFC 5737).
const POOL: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 0);
/// Number of assignable addresses, without network and broadcast address.
const SIZE: u32 = 254;
/// The range of assigned IPv6 addresses, in the documentation range (RFC 3849).
const POOL_V6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0xc10d, 0, 0, 0, 0, 0);

/// The address that names outside the cluster resolve to; never assigned.
const OUTSIDE: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));

/// Assigns an address to every LoadBalancer Service without one: the requested address, or one derived from its name.
///
/// Services with a `loadBalancerClass` are left to that class's controller, which is not modelled. The status of other
/// Service types is cleared, as the API server and the controller do.
pub fn assign_addresses(services: &mut BTreeMap<ObjectName, Service>, provider: LoadBalancer) {
    for service in services.values_mut() {
        if service.spec.service_type != ServiceType::LoadBalancer {
            service.status.load_balancer.ingress.clear();
        }
    }
    let reported = services
        .values()
        .flat_map(|service| &service.status.load_balancer.ingress)
        .filter_map(|ingress| ingress.ip);
    let mut taken = sort::set(reported.chain([OUTSIDE]));
    match provider {
        LoadBalancer::None | LoadBalancer::Metallb | LoadBalancer::Servicelb => {}
        LoadBalancer::Auto | LoadBalancer::Cloud => {
            for (name, service) in services.iter_mut() {
                if needs_address(service) {
                    let addresses = new_addresses(name, service, &mut taken);
                    service.status.load_balancer.ingress =
                        addresses.into_iter().map(ingress_at).collect();
                }
            }
        }
    }
    resolve_host_names(services, &mut taken);
}

/// Gives each host name of a load balancer an address of each family of its Service. A name has the same addresses
/// wherever it is written: load balancers can serve several Services.
fn resolve_host_names(services: &mut BTreeMap<ObjectName, Service>, taken: &mut BTreeSet<IpAddr>) {
    let mut known: BTreeMap<(SmolStr, Family), IpAddr> = BTreeMap::new();
    for service in services.values_mut() {
        let families = service.spec.ip_families.clone();
        for ingress in &mut service.status.load_balancer.ingress {
            let Some(host) = ingress.hostname.clone().filter(|_| ingress.ip.is_none()) else {
                continue;
            };
            for &family in &families {
                let key = (host.clone(), family);
                let address = known.get(&key).copied();
                let address = address.or_else(|| unused_address(&host, family, taken));
                if let Some(address) = address {
                    known.insert(key, address);
                    ingress.host_addresses.push(address);
                }
            }
        }
    }
}

fn needs_address(service: &Service) -> bool {
    service.spec.service_type == ServiceType::LoadBalancer
        && service.spec.load_balancer_class.is_none()
        && service.status.load_balancer.ingress.is_empty()
}

/// One address per family of the Service.
fn new_addresses(
    name: &ObjectName,
    service: &Service,
    taken: &mut BTreeSet<IpAddr>,
) -> Vec<IpAddr> {
    let requested: Option<IpAddr> = service.spec.load_balancer_ip.parse().ok();
    let requested = requested.filter(|&address| taken.insert(address));
    let mut addresses = Vec::new();
    for &family in &service.spec.ip_families {
        match requested {
            Some(address) if Family::of(address) == family => addresses.push(address),
            Some(_) | None => addresses.extend(unused_address(&name.to_string(), family, taken)),
        }
    }
    addresses
}

fn ingress_at(address: IpAddr) -> LoadBalancerIngress {
    LoadBalancerIngress {
        ip: Some(address),
        ip_mode: Some(IpMode::Vip),
        ..LoadBalancerIngress::default()
    }
}

/// The first unused address, starting at one that depends on the name.
fn unused_address(name: &str, family: Family, taken: &mut BTreeSet<IpAddr>) -> Option<IpAddr> {
    let first = fnv32a(name.as_bytes()) % SIZE;
    (0..SIZE)
        .map(|step| pool_address(family, (first + step) % SIZE + 1))
        .find(|&address| taken.insert(address))
}

fn pool_address(family: Family, number: u32) -> IpAddr {
    match family {
        Family::V4 => IpAddr::V4(Ipv4Addr::from_bits(POOL.to_bits() + number)),
        Family::V6 => IpAddr::V6(Ipv6Addr::from_bits(POOL_V6.to_bits() + u128::from(number))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::address;

    fn assigned(provider: LoadBalancer, asked: &str) -> Vec<IpAddr> {
        let mut service = Service::default();
        service.spec.service_type = ServiceType::LoadBalancer;
        service.spec.ip_families = vec![Family::V4];
        service.spec.load_balancer_ip = asked.into();
        let mut services = BTreeMap::from([(ObjectName::new("default", "web"), service)]);
        assign_addresses(&mut services, provider);
        services
            .values()
            .flat_map(Service::load_balancer_vips)
            .collect()
    }

    #[test]
    fn only_a_cloud_provider_assigns_an_address() {
        assert_eq!(
            assigned(LoadBalancer::Cloud, ""),
            assigned(LoadBalancer::Cloud, "")
        );
        assert_eq!(assigned(LoadBalancer::Cloud, "").len(), 1);
        assert!(assigned(LoadBalancer::None, "").is_empty());
    }

    #[test]
    fn other_types_of_service_have_no_load_balancer_address() {
        let mut service = Service::default();
        service.status.load_balancer.ingress = vec![ingress_at([198, 51, 100, 8].into())];
        let mut services = BTreeMap::from([(ObjectName::new("default", "web"), service)]);
        assign_addresses(&mut services, LoadBalancer::None);
        assert!(
            services
                .values()
                .all(|service| service.load_balancer_vips().next().is_none())
        );
    }

    #[test]
    fn the_requested_address_is_assigned() {
        assert_eq!(
            assigned(LoadBalancer::Cloud, "198.51.100.8"),
            [address::<IpAddr>("198.51.100.8")]
        );
    }
}
