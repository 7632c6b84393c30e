//! What a Service asks MetalLB for, by its annotations and its spec (metallb `controller/service.go`,
//! `internal/allocator/k8salloc`).

use std::net::IpAddr;

use smol_str::SmolStr;

use crate::cluster::load_balancing::AllocationFailure;
use crate::cluster::object::{Service, TrafficPolicy};
use crate::labels::Selector;
use crate::names::Family;
use crate::syntax::typo_distance;

/// The prefix of MetalLB's annotations.
const PREFIX: &str = "metallb.io/";
/// The prefix before MetalLB 0.14.4; it still works.
const DEPRECATED_PREFIX: &str = "metallb.universe.tf/";

/// Which pool a Service requests.
pub const ADDRESS_POOL: &str = "address-pool";
/// Which addresses a Service requests.
pub const ADDRESSES: &str = "loadBalancerIPs";
/// Services with the same value may have one address.
pub const SHARING_KEY: &str = "allow-shared-ip";

/// The value of one of MetalLB's annotations; empty without it.
pub fn annotation<'a>(service: &'a Service, name: &str) -> &'a str {
    let annotations = &service.metadata.annotations;
    let value = |prefix: &str| annotations.get(format!("{prefix}{name}").as_str());
    let value = value(PREFIX).or_else(|| value(DEPRECATED_PREFIX));
    value.map_or("", SmolStr::as_str)
}

/// An annotation that MetalLB writes itself, for people to read.
const ALLOCATED_FROM: &str = "ip-allocated-from-pool";

/// The annotation of MetalLB that a key with its prefix most likely means, empty if it is like none of them; `None` if
/// MetalLB reads the key, or wrote it.
pub fn meant_annotation(key: &str) -> Option<String> {
    let prefixes = [PREFIX, DEPRECATED_PREFIX].into_iter();
    let mut names = prefixes.filter_map(|prefix| key.strip_prefix(prefix));
    let name = names.next()?;
    let known = [ADDRESS_POOL, ADDRESSES, SHARING_KEY];
    if known.contains(&name) || name == ALLOCATED_FROM {
        return None;
    }
    let distance = |own: &str| {
        if own.eq_ignore_ascii_case(name) {
            return Some(0);
        }
        typo_distance(name, own)
    };
    let near = known
        .into_iter()
        .filter_map(|own| Some((distance(own)?, own)));
    let meant = near.min().map(|(_, meant)| meant);
    let meant = meant.or_else(|| of_same_matter(name));
    Some(meant.map_or_else(String::new, |meant| format!("{PREFIX}{meant}")))
}

/// The annotation that is about what a name says: `pool-name` is about a pool.
fn of_same_matter(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    if name.contains("pool") {
        Some(ADDRESS_POOL)
    } else if name.contains("shar") {
        Some(SHARING_KEY)
    } else if name.contains("loadbalancer") || name.ends_with("-ip") || name.ends_with("-ips") {
        Some(ADDRESSES)
    } else {
        None
    }
}

/// The annotations with the old prefix.
pub(super) fn deprecated_annotations(service: &Service) -> impl Iterator<Item = &SmolStr> {
    let keys = service.metadata.annotations.keys();
    keys.filter(|key| key.starts_with(DEPRECATED_PREFIX.trim_end_matches('/')))
}

/// The Services with which a Service can share an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sharing {
    /// The key; empty if the address is not shared.
    key: SmolStr,
    /// Its selector if only local endpoints get its traffic: one node answers for all Services with the address.
    backend: String,
}

impl Sharing {
    pub(super) fn of(service: &Service) -> Sharing {
        let is_local = service.spec.external_traffic_policy == Some(TrafficPolicy::Local);
        let selector = service.spec.selector.as_ref().filter(|_| is_local);
        Sharing {
            key: annotation(service, SHARING_KEY).into(),
            backend: selector
                .map_or_else(String::new, |labels| Selector::equal_to(labels).to_string()),
        }
    }

