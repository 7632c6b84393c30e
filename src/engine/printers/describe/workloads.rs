//! `kubectl describe` of what makes pods and keeps them.

use super::pod_spec::template;
use super::{DescribeContext, controlled_by, label_field, metadata, name, volume_claim};
use crate::labels::Selector;
use crate::manifest::tree::Yaml;
use crate::printers::age::long_date;
use crate::printers::fields::{
    at, controller, items, labels, number, scalar, selector, selector_line, text,
};
use crate::printers::store::Item;
use crate::printers::table::Page;
use crate::sort;

pub(crate) fn deployment(page: &mut Page, item: &Item, context: DescribeContext) {
    let deployment = &*item.tree;
    name(page, deployment);
    created(page, deployment);
    metadata(page, deployment);
    page.field(
        "Selector",
        selector(deployment, "spec.selector").to_string(),
    );
    let count = |field: &str| number(deployment, &format!("status.{field}"));
    let replicas = format!(
        "{} desired | {} updated | {} total | {} available | {} unavailable",
        number(deployment, "spec.replicas"),
        count("updatedReplicas"),
        count("replicas"),
        count("availableReplicas"),
        count("unavailableReplicas"),
    );
    page.field("Replicas", replicas);
    page.field("StrategyType", text(deployment, "spec.strategy.type"));
    page.field(
        "MinReadySeconds",
        number(deployment, "spec.minReadySeconds").to_string(),
    );
    if let Some(rolling) = at(deployment, "spec.strategy.rollingUpdate") {
        let (unavailable, surge) = (
            scalar(rolling, "maxUnavailable"),
            scalar(rolling, "maxSurge"),
        );
        page.field(
            "RollingUpdateStrategy",
            format!("{unavailable} max unavailable, {surge} max surge"),
        );
    }
    pod_template(page, deployment);
    conditions(page, deployment);
    replica_sets(page, item, context);
}

/// The ReplicaSets of a Deployment, by age: the oldest one that has its template now (`FindNewReplicaSet`), and all
/// others.
fn replica_sets(page: &mut Page, item: &Item, context: DescribeContext) {
    let sets = context.store.list("ReplicaSet", Some(&item.name.namespace));
    let mut old: Vec<&Item> = sets
        .into_iter()
        .filter(|set| controller(&set.tree).is_some_and(|owner| is_to(owner, item)))
        .collect();
    sort::sort_by_key(&mut old, |set| set.text("metadata.creationTimestamp"));
    let wanted = template_without_hash(&item.tree);
    let matching = old
        .iter()
        .position(|set| template_without_hash(&set.tree) == wanted);
    let new: Vec<&Item> = matching
        .map(|place| old.remove(place))
        .into_iter()
        .collect();
    if !new.is_empty() || !old.is_empty() {
        page.field("OldReplicaSets", created_replicas(&old));
        page.field("NewReplicaSet", created_replicas(&new));
    }
}

/// A workload's pod template but for the label that a Deployment adds to it.
fn template_without_hash(workload: &Yaml) -> serde_json::Value {
    let mut template = at(workload, "spec.template")
        .map(serde_json::Value::from)
        .unwrap_or_default();
    if let Some(labels) = template
        .pointer_mut("/metadata/labels")
        .and_then(serde_json::Value::as_object_mut)
    {
        labels.remove("pod-template-hash");
    }
    template
}

fn created_replicas(sets: &[&Item]) -> String {
    let told = |set: &&Item| {
        let (created, wanted) = (
            number(&set.tree, "status.replicas"),
            number(&set.tree, "spec.replicas"),
        );
        format!("{} ({created}/{wanted} replicas created)", set.name.name)
    };
    let list = sets.iter().map(told).collect::<Vec<_>>().join(", ");
    if list.is_empty() {
        "<none>".to_owned()
    } else {
        list
    }
}

pub(crate) fn replica_set(page: &mut Page, item: &Item, context: DescribeContext) {
    let set = &*item.tree;
    name(page, set);
    page.field("Selector", selector_line(set, "spec.selector"));
    metadata(page, set);
    controlled_by(page, set);
    current_of_desired(page, set);
    pods_status(page, item, &selector(set, "spec.selector"), context);
    pod_template(page, set);
    conditions(page, set);
}

pub(crate) fn replication_controller(page: &mut Page, item: &Item, context: DescribeContext) {
    let controller = &*item.tree;
    name(page, controller);
    label_field(page, "Selector", controller, "spec.selector");
    metadata(page, controller);
    current_of_desired(page, controller);
    pods_status(
        page,
        item,
        &Selector::equal_to(&labels(controller, "spec.selector")),
        context,
    );
    pod_template(page, controller);
    conditions(page, controller);
}

