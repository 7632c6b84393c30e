//! Rules for volumes and where containers mount them (`ValidateVolumes`, `ValidateVolumeMounts`).

use std::collections::{BTreeMap, BTreeSet};

use super::values::{descending_path, label, missing, one_of_when_set};
use super::{volume_devices, volume_sources};
use crate::apiserver::errors::{ApiError, duplicate, forbidden, invalid, not_found, required};
use crate::apiserver::field::Field;
use crate::manifest::tree::FieldPath;
use crate::sort;
use crate::syntax::quote;

/// The volumes that containers can use, by name.
pub(super) type Volumes<'a> = BTreeMap<&'a str, VolumeOrigin>;

/// Where a volume comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VolumeOrigin {
    /// A claim, which is there or is made for the pod. It may be a disk without a file system.
    Claim,
    /// Anything else.
    Other,
}

/// What is wrong with the volumes of a pod of this name; a template has none.
pub(super) fn errors(spec: &Field, pod: Option<&str>) -> Vec<ApiError> {
    let volumes = spec.child("volumes").items();
    let made = made_claims(&volumes, pod.unwrap_or_default());
    let (mut errors, mut names) = (Vec::new(), BTreeSet::new());
    for volume in &volumes {
        let mut wrong = volume_errors(volume, pod);
        let name = volume.child("name");
        if names.contains(name.text()) {
            wrong.push(duplicate(&name.path, quote(name.text())));
        }
        if wrong.is_empty() {
            names.insert(name.text());
        }
        errors.extend(wrong);
        let claim = volume.at(&["persistentVolumeClaim", "claimName"]);
        if made.contains(claim.text()) {
            let detail = "must not reference a PVC that gets created for an ephemeral volume";
            errors.push(invalid(&claim.path, quote(claim.text()), detail));
        }
    }
    errors
}

/// The names of the claims that are made for the ephemeral volumes of a pod with a name.
fn made_claims(volumes: &[Field], pod: &str) -> BTreeSet<String> {
    let made = volumes
        .iter()
        .filter(|volume| !pod.is_empty() && volume.child("ephemeral").is_set());
    sort::set(made.map(|volume| format!("{pod}-{}", volume.child("name").text())))
}

fn volume_errors(volume: &Field, pod: Option<&str>) -> Vec<ApiError> {
    let mut errors = volume_sources::errors(volume, pod);
    errors.extend(missing(volume, "name"));
    if !volume.child("name").text().is_empty() {
        errors.extend(label(&volume.child("name")));
    }
    errors
}

/// The volumes of a pod that are as they should be; `claims` are made for each pod of a StatefulSet.
pub(super) fn known<'a>(spec: &Field<'a>, claims: &Field<'a>, pod: Option<&str>) -> Volumes<'a> {
    let is_claim = |volume: &Field| {
        ["persistentVolumeClaim", "ephemeral"]
            .into_iter()
            .any(|source| volume.child(source).is_set())
    };
    let mut known = Volumes::new();
    for volume in spec.child("volumes").items() {
        if volume_errors(&volume, pod).is_empty() {
            let origin = if is_claim(&volume) {
                VolumeOrigin::Claim
            } else {
                VolumeOrigin::Other
            };
            known.entry(volume.child("name").text()).or_insert(origin);
        }
    }
    for claim in claims.items() {
        let name = claim.at(&["metadata", "name"]).text();
        known.entry(name).or_insert(VolumeOrigin::Claim);
    }
    known
}

/// What is wrong with the mounts of a container, given its pod's volumes.
pub(super) fn mounts(known: &Volumes, container: &Field) -> Vec<ApiError> {
    let mut places = BTreeSet::new();
    let mut errors = Vec::new();
    for mount in container.child("volumeMounts").items() {
        let (name, path) = (mount.child("name"), mount.child("mountPath"));
        if name.text().is_empty() {
            errors.push(required(&name.path, ""));
        }
        if !known.contains_key(name.text()) {
            errors.push(not_found(&name.path, quote(name.text())));
        }
        if path.text().is_empty() {
            errors.push(required(&path.path, ""));
        }
        if !places.insert(path.text()) {
            errors.push(invalid(&path.path, quote(path.text()), "must be unique"));
        }
        errors.extend(volume_devices::beside_devices(container, &mount));
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
        let found = mounts(&known(&root, &root.child("claims"), None), &root);
        assert_eq!(
            found.iter().map(ApiError::to_string).collect::<Vec<_>>(),
            [r#"volumeMounts[2].name: Not found: "no""#]
        );
    }

    #[test]
    fn a_volume_is_of_one_kind_and_that_is_whole() {
        let found = |volume: &str| {
            let spec = node(&format!(r#"{{"volumes":[{{"name":"a",{volume}}}]}}"#));
            errors(&Field::root(&spec), Some("web"))
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
    fn the_claim_of_an_ephemeral_volume_is_not_mounted_by_its_name() {
        let spec = node(
            r#"{"volumes":[{"name":"e","ephemeral":{}},{"name":"p","persistentVolumeClaim":{"claimName":"web-e"}}]}"#,
        );
        let found = |pod| {
            errors(&Field::root(&spec), pod)
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        let template = "volumes[0].ephemeral.volumeClaimTemplate: Required value";
        assert_eq!(found(None), [template]);
        assert_eq!(
            found(Some("web")),
            [
                template,
                r#"volumes[1].persistentVolumeClaim.claimName: Invalid value: "web-e": must not reference a PVC that gets created for an ephemeral volume"#,
            ]
        );
    }

    #[test]
    fn mounts_show_on_the_node_only_from_privileged_containers() {
        let with = |rest: &str| {
            let object = format!(
                r#"{{"volumeMounts":[{{"name":"a","mountPath":"/","mountPropagation":"Bidirectional"}}]{rest}}}"#
            );
            mounts(
                &sort::map([("a", VolumeOrigin::Other)]),
                &Field::root(&node(&object)),
            )
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
        let found = mounts(
            &sort::map([("a", VolumeOrigin::Other)]),
            &Field::root(&container),
        );
        assert_eq!(
            found.iter().map(ApiError::to_string).collect::<Vec<_>>(),
            [r#"volumeMounts.subPath: Invalid value: "../b": must not contain '..'"#]
        );
    }
}
