//! The text form of events, similar to kubectl commands: `delete pod/web-0`, `scale deployment/web=3`,
//! `rollout restart deployment/web`, `label pod/web-0 app-`.
//!
//! Names outside the namespace `default` are written `namespace/name`. Any event but those of labels and annotations can
//! end with `lag=SECONDS`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{ContainerImage, Event, MetadataChange};
use crate::kinds::Kind;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::syntax::{is_qualified_name, is_valid_label_value};

/// Why a text is not a valid [`Event`], or cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum EventError {
    /// The text does not begin with a known verb.
    NoEvent {
        /// The invalid text.
        text: String,
    },
    /// The event needs `pod/NAME`.
    NoPod {
        /// The invalid text.
        text: String,
    },
    /// The event needs `node/NAME`.
    NoNode {
        /// The invalid text.
        text: String,
    },
    /// The event needs a workload that can be scaled, `KIND/NAME`.
    NoWorkload {
        /// The invalid text.
        text: String,
    },
    /// The number of replicas is not a number from 0 to 65535.
    NoReplicas {
        /// The invalid text.
        text: String,
    },
    /// The event needs a workload that can be rolled out, `KIND/NAME`.
    NoRollout {
        /// The invalid text.
        text: String,
    },
    /// The event needs `CONTAINER=IMAGE`.
    NoImage {
        /// The invalid text.
        text: String,
    },
    /// The event needs an object of a kind that is modelled, `KIND/NAME`.
    NoObject {
        /// The invalid text.
        text: String,
    },
    /// The event needs `KEY=VALUE` or `KEY-`, each valid.
    NoKeyValue {
        /// The invalid text.
        text: String,
    },
    /// The lag is not a number of seconds from 0 to 3600.
    NoLag {
        /// The invalid text.
        text: String,
    },
    /// The pod, node or workload does not exist.
    NoSuchObject {
        /// The event.
        text: String,
    },
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::PodUnready(pod) => write!(f, "unready pod/{}", short(pod)),
            Event::PodReady(pod) => write!(f, "ready pod/{}", short(pod)),
            Event::PodDeleted(pod) => write!(f, "delete pod/{}", short(pod)),
            Event::PodRemoved(pod) => write!(f, "gone pod/{}", short(pod)),
            Event::Scaled {
                kind,
                name,
                replicas,
            } => write!(f, "scale {}={replicas}", object(*kind, name)),
            Event::Restarted { kind, name } => {
                write!(f, "rollout restart {}", object(*kind, name))
            }
            Event::ImageSet { kind, name, image } => {
                write!(f, "image {}", object(*kind, name))?;
                image.iter().try_for_each(|image| write!(f, " {image}"))
            }
            Event::NodeDown(node) => write!(f, "down node/{node}"),
            Event::NodeBack(node) => write!(f, "node back {node}"),
            Event::Cordoned(node) => write!(f, "cordon {node}"),
            Event::Uncordoned(node) => write!(f, "uncordon {node}"),
            Event::Labeled {
                kind,
                name,
                changes,
            } => {
                write!(f, "label {}", object(*kind, name))?;
                changes.iter().try_for_each(|change| write!(f, " {change}"))
            }
            Event::Annotated {
                kind,
                name,
                changes,
            } => {
                write!(f, "annotate {}", object(*kind, name))?;
                changes.iter().try_for_each(|change| write!(f, " {change}"))
            }
            Event::Lagging { event, seconds } => write!(f, "{event} lag={seconds}"),
        }
    }
}

/// `deployment/web`, `pod/dev/web`, `node/node-1`.
fn object(kind: Kind, name: &ObjectName) -> String {
    format!("{}/{}", kind.name().to_ascii_lowercase(), short(name))
}

fn short(name: &ObjectName) -> String {
    if name.namespace == DEFAULT_NAMESPACE || name.namespace.is_empty() {
        name.name.to_string()
    } else {
        name.to_string()
    }
}

/// The longest lag, in seconds.
const MAX_LAG: u16 = 3600;

impl FromStr for Event {
    type Err = EventError;

    fn from_str(text: &str) -> Result<Event, EventError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let no_event = || EventError::NoEvent {
            text: text.to_owned(),
        };
        if let [verb @ ("label" | "annotate"), object, changes @ ..] = words.as_slice() {
            return parse_changes(verb, object, changes);
        }
        let (lag, words) = match words.as_slice() {
            [words @ .., last] if last.starts_with("lag=") => (parse_lag(last)?, words),
            words => (0, words),
        };
        let event = parse_event(words).unwrap_or_else(|| Err(no_event()))?;
        Ok(match lag {
            0 => event,
            seconds => Event::Lagging {
                event: Box::new(event),
                seconds,
            },
        })
    }
}

fn parse_lag(text: &str) -> Result<u16, EventError> {
    let seconds = text.strip_prefix("lag=").and_then(|own| own.parse().ok());
    let seconds = seconds.filter(|seconds| *seconds <= MAX_LAG);
    seconds.ok_or_else(|| EventError::NoLag {
        text: text.to_owned(),
    })
}

