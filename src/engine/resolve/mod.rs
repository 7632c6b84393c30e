//! A text made into a cluster: admission of each object in the order of the text, then the controllers.
//!
//! ```text
//! documents ─▶ decode ─▶ admit (allocate, fill in, check) ─▶ stored objects
//!           ─▶ workloads' pods ─▶ nodes and addresses ─▶ EndpointSlices, Endpoints, mirrors ─▶ Cluster
//! ```
//!
//! An object that is refused takes no part, and each thing wrong with it is a diagnostic at the field's own place. Two
//! things differ from kubectl on purpose. A namespace that does not exist is created silently: people paste fragments,
//! and `namespaces "dev" not found` would hide all that is in them. And an object out of a live dump keeps the status
//! and the deletion time that a server would take off a new one.

mod admit;
mod creation;
pub mod events;
mod live_dump;
mod run_controllers;
mod system;
mod trees;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use admit::FILE;

use super::apiserver::Kind;
use super::cluster::Cluster;
use super::cluster::config::Config;
use super::cluster::object::Pod;
use crate::engine::diagnostic::{Diagnostic, Position, Span};
use crate::engine::manifest::Source;
use crate::engine::manifest::tree::{FieldPath, Yaml};
use crate::engine::names::ObjectName;

/// What a text makes of a cluster.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Resolved {
    /// The cluster, controllers having run.
    pub cluster: Cluster,
    /// The objects that were created, in order: the cluster's own first, then those of the text.
    pub objects: Vec<Stored>,
    /// What is wrong with the text, in the order of the text; the lints are asked apart.
    pub diagnostics: Vec<Diagnostic>,
    /// How many objects there are of what.
    pub counts: Counts,
    /// Where in [`Resolved::objects`] an object is.
    places: BTreeMap<(Kind, ObjectName), usize>,
}

/// An object as the API server stored it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// What it is.
    pub kind: Kind,
    /// Its name; without a namespace where the kind has none.
    pub name: ObjectName,
    /// All of it; its spans count from the beginning of its document.
    pub tree: Arc<Yaml>,
    /// Where it was written; none for what every cluster has.
    pub written: Option<WrittenAt>,
}

/// A document of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WrittenAt {
    /// Which one, among [`Source::documents`].
    pub document: usize,
    /// Where it begins.
    pub origin: Position,
}

/// How many objects of the text there are.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Documents with something in them.
    pub documents: usize,
    /// Objects that were created.
    pub created: usize,
    /// Objects and documents that were refused.
    pub rejected: usize,
    /// Objects of kinds that are accepted but not modelled, by `apiVersion` and `kind`.
    pub not_modelled: BTreeMap<(String, String), usize>,
}

/// Makes a text into a cluster.
pub fn resolve(source: &Source, config: &Config) -> Resolved {
    let config = live_dump::widen_ranges(source, config);
    let admitted = admit::admit(source, &config);
    run_controllers::run_controllers(admitted, config)
}

impl Resolved {
    /// The objects of a kind that were created.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Stored> {
        self.objects
            .iter()
            .filter(move |stored| stored.kind == kind)
    }

    /// An object that was created.
    pub fn get(&self, kind: Kind, name: &ObjectName) -> Option<&Stored> {
        self.places
            .get(&(kind, name.clone()))
            .and_then(|&place| self.objects.get(place))
    }

    /// A pod as `kubectl get -o yaml` would print it: as written, or its workload's template, with the node, addresses
    /// and state it got.
    pub fn pod_tree(&self, name: &ObjectName) -> Option<Yaml> {
        let pod = self.cluster.pods.get(name)?;
        let base = match self.get(Kind::Pod, name) {
            Some(written) => Some(written.tree.as_ref()),
            None => self
                .maker_of(name)
                .and_then(|maker| trees::template(maker.kind, &maker.tree)),
        };
        Some(trees::pod(base.cloned().unwrap_or_default(), pod))
    }

    /// The pods that a workload made.
    pub fn pods_of(&self, kind: Kind, name: &ObjectName) -> impl Iterator<Item = &Pod> {
        let own = move |pod: &&Pod| {
            self.maker_of(&pod.id())
                .is_some_and(|maker| (maker.kind, &maker.name) == (kind, name))
        };
        self.cluster.each_pod().filter(own)
    }

    /// The workload that made a pod. A ReplicaSet that a Deployment made, and a Job that a CronJob made, is no object of
    /// its own here: its maker is named by what stands before the last dash.
    pub fn maker_of(&self, pod: &ObjectName) -> Option<&Stored> {
        let owner = self
            .cluster
            .pods
            .get(pod)?
            .metadata
            .owner_references
            .iter()
            .find(|owner| owner.controller)?;
        let named =
            |kind: Kind, name: &str| self.get(kind, &ObjectName::new(pod.namespace.as_str(), name));
        let direct = Kind::ALL
            .into_iter()
            .find(|kind| kind.name() == owner.kind)
            .and_then(|kind| named(kind, &owner.name));
        let above = match owner.kind.as_str() {
            "ReplicaSet" => Some(Kind::Deployment),
            "Job" => Some(Kind::CronJob),
            _ => None,
        };
        direct.or_else(|| named(above?, owner.name.rsplit_once('-')?.0))
    }
}

