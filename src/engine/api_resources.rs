//! What people call kinds on the command line: `svc`, `service`, `services`, `Service`, `deployments.apps`.
//!
//! The table is what `kubectl api-resources` of Kubernetes 1.36 lists without the kinds whose objects are never stored, in a
//! cluster with the standard channel of the Gateway API.

use std::fmt;

/// A kind as the API serves it.
#[derive(Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its name in URLs: `services`.
    pub plural: &'static str,
    /// One of them: `service`.
    pub singular: &'static str,
    /// `svc`.
    pub short: &'static [&'static str],
    /// `Service`.
    pub kind: &'static str,
    /// The API group, empty for the core one.
    pub group: &'static str,
    /// The version kubectl asks for.
    pub version: &'static str,
    /// Where its objects live.
    pub scope: Scope,
}

/// Where the objects of a kind live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In a namespace.
    Namespace,
    /// Beside the namespaces.
    Cluster,
}

/// The kinds of the category `all`, in the order in which kubectl prints them.
const ALL: [&str; 10] = [
    "Pod",
    "ReplicationController",
    "Service",
    "DaemonSet",
    "Deployment",
    "ReplicaSet",
    "StatefulSet",
    "HorizontalPodAutoscaler",
    "CronJob",
    "Job",
];

/// The kinds whose objects an API server stores: its own, and those of the Gateway API's CRDs.
pub const RESOURCES: &[Resource] = &[
    core(
        "configmaps",
        "configmap",
        &["cm"],
        "ConfigMap",
        Scope::Namespace,
    ),
    core(
        "endpoints",
        "endpoints",
        &["ep"],
        "Endpoints",
        Scope::Namespace,
    ),
    core("events", "event", &["ev"], "Event", Scope::Namespace),
    core(
        "limitranges",
        "limitrange",
        &["limits"],
        "LimitRange",
        Scope::Namespace,
    ),
    core(
        "namespaces",
        "namespace",
        &["ns"],
        "Namespace",
        Scope::Cluster,
    ),
    core("nodes", "node", &["no"], "Node", Scope::Cluster),
    core(
        "persistentvolumeclaims",
        "persistentvolumeclaim",
        &["pvc"],
        "PersistentVolumeClaim",
        Scope::Namespace,
    ),
    core(
        "persistentvolumes",
        "persistentvolume",
        &["pv"],
        "PersistentVolume",
        Scope::Cluster,
    ),
    core("pods", "pod", &["po"], "Pod", Scope::Namespace),
    core(
        "podtemplates",
        "podtemplate",
        &[],
        "PodTemplate",
        Scope::Namespace,
    ),
    core(
        "replicationcontrollers",
        "replicationcontroller",
        &["rc"],
        "ReplicationController",
        Scope::Namespace,
    ),
    core(
        "resourcequotas",
        "resourcequota",
        &["quota"],
        "ResourceQuota",
        Scope::Namespace,
    ),
    core("secrets", "secret", &[], "Secret", Scope::Namespace),
    core(
        "serviceaccounts",
        "serviceaccount",
        &["sa"],
        "ServiceAccount",
        Scope::Namespace,
    ),
    core("services", "service", &["svc"], "Service", Scope::Namespace),
    of(
        "admissionregistration.k8s.io",
        "mutatingadmissionpolicies",
        "mutatingadmissionpolicy",
        &[],
        "MutatingAdmissionPolicy",
        Scope::Cluster,
    ),
    of(
        "admissionregistration.k8s.io",
        "mutatingadmissionpolicybindings",
        "mutatingadmissionpolicybinding",
        &[],
        "MutatingAdmissionPolicyBinding",
        Scope::Cluster,
    ),
    of(
        "admissionregistration.k8s.io",
        "mutatingwebhookconfigurations",
        "mutatingwebhookconfiguration",
        &[],
        "MutatingWebhookConfiguration",
        Scope::Cluster,
    ),
    of(
        "admissionregistration.k8s.io",
        "validatingadmissionpolicies",
        "validatingadmissionpolicy",
        &[],
        "ValidatingAdmissionPolicy",
        Scope::Cluster,
    ),
    of(
        "admissionregistration.k8s.io",
        "validatingadmissionpolicybindings",
        "validatingadmissionpolicybinding",
        &[],
        "ValidatingAdmissionPolicyBinding",
        Scope::Cluster,
    ),
    of(
        "admissionregistration.k8s.io",
        "validatingwebhookconfigurations",
        "validatingwebhookconfiguration",
        &[],
        "ValidatingWebhookConfiguration",
        Scope::Cluster,
    ),
    of(
        "apiextensions.k8s.io",
        "customresourcedefinitions",
        "customresourcedefinition",
        &["crd", "crds"],
        "CustomResourceDefinition",
        Scope::Cluster,
    ),
    of(
        "apiregistration.k8s.io",
        "apiservices",
        "apiservice",
        &[],
        "APIService",
        Scope::Cluster,
    ),
    of(
        "apps",
        "controllerrevisions",
        "controllerrevision",
        &[],
        "ControllerRevision",
        Scope::Namespace,
    ),
    of(
        "apps",
        "daemonsets",
        "daemonset",
        &["ds"],
        "DaemonSet",
        Scope::Namespace,
    ),
    of(
        "apps",
        "deployments",
        "deployment",
        &["deploy"],
        "Deployment",
        Scope::Namespace,
    ),
    of(
        "apps",
        "replicasets",
        "replicaset",
        &["rs"],
        "ReplicaSet",
        Scope::Namespace,
    ),
    of(
        "apps",
        "statefulsets",
        "statefulset",
        &["sts"],
        "StatefulSet",
        Scope::Namespace,
    ),
    of(
        "autoscaling",
        "horizontalpodautoscalers",
        "horizontalpodautoscaler",
        &["hpa"],
        "HorizontalPodAutoscaler",
        Scope::Namespace,
    )
    .in_version("v2"),
    of(
        "batch",
        "cronjobs",
        "cronjob",
        &["cj"],
        "CronJob",
        Scope::Namespace,
    ),
    of("batch", "jobs", "job", &[], "Job", Scope::Namespace),
    of(
        "certificates.k8s.io",
        "certificatesigningrequests",
        "certificatesigningrequest",
        &["csr"],
        "CertificateSigningRequest",
        Scope::Cluster,
    ),
    of(
        "coordination.k8s.io",
        "leases",
        "lease",
        &[],
        "Lease",
        Scope::Namespace,
    ),
    of(
        "discovery.k8s.io",
        "endpointslices",
        "endpointslice",
        &[],
        "EndpointSlice",
        Scope::Namespace,
    ),
    of(
        "flowcontrol.apiserver.k8s.io",
        "flowschemas",
        "flowschema",
        &[],
        "FlowSchema",
        Scope::Cluster,
    ),
    of(
        "flowcontrol.apiserver.k8s.io",
        "prioritylevelconfigurations",
        "prioritylevelconfiguration",
        &[],
        "PriorityLevelConfiguration",
        Scope::Cluster,
    ),
    metallb("bfdprofiles", "bfdprofile", "BFDProfile"),
    metallb("bgpadvertisements", "bgpadvertisement", "BGPAdvertisement"),
    Resource {
        version: "v1beta2",
        ..metallb("bgppeers", "bgppeer", "BGPPeer")
    },
    metallb("communities", "community", "Community"),
    metallb("ipaddresspools", "ipaddresspool", "IPAddressPool"),
    metallb("l2advertisements", "l2advertisement", "L2Advertisement"),
    of(
        "gateway.networking.k8s.io",
        "backendtlspolicies",
        "backendtlspolicy",
        &["btlspolicy"],
        "BackendTLSPolicy",
        Scope::Namespace,
    ),
    of(
        "gateway.networking.k8s.io",
        "gatewayclasses",
        "gatewayclass",
        &["gc"],
        "GatewayClass",
        Scope::Cluster,
    ),
    of(
        "gateway.networking.k8s.io",
        "gateways",
        "gateway",
        &["gtw"],
        "Gateway",
        Scope::Namespace,
    ),
    of(
        "gateway.networking.k8s.io",
        "grpcroutes",
        "grpcroute",
        &[],
        "GRPCRoute",
        Scope::Namespace,
    ),
    of(
        "gateway.networking.k8s.io",
        "httproutes",
        "httproute",
        &[],
        "HTTPRoute",
        Scope::Namespace,
    ),
    of(
        "gateway.networking.k8s.io",
        "listenersets",
        "listenerset",
        &["lset"],
        "ListenerSet",
        Scope::Namespace,
    ),
    of(
        "gateway.networking.k8s.io",
        "referencegrants",
        "referencegrant",
        &["refgrant"],
        "ReferenceGrant",
        Scope::Namespace,
    ),
    of(
        "gateway.networking.k8s.io",
        "tcproutes",
        "tcproute",
        &[],
        "TCPRoute",
        Scope::Namespace,
    ),
    of(
        "gateway.networking.k8s.io",
        "tlsroutes",
        "tlsroute",
        &[],
        "TLSRoute",
        Scope::Namespace,
    ),
    of(
        "gateway.networking.k8s.io",
        "udproutes",
        "udproute",
        &[],
        "UDPRoute",
        Scope::Namespace,
    ),
    of(
        "networking.k8s.io",
        "ingressclasses",
        "ingressclass",
        &[],
        "IngressClass",
        Scope::Cluster,
    ),
    of(
        "networking.k8s.io",
        "ingresses",
        "ingress",
        &["ing"],
        "Ingress",
        Scope::Namespace,
    ),
    of(
        "networking.k8s.io",
        "ipaddresses",
        "ipaddress",
        &["ip"],
        "IPAddress",
        Scope::Cluster,
    ),
    of(
        "networking.k8s.io",
        "networkpolicies",
        "networkpolicy",
        &["netpol"],
        "NetworkPolicy",
        Scope::Namespace,
    ),
    of(
        "networking.k8s.io",
        "servicecidrs",
        "servicecidr",
        &[],
        "ServiceCIDR",
        Scope::Cluster,
    ),
    of(
        "node.k8s.io",
        "runtimeclasses",
        "runtimeclass",
        &[],
        "RuntimeClass",
        Scope::Cluster,
    ),
    of(
        "policy",
        "poddisruptionbudgets",
        "poddisruptionbudget",
        &["pdb"],
        "PodDisruptionBudget",
        Scope::Namespace,
    ),
    of(
        "rbac.authorization.k8s.io",
        "clusterrolebindings",
        "clusterrolebinding",
        &[],
        "ClusterRoleBinding",
        Scope::Cluster,
    ),
    of(
        "rbac.authorization.k8s.io",
        "clusterroles",
        "clusterrole",
        &[],
        "ClusterRole",
        Scope::Cluster,
    ),
    of(
        "rbac.authorization.k8s.io",
        "rolebindings",
        "rolebinding",
        &[],
        "RoleBinding",
        Scope::Namespace,
    ),
    of(
        "rbac.authorization.k8s.io",
        "roles",
        "role",
        &[],
        "Role",
        Scope::Namespace,
    ),
    of(
        "resource.k8s.io",
        "deviceclasses",
        "deviceclass",
        &[],
        "DeviceClass",
        Scope::Cluster,
    ),
    of(
        "resource.k8s.io",
        "resourceclaims",
        "resourceclaim",
        &[],
        "ResourceClaim",
        Scope::Namespace,
    ),
    of(
        "resource.k8s.io",
        "resourceclaimtemplates",
        "resourceclaimtemplate",
        &[],
        "ResourceClaimTemplate",
        Scope::Namespace,
    ),
    of(
        "resource.k8s.io",
        "resourceslices",
        "resourceslice",
        &[],
        "ResourceSlice",
        Scope::Cluster,
    ),
    of(
        "scheduling.k8s.io",
        "priorityclasses",
        "priorityclass",
        &["pc"],
        "PriorityClass",
        Scope::Cluster,
    ),
    of(
        "storage.k8s.io",
        "csidrivers",
        "csidriver",
        &[],
        "CSIDriver",
        Scope::Cluster,
    ),
    of(
        "storage.k8s.io",
        "csinodes",
        "csinode",
        &[],
        "CSINode",
        Scope::Cluster,
    ),
    of(
        "storage.k8s.io",
        "csistoragecapacities",
        "csistoragecapacity",
        &[],
        "CSIStorageCapacity",
        Scope::Namespace,
    ),
    of(
        "storage.k8s.io",
        "storageclasses",
        "storageclass",
        &["sc"],
        "StorageClass",
        Scope::Cluster,
    ),
    of(
        "storage.k8s.io",
        "volumeattachments",
        "volumeattachment",
        &[],
        "VolumeAttachment",
        Scope::Cluster,
    ),
    of(
        "storage.k8s.io",
        "volumeattributesclasses",
        "volumeattributesclass",
        &["vac"],
        "VolumeAttributesClass",
        Scope::Cluster,
    ),
];

