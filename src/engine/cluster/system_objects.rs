//! The objects that every cluster has: `default/kubernetes` and what kubeadm puts into `kube-system`.

use crate::names::{DEFAULT_NAMESPACE, ObjectName};

/// The namespace of the cluster's own components.
pub const KUBE_SYSTEM: &str = "kube-system";

/// The namespaces that every cluster has.
pub const NAMESPACES: [&str; 4] = [
    DEFAULT_NAMESPACE,
    "kube-node-lease",
    "kube-public",
    KUBE_SYSTEM,
];

/// The name of the Service, Endpoints and EndpointSlice of the API server, in `default`.
pub const KUBERNETES: &str = "kubernetes";

/// The label `k8s-app: kube-dns` of the DNS server's Service and pods.
pub const KUBE_DNS_LABEL: (&str, &str) = ("k8s-app", "kube-dns");

/// `default/kubernetes`, the Service of the API server.
pub fn kubernetes_service_name() -> ObjectName {
    ObjectName::new(DEFAULT_NAMESPACE, KUBERNETES)
}

/// Whether an object belongs to the cluster itself and not to its users.
pub fn is_system(name: &ObjectName) -> bool {
    name.namespace == KUBE_SYSTEM
        || (name.namespace == DEFAULT_NAMESPACE && name.name == KUBERNETES)
}
