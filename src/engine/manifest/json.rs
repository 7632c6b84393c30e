//! Trees to and from JSON values, and out to any serde format (`-o yaml`, `-o json`).

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::tree::{Entry, Node, Value};
use crate::engine::diagnostic::Span;

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Int(number) => serializer.serialize_i64(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::String(text) => serializer.serialize_str(text),
            Value::Seq(items) => serializer.collect_seq(items),
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for entry in entries {
                    map.serialize_entry(&entry.key, &entry.value)?;
                }
                map.end()
            }
        }
    }
}

impl From<serde_json::Value> for Node {
    fn from(json: serde_json::Value) -> Node {
        let value = match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(value),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(whole) => Value::Int(whole),
                None => Value::Float(number.as_f64().unwrap_or_default()),
            },
            serde_json::Value::String(text) => Value::String(text.into()),
            serde_json::Value::Array(items) => {
                Value::Seq(items.into_iter().map(Node::from).collect())
            }
            serde_json::Value::Object(fields) => {
                Value::Map(fields.into_iter().map(entry).collect())
            }
        };
        Node::new(value, Span::default())
    }
}

impl From<&Node> for serde_json::Value {
    fn from(node: &Node) -> serde_json::Value {
        match &node.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Int(number) => (*number).into(),
            Value::Float(number) => (*number).into(),
            Value::String(text) => text.as_str().into(),
            Value::Seq(items) => items.iter().map(serde_json::Value::from).collect(),
            Value::Map(entries) => {
                let field =
                    |entry: &Entry| (entry.key.to_string(), serde_json::Value::from(&entry.value));
                let mut fields = serde_json::Map::new();
                fields.extend(entries.iter().map(field));
                serde_json::Value::Object(fields)
            }
        }
    }
}

fn entry((key, value): (String, serde_json::Value)) -> Entry {
    Entry {
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
        assert_eq!(serde_json::Value::from(&Node::from(json.clone())), json);
    }
}
