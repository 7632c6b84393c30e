//! Rules for a pod's affinity to nodes and to other pods (`validateAffinity`).

use super::values::{qualified_name, subdomain};
use super::{label_keys, selector};
use crate::apiserver::errors::{ApiError, forbidden, invalid, invalid_text, required};
use crate::apiserver::field::Field;
use crate::syntax::{is_dns1123_label, is_valid_label_value, quote};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// What is wrong with `affinity`.
pub(super) fn errors(spec: &Field) -> Vec<ApiError> {
    let affinity = spec.child("affinity");
    let mut errors = nodes(&affinity.child("nodeAffinity"));
    for kind in ["podAffinity", "podAntiAffinity"] {
        errors.extend(pods(&affinity.child(kind)));
    }
    errors
}

fn nodes(affinity: &Field) -> Vec<ApiError> {
    let (must, terms) = (
        affinity.child(REQUIRED),
        affinity.at(&[REQUIRED, "nodeSelectorTerms"]),
    );
    let mut errors: Vec<ApiError> = terms
        .items()
        .iter()
        .flat_map(|term| node_term(term, needed))
        .collect();
    if must.is_set() && terms.is_empty() {
        errors.push(required(
            &terms.path,
            "must have at least one node selector term",
        ));
    }
    for wish in affinity.child(PREFERRED).items() {
        errors.extend(weight(&wish));
        errors.extend(node_term(&wish.child("preference"), node_requirement));
    }
    errors
}

fn node_term(term: &Field, rule: fn(&Field) -> Vec<ApiError>) -> Vec<ApiError> {
    let (labels, fields) = (
        term.child("matchExpressions").items(),
        term.child("matchFields").items(),
    );
    let mut errors: Vec<ApiError> = labels.iter().flat_map(rule).collect();
    errors.extend(fields.iter().flat_map(field_requirement));
    errors
}

/// Of a node's fields only its name can be asked for, and only one at a time.
fn field_requirement(requirement: &Field) -> Vec<ApiError> {
    let [key, operator, values] = ["key", "operator", "values"].map(|name| requirement.child(name));
    let mut errors = match (operator.text(), values.len()) {
        ("In" | "NotIn", 1) => Vec::new(),
        ("In" | "NotIn", _) => {
            let detail =
                "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
            vec![required(&values.path, detail)]
        }
        (text, _) => vec![invalid(
            &operator.path,
            quote(text),
            "not a valid selector operator",
        )],
    };
    match key.text() {
        "metadata.name" => errors.extend(values.items().iter().flat_map(subdomain)),
        text => errors.push(invalid(
            &key.path,
            quote(text),
            "not a valid field selector key",
        )),
    }
    errors
}

/// Values of required terms must be valid label values; preferred terms may be unsatisfiable.
fn needed(requirement: &Field) -> Vec<ApiError> {
    let mut errors = node_requirement(requirement);
    let values = requirement.child("values").items();
    errors.extend(values.iter().flat_map(|value| {
        invalid_text(
            &value.path,
            value.text(),
            is_valid_label_value(value.text()),
        )
    }));
    errors
}

fn node_requirement(requirement: &Field) -> Vec<ApiError> {
    let (operator, values) = (requirement.child("operator"), requirement.child("values"));
    let wrong = match (operator.text(), values.len()) {
        ("In" | "NotIn", 0) => Some(required(
            &values.path,
            "must be specified when `operator` is 'In' or 'NotIn'",
        )),
        ("Exists" | "DoesNotExist", 1..) => Some(forbidden(
            &values.path,
            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        )),
        ("Gt" | "Lt", 0 | 2..) => Some(required(
            &values.path,
            "must be specified single value when `operator` is 'Lt' or 'Gt'",
        )),
        ("In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt", _) => None,
        (text, _) => Some(invalid(
            &operator.path,
            quote(text),
            "not a valid selector operator",
        )),
    };
    let mut errors: Vec<ApiError> = wrong.into_iter().collect();
    errors.extend(qualified_name(&requirement.child("key")));
    errors
}

