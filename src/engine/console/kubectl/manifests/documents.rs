//! The editor's text as kubectl would find it applied: which object is in which document, and the server's answer when
//! one is created or changed.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::super::Shell;
use super::STDIN;
use crate::admission::{Admitted, Store, errors_of_unmodelled};
use crate::api_resources::{Resource, Scope, of_object};
use crate::apiserver::Rejection;
use crate::diagnostic::{ApplyFault, Fix};
use crate::kinds::Kind;
use crate::manifest::edit::{appended, applied, difference};
use crate::manifest::tree::Yaml;
use crate::manifest::{Object, Source, decode};
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::resolve::{as_sent, store_after};

/// A text with what was written into it.
pub(super) struct Documents<'a> {
    pub(super) text: &'a str,
    source: Source,
    store: Store,
    /// The edits of each document that changes.
    changed: BTreeMap<usize, Vec<Fix>>,
    added: Vec<String>,
}

/// How an object is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    /// It must not be there.
    Create,
    /// It may be there.
    Apply,
    /// It is there.
    Patch,
}

/// What became of an object.
pub(super) struct Done {
    /// `service/web`.
    pub(super) name: String,
    /// `created`, `configured`, ….
    pub(super) how: &'static str,
    /// The server's warnings.
    pub(super) warnings: String,
}

