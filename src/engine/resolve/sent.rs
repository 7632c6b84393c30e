//! A written object as kubectl sends it, with its kind and namespace.

use crate::kinds::Kind;
use crate::manifest::Object;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::DEFAULT_NAMESPACE;

/// The object as kubectl sends it: with namespace, `apiVersion` and `kind`.
pub(crate) fn as_sent(kind: Kind, object: &Object) -> Yaml {
    let needs_namespace = kind.is_namespaced() && object.namespace.is_empty();
    let mut tree = object.tree.clone();
    if !needs_namespace && object.tree.get("kind").is_some() {
        return tree;
    }
    tree.set(
        "apiVersion",
        YamlValue::String(object.api_version.clone().into()),
    );
    tree.set("kind", YamlValue::String(object.kind.clone().into()));
    if let Some(metadata) = tree.get_mut("metadata").filter(|_| needs_namespace) {
        metadata.set("namespace", YamlValue::String(DEFAULT_NAMESPACE.into()));
    }
    tree
}

/// The kind, if it is modelled. Items of a typed list need not name their own.
pub(super) fn kind_of(object: &Object) -> Option<Kind> {
    Kind::named(&object.api_version, &object.kind)
}

/// Its namespace: `default` where none is written.
pub(super) fn namespace_of(object: &Object) -> &str {
    if object.namespace.is_empty() {
        DEFAULT_NAMESPACE
    } else {
        &object.namespace
    }
}
