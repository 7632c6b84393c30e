//! `kubectl patch`: a strategic merge, a merge (RFC 7386), or operations (RFC 6902).
//!
//! The patch is made to what is written: defaults that the server added come back by themselves. An operation that leads to
//! one of them is made to what is stored, and what it changes there is written.

use serde_json::Value;

use super::super::super::{Call, Output, Shell};
use super::super::command::{Arguments, Refusal};
use super::super::dry_run::DryRun;
use super::super::flags::{COMMON_AND_DRY_RUN, Flag, Flags, text_value};
use super::super::look_up::namespace_of;
use super::super::object_store::store_of;
use super::super::resource_args::{error, wanted};
use super::super::yaml;
use super::documents::{Documents, Put};
use crate::api_resources::{Resource, Scope};
use crate::kinds::Kind;
use crate::manifest::Object;
use crate::manifest::reader::read;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;

/// The flags of `patch`.
#[derive(Default)]
pub(in crate::console::kubectl) struct PatchFlags {
    patch: Option<String>,
    of_type: Option<String>,
}

impl Flags for PatchFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        text_value(Some('p'), "patch", |flags| &mut flags.patch),
        text_value(None, "type", |flags| &mut flags.of_type),
    ];
}

/// `kubectl patch TYPE NAME -p PATCH`.
pub(in crate::console::kubectl) fn patch(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &PatchFlags,
) -> Result<Output, Refusal> {
    let dry_run = DryRun::of(arguments)?;
    let Some(text) = &flags.patch else {
        return Err(error(
            "must specify --patch or --patch-file containing the contents of the patch",
        ));
    };
    let of_type = flags.of_type.as_deref().unwrap_or("strategic");
    let patch =
        read(text).map_err(|_| error(&format!("unable to parse {text:?}: yaml: it is no YAML")))?;
    let patch = Value::from(&patch.tree);
    let mut documents = Documents::of(call.shell);
    let mut output = Output::default();
    for (resource, name) in wanted(arguments, "patch")? {
        let Some(name) = name else {
            return Err(error(
                "resource(s) were provided, but no name was specified",
            ));
        };
        let namespace = match resource.scope {
            Scope::Namespace => namespace_of(arguments),
            Scope::Cluster => "",
        };
        let id = ObjectName::new(namespace, name.as_str());
        let Some(old) = documents
            .find(resource, &id)
            .map(|(_, own)| Value::from(&own.tree))
        else {
            output.stderr += &not_written(call.shell, resource, &id);
            output.status = 1;
            continue;
        };
        let stored = documents.stored(resource, &id);
        let new = patched((old, stored), &patch, of_type, resource)?;
        let object = Object::from(Yaml::from(new.clone()));
        match documents.put(&object, yaml::write(&new), Put::Patch) {
            Ok(done) => {
                output.stderr += &done.warnings;
                output.stdout += &format!("{} {}\n", done.name, done.how);
            }
            Err(why) => {
                output.stderr +=
                    &format!("{}\n", why.replace(" error when patching \"STDIN\":", ""));
                output.status = 1;
            }
        }
    }
    Ok(documents.finish(output, dry_run))
}

/// The object, as written and as stored, after a patch of a type.
fn patched(
    (mut object, stored): (Value, Option<Value>),
    patch: &Value,
    of_type: &str,
    resource: &Resource,
) -> Result<Value, Refusal> {
    match of_type {
        "merge" => merge(&mut object, patch, ListMerge::Replace),
        "json" => operate_each(&mut object, stored, patch)?,
        "strategic" if is_custom(resource) => {
            return Err(Refusal(
                "Error from server (UnsupportedMediaType): the body of the request was in an unknown format - accepted \
                 media types include: application/json-patch+json, application/merge-patch+json, \
                 application/apply-patch+yaml\n"
                    .to_owned(),
            ));
        }
        "strategic" => merge(&mut object, patch, ListMerge::ByKey),
        other => {
            return Err(error(&format!(
                "--type must be one of [json merge strategic], not {other:?}"
            )));
        }
    }
    Ok(object)
}

