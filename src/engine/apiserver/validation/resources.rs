//! Rules for what containers and pods ask for and may use (`ValidateContainerResourceRequirements`,
//! `validatePodResources`).

use std::cmp::Ordering;

use super::resource_claims;
use super::values::qualified_text;
use crate::apiserver::errors::{ApiError, forbidden, invalid, required, unsupported};
use crate::apiserver::field::Field;
use crate::apiserver::pod_resources::{
    AmountKind, HUGE_PAGES, amounts, is_pod_level, of_containers,
};
use crate::manifest::tree::{FieldPath, Yaml};
use crate::quantity::Quantity;
use crate::syntax::{is_qualified_name, quote};

/// Unqualified names that quotas know; the first three are a container's.
const STANDARD: [&str; 20] = [
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "storage",
    "requests.storage",
    "services.nodeports",
    "services.loadbalancers",
];

/// Of these, the ones that are counted.
const COUNTED: [&str; 9] = [
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];

/// What is wrong with `resources` of a container.
pub(super) fn errors(container: &Field) -> Vec<ApiError> {
    requirements(&container.child("resources"), container_resource)
}

/// What is wrong with `spec.resources`, which limits a pod as a whole.
pub(super) fn of_pod(spec: &Field) -> Vec<ApiError> {
    let resources = spec.child("resources");
    let Some(pod) = spec.node().filter(|_| resources.is_set()) else {
        return Vec::new();
    };
    if spec.at(&["os", "name"]).text() == "windows" {
        return vec![forbidden(
            &resources.path,
            "may not be set for a windows pod",
        )];
    }
    let claims = resources.child("claims");
    let mut errors = Vec::new();
    if claims.is_set() {
        let detail = "claims may not be set for Resources at pod-level";
        errors.push(forbidden(&claims.path, detail));
    }
    errors.extend(requirements(&resources, pod_resource));
    errors.extend(resource_claims::used(spec, &resources));
    errors.extend(beside_containers(pod, &resources));
    errors
}

/// What is wrong with `overhead`, which the server checks as if it were limits of a container (`validateOverhead`).
pub(super) fn overhead(spec: &Field) -> Vec<ApiError> {
    let overhead = spec.child("overhead");
    let limits = Field {
        path: overhead.path.key("limits"),
        ..overhead.clone()
    };
    let requests = Field {
        node: None,
        path: overhead.path.key("requests"),
    };
    amounts_errors(&overhead.path, [&limits, &requests], container_resource)
}

/// The pod's requests cover those of its containers, its limits the huge pages' limits and each container's limit.
fn beside_containers(pod: &Yaml, resources: &Field) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for kind in [AmountKind::Requests, AmountKind::Limits] {
        let own = amounts(pod, kind);
        for (name, sum) in of_containers(pod, kind) {
            let is_covered = own.get(&name).is_none_or(|amount| *amount >= sum);
            let is_asked = match kind {
                AmountKind::Requests => true,
                AmountKind::Limits => name.starts_with(HUGE_PAGES),
            };
            if is_covered || !is_asked {
                continue;
            }
            let path = resources.child(kind.key()).entry(&name).path;
            let detail = format!(
                "must be greater than or equal to aggregate container {} of {sum}",
                kind.key()
            );
            errors.push(invalid(&path, quote(&own[&name].to_string()), detail));
        }
    }
    let most = amounts(pod, AmountKind::Limits);
    let containers = pod.get("containers").map(Yaml::items).unwrap_or_default();
    for (index, container) in containers.iter().enumerate() {
        for (name, limit) in amounts(container, AmountKind::Limits) {
            let Some(most) = most.get(&name).filter(|most| limit > **most) else {
                continue;
            };
            // The server builds this path from that of the pod's resources.
            let list = resources.path.key("containers").index(index);
            let path = list.entry(&name).key("limits");
            let detail = format!("must be less than or equal to pod limits of {most}");
            errors.push(invalid(&path, quote(&limit.to_string()), detail));
        }
    }
    errors
}

/// `limits` and `requests`, whose names are checked by `rule`.
fn requirements(resources: &Field, rule: fn(&str, &Field) -> Vec<ApiError>) -> Vec<ApiError> {
    let (limits, requests) = (resources.child("limits"), resources.child("requests"));
    amounts_errors(&resources.path, [&limits, &requests], rule)
}

