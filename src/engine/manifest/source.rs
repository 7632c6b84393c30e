//! A text of manifests, parsed incrementally: only documents that changed are parsed again.

use super::decode::{DecodeRejection, decode};
use super::document::{Document, origin_of, text_of};
use super::documents::{Piece, split};
use super::files::{FileNames, JoinedFiles};
use super::lost::LostObject;
use super::object::Object;
use crate::diagnostic::{Diagnostic, Position, Problem, Severity, Span};
use crate::sort;

/// The maximum length of a text in bytes: what a browser resolves within two seconds. (An API server accepts 3 MB per
/// request.)
pub const MAX_TEXT: usize = 6 << 20;

/// A parsed text.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Source {
    /// The documents, in order. An empty document has no objects.
    pub documents: Vec<Document>,
    /// The length of the text in bytes, if it was truncated.
    pub too_long: Option<usize>,
    /// The files that the text was joined from; empty for a text from no file.
    files: FileNames,
}

/// An object and its document. The object's spans are relative to the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written<'source> {
    /// The document's index in [`Source::documents`].
    pub document: usize,
    /// Where the document begins.
    pub origin: Position,
    /// The name of its file, as kubectl prints it.
    pub file: &'source str,
    /// The text of the document.
    pub text: &'source str,
    /// The object.
    pub object: &'source Object,
}

impl<'source> Written<'source> {
    /// What is written at a span of the document.
    pub fn slice(self, span: Span) -> Option<&'source str> {
        let range = span.start.offset as usize..span.end.offset as usize;
        self.text.get(range)
    }
}

/// A rejected object or document.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// The document's index in [`Source::documents`].
    pub document: usize,
    /// Where the document begins.
    pub origin: Position,
    /// The reason.
    pub rejection: DecodeRejection,
}

impl Source {
    /// Parses a text.
    pub fn read(text: &str) -> Source {
        Source::default().update(text)
    }

    /// Parses files that are joined into one text.
    pub fn read_files(files: &JoinedFiles) -> Source {
        Source {
            files: files.names().clone(),
            ..Source::read(files.text())
        }
    }

    /// Parses an edited version of this text. Only documents between the first and the last change are parsed.
    pub fn update(&self, text: &str) -> Source {
        let (text, too_long) = truncate(text);
        Source {
            documents: self.documents_of(&split(text)),
            too_long,
            files: self.files.clone(),
        }
    }

