//! The course in a session: the list, the open lesson, what was predicted and found.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::console_lines::exchange;
use super::open_lesson::{Happened, OpenLesson, Tried};
use super::request_draft::{has_objects, is_another_text};
use super::{Effect, Model, Played, RequestDraft, SendMany};
use crate::simulation::Simulation;
use crate::simulation::expectations::Question;
use crate::view::course::{
    CourseAsk, CourseEntry, KeptAnswers, LessonSource, Prediction, read_text,
};
use crate::view::fix_preview::Fixes;
use crate::view::i18n::{Catalogue, id_and_fields};
use crate::view::layout::Withheld;
use kubehop_engine::cluster::Config;
use kubehop_engine::manifest::Source;
use kubehop_engine::resolve::events::Event;
use kubehop_engine::resolve::resolve;
use kubehop_engine::trace::{Hop, Request};

/// The state of the course in the session.
#[derive(Clone, Default)]
pub(super) struct Course {
    /// The list; `None` until it was loaded.
    pub(super) entries: Option<Rc<Vec<CourseEntry>>>,
    /// The finished lessons, with how many hints were read.
    pub(super) done: BTreeMap<String, usize>,
    /// The open lesson.
    pub(super) open: Option<OpenLesson>,
    /// Whether a lesson could not be read.
    pub(super) is_unreadable: bool,
    /// Whether nothing was sent since the lesson opened: its request is not traced yet, because that would give the
    /// answer away.
    pub(super) is_unsent: bool,
}

impl Model {
    pub(super) fn handle_course(&mut self, ask: CourseAsk) -> Vec<Effect> {
        match ask {
            CourseAsk::List { json, progress } => {
                let entries: Vec<CourseEntry> = serde_json::from_str(&json).unwrap_or_default();
                self.course.entries = Some(Rc::new(entries));
                self.course.done = read_progress(&progress);
                Vec::new()
            }
            CourseAsk::Open(source) => {
                self.take_lesson(&source);
                self.show_lesson()
            }
            CourseAsk::Resume(source, kept) => {
                self.take_lesson(&source);
                self.answer_again(&kept);
                self.draw();
                Vec::new()
            }
            CourseAsk::Words { id, text } => {
                let open = self.course.open.as_mut().filter(|open| open.id == id);
                if let (Some(open), Ok(text)) = (open, read_text(&text)) {
                    open.text = Rc::new(text);
                }
                Vec::new()
            }
            CourseAsk::Choose { prediction, option } => {
                self.choose(prediction, option);
                Vec::new()
            }
            CourseAsk::Try(prediction) => self.try_prediction(prediction),
            CourseAsk::Hint => {
                if let Some(open) = &mut self.course.open {
                    open.hints = (open.hints + 1).min(open.text.hints.len());
                }
                Vec::new()
            }
            CourseAsk::ShowFixes => {
                if let Some(open) = &mut self.course.open {
                    open.shows_fixes = true;
                }
                Vec::new()
            }
            CourseAsk::Check => self.check_lesson(),
            CourseAsk::Reset => self.show_lesson(),
        }
    }

    /// Whether the text is a person's own although a lesson is open: it makes something, and nothing of the lesson.
    pub(super) fn has_left_course(&self) -> bool {
        let Some(open) = &self.course.open else {
            return false;
        };
        let now = self.network.cluster();
        let made = || resolve(&Source::read(&open.manifest), &self.config).cluster;
        has_objects(now) && is_another_text(open.cluster.get_or_init(made), now)
    }

    /// Whether fixes are shown: a lesson hides them until it is passed or they are requested.
    pub(super) fn fixes(&self) -> Fixes {
        let open = self.course.open.as_ref();
        let is_to_be_found = open.filter(|open| !open.shows_fixes && !open.is_passed());
        is_to_be_found.map_or(Fixes::Shown, |_| Fixes::Hidden)
    }

