//! The commands that change a cluster: each prints what kubectl prints, and is one or more [events](Event).

pub(super) mod metadata;
pub(super) mod nodes;
pub(super) mod rollout;

use serde_json::Value;

use super::super::{Act, Call, Output, Shell};
use super::command::{Arguments, Refusal};
use super::dry_run::DryRun;
use super::flags::{
    COMMON_AND_DRY_RUN, COMMON_FIELD_SELECTOR_AND_DRY_RUN, FILENAME, Flag, Flags, KUSTOMIZE,
    NotRead, OUTPUT, RECURSIVE, ignored_switch, ignored_value, not_a_number, switch, text_value,
};
use super::look_up::look_up;
use super::manifests::removal;
use super::object_store::{place, store_of};
use super::output_form::Form;
use super::resource_args::{
    RequestedResource, error, named_or_selected, names_beside_selector, wanted,
};
use crate::diagnostic::Fix;
use crate::kinds::Kind;
use crate::printers::store::{Item, ObjectStore};
use crate::resolve::events::{Event, apply};

/// The objects of the cluster as it is.
fn stored(shell: Shell<'_>) -> ObjectStore {
    store_of(&shell.network.resolved, shell.clock)
}

/// The objects that the arguments mean, and the errors about those that are missing.
fn objects<'a>(
    store: &'a ObjectStore,
    arguments: &Arguments,
    wanted: &[RequestedResource],
) -> Result<(Vec<&'a Item>, Output), Refusal> {
    let answer = look_up(store, arguments, wanted)?;
    let output = Output {
        stderr: answer.errors(),
        status: answer.status(),
        ..Output::default()
    };
    let items = answer.found.into_iter().flat_map(|own| own.items);
    Ok((items.collect(), output))
}

/// What a verb with `--all` is to change: without it, a kind alone does not mean all of its objects.
fn requested(
    arguments: &Arguments,
    command: &str,
    all: bool,
) -> Result<Vec<RequestedResource>, Refusal> {
    if all {
        wanted(arguments, command)
    } else {
        named_or_selected(arguments, command)
    }
}

/// The same with other words.
fn with_words(arguments: &Arguments, words: Vec<String>) -> Arguments {
    Arguments {
        words,
        ..arguments.clone()
    }
}

fn kind_of(item: &Item) -> Option<Kind> {
    Kind::ALL
        .iter()
        .copied()
        .find(|kind| kind.resource() == item.resource)
}

fn act(output: &mut Output, event: Event) {
    output.acts.push(Act::Change(event));
}

/// An object after an event, as the server answers: with the status of before.
fn after(shell: Shell<'_>, event: Option<&Event>, item: &Item) -> Value {
    let before = Value::from(&*item.tree);
    let Some(event) = event else {
        return before;
    };
    let store = store_of(&apply(&shell.network.resolved, event), shell.clock);
    let Some(item) = store.find(item.resource.kind, &item.name) else {
        return before;
    };
    let mut object = Value::from(&*item.tree);
    if let Some(status) = before.get("status") {
        *place(&mut object, &["status"]) = status.clone();
    }
    object
}

/// The flags of `delete`.
#[derive(Default)]
pub(super) struct DeleteFlags {
    all: bool,
    /// `--wait=false`: what is deleted still stops when kubectl is done.
    does_not_wait: bool,
    ignore_not_found: bool,
    force: bool,
}

impl Flags for DeleteFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_FIELD_SELECTOR_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        switch(None, "all", |flags, is_on| flags.all = is_on),
        switch(None, "wait", |flags, is_on| flags.does_not_wait = !is_on),
        switch(None, "ignore-not-found", |flags, is_on| {
            flags.ignore_not_found = is_on;
        }),
        switch(None, "force", |flags, is_on| flags.force = is_on),
        ignored_switch(None, "now"),
        ignored_value(None, "grace-period"),
        ignored_value(None, "timeout"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        FILENAME,
        KUSTOMIZE,
        RECURSIVE,
        OUTPUT,
        (Some('i'), "interactive"),
        (None, "cascade"),
        (None, "raw"),
    ];
}

/// `kubectl delete`.
pub(super) fn delete(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &DeleteFlags,
) -> Result<Output, Refusal> {
    let dry_run = DryRun::of(arguments)?;
    if flags.all && arguments.selects() {
        return Err(error(
            "setting 'all' parameter but found a non empty selector. ",
        ));
    }
    let requested = requested(arguments, "delete", flags.all)?;
    if flags.all && requested.iter().any(|(_, name)| name.is_some()) {
        return Err(names_beside_selector(arguments));
    }
    let store = stored(call.shell);
    let (items, missing) = objects(&store, arguments, &requested)?;
    let mut output = Output::default();
    if flags.force {
        output = Output::noted(IMMEDIATE.to_owned(), String::new());
    }
    if !flags.ignore_not_found {
        output.stderr += &missing.stderr;
        output.status = missing.status;
    }
    let mut edits = Vec::new();
    for item in items {
        if kind_of(item) == Some(Kind::Pod) {
            delete_pod(item, flags, dry_run, &mut output);
        } else {
            edits.extend(take_out(call.shell.text, item, flags, dry_run, &mut output));
        }
    }
    if !edits.is_empty() {
        output.acts.push(Act::Edit(edits));
    }
    if output.stdout.is_empty() && output.status == 0 {
        output.stdout = "No resources found\n".to_owned();
    }
    Ok(dry_run.applied_to(output))
}

