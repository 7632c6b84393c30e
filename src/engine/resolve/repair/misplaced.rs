//! A field that is written at the wrong depth: its indentation makes it part of another mapping than the one that has it.

use crate::diagnostic::{Fix, Position, Span};
use crate::manifest::fields::{Struct, Type, of_kind};
use crate::manifest::tree::{PathStep, Yaml, YamlEntry};
use crate::manifest::{DecodeFault, Written};

/// The mappings from the document to the one that the field is written in, each with its type.
struct Chain<'a>(Vec<(&'a Yaml, &'static Struct)>);

/// Moves the field to the column of the mapping that has one of its name: that of the value above it, or one around it
/// that ends with the field.
pub(super) fn repair(written: Written, fault: &DecodeFault) -> Option<Fix> {
    let (field, holder) = fault.path.0.split_last()?;
    let PathStep::Key(name) = field else {
        return None;
    };
    let chain = Chain::to(written, holder)?;
    let (mapping, _) = chain.0.last()?;
    let entry = mapping.entry(name)?;
    let column = below(mapping, chain.0.last()?.1, entry).or_else(|| chain.around(entry))?;
    moved(written, entry, column)
}

impl<'a> Chain<'a> {
    /// `None` where the types of the path are not known.
    fn to(written: Written<'a>, path: &[PathStep]) -> Option<Chain<'a>> {
        let object = written.object;
        let mut here = &object.tree;
        let mut kind = Type::Struct(of_kind(&object.api_version, &object.kind)?);
        let mut mappings = Vec::new();
        for step in path {
            match (kind, step) {
                (Type::Struct(of), PathStep::Key(key)) => {
                    mappings.push((here, of));
                    kind = of.field(key)?.kind();
                    here = here.get(key)?;
                }
                (Type::List(item), PathStep::Index(index)) => {
                    kind = Type::read(item);
                    here = here.items().get(*index)?;
                }
                _ => return None,
            }
        }
        let Type::Struct(last) = kind else {
            return None;
        };
        mappings.push((here, last));
        Some(Chain(mappings))
    }

    /// The column of the innermost mapping around the field that has one of its name, lacks it, and ends with it.
    fn around(&self, entry: &YamlEntry) -> Option<u32> {
        let (_, around) = self.0.split_last()?;
        let (mapping, _) = around.iter().rev().find(|(mapping, of)| {
            let ends_here = mapping.span.end.offset == entry.value.span.end.offset;
            of.field(&entry.key).is_some() && mapping.get(&entry.key).is_none() && ends_here
        })?;
        column_of(mapping)
    }
}

/// The column of the mapping, or of a list's last one, that is written just above the field, if it has such a field.
fn below(mapping: &Yaml, of: &Struct, entry: &YamlEntry) -> Option<u32> {
    let entries = mapping.entries().iter();
    let above = entries.filter(|other| other.key_span.start < entry.key_span.start);
    let above = above.max_by_key(|other| other.key_span.start)?;
    let (target, of) = match of.field(&above.key)?.kind() {
        Type::Struct(of) => (&above.value, of),
        Type::List(item) => match Type::read(item) {
            Type::Struct(of) => (above.value.items().last()?, of),
            _ => return None,
        },
        _ => return None,
    };
    let is_free = of.field(&entry.key).is_some() && target.get(&entry.key).is_none();
    is_free.then(|| column_of(target))?
}

/// The column of the keys of a mapping in block style.
fn column_of(mapping: &Yaml) -> Option<u32> {
    let first = mapping.entries().first()?;
    let is_block = first.key_span.start.offset == mapping.span.start.offset;
    is_block.then_some(first.key_span.start.column)
}

/// The entry with all its lines, at another column.
fn moved(written: Written, entry: &YamlEntry, column: u32) -> Option<Fix> {
    let at = entry.key_span.start;
    let start = Position {
        column: 1,
        offset: at.offset.checked_sub(at.column - 1)?,
        ..at
    };
    let span = Span {
        start,
        end: entry.value.span.end,
    };
    let lines = written.slice(span)?.split('\n');
    let by = i64::from(column) - i64::from(at.column);
    let moved: Option<Vec<String>> = lines.map(|line| indented(line, by)).collect();
    Some(Fix {
        span,
        text: moved?.join("\n"),
    })
}

/// A line, so many spaces further in; `None` if it has no such room before its text.
fn indented(line: &str, by: i64) -> Option<String> {
    let text = line.trim_start_matches(' ');
    if text.is_empty() {
        return Some(String::new());
    }
    let spaces = i64::try_from(line.len() - text.len()).ok()? + by;
    let spaces = usize::try_from(spaces).ok()?;
    Some(format!("{}{text}", " ".repeat(spaces)))
}
