//! `kubectl label` and `kubectl annotate`.

use super::super::super::{Call, Output, Shell};
use super::super::command::{Arguments, Refusal};
use super::super::dry_run::DryRun;
use super::super::flags::{
    COMMON_FIELD_SELECTOR_AND_DRY_RUN, FILENAME, Flag, Flags, KUSTOMIZE, NotRead, RECURSIVE,
    ignored_value, switch, text_value,
};
use super::super::output_form::Form;
use super::super::resource_args::error;
use super::{act, after, kind_of, objects, requested, stored, with_words};
use crate::labels::Labels;
use crate::manifest::tree::{Yaml, YamlEntry};
use crate::printers::store::Item;
use crate::resolve::events::{MetadataChange, MetadataField};
use crate::sort;
use crate::syntax::is_valid_label_value;

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

/// The flags of `label` and `annotate`.
#[derive(Default)]
pub(in crate::console::kubectl) struct MetadataFlags {
    overwrite: bool,
    all: bool,
    /// `-o`.
    output: Option<String>,
}

impl Flags for MetadataFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_FIELD_SELECTOR_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        switch(None, "overwrite", |flags, is_on| flags.overwrite = is_on),
        switch(None, "all", |flags, is_on| flags.all = is_on),
        text_value(Some('o'), "output", |flags| &mut flags.output),
        ignored_value(None, "field-manager"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        FILENAME,
        KUSTOMIZE,
        RECURSIVE,
        (None, "allow-missing-template-keys"),
        (None, "list"),
        (None, "local"),
        (None, "record"),
        (None, "resource-version"),
        (None, "show-managed-fields"),
        (None, "template"),
    ];
}

/// `kubectl label`.
pub(in crate::console::kubectl) fn label(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &MetadataFlags,
) -> Result<Output, Refusal> {
    set(call, arguments, flags, MetadataField::Labels)
}

/// `kubectl annotate`.
pub(in crate::console::kubectl) fn annotate(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &MetadataFlags,
) -> Result<Output, Refusal> {
    set(call, arguments, flags, MetadataField::Annotations)
}

/// `app=web` sets, `app-` removes.
fn set(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &MetadataFlags,
    field: MetadataField,
) -> Result<Output, Refusal> {
    let (dry_run, form) = (DryRun::of(arguments)?, Form::of(flags.output.as_deref())?);
    let (words, written) = resources_and_pairs(&arguments.words, field)?;
    let changes = changes(written, field)?;
    if words.is_empty() {
        return Err(error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>",
        ));
    }
    if flags.all && arguments.selects() {
        return Err(error("cannot set --all and --selector at the same time"));
    }
    if changes.is_empty() {
        let noun = field.noun();
        return Err(error(&format!("at least one {noun} update is required")));
    }
    let arguments = with_words(arguments, words.to_vec());
    let change = Change {
        changes,
        field,
        overwrite: flags.overwrite,
        shell: call.shell,
        dry_run,
        form,
    };
    let store = stored(call.shell);
    let requested = requested(&arguments, field.verb(), flags.all)?;
    let (items, mut output) = objects(&store, &arguments, &requested)?;
    for item in items {
        change.make(item, &mut output)?;
    }
    Ok(dry_run.applied_to(output))
}

/// What is made of each object.
struct Change<'a> {
    shell: Shell<'a>,
    changes: Vec<MetadataChange>,
    field: MetadataField,
    overwrite: bool,
    dry_run: DryRun,
    form: Form,
}

/// The resources, and behind them what is to be changed (`cmdutil.GetResourcesAndPairs`).
fn resources_and_pairs(
    words: &[String],
    field: MetadataField,
) -> Result<(&[String], &[String]), Refusal> {
    let is_pair = |word: &String| {
        word.contains('=') && !word.starts_with('=') || word.ends_with('-') && word != "-"
    };
    let first = words.iter().position(is_pair).unwrap_or(words.len());
    let (resources, pairs) = words.split_at(first);
    match pairs.iter().find(|word| !is_pair(word)) {
        Some(word) => {
            let noun = field.noun();
            Err(error(&format!(
                "all resources must be specified before {noun} changes: {word}"
            )))
        }
        None => Ok((resources, pairs)),
    }
}

fn changes(written: &[String], field: MetadataField) -> Result<Vec<MetadataChange>, Refusal> {
    let changes = written.iter().map(|text| change(text, field));
    let changes = changes.collect::<Result<Vec<MetadataChange>, Refusal>>()?;
    let sets = |key: &str| {
        let mut others = changes.iter();
        others.any(|other| other.key == key && other.value.is_some())
    };
    let mut removed = changes.iter().filter(|change| change.value.is_none());
    let both = removed.find(|change| sets(&change.key));
    let Some(key) = both.map(|change| change.key.clone()) else {
        return Ok(changes);
    };
    Err(error(&match field {
        MetadataField::Labels => {
            "can not both modify and remove a label in the same command".to_owned()
        }
        MetadataField::Annotations => format!(
            "can not both modify and remove the following annotation(s) in the same command: {key}"
        ),
    }))
}

/// `app=web` or `app-`. kubectl looks at the value of a label; the rest is refused by the server.
fn change(text: &str, field: MetadataField) -> Result<MetadataChange, Refusal> {
    let value = text.split_once('=').map(|(_, value)| value);
    if let (MetadataField::Labels, Some(value)) = (field, value) {
        if value.contains('=') {
            return Err(error(&format!("invalid label spec: {text}")));
        }
        let faults = is_valid_label_value(value);
        if !faults.is_empty() {
            let faults = faults.join(";");
            return Err(error(&format!("invalid label value: {text:?}: {faults}")));
        }
    }
    field.parse_change(text).ok_or_else(|| {
        let noun = field.noun();
        error(&format!("the server takes no {noun} with this key: {text}"))
    })
}

