//! Objects that a text loses without a word from kubectl: two documents without a line `---` between them are one mapping,
//! whose last `apiVersion`, `kind`, `metadata` and `spec` win. Of a document that cannot be parsed, what it was meant to be.

use super::object::Object;
use super::reader::read;
use crate::diagnostic::{Fix, Position, Span};

/// An object that is written and does not exist.
#[derive(Clone, Debug, PartialEq)]
pub struct LostObject {
    /// The object; of a document that cannot be parsed its kind and name alone.
    pub object: Object,
    /// The line behind it that should be a separator, or the syntax error.
    pub span: Span,
    /// What kubectl prints; empty if it prints nothing.
    pub message: String,
    /// The separator, where it is missing.
    pub fix: Option<Fix>,
}

/// The objects of a document that another one in the same document hides. The positions are those of the document.
pub(super) fn hidden_objects(text: &str) -> Vec<LostObject> {
    let parts = parts(text);
    let pairs = parts.iter().zip(parts.iter().skip(1));
    let lost = pairs.filter_map(|(part, next)| {
        let object = Object::from(read(part.text).ok()?.tree);
        let end = Position {
            column: 1 + next.text.lines().next()?.chars().count() as u32,
            offset: next.start.offset + next.text.lines().next()?.len() as u32,
            ..next.start
        };
        let is_named = !object.kind.is_empty() && !object.name.is_empty();
        is_named.then_some(LostObject {
            object,
            span: Span {
                start: next.start,
                end,
            },
            message: String::new(),
            fix: Some(Fix {
                span: Span {
                    start: next.start,
                    end: next.start,
                },
                text: "---\n".to_owned(),
            }),
        })
    });
    lost.collect()
}

/// The objects of a document that cannot be parsed, by the lines that say so.
pub(super) fn unreadable_objects(text: &str, span: Span, message: &str) -> Vec<LostObject> {
    let parts = parts(text);
    let objects = parts.iter().filter_map(|part| {
        let mut lines = part.text.lines();
        let kind = lines.find_map(|line| Some(first_word(line.strip_prefix("kind:")?)))?;
        let (_, metadata) = part.text.split_once("metadata:")?;
        let metadata = metadata.split("\nspec:").next()?;
        let value = |key: &str| {
            let (before, after) = metadata.split_once(key)?;
            let is_key = before.ends_with([' ', '\t', '{', '\n', ',']);
            is_key.then(|| first_word(after))
        };
        Some(LostObject {
            object: Object {
                kind: kind.to_owned(),
                name: value("name:")?.to_owned(),
                namespace: value("namespace:").unwrap_or_default().to_owned(),
                ..Object::default()
            },
            span,
            message: message.to_owned(),
            fix: None,
        })
    });
    objects.collect()
}

/// The first word of a value, without quotes.
fn first_word(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '}' | '"' | '\'');
    text.trim_start_matches([' ', '\t', '"', '\''])
        .split(ends)
        .next()
        .unwrap_or_default()
}

/// The part of a document that is one object.
struct Part<'a> {
    start: Position,
    text: &'a str,
}

/// The parts of a document, each of which begins at a line with the second `apiVersion` or `kind`.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut start = Position::START;
    let mut here = Position::START;
    let mut seen: Vec<&str> = Vec::new();
    for line in text.split_inclusive('\n') {
        let key = ["apiVersion", "kind"].into_iter().find(|key| {
            let rest = line.strip_prefix(key);
            rest.is_some_and(|rest| rest.starts_with(':'))
        });
        if let Some(key) = key {
            if seen.contains(&key) {
                parts.push(Part {
                    start,
                    text: &text[start.offset as usize..here.offset as usize],
                });
                start = here;
                seen.clear();
            }
            seen.push(key);
        }
        here = Position {
            line: here.line + 1,
            column: 1,
            offset: here.offset + line.len() as u32,
        };
    }
    parts.push(Part {
        start,
        text: &text[start.offset as usize..],
    });
    parts
}

#[cfg(test)]
mod tests {
    use crate::manifest::Source;

    /// Kind and name of each lost object, with the line that shows why.
    fn lost(text: &str) -> Vec<String> {
        let source = Source::read(text);
        let lost = source.lost_objects();
        let shown = lost.iter().map(|own| {
            let object = &own.object;
            format!("{} {} {}", object.kind, object.name, own.span.start.line)
        });
        shown.collect()
    }

    const WEB: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {}\n";
    const DB: &str = "kind: Pod\napiVersion: v1\nmetadata:\n  name: \"db\"\nspec: {}\n";

    #[test]
    fn documents_without_a_separator_lose_all_but_the_last_object() {
        assert_eq!(lost(&format!("{WEB}{DB}")), ["Service web 5"]);
        assert_eq!(
            lost(&format!("# x\n---\n{DB}{WEB}{DB}")),
            ["Pod db 8", "Service web 12"]
        );
        assert_eq!(lost(&format!("{WEB}---\n{DB}")), [""; 0]);
        let fixed = Source::read(&format!("{WEB}{DB}")).lost_objects();
        let fix = fixed[0].fix.as_ref().expect("a fix");
        assert_eq!((fix.span.start.line, fix.text.as_str()), (5, "---\n"));
    }

    #[test]
    fn a_document_that_cannot_be_parsed_names_its_object() {
        assert_eq!(lost(&format!("{DB}\tx: y\n---\n{WEB}")), ["Pod db 6"]);
        assert_eq!(lost("kind: Pod\n\tx: y\n"), [""; 0]);
        assert_eq!(lost("apiVersion: v1\n}"), [""; 0]);
    }
}
