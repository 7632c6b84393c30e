//! The kinds the API server is modelled for, with the names it calls them by.
//!
//! Three names stand in its answers: the kind (`Service`), the kind with its group (`Deployment.apps`) and the resource
//! (`deployments.apps`). Source: the `register.go` of each group, `pkg/registry/*/*/storage`.

use crate::engine::syntax::{is_dns1123_label, is_dns1123_subdomain};

/// A kind whose objects are defaulted and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `batch/v1 CronJob`.
    CronJob,
    /// `apps/v1 DaemonSet`.
    DaemonSet,
    /// `apps/v1 Deployment`.
    Deployment,
    /// `discovery.k8s.io/v1 EndpointSlice`.
    EndpointSlice,
    /// `v1 Endpoints`.
    Endpoints,
    /// `networking.k8s.io/v1 Ingress`.
    Ingress,
    /// `networking.k8s.io/v1 IngressClass`.
    IngressClass,
    /// `batch/v1 Job`.
    Job,
    /// `v1 Namespace`.
    Namespace,
    /// `v1 Node`.
    Node,
    /// `v1 Pod`.
    Pod,
    /// `apps/v1 ReplicaSet`.
    ReplicaSet,
    /// `v1 ReplicationController`.
    ReplicationController,
    /// `v1 Service`.
    Service,
    /// `apps/v1 StatefulSet`.
    StatefulSet,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 15] = [
        Kind::CronJob,
        Kind::DaemonSet,
        Kind::Deployment,
        Kind::EndpointSlice,
        Kind::Endpoints,
        Kind::Ingress,
        Kind::IngressClass,
        Kind::Job,
        Kind::Namespace,
        Kind::Node,
        Kind::Pod,
        Kind::ReplicaSet,
        Kind::ReplicationController,
        Kind::Service,
        Kind::StatefulSet,
    ];

    /// The kind with this `apiVersion` and `kind`, when it is one of these.
    pub fn named(api_version: &str, kind: &str) -> Option<Kind> {
        Kind::ALL
            .into_iter()
            .find(|known| known.name() == kind && known.api_version() == api_version)
    }

    /// `kind`.
    pub fn name(self) -> &'static str {
        self.words().1
    }

    /// `apiVersion`.
    pub fn api_version(self) -> &'static str {
        self.words().0
    }

    /// The kind with its group, as the server's sentences begin: `Service`, `Deployment.apps`.
    pub fn with_group(self) -> String {
        in_group(self.name(), self.api_version())
    }

    /// The resource with its group: `services`, `deployments.apps`.
    pub fn resource(self) -> String {
        in_group(self.words().2, self.api_version())
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Kind::CronJob => ("batch/v1", "CronJob", "cronjobs"),
            Kind::DaemonSet => ("apps/v1", "DaemonSet", "daemonsets"),
            Kind::Deployment => ("apps/v1", "Deployment", "deployments"),
            Kind::EndpointSlice => ("discovery.k8s.io/v1", "EndpointSlice", "endpointslices"),
            Kind::Endpoints => ("v1", "Endpoints", "endpoints"),
            Kind::Ingress => ("networking.k8s.io/v1", "Ingress", "ingresses"),
            Kind::IngressClass => ("networking.k8s.io/v1", "IngressClass", "ingressclasses"),
            Kind::Job => ("batch/v1", "Job", "jobs"),
            Kind::Namespace => ("v1", "Namespace", "namespaces"),
            Kind::Node => ("v1", "Node", "nodes"),
            Kind::Pod => ("v1", "Pod", "pods"),
            Kind::ReplicaSet => ("apps/v1", "ReplicaSet", "replicasets"),
            Kind::ReplicationController => {
                ("v1", "ReplicationController", "replicationcontrollers")
            }
            Kind::Service => ("v1", "Service", "services"),
            Kind::StatefulSet => ("apps/v1", "StatefulSet", "statefulsets"),
        }
    }

    /// Whether its objects live in a namespace.
    pub fn is_namespaced(self) -> bool {
        !matches!(self, Kind::IngressClass | Kind::Namespace | Kind::Node)
    }

    /// Whether the server counts the versions of its spec in `metadata.generation` from the start.
    pub fn has_generation(self) -> bool {
        !matches!(
            self,
            Kind::Endpoints | Kind::Namespace | Kind::Node | Kind::Service
        )
    }

    /// What is wrong with an object's name. Since 1.36 a Service may begin with a digit
    /// (`RelaxedServiceNameValidation`).
    pub fn name_errors(self, name: &str) -> Vec<String> {
        match self {
            Kind::Namespace | Kind::Service | Kind::StatefulSet => is_dns1123_label(name),
            Kind::CronJob
            | Kind::DaemonSet
            | Kind::Deployment
            | Kind::EndpointSlice
            | Kind::Endpoints
            | Kind::Ingress
            | Kind::IngressClass
            | Kind::Job
            | Kind::Node
            | Kind::Pod
            | Kind::ReplicaSet
            | Kind::ReplicationController => is_dns1123_subdomain(name),
        }
    }
}

fn in_group(name: &str, api_version: &str) -> String {
    match api_version.split_once('/') {
        Some((group, _version)) => format!("{name}.{group}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_group_is_not_named() {
        assert_eq!(
            (Kind::Service.with_group(), Kind::Service.resource()),
            ("Service".into(), "services".into())
        );
        assert_eq!(Kind::Deployment.resource(), "deployments.apps");
    }

    #[test]
    fn a_service_name_may_not_have_dots_but_a_pod_name_may() {
        assert_eq!(Kind::Service.name_errors("a.b"), ["must not contain dots"]);
        assert_eq!(Kind::Pod.name_errors("a.b"), [""; 0]);
    }
}
