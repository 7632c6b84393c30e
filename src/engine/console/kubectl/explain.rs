//! `kubectl explain`: the fields of a kind with their types. The descriptions of the API are not here.

use super::super::Output;
use super::command::{Arguments, Refusal};
use super::console::Snapshot;
use super::flags::{Flag, Flags, NAMESPACE_ONLY, NotRead, switch};
use super::resource_args::error;
use crate::api_resources::named;
use crate::manifest::fields::{self, Type};

/// The flags of `explain`.
#[derive(Default)]
pub(super) struct ExplainFlags {
    recursive: bool,
}

impl Flags for ExplainFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_ONLY;

    const NOT_READ: &'static [NotRead] = &[(Some('o'), "output"), (None, "api-version")];

    const OWN: &'static [Flag<Self>] = &[switch(None, "recursive", |flags, is_on| {
        flags.recursive = is_on;
    })];
}

/// Explains `svc.spec.ports`.
pub(super) fn explain(
    _: Snapshot<'_>,
    arguments: &Arguments,
    flags: &ExplainFlags,
) -> Result<Output, Refusal> {
    let [path] = arguments.words.as_slice() else {
        return Err(error(
            "You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete list of \
             supported resources.",
        ));
    };
    let mut names = path.split('.');
    let kind = names.next().unwrap_or_default();
    let resource = named(kind)
        .first()
        .copied()
        .ok_or_else(|| error(&format!("the server doesn't have a resource type {kind:?}")))?;
    let version = match resource.group {
        "" => resource.version.to_owned(),
        group => format!("{group}/{}", resource.version),
    };
    let of_kind = fields::of_kind(&version, resource.kind).ok_or_else(|| {
        error(&format!(
            "Couldn't find resource for {:?}: kubehop knows its fields only as it stores them",
            resource.kind
        ))
    })?;
    let (mut here, mut field) = (Type::Struct(of_kind), None);
    for name in names {
        let inside = inner(here);
        let next = match inside {
            Type::Struct(fields) => fields.field(name),
            _ => None,
        };
        let next = next.ok_or_else(|| error(&format!("field {name:?} does not exist")))?;
        here = next.kind();
        field = Some(name);
    }
    let mut text = match resource.group {
        "" => String::new(),
        group => format!("GROUP:      {group}\n"),
    };
    text += &format!(
        "KIND:       {}\nVERSION:    {}\n\n",
        resource.kind, resource.version
    );
    if let Some(name) = field {
        text += &format!("FIELD: {name} <{}>\n\n\n", shown(here));
    }
    text += "DESCRIPTION:\n    kubehop knows the fields and their types, not what the API says of them.\n\n";
    if let Type::Struct(_) = inner(here) {
        text += "FIELDS:\n";
        list(here, 1, flags, &mut text);
    }
    Ok(Output::answer(text + "\n"))
}

/// How deep `--recursive` goes; schemas of JSON contain themselves.
const MOST_LEVELS: usize = 12;

fn list(of: Type, level: usize, flags: &ExplainFlags, text: &mut String) {
    let Type::Struct(fields) = inner(of) else {
        return;
    };
    let indent = "  ".repeat(level);
    for field in fields.fields() {
        let kind = field.kind();
        *text += &format!("{indent}{}\t<{}>\n", field.name, shown(kind));
        if flags.recursive && level < MOST_LEVELS {
            list(kind, level + 1, flags, text);
        }
    }
}

/// The type of a list's items, or of a mapping's values; any other type itself.
fn inner(of: Type) -> Type {
    match of {
        Type::List(item) => inner(Type::read(item)),
        Type::Map(value) => inner(Type::read(value)),
        other => other,
    }
}

/// A type as kubectl prints it.
fn shown(of: Type) -> String {
    match of {
        Type::Text(_) | Type::Time | Type::Bytes => "string".to_owned(),
        Type::Bool => "boolean".to_owned(),
        Type::Int32 | Type::Int64 => "integer".to_owned(),
        Type::IntOrString => "IntOrString".to_owned(),
        Type::Quantity => "Quantity".to_owned(),
        Type::Any => "Object".to_owned(),
        Type::Struct(fields) => fields.name.to_owned(),
        Type::List(item) => format!("[]{}", shown(Type::read(item))),
        Type::Map(value) => format!("map[string]{}", shown(Type::read(value))),
    }
}
