//! Which Services were there before a pod: what its containers' variables know (kubelet `getServiceEnvVarMap`).
//!
//! Objects are created in the order of the text, and a container's variables are made once, when it starts. What a dump
//! says of times of creation counts more; what a text does not say at all is older than anything that happens later.

use super::Resolved;
use crate::engine::apiserver::Kind;
use crate::engine::cluster::config::Creation;
use crate::engine::cluster::object::{Pod, Service};
use crate::engine::names::ObjectName;

impl Resolved {
    /// The Services that were there when the pod's containers started, in order of their names.
    pub fn services_before<'a>(&'a self, pod: &Pod) -> impl Iterator<Item = &'a Service> {
        self.cluster.services.values().filter(self.is_before(pod))
    }

    /// Those that came later.
    pub fn services_after<'a>(&'a self, pod: &Pod) -> impl Iterator<Item = &'a Service> {
        let is_before = self.is_before(pod);
        self.cluster
            .services
            .values()
            .filter(move |service| !is_before(service))
    }

    fn is_before<'a>(&'a self, pod: &Pod) -> impl Fn(&&'a Service) -> bool + use<'a> {
        let (made, written) = (pod.metadata.creation_timestamp.clone(), self.place_of(pod));
        let is_written_later = move |service: &Service| {
            let place = self.places.get(&(Kind::Service, service.id())).copied();
            place
                .zip(written)
                .is_some_and(|(service, pod)| service > pod)
        };
        move |service| match (
            &service.metadata.creation_timestamp,
            &made,
            self.cluster.config.creation,
        ) {
            (_, _, Creation::ServicesFirst) => true,
            (Some(service), Some(pod), Creation::AsWritten) => service <= pod,
            (None, Some(_), Creation::AsWritten) => true,
            (_, None, Creation::AsWritten) => !is_written_later(service),
        }
    }

    /// Where the pod, or the workload that made it, stands among the objects.
    fn place_of(&self, pod: &Pod) -> Option<usize> {
        let own = self.places.get(&(Kind::Pod, pod.id()));
        let made = || {
            self.maker_of(&pod.id())
                .and_then(|maker| self.places.get(&(maker.kind, maker.name.clone())))
        };
        own.or_else(made).copied()
    }

    /// The pod of this name, or the first that the workload of this name made: what `kubectl exec` means by `web`,
    /// `pod/web` and `deploy/web`.
    pub fn pod_meant(&self, kind: Kind, name: &ObjectName) -> Option<&Pod> {
        match kind {
            Kind::Pod => self.cluster.pod(name),
            of => self.pods_of(of, name).next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::resolve::events::{Event, apply};
    use crate::engine::testing::resolved;

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

    fn known(resolved: &Resolved) -> Vec<String> {
        let pod = resolved
            .pods_of(Kind::Deployment, &ObjectName::new("default", "app"))
            .next()
            .expect("was made");
        let services = resolved
            .services_before(pod)
            .filter(|service| service.metadata.namespace == "default");
        services
            .map(|service| service.metadata.name.to_string())
            .collect()
    }

    #[test]
    fn a_pod_knows_the_services_that_were_created_before_it() {
        let mut resolved = resolved(TEXT);
        assert_eq!(known(&resolved), ["early", "kubernetes"]);
        resolved.cluster.config.creation = Creation::ServicesFirst;
        assert_eq!(known(&resolved), ["early", "kubernetes", "late"]);
    }

    #[test]
    fn a_pod_that_takes_another_ones_place_knows_them_all() {
        let resolved = resolved(TEXT);
        let pod = resolved
            .cluster
            .each_pod()
            .find(|pod| pod.metadata.namespace == "default")
            .expect("was made")
            .id();
        let gone = apply(
            &apply(&resolved, &Event::PodDeleted(pod.clone())),
            &Event::PodRemoved(pod),
        );
        assert_eq!(known(&gone), ["early", "kubernetes", "late"]);
    }
}
