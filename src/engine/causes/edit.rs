//! Edits of the text that add a field to a mapping, in the mapping's own style.

use crate::diagnostic::Fix;
use crate::manifest::tree::{Yaml, YamlEntry};
use crate::manifest::yaml_quote::quoted;
use crate::resolve::Stored;

/// A field as it is written in each style.
struct NewField {
    /// Where keys are quoted, `"tier": "front"`.
    json: String,
    /// Elsewhere, `tier: front`.
    yaml: String,
}

/// Writes a field before the first one of a mapping. The value is JSON without strings.
pub(super) fn add_field(stored: &Stored, mapping: &Yaml, field: &str, json: &str) -> Option<Fix> {
    let new = NewField {
        json: format!("\"{field}\": {json}"),
        yaml: format!("{field}: {}", json.replace('"', "")),
    };
    add_first(stored, mapping, &new)
}

/// Writes a label before the first one of a mapping.
pub(super) fn add_label(stored: &Stored, mapping: &Yaml, key: &str, value: &str) -> Option<Fix> {
    let new = NewField {
        json: format!("\"{key}\": \"{value}\""),
        yaml: format!("{}: {}", quoted(key), quoted(value)),
    };
    add_first(stored, mapping, &new)
}

fn add_first(stored: &Stored, mapping: &Yaml, new: &NewField) -> Option<Fix> {
    let is_written = |entry: &&YamlEntry| entry.key_span.start != entry.key_span.end;
    let first = mapping.entries().iter().find(is_written)?;
    let origin = stored.written?.origin;
    let mut span = first.key_span.shifted(origin);
    let key_length = first.key_span.end.offset - first.key_span.start.offset;
    let is_quoted = key_length as usize == first.key.len() + 2;
    let is_block = mapping.span.start.offset == first.key_span.start.offset;
    span.end = span.start;
    let field = if is_quoted { &new.json } else { &new.yaml };
    let text = if is_block {
        let indent = " ".repeat(first.key_span.start.column as usize - 1);
        format!("{field}\n{indent}")
    } else {
        format!("{field}, ")
    };
    Some(Fix { span, text })
}
