//! A pod that never starts: an init container waits for a Service that does not come.

use std::collections::BTreeSet;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{Container, Pod};
use crate::controllers::init_wait::{unmet, unmet_start};
use crate::diagnostic::{Fault, PodFault, WaitFault};
use crate::kinds::Kind;
use crate::network::{LISTENS, Network};
use crate::resolve::Resolved;
use crate::trace::Trace;

/// The first pod of each workload that waits.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let mut seen = BTreeSet::new();
    let pods = survey.resolved.cluster.each_pod();
    let waiting = pods.filter(|pod| pod.status.waiting_init.is_some());
    let firsts = waiting.filter(|pod| {
        let maker = survey.resolved.workload_of(&pod.id());
        let owner = maker.map(|maker| (maker.kind, maker.name.clone()));
        owner.is_none_or(|owner| seen.insert(owner))
    });
    let causes = firsts.filter_map(|pod| of_pod(survey.resolved, pod));
    causes.collect()
}

/// The pod that answered may not listen: its container waits first, and a container without a probe counts as ready.
pub(in crate::causes) fn of_answer(network: &Network, trace: &Trace) -> Option<Cause> {
    let pod = network.cluster().pod(trace.answered_by()?)?;
    if pod.metadata.annotations.contains_key(LISTENS) {
        return None;
    }
    let wait = unmet_start(network.cluster(), pod)?;
    let fault = Fault::Pod(PodFault::ContainerWaits {
        container: wait.container.name.to_string(),
        command: wait.awaited.command,
        service: wait.service.name.to_string(),
        namespace: wait.service.namespace.to_string(),
        port: wait.awaited.port.unwrap_or_default(),
        why: wait.why,
    });
    let field = format!("spec.containers[0].{}", command_field(wait.container));
    let evidence = Evidence::of_pod(&network.resolved, pod, &field);
    Some(Cause::likely(fault, evidence.into_iter().collect()))
}

/// Where a container's command is written.
fn command_field(container: &Container) -> &'static str {
    if container.command.is_empty() {
        "args"
    } else {
        "command"
    }
}

/// Why a pod's init container does not end.
pub(in crate::causes) fn of_pod(resolved: &Resolved, pod: &Pod) -> Option<Cause> {
    pod.status.waiting_init?;
    let wait = unmet(&resolved.cluster, pod)?;
    let fault = Fault::Pod(PodFault::InitContainerWaits {
        pod: pod.metadata.name.to_string(),
        container: wait.container.name.to_string(),
        command: wait.awaited.command,
        service: wait.service.name.to_string(),
        namespace: wait.service.namespace.to_string(),
        port: wait.awaited.port.unwrap_or_default(),
        why: wait.why,
    });
    let list = command_field(wait.container);
    let field = format!("spec.initContainers[{}].{list}", wait.index);
    let mut evidence: Vec<Evidence> = Evidence::of_pod(resolved, pod, &field)
        .into_iter()
        .collect();
    let field = match wait.why {
        WaitFault::NoSuchPort => "spec.ports",
        WaitFault::LaterVariable => "metadata.name",
        WaitFault::NoService
        | WaitFault::NoRecord
        | WaitFault::OwnName
        | WaitFault::NoEndpoint
        | WaitFault::OwnPod => "spec.selector",
    };
    let service = resolved.get(Kind::Service, &wait.service);
    evidence.extend(service.map(|stored| Evidence::of(stored, field)));
    let command = format!(
        "kubectl logs {} -n {} -c {}",
        pod.metadata.name, pod.metadata.namespace, wait.container.name
    );
    let cause = match wait.why {
        WaitFault::NoSuchPort | WaitFault::OwnName | WaitFault::OwnPod => {
            Cause::certain(fault, evidence)
        }
        // The rest of the application may be in another text.
        WaitFault::NoService
        | WaitFault::NoRecord
        | WaitFault::NoEndpoint
        | WaitFault::LaterVariable => Cause::likely(fault, evidence),
    };
    Some(cause.with_command(command))
}
