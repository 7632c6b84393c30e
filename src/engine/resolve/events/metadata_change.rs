//! A change of a label or an annotation, as `kubectl label` and `kubectl annotate` read it: `app=web`, `app-`.

use std::fmt;

use smol_str::SmolStr;

use super::Event;
use crate::kinds::Kind;
use crate::labels::Labels;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::ObjectName;
use crate::syntax::{is_qualified_name, is_valid_label_value};

/// The part of an object's metadata that `kubectl label` or `kubectl annotate` changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataField {
    /// `metadata.labels`.
    Labels,
    /// `metadata.annotations`.
    Annotations,
}

impl MetadataField {
    /// The change of such an entry: `app=web` sets it, `app-` removes it. `None` if the key or the value is not valid.
    pub(crate) fn parse_change(self, text: &str) -> Option<MetadataChange> {
        let (key, value) = match text.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (text.strip_suffix('-')?, None),
        };
        let is_value = match self {
            MetadataField::Labels => is_valid_label_value(value.unwrap_or_default()).is_empty(),
            MetadataField::Annotations => true,
        };
        (is_value && is_qualified_name(key).is_empty()).then(|| MetadataChange {
            key: key.into(),
            value: value.map(SmolStr::from),
        })
    }

    /// The event that changes such entries of an object.
    pub(crate) fn event(self, kind: Kind, name: ObjectName, changes: Vec<MetadataChange>) -> Event {
        match self {
            MetadataField::Labels => Event::Labeled {
                kind,
                name,
                changes,
            },
            MetadataField::Annotations => Event::Annotated {
                kind,
                name,
                changes,
            },
        }
    }
}

/// A label or annotation with its new value; `None` removes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataChange {
    /// The key.
    pub key: SmolStr,
    /// The value.
    pub value: Option<SmolStr>,
}

impl MetadataChange {
    pub(super) fn apply(&self, labels: &mut Labels) {
        match &self.value {
            Some(value) => drop(labels.insert(self.key.clone(), value.clone())),
            None => drop(labels.remove(&self.key)),
        }
    }

    pub(super) fn apply_to_tree(&self, fields: &mut Yaml) {
        match &self.value {
            Some(value) => fields.set(&self.key, YamlValue::String(value.clone())),
            None => drop(fields.remove(&self.key)),
        }
    }
}

/// As `kubectl label` reads it: `app=web`, `app-`.
impl fmt::Display for MetadataChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{}={value}", self.key),
            None => write!(f, "{}-", self.key),
        }
    }
}
