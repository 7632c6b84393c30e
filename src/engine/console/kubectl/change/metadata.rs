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
    let is_change = |word: &&String| word.contains('=') || word.ends_with('-');
    let (written, words): (Vec<&String>, Vec<&String>) =
        arguments.words.iter().partition(is_change);
    if words.is_empty() {
        return Err(error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>",
        ));
    }
    if flags.all && arguments.selects() {
        return Err(error("cannot set --all and --selector at the same time"));
    }
    let arguments = with_words(arguments, words.into_iter().cloned().collect());
    let change = Change {
        changes: changes(&written, field)?,
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
        let done = self.done(&before);
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

    fn done(&self, before: &Labels) -> &'static str {
        let is_changed = self
            .changes
            .iter()
            .any(|change| before.get(&change.key) != change.value.as_ref());
        let only_removes = self.changes.iter().all(|change| change.value.is_none());
        match (self.field, is_changed, only_removes) {
            (MetadataField::Labels, false, _) => NOT_LABELED,
            (MetadataField::Labels, true, true) => "unlabeled",
            (MetadataField::Labels, true, false) => "labeled",
            (MetadataField::Annotations, ..) => "annotated",
        }
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
