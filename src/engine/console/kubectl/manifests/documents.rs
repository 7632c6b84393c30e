//! The editor's text as kubectl would find it applied: which object is in which document, and the server's answer when
//! one is created or changed.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::super::Shell;
use super::super::object_store::{place, set_if_absent, store_of};
use super::super::yaml;
use super::STDIN;
use super::kept::{kept_fields, write_kept};
use super::merge::{Lists, three_way};
use super::restated::restated;
use crate::admission::{Admitted, Store, errors_of_unmodelled};
use crate::api_resources::{Resource, Scope, of_object};
use crate::apiserver::{Rejection, Warning};
use crate::diagnostic::{ApplyFault, Fix};
use crate::kinds::Kind;
use crate::manifest::edit::{appended, applied, difference};
use crate::manifest::tree::Yaml;
use crate::manifest::{Object, Source, decode};
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::resolve::events::Event;
use crate::resolve::{as_sent, store_after};

/// A text with what was written into it.
pub(super) struct Documents<'a> {
    shell: Shell<'a>,
    source: Source,
    store: Store,
    /// The edits of each document that changes.
    changed: BTreeMap<usize, Vec<Fix>>,
    added: Vec<String>,
    /// What sets fields that commands changed in the cluster alone.
    pub(super) events: Vec<Event>,
}

/// How an object is written.
pub(super) enum Put {
    /// It must not be there.
    Create,
    /// It may be there.
    Apply,
    /// It is there.
    Patch {
        /// What is stored, after the patch; `None` of a kind that is not modelled.
        stored: Option<Value>,
        /// The fields that the patch states.
        stated: Value,
    },
}

/// What became of an object.
pub(super) struct Done {
    /// `service/web`.
    pub(super) name: String,
    /// `created`, `configured`, ….
    pub(super) how: &'static str,
    /// The server's warnings, and notes.
    pub(super) warnings: String,
}

/// An object as it is to be written.
struct Wanted<'o> {
    object: &'o Object,
    /// Its document.
    text: String,
    value: Value,
    /// The document where it is written now, and what is written there.
    place: Option<(usize, Value)>,
}

impl Wanted<'_> {
    fn is_written(&self) -> bool {
        self.place
            .as_ref()
            .is_some_and(|(_, old)| *old == self.value)
    }

    fn document(&self) -> Option<usize> {
        self.place.as_ref().map(|(document, _)| *document)
    }
}

impl<'a> Documents<'a> {
    pub(super) fn of(shell: Shell<'a>) -> Documents<'a> {
        let source = Source::read(shell.text);
        Documents {
            shell,
            store: store_after(&source, &shell.network.cluster().config),
            source,
            changed: BTreeMap::new(),
            added: Vec::new(),
            events: Vec::new(),
        }
    }

    /// The text as it was.
    pub(super) fn text(&self) -> &'a str {
        self.shell.text
    }

    /// The edits of all that was written.
    pub(super) fn edits(&self) -> Vec<Fix> {
        let mut edits: Vec<Fix> = self.changed.values().flatten().cloned().collect();
        if !self.added.is_empty() {
            edits.push(appended(self.text(), &self.added.join("---\n")));
        }
        edits
    }

