//! Typed objects out of a tree: a serde `Deserializer` over nodes.
//!
//! It reads as Go's `encoding/json` does: `null` is the zero value of whatever stands there, and fields nobody asked for
//! are passed over (admission has already refused the unknown ones). Every type asks for one shape and is handed that
//! shape or nothing: a way in through "whatever stands here" would be compiled for each type as well, and be most of it.

use std::fmt;

use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::tree::{Entry, Node, Value};

/// A value does not fit its type. Which one, and what to say of it, [`super::typed`] has found before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value does not fit its type")
    }
}

impl std::error::Error for Unfit {}

impl de::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Unfit {
        Unfit
    }
}

/// Reads a typed value out of a tree.
pub fn from_node<'de, T: de::Deserialize<'de>>(node: &'de Node) -> Result<T, Unfit> {
    T::deserialize(node)
}

/// Whole numbers of every width are read alike; the visitor knows its bounds.
macro_rules! whole_numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
            match self.value {
                Value::Null => visitor.visit_i64(0),
                Value::Int(number) => visitor.visit_i64(number),
                Value::Bool(_) | Value::Float(_) | Value::String(_) | Value::Seq(_) | Value::Map(_) => Err(Unfit),
            }
        })*
    };
}

impl<'de> de::Deserializer<'de> for &'de Node {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Int(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::String(text) => visitor.visit_str(text),
            Value::Seq(items) => visitor.visit_seq(Items(items.iter())),
            Value::Map(entries) => visitor.visit_map(Fields {
                entries,
                current: None,
            }),
        }
    }

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.value {
            Value::Null => visitor.visit_bool(false),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Int(_) | Value::Float(_) | Value::String(_) | Value::Seq(_) | Value::Map(_) => {
                Err(Unfit)
            }
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.value {
            Value::Null => visitor.visit_f64(0.0),
            Value::Int(number) => visitor.visit_i64(number),
            Value::Float(number) => visitor.visit_f64(number),
            Value::Bool(_) | Value::String(_) | Value::Seq(_) | Value::Map(_) => Err(Unfit),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match &self.value {
            Value::Null => visitor.visit_str(""),
            Value::String(text) => visitor.visit_str(text),
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Seq(_) | Value::Map(_) => {
                Err(Unfit)
            }
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_seq(Items(self.list()?.iter()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
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
    ) -> Result<V::Value, Unfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
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
    ) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_enum(self.as_str().ok_or(Unfit)?.into_deserializer())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

impl Node {
    fn list(&self) -> Result<&[Node], Unfit> {
        match &self.value {
            Value::Null => Ok(&[]),
            Value::Seq(items) => Ok(items),
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::String(_) | Value::Map(_) => {
                Err(Unfit)
            }
        }
    }

    fn mapping(&self) -> Result<&[Entry], Unfit> {
        match &self.value {
            Value::Null => Ok(&[]),
            Value::Map(entries) => Ok(entries),
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::String(_) | Value::Seq(_) => {
                Err(Unfit)
            }
        }
    }
}

struct Items<'de>(std::slice::Iter<'de, Node>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Unfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unfit> {
        self.0.next().map(|item| seed.deserialize(item)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Fields<'de> {
    entries: &'de [Entry],
    current: Option<&'de Node>,
}

impl<'de> Fields<'de> {
    /// The next key; a field that is null is a field that was left out.
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
    type Error = Unfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unfit> {
        self.advance()
            .map(|key| seed.deserialize(key.into_deserializer()))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unfit> {
        seed.deserialize(self.current.take().ok_or(Unfit)?)
    }
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

    fn thing(text: &str) -> Result<Thing, Unfit> {
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
            assert_eq!(thing(text), Err(Unfit), "{text}");
        }
    }
}
