//! Decodes, admits and stores objects in the order of the text; errors become diagnostics at their fields.

use std::sync::Arc;

use super::{
    Counts, NotModelled, RefusedObject, Stored, WrittenAt, gateway_stand_in, live_dump,
    not_modelled, repair, system,
};
use crate::admission::{Admitted, Store, errors_of_unmodelled};
use crate::api_resources::{self, Resource};
use crate::apiserver::allocation::allocator::Grant;
use crate::apiserver::{Allocator, Rejection};
use crate::cluster::config::Config;
use crate::cluster::ip_ranges::{DNS_INDEX, KUBERNETES_INDEX, ServiceRange};
use crate::cluster::system_objects::{KUBE_DNS_LABEL, KUBE_SYSTEM, KUBERNETES};
use crate::diagnostic::{Diagnostic, Fault, Fix, Problem, Severity, Span};
use crate::kinds::Kind;
use crate::manifest::tree::{FieldPath, PathStep, Yaml, YamlValue};
use crate::manifest::{LostObject, Object, Source, Written, decode};
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::sort;

/// The result of admission.
#[derive(Debug, Default)]
pub(super) struct Admission {
    /// The stored objects, system objects first.
    pub objects: Vec<Stored>,
    /// Errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// Numbers of documents and objects.
    pub counts: Counts,
    /// Objects of kinds that are accepted but not modelled.
    pub not_modelled: Vec<NotModelled>,
    /// Objects that are refused.
    pub refused: Vec<RefusedObject>,
}

/// Creates every object of a text.
pub(super) fn admit(source: &Source, config: &Config) -> Admission {
    let mut server = Server::of(source, config);
    for lost in source.lost_objects() {
        server.keep_lost(lost);
    }
    server.add_gateway_stand_ins();
    let Server {
        done: mut admitted, ..
    } = server;
    let counts = &mut admitted.counts;
    let unreadable = source
        .documents
        .iter()
        .filter(|document| document.unreadable().is_some())
        .count();
    let readable = source
        .documents
        .iter()
        .filter(|document| !document.objects().is_empty())
        .count();
    counts.rejected += unreadable;
    counts.documents = readable + unreadable;
    admitted.diagnostics.extend(source.diagnostics());
    admitted
        .diagnostics
        .extend(not_modelled::notes(&admitted.not_modelled));
    sort::sort_by_key(&mut admitted.diagnostics, |diagnostic| diagnostic.span);
    admitted.diagnostics.dedup();
    admitted
}

/// The API server after it created every object of a text.
pub(crate) fn store_of(source: &Source, config: &Config) -> Store {
    Server::of(source, config).store
}

/// The API server while it creates one object after the other.
struct Server {
    store: Store,
    done: Admission,
}

/// A cluster's store before anything of `source` is created: it has the system objects that `source` does not bring
/// itself. They are returned as well, as they were stored.
pub fn new_store(source: &Source, config: &Config) -> (Store, Vec<Stored>) {
    let mut store = Store::new(Allocator::new(config));
    let mut objects = Vec::new();
    let brings = |kind: &str, namespace: &str, name: &str| {
        let mut objects = source.objects().map(|written| written.object);
        objects.any(|object| {
            object.kind == kind && object.name == name && namespace_of(object) == namespace
        })
    };
    let range = config.service_cidrs.first().copied().map(ServiceRange);
    let address = |index: u128| range.and_then(|range| range.address(index));
    if brings("Service", DEFAULT_NAMESPACE, KUBERNETES) {
        let addresses = address(KUBERNETES_INDEX.into()).into_iter().collect();
        store.allocator.release(&Grant {
            addresses,
            ports: Vec::new(),
        });
    } else if let Some(address) = address(KUBERNETES_INDEX.into()) {
        let service = Arc::new(system::kubernetes_service(address));
        objects.push(stored(Kind::Service, service, None));
    }
    let has_name_server = source
        .objects()
        .any(|written| is_name_server(written.object));
    let system = Source::read(system::NAME_SERVER);
    for object in system.objects().map(|written| written.object) {
        let (is_brought, tree) = match object.kind.as_str() {
            "Service" => (
                brings("Service", &object.namespace, &object.name),
                system::with_cluster_ip(&object.tree, address(DNS_INDEX.into())),
            ),
            _ => (has_name_server, object.tree.clone()),
        };
        if let Some(kind) = kind_of(object).filter(|_| !is_brought)
            && let Ok(tree) = store.create(kind, tree).outcome
        {
            objects.push(stored(kind, tree, None));
        }
    }
    (store, objects)
}

