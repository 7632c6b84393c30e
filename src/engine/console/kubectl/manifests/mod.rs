//! The commands that write manifests: `apply`, `create`, `run`, `expose`, `patch`, and `delete` of what is written.
//!
//! The editor's text is what is applied here, at every change. So a command asks the API server of that text first, answers
//! as kubectl does, and then [edits](Act::Edit) the text; what follows from it follows as from any edit.

mod documents;
mod generate;
mod patch;

use serde_json::Value;

use super::super::{Act, Output, Shell};
use super::change::dry_run;
use super::command::{Refusal, Request, WriteVerb};
use super::resource_args::error;
use super::yaml;
use crate::api_resources::{Scope, of_object};
use crate::manifest::tree::{Yaml, YamlValue};
use crate::manifest::{JoinedFiles, Object, Source};
use documents::{Documents, Put};

pub(super) use documents::removal;

/// A refusal that names the help of a command (`cmdutil.UsageErrorf`).
fn usage(command: &str, words: &str) -> Refusal {
    error(&format!(
        "{words}\nSee 'kubectl {command} -h' for help and examples"
    ))
}

/// kubectl's name for what comes through a pipe.
const STDIN: &str = "STDIN";

/// What a command prints, with the edit that it is.
pub(super) fn write(
    shell: Shell<'_>,
    verb: WriteVerb,
    request: &Request,
    input: Option<&str>,
) -> Result<Output, Refusal> {
    let note = dry_run(request)?;
    let mut documents = Documents::of(shell);
    let mut output = match verb {
        WriteVerb::Apply => read_file(&mut documents, request, input, Put::Apply)?,
        WriteVerb::Create if request.value.is_some() => {
            read_file(&mut documents, request, input, Put::Create)?
        }
        WriteVerb::Patch => patch::patch(shell, &mut documents, request)?,
        WriteVerb::Run => return run(shell, documents, request, note),
        _ => {
            let made = match verb {
                WriteVerb::Expose => generate::service_for(shell, request)?,
                _ => generate::created(request)?,
            };
            put_generated(&mut documents, &made, verb)
        }
    };
    output.finish(&documents, note);
    Ok(output)
}

impl Output {
    /// Adds the edit, or says that nothing is to change.
    fn finish(&mut self, documents: &Documents<'_>, note: Option<&str>) {
        let edits = documents.edits();
        match note {
            Some(note) => {
                let noted = self.stdout.lines().map(|line| format!("{line}{note}\n"));
                self.stdout = noted.collect();
            }
            None if edits.is_empty() => {}
            None => self.acts.push(Act::Edit(edits)),
        }
    }
}

/// `-f -`: what comes through the pipe; without one, the editor's text.
fn read_file(
    documents: &mut Documents<'_>,
    request: &Request,
    input: Option<&str>,
    put: Put,
) -> Result<Output, Refusal> {
    match request.value.as_deref() {
        Some("-") => {}
        Some(file) => {
            return Err(Refusal(format!(
                "error: the path {file:?} does not exist\nkubehop: there are no files here; -f - takes what comes through \
                 a pipe, or the text of the editor\n"
            )));
        }
        None => return Err(error("must specify one of -f and -k")),
    }
    let mut files = JoinedFiles::default();
    files.push(STDIN, input.unwrap_or(documents.text));
    let source = Source::read_files(&files);
    let mut output = Output::default();
    for rejected in source.documents.iter().filter_map(|own| own.unreadable()) {
        output.stderr += &format!("{}\n", rejected.stderr(STDIN));
    }
    for written in source.objects() {
        let is_alone = source.documents[written.document].objects().len() == 1;
        let done = in_namespace(written.object, request).and_then(|object| {
            let as_written = is_alone && object == *written.object;
            let text = if as_written {
                written.text.to_owned()
            } else {
                yaml::write(&Value::from(&object.tree))
            };
            documents.put(&object, text, put)
        });
        match done {
            Ok(done) => {
                output.stderr += &done.warnings;
                output.stdout += &format!("{} {}\n", done.name, done.how);
            }
            Err(why) => output.stderr += &format!("{why}\n"),
        }
    }
    if output.stdout.is_empty() && output.stderr.is_empty() {
        return Err(error(match put {
            Put::Create => "no objects passed to create",
            Put::Apply | Put::Patch => "no objects passed to apply",
        }));
    }
    let mut said = output.stderr.lines();
    output.status = u8::from(said.any(|line| !line.starts_with("Warning: ")));
    Ok(output)
}

/// An object in the namespace of `-n`.
fn in_namespace(object: &Object, request: &Request) -> Result<Object, String> {
    let mut object = object.clone();
    let resource = of_object(&object.api_version, &object.kind);
    let is_namespaced = resource.is_none_or(|own| own.scope == Scope::Namespace);
    let Some(namespace) = request.namespace.as_ref().filter(|_| is_namespaced) else {
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

fn put_generated(documents: &mut Documents<'_>, made: &Value, verb: WriteVerb) -> Output {
    let object = Object::from(Yaml::from(made.clone()));
    match documents.put(&object, yaml::write(made), Put::Create) {
        Ok(put) => {
            let done = if verb == WriteVerb::Expose {
                "exposed"
            } else {
                "created"
            };
            Output::noted(put.warnings, format!("{} {done}\n", put.name))
        }
        Err(why) => Output::error(1, &refused(&why, made, verb)),
    }
}

/// What the command says where `create -f -` says this.
fn refused(why: &str, made: &Value, verb: WriteVerb) -> String {
    let why = why.replace("error when creating \"STDIN\": ", "");
    let what = match (verb, made["kind"].as_str(), made["spec"]["type"].as_str()) {
        (WriteVerb::Create, Some("Deployment"), _) => "deployment".to_owned(),
        (WriteVerb::Create, Some("Service"), Some(of_type)) => format!("{of_type} service"),
        _ => return why,
    };
    let message = why
        .split_once("): ")
        .map_or(why.as_str(), |(_, message)| message);
    let message = message.strip_prefix("The ").unwrap_or(message);
    format!("error: failed to create {what}: {message}")
}

/// `kubectl run`. With `--rm`, the pod is there for one program only, and the text stays as it is.
fn run(
    shell: Shell<'_>,
    mut documents: Documents<'_>,
    request: &Request,
    note: Option<&str>,
) -> Result<Output, Refusal> {
    let made = generate::pod(request)?;
    let is_removed = request.option("rm").is_some();
    if is_removed && request.option("stdin").is_none() {
        return Err(usage(
            "run",
            "--rm should only be used for attached containers",
        ));
    }
    let mut output = put_generated(&mut documents, &made, WriteVerb::Run);
    if output.status != 0 || !is_removed {
        output.finish(&documents, note);
        return Ok(output);
    }
    let name = made["metadata"]["name"].as_str().unwrap_or_default();
    Ok(super::exec::in_a_pod_for_once(
        shell,
        request,
        name,
        &documents.after(),
    ))
}
