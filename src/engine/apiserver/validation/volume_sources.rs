//! Rules for what a volume is made of (`validateVolumeSource`).
//!
//! All kinds are here, in the server's order: only one may be written, and the server counts those that no node can
//! mount any more, too.

use super::projected_volumes::{self, files};
use super::storage_systems::{
    all, azure_disk, fibre_channel, flex_volume, flocker, no_items, partition, quobyte,
    secret_name, storage_os,
};
use super::values::{descending_path, missing, one_of, path_without_backsteps};
use super::{claim_template, iscsi};
use crate::apiserver::errors::{
    ApiError, forbidden, invalid, invalid_text, required, too_long, unsupported,
};
use crate::apiserver::field::Field;
use crate::quantity::Quantity;
use crate::syntax::{is_dns1123_subdomain, quote};

/// A kind of volume.
struct Source {
    /// Its field.
    field: &'static str,
    /// What the server calls the field in errors about its parts.
    named: &'static str,
    /// What it calls the field of a second source.
    named_second: &'static str,
    /// What is wrong with it.
    rule: fn(&Field) -> Vec<ApiError>,
}

impl Source {
    const fn new(field: &'static str, rule: fn(&Field) -> Vec<ApiError>) -> Source {
        Source {
            field,
            named: field,
            named_second: field,
            rule,
        }
    }
}

/// The kinds, in the server's order and with its spelling.
static SOURCES: &[Source] = &[
    Source::new("emptyDir", empty_dir),
    Source::new("hostPath", host_path),
    Source::new("gitRepo", git_repository),
    Source {
        named: "persistentDisk",
        ..Source::new("gcePersistentDisk", |disk| partition(disk, "pdName"))
    },
    Source::new("awsElasticBlockStore", |disk| partition(disk, "volumeID")),
    Source::new("secret", |secret| {
        [missing(secret, "secretName"), files(secret)].concat()
    }),
    Source::new("nfs", nfs),
    Source::new("iscsi", iscsi::errors),
    Source::new("glusterfs", |share| all(share, &["endpoints", "path"])),
    Source::new("flocker", flocker),
    Source::new("persistentVolumeClaim", |claim| missing(claim, "claimName")),
    Source::new("rbd", |disk| {
        [no_items(disk, "monitors"), missing(disk, "image")].concat()
    }),
    Source::new("cinder", |disk| {
        [missing(disk, "volumeID"), secret_name(disk)].concat()
    }),
    Source {
        named_second: "cephFS",
        ..Source::new("cephfs", |share| no_items(share, "monitors"))
    },
    Source::new("quobyte", quobyte),
    Source {
        named_second: "downwarAPI",
        ..Source::new("downwardAPI", projected_volumes::downward)
    },
    Source::new("fc", fibre_channel),
    Source::new("flexVolume", flex_volume),
    Source::new("configMap", |map| {
        [missing(map, "name"), files(map)].concat()
    }),
    Source::new("azureFile", |share| {
        all(share, &["secretName", "shareName"])
    }),
    Source::new("vsphereVolume", |disk| missing(disk, "volumePath")),
    Source::new("photonPersistentDisk", |disk| missing(disk, "pdID")),
    Source::new("portworxVolume", |disk| missing(disk, "volumeID")),
    Source::new("azureDisk", azure_disk),
    Source::new("storageos", storage_os),
    Source::new("projected", projected_volumes::errors),
    Source::new("scaleIO", |disk| {
        all(disk, &["gateway", "system", "volumeName"])
    }),
    Source::new("csi", csi),
    Source::new("ephemeral", ephemeral),
    Source::new("image", image),
];

/// What is wrong with the source of a volume. `pod` is the name of the pod whose volume it is; a template has none.
pub(super) fn errors(volume: &Field, pod: Option<&str>) -> Vec<ApiError> {
    let mut errors = Vec::new();
    let set = SOURCES
        .iter()
        .filter(|source| volume.child(source.field).is_set());
    for (place, source) in set.enumerate() {
        if place == 0 {
            errors.extend(only_source(volume, source, pod));
        } else {
            errors.push(forbidden(
                &volume.path.key(source.named_second),
                "may not specify more than 1 volume type",
            ));
        }
        if source.field == "iscsi" {
            errors.extend(iscsi::long_name(volume));
        }
    }
    errors
}

