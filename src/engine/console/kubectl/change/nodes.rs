//! `kubectl cordon`, `uncordon` and `drain`.

use super::super::super::Output;
use super::super::command::{Refusal, Request};
use super::super::resource_args::error;
use super::{act, objects, with_words};
use crate::names::ObjectName;
use crate::printers::store::{Item, ObjectStore};
use crate::resolve::Resolved;
use crate::resolve::events::Event;

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

pub(super) fn schedule(
    store: &ObjectStore,
    request: &Request,
    command: &str,
) -> Result<Output, Refusal> {
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
pub(super) fn drain(
    resolved: &Resolved,
    store: &ObjectStore,
    request: &Request,
) -> Result<Output, Refusal> {
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
