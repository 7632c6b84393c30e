//! Events: each turns a cluster into the next snapshot.
//!
//! An event changes objects, then the endpoint controllers run again. Other pods keep their names and addresses, so that
//! traces before and after the event differ only because of it. Sources: kubernetes `pkg/kubelet/status`, `pkg/controller/nodelifecycle`, `pkg/controller/replicaset`.
//!
//! | file | events |
//! |---|---|
//! | `pods.rs` | of one pod, and scaling |
//! | `rollout.rs` | a new version of a pod template |
//! | `nodes.rs` | of a node |
//! | `metadata.rs` | labels and annotations |
//! | `kubectl.rs` | the command that does an event |
//! | `lag.rs` | any event whose endpoints kube-proxy has not written yet |

mod annotations;
mod error;
mod image;
mod kubectl;
mod lag;
mod metadata;
mod metadata_change;
mod nodes;
mod parse;
mod pods;
mod replacement;
mod rollout;
mod text;

use super::run_controllers::template_of;
use super::write_endpoints::write_endpoints;
use super::{Resolved, balancing};
use crate::cluster::object::{ConditionStatus, ObjectReference};
use crate::kinds::Kind;
use crate::names::ObjectName;

pub use annotations::RESTARTED_AT;
pub use error::EventError;
pub use image::ContainerImage;
pub use kubectl::on_command_line;
pub use lag::RulesLag;
pub use metadata_change::{MetadataChange, MetadataField};

/// Something that happens to a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A pod becomes not ready.
    PodUnready(ObjectName),
    /// A pod becomes ready again.
    PodReady(ObjectName),
    /// A pod is deleted: it terminates, and keeps serving until its grace period ends. A ReplicaSet creates its
    /// replacement immediately.
    PodDeleted(ObjectName),
    /// A pod is removed. Only now does a StatefulSet or DaemonSet create its replacement.
    PodRemoved(ObjectName),
    /// A workload is scaled.
    Scaled {
        /// The workload's kind: `Deployment`, `StatefulSet`, ….
        kind: Kind,
        /// The workload's name.
        name: ObjectName,
        /// The new number of replicas.
        replicas: u16,
    },
    /// `kubectl rollout restart`: the template gets an annotation, and its pods are replaced.
    Restarted {
        /// `Deployment`, `StatefulSet` or `DaemonSet`.
        kind: Kind,
        /// The workload's name.
        name: ObjectName,
    },
    /// `kubectl set image`: a container of the template gets another image, and the pods are replaced.
    ImageSet {
        /// `Deployment`, `StatefulSet` or `DaemonSet`.
        kind: Kind,
        /// The workload's name.
        name: ObjectName,
        /// The container and its image; `None` for the next tag of the first container's.
        image: Option<ContainerImage>,
    },
    /// A node goes down: its `Ready` condition becomes `Unknown`, and its pods become not ready.
    NodeDown(String),
    /// A node is ready again, and so are its pods whose containers are.
    NodeBack(String),
    /// `kubectl cordon`: no pods are scheduled on the node any more.
    Cordoned(String),
    /// `kubectl uncordon`: pods are scheduled on the node again.
    Uncordoned(String),
    /// `kubectl label --overwrite`.
    Labeled {
        /// The object's kind.
        kind: Kind,
        /// The object's name, without a namespace for cluster-scoped kinds.
        name: ObjectName,
        /// The labels.
        changes: Vec<MetadataChange>,
    },
    /// `kubectl annotate --overwrite`.
    Annotated {
        /// The object's kind.
        kind: Kind,
        /// The object's name, without a namespace for cluster-scoped kinds.
        name: ObjectName,
        /// The annotations.
        changes: Vec<MetadataChange>,
    },
    /// Another event, at the moment before kube-proxy writes the endpoints that follow from it.
    Lagging {
        /// The event.
        event: Box<Event>,
        /// How many seconds after the event the rules follow; at least 1.
        seconds: u16,
    },
}