    /// Parses at most `max` bytes of what changed, but at least one document, for callers that cannot block on the whole
    /// text; they call this or `update` with the same text again. `None` if no more than that has changed.
    pub fn read_ahead(&self, text: &str, max: usize) -> Option<Source> {
        let (text, too_long) = truncate(text);
        let mut pieces = split(text);
        let (head, end) = self.changed(&pieces);
        let mut length = 0;
        let is_enough = |piece: &Piece<'_>| {
            length += text_of(piece).len();
            length > max
        };
        let enough = pieces[head..end].iter().position(is_enough)?;
        pieces.drain(head + enough.max(1)..end);
        Some(Source {
            documents: self.documents_of(&pieces),
            too_long,
            files: self.files.clone(),
        })
    }

    /// The range of indexes where the pieces of a text differ from the documents.
    fn changed(&self, pieces: &[Piece<'_>]) -> (usize, usize) {
        let old = &self.documents;
        let head = old
            .iter()
            .zip(pieces)
            .take_while(|(document, piece)| document.is(piece))
            .count();
        let (rest, tail) = (&old[head..], pieces[head..].iter().rev());
        let same = rest
            .iter()
            .rev()
            .zip(tail)
            .take_while(|(document, piece)| document.is(piece))
            .count();
        (head, pieces.len() - same)
    }

    fn documents_of(&self, pieces: &[Piece<'_>]) -> Vec<Document> {
        let old = &self.documents;
        let (head, end) = self.changed(pieces);
        let kept = |index: usize| match index {
            index if index < head => Some(&old[index]),
            index if index >= end => Some(&old[old.len() + index - pieces.len()]),
            _ => None,
        };
        let documents = pieces
            .iter()
            .enumerate()
            .map(|(index, piece)| match kept(index) {
                Some(document) => document.at(origin_of(piece)),
                None => Document::parse(piece),
            });
        documents.collect()
    }

    /// The documents that could not be parsed, each with its index.
    pub fn unreadable(&self) -> impl Iterator<Item = (usize, &Document)> {
        let documents = self.documents.iter().enumerate();
        documents.filter(|(_, document)| document.unreadable().is_some())
    }

    /// The documents that cannot be parsed although those in their places of an earlier version of the text could be, or
    /// were not there: what edits broke. A document that was broken before is not among them, however it was edited.
    pub fn broken_since<'a>(&'a self, before: &'a Source) -> impl Iterator<Item = &'a Document> {
        let (now, then) = (&self.documents, &before.documents);
        let is_same = |(one, other): &(&Document, &Document)| one.text() == other.text();
        let head = now.iter().zip(then).take_while(is_same).count();
        let (now, then) = (&now[head..], &then[head..]);
        let pairs = now.iter().rev().zip(then.iter().rev());
        let tail = pairs.take_while(is_same).count();
        let then = &then[..then.len() - tail];
        let changed = now[..now.len() - tail].iter().enumerate();
        let broken = changed.filter(move |(index, document)| {
            let was_broken = then
                .get(*index)
                .is_some_and(|own| own.unreadable().is_some());
            document.unreadable().is_some() && !was_broken
        });
        broken.map(|(_, document)| document)
    }

    /// Whether all valid documents are in `before` too, so that only broken documents have been edited.
    pub fn is_edit_of(&self, before: &Source) -> bool {
        let readable = self
            .documents
            .iter()
            .filter(|document| document.unreadable().is_none());
        let known = sort::set(before.documents.iter().map(Document::text));
        readable
            .into_iter()
            .all(|document| known.contains(document.text()))
    }

    /// The objects of all valid documents.
    pub fn objects(&self) -> impl Iterator<Item = Written<'_>> {
        self.documents
            .iter()
            .enumerate()
            .flat_map(move |(document, read)| {
                read.objects().iter().map(move |object| Written {
                    document,
                    origin: read.origin,
                    file: self.files.name(read.origin.line),
                    text: read.text(),
                    object,
                })
            })
    }

    /// The rejections of kubectl and the API server before validation, in the order of the text.
    pub fn rejections(&self) -> impl Iterator<Item = Rejected> {
        self.documents
            .iter()
            .enumerate()
            .flat_map(|(document, read)| {
                let unreadable = read.unreadable().cloned();
                let refused = unreadable
                    .into_iter()
                    .chain(read.objects().iter().filter_map(decode));
                refused.map(move |rejection| Rejected {
                    document,
                    origin: read.origin,
                    rejection,
                })
            })
    }

    /// Objects that are written and do not exist, since a separator is missing or their document cannot be parsed.
    pub fn lost_objects(&self) -> Vec<LostObject> {
        let documents = self.documents.iter();
        let lost = documents.flat_map(|own| own.lost_objects(self.files.name(own.origin.line)));
        lost.collect()
    }

    /// Problems of the text itself: documents that cannot be parsed, duplicate keys, text beyond the limit.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = self
            .documents
            .iter()
            .flat_map(|document| document.diagnostics(self.files.name(document.origin.line)))
            .collect();
        found.extend(self.too_long.map(|length| Diagnostic {
            severity: Severity::Error,
            span: Span {
                start: Position::START,
                end: Position::START,
            },
            problem: Problem::Capped {
                asked: length as u64,
                shown: MAX_TEXT as u64,
            },
            fix: None,
        }));
        found
    }
}

