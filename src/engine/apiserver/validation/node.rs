//! Rules for Nodes, as far as packets and pods see them (`ValidateNode`, `ValidateNodeUpdate`): their taints, their
//! amounts and their pod ranges.

use std::collections::BTreeSet;

use super::resources;
use super::values::qualified_name;
use crate::apiserver::errors::{
    ApiError, duplicate, forbidden, invalid, invalid_text, required, unsupported,
};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::{text_in_json, to_json};
use crate::syntax::{is_valid_cidr_in_old_field, is_valid_label_value, quote};

/// What is wrong with a Node beside its metadata, new or not.
pub(crate) fn errors(node: &Field) -> Vec<ApiError> {
    let mut errors = taints(node);
    errors.extend(amounts(node));
    errors.extend(ranges(&node.at(&["spec", "podCIDRs"])));
    errors
}

/// What is wrong besides with a Node that replaces another: once it has pod ranges and a machine, it keeps them. The
/// server looks at its amounts and taints a second time.
pub(crate) fn update_errors(after: &Field, before: &Field) -> Vec<ApiError> {
    let (new, old) = (after.child("spec"), before.child("spec"));
    let mut errors = amounts(after);
    errors.extend(repeated_addresses(&after.at(&["status", "addresses"])));
    let (ranges, had) = (new.child("podCIDRs"), old.child("podCIDRs").list());
    let moved = match ranges.list() {
        now if now.len() == had.len() => {
            now.iter().zip(&had).filter(|(now, had)| now != had).count()
        }
        _ => 1,
    };
    if !had.is_empty() {
        let detail = "node updates may not change podCIDR except from \"\" to valid";
        errors.extend((0..moved).map(|_| forbidden(&ranges.path, detail)));
    }
    let (machine, was) = (new.child("providerID"), old.child("providerID").text());
    if !was.is_empty() && machine.text() != was {
        let detail = "node updates may not change providerID except from \"\" to valid";
        errors.push(forbidden(&machine.path, detail));
    }
    errors.extend(taints(after));
    errors
}

/// How much of its resources a Node has and gives to pods (`ValidateNodeResources`). The server names a resource like a
/// field.
fn amounts(node: &Field) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for list in ["capacity", "allocatable"] {
        let list = node.child("status").child(list);
        for (name, _) in list.texts() {
            let field = Field {
                path: list.path.named(name),
                ..list.entry(name)
            };
            errors.extend(resources::quantity(name, &field));
        }
    }
    errors
}

