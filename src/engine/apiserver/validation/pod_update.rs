//! What may not change when a pod is replaced (`ValidatePodUpdate`).
//!
//! Of a pod only images, the deadline, further tolerations and a pardoned grace period may change, and what it waits
//! for may go; while it waits, it may ask for fewer nodes. What else changed is shown as the difference of the two in
//! the server's own form.

use std::collections::BTreeMap;

use super::container::padded_image;
use super::{annotations, tolerations, waiting_pod};
use crate::apiserver::errors::{ApiError, forbidden, invalid, required};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::apiserver::go_struct::pod_spec_lines;
use crate::apiserver::unified_diff::unified;
use crate::manifest::tree::{Yaml, YamlValue};

/// What is wrong with replacing a pod by another.
pub(crate) fn errors(after: &Field, before: &Field) -> Vec<ApiError> {
    let (new, old) = (after.child("spec"), before.child("spec"));
    let mut errors = annotations::changed(after, before);
    for list in ["containers", "initContainers"] {
        if new.child(list).len() != old.child(list).len() {
            let detail = "pod updates may not add or remove containers";
            errors.push(forbidden(&new.child(list).path, detail));
            return errors;
        }
        errors.extend(images(&new.child(list)));
    }
    match deadline(&new, &old) {
        Deadline::Kept => {}
        Deadline::Removed(error) => errors.push(error),
        Deadline::Wrong(error) => {
            errors.push(error);
            return errors;
        }
    }
    errors.extend(only_added_tolerations(&new, &old));
    errors.extend(added_gates(&new, &old));
    let mut masked = with_changeable_parts_of(&new, &old);
    if !old.child("schedulingGates").is_empty() {
        errors.extend(waiting_pod::errors(&new, &old));
        waiting_pod::mask_choice_of_nodes(&mut masked, &old);
    }
    errors.extend(what_may_not_change(&masked, &old));
    errors
}

/// A container keeps an image, which is checked once more (`ValidateContainerUpdates`).
fn images(containers: &Field) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for container in containers.items() {
        let image = container.child("image");
        if image.text().is_empty() {
            errors.push(required(&image.path, ""));
        }
        errors.extend(padded_image(&container));
    }
    errors
}

/// What became of a deadline.
enum Deadline {
    /// It is there as before, came, or drew nearer.
    Kept,
    /// It is gone; the server looks at the rest all the same.
    Removed(ApiError),
    /// It may not be this one.
    Wrong(ApiError),
}

/// A deadline may come and may draw nearer.
fn deadline(new: &Field, old: &Field) -> Deadline {
    let [now, was] = [new, old].map(|spec| spec.child("activeDeadlineSeconds"));
    let wrong = |detail: String| invalid(&now.path, to_json(now.node()), detail);
    let is_possible = (0..=i64::from(i32::MAX)).contains(&now.int());
    match (now.is_set(), was.is_set()) {
        (true, true | false) if !is_possible => {
            let detail = format!("must be between 0 and {}, inclusive", i32::MAX);
            Deadline::Wrong(wrong(detail))
        }
        (true, true) if was.int() < now.int() => {
            let detail = "must be less than or equal to previous value";
            Deadline::Wrong(wrong(detail.to_owned()))
        }
        (false, true) => {
            let detail = "must not update from a positive integer to nil value";
            Deadline::Removed(wrong(detail.to_owned()))
        }
        (true, true | false) | (false, false) => Deadline::Kept,
    }
}

/// Tolerations may be added; of those that are there only the seconds may change (`validateOnlyAddedTolerations`). If they
/// are all there, they are checked once more.
fn only_added_tolerations(new: &Field, old: &Field) -> Vec<ApiError> {
    let apart_from_seconds = |toleration: &Field| {
        let mut toleration = toleration.node().cloned().unwrap_or_default();
        toleration.remove("tolerationSeconds");
        to_json(Some(&toleration))
    };
    let now: Vec<String> = new
        .child("tolerations")
        .items()
        .iter()
        .map(apart_from_seconds)
        .collect();
    let all_stay = old
        .child("tolerations")
        .items()
        .iter()
        .map(apart_from_seconds)
        .all(|one| now.contains(&one));
    if all_stay {
        return tolerations::errors(new);
    }
    let detail = "existing toleration can not be modified except its tolerationSeconds";
    vec![forbidden(&new.child("tolerations").path, detail)]
}

/// What a pod waits for may only go (`validateOnlyDeletedSchedulingGates`). The error names the last position of a
/// repeated name.
fn added_gates(new: &Field, old: &Field) -> Vec<ApiError> {
    let [now, was] = [new, old].map(|spec| spec.child("schedulingGates").items());
    let mut added: BTreeMap<&str, &Field> = BTreeMap::new();
    for gate in &now {
        added.insert(gate.child("name").text(), gate);
    }
    for gate in &was {
        added.remove(gate.child("name").text());
    }
    let error = |(name, gate): (&str, &Field)| {
        let detail = format!("only deletion is allowed, but found new scheduling gate '{name}'");
        forbidden(&gate.path.key("name"), &detail)
    };
    added.into_iter().map(error).collect()
}

