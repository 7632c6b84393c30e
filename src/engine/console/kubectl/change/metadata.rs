//! `kubectl label` and `kubectl annotate`.

use super::super::super::Output;
use super::super::command::{Refusal, Request};
use super::super::resource_args::error;
use super::{act, kind_of, objects, with_words};
use crate::labels::Labels;
use crate::manifest::tree::{Yaml, YamlEntry};
use crate::printers::store::{Item, ObjectStore};
use crate::resolve::events::{MetadataChange, MetadataField};
use crate::sort;

impl MetadataField {
    /// The command that changes it.
    fn verb(self) -> &'static str {
        match self {
            MetadataField::Labels => "label",
            MetadataField::Annotations => "annotate",
        }
    }

    /// One entry of it.
    fn noun(self) -> &'static str {
        match self {
            MetadataField::Labels => "label",
            MetadataField::Annotations => "annotation",
        }
    }

    /// The entries of an object.
    fn of(self, item: &Item) -> Labels {
        match self {
            MetadataField::Labels => item.labels(),
            MetadataField::Annotations => annotations(item),
        }
    }
}

/// `label` and `annotate`: `app=web` sets, `app-` removes.
pub(super) fn set(
    store: &ObjectStore,
    request: &Request,
    field: MetadataField,
) -> Result<Output, Refusal> {
    let is_change = |word: &&String| word.contains('=') || word.ends_with('-');
    let (written, words): (Vec<&String>, Vec<&String>) = request.words.iter().partition(is_change);
    if words.is_empty() {
        return Err(error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>",
        ));
    }
    let mut request = with_words(request, words.into_iter().cloned().collect());
    if request.all {
        request.words.truncate(1);
    }
    let changes = changes(&written, field)?;
    let (items, mut output) = objects(store, &request, field.verb())?;
    for item in items {
        change_item(item, &changes, &request, field, &mut output)?;
    }
    Ok(output)
}

fn changes(written: &[&String], field: MetadataField) -> Result<Vec<MetadataChange>, Refusal> {
    if written.is_empty() {
        let noun = field.noun();
        return Err(error(&format!("at least one {noun} update is required")));
    }
    let parsed = written.iter().map(|change| field.parse_change(change));
    parsed.collect::<Option<Vec<_>>>().ok_or_else(|| {
        let written: Vec<&str> = written.iter().map(|change| change.as_str()).collect();
        let (verb, written) = (field.verb(), written.join(" "));
        error(&format!("invalid {verb} value or key: {written}"))
    })
}

/// What kubectl says of one object, and the event, if there is one.
fn change_item(
    item: &Item,
    changes: &[MetadataChange],
    request: &Request,
    field: MetadataField,
    output: &mut Output,
) -> Result<(), Refusal> {
    let before = field.of(item);
    if let Some(refused) = refusal(changes, &before, request, field) {
        output.stderr += &refused;
        output.status = 1;
        return Ok(());
    }
    let removed = changes.iter().filter(|change| change.value.is_none());
    for change in removed.filter(|change| !before.contains_key(&change.key)) {
        if field == MetadataField::Labels {
            output.stdout += &format!("label {:?} not found.\n", change.key.as_str());
        }
    }
    let done = done(changes, &before, field);
    output.stdout += &format!("{}/{} {done}\n", item.resource.prefix(), item.name.name);
    if done == NOT_LABELED {
        return Ok(());
    }
    let Some(kind) = kind_of(item) else {
        let kind = item.resource.kind;
        return Err(error(&format!(
            "the {field} of a {kind} cannot be changed here",
            field = field.noun()
        )));
    };
    act(
        output,
        field.event(kind, item.name.clone(), changes.to_vec()),
    );
    Ok(())
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
    field: MetadataField,
) -> Option<String> {
    if request.overwrite {
        return None;
    }
    let old = changes.iter().find_map(|change| {
        let (new, old) = (change.value.as_ref()?, before.get(&change.key)?);
        (new != old).then(|| format!("'{}' already has a value ({old})", change.key))
    })?;
    Some(match field {
        MetadataField::Labels => format!("error: {old}, and --overwrite is false\n"),
        MetadataField::Annotations => format!(
            "error: --overwrite is false but found the following declared annotation(s): {old}\n"
        ),
    })
}

const NOT_LABELED: &str = "not labeled";

fn done(changes: &[MetadataChange], before: &Labels, field: MetadataField) -> &'static str {
    let is_changed = changes
        .iter()
        .any(|change| before.get(&change.key) != change.value.as_ref());
    let only_removes = changes.iter().all(|change| change.value.is_none());
    match (field, is_changed, only_removes) {
        (MetadataField::Labels, false, _) => NOT_LABELED,
        (MetadataField::Labels, true, true) => "unlabeled",
        (MetadataField::Labels, true, false) => "labeled",
        (MetadataField::Annotations, ..) => "annotated",
    }
}
