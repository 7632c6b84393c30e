//! Objects of a text: stored ones, those of kinds that are not modelled, and those that were refused.

use std::sync::Arc;

use crate::cluster::system_objects::KUBE_SYSTEM;
use crate::diagnostic::{Fix, Position, Span};
use crate::kinds::Kind;
use crate::manifest::tree::{FieldPath, Yaml};
use crate::names::{DEFAULT_NAMESPACE, ObjectName};

/// An object that is not stored, since kubectl or the API server refuses it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RefusedObject {
    /// What it is.
    pub(crate) kind: RefusedKind,
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

/// The kind of a refused object. Its `apiVersion` may be what is wrong with it: the kind is known by its name alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RefusedKind {
    /// It is modelled.
    Modelled(Kind),
    /// It is not, or there is no such kind; `kind` as written.
    Other(String),
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
    /// The document's index in [`crate::manifest::Source::documents`].
    pub document: usize,
    /// Where the document begins.
    pub origin: Position,
}

impl RefusedKind {
    /// The kind that is written so.
    pub(super) fn named(name: &str) -> RefusedKind {
        match Kind::with_name(name) {
            Some(kind) => RefusedKind::Modelled(kind),
            None => RefusedKind::Other(name.to_owned()),
        }
    }

    /// The modelled kind, if it is one.
    pub(crate) fn modelled(&self) -> Option<Kind> {
        match self {
            RefusedKind::Modelled(kind) => Some(*kind),
            RefusedKind::Other(_) => None,
        }
    }

    /// `kind`.
    pub(crate) fn name(&self) -> &str {
        match self {
            RefusedKind::Modelled(kind) => kind.name(),
            RefusedKind::Other(name) => name,
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

    /// The span of a value of it in the whole text.
    pub(crate) fn span_of(&self, value: &Yaml) -> Span {
        value.span.shifted(self.origin())
    }

    /// Where its document begins.
    pub(crate) fn origin(&self) -> Position {
        let kind = self
            .tree
            .get("kind")
            .map_or(self.tree.span, |kind| kind.span);
        Position {
            line: self.span.start.line - kind.start.line + 1,
            column: 1,
            offset: self.span.start.offset - kind.start.offset,
        }
    }

    /// Whether it is a ConfigMap that CoreDNS reads its configuration from: kubeadm's, or the one whose parts the Corefiles
    /// of k3s and AKS import.
    pub(crate) fn is_corefile(&self) -> bool {
        let is_config_map = self.kind == "ConfigMap" && self.api_version == "v1";
        is_config_map
            && self.name.namespace == KUBE_SYSTEM
            && matches!(self.name.name.as_str(), "coredns" | "coredns-custom")
    }
}

impl Stored {
    /// The object that the API server stored under this kind and its own name.
    pub(super) fn of(kind: Kind, tree: Arc<Yaml>, written: Option<WrittenAt>) -> Stored {
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
