//! Rules for the kinds that keep pods running (`pkg/apis/apps/validation`, `ValidateReplicationController`).
//!
//! Each kind checks its selector against its template in its own words and order.

use super::values::{label, not_negative};
use super::{pod, selector};
use crate::apiserver::errors::{
    ApiError, forbidden, invalid, required, unsupported, unsupported_value,
};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::{text_in_json, to_json};
use crate::manifest::tree::YamlValue;
use crate::syntax::quote;

/// The errors of a deployment, `metadata` apart.
pub(crate) fn deployment(object: &Field) -> Vec<ApiError> {
    let spec = &object.child("spec");
    let mut errors = not_negative(&spec.child("replicas"));
    errors.extend(selector_and_template(
        spec,
        "deployment",
        "invalid label selector",
    ));
    errors.extend(deployment_strategy(&spec.child("strategy")));
    errors.extend(not_negative(&spec.child("minReadySeconds")));
    errors.extend(not_negative(&spec.child("revisionHistoryLimit")));
    let deadline = spec.child("progressDeadlineSeconds");
    errors.extend(not_negative(&deadline));
    if deadline.is_set() && deadline.int() <= spec.child("minReadySeconds").int() {
        errors.push(invalid(
            &deadline.path,
            deadline.int().to_string(),
            "must be greater than minReadySeconds",
        ));
    }
    errors
}

/// The errors of a replica set, `metadata` apart.
pub(crate) fn replica_set(object: &Field) -> Vec<ApiError> {
    let spec = &object.child("spec");
    let mut errors = not_negative(&spec.child("replicas"));
    errors.extend(not_negative(&spec.child("minReadySeconds")));
    // The server calls it a deployment here, too.
    errors.extend(selector_and_template(
        spec,
        "deployment",
        "invalid label selector",
    ));
    errors
}

/// The errors of a stateful set, `metadata` apart.
pub(crate) fn stateful_set(object: &Field) -> Vec<ApiError> {
    let spec = &object.child("spec");
    let mut errors = pod_management(spec);
    errors.extend(stateful_set_strategy(&spec.child("updateStrategy")));
    errors.extend(kept_claims(
        &spec.child("persistentVolumeClaimRetentionPolicy"),
    ));
    errors.extend(not_negative(&spec.child("replicas")));
    errors.extend(not_negative(&spec.child("minReadySeconds")));
    errors.extend(not_negative(&spec.at(&["ordinals", "start"])));
    let service = spec.child("serviceName");
    if !service.text().is_empty() {
        errors.extend(label(&service));
    }
    errors.extend(selector_and_template(spec, "statefulset", ""));
    errors
}

/// The errors of a daemon set, `metadata` apart.
pub(crate) fn daemon_set(object: &Field) -> Vec<ApiError> {
    let spec = &object.child("spec");
    let selector_field = spec.child("selector");
    let mut errors = selector::errors(&selector_field);
    errors.extend(does_not_match(spec, &selector_field));
    errors.extend(empty_selector(&selector_field, "daemonset"));
    errors.extend(pod::template(
        &spec.child("template"),
        &spec.child(pod::CLAIMS),
    ));
    errors.extend(always_running(spec, "DaemonSet"));
    errors.extend(not_negative(&spec.child("minReadySeconds")));
    errors.extend(daemon_set_strategy(&spec.child("updateStrategy")));
    errors.extend(not_negative(&spec.child("revisionHistoryLimit")));
    errors
}

/// The errors of a replication controller, `metadata` apart.
pub(crate) fn replication_controller(object: &Field) -> Vec<ApiError> {
    let spec = &object.child("spec");
    let selector = spec.child("selector");
    let template = spec.child("template");
    let mut errors = not_negative(&spec.child("minReadySeconds"));
    if selector.is_empty() {
        errors.push(required(&selector.path, ""));
    }
    errors.extend(not_negative(&spec.child("replicas")));
    let found = template.at(&["metadata", "labels"]);
    let is_in = |pair: &(&str, &str)| found.texts().contains(pair);
    if !selector.texts().iter().all(is_in) {
        errors.push(mismatch(&found));
    }
    errors.extend(pod::template(&template, &spec.child(pod::CLAIMS)));
    errors.extend(always_running(spec, "ReplicationController"));
    errors
}

