//! Rules for Jobs and CronJobs (`pkg/apis/batch/validation`), those that do not need a running controller.

use super::cron;
use super::job_policies;
use super::job_selector;
use super::pod;
use super::values::{domain_prefixed_path, not_negative, one_of, one_of_when_set};
use crate::apiserver::errors::{
    ApiError, invalid, invalid_text, required, too_long, unsupported, unsupported_value,
};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::syntax::{is_dns1123_label, quote};

/// How long a CronJob's name may be, so that its Jobs' names fit a label.
const CRON_JOB_NAME: usize = 52;
/// The maximum length of `managedBy` in bytes.
const MANAGER_LENGTH: usize = 63;
/// How many indexes a Job may run at once, and have as failed ones. With more completions and a limit for each index the
/// second number counts.
const INDEXES: i64 = 100_000;
const INDEXES_OF_MANY: i64 = 10_000;

/// What is wrong with a Job beside its metadata (`ValidateJob`).
pub(crate) fn errors(job: &Field) -> Vec<ApiError> {
    let spec = job.child("spec");
    let mut errors = job_selector::generated(job);
    errors.extend(spec_errors(&spec));
    errors.extend(job_selector::of_spec(&spec));
    errors.extend(last_host_name(job));
    errors
}

/// The pods of an Indexed Job have host names, of which the last one is the longest.
fn last_host_name(job: &Field) -> Option<ApiError> {
    let (spec, name) = (job.child("spec"), job.at(&["metadata", "name"]));
    let completions = spec.child("completions").int();
    if spec.child("completionMode").text() != "Indexed" || completions <= 0 {
        return None;
    }
    let host = format!("{}-{}", name.text(), completions - 1);
    let detail = format!("will not able to create pod with invalid DNS label: {host}");
    let is_wrong = !is_dns1123_label(&host).is_empty();
    is_wrong.then(|| invalid(&name.path, quote(name.text()), detail))
}

fn spec_errors(spec: &Field) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for count in [
        "parallelism",
        "completions",
        "activeDeadlineSeconds",
        "backoffLimit",
        "ttlSecondsAfterFinished",
    ] {
        errors.extend(not_negative(&spec.child(count)));
    }
    errors.extend(indexes(spec));
    errors.extend(job_policies::errors(spec));
    let template = spec.child("template");
    errors.extend(pod::template(&template, &spec.child(pod::CLAIMS)));
    let policy = template.at(&["spec", "restartPolicy"]);
    match policy.text() {
        "OnFailure" | "Never" => errors.extend(job_policies::restart_policy(spec, &policy)),
        "Always" | "" => errors.push(required(
            &policy.path,
            r#"valid values: "OnFailure", "Never""#,
        )),
        text => errors.push(unsupported(&policy.path, text, &["OnFailure", "Never"])),
    }
    errors
}

/// Only a Job whose completions are counted one by one looks at each of them.
fn indexes(spec: &Field) -> Vec<ApiError> {
    let mode = spec.child("completionMode");
    let each = ["backoffLimitPerIndex", "maxFailedIndexes"].map(|name| spec.child(name));
    let [per_index, most] = &each;
    let mut errors: Vec<ApiError> = each.iter().flat_map(not_negative).collect();
    if most.is_set() && !per_index.is_set() {
        errors.push(required(
            &per_index.path,
            "when maxFailedIndexes is specified",
        ));
    }
    errors.extend(manager(&spec.child("managedBy")));
    errors.extend(one_of_when_set(&mode, &["NonIndexed", "Indexed"]));
    match mode.text() {
        "Indexed" => errors.extend(indexed(spec)),
        "" | "NonIndexed" => {
            let set = each.iter().filter(|field| field.is_set());
            errors.extend(set.map(|field| {
                invalid(
                    &field.path,
                    field.int().to_string(),
                    "requires indexed completion mode",
                )
            }));
        }
        _ => {}
    }
    errors
}

/// Another controller than the server's own is named by a path below its domain.
fn manager(field: &Field) -> Vec<ApiError> {
    if !field.is_set() {
        return Vec::new();
    }
    let mut errors = domain_prefixed_path(field);
    if field.text().len() > MANAGER_LENGTH {
        errors.push(too_long(&field.path, MANAGER_LENGTH));
    }
    errors
}

/// How many indexes an Indexed Job may have.
fn indexed(spec: &Field) -> Vec<ApiError> {
    let (completions, at_once) = (spec.child("completions"), spec.child("parallelism"));
    let failed = spec.child("maxFailedIndexes");
    let over = |field: &Field, most: i64, when: &str| {
        let detail = format!("must be less than or equal to {most}{when}");
        let number = field.int();
        (number > most).then(|| invalid(&field.path, number.to_string(), detail))
    };
    let mut errors = Vec::new();
    if !completions.is_set() {
        let detail = "when completion mode is Indexed";
        errors.push(required(&completions.path, detail));
    }
    errors.extend(over(&at_once, INDEXES, " when completion mode is Indexed"));
    if completions.is_set() && failed.int() > completions.int() {
        let detail = "must be less than or equal to completions";
        errors.push(invalid(&failed.path, failed.int().to_string(), detail));
    }
    errors.extend(over(&failed, INDEXES, ""));
    if completions.int() > INDEXES && spec.child("backoffLimitPerIndex").is_set() {
        if !failed.is_set() {
            let detail = format!("must be specified when completions is above {INDEXES}");
            errors.push(required(&failed.path, &detail));
        }
        let when =
            format!(" when completions are above {INDEXES} and used with backoff limit per index");
        errors.extend(over(&at_once, INDEXES_OF_MANY, &when));
        errors.extend(over(&failed, INDEXES_OF_MANY, &when));
    }
    errors
}

