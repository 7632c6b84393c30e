//! The selector matches pods, and none of them is a ready endpoint.

use smol_str::SmolStr;

use super::reported;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::pods::{init_wait, unschedulable};
use crate::causes::survey::{PortOf, Survey};
use crate::cluster::object::{FailingProbe, Pod, PodPhase, TargetPort};
use crate::controllers::init_wait::unmet_probe;
use crate::controllers::kubelet::READY_ANNOTATION;
use crate::diagnostic::{Fault, Fix, PodFault, ProbeFault, SelectionFault};
use crate::manifest::yaml_quote::quoted;
use crate::names::Family;
use crate::resolve::Resolved;
use crate::syntax::typo_distance;

/// No selected pod has an address: they are pending, or have finished.
pub(super) fn causes_of_no_member(survey: &Survey, port: PortOf, pods: &[&Pod]) -> Vec<Cause> {
    let service = port.service.metadata.name.to_string();
    let pending: Vec<&Pod> = pods
        .iter()
        .copied()
        .filter(|pod| pod.status.phase == PodPhase::Pending)
        .collect();
    let waiting = pending
        .iter()
        .find_map(|pod| reported::of_waiting_container(survey.resolved, port, pod));
    if let Some(cause) = waiting {
        return vec![cause];
    }
    if let Some(cause) = pending
        .first()
        .and_then(|pod| of_missing_node(survey, port, pod))
    {
        return vec![cause];
    }
    let first = pending.first();
    if let Some(cause) = first.and_then(|pod| unschedulable::of_missing_scheduler(survey, pod)) {
        return vec![cause];
    }
    let rejected = pods
        .iter()
        .find_map(|pod| unschedulable::of_rejected(survey, pod));
    if let Some(cause) = rejected.filter(|_| pending.is_empty()) {
        return vec![cause];
    }
    let (fault, pod) = if let Some(pod) = pending.first() {
        let computed = || survey.occupants().unschedulable_message(pod);
        let fault = Fault::Pod(PodFault::SelectedPodsPending {
            service,
            pod: pod.metadata.name.to_string(),
            pods: pending.len(),
            scheduled: !pod.spec.node_name.is_empty(),
            why: reported::unschedulable(survey.resolved, pod).unwrap_or_else(computed),
            preempts: survey.occupants().may_preempt(pod),
            nodes: survey.occupants().obstacles(pod),
        });
        (fault, Some(*pod))
    } else {
        let fault = Fault::Pod(PodFault::SelectedPodsFinished {
            service,
            pods: pods.len(),
            why: pods.first().map(|pod| end_of(pod)).unwrap_or_default(),
        });
        (fault, pods.first().copied())
    };
    let mut evidence: Vec<Evidence> = Vec::new();
    evidence.extend(pod.and_then(|pod| Evidence::of_pod(survey.resolved, pod, "spec")));
    evidence.push(Evidence::of(port.stored, "spec.selector"));
    let command = pod.map(describe);
    let is_open = pod.is_some_and(|pod| survey.occupants().may_preempt(pod));
    let cause = Cause::certain(fault, evidence);
    let cause = if is_open { cause.possible() } else { cause };
    vec![match command {
        Some(command) => cause.with_command(command),
        None => cause,
    }]
}

/// A pod that names a node which does not exist.
fn of_missing_node(survey: &Survey, port: PortOf, pod: &Pod) -> Option<Cause> {
    let nodes = &survey.resolved.cluster.nodes;
    let node = &pod.spec.node_name;
    if node.is_empty() || nodes.contains_key(node) {
        return None;
    }
    let names: Vec<&str> = nodes.keys().map(SmolStr::as_str).collect();
    let fault = Fault::Pod(PodFault::SelectedPodOnMissingNode {
        service: port.service.metadata.name.to_string(),
        pod: pod.metadata.name.to_string(),
        node: node.to_string(),
        nodes: names.join(", "),
    });
    let evidence = Evidence::of_pod(survey.resolved, pod, "spec.nodeName");
    let evidence = evidence
        .into_iter()
        .chain([Evidence::of(port.stored, "spec.selector")]);
    Some(Cause::certain(fault, evidence.collect()).with_command(describe(pod)))
}