impl Event {
    /// Whether the event's pod, node or workload exists.
    pub fn is_possible(&self, resolved: &Resolved) -> bool {
        match self {
            Event::PodUnready(pod)
            | Event::PodReady(pod)
            | Event::PodDeleted(pod)
            | Event::PodRemoved(pod) => resolved.cluster.pods.contains_key(pod),
            Event::Scaled { kind, name, .. } | Event::Restarted { kind, name } => {
                resolved.get(*kind, name).is_some()
            }
            Event::ImageSet { kind, name, image } => {
                image::has_container(resolved, *kind, name, image.as_ref())
            }
            Event::NodeDown(node)
            | Event::NodeBack(node)
            | Event::Cordoned(node)
            | Event::Uncordoned(node) => resolved.cluster.nodes.contains_key(node.as_str()),
            Event::Labeled { kind, name, .. } | Event::Annotated { kind, name, .. } => {
                metadata::exists(resolved, *kind, name)
            }
            Event::Lagging { event, .. } => event.is_possible(resolved),
        }
    }
}

impl Event {
    /// The same event with the image that it sets, if it does not name one.
    pub fn with_image(self, resolved: &Resolved) -> Event {
        match self {
            Event::ImageSet {
                kind,
                name,
                image: None,
            } => Event::ImageSet {
                kind,
                image: image::next_of(resolved, kind, &name),
                name,
            },
            Event::Lagging { event, seconds } => Event::Lagging {
                event: Box::new(event.with_image(resolved)),
                seconds,
            },
            other => other,
        }
    }
}

/// Applies events in order. Fails at the first event whose object does not exist.
pub fn apply_all(before: Resolved, events: &[Event]) -> Result<Resolved, EventError> {
    events.iter().try_fold(before, |resolved, event| {
        if event.is_possible(&resolved) {
            Ok(apply(&resolved, event))
        } else {
            Err(EventError::NoSuchObject {
                text: event.to_string(),
            })
        }
    })
}

/// The cluster after an event. An event whose object does not exist changes nothing.
pub fn apply(before: &Resolved, event: &Event) -> Resolved {
    let mut next = before.clone();
    // Time passes before the next event, so that kube-proxy has written its rules.
    next.lag = None;
    match event {
        Event::PodUnready(pod) => pods::set_ready(&mut next, pod, ConditionStatus::False),
        Event::PodReady(pod) => pods::set_ready(&mut next, pod, ConditionStatus::True),
        Event::PodDeleted(pod) => pods::delete(&mut next, pod),
        Event::PodRemoved(pod) => pods::remove(&mut next, pod),
        Event::Scaled {
            kind,
            name,
            replicas,
        } => pods::scale(&mut next, *kind, name, *replicas),
        Event::Restarted { .. } | Event::ImageSet { .. } => {
            rollout::roll_out(&mut next, event, rollout::Stage::Complete);
        }
        Event::NodeDown(node) => nodes::stop(&mut next, node),
        Event::NodeBack(node) => nodes::start(&mut next, node),
        Event::Cordoned(node) => nodes::cordon(&mut next, node),
        Event::Uncordoned(node) => nodes::uncordon(&mut next, node),
        Event::Labeled {
            kind,
            name,
            changes,
        } => metadata::label(&mut next, *kind, name, changes),
        Event::Annotated {
            kind,
            name,
            changes,
        } => metadata::annotate(&mut next, *kind, name, changes),
        Event::Lagging { event, seconds } => {
            return lag::apply_before_rules(&next, event, *seconds);
        }
    }
    run_controllers(&mut next, before);
    next
}

/// What the scheduler and the endpoint controllers do after a change.
fn run_controllers(next: &mut Resolved, before: &Resolved) {
    pods::start_pending(next);
    remove_stale_endpoints(next, before);
    write_endpoints(&mut next.cluster);
    balancing::follow(next);
}

/// Removes endpoints of removed pods. Otherwise slices without any pods would be mistaken for those of a live dump.
fn remove_stale_endpoints(next: &mut Resolved, before: &Resolved) {
    let Resolved { cluster, .. } = next;
    for endpoints in cluster
        .slices
        .values_mut()
        .map(|slice| &mut slice.endpoints)
    {
        endpoints.retain(|endpoint| {
            let pod = endpoint.target_ref.as_ref().map(ObjectReference::id);
            pod.is_none_or(|pod| {
                cluster.pods.contains_key(&pod) || !before.cluster.pods.contains_key(&pod)
            })
        });
    }
}

#[cfg(test)]
mod tests;
