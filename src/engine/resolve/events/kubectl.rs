//! The kubectl commands of events.

use super::{Event, MetadataChange};
use crate::kinds::Kind;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};

impl Event {
    /// The kubectl command that does this; `None` where no command does: a probe, a machine, an image that is not named.
    pub fn kubectl(&self) -> Option<String> {
        let pod = |name: &ObjectName| in_namespace(&name.name, name);
        match self {
            Event::PodUnready(_)
            | Event::PodReady(_)
            | Event::NodeDown(_)
            | Event::NodeBack(_)
            | Event::ImageSet { image: None, .. } => None,
            Event::PodDeleted(name) => {
                Some(format!("kubectl delete pod {} --wait=false", pod(name)))
            }
            // kubectl waits until the pod is gone.
            Event::PodRemoved(name) => Some(format!("kubectl delete pod {}", pod(name))),
            Event::Scaled {
                kind,
                name,
                replicas,
            } => {
                let object = on_command_line(*kind, name);
                Some(format!("kubectl scale {object} --replicas={replicas}"))
            }
            Event::Restarted { kind, name } => {
                let object = on_command_line(*kind, name);
                Some(format!("kubectl rollout restart {object}"))
            }
            Event::ImageSet {
                kind,
                name,
                image: Some(image),
            } => {
                let (object, image) = (on_command_line(*kind, name), quoted(&image.to_string()));
                Some(format!("kubectl set image {object} {image}"))
            }
            Event::Cordoned(node) => Some(format!("kubectl cordon {node}")),
            Event::Uncordoned(node) => Some(format!("kubectl uncordon {node}")),
            Event::Labeled {
                kind,
                name,
                changes,
            } => Some(metadata("label", &on_command_line(*kind, name), changes)),
            Event::Annotated {
                kind,
                name,
                changes,
            } => Some(metadata("annotate", &on_command_line(*kind, name), changes)),
            Event::Lagging { event, .. } => event.kubectl(),
        }
    }
}

fn metadata(command: &str, object: &str, changes: &[MetadataChange]) -> String {
    let changes: Vec<String> = changes
        .iter()
        .map(|change| quoted(&change.to_string()))
        .collect();
    let changes = changes.join(" ");
    format!("kubectl {command} --overwrite {object} {changes}")
}

/// An object as kubectl's commands take it: `deployment/web -n dev`.
pub fn on_command_line(kind: Kind, name: &ObjectName) -> String {
    let object = format!("{}/{}", kind.name().to_ascii_lowercase(), name.name);
    in_namespace(&object, name)
}

fn in_namespace(object: &str, name: &ObjectName) -> String {
    match name.namespace.as_str() {
        "" | DEFAULT_NAMESPACE => object.to_owned(),
        namespace => format!("{object} -n {namespace}"),
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:=@%+,".contains(letter);
    if word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(event: &str) -> Option<String> {
        let event: Event = event.parse().expect("it is an event");
        event.kubectl()
    }

    #[test]
    fn every_event_that_a_command_does_has_it() {
        let commands = [
            ("delete pod/web-0", "kubectl delete pod web-0 --wait=false"),
            ("gone pod/dev/web-0", "kubectl delete pod web-0 -n dev"),
            (
                "scale deployment/dev/web=3",
                "kubectl scale deployment/web -n dev --replicas=3",
            ),
            (
                "rollout restart daemonset/web",
                "kubectl rollout restart daemonset/web",
            ),
            (
                "image deployment/web *=web:2",
                "kubectl set image deployment/web '*=web:2'",
            ),
            ("cordon node-1", "kubectl cordon node-1"),
            ("uncordon node-1", "kubectl uncordon node-1"),
            (
                "label pod/web-0 app- tier=back",
                "kubectl label --overwrite pod/web-0 app- tier=back",
            ),
            (
                "annotate service/dev/web note=it's",
                r"kubectl annotate --overwrite service/web -n dev 'note=it'\''s'",
            ),
            (
                "delete pod/web-0 lag=2",
                "kubectl delete pod web-0 --wait=false",
            ),
        ];
        for (event, expected) in commands {
            assert_eq!(command(event).as_deref(), Some(expected), "{event}");
        }
        for event in [
            "unready pod/web-0",
            "ready pod/web-0",
            "down node/node-1",
            "node back node-1",
            "unready pod/web-0 lag=2",
        ] {
            assert_eq!(command(event), None, "{event}");
        }
    }
}
