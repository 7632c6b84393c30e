//! `kubectl get` of volumes, their claims and classes (`pkg/printers/internalversion/printers.go`).
//!
//! No controller binds claims here: an object that was just applied has the phase and the defaults that the API server
//! gives it.

use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::Timestamp;
use crate::printers::describe::other::access_modes;
use crate::printers::describe::volume_claim;
use crate::printers::fields::{
    at, is_default_class, is_true, items, or, scalar, text, text_or, texts,
};

pub(crate) const PERSISTENT_VOLUME: Printer = Printer {
    columns: &[
        "NAME",
        "CAPACITY",
        "ACCESS MODES",
        "RECLAIM POLICY",
        "STATUS",
        "CLAIM",
        "STORAGECLASS",
        "VOLUMEATTRIBUTESCLASS",
        "REASON",
        "AGE",
    ],
    wide_columns: &["VOLUMEMODE"],
    row: volume_row,
};

pub(crate) const PERSISTENT_VOLUME_CLAIM: Printer = Printer {
    columns: &[
        "NAME",
        "STATUS",
        "VOLUME",
        "CAPACITY",
        "ACCESS MODES",
        "STORAGECLASS",
        "VOLUMEATTRIBUTESCLASS",
        "AGE",
    ],
    wide_columns: &["VOLUMEMODE"],
    row: claim_row,
};

pub(crate) const STORAGE_CLASS: Printer = Printer {
    columns: &[
        "NAME",
        "PROVISIONER",
        "RECLAIMPOLICY",
        "VOLUMEBINDINGMODE",
        "ALLOWVOLUMEEXPANSION",
        "AGE",
    ],
    wide_columns: &[],
    row: class_row,
};

pub(crate) const VOLUME_ATTRIBUTES_CLASS: Printer = Printer {
    columns: &["NAME", "DRIVERNAME", "AGE"],
    wide_columns: &[],
    row: |class, _, now| {
        let driver = text(class, "driverName").to_owned();
        vec![name(class), driver, age(class, now)]
    },
};

pub(crate) const VOLUME_ATTACHMENT: Printer = Printer {
    columns: &["NAME", "ATTACHER", "PV", "NODE", "ATTACHED", "AGE"],
    wide_columns: &[],
    row: |attachment, _, now| {
        let [attacher, volume, node] = [
            "spec.attacher",
            "spec.source.persistentVolumeName",
            "spec.nodeName",
        ]
        .map(|field| text(attachment, field).to_owned());
        let attached = is_true(attachment, "status.attached").to_string();
        vec![
            name(attachment),
            attacher,
            volume,
            node,
            attached,
            age(attachment, now),
        ]
    },
};

pub(crate) const CSI_DRIVER: Printer = Printer {
    columns: &[
        "NAME",
        "ATTACHREQUIRED",
        "PODINFOONMOUNT",
        "STORAGECAPACITY",
        "TOKENREQUESTS",
        "REQUIRESREPUBLISH",
        "MODES",
        "AGE",
    ],
    wide_columns: &[],
    row: driver_row,
};

pub(crate) const CSI_NODE: Printer = Printer {
    columns: &["NAME", "DRIVERS", "AGE"],
    wide_columns: &[],
    row: |node, _, now| {
        let drivers = items(node, "spec.drivers").len().to_string();
        vec![name(node), drivers, age(node, now)]
    },
};

pub(crate) const CSI_STORAGE_CAPACITY: Printer = Printer {
    columns: &["NAME", "STORAGECLASSNAME", "CAPACITY"],
    wide_columns: &[],
    row: |capacity, _, _| {
        let class = text(capacity, "storageClassName").to_owned();
        let amount = or(&scalar(capacity, "capacity"), "<unset>").to_owned();
        vec![name(capacity), class, amount]
    },
};

fn volume_row(volume: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let claim = match at(volume, "spec.claimRef") {
        Some(claim) => format!("{}/{}", text(claim, "namespace"), text(claim, "name")),
        None => String::new(),
    };
    vec![
        name(volume),
        or(&scalar(volume, "spec.capacity.storage"), "0").to_owned(),
        access_modes(volume, "spec.accessModes"),
        text_or(volume, "spec.persistentVolumeReclaimPolicy", "Retain").to_owned(),
        phase(volume),
        claim,
        volume_claim::class(volume),
        attributes_class(volume),
        text(volume, "status.reason").to_owned(),
        age(volume, now),
        text_or(volume, "spec.volumeMode", "Filesystem").to_owned(),
    ]
}

