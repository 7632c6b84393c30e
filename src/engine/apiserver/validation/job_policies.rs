//! Rules for a Job's `podFailurePolicy`, `successPolicy` and `podReplacementPolicy` (`pkg/apis/batch/validation`).

use crate::sort;
use std::collections::BTreeSet;

use super::values::{not_negative, one_of_when_set, qualified_name};
use crate::apiserver::errors::{
    ApiError, duplicate, invalid, required, too_long, too_many, unsupported,
};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::syntax::quote;

/// The maximum number of rules of either policy.
const RULES: usize = 20;
/// The maximum number of patterns of pod conditions in a rule.
const CONDITIONS: usize = 20;
/// The maximum number of exit codes in a rule.
const EXIT_CODES: usize = 255;
/// The maximum length of `succeededIndexes` in bytes (64 KiB).
const INDEXES_LENGTH: usize = 64 * 1024;

const ACTIONS: [&str; 4] = ["Count", "FailIndex", "FailJob", "Ignore"];
const OPERATORS: [&str; 2] = ["In", "NotIn"];
const STATUSES: [&str; 3] = ["False", "True", "Unknown"];

/// The errors of a Job's policies.
pub(super) fn errors(spec: &Field) -> Vec<ApiError> {
    let failure = spec.child("podFailurePolicy");
    let success = spec.child("successPolicy");
    let mut errors = Vec::new();
    if failure.is_set() {
        errors.extend(failure_policy(spec, &failure));
    }
    if success.is_set() {
        if spec.child("completionMode").text() == "Indexed" {
            errors.extend(success_policy(spec, &success));
        } else {
            let detail = "requires indexed completion mode";
            errors.push(invalid(&success.path, success_in_go(&success), detail));
        }
    }
    let replacement = spec.child("podReplacementPolicy");
    let supported: &[&str] = if failure.is_set() {
        &["Failed"]
    } else {
        &["Failed", "TerminatingOrFailed"]
    };
    errors.extend(one_of_when_set(&replacement, supported));
    errors
}

/// Whether the template's restart policy forbids a `podFailurePolicy`.
pub(super) fn restart_policy(spec: &Field, policy: &Field) -> Option<ApiError> {
    let is_wrong = spec.child("podFailurePolicy").is_set() && policy.text() == "OnFailure";
    is_wrong.then(|| {
        let detail = r#"only "Never" is supported when podFailurePolicy is specified"#;
        invalid(&policy.path, quote(policy.text()), detail)
    })
}

fn failure_policy(spec: &Field, policy: &Field) -> Vec<ApiError> {
    let rules = policy.child("rules");
    let mut errors = Vec::new();
    if rules.len() > RULES {
        errors.push(too_many(&rules.path, rules.len(), RULES));
    }
    let template = spec.at(&["template", "spec"]);
    let names = ["containers", "initContainers"]
        .iter()
        .flat_map(|list| template.child(list).items())
        .map(|container| container.child("name").text());
    let names = sort::set(names);
    for rule in rules.items() {
        errors.extend(failure_rule(spec, &rule, &names));
    }
    errors
}

fn failure_rule(spec: &Field, rule: &Field, containers: &BTreeSet<&str>) -> Vec<ApiError> {
    let (action, codes) = (rule.child("action"), rule.child("onExitCodes"));
    let conditions = rule.child("onPodConditions");
    let mut errors = Vec::new();
    match action.text() {
        "FailIndex" if !spec.child("backoffLimitPerIndex").is_set() => {
            let detail = "requires the backoffLimitPerIndex to be set";
            errors.push(invalid(&action.path, quote("FailIndex"), detail));
        }
        _ => errors.extend(required_one_of(&action, &ACTIONS)),
    }
    if codes.is_set() {
        errors.extend(exit_codes(&codes, containers));
    }
    if conditions.len() > CONDITIONS {
        errors.push(too_many(&conditions.path, conditions.len(), CONDITIONS));
    }
    for pattern in conditions.items() {
        errors.extend(qualified_name(&pattern.child("type")));
        errors.extend(required_one_of(&pattern.child("status"), &STATUSES));
    }
    let wrong = match (codes.is_set(), conditions.is_empty()) {
        (true, false) => "specifying both OnExitCodes and OnPodConditions is not supported",
        (false, true) => "specifying one of OnExitCodes and OnPodConditions is required",
        (true, true) | (false, false) => return errors,
    };
    errors.push(invalid(&rule.path, "", wrong));
    errors
}

