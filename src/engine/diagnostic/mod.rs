//! Diagnostics as data: severity, span, problem, and optionally a fix.
//!
//! A [`Problem`] is an enum with arguments. Its sentence comes from the message catalogue (`crate::view::i18n`);
//! messages of the API server and kubectl are arguments, exactly as they print them.

mod fault;

use serde::{Deserialize, Serialize};

pub use fault::{
    ApiServerCall, ApplyFault, AttachmentFault, ContainerFault, EndFault, Fault, GatewayFault,
    GrantMiss, HintsFault, HookFault, HostMiss, IngressConfigFault, LoadBalancerFault, NameFault,
    PathFault, PodFault, PolicyFault, PortFault, ProbeFault, ReferenceFault, RouteBackendFault,
    RouteNearMiss, RuleField, RuleMiss, SelectionFault, SliceFault, UrlFault, VariableMiss,
    WaitFault,
};

/// How bad a problem is. Only what kubectl or the API server rejects is a [`Severity::Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Rejected by kubectl or the API server.
    Error,
    /// Valid, but most likely not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

/// A position in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Bytes from the start of the text.
    pub offset: u32,
}

/// A range of text, from `start` up to but not including `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// The first character.
    pub start: Position,
    /// The position after the last character.
    pub end: Position,
}

impl Span {
    /// Converts a span within a part of a text into a span within the text. The part begins at `origin`, at the start
    /// of a line.
    pub fn shifted(self, origin: Position) -> Span {
        Span {
            start: self.start.shifted(origin),
            end: self.end.shifted(origin),
        }
    }
}

impl Position {
    /// The start of a text.
    pub const START: Position = Position {
        line: 1,
        column: 1,
        offset: 0,
    };

    /// The position behind a text.
    pub fn after(text: &str) -> Position {
        let last = text.rsplit('\n').next().unwrap_or_default();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position {
            line: count(text.matches('\n').count() + 1),
            column: count(last.chars().count() + 1),
            offset: count(text.len()),
        }
    }

    /// See [`Span::shifted`].
    pub fn shifted(self, origin: Position) -> Position {
        Position {
            line: self.line + origin.line - 1,
            column: self.column,
            offset: self.offset + origin.offset,
        }
    }
}

/// One problem of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Its position in the whole text.
    pub span: Span,
    /// What is wrong.
    pub problem: Problem,
    /// An edit that solves the problem, if one is likely enough to offer.
    pub fix: Option<Fix>,
}

/// An edit of the text, applied by one click.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What is replaced, in the whole text.
    pub span: Span,
    /// The replacement.
    pub text: String,
}

impl Fix {
    /// The same edit of a text where the part that it is relative to begins at `origin`; see [`Span::shifted`].
    pub(crate) fn shifted(self, origin: Position) -> Fix {
        Fix {
            span: self.span.shifted(origin),
            text: self.text,
        }
    }
}

/// What is wrong, with arguments. In kebab case, the variants are the message ids in the catalogue (`problem-…`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Problem {
    /// kubectl or the API server rejects the document.
    Rejected {
        /// What the tool prints, without the trailing newline.
        message: String,
    },
    /// The object exists already, and `kubectl apply` would not be allowed to change it into this one.
    UnchangeableByApply {
        /// What kubectl prints.
        message: String,
    },
    /// The API server accepts the document with a warning.
    ServerWarning {
        /// The text of the `Warning` header.
        message: String,
    },
    /// A mapping has the same key twice. The API server accepts it silently; the last one wins.
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// The document is a template (`{{ … }}`) that has not been rendered.
    Template,
    /// A line is indented with a tab, which YAML does not allow.
    IndentedWithTab,
    /// The document is one text: prose, or the table that `kubectl get` prints.
    NotAManifest,
    /// Objects are stored, but kubehop does not model their kinds.
    NotModelled {
        /// The kinds, joined by `, `.
        kinds: String,
        /// How many objects there are.
        count: usize,
        /// Whether such objects decide over connections.
        decides: bool,
    },
    /// The text names no nodes, and its pods need more than the configuration says.
    NodesAssumed {
        /// How many nodes there are.
        nodes: usize,
        /// How many pods there are, system pods included.
        pods: usize,
    },
    /// No node of a live dump has a pod range: one is taken that contains the pods' addresses.
    PodRangeLearnt {
        /// The range.
        range: String,
    },
    /// The text has no implementation of a Gateway: a Service and a proxy stand in for it.
    GatewayStandIn {
        /// The Gateway.
        gateway: String,
        /// The Service before the proxy, in the Gateway's namespace.
        service: String,
    },
    /// More pods or bytes are asked for than kubehop simulates.
    Capped {
        /// The number in the manifest.
        asked: u64,
        /// The number that is simulated.
        shown: u64,
    },
    /// Legal, and most likely not what was meant.
    #[serde(untagged)]
    Cause(Fault),
}

impl Diagnostic {
    /// The same in a text where the document begins at the given position.
    #[must_use]
    pub(crate) fn shifted(self, origin: Position) -> Diagnostic {
        let fix = self.fix.map(|fix| fix.shifted(origin));
        Diagnostic {
            span: self.span.shifted(origin),
            fix,
            ..self
        }
    }

    /// The key that diagnostics are listed by: the order of the text; notes about objects that are not simulated come
    /// last, those that decide over connections first among them.
    pub fn order(&self) -> (u8, Span) {
        let rank = match self.problem {
            Problem::NotModelled { decides: true, .. } => 1,
            Problem::NotModelled { decides: false, .. } => 2,
            Problem::Rejected { .. }
            | Problem::UnchangeableByApply { .. }
            | Problem::ServerWarning { .. }
            | Problem::DuplicateKey { .. }
            | Problem::Template
            | Problem::IndentedWithTab
            | Problem::NotAManifest
            | Problem::NodesAssumed { .. }
            | Problem::GatewayStandIn { .. }
            | Problem::PodRangeLearnt { .. }
            | Problem::Capped { .. }
            | Problem::Cause(_) => 0,
        };
        (rank, self.span)
    }
}