/// Truncates a text at the end of a document. Also returns the full length, if it was truncated.
fn truncate(text: &str) -> (&str, Option<usize>) {
    if text.len() <= MAX_TEXT {
        return (text, None);
    }
    let limit = text.floor_char_boundary(MAX_TEXT);
    let end = text[..limit].rfind("\n---").map_or(0, |index| index + 1);
    (&text[..end], Some(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_documents_that_changed_are_read_again() {
        let before = Source::read("a: 1\n---\nb: 2\n---\nc: 3\n");
        let after = before.update("a: 1\n---\nb: 22\nx: y\n---\nc: 3\n");
        let same: Vec<bool> = before
            .documents
            .iter()
            .zip(&after.documents)
            .map(|(one, two)| one.shares_tree_with(two))
            .collect();
        assert_eq!(same, [true, false, true]);
        assert_eq!(after.documents[2].origin.line, 6);
        assert_eq!(after, Source::read("a: 1\n---\nb: 22\nx: y\n---\nc: 3\n"));
    }

    #[test]
    fn a_long_text_is_read_bit_by_bit_around_what_is_read_already() {
        let long: String = (0..9).map(|number| format!("---\na: {number}\n")).collect();
        let text = format!("z: 1\n{long}---\nz: 2\n");
        let mut source = Source::read("z: 1\n---\nz: 2\n");
        let mut steps = 0;
        while let Some(more) = source.read_ahead(&text, 10) {
            (source, steps) = (more, steps + 1);
            assert_eq!(source.documents.len(), 2 + 2 * steps);
        }
        assert_eq!((steps, source.update(&text)), (4, Source::read(&text)));
    }

    #[test]
    fn a_document_can_come_and_go() {
        let one = Source::read("a: 1\n");
        let two = one.update("a: 1\n---\na: 1\n");
        assert_eq!(two.documents.len(), 2);
        assert_eq!(two.update("a: 1\n"), one);
        assert_eq!(two.update(""), Source::read(""));
    }

    #[test]
    fn a_broken_document_hides_no_other() {
        let source = Source::read("kind: A\n---\na: b: c\n---\nkind: B\n");
        assert_eq!(
            source
                .objects()
                .map(|written| written.object.kind.as_str())
                .collect::<Vec<_>>(),
            ["A", "B"]
        );
        let diagnostics = source.diagnostics();
        assert_eq!(
            diagnostics
                .iter()
                .map(|diagnostic| diagnostic.span.start.line)
                .collect::<Vec<_>>(),
            [3]
        );
    }

    #[test]
    fn a_document_is_broken_by_an_edit_if_it_was_valid_or_not_there() {
        let broken = |before: &str, after: &str| {
            let (before, after) = (Source::read(before), Source::read(after));
            let documents = after.broken_since(&before);
            let texts = documents.map(|document| document.text().trim().to_owned());
            texts.collect::<Vec<_>>()
        };
        let one = "a: 1\n---\na: b: c\n";
        assert_eq!(broken("a: 1\n---\na: b\n", one), ["a: b: c"]);
        assert_eq!(broken("a: 1\n", one), ["a: b: c"]);
        assert_eq!(broken(one, one), [""; 0]);
        assert_eq!(broken(one, "a: 1\n---\na: b: d\n"), [""; 0]);
        assert_eq!(broken(one, "a: 2\n---\nx: 1\n"), [""; 0]);
        // As many are broken as before, but not the same.
        let two = "a: 1\n---\nb: 2\n---\na: b: c\n";
        assert_eq!(broken(two, "a: 1\n---\nb: 2: 3\n"), ["b: 2: 3"]);
    }

    #[test]
    fn text_beyond_the_limit_is_counted_and_not_read() {
        let text = format!("kind: A\n---\nkind: {}\n", "b".repeat(MAX_TEXT));
        let source = Source::read(&text);
        assert_eq!(
            (source.objects().count(), source.too_long),
            (1, Some(text.len()))
        );
    }
}
