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
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it stands, relative to its document.
    pub span: Span,
}

/// A JSON value, as the API server would decode it.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
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
    Seq(Vec<Node>),
    /// A mapping, in written order; no key twice.
    Map(Vec<Entry>),
}

/// One key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key (JSON keys are text: `80:` becomes `"80"`).
    pub key: SmolStr,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A value that was not written, but put in at `span`.
    pub fn new(value: Value, span: Span) -> Node {
        Node { value, span }
    }

    /// The value under `key`, when this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry under `key`, when this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value under `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Map(entries) => entries
                .iter_mut()
                .find(|entry| entry.key == key)
                .map(|entry| &mut entry.value),
            _ => None,
        }
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Seq(items) => items,
            _ => &[],
        }
    }

    /// The text of a string value.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is absent in Go's eyes: `null`.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// Puts `value` under `key`, at this mapping's own place, replacing what was there. Does nothing to anything but a
    /// mapping.
    pub fn set(&mut self, key: &str, value: Value) {
        let span = self.span;
        if let Some(there) = self.get_mut(key) {
            there.value = value;
        } else if let Value::Map(entries) = &mut self.value {
            entries.push(Entry {
                key: key.into(),
                key_span: span,
                value: Node::new(value, span),
            });
        }
    }

    /// Takes the entry under `key` out of a mapping.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let Value::Map(entries) = &mut self.value else {
            return None;
        };
        let place = entries.iter().position(|entry| entry.key == key)?;
        Some(entries.remove(place))
    }

    /// The value at `path`, or, when a part of the path was not written, the nearest mapping or list above it.
    pub fn nearest(&self, path: &FieldPath) -> &Node {
        let mut here = self;
        for step in &path.0 {
            let next = match step {
                Step::Key(key) => here.get(key),
                Step::Entry(key) => here.get(key),
                Step::Index(index) => here.items().get(*index),
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
pub struct FieldPath(pub Vec<Step>);

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
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
        self.with(Step::Key(Cow::Borrowed(key)))
    }

    /// The path one key further, when the key is the user's own.
    pub fn named(&self, key: &str) -> FieldPath {
        self.with(Step::Key(Cow::Owned(key.to_owned())))
    }

    /// The path to one entry of a map whose keys are the user's own.
    pub fn entry(&self, key: &str) -> FieldPath {
        self.with(Step::Entry(key.to_owned()))
    }

    /// The path one item further.
    pub fn index(&self, index: usize) -> FieldPath {
        self.with(Step::Index(index))
    }

    fn with(&self, step: Step) -> FieldPath {
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
                    .map(|key| Step::Key(Cow::Owned(key.to_owned()))),
            );
            for piece in pieces {
                let inside = piece.trim_end_matches(']');
                steps.push(
                    inside
                        .parse()
                        .map_or_else(|_| Step::Entry(inside.to_owned()), Step::Index),
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
                Step::Key(key) if place == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Entry(key) => write!(f, "[{key}]")?,
                Step::Index(index) => write!(f, "[{index}]")?,
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
        let inner = Node::new(Value::Map(vec![]), Span::default());
        let mut tree = Node::new(Value::Map(vec![]), Span::default());
        tree.set("spec", inner.value.clone());
        assert_eq!(
            tree.nearest(&FieldPath::from("spec.ports[0].name")),
            tree.get("spec").expect("was just set")
        );
    }
}
