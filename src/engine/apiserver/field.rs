//! Looking at an object as the server's Go code does: a field that was not written has its zero value.
//!
//! A [`Field`] is a position in an object together with its path, whether or not it has a value. Rules read its value and
//! name it in their errors, so that no rule spells out a path.

use crate::manifest::tree::{FieldPath, Yaml, YamlValue};

/// A place in an object.
#[derive(Clone, Debug)]
pub(crate) struct Field<'a> {
    pub(super) node: Option<&'a Yaml>,
    /// Where it is.
    pub path: FieldPath,
}

impl<'a> Field<'a> {
    /// The object itself.
    pub(crate) fn root(object: &'a Yaml) -> Field<'a> {
        Field {
            node: Some(object),
            path: FieldPath::default(),
        }
    }

    /// The field `key` in it.
    pub(crate) fn child(&self, key: &'static str) -> Field<'a> {
        Field {
            node: self.node.and_then(|node| node.get(key)),
            path: self.path.key(key),
        }
    }

    /// The field at the end of `keys`.
    pub(crate) fn at(&self, keys: &[&'static str]) -> Field<'a> {
        keys.iter().fold(self.clone(), |here, key| here.child(key))
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> Vec<Field<'a>> {
        let items = self.node.map(Yaml::items).unwrap_or_default();
        let item = |(place, node)| Field {
            node: Some(node),
            path: self.path.index(place),
        };
        items.iter().enumerate().map(item).collect()
    }

    /// How many items a list or entries a map has.
    pub(crate) fn len(&self) -> usize {
        match self.node.map(|node| &node.value) {
            Some(YamlValue::Seq(items)) => items.len(),
            Some(YamlValue::Map(entries)) => entries.len(),
            Some(
                YamlValue::Null
                | YamlValue::Bool(_)
                | YamlValue::Int(_)
                | YamlValue::Float(_)
                | YamlValue::String(_),
            )
            | None => 0,
        }
    }

    /// Whether a list or map has nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The keys and texts of a map from text to text.
    pub(crate) fn texts(&self) -> Vec<(&'a str, &'a str)> {
        let entries = self.node.map(Yaml::entries).unwrap_or_default();
        entries
            .iter()
            .map(|entry| (entry.key.as_str(), entry.value.as_str().unwrap_or_default()))
            .collect()
    }

    /// The texts of a list of texts.
    pub(crate) fn list(&self) -> Vec<String> {
        self.items()
            .iter()
            .map(|item| item.text().to_owned())
            .collect()
    }

    /// The entry under a user's own key of a map, with its path.
    pub(crate) fn entry(&self, key: &str) -> Field<'a> {
        Field {
            node: self.node.and_then(|node| node.get(key)),
            path: self.path.entry(key),
        }
    }

    /// Its text, empty when there is none.
    pub(crate) fn text(&self) -> &'a str {
        self.node.and_then(Yaml::as_str).unwrap_or_default()
    }

    /// Its whole number, 0 when there is none.
    pub(crate) fn int(&self) -> i64 {
        match self.node.map(|node| &node.value) {
            Some(YamlValue::Int(number)) => *number,
            Some(YamlValue::Float(number)) if number.fract() == 0.0 => *number as i64,
            Some(
                YamlValue::Null
                | YamlValue::Bool(_)
                | YamlValue::Float(_)
                | YamlValue::String(_)
                | YamlValue::Seq(_)
                | YamlValue::Map(_),
            )
            | None => 0,
        }
    }

    /// Its truth value, false when there is none.
    pub(crate) fn is_true(&self) -> bool {
        self.node
            .is_some_and(|node| node.value == YamlValue::Bool(true))
    }

    /// Whether something was written: a Go pointer that is not nil.
    pub(crate) fn is_set(&self) -> bool {
        self.node.is_some_and(|node| !node.is_null())
    }

    /// The value; `None` if the field is absent.
    pub(crate) fn node(&self) -> Option<&'a Yaml> {
        self.node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_was_not_written_has_its_zero_value_and_a_path() {
        let object = Yaml::new(YamlValue::Map(Vec::new()), Default::default());
        let port = Field::root(&object).at(&["spec", "port"]);
        assert_eq!((port.int(), port.text(), port.is_set()), (0, "", false));
        assert_eq!(port.path.to_string(), "spec.port");
    }
}
