//! A pod that is ready only if its readiness probe succeeds, which no manifest says.

use super::cause::{Cause, Evidence};
use super::no_endpoint::evidence_of;
use crate::controllers::kubelet::READY_ANNOTATION;
use crate::diagnostic::{Fault, PodFault};
use crate::kinds::Kind;
use crate::network::Network;
use crate::trace::{Reason, Trace};

/// The probe of the pod that answered behind a Service, if it has one and no live status says how it ended.
pub(super) fn of_answer(network: &Network, trace: &Trace) -> Option<Cause> {
    let through_service = trace
        .hops
        .iter()
        .any(|hop| matches!(hop.reason, Reason::Dnat { .. }));
    let pod = network.cluster().pod(trace.answered_by()?)?;
    let is_stated = pod.metadata.annotations.contains_key(READY_ANNOTATION);
    let stored = network.resolved.get(Kind::Pod, &pod.id());
    let status = stored.and_then(|stored| stored.tree.get("status")?.get("conditions"));
    let is_live = status.is_some_and(|conditions| !conditions.items().is_empty());
    if !through_service || is_stated || is_live {
        return None;
    }
    let mut containers = pod.spec.containers.iter().enumerate();
    let (index, probe) = containers
        .find_map(|(index, container)| Some((index, container.readiness_probe.as_deref()?)))?;
    let fault = Fault::Pod(PodFault::ReadinessAssumed {
        pod: pod.metadata.name.to_string(),
        probe: probe.to_string(),
    });
    let field = format!("spec.containers[{index}].readinessProbe");
    let evidence: Vec<Evidence> = evidence_of(&network.resolved, pod, &field)
        .into_iter()
        .collect();
    Some(Cause::certain(fault, evidence).possible())
}
