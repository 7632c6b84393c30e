//! validation: the text of a manifest → what kubectl prints, and what the API server answered for each object.

use kubehop_engine::admission::Admitted;
use kubehop_engine::apiserver::Rejection;
use kubehop_engine::cluster::Config;
use kubehop_engine::kinds::Kind;
use kubehop_engine::manifest::Source;
use kubehop_engine::resolve::new_store;
use serde_json::{Value, json};

use super::{cases, name};
use crate::Case;

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    cases(recording)
        .map(|case| Case {
            name: name(case),
            difference: difference(case),
        })
        .collect()
}

/// What the server answered to one object.
pub(crate) struct Answer {
    /// The index of its document.
    pub document: usize,
    /// The kind of the object.
    pub kind: Kind,
    /// The name that was written.
    pub name: String,
    is_update: bool,
    /// The answer.
    pub admitted: Admitted,
}

/// Sends the objects of a case one after the other.
pub(crate) fn answers(input: &Value) -> Vec<Answer> {
    let replaces = input["command"]
        .as_str()
        .is_some_and(|command| command.contains("kubectl replace (2nd doc"));
    let source = Source::read(input["manifests"].as_str().unwrap_or_default());
    let (mut store, _) = new_store(&source, &config(input));
    let mut answers: Vec<Answer> = Vec::new();
    for written in source.objects() {
        let object = &written.object;
        let Some(kind) = Kind::named(&object.api_version, &object.kind) else {
            continue;
        };
        let is_update = replaces && !answers.is_empty();
        let admitted = if is_update {
            store.replace(kind, object.tree.clone())
        } else {
            store.create(kind, object.tree.clone())
        };
        answers.push(Answer {
            document: written.document,
            kind,
            name: object.name.clone(),
            is_update,
            admitted,
        });
    }
    answers
}

/// The ranges of the recording's cluster: `v4`, `v6`, `dual`, or the ranges themselves, the primary one first.
fn config(input: &Value) -> Config {
    let ranges = match input["clusterIPMode"].as_str() {
        None | Some("v4") => return Config::default(),
        Some("v6") => "fd00:10:96::/112",
        Some("dual") => "10.96.0.0/12,fd00:10:96::/112",
        Some(text) => text.strip_prefix("IPv6 only ").unwrap_or(text),
    };
    let ranges = ranges.split(',');
    Config {
        service_cidrs: ranges
            .filter_map(|range| range.trim().parse().ok())
            .collect(),
        ..Config::default()
    }
}

fn difference(case: &Value) -> Option<String> {
    let answers = answers(&case["input"]);
    let answer = json!({ "stderr": answers.iter().map(stderr).collect::<String>(), "results": results(&answers) });
    let expected =
        json!({ "stderr": case["expect"]["stderr"], "results": case["expect"]["results"] });
    (answer != expected).then(|| format!("recorded: {expected}\nkubehop:  {answer}"))
}

/// What kubectl prints if this is the only failure.
pub(crate) fn stderr(answer: &Answer) -> String {
    let doing = if answer.is_update {
        "replacing"
    } else {
        "creating"
    };
    match &answer.admitted.outcome {
        Ok(_) => String::new(),
        Err(rejection) => format!(
            "{}\n",
            rejection.stderr(answer.kind.resource(), &answer.name, doing, "x.yaml")
        ),
    }
}

fn results(answers: &[Answer]) -> Vec<Value> {
    answers.iter().map(result).collect()
}

/// The recorded form of the answer.
pub(crate) fn result(answer: &Answer) -> Value {
    let Answer {
        kind,
        name,
        is_update,
        admitted,
        ..
    } = answer;
    let mut result = json!({ "kind": kind.name(), "name": name, "ok": admitted.outcome.is_ok() });
    if !admitted.warnings.is_empty() {
        let warnings = admitted.warnings.iter().map(ToString::to_string);
        result["warnings"] = json!(warnings.collect::<Vec<_>>());
    }
    match &admitted.outcome {
        Ok(_) if *is_update => result["updated"] = json!(true),
        Ok(_) => {}
        Err(rejection) => {
            result["stage"] = json!(if *is_update {
                "server-update"
            } else {
                "server"
            });
            result["reason"] = json!(rejection.reason());
            result["message"] = json!(rejection.message(kind.resource(), name));
            if let Some(causes) = causes(rejection) {
                result["causes"] = causes;
            }
        }
    }
    result
}

fn causes(rejection: &Rejection) -> Option<Value> {
    match rejection {
        Rejection::Invalid(errors) => {
            let cause = |error: &kubehop_engine::apiserver::ApiError| json!({ "type": error.cause(), "field": error.field.to_string(), "message": error.message() });
            Some(errors.iter().map(cause).collect())
        }
        Rejection::Internal(words) => Some(json!([{ "type": "", "field": "", "message": words }])),
        Rejection::Unknown(_) | Rejection::AlreadyExists | Rejection::NotFound => None,
    }
}
