//! `kubectl rollout` and `kubectl set image`.

use super::super::super::{Call, Output};
use super::super::command::{Arguments, Refusal};
use super::super::dry_run::DryRun;
use super::super::flags::{COMMON_AND_DRY_RUN, Flag, Flags, NoFlags};
use super::super::resource_args::error;
use super::{act, kind_of, objects, stored, with_words};
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::printers::fields;
use crate::printers::store::Item;
use crate::resolve::events::Event;

/// `rollout restart` and `rollout status`.
pub(in crate::console::kubectl) fn rollout(
    call: &Call<'_>,
    arguments: &Arguments,
    _: &NoFlags,
) -> Result<Output, Refusal> {
    let Some((command, words)) = arguments.words.split_first() else {
        return Err(error("rollout needs restart or status, and a workload"));
    };
    if !matches!(command.as_str(), "restart" | "status") {
        return Err(error(&format!(
            "unknown command {command:?} for \"kubectl rollout\"; here are restart and status"
        )));
    }
    if words.is_empty() {
        return Err(error("required resource not specified"));
    }
    let arguments = with_words(arguments, words.to_vec());
    let store = stored(call.shell);
    let (items, mut output) = objects(&store, &arguments, "rollout")?;
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
                    item.resource.singular(),
                    item.name.name
                ),
            };
        }
    }
    Ok(output)
}

/// What `rollout status` prints while pods are missing (kubernetes `kubectl/pkg/polymorphichelpers/rollout_status.go`).
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

/// The flags of `set image`.
#[derive(Default)]
pub(in crate::console::kubectl) struct SetFlags;

impl Flags for SetFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[];
}

/// `set image deployment/NAME CONTAINER=IMAGE`.
pub(in crate::console::kubectl) fn set_image(
    call: &Call<'_>,
    arguments: &Arguments,
    _: &SetFlags,
) -> Result<Output, Refusal> {
    let dry_run = DryRun::of(arguments)?;
    let words = match arguments.words.split_first() {
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
    let arguments = with_words(arguments, words.into_iter().cloned().collect());
    let store = stored(call.shell);
    let (items, mut output) = objects(&store, &arguments, "set image")?;
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
