//! A Service prefers endpoints of its callers' zone, and its connections go elsewhere all the same.
//!
//! With the annotation `service.kubernetes.io/topology-mode: Auto` the EndpointSlice controller gives up all hints of a
//! Service rather than overload a zone, and kube-proxy then uses every endpoint. A node without a hint for its zone uses
//! every endpoint, too. Source: kubernetes `staging/src/k8s.io/endpointslice/topologycache`,
//! `pkg/proxy/topology.go`.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{Endpoint, Service};
use crate::controllers::endpointslices::{ZoneShares, asks_for_topology, is_kept};
use crate::diagnostic::{Fault, HintsFault, PathFault};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::resolve::Stored;
use crate::sort;

const ANNOTATIONS: &str = "metadata.annotations";
const TRAFFIC_DISTRIBUTION: &str = "spec.trafficDistribution";

/// Every Service that asks for topology-aware routing and gets no hints.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let services = survey.services();
    let causes = services.filter_map(|(stored, service)| not_set(survey, stored, service));
    causes.map(Cause::possible).collect()
}

/// Why a connection that a node's rules decided may have left the node's zone.
pub(in crate::causes) fn of_service(
    survey: &Survey,
    name: &ObjectName,
    node: &str,
) -> Option<Cause> {
    let stored = survey.resolved.get(Kind::Service, name)?;
    let service = survey.resolved.cluster.services.get(name)?;
    not_set(survey, stored, service)
        .or_else(|| not_on_node(survey, stored, service, node))
        .or_else(|| not_for_node(survey, stored, service, node))
}

fn not_set(survey: &Survey, stored: &Stored, service: &Service) -> Option<Cause> {
    if !asks_for_topology(service) || !is_kept(service) {
        return None;
    }
    let ready = ready_endpoints(survey, service);
    if ready.is_empty() {
        return None;
    }
    let shares = ZoneShares::of(&survey.resolved.cluster.nodes);
    let why = match &shares {
        Err(why) => Some(*why),
        Ok(shares) => shares.fault(ready.len()).or_else(|| {
            let zoned = ready.iter().all(|endpoint| endpoint.zone.is_some());
            (!zoned).then_some(HintsFault::EndpointWithoutZone)
        }),
    };
    let fault = Fault::Path(PathFault::TopologyHintsNotSet {
        service: service.metadata.name.to_string(),
        why: why?,
        endpoints: ready.len(),
        zones: shares.as_ref().map_or(1, ZoneShares::zones),
    });
    Some(Cause::certain(
        fault,
        vec![Evidence::of(stored, ANNOTATIONS)],
    ))
}

/// `PreferSameNode` without an endpoint on the node: kube-proxy goes on with the node's zone, then with all endpoints.
fn not_on_node(survey: &Survey, stored: &Stored, service: &Service, node: &str) -> Option<Cause> {
    let asked = service.spec.traffic_distribution.as_deref();
    if asked != Some("PreferSameNode") || asks_for_topology(service) {
        return None;
    }
    let ready = ready_endpoints(survey, service);
    let is_here = |endpoint: &&Endpoint| endpoint.node_name.as_deref() == Some(node);
    let is_hinted = |endpoint: &&Endpoint| {
        let hints = endpoint.hints.as_ref();
        hints.is_some_and(|hints| !hints.for_nodes.is_empty())
    };
    if ready.is_empty() || ready.iter().any(is_here) || !ready.iter().all(is_hinted) {
        return None;
    }
    let own_zone = survey.resolved.cluster.nodes.get(node)?.zone();
    let own_zone = own_zone.filter(|zone| !zone.is_empty());
    let is_near = |endpoint: &&Endpoint| own_zone.is_some() && endpoint.zone.as_deref() == own_zone;
    let all_zoned = ready.iter().all(|own| own.zone.is_some());
    let nodes = sort::set(ready.iter().filter_map(|own| own.node_name.as_deref()));
    let fault = Fault::Path(PathFault::NoEndpointOnNode {
        service: service.metadata.name.to_string(),
        node: node.to_owned(),
        nodes: nodes.into_iter().collect::<Vec<_>>().join(", "),
        zone: own_zone
            .filter(|_| all_zoned && ready.iter().any(is_near))
            .unwrap_or_default()
            .to_owned(),
    });
    let evidence = Evidence::of(stored, TRAFFIC_DISTRIBUTION);
    Some(Cause::certain(fault, vec![evidence]))
}

/// The endpoints have hints, and none of them is for the zone of the node.
fn not_for_node(survey: &Survey, stored: &Stored, service: &Service, node: &str) -> Option<Cause> {
    let field = if asks_for_topology(service) {
        ANNOTATIONS
    } else if service.spec.traffic_distribution.is_some() {
        TRAFFIC_DISTRIBUTION
    } else {
        return None;
    };
    let zone = survey.resolved.cluster.nodes.get(node)?.zone();
    let zone = zone.unwrap_or_default();
    let ready = ready_endpoints(survey, service);
    let is_for_zone = |endpoint: &&Endpoint| {
        let hints = endpoint.hints.as_ref();
        hints.is_some_and(|hints| hints.for_zones.iter().any(|own| own.name == zone))
    };
    if ready.is_empty() || ready.iter().any(is_for_zone) {
        return None;
    }
    let fault = Fault::Path(PathFault::HintsNotForNode {
        service: service.metadata.name.to_string(),
        node: node.to_owned(),
        zone: zone.to_owned(),
    });
    Some(Cause::certain(fault, vec![Evidence::of(stored, field)]))
}

fn ready_endpoints<'a>(survey: &Survey<'a>, service: &Service) -> Vec<&'a Endpoint> {
    let slices = survey.slices_of(&service.id()).iter();
    let endpoints = slices.flat_map(|slice| &slice.endpoints);
    endpoints.filter(|own| own.conditions.is_ready()).collect()
}
