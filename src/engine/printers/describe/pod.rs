//! `kubectl describe pod`.

use super::pod_spec::{spread_constraints, tolerations};
use super::volumes::volumes;
use super::{DescribeContext, container, controlled_by, metadata, name, pairs};
use crate::manifest::tree::Yaml;
use crate::printers::age::{long_date, since};
use crate::printers::fields::{at, condition, items, labels, number, scalar, text};
use crate::printers::table::Page;

pub(crate) fn pod(page: &mut Page, pod: &Yaml, context: DescribeContext) {
    name(page, pod);
    page.field_if_set("Priority", scalar(pod, "spec.priority"));
    page.field_if_set("Priority Class Name", text(pod, "spec.priorityClassName"));
    page.field_if_set("Runtime Class Name", text(pod, "spec.runtimeClassName"));
    page.field_if_set("Service Account", text(pod, "spec.serviceAccountName"));
    match text(pod, "spec.nodeName") {
        "" => page.field("Node", "<none>"),
        node => page.field("Node", format!("{node}/{}", text(pod, "status.hostIP"))),
    }
    if at(pod, "status.startTime").is_some() {
        page.field("Start Time", long_date(text(pod, "status.startTime")));
    }
    metadata(page, pod);
    status(page, pod, context);
    addresses(page, pod);
    controlled_by(page, pod);
    page.field_if_set("NominatedNodeName", text(pod, "status.nominatedNodeName"));
    if let Some(resources) = at(pod, "spec.resources") {
        page.line(0, "Resources:");
        container::resources(page, 1, resources);
    }
    containers(page, pod);
    conditions(page, pod);
    volumes(page, "", items(pod, "spec.volumes"));
    page.field("QoS Class", quality_of_service(pod));
    page.list("Node-Selectors", &pairs(&labels(pod, "spec.nodeSelector")));
    page.list("Tolerations", &tolerations(items(pod, "spec.tolerations")));
    spread_constraints(page, "", items(pod, "spec.topologySpreadConstraints"));
}

fn status(page: &mut Page, pod: &Yaml, context: DescribeContext) {
    let phase = text(pod, "status.phase");
    let going = at(pod, "metadata.deletionTimestamp").and_then(Yaml::as_str);
    match going.filter(|_| !matches!(phase, "Failed" | "Succeeded")) {
        Some(since_when) => {
            page.field(
                "Status",
                format!("Terminating (lasts {})", since(since_when, context.now)),
            );
            let grace = number(pod, "metadata.deletionGracePeriodSeconds");
            page.field("Termination Grace Period", format!("{grace}s"));
        }
        None => page.field("Status", phase),
    }
    page.field_if_set("Reason", text(pod, "status.reason"));
    page.field_if_set("Message", text(pod, "status.message"));
    seccomp(page, 0, pod, "spec.securityContext.seccompProfile");
}

/// The profile of system calls, if one is set.
pub(crate) fn seccomp(page: &mut Page, level: usize, object: &Yaml, path: &str) {
    let Some(profile) = at(object, path) else {
        return;
    };
    page.line(level, format!("SeccompProfile:\t{}", text(profile, "type")));
    if text(profile, "type") == "Localhost" {
        let deeper = if level == 0 { 0 } else { level + 1 };
        page.line(
            deeper,
            format!("LocalhostProfile:\t{}", text(profile, "localhostProfile")),
        );
    }
}

fn addresses(page: &mut Page, pod: &Yaml) {
    page.field("IP", text(pod, "status.podIP"));
    match items(pod, "status.podIPs") {
        [] => page.field("IPs", "<none>"),
        addresses => {
            page.line(0, "IPs:");
            for address in addresses {
                page.line(1, format!("IP:\t{}", text(address, "ip")));
            }
        }
    }
}

