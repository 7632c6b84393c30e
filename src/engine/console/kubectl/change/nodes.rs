//! `kubectl cordon`, `uncordon` and `drain`.

use super::super::super::{Call, Output};
use super::super::command::{Arguments, Refusal};
use super::super::dry_run::DryRun;
use super::super::flags::{
    COMMON_AND_DRY_RUN, Flag, Flags, NAMESPACE_AND_SELECTOR, NotRead, ignored_switch,
    ignored_value, switch,
};
use super::super::resource_args::{error, wanted};
use super::{act, objects, stored, with_words};
use crate::names::ObjectName;
use crate::printers::fields;
use crate::printers::store::{Item, ObjectStore};
use crate::resolve::events::Event;

/// The nodes that are named, or that the selector matches.
fn nodes<'a>(
    store: &'a ObjectStore,
    arguments: &Arguments,
    command: &str,
) -> Result<(Vec<&'a Item>, Output), Refusal> {
    if arguments.words.is_empty() && arguments.selector.is_none() {
        return Err(error(&format!(
            "USAGE: {command} NODE [flags]\nSee 'kubectl {command} -h' for help and examples"
        )));
    }
    if !arguments.words.is_empty() && arguments.selects() {
        return Err(error(&format!(
            "cannot specify both a node name and a --selector option\nSee 'kubectl {command} -h' for help and examples"
        )));
    }
    let named = |word: &String| word.trim_start_matches("node/").to_owned();
    let names = arguments.words.iter().map(named);
    let words = std::iter::once("nodes".to_owned()).chain(names).collect();
    let arguments = with_words(arguments, words);
    objects(store, &arguments, &wanted(&arguments, command)?)
}

fn is_cordoned(node: &Item) -> bool {
    node.text("spec.unschedulable") == "true"
        || node
            .tree
            .get("spec")
            .and_then(|spec| spec.get("unschedulable"))
            .is_some()
}

/// The flags of `cordon` and `uncordon`.
#[derive(Default)]
pub(in crate::console::kubectl) struct CordonFlags;

impl Flags for CordonFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[];
}

/// `kubectl cordon`.
pub(in crate::console::kubectl) fn cordon(
    call: &Call<'_>,
    arguments: &Arguments,
    _: &CordonFlags,
) -> Result<Output, Refusal> {
    let dry_run = DryRun::of(arguments)?;
    let note = dry_run.note();
    let store = stored(call.shell);
    let (nodes, mut output) = nodes(&store, arguments, "cordon")?;
    for node in nodes {
        let name = &node.name.name;
        if is_cordoned(node) {
            output.stdout += &format!("node/{name} already cordoned{note}\n");
            continue;
        }
        output.stdout += &format!("node/{name} cordoned{note}\n");
        act(&mut output, Event::Cordoned(name.to_string()));
    }
    Ok(dry_run.applied_to(output))
}

/// `kubectl uncordon`.
pub(in crate::console::kubectl) fn uncordon(
    call: &Call<'_>,
    arguments: &Arguments,
    _: &CordonFlags,
) -> Result<Output, Refusal> {
    let dry_run = DryRun::of(arguments)?;
    let note = dry_run.note();
    let store = stored(call.shell);
    let (nodes, mut output) = nodes(&store, arguments, "uncordon")?;
    for node in nodes {
        let name = &node.name.name;
        if !is_cordoned(node) {
            output.stdout += &format!("node/{name} already uncordoned{note}\n");
            continue;
        }
        output.stdout += &format!("node/{name} uncordoned{note}\n");
        act(&mut output, Event::Uncordoned(name.to_string()));
    }
    Ok(dry_run.applied_to(output))
}

/// The flags of `drain`.
#[derive(Default)]
pub(in crate::console::kubectl) struct DrainFlags {
    ignore_daemon_sets: bool,
    delete_local_data: bool,
    force: bool,
}

impl Flags for DrainFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_AND_SELECTOR;

    const OWN: &'static [Flag<Self>] = &[
        switch(None, "ignore-daemonsets", |flags, is_on| {
            flags.ignore_daemon_sets = is_on;
        }),
        switch(None, "force", |flags, is_on| flags.force = is_on),
        switch(None, "delete-emptydir-data", |flags, is_on| {
            flags.delete_local_data = is_on;
        }),
        ignored_switch(None, "disable-eviction"),
        ignored_value(None, "chunk-size"),
        ignored_value(None, "grace-period"),
        ignored_value(None, "skip-wait-for-delete-timeout"),
        ignored_value(None, "timeout"),
    ];

    const NOT_READ: &'static [NotRead] = &[(None, "dry-run"), (None, "pod-selector")];
}

