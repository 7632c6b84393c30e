//! Parses one YAML document into a tree: the result of kubectl's conversion from YAML to JSON, with positions.
//!
//! The tree is built from the parser's events on an explicit stack, without recursion. Limits on nesting, the number of
//! values and repetition by aliases are checked at each event, so that no document can make the reader hang. Documents
//! beyond a limit are rejected, as goyaml rejects them.
//! (`sigs.k8s.io/yaml` `YAMLToJSON` on `go.yaml.in/yaml/v2` `decode.go`.)

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use smol_str::SmolStr;

use super::goyaml_errors::{self, MAX_DEPTH, YamlError};
use super::marks::Marks;
use super::scalar::{self, Tag};
use super::tree::{Yaml, YamlEntry, YamlValue};
use super::yaml11;
use crate::diagnostic::Span;
use crate::sort;

/// A parsed document.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Read {
    /// The value; `null` for a document of comments only.
    pub tree: Yaml,
    /// Duplicate keys of mappings. The tree has the last value; the spans are those of the earlier keys.
    pub duplicates: Vec<(String, Span)>,
}

/// The maximum number of values in a document, with aliases expanded. (etcd stores at most 1.5 MB per object.)
pub const MAX_VALUES: usize = 2_000_000;

/// Parses one document.
pub fn read(text: &str) -> Result<Read, YamlError> {
    goyaml_errors::check_characters(text)?;
    let mut attempt = parse(text, Builder::new(Marks::new(text), text));
    let mut relaxed: Cow<'_, str> = text.into();
    for _ in 0..MAX_RELAXED / (text.len() + 1) {
        let Err(ParseFailure::Syntax(error)) = &attempt else {
            break;
        };
        let Some(next) = yaml11::relax(&relaxed, error) else {
            break;
        };
        attempt = parse(&next, Builder::new(Marks::of_relaxed(text), text));
        relaxed = next.into();
    }
    attempt.map_err(|failure| match (failure, relaxed) {
        (ParseFailure::Broken(broken), _) => broken,
        (ParseFailure::Syntax(error), Cow::Borrowed(_)) => {
            goyaml_errors::of_scanner(&error, Marks::new(text), text)
        }
        (ParseFailure::Syntax(error), Cow::Owned(_)) => {
            goyaml_errors::of_scanner(&error, Marks::of_relaxed(text), text)
        }
    })
}

/// How much text is parsed again because of YAML 1.1 layout, in bytes.
const MAX_RELAXED: usize = 8_000_000;

/// Why parsing failed.
enum ParseFailure {
    /// It is not YAML 1.2.
    Syntax(ScanError),
    /// It is YAML, but cannot be converted to JSON, or exceeds a limit.
    Broken(YamlError),
}

fn parse(text: &str, mut builder: Builder<'_>) -> Result<Read, ParseFailure> {
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(ParseFailure::Syntax)?;
        if !builder.handle(event, span).map_err(ParseFailure::Broken)? {
            break;
        }
    }
    builder.finish().map_err(ParseFailure::Broken)
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

struct Builder<'text> {
    text: &'text str,
    marks: Marks<'text>,
    open: Vec<OpenCollection>,
    root: Option<Yaml>,
    duplicates: Vec<(String, Span)>,
    anchors: BTreeMap<usize, (Yaml, usize)>,
    values: usize,
    repeated: usize,
    /// The first value that cannot be converted to JSON. A later syntax error takes precedence.
    rejected: Option<YamlError>,
}

