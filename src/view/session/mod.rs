//! The state of one person's session, and the only way it changes: [`Session::apply`].
//!
//! No component holds anything of this: each takes a part of it and sends back an [`Action`]. What a browser must do
//! besides (write the editor's text anew, say) comes back as an [`Effect`].

mod connections;
mod editing;
mod events;
mod playing;
mod saved;
mod suggestions;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::flow::{Flow, PlayedTrace};
use super::lessons::{self, LESSONS, Lesson};
use super::scene::{Scene, SceneInput, ShapeId, View};
use super::timeline::{Moment, Motion};
use crate::engine::cluster::Config;
use crate::engine::cluster::system_objects::is_system;
use crate::engine::diagnostic::Diagnostic;
use crate::engine::manifest::Source;
use crate::engine::resolve::Resolved;
use crate::engine::resolve::events::Event;
use crate::engine::trace::{Connections, Network, RequestError};

pub use crate::simulation::suggestions::{origins, targets};
pub use connections::Sending;
pub use events::{PossibleEvent, possible, possible_anywhere};
pub use saved::Saved;

/// Everything the page shows.
#[derive(Clone)]
pub struct Session {
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
    /// Whether the text is broken for the moment and the picture is the last good one.
    pub stale: bool,
    /// The request as typed.
    pub asked: RequestDraft,
    /// What happened to the cluster since it was made of the text.
    pub events: Rc<Vec<Event>>,
    /// Why the typed request is none.
    pub request_error: Option<RequestError>,
    /// The connection whose packet is shown.
    pub trip: Option<Rc<PlayedTrace>>,
    /// Many connections, while they are shown.
    pub flow: Option<Rc<Flow>>,
    /// Seconds into the trip or the flow.
    pub time: f32,
    /// Whether time runs.
    pub playing: bool,
    /// Seconds of the trip for one second of the clock.
    pub speed: f32,
    /// Whether packets travel or jump.
    pub motion: Motion,
    /// What is selected, and so lit everywhere.
    pub selected: Option<ShapeId>,
    /// The width of the picture's region, in CSS pixels.
    pub width: f32,
    /// The last good cluster with its rules.
    pub world: Rc<Network>,
    /// The picture.
    pub scene: Rc<Scene>,
    source: Source,
    /// What is read of the text that comes next.
    ahead: Option<Source>,
    /// What nodes remember of the connections before the one that is shown.
    conversation: Connections,
    /// Whether what is shown opens a connection or goes over an open one.
    sending: Sending,
    /// The connection that was opened last, while it is open.
    open: Option<u64>,
}

/// A request as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDraft {
    /// The caller: `client`, `pod/NAME`, `node/NAME` or an IP address.
    pub from: String,
    /// What is called, as a URL or `host:port`.
    pub to: String,
    /// Whether a person typed or chose it.
    pub by_hand: bool,
}

/// What a person can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The text was edited.
    Edit(String),
    /// An example was picked.
    OpenLesson(&'static str),
    /// The example before (-1) or after (1).
    StepLesson(isize),
    /// The fix of a problem was asked for, by its place in the list.
    Fix(usize),
    /// The cluster's settings changed.
    Configure(Config),
    /// The view was switched.
    SetView(View),
    /// Another origin was chosen.
    SetOrigin(String),
    /// Another target was typed.
    SetTarget(String),
    /// One packet.
    Send,
    /// More on the open connection.
    SendMore,
    /// Something happens to the cluster.
    ApplyEvent(Event),
    /// It did not happen, by its place among the events.
    UndoEvent(usize),
    /// Nothing happened.
    UndoAllEvents,
    /// Many, one after another.
    SendMany {
        /// How many.
        count: u64,
        /// Seconds from one to the next.
        interval: f32,
    },
    /// Play or pause.
    TogglePlay,
    /// Time was set, in seconds.
    Seek(f32),
    /// To another hop: -1 back, 1 forward.
    StepHop(isize),
    /// To that hop, from 0.
    JumpToHop(usize),
    /// Another speed.
    SetSpeed(f32),
    /// So many seconds of the clock went by.
    Tick(f32),
    /// Packets are to travel or to jump.
    SetMotion(Motion),
    /// Something was selected, or nothing.
    Select(Option<ShapeId>),
    /// The picture's region has another width.
    Resize(f32),
}

/// What the browser must do besides drawing anew.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// The whole text is another one.
    Rewrite(String),
    /// A part of the text is replaced, undoably.
    Replace(crate::engine::diagnostic::Fix),
    /// Something worth keeping changed.
    Save,
}

/// The most connections one click sends.
const MOST: u64 = 1_000;

