//! A traffic policy `Local` on a node without an endpoint of the Service.

use super::cause::{Cause, Evidence};
use super::no_endpoint::{self, Survey};
use crate::engine::cluster::object::TrafficPolicy;
use crate::engine::diagnostic::Fault;
use crate::engine::kinds::Kind;
use crate::engine::names::{ObjectName, Protocol};
use crate::engine::sort;

/// Why the node has no endpoint that the policy lets it use.
pub(super) fn causes(
    survey: &Survey,
    name: &ObjectName,
    number: u16,
    protocol: Protocol,
    node: &str,
) -> Vec<Cause> {
    let missing = no_endpoint::of_service(survey, name, number, protocol);
    if !missing.is_empty() {
        return missing;
    }
    let Some(service) = survey.resolved.cluster.services.get(name) else {
        return Vec::new();
    };
    let is_external = service.spec.external_traffic_policy == Some(TrafficPolicy::Local);
    let is_internal = service.spec.internal_traffic_policy == Some(TrafficPolicy::Local);
    let field = match (is_external, is_internal) {
        (true, false) => "externalTrafficPolicy",
        (false, true) => "internalTrafficPolicy",
        (true, true) | (false, false) => "traffic policy",
    };
    let slices = survey.resolved.cluster.slices_of(name);
    let endpoints = slices.flat_map(|slice| &slice.endpoints);
    let ready = endpoints.filter(|endpoint| endpoint.conditions.is_ready());
    let nodes = sort::set(ready.filter_map(|endpoint| endpoint.node_name.as_deref()));
    let fault = Fault::NoLocalEndpoint {
        service: service.metadata.name.to_string(),
        policy: field.to_owned(),
        node: node.to_owned(),
        nodes: nodes.into_iter().collect::<Vec<_>>().join(", "),
    };
    let stored = survey.resolved.get(Kind::Service, name);
    let evidence = stored.map(|stored| Evidence::of(stored, &format!("spec.{field}")));
    vec![Cause::certain(fault, evidence.into_iter().collect())]
}
