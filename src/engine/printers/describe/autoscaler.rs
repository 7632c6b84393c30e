//! `kubectl describe hpa` (`describeHorizontalPodAutoscalerV2`). Nothing measures here, so current values are those of the
//! text.

use super::head;
use crate::manifest::tree::Yaml;
use crate::printers::age::long_date;
use crate::printers::fields::{at, items, number, or, printed, scalar, text, text_or};
use crate::printers::table::Page;
use crate::quantity::Quantity;

/// The page of a HorizontalPodAutoscaler.
pub(super) fn autoscaler(page: &mut Page, autoscaler: &Yaml) {
    head(page, autoscaler);
    page.field(
        "CreationTimestamp",
        long_date(text(autoscaler, "metadata.creationTimestamp")),
    );
    let kind = text(autoscaler, "spec.scaleTargetRef.kind");
    let name = text(autoscaler, "spec.scaleTargetRef.name");
    page.field("Reference", format!("{kind}/{name}"));
    page.field("Metrics", "( current / target )");
    metrics(page, autoscaler);
    let least = scalar(autoscaler, "spec.minReplicas");
    page.field("Min replicas", or(&least, "1"));
    let most = number(autoscaler, "spec.maxReplicas");
    page.field("Max replicas", most.to_string());
    if let Some(behavior) = at(autoscaler, "spec.behavior") {
        page.line(0, "Behavior:");
        direction(page, "Scale Up", at(behavior, "scaleUp"), &SCALE_UP);
        direction(page, "Scale Down", at(behavior, "scaleDown"), &SCALE_DOWN);
    }
    let [current, desired] = ["currentReplicas", "desiredReplicas"]
        .map(|field| number(autoscaler, &format!("status.{field}")));
    page.field(
        &format!("{kind} pods"),
        format!("{current} current / {desired} desired"),
    );
    conditions(page, autoscaler);
}

/// The metrics with what they are and should be. Without one it is the use of CPU: 80 %, unless the autoscaler is written
/// in v1 and says otherwise.
fn metrics(page: &mut Page, autoscaler: &Yaml) {
    let current = items(autoscaler, "status.currentMetrics");
    let metrics = items(autoscaler, "spec.metrics");
    for (place, metric) in metrics.iter().enumerate() {
        page.line(1, self::metric(metric, current.get(place)));
    }
    if metrics.is_empty() {
        let wanted = scalar(autoscaler, "spec.targetCPUUtilizationPercentage");
        let wanted = or(&wanted, "80");
        page.line(
            1,
            of_request("resource cpu on pods", "<unknown>", &format!("{wanted}%")),
        );
    }
}

/// A metric with its value and its target.
fn metric(metric: &Yaml, status: Option<&Yaml>) -> String {
    let nothing = Yaml::default();
    let field = match text(metric, "type") {
        "External" => "external",
        "Pods" => "pods",
        "Object" => "object",
        "Resource" => "resource",
        "ContainerResource" => "containerResource",
        other => return format!("<unknown metric type {other:?}>"),
    };
    let spec = at(metric, field).unwrap_or(&nothing);
    let status = status.and_then(|status| at(status, field));
    let values = MetricValues {
        spec,
        status: status.unwrap_or(&nothing),
    };
    let resource = text(spec, "name");
    match field {
        "pods" => {
            let name = text(spec, "metric.name");
            format!("{name:?} on pods:\t{}", values.of("averageValue"))
        }
        "external" | "object" => values.of_named(),
        "resource" => values.of_resource(&format!("resource {resource} on pods")),
        _ => {
            let container = text(spec, "container");
            values.of_resource(&format!(
                "resource {resource} of container \"{container}\" on pods"
            ))
        }
    }
}

/// What a metric is to be, and what it is.
struct MetricValues<'a> {
    spec: &'a Yaml,
    status: &'a Yaml,
}

impl MetricValues<'_> {
    fn of(&self, field: &str) -> String {
        let now = amount(self.status, &format!("current.{field}"));
        let wanted = amount(self.spec, &format!("target.{field}"));
        format!("{} / {wanted}", or(&now, "<unknown>"))
    }

    fn is_average(&self) -> bool {
        at(self.spec, "target.averageValue").is_some()
    }

    fn of_named(&self) -> String {
        let name = text(self.spec, "metric.name");
        let object = at(self.spec, "describedObject").map(|object| {
            let (kind, name) = (text(object, "kind"), text(object, "name"));
            format!(" on {kind}/{name}")
        });
        let object = object.unwrap_or_default();
        if self.is_average() {
            let values = self.of("averageValue");
            format!("{name:?}{object} (target average value):\t{values}")
        } else {
            let values = self.of("value");
            format!("{name:?}{object} (target value):\t{values}")
        }
    }

    fn of_resource(&self, about: &str) -> String {
        if self.is_average() {
            return format!("{about}:\t{}", self.of("averageValue"));
        }
        let share = at(self.status, "current.averageUtilization").map(|share| {
            let value = amount(self.status, "current.averageValue");
            format!("{}% ({})", printed(share), or(&value, "0"))
        });
        let wanted = at(self.spec, "target.averageUtilization");
        let wanted = wanted.map(|share| format!("{}%", printed(share)));
        let (now, wanted) = (share.unwrap_or("<unknown>".into()), wanted);
        of_request(about, &now, &wanted.unwrap_or("<auto>".into()))
    }
}

