//! A Service whose selector no pod of its namespace carries: it has an address, and nothing answers behind it.
//!
//! The most common cause is a slip in one label, so the labels that pods do carry are searched for one that differs by
//! a letter or two; it is offered as a fix at the value's own place.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::{lacking, namesake, related, slices, workloads};
use crate::causes::apply::refused_object;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::selection::one_revision;
use crate::causes::survey::{PortOf, Survey};
use crate::diagnostic::{Fault, Fix, PodFault, SelectionFault, SliceFault};
use crate::kinds::Kind;
use crate::labels::{Labels, Selector};
use crate::manifest::tree::Yaml;
use crate::manifest::yaml_quote::quoted;
use crate::resolve::{NotModelled, Resolved};
use crate::sort;
use crate::syntax::typo_distance;

/// How deep templates are searched for in an object of another kind.
const MOST_DEPTH: usize = 8;
/// How many near labels are tried for each Service.
const MOST_TRIED: usize = 8;

/// Why the selector matches no pod.
pub(super) fn causes(survey: &Survey, port: PortOf) -> Vec<Cause> {
    if is_filled_in_a_dump(survey, port) {
        return slices::causes(survey, port);
    }
    let Some(selector) = &port.service.spec.selector else {
        return Vec::new();
    };
    if let Some(cause) = one_revision::of_service(survey, port.stored, port.service) {
        return vec![cause];
    }
    if let Some(cause) = of_a_template(survey, port, selector) {
        return vec![cause];
    }
    let namespace = port.service.metadata.namespace.as_str();
    if let Some(cause) = refused_object::pods_with(survey, namespace, selector) {
        return vec![cause];
    }
    if let Some(cause) = removed_pod(survey, port, selector) {
        return vec![cause];
    }
    if let Some(cause) = workloads::of_selector(survey, port, selector) {
        return vec![cause];
    }
    let nearest = nearest_selector(survey, port, selector);
    let elsewhere = match nearest {
        Some(_) => None,
        None => in_another_namespace(survey, port, selector)
            .or_else(|| made_elsewhere(survey, port, selector)),
    };
    if let Some(cause) = elsewhere {
        return vec![cause];
    }
    let nearest = nearest.or_else(|| related::nearest(survey, port, selector));
    let lacking = match nearest {
        Some(_) => None,
        None => lacking::of_selector(survey, port, selector)
            .or_else(|| namesake::of_selector(survey, port, selector)),
    };
    if let Some(cause) = lacking {
        return vec![cause];
    }
    let overwritten = overwritten_endpoints(survey, port);
    let nothing = matches_nothing(survey, port, selector, nearest);
    overwritten.into_iter().chain(nothing).collect()
}

/// A pod of the text with the labels, which an event removed: no controller creates it again.
fn removed_pod(survey: &Survey, port: PortOf, selector: &Labels) -> Option<Cause> {
    let matcher = Selector::equal_to(selector);
    let namespace = port.service.metadata.namespace.as_str();
    let stored = survey.resolved.of_kind(Kind::Pod).find(|stored| {
        let labels = stored
            .tree
            .get("metadata")
            .and_then(|own| own.get("labels"));
        stored.name.namespace == namespace
            && survey.resolved.cluster.pod(&stored.name).is_none()
            && labels.is_some_and(|own| matcher.matches(&labels_of(own)))
    })?;
    let fault = Fault::Pod(PodFault::SelectedPodRemoved {
        service: port.service.metadata.name.to_string(),
        pod: stored.name.name.to_string(),
    });
    let evidence = vec![
        Evidence::of(stored, "metadata.name"),
        Evidence::of(port.stored, "spec.selector"),
    ];
    Some(Cause::certain(fault, evidence))
}

/// An Endpoints object that was written by hand for a Service with a selector: the controller overwrites it.
fn overwritten_endpoints(survey: &Survey, port: PortOf) -> Option<Cause> {
    let mut written = survey.resolved.of_kind(Kind::Endpoints);
    let own = written.find(|own| own.name == port.service.id() && own.written.is_some())?;
    let fault = Fault::Slice(SliceFault::EndpointsOverwritten {
        service: port.service.metadata.name.to_string(),
    });
    let evidence = vec![
        Evidence::of(port.stored, "spec.selector"),
        Evidence::of(own, "subsets"),
    ];
    Some(Cause::certain(fault, evidence))
}