/// Why a pod has finished, in the words of its status: `Evicted: The node was low on resource: memory.`
fn end_of(pod: &Pod) -> String {
    let status = &pod.status;
    let parts = [status.reason.as_str(), status.message.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(": ").trim_end_matches('.').to_owned()
}

/// The pods have no address of the Service's families.
pub(super) fn of_other_family(survey: &Survey, port: PortOf, pods: &[&Pod]) -> Option<Cause> {
    let families = &port.service.spec.ip_families;
    let is_served = |pod: &&Pod| families.iter().any(|family| pod.address(*family).is_some());
    if families.is_empty() || pods.iter().any(is_served) {
        return None;
    }
    let pod = pods.first()?;
    let shown = |families: &mut dyn Iterator<Item = Family>| {
        let names: Vec<String> = families.map(|family| family.to_string()).collect();
        names.join(", ")
    };
    let fault = Fault::Selection(SelectionFault::SelectedPodsOfOtherFamily {
        service: port.service.metadata.name.to_string(),
        wanted: shown(&mut families.iter().copied()),
        pod: pod.metadata.name.to_string(),
        found: shown(&mut pod.addresses().map(Family::of)),
    });
    let mut evidence = vec![Evidence::of(port.stored, "spec.ipFamilies")];
    evidence.extend(Evidence::of_pod(survey.resolved, pod, "metadata.name"));
    Some(Cause::certain(fault, evidence))
}

/// Selected pods have addresses, and no pod is ready.
pub(super) fn causes_of_not_ready(survey: &Survey, port: PortOf, pods: &[&Pod]) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    for pod in pods {
        if pod.is_ready() && !pod.is_terminating() {
            continue;
        }
        let cause = not_ready(survey.resolved, port, pod);
        let is_same = |known: &Cause| is_same_reason(&known.fault, &cause.fault);
        if !causes.iter().any(is_same) {
            causes.push(cause);
        }
    }
    causes
}

/// Why some of the selected pods can never be ready, while others are: what the text itself shows.
pub(super) fn causes_of_some(survey: &Survey, port: PortOf, pods: &[&Pod]) -> Vec<Cause> {
    let waits = |pod: &&&Pod| {
        let is_shown = unmet_gate(pod).is_some()
            || pod.failing_probe().is_some()
            || pod.status.waiting_init.is_some()
            || pod.status.waiting_probe;
        is_shown && !pod.is_ready() && !pod.is_terminating()
    };
    let waiting: Vec<&Pod> = pods.iter().filter(waits).copied().collect();
    causes_of_not_ready(survey, port, &waiting)
}

