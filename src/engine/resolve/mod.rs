//! Turns a text into a cluster: admits each object in the order of the text, then runs the controllers.
//!
//! ```text
//! documents ─▶ decode ─▶ admit (defaults, allocation, validation) ─▶ stored objects
//!           ─▶ nodes ─▶ pods of workloads, scheduling, addresses ─▶ EndpointSlices, Endpoints, mirrors ─▶ Cluster
//! ```
//!
//! A rejected object has no effect, and each of its errors is a diagnostic at the field's position. kubehop deviates from
//! kubectl on purpose in two ways. A missing namespace is created silently: people paste fragments, and
//! `namespaces "dev" not found` would hide all other errors. And an object of a live dump keeps its status and deletion
//! time, which a server removes from new objects.

mod admit;
mod balancing;
mod creation;
pub mod events;
mod gateway_stand_in;
mod live_dump;
mod metallb_webhook;
mod not_modelled;
mod pod_admission;
mod repair;
mod run_controllers;
mod system;
mod trees;
mod write_endpoints;

pub use admit::new_store;
pub(crate) use pod_admission::{ForbiddenPods, forbidden};
pub(crate) use run_controllers::template_of;
pub(crate) use trees::template_path;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use live_dump::Learnt;

use crate::cluster::Cluster;
use crate::cluster::config::Config;
use crate::cluster::object::{Pod, PodPhase};
use crate::controllers::scheduler::Occupants;
use crate::diagnostic::{Diagnostic, Fix, Position, Span};
use crate::kinds::Kind;
use crate::manifest::Source;
use crate::manifest::tree::{FieldPath, Yaml};
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use events::RulesLag;

/// A cluster with the objects and diagnostics of its text.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Resolved {
    /// The cluster after the controllers have run.
    pub cluster: Cluster,
    /// The stored objects: system objects, then those of the text, in order.
    pub objects: Vec<Stored>,
    /// Errors and warnings of kubectl and the API server, in the order of the text. `causes::check` finds more.
    pub diagnostics: Vec<Diagnostic>,
    /// Numbers of documents and objects.
    pub counts: Counts,
    /// Objects of kinds that are accepted but not modelled, in the order of the text; kubectl lists them.
    pub(crate) not_modelled: Vec<NotModelled>,
    /// Objects that kubectl or the API server refuses, in the order of the text. Those that exist already are left out.
    pub(crate) refused: Vec<RefusedObject>,
    /// Pods of workloads that the API server refuses.
    pub(crate) forbidden: Vec<ForbiddenPods>,
    /// Where kube-proxy's rules are older than the cluster; `None` if they are up to date.
    pub lag: Option<Arc<RulesLag>>,
    /// The index of each object in [`Resolved::objects`].
    indexes: BTreeMap<(Kind, ObjectName), usize>,
}

/// An object that is not stored, since kubectl or the API server refuses it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RefusedObject {
    /// `kind`.
    pub(crate) kind: String,
    /// The name; the namespace is `default` if none is written.
    pub(crate) name: ObjectName,
    /// The object as written.
    pub(crate) tree: Arc<Yaml>,
    /// The first field that is wrong.
    pub(crate) field: String,
    /// Where that is in the whole text.
    pub(crate) span: Span,
    /// What kubectl prints; empty if it prints nothing, since the next object hides this one.
    pub(crate) message: String,
    /// An edit that is likely to be meant.
    pub(crate) fix: Option<Fix>,
}

/// An object of a kind that changes nothing here: a ConfigMap, a Role.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NotModelled {
    /// `apiVersion`.
    pub(crate) api_version: String,
    /// `kind`.
    pub(crate) kind: String,
    /// The name and namespace as written; the namespace may be empty.
    pub(crate) name: ObjectName,
    /// The object as written.
    pub(crate) tree: Arc<Yaml>,
    /// Where its kind is written.
    pub(crate) span: Span,
}

/// An object as the API server stored it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The object's kind.
    pub kind: Kind,
    /// The object's name, without a namespace for cluster-scoped kinds.
    pub name: ObjectName,
    /// The stored object. Spans are relative to the start of its document.
    pub tree: Arc<Yaml>,
    /// Where it was written; `None` for system objects.
    pub written: Option<WrittenAt>,
}

