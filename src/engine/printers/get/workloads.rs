//! `kubectl get` of what makes pods and keeps them: how many are wanted, there and ready.

use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::Timestamp;
use crate::printers::fields::{items, label_line, labels, number, selector, selector_line, text};

pub(crate) const DEPLOYMENT: Printer = Printer {
    columns: &["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"],
    wide_columns: &["CONTAINERS", "IMAGES", "SELECTOR"],
    row: deployment_row,
};

pub(crate) const REPLICA_SET: Printer = Printer {
    columns: &["NAME", "DESIRED", "CURRENT", "READY", "AGE"],
    wide_columns: &["CONTAINERS", "IMAGES", "SELECTOR"],
    row: |set, _, now| replicas_row(set, selector_line(set, "spec.selector"), now),
};

pub(crate) const REPLICATION_CONTROLLER: Printer = Printer {
    columns: REPLICA_SET.columns,
    wide_columns: REPLICA_SET.wide_columns,
    row: |controller, _, now| {
        replicas_row(
            controller,
            label_line(&labels(controller, "spec.selector")),
            now,
        )
    },
};

pub(crate) const STATEFUL_SET: Printer = Printer {
    columns: &["NAME", "READY", "AGE"],
    wide_columns: &["CONTAINERS", "IMAGES"],
    row: stateful_set_row,
};

pub(crate) const DAEMON_SET: Printer = Printer {
    columns: &[
        "NAME",
        "DESIRED",
        "CURRENT",
        "READY",
        "UP-TO-DATE",
        "AVAILABLE",
        "NODE SELECTOR",
        "AGE",
    ],
    wide_columns: &["CONTAINERS", "IMAGES", "SELECTOR"],
    row: daemon_set_row,
};

fn deployment_row(deployment: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let [containers, images] = containers(deployment, "spec.template");
    vec![
        name(deployment),
        ready_of_wanted(deployment),
        count(deployment, "updatedReplicas"),
        count(deployment, "availableReplicas"),
        age(deployment, now),
        containers,
        images,
        selector(deployment, "spec.selector").to_string(),
    ]
}

fn replicas_row(set: &Yaml, selector: String, now: Timestamp) -> Vec<String> {
    let [containers, images] = containers(set, "spec.template");
    vec![
        name(set),
        number(set, "spec.replicas").to_string(),
        count(set, "replicas"),
        count(set, "readyReplicas"),
        age(set, now),
        containers,
        images,
        selector,
    ]
}

fn stateful_set_row(set: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let [containers, images] = containers(set, "spec.template");
    vec![
        name(set),
        ready_of_wanted(set),
        age(set, now),
        containers,
        images,
    ]
}

fn daemon_set_row(set: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    const COUNTS: [&str; 5] = [
        "desiredNumberScheduled",
        "currentNumberScheduled",
        "numberReady",
        "updatedNumberScheduled",
        "numberAvailable",
    ];
    let [containers, images] = containers(set, "spec.template");
    let mut row = vec![name(set)];
    row.extend(COUNTS.map(|field| count(set, field)));
    row.push(label_line(&labels(set, "spec.template.spec.nodeSelector")));
    row.extend([
        age(set, now),
        containers,
        images,
        selector_line(set, "spec.selector"),
    ]);
    row
}

/// The names and the images of the containers of a pod template.
pub(crate) fn containers(object: &Yaml, template: &str) -> [String; 2] {
    ["name", "image"].map(|field| {
        let containers = items(object, &format!("{template}.spec.containers")).iter();
        containers
            .map(|container| text(container, field))
            .collect::<Vec<_>>()
            .join(",")
    })
}

fn ready_of_wanted(object: &Yaml) -> String {
    format!(
        "{}/{}",
        count(object, "readyReplicas"),
        number(object, "spec.replicas")
    )
}

fn count(object: &Yaml, field: &str) -> String {
    number(object, &format!("status.{field}")).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn the_images_are_in_the_order_of_their_containers() {
        let pod = r#"{"spec": {"containers": [{"name": "b", "image": "y"}, {"name": "a", "image": "x"}]}}"#;
        let row = cells(&format!(
            r#"{{"kind": "StatefulSet", "spec": {{"replicas": 2, "template": {pod}}}}}"#
        ));
        assert_eq!(row[1..], ["0/2", "<unknown>", "b,a", "y,x"]);
    }
}
