//! What may change of the nodes that a pod asks for while scheduling gates hold it back: its requirements may grow.

use super::pod_update::copy_field;
use crate::apiserver::errors::{ApiError, invalid};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::{text_in_json, to_json};
use crate::manifest::tree::{Yaml, YamlValue};

/// What is wrong with the change of a waiting pod's choice of nodes.
pub(super) fn errors(new: &Field, old: &Field) -> Vec<ApiError> {
    let mut errors: Vec<ApiError> = node_selector(new, old).into_iter().collect();
    errors.extend(node_affinity(new, old));
    errors
}

/// It may require further labels of its node (`validateNodeSelectorMutation`).
fn node_selector(new: &Field, old: &Field) -> Option<ApiError> {
    let [now, was] = [new, old].map(|spec| spec.child("nodeSelector"));
    let kept = now.texts();
    let all_stay = was.texts().iter().all(|label| kept.contains(label));
    let detail = "only additions to spec.nodeSelector are allowed (no mutations or deletions)";
    (!all_stay).then(|| invalid(&now.path, to_json(now.node()), detail))
}

/// It may add requirements to the terms of its required node affinity (`validateNodeAffinityMutation`).
fn node_affinity(new: &Field, old: &Field) -> Vec<ApiError> {
    let [now, was] = [new, old].map(|spec| {
        spec.at(&[
            "affinity",
            "nodeAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution",
            "nodeSelectorTerms",
        ])
    });
    let (terms, before) = (now.items(), was.items());
    if before.is_empty() {
        return Vec::new();
    }
    if terms.len() != before.len() {
        let printed: Vec<String> = terms.iter().map(term_in_go).collect();
        let printed = match printed.as_slice() {
            [] => "null".to_owned(),
            terms => format!("[{}]", terms.join(",")),
        };
        let detail = "no additions/deletions to non-empty NodeSelectorTerms list are allowed";
        return vec![invalid(&now.path, printed, detail)];
    }
    let narrowed = terms.iter().zip(&before);
    let wrong = narrowed.filter(|(term, before)| !has_only_additions(term, before));
    let detail = "only additions are allowed (no mutations or deletions)";
    wrong
        .map(|(term, _)| invalid(&term.path, term_in_go(term), detail))
        .collect()
}

/// Whether a term begins as it did. One that matched nothing stays so (`validateNodeSelectorTermHasOnlyAdditions`).
fn has_only_additions(term: &Field, before: &Field) -> bool {
    let lists = ["matchExpressions", "matchFields"];
    let printed = |term: &Field, list| -> Vec<String> {
        let items = term.child(list).items();
        items.iter().map(|item| to_json(item.node())).collect()
    };
    let is_empty = |term: &Field| {
        let mut lists = lists.into_iter();
        lists.all(|list| term.child(list).is_empty())
    };
    if is_empty(before) {
        return is_empty(term);
    }
    lists
        .into_iter()
        .all(|list| printed(term, list).starts_with(&printed(before, list)))
}

/// A term of the server's own kind, whose fields have no lower-case names.
fn term_in_go(term: &Field) -> String {
    let requirement = |requirement: &Field| {
        let [key, operator] =
            ["key", "operator"].map(|name| text_in_json(requirement.child(name).text()));
        let values = to_json(requirement.child("values").node());
        format!(r#"{{"Key":{key},"Operator":{operator},"Values":{values}}}"#)
    };
    let [labels, fields] = ["matchExpressions", "matchFields"].map(|list| {
        let items: Vec<String> = term.child(list).items().iter().map(requirement).collect();
        match items.as_slice() {
            [] => "null".to_owned(),
            items => format!("[{}]", items.join(",")),
        }
    });
    format!(r#"{{"MatchExpressions":{labels},"MatchFields":{fields}}}"#)
}

/// Gives a new spec the old one's choice of nodes. An affinity that has nothing else is new as a whole.
pub(super) fn mask_choice_of_nodes(spec: &mut Yaml, old: &Field) {
    copy_field(spec, old, "nodeSelector");
    let affinity = old.child("affinity");
    let nodes = affinity.child("nodeAffinity").node();
    let is_for_nodes_alone = |now: &Yaml| {
        let has = |kind| now.get(kind).is_some();
        has("nodeAffinity") && !has("podAffinity") && !has("podAntiAffinity")
    };
    if !affinity.is_set() && spec.get("affinity").is_some_and(is_for_nodes_alone) {
        spec.remove("affinity");
    } else if let Some(now) = spec.get_mut("affinity") {
        copy_field(now, &affinity, "nodeAffinity");
    } else if let Some(nodes) = nodes {
        let mut only = Yaml::new(YamlValue::Map(Vec::new()), nodes.span);
        only.set("nodeAffinity", nodes.value.clone());
        spec.set("affinity", only.value);
    }
}

#[cfg(test)]
mod tests {
    use crate::apiserver::errors::ApiError;
    use crate::apiserver::field::Field;
    use crate::apiserver::testing::node;
    use crate::apiserver::validation::pod_update;

    fn found(new: &str, old: &str) -> Vec<String> {
        pod_update::errors(&Field::root(&node(new)), &Field::root(&node(old)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_waiting_pod_may_ask_for_fewer_nodes() {
        let waiting = |rest: &str| {
            format!(
                r#"{{"spec":{{"containers":[{{"name":"a","image":"x"}}],"schedulingGates":[{{"name":"a"}}]{rest}}}}}"#
            )
        };
        let labels = |labels: &str| waiting(&format!(r#","nodeSelector":{labels}"#));
        assert_eq!(found(&labels(r#"{"a":"1"}"#), &waiting("")), [""; 0]);
        assert_eq!(
            found(&labels(r#"{"a":"2"}"#), &labels(r#"{"a":"1"}"#)),
            [
                r#"spec.nodeSelector: Invalid value: {"a":"2"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)"#
            ]
        );
        let affinity = |expressions: &str| {
            let terms = format!(r#"[{{"matchExpressions":[{expressions}]}}]"#);
            waiting(&format!(
                r#","affinity":{{"nodeAffinity":{{"requiredDuringSchedulingIgnoredDuringExecution":{{"nodeSelectorTerms":{terms}}}}}}}"#
            ))
        };
        let (disk, zone) = (
            r#"{"key":"disk","operator":"Exists"}"#,
            r#"{"key":"zone","operator":"In","values":["a"]}"#,
        );
        let both = affinity(&format!("{disk},{zone}"));
        assert_eq!(found(&affinity(disk), &waiting("")), [""; 0]);
        assert_eq!(found(&both, &affinity(disk)), [""; 0]);
        assert_eq!(
            found(&affinity(zone), &both),
            [
                r#"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]: Invalid value: {"MatchExpressions":[{"Key":"zone","Operator":"In","Values":["a"]}],"MatchFields":null}: only additions are allowed (no mutations or deletions)"#
            ]
        );
        assert_eq!(
            found(&waiting(""), &both),
            [
                r#"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Invalid value: null: no additions/deletions to non-empty NodeSelectorTerms list are allowed"#
            ]
        );
    }
}
