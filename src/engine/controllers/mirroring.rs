//! The EndpointSliceMirroring controller (kubernetes `pkg/controller/endpointslicemirroring`).
//!
//! kube-proxy and CoreDNS read EndpointSlices only, so hand-written Endpoints of a Service without a selector are copied
//! into slices, one per subset and address family.

use std::collections::BTreeMap;
use std::net::IpAddr;

use smol_str::SmolStr;

use super::endpoints::repack_subsets;
use super::endpointslices::sort_slice_ports;
use crate::cluster::generate_name::generated_name;
use crate::cluster::object::{
    AddressType, Endpoint, EndpointAddress, EndpointConditions, EndpointPort, EndpointSlice,
    Endpoints, Metadata, Service, SlicePort, label,
};
use crate::labels::Labels;
use crate::sort;
use crate::syntax::sloppy_ip;

/// The value of `endpointslice.kubernetes.io/managed-by` on mirrored slices.
pub const MANAGED_BY: &str = "endpointslicemirroring-controller.k8s.io";
/// The maximum number of mirrored addresses per subset (`--mirroring-max-endpoints-per-subset`).
pub const PER_SUBSET: usize = 1000;

/// Mirrored endpoints have only the condition `ready`.
const READY: EndpointConditions = EndpointConditions {
    ready: Some(true),
    serving: None,
    terminating: None,
};
const NOT_READY: EndpointConditions = EndpointConditions {
    ready: Some(false),
    serving: None,
    terminating: None,
};
/// Annotations that are not copied.
const NOT_COPIED: [&str; 2] = [
    "kubectl.kubernetes.io/last-applied-configuration",
    "endpoints.kubernetes.io/last-change-trigger-time",
];
/// The annotation of Endpoints that are locks of a leader election.
const LEADER: &str = "control-plane.alpha.kubernetes.io/leader";

/// Whether these Endpoints are mirrored: the Service exists without a selector, and no label or annotation forbids it.
pub fn is_mirrored(endpoints: &Endpoints, service: Option<&Service>) -> bool {
    let metadata = &endpoints.metadata;
    service.is_some_and(|service| service.spec.selector.is_none())
        && metadata.labels.get(label::SKIP_MIRROR).map(SmolStr::as_str) != Some("true")
        && !metadata.annotations.contains_key(LEADER)
}

/// The slices that mirror these Endpoints, reusing the names of existing ones. Endpoints that are being deleted get no new
/// ones.
pub fn mirror(
    endpoints: &Endpoints,
    existing: &[EndpointSlice],
    per_subset: usize,
) -> Vec<EndpointSlice> {
    let is_leaving = endpoints.metadata.deletion_timestamp.is_some();
    let mut free: Vec<&EndpointSlice> = existing.iter().collect();
    let mut slices = Vec::new();
    for ((ports, address_type), addressed) in group_endpoints(endpoints, per_subset) {
        let name = take_name(&mut free, &ports, address_type);
        let new = || new_name(endpoints, address_type, slices.len());
        let Some(name) = name.or_else(|| (!is_leaving).then(new)) else {
            continue;
        };
        let metadata = metadata(endpoints, name);
        slices.push(EndpointSlice {
            metadata,
            address_type,
            endpoints: addressed,
            ports,
        });
    }
    slices
}

/// The endpoints by ports and address type, after the subsets were brought into their canonical form. Texts that are not
/// addresses are skipped.
fn group_endpoints(
    endpoints: &Endpoints,
    max: usize,
) -> BTreeMap<(Vec<SlicePort>, AddressType), Vec<Endpoint>> {
    let mut groups: BTreeMap<(Vec<SlicePort>, AddressType), Vec<Endpoint>> = BTreeMap::new();
    for subset in &repack_subsets(&endpoints.subsets) {
        let mut ports: Vec<SlicePort> = subset.ports.iter().map(slice_port).collect();
        sort_slice_ports(&mut ports);
        let ready = subset
            .addresses
            .iter()
            .filter_map(|address| endpoint(address, READY));
        let not_ready = subset
            .not_ready_addresses
            .iter()
            .filter_map(|address| endpoint(address, NOT_READY));
        for (address_type, endpoint) in ready.chain(not_ready).take(max) {
            let group = groups.entry((ports.clone(), address_type)).or_default();
            let same = |there: &Endpoint| {
                there.addresses == endpoint.addresses && there.hostname == endpoint.hostname
            };
            match group.iter().position(same) {
                Some(index) => group[index] = endpoint,
                None if group.len() < max => group.push(endpoint),
                None => {}
            }
        }
    }
    groups
}

/// The endpoint of an address, which is written in its canonical form; `None` if the text is no address.
fn endpoint(
    address: &EndpointAddress,
    conditions: EndpointConditions,
) -> Option<(AddressType, Endpoint)> {
    let ip = sloppy_ip(&address.ip)?;
    let address_type = match ip {
        IpAddr::V4(_) => AddressType::IPv4,
        IpAddr::V6(_) => AddressType::IPv6,
    };
    let endpoint = Endpoint {
        addresses: vec![ip.to_string().into()],
        conditions,
        hostname: Some(address.hostname.clone()).filter(|hostname| !hostname.is_empty()),
        target_ref: address.target_ref.clone(),
        node_name: address.node_name.clone(),
        ..Endpoint::default()
    };
    Some((address_type, endpoint))
}

