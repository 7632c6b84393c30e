//! Rules for volumes that a container uses as disks, without a file system (`ValidateVolumeDevices`).

use std::collections::{BTreeMap, BTreeSet};

use super::volumes::{VolumeOrigin, Volumes};
use crate::apiserver::errors::{ApiError, invalid, not_found, required};
use crate::apiserver::field::Field;
use crate::sort;
use crate::syntax::quote;

/// What is wrong with the devices of a container, given its pod's volumes.
pub(super) fn errors(known: &Volumes, container: &Field) -> Vec<ApiError> {
    let mounts = places(&container.child("volumeMounts"), "mountPath");
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut paths: BTreeSet<&str> = BTreeSet::new();
    let mut errors = Vec::new();
    for device in container.child("volumeDevices").items() {
        let (name, path) = (device.child("name"), device.child("devicePath"));
        if name.text().is_empty() {
            errors.push(required(&name.path, ""));
        }
        if names.contains(name.text()) {
            errors.push(wrong(&name, "must be unique"));
        }
        errors.extend(not_a_claim(known, &name));
        if path.text().is_empty() {
            errors.push(required(&path.path, ""));
        }
        if paths.contains(path.text()) {
            errors.push(wrong(&path, "must be unique"));
        }
        if path.text().split('/').any(|part| part == "..") {
            errors.push(wrong(&path, "can not contain backsteps ('..')"));
        } else {
            paths.insert(path.text());
        }
        if mounts.contains_key(name.text()) {
            errors.push(wrong(&name, "must not already exist in volumeMounts"));
        }
        if mounts.values().any(|place| *place == path.text()) {
            let detail = "must not already exist as a path in volumeMounts";
            errors.push(wrong(&path, detail));
        }
        if !name.text().is_empty() {
            names.insert(name.text());
        }
    }
    errors
}

/// What is wrong with a mount of a container because of its devices.
pub(super) fn beside_devices(container: &Field, mount: &Field) -> Vec<ApiError> {
    let devices = places(&container.child("volumeDevices"), "devicePath");
    let (name, path) = (mount.child("name"), mount.child("mountPath"));
    let mut errors = Vec::new();
    if devices.contains_key(name.text()) {
        errors.push(wrong(&name, "must not already exist in volumeDevices"));
    }
    if devices.values().any(|place| *place == path.text()) {
        let detail = "must not already exist as a path in volumeDevices";
        errors.push(wrong(&path, detail));
    }
    errors
}

/// Only claimed volumes can be disks.
fn not_a_claim(known: &Volumes, name: &Field) -> Option<ApiError> {
    match known.get(name.text()) {
        Some(VolumeOrigin::Claim) => None,
        Some(VolumeOrigin::Other) => Some(wrong(
            name,
            "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode",
        )),
        None => Some(not_found(&name.path, quote(name.text()))),
    }
}

/// The places of a list of mounts or devices by the names of their volumes; of a name the last.
fn places<'a>(list: &Field<'a>, key: &'static str) -> BTreeMap<&'a str, &'a str> {
    sort::map(
        list.items()
            .into_iter()
            .map(|item| (item.child("name").text(), item.child(key).text())),
    )
}

fn wrong(field: &Field, detail: &str) -> ApiError {
    invalid(&field.path, quote(field.text()), detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(container: &str) -> Vec<String> {
        let known = sort::map([
            ("claim", VolumeOrigin::Claim),
            ("files", VolumeOrigin::Other),
        ]);
        errors(&known, &Field::root(&node(container)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_device_is_a_claimed_volume_at_a_place_of_its_own() {
        let device = |name: &str, path: &str| {
            format!(r#"{{"volumeDevices":[{{"name":"{name}","devicePath":"{path}"}}]}}"#)
        };
        assert_eq!(found(&device("claim", "/dev/x")), [""; 0]);
        assert_eq!(
            found(&device("files", "")),
            [
                r#"volumeDevices[0].name: Invalid value: "files": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode"#,
                "volumeDevices[0].devicePath: Required value",
            ]
        );
        assert_eq!(
            found(&device("none", "/dev/../x")),
            [
                r#"volumeDevices[0].name: Not found: "none""#,
                r#"volumeDevices[0].devicePath: Invalid value: "/dev/../x": can not contain backsteps ('..')"#,
            ]
        );
    }

    #[test]
    fn a_volume_is_a_disk_or_has_files() {
        let container = r#"{"volumeDevices":[{"name":"claim","devicePath":"/x"}],"volumeMounts":[{"name":"claim","mountPath":"/x"}]}"#;
        assert_eq!(
            found(container),
            [
                r#"volumeDevices[0].name: Invalid value: "claim": must not already exist in volumeMounts"#,
                r#"volumeDevices[0].devicePath: Invalid value: "/x": must not already exist as a path in volumeMounts"#,
            ]
        );
        let object = node(container);
        let root = Field::root(&object);
        let mounts = root.child("volumeMounts").items();
        let beside: Vec<String> = mounts
            .iter()
            .flat_map(|mount| beside_devices(&root, mount))
            .map(|error| error.to_string())
            .collect();
        assert_eq!(
            beside,
            [
                r#"volumeMounts[0].name: Invalid value: "claim": must not already exist in volumeDevices"#,
                r#"volumeMounts[0].mountPath: Invalid value: "/x": must not already exist as a path in volumeDevices"#,
            ]
        );
    }
}
