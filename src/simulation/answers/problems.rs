//! What is wrong with the manifests.

use serde::Serialize;

use super::Statement;
use crate::simulation::expectations::ExpectationAnswer;

/// What is wrong with the manifests, in the order of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProblemsAnswer {
    /// The version of all answers.
    pub version: u32,
    /// Errors, warnings and notes.
    pub problems: Vec<ProblemAnswer>,
}

/// What `kubehop check` says of files: what is wrong with their manifests and with files of expectations, and which
/// expectations hold. Every position is in the file that is named with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckAnswer {
    /// The version of all answers.
    pub version: u32,
    /// Errors, warnings and notes, cluster by cluster.
    pub problems: Vec<ProblemAnswer>,
    /// One for each expectation, in the order of the files.
    pub expectations: Vec<ExpectationAnswer>,
}

/// One error, warning or note about the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProblemAnswer {
    /// The file that the positions are in, if the text was joined from several; otherwise they are in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// How bad it is.
    pub severity: SeverityAnswer,
    /// The first character it is about.
    pub start: PositionAnswer,
    /// Just behind the last character.
    pub end: PositionAnswer,
    /// What is wrong. What a real tool prints is carried as it prints it.
    pub statement: Statement,
    /// An edit of the text that mends it, where one is certain enough to offer.
    pub fix: Option<FixAnswer>,
    /// The page of the Kubernetes documentation that explains it.
    pub docs: Option<String>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum SeverityAnswer {
    /// kubectl or the API server rejects the object.
    Error,
    /// Legal, and most likely not what was meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// A position in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PositionAnswer {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Bytes of UTF-8 from the start of the text.
    pub offset: u32,
}

/// An edit of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FixAnswer {
    /// The file that the positions are in, if the text was joined from several; otherwise they are in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where the replaced text starts.
    pub start: PositionAnswer,
    /// Where it ends.
    pub end: PositionAnswer,
    /// What replaces it.
    pub text: String,
}
