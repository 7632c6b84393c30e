//! A Service whose selector matches no pod of its namespace: it has an address but no endpoints.
//!
//! The usual cause is a typo in a label. If pods have a label value that differs by a typo, it is offered as a fix.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::typo::typo_distance;
use crate::engine::apiserver::Kind;
use crate::engine::cluster::object::{EndpointSlice, Pod, Service};
use crate::engine::controllers::endpointslices::is_kept;
use crate::engine::controllers::pod_index::PodIndex;
use crate::engine::diagnostic::{Diagnostic, Fix, Problem, Severity};
use crate::engine::labels::{Labels, Selector};
use crate::engine::manifest::tree::Yaml;
use crate::engine::manifest::yaml_quote::quoted;
use crate::engine::names::ObjectName;
use crate::engine::resolve::{Resolved, Stored};
use crate::engine::sort;

/// The number of similar label values that are tried for each Service.
const MAX_TRIED: usize = 8;

/// Reports every such Service, at the label value without a match.
pub(super) fn check(resolved: &Resolved, index: &PodIndex) -> Vec<Diagnostic> {
    let with_endpoints = services_with_endpoints(resolved);
    let mut values = None;
    let mut found = Vec::new();
    for stored in resolved.of_kind(Kind::Service) {
        let Some(service) = resolved.cluster.services.get(&stored.name) else {
            continue;
        };
        if is_kept(service)
            && index.selected(service).is_empty()
            && !with_endpoints.contains(&stored.name)
        {
            let values = values.get_or_insert_with(|| label_values(resolved.cluster.each_pod()));
            found.extend(diagnose(resolved, stored, service, values));
        }
    }
    found
}

/// The Services with endpoints: a live dump may have the EndpointSlices of pods that it leaves out.
fn services_with_endpoints(resolved: &Resolved) -> BTreeSet<ObjectName> {
    let slices = resolved.cluster.slices.values();
    slices
        .filter(|slice| !slice.endpoints.is_empty())
        .filter_map(EndpointSlice::service)
        .collect()
}

/// The label values of pods, by namespace and key.
type LabelValues<'a> = BTreeMap<(&'a str, &'a str), BTreeSet<&'a str>>;

fn label_values<'a>(pods: impl Iterator<Item = &'a Pod>) -> LabelValues<'a> {
    let mut values = LabelValues::new();
    for pod in pods {
        for (key, value) in pod.metadata.labels.iter() {
            let key = (pod.metadata.namespace.as_str(), key.as_str());
            values.entry(key).or_default().insert(value.as_str());
        }
    }
    values
}

fn diagnose(
    resolved: &Resolved,
    stored: &Stored,
    service: &Service,
    values: &LabelValues,
) -> Option<Diagnostic> {
    let selector = service.spec.selector.as_ref()?;
    let nearest = nearest(resolved, service, selector, values);
    let written = stored.tree.get("spec")?.get("selector")?;
    let wrong = match &nearest {
        Some(nearest) => written.get(&nearest.key),
        None => first_unknown_label(service, selector, values).and_then(|key| written.get(key)),
    };
    let span = stored.span_of(wrong.unwrap_or(written))?;
    let mut fix = None;
    if let Some(nearest) = &nearest
        && wrong.is_some_and(is_text)
    {
        let text = quoted(nearest.selector.get(nearest.key.as_str())?);
        fix = Some(Fix { span, text });
    }
    Some(Diagnostic {
        severity: Severity::Warning,
        span,
        problem: Problem::SelectsNothing {
            service: stored.name.name.to_string(),
            selector: Selector::equal_to(selector).to_string(),
            nearest: nearest
                .as_ref()
                .map(|nearest| Selector::equal_to(&nearest.selector).to_string()),
            pods: nearest.as_ref().map_or(0, |nearest| nearest.pods),
        },
        fix,
    })
}

fn is_text(node: &Yaml) -> bool {
    node.as_str().is_some()
}

/// The first label of the selector that no pod has.
fn first_unknown_label<'a>(
    service: &Service,
    selector: &'a Labels,
    values: &LabelValues,
) -> Option<&'a str> {
    let namespace = service.metadata.namespace.as_str();
    for (key, value) in selector {
        let known = values.get(&(namespace, key.as_str()));
        if !known.is_some_and(|values| values.contains(value.as_str())) {
            return Some(key);
        }
    }
    None
}

/// A selector that matches pods and differs from the Service's in one value.
struct NearestSelector {
    key: SmolStr,
    selector: Labels,
    pods: usize,
}

/// The selector with the fewest edits; of several, the one that matches the most pods.
fn nearest(
    resolved: &Resolved,
    service: &Service,
    selector: &Labels,
    values: &LabelValues,
) -> Option<NearestSelector> {
    let namespace = service.metadata.namespace.as_str();
    let mut candidates: Vec<(usize, &SmolStr, &str)> = Vec::new();
    for (key, value) in selector {
        for similar in values.get(&(namespace, key.as_str())).into_iter().flatten() {
            if let Some(edits) = typo_distance(value, similar) {
                candidates.push((edits, key, similar));
            }
        }
    }
    sort::sort(&mut candidates);
    let mut found: Vec<(usize, NearestSelector)> = Vec::new();
    for (edits, key, value) in candidates.into_iter().take(MAX_TRIED) {
        let mut selector = selector.clone();
        selector.insert(key.clone(), value.into());
        let pods = count(resolved, namespace, &Selector::equal_to(&selector));
        if pods > 0 {
            let key = key.clone();
            found.push((
                edits,
                NearestSelector {
                    key,
                    selector,
                    pods,
                },
            ));
        }
    }
    found
        .into_iter()
        .min_by_key(|(edits, nearest)| (*edits, Reverse(nearest.pods)))
        .map(|(_, nearest)| nearest)
}

fn count(resolved: &Resolved, namespace: &str, selector: &Selector) -> usize {
    let pods = resolved
        .cluster
        .pods
        .values()
        .filter(|pod| pod.metadata.namespace == namespace);
    pods.filter(|pod| selector.matches(&pod.metadata.labels))
        .count()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_text;
    use super::*;
    use crate::engine::cluster::config::Config;
    use crate::engine::testing::dedent;

    fn text(selector: &str) -> String {
        dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: kimho}
            spec:
              selector:
                app: SELECTOR
              ports: [{port: 80}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: kimho}
            spec:
              replicas: 3
              selector: {matchLabels: {app: kimho}}
              template:
                metadata: {labels: {app: kimho}}
                spec: {containers: [{name: c, image: nginx}]}
            ",
        )
        .replace("SELECTOR", selector)
    }

    #[test]
    fn the_nearest_label_that_pods_have_is_offered_at_the_value() {
        let found = check_text(&text("kimo"), &Config::default());
        let [(diagnostic, fixed)] = found.as_slice() else {
            panic!("one diagnostic, not {found:?}")
        };
        let problem = Problem::SelectsNothing {
            service: "kimho".into(),
            selector: "app=kimo".into(),
            nearest: Some("app=kimho".into()),
            pods: 3,
        };
        assert_eq!(diagnostic.problem, problem);
        assert_eq!(
            (diagnostic.span.start.line, diagnostic.span.start.column),
            (6, 10)
        );
        assert_eq!(fixed.as_deref(), Some(text("kimho").as_str()));
    }

    #[test]
    fn a_selector_that_is_like_nothing_gets_no_fix() {
        let found = check_text(&text("database"), &Config::default());
        assert_eq!((found.len(), found[0].1.as_deref()), (1, None));
    }
}
