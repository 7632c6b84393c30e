//! `kubectl rollout` and `kubectl set image`.

use super::super::super::{Call, Output};
use super::super::command::{Arguments, Refusal};
use super::super::dry_run::DryRun;
use super::super::flags::{
    COMMON_AND_DRY_RUN, FILENAME, Flag, Flags, KUSTOMIZE, NAMESPACE_AND_SELECTOR, NotRead, OUTPUT,
    RECURSIVE, ignored_value, switch,
};
use super::super::resource_args::{error, unknown_command, wanted};
use super::{act, kind_of, objects, requested, stored, with_words};
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::printers::fields;
use crate::printers::store::Item;
use crate::resolve::events::Event;

/// `rollout restart` and `rollout status`.
pub(in crate::console::kubectl) fn rollout(
    call: &Call<'_>,
    arguments: &Arguments,
    _: &RolloutFlags,
) -> Result<Output, Refusal> {
    let Some((command, words)) = arguments.words.split_first() else {
        return Err(error("rollout needs restart or status, and a workload"));
    };
    let each: fn(&Item, &mut Output) = match command.as_str() {
        "restart" => restart,
        "status" => status,
        known @ ("history" | "pause" | "resume" | "undo") => {
            return Err(error(&format!(
                "kubehop's rollout has restart and status, not {known}"
            )));
        }
        _ => return Err(unknown_command("rollout", &arguments.words)),
    };
    if words.is_empty() {
        return Err(error("required resource not specified"));
    }
    let arguments = with_words(arguments, words.to_vec());
    let store = stored(call.shell);
    let (items, mut output) = objects(&store, &arguments, &wanted(&arguments, "rollout")?)?;
    for item in items {
        each(item, &mut output);
    }
    Ok(output)
}

/// The kind of a workload whose pods are replaced bit by bit.
fn workload(item: &Item) -> Option<Kind> {
    kind_of(item)
        .filter(|kind| matches!(kind, Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet))
}

fn refuse(output: &mut Output, words: &str) {
    output.stderr += &format!("error: {words}\n");
    output.status = 1;
}

/// `rollout restart` (kubernetes `kubectl/pkg/polymorphichelpers/objectrestarter.go`).
fn restart(item: &Item, output: &mut Output) {
    let (resource, name) = (item.resource, &item.name.name);
    let Some(kind) = workload(item) else {
        return refuse(
            output,
            &format!("{resource} {name:?} restarting is not supported"),
        );
    };
    if fields::is_true(&item.tree, "spec.paused") {
        return refuse(
            output,
            &format!(
                "{resource} {name:?} can't restart paused deployment (run rollout resume first)"
            ),
        );
    }
    output.stdout += &format!("{}/{name} restarted\n", resource.prefix());
    let name = item.name.clone();
    act(output, Event::Restarted { kind, name });
}

/// `rollout status`.
fn status(item: &Item, output: &mut Output) {
    match progress(item) {
        Ok(Progress::Done(words)) => output.stdout += &format!("{words}\n"),
        Ok(Progress::Waits(words)) => {
            output.stdout += &format!("{words}\n");
            output.stderr +=
                "kubehop: kubectl waits here; repeat the command after the next event\n";
            output.status = 1;
        }
        Err(words) => refuse(output, &words),
    }
}

/// How far a workload is, in the words of kubectl (kubernetes `kubectl/pkg/polymorphichelpers/rollout_status.go`).
#[derive(Debug, PartialEq, Eq)]
enum Progress {
    Done(String),
    Waits(String),
}

fn progress(item: &Item) -> Result<Progress, String> {
    let strategy = fields::text(&item.tree, "spec.updateStrategy.type");
    match workload(item) {
        Some(Kind::Deployment) => Ok(deployment(item)),
        Some(_) if strategy == "OnDelete" => {
            Err("rollout status is only available for RollingUpdate strategy type".to_owned())
        }
        Some(Kind::DaemonSet) => Ok(daemon_set(item)),
        Some(_) => Ok(stateful_set(item)),
        None => Err(format!(
            "no status viewer has been implemented for {}",
            item.resource.kind_with_group()
        )),
    }
}