/// The errors of the first source, and of what depends on whose volume it is.
fn only_source(volume: &Field, source: &Source, pod: Option<&str>) -> Vec<ApiError> {
    let written = Field {
        path: volume.path.key(source.named),
        ..volume.child(source.field)
    };
    let mut errors = if source.field == "image" && pod.is_some() {
        missing(&written, "reference")
    } else {
        Vec::new()
    };
    errors.extend((source.rule)(&written));
    if source.field == "ephemeral" {
        errors.extend(claim_name(volume, pod.unwrap_or_default()));
    }
    errors
}

/// The claim of an ephemeral volume is named after the pod and the volume. Without a name of either, that is the error.
fn claim_name(volume: &Field, pod: &str) -> Vec<ApiError> {
    let name = volume.child("name");
    if pod.is_empty() || name.text().is_empty() {
        return Vec::new();
    }
    let claim = format!("{pod}-{}", name.text());
    let error = |why: String| {
        let detail = format!("PVC name {}: {why}", quote(&claim));
        invalid(&name.path, quote(name.text()), detail)
    };
    is_dns1123_subdomain(&claim)
        .into_iter()
        .map(error)
        .collect()
}

fn empty_dir(directory: &Field) -> Vec<ApiError> {
    let limit = directory.child("sizeLimit");
    let is_negative = Quantity::read(limit.text()).is_some_and(Quantity::is_negative);
    let detail = "SizeLimit field must be a valid resource quantity";
    if is_negative {
        vec![forbidden(&limit.path, detail)]
    } else {
        Vec::new()
    }
}

fn host_path(host: &Field) -> Vec<ApiError> {
    const KINDS: [&str; 8] = [
        "",
        "BlockDevice",
        "CharDevice",
        "Directory",
        "DirectoryOrCreate",
        "File",
        "FileOrCreate",
        "Socket",
    ];
    let (path, kind) = (host.child("path"), host.child("type"));
    if path.text().is_empty() {
        return missing(host, "path");
    }
    let mut errors = path_without_backsteps(&path);
    if !KINDS.contains(&kind.text()) {
        errors.push(unsupported(&kind.path, kind.text(), &KINDS));
    }
    errors
}

fn git_repository(repository: &Field) -> Vec<ApiError> {
    let directory = repository.child("directory");
    let mut errors = missing(repository, "repository");
    errors.extend(descending_path(&directory, &directory.path));
    errors
}

fn nfs(share: &Field) -> Vec<ApiError> {
    let path = share.child("path");
    let mut errors = missing(share, "server");
    errors.extend(missing(share, "path"));
    if !path.text().starts_with('/') {
        errors.push(invalid(
            &path.path,
            quote(path.text()),
            "must be an absolute path",
        ));
    }
    errors
}

/// A volume of a storage driver (`validateCSIVolumeSource`, `ValidateCSIDriverName`). Errors in the name of the
/// secret are reported at the volume's path.
fn csi(volume: &Field) -> Vec<ApiError> {
    const LONGEST: usize = 63;
    let (driver, secret) = (volume.child("driver"), volume.child("nodePublishSecretRef"));
    let mut errors = missing(volume, "driver");
    if driver.text().len() > LONGEST {
        errors.push(too_long(&driver.path, LONGEST));
    }
    errors.extend(invalid_text(
        &driver.path,
        driver.text(),
        is_dns1123_subdomain(&driver.text().to_lowercase()),
    ));
    let name = secret.child("name").text();
    if secret.is_set() && name.is_empty() {
        errors.extend(missing(&secret, "name"));
    } else if secret.is_set() {
        let path = volume.path.key("name");
        errors.extend(invalid_text(&path, name, is_dns1123_subdomain(name)));
    }
    errors
}

