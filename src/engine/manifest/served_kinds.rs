//! Which kinds an API server has before anyone adds to it (Kubernetes 1.36, what `kubectl api-resources` lists).
//!
//! A kind of a custom group may exist in a cluster; a misspelt built-in kind, or a version that is no longer served, does not.
//! The CRDs of the Gateway API and of MetalLB count as installed.

use crate::api_resources::RESOURCES;

/// The kinds that are served beside those of [`RESOURCES`]: requests, whose objects are never stored, and other versions.
const REQUESTS_AND_VERSIONS: [(&str, &[&str]); 8] = [
    ("v1", &["Binding", "ComponentStatus"]),
    (
        "authentication.k8s.io/v1",
        &["SelfSubjectReview", "TokenReview"],
    ),
    (
        "authorization.k8s.io/v1",
        &[
            "LocalSubjectAccessReview",
            "SelfSubjectAccessReview",
            "SelfSubjectRulesReview",
            "SubjectAccessReview",
        ],
    ),
    ("autoscaling/v1", &["HorizontalPodAutoscaler"]),
    ("events.k8s.io/v1", &["Event"]),
    (
        "metallb.io/v1beta1",
        &[
            "BGPPeer",
            "ConfigurationState",
            "ServiceBGPStatus",
            "ServiceL2Status",
        ],
    ),
    ("metallb.io/v1beta2", &["BGPPeer"]),
    (
        "gateway.networking.k8s.io/v1beta1",
        &["Gateway", "GatewayClass", "HTTPRoute", "ReferenceGrant"],
    ),
];

/// Groups that the API server owns though none of their versions is on by default.
const OWNED: &[&str] = &["internal.apiserver.k8s.io", "storagemigration.k8s.io"];

/// Whether a cluster can have objects of this kind: a built-in one, or one that a CRD may have added.
pub fn may_exist(api_version: &str, kind: &str) -> bool {
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    if group.ends_with(".k8s.io") && is_of_another_group(kind, group) {
        return false;
    }
    let is_built_in = !group.contains('.')
        || OWNED.contains(&group)
        || RESOURCES.iter().any(|resource| resource.group == group)
        || REQUESTS_AND_VERSIONS
            .iter()
            .any(|(served, _)| served.split_once('/').is_some_and(|(of, _)| of == group));
    !is_built_in || is_served(group, version, api_version, kind)
}

/// Whether the kind is one of the Gateway API, and the group is not: `gateway.k8s.io/v1 HTTPRoute`.
fn is_of_another_group(kind: &str, group: &str) -> bool {
    const GATEWAY: &str = "gateway.networking.k8s.io";
    let mut resources = RESOURCES.iter();
    group != GATEWAY && resources.any(|resource| resource.kind == kind && resource.group == GATEWAY)
}

fn is_served(group: &str, version: &str, api_version: &str, kind: &str) -> bool {
    let has_group = api_version.contains('/');
    let is_stored = RESOURCES.iter().any(|resource| {
        resource.kind == kind
            && resource.group == group
            && resource.version == version
            && has_group != group.is_empty()
    });
    is_stored
        || REQUESTS_AND_VERSIONS
            .iter()
            .any(|(served, kinds)| *served == api_version && kinds.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_kinds_must_be_served_and_others_may_exist() {
        for (api_version, kind, exists) in [
            ("v1", "Service", true),
            ("v1", "service", false),
            ("v1", "Servce", false),
            ("v2", "Service", false),
            ("/v1", "Service", false),
            ("v1", "Binding", true),
            ("autoscaling/v1", "HorizontalPodAutoscaler", true),
            ("authentication.k8s.io/v2", "TokenReview", false),
            ("apps/v1", "Service", false),
            ("v1", "ConfigMap", true),
            ("extensions/v1beta1", "Ingress", false),
            ("networking.k8s.io/v1beta1", "Ingress", false),
            ("monitoring.coreos.com/v1", "ServiceMonitor", true),
            ("gateway.networking.k8s.io/v1", "Gateway", true),
            ("gateway.networking.k8s.io/v1beta1", "Gateway", true),
            ("gateway.networking.k8s.io/v1beta1", "GRPCRoute", false),
            ("gateway.networking.k8s.io/v1alpha2", "TCPRoute", false),
            ("gateway.k8s.io/v1", "HTTPRoute", false),
            ("networking.istio.io/v1", "Gateway", true),
        ] {
            assert_eq!(
                may_exist(api_version, kind),
                exists,
                "{kind} in {api_version}"
            );
        }
    }
}