fn amounts_errors(
    path: &FieldPath,
    [limits, requests]: [&Field; 2],
    rule: fn(&str, &Field) -> Vec<ApiError>,
) -> Vec<ApiError> {
    let mut errors: Vec<ApiError> = Vec::new();
    let (mut has_huge_pages, mut has_compute) = (false, false);
    for all in [limits, requests] {
        for (name, _) in all.texts() {
            errors.extend(rule(name, &all.entry(name)));
            errors.extend(quantity(name, &all.entry(name)));
            if std::ptr::eq(all, requests) {
                errors.extend(within(name, requests, limits));
            }
            if let Some(size) = name.strip_prefix(HUGE_PAGES) {
                has_huge_pages = true;
                errors.extend(whole_pages(name, size, all));
            }
            has_compute |= matches!(name, "cpu" | "memory");
        }
    }
    if has_huge_pages && !has_compute {
        errors.push(forbidden(path, "HugePages require cpu or memory"));
    }
    errors
}

/// An amount that is not negative, and whole where things are counted (`ValidateResourceQuantityValue`).
pub(super) fn quantity(name: &str, field: &Field) -> Vec<ApiError> {
    let Some(amount) = Quantity::read(field.text()) else {
        return Vec::new();
    };
    let mut errors = Vec::new();
    let wrong = |detail: &str| invalid(&field.path, quote(&amount.to_string()), detail);
    if amount.is_negative() {
        errors.push(wrong("must be greater than or equal to 0"));
    }
    let is_counted = COUNTED.contains(&name) || is_extended(name);
    if is_counted && !amount.is_whole() {
        errors.push(wrong("must be an integer"));
    }
    errors
}

/// Huge pages are asked for in whole pages.
fn whole_pages(name: &str, size: &str, all: &Field) -> Option<ApiError> {
    let field = all.entry(name);
    let amount = Quantity::read(field.text())?;
    let is_multiple = Quantity::read(size).is_some_and(|page| amount.is_multiple_of(page));
    let detail = format!("{amount} is not positive integer multiple of {name}");
    (!is_multiple).then(|| invalid(&field.path, quote(&amount.to_string()), detail))
}

fn container_resource(name: &str, field: &Field) -> Vec<ApiError> {
    let mut errors = qualified_text(&field.path, name);
    if !errors.is_empty() {
        return errors;
    }
    let wrong = |detail: &str| invalid(&field.path, quote(name), detail);
    if name.contains('/') {
        if !is_native(name) && !is_extended(name) {
            errors.push(wrong("doesn't follow extended resource name standard"));
        }
        return errors;
    }
    if !is_standard(name) {
        errors.push(wrong(NOT_STANDARD));
    }
    if !STANDARD[..3].contains(&name) && !name.starts_with(HUGE_PAGES) {
        errors.push(wrong("must be a standard resource for containers"));
    }
    errors
}

fn pod_resource(name: &str, field: &Field) -> Vec<ApiError> {
    let errors = qualified_text(&field.path, name);
    if !errors.is_empty() || is_pod_level(name) {
        return errors;
    }
    if !name.contains('/') && !is_standard(name) {
        return vec![invalid(&field.path, quote(name), NOT_STANDARD)];
    }
    vec![unsupported(
        &field.path,
        name,
        &["cpu", HUGE_PAGES, "memory"],
    )]
}

const NOT_STANDARD: &str = "must be a standard resource type or fully qualified";

fn is_standard(name: &str) -> bool {
    let quota = name.strip_prefix("requests.").unwrap_or(name);
    STANDARD.contains(&name) || quota.starts_with(HUGE_PAGES)
}

/// Kubernetes' own resources.
fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

/// Resources of other domains, whose names still fit with the prefix that quotas give them.
fn is_extended(name: &str) -> bool {
    !is_native(name)
        && !name.starts_with("requests.")
        && is_qualified_name(&format!("requests.{name}")).is_empty()
}

/// Extended resources and huge pages cannot be overcommitted: request and limit are equal.
fn is_overcommitted(name: &str) -> bool {
    is_native(name) && !name.starts_with(HUGE_PAGES)
}

