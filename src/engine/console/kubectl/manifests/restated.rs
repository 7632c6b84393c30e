//! Fields that a command changed after the text was applied (`kubectl scale`, `set image`, `label`, `annotate`), and that
//! a manifest or a patch states again.
//!
//! Such a change is an [event](Event), which happens again to every new text. One that is not stated stays, as kubectl
//! leaves it; one that is gets the stated value by a further event, and one that was applied before and is no longer
//! stated is removed, or gets its default.

use serde_json::Value;
use smol_str::SmolStr;

use super::super::super::Shell;
use crate::kinds::Kind;
use crate::labels::Labels;
use crate::manifest::tree::{Yaml, YamlEntry};
use crate::names::ObjectName;
use crate::resolve::Stored;
use crate::resolve::events::{ContainerImage, Event, MetadataChange, MetadataField};
use crate::sort;

/// The events that set these fields. `applied` is what was applied before, `stated` what is now.
pub(super) fn restated(
    shell: Shell<'_>,
    (kind, name): (Kind, &ObjectName),
    before: &Yaml,
    applied: &Value,
    stated: &Value,
) -> Vec<Event> {
    let Some(live) = shell.network.resolved.get(kind, name) else {
        return Vec::new();
    };
    let metadata = [
        (MetadataField::Labels, "labels"),
        (MetadataField::Annotations, "annotations"),
    ];
    let changes = metadata.map(|(field, key)| {
        let changes = metadata_changes(live, before, key, applied, stated);
        (!changes.is_empty()).then(|| field.event(kind, name.clone(), changes))
    });
    let replicas = replicas(live, before, applied, stated).map(|replicas| Event::Scaled {
        kind,
        name: name.clone(),
        replicas,
    });
    let images = images(live, before, stated).into_iter();
    let images = images.map(|image| Event::ImageSet {
        kind,
        name: name.clone(),
        image: Some(image),
    });
    let events = changes.into_iter().flatten().chain(replicas);
    events.chain(images).collect()
}

fn metadata_changes(
    live: &Stored,
    before: &Yaml,
    field: &str,
    applied: &Value,
    stated: &Value,
) -> Vec<MetadataChange> {
    let entries = |tree: &Yaml| -> Labels {
        let fields = tree.at(&["metadata", field]);
        let text = |own: &YamlEntry| Some((own.key.as_str().into(), own.value.as_str()?.into()));
        sort::map(
            fields
                .map(Yaml::entries)
                .unwrap_or_default()
                .iter()
                .filter_map(text),
        )
    };
    let (now, before) = (entries(&live.tree), entries(before));
    let of = |object: &Value, key: &str| object.get("metadata")?.get(field)?.get(key).cloned();
    let keys = sort::set(now.keys().chain(before.keys()));
    let changed = keys
        .into_iter()
        .filter(|key| now.get(*key) != before.get(*key));
    let change = |key: &SmolStr| {
        let wanted = of(stated, key.as_str());
        let value = wanted.as_ref().and_then(Value::as_str).map(SmolStr::from);
        if value.is_none() {
            of(applied, key.as_str())?;
        }
        (now.get(key) != value.as_ref()).then(|| MetadataChange {
            key: key.clone(),
            value,
        })
    };
    changed.filter_map(change).collect()
}

/// The number of replicas that is stated; the default where it was applied before.
fn replicas(live: &Stored, before: &Yaml, applied: &Value, stated: &Value) -> Option<u16> {
    let path = ["spec", "replicas"];
    let now = live.tree.at(&path).map(Value::from)?;
    if before.at(&path).map(Value::from).as_ref() == Some(&now) {
        return None;
    }
    let of = |object: &Value| object.pointer("/spec/replicas").cloned();
    let wanted = match of(stated).as_ref().and_then(Value::as_u64) {
        Some(number) => u16::try_from(number).ok()?,
        None => of(applied).map(|_| 1)?,
    };
    (now != Value::from(wanted)).then_some(wanted)
}

/// The images that are stated of containers that got another one.
fn images(live: &Stored, before: &Yaml, stated: &Value) -> Vec<ContainerImage> {
    let mut images = Vec::new();
    for list in ["containers", "initContainers"] {
        let image = |tree: &Yaml, name: &str| -> Option<String> {
            let list = tree.at(&["spec", "template", "spec", list])?;
            let has_name = |own: &&Yaml| own.get("name").and_then(Yaml::as_str) == Some(name);
            let container = list.items().iter().find(has_name)?;
            container.get("image")?.as_str().map(str::to_owned)
        };
        let containers = stated.pointer(&format!("/spec/template/spec/{list}"));
        for container in containers.and_then(Value::as_array).into_iter().flatten() {
            let text = |field| container.get(field).and_then(Value::as_str);
            let (Some(name), Some(wanted)) = (text("name"), text("image")) else {
                continue;
            };
            let now = image(&live.tree, name);
            if now != image(before, name) && now.as_deref().is_some_and(|now| now != wanted) {
                images.push(ContainerImage {
                    container: name.into(),
                    image: wanted.into(),
                });
            }
        }
    }
    images
}