/// One of the supported values, which the server lists in its message also when there is none.
fn required_one_of(field: &Field, supported: &[&str]) -> Option<ApiError> {
    match field.text() {
        "" => {
            let listed: Vec<String> = supported.iter().map(|value| quote(value)).collect();
            let detail = format!("valid values: [{}]", listed.join(" "));
            Some(required(&field.path, &detail))
        }
        text if supported.contains(&text) => None,
        text => Some(unsupported(&field.path, text, supported)),
    }
}

fn exit_codes(codes: &Field, containers: &BTreeSet<&str>) -> Vec<ApiError> {
    let (operator, values) = (codes.child("operator"), codes.child("values"));
    let container = codes.child("containerName");
    let mut errors: Vec<ApiError> = required_one_of(&operator, &OPERATORS).into_iter().collect();
    if container.is_set() && !containers.contains(container.text()) {
        let detail = "must be one of the container or initContainer names in the pod template";
        errors.push(invalid(&container.path, quote(container.text()), detail));
    }
    if values.is_empty() {
        let detail = "at least one value is required";
        errors.push(invalid(&values.path, to_json(values.node()), detail));
    } else if values.len() > EXIT_CODES {
        errors.push(too_many(&values.path, values.len(), EXIT_CODES));
    }
    let mut seen = BTreeSet::new();
    for value in values.items() {
        if operator.text() == "In" && value.int() == 0 {
            errors.push(invalid(
                &value.path,
                "0",
                "must not be 0 for the In operator",
            ));
        }
        if !seen.insert(value.int()) {
            errors.push(duplicate(&value.path, value.int().to_string()));
        }
    }
    let is_ordered = values.items().is_sorted_by_key(Field::int);
    if !is_ordered {
        errors.push(invalid(
            &values.path,
            to_json(values.node()),
            "must be ordered",
        ));
    }
    errors
}

fn success_policy(spec: &Field, policy: &Field) -> Vec<ApiError> {
    let rules = policy.child("rules");
    let mut errors = Vec::new();
    if rules.is_empty() {
        let detail = "at least one rules must be specified when the successPolicy is specified";
        errors.push(required(&rules.path, detail));
    }
    if rules.len() > RULES {
        errors.push(too_many(&rules.path, rules.len(), RULES));
    }
    let completions = spec.child("completions").int();
    for rule in rules.items() {
        errors.extend(success_rule(&rule, completions));
    }
    errors
}

fn success_rule(rule: &Field, completions: i64) -> Vec<ApiError> {
    let (count, indexes) = (rule.child("succeededCount"), rule.child("succeededIndexes"));
    let mut errors = Vec::new();
    if !count.is_set() && !indexes.is_set() {
        let detail = "at least one of succeededCount or succeededIndexes must be specified";
        errors.push(required(&rule.path, detail));
    }
    let mut total = 0;
    if indexes.is_set() {
        if indexes.text().len() > INDEXES_LENGTH {
            errors.push(too_long(&indexes.path, INDEXES_LENGTH));
        }
        match count_of_indexes(indexes.text(), completions) {
            Ok(count) => total = count,
            Err(why) => {
                let detail = format!("error parsing succeededIndexes: {why}");
                errors.push(invalid(&indexes.path, quote(indexes.text()), detail));
            }
        }
    }
    if count.is_set() {
        errors.extend(not_negative(&count));
        let at_most = |most: i64, what: &str| {
            let detail = format!("must be less than or equal to {most} (the number of {what})");
            invalid(&count.path, count.int().to_string(), detail)
        };
        if count.int() > completions {
            errors.push(at_most(completions, "specified completions"));
        }
        if indexes.is_set() && count.int() > total {
            errors.push(at_most(
                total,
                "indexes in the specified succeededIndexes field",
            ));
        }
    }
    errors
}