/// The pod template of an object whose controller is not simulated has the labels.
fn of_a_template(survey: &Survey, port: PortOf, selector: &Labels) -> Option<Cause> {
    let matcher = Selector::equal_to(selector);
    let namespace = &port.service.metadata.namespace;
    let maker = survey.resolved.not_modelled.iter().find(|object| {
        let templates = templates_of(&object.tree, MOST_DEPTH);
        object.namespace() == namespace && templates.iter().any(|own| matcher.matches(own))
    })?;
    let fault = Fault::Selection(SelectionFault::SelectsCustomWorkload {
        service: port.service.metadata.name.to_string(),
        selector: matcher.to_string(),
        kind: maker.kind.clone(),
        name: maker.name.name.to_string(),
    });
    Some(Cause::certain(fault, vec![Evidence::of(port.stored, "spec.selector")]).possible())
}

/// The pods may come from somewhere else: an operator creates them, or the text has no pod of the namespace at all.
fn made_elsewhere(survey: &Survey, port: PortOf, selector: &Labels) -> Option<Cause> {
    let service = port.service.metadata.name.to_string();
    let namespace = &port.service.metadata.namespace;
    let shown = Selector::equal_to(selector).to_string();
    let objects = survey.resolved.not_modelled.iter();
    // An object with its own pod template creates pods with the labels of that template.
    let operated: Vec<&NotModelled> = objects
        .filter(|own| is_custom(&own.api_version) && templates_of(&own.tree, MOST_DEPTH).is_empty())
        .collect();
    let is_named = |object: &&NotModelled| {
        let group = group_of(&object.api_version);
        let name = &object.name.name;
        let mut labels = selector.iter();
        labels.any(|(key, value)| key.starts_with(group) || value == name)
    };
    let named = operated.iter().copied().find(is_named);
    let mut pods = survey.resolved.cluster.each_pod();
    // The stand-in for a Gateway's implementation is not in the text.
    let has_pods = pods.any(|pod| {
        let is_of_text = || {
            let workload = survey.resolved.workload_of(&pod.id());
            workload.is_none_or(|workload| workload.written.is_some())
        };
        pod.metadata.namespace == *namespace && is_of_text()
    });
    let operator = match named {
        Some(object) => Some(object),
        None if has_pods => operated.first().copied(),
        None => None,
    };
    let fault = match operator {
        Some(object) => Fault::Selection(SelectionFault::SelectsPodsOfAnOperator {
            service,
            selector: shown,
            kind: object.kind.clone(),
            name: object.name.name.to_string(),
            named: named.is_some(),
        }),
        None if has_pods => return None,
        None => Fault::Selection(SelectionFault::SelectsNothingInText {
            service,
            selector: shown,
            namespace: namespace.to_string(),
        }),
    };
    Some(Cause::certain(fault, vec![Evidence::of(port.stored, "spec.selector")]).possible())
}

/// The labels of the pod templates in an object: of every `template` that has a `spec`.
fn templates_of(tree: &Yaml, depth: usize) -> Vec<Labels> {
    let mut found = Vec::new();
    if depth == 0 {
        return found;
    }
    for entry in tree.entries() {
        let value = &entry.value;
        let labels = value.get("metadata").and_then(|own| own.get("labels"));
        if entry.key == "template"
            && let Some(labels) = labels
            && value.get("spec").is_some()
        {
            found.push(labels_of(labels));
        }
        found.extend(templates_of(value, depth - 1));
    }
    for item in tree.items() {
        found.extend(templates_of(item, depth - 1));
    }
    found
}

pub(super) fn labels_of(tree: &Yaml) -> Labels {
    let entries = tree.entries().iter();
    let labels = entries.filter_map(|entry| {
        let value = entry.value.as_str()?;
        Some((entry.key.as_str().into(), value.into()))
    });
    sort::map(labels)
}

/// The API group of an `apiVersion`; empty for the core group.
fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// Whether an `apiVersion` is not of Kubernetes itself.
fn is_custom(api_version: &str) -> bool {
    let group = group_of(api_version);
    group.contains('.') && !group.ends_with(".k8s.io")
}

/// A dump may leave pods out and still list what they are behind.
fn is_filled_in_a_dump(survey: &Survey, port: PortOf) -> bool {
    let slices = survey.slices_of(&port.service.id()).iter();
    slices.into_iter().any(|slice| !slice.endpoints.is_empty())
}

