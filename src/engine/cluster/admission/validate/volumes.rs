//! Rules for volumes and where containers mount them (`ValidateVolumes`, `ValidateVolumeMounts`).
//!
//! Of what a volume is made of the common kinds are looked into; the rest has nothing to do with networking and is taken
//! as it is.

use std::collections::BTreeSet;

use super::values::{descending_path, label};
use crate::engine::cluster::admission::error::{
    ApiError, duplicate, forbidden, invalid, not_found, required, unsupported,
};
use crate::engine::cluster::admission::field::Field;
use crate::engine::order;
use crate::engine::syntax::quote;

/// A kind of volume: its name in the manifest, and the rule for it.
type Source = (&'static str, fn(&Field) -> Vec<ApiError>);

/// The kinds that are looked into, in the server's order.
const SOURCES: [Source; 7] = [
    ("emptyDir", |_| Vec::new()),
    ("hostPath", host_path),
    ("secret", |secret| [missing(secret, "secretName"), files(secret)].concat()),
    ("nfs", nfs),
    ("persistentVolumeClaim", |claim| missing(claim, "claimName")),
    ("configMap", |map| [missing(map, "name"), files(map)].concat()),
    ("projected", |_| Vec::new()),
];

/// What is wrong with the volumes of a pod.
pub fn errors(spec: &Field) -> Vec<ApiError> {
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
    let set = SOURCES.iter().map(|(key, rule)| (volume.child(key), rule)).filter(|(source, _)| source.is_set());
    for (place, (source, rule)) in set.enumerate() {
        match place {
            0 => errors.extend(rule(&source)),
            _ => errors.push(forbidden(&source.path, "may not specify more than 1 volume type")),
        }
    }
    errors.extend(missing(volume, "name"));
    if !volume.child("name").text().is_empty() {
        errors.extend(label(&volume.child("name")));
    }
    errors
}

fn missing(source: &Field, key: &'static str) -> Vec<ApiError> {
    let field = source.child(key);
    if field.text().is_empty() { vec![required(&field.path, "")] } else { Vec::new() }
}

fn host_path(host: &Field) -> Vec<ApiError> {
    const KINDS: [&str; 8] =
        ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];
    let (path, kind) = (host.child("path"), host.child("type"));
    if path.text().is_empty() {
        return missing(host, "path");
    }
    let mut errors = Vec::new();
    if path.text().split('/').any(|part| part == "..") {
        errors.push(invalid(&path.path, quote(path.text()), "must not contain '..'"));
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
        errors.push(invalid(&path.path, quote(path.text()), "must be an absolute path"));
    }
    errors
}

/// The files a Secret or ConfigMap becomes: who may read them, and which key goes where.
fn files(source: &Field) -> Vec<ApiError> {
    let mode = |mode: Field| {
        let detail = "must be a number between 0 and 0777 (octal), both inclusive";
        let is_wrong = mode.is_set() && !(0..=0o777).contains(&mode.int());
        is_wrong.then(|| invalid(&mode.path, mode.int().to_string(), detail))
    };
    let mut errors: Vec<ApiError> = mode(source.child("defaultMode")).into_iter().collect();
    for item in source.child("items").items() {
        errors.extend(missing(&item, "key"));
        errors.extend(missing(&item, "path"));
        errors.extend(descending_path(&item.child("path"), &item.child("path").path));
        errors.extend(mode(item.child("mode")));
    }
    errors
}

/// The names of the volumes of a pod that are as they should be; those of `claims` are made for each pod of a
/// StatefulSet.
pub fn names<'a>(spec: &Field<'a>, claims: &Field<'a>) -> BTreeSet<&'a str> {
    let own = spec.child("volumes").items().into_iter().filter(|volume| volume_errors(volume).is_empty());
    let own = own.map(|volume| volume.child("name").text());
    order::set(own.chain(claims.items().into_iter().map(|claim| claim.at(&["metadata", "name"]).text())))
}

/// What is wrong with the mounts of a container, given the names of its pod's volumes.
pub fn mounts(known: &BTreeSet<&str>, container: &Field) -> Vec<ApiError> {
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
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::cluster::admission::testing::node;

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
            errors(&Field::root(&spec)).iter().map(ApiError::to_string).collect::<Vec<_>>()
        };
        assert_eq!(found(r#""configMap":{"name":"a"}"#), [""; 0]);
        assert_eq!(found(r#""configMap":{}"#), ["volumes[0].configMap.name: Required value"]);
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
    fn a_part_of_a_volume_lies_in_it() {
        let container = node(r#"{"volumeMounts":[{"name":"a","mountPath":"/","subPath":"../b"}]}"#);
        let found = mounts(&order::set(["a"]), &Field::root(&container));
        assert_eq!(
            found.iter().map(ApiError::to_string).collect::<Vec<_>>(),
            [r#"volumeMounts.subPath: Invalid value: "../b": must not contain '..'"#]
        );
    }
}
