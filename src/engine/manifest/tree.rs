//! The YAML tree: JSON values with the position of every key and value.
//!
//! It is the JSON that kubectl sends to the API server. Admission adds defaults to the same tree; a default has the span
//! of the mapping that it was added to.

use std::borrow::Cow;
use std::fmt;

use smol_str::SmolStr;

use crate::diagnostic::Span;

/// A value and its position.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Yaml {
    /// The value.
    pub value: YamlValue,
    /// The position, relative to the start of the document.
    pub span: Span,
}

/// A JSON value, as the API server would decode it.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum YamlValue {
    /// `null`, `~` or an empty value.
    #[default]
    Null,
    /// `true` or `false`, in YAML 1.1 also `yes`, `off`, ….
    Bool(bool),
    /// An integer that fits into 64 bits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    String(SmolStr),
    /// A sequence.
    Seq(Vec<Yaml>),
    /// A mapping with unique keys, in the order of the text.
    Map(Vec<YamlEntry>),
}

/// A key of a mapping and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct YamlEntry {
    /// The key. JSON keys are strings: `80:` becomes `"80"`.
    pub key: SmolStr,
    /// The position of the key.
    pub key_span: Span,
    /// The value.
    pub value: Yaml,
}

impl Yaml {
    /// A value at `span`.
    pub fn new(value: YamlValue, span: Span) -> Yaml {
        Yaml { value, span }
    }

    /// The value of `key`; `None` if this is not a mapping or does not have the key.
    pub fn get(&self, key: &str) -> Option<&Yaml> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value at the end of a path of keys, if there is one.
    pub fn at(&self, path: &[&str]) -> Option<&Yaml> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The entry of `key`; `None` if this is not a mapping or does not have the key.
    pub fn entry(&self, key: &str) -> Option<&YamlEntry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The mutable value of `key`.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Yaml> {
        match &mut self.value {
            YamlValue::Map(entries) => entries
                .iter_mut()
                .find(|entry| entry.key == key)
                .map(|entry| &mut entry.value),
            _ => None,
        }
    }

    /// The entries of a mapping; empty for other values.
    pub fn entries(&self) -> &[YamlEntry] {
        match &self.value {
            YamlValue::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; empty for other values.
    pub fn items(&self) -> &[Yaml] {
        match &self.value {
            YamlValue::Seq(items) => items,
            _ => &[],
        }
    }

    /// The items of a list, to be changed; none of any other value.
    pub fn items_mut(&mut self) -> &mut [Yaml] {
        match &mut self.value {
            YamlValue::Seq(items) => items,
            _ => &mut [],
        }
    }

    /// The text of a string value.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            YamlValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether the value is `null`, which Go decodes like a missing field.
    pub fn is_null(&self) -> bool {
        self.value == YamlValue::Null
    }

    /// Sets the value of `key`. A new entry has the span of the mapping. Does nothing if this is not a mapping.
    pub fn set(&mut self, key: &str, value: YamlValue) {
        let span = self.span;
        if let Some(there) = self.get_mut(key) {
            there.value = value;
        } else if let YamlValue::Map(entries) = &mut self.value {
            entries.push(YamlEntry {
                key: key.into(),
                key_span: span,
                value: Yaml::new(value, span),
            });
        }
    }

    /// Removes the entry of `key`.
    pub fn remove(&mut self, key: &str) -> Option<YamlEntry> {
        let YamlValue::Map(entries) = &mut self.value else {
            return None;
        };
        let index = entries.iter().position(|entry| entry.key == key)?;
        Some(entries.remove(index))
    }

    /// The value at `path`, or its nearest existing parent.
    pub fn nearest(&self, path: &FieldPath) -> &Yaml {
        let mut here = self;
        for step in &path.0 {
            let next = match step {
                PathStep::Key(key) => here.get(key),
                PathStep::Entry(key) => here.get(key),
                PathStep::Index(index) => here.items().get(*index),
            };
            match next {
                Some(node) => here = node,
                None => break,
            }
        }
        here
    }
}

/// A path to a field as the API server prints it: `spec.ports[0].nodePort`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FieldPath(pub Vec<PathStep>);

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathStep {
    /// A field: `.name`.
    Key(Cow<'static, str>),
    /// An entry of a map with user-defined keys: `[app]`.
    Entry(String),
    /// An item of a list: `[0]`.
    Index(usize),
}

impl FieldPath {
    /// The path of a field of this value.
    pub fn key(&self, key: &'static str) -> FieldPath {
        self.with(PathStep::Key(Cow::Borrowed(key)))
    }

    /// The path of a field of this value, whose name is not known at compile time.
    pub fn named(&self, key: &str) -> FieldPath {
        self.with(PathStep::Key(Cow::Owned(key.to_owned())))
    }

    /// The path of an entry of a map with user-defined keys.
    pub fn entry(&self, key: &str) -> FieldPath {
        self.with(PathStep::Entry(key.to_owned()))
    }

    /// The path of an item of this list.
    pub fn index(&self, index: usize) -> FieldPath {
        self.with(PathStep::Index(index))
    }

    fn with(&self, step: PathStep) -> FieldPath {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step);
        FieldPath(steps)
    }
}

/// Parses `spec.ports[0].name`. A bracketed text that is not a number is a user-defined key (`metadata.labels[app]`).
impl From<&str> for FieldPath {
    fn from(text: &str) -> FieldPath {
        let mut steps = Vec::new();
        for part in text.split('.').filter(|part| !part.is_empty()) {
            let mut pieces = part.split('[');
            steps.extend(
                pieces
                    .next()
                    .filter(|key| !key.is_empty())
                    .map(|key| PathStep::Key(Cow::Owned(key.to_owned()))),
            );
            for piece in pieces {
                let inside = piece.trim_end_matches(']');
                steps.push(
                    inside
                        .parse()
                        .map_or_else(|_| PathStep::Entry(inside.to_owned()), PathStep::Index),
                );
            }
        }
        FieldPath(steps)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Key(key) if index == 0 => write!(f, "{key}")?,
                PathStep::Key(key) => write!(f, ".{key}")?,
                PathStep::Entry(key) => write!(f, "[{key}]")?,
                PathStep::Index(item) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_prints_as_it_was_parsed() {
        for text in [
            "spec.ports[0].nodePort",
            "metadata.name",
            "spec.ports[12]",
            "metadata.labels[app]",
        ] {
            assert_eq!(FieldPath::from(text).to_string(), text);
        }
    }

    #[test]
    fn a_field_that_was_not_written_has_the_position_of_the_nearest_node() {
        let inner = Yaml::new(YamlValue::Map(vec![]), Span::default());
        let mut tree = Yaml::new(YamlValue::Map(vec![]), Span::default());
        tree.set("spec", inner.value.clone());
        assert_eq!(
            tree.nearest(&FieldPath::from("spec.ports[0].name")),
            tree.get("spec").expect("was just set")
        );
    }
}
