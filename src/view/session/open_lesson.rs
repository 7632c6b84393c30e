//! The lesson of the course that is open in a session: what it asks, and what was answered and found.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::simulation::challenge::GeneratedChallenge;
use crate::simulation::expectations::{Expectation, Found};
use crate::view::course::{
    CourseLesson, LessonSource, LessonText, challenge_words, generated_of, read_text,
};
use crate::view::i18n::Catalogue;
use crate::view::page_view::Exchange;
use kubehop_engine::cluster::Cluster;
use kubehop_engine::trace::Verdict;

/// An open lesson.
#[derive(Clone)]
pub(super) struct OpenLesson {
    /// The folder's name.
    pub(super) id: String,
    /// Its manifests.
    pub(super) manifest: Rc<str>,
    /// The cluster that they make, once something is compared with it.
    pub(super) cluster: Rc<OnceCell<Cluster>>,
    /// What it asks.
    pub(super) lesson: Rc<CourseLesson>,
    /// Its words; those of a generated challenge are made in the language of the page, [`OpenLesson::words`].
    pub(super) text: Rc<LessonText>,
    /// How it was generated, if it is a generated challenge, and its number.
    pub(super) generated: Option<(Rc<GeneratedChallenge>, u64)>,
    /// What was answered to each prediction.
    pub(super) answers: Vec<Answer>,
    /// How many hints were read.
    pub(super) hints: usize,
    /// Whether the fixes of problems and verdicts were asked for: they give away what is to be changed.
    pub(super) shows_fixes: bool,
    /// What the check found instead of each expectation, `None` where it holds; empty before the check.
    pub(super) checked: Vec<Option<Found>>,
}

/// What was answered to a prediction.
#[derive(Clone, Default)]
pub(super) struct Answer {
    /// The chosen option.
    pub(super) chosen: Option<usize>,
    /// What came of it.
    pub(super) tried: Option<Tried>,
}

/// What came of trying.
#[derive(Clone)]
pub(super) struct Tried {
    /// The right option; `None` if not exactly one is right in the present cluster.
    pub(super) right: Option<usize>,
    /// The hop that decides, from 0.
    pub(super) hop: Option<usize>,
    /// What happened.
    pub(super) happened: Happened,
}

/// What happened.
#[derive(Clone)]
pub(super) enum Happened {
    /// A connection ended.
    Verdict(Verdict),
    /// Many connections were answered by so many pods.
    Many { connections: usize, pods: usize },
    /// A command printed something.
    Printed(Exchange),
    /// The request cannot be made in the present cluster.
    Nothing,
}

impl OpenLesson {
    /// Reads a lesson; `None` if it cannot be read.
    pub(super) fn read(source: &LessonSource) -> Option<OpenLesson> {
        // A lesson of the product has no mistakes to report.
        let lesson = CourseLesson::read(&source.lesson, &Catalogue::without_sentences()).ok()?;
        let text = read_text(&source.text).ok()?;
        if let Some((seed, _)) = generated_of(&source.id) {
            return OpenLesson::generate(source, &lesson, seed);
        }
        Some(OpenLesson {
            generated: None,
            id: source.id.clone(),
            manifest: source.manifest.as_str().into(),
            cluster: Rc::default(),
            answers: vec![Answer::default(); lesson.predictions.len()],
            lesson: Rc::new(lesson),
            text: Rc::new(text),
            hints: 0,
            shows_fixes: false,
            checked: Vec::new(),
        })
    }

    /// The challenge that is generated from a lesson and a seed.
    fn generate(source: &LessonSource, lesson: &CourseLesson, seed: u64) -> Option<OpenLesson> {
        let (lesson, made) = lesson.generated(&source.manifest, seed)?;
        Some(OpenLesson {
            id: source.id.clone(),
            manifest: made.manifest.as_str().into(),
            cluster: Rc::default(),
            answers: Vec::new(),
            lesson: Rc::new(lesson),
            text: Rc::new(challenge_words(
                &made,
                seed,
                &Catalogue::without_sentences(),
            )),
            generated: Some((Rc::new(made), seed)),
            hints: 0,
            shows_fixes: false,
            checked: Vec::new(),
        })
    }

    /// Its words in a language: the files have one, a generated challenge has all.
    pub(super) fn words(&self, words: &Catalogue) -> Rc<LessonText> {
        match &self.generated {
            Some((made, seed)) => Rc::new(challenge_words(made, *seed, words)),
            None => Rc::clone(&self.text),
        }
    }

    /// The expectations of the check.
    pub(super) fn required(&self) -> &[Expectation] {
        self.lesson.required()
    }

    /// Whether every prediction was tried.
    pub(super) fn is_predicted(&self) -> bool {
        self.answers.iter().all(|answer| answer.tried.is_some())
    }

    /// Whether the check was run and holds.
    pub(super) fn is_passed(&self) -> bool {
        !self.checked.is_empty() && self.checked.iter().all(Option::is_none)
    }
}
