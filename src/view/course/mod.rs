//! The course: lessons as data, one folder each below `static/lessons/`.
//!
//! | file | holds |
//! |---|---|
//! | `manifest.yaml` | the cluster that the lesson opens |
//! | `lesson.yaml` | section, request, what to predict, what to change, what is checked: [`CourseLesson`] |
//! | `en.md`, `ko.md` | the words: [`LessonText`] |
//!
//! A challenge, below `static/challenges/`, has the same form: a broken cluster without predictions, and cheats with which
//! its check must not hold.
//!
//! A lesson goes: predict, send, compare, change one thing, check. The engine computes which option of a prediction is
//! right, and whether the check holds; the files only state what each option means, as an expectation. The page loads a
//! folder when its lesson is opened; `course.json` lists all of them.

mod generated;
mod instead;
mod kept;
mod lesson;
mod read;
mod required;
mod text;
mod view;

pub use generated::{challenge_words, generated_id, generated_of};
pub use kept::{KeptAnswer, KeptAnswers};
pub use lesson::{Change, Cheat, CourseLesson, Prediction, PredictionOption};
pub use text::{LessonText, OptionText, PredictionText, TextFault, read_text};
pub use view::{
    CheckView, ComparisonView, CourseAsk, CourseItem, CourseView, LessonSource, OpenLessonView,
    PredictionView,
};

#[cfg(test)]
pub(crate) use generated::Generated;
pub(crate) use instead::Instead;
pub(crate) use required::Required;

use serde::{Deserialize, Serialize};

/// The folder below `static/` that has the files of a lesson or challenge.
pub fn folder_of(id: &str) -> &'static str {
    let number = id.strip_prefix('c').unwrap_or_default();
    if number.starts_with(|letter: char| letter.is_ascii_digit()) {
        "challenges"
    } else {
        "lessons"
    }
}

/// The entry of a lesson in `course.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseEntry {
    /// Its folder's name: `12-node-port`.
    pub id: String,
    /// The section it belongs to, as in the catalogue under `label-section-NAME`.
    pub section: String,
    /// How many minutes it takes.
    pub minutes: u16,
    /// Its title in English.
    pub en: String,
    /// Its title in Korean.
    pub ko: String,
}

impl CourseEntry {
    /// Whether it is a challenge; challenges are listed after all lessons.
    pub fn is_challenge(&self) -> bool {
        folder_of(&self.id) == "challenges"
    }

    /// The number that its folder's name begins with.
    pub fn number(&self) -> &str {
        let number = self.id.split('-').next().unwrap_or_default();
        number.trim_start_matches('0')
    }
}
