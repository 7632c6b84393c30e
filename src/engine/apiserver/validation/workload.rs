//! Rules for the kinds that keep pods running (`pkg/apis/apps/validation`, `ValidateReplicationController`).
//!
//! Each kind checks its selector against its template in its own words and order.

use super::update_strategy::{daemon_set_strategy, deployment_strategy, stateful_set_strategy};
use super::values::{label, not_negative};
use super::{pod, selector};
use crate::apiserver::errors::{ApiError, forbidden, invalid, required, unsupported};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
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
    if !template.is_set() {
        errors.push(required(&template.path, ""));
        return errors;
    }
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
    fn a_replication_controller_needs_a_template() {
        let controller = r#"{"metadata":{"name":"web"},"spec":{"selector":{"app":"web"}}}"#;
        assert_eq!(
            refusal(Kind::ReplicationController, controller),
            r#"ReplicationController "web" is invalid: spec.template: Required value"#
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
}