fn stored(kind: Kind, tree: Arc<Yaml>, written: Option<WrittenAt>) -> Stored {
    let metadata = tree.get("metadata");
    let text = |field: &str| {
        metadata
            .and_then(|metadata| metadata.get(field)?.as_str())
            .unwrap_or_default()
    };
    let namespace = if kind.is_namespaced() {
        text("namespace")
    } else {
        ""
    };
    let name = ObjectName::new(namespace, text("name"));
    Stored {
        kind,
        name,
        tree,
        written,
    }
}

impl Server {
    fn new(source: &Source, config: &Config) -> Server {
        let (store, objects) = new_store(source, config);
        let done = Admission {
            objects,
            ..Admission::default()
        };
        Server { store, done }
    }

    fn of(source: &Source, config: &Config) -> Server {
        let mut server = Server::new(source, config);
        for written in source.objects() {
            server.admit_object(written);
        }
        server
    }

    /// Creates the data planes of the Gateways whose implementation is not in the text.
    fn add_gateway_stand_ins(&mut self) {
        let mut made = Vec::new();
        let mut notes = Vec::new();
        for stand_in in gateway_stand_in::stand_ins(&self.done.objects) {
            notes.extend(stand_in.note());
            for (kind, tree) in stand_in.objects {
                let created = self.store.create(kind, tree).outcome;
                made.extend(created.map(|tree| stored(kind, tree, None)));
            }
        }
        self.done.objects.extend(made);
        self.done.diagnostics.extend(notes);
    }

    fn admit_object(&mut self, written: Written) {
        let object = written.object;
        if let Some(rejection) = decode(object) {
            let message = rejection.stderr(written.file);
            let faults = rejection.faults.iter().map(|fault| RefusedField {
                field: fault.path.to_string(),
                span: fault.span,
                message: message.clone(),
                fix: repair::of_decoding(written, fault),
            });
            let fields: Vec<RefusedField> = faults.collect();
            self.keep_refused(written, &fields);
            return self.reject(written, fields);
        }
        match kind_of(object) {
            Some(kind) => self.create(kind, written),
            None => self.create_unmodelled(written),
        }
    }

    /// Stores an object that changes nothing here, if the API server takes it.
    fn create_unmodelled(&mut self, written: Written) {
        let Object {
            api_version,
            kind,
            tree,
            ..
        } = written.object;
        let errors = errors_of_unmodelled(api_version, kind, tree.clone());
        let resource = api_resources::of_object(api_version, kind);
        let Some(resource) = resource.filter(|_| !errors.is_empty()) else {
            return self.note_not_modelled(written);
        };
        let fields = self.refused_fields(resource, written, Rejection::Invalid(errors));
        self.keep_refused(written, &fields);
        self.reject(written, fields);
    }

    fn create(&mut self, kind: Kind, written: Written) {
        let tree = &written.object.tree;
        let Admitted { outcome, warnings } = self.store.create(kind, as_sent(kind, written.object));
        match outcome {
            Ok(mut stored) => {
                live_dump::keep_state(&mut stored, tree);
                self.done.counts.created += 1;
                let written_at = WrittenAt {
                    document: written.document,
                    origin: written.origin,
                };
                self.done
                    .objects
                    .push(self::stored(kind, stored, Some(written_at)));
            }
            Err(rejection) => {
                let is_there = rejection == Rejection::AlreadyExists;
                let fields = self.refused_fields(kind.resource(), written, rejection);
                if !is_there {
                    self.keep_refused(written, &fields);
                }
                self.reject(written, fields);
                if is_there {
                    self.reject_update(kind, written);
                    self.warn_of_merge(kind, written);
                }
            }
        }
        let deprecation = kind.spec().deprecation;
        let deprecated = deprecation.map(|words| (span_at(tree, "kind"), words.to_owned()));
        let warnings = warnings
            .into_iter()
            .map(|warning| (span_at(tree, field_in(&warning)), warning));
        for (span, message) in warnings.chain(deprecated) {
            self.report(
                Severity::Warning,
                written,
                span,
                Problem::ServerWarning { message },
                None,
            );
        }
    }

