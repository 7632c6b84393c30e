//! A serde `Deserializer` for trees.
//!
//! It decodes as Go's `encoding/json`: `null` is the zero value of any type, and unknown fields are ignored (strict
//! decoding has rejected them already). Each `deserialize_*` method accepts only its own type, because forwarding to
//! `deserialize_any` would be compiled again for each type and be most of the code.

use std::fmt;

use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::tree::{Yaml, YamlEntry, YamlValue};

/// A value does not fit its type. `manifest::typed` has reported which one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeMismatch;

impl fmt::Display for TypeMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value does not fit its type")
    }
}

impl std::error::Error for TypeMismatch {}

impl de::Error for TypeMismatch {
    fn custom<T: fmt::Display>(_: T) -> TypeMismatch {
        TypeMismatch
    }
}

/// Decodes a typed value.
pub fn from_node<'de, T: de::Deserialize<'de>>(node: &'de Yaml) -> Result<T, TypeMismatch> {
    T::deserialize(node)
}

/// Integers of all widths; the visitor checks the range.
macro_rules! whole_numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeMismatch> {
            match self.value {
                YamlValue::Null => visitor.visit_i64(0),
                YamlValue::Int(number) => visitor.visit_i64(number),
                YamlValue::Bool(_) | YamlValue::Float(_) | YamlValue::String(_) | YamlValue::Seq(_) | YamlValue::Map(_) => Err(TypeMismatch),
            }
        })*
    };
}

impl<'de> de::Deserializer<'de> for &'de Yaml {
    type Error = TypeMismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeMismatch> {
        match &self.value {
            YamlValue::Null => visitor.visit_unit(),
            YamlValue::Bool(value) => visitor.visit_bool(*value),
            YamlValue::Int(number) => visitor.visit_i64(*number),
            YamlValue::Float(number) => visitor.visit_f64(*number),
            YamlValue::String(text) => visitor.visit_str(text),
            YamlValue::Seq(items) => visitor.visit_seq(Items(items.iter())),
            YamlValue::Map(entries) => visitor.visit_map(Fields {
                entries,
                current: None,
            }),
        }
    }

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeMismatch> {
        match self.value {
            YamlValue::Null => visitor.visit_bool(false),
            YamlValue::Bool(value) => visitor.visit_bool(value),
            YamlValue::Int(_)
            | YamlValue::Float(_)
            | YamlValue::String(_)
            | YamlValue::Seq(_)
            | YamlValue::Map(_) => Err(TypeMismatch),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeMismatch> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeMismatch> {
        match self.value {
            YamlValue::Null => visitor.visit_f64(0.0),
            YamlValue::Int(number) => visitor.visit_i64(number),
            YamlValue::Float(number) => visitor.visit_f64(number),
            YamlValue::Bool(_) | YamlValue::String(_) | YamlValue::Seq(_) | YamlValue::Map(_) => {
                Err(TypeMismatch)
            }
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeMismatch> {
        match &self.value {
            YamlValue::Null => visitor.visit_str(""),
            YamlValue::String(text) => visitor.visit_str(text),
            YamlValue::Bool(_)
            | YamlValue::Int(_)
            | YamlValue::Float(_)
            | YamlValue::Seq(_)
            | YamlValue::Map(_) => Err(TypeMismatch),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeMismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeMismatch> {
        visitor.visit_seq(Items(self.list()?.iter()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeMismatch> {
        visitor.visit_map(Fields {
            entries: self.mapping()?,
            current: None,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeMismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeMismatch> {
        if self.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, TypeMismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeMismatch> {
        visitor.visit_enum(self.as_str().ok_or(TypeMismatch)?.into_deserializer())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, TypeMismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

impl Yaml {
    fn list(&self) -> Result<&[Yaml], TypeMismatch> {
        match &self.value {
            YamlValue::Null => Ok(&[]),
            YamlValue::Seq(items) => Ok(items),
            YamlValue::Bool(_)
            | YamlValue::Int(_)
            | YamlValue::Float(_)
            | YamlValue::String(_)
            | YamlValue::Map(_) => Err(TypeMismatch),
        }
    }

    fn mapping(&self) -> Result<&[YamlEntry], TypeMismatch> {
        match &self.value {
            YamlValue::Null => Ok(&[]),
            YamlValue::Map(entries) => Ok(entries),
            YamlValue::Bool(_)
            | YamlValue::Int(_)
            | YamlValue::Float(_)
            | YamlValue::String(_)
            | YamlValue::Seq(_) => Err(TypeMismatch),
        }
    }
}

struct Items<'de>(std::slice::Iter<'de, Yaml>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = TypeMismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, TypeMismatch> {
        self.0.next().map(|item| seed.deserialize(item)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Fields<'de> {
    entries: &'de [YamlEntry],
    current: Option<&'de Yaml>,
}

impl<'de> Fields<'de> {
    /// The next key. Fields that are `null` are skipped.
    fn advance(&mut self) -> Option<&'de str> {
        while let Some((entry, rest)) = self.entries.split_first() {
            self.entries = rest;
            if !entry.value.is_null() {
                self.current = Some(&entry.value);
                return Some(&entry.key);
            }
        }
        None
    }
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = TypeMismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, TypeMismatch> {
        self.advance()
            .map(|key| seed.deserialize(key.into_deserializer()))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, TypeMismatch> {
        seed.deserialize(self.current.take().ok_or(TypeMismatch)?)
    }
}

/// A stored object as a typed value under its key. A status of the wrong types, which the API server does not validate,
/// is left out; `None` if the rest has them as well.
pub(crate) fn typed<K, T: serde::de::DeserializeOwned>(key: K, stored: &Yaml) -> Option<(K, T)> {
    let object = from_node(stored).or_else(|_| {
        let mut tree = stored.clone();
        tree.remove("status");
        from_node(&tree)
    });
    Some((key, object.ok()?))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::super::reader::read;
    use super::*;

    #[derive(Debug, PartialEq, Default, Deserialize)]
    #[serde(default)]
    struct Thing {
        name: String,
        ports: Vec<u16>,
        kind: Kind,
        labels: BTreeMap<String, String>,
        when: Option<String>,
    }

    #[derive(Debug, PartialEq, Default, Deserialize)]
    enum Kind {
        #[default]
        Plain,
        Other,
    }

    fn thing(text: &str) -> Result<Thing, TypeMismatch> {
        from_node(&read(text).expect("is YAML").tree)
    }

    #[test]
    fn null_is_the_zero_value_and_unknown_fields_are_passed_over() {
        assert_eq!(
            thing("name: ~\nports: ~\nkind: ~\nlabels:\nwhen: null\nelse: 1"),
            Ok(Thing::default())
        );
        assert_eq!(
            thing("kind: Other\nports: [80, ~]").map(|thing| (thing.kind, thing.ports)),
            Ok((Kind::Other, vec![80, 0]))
        );
    }

    #[test]
    fn a_value_of_another_shape_does_not_fit() {
        for text in [
            "name: 1",
            "name: {}",
            "ports: 80",
            "ports: [70000]",
            "ports: [a]",
            "kind: None",
            "labels: [a]",
            "[a]",
        ] {
            assert_eq!(thing(text), Err(TypeMismatch), "{text}");
        }
    }
}