fn pods(affinity: &Field) -> Vec<ApiError> {
    let mut errors: Vec<ApiError> = affinity
        .child(REQUIRED)
        .items()
        .iter()
        .flat_map(pod_term)
        .collect();
    for wish in affinity.child(PREFERRED).items() {
        errors.extend(weight(&wish));
        errors.extend(pod_term(&wish.child("podAffinityTerm")));
    }
    errors
}

/// A term about other pods: which pods, and the node label that must be equal. An empty key yields two errors: required,
/// and invalid.
fn pod_term(term: &Field) -> Vec<ApiError> {
    let key = term.child("topologyKey");
    let mut errors = selector::errors(&term.child("labelSelector"));
    errors.extend(selector::errors(&term.child("namespaceSelector")));
    let namespace = term.path.key("namespace");
    for name in term.child("namespaces").list() {
        errors.extend(invalid_text(&namespace, &name, is_dns1123_label(&name)));
    }
    errors.extend(label_keys::errors(term));
    if key.text().is_empty() {
        errors.push(required(&key.path, "can not be empty"));
    }
    errors.extend(qualified_name(&key));
    errors
}

fn weight(wish: &Field) -> Option<ApiError> {
    let weight = wish.child("weight");
    let is_wrong = !(1..=100).contains(&weight.int());
    is_wrong.then(|| {
        invalid(
            &weight.path,
            weight.int().to_string(),
            "must be in the range 1-100",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(affinity: &str) -> Vec<String> {
        let spec = node(&format!(r#"{{"affinity":{affinity}}}"#));
        errors(&Field::root(&spec))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn nodes_that_are_required_are_named() {
        let must = |terms: &str| {
            let terms = format!(r#"{{"nodeSelectorTerms":[{terms}]}}"#);
            found(&format!(
                r#"{{"nodeAffinity":{{"requiredDuringSchedulingIgnoredDuringExecution":{terms}}}}}"#
            ))
        };
        assert!(must("")[0].ends_with(
            "nodeSelectorTerms: Required value: must have at least one node selector term"
        ));
        let term = |operator: &str| {
            must(&format!(
                r#"{{"matchExpressions":[{{"key":"a",{operator}}}]}}"#
            ))
        };
        assert_eq!(term(r#""operator":"Gt","values":["1"]"#), [""; 0]);
        assert!(
            term(r#""operator":"Gt""#)[0]
                .ends_with("must be specified single value when `operator` is 'Lt' or 'Gt'")
        );
        assert!(
            term(r#""operator":"Is""#)[0]
                .ends_with(r#"Invalid value: "Is": not a valid selector operator"#)
        );
    }

    #[test]
    fn what_a_node_must_be_labelled_is_a_label() {
        let requirement = node(r#"{"key":"a","operator":"In","values":["a b"]}"#);
        let requirement = Field::root(&requirement);
        assert_eq!(
            (
                needed(&requirement).len(),
                node_requirement(&requirement).len()
            ),
            (1, 0)
        );
    }

    #[test]
    fn of_a_nodes_fields_one_name_can_be_asked_for() {
        let rule = |json: &str| field_requirement(&Field::root(&node(json))).len();
        assert_eq!(
            rule(r#"{"key":"metadata.name","operator":"In","values":["a"]}"#),
            0
        );
        assert_eq!(
            rule(r#"{"key":"metadata.name","operator":"In","values":["a","b"]}"#),
            1
        );
        assert_eq!(rule(r#"{"key":"metadata.uid","operator":"Exists"}"#), 2);
    }

    #[test]
    fn company_is_kept_somewhere_and_weighs_something() {
        let wish = r#"{"weight":101,"podAffinityTerm":{"topologyKey":"kubernetes.io/hostname"}}"#;
        assert_eq!(
            found(&format!(
                r#"{{"podAffinity":{{"preferredDuringSchedulingIgnoredDuringExecution":[{wish}]}}}}"#
            )),
            [
                "affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100"
            ]
        );
        let must =
            found(r#"{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{}]}}"#);
        assert!(must[0].ends_with("topologyKey: Required value: can not be empty"));
    }
}