/// How many indexes a list such as `0,2-4` has; they increase, and are less than the completions.
fn count_of_indexes(text: &str, completions: i64) -> Result<i64, String> {
    if text.is_empty() {
        return Ok(0);
    }
    let mut last: Option<i64> = None;
    let mut total = 0;
    for interval in text.split(',') {
        let (first, end) = index_interval(interval, completions)?;
        if let Some(last) = last.filter(|last| *last >= first) {
            return Err(format!(
                "non-increasing order, previous: {last}, current: {first}"
            ));
        }
        total += end - first + 1;
        last = Some(end);
    }
    Ok(total)
}

fn index_interval(interval: &str, completions: i64) -> Result<(i64, i64), String> {
    let index = |text: &str| {
        let number: i64 = text.parse().map_err(|_| {
            format!(
                "cannot convert string to integer for index: {}",
                quote(text)
            )
        })?;
        if number >= completions {
            return Err(format!("too large index: {}", quote(text)));
        }
        Ok(number)
    };
    let limits: Vec<&str> = interval.split('-').collect();
    match limits.as_slice() {
        [only] => index(only).map(|index| (index, index)),
        [first, end] => {
            let (first, end) = (index(first)?, index(end)?);
            if first >= end {
                return Err(format!(
                    "non-increasing order, previous: {first}, current: {end}"
                ));
            }
            Ok((first, end))
        }
        _ => Err(format!(
            "the fragment {} violates the requirement that an index interval can have at most two parts separated by '-'",
            quote(interval)
        )),
    }
}

/// A success policy as the server prints its Go struct.
fn success_in_go(policy: &Field) -> String {
    let or_null = |field: Field| {
        if field.is_set() {
            to_json(field.node())
        } else {
            "null".to_owned()
        }
    };
    let rules: Vec<String> = policy
        .child("rules")
        .items()
        .iter()
        .map(|rule| {
            format!(
                r#"{{"SucceededIndexes":{},"SucceededCount":{}}}"#,
                or_null(rule.child("succeededIndexes")),
                or_null(rule.child("succeededCount"))
            )
        })
        .collect();
    format!(r#"{{"Rules":[{}]}}"#, rules.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(spec: &str) -> Vec<String> {
        let errors = errors(&Field::root(&node(spec)));
        errors.iter().map(ApiError::to_string).collect()
    }

    #[test]
    fn a_failure_rule_has_an_action_and_one_of_two_patterns() {
        assert_eq!(
            found(r#"{"podFailurePolicy":{"rules":[{}]}}"#),
            [
                r#"podFailurePolicy.rules[0].action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"]"#,
                "podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required",
            ]
        );
    }

    #[test]
    fn exit_codes_are_ordered_and_different_and_not_zero() {
        assert_eq!(
            found(
                r#"{"podFailurePolicy":{"rules":[{"action":"Ignore","onExitCodes":{"operator":"In","containerName":"a","values":[2,0,2]}}]}}"#
            ),
            [
                r#"podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: "a": must be one of the container or initContainer names in the pod template"#,
                "podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator",
                "podFailurePolicy.rules[0].onExitCodes.values[2]: Duplicate value: 2",
                "podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [2,0,2]: must be ordered",
            ]
        );
    }

    #[test]
    fn indexes_increase_and_are_less_than_the_completions() {
        assert_eq!(count_of_indexes("0,2-4", 5), Ok(4));
        let error = |text| count_of_indexes(text, 5).expect_err("a wrong list");
        assert_eq!(error("5"), r#"too large index: "5""#);
        assert_eq!(
            error("3,1"),
            "non-increasing order, previous: 3, current: 1"
        );
        assert_eq!(
            error("x"),
            r#"cannot convert string to integer for index: "x""#
        );
    }
}
