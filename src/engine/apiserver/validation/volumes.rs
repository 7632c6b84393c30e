//! Rules for volumes and where containers mount them (`ValidateVolumes`, `ValidateVolumeMounts`).
//!
//! Of what a volume is made of the common kinds are looked into; the rest has nothing to do with networking and is taken
//! as it is.

use std::collections::BTreeSet;

use super::projected_volumes::{self, files};
use super::values::{descending_path, label, missing, one_of_when_set};
use crate::apiserver::errors::{
    ApiError, duplicate, forbidden, invalid, not_found, required, unsupported,
};
use crate::apiserver::field::Field;
use crate::manifest::tree::FieldPath;
use crate::quantity::Quantity;
use crate::sort;
use crate::syntax::quote;

/// A kind of volume: its name in the manifest, and the rule for it.
type Source = (&'static str, fn(&Field) -> Vec<ApiError>);

/// The kinds that are looked into, in the server's order.
const SOURCES: [Source; 17] = [
    ("emptyDir", empty_dir),
    ("hostPath", host_path),
    ("gitRepo", |repository| missing(repository, "repository")),
    ("gcePersistentDisk", |disk| missing(disk, "pdName")),
    ("awsElasticBlockStore", |disk| missing(disk, "volumeID")),
    ("secret", |secret| {
        [missing(secret, "secretName"), files(secret)].concat()
    }),
    ("nfs", nfs),
    ("glusterfs", |share| {
        [missing(share, "endpoints"), missing(share, "path")].concat()
    }),
    ("persistentVolumeClaim", |claim| missing(claim, "claimName")),
    ("cinder", |disk| missing(disk, "volumeID")),
    ("downwardAPI", projected_volumes::downward),
    ("configMap", |map| {
        [missing(map, "name"), files(map)].concat()
    }),
    ("azureFile", |share| {
        [missing(share, "secretName"), missing(share, "shareName")].concat()
    }),
    ("vsphereVolume", |disk| missing(disk, "volumePath")),
    ("projected", projected_volumes::errors),
    ("csi", |driver| missing(driver, "driver")),
    ("ephemeral", |_| Vec::new()),
];

/// What is wrong with the volumes of a pod.
pub(super) fn errors(spec: &Field) -> Vec<ApiError> {
    let (mut errors, mut names) = (Vec::new(), BTreeSet::new());
    for volume in spec.child("volumes").items() {
        let mut wrong = volume_errors(&volume);
        let name = volume.child("name");
        if names.contains(name.text()) {
            wrong.push(duplicate(&name.path, quote(name.text())));
        }
        if wrong.is_empty() {
            names.insert(name.text());
        }
        errors.extend(wrong);
    }
    errors
}

fn volume_errors(volume: &Field) -> Vec<ApiError> {
    let mut errors = Vec::new();
    let set = SOURCES
        .iter()
        .map(|(key, rule)| (volume.child(key), rule))
        .filter(|(source, _)| source.is_set());
    for (place, (source, rule)) in set.enumerate() {
        match place {
            0 => errors.extend(rule(&source)),
            _ => errors.push(forbidden(
                &source.path,
                "may not specify more than 1 volume type",
            )),
        }
    }
    errors.extend(missing(volume, "name"));
    if !volume.child("name").text().is_empty() {
        errors.extend(label(&volume.child("name")));
    }
    errors
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
    let mut errors = Vec::new();
    if path.text().split('/').any(|part| part == "..") {
        errors.push(invalid(
            &path.path,
            quote(path.text()),
            "must not contain '..'",
        ));
    }
    if !KINDS.contains(&kind.text()) {
        errors.push(unsupported(&kind.path, kind.text(), &KINDS));
    }
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

/// The names of the volumes of a pod that are as they should be; those of `claims` are made for each pod of a
/// StatefulSet.
pub(super) fn names<'a>(spec: &Field<'a>, claims: &Field<'a>) -> BTreeSet<&'a str> {
    let own = spec
        .child("volumes")
        .items()
        .into_iter()
        .filter(|volume| volume_errors(volume).is_empty());
    let own = own.map(|volume| volume.child("name").text());
    sort::set(
        own.chain(
            claims
                .items()
                .into_iter()
                .map(|claim| claim.at(&["metadata", "name"]).text()),
        ),
    )
}

/// What is wrong with the mounts of a container, given the names of its pod's volumes.
pub(super) fn mounts(known: &BTreeSet<&str>, container: &Field) -> Vec<ApiError> {
    let mut places = BTreeSet::new();
    let mut errors = Vec::new();
    for mount in container.child("volumeMounts").items() {
        let (name, path) = (mount.child("name"), mount.child("mountPath"));
        if name.text().is_empty() {
            errors.push(required(&name.path, ""));
        }
        if !known.contains(name.text()) {
            errors.push(not_found(&name.path, quote(name.text())));
        }
        if path.text().is_empty() {
            errors.push(required(&path.path, ""));
        }
        if !places.insert(path.text()) {
            errors.push(invalid(&path.path, quote(path.text()), "must be unique"));
        }
        errors.extend(parts(container, &mount));
    }
    errors
}

/// Which part of a volume is mounted. The server names the list of mounts, not the mount.
fn parts(container: &Field, mount: &Field) -> Vec<ApiError> {
    let all = container.child("volumeMounts").path;
    let (part, expression) = (mount.child("subPath"), mount.child("subPathExpr"));
    let mut errors = descending_path(&part, &all.key("subPath"));
    if !part.text().is_empty() && !expression.text().is_empty() {
        let detail = "subPathExpr and subPath are mutually exclusive";
        errors.push(invalid(&expression.path, quote(expression.text()), detail));
    }
    errors.extend(descending_path(&expression, &all.key("subPathExpr")));
    errors.extend(propagation(container, mount));
    errors.extend(read_only_below(mount, &all.key("recursiveReadOnly")));
    errors
}

/// Whether mounts below this one show on the other side (`validateMountPropagation`).
fn propagation(container: &Field, mount: &Field) -> Vec<ApiError> {
    let path = container.child("volumeMounts").path.key("mountPropagation");
    let field = Field {
        path,
        ..mount.child("mountPropagation")
    };
    let mut errors = one_of_when_set(&field, &["Bidirectional", "HostToContainer", "None"]);
    if field.text() == "Bidirectional"
        && !container.at(&["securityContext", "privileged"]).is_true()
    {
        let detail = "Bidirectional mount propagation is available only to privileged containers";
        errors.push(forbidden(&field.path, detail));
    }
    errors
}

/// Whether what is mounted below is read-only too (`validateMountRecursiveReadOnly`).
fn read_only_below(mount: &Field, path: &FieldPath) -> Vec<ApiError> {
    let field = Field {
        path: path.clone(),
        ..mount.child("recursiveReadOnly")
    };
    let is_asked_for = matches!(field.text(), "Enabled" | "IfPossible");
    let mut errors = one_of_when_set(&field, &["Disabled", "Enabled", "IfPossible"]);
    if is_asked_for && !mount.child("readOnly").is_true() {
        errors.push(forbidden(
            path,
            "may only be specified when readOnly is true",
        ));
    }
    if is_asked_for && !matches!(mount.child("mountPropagation").text(), "" | "None") {
        errors.push(forbidden(
            path,
            "may only be specified when mountPropagation is None or not specified",
        ));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_mount_is_of_a_volume_of_the_pod_or_of_a_claim() {
        let object = node(
            r#"{"volumes":[{"name":"own"}],"claims":[{"metadata":{"name":"data"}}],"volumeMounts":[{"name":"own","mountPath":"/a"},{"name":"data","mountPath":"/b"},{"name":"no","mountPath":"/c"}]}"#,
        );
        let root = Field::root(&object);
        let found = mounts(&names(&root, &root.child("claims")), &root);
        assert_eq!(
            found.iter().map(ApiError::to_string).collect::<Vec<_>>(),
            [r#"volumeMounts[2].name: Not found: "no""#]
        );
    }

    #[test]
    fn a_volume_is_of_one_kind_and_that_is_whole() {
        let found = |volume: &str| {
            let spec = node(&format!(r#"{{"volumes":[{{"name":"a",{volume}}}]}}"#));
            errors(&Field::root(&spec))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(found(r#""configMap":{"name":"a"}"#), [""; 0]);
        assert_eq!(
            found(r#""configMap":{}"#),
            ["volumes[0].configMap.name: Required value"]
        );
        assert_eq!(
            found(r#""hostPath":{"path":"/a/../b"}"#),
            [r#"volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain '..'"#]
        );
        assert_eq!(
            found(r#""emptyDir":{},"hostPath":{"path":"/"}"#),
            ["volumes[0].hostPath: Forbidden: may not specify more than 1 volume type"]
        );
    }

    #[test]
    fn mounts_show_on_the_node_only_from_privileged_containers() {
        let with = |rest: &str| {
            let object = format!(
                r#"{{"volumeMounts":[{{"name":"a","mountPath":"/","mountPropagation":"Bidirectional"}}]{rest}}}"#
            );
            mounts(&sort::set(["a"]), &Field::root(&node(&object)))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(with(r#","securityContext":{"privileged":true}"#), [""; 0]);
        assert_eq!(
            with(""),
            [
                "volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers"
            ]
        );
    }

    #[test]
    fn a_part_of_a_volume_lies_in_it() {
        let container = node(r#"{"volumeMounts":[{"name":"a","mountPath":"/","subPath":"../b"}]}"#);
        let found = mounts(&sort::set(["a"]), &Field::root(&container));
        assert_eq!(
            found.iter().map(ApiError::to_string).collect::<Vec<_>>(),
            [r#"volumeMounts.subPath: Invalid value: "../b": must not contain '..'"#]
        );
    }
}