const fn core(
    plural: &'static str,
    singular: &'static str,
    short: &'static [&'static str],
    kind: &'static str,
    scope: Scope,
) -> Resource {
    of("", plural, singular, short, kind, scope)
}

const fn of(
    group: &'static str,
    plural: &'static str,
    singular: &'static str,
    short: &'static [&'static str],
    kind: &'static str,
    scope: Scope,
) -> Resource {
    Resource {
        plural,
        singular,
        short,
        kind,
        group,
        version: "v1",
        scope,
    }
}

/// The resources of a word of the command line, of which only `all` means several; none for an unknown word.
pub fn named(word: &str) -> Vec<&'static Resource> {
    match word {
        "all" => ALL.into_iter().filter_map(of_kind).collect(),
        word => RESOURCES
            .iter()
            .find(|resource| resource.is_called(word))
            .into_iter()
            .collect(),
    }
}

/// The resource of a kind.
pub fn of_kind(kind: &str) -> Option<&'static Resource> {
    RESOURCES.iter().find(|resource| resource.kind == kind)
}

/// The resource of the objects with this `apiVersion` and `kind`; any version that is served will do.
pub fn of_object(api_version: &str, kind: &str) -> Option<&'static Resource> {
    let group = api_version.split_once('/').map_or("", |(group, _)| group);
    RESOURCES
        .iter()
        .find(|resource| resource.kind == kind && resource.group == group)
}

