//! networkpolicy-validation: the text of a manifest → what kubectl prints, what the API server answered for each object,
//! and the stored objects.

use std::collections::BTreeMap;

use kubehop_engine::manifest::Source;
use kubehop_engine::manifest::decode::DecodeStep;
use serde_json::{Value, json};

use super::validation::{self, Answer};
use super::{compare, defaulting};
use crate::Case;

/// The file in the recorded commands.
const FILE: &str = "x.yaml";

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    compare::run_each(recording, compare_case)
}

/// What became of one document: kubectl's line alone, its line among others, and the answer of the server.
pub(super) struct Outcome {
    alone: Option<String>,
    among_others: Option<String>,
    pub(super) result: Option<Value>,
}

fn compare_case(case: &Value) -> Result<(), String> {
    let outcomes = outcomes(&case["input"]);
    let results: Vec<&Value> = outcomes
        .values()
        .filter_map(|it| it.result.as_ref())
        .collect();
    let answer = json!({ "stderr": stderr(&outcomes), "results": results });
    let expect = &case["expect"];
    let expected = json!({ "stderr": expect["stderr"], "results": expect["results"] });
    compare::same(&expected, &answer)?;
    match defaulting::difference(case) {
        Some(difference) if !expect["objects"].is_null() => Err(difference),
        Some(_) | None => Ok(()),
    }
}

/// Failures as kubectl lists them: a single one has a form of its own.
pub(super) fn stderr(outcomes: &BTreeMap<usize, Outcome>) -> String {
    let failed: Vec<&Outcome> = outcomes.values().filter(|it| it.alone.is_some()).collect();
    let line = |outcome: &&Outcome| match failed.len() {
        1 => outcome.alone.clone(),
        _ => outcome.among_others.clone(),
    };
    let lines = failed.iter().filter_map(line);
    lines.map(|line| format!("{line}\n")).collect()
}

/// The outcomes by the index of the document.
pub(super) fn outcomes(input: &Value) -> BTreeMap<usize, Outcome> {
    let source = Source::read(input["manifests"].as_str().unwrap_or_default());
    let answers = validation::answers(input).into_iter();
    let mut outcomes: BTreeMap<usize, Outcome> = answers
        .map(|answer| (answer.document, of_answer(&answer)))
        .collect();
    for rejected in source.rejections() {
        let rejection = rejected.rejection;
        let (kind, name) = rejection.subject();
        let line = rejection.stderr(FILE);
        let answered = rejection.step == DecodeStep::Server;
        let result = json!({ "kind": kind, "name": name, "ok": false, "stage": "decode", "reason": "BadRequest", "message": rejection.message() });
        outcomes.insert(
            rejected.document,
            Outcome {
                among_others: Some(line.trim_start_matches("error: ").to_owned()),
                alone: Some(line),
                result: answered.then_some(result),
            },
        );
    }
    outcomes
}

fn of_answer(answer: &Answer) -> Outcome {
    let rejection = answer.admitted.outcome.as_ref().err();
    let among_others = rejection.map(|rejection| {
        let reason = rejection.reason();
        let message = rejection.message(answer.kind.resource(), &answer.name);
        format!("Error from server ({reason}): error when creating \"{FILE}\": {message}")
    });
    Outcome {
        alone: rejection.map(|_| validation::stderr(answer).trim_end().to_owned()),
        among_others,
        result: Some(validation::result(answer)),
    }
}