/// Whether two pods are not ready for the same reason: one of them is enough to name.
fn is_same_reason(one: &Fault, other: &Fault) -> bool {
    let (Fault::Pod(one), Fault::Pod(other)) = (one, other) else {
        return one == other;
    };
    match (one, other) {
        (
            PodFault::ReadinessGateNotSet { condition, .. },
            PodFault::ReadinessGateNotSet {
                condition: other, ..
            },
        ) => condition == other,
        (
            PodFault::ContainerNotRunning { reason, .. },
            PodFault::ContainerNotRunning { reason: other, .. },
        ) => reason == other,
        _ => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}

fn not_ready(resolved: &Resolved, port: PortOf, pod: &Pod) -> Cause {
    let service = port.service.metadata.name.to_string();
    let name = pod.metadata.name.to_string();
    if !pod.is_terminating()
        && let Some(cause) = reported::of_waiting_container(resolved, port, pod)
    {
        return cause;
    }
    if !pod.is_terminating()
        && let Some(cause) = init_wait::of_pod(resolved, pod)
    {
        return cause;
    }
    let (fault, field) = if pod.is_terminating() {
        (
            Fault::Pod(PodFault::SelectedPodTerminating { service, pod: name }),
            "metadata",
        )
    } else if let Some(condition) = unmet_gate(pod) {
        let fault = Fault::Pod(PodFault::ReadinessGateNotSet {
            service,
            pod: name,
            condition,
        });
        (fault, "spec.readinessGates")
    } else if pod.metadata.annotations.contains_key(READY_ANNOTATION) {
        let fault = Fault::Pod(PodFault::SelectedPodStatedNotReady { service, pod: name });
        (fault, "metadata.annotations")
    } else if let Some(failing) = pod.failing_probe() {
        return probe_fails(resolved, port, pod, &failing, None);
    } else if let Some(wait) =
        unmet_probe(&resolved.cluster, pod).filter(|_| pod.status.waiting_probe)
    {
        return probe_fails(resolved, port, pod, &wait.failing, Some(&wait.service.name));
    } else {
        return reported::of_running_pod(resolved, port, pod);
    };
    let mut evidence: Vec<Evidence> = Vec::new();
    evidence.extend(Evidence::of_pod(resolved, pod, field));
    evidence.push(Evidence::of(port.stored, "spec.selector"));
    Cause::certain(fault, evidence).with_command(describe(pod))
}

/// The field of what a probe asks.
pub(in crate::causes) fn probed_field(failing: &FailingProbe) -> String {
    let asked = match failing.why {
        ProbeFault::AsksNode => "host",
        ProbeFault::NoSuchPort
        | ProbeFault::RunsFalse
        | ProbeFault::CallsOwnService
        | ProbeFault::CallsService => "port",
    };
    let action = if failing.probe.http_get.is_some() {
        format!("httpGet.{asked}")
    } else if failing.probe.tcp_socket.is_some() {
        format!("tcpSocket.{asked}")
    } else {
        "exec.command".to_owned()
    };
    let FailingProbe {
        list, index, field, ..
    } = failing;
    format!("spec.{list}[{index}].{field}.{action}")
}

/// The edit of a probe that can never succeed: the port that is meant instead of a name that no port has, and no host, with
/// which the kubelet asks the pod. `asked` is the field of [`probed_field`].
pub(in crate::causes) fn probe_fix(
    failing: &FailingProbe,
    asked: Option<&Evidence>,
) -> Option<Fix> {
    let span = asked?.span?;
    let ports = failing.container.ports.as_slice();
    let text = match (failing.why, ports) {
        (ProbeFault::AsksNode, _) => "\"\"".to_owned(),
        (ProbeFault::NoSuchPort, [only]) => only.container_port.to_string(),
        (ProbeFault::NoSuchPort, _) => {
            let probe = failing.probe;
            let asked = probe.http_get.as_ref().or(probe.tcp_socket.as_ref())?;
            let TargetPort::Name(written) = &asked.port else {
                return None;
            };
            let near = ports.iter().filter_map(|port| {
                let distance = typo_distance(written, &port.name)?;
                Some((distance, port.name.as_str()))
            });
            quoted(near.min()?.1)
        }
        (ProbeFault::RunsFalse | ProbeFault::CallsOwnService | ProbeFault::CallsService, _) => {
            return None;
        }
    };
    Some(Fix { span, text })
}

/// A readiness probe that can never succeed; `called` is the Service that it calls.
fn probe_fails(
    resolved: &Resolved,
    port: PortOf,
    pod: &Pod,
    failing: &FailingProbe,
    called: Option<&str>,
) -> Cause {
    let (probe, why) = (failing.probe, failing.why);
    let container = failing.container;
    let names = container.ports.iter().map(|port| port.name.as_str());
    let names = names.filter(|name| !name.is_empty());
    let names: Vec<&str> = match called {
        Some(service) => vec![service],
        None => names.collect(),
    };
    let fault = Fault::Pod(PodFault::ReadinessProbeFails {
        service: port.service.metadata.name.to_string(),
        pod: pod.metadata.name.to_string(),
        container: container.name.to_string(),
        startup: failing.field == "startupProbe",
        probe: probe.to_string(),
        why,
        names: names.join(", "),
    });
    let field = probed_field(failing);
    let asked = Evidence::of_pod(resolved, pod, &field);
    let fix = probe_fix(failing, asked.as_ref());
    let selector = Evidence::of(port.stored, "spec.selector");
    let evidence = asked.into_iter().chain([selector]).collect();
    let cause = Cause::certain(fault, evidence).with_fix(fix);
    cause.with_command(describe(pod))
}

/// The first readiness gate whose condition is not True.
fn unmet_gate(pod: &Pod) -> Option<String> {
    let (gate, _) = pod.unmet_readiness_gates().next()?;
    Some(gate.to_owned())
}

pub(super) fn describe(pod: &Pod) -> String {
    format!(
        "kubectl describe pod {} -n {}",
        pod.metadata.name, pod.metadata.namespace
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::config::Config;
    use crate::diagnostic::Problem;
    use crate::manifest::Source;
    use crate::resolve::resolve;
    use crate::testing::dedent;

    #[test]
    fn each_reason_not_to_be_ready_is_named_once() {
        let pod = |name: &str, annotations: &str, spec: &str| {
            format!(
                "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, labels: {{app: web}}, annotations: {{{annotations}}}}}\n\
                 spec: {{{spec}containers: [{{name: web, image: web}}]}}\n"
            )
        };
        let service = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{port: 80}]}
            ",
        );
        let stated = "kubehop/ready: 'false'";
        let gate = "readinessGates: [{conditionType: example.com/live}], ";
        let text = service
            + &pod("stated-0", stated, "")
            + &pod("stated-1", stated, "")
            + &pod("gated-0", "", gate);
        let resolved = resolve(&Source::read(&text), &Config::default());
        let causes = crate::causes::check(&resolved);
        let named: Vec<&str> = causes
            .iter()
            .filter_map(|problem| match &problem.problem {
                Problem::Cause(Fault::Pod(
                    PodFault::SelectedPodStatedNotReady { pod, .. }
                    | PodFault::ReadinessGateNotSet { pod, .. },
                )) => Some(pod.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(named, ["stated-0", "gated-0"]);
    }

    #[test]
    fn the_fix_lets_a_probe_ask_the_pod() {
        for (before, after) in [
            ("readinessProbe: {httpGet: {port: htpp}}", "{port: http}"),
            (
                "startupProbe: {httpGet: {host: 127.0.0.1, port: http}}",
                "{host: \"\", port: http}",
            ),
            (
                "livenessProbe: {tcpSocket: {port: metrcis}}",
                "{port: metrics}",
            ),
        ] {
            let text = format!(
                "apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec: {{selector: {{app: web}}, ports: [{{port: 80}}]}}\n---\n\
                 apiVersion: v1\nkind: Pod\nmetadata: {{name: web, labels: {{app: web}}}}\nspec:\n  containers:\n  - name: c\n    image: i\n    ports: [{{name: http, containerPort: 80}}, {{name: metrics, containerPort: 90}}]\n    {before}\n"
            );
            let found = crate::causes::tests::check_text(&text, &Config::default());
            let fixed = found.into_iter().find_map(|(_, fixed)| fixed);
            assert!(fixed.expect("a fix").contains(after), "{before}");
        }
    }
}