fn deployment(item: &Item) -> Progress {
    let number = |path| fields::number(&item.tree, path);
    let name = &item.name.name;
    let (wanted, updated) = (number("spec.replicas"), number("status.updatedReplicas"));
    let old = number("status.replicas") - updated;
    let available = number("status.availableReplicas");
    let waits_for = if updated < wanted {
        format!("{updated} out of {wanted} new replicas have been updated")
    } else if old > 0 {
        format!("{old} old replicas are pending termination")
    } else if available < updated {
        format!("{available} of {updated} updated replicas are available")
    } else {
        return Progress::Done(format!("deployment {name:?} successfully rolled out"));
    };
    Progress::Waits(format!(
        "Waiting for deployment {name:?} rollout to finish: {waits_for}..."
    ))
}

fn daemon_set(item: &Item) -> Progress {
    let number = |field: &str| fields::number(&item.tree, &format!("status.{field}"));
    let name = &item.name.name;
    let wanted = number("desiredNumberScheduled");
    let (updated, available) = (number("updatedNumberScheduled"), number("numberAvailable"));
    let waits_for = if updated < wanted {
        format!("{updated} out of {wanted} new pods have been updated")
    } else if available < wanted {
        format!("{available} of {wanted} updated pods are available")
    } else {
        return Progress::Done(format!("daemon set {name:?} successfully rolled out"));
    };
    Progress::Waits(format!(
        "Waiting for daemon set {name:?} rollout to finish: {waits_for}..."
    ))
}

/// The server gives every rolling update a partition, so kubectl takes each for a partitioned one.
fn stateful_set(item: &Item) -> Progress {
    let number = |path| fields::number(&item.tree, path);
    let (wanted, updated) = (number("spec.replicas"), number("status.updatedReplicas"));
    let unready = wanted - number("status.readyReplicas");
    let new = wanted - number("spec.updateStrategy.rollingUpdate.partition");
    if unready > 0 {
        Progress::Waits(format!("Waiting for {unready} pods to be ready..."))
    } else if updated < new {
        Progress::Waits(format!(
            "Waiting for partitioned roll out to finish: {updated} out of {new} new pods have been updated..."
        ))
    } else {
        Progress::Done(format!(
            "partitioned roll out complete: {updated} new pods have been updated..."
        ))
    }
}

/// The flags of `rollout`.
#[derive(Default)]
pub(in crate::console::kubectl) struct RolloutFlags;

impl Flags for RolloutFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_AND_SELECTOR;

    const OWN: &'static [Flag<Self>] = &[
        ignored_value(None, "field-manager"),
        ignored_value(None, "timeout"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        FILENAME,
        KUSTOMIZE,
        RECURSIVE,
        OUTPUT,
        (Some('w'), "watch"),
        (None, "allow-missing-template-keys"),
        (None, "dry-run"),
        (None, "revision"),
        (None, "show-managed-fields"),
        (None, "template"),
        (None, "to-revision"),
    ];
}

/// The flags of `set image`.
#[derive(Default)]
pub(in crate::console::kubectl) struct SetFlags {
    all: bool,
}

impl Flags for SetFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[switch(None, "all", |flags, is_on| flags.all = is_on)];

    const NOT_READ: &'static [NotRead] = &[
        FILENAME,
        KUSTOMIZE,
        RECURSIVE,
        OUTPUT,
        (None, "allow-missing-template-keys"),
        (None, "field-manager"),
        (None, "local"),
        (None, "record"),
        (None, "show-managed-fields"),
        (None, "template"),
    ];
}

/// `set image deployment/NAME CONTAINER=IMAGE`.
pub(in crate::console::kubectl) fn set_image(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &SetFlags,
) -> Result<Output, Refusal> {
    let dry_run = DryRun::of(arguments)?;
    let words = behind_image(&arguments.words)?;
    let (images, words): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| word.contains('='));
    let [image] = images.as_slice() else {
        return Err(error(match images.len() {
            0 => "at least one image update is required",
            _ => "kubehop sets one image at a time",
        }));
    };
    let arguments = with_words(arguments, words.into_iter().cloned().collect());
    let store = stored(call.shell);
    let requested = requested(&arguments, "set image", flags.all)?;
    let (items, mut output) = objects(&store, &arguments, &requested)?;
    for item in items {
        let text = format!("image {}/{} {image}", item.resource.singular(), item.name);
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
                "{}/{} image updated{}\n",
                item.resource.prefix(),
                item.name.name,
                dry_run.note()
            );
            act(&mut output, event);
        }
    }
    Ok(dry_run.applied_to(output))
}

