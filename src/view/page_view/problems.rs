//! The list of problems.

use serde::{Deserialize, Serialize};

use crate::view::fix_preview::OfferedFix;
use kubehop_engine::diagnostic::Severity;

/// What is wrong with the text.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProblemsView {
    /// `2 errors`; `None` if there are none.
    pub errors: Option<String>,
    /// `1 warning`; `None` if there are none.
    pub warnings: Option<String>,
    /// `3 notes`; `None` if there are none.
    pub notes: Option<String>,
    /// The worst ones, the errors first.
    pub shown: Vec<ProblemGroup>,
    /// That some are not listed.
    pub more: Option<String>,
    /// What the editor underlines: a JSON list of `Problem` in `src/editor/marks.ts`.
    pub underlines: String,
}

/// One line of the list: a problem, or many that are alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemGroup {
    /// The first is always shown, the others when the line is opened.
    pub problems: Vec<ProblemView>,
    /// `12 more of this kind`; `None` if there is one alone.
    pub others: Option<String>,
    /// That some are not listed.
    pub more: Option<String>,
}

/// One problem in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemView {
    /// Its index among all, for [`crate::view::session::Ask::Fix`].
    pub index: usize,
    /// How bad it is.
    pub severity: Severity,
    /// Line and column, from 1.
    pub position: (u32, u32),
    /// What is wrong.
    pub text: String,
    /// The namespace of the object, where another one has an object of that kind and name, too.
    pub namespace: Option<String>,
    /// More about it.
    pub detail: Option<String>,
    /// The edit that is offered.
    pub fix: Option<OfferedFix>,
}
