//! Which Services exist before a pod: those that its containers have environment variables for.
//!
//! Objects are created in the order of the text, and the kubelet computes a container's variables once, when it starts
//! (`getServiceEnvVarMap`). Creation timestamps of live dumps take precedence over the order. An object without
//! a timestamp is older than every object that an event creates.

use std::sync::Arc;

use smol_str::SmolStr;

use super::Resolved;
use crate::cluster::config::Creation;
use crate::cluster::object::{Pod, Service};
use crate::controllers::init_wait;
use crate::kinds::Kind;
use crate::names::ObjectName;

impl Resolved {
    /// The Services that existed when the pod's containers started, ordered by name.
    pub fn services_before(&self, pod: &Pod) -> impl Iterator<Item = &Service> {
        let pod = self.creation_of(pod);
        let services = self.cluster.services.values();
        services.filter(move |service| self.is_created_before(service, &pod))
    }

    /// The Services that were created later.
    pub fn services_after(&self, pod: &Pod) -> impl Iterator<Item = &Service> {
        let pod = self.creation_of(pod);
        let services = self.cluster.services.values();
        services.filter(move |service| !self.is_created_before(service, &pod))
    }

    /// Whether the Service existed when the pod's containers started.
    pub fn existed_before(&self, service: &Service, pod: &Pod) -> bool {
        self.is_created_before(service, &self.creation_of(pod))
    }

    fn is_created_before(&self, service: &Service, pod: &PodCreation) -> bool {
        match self.cluster.config.creation {
            Creation::ServicesFirst => return true,
            Creation::AsWritten => {}
        }
        match (&service.metadata.creation_timestamp, &pod.timestamp) {
            (Some(service), Some(pod)) => service <= pod,
            (None, Some(_)) => true,
            (_, None) => {
                let index = self.indexes.get(&(Kind::Service, service.id()));
                !matches!((index, pod.index), (Some(&service), Some(pod)) if service > pod)
            }
        }
    }

    fn creation_of(&self, pod: &Pod) -> PodCreation {
        let own = self.indexes.get(&(Kind::Pod, pod.id()));
        let index = own.or_else(|| {
            let workload = self.workload_of(&pod.id())?;
            self.indexes.get(&(workload.kind, workload.name.clone()))
        });
        PodCreation {
            timestamp: pod.metadata.creation_timestamp.clone(),
            index: index.copied(),
        }
    }

    /// Writes down, for each pod whose init containers may read variables of Services, which Services came after it.
    pub(super) fn note_later_services(&mut self) {
        let waiting = self
            .cluster
            .each_pod()
            .filter(|pod| pod.status.waiting_init.is_some() && init_wait::mentions_variables(pod));
        let later = waiting.map(|pod| {
            let own = self.services_after(pod);
            let own = own.filter(|service| service.metadata.namespace == pod.metadata.namespace);
            let names = own.map(|service| service.metadata.name.clone());
            (pod.id(), names.collect())
        });
        let later: Vec<(ObjectName, Vec<SmolStr>)> = later.collect();
        for (name, services) in later {
            if let Some(pod) = self.cluster.pods.get_mut(&name) {
                Arc::make_mut(pod).status.later_services = services;
            }
        }
    }

    /// The pod with this name, or the first pod of the workload with this name: what `kubectl exec` means by `web`,
    /// `pod/web` and `deploy/web`.
    pub fn pod_meant(&self, kind: Kind, name: &ObjectName) -> Option<&Pod> {
        match kind {
            Kind::Pod => self.cluster.pod(name),
            workload => self.pods_of(workload, name).next(),
        }
    }
}

/// When a pod was created.
struct PodCreation {
    timestamp: Option<String>,
    /// Index of the pod, or of its workload, among the objects.
    index: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::events::{Event, apply};
    use crate::testing::resolved;

    const TEXT: &str = r"
        apiVersion: v1
        kind: Service
        metadata: {name: early}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: app}
        spec:
          selector: {matchLabels: {a: b}}
          template:
            metadata: {labels: {a: b}}
            spec: {containers: [{name: c, image: i}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: late}
        spec: {ports: [{port: 80}]}
    ";

    fn services_of(resolved: &Resolved) -> Vec<String> {
        let pod = resolved
            .pods_of(Kind::Deployment, &ObjectName::new("default", "app"))
            .next()
            .expect("was created");
        let services = resolved
            .services_before(pod)
            .filter(|service| service.metadata.namespace == "default");
        services
            .map(|service| service.metadata.name.to_string())
            .collect()
    }

    #[test]
    fn a_pod_has_variables_of_the_services_created_before_it() {
        let mut resolved = resolved(TEXT);
        assert_eq!(services_of(&resolved), ["early", "kubernetes"]);
        resolved.cluster.config.creation = Creation::ServicesFirst;
        assert_eq!(services_of(&resolved), ["early", "kubernetes", "late"]);
    }

    #[test]
    fn a_pod_that_replaces_another_has_variables_of_all_services() {
        let resolved = resolved(TEXT);
        let pod = resolved
            .cluster
            .each_pod()
            .find(|pod| pod.metadata.namespace == "default")
            .expect("was created")
            .id();
        let gone = apply(
            &apply(&resolved, &Event::PodDeleted(pod.clone())),
            &Event::PodRemoved(pod),
        );
        assert_eq!(services_of(&gone), ["early", "kubernetes", "late"]);
    }
}
