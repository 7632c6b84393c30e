//! Reads the words of an event's text, with an error for each word that is wrong.

use super::{ContainerImage, Event, EventError, MetadataChange, MetadataField};
use crate::kinds::Kind;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};

/// The longest lag, in seconds.
const MAX_LAG: u16 = 3600;

pub(super) fn parse_lag(text: &str) -> Result<u16, EventError> {
    let seconds = text.strip_prefix("lag=").and_then(|own| own.parse().ok());
    let seconds = seconds.filter(|seconds| *seconds <= MAX_LAG);
    seconds.ok_or_else(|| EventError::NoLag {
        text: text.to_owned(),
    })
}

/// An event without its lag; `None` if it begins with no known verb, or is too short or long.
pub(super) fn parse_event(words: &[&str]) -> Option<Result<Event, EventError>> {
    Some(match words {
        ["unready", pod] => parse_pod(pod).map(Event::PodUnready),
        ["ready", pod] => parse_pod(pod).map(Event::PodReady),
        ["delete", pod] => parse_pod(pod).map(Event::PodDeleted),
        ["gone", pod] => parse_pod(pod).map(Event::PodRemoved),
        ["scale", rest @ ..] if !rest.is_empty() => parse_scale(&rest.join(" ")),
        ["rollout", "restart", workload] => {
            parse_rollout(workload).map(|(kind, name)| Event::Restarted { kind, name })
        }
        ["set", "image", workload, image @ ..] | ["image", workload, image @ ..] => {
            parse_image(workload, image)
        }
        ["down", node] => parse_node(node, NodePrefix::Required).map(Event::NodeDown),
        ["up" | "back", node] | ["node", "back", node] => {
            parse_node(node, NodePrefix::Optional).map(Event::NodeBack)
        }
        ["cordon", node] => parse_node(node, NodePrefix::Optional).map(Event::Cordoned),
        ["uncordon", node] => parse_node(node, NodePrefix::Optional).map(Event::Uncordoned),
        _ => return None,
    })
}

/// Whether `node/` precedes the name of a node.
#[derive(Clone, Copy)]
enum NodePrefix {
    Required,
    Optional,
}

fn parse_node(object: &str, prefix: NodePrefix) -> Result<String, EventError> {
    let name = match (object.strip_prefix("node/"), prefix) {
        (None, NodePrefix::Optional) => Some(object),
        (name, NodePrefix::Required | NodePrefix::Optional) => name,
    };
    let name = name.filter(|name| is_name(name));
    name.map(str::to_owned).ok_or_else(|| EventError::NoNode {
        text: object.to_owned(),
    })
}

fn parse_rollout(object: &str) -> Result<(Kind, ObjectName), EventError> {
    let kind_and_name = object.split_once('/').and_then(|(kind, rest)| {
        let kind = Kind::called(kind)?;
        let is_rolled_out = matches!(kind, Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet);
        is_rolled_out.then_some((kind, parse_name(rest)?))
    });
    kind_and_name.ok_or_else(|| EventError::NoRollout {
        text: object.to_owned(),
    })
}

fn parse_image(workload: &str, image: &[&str]) -> Result<Event, EventError> {
    let (kind, name) = parse_rollout(workload)?;
    let image = match image {
        [] => None,
        [one] => Some(parse_container_image(one)),
        more => Some(Err(EventError::NoImage {
            text: more.join(" "),
        })),
    };
    let image = image.transpose()?;
    Ok(Event::ImageSet { kind, name, image })
}

fn parse_container_image(text: &str) -> Result<ContainerImage, EventError> {
    let parts = text.split_once('=');
    let (container, image) = parts
        .filter(|(container, image)| !container.is_empty() && !image.is_empty())
        .ok_or_else(|| EventError::NoImage {
            text: text.to_owned(),
        })?;
    Ok(ContainerImage {
        container: container.into(),
        image: image.into(),
    })
}

/// `label` and `annotate`.
pub(super) fn parse_changes(
    field: MetadataField,
    object: &str,
    changes: &[&str],
) -> Result<Event, EventError> {
    let (kind, name) = parse_object(object)?;
    let parsed = changes.iter().map(|change| {
        let valid = field.parse_change(change);
        valid.ok_or_else(|| EventError::NoKeyValue {
            text: (*change).to_owned(),
        })
    });
    let changes = parsed.collect::<Result<Vec<MetadataChange>, EventError>>()?;
    if changes.is_empty() {
        return Err(EventError::NoKeyValue {
            text: object.to_owned(),
        });
    }
    Ok(field.event(kind, name, changes))
}

fn parse_object(object: &str) -> Result<(Kind, ObjectName), EventError> {
    let kind_and_name = object.split_once('/').and_then(|(kind, rest)| {
        let kind = Kind::called(kind)?;
        if kind.is_namespaced() {
            return Some((kind, parse_name(rest)?));
        }
        is_name(rest).then(|| (kind, ObjectName::new("", rest)))
    });
    kind_and_name.ok_or_else(|| EventError::NoObject {
        text: object.to_owned(),
    })
}

fn parse_pod(object: &str) -> Result<ObjectName, EventError> {
    let name = object.strip_prefix("pod/").and_then(parse_name);
    name.ok_or_else(|| EventError::NoPod {
        text: object.to_owned(),
    })
}

fn parse_scale(object: &str) -> Result<Event, EventError> {
    let (workload, replicas) = object.split_once('=').unwrap_or((object, ""));
    let kind_and_name = workload
        .split_once('/')
        .and_then(|(kind, rest)| Some((workload_kind(kind)?, parse_name(rest)?)));
    let (kind, name) = kind_and_name.ok_or_else(|| EventError::NoWorkload {
        text: workload.to_owned(),
    })?;
    let replicas = replicas.parse().map_err(|_| EventError::NoReplicas {
        text: object.to_owned(),
    })?;
    Ok(Event::Scaled {
        kind,
        name,
        replicas,
    })
}

/// The kinds that `kubectl scale` accepts, by their names and short names.
fn workload_kind(text: &str) -> Option<Kind> {
    match text.to_ascii_lowercase().as_str() {
        "deploy" | "deployment" | "deployments" => Some(Kind::Deployment),
        "rs" | "replicaset" | "replicasets" => Some(Kind::ReplicaSet),
        "rc" | "replicationcontroller" | "replicationcontrollers" => {
            Some(Kind::ReplicationController)
        }
        "sts" | "statefulset" | "statefulsets" => Some(Kind::StatefulSet),
        _ => None,
    }
}

fn parse_name(text: &str) -> Option<ObjectName> {
    let (namespace, name) = text.split_once('/').unwrap_or((DEFAULT_NAMESPACE, text));
    (is_name(namespace) && is_name(name)).then(|| ObjectName::new(namespace, name))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(['/', '=']) && !text.contains(char::is_whitespace)
}