/// The selector of a Deployment, ReplicaSet or StatefulSet, and with it the template.
fn selector_and_template(spec: &Field, kind: &str, unusable: &str) -> Vec<ApiError> {
    let field = spec.child("selector");
    let mut errors = if field.is_set() {
        selector::errors(&field)
    } else {
        vec![required(&field.path, "")]
    };
    errors.extend(empty_selector(&field, kind));
    if !selector::is_usable(&field) {
        errors.push(invalid(&field.path, to_json(field.node()), unusable));
        return match kind {
            // A StatefulSet's pods are still looked at for how they restart.
            "statefulset" => {
                errors.extend(always_running(spec, "StatefulSet"));
                errors
            }
            _ => errors,
        };
    }
    if !field.is_set() || !selector::is_empty(&field) {
        errors.extend(does_not_match(spec, &field));
    }
    errors.extend(pod::template(
        &spec.child("template"),
        &spec.child(pod::CLAIMS),
    ));
    errors.extend(always_running(
        spec,
        if kind == "statefulset" {
            "StatefulSet"
        } else {
            "ReplicaSet"
        },
    ));
    errors
}

fn empty_selector(field: &Field, kind: &str) -> Vec<ApiError> {
    let is_wrong = field.is_set() && selector::is_empty(field);
    let error = || {
        invalid(
            &field.path,
            "{}",
            format!("empty selector is invalid for {kind}"),
        )
    };
    if is_wrong { vec![error()] } else { Vec::new() }
}

/// The error of a usable selector that does not match the template's labels.
pub(super) fn does_not_match(spec: &Field, field: &Field) -> Vec<ApiError> {
    let found = spec.at(&["template", "metadata", "labels"]);
    let is_wrong = selector::is_usable(field) && !selector::matches(field, &found);
    if is_wrong {
        vec![mismatch(&found)]
    } else {
        Vec::new()
    }
}

/// Why a workload's template is refused whose labels its selector does not match.
pub(crate) const SELECTOR_MISMATCH: &str = "`selector` does not match template `labels`";

fn mismatch(labels: &Field) -> ApiError {
    invalid(&labels.path, to_json(labels.node()), SELECTOR_MISMATCH)
}

/// These kinds start a pod's containers again, whatever became of them.
fn always_running(spec: &Field, kind: &str) -> Vec<ApiError> {
    let pod = spec.at(&["template", "spec"]);
    let (policy, deadline) = (
        pod.child("restartPolicy"),
        pod.child("activeDeadlineSeconds"),
    );
    let mut errors = Vec::new();
    if policy.text() != "Always" {
        errors.push(unsupported(&policy.path, policy.text(), &["Always"]));
    }
    if deadline.is_set() {
        errors.push(forbidden(
            &deadline.path,
            &format!("activeDeadlineSeconds in {kind} is not Supported"),
        ));
    }
    errors
}

/// What becomes of the volumes of pods that go.
fn kept_claims(policy: &Field) -> Vec<ApiError> {
    const KNOWN: [&str; 2] = ["Retain", "Delete"];
    let fields = ["whenDeleted", "whenScaled"].map(|when| policy.child(when));
    let wrong = fields
        .iter()
        .filter(|field| policy.is_set() && !KNOWN.contains(&field.text()));
    wrong
        .map(|field| unsupported(&field.path, field.text(), &KNOWN))
        .collect()
}

fn pod_management(spec: &Field) -> Vec<ApiError> {
    let field = spec.child("podManagementPolicy");
    match field.text() {
        "" => vec![required(&field.path, "")],
        "OrderedReady" | "Parallel" => Vec::new(),
        text => vec![invalid(
            &field.path,
            quote(text),
            "must be 'OrderedReady' or 'Parallel'",
        )],
    }
}

