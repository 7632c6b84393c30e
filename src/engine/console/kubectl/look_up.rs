//! Looks the objects of a request up: by name, by namespace, by selectors.

use super::command::{Arguments, Refusal};
use super::fields::FieldSelector;
use super::resource_args::RequestedResource;
use crate::api_resources::{Resource, Scope};
use crate::labels::{Selector, SelectorError};
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::printers::store::{Item, ObjectStore};

/// The objects one part of a request found.
pub(super) struct FoundObjects<'a> {
    /// What they are.
    pub resource: &'static Resource,
    /// The objects.
    pub items: Vec<&'a Item>,
}

/// What a request found, and what it did not.
#[derive(Default)]
pub(super) struct Answer<'a> {
    pub(super) found: Vec<FoundObjects<'a>>,
    pub(super) missing: Vec<(&'static Resource, String)>,
}

pub(super) fn look_up<'a>(
    store: &'a ObjectStore,
    arguments: &Arguments,
    wanted: &[RequestedResource],
) -> Result<Answer<'a>, Refusal> {
    let text = arguments.selector.as_deref().unwrap_or_default();
    let selector = text
        .parse::<Selector>()
        .map_err(|SelectorError(why)| unusable(wanted, arguments, &why))?;
    let mut answer = Answer::default();
    for (resource, name) in wanted {
        let Some(name) = name else {
            let mut items = store.list(resource.kind, namespace(resource, arguments));
            items.retain(|item| selector.matches(&item.labels()));
            if let Some(text) = &arguments.field_selector {
                let fields = FieldSelector::read(text, resource)
                    .map_err(|why| unusable(wanted, arguments, &why))?;
                items.retain(|item| fields.matches(item));
            }
            answer.found.push(FoundObjects { resource, items });
            continue;
        };
        let namespace = namespace(resource, arguments).unwrap_or_default();
        match store.find(resource.kind, &ObjectName::new(namespace, name)) {
            Some(item) => answer.found.push(FoundObjects {
                resource,
                items: vec![item],
            }),
            None => answer.missing.push((resource, name.clone())),
        }
    }
    Ok(answer)
}

/// The API server's words about a selector it cannot read, as kubectl passes them on.
fn unusable(wanted: &[RequestedResource], arguments: &Arguments, why: &str) -> Refusal {
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    let (selector, fields) = (of(&arguments.selector), of(&arguments.field_selector));
    let resource = wanted
        .first()
        .map(|(resource, _)| resource.versioned())
        .unwrap_or_default();
    Refusal(format!(
        "Error from server (BadRequest): Unable to find {resource:?} that match label selector {selector:?}, field \
         selector {fields:?}: {why}\n"
    ))
}

/// The namespace of the requested objects; `None` for all namespaces and for cluster-scoped kinds.
pub(super) fn namespace<'a>(resource: &Resource, arguments: &'a Arguments) -> Option<&'a str> {
    match (resource.scope, arguments.all_namespaces) {
        (Scope::Namespace, false) => Some(namespace_of(arguments)),
        (Scope::Namespace, true) | (Scope::Cluster, _) => None,
    }
}

pub(super) fn namespace_of(arguments: &Arguments) -> &str {
    arguments
        .namespace
        .as_deref()
        .filter(|name| !name.is_empty())
        .unwrap_or(DEFAULT_NAMESPACE)
}

impl<'a> Answer<'a> {
    pub(super) fn is_nothing(&self) -> bool {
        self.found.is_empty()
    }

    /// The exit code: 1 if a named object is missing.
    pub(super) fn status(&self) -> u8 {
        u8::from(!self.missing.is_empty())
    }

    /// The server's words about the objects that are missing.
    pub(super) fn errors(&self) -> String {
        let error = |(resource, name): &(&Resource, String)| {
            format!("Error from server (NotFound): {resource} {name:?} not found\n")
        };
        self.missing.iter().map(error).collect()
    }

    /// `describe` takes a name that does not exist as a prefix.
    pub(super) fn take_those_that_begin_with(&mut self, mut items: Vec<&'a Item>, beginning: &str) {
        items.retain(|item| item.name.name.starts_with(beginning));
        if let Some(first) = items.first() {
            self.missing.clear();
            self.found.push(FoundObjects {
                resource: first.resource,
                items,
            });
        }
    }
}
