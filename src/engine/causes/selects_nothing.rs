//! A Service whose selector no pod of its namespace carries: it has an address, and nothing answers behind it.
//!
//! The most common cause is a slip in one label, so the labels that pods do carry are searched for one that differs by
//! a letter or two; it is offered as a fix at the value's own place.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::near::{in_yaml, slip};
use crate::engine::apiserver::Kind;
use crate::engine::cluster::object::{EndpointSlice, Pod, Service};
use crate::engine::controllers::endpointslices::is_kept;
use crate::engine::controllers::pod_index::PodIndex;
use crate::engine::diagnostic::{Diagnostic, Fix, Problem, Severity};
use crate::engine::labels::{Labels, Selector};
use crate::engine::manifest::tree::Yaml;
use crate::engine::names::ObjectName;
use crate::engine::resolve::{Resolved, Stored};
use crate::engine::sort;

/// How many near labels are tried for each Service.
const MOST_TRIED: usize = 8;

/// Every such Service, at the label that differs.
pub fn check(resolved: &Resolved, index: &PodIndex) -> Vec<Diagnostic> {
    let cluster = &resolved.cluster;
    let told = told(resolved);
    let empty = |stored: &&Stored| {
        let service = cluster
            .services
            .get(&stored.name)
            .filter(|service| is_kept(service));
        service.is_some_and(|service| {
            index.selected(service).is_empty() && !told.contains(&stored.name)
        })
    };
    let services: Vec<&Stored> = resolved.of_kind(Kind::Service).filter(empty).collect();
    if services.is_empty() {
        return Vec::new();
    }
    let carried = carried(cluster.each_pod());
    services
        .into_iter()
        .filter_map(|stored| say(resolved, stored, &carried))
        .collect()
}

/// The Services of which a dump that leaves pods out says all the same what stands behind them.
fn told(resolved: &Resolved) -> BTreeSet<ObjectName> {
    let filled = resolved
        .cluster
        .slices
        .values()
        .filter(|slice| !slice.endpoints.is_empty());
    filled.filter_map(EndpointSlice::service).collect()
}

/// The values that pods carry, by namespace and key.
type Carried<'a> = BTreeMap<(&'a str, &'a str), BTreeMap<&'a str, usize>>;

fn carried<'a>(pods: impl Iterator<Item = &'a Pod>) -> Carried<'a> {
    let mut carried = Carried::new();
    for pod in pods {
        for (key, value) in pod.metadata.labels.iter() {
            let values = carried
                .entry((pod.metadata.namespace.as_str(), key.as_str()))
                .or_default();
            *values.entry(value.as_str()).or_default() += 1;
        }
    }
    carried
}

fn say(resolved: &Resolved, stored: &Stored, carried: &Carried) -> Option<Diagnostic> {
    let service = resolved.cluster.services.get(&stored.name)?;
    let selector = service.spec.selector.as_ref()?;
    let nearest = nearest(resolved, service, selector, carried);
    let written = stored.tree.get("spec")?.get("selector")?;
    let wrong = match &nearest {
        Some(nearest) => written.get(&nearest.key),
        None => first_uncarried(service, selector, carried).and_then(|key| written.get(key)),
    };
    let span = stored.span_of(wrong.unwrap_or(written))?;
    let problem = Problem::SelectsNothing {
        service: stored.name.name.to_string(),
        selector: Selector::equal_to(selector).to_string(),
        nearest: nearest
            .as_ref()
            .map(|nearest| Selector::equal_to(&nearest.selector).to_string()),
        pods: nearest.as_ref().map_or(0, |nearest| nearest.pods),
    };
    let fix = nearest.as_ref().filter(|_| wrong.is_some_and(is_text));
    let fix = fix.and_then(|nearest| {
        Some(Fix {
            span,
            text: in_yaml(nearest.selector.get(nearest.key.as_str())?),
        })
    });
    Some(Diagnostic {
        severity: Severity::Warning,
        span,
        problem,
        fix,
    })
}

fn is_text(node: &Yaml) -> bool {
    node.as_str().is_some()
}

/// The first label of the selector that no pod carries.
fn first_uncarried<'a>(
    service: &Service,
    selector: &'a Labels,
    carried: &Carried,
) -> Option<&'a str> {
    let namespace = service.metadata.namespace.as_str();
    let is_carried = |key: &str, value: &str| {
        carried
            .get(&(namespace, key))
            .is_some_and(|values| values.contains_key(value))
    };
    selector
        .iter()
        .find(|(key, value)| !is_carried(key, value))
        .map(|(key, _)| key.as_str())
}

/// A selector that pods do carry and that differs in one value.
struct Nearest {
    key: SmolStr,
    selector: Labels,
    pods: usize,
}

/// The nearest such selector; of equally near ones that which most pods carry.
fn nearest(
    resolved: &Resolved,
    service: &Service,
    selector: &Labels,
    carried: &Carried,
) -> Option<Nearest> {
    let namespace = service.metadata.namespace.as_str();
    let mut tries: Vec<(usize, &SmolStr, &str)> = Vec::new();
    for (key, value) in selector {
        let values = carried
            .get(&(namespace, key.as_str()))
            .into_iter()
            .flatten();
        tries.extend(values.filter_map(|(there, _)| Some((slip(value, there)?, key, *there))));
    }
    sort::sort(&mut tries);
    let tried = tries
        .into_iter()
        .take(MOST_TRIED)
        .map(|(distance, key, value)| {
            let mut selector = selector.clone();
            selector.insert(key.clone(), value.into());
            let pods = count(resolved, namespace, &Selector::equal_to(&selector));
            (
                distance,
                Nearest {
                    key: key.clone(),
                    selector,
                    pods,
                },
            )
        });
    let found = tried.filter(|(_, nearest)| nearest.pods > 0);
    found
        .min_by_key(|(distance, nearest)| (*distance, std::cmp::Reverse(nearest.pods)))
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
    use super::super::tests::said;
    use super::*;
    use crate::engine::cluster::config::Config;

    fn text(selector: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: kimho}}\nspec:\n  selector:\n    app: {selector}\n  ports: [{{port: 80}}]\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: kimho}}\nspec:\n  replicas: 3\n  selector: {{matchLabels: {{app: kimho}}}}\n  template:\n    metadata: {{labels: {{app: kimho}}}}\n    spec: {{containers: [{{name: c, image: nginx}}]}}\n"
        )
    }

    #[test]
    fn the_nearest_label_that_pods_carry_is_offered_at_the_value() {
        let found = said(&text("kimo"), &Config::default());
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
        let found = said(&text("database"), &Config::default());
        assert_eq!((found.len(), found[0].1.as_deref()), (1, None));
    }
}