fn matches_nothing(
    survey: &Survey,
    port: PortOf,
    selector: &Labels,
    nearest: Option<NearestSelector>,
) -> Option<Cause> {
    let written = port.stored.tree.get("spec")?.get("selector")?;
    let key = match &nearest {
        Some(nearest) => Some(nearest.key.as_str()),
        None => first_uncarried(survey, port, selector),
    };
    let wrong = key.and_then(|key| written.get(key));
    let span = port.stored.span_of(wrong.unwrap_or(written));
    let mut evidence = Evidence::of(port.stored, "spec.selector");
    evidence.span = span;
    let fault = Fault::Selection(SelectionFault::SelectsNothing {
        service: port.service.metadata.name.to_string(),
        selector: Selector::equal_to(selector).to_string(),
        nearest: nearest
            .as_ref()
            .map(|nearest| Selector::equal_to(&nearest.selector).to_string()),
        pods: nearest.as_ref().map_or(0, |nearest| nearest.pods),
    });
    let is_text = wrong.is_some_and(|value: &Yaml| value.as_str().is_some());
    let fix = match (nearest, span) {
        (Some(nearest), Some(span)) if is_text => {
            let value = nearest.selector.get(nearest.key.as_str());
            value.map(|value| Fix {
                span,
                text: quoted(value),
            })
        }
        _ => None,
    };
    Some(Cause::certain(fault, vec![evidence]).with_fix(fix))
}

/// Pods of another namespace that the selector would match.
fn in_another_namespace(survey: &Survey, port: PortOf, selector: &Labels) -> Option<Cause> {
    let own = &port.service.metadata.namespace;
    let matcher = Selector::equal_to(selector);
    let mut namespaces: BTreeMap<&str, usize> = BTreeMap::new();
    for namespace in survey.labels.namespaces_with(selector) {
        let pods = count(survey.resolved, namespace, &matcher);
        if namespace != own && pods > 0 {
            namespaces.insert(namespace, pods);
        }
    }
    let (namespace, pods) = namespaces.into_iter().max_by_key(|(_, pods)| *pods)?;
    let fault = Fault::Selection(SelectionFault::SelectsOtherNamespace {
        service: port.service.metadata.name.to_string(),
        service_namespace: own.to_string(),
        selector: matcher.to_string(),
        namespace: namespace.to_string(),
        pods,
    });
    let evidence = vec![
        Evidence::of(port.stored, "metadata.namespace"),
        Evidence::of(port.stored, "spec.selector"),
    ];
    let written = port.stored.tree.get("metadata")?.get("namespace");
    let span = written.filter(|value| value.span.start.offset > 0);
    let fix = span.and_then(|value| {
        Some(Fix {
            span: port.stored.span_of(value)?,
            text: quoted(namespace),
        })
    });
    Some(Cause::certain(fault, evidence).with_fix(fix))
}

/// The first label of the selector that no pod of the namespace has.
fn first_uncarried<'a>(survey: &Survey, port: PortOf, selector: &'a Labels) -> Option<&'a str> {
    let namespace = port.service.metadata.namespace.as_str();
    for (key, value) in selector {
        if !survey
            .labels
            .values(namespace, key)
            .contains(&value.as_str())
        {
            return Some(key.as_str());
        }
    }
    None
}

/// A selector that pods match and that differs in one label.
pub(super) struct NearestSelector {
    /// The label of the written selector that no such pod has.
    pub key: SmolStr,
    /// What the pods have instead.
    pub selector: Labels,
    /// How many they are.
    pub pods: usize,
}

/// The nearest such selector; of equally near ones, the one that most pods match.
fn nearest_selector(survey: &Survey, port: PortOf, selector: &Labels) -> Option<NearestSelector> {
    let namespace = port.service.metadata.namespace.as_str();
    let mut tries: Vec<(usize, &SmolStr, &str)> = Vec::new();
    for (key, value) in selector {
        for carried in survey.labels.values(namespace, key) {
            if let Some(distance) = typo_distance(value, carried) {
                tries.push((distance, key, carried));
            }
        }
    }
    sort::sort(&mut tries);
    let mut found: Vec<(usize, NearestSelector)> = Vec::new();
    for (distance, key, value) in tries.into_iter().take(MOST_TRIED) {
        let mut selector = selector.clone();
        selector.insert(key.clone(), value.into());
        let pods = count(survey.resolved, namespace, &Selector::equal_to(&selector));
        if pods > 0 {
            let key = key.clone();
            found.push((
                distance,
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
        .min_by_key(|(distance, nearest)| (*distance, std::cmp::Reverse(nearest.pods)))
        .map(|(_, nearest)| nearest)
}

pub(super) fn count(resolved: &Resolved, namespace: &str, selector: &Selector) -> usize {
    let pods = resolved.cluster.each_pod();
    pods.filter(|pod| pod.metadata.namespace == namespace)
        .filter(|pod| selector.matches(&pod.metadata.labels))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::Problem;
    use crate::testing::dedent;

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
        let problem = Problem::Cause(Fault::Selection(SelectionFault::SelectsNothing {
            service: "kimho".into(),
            selector: "app=kimo".into(),
            nearest: Some("app=kimho".into()),
            pods: 3,
        }));
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
