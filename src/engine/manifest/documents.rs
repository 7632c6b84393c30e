//! Splits a text into documents.
//!
//! kubectl splits before it parses: a line that begins with `---` ends a document, even where YAML would read it as part
//! of a value, and only blanks or a comment may follow on that line. A text that begins with `{` is a sequence of JSON
//! objects. Because of the split, a broken document does not hide the others.
//! (apimachinery `pkg/util/yaml/decoder.go`: `YAMLReader`, `YAMLOrJSONDecoder`.)

use crate::diagnostic::Position;

/// A part of a text, as kubectl splits it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece<'text> {
    /// A document, which may be empty or contain only comments.
    Document {
        /// Its start in the whole text.
        origin: Position,
        /// The text of the document.
        text: &'text str,
    },
    /// A line that begins with `---` followed by more than a comment, which kubectl rejects.
    BadSeparator {
        /// The line's start in the whole text.
        origin: Position,
        /// The line.
        text: &'text str,
    },
}

/// Splits a text into its parts, in order.
pub fn split(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = Position::START;
    if text.starts_with(BYTE_ORDER_MARK) {
        start.offset = BYTE_ORDER_MARK.len_utf8() as u32;
    }
    let rest = json_objects(text, &mut start, &mut pieces);
    yaml_documents(rest, start, &mut pieces);
    pieces
}

const BYTE_ORDER_MARK: char = '\u{feff}';
const SEPARATOR: &str = "---";

fn yaml_documents<'text>(text: &'text str, origin: Position, pieces: &mut Vec<Piece<'text>>) {
    let mut start = origin;
    let mut here = origin;
    for line in text.split_inclusive('\n') {
        let next = Position {
            line: here.line + 1,
            column: 1,
            offset: here.offset + line.len() as u32,
        };
        if let Some(after) = line.strip_prefix(SEPARATOR).map(str::trim) {
            // A separator at the start of a document belongs to it.
            if !is_plain(after) || here.offset != start.offset {
                push_document(text, origin, start, here, pieces);
                start = next;
            }
            if !is_plain(after) {
                pieces.push(Piece::BadSeparator {
                    origin: here,
                    text: line.trim_end(),
                });
            }
        }
        here = next;
    }
    push_document(text, origin, start, here, pieces);
}

/// Adds the document between two positions of a text that begins at `origin`, unless it is empty.
fn push_document<'text>(
    text: &'text str,
    origin: Position,
    start: Position,
    end: Position,
    pieces: &mut Vec<Piece<'text>>,
) {
    let from = (start.offset - origin.offset) as usize;
    let to = (end.offset - origin.offset) as usize;
    if from < to {
        pieces.push(Piece::Document {
            origin: start,
            text: &text[from..to],
        });
    }
}

/// Whether only a comment follows a separator.
fn is_plain(after: &str) -> bool {
    after.is_empty() || after.starts_with('#')
}

/// Splits off the JSON objects at the beginning of a text. Returns the rest and moves `start` to its beginning.
fn json_objects<'text>(
    text: &'text str,
    start: &mut Position,
    pieces: &mut Vec<Piece<'text>>,
) -> &'text str {
    let mut rest = &text[start.offset as usize..];
    while let Some(length) = json_object(rest) {
        let (object, behind) = rest.split_at(length);
        pieces.push(Piece::Document {
            origin: *start,
            text: object,
        });
        // Include the rest of the line, if it is blank, so that the next part begins at the start of a line.
        let blank = behind.len() - behind.trim_start().len();
        let end = behind[..blank].rfind('\n').map_or(0, |place| place + 1);
        let taken = &rest[..length + end];
        start.line += taken.matches('\n').count() as u32;
        start.offset += taken.len() as u32;
        rest = &behind[end..];
    }
    rest
}

/// The length of the JSON object at the beginning of a text, with leading blanks; `None` without a complete object.
fn json_object(text: &str) -> Option<usize> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let mut depth = 0_u32;
    let mut quoted = false;
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b'\n' if text[index..].starts_with("\n---") => return None,
            _ => {}
        }
        if depth == 0 && matches!(byte, b'}' | b']') && !quoted {
            return Some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(u32, &str)> {
        split(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Document { origin, text } => (origin.line, text),
                Piece::BadSeparator { origin, text } => (1000 + origin.line, text),
            })
            .collect()
    }

    #[test]
    fn a_line_of_three_dashes_ends_a_document() {
        for (what, text, pieces) in [
            ("nothing", "", vec![]),
            ("one document", "a: 1\n", vec![(1, "a: 1\n")]),
            ("two", "a: 1\n---\nb: 2", vec![(1, "a: 1\n"), (3, "b: 2")]),
            (
                "carriage returns",
                "a: 1\r\n---\r\nb: 2\r\n",
                vec![(1, "a: 1\r\n"), (3, "b: 2\r\n")],
            ),
            (
                "a comment behind the separator",
                "a: 1\n--- # x\nb: 2",
                vec![(1, "a: 1\n"), (3, "b: 2")],
            ),
            (
                "one before anything opens a document",
                "---\na: 1\n",
                vec![(1, "---\na: 1\n")],
            ),
            ("only separators", "---\n---\n", vec![(1, "---\n")]),
            (
                "one inside an indented value is text",
                "a: |\n  ---\nb: 2\n",
                vec![(1, "a: |\n  ---\nb: 2\n")],
            ),
            (
                "one inside a quoted value cuts all the same",
                "a: \"x\n---\ny\"",
                vec![(1, "a: \"x\n"), (3, "y\"")],
            ),
            (
                "more than a comment behind it",
                "a: 1\n---x\nb: 2",
                vec![(1, "a: 1\n"), (1002, "---x"), (3, "b: 2")],
            ),
            (
                "a byte order mark is no text",
                "\u{feff}a: 1",
                vec![(1, "a: 1")],
            ),
        ] {
            assert_eq!(cut(text), pieces, "{what}");
        }
    }

    #[test]
    fn json_objects_follow_each_other_without_separators() {
        for (what, text, pieces) in [
            (
                "one object",
                "{\"a\": \"}\"}\n",
                vec![(1, "{\"a\": \"}\"}")],
            ),
            (
                "two",
                "{}\n{\"b\":[1]}",
                vec![(1, "{}"), (2, "{\"b\":[1]}")],
            ),
            (
                "a JSON object, then YAML",
                "{}\n---\nb: 2\n",
                vec![(1, "{}"), (2, "---\nb: 2\n")],
            ),
            (
                "one that never closes is left to the YAML reader",
                "{a: b\n---\nc: d",
                vec![(1, "{a: b\n"), (3, "c: d")],
            ),
        ] {
            assert_eq!(cut(text), pieces, "{what}");
        }
    }
}
