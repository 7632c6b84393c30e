//! The repair of what kubectl or the API server could not decode.

use super::{misplaced, replaced, reshaped};
use crate::api_resources::{RESOURCES, of_kind};
use crate::diagnostic::Fix;
use crate::kinds::Kind;
use crate::manifest::fields::Type;
use crate::manifest::served_kinds::may_exist;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::manifest::{DecodeFault, DecodeFaultReason, Written};
use crate::syntax::typo_distance;

/// The repair of a decoding error: the field, kind or version that was meant, the mapping that a field belongs to, the
/// quotes that a value needs or must not have, or the shape of its type.
pub(in crate::resolve) fn of_decoding(written: Written, fault: &DecodeFault) -> Option<Fix> {
    match fault.reason {
        DecodeFaultReason::Unreadable => None,
        DecodeFaultReason::NoSuchKind => served_kind(written),
        DecodeFaultReason::UnknownField { meant: Some(meant) } => renamed(written, fault, meant),
        DecodeFaultReason::UnknownField { meant: None } => {
            former_field(written, fault).or_else(|| misplaced::repair(written, fault))
        }
        DecodeFaultReason::ItemForList => reshaped::holder_in_list(written, fault),
        DecodeFaultReason::WrongType(wanted) => {
            let value = written.object.tree.nearest(&fault.path);
            match requoted(written, value, wanted) {
                Some(text) => replaced(value, text),
                None => reshaped::repair(written, fault, wanted),
            }
        }
    }
}

/// The field of which an unknown one is a typo, in quotes if that one has them.
fn renamed(written: Written, fault: &DecodeFault, meant: &str) -> Option<Fix> {
    let is_quoted = written.slice(fault.span)?.starts_with(['"', '\'']);
    let text = if is_quoted {
        format!("\"{meant}\"")
    } else {
        meant.to_owned()
    };
    Some(Fix {
        span: fault.span,
        text,
    })
}

/// What an older version's field is called in this version of the kind.
fn former_field(written: Written, fault: &DecodeFault) -> Option<Fix> {
    let kind = Kind::named(&written.object.api_version, &written.object.kind)?;
    (kind.spec().former_field)(written, fault)
}

/// A value with the quotes that make a string of it, or without those that keep it from being a number or a boolean.
fn requoted(written: Written, value: &Yaml, wanted: Type) -> Option<String> {
    match (&value.value, wanted) {
        (YamlValue::Bool(_) | YamlValue::Int(_) | YamlValue::Float(_), Type::Text("string")) => {
            Some(format!("\"{}\"", written.slice(value.span)?.trim()))
        }
        (YamlValue::String(text), Type::Int32 | Type::Int64) => {
            text.parse::<i32>().ok().map(|_| text.to_string())
        }
        (YamlValue::String(text), Type::Bool) => {
            text.parse::<bool>().ok().map(|_| text.to_string())
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
