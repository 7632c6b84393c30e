//! Which kinds an API server has before anyone adds to it (Kubernetes 1.36, what `kubectl api-resources` lists).
//!
//! A kind of somebody's own group may well exist; a misspelt kind, or a version that is no longer served, does not.

/// The versions of the built-in groups that are on by default, each with its kinds.
const SERVED: &[(&str, &[&str])] = &[
    (
        "v1",
        &[
            "Binding",
            "ComponentStatus",
            "ConfigMap",
            "Endpoints",
            "Event",
            "LimitRange",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Pod",
            "PodTemplate",
            "ReplicationController",
            "ResourceQuota",
            "Secret",
            "Service",
            "ServiceAccount",
        ],
    ),
    (
        "admissionregistration.k8s.io/v1",
        &[
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
        ],
    ),
    ("apiextensions.k8s.io/v1", &["CustomResourceDefinition"]),
    ("apiregistration.k8s.io/v1", &["APIService"]),
    (
        "apps/v1",
        &[
            "ControllerRevision",
            "DaemonSet",
            "Deployment",
            "ReplicaSet",
            "StatefulSet",
        ],
    ),
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
    ("autoscaling/v2", &["HorizontalPodAutoscaler"]),
    ("batch/v1", &["CronJob", "Job"]),
    ("certificates.k8s.io/v1", &["CertificateSigningRequest"]),
    ("coordination.k8s.io/v1", &["Lease"]),
    ("discovery.k8s.io/v1", &["EndpointSlice"]),
    ("events.k8s.io/v1", &["Event"]),
    (
        "flowcontrol.apiserver.k8s.io/v1",
        &["FlowSchema", "PriorityLevelConfiguration"],
    ),
    (
        "networking.k8s.io/v1",
        &[
            "IPAddress",
            "Ingress",
            "IngressClass",
            "NetworkPolicy",
            "ServiceCIDR",
        ],
    ),
    ("node.k8s.io/v1", &["RuntimeClass"]),
    ("policy/v1", &["PodDisruptionBudget"]),
    (
        "rbac.authorization.k8s.io/v1",
        &["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    ),
    (
        "resource.k8s.io/v1",
        &[
            "DeviceClass",
            "ResourceClaim",
            "ResourceClaimTemplate",
            "ResourceSlice",
        ],
    ),
    ("scheduling.k8s.io/v1", &["PriorityClass"]),
    (
        "storage.k8s.io/v1",
        &[
            "CSIDriver",
            "CSINode",
            "CSIStorageCapacity",
            "StorageClass",
            "VolumeAttachment",
            "VolumeAttributesClass",
        ],
    ),
];

/// Groups that the API server owns though none of their versions is on by default.
const OWNED: &[&str] = &["internal.apiserver.k8s.io", "storagemigration.k8s.io"];

/// Whether a cluster can have objects of this kind: a built-in one, or one that a CRD may have added.
pub fn may_exist(api_version: &str, kind: &str) -> bool {
    let group = group(api_version);
    let is_built_in = !group.contains('.')
        || OWNED.contains(&group)
        || SERVED
            .iter()
            .any(|(version, _)| self::group(version) == group);
    let is_served = || {
        SERVED
            .iter()
            .any(|(version, kinds)| *version == api_version && kinds.contains(&kind))
    };
    !is_built_in || is_served()
}

fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
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
            ("apps/v1", "Service", false),
            ("v1", "ConfigMap", true),
            ("extensions/v1beta1", "Ingress", false),
            ("networking.k8s.io/v1beta1", "Ingress", false),
            ("monitoring.coreos.com/v1", "ServiceMonitor", true),
            ("gateway.networking.k8s.io/v1", "Gateway", true),
        ] {
            assert_eq!(
                may_exist(api_version, kind),
                exists,
                "{kind} in {api_version}"
            );
        }
    }
}