/// The warning of `--force`, once for all objects.
const IMMEDIATE: &str = "Warning: Immediate deletion does not wait for confirmation that the running resource has been \
                         terminated. The resource may continue to run on the cluster indefinitely.\n";

impl DeleteFlags {
    /// What is said of each object.
    fn done(&self) -> &'static str {
        if self.force {
            "force deleted"
        } else {
            "deleted"
        }
    }
}

fn delete_pod(pod: &Item, flags: &DeleteFlags, dry_run: DryRun, output: &mut Output) {
    let name = pod.name.clone();
    let done = flags.done();
    output.stdout += &format!(
        "pod {:?} {done}{} from {} namespace\n",
        name.name,
        dry_run.note(),
        name.namespace
    );
    // kubectl waits until the pod is gone.
    let event = if flags.does_not_wait {
        Event::PodDeleted(name)
    } else {
        Event::PodRemoved(name)
    };
    act(output, event);
}

/// The edit that takes an object out of the text.
fn take_out(
    text: &str,
    item: &Item,
    flags: &DeleteFlags,
    dry_run: DryRun,
    output: &mut Output,
) -> Option<Fix> {
    let (kind, name) = (item.resource.prefix(), &item.name.name);
    let edit = removal(text, item.resource, &item.name);
    if edit.is_none() {
        output.stderr += &format!(
            "error: kubehop deletes pods, and what is a document of the text; {kind}/{name} is neither\n"
        );
        output.status = 1;
        return None;
    }
    let place = match item.name.namespace.as_str() {
        "" => String::new(),
        namespace => format!(" from {namespace} namespace"),
    };
    let (done, note) = (flags.done(), dry_run.note());
    output.stdout += &format!("{kind} {name:?} {done}{note}{place}\n");
    edit
}

/// The flags of `scale`.
#[derive(Default)]
pub(super) struct ScaleFlags {
    replicas: Option<String>,
    all: bool,
    /// `-o`.
    output: Option<String>,
}

impl Flags for ScaleFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        text_value(None, "replicas", |flags| &mut flags.replicas),
        text_value(Some('o'), "output", |flags| &mut flags.output),
        switch(None, "all", |flags, is_on| flags.all = is_on),
        ignored_value(None, "timeout"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        FILENAME,
        KUSTOMIZE,
        RECURSIVE,
        (None, "allow-missing-template-keys"),
        (None, "current-replicas"),
        (None, "record"),
        (None, "resource-version"),
        (None, "show-managed-fields"),
        (None, "template"),
    ];
}

impl ScaleFlags {
    /// How many replicas are to be there.
    fn count(&self) -> Result<u16, Refusal> {
        let text = self.replicas.as_deref();
        let text = text.ok_or_else(|| error("required flag(s) \"replicas\" not set"))?;
        let count: i64 = text
            .parse()
            .map_err(|_| not_a_number("scale", text, "--replicas"))?;
        if count < 0 {
            return Err(error(
                "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0",
            ));
        }
        u16::try_from(count).map_err(|_| {
            let most = u16::MAX;
            error(&format!(
                "kubehop makes no more than {most} pods of a workload"
            ))
        })
    }
}

/// `kubectl scale`.
pub(super) fn scale(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &ScaleFlags,
) -> Result<Output, Refusal> {
    let (dry_run, form) = (DryRun::of(arguments)?, Form::of(flags.output.as_deref())?);
    let replicas = flags.count()?;
    let store = stored(call.shell);
    let requested = requested(arguments, "scale", flags.all)?;
    let (items, mut output) = objects(&store, arguments, &requested)?;
    if items.is_empty() && output.status == 0 {
        return Err(error("no objects passed to scale"));
    }
    for item in items {
        let scaled = match kind_of(item) {
            Some(
                kind @ (Kind::Deployment
                | Kind::StatefulSet
                | Kind::ReplicaSet
                | Kind::ReplicationController),
            ) => Some(kind),
            _ => None,
        };
        let Some(kind) = scaled else {
            output.stderr +=
                "Error from server (NotFound): the server could not find the requested resource\n";
            output.status = 1;
            continue;
        };
        let (resource, name) = (item.resource.prefix(), &item.name.name);
        let line = format!("{resource}/{name} scaled{}", dry_run.note());
        let event = Event::Scaled {
            kind,
            name: item.name.clone(),
            replicas,
        };
        let scaled = || after(call.shell, Some(&event), item);
        form.add(&mut output.stdout, &line, scaled);
        act(&mut output, event);
    }
    Ok(dry_run.applied_to(output))
}