impl<'text> Builder<'text> {
    fn new(marks: Marks<'text>, text: &'text str) -> Self {
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
    fn handle(&mut self, event: Event<'_>, span: saphyr_parser::Span) -> Result<bool, YamlError> {
        let span = self.marks.span(span);
        match event {
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            Event::StreamEnd | Event::DocumentEnd => return Ok(false),
            Event::Scalar(text, style, anchor, tag) => {
                self.count(1, span)?;
                let tag = tag.map_or(Tag::Absent, |tag| tag_of(&tag));
                let is_merge = style == ScalarStyle::Plain && tag == Tag::Absent && text == "<<";
                let node = self.scalar(text, style, tag, span);
                self.put(node, anchor, 1, is_merge)?;
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

    fn finish(self) -> Result<Read, YamlError> {
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
                format!(
                    "json: unsupported value: {}",
                    goyaml_errors::go_float(number)
                ),
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
        self.put(open.node, open.anchor, self.values - open.before, false)
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<(), YamlError> {
        let Some((node, size)) = self.anchors.get(&id) else {
            let name = self
                .text
                .get(span.start.offset as usize + 1..span.end.offset as usize)
                .unwrap_or_default();
            self.reject(span, format!("yaml: anchor '{name}' value contains itself"));
            return self.put(Yaml::new(YamlValue::Null, span), 0, 1, false);
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
        self.put(Yaml::new(node.value, span), 0, size, false)
    }

    /// Adds a finished value to the open collection, as its next key, or as the root of the document.
    fn put(
        &mut self,
        node: Yaml,
        anchor: usize,
        size: usize,
        is_merge: bool,
    ) -> Result<(), YamlError> {
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
            format!("yaml: invalid map key: {}", goyaml_errors::go_syntax(&node))
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
        YamlValue::Float(number) => goyaml_errors::go_float_key(number).into(),
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

/// The number of entries up to which all pairs of keys are compared.
const SHORT: usize = 8;

fn has_duplicates(entries: &[YamlEntry]) -> bool {
    let mut rest = entries;
    while let Some((first, others)) = rest.split_first() {
        if others.iter().any(|other| other.key == first.key) {
            return true;
        }
        rest = others;
    }
    false
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

/// Removes all but the last entry of each key, and records the duplicates, except those from merged mappings.
fn keep_last(entries: &mut Vec<YamlEntry>, mapping: Span, duplicates: &mut Vec<(String, Span)>) {
    // Comparing all pairs is faster than sorting for most mappings, which are short and without duplicates.
    if entries.len() <= SHORT && !has_duplicates(entries) {
        return;
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    sort::sort_by(&mut order, |&one, &other| {
        entries[one]
            .key
            .cmp(&entries[other].key)
            .then(one.cmp(&other))
    });
    let duplicated = sort::set(
        order
            .windows(2)
            .filter(|pair| entries[pair[0]].key == entries[pair[1]].key)
            .map(|pair| pair[0]),
    );
    if duplicated.is_empty() {
        return;
    }
    let mut index = 0;
    entries.retain(|entry| {
        let stays = !duplicated.contains(&index);
        index += 1;
        if !stays && entry.key_span.start >= mapping.start {
            duplicates.push((entry.key.to_string(), entry.key_span));
        }
        stays
    });
}

/// goyaml's own measure of a document that is mostly repetition (`decode.go` `allowedAliasRatio`).
fn is_excessive(repeated: usize, values: usize) -> bool {
    const SMALL: f64 = 400_000.0;
    const LARGE: f64 = 4_000_000.0;
    let size = values as f64;
    let allowed = 0.99 - 0.89 * ((size - SMALL) / (LARGE - SMALL)).clamp(0.0, 1.0);
    repeated > 100 && values > 1000 && repeated as f64 / size > allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        match read(text) {
            Ok(read) => serde_json::to_string(&read.tree).expect("a tree is JSON"),
            Err(broken) => broken.message,
        }
    }

    #[test]
    fn yaml_becomes_the_json_that_kubectl_sends() {
        for (what, text, expected) in [
            ("nothing", "# only a comment\n", "null"),
            ("a mapping", "a: {b: [1, x]}\n", r#"{"a":{"b":[1,"x"]}}"#),
            (
                "quoted words stay text",
                "a: 'yes'\nb: \"1\"\n",
                r#"{"a":"yes","b":"1"}"#,
            ),
            (
                "keys are text",
                "80: a\ntrue: b\n1.5: c\n",
                r#"{"80":"a","true":"b","1.5":"c"}"#,
            ),
            ("no value is null", "a:\nb: ~\n", r#"{"a":null,"b":null}"#),
            (
                "the last of a key wins",
                "a: 1\nb: 2\na: 3\n",
                r#"{"b":2,"a":3}"#,
            ),
            (
                "an alias repeats",
                "a: &x {b: 1}\nc: *x\n",
                r#"{"a":{"b":1},"c":{"b":1}}"#,
            ),
            (
                "a merge key",
                "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n",
                r#"{"a":{"b":1,"c":2},"d":{"b":1,"c":3}}"#,
            ),
            ("a quoted << is a key", "'<<': 1\n", r#"{"<<":1}"#),
            (
                "tags",
                "a: !!str 1\nb: !!int \"2\"\nc: !mine 3\n",
                r#"{"a":"1","b":2,"c":"3"}"#,
            ),
            (
                "only the first of two documents",
                "a: 1\n...\nb: 2\n",
                r#"{"a":1}"#,
            ),
            (
                "a block of text",
                "a: |\n  x\n   y\n\nb: >-\n  x\n  y\n",
                r#"{"a":"x\n y\n","b":"x y"}"#,
            ),
            (
                "carriage returns",
                "a: 1\r\nb: |\r\n  x\r\n",
                r#"{"a":1,"b":"x\n"}"#,
            ),
        ] {
            assert_eq!(json(text), expected, "{what}");
        }
    }

    #[test]
    fn what_cannot_become_json_is_refused_in_the_tools_words() {
        for (what, text, message) in [
            (
                "a template",
                "a: {{ .b }}\n",
                "yaml: invalid map key: map[interface {}]interface {}{\".b\":interface {}(nil)}",
            ),
            (
                "a wrong tag",
                "a: !!int x\n",
                "yaml: cannot decode !!str `x` as a !!int",
            ),
            ("no number", "a: .inf\n", "json: unsupported value: +Inf"),
            (
                "an anchor in itself",
                "a: &x [*x]\n",
                "yaml: anchor 'x' value contains itself",
            ),
            (
                "merging a list",
                "a:\n  <<: [1]\n",
                "yaml: map merge requires map or sequence of maps as the value",
            ),
            (
                "a broken line wins",
                "a: .inf\nb: c: d\n",
                "yaml: line 2: mapping values are not allowed in this context",
            ),
        ] {
            assert_eq!(json(text), message, "{what}");
        }
    }

    #[test]
    fn every_key_and_value_has_its_place() {
        let text = "ä: ü\nb:\n  - c: 'd'\n";
        let tree = read(text).expect("is YAML").tree;
        let at = |span: Span| &text[span.start.offset as usize..span.end.offset as usize];
        let inner = &tree.entries()[1].value.items()[0].entries()[0];
        assert_eq!(
            (
                at(tree.entries()[0].key_span),
                at(tree.entries()[0].value.span)
            ),
            ("ä", "ü")
        );
        assert_eq!((at(inner.key_span), at(inner.value.span)), ("c", "'d'"));
        assert_eq!(
            (inner.key_span.start.line, inner.key_span.start.column),
            (3, 5)
        );
    }

    #[test]
    fn a_duplicate_key_is_recorded() {
        let read = read("a: 1\na: 2\n").expect("is YAML");
        assert_eq!(
            read.duplicates
                .iter()
                .map(|(key, span)| (key.as_str(), span.start.line))
                .collect::<Vec<_>>(),
            [("a", 1)]
        );
    }

    #[test]
    fn documents_that_expand_exponentially_are_rejected() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb += &format!("a{level}: &a{level} [{aliases}]\n");
        }
        assert_eq!(json(&bomb), "yaml: document contains excessive aliasing");
        for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
            assert!(
                json(&(open.repeat(50_000) + &close.repeat(50_000))).contains("exceeded max depth"),
                "{open}"
            );
        }
    }
}
