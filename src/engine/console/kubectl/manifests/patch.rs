//! `kubectl patch`: a strategic merge, a merge (RFC 7386), or operations (RFC 6902).
//!
//! The patch is made to what is stored, as the server makes it, and to what is written. What the stored object has
//! otherwise than one that is created as it is written is written, too.

use serde_json::Value;

use super::super::super::{Call, Output, Shell};
use super::super::command::{Arguments, Refusal};
use super::super::dry_run::DryRun;
use super::super::flags::{
    FILENAME, Flag, Flags, KUSTOMIZE, NAMESPACE_AND_DRY_RUN, NotRead, RECURSIVE, ignored_value,
    text_value,
};
use super::super::look_up::namespace_of;
use super::super::object_store::store_of;
use super::super::output_form::Form;
use super::super::resource_args::{error, wanted};
use super::super::yaml;
use super::documents::{Documents, Put};
use super::merge::{Lists, is_custom, merge};
use crate::api_resources::{Resource, Scope};
use crate::manifest::Object;
use crate::manifest::reader::read;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;

/// The flags of `patch`.
#[derive(Default)]
pub(in crate::console::kubectl) struct PatchFlags {
    patch: Option<String>,
    of_type: Option<String>,
    /// `-o`.
    output: Option<String>,
}

impl Flags for PatchFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        text_value(Some('p'), "patch", |flags| &mut flags.patch),
        text_value(None, "type", |flags| &mut flags.of_type),
        text_value(Some('o'), "output", |flags| &mut flags.output),
        ignored_value(None, "field-manager"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        FILENAME,
        KUSTOMIZE,
        RECURSIVE,
        (None, "allow-missing-template-keys"),
        (None, "local"),
        (None, "patch-file"),
        (None, "record"),
        (None, "show-managed-fields"),
        (None, "subresource"),
        (None, "template"),
    ];
}

/// `kubectl patch TYPE NAME -p PATCH`.
pub(in crate::console::kubectl) fn patch(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &PatchFlags,
) -> Result<Output, Refusal> {
    let (dry_run, form) = (DryRun::of(arguments)?, Form::of(flags.output.as_deref())?);
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
        let (new, stored) = patched((old, stored), &patch, of_type, resource)?;
        let object = Object::from(Yaml::from(new.clone()));
        let stated = match of_type {
            "json" => Value::Null,
            _ => patch.clone(),
        };
        match documents.put(&object, yaml::write(&new), &Put::Patch { stored, stated }) {
            Ok(done) => {
                output.stderr += &done.warnings;
                let line = format!("{} {}", done.name, done.how);
                form.add(&mut output.stdout, &line, || documents.answered(&object));
            }
            Err(why) => {
                output.stderr +=
                    &format!("{}\n", why.replace(" error when patching \"STDIN\":", ""));
                output.status = 1;
            }
        }
    }
    Ok(documents.finish(output, dry_run, form))
}

/// The object, as written and as stored, after a patch of a type.
fn patched(
    (mut written, mut stored): (Value, Option<Value>),
    patch: &Value,
    of_type: &str,
    resource: &Resource,
) -> Result<(Value, Option<Value>), Refusal> {
    let lists = match of_type {
        "merge" => Lists::Replaced,
        "json" => {
            operate_each(&mut written, &mut stored, patch)?;
            return Ok((written, stored));
        }
        "strategic" if is_custom(resource) => {
            return Err(Refusal(
                "Error from server (UnsupportedMediaType): the body of the request was in an unknown format - accepted \
                 media types include: application/json-patch+json, application/merge-patch+json, \
                 application/apply-patch+yaml\n"
                    .to_owned(),
            ));
        }
        "strategic" => Lists::of(resource),
        other => {
            return Err(error(&format!(
                "--type must be one of [json merge strategic], not {other:?}"
            )));
        }
    };
    merge(&mut written, patch, lists);
    if let Some(stored) = &mut stored {
        merge(stored, patch, lists);
    }
    Ok((written, stored))
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

/// Operations on what is stored and on what is written. One of a field that the server filled in leads to nothing
/// written; it is enough that it is stored.
fn operate_each(
    written: &mut Value,
    stored: &mut Option<Value>,
    operations: &Value,
) -> Result<(), Refusal> {
    let Some(list) = operations.as_array() else {
        return operate(written, operations);
    };
    for operation in list {
        let alone = Value::Array(vec![operation.clone()]);
        let is_stored = match stored {
            Some(stored) => {
                operate(stored, &alone)?;
                operation.get("path").and_then(Value::as_str)
            }
            None => None,
        };
        let done = operate(written, &alone);
        if !is_stored.is_some_and(|path| path.starts_with("/spec/")) {
            done?;
        }
    }
    Ok(())
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
        let before = service.clone();
        let mut stored =
            Some(json!({"spec": {"sessionAffinity": "None", "clusterIPs": ["10.96.0.1"]}}));
        let of_defaults = json!([
            {"op": "remove", "path": "/spec/sessionAffinity"},
            {"op": "replace", "path": "/spec/clusterIPs/0", "value": "None"},
        ]);
        operate_each(&mut service, &mut stored, &of_defaults).expect("they are stored");
        assert_eq!(service, before);
        assert_eq!(stored, Some(json!({"spec": {"clusterIPs": ["None"]}})));
        let nowhere = json!([{"op": "remove", "path": "/status/a"}]);
        assert!(operate(&mut service, &nowhere).is_err());
    }
}