fn slice_port(port: &EndpointPort) -> SlicePort {
    SlicePort {
        name: Some(port.name.clone()),
        protocol: Some(port.protocol),
        port: Some(port.port),
        app_protocol: port.app_protocol.clone(),
    }
}

/// Takes the name of the first free slice with these ports and address type.
fn take_name(
    free: &mut Vec<&EndpointSlice>,
    ports: &[SlicePort],
    address_type: AddressType,
) -> Option<String> {
    let index = free.iter().position(|slice| {
        slice.address_type == address_type && has_equal_ports(&slice.ports, ports)
    })?;
    Some(free.remove(index).metadata.name.to_string())
}

/// Whether two lists have the same ports, in any order.
fn has_equal_ports(one: &[SlicePort], other: &[SlicePort]) -> bool {
    let mut lists = [one.to_vec(), other.to_vec()];
    for list in &mut lists {
        sort::sort(list);
    }
    lists[0] == lists[1]
}

fn new_name(endpoints: &Endpoints, address_type: AddressType, number: usize) -> String {
    let id = endpoints.metadata.id();
    generated_name(
        &format!("{}-", id.name),
        &format!("{id} mirrored {address_type:?} {number}"),
    )
}

fn metadata(endpoints: &Endpoints, name: String) -> Metadata {
    let mut labels: Labels = endpoints.metadata.labels.as_ref().clone();
    labels.insert(label::SERVICE_NAME.into(), endpoints.metadata.name.clone());
    labels.insert(label::MANAGED_BY.into(), MANAGED_BY.into());
    let mut annotations = endpoints.metadata.annotations.clone();
    annotations.retain(|key, _| !NOT_COPIED.contains(&key.as_str()));
    let namespace = endpoints.metadata.namespace.clone();
    Metadata {
        name: name.into(),
        namespace,
        labels: labels.into(),
        annotations,
        ..Metadata::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::object::EndpointSubset;

    fn endpoints(addresses: &[&str]) -> Endpoints {
        let address = |ip: &&str| EndpointAddress {
            ip: (*ip).into(),
            ..Default::default()
        };
        let subset = EndpointSubset {
            addresses: addresses.iter().map(address).collect(),
            ports: vec![EndpointPort {
                port: 80,
                ..Default::default()
            }],
            ..Default::default()
        };
        let metadata = Metadata {
            name: "ext".into(),
            namespace: "default".into(),
            ..Default::default()
        };
        Endpoints {
            metadata,
            subsets: vec![subset],
        }
    }

    #[test]
    fn each_family_has_its_own_slice_and_invalid_addresses_are_skipped() {
        let slices = mirror(
            &endpoints(&["203.0.113.5", "2001:db8::5", "nowhere"]),
            &[],
            PER_SUBSET,
        );
        let shown: Vec<(AddressType, &[SmolStr])> = slices
            .iter()
            .map(|slice| (slice.address_type, slice.endpoints[0].addresses.as_slice()))
            .collect();
        assert_eq!(
            shown,
            [
                (AddressType::IPv4, &["203.0.113.5".into()][..]),
                (AddressType::IPv6, &["2001:db8::5".into()][..])
            ]
        );
    }

    #[test]
    fn endpoints_that_are_being_deleted_keep_their_slices_and_get_no_new_ones() {
        let mut written = endpoints(&["203.0.113.5"]);
        let there = mirror(&written, &[], PER_SUBSET);
        written.metadata.deletion_timestamp = Some("2026-01-01T00:00:00Z".into());
        assert!(mirror(&written, &[], PER_SUBSET).is_empty());
        assert_eq!(mirror(&written, &there, PER_SUBSET), there);
    }

    #[test]
    fn an_address_is_mirrored_in_its_canonical_form() {
        let slices = mirror(&endpoints(&["2001:0DB8:0::5"]), &[], PER_SUBSET);
        assert_eq!(slices[0].endpoints[0].addresses, ["2001:db8::5"]);
    }

    #[test]
    fn an_address_of_two_subsets_is_mirrored_once_with_both_ports() {
        let mut written = endpoints(&["203.0.113.5"]);
        let mut other = written.subsets[0].clone();
        other.ports[0].port = 81;
        written.subsets.push(other);
        let slices = mirror(&written, &[], PER_SUBSET);
        let ports: Vec<Vec<Option<u16>>> = slices
            .iter()
            .map(|slice| slice.ports.iter().map(|port| port.port).collect())
            .collect();
        assert_eq!(ports.len(), 1);
        assert_eq!(sort::set(ports[0].clone()), sort::set([Some(80), Some(81)]));
    }

    #[test]
    fn only_endpoints_of_a_service_without_a_selector_are_mirrored() {
        let mut service = Service::default();
        let mut written = endpoints(&["203.0.113.5"]);
        assert!(is_mirrored(&written, Some(&service)));
        assert!(!is_mirrored(&written, None), "no Service");
        service.spec.selector = Some(Labels::new());
        assert!(!is_mirrored(&written, Some(&service)), "a selector");
        service.spec.selector = None;
        written
            .metadata
            .labels_mut()
            .insert(label::SKIP_MIRROR.into(), "true".into());
        assert!(!is_mirrored(&written, Some(&service)), "asked not to");
    }
}
