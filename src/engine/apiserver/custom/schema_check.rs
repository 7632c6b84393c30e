//! What a structural schema finds wrong with a value, in the order and words of kube-openapi's validator
//! (`pkg/validation/validate`): the type, `oneOf`, texts, numbers, lists, `enum`, then properties and required ones.

use super::super::errors::{
    ApiError, Fault, invalid, required, too_long, too_many, unsupported_value,
};
use super::super::field::Field;
use super::super::go_json::to_json;
use super::properties;
use crate::manifest::custom::schema::{Demands, ObjectSchema, SchemaType};
use crate::manifest::tree::{FieldPath, Yaml, YamlValue};
use crate::syntax::quote;

/// The errors of an object.
pub(super) fn errors(object: &Field, schema: &'static ObjectSchema) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for (field, property) in properties(object, schema) {
        if let (Some(node), false) = (field.node(), property.name == "status") {
            errors.extend(of_value(&field, node, property.kind(), &property.demands));
        }
    }
    for (field, property) in properties(object, schema) {
        if property.demands.required && field.node().is_none() {
            errors.push(required(&field.path, ""));
        }
    }
    errors
}

fn of_value(field: &Field, node: &Yaml, kind: SchemaType, demands: &Demands) -> Vec<ApiError> {
    let mut errors: Vec<ApiError> = wrong_type(field, node, kind).into_iter().collect();
    if let SchemaType::Object(schema) = kind
        && schema.name == "gateway.GatewaySpecAddress"
    {
        errors.extend(not_an_address(field));
    }
    match &node.value {
        YamlValue::String(text) => errors.extend(of_text(field, text, demands)),
        YamlValue::Int(number) => errors.extend(of_number(field, *number as f64, kind, demands)),
        YamlValue::Float(number) => errors.extend(of_number(field, *number, kind, demands)),
        YamlValue::Seq(items) => errors.extend(of_list(field, items.len(), kind, demands)),
        YamlValue::Null | YamlValue::Bool(_) | YamlValue::Map(_) => {}
    }
    errors.extend(not_allowed(field, node, demands));
    if let YamlValue::Map(_) = node.value {
        errors.extend(of_map(field, node, kind, demands));
    }
    errors
}

/// A value whose type is not the schema's (`type.go`).
fn wrong_type(field: &Field, node: &Yaml, kind: SchemaType) -> Option<ApiError> {
    let (name, format) = match kind {
        SchemaType::Text => ("string", ""),
        SchemaType::Bool => ("boolean", ""),
        SchemaType::Int32 => ("integer", "int32"),
        SchemaType::Int64 => ("integer", "int64"),
        SchemaType::List(_) => ("array", ""),
        SchemaType::Object(_) | SchemaType::Map(_) | SchemaType::Metadata => ("object", ""),
    };
    let (found, found_format) = match &node.value {
        YamlValue::Null => ("null", ""),
        YamlValue::Bool(_) => ("boolean", ""),
        YamlValue::Int(_) => ("integer", "int64"),
        YamlValue::Float(number) if number.fract() == 0.0 => ("integer", "float64"),
        YamlValue::Float(_) => ("number", "float64"),
        YamlValue::String(_) => ("string", ""),
        YamlValue::Seq(_) => ("array", ""),
        YamlValue::Map(_) => ("object", ""),
    };
    if name == found {
        return None;
    }
    let is_named_by_format = !format.is_empty() && !matches!(found, "string" | "array" | "null");
    Some(if is_named_by_format {
        type_invalid(&field.path, format, found_format)
    } else {
        type_invalid(&field.path, name, found)
    })
}

fn type_invalid(path: &FieldPath, wanted: &str, found: &str) -> ApiError {
    ApiError {
        field: path.clone(),
        fault: Fault::TypeInvalid(quote(found)),
        detail: format!("{path} in body must be of type {wanted}: {}", quote(found)),
    }
}

/// The first thing wrong with a text (`stringValidator`).
fn of_text(field: &Field, text: &str, demands: &Demands) -> Option<ApiError> {
    let path = &field.path;
    let count = text.chars().count();
    if let Some(most) = demands.max_length.filter(|most| count > *most) {
        return Some(too_long(path, most));
    }
    if let Some(least) = demands.min_length.filter(|least| count < *least) {
        let detail = format!("{path} in body should be at least {least} chars long");
        return Some(invalid(path, quote(text), detail));
    }
    if demands.fits_pattern(text) {
        return None;
    }
    let pattern = demands.pattern.as_deref().unwrap_or_default();
    let detail = format!("{path} in body should match '{pattern}'");
    Some(invalid(path, quote(text), detail))
}

