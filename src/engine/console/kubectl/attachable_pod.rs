//! The pod that `exec`, `port-forward` and `logs` take for a name (kubernetes `kubectl/pkg/polymorphichelpers`,
//! `AttachablePodForObject`).

use super::command::{Arguments, Refusal};
use super::resource_args::unknown_type;
use crate::api_resources::{Resource, named};
use crate::cluster::object::{Pod, PodPhase};
use crate::kinds::Kind;
use crate::labels::Selector;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::resolve::Resolved;

/// `web`, `pod/web`, `deploy/web`.
pub(super) fn pod_of<'a>(
    resolved: &'a Resolved,
    arguments: &Arguments,
    target: &str,
) -> Result<&'a Pod, String> {
    let namespace = arguments.namespace.as_deref().unwrap_or(DEFAULT_NAMESPACE);
    let (kind, name) = target.split_once('/').unwrap_or(("pod", target));
    let resource = named(kind).first().copied().ok_or_else(|| {
        let Refusal(words) = unknown_type(kind);
        words.trim_end().to_owned()
    })?;
    let of_kind = Kind::ALL
        .iter()
        .copied()
        .find(|known| known.name() == resource.kind)
        .ok_or_else(|| no_pods_of(resource))?;
    let missing = || format!("Error from server (NotFound): {resource} \"{name}\" not found");
    let id = ObjectName::new(namespace, name);
    if of_kind == Kind::Pod {
        return resolved.cluster.pod(&id).ok_or_else(missing);
    }
    let (found, is_there) = if of_kind == Kind::Service {
        let service = resolved.cluster.services.get(&id);
        if service.is_some_and(|service| service.spec.selector.is_none()) {
            return Err(format!(
                "error: cannot attach to *v1.Service: invalid service '{name}': Service is defined without a selector"
            ));
        }
        (pod_of_service(resolved, &id), service.is_some())
    } else {
        let is_there = resolved.get(of_kind, &id).is_some();
        if is_there && of_kind.spec().workload.is_none() {
            return Err(no_pods_of(resource));
        }
        (pod_of_workload(resolved, of_kind, &id), is_there)
    };
    // kubectl waits a minute for the first pod.
    let nobody = || "error: timed out waiting for the condition".to_owned();
    found.ok_or_else(|| if is_there { nobody() } else { missing() })
}

/// The pod that kubectl takes for a workload, which is its own or made by what the workload made.
fn pod_of_workload<'a>(resolved: &'a Resolved, kind: Kind, name: &ObjectName) -> Option<&'a Pod> {
    let is_owned = |pod: &&Pod| {
        let mut owners = pod.metadata.owner_references.iter();
        pod.metadata.namespace == name.namespace
            && owners.any(|own| own.controller && own.kind == kind.name() && own.name == name.name)
    };
    let owned = resolved.cluster.each_pod().filter(is_owned);
    most_active(resolved.pods_of(kind, name).chain(owned))
}

/// The pod that kubectl takes of several: the greatest one of `ActivePods` (kubernetes `kubectl/pkg/util/podutils`).
fn most_active<'a>(pods: impl Iterator<Item = &'a Pod>) -> Option<&'a Pod> {
    pods.min_by_key(|pod| {
        let phase = match pod.status.phase {
            PodPhase::Pending => 2,
            PodPhase::Unknown => 1,
            _ => 0,
        };
        let is_unassigned = pod.spec.node_name.is_empty();
        (is_unassigned, phase, !pod.is_ready(), pod.is_terminating())
    })
}

/// The pod that kubectl takes for a Service: one that its selector matches, whatever its ports.
fn pod_of_service<'a>(resolved: &'a Resolved, name: &ObjectName) -> Option<&'a Pod> {
    let service = resolved.cluster.services.get(name)?;
    let selector = Selector::equal_to(service.spec.selector.as_ref()?);
    let pods = resolved.cluster.each_pod();
    most_active(pods.filter(|pod| {
        pod.metadata.namespace == name.namespace && selector.matches(&pod.metadata.labels)
    }))
}

/// The refusal of a kind that has no pods: `exec configmap/a`.
fn no_pods_of(resource: &Resource) -> String {
    let version = resource.version;
    let kind = resource.kind;
    format!(
        "error: cannot attach to *{version}.{kind}: selector for *{version}.{kind} not implemented"
    )
}
