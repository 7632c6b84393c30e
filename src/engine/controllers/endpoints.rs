//! The Endpoints controller (kubernetes `pkg/controller/endpoint`, `pkg/api/v1/endpoints`).
//!
//! No proxy reads Endpoints any more; they are modelled for `kubectl get endpoints`. They differ from EndpointSlices:
//! terminating pods are left out, only the first address family is listed, and at most 1000 addresses are kept.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::endpointslices::{
    as_endpoint_port, endpoint_ports, is_kept, is_member, published_hostname, reference,
    sort_endpoint_ports,
};
use crate::cluster::object::{
    EndpointAddress, EndpointPort, EndpointSubset, Endpoints, Metadata, ObjectReference, Pod,
    Service, label,
};
use crate::names::{Family, ObjectName};

/// The label of Endpoints that the controller manages (since 1.33), and its value.
pub const MANAGED_BY: (&str, &str) = ("endpoints.kubernetes.io/managed-by", "endpoint-controller");
/// The maximum number of addresses (`maxCapacity`).
const CAPACITY: usize = 1000;
/// The annotation of truncated Endpoints.
const OVER_CAPACITY: (&str, &str) = ("endpoints.kubernetes.io/over-capacity", "truncated");

/// The Endpoints of a Service, given the pods that it selects; `None` if the controller does not manage them.
pub fn endpoints_of(service: &Service, pods: &[&Pod]) -> Option<Endpoints> {
    if !is_kept(service) {
        return None;
    }
    let mut labels = service.metadata.labels.as_ref().clone();
    labels.remove(label::HEADLESS);
    if service.spec.cluster_ip.address().is_none() {
        labels.insert(label::HEADLESS.into(), SmolStr::default());
    }
    labels.insert(MANAGED_BY.0.into(), MANAGED_BY.1.into());
    let mut metadata = Metadata {
        name: service.metadata.name.clone(),
        namespace: service.metadata.namespace.clone(),
        labels: labels.into(),
        ..Metadata::default()
    };
    let mut subsets = repack(pod_addresses(service, pods), of_pod);
    if truncate(&mut subsets) {
        metadata
            .annotations
            .insert(OVER_CAPACITY.0.into(), OVER_CAPACITY.1.into());
    }
    Some(Endpoints { metadata, subsets })
}

