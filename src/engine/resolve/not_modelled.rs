//! Notes about objects that are accepted and not simulated: one for each API group, or kind of the core group.

use std::collections::BTreeMap;

use super::NotModelled;
use super::pod_webhooks::asks_about_new_pods;
use crate::diagnostic::{Diagnostic, Problem, Severity};

/// API groups whose objects decide over connections: a trace that they can change says so in its verdict.
const DECIDING: [&str; 19] = [
    "apisix.apache.org",
    "cilium.io",
    "consul.hashicorp.com",
    "crd.antrea.io",
    "crd.projectcalico.org",
    "gateway.networking.k8s.io",
    "gateway.solo.io",
    "getambassador.io",
    "k8s.nginx.org",
    "linkerd.io",
    "networking.istio.io",
    "policy.linkerd.io",
    "policy.networking.k8s.io",
    "projectcalico.org",
    "projectcontour.io",
    "route.openshift.io",
    "security.istio.io",
    "traefik.containo.us",
    "traefik.io",
];

/// One note for each group, at its first object.
pub(super) fn notes(objects: &[NotModelled]) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<&str, Vec<&NotModelled>> = BTreeMap::new();
    let passive = objects.iter().filter(|own| !is_read(own));
    for object in passive {
        groups.entry(group_of(object)).or_default().push(object);
    }
    groups
        .into_values()
        .filter_map(|group| note(&group))
        .collect()
}

/// Whether it is of a kind of the core group that decides which pods are created.
fn is_read(object: &NotModelled) -> bool {
    object.api_version == "v1" && matches!(object.kind.as_str(), "LimitRange" | "ResourceQuota")
}

/// The API group of an object; its kind if it is of the core group.
fn group_of(object: &NotModelled) -> &str {
    match object.api_version.split_once('/') {
        Some((group, _)) => group,
        None => &object.kind,
    }
}

fn note(group: &[&NotModelled]) -> Option<Diagnostic> {
    let first = group.iter().min_by_key(|object| object.span)?;
    let mut kinds: Vec<&str> = Vec::new();
    for object in group {
        if !kinds.contains(&object.kind.as_str()) {
            kinds.push(&object.kind);
        }
    }
    let kinds = kinds.iter().map(|kind| printed(kind, group_of(first)));
    let kinds: Vec<String> = kinds.collect();
    Some(Diagnostic {
        severity: Severity::Info,
        span: first.span,
        problem: Problem::NotModelled {
            kinds: kinds.join(", "),
            count: group.len(),
            decides: DECIDING.contains(&group_of(first))
                || group
                    .iter()
                    .any(|own| own.is_corefile() || asks_about_new_pods(own)),
        },
        fix: None,
    })
}

/// `Service.serving.knative.dev` where the kind alone would mean another one; as kubectl takes it.
fn printed(kind: &str, group: &str) -> String {
    match kind {
        "Service" => format!("{kind}.{group}"),
        _ => kind.to_owned(),
    }
}
