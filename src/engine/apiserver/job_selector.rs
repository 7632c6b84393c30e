//! What the server adds to a Job so that it finds its own pods and no others: four labels of the template, and a
//! selector of one of them (`pkg/registry/batch/job/strategy.go` `generateSelector`).

use super::defaulting::{absent, ensure, put, text};
use super::field::Field;
use crate::cluster::generate_name::generated_uid;
use crate::manifest::tree::Yaml;

/// The label that holds the uid of a pod's Job.
pub(crate) const CONTROLLER_UID: &str = "batch.kubernetes.io/controller-uid";

/// The labels by which the pods of a Job name it, with those of before 1.27.
pub(crate) fn generated_labels<'a>(name: &'a str, uid: &'a str) -> [(&'static str, &'a str); 4] {
    [
        ("controller-uid", uid),
        ("job-name", name),
        (CONTROLLER_UID, uid),
        ("batch.kubernetes.io/job-name", name),
    ]
}

/// Gives a new Job its uid, and the selector and the labels that follow from it unless the user chooses them
/// (`generateSelectorIfNeeded`). What is written stays: validation refuses it if it differs.
pub(crate) fn generate(job: &mut Yaml) {
    let uid = uid_of(job);
    let name = Field::root(job).at(&["metadata", "name"]).text().to_owned();
    absent(ensure(job, "metadata"), "uid", text(&uid));
    if Field::root(job).at(&["spec", "manualSelector"]).is_true() {
        return;
    }
    let spec = ensure(job, "spec");
    let labels = ensure(ensure(ensure(spec, "template"), "metadata"), "labels");
    for (key, value) in generated_labels(&name, &uid) {
        absent(labels, key, text(value));
    }
    let matched = ensure(ensure(spec, "selector"), "matchLabels");
    absent(matched, CONTROLLER_UID, text(&uid));
}

/// A new version of a Job is the same Job (`rest.BeforeUpdate`).
pub(crate) fn keep_uid(job: &mut Yaml, old: &Yaml) {
    let uid = old.get("metadata").and_then(|metadata| metadata.get("uid"));
    if let Some(uid) = uid {
        put(ensure(job, "metadata"), "uid", uid.value.clone());
    }
}

/// The uid that a Job has or, if it is new, gets.
fn uid_of(job: &Yaml) -> String {
    let metadata = Field::root(job).child("metadata");
    match metadata.child("uid").text() {
        "" => generated_uid(
            "Job",
            metadata.child("namespace").text(),
            metadata.child("name").text(),
        ),
        uid => uid.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::{node, store};
    use crate::kinds::Kind;

    const PI: &str = r#"{"metadata":{"name":"pi"},"spec":{"template":{"metadata":{"labels":{"app":"pi"}},"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"nginx"}]}}}}"#;

    #[test]
    fn a_job_selects_its_pods_by_its_uid() {
        let job = store().create(Kind::Job, node(PI)).outcome;
        let job = serde_json::Value::from(&*job.expect("is valid"));
        let uid = job["metadata"]["uid"].clone();
        assert_eq!(uid, generated_uid("Job", "default", "pi"));
        let labels = serde_json::json!({
            "app": "pi", "controller-uid": uid, "job-name": "pi",
            "batch.kubernetes.io/controller-uid": uid, "batch.kubernetes.io/job-name": "pi",
        });
        assert_eq!(job["spec"]["template"]["metadata"]["labels"], labels);
        assert_eq!(job["metadata"]["labels"], labels);
        assert_eq!(
            job["spec"]["selector"],
            serde_json::json!({"matchLabels": {"batch.kubernetes.io/controller-uid": uid}})
        );
        assert_eq!(job["spec"]["manualSelector"], false);
    }

    #[test]
    fn a_job_that_is_applied_again_keeps_its_selector_and_one_that_is_replaced_does_not() {
        let mut server = store();
        let first = server.create(Kind::Job, node(PI)).outcome;
        assert_eq!(server.patch(Kind::Job, node(PI)).outcome, first);
        assert!(server.replace(Kind::Job, node(PI)).outcome.is_err());
    }

    #[test]
    fn a_job_from_a_cluster_keeps_the_uid_that_its_selector_names() {
        let dump = PI
            .replace(
                r#"{"name":"pi"}"#,
                r#"{"name":"pi","uid":"u-1","resourceVersion":"7"}"#,
            )
            .replace(
                r#""spec":{"template""#,
                r#""spec":{"selector":{"matchLabels":{"batch.kubernetes.io/controller-uid":"u-1"}},"template""#,
            );
        assert!(store().create(Kind::Job, node(&dump)).outcome.is_ok());
    }
}
