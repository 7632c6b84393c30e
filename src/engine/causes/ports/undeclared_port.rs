//! A pod is called on a port that its containers do not declare.
//!
//! Declarations are information only, so nothing is certain: a pod that declares other ports most likely listens on those,
//! and a pod that declares none, beside others of its Service that declare some, most likely runs something else.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Pod;
use crate::diagnostic::{Fault, PortFault};
use crate::kinds::Kind;
use crate::network::listen::{declared_ports, sibling_with_ports};

/// The pod declares no port, and another pod behind its Service declares some.
pub(in crate::causes) fn beside_a_sibling(survey: &Survey, pod: &Pod) -> Option<Cause> {
    if !declared_ports(pod).is_empty() {
        return None;
    }
    let sibling = sibling_with_ports(&survey.resolved.cluster, pod)?;
    let fault = Fault::Port(PortFault::OnlySiblingDeclaresPort {
        service: sibling.service.metadata.name.to_string(),
        pod: pod.metadata.name.to_string(),
        sibling: sibling.pod.metadata.name.to_string(),
        declared: declared_ports(sibling.pod),
    });
    let service = survey.resolved.get(Kind::Service, &sibling.service.id());
    let mut evidence: Vec<Evidence> = Vec::new();
    evidence.extend(Evidence::of_pod(survey.resolved, pod, "spec.containers[0]"));
    evidence.extend(service.map(|stored| Evidence::of(stored, "spec.selector")));
    Some(Cause::likely(fault, evidence))
}

/// The pod declares other ports than the one that is called.
pub(in crate::causes) fn among_others(survey: &Survey, pod: &Pod, port: u16) -> Option<Cause> {
    let fault = Fault::Port(PortFault::PodDeclaresOtherPorts {
        pod: pod.metadata.name.to_string(),
        port,
        declared: declared_ports(pod),
    });
    let evidence = Evidence::of_pod(survey.resolved, pod, "spec.containers[0].ports")?;
    Some(Cause::likely(fault, vec![evidence]))
}
