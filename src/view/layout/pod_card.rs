//! What both views print of a pod.

use crate::view::scene::ShapeRole;
use kubehop_engine::cluster::object::{Pod, PodPhase};

use super::visible::VisibleObjects;

/// The width of a card that has room for a pod's whole name.
pub(super) const WIDE_CARD: f32 = 150.0;

/// How a pod looks, as an endpoint of the Service in question or not.
pub(super) fn role(pod: &Pod, visible: &VisibleObjects<'_>) -> ShapeRole {
    let is_endpoint = visible.endpoint_of(&pod.id()).is_some();
    if pod.status.phase == PodPhase::Failed {
        ShapeRole::PodFailed
    } else if pod.is_terminating() {
        ShapeRole::PodTerminating
    } else if is_endpoint && !pod.is_ready() {
        ShapeRole::PodNotReady
    } else if is_endpoint || visible.origin.as_ref() == Some(&pod.id()) {
        ShapeRole::PodReady
    } else {
        ShapeRole::PodAside
    }
}

/// The part of a pod's name that differs from its siblings': what its controller added to its own name, or all of it.
pub(super) fn short_name(pod: &Pod) -> &str {
    let name = pod.metadata.name.as_str();
    if pod.metadata.owner_references.is_empty() {
        return name;
    }
    name.rsplit('-').next().unwrap_or(name)
}
