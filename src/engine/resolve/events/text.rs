//! The text form of events, similar to kubectl commands: `delete pod/web-0`, `scale deployment/web=3`.
//!
//! Names outside the namespace `default` are written `namespace/name`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Event;
use crate::kinds::Kind;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};

/// Why a text is not a valid [`Event`], or cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
            } => {
                write!(
                    f,
                    "scale {}/{}={replicas}",
                    kind.name().to_ascii_lowercase(),
                    short(name)
                )
            }
            Event::NodeDown(node) => write!(f, "down node/{node}"),
        }
    }
}

fn short(name: &ObjectName) -> String {
    if name.namespace == DEFAULT_NAMESPACE {
        name.name.to_string()
    } else {
        name.to_string()
    }
}

impl FromStr for Event {
    type Err = EventError;

    fn from_str(text: &str) -> Result<Event, EventError> {
        let no_event = || EventError::NoEvent {
            text: text.to_owned(),
        };
        let (verb, object) = text
            .trim()
            .split_once(char::is_whitespace)
            .ok_or_else(no_event)?;
        let object = object.trim();
        match verb {
            "unready" => parse_pod(object).map(Event::PodUnready),
            "ready" => parse_pod(object).map(Event::PodReady),
            "delete" => parse_pod(object).map(Event::PodDeleted),
            "gone" => parse_pod(object).map(Event::PodRemoved),
            "scale" => parse_scale(object),
            "down" => match object.strip_prefix("node/").filter(|node| is_name(node)) {
                Some(node) => Ok(Event::NodeDown(node.to_owned())),
                None => Err(EventError::NoNode {
                    text: object.to_owned(),
                }),
            },
            _ => Err(no_event()),
        }
    }
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
