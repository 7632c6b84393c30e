//! What the status of a pod in a live dump says about why it is not ready.
//!
//! The kubelet writes the state of every container, and the reason of a container that waits: `CrashLoopBackOff`,
//! `ImagePullBackOff`, `CreateContainerConfigError` (kubernetes `pkg/kubelet/images`, `pkg/kubelet/kuberuntime`). Without a
//! status only an event can have made the pod not ready.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::PortOf;
use crate::cluster::object::{CONTAINERS_READY, Pod, READY};
use crate::diagnostic::{ContainerFault, Fault, PodFault};
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::resolve::{Resolved, Stored};

/// The lists of container statuses: init containers run first, so one that does not end is the cause.
const LISTS: [&str; 2] = ["initContainerStatuses", "containerStatuses"];

/// The reasons of conditions that only repeat that some container or readiness gate is not ready.
const REPEATING: [&str; 4] = [
    "ContainersNotReady",
    "ContainersNotInitialized",
    "ReadinessGatesNotReady",
    "PodCompleted",
];

/// A container of the pod that does not run, in the words of the dump.
pub(super) fn of_waiting_container(resolved: &Resolved, port: PortOf, pod: &Pod) -> Option<Cause> {
    let (stored, status) = reported(resolved, pod)?;
    let found = LISTS.iter().find_map(|list| {
        let listed = status.get(list)?.items().iter().enumerate();
        let mut stopped = listed.filter_map(|(index, own)| Some((index, own, stop_of(own)?)));
        let (index, own, stop) = stopped.next()?;
        Some((*list, index, own, stop))
    });
    let (list, index, own, stop) = found?;
    let is_init = list == LISTS[0];
    let container = text(own, &["name"]).to_owned();
    let pod_name = pod.metadata.name.as_str();
    let why = stop.fault();
    let command = if why == ContainerFault::Exits {
        format!(
            "kubectl logs {pod_name} -c {container} --previous -n {}",
            pod.metadata.namespace
        )
    } else {
        super::pods::describe(pod)
    };
    let field = format!("status.{list}[{index}].state.{}.reason", stop.state);
    let fault = Fault::Pod(PodFault::ContainerNotRunning {
        service: port.service.metadata.name.to_string(),
        pod: pod_name.to_owned(),
        container,
        is_init,
        reason: stop.reason.to_owned(),
        why,
        message: stop.message.to_owned(),
        last: last_exit(own),
    });
    let evidence = vec![
        Evidence::of(stored, &field),
        Evidence::of(port.stored, "spec.selector"),
    ];
    Some(Cause::certain(fault, evidence).with_command(command))
}

/// Why a pod whose containers run is not ready: its probe by the dump, its node, a condition of the dump, or an event.
pub(super) fn of_running_pod(resolved: &Resolved, port: PortOf, pod: &Pod) -> Cause {
    let service = port.service.metadata.name.to_string();
    let name = pod.metadata.name.to_string();
    let status = reported(resolved, pod);
    if let Some(cause) = status.and_then(|own| of_unready_container(resolved, port, pod, own)) {
        return cause;
    }
    let node = resolved.cluster.nodes.get(&pod.spec.node_name);
    let (fault, evidence) = if node.is_some_and(|node| !node.is_ready()) {
        let fault = Fault::Pod(PodFault::PodOfLostNode {
            service,
            pod: name,
            node: pod.spec.node_name.to_string(),
        });
        let id = ObjectName::new("", pod.spec.node_name.as_str());
        let stored = resolved.get(Kind::Node, &id);
        (
            fault,
            stored.map(|stored| Evidence::of(stored, "status.conditions")),
        )
    } else if let Some((stored, index, condition)) =
        status.and_then(|(stored, status)| telling_condition(stored, status))
    {
        let fault = Fault::Pod(PodFault::PodReportedUnready {
            service,
            pod: name,
            reason: text(condition, &["reason"]).to_owned(),
            message: text(condition, &["message"]).to_owned(),
        });
        let field = format!("status.conditions[{index}]");
        (fault, Some(Evidence::of(stored, &field)))
    } else if status.is_some_and(|(_, status)| !is_ready(status)) {
        let fault = Fault::Pod(PodFault::SelectedPodNotReady { service, pod: name });
        let field = "spec.containers[0].readinessProbe";
        (fault, Evidence::of_pod(resolved, pod, field))
    } else {
        let fault = Fault::Pod(PodFault::PodMadeUnready { service, pod: name });
        (fault, Evidence::of_pod(resolved, pod, "metadata.name"))
    };
    let selector = Evidence::of(port.stored, "spec.selector");
    let evidence = evidence.into_iter().chain([selector]).collect();
    Cause::certain(fault, evidence).with_command(super::pods::describe(pod))
}

/// The message of the scheduler about a pod without a node, as the dump has it.
pub(in crate::causes) fn unschedulable(resolved: &Resolved, pod: &Pod) -> Option<String> {
    let (_, status) = reported(resolved, pod)?;
    let conditions = status.get("conditions")?.items();
    let scheduled = conditions
        .iter()
        .find(|own| text(own, &["type"]) == "PodScheduled" && text(own, &["status"]) == "False")?;
    let message = text(scheduled, &["message"]);
    (!message.is_empty()).then(|| message.to_owned())
}

/// The pod as the text has it, with its `status`.
fn reported<'a>(resolved: &'a Resolved, pod: &Pod) -> Option<(&'a Stored, &'a Yaml)> {
    let stored = resolved.get(Kind::Pod, &pod.id())?;
    let status = stored.tree.get("status")?;
    let is_told = ["conditions", "containerStatuses"].iter().any(|list| {
        let listed = status.get(list);
        listed.is_some_and(|own| !own.items().is_empty())
    });
    is_told.then_some((stored, status))
}

