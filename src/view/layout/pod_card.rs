//! What both views print of a pod.

use crate::view::scene::ShapeRole;
use kubehop_engine::cluster::object::{Pod, PodPhase};
use kubehop_engine::cluster::system_objects::{KUBE_DNS_LABEL, is_system};

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
    } else if is_dns(pod) {
        ShapeRole::PodDns
    } else if visible.service_of(pod).is_some() {
        ShapeRole::PodElsewhere
    } else {
        ShapeRole::PodAside
    }
}

/// Whether a pod is a server of the cluster's DNS.
fn is_dns(pod: &Pod) -> bool {
    let (key, value) = KUBE_DNS_LABEL;
    let label = pod.metadata.labels.get(key);
    is_system(&pod.id()) && label.is_some_and(|label| label == value)
}

/// The part of a pod's name that differs from its siblings': what its controller added to its own name, or all of it.
pub(super) fn short_name(pod: &Pod) -> &str {
    let name = pod.metadata.name.as_str();
    if pod.metadata.owner_references.is_empty() {
        return name;
    }
    name.rsplit('-').next().unwrap_or(name)
}