    /// Keeps what was refused: it can be the cause of what fails elsewhere.
    fn keep_refused(&mut self, written: Written, fields: &[RefusedField]) {
        let Some(first) = fields.first() else { return };
        let object = written.object;
        self.done.refused.push(RefusedObject {
            kind: object.kind.clone(),
            name: ObjectName::new(namespace_of(object), object.name.as_str()),
            tree: Arc::new(object.tree.clone()),
            field: first.field.clone(),
            span: first.span.shifted(written.origin),
            message: first.message.clone(),
            fix: first.fix.clone().map(|fix| fix.shifted(written.origin)),
        });
    }

    /// Keeps what never reached the server, as what was refused.
    fn keep_lost(&mut self, lost: LostObject) {
        let object = lost.object;
        self.done.refused.push(RefusedObject {
            name: ObjectName::new(namespace_of(&object), object.name.as_str()),
            kind: object.kind,
            tree: Arc::new(object.tree),
            field: "apiVersion".to_owned(),
            span: lost.span,
            message: lost.message,
            fix: lost.fix,
        });
    }

    fn reject(&mut self, written: Written, fields: Vec<RefusedField>) {
        self.done.counts.rejected += 1;
        for RefusedField {
            span, message, fix, ..
        } in fields
        {
            let problem = Problem::Rejected { message };
            self.report(Severity::Error, written, span, problem, fix);
        }
    }

    /// Reports what `kubectl apply`, which updates the existing object, would print.
    fn reject_update(&mut self, kind: Kind, written: Written) {
        let errors = self.store.unchangeable(kind, as_sent(kind, written.object));
        let fields = self.refused_fields(kind.resource(), written, Rejection::Invalid(errors));
        for RefusedField { span, message, .. } in fields {
            let problem = Problem::UnchangeableByApply { message };
            self.report(Severity::Error, written, span, problem, None);
        }
    }

    /// Warns of what `kubectl apply`, which merges the document into the existing object, would lose.
    fn warn_of_merge(&mut self, kind: Kind, written: Written) {
        let Object { name, tree, .. } = written.object;
        let id = ObjectName::new(namespace_of(written.object), name.as_str());
        let Some(stored) = self.store.objects.get(&(kind, id)) else {
            return;
        };
        for (field, fault) in (kind.spec().lost_by_apply)(stored, tree) {
            let span = span_at(tree, &field);
            let problem = Problem::Cause(Fault::Apply(fault));
            self.report(Severity::Warning, written, span, problem, None);
        }
    }

    /// Counts an object of a kind that is not modelled, and keeps it.
    fn note_not_modelled(&mut self, written: Written) {
        let Object {
            api_version,
            kind,
            tree,
            ..
        } = written.object;
        let (api_version, kind) = (api_version.clone(), kind.clone());
        *self
            .done
            .counts
            .not_modelled
            .entry((api_version.clone(), kind.clone()))
            .or_default() += 1;
        self.done.not_modelled.push(NotModelled {
            api_version: api_version.clone(),
            kind: kind.clone(),
            name: ObjectName::new(
                written.object.namespace.as_str(),
                written.object.name.as_str(),
            ),
            tree: Arc::new(tree.clone()),
            span: span_at(tree, "kind").shifted(written.origin),
        });
    }

    fn report(
        &mut self,
        severity: Severity,
        written: Written,
        span: Span,
        problem: Problem,
        fix: Option<Fix>,
    ) {
        let fix = fix.map(|fix| fix.shifted(written.origin));
        self.done.diagnostics.push(Diagnostic {
            severity,
            span: span.shifted(written.origin),
            problem,
            fix,
        });
    }