fn is_custom(resource: &Resource) -> bool {
    let mut kinds = Kind::ALL.iter();
    let kind = kinds.find(|kind| kind.resource() == resource);
    kind.is_some_and(|kind| kind.spec().is_custom)
}

/// The note about an object that is not in the text.
fn not_written(shell: Shell<'_>, resource: &Resource, id: &ObjectName) -> String {
    let store = store_of(&shell.network.resolved, shell.clock);
    let name = id.name.as_str();
    if store.find(resource.kind, id).is_some() {
        return format!(
            "error: kubehop patches what is written, and {}/{name} is not\n",
            resource.prefix()
        );
    }
    format!("Error from server (NotFound): {resource} {name:?} not found\n")
}

/// What a patch does to a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ListMerge {
    /// It replaces the list (a JSON merge patch, RFC 7386).
    Replace,
    /// It merges some lists by the key of their items (a strategic merge patch).
    ByKey,
}

/// Merges a patch; `null` removes.
fn merge(old: &mut Value, patch: &Value, lists: ListMerge) {
    let Value::Object(fields) = patch else {
        *old = patch.clone();
        return;
    };
    if !old.is_object() {
        *old = Value::Object(Default::default());
    }
    let Value::Object(own) = old else { return };
    for (name, value) in fields {
        match (own.get_mut(name), value) {
            (_, Value::Null) => drop(own.remove(name)),
            (Some(Value::Array(items)), Value::Array(new)) if lists == ListMerge::ByKey => {
                match merge_key(name, new) {
                    Some(key) => merge_list(items, new, key),
                    None => items.clone_from(new),
                }
            }
            (Some(there), value) => merge(there, value, lists),
            (None, value) => {
                // What `null` removes is not there.
                let mut there = Value::Null;
                merge(&mut there, value, lists);
                own.insert(name.clone(), there);
            }
        }
    }
}

/// The key of a list's items (`patchMergeKey` in `k8s.io/api/core/v1/types.go`). Ports of Services and of containers have
/// different ones.
fn merge_key(list: &str, items: &[Value]) -> Option<&'static str> {
    match list {
        "containers" | "initContainers" | "ephemeralContainers" | "env" | "volumes" => Some("name"),
        "ports" if items.iter().any(|item| item.get("containerPort").is_some()) => {
            Some("containerPort")
        }
        "ports" => Some("port"),
        "volumeMounts" => Some("mountPath"),
        "hostAliases" => Some("ip"),
        _ => None,
    }
}

fn merge_list(items: &mut Vec<Value>, new: &[Value], key: &str) {
    for patch in new {
        let place = items.iter().position(|own| own.get(key) == patch.get(key));
        let is_removed = patch.get("$patch").and_then(Value::as_str) == Some("delete");
        match place {
            Some(place) if is_removed => drop(items.remove(place)),
            None if is_removed => {}
            Some(place) => merge(&mut items[place], patch, ListMerge::ByKey),
            None => items.push(patch.clone()),
        }
    }
}

/// Operations on what is written; one that leads to nothing written, but to something of the spec that is stored, there.
fn operate_each(
    written: &mut Value,
    mut stored: Option<Value>,
    operations: &Value,
) -> Result<(), Refusal> {
    let Some(list) = operations.as_array() else {
        return operate(written, operations);
    };
    for operation in list {
        let alone = Value::Array(vec![operation.clone()]);
        let there = stored.as_mut().map(|stored| operate(stored, &alone));
        let Err(refusal) = operate(written, &alone) else {
            continue;
        };
        let path = operation.get("path").and_then(Value::as_str);
        match (path, there, &stored) {
            (Some(path), Some(Ok(())), Some(stored)) if path.starts_with("/spec/") => {
                write_stored(written, stored, path);
            }
            _ => return Err(refusal),
        }
    }
    Ok(())
}

/// Writes what is stored at the first part of a path that is not written.
fn write_stored(written: &mut Value, stored: &Value, path: &str) {
    let slashes = path.match_indices('/').skip(1).map(|(at, _)| at);
    let mut parts = slashes.chain([path.len()]).map(|end| &path[..end]);
    let Some(missing) = parts.find(|part| written.pointer(part).is_none()) else {
        return;
    };
    let (parent, name) = missing.rsplit_once('/').unwrap_or_default();
    let value = stored.pointer(missing).cloned();
    if let (Some(Value::Object(fields)), Some(value)) = (written.pointer_mut(parent), value) {
        fields.insert(name.replace("~1", "/").replace("~0", "~"), value);
    }
}

