//! The EndpointSlice controller: a Service's endpoints, as kube-proxy and CoreDNS read them.
//!
//! A Service with a selector gets slices of at most 100 endpoints, separate for each address family and each list of
//! ports: pods that resolve a named port differently cannot share a slice. A Service without endpoints has one empty
//! slice. Slices of Services without a selector, and of ExternalName Services, are left to their author
//! (kubernetes `staging/src/k8s.io/endpointslice/reconciler.go`).

mod endpoint;
mod hints;
mod packing;
mod ports;
mod zone_shares;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use smol_str::SmolStr;

pub use endpoint::{conditions, endpoint_of, is_member, published_hostname, reference};
pub use hints::Distributions;
pub(crate) use hints::asks_for_topology;
use packing::{Plan, pack};
pub use ports::{
    as_endpoint_port, endpoint_ports, find_port, sort_endpoint_ports, sort_slice_ports,
};
pub use zone_shares::ZoneShares;

use crate::cluster::generate_name::generated_name;
use crate::cluster::object::{
    AddressType, Endpoint, EndpointSlice, Metadata, Node, Pod, Service, ServiceType, SlicePort,
    label,
};
use crate::labels::Labels;
use crate::names::{Family, ObjectName};
use crate::sort;

/// The value of `endpointslice.kubernetes.io/managed-by` on this controller's slices.
pub const MANAGED_BY: &str = "endpointslice-controller.k8s.io";

/// The controller's options, and the nodes.
#[derive(Clone, Debug)]
pub struct EndpointSliceContext<'a> {
    /// All nodes, by name.
    pub nodes: &'a BTreeMap<SmolStr, Node>,
    /// The zones' shares of the CPUs; `None` if topology-aware hints are off or not possible.
    pub shares: Option<ZoneShares>,
    /// The maximum number of endpoints per slice (`--max-endpoints-per-slice`).
    pub per_slice: usize,
    /// The values of `trafficDistribution` that are recognised.
    pub distributions: Distributions,
}

impl<'a> EndpointSliceContext<'a> {
    /// The default options.
    pub fn new(nodes: &'a BTreeMap<SmolStr, Node>) -> EndpointSliceContext<'a> {
        EndpointSliceContext {
            nodes,
            shares: ZoneShares::of(nodes).ok(),
            per_slice: 100,
            distributions: Distributions::default(),
        }
    }
}

/// The slices of a Service, and the pods that are in none.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Reconciled {
    /// All slices of the Service.
    pub slices: Vec<EndpointSlice>,
    /// Selected pods without an endpoint.
    pub skipped: Vec<Skipped>,
}

/// A pod without an endpoint because its node does not exist; printed as the controller logs it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The pod.
    pub pod: SmolStr,
    /// The Service.
    pub service: ObjectName,
    /// The node that the pod names.
    pub node: SmolStr,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "skipping Pod {} for Service {}: Node {} Not Found",
            self.pod, self.service, self.node
        )
    }
}

/// Whether this controller manages slices of the Service.
pub fn is_kept(service: &Service) -> bool {
    service.spec.selector.is_some() && service.spec.service_type != ServiceType::ExternalName
}

/// Computes a Service's slices from the pods that it selects and its existing slices.
pub fn reconcile(
    service: &Service,
    pods: &[&Pod],
    existing: Vec<EndpointSlice>,
    context: &EndpointSliceContext,
) -> Reconciled {
    if !is_kept(service) {
        return Reconciled {
            slices: existing,
            skipped: Vec::new(),
        };
    }
    let mut done = Reconciled::default();
    let mut skipped = BTreeSet::new();
    let mut existing = existing;
    for address_type in address_types(service) {
        let (of_type, others) = existing
            .into_iter()
            .partition(|slice| slice.address_type == address_type);
        existing = others;
        let plan = make_plan(service, pods, of_type, address_type, context, &mut skipped);
        let plan = hints::set_hints(service, plan, context);
        done.slices.extend(execute(service, address_type, plan));
    }
    done.skipped = skipped.into_iter().collect();
    done
}

/// The address types of a Service's slices: those of its families, or of its address if the families are unset.
fn address_types(service: &Service) -> Vec<AddressType> {
    let of_family = |family: Family| match family {
        Family::V4 => AddressType::IPv4,
        Family::V6 => AddressType::IPv6,
    };
    let families = &service.spec.ip_families;
    match service.spec.cluster_ip.address() {
        _ if !families.is_empty() => families.iter().copied().map(of_family).collect(),
        Some(address) => vec![of_family(Family::of(address))],
        None => vec![AddressType::IPv4, AddressType::IPv6],
    }
}

