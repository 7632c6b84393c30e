//! Admission: what the API server does with an object before it has it.
//!
//! The object stays the tree that was written: it gets the shape of the server's types ([`shape`]), the defaults
//! ([`default`]), for Services addresses and ports ([`allocate`]), and is checked ([`validate`]). What was wrong keeps
//! the path of its field, so that its place in the text is [`Node::nearest`] in the tree that was written. The order is
//! the server's: the first step that fails is the only one that is reported.
//! (`staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go`)

mod allocate;
pub mod allocator;
mod default;
pub mod error;
mod families;
mod field;
mod json;
pub mod kind;
pub mod rejection;
mod replace;
mod shape;
mod spec;
mod validate;
mod warnings;
mod warnings_of_pods;

use std::collections::BTreeMap;

pub use allocator::Allocator;
use allocator::Grant;
pub use error::ApiError;
pub use kind::Kind;
pub use rejection::Rejection;

use crate::engine::manifest::tree::{Node, Value};
use crate::engine::names::ObjectName;

/// What the server answers to an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Admitted {
    /// The object as it is stored, or why it is not.
    pub outcome: Result<Node, Rejection>,
    /// What the server warns of all the same.
    pub warnings: Vec<String>,
}

/// What the server has: its objects, and what of its ranges is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Store {
    /// Every object as it is stored.
    pub objects: BTreeMap<(Kind, ObjectName), Node>,
    /// The ranges for Services.
    pub allocator: Allocator,
}

impl Store {
    /// A server without objects.
    pub fn new(allocator: Allocator) -> Store {
        Store { objects: BTreeMap::new(), allocator }
    }

    /// `kubectl create`: takes a decoded object that is not there yet.
    pub fn create(&mut self, kind: Kind, written: &Node) -> Admitted {
        let mut object = defaulted(kind, written);
        generate_name(&mut object);
        let id = id_of(kind, &object);
        let grant = match kind == Kind::Service {
            true => allocate::create(&mut object, &mut self.allocator),
            false => Ok(Grant::default()),
        };
        let grant = match grant {
            Ok(grant) => grant,
            Err(rejection) => return refused(rejection),
        };
        let errors = validate::errors(kind, &object);
        let rejection = match (errors.is_empty(), self.objects.contains_key(&(kind, id.clone()))) {
            (false, _) => Some(Rejection::Invalid(errors)),
            (true, true) => Some(Rejection::AlreadyExists),
            (true, false) => None,
        };
        match rejection {
            Some(rejection) => {
                self.allocator.release(&grant);
                refused(rejection)
            }
            None => self.take(kind, id, object),
        }
    }

    /// `kubectl replace`: puts a decoded object in the place of the one of its name.
    pub fn replace(&mut self, kind: Kind, written: &Node) -> Admitted {
        let mut object = defaulted(kind, written);
        let id = id_of(kind, &object);
        let Some(old) = self.objects.get(&(kind, id.clone())).cloned() else { return refused(Rejection::NotFound) };
        carry_over(kind, &mut object, &old);
        let grants = match kind == Kind::Service {
            true => replace::update(&mut object, &old, &mut self.allocator),
            false => Ok(Default::default()),
        };
        let (grant, released) = match grants {
            Ok(grants) => grants,
            Err(rejection) => return refused(rejection),
        };
        let errors = changed_errors(kind, &object, &old);
        if errors.is_empty() {
            self.allocator.release(&released);
            self.take(kind, id, object)
        } else {
            self.allocator.release(&grant);
            refused(Rejection::Invalid(errors))
        }
    }

    fn take(&mut self, kind: Kind, id: ObjectName, object: Node) -> Admitted {
        self.objects.insert((kind, id), object.clone());
        Admitted { warnings: warnings::of(kind, &object), outcome: Ok(object) }
    }
}

fn refused(rejection: Rejection) -> Admitted {
    Admitted { outcome: Err(rejection), warnings: Vec::new() }
}

fn defaulted(kind: Kind, written: &Node) -> Node {
    let mut object = written.clone();
    shape::settle(kind, &mut object);
    default::fill(kind, &mut object);
    object
}

/// What must not change stands before the rules for a Service, and behind them for other kinds.
fn changed_errors(kind: Kind, object: &Node, old: &Node) -> Vec<ApiError> {
    let (update, all) = (validate::update_errors(kind, object, old), validate::errors(kind, object));
    let (mut first, then) = if kind == Kind::Service { (update, all) } else { (all, update) };
    first.extend(then);
    first
}

/// The status is not the user's to write; a generation counts the changes of what is.
fn carry_over(kind: Kind, object: &mut Node, old: &Node) {
    match old.get("status").cloned() {
        Some(status) => object.set("status", status.value),
        None => drop(object.remove("status")),
    }
    if !kind.has_generation() {
        return;
    }
    let generation = field::Field::root(old).at(&["metadata", "generation"]).int();
    let is_same = json::to_json(object.get("spec")) == json::to_json(old.get("spec"));
    if let Some(metadata) = object.get_mut("metadata") {
        metadata.set("generation", Value::Int(generation + i64::from(!is_same)));
    }
}

fn id_of(kind: Kind, object: &Node) -> ObjectName {
    let metadata = field::Field::root(object).child("metadata");
    let namespace = if kind.is_namespaced() { metadata.child("namespace").text() } else { "" };
    ObjectName::new(namespace, metadata.child("name").text())
}

/// A name is made of `generateName` when none is written. A server ends it in five random characters; here they follow
/// from the object.
fn generate_name(object: &mut Node) {
    let seed = json::to_json(Some(object));
    let Some(metadata) = object.get_mut("metadata") else { return };
    let text = |metadata: &Node, key: &str| metadata.get(key).and_then(Node::as_str).unwrap_or_default().to_owned();
    let base = text(metadata, "generateName");
    if text(metadata, "name").is_empty() && !base.is_empty() {
        let name = super::suffix::generated_name(&base, &seed);
        metadata.set("name", Value::String(name));
    }
}
