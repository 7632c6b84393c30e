//! The course in words, as the page shows it.

use std::rc::Rc;

use super::Model;
use super::course::progress_text;
use super::events::PossibleEvent;
use super::open_lesson::{Answer, Happened, OpenLesson, Tried};
use crate::simulation::expectations::{Expectation, Question};
use crate::view::course::{
    CheckView, ComparisonView, CourseEntry, CourseItem, CourseView, Instead, OpenLessonView,
    Prediction, PredictionText, PredictionView, Required,
};
use crate::view::i18n::Catalogue;
use crate::view::language::Language;
use crate::view::page_text::PageSentence;
use kubehop_engine::trace::{CLIENT, Origin, Request};

/// The most lines of a command's output that a comparison shows.
const OUTPUT_LINES: usize = 40;

impl Model {
    pub(super) fn course_view(&self, words: &Catalogue) -> CourseView {
        let entries: &[CourseEntry] = match &self.course.entries {
            Some(entries) => entries,
            None => &[],
        };
        // Challenges come on top of the course.
        let course = entries.partition_point(|entry| !entry.is_challenge());
        let course = &entries[..course];
        let (lessons, done) = (course.len(), self.finished(course));
        let open = self.course.open.as_ref();
        let place = |open: &OpenLesson| match open.generated {
            // Behind all others, where the next one is made.
            Some(_) => entries.len().checked_sub(1),
            None => entries.iter().position(|entry| entry.id == open.id),
        };
        let here = open.and_then(place);
        let mut items: Vec<CourseItem> = Vec::new();
        let mut section = "";
        for (index, entry) in entries.iter().enumerate() {
            let mut item = self.item(entry, words);
            item.is_near = here.is_none_or(|here| is_near(index, here, entries.len()));
            if entry.section != section {
                section = &entry.section;
                item.section = Some(words.label(&format!("lesson-section-{section}")));
            }
            items.push(item);
        }
        CourseView {
            is_listed: self.course.entries.is_some(),
            items,
            count: words
                .format(&PageSentence::CourseDone { done, lessons })
                .text,
            percent: (done * 100).checked_div(lessons).unwrap_or_default() as u8,
            open: self
                .course
                .open
                .as_ref()
                .map(|open| self.open_lesson_view(open, entries, words)),
            is_unsent: self.course.is_unsent && self.request_error.is_none(),
            is_unreadable: self.course.is_unreadable,
            progress: progress_text(&self.course.done),
        }
    }

    fn finished(&self, entries: &[CourseEntry]) -> usize {
        let done = |entry: &&CourseEntry| self.course.done.contains_key(&entry.id);
        entries.iter().filter(done).count()
    }

    fn item(&self, entry: &CourseEntry, words: &Catalogue) -> CourseItem {
        let done = self.course.done.get(&entry.id);
        let note = match done {
            Some(&count) => PageSentence::CourseHints { count },
            None => PageSentence::CourseMinutes {
                minutes: entry.minutes.into(),
            },
        };
        CourseItem {
            id: entry.id.clone(),
            number: entry.number().to_owned(),
            title: match words.language() {
                Language::English => entry.en.clone(),
                Language::Korean => entry.ko.clone(),
            },
            section: None,
            note: words.format(&note).text,
            is_done: done.is_some(),
            is_near: true,
        }
    }

    fn open_lesson_view(
        &self,
        open: &OpenLesson,
        entries: &[CourseEntry],
        words: &Catalogue,
    ) -> OpenLessonView {
        let text = open.words(words);
        let predictions = open.lesson.predictions.iter().zip(&open.answers);
        let predictions = predictions.zip(&text.predictions);
        let mut views = Vec::new();
        let mut is_open = true;
        for ((prediction, answer), said) in predictions {
            views.push(prediction_view(prediction, answer, said, is_open, words));
            is_open &= answer.tried.is_some();
        }
        let here = entries.iter().position(|entry| entry.id == open.id);
        let next = here.and_then(|here| entries.get(here + 1));
        let previous = here.and_then(|here| entries.get(here.checked_sub(1)?));
        OpenLessonView {
            id: open.id.clone(),
            number: here.map_or("", |here| entries[here].number()).to_owned(),
            title: text.title.clone(),
            step: words.format(&step(open)).text,
            goal: text.goal.clone(),
            predictions: views,
            change: text.change.clone(),
            is_change_open: open.is_predicted(),
            checks: checks(open, words),
            hints: text.hints.iter().take(open.hints).cloned().collect(),
            next_hint: next_hint(open, words),
            summary: if open.is_passed() {
                text.summary.clone()
            } else {
                Vec::new()
            },
            shows_fixes: open.shows_fixes,
            is_generated: open.generated.is_some(),
            is_changed: self.is_lesson_changed(open),
            is_rewritten: *self.text != *open.manifest,
            previous: previous.map(|entry| entry.id.clone()),
            next: next.map(|entry| entry.id.clone()),
        }
    }
}

