//! A text of manifests, parsed incrementally: only documents that changed are parsed again.

use std::sync::Arc;

use super::decode::{DecodeRejection, decode};
use super::documents::{Piece, split};
use super::files::{FileNames, JoinedFiles};
use super::lookalike;
use super::lost::{LostObject, hidden_objects, unreadable_objects};
use super::object::{Object, objects_of};
use super::reader::{Read, read};
use crate::diagnostic::{ApplyFault, Diagnostic, Fault, Position, Problem, Severity, Span};
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

/// A document of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its start in the whole text.
    pub origin: Position,
    read: Arc<ParsedDocument>,
}

/// A parsed document, independent of its position in the text.
#[derive(Debug, PartialEq)]
struct ParsedDocument {
    text: Box<str>,
    objects: Result<Vec<Object>, DecodeRejection>,
    duplicates: Vec<(String, Span)>,
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
                Some(document) => Document {
                    origin: origin_of(piece),
                    read: Arc::clone(&document.read),
                },
                None => Document {
                    origin: origin_of(piece),
                    read: Arc::new(parse_piece(piece)),
                },
            });
        documents.collect()
    }

    /// The documents that could not be parsed, each with its index.
    pub fn unreadable(&self) -> impl Iterator<Item = (usize, &Document)> {
        let documents = self.documents.iter().enumerate();
        documents.filter(|(_, document)| document.unreadable().is_some())
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

impl Document {
    /// The text of the document.
    pub fn text(&self) -> &str {
        &self.read.text
    }

    /// Where it is in the whole text.
    pub fn span(&self) -> Span {
        Span {
            start: self.origin,
            end: Position::after(self.text()).shifted(self.origin),
        }
    }

    /// The objects; empty if the document could not be parsed.
    pub fn objects(&self) -> &[Object] {
        self.read.objects.as_deref().unwrap_or_default()
    }

    /// Why the document could not be parsed.
    pub fn unreadable(&self) -> Option<&DecodeRejection> {
        self.read.objects.as_ref().err()
    }

    /// Its lost objects, with positions in the whole text.
    fn lost_objects(&self, file: &str) -> Vec<LostObject> {
        let fault = self
            .unreadable()
            .and_then(|own| Some((own, own.faults.first()?)));
        let mut lost = match fault {
            Some((rejection, fault)) => {
                unreadable_objects(self.text(), fault.span, &rejection.stderr(file))
            }
            None if self.read.duplicates.is_empty() => Vec::new(),
            None => hidden_objects(self.text()),
        };
        for own in &mut lost {
            own.span = own.span.shifted(self.origin);
            own.fix = own.fix.take().map(|fix| fix.shifted(self.origin));
        }
        lost
    }

    /// Parse errors, missing separators, duplicate keys, and what the text is if it is no manifest.
    pub fn diagnostics(&self, file: &str) -> Vec<Diagnostic> {
        let broken = self.unreadable().into_iter().flat_map(|rejection| {
            let problem = || Problem::Rejected {
                message: rejection.stderr(file),
            };
            rejection
                .faults
                .iter()
                .map(move |fault| (Severity::Error, fault.span, problem()))
        });
        let hidden = self.lost_objects(file).into_iter();
        let hidden: Vec<Diagnostic> = hidden.filter_map(hidden_diagnostic).collect();
        // The keys of a whole object are told once, by the separator that is missing.
        let is_told = |span: &Span| !hidden.is_empty() && span.start.column == 1;
        let duplicates = self.read.duplicates.iter();
        let duplicates = duplicates
            .filter(|(_, span)| !is_told(span))
            .map(|(key, span)| {
                (
                    Severity::Warning,
                    *span,
                    Problem::DuplicateKey { key: key.clone() },
                )
            });
        let to_diagnostic = |(severity, span, problem): (Severity, Span, Problem)| Diagnostic {
            severity,
            span,
            problem,
            fix: None,
        };
        let of_tools = broken.chain(duplicates).map(to_diagnostic);
        let found = of_tools.chain(lookalike::of(self));
        let found = found.map(|found| found.shifted(self.origin));
        let mut found: Vec<Diagnostic> = found.collect();
        found.extend(hidden);
        found
    }

    fn is(&self, piece: &Piece<'_>) -> bool {
        *self.read.text == *text_of(piece)
    }
}

/// The warning of an object that the next one hides; a document that cannot be parsed has its error.
fn hidden_diagnostic(lost: LostObject) -> Option<Diagnostic> {
    if !lost.message.is_empty() {
        return None;
    }
    Some(Diagnostic {
        severity: Severity::Warning,
        span: lost.span,
        problem: Problem::Cause(Fault::Apply(ApplyFault::SeparatorMissing {
            kind: lost.object.kind,
            name: lost.object.name,
        })),
        fix: lost.fix,
    })
}

fn text_of<'text>(piece: &Piece<'text>) -> &'text str {
    match piece {
        Piece::Document { text, .. } | Piece::BadSeparator { text, .. } => text,
    }
}

fn origin_of(piece: &Piece<'_>) -> Position {
    match piece {
        Piece::Document { origin, .. } | Piece::BadSeparator { origin, .. } => *origin,
    }
}

fn parse_piece(piece: &Piece<'_>) -> ParsedDocument {
    match piece {
        Piece::Document { text, .. } => {
            let (objects, duplicates) = match read(text) {
                Ok(Read { tree, .. }) if tree.is_null() => (Ok(Vec::new()), Vec::new()),
                Ok(Read { tree, duplicates }) => (Ok(objects_of(tree)), duplicates),
                Err(broken) => {
                    let words = format!("error converting YAML to JSON: {}", broken.message);
                    (
                        Err(DecodeRejection::unreadable(broken.span, words)),
                        Vec::new(),
                    )
                }
            };
            ParsedDocument {
                text: (*text).into(),
                objects,
                duplicates,
            }
        }
        Piece::BadSeparator { text, .. } => {
            let words = format!(
                "invalid Yaml document separator: {}",
                text.trim_start_matches("---").trim()
            );
            let end = Position {
                line: 1,
                column: 1 + text.chars().count() as u32,
                offset: text.len() as u32,
            };
            let rejection = DecodeRejection::unreadable(
                Span {
                    start: Position::START,
                    end,
                },
                words,
            );
            ParsedDocument {
                text: (*text).into(),
                objects: Err(rejection),
                duplicates: Vec::new(),
            }
        }
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
            .map(|(one, two)| Arc::ptr_eq(&one.read, &two.read))
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
    fn text_beyond_the_limit_is_counted_and_not_read() {
        let text = format!("kind: A\n---\nkind: {}\n", "b".repeat(MAX_TEXT));
        let source = Source::read(&text);
        assert_eq!(
            (source.objects().count(), source.too_long),
            (1, Some(text.len()))
        );
    }
}
