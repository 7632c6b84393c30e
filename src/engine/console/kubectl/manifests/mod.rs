//! The commands that write manifests: `apply`, `create`, `run`, `expose`, `patch`, and `delete` of what is written.
//!
//! The editor's text is what is applied here, at every change. So a command asks the API server of that text first, answers
//! as kubectl does, and then [edits](Act::Edit) the text; what follows from it follows as from any edit.

mod documents;
mod expose;
mod flags;
mod generate;
mod kept;
mod merge;
mod patch;
mod printed;
mod restated;

use serde_json::Value;

use super::super::{Act, Call, Output};
use super::command::{Arguments, Refusal};
use super::dry_run::DryRun;
use super::flags::{
    COMMON_AND_DRY_RUN, FILENAME, Flag, Flags, KUSTOMIZE, NAMESPACE_ONLY, NotRead, OUTPUT,
    RECURSIVE, ignored_switch, ignored_value, text_value,
};
use super::output_form::Form;
use super::resource_args::error;
use super::{exec, yaml};
use crate::api_resources::{Scope, of_object};
use crate::manifest::tree::{Yaml, YamlValue};
use crate::manifest::{JoinedFiles, Object, Source};
use documents::{Documents, Put};
use printed::printed;

pub(super) use documents::removal;
pub(super) use flags::{CreateFlags, ExposeFlags, RunFlags};
pub(super) use patch::{PatchFlags, patch};

/// A refusal that names the help of a command (`cmdutil.UsageErrorf`).
fn usage(command: &str, words: &str) -> Refusal {
    error(&format!(
        "{words}\nSee 'kubectl {command} -h' for help and examples"
    ))
}

/// kubectl's name for what comes through a pipe.
const STDIN: &str = "STDIN";

/// The flags of `apply`.
#[derive(Default)]
pub(super) struct ApplyFlags {
    /// `-o`.
    output: Option<String>,
    filename: Option<String>,
}

impl Flags for ApplyFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        text_value(Some('o'), "output", |flags| &mut flags.output),
        text_value(Some('f'), "filename", |flags| &mut flags.filename),
        ignored_value(None, "field-manager"),
        ignored_value(None, "timeout"),
        ignored_switch(None, "wait"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        KUSTOMIZE,
        RECURSIVE,
        (None, "all"),
        (None, "allow-missing-template-keys"),
        (None, "cascade"),
        (None, "force"),
        (None, "force-conflicts"),
        (None, "grace-period"),
        (None, "openapi-patch"),
        (None, "overwrite"),
        (None, "prune"),
        (None, "prune-allowlist"),
        (None, "record"),
        (None, "server-side"),
        (None, "show-managed-fields"),
        (None, "subresource"),
        (None, "template"),
        (None, "validate"),
    ];
}

/// `kubectl apply -f -`.
pub(super) fn apply(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &ApplyFlags,
) -> Result<Output, Refusal> {
    let (dry_run, form) = (DryRun::of(arguments)?, Form::of(flags.output.as_deref())?);
    let filename = flags.filename.as_deref();
    let filename = filename.ok_or_else(|| error("must specify one of -f and -k"))?;
    let mut documents = Documents::of(call.shell);
    let output = put_file(
        &mut documents,
        (arguments, form),
        filename,
        call.input,
        &Put::Apply,
    )?;
    Ok(documents.finish(output, dry_run, form))
}

/// `kubectl create`, of a file or from its options.
pub(super) fn create(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &CreateFlags,
) -> Result<Output, Refusal> {
    let (dry_run, form) = (DryRun::of(arguments)?, Form::of(flags.output.as_deref())?);
    let mut documents = Documents::of(call.shell);
    let output = if let Some(filename) = &flags.filename {
        put_file(
            &mut documents,
            (arguments, form),
            filename,
            call.input,
            &Put::Create,
        )?
    } else {
        let made = generate::created(arguments, flags)?;
        if let (DryRun::Client, Some(text)) = (dry_run, printed(&made, form)) {
            return Ok(Output::answer(text));
        }
        put_generated(&mut documents, &made, Generator::Create, form)
    };
    Ok(documents.finish(output, dry_run, form))
}

