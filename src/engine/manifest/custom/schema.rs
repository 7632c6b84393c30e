//! The schemas of the modelled custom resources: `schema.txt`, written by `tools/crd-schema.py`.
//!
//! Its first lines give the type of each kind (`gateway.networking.k8s.io/v1 Gateway gateway.Gateway`). Then each type
//! has a line, and below it, indented, each of its fields: the name, the type, and what the CRD demands of it as JSON.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use regex_lite::Regex;
use serde::Deserialize;

use crate::sort;
use crate::syntax::typo_distance;

/// The type of a value in a structural schema.
#[derive(Clone, Copy, Debug)]
pub enum SchemaType {
    /// `type: string`.
    Text,
    /// `type: boolean`.
    Bool,
    /// `type: integer` with `format: int32`.
    Int32,
    /// `type: integer` with `format: int64`.
    Int64,
    /// `type: object` with `properties`.
    Object(&'static ObjectSchema),
    /// `type: array`; the type of the items is to be read from the text.
    List(&'static str),
    /// `type: object` with `additionalProperties`; the type of the values is to be read from the text.
    Map(&'static str),
    /// `metadata`, which the API server decodes as for every kind.
    Metadata,
}

/// An object of a schema.
#[derive(Debug)]
pub struct ObjectSchema {
    /// Its name in the table: `gateway.Listener`.
    pub name: &'static str,
    /// Its properties by name.
    pub properties: Vec<Property>,
}

/// A property of an [`ObjectSchema`].
#[derive(Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    kind: &'static str,
    /// What its value must fulfil.
    pub demands: Demands,
}

/// What a schema demands of a value beyond its type. All but the compiled pattern are JSON Schema's words.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Demands {
    /// Whether the property must be there.
    pub required: bool,
    /// The value of an absent property.
    pub default: Option<serde_json::Value>,
    /// The values that are allowed, in the order of the schema.
    #[serde(rename = "enum")]
    pub allowed: Option<Vec<serde_json::Value>>,
    /// The least number.
    pub minimum: Option<i64>,
    /// The greatest number.
    pub maximum: Option<i64>,
    /// The least number of characters.
    pub min_length: Option<usize>,
    /// The greatest number of characters.
    pub max_length: Option<usize>,
    /// A regular expression that the text must contain a match of.
    pub pattern: Option<String>,
    /// The least number of items.
    pub min_items: Option<usize>,
    /// The greatest number of items.
    pub max_items: Option<usize>,
    /// The greatest number of entries of a map.
    pub max_properties: Option<usize>,
    /// `x-kubernetes-list-type`: `set` or `map`.
    pub list_type: String,
    /// `x-kubernetes-list-map-keys`.
    pub keys: Vec<String>,
    /// What each item of a list must fulfil.
    pub items: Option<Box<Demands>>,
    #[serde(skip)]
    compiled: OnceLock<Option<Regex>>,
}

impl ObjectSchema {
    /// The property with this name.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties
            .iter()
            .find(|property| property.name == name)
    }

    /// The name of the property that a word is a typo of.
    pub fn nearest_property(&self, word: &str) -> Option<&'static str> {
        let names = self.properties.iter().map(|property| property.name);
        names
            .filter_map(|name| Some((typo_distance(word, name)?, name)))
            .min()
            .map(|(_, name)| name)
    }
}

impl Property {
    /// Its type.
    pub fn kind(&self) -> SchemaType {
        SchemaType::read(self.kind)
    }
}

impl Demands {
    /// Whether a text has a match of the pattern; true without a pattern.
    pub fn fits_pattern(&self, text: &str) -> bool {
        let compile = || self.pattern.as_deref().and_then(|it| Regex::new(it).ok());
        let compiled = self.compiled.get_or_init(compile);
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

impl SchemaType {
    /// Reads a type of the table.
    pub fn read(text: &'static str) -> SchemaType {
        if let Some(item) = text.strip_prefix("[]") {
            return SchemaType::List(item);
        }
        if let Some(value) = text.strip_prefix("map[string]") {
            return SchemaType::Map(value);
        }
        match text {
            "string" => SchemaType::Text,
            "bool" => SchemaType::Bool,
            "int32" => SchemaType::Int32,
            "int64" => SchemaType::Int64,
            "meta.ObjectMeta" => SchemaType::Metadata,
            name => SchemaType::Object(named(name)),
        }
    }
}

/// The schema of a kind; `None` if it is no modelled custom resource.
pub fn of_kind(api_version: &str, kind: &str) -> Option<&'static ObjectSchema> {
    TABLE
        .kinds
        .get(&(api_version, kind))
        .map(|name| named(name))
}

/// The type of this name, which must be in the table.
pub fn named(name: &str) -> &'static ObjectSchema {
    let found = TABLE.types.get(name);
    found.expect("the table has every type that it names, which a test checks")
}

struct Table {
    kinds: BTreeMap<(&'static str, &'static str), &'static str>,
    types: BTreeMap<&'static str, ObjectSchema>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (kinds, types) = include_str!("schema.txt")
        .split_once("\n\n")
        .expect("the table has two parts");
    let kind = |line: &'static str| {
        let mut words = line.split(' ');
        Some(((words.next()?, words.next()?), words.next()?))
    };
    Table {
        kinds: sort::map(kinds.lines().filter_map(kind)),
        types: sort::map(read_types(types)),
    }
});

fn read_types(text: &'static str) -> Vec<(&'static str, ObjectSchema)> {
    let mut types: Vec<(&'static str, ObjectSchema)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix(' '), types.last_mut()) {
            (Some(field), Some((_, owner))) => owner.properties.extend(read_property(field)),
            (Some(_), None) => {}
            (None, _) => {
                let properties = Vec::new();
                let name = line;
                types.push((name, ObjectSchema { name, properties }));
            }
        }
    }
    types
}

fn read_property(line: &'static str) -> Option<Property> {
    let mut words = line.splitn(3, ' ');
    let (name, kind) = (words.next()?, words.next()?);
    let demands = words.next().map(serde_json::from_str);
    Some(Property {
        name,
        kind,
        demands: demands
            .transpose()
            .expect("the table holds JSON, which a test checks")
            .unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_and_pattern_of_the_table_is_read() {
        for schema in TABLE.types.values() {
            for property in &schema.properties {
                let mut kind = property.kind();
                while let SchemaType::List(inner) | SchemaType::Map(inner) = kind {
                    kind = SchemaType::read(inner);
                }
                let demands = &property.demands;
                let patterns = [Some(demands), demands.items.as_deref()];
                for pattern in patterns
                    .into_iter()
                    .flatten()
                    .filter_map(|it| it.pattern.as_ref())
                {
                    assert!(Regex::new(pattern).is_ok(), "{}: {pattern}", property.name);
                }
            }
        }
        assert!(
            TABLE
                .kinds
                .values()
                .all(|name| TABLE.types.contains_key(name))
        );
    }

    #[test]
    fn a_property_has_its_demands() {
        let listener = named("gateway.Listener");
        let port = listener.property("port").expect("is a property");
        assert!(port.demands.required);
        assert_eq!(port.demands.maximum, Some(65_535));
        assert!(matches!(port.kind(), SchemaType::Int32));
    }
}
