//! The ConfigMaps and Secrets that `env` and `envFrom` take variables from, as the kubelet reads them.

use smol_str::SmolStr;

use crate::manifest::base64;
use crate::manifest::tree::Yaml;
use crate::resolve::{NotModelled, Resolved};

/// The value of a key of a ConfigMap.
pub(super) fn config_map_value(
    resolved: &Resolved,
    namespace: &str,
    name: &str,
    key: &str,
) -> Option<String> {
    value_of(config_map(resolved, namespace, name), key)
}

/// The value of a key of a Secret.
pub(super) fn secret_value(
    resolved: &Resolved,
    namespace: &str,
    name: &str,
    key: &str,
) -> Option<String> {
    value_of(secret(resolved, namespace, name), key)
}

fn value_of(entries: Vec<(SmolStr, String)>, key: &str) -> Option<String> {
    let found = entries.into_iter().find(|(own, _)| own == key);
    found.map(|(_, value)| value)
}

/// The texts of a ConfigMap; nothing of one that is not there. Its binary data is for volumes only.
pub(super) fn config_map(
    resolved: &Resolved,
    namespace: &str,
    name: &str,
) -> Vec<(SmolStr, String)> {
    find(resolved, "ConfigMap", namespace, name)
        .map(|map| texts(&map.tree, "data"))
        .unwrap_or_default()
}

/// The texts of a Secret, `stringData` before `data`; nothing of one that is not there.
pub(super) fn secret(resolved: &Resolved, namespace: &str, name: &str) -> Vec<(SmolStr, String)> {
    let Some(secret) = find(resolved, "Secret", namespace, name) else {
        return Vec::new();
    };
    let mut entries = texts(&secret.tree, "stringData");
    for (key, text) in texts(&secret.tree, "data") {
        if entries.iter().all(|(own, _)| *own != key) {
            let bytes = base64::decode(&text).unwrap_or_default();
            entries.push((key, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    entries
}

fn find<'a>(
    resolved: &'a Resolved,
    kind: &str,
    namespace: &str,
    name: &str,
) -> Option<&'a NotModelled> {
    resolved.not_modelled.iter().find(|own| {
        own.kind == kind
            && own.api_version == "v1"
            && own.name.name == name
            && own.namespace() == namespace
    })
}

fn texts(object: &Yaml, field: &str) -> Vec<(SmolStr, String)> {
    let entries = object.get(field).map(Yaml::entries).unwrap_or_default();
    let text = |value: &Yaml| value.as_str().unwrap_or_default().to_owned();
    entries
        .iter()
        .map(|entry| (entry.key.clone(), text(&entry.value)))
        .collect()
}
