//! decode: the text of a manifest → what kubectl prints, and what the API server answered for each object.

use kubehop_engine::manifest::decode::DecodeStep;
use kubehop_engine::manifest::{Rejected, Source};
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

fn difference(case: &Value) -> Option<String> {
    let source = Source::read(case["input"]["manifests"].as_str().unwrap_or_default());
    let verb = case["input"]["command"]
        .as_str()
        .and_then(|command| command.split(' ').nth(1))
        .unwrap_or("create");
    let answer = json!({ "stderr": stderr(&source, verb), "results": results(&source) });
    let expected = &case["expect"];
    (answer != *expected).then(|| format!("recorded: {expected}\nkubehop:  {answer}"))
}

/// kubectl prints a single error as it is, and several without the word `error: `.
fn stderr(source: &Source, verb: &str) -> String {
    let said: Vec<String> = source
        .rejections()
        .map(|rejected| rejected.rejection.stderr("x.yaml"))
        .collect();
    match said.as_slice() {
        [] if source.objects().next().is_none() => format!("error: no objects passed to {verb}\n"),
        [one] => format!("{one}\n"),
        several => several
            .iter()
            .map(|line| format!("{}\n", line.strip_prefix("error: ").unwrap_or(line)))
            .collect(),
    }
}

/// The API server answers only for what kubectl sent it.
fn results(source: &Source) -> Value {
    let answered = |Rejected { rejection, .. }: Rejected| {
        let message = rejection.message();
        let (kind, name) = rejection.subject();
        (rejection.step == DecodeStep::Server).then(|| {
            json!({ "kind": kind, "name": name, "ok": false, "stage": "decode", "reason": "BadRequest", "message": message })
        })
    };
    source.rejections().filter_map(answered).collect()
}
