//! Rules for what a container asks for and may use (`ValidateContainerResourceRequirements`).

use super::values::qualified_text;
use crate::apiserver::errors::{ApiError, invalid, required};
use crate::apiserver::field::Field;
use crate::quantity::Quantity;
use crate::syntax::quote;

/// What is wrong with `resources` of a container.
pub(super) fn errors(container: &Field) -> Vec<ApiError> {
    let (limits, requests) = (
        container.at(&["resources", "limits"]),
        container.at(&["resources", "requests"]),
    );
    let mut errors: Vec<ApiError> = limits
        .texts()
        .iter()
        .flat_map(|(name, _)| amount(name, &limits))
        .collect();
    for (name, _) in requests.texts() {
        errors.extend(amount(name, &requests));
        errors.extend(within(name, &requests, &limits));
    }
    errors
}

/// A standard or extended resource, and an amount that is not negative.
fn amount(name: &str, all: &Field) -> Vec<ApiError> {
    let field = all.entry(name);
    let mut errors = resource(name, &field);
    let Some(amount) = Quantity::read(field.text()) else {
        return errors;
    };
    let wrong = |detail: &str| invalid(&field.path, quote(&amount.to_string()), detail);
    if amount.is_negative() {
        errors.push(wrong("must be greater than or equal to 0"));
    }
    if is_extended(name) && !amount.is_whole() {
        errors.push(wrong("must be an integer"));
    }
    errors
}

fn resource(name: &str, field: &Field) -> Vec<ApiError> {
    let errors = qualified_text(&field.path, name);
    let is_known =
        matches!(name, "cpu" | "memory" | "ephemeral-storage") || name.starts_with("hugepages-");
    if !errors.is_empty() || is_known || name.contains('/') {
        return errors;
    }
    let details = [
        "must be a standard resource type or fully qualified",
        "must be a standard resource for containers",
    ];
    details
        .into_iter()
        .map(|detail| invalid(&field.path, quote(name), detail))
        .collect()
}

/// Extended resources, of other domains than kubernetes.io, cannot be overcommitted: request and limit are equal.
fn is_extended(name: &str) -> bool {
    name.split_once('/')
        .is_some_and(|(domain, _)| domain != "kubernetes.io" && !domain.ends_with(".kubernetes.io"))
}

fn within(name: &str, requests: &Field, limits: &Field) -> Option<ApiError> {
    let amount = |of: &Field| {
        of.entry(name)
            .node()
            .and_then(|node| Quantity::read(node.as_str()?))
    };
    let (asked, limit) = (amount(requests)?, amount(limits));
    let wrong = |relation: &str, limit: Quantity| {
        let detail = format!("must be {relation} to {name} limit of {limit}");
        Some(invalid(&requests.path, quote(&asked.to_string()), detail))
    };
    match limit {
        None if is_extended(name) => Some(required(
            &limits.path,
            "Limit must be set for non overcommitable resources",
        )),
        Some(limit)
            if is_extended(name)
                && asked.partial_cmp(&limit) != Some(std::cmp::Ordering::Equal) =>
        {
            wrong("equal", limit)
        }
        Some(limit) if asked > limit => wrong("less than or equal", limit),
        Some(_) | None => None,
    }
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
    fn nobody_asks_for_more_than_the_limit() {
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
}