/// A volume whose claim is made with the pod.
fn ephemeral(volume: &Field) -> Vec<ApiError> {
    let template = volume.child("volumeClaimTemplate");
    if template.is_set() {
        claim_template::errors(&template)
    } else {
        vec![required(&template.path, "")]
    }
}

fn image(volume: &Field) -> Vec<ApiError> {
    one_of(
        &volume.child("pullPolicy"),
        &["Always", "IfNotPresent", "Never"],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found_in(volume: &str, pod: Option<&str>) -> Vec<String> {
        errors(&Field::root(&node(volume)), pod)
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    fn found(volume: &str) -> Vec<String> {
        found_in(volume, None)
    }

    #[test]
    fn a_volume_is_of_one_kind() {
        let second = |source: &str| found(&format!(r#"{{"emptyDir":{{}},"{source}":{{}}}}"#));
        for (source, named) in [
            ("hostPath", "hostPath"),
            ("gcePersistentDisk", "gcePersistentDisk"),
            ("iscsi", "iscsi"),
            ("cephfs", "cephFS"),
            ("downwardAPI", "downwarAPI"),
            ("image", "image"),
        ] {
            assert_eq!(
                second(source),
                [format!(
                    "{named}: Forbidden: may not specify more than 1 volume type"
                )]
            );
        }
    }

    #[test]
    fn disks_are_named() {
        assert_eq!(
            found(r#"{"gcePersistentDisk":{"partition":256}}"#),
            [
                "persistentDisk.pdName: Required value",
                "persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive",
            ]
        );
        assert_eq!(
            found(r#"{"gitRepo":{"repository":"r","directory":"/../a"}}"#),
            [
                r#"gitRepo.directory: Invalid value: "/../a": must be a relative path"#,
                r#"gitRepo.directory: Invalid value: "/../a": must not contain '..'"#,
            ]
        );
    }

    #[test]
    fn a_storage_driver_is_a_domain() {
        assert_eq!(found(r#"{"csi":{"driver":"csi.Example.com"}}"#), [""; 0]);
        let wrong = found(r#"{"csi":{"driver":"Bad_Driver","nodePublishSecretRef":{}}}"#);
        assert!(
            wrong[0].starts_with(
                r#"csi.driver: Invalid value: "Bad_Driver": a lowercase RFC 1123 subdomain"#
            ),
            "{wrong:?}"
        );
        assert_eq!(
            wrong[1..],
            ["csi.nodePublishSecretRef.name: Required value"]
        );
        let long = found(&format!(r#"{{"csi":{{"driver":"{}"}}}}"#, "a".repeat(64)));
        assert_eq!(
            long,
            ["csi.driver: Too long: may not be more than 63 bytes"]
        );
    }

    #[test]
    fn an_ephemeral_volume_has_a_claim_that_can_be_named() {
        assert_eq!(
            found(r#"{"name":"e","ephemeral":{}}"#),
            ["ephemeral.volumeClaimTemplate: Required value"]
        );
        let claim = r#"{"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}"#;
        let volume = |name: &str| {
            format!(r#"{{"name":"{name}","ephemeral":{{"volumeClaimTemplate":{claim}}}}}"#)
        };
        assert_eq!(found_in(&volume("e"), Some("web")), [""; 0]);
        let wrong = found_in(&volume("e-"), Some("web"));
        assert!(
            wrong[0].starts_with(
                r#"name: Invalid value: "e-": PVC name "web-e-": a lowercase RFC 1123 subdomain"#
            ),
            "{wrong:?}"
        );
    }

    #[test]
    fn an_image_volume_of_a_pod_names_its_image() {
        let volume = r#"{"image":{"pullPolicy":"Sometimes"}}"#;
        let policy = r#"image.pullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never""#;
        assert_eq!(found(volume), [policy]);
        assert_eq!(
            found_in(volume, Some("web")),
            ["image.reference: Required value", policy]
        );
    }
}
