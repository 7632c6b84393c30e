//! The labels of a new pod that its own selectors ask for (`mutatePodAffinity`, `mutateTopologySpreadConstraints` in
//! `pkg/registry/core/pod/strategy.go`).
//!
//! `matchLabelKeys` names labels whose values other pods must share, `mismatchLabelKeys` those that must differ; the
//! server writes the values into the selector when the pod is created.

use super::{each, list, map, place_at, text};
use crate::manifest::tree::{Yaml, YamlValue};

/// Adds what the keys ask for to the selectors of a pod's affinity terms and spread constraints.
pub(crate) fn merge(pod: &mut Yaml) {
    let labels = pod.at(&["metadata", "labels"]).cloned().unwrap_or_default();
    let Some(spec) = pod.get_mut("spec") else {
        return;
    };
    for kind in ["podAffinity", "podAntiAffinity"] {
        let Some(affinity) = spec
            .get_mut("affinity")
            .and_then(|affinity| affinity.get_mut(kind))
        else {
            continue;
        };
        let preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        each(affinity, preferred, |wish| {
            if let Some(term) = wish.get_mut("podAffinityTerm") {
                merge_into(term, &labels);
            }
        });
        let required = "requiredDuringSchedulingIgnoredDuringExecution";
        each(affinity, required, |term| merge_into(term, &labels));
    }
    each(spec, "topologySpreadConstraints", |constraint| {
        merge_into(constraint, &labels);
    });
}

/// A selector that was not written matches nothing, and stays so.
fn merge_into(term: &mut Yaml, labels: &Yaml) {
    let mut requirements = Vec::new();
    for (field, operator) in [("matchLabelKeys", "In"), ("mismatchLabelKeys", "NotIn")] {
        let keys = term.get(field).map(Yaml::items).unwrap_or_default();
        for key in keys.iter().filter_map(Yaml::as_str) {
            if let Some(value) = labels.get(key) {
                requirements.push(map([
                    ("key", text(key)),
                    ("operator", text(operator)),
                    ("values", list([value.value.clone()])),
                ]));
            }
        }
    }
    let Some(selector) = term.get_mut("labelSelector") else {
        return;
    };
    if requirements.is_empty() {
        return;
    }
    if selector.get("matchExpressions").is_none() {
        selector.set("matchExpressions", YamlValue::Seq(Vec::new()));
    }
    let span = selector.span;
    if let Some(Yaml {
        value: YamlValue::Seq(expressions),
        ..
    }) = selector.get_mut("matchExpressions")
    {
        expressions.extend(requirements.into_iter().map(|requirement| {
            let mut requirement = Yaml::new(requirement, span);
            place_at(span, &mut requirement);
            requirement
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::go_json::to_json;
    use crate::apiserver::testing::node;

    /// A pod with the labels `app: web` and `ver: "1"` whose spec this is, as JSON after the merge.
    fn merged(spec: &str) -> String {
        let mut pod = node(&format!(
            r#"{{"metadata":{{"labels":{{"app":"web","ver":"1"}}}},"spec":{spec}}}"#
        ));
        merge(&mut pod);
        to_json(pod.get("spec"))
    }

    #[test]
    fn a_constraint_selects_the_pods_own_value() {
        let spec = |selector: &str| {
            format!(
                r#"{{"topologySpreadConstraints":[{{"labelSelector":{{{selector}}},"matchLabelKeys":["ver","none"]}}]}}"#
            )
        };
        let own = r#"{"key":"ver","operator":"In","values":["1"]}"#;
        assert_eq!(
            merged(&spec(r#""matchLabels":{"app":"web"}"#)),
            spec(&format!(
                r#""matchLabels":{{"app":"web"}},"matchExpressions":[{own}]"#
            ))
        );
        let exists = r#"{"key":"app","operator":"Exists"}"#;
        assert_eq!(
            merged(&spec(&format!(r#""matchExpressions":[{exists}]"#))),
            spec(&format!(r#""matchExpressions":[{exists},{own}]"#))
        );
    }

    #[test]
    fn a_term_of_affinity_selects_equal_and_other_values() {
        let spec = |selector: &str| {
            let term = format!(
                r#"{{"labelSelector":{selector},"matchLabelKeys":["app"],"mismatchLabelKeys":["ver"]}}"#
            );
            format!(
                r#"{{"affinity":{{"podAffinity":{{"preferredDuringSchedulingIgnoredDuringExecution":[{{"podAffinityTerm":{term}}}]}},"podAntiAffinity":{{"requiredDuringSchedulingIgnoredDuringExecution":[{term}]}}}}}}"#
            )
        };
        let both = r#"[{"key":"app","operator":"In","values":["web"]},{"key":"ver","operator":"NotIn","values":["1"]}]"#;
        assert_eq!(
            merged(&spec("{}")),
            spec(&format!(r#"{{"matchExpressions":{both}}}"#))
        );
    }

    #[test]
    fn a_selector_that_was_not_written_stays_so() {
        let spec = r#"{"topologySpreadConstraints":[{"matchLabelKeys":["ver"]}]}"#;
        assert_eq!(merged(spec), spec);
    }
}
