//! The messages between page and worker about the course.
//!
//! The page loads files and keeps the progress; the worker reads them, judges and words.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::KeptAnswers;

/// The files of a lesson, as loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonSource {
    /// The folder's name.
    pub id: String,
    /// `manifest.yaml`.
    pub manifest: String,
    /// `lesson.yaml`.
    pub lesson: String,
    /// The words in the page's language.
    pub text: String,
}

/// What a person does in the course, or the page for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CourseAsk {
    /// The list of lessons was loaded, `course.json`; with the progress that the browser kept.
    List {
        /// The list.
        json: String,
        /// A line for each finished lesson: its id, and how many hints were read.
        progress: String,
    },
    /// A lesson is opened: its cluster replaces what is shown.
    Open(LessonSource),
    /// A lesson that was open before is open again, with what was answered; what is shown stays.
    Resume(LessonSource, KeptAnswers),
    /// The words of the open lesson in another language.
    Words {
        /// The lesson.
        id: String,
        /// Its words.
        text: String,
    },
    /// An option of a prediction is chosen, both by index.
    Choose {
        /// The prediction.
        prediction: usize,
        /// The option.
        option: usize,
    },
    /// What a prediction is about is tried, by its index.
    Try(usize),
    /// Another hint is read.
    Hint,
    /// The fixes that the lesson hides are shown.
    ShowFixes,
    /// The check is run.
    Check,
    /// The lesson's manifests and settings are shown again.
    Reset,
}

impl CourseAsk {
    /// Whether the shown connection may be another one afterwards.
    pub fn changes_trace(&self) -> bool {
        match self {
            CourseAsk::Open(_) | CourseAsk::Try(_) | CourseAsk::Reset => true,
            CourseAsk::List { .. }
            | CourseAsk::Resume(..)
            | CourseAsk::Words { .. }
            | CourseAsk::Choose { .. }
            | CourseAsk::Hint
            | CourseAsk::ShowFixes
            | CourseAsk::Check => false,
        }
    }
}

/// The course as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CourseView {
    /// Whether the list was loaded.
    pub is_listed: bool,
    /// The lessons, in order.
    pub items: Vec<CourseItem>,
    /// `11 of 22 done`.
    pub count: String,
    /// How much of it is done, from 0 to 100.
    pub percent: u8,
    /// The open lesson.
    pub open: Option<OpenLessonView>,
    /// Whether the request of the open lesson can be sent although its path is not shown yet.
    pub is_unsent: bool,
    /// Whether the files of a lesson could not be read.
    pub is_unreadable: bool,
    /// What the browser keeps: a line for each finished lesson.
    pub progress: String,
}

/// A lesson in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseItem {
    /// The folder's name.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The section's name, if it is the first of its section.
    pub section: Option<String>,
    /// `4 min`, or of a finished one `2 hints`.
    pub note: String,
    /// Whether it is finished.
    pub is_done: bool,
    /// Whether it is near the open lesson: the others are folded away.
    pub is_near: bool,
}

/// The open lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenLessonView {
    /// The folder's name.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// `step 4 of 6`.
    pub step: String,
    /// What the reader has learnt afterwards.
    pub goal: String,
    /// Its predictions.
    pub predictions: Vec<PredictionView>,
    /// What is to be changed, in paragraphs; text between backticks is code.
    pub change: Vec<String>,
    /// Whether all predictions were compared, so that the change is next.
    pub is_change_open: bool,
    /// The questions of the check, and their answers.
    pub checks: Vec<CheckView>,
    /// The hints that were read.
    pub hints: Vec<String>,
    /// `Hint 2 of 3`; `None` if all were read.
    pub next_hint: Option<String>,
    /// What to remember, in paragraphs; empty until the check holds.
    pub summary: Vec<String>,
    /// Whether the fixes that it hides were requested.
    pub shows_fixes: bool,
    /// Whether it is a generated challenge; its link makes the same one anywhere.
    pub is_generated: bool,
    /// Whether the manifests or settings are others than the lesson's.
    pub is_changed: bool,
    /// Whether the manifests are.
    pub is_rewritten: bool,
    /// The lesson before it.
    pub previous: Option<String>,
    /// The lesson behind it.
    pub next: Option<String>,
}

/// A prediction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PredictionView {
    /// The question, in paragraphs.
    pub question: Vec<String>,
    /// The options.
    pub options: Vec<String>,
    /// The chosen option.
    pub chosen: Option<usize>,
    /// Whether it is its turn.
    pub is_open: bool,
    /// The command that tries it; `None` if a request does.
    pub command: Option<String>,
    /// What came of it.
    pub comparison: Option<Rc<ComparisonView>>,
}

/// What happened, beside what was predicted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonView {
    /// Whether the prediction was right.
    pub is_right: bool,
    /// The right option; `None` if the cluster is not the lesson's any more.
    pub right: Option<usize>,
    /// What happened, in one sentence.
    pub happened: String,
    /// What a command printed.
    pub output: Option<String>,
    /// Why.
    pub why: Vec<String>,
    /// The hop that decides, from 0, and the words of its link.
    pub hop: Option<(usize, String)>,
}

/// One question of the check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckView {
    /// The question: `outside client → http://web`.
    pub question: String,
    /// What had happened before, each in parentheses behind a space.
    pub after: String,
    /// What must be so.
    pub wanted: String,
    /// Whether it is; `None` before the check.
    pub is_met: Option<bool>,
    /// What happens instead, in a sentence; `None` if it is so, and before the check.
    pub instead: Option<String>,
}
