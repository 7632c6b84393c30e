//! The state of one person's session.
//!
//! [`Model`] is what the worker holds: the text, the settings, the request, events and connections. It changes only by
//! [`Model::handle`], and [`Model::page_view`] returns what the page shows. [`Player`] is what the page holds: the
//! time and how it passes.

mod ask;
mod both;
mod client_pod;
mod connections;
mod console_lines;
mod controller;
mod course;
mod course_view;
mod default_request;
mod display;
mod editing;
mod events;
mod links;
mod matrix;
mod open_lesson;
mod page;
mod panels;
mod player;
mod problems;
mod related;
mod request_draft;
mod rules_panel;
mod saved;
mod search;
mod trace_view;
mod wire;

use std::rc::Rc;

use super::layout::{self, LayoutInput};
use super::lessons::{self, LESSONS, Lesson};
use super::page_text::PageSentence;
use super::page_view::SettingChange;
use super::scene::{Scene, View};
use kubehop_engine::causes::Cause;
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::cluster::{Cluster, Config};
use kubehop_engine::console::Watch;
use kubehop_engine::diagnostic::Diagnostic;
use kubehop_engine::manifest::Source;
use kubehop_engine::resolve::Resolved;
use kubehop_engine::resolve::events::Event;
use kubehop_engine::trace::{Network, RequestError, Trace};

pub use crate::simulation::suggestions::{MOST_CALLERS, origins, targets};
pub use ask::{Ask, Cue, Effect, Hello, LookAsk, Played, Pointed, Reply};
pub use connections::{MANY, STREAM, SendMany};
pub use events::PossibleEvent;
pub use page::labels;
pub use player::Player;
pub use request_draft::RequestDraft;
pub use saved::{ReadSession, Saved};
pub use wire::{FromPage, FromWorker, Letter, WireError, decode, encode};

use both::Comparison;
use connections::{Sent, SentMany};
use course::Course;
use display::{Display, Focus};
use matrix::MatrixRun;
use problems::Namesakes;

/// The worker's part of a session.
#[derive(Clone)]
pub struct Model {
    /// The editor's text.
    pub text: Rc<str>,
    /// The cluster's settings.
    pub config: Config,
    /// Which picture.
    pub view: View,
    /// The example the text came from, while it is one.
    pub lesson: Option<&'static Lesson>,
    /// What is wrong with the text, in its order.
    pub diagnostics: Rc<Vec<Diagnostic>>,
    /// The names that several namespaces have.
    namesakes: Rc<Namesakes>,
    /// Whether the text is broken for the moment and the picture is the last good one.
    pub stale: bool,
    /// What documents that cannot be parsed mean for the picture.
    unparsed: Option<PageSentence>,
    /// The request as typed.
    pub request: RequestDraft,
    /// What happened to the cluster since it was made of the text.
    pub events: Rc<Vec<Event>>,
    /// The cluster before the last of them; if that ends the deletion of a pod, before the deletion.
    before: Option<Cluster>,
    /// Why what was typed is no request.
    pub request_error: Option<RequestError>,
    /// The connection whose packet is shown.
    pub trace: Option<Rc<Trace>>,
    /// Why it fails, most specific first.
    pub causes: Rc<[Cause]>,
    /// The last good cluster with its rules.
    pub network: Rc<Network>,
    /// The picture.
    pub scene: Rc<Scene>,
    /// Many connections, while they are shown.
    flow: Option<SentMany>,
    /// How the page shows the session.
    display: Display,
    /// What is selected and pointed at.
    focus: Focus,
    /// What was read of the text.
    source: Source,
    /// What was read of the text that comes next.
    ahead: Option<Source>,
    /// What was sent.
    sent: Sent,
    /// Who reaches what, while the page shows it.
    matrix: Option<MatrixRun>,
    /// The same request through Ingress and Gateway, while that is shown.
    comparison: Option<Comparison>,
    /// The line of the console that is open.
    watch: Option<Watch>,
    /// The course.
    course: Course,
}

impl Model {
    /// A session that opens the first example.
    pub fn new() -> Model {
        let mut model = Model::blank();
        model.open_lesson(&LESSONS[0]);
        model
    }