/// How many rows of the list are shown round the open lesson.
const ROWS: usize = 7;

/// Whether a lesson is among the rows round the open one; at either end of the course the rows end there.
fn is_near(index: usize, here: usize, lessons: usize) -> bool {
    let first = here
        .saturating_sub(ROWS / 2)
        .min(lessons.saturating_sub(ROWS));
    (first..first + ROWS).contains(&index)
}

/// Three steps for each prediction (predict, send, compare), then change and check.
fn step(open: &OpenLesson) -> PageSentence {
    let steps = 3 * open.answers.len() + 2;
    let tried = open.answers.iter().filter(|answer| answer.tried.is_some());
    let tried = tried.count();
    let current = open.answers.get(tried);
    let step = match current {
        Some(answer) if answer.chosen.is_some() => 3 * tried + 2,
        Some(_) => 3 * tried + 1,
        None if open.is_passed() => steps,
        None => steps - 1,
    };
    PageSentence::CourseStep { step, steps }
}

fn prediction_view(
    prediction: &Prediction,
    answer: &Answer,
    text: &PredictionText,
    is_open: bool,
    words: &Catalogue,
) -> PredictionView {
    PredictionView {
        question: text.question.clone(),
        options: text
            .options
            .iter()
            .map(|option| option.text.clone())
            .collect(),
        chosen: answer.chosen,
        is_open,
        command: prediction.command.clone(),
        comparison: answer
            .tried
            .as_ref()
            .map(|tried| Rc::new(comparison(tried, answer.chosen, text, words))),
    }
}

fn comparison(
    tried: &Tried,
    chosen: Option<usize>,
    text: &PredictionText,
    words: &Catalogue,
) -> ComparisonView {
    let (happened, output) = match &tried.happened {
        Happened::Verdict(verdict) => (words.format(verdict).text, None),
        Happened::Many { connections, pods } => {
            let (connections, pods) = (*connections, *pods);
            let sentence = PageSentence::CourseMany { connections, pods };
            (words.format(&sentence).text, None)
        }
        Happened::Printed(exchange) => {
            let texts = exchange.printed.iter().map(|(_, text)| text.as_str());
            let printed: String = texts.collect();
            let lines: Vec<&str> = printed.lines().take(OUTPUT_LINES).collect();
            (String::new(), Some(lines.join("\n")))
        }
        Happened::Nothing => (String::new(), None),
    };
    let hop = tried.hop.map(|hop| {
        let link = PageSentence::CourseHop { hop: hop + 1 };
        (hop, words.format(&link).text)
    });
    ComparisonView {
        is_right: tried.right.is_some() && tried.right == chosen,
        right: tried.right,
        happened,
        output,
        why: text.why.clone(),
        hop,
    }
}

fn checks(open: &OpenLesson, words: &Catalogue) -> Vec<CheckView> {
    let required = open.required().iter().enumerate();
    let view = |(index, required): (usize, &Expectation)| {
        let wanted = required.wanted.iter().map(Required::from);
        let wanted: Vec<String> = wanted.map(|one| words.format(&one).text).collect();
        let events = required.after.iter().map(PossibleEvent::from);
        let after = events.map(|event| format!(" ({})", words.format(&event).text));
        let found = open.checked.get(index);
        let instead = found.and_then(Option::as_ref);
        CheckView {
            question: asked(&required.question, words),
            after: after.collect(),
            wanted: wanted.join(" · "),
            is_met: found.map(Option::is_none),
            instead: instead.map(|found| words.format(&Instead::of(found, words)).text),
        }
    };
    required.map(view).collect()
}

/// A question as a check asks it: the caller as the request bar calls it.
fn asked(question: &Question, words: &Catalogue) -> String {
    match question {
        Question::Connection(Request { from, to }) if *from == Origin::Outside(CLIENT) => {
            format!("{} → {to}", words.label("outside-client"))
        }
        Question::Connection(_) | Question::Command(_) => question.to_string(),
    }
}

fn next_hint(open: &OpenLesson, words: &Catalogue) -> Option<String> {
    let (hint, hints) = (open.hints + 1, open.text.hints.len());
    let sentence = PageSentence::CourseHint { hint, hints };
    (hint <= hints).then(|| words.format(&sentence).text)
}
