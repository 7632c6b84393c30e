//! Every field of the modelled kinds, and of those that are stored after the same checks, with its type: `fields.txt`,
//! written by `tools/api-fields.py`.
//!
//! Its first lines give the type of each kind (`v1 Service core.Service`), the others the fields of each type. A field
//! is `name:type`, or `name@Struct:type` when Go embeds the struct that holds it; a type is one of JSON's, `=` and the
//! name that Go gives to a kind of string, or the name of another type of the table.

use crate::sort;
use crate::syntax::typo_distance;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The type of a value, as its Go struct declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text, with Go's name for the type.
    Text(&'static str),
    /// `true` or `false`.
    Bool,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A moment, as RFC 3339 writes it.
    Time,
    /// A number or a name (`intstr.IntOrString`).
    IntOrString,
    /// An amount with a unit (`resource.Quantity`).
    Quantity,
    /// Bytes, in base64.
    Bytes,
    /// Anything at all.
    Any,
    /// Another type of the table.
    Struct(&'static Struct),
    /// A list; its items' type is to be read from the text.
    List(&'static str),
    /// A mapping from text; its values' type is to be read from the text.
    Map(&'static str),
}

/// A Go struct.
#[derive(Debug, PartialEq, Eq)]
pub struct Struct {
    /// Its Go name, without the package.
    pub name: &'static str,
    fields: Vec<Field>,
}

/// A field of a [`Struct`].
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its JSON name.
    pub name: &'static str,
    /// The struct that Go embeds to have it, or nothing.
    pub embedded: &'static str,
    kind: &'static str,
}

impl Struct {
    /// Every field, in alphabetical order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field with this JSON name; names are case-sensitive.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The name of the field that a word is a typo of.
    pub fn nearest_field(&self, word: &str) -> Option<&'static str> {
        let names = self.fields.iter().map(|field| field.name);
        names
            .filter_map(|name| Some((typo_distance(word, name)?, name)))
            .min()
            .map(|(_, name)| name)
    }
}

impl Field {
    /// Its type.
    pub fn kind(&self) -> Type {
        Type::read(self.kind)
    }
}

impl Type {
    /// Reads a type of the table.
    pub fn read(text: &'static str) -> Type {
        if let Some(item) = text.strip_prefix("[]") {
            return Type::List(item);
        }
        if let Some(value) = text.strip_prefix("map[string]") {
            return Type::Map(value);
        }
        if let Some(name) = text.strip_prefix('=') {
            return Type::Text(name);
        }
        match text {
            "string" => Type::Text("string"),
            "bool" => Type::Bool,
            "int32" => Type::Int32,
            "int64" => Type::Int64,
            "Time" => Type::Time,
            "IntOrString" => Type::IntOrString,
            "Quantity" => Type::Quantity,
            "bytes" => Type::Bytes,
            name => TABLE.structs.get(name).map_or(Type::Any, Type::Struct),
        }
    }

    /// The type as Go prints it.
    pub fn in_go(self) -> String {
        match self {
            Type::Text(name) => name.to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::Int32 => "int32".to_owned(),
            Type::Int64 => "int64".to_owned(),
            Type::Time => "v1.Time".to_owned(),
            Type::IntOrString => "intstr.IntOrString".to_owned(),
            Type::Quantity => "resource.Quantity".to_owned(),
            Type::Bytes => "[]uint8".to_owned(),
            Type::Any => "interface {}".to_owned(),
            Type::Struct(Struct { name, .. }) => format!("v1.{name}"),
            Type::List(item) => format!("[]{}", Type::read(item).in_go()),
            Type::Map("Quantity") => "v1.ResourceList".to_owned(),
            Type::Map(value) => format!("map[string]{}", Type::read(value).in_go()),
        }
    }
}

/// The struct of a kind; `None` if its fields are not in the table.
pub fn of_kind(api_version: &str, kind: &str) -> Option<&'static Struct> {
    let name = TABLE.kinds.get(&(api_version, kind))?;
    TABLE.structs.get(name)
}

/// `metadata` of every object.
pub fn object_meta() -> Type {
    Type::read("meta.ObjectMeta")
}

struct Table {
    kinds: BTreeMap<(&'static str, &'static str), &'static str>,
    structs: BTreeMap<&'static str, Struct>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (kinds, structs) = include_str!("fields.txt")
        .split_once("\n\n")
        .expect("the table has two parts");
    let kind = |line: &'static str| {
        let mut words = line.split(' ');
        Some(((words.next()?, words.next()?), words.next()?))
    };
    let fields = |line: &'static str| {
        let mut words = line.split(' ');
        let full = words.next()?;
        let name = full.rsplit('.').next()?;
        Some((
            full,
            Struct {
                name,
                fields: words.filter_map(field).collect(),
            },
        ))
    };
    Table {
        kinds: sort::map(kinds.lines().filter_map(kind)),
        structs: sort::map(structs.lines().filter_map(fields)),
    }
});

fn field(word: &'static str) -> Option<Field> {
    let (name, kind) = word.split_once(':')?;
    let (name, embedded) = name.split_once('@').unwrap_or((name, ""));
    Some(Field {
        name,
        embedded,
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_the_table_names_is_in_it() {
        for (name, owner) in &TABLE.structs {
            for field in &owner.fields {
                let mut kind = field.kind;
                while let Type::List(inner) | Type::Map(inner) = Type::read(kind) {
                    kind = inner;
                }
                assert!(
                    kind == "any" || Type::read(kind) != Type::Any,
                    "{name}.{} is a {kind}",
                    field.name
                );
            }
        }
        assert!(
            TABLE
                .kinds
                .values()
                .all(|name| TABLE.structs.contains_key(name))
        );
    }

    #[test]
    fn a_type_prints_as_go_prints_it() {
        let service = of_kind("v1", "Service").expect("is modelled");
        let Some(Type::Struct(spec)) = service.field("spec").map(Field::kind) else {
            panic!("spec is a struct")
        };
        let printed = |name: &str| spec.field(name).expect("is a field").kind().in_go();
        assert_eq!(printed("ports"), "[]v1.ServicePort");
        assert_eq!(printed("selector"), "map[string]string");
        assert_eq!(printed("type"), "v1.ServiceType");
    }
}