fn within(name: &str, requests: &Field, limits: &Field) -> Option<ApiError> {
    let asked = Quantity::read(requests.entry(name).text())?;
    let limit = limits.entry(name);
    if !limit.is_set() {
        let detail = "Limit must be set for non overcommitable resources";
        return (!is_overcommitted(name)).then(|| required(&limits.path, detail));
    }
    let limit = Quantity::read(limit.text())?;
    let relation = match asked.partial_cmp(&limit) {
        Some(Ordering::Equal) | None => return None,
        Some(Ordering::Less | Ordering::Greater) if !is_overcommitted(name) => "equal",
        Some(Ordering::Greater) => "less than or equal",
        Some(Ordering::Less) => return None,
    };
    let detail = format!("must be {relation} to {name} limit of {limit}");
    Some(invalid(&requests.path, quote(&asked.to_string()), detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(resources: &str) -> Vec<String> {
        let container = node(&format!(r#"{{"resources":{resources}}}"#));
        errors(&Field::root(&container))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_request_is_at_most_the_limit() {
        assert_eq!(
            found(r#"{"limits":{"cpu":"1"},"requests":{"cpu":"500m"}}"#),
            [""; 0]
        );
        assert_eq!(
            found(r#"{"limits":{"cpu":"1"},"requests":{"cpu":"2"}}"#),
            [
                r#"resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1"#
            ]
        );
    }

    #[test]
    fn a_resource_is_a_known_one_or_has_a_domain() {
        assert_eq!(found(r#"{"limits":{"a.b/c":"1"}}"#), [""; 0]);
        assert_eq!(
            found(r#"{"limits":{"mem":"1Gi"}}"#),
            [
                r#"resources.limits[mem]: Invalid value: "mem": must be a standard resource type or fully qualified"#,
                r#"resources.limits[mem]: Invalid value: "mem": must be a standard resource for containers"#,
            ]
        );
    }

    #[test]
    fn there_is_no_less_than_nothing() {
        assert_eq!(
            found(r#"{"limits":{"memory":"-1"}}"#),
            [
                r#"resources.limits[memory]: Invalid value: "-1": must be greater than or equal to 0"#
            ]
        );
    }

    fn found_for_pod(spec: &str) -> Vec<String> {
        let spec = node(spec);
        let errors = of_pod(&Field::root(&spec));
        errors.iter().map(ApiError::to_string).collect()
    }

    #[test]
    fn huge_pages_come_whole_beside_cpu_or_memory_and_with_a_limit() {
        assert_eq!(
            found(r#"{"limits":{"hugepages-2Mi":"3Mi"},"requests":{"hugepages-2Mi":"2Mi"}}"#),
            [
                r#"resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi"#,
                r#"resources.requests: Invalid value: "2Mi": must be equal to hugepages-2Mi limit of 3Mi"#,
                "resources: Forbidden: HugePages require cpu or memory",
            ]
        );
    }

    #[test]
    fn a_pod_covers_its_containers() {
        let container =
            r#"{"resources":{"requests":{"cpu":"2"},"limits":{"cpu":"3","memory":"1Gi"}}}"#;
        let pod = r#""resources":{"requests":{"cpu":"3"},"limits":{"cpu":"3","memory":"512Mi"}}"#;
        assert_eq!(
            found_for_pod(&format!(
                r#"{{"containers":[{container},{container}],{pod}}}"#
            )),
            [
                r#"resources.requests[cpu]: Invalid value: "3": must be greater than or equal to aggregate container requests of 4"#,
                r#"resources.containers[0][memory].limits: Invalid value: "1Gi": must be less than or equal to pod limits of 512Mi"#,
                r#"resources.containers[1][memory].limits: Invalid value: "1Gi": must be less than or equal to pod limits of 512Mi"#,
            ]
        );
    }

    #[test]
    fn a_pod_claims_nothing_as_a_whole() {
        assert_eq!(
            found_for_pod(
                r#"{"resourceClaims":[{"name":"a"}],"resources":{"claims":[{"name":"a"}]}}"#
            ),
            ["resources.claims: Forbidden: claims may not be set for Resources at pod-level"]
        );
    }

    #[test]
    fn overhead_is_checked_like_limits() {
        let spec = node(r#"{"overhead":{"cpu":"-1","mem":"1Gi"}}"#);
        let errors = overhead(&Field::root(&spec));
        assert_eq!(
            errors.iter().map(ApiError::to_string).collect::<Vec<_>>(),
            [
                r#"overhead.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0"#,
                r#"overhead.limits[mem]: Invalid value: "mem": must be a standard resource type or fully qualified"#,
                r#"overhead.limits[mem]: Invalid value: "mem": must be a standard resource for containers"#,
            ]
        );
    }

    #[test]
    fn a_pod_requests_only_the_supported_resources() {
        assert_eq!(
            found_for_pod(r#"{"resources":{"limits":{"ephemeral-storage":"1Gi","mem":"1Gi"}}}"#),
            [
                r#"resources.limits[ephemeral-storage]: Unsupported value: "ephemeral-storage": supported values: "cpu", "hugepages-", "memory""#,
                r#"resources.limits[mem]: Invalid value: "mem": must be a standard resource type or fully qualified"#,
            ]
        );
        assert_eq!(
            found_for_pod(r#"{"os":{"name":"windows"},"resources":{"limits":{"cpu":"1"}}}"#),
            ["resources: Forbidden: may not be set for a windows pod"]
        );
    }
}
