//! A document as a tree whose every value knows where it was written.
//!
//! This is the JSON that kubectl makes of the YAML and sends to the API server, with a [`Span`] on every key and value.
//! Admission fills defaults into the same tree: a value that was not written has the span of the mapping it was put into.

use std::borrow::Cow;
use std::fmt;

use smol_str::SmolStr;

use crate::engine::diagnostic::Span;

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Yaml {
    /// The value.
    pub value: YamlValue,
    /// Where it stands, relative to its document.
    pub span: Span,
}

/// A JSON value, as the API server would decode it.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum YamlValue {
    /// `null`, `~` or nothing.
    #[default]
    Null,
    /// `true` or `false` (and what YAML 1.1 reads so: `yes`, `off`, …).
    Bool(bool),
    /// A whole number that fits 64 bits with a sign.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(SmolStr),
    /// A list.
    Seq(Vec<Yaml>),
    /// A mapping, in written order; no key twice.
    Map(Vec<YamlEntry>),
}

/// One key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct YamlEntry {
    /// The key (JSON keys are text: `80:` becomes `"80"`).
    pub key: SmolStr,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Yaml,
}

impl Yaml {
    /// A value that was not written, but put in at `span`.
    pub fn new(value: YamlValue, span: Span) -> Yaml {
        Yaml { value, span }
    }

    /// The value under `key`, when this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Yaml> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry under `key`, when this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&YamlEntry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value under `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Yaml> {
        match &mut self.value {
            YamlValue::Map(entries) => entries
                .iter_mut()
                .find(|entry| entry.key == key)
                .map(|entry| &mut entry.value),
            _ => None,
        }
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[YamlEntry] {
        match &self.value {
            YamlValue::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Yaml] {
        match &self.value {
            YamlValue::Seq(items) => items,
            _ => &[],
        }
    }

    /// The text of a string value.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            YamlValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is absent in Go's eyes: `null`.
    pub fn is_null(&self) -> bool {
        self.value == YamlValue::Null
    }

    /// Puts `value` under `key`, at this mapping's own place, replacing what was there. Does nothing to anything but a
    /// mapping.
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

    /// Takes the entry under `key` out of a mapping.
    pub fn remove(&mut self, key: &str) -> Option<YamlEntry> {
        let YamlValue::Map(entries) = &mut self.value else {
            return None;
        };
        let place = entries.iter().position(|entry| entry.key == key)?;
        Some(entries.remove(place))
    }

    /// The value at `path`, or, when a part of the path was not written, the nearest mapping or list above it.
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
    /// Into a field of an object: `.name`.
    Key(Cow<'static, str>),
    /// Into a map whose keys are the user's own: `[app]`.
    Entry(String),
    /// Into a list.
    Index(usize),
}

impl FieldPath {
    /// The path one key further.
    pub fn key(&self, key: &'static str) -> FieldPath {
        self.with(PathStep::Key(Cow::Borrowed(key)))
    }

    /// The path one key further, when the key is the user's own.
    pub fn named(&self, key: &str) -> FieldPath {
        self.with(PathStep::Key(Cow::Owned(key.to_owned())))
    }

    /// The path to one entry of a map whose keys are the user's own.
    pub fn entry(&self, key: &str) -> FieldPath {
        self.with(PathStep::Entry(key.to_owned()))
    }

    /// The path one item further.
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

/// Reads `spec.ports[0].name`; a bracketed text that is no number is a user's own key (`metadata.labels[app]`).
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
        for (place, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Key(key) if place == 0 => write!(f, "{key}")?,
                PathStep::Key(key) => write!(f, ".{key}")?,
                PathStep::Entry(key) => write!(f, "[{key}]")?,
                PathStep::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_prints_what_it_reads() {
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
    fn the_nearest_node_stands_in_for_a_field_that_was_not_written() {
        let inner = Yaml::new(YamlValue::Map(vec![]), Span::default());
        let mut tree = Yaml::new(YamlValue::Map(vec![]), Span::default());
        tree.set("spec", inner.value.clone());
        assert_eq!(
            tree.nearest(&FieldPath::from("spec.ports[0].name")),
            tree.get("spec").expect("was just set")
        );
    }
}