fn of_number(field: &Field, number: f64, kind: SchemaType, demands: &Demands) -> Vec<ApiError> {
    let path = &field.path;
    let printed = to_json(field.node());
    let mut errors = Vec::new();
    let fits = number.fract() == 0.0;
    let is_outside = match kind {
        SchemaType::Int32 => !fits || number < f64::from(i32::MIN) || number > f64::from(i32::MAX),
        SchemaType::Int64 => !fits,
        SchemaType::Text
        | SchemaType::Bool
        | SchemaType::Object(_)
        | SchemaType::List(_)
        | SchemaType::Map(_)
        | SchemaType::Metadata => false,
    };
    if is_outside {
        let format = if matches!(kind, SchemaType::Int32) {
            "int32"
        } else {
            "int64"
        };
        errors.push(without_field(format!(
            "Checked value must be of type integer with format {format} in {path}"
        )));
    }
    if let Some(most) = demands.maximum.filter(|most| number > *most as f64) {
        let detail = format!("{path} in body should be less than or equal to {most}");
        errors.push(invalid(path, &printed, detail));
    }
    if let Some(least) = demands.minimum.filter(|least| number < *least as f64) {
        let detail = format!("{path} in body should be greater than or equal to {least}");
        errors.push(invalid(path, &printed, detail));
    }
    errors
}

fn of_list(field: &Field, count: usize, kind: SchemaType, demands: &Demands) -> Vec<ApiError> {
    let path = &field.path;
    let none = Demands::default();
    let of_items = demands.items.as_deref().unwrap_or(&none);
    let mut errors = Vec::new();
    if let SchemaType::List(item) = kind {
        for value in field.items() {
            let node = value.node().into_iter();
            errors.extend(
                node.flat_map(|node| of_value(&value, node, SchemaType::read(item), of_items)),
            );
        }
    }
    if let Some(least) = demands.min_items.filter(|least| count < *least) {
        let detail = format!("{path} in body should have at least {least} items");
        errors.push(invalid(path, count.to_string(), detail));
    }
    if let Some(most) = demands.max_items.filter(|most| count > *most) {
        errors.push(too_many(path, count, most));
    }
    errors
}

/// A value that is none of the allowed ones.
fn not_allowed(field: &Field, node: &Yaml, demands: &Demands) -> Option<ApiError> {
    let allowed = demands.allowed.as_ref()?;
    let value = serde_json::Value::from(node);
    if allowed.contains(&value) {
        return None;
    }
    let names = allowed.iter().map(|value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    });
    Some(unsupported_value(&field.path, to_json(Some(node)), names))
}

fn of_map(field: &Field, node: &Yaml, kind: SchemaType, demands: &Demands) -> Vec<ApiError> {
    let path = &field.path;
    let count = node.entries().len();
    if let Some(most) = demands.max_properties.filter(|most| count > *most) {
        let detail = format!("{path} in body should have at most {most} properties");
        return vec![invalid(path, count.to_string(), detail)];
    }
    match kind {
        SchemaType::Object(schema) => errors(field, schema),
        SchemaType::Map(value) => {
            let none = Demands::default();
            let entries = node.entries().iter();
            let of_entry = |entry: &crate::manifest::tree::YamlEntry| {
                let mut at = field.entry(&entry.key);
                at.path = field.path.named(&entry.key);
                of_value(&at, &entry.value, SchemaType::read(value), &none)
            };
            entries.flat_map(of_entry).collect()
        }
        SchemaType::Text
        | SchemaType::Bool
        | SchemaType::Int32
        | SchemaType::Int64
        | SchemaType::List(_)
        | SchemaType::Metadata => Vec::new(),
    }
}

/// An address of a Gateway is an IP address where its type says so (`oneOf` of the CRD).
fn not_an_address(field: &Field) -> Vec<ApiError> {
    let value = field.child("value");
    let is_address = value.text().parse::<std::net::IpAddr>().is_ok();
    let is_text = value.node().is_some_and(|node| node.as_str().is_some());
    if field.child("type").text() != "IPAddress" || is_address || !is_text {
        return Vec::new();
    }
    let (path, inside) = (&field.path, &value.path);
    vec![
        without_field(format!(
            "\"{path}\" must validate one and only one schema (oneOf). Found none valid"
        )),
        without_field(format!(
            "\"{inside}\" must validate at least one schema (anyOf)"
        )),
        type_invalid(inside, "ipv4", value.text()),
    ]
}

/// An error that names no field.
fn without_field(detail: String) -> ApiError {
    invalid(&FieldPath::default().key("<nil>"), "\"\"", detail)
}