fn containers(page: &mut Page, pod: &Yaml) {
    const GROUPS: [(&str, &str, &str); 3] = [
        (
            "Init Containers",
            "spec.initContainers",
            "status.initContainerStatuses",
        ),
        ("Containers", "spec.containers", "status.containerStatuses"),
        (
            "Ephemeral Containers",
            "spec.ephemeralContainers",
            "status.ephemeralContainerStatuses",
        ),
    ];
    for (title, specs, statuses) in GROUPS {
        let of_pod = container::Of::Pod {
            pod,
            statuses: items(pod, statuses),
        };
        if title == "Containers" || !items(pod, specs).is_empty() {
            container::containers(page, title, items(pod, specs), of_pod);
        }
    }
}

fn conditions(page: &mut Page, pod: &Yaml) {
    let gates = items(pod, "spec.readinessGates");
    if !gates.is_empty() {
        page.line(0, "Readiness Gates:");
        page.line(1, "Type\tStatus");
    }
    for gate in gates {
        let kind = text(gate, "conditionType");
        page.line(
            1,
            format!("{kind} \t{} ", condition(pod, kind).unwrap_or("<none>")),
        );
    }
    let conditions = items(pod, "status.conditions");
    if !conditions.is_empty() {
        page.line(0, "Conditions:");
        page.line(1, "Type\tStatus");
    }
    for condition in conditions {
        page.line(
            1,
            format!(
                "{} \t{} ",
                text(condition, "type"),
                text(condition, "status")
            ),
        );
    }
}

/// How the node treats the pod when memory runs short (`qos.GetPodQOS`): asked for nothing, for exactly its limits, or
/// for something between.
fn quality_of_service(pod: &Yaml) -> &str {
    let set = text(pod, "status.qosClass");
    if !set.is_empty() {
        return set;
    }
    let containers = || {
        items(pod, "spec.containers")
            .iter()
            .chain(items(pod, "spec.initContainers"))
    };
    let amount =
        |container: &Yaml, field: &str| match scalar(container, &format!("resources.{field}")) {
            amount if amount == "0" => String::new(),
            amount => amount,
        };
    let fields = [
        "requests.cpu",
        "requests.memory",
        "limits.cpu",
        "limits.memory",
    ];
    let asks_nothing = |container: &Yaml| {
        fields
            .iter()
            .all(|field| amount(container, field).is_empty())
    };
    let is_guaranteed = |container: &Yaml| {
        ["cpu", "memory"].iter().all(|name| {
            let (request, limit) = (
                amount(container, &format!("requests.{name}")),
                amount(container, &format!("limits.{name}")),
            );
            !limit.is_empty() && (request.is_empty() || request == limit)
        })
    };
    match (
        containers().all(asks_nothing),
        containers().all(is_guaranteed),
    ) {
        (true, _) => "BestEffort",
        (false, true) => "Guaranteed",
        (false, false) => "Burstable",
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::described;

    fn line(pod: &str, title: &str) -> String {
        let said = described(&[pod]);
        said.lines()
            .find_map(|line| line.strip_prefix(title))
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    #[test]
    fn a_terminating_pod_prints_for_how_long() {
        let metadata =
            r#"{"deletionTimestamp": "1969-12-31T23:59:50Z", "deletionGracePeriodSeconds": 30}"#;
        let pod = format!(
            r#"{{"kind": "Pod", "metadata": {metadata}, "status": {{"phase": "Running"}}}}"#
        );
        assert_eq!(line(&pod, "Status:"), "Terminating (lasts 10s)");
    }

    #[test]
    fn the_quality_of_service_follows_from_what_was_asked_for() {
        let of = |resources: &str| {
            let containers = format!(r#"{{"containers": [{{"resources": {resources}}}]}}"#);
            line(
                &format!(r#"{{"kind": "Pod", "spec": {containers}}}"#),
                "QoS Class:",
            )
        };
        assert_eq!(of("{}"), "BestEffort");
        assert_eq!(of(r#"{"requests": {"cpu": "1"}}"#), "Burstable");
        assert_eq!(
            of(r#"{"limits": {"cpu": "1", "memory": "1Gi"}}"#),
            "Guaranteed"
        );
    }
}
