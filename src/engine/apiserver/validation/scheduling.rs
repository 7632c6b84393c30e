//! Rules for what a pod waits for and how pods are spread (`validateReadinessGates`, `validateSchedulingGates`,
//! `validateTopologySpreadConstraints`), for its operating system and classes.

use std::collections::BTreeSet;

use super::values::{one_of, one_of_when_set, qualified_name, subdomain};
use super::{label_keys, resources, selector};
use crate::apiserver::errors::{ApiError, duplicate, invalid, invalid_text, required, unsupported};
use crate::apiserver::field::Field;
use crate::syntax::{is_qualified_name, quote};

/// What is wrong with `readinessGates` and `schedulingGates`. Errors about the latter name the gate, not its name.
pub(super) fn gates(spec: &Field) -> Vec<ApiError> {
    let ready = spec.child("readinessGates").items();
    let mut errors: Vec<ApiError> = ready
        .iter()
        .flat_map(|gate| qualified_name(&gate.child("conditionType")))
        .collect();
    let mut seen = BTreeSet::new();
    for gate in spec.child("schedulingGates").items() {
        let name = gate.child("name").text();
        errors.extend(invalid_text(&gate.path, name, is_qualified_name(name)));
        if !seen.insert(name) {
            errors.push(duplicate(&gate.path, quote(name)));
        }
    }
    errors
}

/// What is wrong with `topologySpreadConstraints`.
pub(super) fn spread(spec: &Field) -> Vec<ApiError> {
    let all = spec.child("topologySpreadConstraints").items();
    let one = |(place, one): (usize, &Field)| constraint(one, &all[place + 1..]);
    all.iter().enumerate().flat_map(one).collect()
}

fn constraint(constraint: &Field, later: &[Field]) -> Vec<ApiError> {
    let (skew, key) = (constraint.child("maxSkew"), constraint.child("topologyKey"));
    let mut errors = Vec::new();
    if skew.int() <= 0 {
        errors.push(invalid(
            &skew.path,
            skew.int().to_string(),
            "must be greater than zero",
        ));
    }
    if key.text().is_empty() {
        errors.push(required(&key.path, "can not be empty"));
    }
    let otherwise = constraint.child("whenUnsatisfiable");
    let known = ["DoNotSchedule", "ScheduleAnyway"];
    if !known.contains(&otherwise.text()) {
        errors.push(unsupported(&otherwise.path, otherwise.text(), &known));
    }
    let is_same = |other: &Field| {
        other.child("topologyKey").text() == key.text()
            && other.child("whenUnsatisfiable").text() == otherwise.text()
    };
    if later.iter().any(is_same) {
        let pair = format!("{{{}, {}}}", key.text(), otherwise.text());
        errors.push(duplicate(
            &constraint.path.key("{topologyKey, whenUnsatisfiable}"),
            quote(&pair),
        ));
    }
    errors.extend(fewest_domains(constraint));
    for policy in ["nodeAffinityPolicy", "nodeTaintsPolicy"] {
        errors.extend(one_of_when_set(
            &constraint.child(policy),
            &["Honor", "Ignore"],
        ));
    }
    errors.extend(label_keys::errors(constraint));
    errors.extend(selector::errors(&constraint.child("labelSelector")));
    errors
}

fn fewest_domains(constraint: &Field) -> Vec<ApiError> {
    let (count, otherwise) = (
        constraint.child("minDomains"),
        constraint.child("whenUnsatisfiable").text(),
    );
    let wrong = |detail: String| invalid(&count.path, count.int().to_string(), detail);
    let mut errors = Vec::new();
    if count.is_set() && count.int() <= 0 {
        errors.push(wrong("must be greater than zero".to_owned()));
    }
    if count.is_set() && otherwise != "DoNotSchedule" {
        errors.push(wrong(format!(
            "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {otherwise}"
        )));
    }
    errors
}

/// What is wrong with `runtimeClassName`, `preemptionPolicy`, `overhead` and `os`.
pub(super) fn classes(spec: &Field) -> Vec<ApiError> {
    let runtime = spec.child("runtimeClassName");
    let mut errors = if runtime.is_set() {
        subdomain(&runtime)
    } else {
        Vec::new()
    };
    errors.extend(one_of_when_set(
        &spec.child("preemptionPolicy"),
        &["PreemptLowerPriority", "Never"],
    ));
    errors.extend(resources::overhead(spec));
    let system = spec.child("os");
    if system.is_set() {
        errors.extend(operating_system(&system));
    }
    errors
}

fn operating_system(system: &Field) -> Vec<ApiError> {
    let name = system.child("name");
    match name.text() {
        "" => vec![required(&name.path, "cannot be empty")],
        _ => one_of(
            &Field {
                path: system.path.clone(),
                ..name
            },
            &["linux", "windows"],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(rule: fn(&Field) -> Vec<ApiError>, spec: &str) -> Vec<String> {
        rule(&Field::root(&node(spec)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_gate_is_waited_for_once() {
        assert_eq!(
            found(gates, r#"{"schedulingGates":[{"name":"a"},{"name":"a"}]}"#),
            [r#"schedulingGates[1]: Duplicate value: "a""#]
        );
    }

    #[test]
    fn a_spread_needs_a_key_a_skew_and_an_action() {
        assert_eq!(
            found(spread, r#"{"topologySpreadConstraints":[{}]}"#),
            [
                "topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
                "topologySpreadConstraints[0].topologyKey: Required value: can not be empty",
                r#"topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "": supported values: "DoNotSchedule", "ScheduleAnyway""#,
            ]
        );
    }

    #[test]
    fn pods_are_spread_over_one_label_in_one_way() {
        let constraint =
            r#"{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule"}"#;
        assert_eq!(
            found(
                spread,
                &format!(r#"{{"topologySpreadConstraints":[{constraint},{constraint}]}}"#)
            ),
            [
                r#"topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, DoNotSchedule}""#
            ]
        );
    }

    #[test]
    fn a_system_is_named_by_the_field_around_its_name() {
        assert_eq!(
            found(classes, r#"{"os":{"name":"plan9"}}"#),
            [r#"os: Unsupported value: "plan9": supported values: "linux", "windows""#]
        );
    }
}