/// An event without its lag; `None` if it begins with no known verb, or is too short or long.
fn parse_event(words: &[&str]) -> Option<Result<Event, EventError>> {
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
fn parse_changes(verb: &str, object: &str, changes: &[&str]) -> Result<Event, EventError> {
    let (kind, name) = parse_object(object)?;
    let is_label = verb == "label";
    let parsed = changes.iter().map(|change| {
        let parsed = parse_change(change);
        let valid = parsed.filter(|change| {
            let value = change.value.as_deref().unwrap_or_default();
            is_qualified_name(&change.key).is_empty()
                && (!is_label || is_valid_label_value(value).is_empty())
        });
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
    Ok(if is_label {
        Event::Labeled {
            kind,
            name,
            changes,
        }
    } else {
        Event::Annotated {
            kind,
            name,
            changes,
        }
    })
}

fn parse_change(text: &str) -> Option<MetadataChange> {
    match text.split_once('=') {
        Some((key, value)) => Some(MetadataChange {
            key: key.into(),
            value: Some(value.into()),
        }),
        None => text.strip_suffix('-').map(|key| MetadataChange {
            key: key.into(),
            value: None,
        }),
    }
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

impl Serialize for Event {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Event, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_events_parse_again() {
        let all = [
            "unready pod/web-0",
            "ready pod/dev/web-0",
            "delete pod/web-0",
            "gone pod/web-0",
            "scale deployment/web=3",
            "scale statefulset/dev/web=0",
            "down node/node-2",
            "rollout restart deployment/web",
            "rollout restart daemonset/kube-system/agent",
            "image deployment/web",
            "image statefulset/dev/web c=nginx:1.29",
            "node back node-2",
            "cordon node-2",
            "uncordon node-2",
            "label pod/web-0 app- tier=back",
            "label node/node-1 topology.kubernetes.io/zone=a",
            "label pod/web-0 lag=2",
            "annotate service/dev/web a.b/c=d",
            "delete pod/web-0 lag=2",
            "rollout restart deployment/web lag=5",
        ];
        for text in all {
            assert_eq!(
                text.parse::<Event>()
                    .map(|event| event.to_string())
                    .as_deref(),
                Ok(text)
            );
        }
    }

    #[test]
    fn workloads_have_the_short_names_that_kubectl_knows() {
        let read = |text: &str| text.parse::<Event>().map(|event| event.to_string());
        assert_eq!(
            read(" scale  deploy/web=3 ").as_deref(),
            Ok("scale deployment/web=3")
        );
        assert_eq!(
            read("scale STS/web=3").as_deref(),
            Ok("scale statefulset/web=3")
        );
    }

    #[test]
    fn kubectls_own_words_are_understood() {
        let read = |text: &str| text.parse::<Event>().map(|event| event.to_string());
        for (text, wanted) in [
            (
                "set image deploy/web c=nginx:2",
                "image deployment/web c=nginx:2",
            ),
            ("rollout restart sts/web", "rollout restart statefulset/web"),
            ("uncordon node/node-1", "uncordon node-1"),
            ("up node/node-1", "node back node-1"),
            ("label no/a disk=ssd", "label node/a disk=ssd"),
            ("delete pod/web-0 lag=0", "delete pod/web-0"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(wanted));
        }
        let error = |text: &str| text.parse::<Event>().expect_err("it is none");
        let text = |text: &str| text.to_owned();
        for (given, wanted) in [
            (
                "rollout restart job/a",
                EventError::NoRollout {
                    text: text("job/a"),
                },
            ),
            ("image deploy/a c", EventError::NoImage { text: text("c") }),
            (
                "label pod/a",
                EventError::NoKeyValue {
                    text: text("pod/a"),
                },
            ),
            (
                "label pod/a b=_",
                EventError::NoKeyValue { text: text("b=_") },
            ),
            (
                "label configmap/a b=c",
                EventError::NoObject {
                    text: text("configmap/a"),
                },
            ),
            (
                "delete pod/a lag=-1",
                EventError::NoLag {
                    text: text("lag=-1"),
                },
            ),
            (
                "cordon pod/a",
                EventError::NoNode {
                    text: text("pod/a"),
                },
            ),
        ] {
            assert_eq!(error(given), wanted);
        }
    }

    #[test]
    fn an_error_says_which_part_is_wrong() {
        let error = |text: &str| text.parse::<Event>().expect_err("it is none");
        let text = |text: &str| text.to_owned();
        assert_eq!(
            error("reboot node/a"),
            EventError::NoEvent {
                text: text("reboot node/a")
            }
        );
        assert_eq!(
            error("unready"),
            EventError::NoEvent {
                text: text("unready")
            }
        );
        assert_eq!(
            error("unready web-0"),
            EventError::NoPod {
                text: text("web-0")
            }
        );
        assert_eq!(
            error("gone pod/a/b/c"),
            EventError::NoPod {
                text: text("pod/a/b/c")
            }
        );
        assert_eq!(
            error("down pod/a"),
            EventError::NoNode {
                text: text("pod/a")
            }
        );
        assert_eq!(
            error("scale daemonset/a=1"),
            EventError::NoWorkload {
                text: text("daemonset/a")
            }
        );
        assert_eq!(
            error("scale deploy/a"),
            EventError::NoReplicas {
                text: text("deploy/a")
            }
        );
        assert_eq!(
            error("scale deploy/a=-1"),
            EventError::NoReplicas {
                text: text("deploy/a=-1")
            }
        );
    }
}
