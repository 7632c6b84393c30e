//! The commands that change a cluster: each says what kubectl says, and is one or more [events](Event).

use super::super::{Act, Output};
use super::command::{Command, Refusal, Request, Verb};
use super::console::{Answer, look_up};
use super::resource_args::{error, wanted};
use crate::kinds::Kind;
use crate::labels::Labels;
use crate::manifest::tree::{Yaml, YamlEntry};
use crate::names::ObjectName;
use crate::printers::fields;
use crate::printers::store::{Item, ObjectStore};
use crate::resolve::Resolved;
use crate::resolve::events::{Event, MetadataChange};
use crate::sort;

/// What a command prints, with the events it is.
pub(super) fn change(
    resolved: &Resolved,
    store: &ObjectStore,
    Command { verb, request }: &Command,
) -> Result<Output, Refusal> {
    let dry_run = dry_run(request)?;
    let mut output = changed(resolved, store, *verb, request)?;
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
fn dry_run(request: &Request) -> Result<Option<&'static str>, Refusal> {
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
    resolved: &Resolved,
    store: &ObjectStore,
    verb: Verb,
    request: &Request,
) -> Result<Output, Refusal> {
    match verb {
        Verb::Delete => delete(store, request),
        Verb::Scale => scale(store, request),
        Verb::Label => set_metadata(store, request, "label"),
        Verb::Annotate => set_metadata(store, request, "annotate"),
        Verb::Cordon => schedule(store, request, "cordon"),
        Verb::Uncordon => schedule(store, request, "uncordon"),
        Verb::Drain => drain(resolved, store, request),
        Verb::Rollout => rollout(store, request),
        Verb::Set => set_image(store, request),
        Verb::Apply => Err(error(
            "the editor is what is applied here, at every change: write the objects there",
        )),
        Verb::Get
        | Verb::Describe
        | Verb::Explain
        | Verb::ApiResources
        | Verb::Exec
        | Verb::Debug
        | Verb::PortForward
        | Verb::Logs => Err(error("it changes nothing")),
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

fn delete(store: &ObjectStore, request: &Request) -> Result<Output, Refusal> {
    let names_one = request.words.len() > 1 || request.words.iter().any(|word| word.contains('/'));
    if !names_one && !request.all && request.selector.is_none() && request.field_selector.is_none()
    {
        return Err(error(
            "resource(s) were provided, but no name was specified",
        ));
    }
    let (items, mut output) = objects(store, request, "delete")?;
    for item in items {
        if kind_of(item) != Some(Kind::Pod) {
            output.stderr += &format!(
                "error: kubehop deletes pods only; take {}/{} out of the manifests, which are applied at every change\n",
                item.resource.prefix(),
                item.name.name
            );
            output.status = 1;
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
    if output.stdout.is_empty() && output.stderr.is_empty() {
        output.stdout = "No resources found\n".to_owned();
    }
    Ok(output)
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

/// `label` and `annotate`: `app=web` sets, `app-` removes.
fn set_metadata(store: &ObjectStore, request: &Request, command: &str) -> Result<Output, Refusal> {
    let is_change = |word: &&String| word.contains('=') || word.ends_with('-');
    let (changes, words): (Vec<&String>, Vec<&String>) = request.words.iter().partition(is_change);
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

/// The nodes that are named, or that the selector matches.
fn nodes<'a>(
    store: &'a ObjectStore,
    request: &Request,
    command: &str,
) -> Result<(Vec<&'a Item>, Output), Refusal> {
    if request.words.is_empty() && request.selector.is_none() {
        return Err(error(&format!(
            "USAGE: {command} NODE [flags]\nSee 'kubectl {command} -h' for help and examples"
        )));
    }
    let named = |word: &String| word.trim_start_matches("node/").to_owned();
    let names = request.words.iter().map(named);
    let words = std::iter::once("nodes".to_owned()).chain(names).collect();
    objects(store, &with_words(request, words), command)
}

fn is_cordoned(node: &Item) -> bool {
    node.text("spec.unschedulable") == "true"
        || node
            .tree
            .get("spec")
            .and_then(|spec| spec.get("unschedulable"))
            .is_some()
}

fn schedule(store: &ObjectStore, request: &Request, command: &str) -> Result<Output, Refusal> {
    let (nodes, mut output) = nodes(store, request, command)?;
    for node in nodes {
        let name = &node.name.name;
        if is_cordoned(node) == (command == "cordon") {
            output.stdout += &format!("node/{name} already {command}ed\n");
            continue;
        }
        output.stdout += &format!("node/{name} {command}ed\n");
        act(
            &mut output,
            match command {
                "cordon" => Event::Cordoned(name.to_string()),
                _ => Event::Uncordoned(name.to_string()),
            },
        );
    }
    Ok(output)
}

/// Cordons a node and evicts its pods, those of DaemonSets aside.
fn drain(resolved: &Resolved, store: &ObjectStore, request: &Request) -> Result<Output, Refusal> {
    let (nodes, mut output) = nodes(store, request, "drain")?;
    for node in nodes {
        let name = node.name.name.as_str();
        if is_cordoned(node) {
            output.stdout += &format!("node/{name} already cordoned\n");
        } else {
            act(&mut output, Event::Cordoned(name.to_owned()));
            output.stdout += &format!("node/{name} cordoned\n");
        }
        let pods = NodePods::of(resolved, name);
        if let Some(why) = pods.why_not(name, request) {
            output.turn();
            output.stderr += &why;
            output.status = 1;
            continue;
        }
        if !pods.of_daemons.is_empty() {
            let pods = listed(&pods.of_daemons);
            output.stderr += &format!("Warning: ignoring DaemonSet-managed Pods: {pods}\n");
            output.turn();
        }
        for pod in pods.evicted() {
            output.stdout += &format!("evicting pod {pod}\n");
        }
        for pod in pods.evicted() {
            output.stdout += &format!("pod/{} evicted\n", pod.name);
            act(&mut output, Event::PodRemoved(pod.clone()));
        }
        output.stdout += &format!("node/{name} drained\n");
    }
    Ok(output)
}

/// The pods of a node, by what becomes of them when it is drained.
#[derive(Default)]
struct NodePods {
    of_daemons: Vec<ObjectName>,
    controlled: Vec<ObjectName>,
    alone: Vec<ObjectName>,
}

impl NodePods {
    fn of(resolved: &Resolved, node: &str) -> NodePods {
        let mut pods = NodePods::default();
        let cluster = &resolved.cluster;
        for pod in cluster.each_pod().filter(|pod| pod.spec.node_name == node) {
            let mut owners = pod.metadata.owner_references.iter();
            let list = match owners.find(|owner| owner.controller) {
                Some(owner) if owner.kind == "DaemonSet" => &mut pods.of_daemons,
                Some(_) => &mut pods.controlled,
                None => &mut pods.alone,
            };
            list.push(pod.id());
        }
        pods
    }

    fn evicted(&self) -> impl Iterator<Item = &ObjectName> {
        self.controlled.iter().chain(&self.alone)
    }

    /// Why kubectl does not drain the node.
    fn why_not(&self, node: &str, request: &Request) -> Option<String> {
        let mut why = Vec::new();
        if !self.of_daemons.is_empty() && !request.ignore_daemon_sets {
            why.push(format!(
                "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): {}",
                listed(&self.of_daemons)
            ));
        }
        if !self.alone.is_empty() && !request.force {
            why.push(format!(
                "cannot delete Pods that declare no controller (use --force to override): {}",
                listed(&self.alone)
            ));
        }
        let error = match why.as_slice() {
            [] => return None,
            [one] => one.clone(),
            more => format!("[{}]", more.join(", ")),
        };
        Some(format!(
            "error: unable to drain node {node:?} due to error: {error}, continuing command...\nThere are pending nodes \
             to be drained:\n {node}\n{}\n",
            why.join("\n")
        ))
    }
}

fn listed(pods: &[ObjectName]) -> String {
    let names: Vec<String> = pods.iter().map(ToString::to_string).collect();
    names.join(", ")
}

/// `rollout restart` and `rollout status`.
fn rollout(store: &ObjectStore, request: &Request) -> Result<Output, Refusal> {
    let Some((command, words)) = request.words.split_first() else {
        return Err(error("rollout needs restart or status, and a workload"));
    };
    if !matches!(command.as_str(), "restart" | "status") {
        return Err(error(&format!(
            "unknown command {command:?} for \"kubectl rollout\"; here are restart and status"
        )));
    }
    let request = with_words(request, words.to_vec());
    let (items, mut output) = objects(store, &request, "rollout")?;
    for item in items {
        let rolled = match kind_of(item) {
            Some(kind @ (Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet)) => Some(kind),
            _ => None,
        };
        let Some(kind) = rolled else {
            output.stderr += &format!(
                "error: {} {:?} restarting is not supported\n",
                item.resource.plural, item.name.name
            );
            output.status = 1;
            continue;
        };
        if command == "restart" {
            output.stdout += &format!("{}/{} restarted\n", item.resource.prefix(), item.name.name);
            act(
                &mut output,
                Event::Restarted {
                    kind,
                    name: item.name.clone(),
                },
            );
        } else if let Some(waiting) = waits(item, kind) {
            output.stdout += &format!("{waiting}\n");
            output.stderr +=
                "kubehop: kubectl waits here; repeat the command after the next event\n";
            output.status = 1;
        } else {
            output.stdout += &match kind {
                Kind::DaemonSet => {
                    format!("daemon set {:?} successfully rolled out\n", item.name.name)
                }
                _ => format!(
                    "{} {:?} successfully rolled out\n",
                    item.resource.singular, item.name.name
                ),
            };
        }
    }
    Ok(output)
}

/// What `rollout status` says while pods are missing (kubernetes `kubectl/pkg/polymorphichelpers/rollout_status.go`).
fn waits(item: &Item, kind: Kind) -> Option<String> {
    let number = |path| fields::number(&item.tree, path);
    let name = &item.name.name;
    let (workload, pods, wanted, available) = match kind {
        Kind::DaemonSet => (
            "daemon set",
            "pods",
            number("status.desiredNumberScheduled"),
            number("status.numberAvailable"),
        ),
        Kind::StatefulSet => {
            let missing = number("spec.replicas") - number("status.readyReplicas");
            return (missing > 0).then(|| format!("Waiting for {missing} pods to be ready..."));
        }
        _ => (
            "deployment",
            "replicas",
            number("status.updatedReplicas"),
            number("status.availableReplicas"),
        ),
    };
    (available < wanted).then(|| {
        format!("Waiting for {workload} {name:?} rollout to finish: {available} of {wanted} updated {pods} \
             are available...")
    })
}

/// `set image deployment/NAME CONTAINER=IMAGE`.
fn set_image(store: &ObjectStore, request: &Request) -> Result<Output, Refusal> {
    let words = match request.words.split_first() {
        Some((command, words)) if command == "image" => words,
        _ => {
            return Err(error(
                "kubectl set: here is set image TYPE/NAME CONTAINER=IMAGE",
            ));
        }
    };
    let (images, words): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| word.contains('='));
    let [image] = images.as_slice() else {
        return Err(error(match images.len() {
            0 => "at least one image update is required",
            _ => "kubehop sets one image at a time",
        }));
    };
    let request = with_words(request, words.into_iter().cloned().collect());
    let (items, mut output) = objects(store, &request, "set image")?;
    for item in items {
        let text = format!("image {}/{} {image}", item.resource.singular, item.name);
        let event: Event = text.parse().map_err(|_| {
            error(&format!(
                "{} {:?} has no template whose image kubehop sets",
                item.resource.plural, item.name.name
            ))
        })?;
        let (name, new) = image.split_once('=').unwrap_or_default();
        let lists = ["containers", "initContainers"];
        let lists =
            lists.map(|list| fields::items(&item.tree, &format!("spec.template.spec.{list}")));
        let containers = lists.into_iter().flatten();
        let meant: Vec<&Yaml> = containers
            .filter(|own| name == "*" || fields::text(own, "name") == name)
            .collect();
        if meant.is_empty() {
            output.stderr += &format!("error: unable to find container named {name:?}\n");
            output.status = 1;
        } else if meant.iter().any(|own| fields::text(own, "image") != new) {
            output.stdout += &format!(
                "{}/{} image updated\n",
                item.resource.prefix(),
                item.name.name
            );
            act(&mut output, event);
        }
    }
    Ok(output)
}
