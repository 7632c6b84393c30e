//! Rules for Jobs and CronJobs (`pkg/apis/batch/validation`), those that do not need a running controller.

use super::pod;
use super::values::{not_negative, one_of, one_of_when_set};
use crate::engine::cluster::admission::error::{ApiError, invalid_text, required};
use crate::engine::cluster::admission::field::Field;

/// How long a CronJob's name may be, so that its Jobs' names fit a label.
const CRON_JOB_NAME: usize = 52;

/// What is wrong with a Job beside its metadata.
pub fn errors(job: &Field) -> Vec<ApiError> {
    spec_errors(&job.child("spec"))
}

fn spec_errors(spec: &Field) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for count in ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"] {
        errors.extend(not_negative(&spec.child(count)));
    }
    errors.extend(one_of_when_set(&spec.child("completionMode"), &["NonIndexed", "Indexed"]));
    let template = spec.child("template");
    errors.extend(pod::template(&template, &spec.child(pod::CLAIMS)));
    let policy = template.at(&["spec", "restartPolicy"]);
    if policy.text() == "Always" {
        errors.push(required(&policy.path, r#"valid values: "OnFailure", "Never""#));
    }
    errors
}

/// What is wrong with a CronJob beside its metadata.
pub fn cron_errors(job: &Field) -> Vec<ApiError> {
    let (name, spec) = (job.at(&["metadata", "name"]), job.child("spec"));
    let mut errors = Vec::new();
    if name.text().len() > CRON_JOB_NAME {
        let detail = format!("must be no more than {CRON_JOB_NAME} characters");
        errors.extend(invalid_text(&name.path, name.text(), vec![detail]));
    }
    let schedule = spec.child("schedule");
    if schedule.text().is_empty() {
        errors.push(required(&schedule.path, ""));
    }
    errors.extend(one_of(&spec.child("concurrencyPolicy"), &["Allow", "Forbid", "Replace"]));
    errors.extend(spec_errors(&spec.at(&["jobTemplate", "spec"])));
    for count in ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"] {
        errors.extend(not_negative(&spec.child(count)));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::cluster::admission::testing::node;

    #[test]
    fn a_job_says_what_becomes_of_failed_containers() {
        let job = node(r#"{"spec":{"template":{"spec":{"restartPolicy":"Always"}}}}"#);
        let last = errors(&Field::root(&job)).pop().map(|error| error.to_string());
        let expected = r#"spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never""#;
        assert_eq!(last.as_deref(), Some(expected));
    }
}