/// Cordons a node and evicts its pods, those of DaemonSets aside.
pub(in crate::console::kubectl) fn drain(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &DrainFlags,
) -> Result<Output, Refusal> {
    let store = stored(call.shell);
    let (nodes, mut output) = nodes(&store, arguments, "drain")?;
    for node in nodes {
        let name = node.name.name.as_str();
        if is_cordoned(node) {
            output.stdout += &format!("node/{name} already cordoned\n");
        } else {
            act(&mut output, Event::Cordoned(name.to_owned()));
            output.stdout += &format!("node/{name} cordoned\n");
        }
        let pods = NodePods::of(&store, name, flags);
        if let Some(why) = pods.why_not(name, flags) {
            output.turn();
            output.stderr += &why;
            output.status = 1;
            continue;
        }
        if let Some(warning) = pods.warning() {
            output.stderr += &warning;
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

/// The pods of a node, by what happens to them when it is drained (kubernetes `kubectl/pkg/drain/filters.go`).
#[derive(Default)]
struct NodePods {
    of_daemons: Vec<ObjectName>,
    with_local_data: Vec<ObjectName>,
    controlled: Vec<ObjectName>,
    alone: Vec<ObjectName>,
}

/// The annotation of a pod that a kubelet reads from a file.
const MIRROR: &str = "kubernetes.io/config.mirror";

impl NodePods {
    fn of(store: &ObjectStore, node: &str, flags: &DrainFlags) -> NodePods {
        let mut pods = NodePods::default();
        let all = store.list("Pod", None).into_iter();
        for pod in all.filter(|pod| pod.text("spec.nodeName") == node) {
            let owner = fields::controller(&pod.tree).map(|owner| fields::text(owner, "kind"));
            let has_ended = matches!(pod.text("status.phase"), "Succeeded" | "Failed");
            let mut volumes = fields::items(&pod.tree, "spec.volumes").iter();
            let has_local_data = volumes.any(|volume| fields::at(volume, "emptyDir").is_some());
            let list = if owner == Some("DaemonSet") && !has_ended {
                &mut pods.of_daemons
            } else if fields::labels(&pod.tree, "metadata.annotations").contains_key(MIRROR) {
                continue;
            } else if has_local_data && !has_ended && !flags.delete_local_data {
                &mut pods.with_local_data
            } else if owner.is_some() || has_ended {
                &mut pods.controlled
            } else {
                &mut pods.alone
            };
            list.push(pod.name.clone());
        }
        pods
    }

    /// What kubectl says of pods that stay, and of those that nothing makes again.
    fn warning(&self) -> Option<String> {
        let about = [
            ("ignoring DaemonSet-managed Pods", &self.of_daemons),
            ("deleting Pods that declare no controller", &self.alone),
        ];
        let about = about.iter().filter(|(_, pods)| !pods.is_empty());
        let about: Vec<String> = about
            .map(|(what, pods)| format!("{what}: {}", listed(pods)))
            .collect();
        (!about.is_empty()).then(|| format!("Warning: {}\n", about.join("; ")))
    }

    fn evicted(&self) -> impl Iterator<Item = &ObjectName> {
        self.controlled.iter().chain(&self.alone)
    }

    /// Why kubectl does not drain the node.
    fn why_not(&self, node: &str, flags: &DrainFlags) -> Option<String> {
        let mut why = Vec::new();
        if !self.of_daemons.is_empty() && !flags.ignore_daemon_sets {
            why.push(format!(
                "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): {}",
                listed(&self.of_daemons)
            ));
        }
        if !self.with_local_data.is_empty() {
            why.push(format!(
                "cannot delete Pods with local storage (use --delete-emptydir-data to override): {}",
                listed(&self.with_local_data)
            ));
        }
        if !self.alone.is_empty() && !flags.force {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::manifest::tree::Yaml;

    fn store(pods: &[(&str, &str)]) -> ObjectStore {
        let stored = pods.iter().map(|(name, rest)| {
            let json = format!(r#"{{"spec": {{"nodeName": "n"}}, {rest}}}"#);
            let tree: serde_json::Value =
                serde_json::from_str(&json).expect("the test writes JSON");
            let name = ObjectName::new("default", *name);
            ("Pod", name, Arc::new(Yaml::from(tree)))
        });
        ObjectStore::new(stored)
    }

    #[test]
    fn pods_are_warned_of_and_kept_as_kubectl_does() {
        let owned = |kind: &str| {
            format!(
                r#""metadata": {{"ownerReferences": [{{"kind": "{kind}", "controller": true}}]}}"#
            )
        };
        let store = store(&[
            ("alone", r#""status": {"phase": "Running"}"#),
            ("done", r#""status": {"phase": "Succeeded"}"#),
            ("daemon", &owned("DaemonSet")),
            ("made", &owned("ReplicaSet")),
            (
                "static",
                r#""metadata": {"annotations": {"kubernetes.io/config.mirror": "a"}}"#,
            ),
        ]);
        let pods = NodePods::of(&store, "n", &DrainFlags::default());
        assert_eq!(listed(&pods.controlled), "default/done, default/made");
        assert_eq!(
            pods.warning().as_deref(),
            Some(
                "Warning: ignoring DaemonSet-managed Pods: default/daemon; deleting Pods that declare no controller: \
                 default/alone\n"
            )
        );
    }

    #[test]
    fn a_pod_with_an_empty_directory_needs_a_flag() {
        let volume = r#""spec": {"nodeName": "n", "volumes": [{"name": "a", "emptyDir": {}}]}"#;
        let store = store(&[("web", volume)]);
        let mut flags = DrainFlags::default();
        let why = NodePods::of(&store, "n", &flags).why_not("n", &flags);
        let words = "cannot delete Pods with local storage (use --delete-emptydir-data to override): default/web";
        assert!(why.is_some_and(|why| why.contains(words)));
        flags.delete_local_data = true;
        flags.force = true;
        let pods = NodePods::of(&store, "n", &flags);
        assert_eq!(pods.why_not("n", &flags), None);
    }
}
