//! The plugin NodeAffinity: `nodeSelector` and the required node affinity (kubernetes
//! `k8s.io/component-helpers/scheduling/corev1/nodeaffinity`).

use smol_str::SmolStr;

use crate::cluster::object::{Node, NodeSelectorTerm, Pod};
use crate::labels::LabelSelectorRequirement;
use crate::syntax::typo_distance;

/// The only field of a node that `matchFields` can name.
const NAME: &str = "metadata.name";

/// Whether a node has the labels that a pod demands.
pub(super) fn matches(node: &Node, pod: &Pod) -> bool {
    let labels = &node.metadata.labels;
    let mut selector = pod.spec.node_selector.iter();
    selector.all(|(key, value)| labels.get(key) == Some(value))
        && terms(pod).is_none_or(|terms| terms.iter().any(|term| term_matches(term, node)))
}

fn terms(pod: &Pod) -> Option<&[NodeSelectorTerm]> {
    let affinity = pod.spec.affinity.as_ref()?;
    let required = affinity.node_affinity.required.as_ref()?;
    Some(&required.node_selector_terms)
}

fn term_matches(term: &NodeSelectorTerm, node: &Node) -> bool {
    let is_empty = term.match_expressions.is_empty() && term.match_fields.is_empty();
    let of_label = |one: &LabelSelectorRequirement| holds(one, node.metadata.labels.get(&*one.key));
    let of_field = |one: &LabelSelectorRequirement| {
        let name = (one.key == NAME).then_some(&node.metadata.name);
        holds(one, name)
    };
    !is_empty
        && term.match_expressions.iter().all(of_label)
        && term.match_fields.iter().all(of_field)
}

fn holds(one: &LabelSelectorRequirement, value: Option<&SmolStr>) -> bool {
    let is_listed = value.is_some_and(|value| one.values.iter().any(|other| other == value));
    let number = value.and_then(|value| value.parse::<i64>().ok());
    let bound = one.values.first().and_then(|bound| bound.parse().ok());
    match one.operator.as_str() {
        "In" => is_listed,
        "NotIn" => !is_listed,
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        "Gt" => number.zip(bound).is_some_and(|(own, bound)| own > bound),
        "Lt" => number.zip(bound).is_some_and(|(own, bound)| own < bound),
        _ => false,
    }
}

/// The first label that the pod demands and the node has not, as the node has it: `disk=hdd`, else a label whose key is
/// nearly the same, else `disk=<none>`.
pub(super) fn missing(node: &Node, pod: &Pod) -> Option<String> {
    let labels = &node.metadata.labels;
    let mut selector = pod.spec.node_selector.iter();
    let selected = selector.find(|(key, value)| labels.get(*key) != Some(*value));
    let expressions = terms(pod).into_iter().flatten();
    let mut expressions = expressions.flat_map(|term| &term.match_expressions);
    let expected = expressions.find(|one| !holds(one, labels.get(&*one.key)));
    let key = match selected {
        Some((key, _)) => key.as_str(),
        None => &expected?.key,
    };
    let near = || {
        let mut labels = labels.iter();
        labels.find(|(own, _)| typo_distance(key, own).is_some())
    };
    Some(match labels.get_key_value(key).or_else(near) {
        Some((key, value)) => format!("{key}={value}"),
        None => format!("{key}=<none>"),
    })
}

/// Whether every alternative of the pod's affinity names nodes, and none this one: the other plugins are not asked then.
pub(super) fn is_of_other_nodes(node: &Node, pod: &Pod) -> bool {
    let names = |term: &NodeSelectorTerm| {
        let mut fields = term.match_fields.iter();
        fields.any(|field| field.key == NAME && field.operator == "In")
    };
    let allows = |term: &NodeSelectorTerm| {
        let mut fields = term.match_fields.iter();
        fields.all(|field| field.key != NAME || holds(field, Some(&node.metadata.name)))
    };
    terms(pod).is_some_and(|terms| {
        !terms.is_empty() && terms.iter().all(names) && !terms.iter().any(allows)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    #[test]
    fn one_term_must_match_with_all_its_expressions() {
        let node: Node = object("metadata: {name: a, labels: {disk: ssd, cores: \"8\"}}");
        for (terms, expected) in [
            (
                "[{matchExpressions: [{key: disk, operator: In, values: [ssd, nvme]}]}]",
                true,
            ),
            (
                "[{matchExpressions: [{key: disk, operator: NotIn, values: [ssd]}]}]",
                false,
            ),
            (
                "[{matchExpressions: [{key: gpu, operator: NotIn, values: [\"1\"]}]}]",
                true,
            ),
            (
                "[{matchExpressions: [{key: gpu, operator: Exists}]}]",
                false,
            ),
            (
                "[{matchExpressions: [{key: gpu, operator: DoesNotExist}]}]",
                true,
            ),
            (
                "[{matchExpressions: [{key: cores, operator: Gt, values: [\"4\"]}]}]",
                true,
            ),
            (
                "[{matchExpressions: [{key: cores, operator: Lt, values: [\"8\"]}]}]",
                false,
            ),
            (
                "[{matchFields: [{key: metadata.name, operator: In, values: [a]}]}]",
                true,
            ),
            (
                "[{matchFields: [{key: metadata.name, operator: In, values: [b]}]}]",
                false,
            ),
            ("[{}]", false),
            ("[]", false),
            (
                "[{matchExpressions: [{key: gpu, operator: Exists}]}, {matchExpressions: [{key: disk, operator: Exists}]}]",
                true,
            ),
            (
                "[{matchExpressions: [{key: gpu, operator: Exists}, {key: disk, operator: Exists}]}]",
                false,
            ),
        ] {
            let pod: Pod = object(&format!(
                "spec: {{affinity: {{nodeAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: {{nodeSelectorTerms: {terms}}}}}}}}}"
            ));
            assert_eq!(matches(&node, &pod), expected, "{terms}");
        }
    }
}