/// How long labels are as JSON, but for what all of them have.
fn written_length(labels: &Labels) -> usize {
    const SIGNS: usize = r#""":"","#.len();
    let entries = labels.iter();
    entries
        .map(|(key, value)| key.len() + value.len() + SIGNS)
        .sum()
}

impl Change<'_> {
    /// What kubectl prints about one object, and the event, if there is one.
    fn make(&self, item: &Item, output: &mut Output) -> Result<(), Refusal> {
        let before = self.field.of(item);
        if let Some(refused) = self.refusal(&before) {
            output.stderr += &refused;
            output.status = 1;
            return Ok(());
        }
        let note = self.dry_run.note();
        // A dry run of the client does not look for them (kubernetes `kubectl/pkg/cmd/label/label.go`).
        let tells_missing = self.field == MetadataField::Labels && self.dry_run != DryRun::Client;
        let removed = self.changes.iter().filter(|change| change.value.is_none());
        for change in removed.filter(|change| !before.contains_key(&change.key)) {
            if tells_missing {
                output.stdout += &format!("label {:?} not found.\n", change.key.as_str());
            }
        }
        let done = match self.field {
            MetadataField::Labels => labels_done(&self.changes, self.overwrite, &before),
            MetadataField::Annotations => "annotated",
        };
        let (resource, name) = (item.resource.prefix(), &item.name.name);
        let line = format!("{resource}/{name} {done}{note}");
        let (name, changes) = (item.name.clone(), self.changes.clone());
        let event = match (done, kind_of(item)) {
            (NOT_LABELED, _) => None,
            (_, Some(kind)) => Some(self.field.event(kind, name, changes)),
            (_, None) => {
                let (noun, kind) = (self.field.noun(), item.resource.kind);
                return Err(error(&format!(
                    "the {noun} of a {kind} cannot be changed here"
                )));
            }
        };
        let changed = || after(self.shell, event.as_ref(), item);
        self.form.add(&mut output.stdout, &line, changed);
        if let Some(event) = event {
            act(output, event);
        }
        Ok(())
    }

    /// Why kubectl does not overwrite a value.
    fn refusal(&self, before: &Labels) -> Option<String> {
        if self.overwrite {
            return None;
        }
        let old = self.changes.iter().find_map(|change| {
            let (new, old) = (change.value.as_ref()?, before.get(&change.key)?);
            (new != old).then(|| format!("'{}' already has a value ({old})", change.key))
        })?;
        Some(match self.field {
            MetadataField::Labels => format!("error: {old}, and --overwrite is false\n"),
            MetadataField::Annotations => format!(
                "error: --overwrite is false but found the following declared annotation(s): {old}\n"
            ),
        })
    }
}

/// What kubectl says of an object whose labels change. What has become shorter it takes for unlabeled
/// (`updateDataChangeMsg`).
fn labels_done(changes: &[MetadataChange], overwrite: bool, before: &Labels) -> &'static str {
    let mut after = before.clone();
    for change in changes {
        match &change.value {
            Some(value) => drop(after.insert(change.key.clone(), value.clone())),
            None => drop(after.remove(&change.key)),
        }
    }
    let is_shorter = !overwrite && written_length(&after) < written_length(before);
    match (after != *before, is_shorter) {
        (false, _) => NOT_LABELED,
        (true, true) => "unlabeled",
        (true, false) => "labeled",
    }
}

const NOT_LABELED: &str = "not labeled";

fn annotations(item: &Item) -> Labels {
    let fields = item
        .tree
        .get("metadata")
        .and_then(|own| own.get("annotations"));
    let entries = fields.map(Yaml::entries).unwrap_or_default();
    let text = |entry: &YamlEntry| Some((entry.key.as_str().into(), entry.value.as_str()?.into()));
    sort::map(entries.iter().filter_map(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_come_before_changes() {
        let read = |line: &str| {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            let (resources, written) = resources_and_pairs(&words, MetadataField::Labels)?;
            let count = changes(written, MetadataField::Labels)?.len();
            Ok::<_, Refusal>((resources.len(), count))
        };
        assert_eq!(read("pod client a=b c-"), Ok((2, 2)));
        for (line, refusal) in [
            (
                "pod a=b client",
                "all resources must be specified before label changes: client",
            ),
            ("pod client a=b=c", "invalid label spec: a=b=c"),
            (
                "pod client a=b a-",
                "can not both modify and remove a label in the same command",
            ),
        ] {
            assert_eq!(
                read(line),
                Err(Refusal(format!("error: {refusal}\n"))),
                "{line}"
            );
        }
        let Err(Refusal(words)) = read("pod client a=b!") else {
            panic!("the value is no label's");
        };
        assert!(words.starts_with("error: invalid label value: \"a=b!\": a valid label must be"));
    }

    #[test]
    fn labels_that_became_shorter_are_unlabeled() {
        let before: Labels = sort::map([("a".into(), "1".into()), ("b".into(), "2".into())]);
        let done = |line: &str, overwrite: bool| {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            let changes = changes(&words, MetadataField::Labels).unwrap_or_default();
            labels_done(&changes, overwrite, &before)
        };
        assert_eq!(done("a-", false), "unlabeled");
        assert_eq!(done("a-", true), "labeled");
        assert_eq!(done("a- c=long", false), "labeled");
        assert_eq!(done("c-", false), "not labeled");
    }
}