/// `kubectl expose`.
pub(super) fn expose(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &ExposeFlags,
) -> Result<Output, Refusal> {
    let (dry_run, form) = (DryRun::of(arguments)?, Form::of(flags.output.as_deref())?);
    let mut documents = Documents::of(call.shell);
    let made = expose::service_for(call.shell, arguments, flags)?;
    if let (DryRun::Client, Some(text)) = (dry_run, printed(&made, form)) {
        return Ok(Output::answer(text));
    }
    let output = put_generated(&mut documents, &made, Generator::Expose, form);
    Ok(documents.finish(output, dry_run, form))
}

/// `kubectl run`. With `--rm`, the pod is there for one program only, and the text stays as it is.
pub(super) fn run(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &RunFlags,
) -> Result<Output, Refusal> {
    let (dry_run, form) = (DryRun::of(arguments)?, Form::of(flags.output.as_deref())?);
    let made = generate::pod(arguments, flags)?;
    if flags.is_removed && !flags.stdin {
        return Err(usage(
            "run",
            "--rm should only be used for attached containers",
        ));
    }
    if let (DryRun::Client, Some(text)) = (dry_run, printed(&made, form)) {
        return Ok(Output::answer(text));
    }
    let mut documents = Documents::of(call.shell);
    let output = put_generated(&mut documents, &made, Generator::Run, form);
    if output.status != 0 || !flags.is_removed {
        return Ok(documents.finish(output, dry_run, form));
    }
    let name = made["metadata"]["name"].as_str().unwrap_or_default();
    let text = documents.after();
    Ok(exec::in_a_pod_for_once(call.shell, arguments, name, &text))
}

/// The flags of `edit`, which opens no editor.
#[derive(Default)]
pub(super) struct EditFlags;

impl Flags for EditFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_ONLY;

    const OWN: &'static [Flag<Self>] = &[];

    const NOT_READ: &'static [NotRead] = &[
        FILENAME,
        KUSTOMIZE,
        RECURSIVE,
        OUTPUT,
        (None, "allow-missing-template-keys"),
        (None, "field-manager"),
        (None, "output-patch"),
        (None, "record"),
        (None, "save-config"),
        (None, "show-managed-fields"),
        (None, "subresource"),
        (None, "template"),
        (None, "validate"),
        (None, "windows-line-endings"),
    ];
}

/// `kubectl edit`.
pub(super) fn edit(_: &Call<'_>, _: &Arguments, _: &EditFlags) -> Result<Output, Refusal> {
    Err(error(
        "the text is edited in the editor here; kubectl patch writes into it, and kubectl get … -o yaml | kubectl apply \
         -f - too",
    ))
}

impl Documents<'_> {
    /// The output with the edit, or with the note of a dry run behind each line.
    fn finish(&self, mut output: Output, dry_run: DryRun, form: Form) -> Output {
        match (dry_run, form) {
            (DryRun::None, _) => {
                let edits = self.edits();
                if !edits.is_empty() {
                    output.acts.push(Act::Edit(edits));
                }
                let events = self.events.iter().cloned();
                output.acts.extend(events.map(Act::Change));
            }
            (DryRun::Client | DryRun::Server, Form::Line) => {
                let note = dry_run.note();
                let noted = output.stdout.lines().map(|line| format!("{line}{note}\n"));
                output.stdout = noted.collect();
            }
            (DryRun::Client | DryRun::Server, Form::Name | Form::Json | Form::Yaml) => {}
        }
        output
    }
}

