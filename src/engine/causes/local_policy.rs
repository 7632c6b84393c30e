//! A traffic policy `Local` on a node without an endpoint of the Service.

use super::cause::{Cause, Evidence};
use super::edit::set_field;
use super::no_endpoint;
use super::of_trace::CalledService;
use super::survey::Survey;
use crate::diagnostic::{Fault, PathFault};
use crate::kinds::Kind;
use crate::sort;

/// Why the node has no endpoint that the policy lets it use.
pub(super) fn causes(survey: &Survey, called: &CalledService) -> Vec<Cause> {
    let name = called.service;
    let missing = no_endpoint::of_service(survey, name, called.port, called.protocol);
    if !missing.is_empty() {
        return missing;
    }
    let Some(service) = survey.resolved.cluster.services.get(name) else {
        return Vec::new();
    };
    let is_cluster_ip = service.addresses().any(|own| own == called.address);
    let policy = if is_cluster_ip {
        "internalTrafficPolicy"
    } else {
        "externalTrafficPolicy"
    };
    let slices = survey.slices_of(name).iter();
    let endpoints = slices.flat_map(|slice| &slice.endpoints);
    let ready = endpoints.filter(|endpoint| endpoint.conditions.is_ready());
    let nodes = sort::set(ready.filter_map(|endpoint| endpoint.node_name.as_deref()));
    let fault = Fault::Path(PathFault::NoLocalEndpoint {
        service: service.metadata.name.to_string(),
        policy: policy.to_owned(),
        node: called.node.to_owned(),
        nodes: nodes.into_iter().collect::<Vec<_>>().join(", "),
    });
    let stored = survey.resolved.get(Kind::Service, name);
    let evidence = stored.map(|stored| Evidence::of(stored, &format!("spec.{policy}")));
    let spec = stored.and_then(|stored| Some((stored, stored.tree.get("spec")?)));
    let fix = spec.and_then(|(stored, spec)| set_field(stored, spec, policy, "\"Cluster\""));
    vec![Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix)]
}
