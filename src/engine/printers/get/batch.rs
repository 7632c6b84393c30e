//! `kubectl get jobs` and `kubectl get cronjobs`.

use super::workloads::containers;
use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::{Timestamp, human_duration, since};
use crate::printers::fields::{
    at, condition, is_true, items, number, selector_line, text, text_or,
};

pub(crate) const JOB: Printer = Printer {
    columns: &["NAME", "STATUS", "COMPLETIONS", "DURATION", "AGE"],
    wide_columns: &["CONTAINERS", "IMAGES", "SELECTOR"],
    row: job_row,
};

pub(crate) const CRON_JOB: Printer = Printer {
    columns: &[
        "NAME",
        "SCHEDULE",
        "TIMEZONE",
        "SUSPEND",
        "ACTIVE",
        "LAST SCHEDULE",
        "AGE",
    ],
    wide_columns: &["CONTAINERS", "IMAGES", "SELECTOR"],
    row: cron_job_row,
};

fn job_row(job: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let [containers, images] = containers(job, "spec.template");
    vec![
        name(job),
        status(job).to_owned(),
        completions(job),
        duration(job, now),
        age(job, now),
        containers,
        images,
        selector_line(job, "spec.selector"),
    ]
}

fn status(job: &Yaml) -> &'static str {
    let has = |kind| condition(job, kind) == Some("True");
    if has("Complete") {
        "Complete"
    } else if has("Failed") {
        "Failed"
    } else if at(job, "metadata.deletionTimestamp").is_some() {
        "Terminating"
    } else {
        let later = ["Suspended", "FailureTarget", "SuccessCriteriaMet"];
        later
            .into_iter()
            .find(|kind| has(kind))
            .unwrap_or("Running")
    }
}

fn completions(job: &Yaml) -> String {
    let done = number(job, "status.succeeded");
    match (at(job, "spec.completions"), number(job, "spec.parallelism")) {
        (Some(_), _) => format!("{done}/{}", number(job, "spec.completions")),
        (None, parallelism @ 2..) => format!("{done}/1 of {parallelism}"),
        (None, _) => format!("{done}/1"),
    }
}

/// From the start to the end, or to now.
fn duration(job: &Yaml, now: Timestamp) -> String {
    let Some(start) = Timestamp::read(text(job, "status.startTime")) else {
        return String::new();
    };
    let end = Timestamp::read(text(job, "status.completionTime")).unwrap_or(now);
    human_duration(end.0 - start.0)
}

fn cron_job_row(job: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let [containers, images] = containers(job, "spec.jobTemplate.spec.template");
    let last = at(job, "status.lastScheduleTime").and_then(Yaml::as_str);
    let suspended = match (at(job, "spec.suspend"), is_true(job, "spec.suspend")) {
        (None, _) => "<unset>",
        (Some(_), true) => "True",
        (Some(_), false) => "False",
    };
    vec![
        name(job),
        text(job, "spec.schedule").to_owned(),
        text_or(job, "spec.timeZone", "<none>").to_owned(),
        suspended.to_owned(),
        items(job, "status.active").len().to_string(),
        last.map_or_else(|| "<none>".to_owned(), |last| since(last, now)),
        age(job, now),
        containers,
        images,
        selector_line(job, "spec.jobTemplate.spec.selector"),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn a_job_counts_what_is_done_of_what_is_wanted() {
        let row =
            cells(r#"{"kind": "Job", "spec": {"completions": 3}, "status": {"succeeded": 1}}"#);
        assert_eq!(row[1..4], ["Running", "1/3", ""]);
    }
}
