//! `--field-selector` and `--sort-by`: objects by the values of their fields.

use super::command::Refusal;
use super::json_path::{Path, printed};
use super::look_up::FoundObjects;
use super::resource_args::error;
use crate::api_resources::Resource;
use crate::printers::fields::{number, or, scalar};
use crate::printers::store::Item;
use crate::sort;

/// `spec.nodeName=node-1,status.phase!=Running`: all of them hold.
pub(super) struct FieldSelector(Vec<FieldRequirement>);

struct FieldRequirement {
    field: String,
    value: String,
    is_unequal: bool,
}

impl FieldSelector {
    /// Reads a selector for a kind; an error is in the API server's words.
    pub(super) fn read(text: &str, resource: &Resource) -> Result<FieldSelector, String> {
        let terms = text.split(',').filter(|term| !term.is_empty());
        let requirement = |term: &str| {
            let sign = ["!=", "==", "="]
                .into_iter()
                .find(|sign| term.contains(sign));
            let (field, value) = sign
                .and_then(|sign| term.split_once(sign))
                .ok_or_else(|| format!("invalid selector: '{text}'; can't understand '{term}'"))?;
            refuse_unknown(field, resource)?;
            Ok(FieldRequirement {
                field: field.to_owned(),
                value: value.to_owned(),
                is_unequal: sign == Some("!="),
            })
        };
        terms
            .map(requirement)
            .collect::<Result<_, _>>()
            .map(FieldSelector)
    }

    /// Whether an object is meant.
    pub(super) fn matches(&self, item: &Item) -> bool {
        self.0
            .iter()
            .all(|one| (selectable(item, &one.field) == one.value) != one.is_unequal)
    }
}

/// The value of a field, as the server has it for selectors (`ToSelectableFields` of its kinds).
fn selectable(item: &Item, field: &str) -> String {
    match (item.resource.kind, field) {
        (_, "spec.hostNetwork" | "spec.unschedulable") => {
            or(&scalar(&item.tree, field), "false").to_owned()
        }
        ("Event", "source") => or(
            item.text("source.component"),
            item.text("reportingComponent"),
        )
        .to_owned(),
        ("Job", "status.successful") => number(&item.tree, "status.succeeded").to_string(),
        ("ReplicationController", "status.replicas") => number(&item.tree, field).to_string(),
        _ => scalar(&item.tree, field),
    }
}

/// The fields of a kind that the API server selects by, beside its name (kubernetes `pkg/apis/core/v1/conversion.go`).
fn refuse_unknown(field: &str, resource: &Resource) -> Result<(), String> {
    let own: &[&str] = match resource.kind {
        "Pod" => &[
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "spec.hostNetwork",
            "status.phase",
            "status.podIP",
            "status.podIPs",
            "status.nominatedNodeName",
        ],
        "Node" => &["spec.unschedulable"],
        "Namespace" => &["status.phase"],
        "Service" => &["spec.clusterIP", "spec.type"],
        "Event" => &[
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "reportingComponent",
            "source",
            "type",
        ],
        "Job" => &["status.successful"],
        "ReplicationController" => &["status.replicas"],
        "Secret" => &["type"],
        _ => &[],
    };
    match field {
        "metadata.name" | "metadata.namespace" => Ok(()),
        known if own.contains(&known) => Ok(()),
        _ if own.is_empty() => Err(format!(
            "{field:?} is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
        )),
        _ if resource.kind == "Job" => Err(format!(
            "field label {field:?} not supported for batchv1.Job"
        )),
        _ => Err(format!("field label not supported: {field}")),
    }
}

/// Sorts the objects of each kind by the value at a path, numbers in it as numbers.
pub(super) fn sort_found(found: &mut [FoundObjects<'_>], path: &str) -> Result<(), Refusal> {
    let inside = path.trim_start_matches('{').trim_end_matches('}');
    let relaxed = format!("{{.{}}}", inside.trim_start_matches('.'));
    let path = Path::read(inside).map_err(|why| error(&why))?;
    let key = |item: &&Item| {
        let object = serde_json::Value::from(&*item.tree);
        let values = path.values(&object);
        values.first().map(|value| natural(&printed(value)))
    };
    let items = || found.iter().flat_map(|own| &own.items);
    if items().next().is_some() && items().all(|item| key(item).is_none()) {
        return Err(error(&format!(
            "couldn't find any field with path {relaxed:?} in the list of objects"
        )));
    }
    for own in found {
        sort::sort_by_key(&mut own.items, key);
    }
    Ok(())
}

/// The letters of a text, digits that follow each other as one number.
fn natural(text: &str) -> Vec<(char, u64)> {
    let mut key: Vec<(char, u64)> = Vec::new();
    let mut is_number = false;
    for letter in text.chars() {
        let digit = letter.to_digit(10).map(u64::from);
        match (digit, key.last_mut()) {
            (Some(digit), Some((_, number))) if is_number => {
                *number = number.saturating_mul(10).saturating_add(digit);
            }
            (Some(digit), _) => key.push(('0', digit)),
            (None, _) => key.push((letter, 0)),
        }
        is_number = digit.is_some();
    }
    key
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::api_resources::of_kind;
    use crate::manifest::tree::Yaml;
    use crate::names::ObjectName;

    #[test]
    fn events_are_selected_by_what_they_are_about() {
        let json = r#"{"involvedObject": {"kind": "Pod", "name": "web"}, "type": "Warning",
            "source": {"component": "kubelet"}}"#;
        let tree = serde_json::from_str::<serde_json::Value>(json).expect("the test writes JSON");
        let event = Item {
            resource: of_kind("Event").expect("a kind of the table"),
            name: ObjectName::new("default", "a"),
            tree: Arc::new(Yaml::from(tree)),
        };
        for (selector, is_meant) in [
            ("involvedObject.name=web,type!=Normal", true),
            ("involvedObject.kind=Node", false),
            ("source=kubelet", true),
            ("reportingComponent=", true),
        ] {
            let read = FieldSelector::read(selector, event.resource);
            let matches = read.map(|read| read.matches(&event));
            assert_eq!(matches, Ok(is_meant), "{selector}");
        }
        let job = of_kind("Job").expect("a kind of the table");
        let refused = FieldSelector::read("status.failed=1", job).err();
        let words = "field label \"status.failed\" not supported for batchv1.Job";
        assert_eq!(refused.as_deref(), Some(words));
    }
}
