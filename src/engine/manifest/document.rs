//! A parsed document of a text: its objects, or why it could not be parsed.
//!
//! The parsed tree does not depend on the document's position, so that a document that moved is not parsed again.

use std::sync::Arc;

use super::decode::DecodeRejection;
use super::documents::Piece;
use super::lookalike;
use super::lost::{LostObject, hidden_objects, unreadable_objects};
use super::object::{Object, objects_of};
use super::reader::{DuplicateKey, Read, read};
use crate::diagnostic::{ApplyFault, Diagnostic, Fault, Position, Problem, Severity, Span};

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
    duplicates: Vec<DuplicateKey>,
}

impl Document {
    /// Parses a part of a text.
    pub(super) fn parse(piece: &Piece<'_>) -> Document {
        Document {
            origin: origin_of(piece),
            read: Arc::new(parse_piece(piece)),
        }
    }

    /// The same document, at another position.
    pub(super) fn at(&self, origin: Position) -> Document {
        Document {
            origin,
            read: Arc::clone(&self.read),
        }
    }

    /// Whether it is the other document, not parsed again.
    #[cfg(test)]
    pub(super) fn shares_tree_with(&self, other: &Document) -> bool {
        Arc::ptr_eq(&self.read, &other.read)
    }

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
    pub(super) fn lost_objects(&self, file: &str) -> Vec<LostObject> {
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
        // Duplicate keys of a whole object are reported once, as a missing separator.
        let is_told = |span: &Span| !hidden.is_empty() && span.start.column == 1;
        let duplicates = self.read.duplicates.iter();
        let duplicates = duplicates.filter(|own| !is_told(&own.span)).map(|own| {
            let key = own.key.clone();
            (Severity::Warning, own.span, Problem::DuplicateKey { key })
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

    /// Whether a part of a text is this document.
    pub(super) fn is(&self, piece: &Piece<'_>) -> bool {
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

/// The text of a part.
pub(super) fn text_of<'text>(piece: &Piece<'text>) -> &'text str {
    match piece {
        Piece::Document { text, .. } | Piece::BadSeparator { text, .. } => text,
    }
}

/// Where a part begins.
pub(super) fn origin_of(piece: &Piece<'_>) -> Position {
    match piece {
        Piece::Document { origin, .. } | Piece::BadSeparator { origin, .. } => *origin,
    }
}

fn parse_piece(piece: &Piece<'_>) -> ParsedDocument {
    match piece {
        Piece::Document { text, .. } => {
            let parsed = |objects, duplicates| ParsedDocument {
                text: (*text).into(),
                objects,
                duplicates,
            };
            match read(text) {
                Ok(Read { tree, .. }) if tree.is_null() => parsed(Ok(Vec::new()), Vec::new()),
                Ok(Read { tree, duplicates }) => parsed(Ok(objects_of(tree)), duplicates),
                Err(broken) => {
                    let words = format!("error converting YAML to JSON: {}", broken.message);
                    let rejection = DecodeRejection::unreadable(broken.span, words);
                    parsed(Err(rejection), Vec::new())
                }
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