/// What is wrong with a CronJob beside its metadata.
pub(crate) fn cron_errors(job: &Field) -> Vec<ApiError> {
    let spec = job.child("spec");
    let mut errors = Vec::new();
    let schedule = spec.child("schedule");
    match schedule.text() {
        "" => errors.push(required(&schedule.path, "")),
        _ => errors.extend(cron::errors(&schedule)),
    }
    errors.extend(not_negative(&spec.child("startingDeadlineSeconds")));
    errors.extend(cron::time_zone(&spec.child("timeZone")));
    errors.extend(one_of(
        &spec.child("concurrencyPolicy"),
        &["Allow", "Forbid", "Replace"],
    ));
    let template = spec.at(&["jobTemplate", "spec"]);
    errors.extend(spec_errors(&template));
    errors.extend(own_selector(&template));
    for count in ["successfulJobsHistoryLimit", "failedJobsHistoryLimit"] {
        errors.extend(not_negative(&spec.child(count)));
    }
    errors
}

/// A Job that is made from a CronJob gets its selector when it is made.
fn own_selector(template: &Field) -> Vec<ApiError> {
    let (selector, by_hand) = (template.child("selector"), template.child("manualSelector"));
    let mut errors = Vec::new();
    if selector.is_set() {
        errors.push(invalid(
            &selector.path,
            to_json(selector.node()),
            "`selector` will be auto-generated",
        ));
    }
    if by_hand.is_true() {
        errors.push(unsupported_value(
            &by_hand.path,
            "true".to_owned(),
            ["nil", "false"],
        ));
    }
    errors
}

/// A new CronJob leaves room for what is added to the names of its Jobs.
pub(crate) fn long_name(job: &Field) -> Vec<ApiError> {
    let name = job.at(&["metadata", "name"]);
    let detail = format!("must be no more than {CRON_JOB_NAME} characters");
    let details = if name.text().len() > CRON_JOB_NAME {
        vec![detail]
    } else {
        Vec::new()
    };
    invalid_text(&name.path, name.text(), details)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn an_indexed_job_needs_completions() {
        let found = |spec: &str| {
            let job = node(spec);
            indexes(&Field::root(&job))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found(r#"{"completionMode":"Indexed"}"#),
            ["completions: Required value: when completion mode is Indexed"]
        );
        assert_eq!(
            found(r#"{"backoffLimitPerIndex":1}"#),
            ["backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode"]
        );
    }

    #[test]
    fn a_manager_is_a_path_below_a_domain() {
        let found = |name: &str| {
            let name = node(&format!("\"{name}\""));
            manager(&Field::root(&name)).len()
        };
        assert_eq!((found("example.com/a"), found("a")), (0, 1));
        assert_eq!(found(&format!("example.com/{}", "a".repeat(60))), 1);
    }

    #[test]
    fn an_indexed_job_has_a_limit_of_indexes() {
        let found = |spec: &str| {
            let job = node(spec);
            indexed(&Field::root(&job))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found(r#"{"completions":3,"parallelism":100001,"maxFailedIndexes":4}"#),
            [
                "parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed",
                "maxFailedIndexes: Invalid value: 4: must be less than or equal to completions"
            ]
        );
        assert_eq!(
            found(r#"{"completions":100001,"parallelism":10001,"backoffLimitPerIndex":1}"#),
            [
                "maxFailedIndexes: Required value: must be specified when completions is above 100000",
                "parallelism: Invalid value: 10001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index"
            ]
        );
    }

    #[test]
    fn a_cron_job_has_no_selector_of_its_own() {
        let template = node(r#"{"selector":{"matchLabels":{"a":"b"}},"manualSelector":true}"#);
        assert_eq!(
            own_selector(&Field::root(&template))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>(),
            [
                r#"selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` will be auto-generated"#,
                r#"manualSelector: Unsupported value: true: supported values: "nil", "false""#
            ]
        );
    }

    #[test]
    fn a_new_cron_jobs_name_leaves_room_for_its_jobs() {
        let found = |length: usize| {
            let job = node(&format!(
                r#"{{"metadata":{{"name":"{}"}}}}"#,
                "a".repeat(length)
            ));
            long_name(&Field::root(&job)).len()
        };
        assert_eq!((found(52), found(53)), (0, 1));
    }

    #[test]
    fn the_last_pod_of_an_indexed_job_has_a_host_name() {
        let found = |name: &str, mode: &str| {
            let job = node(&format!(
                r#"{{"metadata":{{"name":"{name}"}},"spec":{{"completions":3,"completionMode":"{mode}"}}}}"#
            ));
            last_host_name(&Field::root(&job)).map(|error| error.to_string())
        };
        let expected = r#"metadata.name: Invalid value: "a.b": will not able to create pod with invalid DNS label: a.b-2"#;
        assert_eq!(found("a.b", "Indexed").as_deref(), Some(expected));
        assert_eq!(found("a.b", "NonIndexed"), None);
        assert_eq!(found("ab", "Indexed"), None);
    }

    #[test]
    fn a_job_says_what_becomes_of_failed_containers() {
        let job = node(r#"{"spec":{"template":{"spec":{"restartPolicy":"Always"}}}}"#);
        let last = spec_errors(&Field::root(&job).child("spec"))
            .pop()
            .map(|error| error.to_string());
        let expected = r#"spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never""#;
        assert_eq!(last.as_deref(), Some(expected));
    }
}
