//! Defaults of a structural schema (apiextensions-apiserver `pkg/apiserver/schema/defaulting`).

use super::super::defaulting::put;
use crate::manifest::custom::schema::{self, ObjectSchema, SchemaType};
use crate::manifest::tree::{Yaml, YamlValue};

/// Fills in the defaults of an object. A property that is `null` counts as absent. The status that a user writes is
/// dropped, because it is a subresource.
pub(crate) fn fill(object: &mut Yaml, schema: &'static str) {
    object.remove("status");
    fill_object(object, schema::named(schema));
}

fn fill_object(object: &mut Yaml, schema: &'static ObjectSchema) {
    let YamlValue::Map(_) = object.value else {
        return;
    };
    for property in &schema.properties {
        if object.get(property.name).is_some_and(Yaml::is_null) {
            object.remove(property.name);
        }
        if let (None, Some(default)) = (object.get(property.name), &property.demands.default) {
            put(object, property.name, Yaml::from(default.clone()).value);
        }
        if let Some(value) = object.get_mut(property.name) {
            fill_value(value, property.kind());
        }
    }
}

fn fill_value(value: &mut Yaml, kind: SchemaType) {
    match kind {
        SchemaType::Object(schema) => fill_object(value, schema),
        SchemaType::List(item) => {
            for item_value in value.items_mut() {
                fill_value(item_value, SchemaType::read(item));
            }
        }
        SchemaType::Map(_) => {
            if let YamlValue::Map(entries) = &mut value.value {
                entries.retain(|entry| !entry.value.is_null());
            }
        }
        SchemaType::Text
        | SchemaType::Bool
        | SchemaType::Int32
        | SchemaType::Int64
        | SchemaType::Metadata => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::go_json::to_json;
    use crate::apiserver::testing::node;

    fn filled(json: &str) -> String {
        let mut object = node(json);
        fill(&mut object, "gateway.HTTPRoute");
        to_json(object.get("spec"))
    }

    #[test]
    fn a_default_has_defaults_itself_and_null_is_absent() {
        assert_eq!(
            filled(
                r#"{"spec":{"hostnames":null,"rules":[{"matches":[{"path":{"type":"Exact"}}]},{}]}}"#
            ),
            r#"{"rules":[{"matches":[{"path":{"type":"Exact","value":"/"}}]},{"matches":[{"path":{"type":"PathPrefix","value":"/"}}]}]}"#
        );
    }

    #[test]
    fn an_empty_list_is_not_absent() {
        assert_eq!(filled(r#"{"spec":{"rules":[]}}"#), r#"{"rules":[]}"#);
    }
}
