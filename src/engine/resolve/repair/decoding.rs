//! The repair of what kubectl or the API server could not decode.

use super::{legacy_ingress, misplaced, replaced, slice};
use crate::api_resources::{RESOURCES, of_kind};
use crate::diagnostic::Fix;
use crate::manifest::served_kinds::may_exist;
use crate::manifest::{DecodeFault, Written};
use crate::syntax::typo_distance;

/// The repair of a decoding error: the field, kind or version that was meant, the mapping that a field belongs to, or the
/// quotes that a value needs or must not have.
pub(in crate::resolve) fn of_decoding(written: Written, fault: &DecodeFault) -> Option<Fix> {
    if fault.words.starts_with("no matches for kind") {
        return served_kind(written);
    }
    let text = slice(written, fault.span)?;
    if let Some(meant) = fault.meant {
        let is_quoted = text.starts_with(['"', '\'']);
        let text = if is_quoted {
            format!("\"{meant}\"")
        } else {
            meant.to_owned()
        };
        return Some(Fix {
            span: fault.span,
            text,
        });
    }
    if fault.words.starts_with("unknown field") {
        return legacy_ingress::repair(written, fault)
            .or_else(|| misplaced::repair(written, fault));
    }
    let text = quotes(&fault.words, text.trim())?;
    Some(Fix {
        span: fault.span,
        text,
    })
}

/// A value with the quotes that make a string of it, or without those that keep it from being a number or a boolean.
fn quotes(words: &str, text: &str) -> Option<String> {
    let found = words.strip_prefix("json: cannot unmarshal ")?;
    let (found, _) = found.split_once(' ')?;
    let (_, wanted) = words.rsplit_once(" of type ")?;
    match (found, wanted) {
        ("bool" | "number", "string") => Some(format!("\"{text}\"")),
        ("string", "int32" | "int64" | "bool") => {
            let bare = text.trim_matches(['"', '\'']);
            let is_right = match wanted {
                "bool" => bare.parse::<bool>().is_ok(),
                _ => bare.parse::<i32>().is_ok(),
            };
            is_right.then(|| bare.to_owned())
        }
        _ => None,
    }
}

/// The version in which the API server has the kind, or the kind that was meant.
fn served_kind(written: Written) -> Option<Fix> {
    let object = written.object;
    let (version, kind) = (object.tree.get("apiVersion")?, object.tree.get("kind")?);
    if let Some(resource) = of_kind(&object.kind) {
        return replaced(version, resource.api_version());
    }
    let served = RESOURCES
        .iter()
        .filter(|resource| may_exist(&object.api_version, resource.kind));
    let near = served
        .filter_map(|resource| Some((typo_distance(&object.kind, resource.kind)?, resource.kind)));
    replaced(kind, near.min()?.1)
}
