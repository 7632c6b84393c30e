//! `metadata`: its defaults, and the name by which an object is stored.

use crate::apiserver::defaulting::{absent, ensure, put, text};
use crate::apiserver::field::Field;
use crate::apiserver::go_json;
use crate::cluster::generate_name::generated_name;
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::{DEFAULT_NAMESPACE, ObjectName};

/// Removes what only the server writes, and fills in namespace and generation.
pub(super) fn fill(kind: Kind, object: &mut Yaml) {
    let metadata = ensure(object, "metadata");
    let uid = uid_of_a_dump(kind, metadata);
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
    if let Some(uid) = uid {
        put(metadata, "uid", uid);
    }
}

/// Puts an object into the namespace where kubectl would have put it.
pub(super) fn fill_namespace(object: &mut Yaml) {
    let metadata = ensure(object, "metadata");
    let written = metadata.get("namespace").and_then(Yaml::as_str);
    if written.is_none_or(str::is_empty) {
        put(metadata, "namespace", text(DEFAULT_NAMESPACE));
    }
}

/// The uid of a Job that was printed by a cluster: its selector and its labels name it.
fn uid_of_a_dump(kind: Kind, metadata: &Yaml) -> Option<YamlValue> {
    let uid = metadata.get("uid").filter(|_| kind == Kind::Job)?;
    uid.as_str()
        .is_some_and(|uid| !uid.is_empty())
        .then(|| uid.value.clone())
}

pub(super) fn id_of(kind: Kind, object: &Yaml) -> ObjectName {
    let metadata = Field::root(object).child("metadata");
    let namespace = if kind.is_namespaced() {
        metadata.child("namespace").text()
    } else {
        ""
    };
    ObjectName::new(namespace, metadata.child("name").text())
}

/// The name is generated from `generateName` if none is written. A server appends five random characters; here they follow
/// from the object.
pub(super) fn generate_name(object: &mut Yaml) {
    let text = |key: &str| {
        let metadata = object.get("metadata")?;
        metadata
            .get(key)
            .and_then(Yaml::as_str)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let (None, Some(base)) = (text("name"), text("generateName")) else {
        return;
    };
    let seed = go_json::to_json(Some(object));
    if let Some(metadata) = object.get_mut("metadata") {
        let name = generated_name(&base, &seed);
        metadata.set("name", YamlValue::String(name.into()));
    }
}
