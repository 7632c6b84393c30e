//! Defaults of `metadata`.

use crate::apiserver::defaulting::{absent, ensure, put, text};
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::DEFAULT_NAMESPACE;

/// Removes what only the server writes, and fills in namespace and generation.
pub(super) fn fill(kind: Kind, object: &mut Yaml) {
    let metadata = ensure(object, "metadata");
    for server_side in [
        "creationTimestamp",
        "deletionTimestamp",
        "generation",
        "resourceVersion",
        "selfLink",
        "uid",
    ] {
        metadata.remove(server_side);
    }
    if kind.is_namespaced() {
        absent(metadata, "namespace", text(DEFAULT_NAMESPACE));
    } else {
        drop(metadata.remove("namespace"));
    }
    if kind.spec().has_generation {
        put(metadata, "generation", YamlValue::Int(1));
    }
}
