//! Defaults of the kinds that make pods (`pkg/apis/apps/v1/defaults.go`, `pkg/apis/batch/v1/defaults.go`).

use super::{absent, claim, each, ensure, has, map, pod, put, text, text_of};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::manifest::tree::{Yaml, YamlValue};

/// Fills in what a deployment leaves out.
pub(crate) fn deployment(object: &mut Yaml) {
    fill_deployment(ensure(object, "spec"));
    template(object);
    first_status(object, &[]);
}

/// Fills in what a replica set leaves out.
pub(crate) fn replica_set(object: &mut Yaml) {
    absent(ensure(object, "spec"), "replicas", YamlValue::Int(1));
    template(object);
    first_status(object, &["replicas"]);
}

/// Fills in what a stateful set leaves out.
pub(crate) fn stateful_set(object: &mut Yaml) {
    fill_stateful_set(ensure(object, "spec"));
    template(object);
    first_status(object, &["availableReplicas", "replicas"]);
}

/// Fills in what a daemon set leaves out.
pub(crate) fn daemon_set(object: &mut Yaml) {
    fill_daemon_set(ensure(object, "spec"));
    template(object);
    let generation = template_generation(object).max(1);
    set_template_generation(object, generation);
    first_status(
        object,
        &[
            "currentNumberScheduled",
            "desiredNumberScheduled",
            "numberMisscheduled",
            "numberReady",
        ],
    );
}

/// The annotation that holds a DaemonSet's `templateGeneration`, a field of the internal version only
/// (`pkg/apis/apps/v1/conversion.go`).
const TEMPLATE_GENERATION: &str = "deprecated.daemonset.template.generation";

/// The generation of a DaemonSet's template; 0 without one.
fn template_generation(object: &Yaml) -> i64 {
    let metadata = Field::root(object).child("metadata");
    let written = metadata.child("annotations").child(TEMPLATE_GENERATION);
    written.text().parse().unwrap_or_default()
}

fn set_template_generation(object: &mut Yaml, generation: i64) {
    let annotations = ensure(ensure(object, "metadata"), "annotations");
    put(
        annotations,
        TEMPLATE_GENERATION,
        text(&generation.to_string()),
    );
}

/// A new version of a DaemonSet keeps the generation of its template, and counts a change of it.
pub(crate) fn carry_template_generation(object: &mut Yaml, old: &Yaml) {
    let template = |object: &Yaml| to_json(Field::root(object).at(&["spec", "template"]).node());
    let is_changed = template(object) != template(old);
    set_template_generation(object, template_generation(old) + i64::from(is_changed));
}

/// Fills in what a replication controller leaves out. It is the one kind whose template may be missing.
pub(crate) fn replication_controller(object: &mut Yaml) {
    let spec = ensure(object, "spec");
    fill_replication_controller(spec);
    if has(spec, "template") {
        template(object);
    }
    labels_of_the_template(object);
    first_status(object, &["replicas"]);
}

/// Fills in what a job leaves out.
pub(crate) fn job(object: &mut Yaml) {
    fill_job(ensure(object, "spec"));
    template(object);
    first_status(object, &[]);
}

/// Fills in what a cron job leaves out.
pub(crate) fn cron_job(object: &mut Yaml) {
    fill_cron_job(ensure(object, "spec"));
    first_status(object, &[]);
}

fn template(object: &mut Yaml) {
    pod::fill_template(ensure(ensure(object, "spec"), "template"));
}

fn fill_deployment(spec: &mut Yaml) {
    absent(spec, "progressDeadlineSeconds", YamlValue::Int(600));
    absent(spec, "replicas", YamlValue::Int(1));
    absent(spec, "revisionHistoryLimit", YamlValue::Int(10));
    let strategy = ensure(spec, "strategy");
    absent(strategy, "type", text("RollingUpdate"));
    if text_of(strategy, "type") == "RollingUpdate" {
        let update = ensure(strategy, "rollingUpdate");
        absent(update, "maxSurge", text("25%"));
        absent(update, "maxUnavailable", text("25%"));
    }
}

fn fill_stateful_set(spec: &mut Yaml) {
    absent(spec, "podManagementPolicy", text("OrderedReady"));
    absent(spec, "replicas", YamlValue::Int(1));
    absent(spec, "revisionHistoryLimit", YamlValue::Int(10));
    absent(spec, "serviceName", text(""));
    let retention = ensure(spec, "persistentVolumeClaimRetentionPolicy");
    absent(retention, "whenDeleted", text("Retain"));
    absent(retention, "whenScaled", text("Retain"));
    let strategy = ensure(spec, "updateStrategy");
    absent(strategy, "type", text("RollingUpdate"));
    if text_of(strategy, "type") == "RollingUpdate" {
        absent(
            ensure(strategy, "rollingUpdate"),
            "partition",
            YamlValue::Int(0),
        );
    }
    each(spec, "volumeClaimTemplates", claim::fill);
}