    /// The text with all of it.
    pub(super) fn after(&self) -> String {
        applied(self.text(), &self.edits())
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

    /// An object after what was written, as the server answers: with the status of before.
    pub(super) fn answered(&self, object: &Object) -> Value {
        let written = Value::from(&object.tree);
        let Some(resource) = of_object(&object.api_version, &object.kind) else {
            return written;
        };
        let id = id_of(resource, object);
        let mut answer = self.stored(resource, &id).unwrap_or(written);
        let Shell { network, clock, .. } = self.shell;
        let live = store_of(&network.resolved, clock);
        let live = live.find(resource.kind, &id);
        let status = live.and_then(|item| item.tree.get("status"));
        if let Some(status) = status {
            *place(&mut answer, &["status"]) = Value::from(status);
        }
        if resource.scope == Scope::Namespace {
            let namespace = id.namespace.as_str().into();
            set_if_absent(&mut answer, &["metadata", "namespace"], namespace);
        }
        let made = clock.made.written().into();
        set_if_absent(&mut answer, &["metadata", "creationTimestamp"], made);
        answer
    }

    /// Writes an object; `text` is its document. An error is in kubectl's words.
    pub(super) fn put(&mut self, object: &Object, text: String, put: &Put) -> Result<Done, String> {
        if let Some(rejection) = decode(object) {
            return Err(rejection.stderr(STDIN));
        }
        let resource = of_object(&object.api_version, &object.kind)
            .ok_or_else(|| format!("error: kubehop does not know the kind {}", object.kind))?;
        let id = id_of(resource, object);
        let place = self.find(resource, &id);
        let wanted = Wanted {
            place: place.map(|(document, own)| (document, Value::from(&own.tree))),
            value: Value::from(&object.tree),
            object,
            text,
        };
        let kind = Kind::named(&object.api_version, &object.kind);
        let stored = kind.and_then(|kind| self.store.objects.get(&(kind, id.clone())).cloned());
        let (how, warnings) = match (kind, stored, put) {
            (Some(kind), Some(stored), Put::Apply | Put::Patch { .. }) => {
                self.change((kind, &id), &stored, wanted, put)?
            }
            (Some(kind), ..) => self.create(kind, wanted, put)?,
            (None, _, _) => self.put_unmodelled(resource, wanted, put)?,
        };
        Ok(Done {
            name: format!("{}/{}", resource.prefix(), object.name),
            how,
            warnings,
        })
    }

    fn create(
        &mut self,
        kind: Kind,
        wanted: Wanted<'_>,
        put: &Put,
    ) -> Result<(&'static str, String), String> {
        let sent = as_sent(kind, wanted.object);
        let Admitted { outcome, warnings } = self.store.create(kind, sent);
        outcome.map_err(|rejection| {
            rejection.stderr(kind.resource(), &wanted.object.name, "creating", STDIN)
        })?;
        self.write(wanted.document(), wanted.text, &wanted.value, put)?;
        Ok(("created", told(&warnings)))
    }

    /// Merges what is applied, or the patch, into what is stored.
    fn change(
        &mut self,
        (kind, id): (Kind, &ObjectName),
        before: &Yaml,
        wanted: Wanted<'_>,
        put: &Put,
    ) -> Result<(&'static str, String), String> {
        let live = Value::from(before);
        let sent = Value::from(&as_sent(kind, wanted.object));
        let nothing = Value::Null;
        let original = wanted.place.as_ref().map(|(_, old)| old);
        let (merged, applied, stated) = match put {
            Put::Patch { stored, stated } => (stored.clone().unwrap_or(sent), stated, stated),
            Put::Create | Put::Apply => {
                let mut merged = live.clone();
                three_way(&mut merged, original, &sent, Lists::of(kind.resource()));
                (merged, original.unwrap_or(&nothing), &wanted.value)
            }
        };
        let events = restated(self.shell, (kind, id), before, applied, stated);
        let is_restated = !events.is_empty();
        let is_patch = matches!(put, Put::Patch { .. });
        if !is_patch && wanted.is_written() {
            self.events.extend(events);
            let how = if is_restated {
                "configured"
            } else {
                "unchanged"
            };
            return Ok((how, String::new()));
        }
        let merged = Yaml::from(merged);
        let Admitted { outcome, warnings } = self.store.replace(kind, merged);
        let after = outcome.map_err(|rejection| {
            rejection.stderr(kind.resource(), &wanted.object.name, "patching", STDIN)
        })?;
        self.events.extend(events);
        let mut told = told(&warnings);
        if is_patch && Value::from(&*after) == live {
            let how = if is_restated {
                "patched"
            } else {
                "patched (no change)"
            };
            return Ok((how, told));
        }
        if !is_patch {
            told += &note_of_ports(kind, before, wanted.object);
        }
        let kept = self.write_changed((kind, id), wanted, &after, put)?;
        if !is_patch && !kept.is_empty() {
            told += &format!(
                "kubehop: kubectl apply merges into what is stored, which keeps {}: written into the text as well\n",
                kept.join(", ")
            );
        }
        Ok((if is_patch { "patched" } else { "configured" }, told))
    }

    /// Writes an object that was changed, with what it keeps of before; the answer is the fields of that.
    fn write_changed(
        &mut self,
        (kind, id): (Kind, &ObjectName),
        wanted: Wanted<'_>,
        after: &Yaml,
        put: &Put,
    ) -> Result<Vec<String>, String> {
        let (document, added) = (wanted.document(), self.added.len());
        self.write(document, wanted.text.clone(), &wanted.value, put)?;
        let source = Source::read(&self.after());
        let store = store_after(&source, &self.shell.network.cluster().config);
        let Some(created) = store.objects.get(&(kind, id.clone())) else {
            return Ok(Vec::new());
        };
        let (created, after) = (Value::from(&**created), Value::from(after));
        let kept = kept_fields(&created, &after);
        if !kept.is_empty() {
            let mut whole = wanted.value;
            write_kept(&mut whole, &created, &after);
            self.added.truncate(added);
            self.write(document, rewritten(&wanted.text, &whole), &whole, put)?;
        }
        Ok(kept)
    }

    fn put_unmodelled(
        &mut self,
        resource: &Resource,
        wanted: Wanted<'_>,
        put: &Put,
    ) -> Result<(&'static str, String), String> {
        let (is_there, is_same) = (wanted.place.is_some(), wanted.is_written());
        let how = match put {
            Put::Create if is_there => {
                let rejection = Rejection::AlreadyExists;
                return Err(rejection.stderr(resource, &wanted.object.name, "creating", STDIN));
            }
            Put::Apply if is_same => "unchanged",
            Put::Patch { .. } if is_same => "patched (no change)",
            Put::Apply if is_there => "configured",
            Put::Patch { .. } if is_there => "patched",
            Put::Create | Put::Apply | Put::Patch { .. } => "created",
        };
        if !is_same {
            refuse_unmodelled(resource, wanted.object)?;
            self.write(wanted.document(), wanted.text, &wanted.value, put)?;
        }
        Ok((how, String::new()))
    }

    fn write(
        &mut self,
        place: Option<usize>,
        text: String,
        new: &Value,
        put: &Put,
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
        let is_patch = matches!(put, Put::Patch { .. });
        let in_style = difference(document, new).filter(|_| is_patch);
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

/// A document with another object, in its own style where that can be.
fn rewritten(text: &str, whole: &Value) -> String {
    let source = Source::read(text);
    let first = source.documents.first();
    let edits = first.and_then(|document| difference(document, whole));
    edits.map_or_else(|| yaml::write(whole), |edits| applied(text, &edits))
}

fn told(warnings: &[Warning]) -> String {
    let lines = warnings
        .iter()
        .map(|warning| format!("Warning: {warning}\n"));
    lines.collect()
}

/// What is said where kubectl, which merges ports by their number, loses one.
fn note_of_ports(kind: Kind, stored: &Yaml, object: &Object) -> String {
    let faults = (kind.spec().lost_by_apply)(stored, &object.tree).into_iter();
    let note = faults.map(|(_, fault)| match fault {
        ApplyFault::ApplyMergesPorts {
            written, stored, ..
        } => format!(
            "kubehop: kubectl merges ports by their number: of {written} it stores {stored}\n"
        ),
        ApplyFault::ObjectRefused { .. }
        | ApplyFault::SeparatorMissing { .. }
        | ApplyFault::ApplyRemovesSelector { .. }
        | ApplyFault::ValueTaken { .. }
        | ApplyFault::NamespaceComesLater { .. } => String::new(),
    });
    note.collect()
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
