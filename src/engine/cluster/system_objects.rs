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

/// Whether an object belongs to the cluster itself and not to its users: whatever is in one of its own namespaces, and
/// `default/kubernetes`. Another namespace whose name begins with `kube-` is its users'.
pub fn is_system(name: &ObjectName) -> bool {
    if name.namespace == DEFAULT_NAMESPACE {
        name.name == KUBERNETES
    } else {
        NAMESPACES.contains(&name.namespace.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_clusters_own_namespaces_are_its_own() {
        let is = |namespace: &str, name: &str| is_system(&ObjectName::new(namespace, name));
        assert!(is(KUBE_SYSTEM, "web") && is("kube-public", "web"));
        assert!(is(DEFAULT_NAMESPACE, KUBERNETES) && !is("shop", KUBERNETES));
        assert!(!is(DEFAULT_NAMESPACE, "web") && !is("kube-logging", "web"));
    }
}
