//! What the server warns of in where pods want to be: old names of node labels, and selectors that select no pod
//! (`pkg/api/node/util.go`, `pkg/api/pod/warnings.go`).

use crate::apiserver::Warning;
use crate::apiserver::field::Field;
use crate::syntax::{is_valid_label_value, quote};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// Warnings about the nodes a pod asks for and is spread over.
pub(crate) fn nodes(spec: &Field) -> Vec<Warning> {
    let selector = spec.child("nodeSelector");
    let keys = selector.texts().into_iter().map(|(key, _)| key);
    let mut warnings: Vec<Warning> = keys
        .filter_map(|key| Some(Warning::at(&selector.entry(key).path, old(key)?)))
        .collect();
    let affinity = spec.at(&["affinity", "nodeAffinity"]);
    let needed = affinity.at(&[REQUIRED, "nodeSelectorTerms"]).items();
    for term in &needed {
        for expression in term.child("matchExpressions").items() {
            warnings.extend(old_key(&expression.child("key")));
        }
    }
    let wished = affinity.child(PREFERRED).items();
    for term in wished.iter().map(|wish| wish.child("preference")) {
        for expression in term.child("matchExpressions").items() {
            warnings.extend(old_key(&expression.child("key")));
            let values = expression.child("values").items();
            warnings.extend(values.iter().flat_map(no_label));
        }
    }
    for constraint in spec.child("topologySpreadConstraints").items() {
        warnings.extend(old_key(&constraint.child("topologyKey")));
        warnings.extend(selects_nothing(&constraint));
    }
    warnings
}

/// Warnings about a pod's affinity and anti-affinity to other pods.
pub(crate) fn company(spec: &Field) -> Vec<Warning> {
    let kinds = ["podAffinity", "podAntiAffinity"].map(|kind| spec.at(&["affinity", kind]));
    let terms = kinds.iter().flat_map(|kind| {
        let wished = kind
            .child(PREFERRED)
            .items()
            .into_iter()
            .map(|wish| wish.child("podAffinityTerm"));
        kind.child(REQUIRED).items().into_iter().chain(wished)
    });
    terms.filter_map(|term| selects_nothing(&term)).collect()
}

fn selects_nothing(term: &Field) -> Option<Warning> {
    let selector = term.child("labelSelector");
    let words = "a null labelSelector results in matching no pod";
    (!selector.is_set()).then(|| Warning::at(&selector.path, words))
}

/// A value that no label can have; where it is required, that is an error.
fn no_label(value: &Field) -> Vec<Warning> {
    let text = value.text();
    let wrong = is_valid_label_value(text).into_iter();
    wrong
        .map(|words| Warning::at(&value.path, format!("{text} is invalid, {words}")))
        .collect()
}

fn old_key(key: &Field) -> Option<Warning> {
    let words = format!("{} is {}", key.text(), old(key.text())?);
    Some(Warning::at(&key.path, words))
}

/// What the server says of a label of nodes that has had another name for long.
fn old(label: &str) -> Option<String> {
    const OLD: [(&str, &str, &str); 5] = [
        ("beta.kubernetes.io/arch", "v1.14", "kubernetes.io/arch"),
        ("beta.kubernetes.io/os", "v1.14", "kubernetes.io/os"),
        (
            "failure-domain.beta.kubernetes.io/region",
            "v1.17",
            "topology.kubernetes.io/region",
        ),
        (
            "failure-domain.beta.kubernetes.io/zone",
            "v1.17",
            "topology.kubernetes.io/zone",
        ),
        (
            "beta.kubernetes.io/instance-type",
            "v1.17",
            "node.kubernetes.io/instance-type",
        ),
    ];
    let (_, since, new) = OLD.iter().find(|(name, _, _)| *name == label)?;
    Some(format!(
        "deprecated since {since}; use {} instead",
        quote(new)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_node_label_has_a_newer_name() {
        let spec = node(r#"{"nodeSelector":{"beta.kubernetes.io/os":"linux"}}"#);
        assert_eq!(
            nodes(&Field::root(&spec)),
            [
                r#"nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead"#
            ]
        );
        let constraint =
            r#"{"topologyKey":"failure-domain.beta.kubernetes.io/zone","labelSelector":{}}"#;
        let spec = node(&format!(
            r#"{{"topologySpreadConstraints":[{constraint}]}}"#
        ));
        assert_eq!(
            nodes(&Field::root(&spec)),
            [
                r#"topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead"#
            ]
        );
    }

    #[test]
    fn an_affinity_without_a_selector_matches_no_pod() {
        let wish = r#"{"weight":1,"podAffinityTerm":{"topologyKey":"zone"}}"#;
        let spec = node(&format!(
            r#"{{"affinity":{{"podAntiAffinity":{{"{PREFERRED}":[{wish}]}}}}}}"#
        ));
        assert_eq!(
            company(&Field::root(&spec)),
            [format!(
                "affinity.podAntiAffinity.{PREFERRED}[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod"
            )
            .as_str()]
        );
    }
}
