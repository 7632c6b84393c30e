//! A load balancer that has an address and no way to the pods: every node is excluded, or there is no node port to call.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::config::LoadBalancer;
use crate::cluster::object::{EXCLUDE_BALANCERS, LoadBalancerIngress, Node, Service};
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::resolve::Stored;

/// Every such Service.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    match survey.resolved.cluster.load_balancing.provider {
        LoadBalancer::Auto | LoadBalancer::Cloud | LoadBalancer::None => {}
        // These choose nodes by themselves.
        LoadBalancer::Metallb | LoadBalancer::Servicelb => return Vec::new(),
    }
    let services = survey.services();
    let causes = services.flat_map(|(stored, service)| {
        let excluded = all_nodes_excluded(survey, stored, service);
        excluded
            .into_iter()
            .chain(without_node_ports(stored, service))
    });
    causes.collect()
}

/// Why the load balancer of a Service sends a connection to no node.
pub(in crate::causes) fn of_service(survey: &Survey, name: &ObjectName) -> Vec<Cause> {
    let mut services = survey.services();
    let Some((stored, service)) = services.find(|(stored, _)| stored.name == *name) else {
        return Vec::new();
    };
    let excluded = all_nodes_excluded(survey, stored, service);
    excluded
        .into_iter()
        .chain(without_node_ports(stored, service))
        .collect()
}

fn all_nodes_excluded(survey: &Survey, stored: &Stored, service: &Service) -> Option<Cause> {
    let nodes = &survey.resolved.cluster.nodes;
    let is_used = |node: &Node| !node.is_excluded_from_load_balancers();
    let has_balancer = !service.status.load_balancer.ingress.is_empty();
    if !has_balancer || nodes.values().any(is_used) {
        return None;
    }
    let names: Vec<&str> = nodes.values().map(Node::name).collect();
    let fault = Fault::LoadBalancer(LoadBalancerFault::AllNodesExcluded {
        service: stored.name.name.to_string(),
        nodes: names.join(", "),
    });
    let first = survey.resolved.of_kind(Kind::Node).next();
    let mut evidence: Vec<Evidence> = Vec::new();
    evidence.extend(first.map(|node| Evidence::of(node, "metadata.labels")));
    evidence.push(Evidence::of(stored, "spec.type"));
    let command = first.map(|node| {
        let node = &node.name.name;
        format!("kubectl label node {node} {EXCLUDE_BALANCERS}-")
    });
    let cause = Cause::certain(fault, evidence);
    Some(match command {
        Some(command) => cause.with_command(command),
        None => cause,
    })
}

fn without_node_ports(stored: &Stored, service: &Service) -> Option<Cause> {
    let mut ingress = service.status.load_balancer.ingress.iter();
    let calls_node_ports = ingress.any(LoadBalancerIngress::calls_node_ports);
    let mut ports = service.spec.ports.iter();
    if !calls_node_ports || ports.any(|port| port.node_port > 0) {
        return None;
    }
    let fault = Fault::LoadBalancer(LoadBalancerFault::BalancerWithoutNodePorts {
        service: stored.name.name.to_string(),
    });
    let evidence = vec![
        Evidence::of(stored, "spec.allocateLoadBalancerNodePorts"),
        Evidence::of(stored, "status.loadBalancer.ingress"),
    ];
    // A load balancer with a host name can also call pods directly.
    let is_proxy = service
        .status
        .load_balancer
        .ingress
        .iter()
        .any(|own| own.ip.is_some());
    Some(if is_proxy {
        Cause::certain(fault, evidence)
    } else {
        Cause::likely(fault, evidence).possible()
    })
}
