//! Decodes, admits and stores objects in the order of the text; errors become diagnostics at their fields.

use std::sync::Arc;

use super::refused_fields::{RefusedField, refused_fields, span_at, span_of_warning};
use super::sent::{as_sent, kind_of, namespace_of};
use super::stored::RefusedKind;
use super::system::new_store;
use super::{
    Counts, NotModelled, RefusedObject, Stored, WrittenAt, gateway_stand_in, live_dump,
    not_modelled, repair,
};
use crate::admission::{Admitted, Store, errors_of_unmodelled};
use crate::api_resources;
use crate::apiserver::Rejection;
use crate::cluster::config::Config;
use crate::diagnostic::{Diagnostic, Fault, Fix, Problem, Severity, Span};
use crate::kinds::Kind;
use crate::manifest::{LostObject, Object, Source, Written, decode};
use crate::names::ObjectName;
use crate::sort;

/// What the API server makes of a text.
#[derive(Debug, Default)]
pub(super) struct AdmittedText {
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
pub(super) fn admit(source: &Source, config: &Config) -> AdmittedText {
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
pub(crate) fn store_after(source: &Source, config: &Config) -> Store {
    Server::of(source, config).store
}

/// The API server while it creates one object after the other.
struct Server {
    store: Store,
    done: AdmittedText,
}

impl Server {
    fn new(source: &Source, config: &Config) -> Server {
        let (store, objects) = new_store(source, config);
        let done = AdmittedText {
            objects,
            ..AdmittedText::default()
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
                made.extend(created.map(|tree| Stored::of(kind, tree, None)));
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
        let fields = refused_fields(
            resource,
            written,
            Rejection::Invalid(errors),
            &self.store.allocator,
        );
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
                    .push(Stored::of(kind, stored, Some(written_at)));
            }
            Err(rejection) => {
                let is_there = rejection == Rejection::AlreadyExists;
                let fields =
                    refused_fields(kind.resource(), written, rejection, &self.store.allocator);
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
            .map(|warning| (span_of_warning(tree, &warning), warning.words));
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
            kind: RefusedKind::named(&object.kind),
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
            kind: RefusedKind::named(&object.kind),
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
        let fields = refused_fields(
            kind.resource(),
            written,
            Rejection::Invalid(errors),
            &self.store.allocator,
        );
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
}
