//! `kubectl get` of what limits, scales and ranks workloads (`pkg/printers/internalversion/printers.go`).
//!
//! Their controllers are not modelled: counts are those of a new object.

use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::Timestamp;
use crate::printers::fields::{at, is_true, items, number, or, printed, scalar, text, text_or};
use crate::quantity::Quantity;
use crate::sort;

pub(crate) const POD_DISRUPTION_BUDGET: Printer = Printer {
    columns: &[
        "NAME",
        "MIN AVAILABLE",
        "MAX UNAVAILABLE",
        "ALLOWED DISRUPTIONS",
        "AGE",
    ],
    wide_columns: &[],
    row: |budget, _, now| {
        let [least, most] = ["spec.minAvailable", "spec.maxUnavailable"]
            .map(|field| or(&scalar(budget, field), "N/A").to_owned());
        let allowed = number(budget, "status.disruptionsAllowed").to_string();
        vec![name(budget), least, most, allowed, age(budget, now)]
    },
};

pub(crate) const HORIZONTAL_POD_AUTOSCALER: Printer = Printer {
    columns: &[
        "NAME",
        "REFERENCE",
        "TARGETS",
        "MINPODS",
        "MAXPODS",
        "REPLICAS",
        "AGE",
    ],
    wide_columns: &[],
    row: autoscaler_row,
};

pub(crate) const RESOURCE_QUOTA: Printer = Printer {
    columns: &["NAME", "REQUEST", "LIMIT", "AGE"],
    wide_columns: &[],
    row: quota_row,
};

pub(crate) const PRIORITY_CLASS: Printer = Printer {
    columns: &["NAME", "VALUE", "GLOBAL-DEFAULT", "AGE", "PREEMPTIONPOLICY"],
    wide_columns: &[],
    row: |class, _, now| {
        vec![
            name(class),
            number(class, "value").to_string(),
            is_true(class, "globalDefault").to_string(),
            age(class, now),
            text_or(class, "preemptionPolicy", "PreemptLowerPriority").to_owned(),
        ]
    },
};

fn autoscaler_row(autoscaler: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let of = ["spec.scaleTargetRef.kind", "spec.scaleTargetRef.name"];
    let least = scalar(autoscaler, "spec.minReplicas");
    vec![
        name(autoscaler),
        of.map(|field| text(autoscaler, field)).join("/"),
        targets(autoscaler),
        or(&least, "1").to_owned(),
        number(autoscaler, "spec.maxReplicas").to_string(),
        number(autoscaler, "status.currentReplicas").to_string(),
        age(autoscaler, now),
    ]
}

/// The first two metrics with what they should be (`formatHPAMetrics`). Without metrics it is the use of CPU, 80 %
/// unless the autoscaler is written in v1 and says otherwise.
fn targets(autoscaler: &Yaml) -> String {
    const SHOWN: usize = 2;
    let now = items(autoscaler, "status.currentMetrics");
    let metrics = items(autoscaler, "spec.metrics").iter().enumerate();
    let mut list: Vec<String> = metrics
        .map(|(place, metric)| self::metric(metric, now.get(place)))
        .collect();
    if list.is_empty() {
        let of_cpu = "CPUUtilizationPercentage";
        let now = percent(autoscaler, &format!("status.current{of_cpu}"), "<unknown>");
        let wanted = percent(autoscaler, &format!("spec.target{of_cpu}"), "80%");
        return format!("cpu: {now}/{wanted}");
    }
    let more = list.len().saturating_sub(SHOWN);
    list.truncate(SHOWN);
    match more {
        0 => list.join(", "),
        more => format!("{} + {more} more...", list.join(", ")),
    }
}

fn metric(metric: &Yaml, status: Option<&Yaml>) -> String {
    let source = match text(metric, "type") {
        "External" => "external",
        "Pods" => "pods",
        "Object" => "object",
        "Resource" => "resource",
        "ContainerResource" => "containerResource",
        _ => return "<unknown type>".to_owned(),
    };
    let nothing = Yaml::default();
    let spec = at(metric, source).unwrap_or(&nothing);
    let status = status
        .and_then(|status| at(status, source))
        .unwrap_or(&nothing);
    let value_of = |field: &str| {
        let now = amount(status, &format!("current.{field}"));
        let wanted = amount(spec, &format!("target.{field}"));
        format!("{}/{wanted}", or(&now, "<unknown>"))
    };
    let is_average = at(spec, "target.averageValue").is_some();
    match source {
        "external" | "object" if is_average => format!("{} (avg)", value_of("averageValue")),
        "external" | "object" => value_of("value"),
        "pods" => value_of("averageValue"),
        _ if is_average => format!("{}: {}", text(spec, "name"), value_of("averageValue")),
        _ => {
            let now = percent(status, "current.averageUtilization", "<unknown>");
            let wanted = percent(spec, "target.averageUtilization", "<auto>");
            format!("{}: {now}/{wanted}", text(spec, "name"))
        }
    }
}

