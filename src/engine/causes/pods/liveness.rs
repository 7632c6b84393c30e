//! A container whose liveness probe can never succeed: the kubelet restarts it again and again.

use super::readiness::{has_live_status, undeclared_port};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::selection::no_endpoint::{probe_fix, probed_field};
use crate::causes::survey::Survey;
use crate::cluster::object::Pod;
use crate::diagnostic::{Fault, PodFault};
use crate::network::Network;
use crate::resolve::Resolved;

/// The first pod of each workload that has such a container.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let pods = survey.resolved.cluster.each_pod();
    let failing = pods.filter(|pod| pod.failing_liveness_probe().is_some());
    let firsts = survey.first_of_workloads(failing);
    let causes = firsts.filter_map(|pod| of_pod(survey.resolved, pod));
    causes.collect()
}

/// The same of one pod.
pub(in crate::causes) fn of_pod(resolved: &Resolved, pod: &Pod) -> Option<Cause> {
    let failing = pod.failing_liveness_probe()?;
    let container = failing.container;
    let names = container.ports.iter().map(|port| port.name.as_str());
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let fault = Fault::Pod(PodFault::LivenessProbeFails {
        pod: pod.metadata.name.to_string(),
        container: container.name.to_string(),
        probe: failing.probe.to_string(),
        why: failing.why,
        names: names.join(", "),
    });
    let evidence = Evidence::of_pod(resolved, pod, &probed_field(&failing));
    let fix = probe_fix(&failing, evidence.as_ref());
    Some(Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix))
}

/// A container of the pod that answered whose liveness probe asks a port that no container declares.
pub(in crate::causes) fn of_undeclared_port(network: &Network, pod: &Pod) -> Option<Cause> {
    if has_live_status(network, pod) {
        return None;
    }
    let mut probed = pod.probed_containers();
    let (list, index, container, probe, (port, declared)) =
        probed.find_map(|(list, index, container)| {
            let probe = container.liveness_probe.as_deref()?;
            let ports = undeclared_port(pod, probe)?;
            Some((list, index, container, probe, ports))
        })?;
    let fault = Fault::Pod(PodFault::LivenessProbeOfOtherPort {
        container: container.name.to_string(),
        probe: probe.to_string(),
        port,
        declared,
    });
    let field = format!("spec.{list}[{index}].livenessProbe");
    let evidence = Evidence::of_pod(&network.resolved, pod, &field);
    Some(Cause::certain(fault, evidence.into_iter().collect()).possible())
}