pub(crate) fn stateful_set(page: &mut Page, item: &Item, context: DescribeContext) {
    let set = &*item.tree;
    name(page, set);
    created(page, set);
    let pods = selector(set, "spec.selector");
    page.field("Selector", pods.to_string());
    metadata(page, set);
    let (desired, total) = (number(set, "spec.replicas"), number(set, "status.replicas"));
    page.field("Replicas", format!("{desired} desired | {total} total"));
    page.field("Update Strategy", text(set, "spec.updateStrategy.type"));
    if let Some(rolling) =
        at(set, "spec.updateStrategy.rollingUpdate").filter(|it| at(it, "partition").is_some())
    {
        page.line(1, format!("Partition:\t{}", number(rolling, "partition")));
        if at(rolling, "maxUnavailable").is_some() {
            page.line(
                1,
                format!("MaxUnavailable:\t{}", scalar(rolling, "maxUnavailable")),
            );
        }
    }
    pods_status(page, item, &pods, context);
    pod_template(page, set);
    claims(page, items(set, "spec.volumeClaimTemplates"));
}

fn claims(page: &mut Page, claims: &[Yaml]) {
    page.line(
        0,
        if claims.is_empty() {
            "Volume Claims:\t<none>"
        } else {
            "Volume Claims:"
        },
    );
    for claim in claims {
        page.line(1, format!("Name:\t{}", text(claim, "metadata.name")));
        page.line(1, format!("StorageClass:\t{}", volume_claim::class(claim)));
        for (title, field) in [
            ("Labels", "metadata.labels"),
            ("Annotations", "metadata.annotations"),
        ] {
            let pairs = super::pairs(&labels(claim, field));
            let lines = if pairs.is_empty() {
                "<none>".to_owned()
            } else {
                pairs.join("\n  \t")
            };
            page.line(1, format!("{title}:\t{lines}"));
        }
        let capacity = scalar(claim, "spec.resources.requests.storage");
        page.line(
            1,
            format!(
                "Capacity:\t{}",
                if capacity.is_empty() {
                    "<default>"
                } else {
                    &capacity
                }
            ),
        );
        let modes: Vec<&str> = items(claim, "spec.accessModes")
            .iter()
            .filter_map(Yaml::as_str)
            .collect();
        page.line(1, format!("Access Modes:\t[{}]", modes.join(" ")));
    }
}

pub(crate) fn daemon_set(page: &mut Page, item: &Item, context: DescribeContext) {
    const COUNTS: [(&str, &str); 5] = [
        (
            "Desired Number of Nodes Scheduled",
            "desiredNumberScheduled",
        ),
        (
            "Current Number of Nodes Scheduled",
            "currentNumberScheduled",
        ),
        (
            "Number of Nodes Scheduled with Up-to-date Pods",
            "updatedNumberScheduled",
        ),
        (
            "Number of Nodes Scheduled with Available Pods",
            "numberAvailable",
        ),
        ("Number of Nodes Misscheduled", "numberMisscheduled"),
    ];
    let set = &*item.tree;
    name(page, set);
    let pods = selector(set, "spec.selector");
    page.field("Selector", pods.to_string());
    label_field(
        page,
        "Node-Selector",
        set,
        "spec.template.spec.nodeSelector",
    );
    metadata(page, set);
    for (title, field) in COUNTS {
        page.line(
            0,
            format!("{title}: {}", number(set, &format!("status.{field}"))),
        );
    }
    pods_status(page, item, &pods, context);
    pod_template(page, set);
}

fn created(page: &mut Page, object: &Yaml) {
    page.field(
        "CreationTimestamp",
        long_date(text(object, "metadata.creationTimestamp")),
    );
}

fn current_of_desired(page: &mut Page, object: &Yaml) {
    let (current, desired) = (
        number(object, "status.replicas"),
        number(object, "spec.replicas"),
    );
    page.field("Replicas", format!("{current} current / {desired} desired"));
}

/// The phases of the pods that a workload chooses and owns (`getPodStatusForController`).
fn pods_status(page: &mut Page, owner: &Item, selector: &Selector, context: DescribeContext) {
    let pods = context
        .store
        .selected("Pod", &owner.name.namespace, selector);
    let is_owned =
        |pod: &&Item| controller(&pod.tree).is_some_and(|reference| is_to(reference, owner));
    let owned: Vec<&Item> = pods.into_iter().filter(is_owned).collect();
    let [running, waiting, succeeded, failed] =
        ["Running", "Pending", "Succeeded", "Failed"].map(|phase| {
            owned
                .iter()
                .filter(|pod| pod.text("status.phase") == phase)
                .count()
        });
    page.field(
        "Pods Status",
        format!("{running} Running / {waiting} Waiting / {succeeded} Succeeded / {failed} Failed"),
    );
}

