//! Conversion between trees and JSON values, and serialisation of trees.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::tree::{Yaml, YamlEntry, YamlValue};
use crate::diagnostic::Span;

impl Serialize for Yaml {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            YamlValue::Null => serializer.serialize_unit(),
            YamlValue::Bool(value) => serializer.serialize_bool(*value),
            YamlValue::Int(number) => serializer.serialize_i64(*number),
            YamlValue::Float(number) => serializer.serialize_f64(*number),
            YamlValue::String(text) => serializer.serialize_str(text),
            YamlValue::Seq(items) => serializer.collect_seq(items),
            YamlValue::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for entry in entries {
                    map.serialize_entry(&entry.key, &entry.value)?;
                }
                map.end()
            }
        }
    }
}

impl From<serde_json::Value> for Yaml {
    fn from(json: serde_json::Value) -> Yaml {
        let value = match json {
            serde_json::Value::Null => YamlValue::Null,
            serde_json::Value::Bool(value) => YamlValue::Bool(value),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(whole) => YamlValue::Int(whole),
                None => YamlValue::Float(number.as_f64().unwrap_or_default()),
            },
            serde_json::Value::String(text) => YamlValue::String(text.into()),
            serde_json::Value::Array(items) => {
                YamlValue::Seq(items.into_iter().map(Yaml::from).collect())
            }
            serde_json::Value::Object(fields) => {
                YamlValue::Map(fields.into_iter().map(entry).collect())
            }
        };
        Yaml::new(value, Span::default())
    }
}

impl From<&Yaml> for serde_json::Value {
    fn from(node: &Yaml) -> serde_json::Value {
        match &node.value {
            YamlValue::Null => serde_json::Value::Null,
            YamlValue::Bool(value) => (*value).into(),
            YamlValue::Int(number) => (*number).into(),
            YamlValue::Float(number) => (*number).into(),
            YamlValue::String(text) => text.as_str().into(),
            YamlValue::Seq(items) => items.iter().map(serde_json::Value::from).collect(),
            YamlValue::Map(entries) => {
                let field = |entry: &YamlEntry| {
                    (entry.key.to_string(), serde_json::Value::from(&entry.value))
                };
                let mut fields = serde_json::Map::new();
                fields.extend(entries.iter().map(field));
                serde_json::Value::Object(fields)
            }
        }
    }
}

fn entry((key, value): (String, serde_json::Value)) -> YamlEntry {
    YamlEntry {
        key: key.into(),
        key_span: Span::default(),
        value: value.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_goes_through_a_tree_unchanged() {
        let json = serde_json::json!({"a": [1, 1.5, true, null], "b": {"c": "d"}});
        assert_eq!(serde_json::Value::from(&Yaml::from(json.clone())), json);
    }
}
