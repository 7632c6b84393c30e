//! Defaults of the resources that a pod and its containers request, and the QoS class that follows.

use std::cmp::Ordering;

use super::{absent, each, ensure, text};
use crate::apiserver::pod_resources::{
    AmountKind, Amounts, HUGE_PAGES, amounts, is_pod_level, of_containers,
};
use crate::manifest::tree::Yaml;
use crate::quantity::Quantity;

/// A container with a limit and without a request requests the limit.
pub(super) fn fill_containers(spec: &mut Yaml) {
    for containers in ["containers", "initContainers"] {
        each(spec, containers, |container| {
            let Some(limits) = container
                .get("resources")
                .and_then(|resources| resources.get("limits"))
                .cloned()
            else {
                return;
            };
            let requests = ensure(ensure(container, "resources"), "requests");
            for limit in limits.entries() {
                absent(requests, &limit.key, limit.value.value.clone());
            }
        });
    }
}

/// What a pod asks for as a whole, if it says anything: huge pages are limited as the containers' are, and what has a limit
/// or is asked for by a container is requested. (`defaultHugePagePodLimits`, `defaultPodRequests`.)
pub(super) fn fill_pod_level(spec: &mut Yaml) {
    if spec.get("resources").is_none_or(Yaml::is_null) {
        return;
    }
    let mut limits = amounts(spec, AmountKind::Limits);
    for (name, amount) in of_containers(spec, AmountKind::Limits) {
        if name.starts_with(HUGE_PAGES) && !limits.contains_key(&name) {
            limits.insert(name, amount);
        }
    }
    if limits.is_empty() {
        return;
    }
    let mut requests = of_containers(spec, AmountKind::Requests);
    requests.retain(|name, _| is_pod_level(name) && !name.starts_with(HUGE_PAGES));
    for (name, limit) in &limits {
        if is_pod_level(name) {
            requests.entry(name.clone()).or_insert(*limit);
        }
    }
    for (kind, amounts) in [
        (AmountKind::Limits, limits),
        (AmountKind::Requests, requests),
    ] {
        let written = ensure(ensure(spec, "resources"), kind.key());
        for (name, amount) in amounts {
            absent(written, &name, text(&amount.to_string()));
        }
    }
}

/// `status.qosClass`: how early the pod goes when a node runs out of memory. What the pod asks for as a whole counts, if it
/// says anything. (`pkg/apis/core/v1/helper/qos`.)
pub(super) fn quality_of_service(spec: &Yaml) -> &'static str {
    let of_pod = |kind| {
        let mut own = amounts(spec, kind);
        own.retain(|name, _| is_pod_level(name));
        own
    };
    let (requests, limits) = (of_pod(AmountKind::Requests), of_pod(AmountKind::Limits));
    if !requests.is_empty() || !limits.is_empty() {
        return class_of(&[(requests, limits)]);
    }
    let lists = ["containers", "initContainers"].into_iter();
    let containers = lists.filter_map(|key| spec.get(key)).flat_map(Yaml::items);
    let asked: Vec<(Amounts, Amounts)> = containers
        .map(|own| {
            (
                amounts(own, AmountKind::Requests),
                amounts(own, AmountKind::Limits),
            )
        })
        .collect();
    class_of(&asked)
}

/// The class of these requests and limits.
fn class_of(asked: &[(Amounts, Amounts)]) -> &'static str {
    let (mut asks, mut is_guaranteed) = (false, !asked.is_empty());
    for (requests, limits) in asked {
        for name in ["cpu", "memory"] {
            let positive = |all: &Amounts| {
                all.get(name)
                    .copied()
                    .filter(|one| *one > Quantity::default())
            };
            let (request, limit) = (positive(requests), positive(limits));
            asks |= request.or(limit).is_some();
            is_guaranteed &=
                limit.is_some() && request.partial_cmp(&limit) == Some(Ordering::Equal);
        }
    }
    match (asks, is_guaranteed) {
        (false, _) => "BestEffort",
        (true, true) => "Guaranteed",
        (true, false) => "Burstable",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{pod, text_of};
    use super::*;
    use crate::apiserver::testing::node;

    /// What a pod with these fields asks for after defaulting, as JSON of limits and requests, and its class.
    fn pod_level_of(spec: &str) -> String {
        let mut pod = node(&format!(r#"{{"spec":{spec}}}"#));
        pod::fill(&mut pod);
        let resources = pod.get("spec").and_then(|spec| spec.get("resources"));
        let shown = |key: &str| {
            let amounts = resources.and_then(|own| own.get(key));
            let entries = amounts.map(Yaml::entries).unwrap_or_default();
            let amount = |value: &Yaml| value.as_str().unwrap_or_default().to_owned();
            let all: Vec<String> = entries
                .iter()
                .map(|own| format!("{}={}", own.key, amount(&own.value)))
                .collect();
            all.join(" ")
        };
        let status = pod.get("status").expect("it has a status");
        let class = text_of(status, "qosClass");
        format!("{} | {} | {class}", shown("limits"), shown("requests"))
    }

    #[test]
    fn a_pods_requests_come_from_its_containers_and_then_from_its_limits() {
        let container =
            r#"{"resources":{"requests":{"cpu":"100m"},"limits":{"hugepages-2Mi":"4Mi"}}}"#;
        for (resources, expected) in [
            (
                r#"{"limits":{"cpu":"1","memory":"1Gi"}}"#,
                "cpu=1 memory=1Gi hugepages-2Mi=4Mi | cpu=100m hugepages-2Mi=4Mi memory=1Gi | Burstable",
            ),
            (
                r#"{"requests":{"cpu":"1"}}"#,
                "hugepages-2Mi=4Mi | cpu=1 hugepages-2Mi=4Mi | Burstable",
            ),
            (
                r#"{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"1"}}"#,
                "cpu=1 memory=1Gi hugepages-2Mi=4Mi | cpu=1 hugepages-2Mi=4Mi memory=1Gi | Guaranteed",
            ),
        ] {
            let spec = format!(r#"{{"containers":[{container}],"resources":{resources}}}"#);
            assert_eq!(pod_level_of(&spec), expected, "{resources}");
        }
    }
}