/// A share of what pods request; kubectl indents what follows the resource, too.
fn of_request(about: &str, now: &str, wanted: &str) -> String {
    format!("{about}  (as a percentage of request):\t{now} / {wanted}")
}

/// A quantity as the server writes it; empty when there is none.
fn amount(node: &Yaml, path: &str) -> String {
    let written = scalar(node, path);
    let amount = Quantity::read(&written).map(|amount| amount.to_string());
    amount.unwrap_or(written)
}

/// What a direction has that is not written (`pkg/apis/autoscaling/v2/defaults.go`).
struct Rules {
    window: Option<i64>,
    policies: &'static [(&'static str, i64, i64)],
}

const SCALE_UP: Rules = Rules {
    window: Some(0),
    policies: &[("Pods", 4, 15), ("Percent", 100, 15)],
};

const SCALE_DOWN: Rules = Rules {
    window: None,
    policies: &[("Percent", 100, 15)],
};

fn direction(page: &mut Page, title: &str, written: Option<&Yaml>, rules: &Rules) {
    let nothing = Yaml::default();
    let written = written.unwrap_or(&nothing);
    page.line(1, format!("{title}:"));
    let window = at(written, "stabilizationWindowSeconds");
    let window = window.map(|_| number(written, "stabilizationWindowSeconds"));
    if let Some(seconds) = window.or(rules.window) {
        page.line(2, format!("Stabilization Window: {seconds} seconds"));
    }
    let select = text_or(written, "selectPolicy", "Max");
    page.line(2, format!("Select Policy: {select}"));
    page.line(2, "Policies:");
    let mut policy = |kind: &str, value: i64, seconds: i64| {
        page.line(
            3,
            format!("- Type: {kind}\tValue: {value}\tPeriod: {seconds} seconds"),
        );
    };
    match items(written, "policies") {
        [] => {
            for &(kind, value, seconds) in rules.policies {
                policy(kind, value, seconds);
            }
        }
        policies => {
            for own in policies {
                policy(
                    text(own, "type"),
                    number(own, "value"),
                    number(own, "periodSeconds"),
                );
            }
        }
    }
}

fn conditions(page: &mut Page, autoscaler: &Yaml) {
    let conditions = items(autoscaler, "status.conditions");
    if !conditions.is_empty() {
        page.line(0, "Conditions:");
        page.line(1, "Type\tStatus\tReason\tMessage");
        page.line(1, "----\t------\t------\t-------");
    }
    for condition in conditions {
        let cells = ["type", "status", "reason", "message"].map(|field| text(condition, field));
        page.line(1, cells.join("\t"));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::tests::described;

    #[test]
    fn metrics_are_told_with_what_they_should_be() {
        let target = r#""scaleTargetRef": {"kind": "Deployment", "name": "web"}, "maxReplicas": 5"#;
        let cpu = r#"{"type": "Resource", "resource": {"name": "cpu", "target": {"averageUtilization": 60}}}"#;
        let pods = r#"{"type": "Pods", "pods": {"metric": {"name": "hits"}, "target": {"averageValue": "1000"}}}"#;
        let behavior = r#""behavior": {"scaleDown": {"stabilizationWindowSeconds": 60}}"#;
        let said = described(&[&format!(
            r#"{{"kind": "HorizontalPodAutoscaler", "metadata": {{"name": "web", "namespace": "default"}},
                "spec": {{{target}, "metrics": [{cpu}, {pods}], {behavior}}}}}"#
        )]);
        expect![[r#"
            Name:                                                  web
            Namespace:                                             default
            Labels:                                                <none>
            Annotations:                                           <none>
            CreationTimestamp:                                     Mon, 01 Jan 0001 00:00:00 +0000
            Reference:                                             Deployment/web
            Metrics:                                               ( current / target )
              resource cpu on pods  (as a percentage of request):  <unknown> / 60%
              "hits" on pods:                                      <unknown> / 1k
            Min replicas:                                          1
            Max replicas:                                          5
            Behavior:
              Scale Up:
                Stabilization Window: 0 seconds
                Select Policy: Max
                Policies:
                  - Type: Pods     Value: 4    Period: 15 seconds
                  - Type: Percent  Value: 100  Period: 15 seconds
              Scale Down:
                Stabilization Window: 60 seconds
                Select Policy: Max
                Policies:
                  - Type: Percent  Value: 100  Period: 15 seconds
            Deployment pods:       0 current / 0 desired
            Events:                <none>
        "#]]
        .assert_eq(&said);
    }

    #[test]
    fn without_metrics_it_is_the_use_of_cpu() {
        let said = described(&[r#"{"kind": "HorizontalPodAutoscaler"}"#]);
        assert!(
            said.contains("resource cpu on pods  (as a percentage of request):  <unknown> / 80%"),
            "{said}"
        );
    }
}