fn fill_daemon_set(spec: &mut Yaml) {
    absent(spec, "revisionHistoryLimit", YamlValue::Int(10));
    let strategy = ensure(spec, "updateStrategy");
    absent(strategy, "type", text("RollingUpdate"));
    if text_of(strategy, "type") == "RollingUpdate" {
        let update = ensure(strategy, "rollingUpdate");
        absent(update, "maxSurge", YamlValue::Int(0));
        absent(update, "maxUnavailable", YamlValue::Int(1));
    }
}

fn fill_replication_controller(spec: &mut Yaml) {
    absent(spec, "replicas", YamlValue::Int(1));
    if !has(spec, "selector") {
        let labels = spec
            .get("template")
            .and_then(|template| template.get("metadata")?.get("labels"))
            .cloned();
        if let Some(labels) = labels {
            put(spec, "selector", labels.value);
        }
    }
}

/// A ReplicationController or Job without labels takes those of its pods. A new Job's are the same map in the server, so
/// that what `generateSelector` adds to one is in the other.
pub(crate) fn labels_of_the_template(object: &mut Yaml) {
    let template = object.get("spec").and_then(|spec| spec.get("template"));
    let labels = template
        .and_then(|template| template.get("metadata")?.get("labels"))
        .cloned();
    if let Some(labels) = labels {
        absent(ensure(object, "metadata"), "labels", labels.value);
    }
}

fn fill_job(spec: &mut Yaml) {
    if !has(spec, "parallelism") {
        absent(spec, "completions", YamlValue::Int(1));
        put(spec, "parallelism", YamlValue::Int(1));
    }
    // A limit for each index leaves none for all together.
    let retries = if has(spec, "backoffLimitPerIndex") {
        i64::from(i32::MAX)
    } else {
        6
    };
    absent(spec, "backoffLimit", YamlValue::Int(retries));
    absent(spec, "completionMode", text("NonIndexed"));
    absent(spec, "manualSelector", YamlValue::Bool(false));
    absent(spec, "suspend", YamlValue::Bool(false));
    let replacement = if has(spec, "podFailurePolicy") {
        "Failed"
    } else {
        "TerminatingOrFailed"
    };
    absent(spec, "podReplacementPolicy", text(replacement));
    fill_failure_policy(spec);
}

/// A pattern of a pod condition is about a condition that is true.
fn fill_failure_policy(spec: &mut Yaml) {
    let rules = spec
        .get_mut("podFailurePolicy")
        .and_then(|policy| policy.get_mut("rules"));
    for rule in rules.into_iter().flat_map(Yaml::items_mut) {
        let patterns = rule.get_mut("onPodConditions").into_iter();
        for pattern in patterns.flat_map(Yaml::items_mut) {
            absent(pattern, "status", text("True"));
        }
    }
}

/// The job of a CronJob's template is defaulted when it is made from it; its pods' template is defaulted already.
fn fill_cron_job(spec: &mut Yaml) {
    absent(spec, "concurrencyPolicy", text("Allow"));
    absent(spec, "failedJobsHistoryLimit", YamlValue::Int(1));
    absent(spec, "successfulJobsHistoryLimit", YamlValue::Int(3));
    absent(spec, "suspend", YamlValue::Bool(false));
    let template = ensure(spec, "jobTemplate");
    ensure(template, "metadata");
    pod::fill_template(ensure(ensure(template, "spec"), "template"));
}

/// The status of a workload no controller has looked at yet: the counts that are written even when zero.
fn first_status(object: &mut Yaml, counts: &[&str]) {
    let mut status = Yaml::new(map([]), Default::default());
    for count in counts {
        status.set(count, YamlValue::Int(0));
    }
    put(object, "status", status.value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_job_takes_its_pods_labels_and_retries_six_times_or_each_index_for_itself() {
        let filled = |spec: &str| {
            let mut job = node(&format!(
                r#"{{"spec":{{"template":{{"metadata":{{"labels":{{"app":"a"}}}}}}{spec}}}}}"#
            ));
            super::job(&mut job);
            labels_of_the_template(&mut job);
            job
        };
        let limit = |job: &Yaml| {
            job.get("spec")
                .and_then(|spec| spec.get("backoffLimit"))
                .map(|it| it.value.clone())
        };
        let job = filled("");
        assert_eq!(limit(&job), Some(YamlValue::Int(6)));
        assert_eq!(
            limit(&filled(r#","backoffLimitPerIndex":1"#)),
            Some(YamlValue::Int(i64::from(i32::MAX)))
        );
        let labels = job
            .get("metadata")
            .and_then(|metadata| metadata.get("labels"));
        assert_eq!(labels.map(|labels| text_of(labels, "app")), Some("a"));
    }
}