fn percent(node: &Yaml, path: &str, none: &str) -> String {
    match at(node, path) {
        Some(_) => format!("{}%", number(node, path)),
        None => none.to_owned(),
    }
}

/// A quantity as the server writes it; empty when there is none.
fn amount(node: &Yaml, path: &str) -> String {
    at(node, path).map(quantity).unwrap_or_default()
}

fn quantity(node: &Yaml) -> String {
    let written = printed(node);
    let amount = Quantity::read(&written).map(|amount| amount.to_string());
    amount.unwrap_or(written)
}

/// What was used of each resource; limits have a column of their own (`printResourceQuota`).
fn quota_row(quota: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let hard = at(quota, "status.hard")
        .map(Yaml::entries)
        .unwrap_or_default();
    let mut hard: Vec<(&str, &Yaml)> = hard
        .iter()
        .map(|entry| (entry.key.as_str(), &entry.value))
        .collect();
    sort::sort_by_key(&mut hard, |(resource, _)| *resource);
    let used = at(quota, "status.used");
    let told = |(resource, hard): &(&str, &Yaml)| {
        let used = used.and_then(|used| used.get(resource)).map(quantity);
        let used = used.unwrap_or_else(|| "0".to_owned());
        format!("{resource}: {used}/{}", quantity(hard))
    };
    let (limits, requests): (Vec<_>, Vec<_>) = hard
        .into_iter()
        .partition(|(resource, _)| resource.starts_with("limits."));
    let [requests, limits] =
        [requests, limits].map(|list| list.iter().map(told).collect::<Vec<_>>().join(", "));
    vec![name(quota), requests, limits, age(quota, now)]
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn a_budget_has_one_of_two_bounds() {
        let row = cells(
            r#"{"kind": "PodDisruptionBudget", "metadata": {"name": "web"}, "spec": {"maxUnavailable": "25%"}}"#,
        );
        assert_eq!(row, ["web", "N/A", "25%", "0", "<unknown>"]);
    }

    #[test]
    fn an_autoscaler_that_measured_nothing_does_not_know() {
        let target = r#""scaleTargetRef": {"kind": "Deployment", "name": "web"}, "maxReplicas": 5"#;
        let row = cells(&format!(
            r#"{{"kind": "HorizontalPodAutoscaler", "spec": {{{target}}}}}"#
        ));
        let expected = ["Deployment/web", "cpu: <unknown>/80%", "1", "5", "0"];
        assert_eq!(row[1..6], expected);
    }

    #[test]
    fn two_metrics_are_shown_and_the_rest_is_counted() {
        let cpu = r#"{"type": "Resource", "resource": {"name": "cpu", "target": {"averageUtilization": 60}}}"#;
        let memory = r#"{"type": "Resource", "resource": {"name": "memory", "target": {"averageValue": "1024Mi"}}}"#;
        let pods = r#"{"type": "Pods", "pods": {"target": {"averageValue": "1k"}}}"#;
        let spec = format!(r#"{{"metrics": [{cpu}, {memory}, {pods}]}}"#);
        let status =
            r#"{"currentMetrics": [{"resource": {"current": {"averageUtilization": 20}}}]}"#;
        let row = cells(&format!(
            r#"{{"kind": "HorizontalPodAutoscaler", "spec": {spec}, "status": {status}}}"#
        ));
        assert_eq!(row[2], "cpu: 20%/60%, memory: <unknown>/1Gi + 1 more...");
    }

    #[test]
    fn a_quota_prints_limits_in_a_separate_column() {
        let row = cells(
            r#"{"kind": "ResourceQuota", "metadata": {"name": "small"}, "status": {
                "hard": {"pods": "10", "limits.cpu": "2", "cpu": "1"}, "used": {"pods": "3"}}}"#,
        );
        let expected = [
            "small",
            "cpu: 0/1, pods: 3/10",
            "limits.cpu: 0/2",
            "<unknown>",
        ];
        assert_eq!(row, expected);
        let fresh = cells(r#"{"kind": "ResourceQuota", "spec": {"hard": {"pods": "10"}}}"#);
        assert_eq!(fresh[1..3], ["", ""]);
    }

    #[test]
    fn a_priority_class_preempts_by_default() {
        let row =
            cells(r#"{"kind": "PriorityClass", "metadata": {"name": "high"}, "value": 1000}"#);
        let expected = ["high", "1000", "false", "<unknown>", "PreemptLowerPriority"];
        assert_eq!(row, expected);
    }
}