/// An address with its readiness and ports. A port of `None` keeps the address of a headless Service without ports.
type PodAddress = (EndpointAddress, Readiness, Vec<Option<EndpointPort>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Readiness {
    NotReady,
    Ready,
}

fn pod_addresses(service: &Service, pods: &[&Pod]) -> Vec<PodAddress> {
    let publishes_all = service.spec.publish_not_ready_addresses;
    let mut listed = Vec::new();
    for pod in pods {
        if !is_member(pod) || (pod.is_terminating() && !publishes_all) {
            continue;
        }
        let readiness = if publishes_all || pod.is_ready() {
            Readiness::Ready
        } else {
            Readiness::NotReady
        };
        let ports = ports_of(service, pod);
        if let Some(address) = address_of(service, pod)
            && !ports.is_empty()
        {
            listed.push((address, readiness, ports));
        }
    }
    listed
}

fn ports_of(service: &Service, pod: &Pod) -> Vec<Option<EndpointPort>> {
    if service.spec.ports.is_empty() && service.is_headless() {
        return vec![None];
    }
    endpoint_ports(service, pod)
        .iter()
        .map(|port| Some(as_endpoint_port(port)))
        .collect()
}

/// The pod's address in the Service's primary family.
fn address_of(service: &Service, pod: &Pod) -> Option<EndpointAddress> {
    let of_address = service
        .spec
        .cluster_ip
        .address()
        .or_else(|| pod.addresses().next())
        .map(Family::of);
    let family = service.spec.ip_families.first().copied().or(of_address)?;
    Some(EndpointAddress {
        ip: pod.address(family)?.to_string().into(),
        hostname: published_hostname(pod, service).unwrap_or_default().into(),
        // Written even if it is empty: the controller has no check for pods without a node.
        node_name: Some(pod.spec.node_name.clone()),
        target_ref: Some(reference(pod)),
    })
}

/// The key of an address of Endpoints: the address and the UID of the object behind it, for which its name stands.
type AddressKey = (SmolStr, Option<ObjectName>);

/// The key of a pod's address.
fn of_pod(address: &EndpointAddress) -> AddressKey {
    let pod = address.target_ref.as_ref().map(ObjectReference::id);
    (address.ip.clone(), pod)
}

/// The key of a written address: who writes a `targetRef` by hand does not know its UID.
fn without_uid(address: &EndpointAddress) -> AddressKey {
    (address.ip.clone(), None)
}

/// The addresses that serve a set of ports, sorted as text, with their readiness.
type Addresses = BTreeMap<AddressKey, Readiness>;

/// Written subsets in their canonical form: every address serves each of its ports in one subset (`RepackSubsets`).
pub(super) fn repack_subsets(subsets: &[EndpointSubset]) -> Vec<EndpointSubset> {
    let mut listed = Vec::new();
    for subset in subsets {
        let ports: Vec<Option<EndpointPort>> = match subset.ports.as_slice() {
            [] => vec![None],
            ports => ports.iter().cloned().map(Some).collect(),
        };
        let ready = subset.addresses.iter().map(|it| (it, Readiness::Ready));
        let not_ready = subset
            .not_ready_addresses
            .iter()
            .map(|it| (it, Readiness::NotReady));
        for (address, readiness) in ready.chain(not_ready) {
            listed.push((address.clone(), readiness, ports.clone()));
        }
    }
    repack(listed, without_uid)
}

/// Groups ports with equal addresses into subsets (`RepackSubsets`). Addresses are sorted as text; of an address that
/// is listed twice, the first counts, and it is ready only if it is ready each time.
fn repack(listed: Vec<PodAddress>, key: fn(&EndpointAddress) -> AddressKey) -> Vec<EndpointSubset> {
    let mut known: BTreeMap<AddressKey, EndpointAddress> = BTreeMap::new();
    let first = listed
        .first()
        .map(|(.., ports)| ports.clone())
        .unwrap_or_default();
    if listed.iter().all(|(.., ports)| *ports == first) {
        // The common case: every address serves every port.
        let mut addresses = Addresses::new();
        for (address, readiness, _) in listed {
            note(
                &mut known,
                &mut addresses,
                key(&address),
                address,
                readiness,
            );
        }
        let ports = first.into_iter().flatten().collect();
        return subset(ports, &addresses, &known).into_iter().collect();
    }
    let mut by_port: BTreeMap<Option<EndpointPort>, Addresses> = BTreeMap::new();
    for (address, readiness, ports) in listed {
        for port in ports {
            let addresses = by_port.entry(port).or_default();
            note(
                &mut known,
                addresses,
                key(&address),
                address.clone(),
                readiness,
            );
        }
    }
    let mut groups: Vec<(Vec<EndpointPort>, Addresses)> = Vec::new();
    for (port, addresses) in by_port {
        match groups.iter_mut().find(|(_, there)| *there == addresses) {
            Some((ports, _)) => ports.extend(port),
            None => groups.push((port.into_iter().collect(), addresses)),
        }
    }
    let subsets = groups.into_iter();
    subsets
        .filter_map(|(ports, addresses)| subset(ports, &addresses, &known))
        .collect()
}

/// Adds an address to those of a port.
fn note(
    known: &mut BTreeMap<AddressKey, EndpointAddress>,
    addresses: &mut Addresses,
    key: AddressKey,
    address: EndpointAddress,
    readiness: Readiness,
) {
    let state = addresses.entry(key.clone()).or_insert(readiness);
    *state = readiness.min(*state);
    known.entry(key).or_insert(address);
}

/// A subset; `None` without addresses.
fn subset(
    mut ports: Vec<EndpointPort>,
    addresses: &Addresses,
    known: &BTreeMap<AddressKey, EndpointAddress>,
) -> Option<EndpointSubset> {
    if addresses.is_empty() {
        return None;
    }
    sort_endpoint_ports(&mut ports);
    let mut subset = EndpointSubset {
        ports,
        ..EndpointSubset::default()
    };
    for (key, readiness) in addresses {
        let address = known.get(key).cloned();
        match readiness {
            Readiness::Ready => subset.addresses.extend(address),
            Readiness::NotReady => subset.not_ready_addresses.extend(address),
        }
    }
    Some(subset)
}

/// Truncates to the capacity, addresses that are not ready first, each subset in proportion. Returns whether any were
/// removed.
fn truncate(subsets: &mut [EndpointSubset]) -> bool {
    let ready: usize = subsets.iter().map(|subset| subset.addresses.len()).sum();
    let not_ready: usize = subsets
        .iter()
        .map(|subset| subset.not_ready_addresses.len())
        .sum();
    if ready + not_ready <= CAPACITY {
        return false;
    }
    if ready > CAPACITY {
        for subset in subsets.iter_mut() {
            subset.not_ready_addresses.clear();
        }
        cut(
            subsets.iter_mut().map(|subset| &mut subset.addresses),
            ready,
            CAPACITY,
        );
    } else {
        let addresses = subsets
            .iter_mut()
            .map(|subset| &mut subset.not_ready_addresses);
        cut(addresses, not_ready, CAPACITY - ready);
    }
    true
}

/// Keeps `max` of `total` addresses, of each list its share, rounded up while there is room.
fn cut<'a>(lists: impl Iterator<Item = &'a mut Vec<EndpointAddress>>, total: usize, max: usize) {
    let mut room = max;
    for list in lists {
        let share = (list.len() * max).div_ceil(total.max(1)).min(room);
        list.truncate(share);
        room -= list.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(ip: &str) -> EndpointAddress {
        EndpointAddress {
            ip: ip.into(),
            ..Default::default()
        }
    }

    fn ports(numbers: &[u16]) -> Vec<Option<EndpointPort>> {
        numbers
            .iter()
            .map(|&port| {
                Some(EndpointPort {
                    port,
                    ..Default::default()
                })
            })
            .collect()
    }

    #[test]
    fn ports_of_the_same_addresses_share_a_subset_and_addresses_sort_as_text() {
        let listed = vec![
            (address("10.0.0.9"), Readiness::Ready, ports(&[80])),
            (address("10.0.0.10"), Readiness::Ready, ports(&[80])),
            (address("10.0.0.11"), Readiness::NotReady, ports(&[81])),
        ];
        let subsets = repack(listed, of_pod);
        let shown: Vec<(Vec<&str>, usize)> = subsets
            .iter()
            .map(|subset| {
                let ready = subset
                    .addresses
                    .iter()
                    .map(|address| address.ip.as_str())
                    .collect();
                (ready, subset.not_ready_addresses.len())
            })
            .collect();
        assert_eq!(shown, [(vec!["10.0.0.10", "10.0.0.9"], 0), (vec![], 1)]);
    }

    #[test]
    fn an_address_that_is_written_for_two_pods_counts_once_and_a_shared_address_of_pods_twice() {
        let of = |pod: &str| EndpointAddress {
            target_ref: Some(ObjectReference {
                name: pod.into(),
                ..Default::default()
            }),
            ..address("192.168.7.11")
        };
        let written = EndpointSubset {
            addresses: vec![of("a"), of("b")],
            ..EndpointSubset::default()
        };
        let subsets = repack_subsets(&[written]);
        assert_eq!(subsets[0].addresses, [of("a")]);
        let listed = ["a", "b"].map(|pod| (of(pod), Readiness::Ready, ports(&[80])));
        assert_eq!(repack(listed.to_vec(), of_pod)[0].addresses.len(), 2);
    }

    #[test]
    fn beyond_a_thousand_addresses_those_not_ready_go_first() {
        let many = |number: usize| {
            (0..number)
                .map(|number| address(&number.to_string()))
                .collect()
        };
        let mut subsets = [EndpointSubset {
            addresses: many(900),
            not_ready_addresses: many(300),
            ports: Vec::new(),
        }];
        assert!(truncate(&mut subsets));
        assert_eq!(
            (
                subsets[0].addresses.len(),
                subsets[0].not_ready_addresses.len()
            ),
            (900, 100)
        );
    }
}
