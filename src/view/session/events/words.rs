//! Events as sentences of the catalogue.

use serde::Serialize;

use crate::view::i18n::Message;
use kubehop_engine::names::{DEFAULT_NAMESPACE, ObjectName};
use kubehop_engine::resolve::events::{Event, MetadataChange, on_command_line};

/// An event in words; `.act` is what is pressed to let it happen, `.command` says with its object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum PossibleEvent {
    /// A pod's readiness probe fails.
    Unready {
        /// The pod.
        pod: String,
    },
    /// It passes again.
    Ready {
        /// The pod.
        pod: String,
    },
    /// A pod is going away.
    Deleted {
        /// The pod.
        pod: String,
    },
    /// It is gone.
    Gone {
        /// The pod.
        pod: String,
    },
    /// A workload has another number of pods.
    Scaled {
        /// `Deployment`, `StatefulSet`, …
        kind: &'static str,
        /// The workload.
        name: String,
        /// How many.
        replicas: u16,
    },
    /// A workload's pods are replaced by new ones of the same template.
    Restarted {
        /// `Deployment`, `StatefulSet`, …
        kind: &'static str,
        /// The workload.
        name: String,
        /// The object as kubectl takes it, `deployment/web -n dev`.
        object: String,
    },
    /// A workload's template has another image.
    ImageSet {
        /// `Deployment`, `StatefulSet`, …
        kind: &'static str,
        /// The workload.
        name: String,
        /// The object as kubectl takes it.
        object: String,
        /// The container and its image, `app=web:2`; empty for the next tag.
        image: String,
    },
    /// A node stopped.
    NodeDown {
        /// The node.
        node: String,
    },
    /// A node reports again.
    NodeBack {
        /// The node.
        node: String,
    },
    /// A node takes no new pods.
    Cordoned {
        /// The node.
        node: String,
    },
    /// A node takes new pods again.
    Uncordoned {
        /// The node.
        node: String,
    },
    /// An object has other labels.
    Labeled {
        /// The object as kubectl takes it.
        object: String,
        /// The labels as kubectl takes them, `app- tier=back`.
        changes: String,
    },
    /// An object has other annotations.
    Annotated {
        /// The object as kubectl takes it.
        object: String,
        /// The annotations as kubectl takes them.
        changes: String,
    },
    /// Another event, before kube-proxy's rules follow it.
    Lagging {
        /// The event, as the text tool takes it.
        event: String,
        /// After how many seconds they follow.
        lag: u16,
    },
}

impl Message for PossibleEvent {
    const PREFIX: &'static str = "happening";
}

impl From<&Event> for PossibleEvent {
    fn from(event: &Event) -> PossibleEvent {
        match event {
            Event::PodUnready(pod) => PossibleEvent::Unready { pod: short(pod) },
            Event::PodReady(pod) => PossibleEvent::Ready { pod: short(pod) },
            Event::PodDeleted(pod) => PossibleEvent::Deleted { pod: short(pod) },
            Event::PodRemoved(pod) => PossibleEvent::Gone { pod: short(pod) },
            Event::Scaled {
                kind,
                name,
                replicas,
            } => PossibleEvent::Scaled {
                kind: kind.name(),
                name: short(name),
                replicas: *replicas,
            },
            Event::Restarted { kind, name } => PossibleEvent::Restarted {
                kind: kind.name(),
                name: short(name),
                object: on_command_line(*kind, name),
            },
            Event::ImageSet { kind, name, image } => PossibleEvent::ImageSet {
                kind: kind.name(),
                name: short(name),
                object: on_command_line(*kind, name),
                image: image.as_ref().map(ToString::to_string).unwrap_or_default(),
            },
            Event::NodeDown(node) => PossibleEvent::NodeDown { node: node.clone() },
            Event::NodeBack(node) => PossibleEvent::NodeBack { node: node.clone() },
            Event::Cordoned(node) => PossibleEvent::Cordoned { node: node.clone() },
            Event::Uncordoned(node) => PossibleEvent::Uncordoned { node: node.clone() },
            Event::Labeled {
                kind,
                name,
                changes,
            } => PossibleEvent::Labeled {
                object: on_command_line(*kind, name),
                changes: spaced(changes),
            },
            Event::Annotated {
                kind,
                name,
                changes,
            } => PossibleEvent::Annotated {
                object: on_command_line(*kind, name),
                changes: spaced(changes),
            },
            Event::Lagging { event, seconds } => PossibleEvent::Lagging {
                event: event.to_string(),
                lag: *seconds,
            },
        }
    }
}

fn spaced(changes: &[MetadataChange]) -> String {
    let changes: Vec<String> = changes.iter().map(ToString::to_string).collect();
    changes.join(" ")
}

/// A name as people say it: without the namespace when that is the usual one.
fn short(name: &ObjectName) -> String {
    if name.namespace == DEFAULT_NAMESPACE {
        name.name.to_string()
    } else {
        name.to_string()
    }
}
