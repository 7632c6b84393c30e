//! `kubectl describe job` and `kubectl describe cronjob`.

use super::pod_spec::template;
use super::{controlled_by, head, metadata, name, truth};
use crate::manifest::tree::Yaml;
use crate::printers::age::{Timestamp, human_duration, long_date};
use crate::printers::fields::{at, items, number, or, scalar, selector, text};
use crate::printers::table::Page;

pub(crate) fn job(page: &mut Page, job: &Yaml) {
    name(page, job);
    page.field("Selector", selector(job, "spec.selector").to_string());
    metadata(page, job);
    controlled_by(page, job);
    page.field_if_set("Parallelism", scalar(job, "spec.parallelism"));
    page.field(
        "Completions",
        or(&scalar(job, "spec.completions"), "<unset>"),
    );
    page.field_if_set("Completion Mode", text(job, "spec.completionMode"));
    page.field_if_set("Suspend", scalar(job, "spec.suspend"));
    page.field_if_set("Backoff Limit", scalar(job, "spec.backoffLimit"));
    page.field_if_set(
        "TTL Seconds After Finished",
        scalar(job, "spec.ttlSecondsAfterFinished"),
    );
    times(page, job);
    if at(job, "spec.activeDeadlineSeconds").is_some() {
        page.field(
            "Active Deadline Seconds",
            format!("{}s", number(job, "spec.activeDeadlineSeconds")),
        );
    }
    page.field("Pods Statuses", pods(job));
    if text(job, "spec.completionMode") == "Indexed" {
        page.field(
            "Completed Indexes",
            completed_indexes(text(job, "status.completedIndexes")),
        );
    }
    template(page, at(job, "spec.template").unwrap_or(&Yaml::default()));
}

/// The finished indexes; a list of more than fifty characters ends at its next comma (`capIndexesListOrNone`).
fn completed_indexes(indexes: &str) -> String {
    const SOFT_LIMIT: usize = 50;
    let comma = indexes
        .char_indices()
        .find(|&(place, letter)| place >= SOFT_LIMIT && letter == ',');
    match comma.and_then(|(place, _)| indexes.get(..=place)) {
        Some(shown) => format!("{shown}..."),
        None => or(indexes, "<none>").to_owned(),
    }
}

fn times(page: &mut Page, job: &Yaml) {
    let [start, end] = ["status.startTime", "status.completionTime"].map(|field| text(job, field));
    for (title, time) in [("Start Time", start), ("Completed At", end)] {
        if !time.is_empty() {
            page.field(title, long_date(time));
        }
    }
    if let (Some(start), Some(end)) = (Timestamp::read(start), Timestamp::read(end)) {
        page.field("Duration", human_duration(end.0 - start.0));
    }
}

fn pods(job: &Yaml) -> String {
    let [active, succeeded, failed, ready] = ["active", "succeeded", "failed", "ready"]
        .map(|field| number(job, &format!("status.{field}")));
    let ready = match at(job, "status.ready") {
        Some(_) => format!(" ({ready} Ready)"),
        None => String::new(),
    };
    format!("{active} Active{ready} / {succeeded} Succeeded / {failed} Failed")
}

pub(crate) fn cron_job(page: &mut Page, job: &Yaml) {
    let or_unset = |path: &str| or(&scalar(job, path), "<unset>").to_owned();
    head(page, job);
    page.field("Schedule", text(job, "spec.schedule"));
    page.field("Concurrency Policy", text(job, "spec.concurrencyPolicy"));
    page.field("Suspend", truth(job, "spec.suspend"));
    page.field("Time Zone", or_unset("spec.timeZone"));
    page.field(
        "Successful Job History Limit",
        or_unset("spec.successfulJobsHistoryLimit"),
    );
    page.field(
        "Failed Job History Limit",
        or_unset("spec.failedJobsHistoryLimit"),
    );
    let deadline = scalar(job, "spec.startingDeadlineSeconds");
    let seconds = if deadline.is_empty() {
        "<unset>".to_owned()
    } else {
        format!("{deadline}s")
    };
    page.field("Starting Deadline Seconds", seconds);
    job_template(
        page,
        at(job, "spec.jobTemplate").unwrap_or(&Yaml::default()),
    );
    let last = match text(job, "status.lastScheduleTime") {
        "" => "<unset>".to_owned(),
        time => long_date(time),
    };
    page.field("Last Schedule Time", last);
    let active: Vec<&str> = items(job, "status.active")
        .iter()
        .map(|job| text(job, "name"))
        .collect();
    page.field("Active Jobs", or(&active.join(", "), "<none>"));
}

fn job_template(page: &mut Page, job: &Yaml) {
    match at(job, "spec.selector") {
        Some(_) => page.field("Selector", selector(job, "spec.selector").to_string()),
        None => page.field("Selector", "<unset>"),
    }
    page.field(
        "Parallelism",
        or(&scalar(job, "spec.parallelism"), "<unset>"),
    );
    page.field(
        "Completions",
        or(&scalar(job, "spec.completions"), "<unset>"),
    );
    if at(job, "spec.activeDeadlineSeconds").is_some() {
        page.field(
            "Active Deadline Seconds",
            format!("{}s", number(job, "spec.activeDeadlineSeconds")),
        );
    }
    template(page, at(job, "spec.template").unwrap_or(&Yaml::default()));
}

#[cfg(test)]
mod tests {
    use super::super::tests::described;
    use super::*;

    #[test]
    fn a_job_prints_how_long_it_took() {
        let status =
            r#"{"startTime": "1970-01-01T00:00:00Z", "completionTime": "1970-01-01T00:01:00Z"}"#;
        let said = described(&[&format!(r#"{{"kind": "Job", "status": {status}}}"#)]);
        assert!(said.contains("Duration:       60s"), "{said}");
    }
    #[test]
    fn a_long_list_of_finished_indexes_ends_at_its_next_comma() {
        let long: String = (10..40).map(|index| format!("{index},")).collect();
        assert_eq!(completed_indexes(""), "<none>");
        assert_eq!(completed_indexes("0-9,11"), "0-9,11");
        assert_eq!(completed_indexes(&long), format!("{}...", &long[..51]));
    }
}
