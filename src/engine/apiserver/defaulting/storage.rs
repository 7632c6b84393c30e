//! Defaults of volumes of storage systems (`SetDefaults_ISCSIVolumeSource`, `SetDefaults_RBDVolumeSource`,
//! `SetDefaults_AzureDiskVolumeSource`, `SetDefaults_ScaleIOVolumeSource`).

use super::{absent, text};
use crate::manifest::tree::{Yaml, YamlValue};

/// The fields of a source and their values.
type Defaults = &'static [(&'static str, &'static str)];

/// The sources that have defaults.
const SOURCES: [(&str, Defaults); 4] = [
    ("iscsi", &[("iscsiInterface", "default")]),
    (
        "rbd",
        &[
            ("pool", "rbd"),
            ("user", "admin"),
            ("keyring", "/etc/ceph/keyring"),
        ],
    ),
    (
        "azureDisk",
        &[
            ("cachingMode", "ReadWrite"),
            ("kind", "Shared"),
            ("fsType", "ext4"),
        ],
    ),
    (
        "scaleIO",
        &[("storageMode", "ThinProvisioned"), ("fsType", "xfs")],
    ),
];

/// Fills in the source of a volume.
pub(super) fn fill(volume: &mut Yaml) {
    for (source, defaults) in SOURCES {
        let Some(source) = volume.get_mut(source) else {
            continue;
        };
        for (field, value) in defaults {
            absent(source, field, text(value));
        }
    }
    if let Some(disk) = volume.get_mut("azureDisk") {
        absent(disk, "readOnly", YamlValue::Bool(false));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::go_json::to_json;
    use crate::apiserver::testing::node;

    #[test]
    fn a_disk_of_a_storage_system_has_defaults() {
        for (written, stored) in [
            (
                r#"{"rbd":{"pool":"a"}}"#,
                r#"{"rbd":{"pool":"a","user":"admin","keyring":"/etc/ceph/keyring"}}"#,
            ),
            (
                r#"{"azureDisk":{"kind":"Managed"}}"#,
                r#"{"azureDisk":{"kind":"Managed","cachingMode":"ReadWrite","fsType":"ext4","readOnly":false}}"#,
            ),
            (r#"{"emptyDir":{}}"#, r#"{"emptyDir":{}}"#),
        ] {
            let mut volume = node(written);
            fill(&mut volume);
            assert_eq!(to_json(Some(&volume)), to_json(Some(&node(stored))));
        }
    }
}
