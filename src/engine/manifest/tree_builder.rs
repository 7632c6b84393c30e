//! Builds the tree of a document from the parser's events, on an explicit stack, without recursion.
//!
//! Limits on nesting, the number of values and repetition by aliases are checked at each event, so that no document can
//! make the reader hang. Documents beyond a limit are rejected, as goyaml rejects them
//! (`go.yaml.in/yaml/v2` `decode.go`).

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, ScalarStyle};
use smol_str::SmolStr;

use super::duplicate_keys::keep_last;
use super::go_values;
use super::goyaml_errors::{self, MAX_DEPTH, YamlError};
use super::marks::Marks;
use super::reader::{DuplicateKey, Read};
use super::scalar::{self, Tag};
use super::tree::{Yaml, YamlEntry, YamlValue};
use crate::diagnostic::Span;

/// The maximum number of values in a document, with aliases expanded. (etcd stores at most 1.5 MB per object.)
const MAX_VALUES: usize = 2_000_000;

/// A value whose end has been read.
struct FinishedValue {
    node: Yaml,
    /// Its anchor; 0 if it has none.
    anchor: usize,
    /// How many values it consists of.
    size: usize,
    /// Whether it is `<<`, which as a key merges a mapping.
    is_merge: bool,
}

impl FinishedValue {
    fn of_alias(node: Yaml, size: usize) -> FinishedValue {
        FinishedValue {
            node,
            anchor: 0,
            size,
            is_merge: false,
        }
    }
}

/// A mapping or sequence whose end has not been read yet.
struct OpenCollection {
    anchor: usize,
    /// The number of values before it, to compute the number inside.
    before: usize,
    node: Yaml,
    /// In a mapping, the key whose value comes next.
    key: Option<PendingKey>,
}

/// A key of a mapping, and whether it is the merge key `<<`.
struct PendingKey {
    name: SmolStr,
    span: Span,
    merge: bool,
}

pub(super) struct Builder<'text> {
    text: &'text str,
    marks: Marks<'text>,
    open: Vec<OpenCollection>,
    root: Option<Yaml>,
    duplicates: Vec<DuplicateKey>,
    anchors: BTreeMap<usize, (Yaml, usize)>,
    values: usize,
    repeated: usize,
    /// The first value that cannot be converted to JSON. A later syntax error takes precedence.
    rejected: Option<YamlError>,
}

impl<'text> Builder<'text> {
    pub(super) fn new(marks: Marks<'text>, text: &'text str) -> Self {
        Builder {
            text,
            marks,
            open: Vec::new(),
            root: None,
            duplicates: Vec::new(),
            anchors: BTreeMap::new(),
            values: 0,
            repeated: 0,
            rejected: None,
        }
    }