/// `add`, `replace` and `remove`.
fn operate(object: &mut Value, operations: &Value) -> Result<(), Refusal> {
    let unable = |why: &str| error(&format!("kubehop: {why}"));
    let operations = operations.as_array();
    let operations =
        operations.ok_or_else(|| unable("a patch of the type json is a list of operations"))?;
    for operation in operations {
        let text = |field: &str| {
            operation
                .get(field)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let (parent, last) = text("path").rsplit_once('/').unwrap_or_default();
        let last = last.replace("~1", "/").replace("~0", "~");
        let missing = || {
            unable(&format!(
                "what is written has no {:?}, where the operation leads",
                text("path")
            ))
        };
        let parent = object.pointer_mut(parent).ok_or_else(missing)?;
        let value = operation.get("value").cloned();
        match (text("op"), parent, value) {
            ("add" | "replace", Value::Object(fields), Some(value)) => {
                fields.insert(last, value);
            }
            ("remove", Value::Object(fields), _) => {
                fields.remove(&last).ok_or_else(missing)?;
            }
            ("add", Value::Array(items), Some(value)) if last == "-" => items.push(value),
            (op, Value::Array(items), value) => {
                let place: usize = last.parse().map_err(|_| missing())?;
                match (op, value) {
                    ("add", Some(value)) if place <= items.len() => items.insert(place, value),
                    ("replace", Some(value)) if place < items.len() => items[place] = value,
                    ("remove", _) if place < items.len() => drop(items.remove(place)),
                    _ => return Err(missing()),
                }
            }
            _ => {
                return Err(unable(
                    "the operations of a patch are add, replace and remove",
                ));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_merged_by_their_key_and_null_removes() {
        let mut service = json!({"spec": {"type": "NodePort", "ports": [{"port": 80, "targetPort": 1}, {"port": 81}]}});
        let patch = json!({"spec": {"type": null, "ports": [{"port": 80, "targetPort": 2}, {"port": 81, "$patch": "delete"}]}});
        merge(&mut service, &patch, ListMerge::ByKey);
        assert_eq!(
            service,
            json!({"spec": {"ports": [{"port": 80, "targetPort": 2}]}})
        );
        merge(
            &mut service,
            &json!({"spec": {"ports": [{"port": 9}]}}),
            ListMerge::Replace,
        );
        assert_eq!(service, json!({"spec": {"ports": [{"port": 9}]}}));
    }

    #[test]
    fn operations_lead_to_fields_and_items() {
        let mut service = json!({"spec": {"ports": [{"port": 80}]}});
        let operations = json!([
            {"op": "replace", "path": "/spec/ports/0/port", "value": 81},
            {"op": "add", "path": "/spec/ports/-", "value": {"port": 82}},
            {"op": "add", "path": "/spec/type", "value": "NodePort"},
        ]);
        operate(&mut service, &operations).expect("the paths exist");
        assert_eq!(
            service,
            json!({"spec": {"ports": [{"port": 81}, {"port": 82}], "type": "NodePort"}})
        );
        let stored = json!({"spec": {"sessionAffinity": "None", "clusterIPs": ["10.96.0.1"]}});
        let before = service.clone();
        let of_default = json!([{"op": "remove", "path": "/spec/sessionAffinity"}]);
        operate_each(&mut service, Some(stored.clone()), &of_default).expect("it is stored");
        assert_eq!(service, before);
        let of_default = json!([{"op": "replace", "path": "/spec/clusterIPs/0", "value": "None"}]);
        operate_each(&mut service, Some(stored), &of_default).expect("it is stored");
        assert_eq!(service["spec"]["clusterIPs"], json!(["None"]));
        let nowhere = json!([{"op": "remove", "path": "/status/a"}]);
        assert!(operate(&mut service, &nowhere).is_err());
    }
}
