//! `kubectl get nodes` and `kubectl get namespaces`: the kinds that belong to no namespace.

use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::Timestamp;
use crate::printers::fields::{is_true, items, roles, text, text_or};

pub(crate) const NODE: Printer = Printer {
    columns: &["NAME", "STATUS", "ROLES", "AGE", "VERSION"],
    wide_columns: &[
        "INTERNAL-IP",
        "EXTERNAL-IP",
        "OS-IMAGE",
        "KERNEL-VERSION",
        "CONTAINER-RUNTIME",
    ],
    row: node_row,
};

pub(crate) const NAMESPACE: Printer = Printer {
    columns: &["NAME", "STATUS", "AGE"],
    wide_columns: &[],
    row: |namespace, _, now| {
        vec![
            name(namespace),
            text(namespace, "status.phase").to_owned(),
            age(namespace, now),
        ]
    },
};

fn node_row(node: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let info =
        |field: &str| text_or(node, &format!("status.nodeInfo.{field}"), "<unknown>").to_owned();
    vec![
        name(node),
        status(node),
        roles(node),
        age(node, now),
        text(node, "status.nodeInfo.kubeletVersion").to_owned(),
        address(node, "InternalIP"),
        address(node, "ExternalIP"),
        info("osImage"),
        kernel(node, info("kernelVersion")),
        info("containerRuntimeVersion"),
    ]
}

fn status(node: &Yaml) -> String {
    // Of several conditions of one type the last counts.
    let mut conditions = items(node, "status.conditions").iter().rev();
    let ready = match conditions.find(|condition| text(condition, "type") == "Ready") {
        Some(ready) if text(ready, "status") == "True" => "Ready",
        Some(_) => "NotReady",
        None => "Unknown",
    };
    if is_true(node, "spec.unschedulable") {
        format!("{ready},SchedulingDisabled")
    } else {
        ready.to_owned()
    }
}

fn address(node: &Yaml, kind: &str) -> String {
    let mut addresses = items(node, "status.addresses").iter();
    let found = addresses.find(|address| text(address, "type") == kind);
    found
        .map_or("<none>", |address| text(address, "address"))
        .to_owned()
}

fn kernel(node: &Yaml, version: String) -> String {
    match text(node, "status.nodeInfo.architecture") {
        "" => version,
        architecture => format!("{version} ({architecture})"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn a_node_whose_kubelet_never_spoke_is_unknown() {
        let row = cells(r#"{"kind": "Node", "spec": {"unschedulable": true}, "status": {}}"#);
        assert_eq!(row[1..3], ["Unknown,SchedulingDisabled", "<none>"]);
    }
}