/// The document of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WrittenAt {
    /// The document's index in [`Source::documents`].
    pub document: usize,
    /// Where the document begins.
    pub origin: Position,
}

/// Numbers of documents and objects of a text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Documents that are not empty.
    pub documents: usize,
    /// Objects that were stored.
    pub created: usize,
    /// Objects and documents that were rejected.
    pub rejected: usize,
    /// Objects of kinds that are not modelled, by `apiVersion` and `kind`.
    pub not_modelled: BTreeMap<(String, String), usize>,
}

/// Resolves a text into a cluster.
pub fn resolve(source: &Source, config: &Config) -> Resolved {
    let Learnt { config, notes } = live_dump::learn_ranges(source, config);
    let mut admitted = admit::admit(source, &config);
    admitted.diagnostics.extend(notes);
    run_controllers::run_controllers(admitted, config)
}

impl Resolved {
    /// The stored objects of a kind, in the order of the text. Costs no more than there are of them: it is asked for every
    /// Service.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Stored> {
        self.of_kinds([kind])
    }

    /// The stored objects of an API group, in the order of the text, at the same cost.
    pub fn of_group<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Stored> {
        let kinds = Kind::ALL.iter().copied();
        self.of_kinds(kinds.filter(move |kind| kind.resource().group == group))
    }

    fn of_kinds(&self, kinds: impl IntoIterator<Item = Kind>) -> impl Iterator<Item = &Stored> {
        let mut indexes: BTreeSet<usize> = BTreeSet::new();
        for kind in kinds {
            let of_kind = self.indexes.range((kind, ObjectName::default())..);
            let of_kind = of_kind.take_while(|((other, _), _)| *other == kind);
            indexes.extend(of_kind.map(|(_, index)| *index));
        }
        indexes
            .into_iter()
            .filter_map(|index| self.objects.get(index))
    }

    /// The stored object of this kind and name.
    pub fn get(&self, kind: Kind, name: &ObjectName) -> Option<&Stored> {
        let index = *self.indexes.get(&(kind, name.clone()))?;
        self.objects.get(index)
    }

    /// Changes the stored object of this kind and name, if there is one.
    fn change_tree(&mut self, kind: Kind, name: &ObjectName, change: impl FnOnce(&mut Yaml)) {
        let index = self.indexes.get(&(kind, name.clone()));
        if let Some(stored) = index.and_then(|index| self.objects.get_mut(*index)) {
            change(Arc::make_mut(&mut stored.tree));
        }
    }

    /// A pod as `kubectl get -o yaml` prints it: its manifest, or its workload's template, with node and status.
    /// `occupants` are those of this cluster.
    pub fn pod_tree(&self, name: &ObjectName, occupants: &Occupants) -> Option<Yaml> {
        let pod = self.cluster.pods.get(name)?;
        let base = match self.get(Kind::Pod, name) {
            Some(written) => Some(written.tree.as_ref()),
            None => self
                .workload_of(name)
                .and_then(|workload| trees::template(workload.kind, &workload.tree)),
        };
        let is_waiting = pod.status.phase == PodPhase::Pending && pod.spec.node_name.is_empty();
        let is_seen = is_waiting && occupants.missing_scheduler(pod).is_none();
        let waits = is_seen.then(|| occupants.unschedulable_message(pod));
        Some(trees::pod(base.cloned().unwrap_or_default(), pod, waits))
    }

    /// The pods of a workload.
    pub fn pods_of(&self, kind: Kind, name: &ObjectName) -> impl Iterator<Item = &Pod> {
        self.cluster.each_pod().filter(move |pod| {
            let workload = self.workload_of(&pod.id());
            workload.is_some_and(|workload| workload.kind == kind && workload.name == *name)
        })
    }

    /// The workload that controls a pod.
    ///
    /// The ReplicaSet of a Deployment and the Job of a CronJob are not stored; their owner's name is the part before the
    /// last dash.
    pub fn workload_of(&self, pod: &ObjectName) -> Option<&Stored> {
        let owner = self
            .cluster
            .pods
            .get(pod)?
            .metadata
            .owner_references
            .iter()
            .find(|owner| owner.controller)?;
        let stored =
            |kind: Kind, name: &str| self.get(kind, &ObjectName::new(pod.namespace.as_str(), name));
        let kind = Kind::ALL
            .iter()
            .copied()
            .find(|kind| kind.name() == owner.kind)?;
        if let Some(workload) = stored(kind, &owner.name) {
            return Some(workload);
        }
        let (above, _) = owner.name.rsplit_once('-')?;
        match owner.kind.as_str() {
            "ReplicaSet" => stored(Kind::Deployment, above),
            "Job" => stored(Kind::CronJob, above),
            _ => None,
        }
    }
}

