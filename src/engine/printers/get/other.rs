//! `kubectl get` of kinds that do not matter to networking, and of those without columns of their own.

use super::{Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::fields::{
    at, controller, items, label_line, labels, number, selector_line, text, texts,
};

/// The columns of custom resources.
pub(crate) const ANY: Printer = Printer {
    columns: &["NAME", "AGE"],
    wide_columns: &[],
    row: |object, _, now| vec![name(object), age(object, now)],
};

pub(crate) const CONFIG_MAP: Printer = Printer {
    columns: &["NAME", "DATA", "AGE"],
    wide_columns: &[],
    row: |map, _, now| {
        let count = entries(map, "data") + entries(map, "binaryData");
        vec![name(map), count.to_string(), age(map, now)]
    },
};

pub(crate) const SECRET: Printer = Printer {
    columns: &["NAME", "TYPE", "DATA", "AGE"],
    wide_columns: &[],
    row: |secret, _, now| {
        let count = entries(secret, "data").to_string();
        vec![
            name(secret),
            text(secret, "type").to_owned(),
            count,
            age(secret, now),
        ]
    },
};

pub(crate) const NETWORK_POLICY: Printer = Printer {
    columns: &["NAME", "POD-SELECTOR", "AGE"],
    wide_columns: &[],
    row: |policy, _, now| {
        vec![
            name(policy),
            selector_line(policy, "spec.podSelector"),
            age(policy, now),
        ]
    },
};

pub(crate) const LEASE: Printer = Printer {
    columns: &["NAME", "HOLDER", "AGE"],
    wide_columns: &[],
    row: |lease, _, now| {
        let holder = text(lease, "spec.holderIdentity").to_owned();
        vec![name(lease), holder, age(lease, now)]
    },
};

pub(crate) const RUNTIME_CLASS: Printer = Printer {
    columns: &["NAME", "HANDLER", "AGE"],
    wide_columns: &[],
    row: |class, _, now| {
        let handler = text(class, "handler").to_owned();
        vec![name(class), handler, age(class, now)]
    },
};

pub(crate) const SERVICE_CIDR: Printer = Printer {
    columns: &["NAME", "CIDRS", "AGE"],
    wide_columns: &[],
    row: |range, _, now| {
        let cidrs = texts(range, "spec.cidrs").join(",");
        vec![name(range), cidrs, age(range, now)]
    },
};

/// The server has no heading for the age that it puts behind these cells, so kubectl leaves it out.
pub(crate) const IP_ADDRESS: Printer = Printer {
    columns: &["NAME", "PARENTREF"],
    wide_columns: &[],
    row: |address, _, _| vec![name(address), parent(address)],
};

pub(crate) const POD_TEMPLATE: Printer = Printer {
    columns: &["NAME", "CONTAINERS", "IMAGES", "POD LABELS"],
    wide_columns: &[],
    row: |template, _, _| {
        let [names, images] = ["name", "image"].map(|field| {
            let containers = items(template, "template.spec.containers").iter();
            let cells: Vec<&str> = containers.map(|it| text(it, field)).collect();
            cells.join(",")
        });
        let labels = label_line(&labels(template, "template.metadata.labels"));
        vec![name(template), names, images, labels]
    },
};

pub(crate) const CONTROLLER_REVISION: Printer = Printer {
    columns: &["NAME", "CONTROLLER", "REVISION", "AGE"],
    wide_columns: &[],
    row: |revision, _, now| {
        let count = number(revision, "revision").to_string();
        let owner = controller(revision).map_or_else(|| "<none>".to_owned(), prefixed_name);
        vec![name(revision), owner, count, age(revision, now)]
    },
};

pub(crate) const RESOURCE_CLAIM: Printer = Printer {
    columns: &["NAME", "STATE", "AGE"],
    wide_columns: &[],
    row: |claim, _, now| vec![name(claim), state(claim), age(claim, now)],
};

pub(crate) const RESOURCE_SLICE: Printer = Printer {
    columns: &["NAME", "NODE", "DRIVER", "POOL", "AGE"],
    wide_columns: &[],
    row: |slice, _, now| {
        let [node, driver, pool] = ["spec.nodeName", "spec.driver", "spec.pool.name"]
            .map(|field| text(slice, field).to_owned());
        vec![name(slice), node, driver, pool, age(slice, now)]
    },
};

/// What an address belongs to: `services/default/web`.
fn parent(address: &Yaml) -> String {
    let Some(parent) = at(address, "spec.parentRef") else {
        return "<none>".to_owned();
    };
    let [group, resource, namespace, name] =
        ["group", "resource", "namespace", "name"].map(|field| text(parent, field));
    let dot = if group.is_empty() { "" } else { "." };
    let kind = format!("{resource}{dot}{group}").to_lowercase();
    match namespace {
        "" => format!("{kind}/{name}"),
        namespace => format!("{kind}/{namespace}/{name}"),
    }
}

/// `statefulset.apps/db` (`formatResourceName`).
fn prefixed_name(owner: &Yaml) -> String {
    let kind = text(owner, "kind").to_lowercase();
    let name = text(owner, "name");
    match text(owner, "apiVersion").split_once('/') {
        Some((group, _)) => format!("{kind}.{group}/{name}"),
        None => format!("{kind}/{name}"),
    }
}

/// Whether devices were found for a claim, and pods may use them (`resourceClaimState`).
fn state(claim: &Yaml) -> String {
    let is_going = at(claim, "metadata.deletionTimestamp").is_some();
    let is_allocated = at(claim, "status.allocation").is_some();
    let is_reserved = !items(claim, "status.reservedFor").is_empty();
    let states = [
        (is_going, "deleted"),
        (!is_going && !is_allocated, "pending"),
        (is_allocated, "allocated"),
        (is_allocated && is_reserved, "reserved"),
    ];
    let states = states.iter().filter(|(holds, _)| *holds);
    states
        .map(|(_, state)| *state)
        .collect::<Vec<_>>()
        .join(",")
}

fn entries(object: &Yaml, field: &str) -> usize {
    at(object, field).map_or(0, |map| map.entries().len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn a_config_map_counts_its_entries() {
        let row =
            cells(r#"{"kind": "ConfigMap", "data": {"a": "1"}, "binaryData": {"b": "MQ=="}}"#);
        assert_eq!(row[1], "2");
    }
    #[test]
    fn an_address_names_what_it_belongs_to() {
        let parent =
            r#"{"group": "", "resource": "services", "namespace": "default", "name": "web"}"#;
        let row = cells(&format!(
            r#"{{"kind": "IPAddress", "metadata": {{"name": "10.96.0.1"}}, "spec": {{"parentRef": {parent}}}}}"#
        ));
        assert_eq!(row, ["10.96.0.1", "services/default/web"]);
    }

    #[test]
    fn a_revision_names_the_workload_it_belongs_to() {
        let owner =
            r#"{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db", "controller": true}"#;
        let row = cells(&format!(
            r#"{{"kind": "ControllerRevision", "metadata": {{"ownerReferences": [{owner}]}}, "revision": 2}}"#
        ));
        assert_eq!(row[1..3], ["statefulset.apps/db", "2"]);
    }

    #[test]
    fn a_claim_for_devices_is_pending_first() {
        let row = cells(r#"{"kind": "ResourceClaim"}"#);
        assert_eq!(row[1], "pending");
        let status = r#"{"allocation": {}, "reservedFor": [{"name": "web"}]}"#;
        let row = cells(&format!(
            r#"{{"kind": "ResourceClaim", "status": {status}}}"#
        ));
        assert_eq!(row[1], "allocated,reserved");
    }

    #[test]
    fn a_pod_template_lists_its_containers() {
        let row = cells(
            r#"{"kind": "PodTemplate", "metadata": {"name": "t"}, "template": {"metadata": {"labels": {"a": "b"}},
                "spec": {"containers": [{"name": "x", "image": "i"}, {"name": "y", "image": "j"}]}}}"#,
        );
        assert_eq!(row, ["t", "x,y", "i,j", "a=b"]);
    }
}
