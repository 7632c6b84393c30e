//! Edits of the text that set a field of an object.

use crate::diagnostic::{Fix, Span};
use crate::kinds::Kind;
use crate::manifest::field_edit;
use crate::manifest::tree::{FieldPath, Yaml};
use crate::manifest::yaml_quote::quoted_in_flow;
use crate::names::ObjectName;
use crate::resolve::{Resolved, Stored};

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

/// Writes an item behind the last one of a list, in the list's own form; `None` if the list is an alias.
pub(super) fn add_item(stored: &Stored, field: &str, item: &str) -> Option<Fix> {
    let list = stored.tree.nearest(&FieldPath::from(field));
    let (own, last) = (stored.span_of(list)?, stored.span_of(list.items().last()?)?);
    if last.start < own.start || own.end < last.end {
        return None;
    }
    let is_flow = own.end != last.end;
    let text = if is_flow {
        format!(", {item}")
    } else {
        // The dash is two columns before the item.
        let indent = " ".repeat((last.start.column as usize).saturating_sub(3));
        format!("\n{indent}- {item}")
    };
    let span = Span {
        start: last.end,
        end: last.end,
    };
    Some(Fix { span, text })
}

/// Puts a text in place of another in a value on one line, which has it once.
pub(super) fn replace_in(stored: &Stored, value: &Yaml, old: &str, new: &str) -> Option<Fix> {
    let text = value.as_str()?;
    let is_clear = !old.is_empty() && text.matches(old).count() == 1 && !text.contains('\n');
    let fix = Fix {
        span: value.span,
        text: quoted_in_flow(&text.replace(old, new)),
    };
    in_text(stored, fix).filter(|_| is_clear)
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