impl NotModelled {
    /// Its namespace: `default` where none is written.
    pub(crate) fn namespace(&self) -> &str {
        match self.name.namespace.as_str() {
            "" => DEFAULT_NAMESPACE,
            namespace => namespace,
        }
    }
}

impl Stored {
    /// The span of a field in the whole text, or of its nearest written parent; `None` for system objects.
    pub fn span(&self, field: &str) -> Option<Span> {
        self.span_of(self.tree.nearest(&FieldPath::from(field)))
    }

    /// The span of a value in the whole text; `None` for system objects.
    pub fn span_of(&self, value: &Yaml) -> Option<Span> {
        let WrittenAt { origin, .. } = self.written?;
        Some(value.span.shifted(origin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Problem, Severity};
    use crate::testing::{self, resolved};

    /// Rejections, as `line:column message`.
    fn rejections(resolved: &Resolved) -> Vec<String> {
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
        const TEXT: &str = "
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: c, image: nginx}]}
        ";
        let resolved = resolved(TEXT);
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
            .expect("was created");
        assert_eq!(
            resolved
                .workload_of(pod)
                .map(|workload| workload.name.name.as_str()),
            Some("web")
        );
        let tree = serde_json::Value::from(
            &resolved
                .pod_tree(pod, &Occupants::of(&resolved.cluster))
                .expect("is there"),
        );
        assert_eq!(
            (
                &tree["spec"]["containers"][0]["image"],
                &tree["status"]["phase"]
            ),
            (&"nginx".into(), &"Running".into())
        );
        assert_eq!(
            testing::resolved(TEXT),
            resolved,
            "the same text, the same cluster"
        );
    }

    #[test]
    fn a_rejected_object_has_no_effect_and_hides_no_other() {
        let text = "
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              type: NodePort
              ports:
              - port: 80
                nodePort: 80
            ---
            kind: Nothing
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: api}
            spec: {ports: [{port: 80}]}
        ";
        let resolved = resolved(text);
        assert_eq!(
            rejections(&resolved),
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
    fn the_second_object_with_a_name_is_rejected_at_its_name() {
        let text = "
            apiVersion: v1
            kind: Namespace
            metadata:
              name: dev
            ---
            apiVersion: v1
            kind: Namespace
            metadata:
              name: dev
        ";
        let words = "9:9 Error from server (AlreadyExists): error when creating \"manifests.yaml\": namespaces \"dev\" already exists";
        assert_eq!(rejections(&resolved(text)), [words]);
    }

    #[test]
    fn a_kind_that_is_not_modelled_gets_a_note_and_a_duplicate_key_a_warning() {
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
    fn hand_written_endpoints_take_effect_in_a_namespace_that_is_not_written() {
        let text = "
            apiVersion: v1
            kind: Service
            metadata: {name: ext, namespace: dev}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Endpoints
            metadata: {name: ext, namespace: dev}
            subsets: [{addresses: [{ip: 100.100.100.31}], ports: [{port: 8888}]}]
        ";
        let resolved = resolved(text);
        assert_eq!(endpoints(&resolved, "dev", "ext"), ["100.100.100.31:8888"]);
        assert!(resolved.cluster.namespaces.contains_key("dev"));
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
        let problems: Vec<&Problem> = resolved
            .diagnostics
            .iter()
            .map(|diagnostic| &diagnostic.problem)
            .collect();
        let range = "10.42.0.0/16".to_owned();
        assert_eq!(problems, [&Problem::PodRangeLearnt { range }]);
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
        let text = "
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: web}
            spec:
              replicas: 1000000000
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: c, image: nginx}]}
        ";
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
