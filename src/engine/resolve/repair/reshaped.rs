//! The repair of a value of another shape than its field's type: one thing for a list of such things, words for a list of
//! words, a list for a mapping, a port for the object that names it.

use super::replaced;
use crate::diagnostic::{Fix, Span};
use crate::manifest::fields::Type;
use crate::manifest::tree::{FieldPath, PathStep, Yaml, YamlValue};
use crate::manifest::yaml_quote::quoted_in_flow;
use crate::manifest::{DecodeFault, Written};

/// The Go type of `port` in the backend of an Ingress.
const BACKEND_PORT: &str = "ServiceBackendPort";

/// The value in the shape of the type that is wanted.
pub(super) fn repair(written: Written, fault: &DecodeFault, wanted: Type) -> Option<Fix> {
    let value = written.object.tree.nearest(&fault.path);
    match (&value.value, wanted) {
        (YamlValue::String(text), Type::List(item)) if is_text(item) => {
            replaced(value, list_of_words(fault, text)?)
        }
        (YamlValue::Map(_), Type::List(item)) => {
            replaced(value, list_of_one(written, value, item)?)
        }
        (YamlValue::Seq(items), Type::Map("string")) => {
            let [only] = items.as_slice() else {
                return None;
            };
            mapping(written, fault, only)
        }
        (YamlValue::Int(number), Type::Struct(of)) if of.name == BACKEND_PORT => {
            replaced(value, format!("{{number: {number}}}"))
        }
        (YamlValue::String(text), Type::Struct(of)) if of.name == BACKEND_PORT => {
            let port = match text.parse::<u16>() {
                Ok(number) => format!("{{number: {number}}}"),
                Err(_) => format!("{{name: {}}}", quoted_in_flow(text)),
            };
            replaced(value, port)
        }
        _ => None,
    }
}

/// A value of a custom resource whose type is not that of its schema: a text for a list of texts, or in quotes for a number.
pub(super) fn of_schema(value: &Yaml, detail: &str) -> Option<Fix> {
    let text = value.as_str()?;
    if detail.contains("must be of type array") {
        replaced(value, format!("[{}]", quoted_in_flow(text)))
    } else if detail.contains("must be of type integer") {
        replaced(value, text.parse::<u16>().ok()?.to_string())
    } else {
        None
    }
}

fn is_text(item: &'static str) -> bool {
    matches!(Type::read(item), Type::Text(_))
}

/// `sleep infinity` as a list: of words for a command, which a shell has to read if it is more than words; else of one.
fn list_of_words(fault: &DecodeFault, text: &str) -> Option<String> {
    let field = match fault.path.0.last()? {
        PathStep::Key(field) => field.as_ref(),
        PathStep::Entry(_) | PathStep::Index(_) => return None,
    };
    let for_shell = ['|', '&', ';', '<', '>', '$', '"', '\'', '`', '*', '\\'];
    let words: Vec<String> = match field {
        _ if text.contains('\n') => return None,
        "command" if text.contains(for_shell) => {
            vec!["sh".to_owned(), "-c".to_owned(), quoted_in_flow(text)]
        }
        "args" if text.contains(for_shell) => return None,
        "command" | "args" => text.split_whitespace().map(quoted_in_flow).collect(),
        _ => vec![quoted_in_flow(text)],
    };
    Some(format!("[{}]", words.join(", ")))
}

/// A mapping as the only item of a list, if it has fields of the items and no others.
fn list_of_one(written: Written, value: &Yaml, item: &'static str) -> Option<String> {
    let Type::Struct(of) = Type::read(item) else {
        return None;
    };
    let mut entries = value.entries().iter();
    let is_item = entries.all(|entry| of.field(&entry.key).is_some());
    if !is_item || value.entries().is_empty() {
        return None;
    }
    in_list(written, value)
}

/// The mapping that has a field of an item, as the only item of a list.
pub(super) fn holder_in_list(written: Written, fault: &DecodeFault) -> Option<Fix> {
    let (_, holder) = fault.path.0.split_last()?;
    let holder = FieldPath(holder.to_vec());
    let value = written.object.tree.nearest(&holder);
    replaced(value, in_list(written, value)?)
}

fn in_list(written: Written, value: &Yaml) -> Option<String> {
    let text = written.slice(value.span)?;
    if text.starts_with(['{', '*']) {
        return Some(format!("[{text}]"));
    }
    if has_properties(text) {
        return None;
    }
    let body = text.trim_end();
    let rest = text.get(body.len()..)?;
    Some(format!("- {}{rest}", body.replace('\n', "\n  ")))
}

/// Whether a value begins with an anchor or a tag.
fn has_properties(text: &str) -> bool {
    text.starts_with(['&', '!'])
}

/// The only item of a list, a mapping of texts, in place of the list. From the key on: items may be in its column.
fn mapping(written: Written, fault: &DecodeFault, only: &Yaml) -> Option<Fix> {
    let (PathStep::Key(field), holder) = fault.path.0.split_last()? else {
        return None;
    };
    let holder = FieldPath(holder.to_vec());
    let entry = written.object.tree.nearest(&holder).entry(field)?;
    if has_properties(written.slice(entry.value.span)?) {
        return None;
    }
    let pairs = only.entries().iter().map(|pair| {
        let value = pair.value.as_str()?;
        Some(format!(
            "{}: {}",
            quoted_in_flow(&pair.key),
            quoted_in_flow(value)
        ))
    });
    let pairs: Option<Vec<String>> = pairs.collect();
    let pairs = pairs.filter(|pairs| !pairs.is_empty())?;
    Some(Fix {
        span: Span {
            start: entry.key_span.end,
            end: entry.value.span.end,
        },
        text: format!(": {{{}}}", pairs.join(", ")),
    })
}