/// Whether the dump itself says that the pod is ready: then an event made it not ready.
fn is_ready(status: &Yaml) -> bool {
    let mut conditions = status.get("conditions").into_iter().flat_map(Yaml::items);
    conditions.any(|own| text(own, &["type"]) == READY && text(own, &["status"]) == "True")
}

/// Why a container does not run.
struct Stop<'a> {
    state: &'static str,
    reason: &'a str,
    message: &'a str,
}

impl Stop<'_> {
    /// What the reason means (`pkg/kubelet/images/types.go`, `pkg/kubelet/kuberuntime/kuberuntime_container.go`).
    fn fault(&self) -> ContainerFault {
        match self.reason {
            _ if self.state == "terminated" => ContainerFault::Exits,
            "CrashLoopBackOff" => ContainerFault::Exits,
            "ImagePullBackOff"
            | "ErrImagePull"
            | "InvalidImageName"
            | "ErrImageNeverPull"
            | "ImageInspectError"
            | "RegistryUnavailable" => ContainerFault::Image,
            "CreateContainerConfigError" => ContainerFault::Config,
            "ContainerCreating" => ContainerFault::Creating,
            _ => ContainerFault::Other,
        }
    }
}

/// A container that waits, or that ended with an error; one that only waits for init containers says nothing.
fn stop_of(container: &Yaml) -> Option<Stop<'_>> {
    let state = container.get("state")?;
    for key in ["waiting", "terminated"] {
        let Some(own) = state.get(key) else { continue };
        let reason = text(own, &["reason"]);
        let has_succeeded = key == "terminated" && exit_code(own) == Some(0);
        if reason.is_empty() || reason == "PodInitializing" || has_succeeded {
            return None;
        }
        return Some(Stop {
            state: key,
            reason,
            message: text(own, &["message"]),
        });
    }
    None
}

/// How a container ended the last time: `OOMKilled, exit code 137`; empty if it never did.
fn last_exit(container: &Yaml) -> String {
    let ended = ["lastState", "state"].iter().find_map(|state| {
        let state = container.get(state)?;
        state.get("terminated")
    });
    let Some(ended) = ended else {
        return String::new();
    };
    let code = exit_code(ended).map(|code| format!("exit code {code}"));
    let reason = Some(text(ended, &["reason"]).to_owned()).filter(|reason| !reason.is_empty());
    let parts: Vec<String> = reason.into_iter().chain(code).collect();
    parts.join(", ")
}

fn exit_code(terminated: &Yaml) -> Option<i64> {
    serde_json::Value::from(terminated.get("exitCode")?).as_i64()
}

/// A container that runs and is not ready: its readiness probe, or the startup probe before it, fails.
fn of_unready_container(
    resolved: &Resolved,
    port: PortOf,
    pod: &Pod,
    (stored, status): (&Stored, &Yaml),
) -> Option<Cause> {
    let is_false = |own: &&Yaml, field: &str| {
        let value = own.get(field).map(serde_json::Value::from);
        value == Some(serde_json::Value::Bool(false))
    };
    let listed = status.get("containerStatuses")?.items().iter();
    let runs = |own: &Yaml| {
        own.get("state")
            .is_some_and(|own| own.get("running").is_some())
    };
    let mut unready = listed
        .enumerate()
        .filter(|(_, own)| is_false(own, "ready") && runs(own));
    let (index, own) = unready.next()?;
    let name = text(own, &["name"]);
    let mut containers = pod.spec.containers.iter();
    let position = containers.position(|container| container.name == name);
    let probe = position.and_then(|at| pod.spec.containers[at].readiness_probe.as_deref());
    let is_starting = is_false(&own, "started");
    let fault = Fault::Pod(PodFault::ContainerReportedUnready {
        service: port.service.metadata.name.to_string(),
        pod: pod.metadata.name.to_string(),
        container: name.to_owned(),
        probe: probe.map(ToString::to_string).unwrap_or_default(),
        is_starting,
    });
    let written = if is_starting {
        "startupProbe"
    } else {
        "readinessProbe"
    };
    let asked = position.and_then(|at| {
        let field = format!("spec.containers[{at}].{written}");
        Evidence::of_pod(resolved, pod, &field)
    });
    let reported = Evidence::of(stored, &format!("status.containerStatuses[{index}].ready"));
    let selector = Evidence::of(port.stored, "spec.selector");
    let evidence = asked.into_iter().chain([reported, selector]).collect();
    Some(Cause::certain(fault, evidence).with_command(super::pods::describe(pod)))
}

/// A condition `Ready` or `ContainersReady` that is not True and says why in its own words.
fn telling_condition<'a>(
    stored: &'a Stored,
    status: &'a Yaml,
) -> Option<(&'a Stored, usize, &'a Yaml)> {
    let mut conditions = status.get("conditions")?.items().iter().enumerate();
    let (index, condition) = conditions.find(|(_, own)| {
        let reason = text(own, &["reason"]);
        let is_about_readiness = [READY, CONTAINERS_READY].contains(&text(own, &["type"]));
        let says_why = !reason.is_empty() && !REPEATING.contains(&reason);
        is_about_readiness && text(own, &["status"]) != "True" && says_why
    })?;
    Some((stored, index, condition))
}

/// A text below a value; empty if there is none.
fn text<'a>(tree: &'a Yaml, path: &[&str]) -> &'a str {
    tree.at(path).and_then(Yaml::as_str).unwrap_or_default()
}
