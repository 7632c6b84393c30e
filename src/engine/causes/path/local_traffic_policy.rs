//! A traffic policy `Local` on a node without an endpoint of the Service.

use crate::causes::called_service::CalledService;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::set_field;
use crate::causes::selection::no_endpoint;
use crate::causes::survey::Survey;
use crate::cluster::object::{Node, Pod, Service};
use crate::controllers::scheduler::fits_daemon;
use crate::diagnostic::{Fault, Fix, PathFault};
use crate::kinds::Kind;
use crate::sort;

/// Why the node has no endpoint that the policy lets it use.
pub(in crate::causes) fn causes(survey: &Survey, called: &CalledService) -> Vec<Cause> {
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
        node: called.node.unwrap_or_default().to_owned(),
        nodes: nodes.into_iter().collect::<Vec<_>>().join(", "),
    });
    let stored = survey.resolved.get(Kind::Service, name);
    let evidence = stored.map(|stored| Evidence::of(stored, &format!("spec.{policy}")));
    let fix = if is_cluster_ip {
        stored.and_then(|stored| set_field(stored, stored.tree.get("spec")?, policy, "\"Cluster\""))
    } else {
        let node = called.node;
        node.and_then(|node| a_pod_on_every_node(survey, service, node))
    };
    vec![Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix)]
}

/// As many replicas as there are nodes for them, where the node that was called is one. The policy is not changed: it is
/// there because the pods want to see their clients' addresses, which `Cluster` hides.
fn a_pod_on_every_node(survey: &Survey, service: &Service, called: &str) -> Option<Fix> {
    let resolved = survey.resolved;
    let pods = survey.pods.selected(service);
    let pod = *pods.first()?;
    let workload = resolved.workload_of(&pod.id())?;
    let is_its = |pod: &&Pod| {
        let own = resolved.workload_of(&pod.id());
        own.is_some_and(|own| own.kind == workload.kind && own.name == workload.name)
    };
    let has_replicas = matches!(
        workload.kind,
        Kind::Deployment | Kind::ReplicaSet | Kind::ReplicationController | Kind::StatefulSet
    );
    let nodes = resolved.cluster.nodes.values();
    let fitting: Vec<&Node> = nodes.filter(|node| fits_daemon(node, pod)).collect();
    let helps = fitting.iter().any(|node| node.metadata.name == called)
        && pods.len() < fitting.len()
        && pods.iter().all(is_its);
    let spec = workload
        .tree
        .get("spec")
        .filter(|_| has_replicas && helps)?;
    set_field(workload, spec, "replicas", &fitting.len().to_string())
}