impl Stored {
    /// Where a field stands in the whole text, or the nearest mapping above it that was written; none for an object
    /// that was not written at all.
    pub fn span(&self, field: &str) -> Option<Span> {
        let WrittenAt { origin, .. } = self.written?;
        Some(
            self.tree
                .nearest(&FieldPath::from(field))
                .span
                .shifted(origin),
        )
    }

    /// Where a value of the tree stands in the whole text.
    pub fn span_of(&self, node: &Yaml) -> Option<Span> {
        self.written.map(|place| node.span.shifted(place.origin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::diagnostic::{Problem, Severity};

    fn resolved(text: &str) -> Resolved {
        resolve(&Source::read(text), &Config::default())
    }

    /// What is refused, as `line:column words`.
    fn refused(resolved: &Resolved) -> Vec<String> {
        let words = |diagnostic: &Diagnostic| match &diagnostic.problem {
            Problem::Rejected { message } => Some(format!(
                "{}:{} {message}",
                diagnostic.span.start.line, diagnostic.span.start.column
            )),
            _ => None,
        };
        resolved.diagnostics.iter().filter_map(words).collect()
    }

    /// The endpoints of a Service, as `address:port`.
    fn endpoints(resolved: &Resolved, namespace: &str, service: &str) -> Vec<String> {
        let name = ObjectName::new(namespace, service);
        let slices = resolved.cluster.slices_of(&name);
        let ports = slices.flat_map(|slice| {
            let addresses = slice
                .endpoints
                .iter()
                .flat_map(|endpoint| &endpoint.addresses);
            addresses.flat_map(|address| {
                slice
                    .ports
                    .iter()
                    .map(move |port| format!("{address}:{}", port.port.unwrap_or_default()))
            })
        });
        let mut ports: Vec<String> = ports.collect();
        ports.sort();
        ports
    }

    #[test]
    fn an_empty_text_is_a_cluster_with_an_api_server_and_a_name_server() {
        let resolved = resolved("");
        assert_eq!(resolved.cluster.nodes.len(), 3);
        assert_eq!(
            endpoints(&resolved, "default", "kubernetes"),
            ["192.168.0.10:6443"]
        );
        let names: Vec<_> = resolved
            .cluster
            .services
            .values()
            .map(|service| service.spec.cluster_ip.to_string())
            .collect();
        assert_eq!(names, ["10.96.0.1", "10.96.0.10"]);
        assert_eq!(endpoints(&resolved, "kube-system", "kube-dns").len(), 6);
        assert_eq!(
            (resolved.diagnostics, resolved.counts),
            (vec![], Counts::default())
        );
    }

    #[test]
    fn a_deployment_and_its_service_become_pods_behind_an_address() {
        let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 80, targetPort: 8080}]\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: c, image: nginx}]}\n";
        let resolved = resolved(text);
        assert_eq!(resolved.diagnostics, []);
        assert_eq!(
            endpoints(&resolved, "default", "web"),
            ["10.244.0.5:8080", "10.244.1.5:8080"]
        );
        let pod = resolved
            .cluster
            .pods
            .keys()
            .find(|pod| pod.namespace == "default")
            .expect("was made");
        assert_eq!(
            resolved.maker_of(pod).map(|maker| maker.name.name.as_str()),
            Some("web")
        );
        let tree = serde_json::Value::from(&resolved.pod_tree(pod).expect("is there"));
        assert_eq!(
            (
                &tree["spec"]["containers"][0]["image"],
                &tree["status"]["phase"]
            ),
            (&"nginx".into(), &"Running".into())
        );
        assert_eq!(
            resolve(&Source::read(text), &Config::default()),
            resolved,
            "the same text, the same cluster"
        );
    }

    #[test]
    fn a_refused_object_takes_no_part_and_hides_no_other() {
        let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: NodePort\n  ports:\n  - port: 80\n    nodePort: 80\n---\nkind: Nothing\n---\napiVersion: v1\nkind: Service\nmetadata: {name: api}\nspec: {ports: [{port: 80}]}\n";
        let resolved = resolved(text);
        assert_eq!(
            refused(&resolved),
            [
                "8:15 The Service \"web\" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767",
                "10:1 error: error validating \"manifests.yaml\": error validating data: apiVersion not set; if you choose to ignore these errors, turn validation off with --validate=false",
            ]
        );
        assert_eq!(
            (
                resolved.counts.created,
                resolved.counts.rejected,
                resolved.counts.documents
            ),
            (1, 2, 3)
        );
        assert!(
            !resolved
                .cluster
                .services
                .contains_key(&ObjectName::new("default", "web"))
        );
    }

    #[test]
    fn the_second_object_of_a_name_is_refused_at_its_name() {
        let text = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: dev\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: dev\n";
        let words = "9:9 Error from server (AlreadyExists): error when creating \"manifests.yaml\": namespaces \"dev\" already exists";
        assert_eq!(refused(&resolved(text)), [words]);
    }

    #[test]
    fn what_is_not_modelled_is_noted_and_a_key_that_stands_twice_is_warned_of() {
        let resolved = resolved(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: 1\n  a: 2\n",
        );
        let said: Vec<(Severity, u32)> = resolved
            .diagnostics
            .iter()
            .map(|diagnostic| (diagnostic.severity, diagnostic.span.start.line))
            .collect();
        assert_eq!(said, [(Severity::Info, 2), (Severity::Warning, 5)]);
        assert_eq!(
            resolved.counts.not_modelled[&("v1".to_owned(), "ConfigMap".to_owned())],
            1
        );
    }

    #[test]
    fn hand_written_endpoints_take_effect_in_a_namespace_that_nobody_wrote() {
        let text = "apiVersion: v1\nkind: Service\nmetadata: {name: ext, namespace: dev}\nspec: {ports: [{port: 80}]}\n---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: ext, namespace: dev}\nsubsets: [{addresses: [{ip: 100.100.100.31}], ports: [{port: 8888}]}]\n";
        let resolved = resolved(text);
        assert_eq!(endpoints(&resolved, "dev", "ext"), ["100.100.100.31:8888"]);
        assert!(resolved.cluster.namespaces.contains("dev"));
    }

    #[test]
    fn a_live_dump_is_used_as_it_is() {
        let text = r#"{"apiVersion": "v1", "kind": "List", "items": [
            {"apiVersion": "v1", "kind": "Service",
             "metadata": {"name": "kubernetes", "namespace": "default", "uid": "a", "resourceVersion": "1"},
             "spec": {"clusterIP": "10.43.0.1", "clusterIPs": ["10.43.0.1"], "ports": [{"port": 443, "targetPort": 6443, "protocol": "TCP"}]}},
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "web", "namespace": "default", "uid": "b", "deletionTimestamp": "2026-01-01T00:00:00Z"},
             "spec": {"nodeName": "worker", "containers": [{"name": "c", "image": "nginx"}]},
             "status": {"phase": "Running", "podIP": "10.42.1.7", "hostIP": "172.16.0.4",
                        "conditions": [{"type": "Ready", "status": "False"}]}}]}"#;
        let resolved = resolved(text);
        assert_eq!(resolved.diagnostics, []);
        let pod = &resolved.cluster.pods[&ObjectName::new("default", "web")];
        let state = (
            pod.addresses().next().map(|address| address.to_string()),
            pod.is_ready(),
            pod.is_terminating(),
        );
        assert_eq!(state, (Some("10.42.1.7".to_owned()), false, true));
        let nodes: Vec<String> = resolved
            .cluster
            .nodes
            .values()
            .map(|node| format!("{} {:?}", node.name(), node.addresses().next()))
            .collect();
        assert_eq!(nodes, ["worker Some(172.16.0.4)"]);
    }

    #[test]
    fn more_replicas_than_are_modelled_are_capped_at_the_number() {
        let text = "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: web}\nspec:\n  replicas: 1000000000\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: c, image: nginx}]}\n";
        let resolved = resolved(text);
        let [diagnostic] = resolved.diagnostics.as_slice() else {
            panic!("one, not {:?}", resolved.diagnostics)
        };
        assert_eq!(
            diagnostic.problem,
            Problem::Capped {
                asked: 1_000_000_000,
                shown: 200
            }
        );
        assert_eq!(
            (diagnostic.span.start.line, diagnostic.span.start.column),
            (5, 13)
        );
    }
}
