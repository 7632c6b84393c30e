//! `kubectl get pods`. The column STATUS is computed from the containers rather than from the phase.

use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::{Timestamp, since};
use crate::printers::fields::{at, condition, is_true, items, number, or, text, text_or};

pub(crate) const POD: Printer = Printer {
    columns: &["NAME", "READY", "STATUS", "RESTARTS", "AGE"],
    wide_columns: &["IP", "NODE", "NOMINATED NODE", "READINESS GATES"],
    row,
};

fn row(pod: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let summary = ContainerSummary::of(pod);
    let address = items(pod, "status.podIPs")
        .first()
        .map_or(text(pod, "status.podIP"), |first| text(first, "ip"));
    vec![
        name(pod),
        format!("{}/{}", summary.ready, total(pod)),
        summary.status,
        summary.restarts.words(now),
        age(pod, now),
        or(address, "<none>").to_owned(),
        text_or(pod, "spec.nodeName", "<none>").to_owned(),
        text_or(pod, "status.nominatedNodeName", "<none>").to_owned(),
        gates(pod),
    ]
}

/// The status, readiness and restarts of a pod, from its containers.
struct ContainerSummary<'pod> {
    status: String,
    ready: usize,
    restarts: Restarts<'pod>,
}

/// How often containers began again, and when the last one that did had ended.
#[derive(Clone, Copy, Default)]
struct Restarts<'pod> {
    count: i64,
    last: &'pod str,
}

impl<'pod> Restarts<'pod> {
    fn add(&mut self, status: &'pod Yaml) {
        self.count += number(status, "restartCount");
        let ended = text(status, "lastState.terminated.finishedAt");
        if Timestamp::read(ended) > Timestamp::read(self.last) {
            self.last = ended;
        }
    }

    fn words(self, now: Timestamp) -> String {
        if self.count == 0 || self.last.is_empty() {
            self.count.to_string()
        } else {
            format!("{} ({} ago)", self.count, since(self.last, now))
        }
    }
}

/// Init containers that stay beside the others, and those that only come before them.
struct Initializing<'pod> {
    /// The state of the first init container that has not finished; `None` if all have.
    waits_for: Option<String>,
    ready_sidecars: usize,
    restarts: Restarts<'pod>,
    sidecar_restarts: Restarts<'pod>,
}

impl<'pod> ContainerSummary<'pod> {
    fn of(pod: &'pod Yaml) -> ContainerSummary<'pod> {
        let init = initializing(pod);
        let is_initialized = condition(pod, "Initialized") == Some("True");
        let mut summary = match init.waits_for {
            Some(reason) if !is_initialized => ContainerSummary {
                status: reason,
                ready: init.ready_sidecars,
                restarts: init.restarts,
            },
            reason => {
                let summary = by_containers(
                    pod,
                    reason.unwrap_or_else(|| phase(pod)),
                    init.sidecar_restarts,
                );
                ContainerSummary {
                    ready: summary.ready + init.ready_sidecars,
                    ..summary
                }
            }
        };
        let is_going = at(pod, "metadata.deletionTimestamp").is_some();
        if is_going && text(pod, "status.reason") == "NodeLost" {
            summary.status = "Unknown".to_owned();
        } else if is_going && !matches!(text(pod, "status.phase"), "Succeeded" | "Failed") {
            summary.status = "Terminating".to_owned();
        }
        summary
    }
}

/// The phase, or what overrules it before any container is looked at.
fn phase(pod: &Yaml) -> String {
    const GATED: &str = "SchedulingGated";
    let mut conditions = items(pod, "status.conditions").iter();
    let is_gated =
        conditions.any(|it| text(it, "type") == "PodScheduled" && text(it, "reason") == GATED);
    if is_gated {
        GATED.to_owned()
    } else {
        text_or(pod, "status.reason", text(pod, "status.phase")).to_owned()
    }
}

fn initializing(pod: &Yaml) -> Initializing<'_> {
    let (mut restarts, mut sidecar_restarts) = (Restarts::default(), Restarts::default());
    let mut ready_sidecars = 0;
    for (place, status) in items(pod, "status.initContainerStatuses")
        .iter()
        .enumerate()
    {
        let is_sidecar = is_sidecar(pod, text(status, "name"));
        restarts.add(status);
        if is_sidecar {
            sidecar_restarts.add(status);
        }
        if at(status, "state.terminated").is_some()
            && number(status, "state.terminated.exitCode") == 0
        {
            continue;
        }
        if is_sidecar && is_true(status, "started") {
            ready_sidecars += usize::from(is_true(status, "ready"));
            continue;
        }
        let waits_for = Some(init_reason(pod, place, status));
        return Initializing {
            waits_for,
            ready_sidecars,
            restarts,
            sidecar_restarts,
        };
    }
    Initializing {
        waits_for: None,
        ready_sidecars,
        restarts,
        sidecar_restarts,
    }
}