/// Whether a reference leads to an object. One that was never in a cluster has no uid, and is meant by its kind and name.
fn is_to(reference: &Yaml, owner: &Item) -> bool {
    let uid = owner.text("metadata.uid");
    (uid.is_empty() || text(reference, "uid") == uid)
        && text(reference, "kind") == owner.resource.kind
        && text(reference, "name") == owner.name.name
}

fn pod_template(page: &mut Page, object: &Yaml) {
    template(
        page,
        at(object, "spec.template").unwrap_or(&Yaml::default()),
    );
}

fn conditions(page: &mut Page, object: &Yaml) {
    let conditions = items(object, "status.conditions");
    if !conditions.is_empty() {
        page.line(0, "Conditions:");
        page.line(1, "Type\tStatus\tReason");
        page.line(1, "----\t------\t------");
    }
    for condition in conditions {
        let [kind, status, reason] =
            ["type", "status", "reason"].map(|field| text(condition, field));
        page.line(1, format!("{kind} \t{status}\t{reason}"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::described;

    #[test]
    fn only_pods_of_its_own_are_counted() {
        let selector = r#"{"selector": {"matchLabels": {"a": "b"}}}"#;
        let set = format!(
            r#"{{"kind": "ReplicaSet", "metadata": {{"name": "web"}}, "spec": {selector}}}"#
        );
        let owned =
            r#""ownerReferences": [{"kind": "ReplicaSet", "name": "web", "controller": true}]"#;
        let pod = |name: &str, more: &str| {
            let metadata = format!(r#"{{"name": "{name}", "labels": {{"a": "b"}}{more}}}"#);
            format!(
                r#"{{"kind": "Pod", "metadata": {metadata}, "status": {{"phase": "Running"}}}}"#
            )
        };
        let said = described(&[&set, &pod("mine", &format!(", {owned}")), &pod("other", "")]);
        assert!(
            said.contains("Pods Status:  1 Running / 0 Waiting / 0 Succeeded / 0 Failed"),
            "{said}"
        );
    }

    #[test]
    fn an_owner_without_a_uid_is_known_by_its_name() {
        let owner = |uid: &str| {
            format!(
                r#""ownerReferences": [{{"kind": "Deployment", "name": "web", "uid": "{uid}", "controller": true}}]"#
            )
        };
        let set = |name: &str, uid: &str| {
            let owner = owner(uid);
            format!(r#"{{"kind": "ReplicaSet", "metadata": {{"name": "{name}", {owner}}}}}"#)
        };
        let line = |deployment: &str| {
            let said = described(&[deployment, &set("web-a", "1"), &set("web-b", "2")]);
            let mut lines = said.lines();
            let found = lines.find_map(|line| line.strip_prefix("OldReplicaSets:"));
            found.unwrap_or_default().trim().to_owned()
        };
        let without = r#"{"kind": "Deployment", "metadata": {"name": "web"}}"#;
        assert_eq!(line(without), "web-b (0/0 replicas created)");
        let with = r#"{"kind": "Deployment", "metadata": {"name": "web", "uid": "1"}}"#;
        assert_eq!(line(with), "<none>");
    }

    #[test]
    fn of_several_sets_with_the_template_the_oldest_one_is_the_new_one() {
        let owner =
            r#""ownerReferences": [{"kind": "Deployment", "name": "web", "controller": true}]"#;
        let set = |name: &str, day: &str| {
            let created = format!(r#""creationTimestamp": "1970-01-{day}T00:00:00Z""#);
            format!(
                r#"{{"kind": "ReplicaSet", "metadata": {{"name": "{name}", {created}, {owner}}}}}"#
            )
        };
        let deployment = r#"{"kind": "Deployment", "metadata": {"name": "web"}}"#;
        let said = described(&[deployment, &set("web-a", "03"), &set("web-b", "02")]);
        let line = |title: &str| {
            let found = said.lines().find_map(|line| line.strip_prefix(title));
            found.unwrap_or_default().trim().to_owned()
        };
        assert_eq!(line("OldReplicaSets:"), "web-a (0/0 replicas created)");
        assert_eq!(line("NewReplicaSet:"), "web-b (0/0 replicas created)");
    }
}
