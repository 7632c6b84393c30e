//! defaulting: the text of a manifest → the objects as the API server stores them.

use kubehop_engine::manifest::tree;
use serde_json::Value;

use super::validation::{Answer, answers};
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

/// How the stored objects differ from the recorded ones; `None` if they are equal.
pub(crate) fn difference(case: &Value) -> Option<String> {
    let stored = answers(&case["input"])
        .into_iter()
        .filter_map(|answer: Answer| answer.admitted.outcome.ok());
    let stored: Vec<Value> = stored.map(|object| json(&object)).collect();
    let expected = case["expect"]["objects"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let is_same = stored.len() == expected.len()
        && stored
            .iter()
            .zip(&expected)
            .all(|(one, other)| same(one, other));
    (!is_same).then(|| {
        format!(
            "recorded: {}\nkubehop:  {}",
            Value::from(expected),
            Value::from(stored)
        )
    })
}

/// Objects as the API server stores them; rejected ones are left out.
pub(crate) fn stored(objects: &[Value]) -> Vec<Value> {
    let documents: Vec<String> = objects.iter().map(Value::to_string).collect();
    let input = serde_json::json!({ "manifests": documents.join("\n---\n") });
    let admitted = answers(&input)
        .into_iter()
        .filter_map(|answer| answer.admitted.outcome.ok());
    admitted.map(|object| json(&object)).collect()
}

fn json(object: &tree::Yaml) -> Value {
    serde_json::to_value(object).expect("a tree is JSON")
}

/// Whether they are equal, up to what the server chose itself: `"<auto>"` stands for any such address or port, and a
/// generated name has any ending.
fn same(ours: &Value, recorded: &Value) -> bool {
    match (ours, recorded) {
        (Value::String(text), Value::String(auto)) if auto == "<auto>" => {
            text.parse::<std::net::IpAddr>().is_ok()
        }
        (Value::Number(port), Value::String(auto)) if auto == "<auto>" => {
            port.as_u64().is_some_and(|port| port > 0)
        }
        (Value::Array(ours), Value::Array(recorded)) => {
            ours.len() == recorded.len()
                && ours
                    .iter()
                    .zip(recorded)
                    .all(|(one, other)| same(one, other))
        }
        (Value::Object(ours), Value::Object(recorded)) => {
            let base = recorded.get("generateName").and_then(Value::as_str);
            let equal = |(key, other): (&String, &Value)| match (key.as_str(), base) {
                ("name", Some(base)) => [ours.get(key), Some(other)]
                    .into_iter()
                    .all(|name| is_generated(name, base)),
                _ => ours.get(key).is_some_and(|one| same(one, other)),
            };
            ours.len() == recorded.len() && recorded.iter().all(equal)
        }
        _ => ours == recorded,
    }
}

fn is_generated(name: Option<&Value>, base: &str) -> bool {
    name.and_then(Value::as_str)
        .is_some_and(|name| name.starts_with(base) && name.len() > base.len())
}