/// Plans the changes to the slices of one address type, without hints.
fn make_plan(
    service: &Service,
    pods: &[&Pod],
    existing: Vec<EndpointSlice>,
    address_type: AddressType,
    context: &EndpointSliceContext,
    skipped: &mut BTreeSet<Skipped>,
) -> Plan {
    let groups = group(service, pods, address_type, context, skipped);
    let mut by_ports: BTreeMap<Vec<SlicePort>, Vec<EndpointSlice>> = BTreeMap::new();
    for slice in existing {
        by_ports
            .entry(sort_ports(slice.ports.clone()))
            .or_default()
            .push(slice);
    }
    let mut plan = Plan::default();
    for (ports, endpoints) in groups {
        let existing = by_ports
            .remove(&sort_ports(ports.clone()))
            .unwrap_or_default();
        let blank = blank(service, address_type, ports);
        plan = plan.and(pack(existing, endpoints, &blank, context.per_slice));
    }
    plan.delete.extend(by_ports.into_values().flatten());
    let is_empty = plan.create.is_empty() && plan.update.is_empty() && plan.unchanged.is_empty();
    if is_empty {
        with_placeholder(plan, blank(service, address_type, Vec::new()))
    } else {
        plan
    }
}

/// The endpoints of the pods, by their ports.
fn group(
    service: &Service,
    pods: &[&Pod],
    address_type: AddressType,
    context: &EndpointSliceContext,
    skipped: &mut BTreeSet<Skipped>,
) -> BTreeMap<Vec<SlicePort>, Vec<Endpoint>> {
    let mut groups: BTreeMap<Vec<SlicePort>, Vec<Endpoint>> = BTreeMap::new();
    for pod in pods.iter().filter(|pod| is_member(pod)) {
        let endpoints = groups.entry(endpoint_ports(service, pod)).or_default();
        let node = context.nodes.get(&pod.spec.node_name);
        if node.is_none() && !service.spec.publish_not_ready_addresses {
            skipped.insert(Skipped {
                pod: pod.metadata.name.clone(),
                service: service.id(),
                node: pod.spec.node_name.clone(),
            });
            continue;
        }
        endpoints.extend(endpoint_of(pod, node, service, address_type));
    }
    groups
}

/// Adds the slice of a Service without endpoints, which has no endpoints and no ports.
fn with_placeholder(mut plan: Plan, placeholder: EndpointSlice) -> Plan {
    let is_placeholder = |slice: &EndpointSlice| {
        slice.endpoints.is_empty()
            && slice.ports.is_empty()
            && slice.metadata.labels == placeholder.metadata.labels
    };
    match plan.delete.as_slice() {
        [only] if is_placeholder(only) => plan.unchanged = std::mem::take(&mut plan.delete),
        _ => plan.create.push(placeholder),
    }
    plan
}

/// The slices after the plan is executed. Names of deleted slices are reused for created ones.
fn execute(service: &Service, address_type: AddressType, plan: Plan) -> Vec<EndpointSlice> {
    let Plan {
        create,
        update,
        delete,
        unchanged,
    } = plan;
    let mut free = delete.into_iter().map(|slice| slice.metadata.name);
    let mut taken = sort::set(
        update
            .iter()
            .chain(&unchanged)
            .map(|slice| slice.metadata.name.clone()),
    );
    let mut slices = unchanged;
    slices.extend(update);
    for mut slice in create {
        let name = free
            .next()
            .unwrap_or_else(|| new_name(service, address_type, &taken));
        taken.insert(name.clone());
        slice.metadata.name = name;
        slices.push(slice);
    }
    if service.metadata.deletion_timestamp.is_some() {
        slices.clear();
    }
    slices
}

fn new_name(service: &Service, address_type: AddressType, taken: &BTreeSet<SmolStr>) -> SmolStr {
    let base = format!("{}-", service.metadata.name);
    let name = |number| {
        generated_name(
            &base,
            &format!("{} {address_type:?} {number}", service.id()),
        )
        .into()
    };
    (taken.len()..)
        .map(name)
        .find(|name| !taken.contains(name))
        .unwrap_or_else(|| base.as_str().into())
}

/// A new slice without endpoints and name.
fn blank(service: &Service, address_type: AddressType, mut ports: Vec<SlicePort>) -> EndpointSlice {
    sort_slice_ports(&mut ports);
    let namespace = service.metadata.namespace.clone();
    let metadata = Metadata {
        namespace,
        labels: labels(service).into(),
        ..Metadata::default()
    };
    EndpointSlice {
        metadata,
        address_type,
        endpoints: Vec::new(),
        ports,
    }
}

