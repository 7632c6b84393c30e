//! What a pod and a pod template have in common: tolerations, how pods are to be spread.

use super::volumes::volumes;
use super::{annotations, container, pairs};
use crate::manifest::tree::Yaml;
use crate::printers::fields::{at, items, labels, number, selector_line, text};
use crate::printers::table::Page;
use crate::sort;

/// The template of a workload's pods (`DescribePodTemplate`).
pub(super) fn template(page: &mut Page, template: &Yaml) {
    page.line(0, "Pod Template:");
    page.list("  Labels", &pairs(&labels(template, "metadata.labels")));
    if !labels(template, "metadata.annotations").is_empty() {
        annotations(page, "  Annotations", template);
    }
    page.field_if_set(
        "  Service Account",
        text(template, "spec.serviceAccountName"),
    );
    let init = items(template, "spec.initContainers");
    if !init.is_empty() {
        container::containers(page, "Init Containers", init, container::Of::Template);
    }
    container::containers(
        page,
        "Containers",
        items(template, "spec.containers"),
        container::Of::Template,
    );
    volumes(page, "  ", items(template, "spec.volumes"));
    spread_constraints(
        page,
        "  ",
        items(template, "spec.topologySpreadConstraints"),
    );
    page.field_if_set(
        "  Priority Class Name",
        text(template, "spec.priorityClassName"),
    );
    page.list(
        "  Node-Selectors",
        &pairs(&labels(template, "spec.nodeSelector")),
    );
    page.list(
        "  Tolerations",
        &tolerations(items(template, "spec.tolerations")),
    );
}

/// Tolerations as `key=value:effect`, by key.
pub(super) fn tolerations(tolerations: &[Yaml]) -> Vec<String> {
    let mut sorted: Vec<&Yaml> = tolerations.iter().collect();
    sort::sort_by_key(&mut sorted, |toleration| text(toleration, "key"));
    sorted.into_iter().map(toleration).collect()
}

fn toleration(toleration: &Yaml) -> String {
    let (key, value, effect) = (
        text(toleration, "key"),
        text(toleration, "value"),
        text(toleration, "effect"),
    );
    let mut words = key.to_owned();
    if !value.is_empty() {
        words += &format!("={value}");
    }
    if !effect.is_empty() {
        words += &format!(":{effect}");
    }
    if text(toleration, "operator") == "Exists" && value.is_empty() {
        words += if words.is_empty() {
            "op=Exists"
        } else {
            " op=Exists"
        };
    }
    if at(toleration, "tolerationSeconds").is_some() {
        words += &format!(" for {}s", number(toleration, "tolerationSeconds"));
    }
    words
}

/// How pods are to be spread over zones or nodes; nothing is printed when they are not.
pub(super) fn spread_constraints(page: &mut Page, space: &str, constraints: &[Yaml]) {
    let mut sorted: Vec<&Yaml> = constraints.iter().collect();
    sort::sort_by_key(&mut sorted, |constraint| text(constraint, "topologyKey"));
    let lines: Vec<String> = sorted.into_iter().map(spread).collect();
    if !lines.is_empty() {
        let title = format!("{space}Topology Spread Constraints:\t");
        page.line(0, format!("{title}{}", lines.join(&format!("\n{space}\t"))));
    }
}

fn spread(constraint: &Yaml) -> String {
    let (key, otherwise) = (
        text(constraint, "topologyKey"),
        text(constraint, "whenUnsatisfiable"),
    );
    let skew = number(constraint, "maxSkew");
    let among = match at(constraint, "labelSelector") {
        Some(_) => format!(
            " for selector {}",
            selector_line(constraint, "labelSelector")
        ),
        None => String::new(),
    };
    format!("{key}:{otherwise} when max skew {skew} is exceeded{among}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toleration_prints_what_it_tolerates_and_for_how_long() {
        let told = |json: &str| {
            toleration(&Yaml::from(
                serde_json::from_str::<serde_json::Value>(json).expect("JSON"),
            ))
        };
        assert_eq!(told(r#"{"operator": "Exists"}"#), "op=Exists");
        let unreachable = r#"{"key": "k", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300}"#;
        assert_eq!(told(unreachable), "k:NoExecute op=Exists for 300s");
        assert_eq!(
            told(r#"{"key": "k", "value": "v", "effect": "NoSchedule"}"#),
            "k=v:NoSchedule"
        );
    }
}