impl<'a> Documents<'a> {
    pub(super) fn of(shell: Shell<'a>) -> Documents<'a> {
        let source = Source::read(shell.text);
        Documents {
            text: shell.text,
            store: store_after(&source, &shell.network.cluster().config),
            source,
            changed: BTreeMap::new(),
            added: Vec::new(),
        }
    }

    /// The edits of all that was written.
    pub(super) fn edits(&self) -> Vec<Fix> {
        let mut edits: Vec<Fix> = self.changed.values().flatten().cloned().collect();
        if !self.added.is_empty() {
            edits.push(appended(self.text, &self.added.join("---\n")));
        }
        edits
    }

    /// The text with all of it.
    pub(super) fn after(&self) -> String {
        applied(self.text, &self.edits())
    }

    /// Where an object is written, and the object.
    pub(super) fn find(&self, resource: &Resource, name: &ObjectName) -> Option<(usize, &Object)> {
        let mut objects = self.source.objects();
        let found = objects.find(|own| {
            let object = own.object;
            of_object(&object.api_version, &object.kind) == Some(resource)
                && id_of(resource, object) == *name
        });
        found.map(|own| (own.document, own.object))
    }

    /// What the server stores of an object.
    pub(super) fn stored(&self, resource: &Resource, name: &ObjectName) -> Option<Value> {
        let mut objects = self.store.objects.iter();
        let (_, tree) =
            objects.find(|((kind, id), _)| kind.resource() == resource && id == name)?;
        Some(Value::from(&**tree))
    }

    /// Writes an object; `text` is its document. An error is in kubectl's words.
    pub(super) fn put(&mut self, object: &Object, text: String, put: Put) -> Result<Done, String> {
        if let Some(rejection) = decode(object) {
            return Err(rejection.stderr(STDIN));
        }
        let resource = of_object(&object.api_version, &object.kind);
        let Some(resource) = resource else {
            return Err(format!(
                "error: kubehop does not know the kind {}",
                object.kind
            ));
        };
        let id = id_of(resource, object);
        let name = format!("{}/{}", resource.prefix(), object.name);
        let place = self.find(resource, &id);
        let place = place.map(|(document, own)| (document, Value::from(&own.tree)));
        let new = Value::from(&object.tree);
        let is_same = place.as_ref().is_some_and(|(_, old)| *old == new);
        let kind = Kind::named(&object.api_version, &object.kind);
        let is_there = match kind {
            Some(kind) => self.store.objects.contains_key(&(kind, id.clone())),
            None => place.is_some(),
        };
        let how = match (put, is_there, is_same) {
            (Put::Apply, true, true) => "unchanged",
            (Put::Patch, true, true) => "patched (no change)",
            (Put::Apply, true, false) => "configured",
            (Put::Patch, true, false) => "patched",
            (_, false, _) | (Put::Create, true, _) => "created",
        };
        let mut warnings = String::new();
        if !(is_there && is_same) || put == Put::Create {
            warnings = match kind {
                Some(kind) => self.ask_server(kind, object, is_there && put != Put::Create)?,
                None if is_there && put == Put::Create => {
                    return Err(
                        Rejection::AlreadyExists.stderr(resource, &id.name, "creating", STDIN)
                    );
                }
                None => {
                    refuse_unmodelled(resource, object)?;
                    String::new()
                }
            };
            self.write(place.map(|(document, _)| document), text, &new, put)?;
        }
        Ok(Done {
            name,
            how,
            warnings,
        })
    }

    /// Asks the server to store an object; the answer is its warnings.
    fn ask_server(
        &mut self,
        kind: Kind,
        object: &Object,
        is_there: bool,
    ) -> Result<String, String> {
        let sent = as_sent(kind, object);
        if is_there {
            let id = id_of(kind.resource(), object);
            let stored = self.store.objects.get(&(kind, id));
            if let Some(refusal) = stored.and_then(|stored| merge_refusal(kind, stored, &sent)) {
                return Err(refusal);
            }
        }
        let Admitted { outcome, warnings } = if is_there {
            self.store.patch(kind, sent)
        } else {
            self.store.create(kind, sent)
        };
        let doing = if is_there { "patching" } else { "creating" };
        match outcome {
            Ok(_) => Ok(warnings
                .iter()
                .map(|warning| format!("Warning: {warning}\n"))
                .collect()),
            Err(rejection) => Err(rejection.stderr(kind.resource(), &object.name, doing, STDIN)),
        }
    }

    fn write(
        &mut self,
        place: Option<usize>,
        text: String,
        new: &Value,
        put: Put,
    ) -> Result<(), String> {
        let text = if text.ends_with('\n') {
            text
        } else {
            text + "\n"
        };
        let Some(place) = place else {
            self.added.push(text);
            return Ok(());
        };
        let document = &self.source.documents[place];
        if document.objects().len() != 1 {
            return Err(
                "error: kubehop writes no item of a list: change it in the editor".to_owned(),
            );
        }
        let in_style = difference(document, new).filter(|_| put == Put::Patch);
        let whole = || {
            vec![Fix {
                span: document.span(),
                text,
            }]
        };
        self.changed.insert(place, in_style.unwrap_or_else(whole));
        Ok(())
    }
}

/// Why an object is not written: kubectl, which merges it into the stored one, would store other ports.
fn merge_refusal(kind: Kind, stored: &Yaml, sent: &Yaml) -> Option<String> {
    let faults = (kind.spec().lost_by_apply)(stored, sent).into_iter();
    faults.map(|(_, fault)| fault).find_map(|fault| match fault {
        ApplyFault::ApplyMergesPorts {
            written, stored, ..
        } => Some(format!(
            "kubehop: kubectl merges ports by their number: of {written} it would store {stored}, so nothing is written; \
             write the ports in the editor"
        )),
        ApplyFault::ObjectRefused { .. }
        | ApplyFault::SeparatorMissing { .. }
        | ApplyFault::ApplyRemovesSelector { .. }
        | ApplyFault::ValueTaken { .. }
        | ApplyFault::NamespaceComesLater { .. } => None,
    })
}

/// The server's error about an object of a kind that is not modelled, if it refuses it.
fn refuse_unmodelled(resource: &Resource, object: &Object) -> Result<(), String> {
    let errors = errors_of_unmodelled(&object.api_version, &object.kind, object.tree.clone());
    if errors.is_empty() {
        return Ok(());
    }
    let rejection = Rejection::Invalid(errors);
    Err(rejection.stderr(resource, &object.name, "creating", STDIN))
}

/// The name of an object, in the namespace where kubectl puts it.
fn id_of(resource: &Resource, object: &Object) -> ObjectName {
    let namespace = match (resource.scope, object.namespace.as_str()) {
        (Scope::Cluster, _) => "",
        (Scope::Namespace, "") => DEFAULT_NAMESPACE,
        (Scope::Namespace, own) => own,
    };
    ObjectName::new(namespace, object.name.as_str())
}

/// The edit that takes an object out of the text; `None` if it is not written, or an item of a list.
pub(in crate::console::kubectl) fn removal(
    text: &str,
    resource: &Resource,
    name: &ObjectName,
) -> Option<Fix> {
    let source = Source::read(text);
    let mut objects = source.objects();
    let found = objects.find(|own| {
        of_object(&own.object.api_version, &own.object.kind) == Some(resource)
            && id_of(resource, own.object) == *name
    })?;
    let document = &source.documents[found.document];
    if document.objects().len() != 1 {
        return None;
    }
    let mut span = document.span();
    if let Some(next) = source.documents.get(found.document + 1) {
        span.end = next.origin;
    }
    Some(Fix {
        span,
        text: String::new(),
    })
}