/// A kind of MetalLB.
const fn metallb(plural: &'static str, singular: &'static str, kind: &'static str) -> Resource {
    Resource {
        version: "v1beta1",
        ..of("metallb.io", plural, singular, &[], kind, Scope::Namespace)
    }
}

/// The resource of a built-in kind; a compile-time error for any other.
pub(crate) const fn built_in(group: &str, kind: &str) -> &'static Resource {
    let mut index = 0;
    while index < RESOURCES.len() {
        let resource = &RESOURCES[index];
        if is_equal(resource.group, group) && is_equal(resource.kind, kind) {
            return resource;
        }
        index += 1;
    }
    panic!("not a built-in kind")
}

/// `==` for texts in constants.
const fn is_equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

impl Resource {
    /// The kind with its group, as the API server's messages begin: `Service`, `Deployment.apps`.
    pub fn kind_with_group(&self) -> String {
        with_group(self.kind, self.group)
    }

    /// The same resource, of which kubectl asks for another version than `v1`.
    const fn in_version(self, version: &'static str) -> Resource {
        Resource { version, ..self }
    }

    /// Whether a word means it; capitals do not matter, and the group (and version) may be named.
    fn is_called(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let (name, group) = word.split_once('.').unwrap_or((&word, ""));
        let is_group = group.is_empty()
            || group == self.group
            || group == self.version && self.group.is_empty()
            || group
                .strip_prefix(self.version)
                .and_then(|rest| rest.strip_prefix('.'))
                == Some(self.group);
        is_group && (name == self.plural || name == self.singular || self.short.contains(&name))
    }

