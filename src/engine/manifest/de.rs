//! Typed objects out of a tree: a serde `Deserializer` whose errors know the field and its place.
//!
//! It reads as Go's `encoding/json` does: `null` is the zero value of whatever stands there, and fields nobody asked for
//! are passed over (admission has already refused the unknown ones).

use std::fmt;

use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::tree::{Entry, FieldPath, Node, Step, Value};
use crate::engine::diagnostic::Span;

/// A value that does not fit its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The field.
    pub path: FieldPath,
    /// Where its value stands, in the document.
    pub span: Span,
    /// What was expected and what was found.
    pub message: String,
    placed: bool,
}

impl Unfit {
    fn within(mut self, step: Step, node: &Node) -> Unfit {
        self.path.0.insert(0, step);
        self.at(node)
    }

    fn at(mut self, node: &Node) -> Unfit {
        if !self.placed {
            self.span = node.span;
            self.placed = true;
        }
        self
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for Unfit {}

impl de::Error for Unfit {
    fn custom<T: fmt::Display>(message: T) -> Unfit {
        Unfit { path: FieldPath::default(), span: Span::default(), message: message.to_string(), placed: false }
    }
}

/// Reads a typed value out of a tree.
pub fn from_node<'de, T: de::Deserialize<'de>>(node: &'de Node) -> Result<T, Unfit> {
    T::deserialize(node).map_err(|unfit| unfit.at(node))
}

/// What takes the place of `null`.
macro_rules! null_is {
    ($($method:ident => $visit:ident($zero:expr),)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
            if self.is_null() { visitor.$visit($zero) } else { self.deserialize_any(visitor) }
        })*
    };
}

impl<'de> de::Deserializer<'de> for &'de Node {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Int(number) => match u64::try_from(*number) {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_i64(*number),
            },
            Value::Float(number) => visitor.visit_f64(*number),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Seq(items) => visitor.visit_seq(Items { items, next: 0 }),
            Value::Map(entries) => visitor.visit_map(Fields { entries, current: None }),
        }
    }

    null_is! {
        deserialize_bool => visit_bool(false),
        deserialize_i8 => visit_i64(0),
        deserialize_i16 => visit_i64(0),
        deserialize_i32 => visit_i64(0),
        deserialize_i64 => visit_i64(0),
        deserialize_u8 => visit_u64(0),
        deserialize_u16 => visit_u64(0),
        deserialize_u32 => visit_u64(0),
        deserialize_u64 => visit_u64(0),
        deserialize_f32 => visit_f64(0.0),
        deserialize_f64 => visit_f64(0.0),
        deserialize_str => visit_borrowed_str(""),
        deserialize_string => visit_borrowed_str(""),
        deserialize_seq => visit_seq(Items { items: &[], next: 0 }),
        deserialize_map => visit_map(Fields { entries: &[], current: None }),
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match self.as_str() {
            Some(text) => visitor.visit_enum(text.into_deserializer()),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

struct Items<'de> {
    items: &'de [Node],
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Unfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unfit> {
        let Some(item) = self.items.get(self.next) else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(item).map(Some).map_err(|unfit| unfit.within(Step::Index(index), item))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.next)
    }
}

struct Fields<'de> {
    entries: &'de [Entry],
    current: Option<&'de Entry>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Unfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unfit> {
        // A field that is null is a field that was left out.
        let written = self.entries.iter().position(|entry| !entry.value.is_null());
        let Some(place) = written else { return Ok(None) };
        self.current = Some(&self.entries[place]);
        self.entries = &self.entries[place + 1..];
        let key = self.current.map_or("", |entry| entry.key.as_str());
        seed.deserialize(de::value::BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unfit> {
        let entry = self.current.take().ok_or_else(|| de::Error::custom("a value without its key"))?;
        seed.deserialize(&entry.value).map_err(|unfit| unfit.within(Step::Key(entry.key.clone()), &entry.value))
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
        assert_eq!(thing("name: ~\nports: ~\nkind: ~\nlabels:\nwhen: null\nelse: 1"), Ok(Thing::default()));
        assert_eq!(
            thing("kind: Other\nports: [80, ~]").map(|thing| (thing.kind, thing.ports)),
            Ok((Kind::Other, vec![80, 0]))
        );
    }

    #[test]
    fn an_error_knows_the_field_and_its_place() {
        let unfit = thing("name: a\nports:\n- 80\n- 70000\n").expect_err("too large for a port");
        assert_eq!((unfit.path.to_string(), unfit.span.start.line), ("ports[1]".into(), 4));
    }
}