    /// Handles one event; returns `false` at the end of the document.
    pub(super) fn handle(
        &mut self,
        event: Event<'_>,
        span: saphyr_parser::Span,
    ) -> Result<bool, YamlError> {
        let span = self.marks.span(span);
        match event {
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            Event::StreamEnd | Event::DocumentEnd => return Ok(false),
            Event::Scalar(text, style, anchor, tag) => {
                self.count(1, span)?;
                let tag = tag.map_or(Tag::Absent, |tag| tag_of(&tag));
                let is_merge = style == ScalarStyle::Plain && tag == Tag::Absent && text == "<<";
                let node = self.scalar(text, style, tag, span);
                self.put(FinishedValue {
                    node,
                    anchor,
                    size: 1,
                    is_merge,
                })?;
            }
            Event::SequenceStart(anchor, _) => {
                self.push(YamlValue::Seq(Vec::new()), anchor, span)?;
            }
            Event::MappingStart(anchor, _) => {
                self.push(YamlValue::Map(Vec::new()), anchor, span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.pop(span)?,
            Event::Alias(id) => self.alias(id, span)?,
        }
        Ok(true)
    }

    pub(super) fn finish(self) -> Result<Read, YamlError> {
        match self.rejected {
            Some(broken) => Err(broken),
            None => Ok(Read {
                tree: self.root.unwrap_or_default(),
                duplicates: self.duplicates,
            }),
        }
    }

    fn count(&mut self, more: usize, span: Span) -> Result<(), YamlError> {
        self.values += more;
        if self.values > MAX_VALUES {
            Err(YamlError::new(span, goyaml_errors::TOO_MANY_VALUES))
        } else {
            Ok(())
        }
    }

    fn reject(&mut self, span: Span, message: impl Into<String>) {
        self.rejected
            .get_or_insert_with(|| YamlError::new(span, message));
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, tag: Tag, span: Span) -> Yaml {
        let value = match (style, tag) {
            (ScalarStyle::Plain, Tag::Absent) => scalar::plain(text),
            (_, Tag::Absent) => YamlValue::String(text.into()),
            (_, tag) => scalar::with_tag(tag, text).unwrap_or_else(|message| {
                self.reject(span, format!("yaml: {message}"));
                YamlValue::Null
            }),
        };
        if let YamlValue::Float(number) = value
            && !number.is_finite()
        {
            self.reject(
                span,
                format!("json: unsupported value: {}", go_values::go_float(number)),
            );
        }
        Yaml::new(value, span)
    }

    fn push(&mut self, value: YamlValue, anchor: usize, span: Span) -> Result<(), YamlError> {
        self.count(1, span)?;
        if self.open.len() >= MAX_DEPTH {
            return Err(goyaml_errors::too_deep(span));
        }
        self.open.push(OpenCollection {
            anchor,
            before: self.values - 1,
            node: Yaml::new(value, span),
            key: None,
        });
        Ok(())
    }

    fn pop(&mut self, span: Span) -> Result<(), YamlError> {
        let Some(mut open) = self.open.pop() else {
            return Ok(());
        };
        // A block ends with its last value, whose end is known already; a flow collection ends after its bracket.
        if span.start != span.end {
            open.node.span.end = span.end;
        }
        if let YamlValue::Map(entries) = &mut open.node.value {
            keep_last(entries, open.node.span, &mut self.duplicates);
        }
        self.put(FinishedValue {
            node: open.node,
            anchor: open.anchor,
            size: self.values - open.before,
            is_merge: false,
        })
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<(), YamlError> {
        let Some((node, size)) = self.anchors.get(&id) else {
            let name = self
                .text
                .get(span.start.offset as usize + 1..span.end.offset as usize)
                .unwrap_or_default();
            self.reject(span, format!("yaml: anchor '{name}' value contains itself"));
            return self.put(FinishedValue::of_alias(Yaml::new(YamlValue::Null, span), 1));
        };
        let (node, size) = (node.clone(), *size);
        if self.open.len() + depth(&node) > MAX_DEPTH {
            return Err(goyaml_errors::too_deep(span));
        }
        self.repeated += size;
        self.count(size, span)?;
        if is_excessive(self.repeated, self.values) {
            return Err(YamlError::new(
                span,
                "yaml: document contains excessive aliasing",
            ));
        }
        self.put(FinishedValue::of_alias(Yaml::new(node.value, span), size))
    }

    /// Adds a finished value to the open collection, as its next key, or as the root of the document.
    fn put(&mut self, value: FinishedValue) -> Result<(), YamlError> {
        let FinishedValue {
            node,
            anchor,
            size,
            is_merge,
        } = value;
        if anchor != 0 {
            self.count(size, node.span)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        if node.span.start != node.span.end {
            open.node.span.end = open.node.span.end.max(node.span.end);
        }
        match &mut open.node.value {
            YamlValue::Seq(items) => items.push(node),
            YamlValue::Map(entries) => match open.key.take() {
                None => open.key = Some(key_of(node, is_merge, &mut self.rejected)),
                Some(key) if key.merge => self.merge(node),
                Some(key) => entries.push(entry(key, node)),
            },
            YamlValue::Null
            | YamlValue::Bool(_)
            | YamlValue::Int(_)
            | YamlValue::Float(_)
            | YamlValue::String(_) => {}
        }
        Ok(())
    }

    /// Merges the value of `<<`. As in goyaml, later entries win, but in a list of mappings the first one does.
    fn merge(&mut self, node: Yaml) {
        let span = node.span;
        let mappings = match node.value {
            YamlValue::Map(entries) => vec![entries],
            YamlValue::Seq(items)
                if items
                    .iter()
                    .all(|item| matches!(item.value, YamlValue::Map(_))) =>
            {
                items.into_iter().rev().map(entries_of).collect()
            }
            _ => {
                return self.reject(
                    span,
                    "yaml: map merge requires map or sequence of maps as the value",
                );
            }
        };
        let Some(OpenCollection {
            node:
                Yaml {
                    value: YamlValue::Map(entries),
                    ..
                },
            ..
        }) = self.open.last_mut()
        else {
            return;
        };
        entries.extend(mappings.into_iter().flatten());
    }
}

fn entries_of(node: Yaml) -> Vec<YamlEntry> {
    match node.value {
        YamlValue::Map(entries) => entries,
        _ => Vec::new(),
    }
}

/// A key as a string, because JSON has only string keys.
fn key_of(node: Yaml, merge: bool, rejected: &mut Option<YamlError>) -> PendingKey {
    let span = node.span;
    let message = match &node.value {
        YamlValue::Null => goyaml_errors::NULL_KEY.to_owned(),
        YamlValue::Seq(_) | YamlValue::Map(_) => {
            format!("yaml: invalid map key: {}", go_values::go_syntax(&node))
        }
        YamlValue::Bool(_) | YamlValue::Int(_) | YamlValue::Float(_) | YamlValue::String(_) => {
            String::new()
        }
    };
    if !message.is_empty() {
        rejected.get_or_insert_with(|| YamlError::new(span, message));
    }
    let name = match node.value {
        YamlValue::String(name) => name,
        YamlValue::Bool(value) => value.to_string().into(),
        YamlValue::Int(number) => number.to_string().into(),
        YamlValue::Float(number) => go_values::go_float_key(number).into(),
        YamlValue::Null | YamlValue::Seq(_) | YamlValue::Map(_) => SmolStr::default(),
    };
    PendingKey { name, span, merge }
}

fn entry(key: PendingKey, mut value: Yaml) -> YamlEntry {
    if value.is_null() && value.span.start == value.span.end {
        // An empty value is positioned after its key.
        value.span = Span {
            start: key.span.end,
            end: key.span.end,
        };
    }
    YamlEntry {
        key: key.name,
        key_span: key.span,
        value,
    }
}

fn tag_of(tag: &saphyr_parser::Tag) -> Tag {
    if tag.is_yaml_core_schema() {
        Tag::of_suffix(&tag.suffix)
    } else {
        Tag::Str
    }
}

fn depth(node: &Yaml) -> usize {
    let entries = node.entries().iter().map(|entry| depth(&entry.value));
    node.items()
        .iter()
        .map(depth)
        .chain(entries)
        .max()
        .map_or(0, |deepest| deepest + 1)
}

/// goyaml's own measure of a document that is mostly repetition (`decode.go` `allowedAliasRatio`).
fn is_excessive(repeated: usize, values: usize) -> bool {
    const SMALL: f64 = 400_000.0;
    const LARGE: f64 = 4_000_000.0;
    let size = values as f64;
    let allowed = 0.99 - 0.89 * ((size - SMALL) / (LARGE - SMALL)).clamp(0.0, 1.0);
    repeated > 100 && values > 1000 && repeated as f64 / size > allowed
}
