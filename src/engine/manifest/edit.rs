//! Edits of a text of manifests, as the editor takes them.

use serde_json::Value;

use super::document::Document;
use super::field_edit::{NewField, add_first};
use super::reader::read;
use super::tree::{Yaml, YamlValue};
use super::yaml_quote::quoted;
use crate::diagnostic::{Fix, Position, Span};

/// The text after edits that do not overlap.
pub fn applied(text: &str, edits: &[Fix]) -> String {
    let mut edits: Vec<&Fix> = edits.iter().collect();
    crate::sort::sort_by_key(&mut edits, |edit| edit.span);
    let (mut after, mut done) = (String::new(), 0);
    for edit in edits {
        let (start, end) = (edit.span.start.offset, edit.span.end.offset);
        after += text.get(done..start as usize).unwrap_or_default();
        after += &edit.text;
        done = end as usize;
    }
    after + text.get(done..).unwrap_or_default()
}

/// The edit that puts documents behind the last one.
pub fn appended(text: &str, documents: &str) -> Fix {
    let end = Position::after(text);
    let separator = if text.is_empty() || text.ends_with('\n') {
        "---\n"
    } else {
        "\n---\n"
    };
    Fix {
        span: Span { start: end, end },
        text: format!("{separator}{documents}"),
    }
}

/// The edits that make the only object of a document `new`, each in the style of what is around it; `None` if only
/// writing the document anew does.
pub(crate) fn difference(document: &Document, new: &Value) -> Option<Vec<Fix>> {
    let [object] = document.objects() else {
        return None;
    };
    let mut edits = Vec::new();
    change(&object.tree, new, &mut edits)?;
    let after = read(&applied(document.text(), &edits)).ok()?.tree;
    let shifted = |edit: Fix| edit.shifted(document.origin);
    (Value::from(&after) == *new).then(|| edits.into_iter().map(shifted).collect())
}

fn change(old: &Yaml, new: &Value, edits: &mut Vec<Fix>) -> Option<()> {
    match (&old.value, new) {
        _ if Value::from(old) == *new => Some(()),
        (YamlValue::Map(entries), Value::Object(fields)) => {
            for entry in entries {
                change(&entry.value, fields.get(entry.key.as_str())?, edits)?;
            }
            let added = fields.iter().filter(|(key, _)| old.get(key).is_none());
            edits.extend(added.filter_map(|(key, value)| add_before(old, key, value)));
            Some(())
        }
        (YamlValue::Seq(items), Value::Array(values)) if items.len() == values.len() => items
            .iter()
            .zip(values)
            .try_for_each(|(item, value)| change(item, value, edits)),
        (YamlValue::Map(_) | YamlValue::Seq(_) | YamlValue::Null, _)
        | (_, Value::Object(_) | Value::Array(_)) => None,
        (_, scalar) => {
            edits.push(Fix {
                span: old.span,
                text: flow(scalar),
            });
            Some(())
        }
    }
}

/// A field before the first one of a mapping.
fn add_before(mapping: &Yaml, key: &str, value: &Value) -> Option<Fix> {
    let new = NewField {
        json: format!("{}: {value}", Value::from(key)),
        yaml: format!("{}: {}", quoted(key), flow(value)),
    };
    add_first(mapping, &new)
}

/// A value on one line.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) if text.contains([',', '[', ']', '{', '}', '\n']) => value.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let field =
                |(key, value): (&String, &Value)| format!("{}: {}", quoted(key), flow(value));
            let fields: Vec<String> = fields.iter().map(field).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::manifest::Source;

    #[test]
    fn what_changes_is_written_in_the_style_around_it() {
        let text = "# mine\nkind: Service\nspec:\n  # a comment\n  type: ClusterIP\n  ports: [{port: 80}]\n";
        let source = Source::read(text);
        let new = json!({"kind": "Service", "spec": {"type": "NodePort", "ports": [{"port": 80, "nodePort": 30080}], "a": "on"}});
        let edits = difference(&source.documents[0], &new).expect("it can be edited");
        assert_eq!(
            applied(text, &edits),
            "# mine\nkind: Service\nspec:\n  # a comment\n  a: \"on\"\n  type: NodePort\n  ports: [{nodePort: 30080, port: 80}]\n"
        );
        let without = json!({"kind": "Service"});
        assert_eq!(difference(&source.documents[0], &without), None);
    }
}