fn deployment_strategy(strategy: &Field) -> Vec<ApiError> {
    let update = strategy.child("rollingUpdate");
    match strategy.child("type").text() {
        "Recreate" if update.is_set() => {
            let detail = "may not be specified when strategy `type` is 'Recreate'";
            vec![forbidden(&update.path, detail)]
        }
        "Recreate" => Vec::new(),
        "RollingUpdate" => rolling_deployment(&update),
        _ => vec![unknown_strategy(strategy, &["Recreate", "RollingUpdate"])],
    }
}

fn daemon_set_strategy(strategy: &Field) -> Vec<ApiError> {
    match strategy.child("type").text() {
        "OnDelete" => Vec::new(),
        "RollingUpdate" => rolling_daemon_set(&strategy.child("rollingUpdate")),
        _ => vec![unknown_strategy(strategy, &["RollingUpdate", "OnDelete"])],
    }
}

/// The server prints the whole strategy, in its own names.
fn unknown_strategy(strategy: &Field, known: &[&str]) -> ApiError {
    unsupported_value(
        &strategy.path,
        strategy_in_go(strategy),
        known.iter().copied(),
    )
}

fn strategy_in_go(strategy: &Field) -> String {
    let update = strategy.child("rollingUpdate");
    let count = |key: &'static str| to_json(update.child(key).node());
    let update = if update.is_set() {
        format!(
            r#"{{"MaxUnavailable":{},"MaxSurge":{}}}"#,
            count("maxUnavailable"),
            count("maxSurge")
        )
    } else {
        "null".to_owned()
    };
    format!(
        r#"{{"Type":{},"RollingUpdate":{update}}}"#,
        text_in_json(strategy.child("type").text())
    )
}

/// An update that may neither add a pod nor take one away would never end.
fn rolling_deployment(update: &Field) -> Vec<ApiError> {
    let (unavailable, surge) = (update.child("maxUnavailable"), update.child("maxSurge"));
    let mut errors = count_or_share(&unavailable);
    errors.extend(count_or_share(&surge));
    if is_zero(&unavailable) && is_zero(&surge) {
        let detail = "may not be 0 when `maxSurge` is 0";
        errors.push(invalid(
            &unavailable.path,
            to_json(unavailable.node()),
            detail,
        ));
    }
    errors.extend(at_most_all(&unavailable));
    errors
}

/// A DaemonSet either adds a pod to a node first or takes one away first.
fn rolling_daemon_set(update: &Field) -> Vec<ApiError> {
    let (unavailable, surge) = (update.child("maxUnavailable"), update.child("maxSurge"));
    let mut errors = count_or_share(&unavailable);
    errors.extend(count_or_share(&surge));
    errors.extend(at_most_all(&unavailable));
    errors.extend(at_most_all(&surge));
    match (is_zero(&unavailable), is_zero(&surge)) {
        (false, false) => {
            let detail = "may not be set when maxUnavailable is non-zero";
            errors.push(invalid(&surge.path, to_json(surge.node()), detail));
        }
        (true, true) => errors.push(required(
            &unavailable.path,
            "cannot be 0 when maxSurge is 0",
        )),
        (true, false) | (false, true) => {}
    }
    errors
}

fn is_zero(field: &Field) -> bool {
    match field.node().map(|node| &node.value) {
        Some(YamlValue::String(share)) => {
            share
                .strip_suffix('%')
                .and_then(|number| number.parse().ok())
                == Some(0)
        }
        Some(YamlValue::Int(number)) => *number == 0,
        Some(
            YamlValue::Null
            | YamlValue::Bool(_)
            | YamlValue::Float(_)
            | YamlValue::Seq(_)
            | YamlValue::Map(_),
        )
        | None => true,
    }
}

fn count_or_share(field: &Field) -> Vec<ApiError> {
    match field.node().map(|node| &node.value) {
        Some(YamlValue::String(share)) if share_of(share).is_none() => {
            let detail = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
            vec![invalid(&field.path, quote(share), detail)]
        }
        Some(
            YamlValue::Null
            | YamlValue::Bool(_)
            | YamlValue::Int(_)
            | YamlValue::Float(_)
            | YamlValue::String(_)
            | YamlValue::Seq(_)
            | YamlValue::Map(_),
        )
        | None => not_negative(field),
    }
}

