//! Edits of a document that set a field of a mapping, in the mapping's own style. Spans are relative to the document.

use super::tree::{Yaml, YamlEntry};
use super::yaml_quote::quoted;
use crate::diagnostic::Fix;

/// The text of a field in each style.
pub(super) struct NewField {
    /// Where keys are quoted, `"tier": "front"`.
    pub(super) json: String,
    /// Elsewhere, `tier: front`.
    pub(super) yaml: String,
}

/// Writes a field before the first one of a mapping. The value is JSON whose strings hold no quotes.
pub(crate) fn add_field(mapping: &Yaml, field: &str, json: &str) -> Option<Fix> {
    let new = NewField {
        json: format!("\"{field}\": {json}"),
        yaml: format!("{field}: {}", as_yaml(json)),
    };
    add_first(mapping, &new)
}

/// Puts a value in place of the one that is written, or writes the field. The value is JSON, as for [`add_field`].
pub(crate) fn set_field(mapping: &Yaml, field: &str, json: &str) -> Option<Fix> {
    let mut entries = written(mapping);
    match entries.find(|entry| entry.key == field) {
        // Nothing is written behind the key, where there is no saying how far its colon is.
        Some(entry) if entry.value.span.start == entry.value.span.end => None,
        Some(entry) => Some(Fix {
            span: entry.value.span,
            text: if is_quoted(entry) {
                json.to_owned()
            } else {
                as_yaml(json)
            },
        }),
        None => add_field(mapping, field, json),
    }
}

/// Puts a key in place of one that is written; `None` if the mapping has the new one already.
pub(crate) fn rename_key(mapping: &Yaml, key: &str, new: &str) -> Option<Fix> {
    let entry = written(mapping).find(|entry| entry.key == key)?;
    if mapping.get(new).is_some() {
        return None;
    }
    Some(Fix {
        span: entry.key_span,
        text: if is_quoted(entry) {
            format!("\"{new}\"")
        } else {
            quoted(new)
        },
    })
}

/// Writes a label before the first one of a mapping.
pub(crate) fn add_label(mapping: &Yaml, key: &str, value: &str) -> Option<Fix> {
    let new = NewField {
        json: format!("\"{key}\": \"{value}\""),
        yaml: format!("{}: {}", quoted(key), quoted(value)),
    };
    add_first(mapping, &new)
}

/// Writes a field before the first one of a mapping.
pub(super) fn add_first(mapping: &Yaml, new: &NewField) -> Option<Fix> {
    let first = written(mapping).next()?;
    let mut span = first.key_span;
    let gap = span.start.offset.saturating_sub(mapping.span.start.offset);
    let is_block = gap == 0;
    // Between a brace and the first key is a blank at most, or it is JSON; else a block begins with an anchor.
    if gap > 2 && !is_quoted(first) {
        return None;
    }
    span.end = span.start;
    let field = if is_quoted(first) {
        &new.json
    } else {
        &new.yaml
    };
    let text = if is_block {
        let indent = " ".repeat(first.key_span.start.column as usize - 1);
        format!("{field}\n{indent}")
    } else {
        format!("{field}, ")
    };
    Some(Fix { span, text })
}

/// The fields that are written in the mapping itself. A defaulted field has the span of the mapping around it; a field
/// from an alias or a merge key is written elsewhere.
fn written(mapping: &Yaml) -> impl Iterator<Item = &YamlEntry> {
    let entries = mapping.entries().iter();
    entries.filter(|entry| {
        let (own, key) = (mapping.span, entry.key_span);
        key != own && entry.value.span != own && own.start <= key.start && key.end <= own.end
    })
}

/// Whether the key is quoted, as all keys and strings of JSON are.
fn is_quoted(entry: &YamlEntry) -> bool {
    let length = entry.key_span.end.offset - entry.key_span.start.offset;
    length as usize == entry.key.len() + 2
}

/// JSON with quotes only where YAML needs them.
fn as_yaml(json: &str) -> String {
    let parts = json.split('"').enumerate();
    parts
        .map(|(index, part)| match index % 2 {
            0 => part.to_owned(),
            _ => quoted(part),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_yaml_would_misread_is_quoted() {
        assert_eq!(
            as_yaml(r#"{"options": [{"name": "ndots", "value": "2"}]}"#),
            r#"{options: [{name: ndots, value: "2"}]}"#
        );
    }
}
