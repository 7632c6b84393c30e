//! gateway-validation: the text of a manifest → what kubectl prints, what the API server answered for each object, and
//! the object as it is stored, with the defaults of its CRD.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::networkpolicy_validation::{Outcome, outcomes, stderr};
use super::{compare, validation};
use crate::Case;

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    compare::run_each(recording, compare_case)
}

fn compare_case(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let mut outcomes = outcomes(input);
    add_stored(input, &mut outcomes);
    let results: Vec<&Value> = outcomes
        .values()
        .filter_map(|it| it.result.as_ref())
        .collect();
    let answer = json!({ "stderr": stderr(&outcomes), "results": results });
    compare::same(&case["expect"], &answer)
}

/// Adds each stored object to its result, without what a server makes up.
fn add_stored(input: &Value, outcomes: &mut BTreeMap<usize, Outcome>) {
    for answer in validation::answers(input) {
        let outcome = outcomes.get_mut(&answer.document);
        let result = outcome.and_then(|outcome| outcome.result.as_mut());
        let result = result.filter(|result| result["ok"] == true);
        if let (Ok(stored), Some(result)) = (answer.admitted.outcome, result) {
            let mut stored = Value::from(&*stored);
            if let Some(metadata) = stored["metadata"].as_object_mut() {
                metadata.remove("generation");
            }
            result["stored"] = stored;
        }
    }
}
