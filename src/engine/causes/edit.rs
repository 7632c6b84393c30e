//! Edits of the text that set a field of an object.

use crate::diagnostic::{Fix, Span};
use crate::kinds::Kind;
use crate::manifest::field_edit;
use crate::manifest::tree::{FieldPath, Yaml};
use crate::manifest::yaml_quote::quoted_in_flow;
use crate::names::ObjectName;
use crate::resolve::{Resolved, Stored};
use crate::syntax::quote;

/// Writes a field before the first one of a mapping of an object; see [`field_edit::add_field`].
pub(super) fn add_field(stored: &Stored, mapping: &Yaml, field: &str, json: &str) -> Option<Fix> {
    in_text(stored, field_edit::add_field(mapping, field, json)?)
}

/// Puts a value in place of the one that is written, or writes the field; see [`field_edit::set_field`].
pub(super) fn set_field(stored: &Stored, mapping: &Yaml, field: &str, json: &str) -> Option<Fix> {
    in_text(stored, field_edit::set_field(mapping, field, json)?)
}

/// Puts a key in place of one that is written; see [`field_edit::rename_key`].
pub(super) fn rename_key(stored: &Stored, mapping: &Yaml, key: &str, new: &str) -> Option<Fix> {
    in_text(stored, field_edit::rename_key(mapping, key, new)?)
}

/// Writes a label before the first one of a mapping.
pub(super) fn add_label(stored: &Stored, mapping: &Yaml, key: &str, value: &str) -> Option<Fix> {
    in_text(stored, field_edit::add_label(mapping, key, value)?)
}

/// Writes an annotation, and `metadata.annotations` where there is none; `None` if the object has one of that name.
pub(super) fn add_annotation(stored: &Stored, key: &str, value: &str) -> Option<Fix> {
    let metadata = stored.tree.get("metadata")?;
    let Some(annotations) = metadata.get("annotations") else {
        let json = format!("{{{}: {}}}", quote(key), quote(value));
        return add_field(stored, metadata, "annotations", &json);
    };
    if annotations.get(key).is_some() {
        return None;
    }
    add_label(stored, annotations, key, value)
}

/// Writes an item behind the last one of a list, in the list's own form; `None` if the list is an alias.
pub(super) fn add_item(stored: &Stored, field: &str, item: &str) -> Option<Fix> {
    let list = stored.tree.nearest(&FieldPath::from(field));
    let (first, last) = (list.items().first()?, list.items().last()?);
    if last.span.start < list.span.start || list.span.end < last.span.end {
        return None;
    }
    // In quotes as the one before it, which may be JSON.
    let is_quoted = last
        .as_str()
        .is_some_and(|text| length(last) == text.len() + 2);
    let item = if is_quoted && !item.starts_with(['"', '\'']) {
        format!("\"{item}\"")
    } else {
        item.to_owned()
    };
    let is_flow = list.span.end != last.span.end;
    let text = if is_flow {
        format!(", {item}")
    } else {
        let indent = " ".repeat((column_of_dash(list, first) as usize).saturating_sub(1));
        format!("\n{indent}- {item}")
    };
    let span = Span {
        start: last.span.end,
        end: last.span.end,
    };
    in_text(stored, Fix { span, text })
}

/// The column of the dashes of a list in block style. One that is not further in than its key begins behind its first dash:
/// that is two columns before the item.
fn column_of_dash(list: &Yaml, first: &Yaml) -> u32 {
    let (list, first) = (list.span.start, first.span.start);
    if list.line == first.line && list.column < first.column {
        list.column
    } else {
        first.column.saturating_sub(2)
    }
}

/// Puts a text in place of another in a value that has it once. The value is on one line, without an anchor or escapes.
pub(super) fn replace_in(stored: &Stored, value: &Yaml, old: &str, new: &str) -> Option<Fix> {
    let text = value.as_str()?;
    let is_simple = [text.len(), text.len() + 2].contains(&length(value));
    let is_clear = !old.is_empty() && text.matches(old).count() == 1 && !text.contains('\n');
    let fix = Fix {
        span: value.span,
        text: quoted_in_flow(&text.replace(old, new)),
    };
    in_text(stored, fix).filter(|_| is_simple && is_clear)
}

/// The length of what is written.
fn length(value: &Yaml) -> usize {
    let Span { start, end } = value.span;
    end.offset.saturating_sub(start.offset) as usize
}

/// An edit of an object's document, in the whole text; `None` for system objects.
fn in_text(stored: &Stored, fix: Fix) -> Option<Fix> {
    Some(fix.shifted(stored.written?.origin))
}

/// The object that the text has of a pod, or of the workload that makes it, and the pod's spec in it.
pub(super) fn pod_spec<'a>(
    resolved: &'a Resolved,
    pod: &ObjectName,
) -> Option<(&'a Stored, &'a Yaml)> {
    let stored = resolved
        .get(Kind::Pod, pod)
        .or_else(|| resolved.workload_of(pod))?;
    let own = stored.tree.at(stored.kind.pod_path()?)?;
    Some((stored, own.get("spec")?))
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
}
