//! Lists whose items must differ: `x-kubernetes-list-type: set` and `map` (apiextensions-apiserver
//! `pkg/apiserver/schema/listtype`). Each item that equals an earlier one is an error.

use super::super::errors::{ApiError, duplicate};
use super::super::field::Field;
use super::super::go_json::{text_in_json, to_json};
use super::properties;
use crate::manifest::custom::schema::{Demands, ObjectSchema, SchemaType};

/// The items of an object's lists that are there twice.
pub(super) fn duplicates(object: &Field, schema: &'static ObjectSchema) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for (field, property) in properties(object, schema) {
        if property.name != "status" {
            errors.extend(of_value(&field, property.kind(), &property.demands));
        }
    }
    errors
}

fn of_value(field: &Field, kind: SchemaType, demands: &Demands) -> Vec<ApiError> {
    match kind {
        SchemaType::Object(schema) => duplicates(field, schema),
        SchemaType::List(item) => {
            let mut errors = of_list(field, demands);
            let items = field.items();
            let none = Demands::default();
            errors.extend(
                items
                    .iter()
                    .flat_map(|value| of_value(value, SchemaType::read(item), &none)),
            );
            errors
        }
        SchemaType::Text
        | SchemaType::Bool
        | SchemaType::Int32
        | SchemaType::Int64
        | SchemaType::Map(_)
        | SchemaType::Metadata => Vec::new(),
    }
}

fn of_list(list: &Field, demands: &Demands) -> Vec<ApiError> {
    let mut seen: Vec<String> = Vec::new();
    let mut errors = Vec::new();
    for item in list.items() {
        let identity = match demands.list_type.as_str() {
            "set" => to_json(item.node()),
            "map" => keys_in_json(&item, &demands.keys),
            _ => return errors,
        };
        if seen.contains(&identity) {
            errors.push(duplicate(&item.path, identity));
        } else {
            seen.push(identity);
        }
    }
    errors
}

/// The keys of an item that it has: `{"name":"x-a"}`.
fn keys_in_json(item: &Field, keys: &[String]) -> String {
    let present = keys.iter().filter_map(|key| {
        let value = item.node().and_then(|node| node.get(key))?;
        Some(format!("{}:{}", text_in_json(key), to_json(Some(value))))
    });
    format!("{{{}}}", present.collect::<Vec<_>>().join(","))
}
