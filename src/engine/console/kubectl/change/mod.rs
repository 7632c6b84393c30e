//! The commands that change a cluster: each says what kubectl says, and is one or more [events](Event).

mod metadata;
mod nodes;
mod rollout;

use super::super::{Act, Output, Shell};
use super::command::{ChangeVerb, Refusal, Request};
use super::look_up::{Answer, look_up};
use super::manifests::removal;
use super::resource_args::{error, wanted};
use crate::diagnostic::Fix;
use crate::kinds::Kind;
use crate::printers::store::{Item, ObjectStore};
use crate::resolve::events::{Event, MetadataField};

/// What a command prints, with the events it is.
pub(super) fn change(
    shell: Shell<'_>,
    store: &ObjectStore,
    verb: ChangeVerb,
    request: &Request,
) -> Result<Output, Refusal> {
    let dry_run = dry_run(request)?;
    let mut output = changed(shell, store, verb, request)?;
    if let Some(note) = dry_run {
        output.acts.clear();
        let noted = |line: &str| match line.split_once(" from ") {
            Some((done, place)) => format!("{done}{note} from {place}\n"),
            None => format!("{line}{note}\n"),
        };
        output.stdout = output.stdout.lines().map(noted).collect();
    }
    Ok(output)
}

/// What is behind each line if nothing is to change.
pub(super) fn dry_run(request: &Request) -> Result<Option<&'static str>, Refusal> {
    match request.dry_run.as_deref() {
        None | Some("none") => Ok(None),
        Some("client") => Ok(Some(" (dry run)")),
        Some("server") => Ok(Some(" (server dry run)")),
        Some("true") => Err(error(
            "--dry-run flag without a value was specified. A value must be set: \"none\", \"server\", or \"client\".",
        )),
        Some(other) => Err(error(&format!(
            "Invalid dry-run value ({other}). Must be \"none\", \"server\", or \"client\"."
        ))),
    }
}

fn changed(
    shell: Shell<'_>,
    store: &ObjectStore,
    verb: ChangeVerb,
    request: &Request,
) -> Result<Output, Refusal> {
    match verb {
        ChangeVerb::Delete => delete(shell.text, store, request),
        ChangeVerb::Scale => scale(store, request),
        ChangeVerb::Label => metadata::set(store, request, MetadataField::Labels),
        ChangeVerb::Annotate => metadata::set(store, request, MetadataField::Annotations),
        ChangeVerb::Cordon => nodes::schedule(store, request, "cordon"),
        ChangeVerb::Uncordon => nodes::schedule(store, request, "uncordon"),
        ChangeVerb::Drain => nodes::drain(&shell.network.resolved, store, request),
        ChangeVerb::Rollout => rollout::rollout(store, request),
        ChangeVerb::Set => rollout::set_image(store, request),
    }
}

/// The objects that the words of a request mean.
fn objects<'a>(
    store: &'a ObjectStore,
    request: &Request,
    command: &str,
) -> Result<(Vec<&'a Item>, Output), Refusal> {
    let Answer { found, missing } = look_up(store, request, &wanted(request, command)?)?;
    let answer = Answer {
        found: Vec::new(),
        missing,
    };
    let output = Output {
        stderr: if request.ignore_not_found {
            String::new()
        } else {
            answer.errors()
        },
        status: answer.status(request),
        ..Output::default()
    };
    Ok((
        found.into_iter().flat_map(|own| own.items).collect(),
        output,
    ))
}

/// The same with other words.
fn with_words(request: &Request, words: Vec<String>) -> Request {
    Request {
        words,
        ..request.clone()
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

fn delete(text: &str, store: &ObjectStore, request: &Request) -> Result<Output, Refusal> {
    let names_one = request.words.len() > 1 || request.words.iter().any(|word| word.contains('/'));
    if !names_one && !request.all && request.selector.is_none() && request.field_selector.is_none()
    {
        return Err(error(
            "resource(s) were provided, but no name was specified",
        ));
    }
    let (items, mut output) = objects(store, request, "delete")?;
    let mut edits = Vec::new();
    for item in items {
        if kind_of(item) != Some(Kind::Pod) {
            edits.extend(take_out(text, item, &mut output));
            continue;
        }
        let name = item.name.clone();
        if request.force {
            output.stderr += "Warning: Immediate deletion does not wait for confirmation that the running resource has \
                              been terminated. The resource may continue to run on the cluster indefinitely.\n";
        }
        let done = if request.force {
            "force deleted"
        } else {
            "deleted"
        };
        output.stdout += &format!(
            "pod {:?} {done} from {} namespace\n",
            name.name, name.namespace
        );
        // kubectl waits until the pod is gone.
        act(
            &mut output,
            if request.does_not_wait {
                Event::PodDeleted(name)
            } else {
                Event::PodRemoved(name)
            },
        );
    }
    if !edits.is_empty() {
        output.acts.push(Act::Edit(edits));
    }
    if output.stdout.is_empty() && output.stderr.is_empty() {
        output.stdout = "No resources found\n".to_owned();
    }
    Ok(output)
}

/// The edit that takes an object out of the text.
fn take_out(text: &str, item: &Item, output: &mut Output) -> Option<Fix> {
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
    output.stdout += &format!("{kind} {name:?} deleted{place}\n");
    edit
}

fn scale(store: &ObjectStore, request: &Request) -> Result<Output, Refusal> {
    let replicas = request.replicas.as_deref();
    let replicas = replicas.ok_or_else(|| error("required flag(s) \"replicas\" not set"))?;
    let wrong = || {
        error(&format!(
            "invalid argument {replicas:?} for \"--replicas\" flag"
        ))
    };
    let replicas: u16 = replicas.parse().map_err(|_| wrong())?;
    let (items, mut output) = objects(store, request, "scale")?;
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
        output.stdout += &format!("{}/{} scaled\n", item.resource.prefix(), item.name.name);
        act(
            &mut output,
            Event::Scaled {
                kind,
                name: item.name.clone(),
                replicas,
            },
        );
    }
    Ok(output)
}