fn init_reason(pod: &Yaml, place: usize, status: &Yaml) -> String {
    if let Some(terminated) = at(status, "state.terminated") {
        return format!("Init:{}", end(terminated));
    }
    match text(status, "state.waiting.reason") {
        "" | "PodInitializing" => {
            format!("Init:{place}/{}", items(pod, "spec.initContainers").len())
        }
        reason => format!("Init:{reason}"),
    }
}

/// The last container that has something to say decides, so the first one of the list has the last word.
fn by_containers<'pod>(
    pod: &'pod Yaml,
    phase: String,
    mut restarts: Restarts<'pod>,
) -> ContainerSummary<'pod> {
    let (mut status, mut failure, mut ready) = (phase, None, 0);
    for container in items(pod, "status.containerStatuses").iter().rev() {
        restarts.add(container);
        let waits_for = text(container, "state.waiting.reason");
        if !waits_for.is_empty() {
            status = waits_for.to_owned();
        } else if let Some(terminated) = at(container, "state.terminated") {
            status = end(terminated);
            if number(terminated, "exitCode") != 0 {
                failure = Some(status.clone());
            }
        } else if is_true(container, "ready") && at(container, "state.running").is_some() {
            ready += 1;
        }
    }
    if status == "Completed" {
        status = completed(pod, failure, ready);
    }
    ContainerSummary {
        status,
        ready,
        restarts,
    }
}

fn completed(pod: &Yaml, failure: Option<String>, running: usize) -> String {
    let is_ready = condition(pod, "Ready") == Some("True");
    match (running > 0, is_ready, failure) {
        (true, true, _) => "Running".to_owned(),
        (_, _, Some(failure)) => failure,
        (true, false, None) => "NotReady".to_owned(),
        (false, _, None) => "Completed".to_owned(),
    }
}

/// Why a container ended.
fn end(terminated: &Yaml) -> String {
    match (text(terminated, "reason"), number(terminated, "signal")) {
        ("", 0) => format!("ExitCode:{}", number(terminated, "exitCode")),
        ("", signal) => format!("Signal:{signal}"),
        (reason, _) => reason.to_owned(),
    }
}

fn total(pod: &Yaml) -> usize {
    let sidecars = items(pod, "spec.initContainers")
        .iter()
        .filter(|it| text(it, "restartPolicy") == "Always");
    items(pod, "spec.containers").len() + sidecars.count()
}

fn is_sidecar(pod: &Yaml, name: &str) -> bool {
    let mut named = items(pod, "spec.initContainers")
        .iter()
        .rev()
        .filter(|container| text(container, "name") == name);
    named
        .next()
        .is_some_and(|container| text(container, "restartPolicy") == "Always")
}

fn gates(pod: &Yaml) -> String {
    let gates = items(pod, "spec.readinessGates");
    let open = gates
        .iter()
        .filter(|gate| condition(pod, text(gate, "conditionType")) == Some("True"))
        .count();
    match gates {
        [] => "<none>".to_owned(),
        gates => format!("{open}/{}", gates.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    /// READY, STATUS and RESTARTS of a pod with two containers.
    fn summary(status: &str) -> String {
        let pod =
            r#"{"kind": "Pod", "spec": {"containers": [{"name": "a"}, {"name": "b"}]}, "status": "#;
        cells(&format!("{pod}{status}}}"))[1..4].join(" ")
    }

    #[test]
    fn a_running_pod_that_is_not_ready_is_still_running() {
        let status = r#"{"phase": "Running", "containerStatuses": [{"state": {"running": {}}, "ready": false}]}"#;
        assert_eq!(summary(status), "0/2 Running 0");
    }

    #[test]
    fn why_a_container_waits_beats_the_phase() {
        let waiting =
            r#"{"state": {"waiting": {"reason": "CrashLoopBackOff"}}, "restartCount": 5}"#;
        let status = format!(r#"{{"phase": "Running", "containerStatuses": [{waiting}]}}"#);
        assert_eq!(summary(&status), "0/2 CrashLoopBackOff 5");
    }

    #[test]
    fn restarts_say_how_long_ago_the_last_one_was() {
        let last = r#"{"terminated": {"finishedAt": "1969-12-31T23:59:50Z"}}"#;
        let container = format!(
            r#"{{"state": {{"running": {{}}}}, "ready": true, "restartCount": 2, "lastState": {last}}}"#
        );
        let status = format!(r#"{{"phase": "Running", "containerStatuses": [{container}]}}"#);
        assert_eq!(summary(&status), "1/2 Running 2 (10s ago)");
    }
}
