//! What is wrong with a text, as data: how bad, where, what exactly, and an edit that would mend it.
//!
//! No sentence is written here. A [`Problem`] is an enum with arguments; its sentence comes from the message catalogue
//! (`crate::view::i18n`). The words of real tools (the API server, kubectl) are carried inside as they print them.

use serde::Serialize;

/// How bad it is. Only what kubectl or an API server rejects is an [`Severity::Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Rejected by kubectl or the API server.
    Error,
    /// Legal, but most likely not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Bytes from the start of the text.
    pub offset: u32,
}

/// A stretch of text, from `start` up to but not including `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// First character.
    pub start: Position,
    /// Just behind the last character.
    pub end: Position,
}

impl Span {
    /// The span as seen from a text in which this one begins at `origin` (at the start of a line).
    pub fn shifted(self, origin: Position) -> Span {
        Span {
            start: self.start.shifted(origin),
            end: self.end.shifted(origin),
        }
    }
}

impl Position {
    /// The first character of a text.
    pub const START: Position = Position {
        line: 1,
        column: 1,
        offset: 0,
    };

    /// See [`Span::shifted`].
    pub fn shifted(self, origin: Position) -> Position {
        Position {
            line: self.line + origin.line - 1,
            column: self.column,
            offset: self.offset + origin.offset,
        }
    }
}

/// One thing to say about the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diagnostic {
    /// How bad.
    pub severity: Severity,
    /// Where, in the whole text.
    pub span: Span,
    /// What.
    pub problem: Problem,
    /// An edit that would mend it, where one is sure enough to offer.
    pub fix: Option<Fix>,
}

/// An edit to the text that one click applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What to replace, in the whole text.
    pub span: Span,
    /// What to put there.
    pub text: String,
}

/// What is wrong, with its arguments. The variants' names are the ids of their sentences in the catalogue
/// (`problem-…`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Problem {
    /// kubectl or the API server refuses the document; `message` is what the tool prints.
    Rejected {
        /// The tool's own words, without the trailing newline.
        message: String,
    },
    /// The object is there already, and `kubectl apply` would not be let change it to this one; `message` is what it
    /// prints.
    UnchangeableByApply {
        /// The tool's own words.
        message: String,
    },
    /// The API server accepts the document but prints a warning header; `message` is its text.
    ServerWarning {
        /// The server's own words.
        message: String,
    },
    /// The same key stands twice in a mapping: the API accepts it silently, the last one wins.
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// The kind is accepted and counted, but kubehop does not model it.
    NotModelled {
        /// `apiVersion`.
        api_version: String,
        /// `kind`.
        kind: String,
    },
    /// More was asked for than kubehop shows at once.
    Capped {
        /// What was asked for.
        asked: u64,
        /// What is modelled.
        shown: u64,
    },
    /// A Service selects no pod of its namespace.
    SelectsNothing {
        /// The Service, `name`.
        service: String,
        /// Its selector as `kubectl` prints it, `app=web`.
        selector: String,
        /// The nearest selector that pods do carry, when one is near.
        nearest: Option<String>,
        /// How many pods carry that one.
        pods: usize,
    },
    /// A named `targetPort` that no container of the selected pods declares.
    TargetPortNotFound {
        /// The Service.
        service: String,
        /// The Service port's number.
        port: u16,
        /// The name that is looked for.
        target: String,
        /// The names the selected pods do declare, joined by `, `.
        declared: String,
    },
    /// A LoadBalancer Service in a cluster where nothing gives out addresses.
    LoadBalancerPending {
        /// The Service.
        service: String,
    },
}