    fn blank() -> Model {
        let network = Rc::new(Network::of(Resolved::default()));
        let input = LayoutInput::of_width(display::WIDTH);
        Model {
            text: Rc::from(""),
            config: Config::default(),
            view: View::default(),
            lesson: None,
            diagnostics: Rc::default(),
            namesakes: Rc::default(),
            stale: false,
            unparsed: None,
            events: Rc::default(),
            before: None,
            request: RequestDraft::default(),
            request_error: None,
            trace: None,
            causes: Rc::default(),
            scene: Rc::new(layout::scene(View::default(), network.cluster(), input)),
            network,
            flow: None,
            display: Display::default(),
            focus: Focus::default(),
            source: Source::read(""),
            ahead: None,
            sent: Sent::default(),
            matrix: None,
            comparison: None,
            watch: None,
            course: Course::default(),
        }
    }

    /// The session of a page that opens: its link's, else the one it kept, else the first example's; and what the page
    /// must do besides showing it.
    pub fn open(hello: &Hello) -> (Model, Vec<Effect>) {
        let read = |json: &Option<String>| json.as_deref().and_then(Saved::read);
        let (mut model, left_out) = match read(&hello.link).or_else(|| read(&hello.kept)) {
            Some(ReadSession { saved, left_out }) => (Model::restored(saved), left_out),
            None => (Model::new(), Vec::new()),
        };
        model.display = Display::of(hello);
        model.draw();
        let mut effects = Vec::new();
        if !hello.has_text {
            effects.push(Effect::Rewrite(model.text.to_string()));
        }
        effects.extend(Effect::left_out(left_out));
        (model, effects)
    }

    /// Changes the state as a person asked.
    pub fn handle(&mut self, ask: Ask) -> Vec<Effect> {
        let before = Rc::clone(&self.network);
        let mut effects = self.handle_alone(ask);
        effects.extend(self.follow_watch(&before));
        effects
    }

    fn handle_alone(&mut self, ask: Ask) -> Vec<Effect> {
        match ask {
            Ask::Edit(text) => self.edit(text),
            Ask::OpenLesson(id) => match lessons::named(&id) {
                Some(lesson) => self.open_lesson(lesson),
                None => Vec::new(),
            },
            Ask::Restore(kept) => self.restore(&kept),
            Ask::StepLesson(by) => self.step_lesson(by),
            Ask::Fix(index) => self.fix(index),
            Ask::FixCause(index) => self.fix_cause(index),
            Ask::AddClient => self.add_client(),
            Ask::Compare(is_shown) => self.compare(is_shown),
            Ask::Configure(change) => self.configure(change),
            Ask::SetView(view) => {
                self.view = view;
                self.draw();
                vec![Effect::Save]
            }
            Ask::SetOrigin(from) => self.call(Some(from), None),
            Ask::SetTarget(to) => self.call(None, Some(to)),
            Ask::Call(from, to) => self.call(Some(from), Some(to)),
            Ask::Send(played) => self.send(played),
            Ask::SendMore(played) => self.send_more(played),
            Ask::SendMany(many) => self.send_many(many),
            Ask::ApplyEvent(event, played) => self.apply_event(&event, played),
            Ask::UndoEvent(index, played) => self.undo_event(index, played),
            Ask::UndoAllEvents(played) => self.undo_all_events(played),
            Ask::Course(ask) => self.handle_course(ask),
            Ask::Run(line, played) => self.run_line(line, played),
            Ask::Complete(line) => self.complete_line(&line),
            Ask::Look(ask) => {
                self.look(ask);
                Vec::new()
            }
            // Sentences are made by whoever has the catalogue: see `Model::copied`.
            Ask::SetLanguage(_) | Ask::Copy(_) | Ask::Download(_) => Vec::new(),
        }
    }

    /// Asks from another caller, for another address, or both.
    fn call(&mut self, from: Option<String>, to: Option<String>) -> Vec<Effect> {
        let before = self.request.clone();
        self.set_request(RequestDraft {
            from: from.unwrap_or(before.from),
            to: to.unwrap_or(before.to),
            by_hand: true,
        })
    }

    /// Services, pods and nodes, those of the cluster itself left out.
    fn counts(&self) -> (usize, usize, usize) {
        let cluster = self.network.cluster();
        let services = cluster.services.keys();
        let pods = cluster.pods.keys();
        (
            services.filter(|name| !is_system(name)).count(),
            pods.filter(|name| !is_system(name)).count(),
            cluster.nodes.len(),
        )
    }
}

impl Default for Model {
    fn default() -> Self {
        Model::new()
    }
}