/// A claim's size and modes are those of its volume, once there is one.
fn claim_row(claim: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let volume = text(claim, "spec.volumeName").to_owned();
    let (capacity, modes) = if volume.is_empty() {
        (String::new(), String::new())
    } else {
        (
            or(&scalar(claim, "status.capacity.storage"), "0").to_owned(),
            access_modes(claim, "status.accessModes"),
        )
    };
    vec![
        name(claim),
        phase(claim),
        volume,
        capacity,
        modes,
        volume_claim::class(claim),
        attributes_class(claim),
        age(claim, now),
        text_or(claim, "spec.volumeMode", "Filesystem").to_owned(),
    ]
}

fn phase(object: &Yaml) -> String {
    if at(object, "metadata.deletionTimestamp").is_some() {
        return "Terminating".to_owned();
    }
    text_or(object, "status.phase", "Pending").to_owned()
}

fn attributes_class(object: &Yaml) -> String {
    let class = at(object, "spec.volumeAttributesClassName").and_then(Yaml::as_str);
    class.unwrap_or("<unset>").to_owned()
}

fn class_row(class: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let default = if is_default_class(class) {
        " (default)"
    } else {
        ""
    };
    vec![
        format!("{}{default}", name(class)),
        text(class, "provisioner").to_owned(),
        text_or(class, "reclaimPolicy", "Delete").to_owned(),
        text_or(class, "volumeBindingMode", "Immediate").to_owned(),
        is_true(class, "allowVolumeExpansion").to_string(),
        age(class, now),
    ]
}

fn driver_row(driver: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let is_required = at(driver, "spec.attachRequired").is_none();
    let [attach, info, capacity, republish] = [
        "attachRequired",
        "podInfoOnMount",
        "storageCapacity",
        "requiresRepublish",
    ]
    .map(|field| is_true(driver, &format!("spec.{field}")));
    let tokens = match at(driver, "spec.tokenRequests") {
        Some(requests) => requests
            .items()
            .iter()
            .map(|request| text(request, "audience"))
            .collect::<Vec<_>>()
            .join(","),
        None => "<unset>".to_owned(),
    };
    let modes = match texts(driver, "spec.volumeLifecycleModes").as_slice() {
        [] => "Persistent".to_owned(),
        modes => modes.join(","),
    };
    vec![
        name(driver),
        (attach || is_required).to_string(),
        info.to_string(),
        capacity.to_string(),
        tokens,
        republish.to_string(),
        modes,
        age(driver, now),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn a_claim_that_nothing_bound_is_pending_and_has_no_size() {
        let row = cells(
            r#"{"kind": "PersistentVolumeClaim", "metadata": {"name": "data"},
                "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "fast",
                    "resources": {"requests": {"storage": "1Gi"}}}}"#,
        );
        let expected = [
            "data",
            "Pending",
            "",
            "",
            "",
            "fast",
            "<unset>",
            "<unknown>",
            "Filesystem",
        ];
        assert_eq!(row, expected);
    }

    #[test]
    fn a_claim_has_the_size_and_the_modes_of_its_volume() {
        let row = cells(
            r#"{"kind": "PersistentVolumeClaim", "spec": {"volumeName": "pv-1"},
                "status": {"phase": "Bound", "capacity": {"storage": "2Gi"},
                    "accessModes": ["ReadWriteOncePod", "ReadWriteOnce"]}}"#,
        );
        assert_eq!(row[1..5], ["Bound", "pv-1", "2Gi", "RWO,RWOP"]);
    }

    #[test]
    fn a_volume_is_retained_by_default() {
        let row = cells(
            r#"{"kind": "PersistentVolume", "metadata": {"name": "pv-1"},
                "spec": {"capacity": {"storage": "5Gi"}, "accessModes": ["ReadWriteMany"],
                    "claimRef": {"namespace": "dev", "name": "data"}}}"#,
        );
        let expected = [
            "5Gi", "RWX", "Retain", "Pending", "dev/data", "", "<unset>", "",
        ];
        assert_eq!(row[1..9], expected);
    }

    #[test]
    fn the_default_class_is_marked() {
        let row = cells(
            r#"{"kind": "StorageClass", "provisioner": "p.example", "metadata": {"name": "fast",
                "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}}}"#,
        );
        let expected = [
            "fast (default)",
            "p.example",
            "Delete",
            "Immediate",
            "false",
        ];
        assert_eq!(row[..5], expected);
    }

    #[test]
    fn a_driver_has_the_servers_defaults() {
        let row = cells(r#"{"kind": "CSIDriver", "spec": {}}"#);
        let expected = ["true", "false", "false", "<unset>", "false", "Persistent"];
        assert_eq!(row[1..7], expected);
    }
}