/// The new spec with the old one's values where a change is allowed.
fn with_changeable_parts_of(new: &Field, old: &Field) -> Yaml {
    let mut spec = new.node().cloned().unwrap_or_default();
    for changeable in ["activeDeadlineSeconds", "schedulingGates", "tolerations"] {
        copy_field(&mut spec, old, changeable);
    }
    for list in ["containers", "initContainers"] {
        if let Some(Yaml {
            value: YamlValue::Seq(containers),
            ..
        }) = spec.get_mut(list)
        {
            for (container, was) in containers.iter_mut().zip(old.child(list).items()) {
                copy_field(container, &was, "image");
            }
        }
    }
    spec
}

/// Copies one field, or its absence.
pub(super) fn copy_field(to: &mut Yaml, from: &Field, key: &'static str) {
    match from.child(key).node() {
        Some(node) => to.set(key, node.value.clone()),
        None => drop(to.remove(key)),
    }
}

fn what_may_not_change(masked: &Yaml, old: &Field) -> Option<ApiError> {
    const CHANGEABLE: &str = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
    let was = old.node().cloned().unwrap_or_default();
    if to_json(Some(masked)) == to_json(Some(&was)) {
        return None;
    }
    let difference = unified(&pod_spec_lines(&was), &pod_spec_lines(masked));
    Some(forbidden(&old.path, &format!("{CHANGEABLE}\n{difference}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(new: &str, old: &str) -> Vec<String> {
        errors(&Field::root(&node(new)), &Field::root(&node(old)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    /// A pod with one container and these fields besides.
    fn pod(rest: &str) -> String {
        format!(r#"{{"spec":{{"containers":[{{"name":"a","image":"x"}}]{rest}}}}}"#)
    }

    #[test]
    fn a_pod_keeps_its_containers_and_its_tolerations() {
        let two = r#"{"spec":{"containers":[{"name":"a"},{"name":"b"}]}}"#;
        assert_eq!(
            found(two, &pod("")),
            ["spec.containers: Forbidden: pod updates may not add or remove containers"]
        );
        let tolerant = |key: &str, seconds: u8| {
            pod(&format!(
                r#","tolerations":[{{"key":"{key}","effect":"NoExecute","tolerationSeconds":{seconds}}}]"#
            ))
        };
        assert_eq!(found(&tolerant("a", 5), &tolerant("a", 9)), [""; 0]);
        assert_eq!(
            found(&tolerant("b", 9), &tolerant("a", 9)),
            [
                "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds"
            ]
        );
    }

    #[test]
    fn an_image_is_checked_once_more() {
        let padded = r#"{"spec":{"containers":[{"name":"a","image":" x"}]}}"#;
        assert_eq!(
            found(padded, &pod("")),
            [
                r#"spec.containers[0].image: Invalid value: " x": must not have leading or trailing whitespace"#
            ]
        );
    }

    #[test]
    fn a_pods_deadline_only_draws_nearer() {
        let at = |seconds: i64| pod(&format!(r#","activeDeadlineSeconds":{seconds}"#));
        assert_eq!(found(&at(5), &at(9)), [""; 0]);
        assert_eq!(
            found(&at(9), &at(5)),
            [
                "spec.activeDeadlineSeconds: Invalid value: 9: must be less than or equal to previous value"
            ]
        );
        assert_eq!(
            found(&at(-1), &pod("")),
            [
                "spec.activeDeadlineSeconds: Invalid value: -1: must be between 0 and 2147483647, inclusive"
            ]
        );
    }

    #[test]
    fn without_its_deadline_a_pod_is_looked_at_all_the_same() {
        let old = pod(r#","activeDeadlineSeconds":9"#);
        let found = found(&pod(r#","restartPolicy":"Never""#), &old);
        assert_eq!(
            found[0],
            "spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value"
        );
        assert!(
            found[1].starts_with("spec: Forbidden: pod updates may not change fields"),
            "{found:?}"
        );
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_pods_image_may_change_and_its_ports_may_not() {
        let pod = |image: &str, port: u16| {
            format!(
                r#"{{"spec":{{"containers":[{{"image":"{image}","ports":[{{"containerPort":{port}}}]}}]}}}}"#
            )
        };
        assert_eq!(found(&pod("b", 80), &pod("a", 80)), [""; 0]);
        assert!(found(&pod("a", 81), &pod("a", 80))[0].contains("+     \"ContainerPort\": 81,"));
        assert_eq!(
            found(&pod("", 80), &pod("a", 80)),
            ["spec.containers[0].image: Required value"]
        );
    }

    #[test]
    fn what_a_pod_waits_for_may_go() {
        let gated = |names: &[&str]| {
            let gates: Vec<String> = names
                .iter()
                .map(|name| format!(r#"{{"name":"{name}"}}"#))
                .collect();
            pod(&format!(r#","schedulingGates":[{}]"#, gates.join(",")))
        };
        assert_eq!(found(&gated(&["b"]), &gated(&["a", "b"])), [""; 0]);
        assert_eq!(found(&pod(""), &gated(&["a"])), [""; 0]);
        assert_eq!(
            found(&gated(&["a", "x"]), &gated(&["a"])),
            [
                "spec.schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate 'x'"
            ]
        );
    }
}