    /// Whether both may have one address.
    pub(super) fn goes_with(&self, other: &Sharing) -> bool {
        !self.key.is_empty() && self == other
    }
}

/// The families of a Service's cluster IPs, which its addresses follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Families {
    /// One.
    Single(Family),
    /// Both.
    Dual {
        /// Whether one is enough.
        is_preferred: bool,
    },
}

impl Families {
    pub(super) fn of(service: &Service) -> Families {
        let mut addresses = service.addresses();
        match (addresses.next(), addresses.next()) {
            (Some(_), Some(_)) => Families::Dual {
                is_preferred: prefers_both(service),
            },
            (Some(one), None) => Families::Single(Family::of(one)),
            (None, _) => Families::Single(Family::default()),
        }
    }
}

/// Whether a Service prefers addresses of both families.
pub(super) fn prefers_both(service: &Service) -> bool {
    service.spec.ip_family_policy.as_deref() == Some("PreferDualStack")
}

/// The addresses that a Service requests; empty if it requests none in particular.
///
/// # Errors
///
/// What it asks for makes no sense.
pub(super) fn wanted_addresses(service: &Service) -> Result<Vec<IpAddr>, AllocationFailure> {
    let by_annotation = annotation(service, ADDRESSES);
    let by_spec = service.spec.load_balancer_ip.as_str();
    match (by_annotation.is_empty(), by_spec.is_empty()) {
        (true, true) => Ok(Vec::new()),
        (false, false) => Err(AllocationFailure::AskedTwice),
        (true, false) => match by_spec.parse() {
            Ok(address) => Ok(vec![address]),
            Err(_) => Err(AllocationFailure::InvalidLoadBalancerIp(by_spec.to_owned())),
        },
        (false, true) => {
            let parts = by_annotation.split(',').map(|part| part.trim().parse());
            let addresses: Result<Vec<IpAddr>, _> = parts.collect();
            let invalid = || AllocationFailure::InvalidAnnotation(by_annotation.to_owned());
            check_families(addresses.map_err(|_| invalid())?)
        }
    }
}

/// At most one address of each family.
fn check_families(addresses: Vec<IpAddr>) -> Result<Vec<IpAddr>, AllocationFailure> {
    let mut families = addresses.iter().map(|address| Family::of(*address));
    let is_valid = match addresses.len() {
        1 => true,
        2 => families.next() != families.next(),
        _ => false,
    };
    if is_valid {
        Ok(addresses)
    } else {
        Err(AllocationFailure::InvalidFamilies(addresses))
    }
}

/// Whether addresses are of the families of a Service.
pub(super) fn fits_families(service: &Service, addresses: &[IpAddr]) -> bool {
    match (Families::of(service), addresses) {
        (Families::Single(family), [one]) => Family::of(*one) == family,
        (Families::Dual { .. }, [_, _]) => true,
        (Families::Single(_) | Families::Dual { .. }, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_key_that_is_nearly_one_of_metallb_has_a_meaning() {
        for (key, meant) in [
            (
                "metallb.io/loadBalancerIP",
                Some("metallb.io/loadBalancerIPs"),
            ),
            (
                "metallb.universe.tf/loadbalancerips",
                Some("metallb.io/loadBalancerIPs"),
            ),
            ("metallb.io/address-pools", Some("metallb.io/address-pool")),
            (
                "metallb.universe.tf/pool-name",
                Some("metallb.io/address-pool"),
            ),
            ("metallb.io/sharing-key", Some("metallb.io/allow-shared-ip")),
            ("metallb.io/advertisement", Some("")),
            ("metallb.io/loadBalancerIPs", None),
            ("metallb.universe.tf/allow-shared-ip", None),
            ("metallb.universe.tf/ip-allocated-from-pool", None),
            ("example.com/loadBalancerIP", None),
        ] {
            assert_eq!(meant_annotation(key).as_deref(), meant, "{key}");
        }
    }
}