impl Session {
    /// A session that opens the first example.
    pub fn new() -> Session {
        let mut session = Session::blank();
        session.open(&LESSONS[0]);
        session
    }

    fn blank() -> Session {
        let world = Rc::new(Network::of(Resolved::default()));
        let frame = SceneInput {
            trace: None,
            rules: &|_| 0,
            width: 712.0,
        };
        Session {
            text: Rc::from(""),
            config: Config::default(),
            view: View::default(),
            lesson: None,
            diagnostics: Rc::default(),
            stale: false,
            events: Rc::default(),
            asked: RequestDraft {
                from: "client".to_owned(),
                to: String::new(),
                by_hand: false,
            },
            request_error: None,
            trip: None,
            flow: None,
            time: 0.0,
            playing: false,
            speed: 1.0,
            motion: Motion::default(),
            selected: None,
            width: 712.0,
            scene: Rc::new(Scene::of(View::default(), &world.resolved.cluster, frame)),
            world,
            source: Source::read(""),
            ahead: None,
            conversation: Connections::default(),
            sending: Sending::New,
            open: None,
        }
    }

    /// Changes the state as a person asked.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Edit(text) => self.edit(text),
            Action::OpenLesson(id) => lessons::named(id)
                .map(|lesson| self.open(lesson))
                .unwrap_or_default(),
            Action::StepLesson(by) => self.turn(by),
            Action::Fix(place) => self.fix(place),
            Action::Configure(config) => self.configure(config),
            Action::SetView(view) => self.look(view),
            Action::SetOrigin(from) => self.ask(RequestDraft {
                from,
                by_hand: true,
                ..self.asked.clone()
            }),
            Action::SetTarget(to) => self.ask(RequestDraft {
                to,
                by_hand: true,
                ..self.asked.clone()
            }),
            Action::Send => self.send(),
            Action::SendMore => self.send_more(),
            Action::ApplyEvent(event) => self.happen(event),
            Action::UndoEvent(place) => self.take_back(place),
            Action::UndoAllEvents => self.take_all_back(),
            Action::SendMany { count, interval } => self.send_many(count.min(MOST), interval),
            Action::Tick(seconds) => self.tick(seconds),
            Action::TogglePlay => self.toggle(),
            Action::Seek(time) => self.seek(time),
            Action::StepHop(by) => self.step(by),
            Action::JumpToHop(hop) => self.jump(hop),
            Action::SetSpeed(speed) => self.set(|session| session.speed = speed.clamp(0.1, 8.0)),
            Action::SetMotion(motion) => self.set_motion(motion),
            Action::Select(key) => self.set(|session| session.selected = key),
            Action::Resize(width) => self.resize(width),
        }
    }

    /// Where the shown packet is now.
    pub fn moment(&self) -> Moment {
        self.trip
            .as_ref()
            .map(|trip| trip.timeline.frame(self.time))
            .unwrap_or_default()
    }

    /// Seconds of everything there is to play.
    pub fn duration(&self) -> f32 {
        let trip = self
            .trip
            .as_ref()
            .map_or(0.0, |trip| trip.timeline.duration());
        self.flow.as_ref().map_or(trip, |flow| flow.duration())
    }

    /// Services, pods and nodes, those of the cluster itself left out.
    pub fn counts(&self) -> (usize, usize, usize) {
        let cluster = self.world.cluster();
        let services = cluster
            .services
            .keys()
            .filter(|name| !is_system(name))
            .count();
        let pods = cluster.pods.keys().filter(|name| !is_system(name)).count();
        (services, pods, cluster.nodes.len())
    }

    /// Whether the end was reached.
    pub fn is_over(&self) -> bool {
        self.time >= self.duration()
    }

    fn set(&mut self, change: impl FnOnce(&mut Session)) -> Vec<Effect> {
        change(self);
        Vec::new()
    }

    fn look(&mut self, view: View) -> Vec<Effect> {
        self.view = view;
        self.draw();
        vec![Effect::Save]
    }

    fn resize(&mut self, width: f32) -> Vec<Effect> {
        if self.width != width {
            self.width = width;
            self.draw();
        }
        Vec::new()
    }

    fn set_motion(&mut self, motion: Motion) -> Vec<Effect> {
        self.motion = motion;
        self.retrace();
        Vec::new()
    }

    fn draw(&mut self) {
        let rules = |node: &str| self.world.rule_count(node);
        let trace = self.trip.as_ref().map(|trip| &trip.trace);
        let frame = SceneInput {
            trace,
            rules: &rules,
            width: self.width,
        };
        self.scene = Rc::new(Scene::of(self.view, &self.world.resolved.cluster, frame));
    }
}

impl Default for Session {
    fn default() -> Self {
        Session::new()
    }
}