fn repeated_addresses(addresses: &Field) -> Vec<ApiError> {
    let mut seen = BTreeSet::new();
    let again = addresses.items().into_iter().filter(|address| {
        !seen.insert((
            address.child("type").text(),
            address.child("address").text(),
        ))
    });
    again
        .map(|address| {
            let [kind, host] =
                ["type", "address"].map(|name| text_in_json(address.child(name).text()));
            let value = format!(r#"{{"Type":{kind},"Address":{host}}}"#);
            duplicate(&address.path, value)
        })
        .collect()
}

fn ranges(ranges: &Field) -> Vec<ApiError> {
    let check = |range: &Field| {
        invalid_text(
            &range.path,
            range.text(),
            is_valid_cidr_in_old_field(range.text()),
        )
    };
    let mut errors: Vec<ApiError> = ranges.items().iter().flat_map(check).collect();
    let v6 = ranges
        .list()
        .iter()
        .filter(|range| range.contains(':'))
        .count();
    if ranges.len() > 2 || ranges.len() == 2 && v6 != 1 {
        let detail = "may specify no more than one CIDR for each IP family";
        errors.push(invalid(&ranges.path, to_json(ranges.node()), detail));
    }
    errors
}

/// The server names taints as if they stood in the metadata.
fn taints(node: &Field) -> Vec<ApiError> {
    let path = node.child("metadata").path.key("taints");
    let taints = Field {
        path,
        ..node.at(&["spec", "taints"])
    };
    let mut seen = BTreeSet::new();
    let mut errors = Vec::new();
    for taint in taints.items() {
        errors.extend(taint_errors(&taint));
        if !seen.insert((taint.child("effect").text(), taint.child("key").text())) {
            let detail = "taints must be unique by key and effect pair".to_owned();
            errors.push(ApiError {
                detail,
                ..duplicate(&taint.path, in_go(&taint))
            });
        }
    }
    errors
}

fn taint_errors(taint: &Field) -> Vec<ApiError> {
    const EFFECTS: [&str; 3] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
    let (value, effect) = (taint.child("value"), taint.child("effect"));
    let mut errors = qualified_name(&taint.child("key"));
    let wrong = is_valid_label_value(value.text());
    if !wrong.is_empty() {
        errors.push(invalid(&value.path, quote(value.text()), wrong.join(";")));
    }
    match effect.text() {
        "" => errors.push(required(&effect.path, "")),
        text if EFFECTS.contains(&text) => {}
        text => errors.push(unsupported(&effect.path, text, &EFFECTS)),
    }
    errors
}

/// A taint of the server's own kind, which has no lower-case names.
fn in_go(taint: &Field) -> String {
    let [key, value, effect] =
        ["key", "value", "effect"].map(|name| text_in_json(taint.child(name).text()));
    let added = to_json(taint.child("timeAdded").node());
    format!(r#"{{"Key":{key},"Value":{value},"Effect":{effect},"TimeAdded":{added}}}"#)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(spec: &str) -> Vec<String> {
        let object = node(&format!(r#"{{"spec":{spec}}}"#));
        super::errors(&Field::root(&object))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_taint_is_listed_once_with_an_effect() {
        let taint = r#"{"key":"a","effect":"NoSchedule"}"#;
        assert_eq!(found(&format!(r#"{{"taints":[{taint}]}}"#)), [""; 0]);
        assert_eq!(
            found(&format!(r#"{{"taints":[{taint},{taint}]}}"#)),
            [
                r#"metadata.taints[1]: Duplicate value: {"Key":"a","Value":"","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair"#
            ]
        );
        assert_eq!(
            found(r#"{"taints":[{"key":"a"}]}"#),
            ["metadata.taints[0].effect: Required value"]
        );
    }

    #[test]
    fn a_node_has_a_range_of_each_family() {
        assert_eq!(
            found(r#"{"podCIDRs":["10.244.0.0/24","fd00::/64"]}"#),
            [""; 0]
        );
        assert_eq!(
            found(r#"{"podCIDRs":["10.244.0.0/24","10.244.0.0/24"]}"#),
            [
                r#"spec.podCIDRs: Invalid value: ["10.244.0.0/24","10.244.0.0/24"]: may specify no more than one CIDR for each IP family"#
            ]
        );
    }

    #[test]
    fn a_node_does_not_have_less_than_nothing() {
        let object = node(
            r#"{"status":{"capacity":{"cpu":"-1","example.com/gpu":"1500m","memory":"1Gi"},"allocatable":{"pods":"0.5"}}}"#,
        );
        let root = Field::root(&object);
        let expected = [
            r#"status.capacity.cpu: Invalid value: "-1": must be greater than or equal to 0"#,
            r#"status.capacity.example.com/gpu: Invalid value: "1500m": must be an integer"#,
            r#"status.allocatable.pods: Invalid value: "500m": must be an integer"#,
        ];
        let texts = |errors: Vec<ApiError>| -> Vec<String> {
            errors.iter().map(ApiError::to_string).collect()
        };
        assert_eq!(texts(errors(&root)), expected);
        assert_eq!(texts(update_errors(&root, &root)), expected);
    }

    #[test]
    fn an_address_is_not_there_twice_when_a_node_is_replaced() {
        let address = r#"{"type":"InternalIP","address":"10.0.0.1"}"#;
        let object = node(&format!(
            r#"{{"spec":{{"podCIDRs":["10.244.0.0"]}},"status":{{"addresses":[{address},{address}]}}}}"#
        ));
        let root = Field::root(&object);
        let found: Vec<String> = update_errors(&root, &root)
            .iter()
            .map(ApiError::to_string)
            .collect();
        assert_eq!(
            found,
            [r#"status.addresses[1]: Duplicate value: {"Type":"InternalIP","Address":"10.0.0.1"}"#]
        );
        let new = errors(&root);
        assert!(
            new.iter()
                .all(|error| error.field.to_string().starts_with("spec.podCIDRs")),
            "{new:?}"
        );
    }

    #[test]
    fn a_node_keeps_its_ranges() {
        let (old, new) = (
            node(r#"{"spec":{"podCIDRs":["10.0.0.0/24"]}}"#),
            node(r#"{"spec":{}}"#),
        );
        let found = |after, before| update_errors(&Field::root(after), &Field::root(before)).len();
        assert_eq!((found(&new, &old), found(&old, &new)), (1, 0));
    }
}
