//! `kubectl label` and `kubectl annotate`.

use super::super::super::Output;
use super::super::command::{Refusal, Request};
use super::super::resource_args::error;
use super::{act, objects, with_words};
use crate::labels::Labels;
use crate::manifest::tree::{Yaml, YamlEntry};
use crate::printers::store::{Item, ObjectStore};
use crate::resolve::events::{Event, MetadataChange};
use crate::sort;

/// `label` and `annotate`: `app=web` sets, `app-` removes.
pub(super) fn set(
    store: &ObjectStore,
    request: &Request,
    command: &str,
) -> Result<Output, Refusal> {
    let is_change = |word: &&String| word.contains('=') || word.ends_with('-');
    let (changes, words): (Vec<&String>, Vec<&String>) = request.words.iter().partition(is_change);
    if words.is_empty() {
        return Err(error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>",
        ));
    }
    if changes.is_empty() {
        let noun = if command == "label" {
            "label"
        } else {
            "annotation"
        };
        return Err(error(&format!("at least one {noun} update is required")));
    }
    let mut request = with_words(request, words.into_iter().cloned().collect());
    if request.all {
        request.words.truncate(1);
    }
    let (items, mut output) = objects(store, &request, command)?;
    for item in items {
        let text = format!(
            "{command} {}/{} ",
            item.resource.singular,
            on_command_line(item)
        );
        let changes: Vec<&str> = changes.iter().map(|change| change.as_str()).collect();
        let event: Event = (text + &changes.join(" ")).parse().map_err(|_| {
            error(&format!(
                "invalid {command} value or key: {}",
                changes.join(" ")
            ))
        })?;
        let (changes, before) = match &event {
            Event::Labeled { changes, .. } => (changes, item.labels()),
            Event::Annotated { changes, .. } => (changes, annotations(item)),
            _ => continue,
        };
        let refused = refusal(changes, &before, &request, command);
        if let Some(refused) = refused {
            output.stderr += &refused;
            output.status = 1;
            continue;
        }
        let done = done(changes, &before, command);
        for change in changes.iter().filter(|own| own.value.is_none()) {
            if command == "label" && !before.contains_key(&change.key) {
                output.stdout += &format!("label {:?} not found.\n", change.key.as_str());
            }
        }
        output.stdout += &format!("{}/{} {done}\n", item.resource.prefix(), item.name.name);
        if !done.starts_with("not ") {
            act(&mut output, event);
        }
    }
    Ok(output)
}

fn on_command_line(item: &Item) -> String {
    if item.name.namespace.is_empty() {
        item.name.name.to_string()
    } else {
        item.name.to_string()
    }
}

fn annotations(item: &Item) -> Labels {
    let fields = item
        .tree
        .get("metadata")
        .and_then(|own| own.get("annotations"));
    let entries = fields.map(Yaml::entries).unwrap_or_default();
    let text = |entry: &YamlEntry| Some((entry.key.as_str().into(), entry.value.as_str()?.into()));
    sort::map(entries.iter().filter_map(text))
}

/// Why kubectl does not overwrite a value.
fn refusal(
    changes: &[MetadataChange],
    before: &Labels,
    request: &Request,
    command: &str,
) -> Option<String> {
    if request.overwrite {
        return None;
    }
    let old = changes.iter().find_map(|change| {
        let (new, old) = (change.value.as_ref()?, before.get(&change.key)?);
        (new != old).then(|| format!("'{}' already has a value ({old})", change.key))
    })?;
    Some(match command {
        "label" => format!("error: {old}, and --overwrite is false\n"),
        _ => format!(
            "error: --overwrite is false but found the following declared annotation(s): {old}\n"
        ),
    })
}

fn done(changes: &[MetadataChange], before: &Labels, command: &str) -> &'static str {
    let is_changed = changes
        .iter()
        .any(|change| before.get(&change.key) != change.value.as_ref());
    let only_removes = changes.iter().all(|change| change.value.is_none());
    match (command, is_changed, only_removes) {
        ("label", false, _) => "not labeled",
        ("label", true, true) => "unlabeled",
        ("label", true, false) => "labeled",
        _ => "annotated",
    }
}