    /// Error messages with their fields. A field error is printed as kubectl prints it if it is the only one.
    fn refused_fields(
        &self,
        resource: &Resource,
        written: Written,
        rejection: Rejection,
    ) -> Vec<RefusedField> {
        let Written { object, file, .. } = written;
        let words =
            |rejection: &Rejection| rejection.stderr(resource, &object.name, "creating", file);
        match rejection {
            Rejection::Invalid(errors) => errors
                .into_iter()
                .map(|error| RefusedField {
                    field: error.field.to_string(),
                    span: span_of(&object.tree, &error.field),
                    fix: repair::of_error(written, &error, &self.store.allocator),
                    message: words(&Rejection::Invalid(vec![error])),
                })
                .collect(),
            Rejection::Internal(_)
            | Rejection::Unknown(_)
            | Rejection::AlreadyExists
            | Rejection::NotFound => {
                vec![RefusedField {
                    field: "metadata.name".to_owned(),
                    span: span_at(&object.tree, "metadata.name"),
                    message: words(&rejection),
                    fix: None,
                }]
            }
        }
    }
}

/// A field for which an object is refused.
struct RefusedField {
    /// Its path.
    field: String,
    /// Where it is, relative to the document.
    span: Span,
    /// What kubectl prints.
    message: String,
    /// An edit that is likely to be meant, relative to the document.
    fix: Option<Fix>,
}

fn span_at(tree: &Yaml, field: &str) -> Span {
    span_of(tree, &FieldPath::from(field))
}

/// The span of a field. The server's errors name `clusterIPs`, which it fills from `clusterIP`.
fn span_of(tree: &Yaml, field: &FieldPath) -> Span {
    let spec = tree.get("spec");
    let is_of_list = match field.0.as_slice() {
        [PathStep::Key(parent), PathStep::Key(list), ..] => {
            parent == "spec" && list == "clusterIPs"
        }
        _ => false,
    };
    let single = spec
        .filter(|spec| is_of_list && spec.get("clusterIPs").is_none())
        .and_then(|spec| spec.get("clusterIP"));
    single.unwrap_or_else(|| tree.nearest(field)).span
}

/// The field that a warning is about: most warnings begin with it.
fn field_in(warning: &str) -> &str {
    let field = warning.split([':', ' ']).next().unwrap_or_default();
    if field.starts_with("spec.") || field.starts_with("metadata.") {
        field
    } else {
        "metadata.name"
    }
}

/// The object as kubectl sends it: with namespace, `apiVersion` and `kind`.
pub(crate) fn as_sent(kind: Kind, object: &Object) -> Yaml {
    let needs_namespace = kind.is_namespaced() && object.namespace.is_empty();
    let mut tree = object.tree.clone();
    if !needs_namespace && object.tree.get("kind").is_some() {
        return tree;
    }
    tree.set(
        "apiVersion",
        YamlValue::String(object.api_version.clone().into()),
    );
    tree.set("kind", YamlValue::String(object.kind.clone().into()));
    if let Some(metadata) = tree.get_mut("metadata").filter(|_| needs_namespace) {
        metadata.set("namespace", YamlValue::String(DEFAULT_NAMESPACE.into()));
    }
    tree
}

/// The kind, if it is modelled. Items of a typed list need not name their own.
fn kind_of(object: &Object) -> Option<Kind> {
    Kind::named(&object.api_version, &object.kind)
}

fn namespace_of(object: &Object) -> &str {
    if object.namespace.is_empty() {
        DEFAULT_NAMESPACE
    } else {
        &object.namespace
    }
}

/// Whether the object is a DNS server's pod or workload.
fn is_name_server(object: &Object) -> bool {
    let (key, value) = KUBE_DNS_LABEL;
    let is_it = |label: &Yaml| label.as_str() == Some(value);
    let carries = |tree: &Yaml| {
        let labels = tree
            .get("metadata")
            .and_then(|metadata| metadata.get("labels"));
        labels.and_then(|labels| labels.get(key)).is_some_and(is_it)
    };
    let template = object
        .tree
        .get("spec")
        .and_then(|spec| spec.get("template"));
    let is_pod = object.kind == "Pod" && carries(&object.tree);
    namespace_of(object) == KUBE_SYSTEM && (is_pod || template.is_some_and(carries))
}
