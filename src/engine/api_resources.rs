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

/// Makes the table: for each group and version the scope, kind, plural and short names of its kinds.
macro_rules! resources {
    ($(($group:literal, $version:literal) {
        $($scope:ident $kind:ident $plural:literal $($short:literal)*;)*
    })*) => {
        /// The kinds whose objects an API server stores: its own, and those of the CRDs of the Gateway API and MetalLB.
        pub const RESOURCES: &[Resource] = &[$($(Resource {
            plural: $plural,
            short: &[$($short),*],
            kind: stringify!($kind),
            group: $group,
            version: $version,
            scope: Scope::$scope,
        },)*)*];
    };
}

resources! {
    ("", "v1") {
        Namespace ConfigMap "configmaps" "cm";
        Namespace Endpoints "endpoints" "ep";
        Namespace Event "events" "ev";
        Namespace LimitRange "limitranges" "limits";
        Cluster Namespace "namespaces" "ns";
        Cluster Node "nodes" "no";
        Namespace PersistentVolumeClaim "persistentvolumeclaims" "pvc";
        Cluster PersistentVolume "persistentvolumes" "pv";
        Namespace Pod "pods" "po";
        Namespace PodTemplate "podtemplates";
        Namespace ReplicationController "replicationcontrollers" "rc";
        Namespace ResourceQuota "resourcequotas" "quota";
        Namespace Secret "secrets";
        Namespace ServiceAccount "serviceaccounts" "sa";
        Namespace Service "services" "svc";
    }
    ("admissionregistration.k8s.io", "v1") {
        Cluster MutatingAdmissionPolicy "mutatingadmissionpolicies";
        Cluster MutatingAdmissionPolicyBinding "mutatingadmissionpolicybindings";
        Cluster MutatingWebhookConfiguration "mutatingwebhookconfigurations";
        Cluster ValidatingAdmissionPolicy "validatingadmissionpolicies";
        Cluster ValidatingAdmissionPolicyBinding "validatingadmissionpolicybindings";
        Cluster ValidatingWebhookConfiguration "validatingwebhookconfigurations";
    }
    ("apiextensions.k8s.io", "v1") {
        Cluster CustomResourceDefinition "customresourcedefinitions" "crd" "crds";
    }
    ("apiregistration.k8s.io", "v1") {
        Cluster APIService "apiservices";
    }
    ("apps", "v1") {
        Namespace ControllerRevision "controllerrevisions";
        Namespace DaemonSet "daemonsets" "ds";
        Namespace Deployment "deployments" "deploy";
        Namespace ReplicaSet "replicasets" "rs";
        Namespace StatefulSet "statefulsets" "sts";
    }
    ("autoscaling", "v2") {
        Namespace HorizontalPodAutoscaler "horizontalpodautoscalers" "hpa";
    }
    ("batch", "v1") {
        Namespace CronJob "cronjobs" "cj";
        Namespace Job "jobs";
    }
    ("certificates.k8s.io", "v1") {
        Cluster CertificateSigningRequest "certificatesigningrequests" "csr";
    }
    ("coordination.k8s.io", "v1") {
        Namespace Lease "leases";
    }
    ("discovery.k8s.io", "v1") {
        Namespace EndpointSlice "endpointslices";
    }
    ("flowcontrol.apiserver.k8s.io", "v1") {
        Cluster FlowSchema "flowschemas";
        Cluster PriorityLevelConfiguration "prioritylevelconfigurations";
    }
    ("metallb.io", "v1beta1") {
        Namespace BFDProfile "bfdprofiles";
        Namespace BGPAdvertisement "bgpadvertisements";
    }
    ("metallb.io", "v1beta2") {
        Namespace BGPPeer "bgppeers";
    }
    ("metallb.io", "v1beta1") {
        Namespace Community "communities";
        Namespace IPAddressPool "ipaddresspools";
        Namespace L2Advertisement "l2advertisements";
    }
    ("gateway.networking.k8s.io", "v1") {
        Namespace BackendTLSPolicy "backendtlspolicies" "btlspolicy";
        Cluster GatewayClass "gatewayclasses" "gc";
        Namespace Gateway "gateways" "gtw";
        Namespace GRPCRoute "grpcroutes";
        Namespace HTTPRoute "httproutes";
        Namespace ListenerSet "listenersets" "lset";
        Namespace ReferenceGrant "referencegrants" "refgrant";
        Namespace TCPRoute "tcproutes";
        Namespace TLSRoute "tlsroutes";
        Namespace UDPRoute "udproutes";
    }
    ("networking.k8s.io", "v1") {
        Cluster IngressClass "ingressclasses";
        Namespace Ingress "ingresses" "ing";
        Cluster IPAddress "ipaddresses" "ip";
        Namespace NetworkPolicy "networkpolicies" "netpol";
        Cluster ServiceCIDR "servicecidrs";
    }
    ("node.k8s.io", "v1") {
        Cluster RuntimeClass "runtimeclasses";
    }
    ("policy", "v1") {
        Namespace PodDisruptionBudget "poddisruptionbudgets" "pdb";
    }
    ("rbac.authorization.k8s.io", "v1") {
        Cluster ClusterRoleBinding "clusterrolebindings";
        Cluster ClusterRole "clusterroles";
        Namespace RoleBinding "rolebindings";
        Namespace Role "roles";
    }
    ("resource.k8s.io", "v1") {
        Cluster DeviceClass "deviceclasses";
        Namespace ResourceClaim "resourceclaims";
        Namespace ResourceClaimTemplate "resourceclaimtemplates";
        Cluster ResourceSlice "resourceslices";
    }
    ("scheduling.k8s.io", "v1") {
        Cluster PriorityClass "priorityclasses" "pc";
    }
    ("storage.k8s.io", "v1") {
        Cluster CSIDriver "csidrivers";
        Cluster CSINode "csinodes";
        Namespace CSIStorageCapacity "csistoragecapacities";
        Cluster StorageClass "storageclasses" "sc";
        Cluster VolumeAttachment "volumeattachments";
        Cluster VolumeAttributesClass "volumeattributesclasses" "vac";
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
    /// The name of one object: `service`.
    pub fn singular(&self) -> String {
        self.kind.to_lowercase()
    }

    /// The kind with its group, as the API server's messages begin: `Service`, `Deployment.apps`.
    pub fn kind_with_group(&self) -> String {
        with_group(self.kind, self.group)
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
        is_group && (name == self.plural || name == self.singular() || self.short.contains(&name))
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
        with_group(&self.singular(), self.group)
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