/// The words behind `set image`; the other commands of `set` are not here.
fn behind_image(words: &[String]) -> Result<&[String], Refusal> {
    let first = words.split_first();
    match first.map(|(command, words)| (command.as_str(), words)) {
        Some(("image", words)) => Ok(words),
        Some((
            command @ ("env" | "resources" | "selector" | "serviceaccount" | "sa" | "subject"),
            _,
        )) => Err(error(&format!(
            "kubehop's set has image, not {command}: kubectl set image TYPE/NAME CONTAINER=IMAGE"
        ))),
        Some(_) => Err(unknown_command("set", words)),
        None => Err(error(
            "kubehop's set has image: kubectl set image TYPE/NAME CONTAINER=IMAGE",
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::api_resources::of_kind;
    use crate::names::ObjectName;

    fn told(kind: &str, rest: &str) -> Result<Progress, String> {
        let json = format!(r#"{{"kind": "{kind}", {rest}}}"#);
        let tree = serde_json::from_str::<serde_json::Value>(&json).expect("the test writes JSON");
        progress(&Item {
            resource: of_kind(kind).expect("a kind of the table"),
            name: ObjectName::new("default", "web"),
            tree: Arc::new(Yaml::from(tree)),
        })
    }

    #[test]
    fn a_deployment_waits_for_new_replicas_then_old_ones_then_until_all_are_available() {
        for (status, words) in [
            (
                r#""updatedReplicas": 1, "replicas": 2"#,
                "1 out of 2 new replicas have been updated",
            ),
            (
                r#""updatedReplicas": 2, "replicas": 3"#,
                "1 old replicas are pending termination",
            ),
            (
                r#""updatedReplicas": 2, "replicas": 2, "availableReplicas": 1"#,
                "1 of 2 updated replicas are available",
            ),
        ] {
            let rest = format!(r#""spec": {{"replicas": 2}}, "status": {{{status}}}"#);
            let words = format!("Waiting for deployment \"web\" rollout to finish: {words}...");
            assert_eq!(told("Deployment", &rest), Ok(Progress::Waits(words)));
        }
        let done = r#""spec": {"replicas": 1}, "status": {"updatedReplicas": 1, "replicas": 1, "availableReplicas": 1}"#;
        let words = "deployment \"web\" successfully rolled out".to_owned();
        assert_eq!(told("Deployment", done), Ok(Progress::Done(words)));
    }

    #[test]
    fn a_stateful_set_is_rolled_out_by_partitions() {
        let set = |ready: u8, updated: u8| {
            let strategy = r#"{"type": "RollingUpdate", "rollingUpdate": {"partition": 1}}"#;
            let status = format!(r#"{{"readyReplicas": {ready}, "updatedReplicas": {updated}}}"#);
            told(
                "StatefulSet",
                &format!(
                    r#""spec": {{"replicas": 3, "updateStrategy": {strategy}}}, "status": {status}"#
                ),
            )
        };
        let waits = |words: &str| Ok(Progress::Waits(words.to_owned()));
        assert_eq!(set(1, 0), waits("Waiting for 2 pods to be ready..."));
        assert_eq!(
            set(3, 1),
            waits(
                "Waiting for partitioned roll out to finish: 1 out of 2 new pods have been updated..."
            )
        );
        let done = "partitioned roll out complete: 2 new pods have been updated...".to_owned();
        assert_eq!(set(3, 2), Ok(Progress::Done(done)));
    }

    #[test]
    fn what_has_no_rollout_says_so() {
        let on_delete = r#""spec": {"updateStrategy": {"type": "OnDelete"}}"#;
        let refusal = "rollout status is only available for RollingUpdate strategy type";
        assert_eq!(told("DaemonSet", on_delete), Err(refusal.to_owned()));
        let refusal = "no status viewer has been implemented for ReplicaSet.apps";
        assert_eq!(told("ReplicaSet", r#""spec": {}"#), Err(refusal.to_owned()));
    }
}