    /// What the picture leaves out: predictions that were not tried ask for it.
    pub(super) fn withheld(&self) -> Option<Withheld> {
        let open = self.course.open.as_ref()?;
        let predictions = open.lesson.predictions.iter().zip(&open.answers);
        let untried = predictions.filter(|(_, answer)| answer.tried.is_none());
        let withheld = untried.map(|(prediction, _)| match prediction.command {
            Some(_) => Withheld::EndpointsAndAddresses,
            None => Withheld::Endpoints,
        });
        withheld.max()
    }

    /// Something else is shown than a lesson.
    pub(super) fn close_course(&mut self) {
        self.course.open = None;
        self.course.is_unsent = false;
    }

    fn take_lesson(&mut self, source: &LessonSource) {
        self.course.open = OpenLesson::read(source);
        self.course.is_unreadable = self.course.open.is_none();
    }

    /// Answers the open lesson as it was answered before. The shown state does not change: the questions run
    /// in another session.
    fn answer_again(&mut self, kept: &KeptAnswers) {
        let Some(open) = self.course.open.as_mut().filter(|open| open.id == kept.id) else {
            return;
        };
        let mut beside = Model::new();
        beside.config = self.config.clone();
        beside.course.open = Some(open.clone());
        beside.show_lesson();
        for (prediction, answer) in kept.answers.iter().enumerate() {
            if let Some(option) = answer.chosen {
                beside.choose(prediction, option);
            }
            if answer.is_tried {
                beside.try_prediction(prediction);
            }
        }
        open.hints = kept.hints.min(open.text.hints.len());
        open.shows_fixes = kept.shows_fixes;
        if let Some(answered) = beside.course.open {
            open.answers = answered.answers;
        }
    }

    /// Shows the cluster of the open lesson, as it opens: after its events, without the path of its request.
    fn show_lesson(&mut self) -> Vec<Effect> {
        let Some(open) = &mut self.course.open else {
            return Vec::new();
        };
        open.checked = Vec::new();
        let (manifest, lesson) = (open.manifest.clone(), open.lesson.clone());
        self.course.is_unsent = true;
        self.config = lesson.config(&self.config);
        self.lesson = None;
        let request = RequestDraft {
            from: lesson.from.clone(),
            to: lesson.to.clone(),
            by_hand: true,
        };
        let effects = self.start_with(manifest, request);
        if !lesson.after.is_empty() {
            self.events = Rc::new(lesson.after.clone());
            self.read();
        }
        effects
    }

    /// A choice can be changed until it was tried.
    fn choose(&mut self, prediction: usize, option: usize) {
        let Some(open) = &mut self.course.open else {
            return;
        };
        let options = open.lesson.predictions.get(prediction);
        let is_option = options.is_some_and(|prediction| option < prediction.options.len());
        if let Some(answer) = open.answers.get_mut(prediction)
            && is_option
            && answer.tried.is_none()
        {
            answer.chosen = Some(option);
        }
    }

    /// Does what a prediction is about, and notes which option was right.
    fn try_prediction(&mut self, index: usize) -> Vec<Effect> {
        let Some(open) = &self.course.open else {
            return Vec::new();
        };
        let lesson = open.lesson.clone();
        let Some(prediction) = lesson.predictions.get(index) else {
            return Vec::new();
        };
        let right = prediction.right_options(&self.written_cluster());
        let effects = self.ask_question(prediction);
        let tried = Tried {
            right: Some(right)
                .filter(|right| right.len() == 1)
                .map(|right| right[0]),
            hop: self.deciding_hop(prediction),
            happened: self.happened(prediction, &effects),
        };
        if let Some(open) = &mut self.course.open
            && let Some(answer) = open.answers.get_mut(index)
        {
            answer.tried = Some(tried);
            self.draw();
        }
        effects
    }

    /// Sends the prediction's request after its events, or runs its command.
    fn ask_question(&mut self, prediction: &Prediction) -> Vec<Effect> {
        if let Some(command) = &prediction.command {
            let output = self.run(command);
            return vec![Effect::Ran(exchange(command.clone(), &output))];
        }
        if let Some((from, to)) = &prediction.request {
            self.request = RequestDraft {
                from: from.clone(),
                to: to.clone(),
                by_hand: true,
            };
        }
        self.course.is_unsent = false;
        self.forget();
        self.flow = None;
        self.events = Rc::new(prediction.after.clone());
        self.read();
        if prediction.connections > 1 {
            return self.send_many(SendMany {
                count: prediction.connections,
                ..super::MANY
            });
        }
        let mut effects = self.send(Played::No);
        effects.push(Effect::Save);
        effects
    }