    /// `apps/v1, Resource=deployments`, as messages name what was asked for.
    pub fn versioned(&self) -> String {
        let slash = if self.group.is_empty() {
            "/"
        } else {
            &format!("{}/", self.group)
        };
        format!("{slash}{}, Resource={}", self.version, self.plural)
    }

    /// `apps/v1`, as manifests write it.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_owned()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }

    /// The prefix of a name: `deployment.apps`.
    pub fn prefix(&self) -> String {
        with_group(self.singular, self.group)
    }
}

/// `deployments.apps`, as errors name it.
impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_group(self.plural, self.group))
    }
}

fn with_group(name: &str, group: &str) -> String {
    if group.is_empty() {
        name.to_owned()
    } else {
        format!("{name}.{group}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_answers_to_all_its_names() {
        for word in ["svc", "service", "Services", "services.v1"] {
            assert_eq!(
                named(word).first().map(|resource| resource.kind),
                Some("Service"),
                "{word}"
            );
        }
        for word in ["deploy", "deployment.apps", "deployments.v1.apps"] {
            assert_eq!(
                named(word).first().map(|resource| resource.kind),
                Some("Deployment"),
                "{word}"
            );
        }
        assert_eq!(named("services.apps"), Vec::<&Resource>::new());
    }

    #[test]
    fn the_group_follows_the_name_unless_it_is_the_core_one() {
        let shown = |word| {
            named(word)
                .first()
                .map(|resource| (resource.to_string(), resource.prefix()))
        };
        assert_eq!(shown("svc"), Some(("services".into(), "service".into())));
        assert_eq!(
            shown("ing"),
            Some((
                "ingresses.networking.k8s.io".into(),
                "ingress.networking.k8s.io".into()
            ))
        );
    }

    #[test]
    fn all_means_several() {
        assert_eq!(named("all").len(), ALL.len());
    }
}
