//! Rules for how a Job finds its pods (`pkg/apis/batch/validation/validation.go` `validateGeneratedSelector`,
//! `ValidateJobSpec`).

use super::{selector, workload};
use crate::apiserver::errors::{ApiError, invalid, required};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::apiserver::job_selector::generated_labels;
use crate::manifest::tree::{Yaml, YamlValue};

/// What is wrong with a selector and labels that the server is to generate: the user's must not differ.
pub(super) fn generated(job: &Field) -> Vec<ApiError> {
    let (metadata, spec) = (job.child("metadata"), job.child("spec"));
    let selector = spec.child("selector");
    if spec.child("manualSelector").is_true() || !selector.is_set() {
        return Vec::new();
    }
    let uid = metadata.child("uid");
    let mut errors = Vec::new();
    if uid.text().is_empty() {
        errors.push(required(&uid.path, ""));
    }
    let labels = spec.at(&["template", "metadata", "labels"]);
    let mut expected = Yaml::new(YamlValue::Map(Vec::new()), Default::default());
    for (key, value) in generated_labels(metadata.child("name").text(), uid.text()) {
        errors.extend(has_label(&labels, key, value));
        expected.set(key, YamlValue::String(value.into()));
    }
    if selector::is_usable(&selector) && !selector::matches(&selector, &Field::root(&expected)) {
        errors.push(invalid(
            &selector.path,
            to_json(selector.node()),
            "`selector` not auto-generated",
        ));
    }
    errors
}

/// `core/validation.go` `ValidateHasLabel`.
fn has_label(labels: &Field, key: &str, expected: &str) -> Option<ApiError> {
    let label = labels.entry(key);
    let detail = format!("must be '{expected}'");
    if !label.is_set() {
        return Some(required(&label.path, &detail));
    }
    (label.text() != expected).then(|| invalid(&label.path, to_json(labels.node()), detail))
}

/// What is wrong with the selector of a Job's spec, generated or not.
pub(super) fn of_spec(spec: &Field) -> Vec<ApiError> {
    let field = spec.child("selector");
    let mut errors = if field.is_set() {
        selector::errors(&field)
    } else {
        vec![required(&field.path, "")]
    };
    errors.extend(workload::does_not_match(spec, &field));
    errors
}

#[cfg(test)]
mod tests {
    use crate::apiserver::Rejection;
    use crate::apiserver::testing::{node, store};
    use crate::cluster::generate_name::generated_uid;
    use crate::kinds::Kind;

    const POD: &str =
        r#""spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"nginx"}]}"#;

    /// What is wrong with a Job named `own` with these fields beside the template.
    fn said(spec: &str, labels: &str) -> Vec<String> {
        let job = format!(
            r#"{{"metadata":{{"name":"own"}},"spec":{{{spec}"template":{{"metadata":{{"labels":{labels}}},{POD}}}}}}}"#
        );
        match store().create(Kind::Job, node(&job)).outcome {
            Err(Rejection::Invalid(errors)) => errors.iter().map(ToString::to_string).collect(),
            outcome => {
                assert!(outcome.is_ok(), "{outcome:?}");
                Vec::new()
            }
        }
    }

    #[test]
    fn a_selector_of_ones_own_is_written_with_manual_selector() {
        let uid = generated_uid("Job", "default", "own");
        assert_eq!(
            said(r#""selector":{"matchLabels":{"a":"b"}},"#, r#"{"a":"b"}"#),
            [format!(
                r#"spec.selector: Invalid value: {{"matchLabels":{{"a":"b","batch.kubernetes.io/controller-uid":"{uid}"}}}}: `selector` not auto-generated"#
            )]
        );
        let manual = r#""manualSelector":true,"selector":{"matchLabels":{"a":"b"}},"#;
        assert_eq!(said(manual, r#"{"a":"b"}"#), [""; 0]);
    }

    #[test]
    fn a_manual_selector_is_required_and_matches() {
        assert_eq!(
            said(r#""manualSelector":true,"#, r#"{"a":"b"}"#),
            [
                "spec.selector: Required value",
                r#"spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`"#
            ]
        );
    }

    #[test]
    fn a_generated_label_is_not_chosen() {
        let errors = said("", r#"{"job-name":"other"}"#);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(
            errors[0].starts_with("spec.template.metadata.labels[job-name]: Invalid value: {")
                && errors[0].ends_with(": must be 'own'"),
            "{errors:?}"
        );
    }

    #[test]
    fn a_job_that_is_replaced_brings_its_selector() {
        let job = node(&format!(
            r#"{{"metadata":{{"name":"own"}},"spec":{{"template":{{{POD}}}}}}}"#
        ));
        let mut server = store();
        assert!(server.create(Kind::Job, job.clone()).outcome.is_ok());
        let Err(Rejection::Invalid(errors)) = server.replace(Kind::Job, job).outcome else {
            panic!("is valid");
        };
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            said[..3],
            [
                "spec.selector: Required value",
                "spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`",
                "spec.selector: Invalid value: null: field is immutable"
            ]
        );
        assert!(
            said[3].starts_with("spec.template: Invalid value: {"),
            "{said:?}"
        );
    }
}
