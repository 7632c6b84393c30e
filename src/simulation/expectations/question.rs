//! The question of an expectation: a connection, or a command of the console.

use std::fmt;

use kubehop_engine::trace::Request;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// What becomes of a connection.
    Connection(Request),
    /// What a command prints.
    Command(String),
}

impl fmt::Display for Question {
    /// `client → http://web`, `$ kubectl get pods`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Question::Connection(Request { from, to }) => write!(f, "{from} → {to}"),
            Question::Command(line) => write!(f, "$ {line}"),
        }
    }
}
