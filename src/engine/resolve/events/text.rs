//! The text form of events, similar to kubectl commands: `delete pod/web-0`, `scale deployment/web=3`,
//! `rollout restart deployment/web`, `label pod/web-0 app-`.
//!
//! Names outside the namespace `default` are written `namespace/name`. Any event but those of labels and annotations can
//! end with `lag=SECONDS`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::parse::{parse_changes, parse_event, parse_lag};
use super::{Event, EventError, MetadataField};
use crate::kinds::Kind;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};

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

impl FromStr for Event {
    type Err = EventError;

    fn from_str(text: &str) -> Result<Event, EventError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let no_event = || EventError::NoEvent {
            text: text.to_owned(),
        };
        match words.as_slice() {
            ["label", object, changes @ ..] => {
                return parse_changes(MetadataField::Labels, object, changes);
            }
            ["annotate", object, changes @ ..] => {
                return parse_changes(MetadataField::Annotations, object, changes);
            }
            _ => {}
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
    fn workloads_have_the_short_names_of_kubectl() {
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