/// The labels of a Service's slices: the Service's labels and those of the controller.
fn labels(service: &Service) -> Labels {
    let own = service
        .metadata
        .labels
        .iter()
        .filter(|(key, _)| !is_reserved(key));
    let mut labels = sort::map(own.map(|(key, value)| (key.clone(), value.clone())));
    labels.insert(label::SERVICE_NAME.into(), service.metadata.name.clone());
    labels.insert(label::MANAGED_BY.into(), MANAGED_BY.into());
    if service.spec.cluster_ip.address().is_none() {
        labels.insert(label::HEADLESS.into(), SmolStr::default());
    }
    labels
}

/// Whether a label is set by the controller, and therefore not copied from the Service.
fn is_reserved(key: &str) -> bool {
    [label::SERVICE_NAME, label::MANAGED_BY, label::HEADLESS].contains(&key)
}

fn sort_ports(mut ports: Vec<SlicePort>) -> Vec<SlicePort> {
    sort::sort(&mut ports);
    ports
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::object::{
        ConditionStatus, Container, ContainerPort, PodIp, ServicePort, TargetPort,
    };

    fn pod(name: &str, address: &str, port: u16) -> Pod {
        let mut pod = Pod::default();
        pod.metadata.name = name.into();
        pod.spec.node_name = "node-1".into();
        let declared = ContainerPort {
            name: "http".into(),
            container_port: port,
            ..Default::default()
        };
        pod.spec.containers = vec![Container {
            ports: vec![declared],
            ..Default::default()
        }]
        .into();
        pod.status.pod_ips = vec![PodIp {
            ip: address.parse().ok(),
        }];
        pod.set_ready(ConditionStatus::True);
        pod
    }

    fn service() -> Service {
        let mut service = Service::default();
        service.metadata.name = "web".into();
        service.spec.selector = Some(Labels::new());
        service.spec.ip_families = vec![Family::V4];
        let target_port = TargetPort::Name("http".into());
        service.spec.ports = vec![ServicePort {
            port: 80,
            target_port,
            ..Default::default()
        }];
        service
    }

    fn slices(service: &Service, pods: &[Pod], existing: Vec<EndpointSlice>) -> Vec<EndpointSlice> {
        let nodes = BTreeMap::from([("node-1".into(), Node::default())]);
        let pods: Vec<&Pod> = pods.iter().collect();
        reconcile(service, &pods, existing, &EndpointSliceContext::new(&nodes)).slices
    }

    #[test]
    fn pods_on_which_a_named_port_differs_are_in_different_slices() {
        let pods = [
            pod("a", "10.244.0.5", 80),
            pod("b", "10.244.0.6", 8080),
            pod("c", "10.244.0.7", 80),
        ];
        let slices = slices(&service(), &pods, Vec::new());
        let shown: Vec<(Option<u16>, usize)> = slices
            .iter()
            .map(|slice| (slice.ports[0].port, slice.endpoints.len()))
            .collect();
        assert_eq!(shown, [(Some(80), 2), (Some(8080), 1)]);
        assert_ne!(slices[0].metadata.name, slices[1].metadata.name);
    }

    #[test]
    fn a_service_with_nothing_behind_it_has_one_empty_slice_that_stays() {
        let first = slices(&service(), &[], Vec::new());
        assert_eq!(
            (first.len(), first[0].endpoints.len(), first[0].ports.len()),
            (1, 0, 0)
        );
        assert_eq!(slices(&service(), &[], first.clone()), first);
    }

    #[test]
    fn a_service_without_a_selector_gets_no_slices() {
        let service = Service {
            spec: crate::cluster::object::ServiceSpec {
                selector: None,
                ..service().spec
            },
            ..service()
        };
        assert!(slices(&service, &[pod("a", "10.244.0.5", 80)], Vec::new()).is_empty());
    }

    #[test]
    fn a_pod_on_a_node_that_is_not_there_is_skipped_with_the_controllers_words() {
        let mut lost = pod("a", "10.244.0.5", 80);
        lost.spec.node_name = "gone".into();
        let nodes = BTreeMap::new();
        let done = reconcile(
            &service(),
            &[&lost],
            Vec::new(),
            &EndpointSliceContext::new(&nodes),
        );
        assert_eq!(
            done.skipped[0].to_string(),
            "skipping Pod a for Service /web: Node gone Not Found"
        );
    }
}