    /// The hop of the shown connection that decides: the last one with the reason that the prediction names.
    fn deciding_hop(&self, prediction: &Prediction) -> Option<usize> {
        let trace = self
            .trace
            .as_ref()
            .filter(|_| prediction.request.is_some())?;
        let wanted = format!("reason-{}", prediction.decides);
        let of_reason = |hop: &Hop| id_and_fields(&hop.reason).0 == wanted;
        let found = trace.hops.iter().rposition(of_reason);
        found.filter(|_| prediction.connections == 1)
    }

    fn happened(&self, prediction: &Prediction, effects: &[Effect]) -> Happened {
        if let Some(Effect::Ran(exchange)) = effects.first() {
            return Happened::Printed(exchange.clone());
        }
        if let Some(flow) = self.flow.as_ref().filter(|_| prediction.connections > 1) {
            let traces = flow.traces.iter();
            let answered = traces.filter(|trace| trace.verdict.is_answered());
            let pods: std::collections::BTreeSet<_> =
                answered.filter_map(|trace| trace.answered_by()).collect();
            return Happened::Many {
                connections: flow.traces.len(),
                pods: pods.len(),
            };
        }
        match &self.trace {
            Some(trace) => Happened::Verdict(trace.verdict.clone()),
            None => Happened::Nothing,
        }
    }

    /// Runs the check over the manifests as they are written now, and sends what decided it: the first request that does
    /// not end as it should, else the first one. What a prediction let happen is over.
    fn check_lesson(&mut self) -> Vec<Effect> {
        let cluster = self.written_cluster();
        let Some(open) = &mut self.course.open else {
            return Vec::new();
        };
        open.checked = open.lesson.found(&cluster);
        if open.is_passed() && open.is_predicted() {
            let hints = open.hints;
            self.course.done.entry(open.id.clone()).or_insert(hints);
        }
        let first_unmet = open.checked.iter().position(Option::is_some);
        let decided = open
            .required()
            .get(first_unmet.unwrap_or_default())
            .cloned();
        match decided.map(|own| (own.question, own.after)) {
            Some((Question::Connection(request), after)) => self.show_checked(&request, after),
            Some((Question::Command(_), _)) | None => Vec::new(),
        }
    }

    /// Sends a request of the check after its events.
    fn show_checked(&mut self, request: &Request, after: Vec<Event>) -> Vec<Effect> {
        self.request = RequestDraft {
            from: request.from.to_string(),
            to: request.to.to_string(),
            by_hand: true,
        };
        self.forget();
        self.flow = None;
        self.events = Rc::new(after);
        self.read();
        let mut effects = self.send(Played::No);
        effects.push(Effect::Save);
        effects
    }

    /// The cluster of the text, before any event. Whether expectations are met needs no sentences.
    fn written_cluster(&self) -> Simulation {
        let resolved = resolve(&Source::read(&self.text), &self.config);
        Simulation::of(resolved, Rc::new(Catalogue::without_sentences()))
    }

    /// Whether text or settings are not those that the open lesson opens with.
    pub(super) fn is_lesson_changed(&self, open: &OpenLesson) -> bool {
        let config: Config = open.lesson.config(&self.config);
        *self.text != *open.manifest || config != self.config
    }
}

/// A line for each finished lesson: its id, and how many hints were read.
fn read_progress(text: &str) -> BTreeMap<String, usize> {
    let line = |line: &str| {
        let (id, hints) = line.split_once(' ')?;
        Some((id.to_owned(), hints.parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}

/// What [`read_progress`] reads.
pub(super) fn progress_text(done: &BTreeMap<String, usize>) -> String {
    let line = |(id, hints): (&String, &usize)| format!("{id} {hints}\n");
    done.iter().map(line).collect()
}