fn at_most_all(field: &Field) -> Vec<ApiError> {
    let is_wrong = share_of(field.text()).is_some_and(|share| share > 100);
    let error = || {
        invalid(
            &field.path,
            quote(field.text()),
            "must not be greater than 100%",
        )
    };
    if is_wrong { vec![error()] } else { Vec::new() }
}

fn share_of(text: &str) -> Option<u64> {
    let digits = text
        .strip_suffix('%')
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok()
}

fn stateful_set_strategy(strategy: &Field) -> Vec<ApiError> {
    let (kind, update) = (strategy.child("type"), strategy.child("rollingUpdate"));
    match kind.text() {
        "" => vec![required(&kind.path, "")],
        "OnDelete" if update.is_set() => {
            let detail = "only allowed for updateStrategy 'RollingUpdate'";
            vec![invalid(&update.path, rolling_set_in_go(&update), detail)]
        }
        "OnDelete" => Vec::new(),
        "RollingUpdate" => rolling_stateful_set(&update),
        _ => {
            let detail = "must be 'RollingUpdate' or 'OnDelete'";
            vec![invalid(
                &strategy.path,
                stateful_strategy_in_go(strategy),
                detail,
            )]
        }
    }
}

/// `maxUnavailable` is optional, and not zero.
fn rolling_stateful_set(update: &Field) -> Vec<ApiError> {
    let unavailable = update.child("maxUnavailable");
    let mut errors = not_negative(&update.child("partition"));
    if unavailable.is_set() {
        errors.extend(count_or_share(&unavailable));
        if is_zero(&unavailable) {
            let value = to_json(unavailable.node());
            errors.push(invalid(&unavailable.path, value, "cannot be 0"));
        }
        errors.extend(at_most_all(&unavailable));
    }
    errors
}

fn stateful_strategy_in_go(strategy: &Field) -> String {
    let update = strategy.child("rollingUpdate");
    let kind = text_in_json(strategy.child("type").text());
    let update = if update.is_set() {
        rolling_set_in_go(&update)
    } else {
        "null".to_owned()
    };
    format!(r#"{{"Type":{kind},"RollingUpdate":{update}}}"#)
}

fn rolling_set_in_go(update: &Field) -> String {
    let (partition, unavailable) = (
        update.child("partition").int(),
        update.child("maxUnavailable"),
    );
    format!(
        r#"{{"Partition":{partition},"MaxUnavailable":{}}}"#,
        to_json(unavailable.node())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::refusal;
    use crate::kinds::Kind;

    #[test]
    fn a_selector_matches_its_template() {
        let set = r#"{"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"api"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}"#;
        let error = r#"spec.template.metadata.labels: Invalid value: {"app":"api"}: `selector` does not match template `labels`"#;
        assert_eq!(
            refusal(Kind::Deployment, set),
            format!(r#"Deployment.apps "web" is invalid: {error}"#)
        );
        assert_eq!(
            refusal(Kind::DaemonSet, set),
            format!(r#"DaemonSet.apps "web" is invalid: {error}"#)
        );
    }

    #[test]
    fn volumes_of_pods_that_go_are_kept_or_deleted() {
        let policy =
            crate::apiserver::testing::node(r#"{"whenDeleted":"Keep","whenScaled":"Delete"}"#);
        assert_eq!(
            kept_claims(&Field::root(&policy))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>(),
            [r#"whenDeleted: Unsupported value: "Keep": supported values: "Retain", "Delete""#]
        );
    }

    #[test]
    fn an_update_that_may_move_nothing_is_refused() {
        let update = crate::apiserver::testing::node(r#"{"maxSurge":0,"maxUnavailable":"0%"}"#);
        assert_eq!(
            rolling_deployment(&Field::root(&update))[0].to_string(),
            r#"maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0"#
        );
    }
}
