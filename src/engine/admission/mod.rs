//! Admission: what the API server does with an object before storing it.
//!
//! The object stays a YAML tree: it is normalised (`omitempty`), gets defaults and, for Services, addresses and ports, and
//! is validated; its kind ([`crate::kinds`]) names the rules. The order is the server's: only the first step that
//! fails is reported.
//! (`staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go`)

mod carry_over;
mod errors;
mod metadata;
mod omitempty;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::apiserver::field::Field;
use crate::apiserver::{Allocator, ApiError, Rejection, Warning, validation};
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use carry_over::{carry_over, count_generation};
use errors::{changed_errors, create_errors, update_errors};
use metadata::{generate_name, id_of};

/// What the server answers to an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Admitted {
    /// The object as it is stored, or why it is not.
    pub outcome: Result<Arc<Yaml>, Rejection>,
    /// What the server warns of all the same.
    pub warnings: Vec<Warning>,
}

/// What the server stores: its objects, and which addresses and ports of its ranges are allocated.
#[derive(Clone, Debug, PartialEq)]
pub struct Store {
    /// Every object as it is stored.
    pub objects: BTreeMap<(Kind, ObjectName), Arc<Yaml>>,
    /// The ranges for Services.
    pub allocator: Allocator,
}

impl Store {
    /// A server without objects.
    pub fn new(allocator: Allocator) -> Store {
        Store {
            objects: BTreeMap::new(),
            allocator,
        }
    }

    /// `kubectl create`: stores a decoded object, unless one of its kind and name is stored already.
    pub fn create(&mut self, kind: Kind, written: Yaml) -> Admitted {
        let mut object = defaulted(kind, written);
        generate_name(&mut object);
        (kind.spec().prepare_create)(&mut object);
        let early = early_warnings(kind, &mut object);
        let id = id_of(kind, &object);
        let grant = match (kind.spec().allocate)(&mut object, &mut self.allocator) {
            Ok(grant) => grant,
            Err(rejection) => return refused(rejection),
        };
        let errors = create_errors(kind, &object);
        let rejection = if !errors.is_empty() {
            Rejection::Invalid(errors)
        } else if self.objects.contains_key(&(kind, id.clone())) {
            Rejection::AlreadyExists
        } else {
            let warnings = (kind.spec().warnings)(&Field::root(&object));
            return with_early(early, self.store(kind, id, object, warnings));
        };
        self.allocator.release(&grant);
        Admitted {
            warnings: early,
            ..refused(rejection)
        }
    }

    /// `kubectl replace`: stores a decoded object instead of the one of its kind and name.
    pub fn replace(&mut self, kind: Kind, written: Yaml) -> Admitted {
        self.change(kind, written, |_| {})
    }

    /// `kubectl apply` and `kubectl patch`: as [`Store::replace`], but with what the server added to the new object, which
    /// stays when an object is merged into it.
    pub fn patch(&mut self, kind: Kind, written: Yaml) -> Admitted {
        self.change(kind, written, kind.spec().prepare_create)
    }

    fn change(&mut self, kind: Kind, written: Yaml, add: fn(&mut Yaml)) -> Admitted {
        let mut object = defaulted(kind, written);
        let id = id_of(kind, &object);
        let Some(old) = self.objects.get(&(kind, id.clone())).cloned() else {
            return refused(Rejection::NotFound);
        };
        carry_over(kind, &mut object, &old);
        add(&mut object);
        count_generation(kind, &mut object, &old);
        let reallocated = (kind.spec().reallocate)(&mut object, &old, &mut self.allocator);
        let grants = match reallocated {
            Ok(grants) => grants,
            Err(rejection) => return refused(rejection),
        };
        let errors = changed_errors(kind, &object, &old);
        if errors.is_empty() {
            self.allocator.release(&grants.unneeded);
            let warnings = (kind.spec().update_warnings)(&Field::root(&object), &Field::root(&old));
            self.store(kind, id, object, warnings)
        } else {
            self.allocator.release(&grants.granted);
            refused(Rejection::Invalid(errors))
        }
    }

    /// What must not change when the stored object of this name is to become `written`, as `kubectl apply` would have it.
    pub fn unchangeable(&mut self, kind: Kind, written: Yaml) -> Vec<ApiError> {
        let mut object = defaulted(kind, written);
        let Some(old) = self.objects.get(&(kind, id_of(kind, &object))).cloned() else {
            return Vec::new();
        };
        carry_over(kind, &mut object, &old);
        (kind.spec().prepare_create)(&mut object);
        early_warnings(kind, &mut object);
        match (kind.spec().reallocate)(&mut object, &old, &mut self.allocator) {
            Ok(grants) => self.allocator.release(&grants.granted),
            Err(Rejection::Invalid(errors)) => return errors,
            Err(
                Rejection::Unknown(_)
                | Rejection::Internal(_)
                | Rejection::AlreadyExists
                | Rejection::NotFound,
            ) => return Vec::new(),
        }
        update_errors(kind, &object, &old)
    }

    /// Stores an object that was validated.
    fn store(
        &mut self,
        kind: Kind,
        id: ObjectName,
        object: Yaml,
        warnings: Vec<Warning>,
    ) -> Admitted {
        let object = Arc::new(object);
        self.objects.insert((kind, id), Arc::clone(&object));
        Admitted {
            warnings,
            outcome: Ok(object),
        }
    }
}

/// A valid object as the server stores it, without storing it: one that a controller makes.
pub(crate) fn as_created(kind: Kind, written: Yaml) -> Yaml {
    let mut object = defaulted(kind, written);
    (kind.spec().prepare_create)(&mut object);
    early_warnings(kind, &mut object);
    object
}

/// What is wrong with a decoded object of a kind that is stored without being modelled.
pub(crate) fn errors_of_unmodelled(
    api_version: &str,
    kind: &str,
    mut object: Yaml,
) -> Vec<ApiError> {
    metadata::fill_namespace(&mut object);
    generate_name(&mut object);
    validation::unmodelled::errors(api_version, kind, &Field::root(&object))
}

/// What is done with a new object before it is validated, and the warnings of that.
fn early_warnings(kind: Kind, object: &mut Yaml) -> Vec<Warning> {
    (kind.spec().prepare)(object)
}

fn with_early(mut early: Vec<Warning>, admitted: Admitted) -> Admitted {
    early.extend(admitted.warnings);
    Admitted {
        warnings: early,
        ..admitted
    }
}

fn refused(rejection: Rejection) -> Admitted {
    Admitted {
        outcome: Err(rejection),
        warnings: Vec::new(),
    }
}

/// The object with all its defaults.
fn defaulted(kind: Kind, mut object: Yaml) -> Yaml {
    omitempty::settle(kind, &mut object);
    metadata::fill(kind, &mut object);
    (kind.spec().fill_defaults)(&mut object);
    object
}

/// Objects for tests, written as JSON.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::cluster::config::Config;

    pub(crate) fn node(json: &str) -> Yaml {
        serde_json::from_str::<serde_json::Value>(json)
            .expect("is JSON")
            .into()
    }

    pub(crate) fn store() -> Store {
        Store::new(Allocator::new(&Config::default()))
    }

    /// What kubectl prints when the object is created; nothing when it is taken.
    pub(crate) fn refusal(kind: Kind, json: &str) -> String {
        match store().create(kind, node(json)).outcome {
            Ok(_) => String::new(),
            Err(rejection) => rejection.message(kind.resource(), "web"),
        }
    }
}

#[cfg(test)]
mod tests;
