//! `kubectl describe` of ResourceQuotas and LimitRanges, alone and at the end of their namespace's page.
//!
//! What is used is counted by a controller that is not modelled: a quota that was just applied has no amounts yet.

use std::collections::BTreeSet;

use crate::manifest::tree::Yaml;
use crate::printers::fields::{at, items, printed, text, texts};
use crate::printers::store::Item;
use crate::printers::table::Page;
use crate::quantity::Quantity;
use crate::sort;

/// The page of a ResourceQuota (`describeQuota`), without events.
pub(super) fn resource_quota(quota: &Yaml) -> String {
    let mut page = Page::default();
    page.field("Name", text(quota, "metadata.name"));
    page.field("Namespace", text(quota, "metadata.namespace"));
    scopes(&mut page, quota, 0, " * ");
    page.line(0, "Resource\tUsed\tHard");
    page.line(0, "--------\t----\t----");
    amounts(&mut page, quota, 0);
    page.finish()
}

/// The quotas of a namespace, by name (`DescribeResourceQuotas`).
pub(super) fn resource_quotas(page: &mut Page, quotas: &[&Item]) {
    if quotas.is_empty() {
        return page.line(0, "No resource quota.");
    }
    page.line(0, "Resource Quotas");
    for quota in quotas {
        page.line(1, format!("Name:\t{}", quota.name.name));
        scopes(page, &quota.tree, 1, "* ");
        page.line(1, "Resource\tUsed\tHard");
        page.line(1, "--------\t---\t---");
        amounts(page, &quota.tree, 1);
    }
}

fn scopes(page: &mut Page, quota: &Yaml, level: usize, bullet: &str) {
    let mut scopes = texts(quota, "spec.scopes");
    sort::sort(&mut scopes);
    if !scopes.is_empty() {
        page.line(level, format!("Scopes:\t{}", scopes.join(", ")));
    }
    for help in scopes.into_iter().filter_map(help) {
        page.line(level, format!("{bullet}{help}"));
    }
}

/// What a scope means (`helpTextForResourceQuotaScope`).
fn help(scope: &str) -> Option<&'static str> {
    let help = match scope {
        "Terminating" => {
            "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system."
        }
        "NotTerminating" => {
            "Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate."
        }
        "BestEffort" => {
            "Matches all pods that do not have resource requirements set. These pods have a best effort quality of service."
        }
        "NotBestEffort" => {
            "Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service."
        }
        _ => return None,
    };
    Some(help)
}

/// What is used of each resource, and how much there may be.
fn amounts(page: &mut Page, quota: &Yaml, level: usize) {
    for resource in names(quota, &["status.hard"]) {
        let [used, hard] = ["status.used", "status.hard"]
            .map(|list| amount(quota, list, resource).unwrap_or_else(|| "0".to_owned()));
        page.line(level, format!("{resource}\t{used}\t{hard}"));
    }
}

/// The page of a LimitRange (`describeLimitRange`), without labels and events.
pub(super) fn limit_range(range: &Yaml) -> String {
    let mut page = Page::default();
    page.field("Name", text(range, "metadata.name"));
    page.field("Namespace", text(range, "metadata.namespace"));
    limits_head(&mut page, "");
    limits(&mut page, range, "");
    page.finish()
}

/// The limits of a namespace (`DescribeLimitRanges`).
pub(super) fn limit_ranges(page: &mut Page, ranges: &[&Item]) {
    if ranges.is_empty() {
        return page.line(0, "No LimitRange resource.");
    }
    page.line(0, "Resource Limits");
    limits_head(page, " ");
    for range in ranges {
        limits(page, &range.tree, " ");
    }
}

fn limits_head(page: &mut Page, indent: &str) {
    for line in [
        "Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio",
        "----\t--------\t---\t---\t---------------\t-------------\t-----------------------",
    ] {
        page.line(0, format!("{indent}{line}"));
    }
}

/// A line for each resource of each limit, by name; kubectl's order is random (`describeLimitRangeSpec`).
fn limits(page: &mut Page, range: &Yaml, indent: &str) {
    const LISTS: [&str; 5] = [
        "max",
        "min",
        "default",
        "defaultRequest",
        "maxLimitRequestRatio",
    ];
    for limit in items(range, "spec.limits") {
        let kind = text(limit, "type");
        for resource in names(limit, &LISTS) {
            let of = |list: &str| amount(limit, list, resource);
            let (max, min) = (of("max"), of("min"));
            let default = of("default").or_else(|| max.clone().filter(|_| kind == "Container"));
            let request = of("defaultRequest").or_else(|| {
                let filled = default.clone().or_else(|| min.clone());
                filled.filter(|_| kind == "Container")
            });
            let cells = [min, max, request, default, of("maxLimitRequestRatio")]
                .map(|amount| amount.unwrap_or_else(|| "-".to_owned()));
            page.line(
                0,
                format!("{indent}{kind}\t{resource}\t{}", cells.join("\t")),
            );
        }
    }
}

/// The names of the resources in some lists.
fn names<'a>(object: &'a Yaml, lists: &[&str]) -> BTreeSet<&'a str> {
    let entries = lists
        .iter()
        .filter_map(|list| at(object, list))
        .flat_map(Yaml::entries);
    sort::set(entries.map(|entry| entry.key.as_str()))
}

/// The amount of a resource in a list, as the server writes it.
fn amount(object: &Yaml, list: &str, resource: &str) -> Option<String> {
    let written = printed(at(object, list)?.get(resource)?);
    let amount = Quantity::read(&written).map(|amount| amount.to_string());
    Some(amount.unwrap_or(written))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::tests::described;

    #[test]
    fn a_limit_range_has_the_servers_defaults_for_containers_only() {
        let limits = r#"[{"type": "Container", "default": {"cpu": "500m"}}, {"type": "Pod", "max": {"cpu": 2}}]"#;
        let said = described(&[&format!(
            r#"{{"kind": "LimitRange", "metadata": {{"name": "usual", "namespace": "dev"}}, "spec": {{"limits": {limits}}}}}"#
        )]);
        expect![[r#"
            Name:       usual
            Namespace:  dev
            Type        Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio
            ----        --------  ---  ---  ---------------  -------------  -----------------------
            Container   cpu       -    -    500m             500m           -
            Pod         cpu       -    2    -                -              -
        "#]]
        .assert_eq(&said);
    }

    #[test]
    fn a_quota_without_a_status_has_no_amounts() {
        let said = described(&[
            r#"{"kind": "ResourceQuota", "metadata": {"name": "small", "namespace": "dev"},
                "spec": {"hard": {"pods": "10"}, "scopes": ["BestEffort"]}}"#,
        ]);
        expect![[r#"
            Name:       small
            Namespace:  dev
            Scopes:     BestEffort
             * Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.
            Resource  Used  Hard
            --------  ----  ----
        "#]]
        .assert_eq(&said);
    }
}
