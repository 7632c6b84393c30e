//! Edits of the text that set a field of a mapping, in the mapping's own style.

use crate::diagnostic::{Fix, Position};
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlEntry};
use crate::manifest::yaml_quote::quoted;
use crate::names::ObjectName;
use crate::resolve::{Resolved, Stored};

/// A field as it is written in each style.
struct NewField {
    /// Where keys are quoted, `"tier": "front"`.
    json: String,
    /// Elsewhere, `tier: front`.
    yaml: String,
}

/// Writes a field before the first one of a mapping. The value is JSON whose strings hold no quotes.
pub(super) fn add_field(stored: &Stored, mapping: &Yaml, field: &str, json: &str) -> Option<Fix> {
    add_field_at(stored.written?.origin, mapping, field, json)
}

/// The same in a document that begins at `origin`.
pub(super) fn add_field_at(
    origin: Position,
    mapping: &Yaml,
    field: &str,
    json: &str,
) -> Option<Fix> {
    let new = NewField {
        json: format!("\"{field}\": {json}"),
        yaml: format!("{field}: {}", as_yaml(json)),
    };
    add_first(origin, mapping, &new)
}

/// Puts a value in place of the one that is written, or writes the field. The value is JSON, as for [`add_field`].
pub(super) fn set_field(stored: &Stored, mapping: &Yaml, field: &str, json: &str) -> Option<Fix> {
    let mut entries = written(mapping);
    match entries.find(|entry| entry.key == field) {
        Some(entry) => Some(Fix {
            span: stored.span_of(&entry.value)?,
            text: if is_quoted(entry) {
                json.to_owned()
            } else {
                as_yaml(json)
            },
        }),
        None => add_field(stored, mapping, field, json),
    }
}

/// The fields that the text has. What defaulting adds has the span of the mapping around it.
fn written(mapping: &Yaml) -> impl Iterator<Item = &YamlEntry> {
    let entries = mapping.entries().iter();
    entries.filter(|entry| entry.key_span != mapping.span && entry.value.span != mapping.span)
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

/// Writes a label before the first one of a mapping.
pub(super) fn add_label(stored: &Stored, mapping: &Yaml, key: &str, value: &str) -> Option<Fix> {
    let new = NewField {
        json: format!("\"{key}\": \"{value}\""),
        yaml: format!("{}: {}", quoted(key), quoted(value)),
    };
    add_first(stored.written?.origin, mapping, &new)
}

/// The object that the text has of a pod, or of the workload that makes it, and the pod's spec in it.
pub(super) fn pod_spec<'a>(
    resolved: &'a Resolved,
    pod: &ObjectName,
) -> Option<(&'a Stored, &'a Yaml)> {
    let stored = resolved
        .get(Kind::Pod, pod)
        .or_else(|| resolved.workload_of(pod))?;
    let mut spec = stored.tree.get("spec")?;
    if stored.kind == Kind::CronJob {
        spec = spec.get("jobTemplate")?.get("spec")?;
    }
    if stored.kind != Kind::Pod {
        spec = spec.get("template")?.get("spec")?;
    }
    Some((stored, spec))
}

fn add_first(origin: Position, mapping: &Yaml, new: &NewField) -> Option<Fix> {
    let first = written(mapping).next()?;
    let mut span = first.key_span.shifted(origin);
    let is_block = mapping.span.start.offset == first.key_span.start.offset;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::config::Config;
    use crate::manifest::Source;
    use crate::resolve::resolve;

    /// The text after a field of the only Service's spec was set.
    fn set(text: &str, field: &str, json: &str) -> String {
        let resolved = resolve(&Source::read(text), &Config::default());
        let mut services = resolved.of_kind(Kind::Service);
        let stored = services.find(|stored| stored.written.is_some());
        let stored = stored.expect("the text has a Service");
        let spec = stored.tree.get("spec").expect("a Service has a spec");
        let fix = set_field(stored, spec, field, json).expect("the field can be set");
        let (start, end) = (fix.span.start.offset as usize, fix.span.end.offset as usize);
        format!("{}{}{}", &text[..start], fix.text, &text[end..])
    }

    const BLOCK: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: NodePort\n  ports: [{port: 80}]\n";
    const JSON: &str = r#"{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"type": "NodePort", "ports": [{"port": 80}]}}"#;

    #[test]
    fn a_written_field_is_replaced_and_a_default_is_written() {
        for (text, field, json, before, after) in [
            (BLOCK, "type", r#""ClusterIP""#, "NodePort", "ClusterIP"),
            (
                BLOCK,
                "externalTrafficPolicy",
                r#""Local""#,
                "  type:",
                "  externalTrafficPolicy: Local\n  type:",
            ),
            (
                JSON,
                "type",
                r#""ClusterIP""#,
                r#""NodePort""#,
                r#""ClusterIP""#,
            ),
            (
                JSON,
                "externalTrafficPolicy",
                r#""Local""#,
                r#""type""#,
                r#""externalTrafficPolicy": "Local", "type""#,
            ),
        ] {
            assert_eq!(set(text, field, json), text.replace(before, after));
        }
    }

    #[test]
    fn only_what_yaml_would_misread_is_quoted() {
        assert_eq!(
            as_yaml(r#"{"options": [{"name": "ndots", "value": "2"}]}"#),
            r#"{options: [{name: ndots, value: "2"}]}"#
        );
    }
}
