//! Rules for the volumes of storage systems with fields of their own (`validate*VolumeSource`). Most are not mounted
//! any more, since their drivers are parts of their own (CSI); the server checks them all the same.

use super::values::{label, missing, one_of_when_set};
use crate::apiserver::errors::{ApiError, invalid, required, unsupported};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::syntax::quote;

/// Texts of a source that may not be left out.
pub(super) fn all(source: &Field, keys: &[&'static str]) -> Vec<ApiError> {
    let keys = keys.iter().copied();
    keys.flat_map(|key| missing(source, key)).collect()
}

/// A list of a source that may not be left out.
pub(super) fn no_items(source: &Field, key: &'static str) -> Vec<ApiError> {
    let list = source.child(key);
    if list.is_empty() {
        vec![required(&list.path, "")]
    } else {
        Vec::new()
    }
}

/// The name of the Secret that a source is read with, if there is one.
pub(super) fn secret_name(source: &Field) -> Vec<ApiError> {
    let secret = source.child("secretRef");
    if secret.is_set() {
        missing(&secret, "name")
    } else {
        Vec::new()
    }
}

/// A disk and which part of it is mounted; 0 is all of it.
pub(super) fn partition(disk: &Field, name: &'static str) -> Vec<ApiError> {
    let part = disk.child("partition");
    let mut errors = missing(disk, name);
    if !(0..=255).contains(&part.int()) {
        let detail = "must be between 1 and 255, inclusive";
        errors.push(invalid(&part.path, part.int().to_string(), detail));
    }
    errors
}

/// A volume of Flocker, by its name or its id.
pub(super) fn flocker(volume: &Field) -> Vec<ApiError> {
    let (name, id) = (volume.child("datasetName"), volume.child("datasetUUID"));
    let mut errors = match (name.text(), id.text()) {
        ("", "") => vec![required(
            &volume.path,
            "one of datasetName and datasetUUID is required",
        )],
        ("", _) | (_, "") => Vec::new(),
        (_, _) => vec![invalid(
            &volume.path,
            quote("resource"),
            "datasetName and datasetUUID can not be specified simultaneously",
        )],
    };
    if name.text().contains('/') {
        errors.push(invalid(
            &name.path,
            quote(name.text()),
            "must not contain '/'",
        ));
    }
    errors
}

/// A volume of Quobyte.
pub(super) fn quobyte(volume: &Field) -> Vec<ApiError> {
    let (registry, tenant) = (volume.child("registry"), volume.child("tenant"));
    let mut errors = Vec::new();
    if registry.text().is_empty() {
        let detail = "must be a host:port pair or multiple pairs separated by commas";
        errors.push(required(&registry.path, detail));
    } else if tenant.text().len() > 64 {
        let detail = "must be a UUID and may not exceed a length of 64 characters";
        errors.push(required(&tenant.path, detail));
    }
    errors.extend(missing(volume, "volume"));
    errors
}

/// A disk behind targets, or one with an id of its own.
pub(super) fn fibre_channel(disk: &Field) -> Vec<ApiError> {
    let (targets, ids, lun) = (
        disk.child("targetWWNs"),
        disk.child("wwids"),
        disk.child("lun"),
    );
    let mut errors = Vec::new();
    if targets.is_empty() && ids.is_empty() {
        let detail = "must specify either targetWWNs or wwids, but not both";
        errors.push(required(&targets.path, detail));
    }
    if !targets.is_empty() && !ids.is_empty() {
        let detail = "targetWWNs and wwids can not be specified simultaneously";
        errors.push(invalid(&targets.path, to_json(targets.node()), detail));
    }
    if !targets.is_empty() && !lun.is_set() {
        let detail = "lun is required if targetWWNs is specified";
        errors.push(required(&lun.path, detail));
    }
    if !targets.is_empty() {
        errors.extend(logical_unit(&lun));
    }
    errors
}

/// The number of a disk behind a target.
pub(super) fn logical_unit(lun: &Field) -> Option<ApiError> {
    let is_wrong = !(0..=255).contains(&lun.int());
    let detail = "must be between 0 and 255, inclusive";
    is_wrong.then(|| invalid(&lun.path, lun.int().to_string(), detail))
}

/// A volume of a driver on the node. Options in the domains of Kubernetes are Kubernetes' own.
pub(super) fn flex_volume(volume: &Field) -> Vec<ApiError> {
    let options = volume.child("options");
    let mut errors = missing(volume, "driver");
    for (key, _) in options.texts() {
        let domain = key.split_once('/').map_or(key, |(domain, _)| domain);
        let domain = format!(".{}", domain.to_lowercase());
        if domain.ends_with(".kubernetes.io") || domain.ends_with(".k8s.io") {
            let detail = "kubernetes.io and k8s.io namespaces are reserved";
            errors.push(invalid(&options.entry(key).path, quote(key), detail));
        }
    }
    errors
}

/// A disk is shared unless it says otherwise, and its address is of that kind.
pub(super) fn azure_disk(disk: &Field) -> Vec<ApiError> {
    let (caching, kind, address) = (
        disk.child("cachingMode"),
        disk.child("kind"),
        disk.child("diskURI"),
    );
    let mut errors = all(disk, &["diskName", "diskURI"]);
    for (field, known) in [
        (&caching, ["None", "ReadOnly", "ReadWrite"]),
        (&kind, ["Dedicated", "Managed", "Shared"]),
    ] {
        errors.extend(one_of_when_set(field, &known));
    }
    let (start, form) = match kind.text() {
        "Managed" => (
            "/subscriptions/",
            "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}",
        ),
        _ => (
            "https://",
            "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd",
        ),
    };
    if !address.text().starts_with(start) {
        errors.push(unsupported(&address.path, address.text(), &[form]));
    }
    errors
}

/// A volume of StorageOS.
pub(super) fn storage_os(volume: &Field) -> Vec<ApiError> {
    let (name, namespace) = (volume.child("volumeName"), volume.child("volumeNamespace"));
    let mut errors = if name.text().is_empty() {
        missing(volume, "volumeName")
    } else {
        label(&name)
    };
    if !namespace.text().is_empty() {
        errors.extend(label(&namespace));
    }
    errors.extend(secret_name(volume));
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(rule: fn(&Field) -> Vec<ApiError>, volume: &str) -> Vec<String> {
        rule(&Field::root(&node(volume)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_disk_behind_targets_has_a_number() {
        assert_eq!(
            found(fibre_channel, r#"{"targetWWNs":["a"]}"#),
            ["lun: Required value: lun is required if targetWWNs is specified"]
        );
        assert_eq!(
            found(fibre_channel, r#"{"targetWWNs":["a"],"lun":256}"#),
            ["lun: Invalid value: 256: must be between 0 and 255, inclusive"]
        );
        assert_eq!(
            found(fibre_channel, "{}"),
            ["targetWWNs: Required value: must specify either targetWWNs or wwids, but not both"]
        );
    }

    #[test]
    fn a_disk_of_azure_is_shared_by_default() {
        let disk = |rest: &str| {
            found(
                azure_disk,
                &format!(r#"{{"diskName":"a","diskURI":"https://a"{rest}}}"#),
            )
        };
        assert_eq!(disk(""), [""; 0]);
        assert_eq!(
            disk(r#","kind":"Managed""#),
            [
                r#"diskURI: Unsupported value: "https://a": supported values: "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}""#
            ]
        );
    }

    #[test]
    fn options_of_a_driver_are_its_own() {
        assert_eq!(
            found(
                flex_volume,
                r#"{"driver":"d","options":{"a.k8s.io/b":"","a":""}}"#
            ),
            [
                r#"options[a.k8s.io/b]: Invalid value: "a.k8s.io/b": kubernetes.io and k8s.io namespaces are reserved"#
            ]
        );
    }
}