/// `-f -`: what comes through the pipe; without one, the editor's text.
fn put_file(
    documents: &mut Documents<'_>,
    (arguments, form): (&Arguments, Form),
    filename: &str,
    input: Option<&str>,
    put: &Put,
) -> Result<Output, Refusal> {
    if filename != "-" {
        return Err(Refusal(format!(
            "error: the path {filename:?} does not exist\nkubehop: there are no files here; -f - takes what comes through a \
             pipe, or the text of the editor\n"
        )));
    }
    let mut files = JoinedFiles::default();
    files.push(STDIN, input.unwrap_or(documents.text()));
    let source = Source::read_files(&files);
    let mut output = Output::default();
    for rejected in source.documents.iter().filter_map(|own| own.unreadable()) {
        output.stderr += &format!("{}\n", rejected.stderr(STDIN));
        output.status = 1;
    }
    let mut answered = Vec::new();
    for written in source.objects() {
        let is_alone = source.documents[written.document].objects().len() == 1;
        let done = in_namespace(written.object, arguments).and_then(|object| {
            let as_written = is_alone && object == *written.object;
            let text = if as_written {
                written.text.to_owned()
            } else {
                yaml::write(&Value::from(&object.tree))
            };
            let done = documents.put(&object, text, put)?;
            Ok((done, object))
        });
        match done {
            Ok((done, object)) => {
                output.stderr += &done.warnings;
                let line = format!("{} {}", done.name, done.how);
                let object = || documents.answered(&object);
                match (put, form) {
                    (Put::Apply, Form::Json | Form::Yaml) => answered.push(object()),
                    _ => form.add(&mut output.stdout, &line, object),
                }
            }
            Err(why) => {
                output.stderr += &format!("{why}\n");
                output.status = 1;
            }
        }
    }
    output.stdout += &form.list(answered);
    if output.stdout.is_empty() && output.stderr.is_empty() {
        return Err(error(match put {
            Put::Create => "no objects passed to create",
            Put::Apply | Put::Patch { .. } => "no objects passed to apply",
        }));
    }
    Ok(output)
}

/// An object in the namespace of `-n`.
fn in_namespace(object: &Object, arguments: &Arguments) -> Result<Object, String> {
    let mut object = object.clone();
    let resource = of_object(&object.api_version, &object.kind);
    let is_namespaced = resource.is_none_or(|own| own.scope == Scope::Namespace);
    let Some(namespace) = arguments.namespace.as_ref().filter(|_| is_namespaced) else {
        return Ok(object);
    };
    if object.namespace.is_empty() {
        object.namespace.clone_from(namespace);
        if let Some(metadata) = object.tree.get_mut("metadata") {
            metadata.set("namespace", YamlValue::String(namespace.as_str().into()));
        }
    } else if object.namespace != *namespace {
        let own = &object.namespace;
        return Err(format!(
            "error: the namespace from the provided object {own:?} does not match the namespace {namespace:?}. You must \
             pass '--namespace={own}' to perform this operation."
        ));
    }
    Ok(object)
}

/// A command that makes an object of its options.
#[derive(Clone, Copy)]
enum Generator {
    Create,
    Run,
    Expose,
}

fn put_generated(documents: &mut Documents<'_>, made: &Value, by: Generator, form: Form) -> Output {
    let object = Object::from(Yaml::from(made.clone()));
    let done = match by {
        Generator::Create | Generator::Run => "created",
        Generator::Expose => "exposed",
    };
    match documents.put(&object, yaml::write(made), &Put::Create) {
        Ok(put) => {
            let line = format!("{} {done}", put.name);
            Output::noted(
                put.warnings,
                form.text(&line, || documents.answered(&object)),
            )
        }
        Err(why) => Output::error(1, &refused(&why, made, by)),
    }
}

/// What the command prints where `create -f -` prints this.
fn refused(why: &str, made: &Value, by: Generator) -> String {
    let why = why.replace("error when creating \"STDIN\": ", "");
    let what = match (by, made["kind"].as_str(), made["spec"]["type"].as_str()) {
        (Generator::Create, Some("Deployment"), _) => "deployment".to_owned(),
        (Generator::Create, Some("Service"), Some(of_type)) => format!("{of_type} service"),
        _ => return why,
    };
    let message = why
        .split_once("): ")
        .map_or(why.as_str(), |(_, message)| message);
    let message = message.strip_prefix("The ").unwrap_or(message);
    format!("error: failed to create {what}: {message}")
}
