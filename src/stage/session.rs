//! The state of one person's session, and the only way it changes: [`Session::apply`].
//!
//! No component holds anything of this: each takes a part of it and sends back an [`Action`]. What a browser must do
//! besides (write the editor's text anew, say) comes back as an [`Effect`].

mod choices;
mod saved;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::flow::{Flow, Trip};
use super::lessons::{self, LESSONS, Lesson};
use super::scene::{Frame, Key, Scene, View};
use super::timeline::{Moment, Motion, Timeline};
use crate::engine::cluster::Config;
use crate::engine::cluster::resolve::{Resolved, resolve};
use crate::engine::diagnostic::Diagnostic;
use crate::engine::lint;
use crate::engine::manifest::Source;
use crate::engine::order;
use crate::engine::trace::{Conversation, Origin, Request, RequestError, Target, World};

pub use choices::{origins, targets};
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
    pub asked: Asked,
    /// Why the typed request is none.
    pub request_error: Option<RequestError>,
    /// The connection whose packet is shown.
    pub trip: Option<Rc<Trip>>,
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
    pub selected: Option<Key>,
    /// The width of the picture's region, in CSS pixels.
    pub width: f32,
    /// The last good cluster with its rules.
    pub world: Rc<World>,
    /// The picture.
    pub scene: Rc<Scene>,
    source: Source,
    /// What nodes remember of the connections before the one that is shown.
    conversation: Conversation,
}

/// A request as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Who calls, as [`Origin`] reads it.
    pub from: String,
    /// What is called, as [`Target`] reads it.
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
    Open(&'static str),
    /// The example before (-1) or after (1).
    Turn(isize),
    /// The fix of a problem was asked for, by its place in the list.
    Fix(usize),
    /// The cluster's settings changed.
    Configure(Config),
    /// The view was switched.
    Look(View),
    /// Another origin was chosen.
    From(String),
    /// Another target was typed.
    To(String),
    /// One packet.
    Send,
    /// Many, one after another.
    SendMany {
        /// How many.
        count: u64,
        /// Seconds from one to the next.
        interval: f32,
    },
    /// Play or pause.
    Toggle,
    /// Time was set, in seconds.
    Seek(f32),
    /// To another hop: -1 back, 1 forward.
    Step(isize),
    /// To that hop, from 0.
    Jump(usize),
    /// Another speed.
    Speed(f32),
    /// So many seconds of the clock went by.
    Tick(f32),
    /// Packets are to travel or to jump.
    Move(Motion),
    /// Something was selected, or nothing.
    Select(Option<Key>),
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
        let world = Rc::new(World::of(Resolved::default()));
        let frame = Frame { trace: None, rules: &|_| 0, width: 712.0 };
        Session {
            text: Rc::from(""),
            config: Config::default(),
            view: View::default(),
            lesson: None,
            diagnostics: Rc::default(),
            stale: false,
            asked: Asked { from: "client".to_owned(), to: String::new(), by_hand: false },
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
            conversation: Conversation::default(),
        }
    }

    /// Changes the state as a person asked.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Edit(text) => self.edit(text),
            Action::Open(id) => lessons::named(id).map(|lesson| self.open(lesson)).unwrap_or_default(),
            Action::Turn(by) => self.turn(by),
            Action::Fix(place) => self.fix(place),
            Action::Configure(config) => self.configure(config),
            Action::Look(view) => self.look(view),
            Action::From(from) => self.ask(Asked { from, by_hand: true, ..self.asked.clone() }),
            Action::To(to) => self.ask(Asked { to, by_hand: true, ..self.asked.clone() }),
            Action::Send => self.send(),
            Action::SendMany { count, interval } => self.send_many(count.min(MOST), interval),
            Action::Tick(seconds) => self.tick(seconds),
            Action::Toggle => self.toggle(),
            Action::Seek(time) => self.seek(time),
            Action::Step(by) => self.step(by),
            Action::Jump(hop) => self.jump(hop),
            Action::Speed(speed) => self.set(|session| session.speed = speed.clamp(0.1, 8.0)),
            Action::Move(motion) => self.set_motion(motion),
            Action::Select(key) => self.set(|session| session.selected = key),
            Action::Resize(width) => self.resize(width),
        }
    }

    /// Where the shown packet is now.
    pub fn moment(&self) -> Moment {
        self.trip.as_ref().map(|trip| trip.timeline.frame(self.time)).unwrap_or_default()
    }

    /// Seconds of everything there is to play.
    pub fn duration(&self) -> f32 {
        let trip = self.trip.as_ref().map_or(0.0, |trip| trip.timeline.duration());
        self.flow.as_ref().map_or(trip, |flow| flow.duration())
    }

    /// Services, pods and nodes, those of the cluster itself left out.
    pub fn counts(&self) -> (usize, usize, usize) {
        let cluster = self.world.cluster();
        let own =
            |namespace: &str, name: &str| namespace != "kube-system" && (namespace, name) != ("default", "kubernetes");
        let services = cluster.services.keys().filter(|id| own(&id.namespace, &id.name)).count();
        let pods = cluster.pods.keys().filter(|id| own(&id.namespace, &id.name)).count();
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

    fn edit(&mut self, text: String) -> Vec<Effect> {
        if *self.text == *text {
            return Vec::new();
        }
        self.lesson = self.lesson.filter(|lesson| lesson.manifest == text);
        self.text = Rc::from(text);
        self.read();
        vec![Effect::Save]
    }

    fn open(&mut self, lesson: &'static Lesson) -> Vec<Effect> {
        self.lesson = Some(lesson);
        self.text = Rc::from(lesson.manifest);
        self.stale = false;
        self.flow = None;
        self.conversation = Conversation::default();
        self.world = Rc::new(World::of(Resolved::default()));
        self.asked = Asked { from: lesson.from.to_owned(), to: lesson.to.to_owned(), by_hand: true };
        self.source = Source::read("");
        self.time = 0.0;
        self.playing = false;
        self.selected = None;
        self.read();
        vec![Effect::Rewrite(lesson.manifest.to_owned()), Effect::Save]
    }

    fn turn(&mut self, by: isize) -> Vec<Effect> {
        let here = self.lesson.and_then(|lesson| LESSONS.iter().position(|other| other.id == lesson.id));
        let next = here.map_or(0, |here| (here as isize + by).rem_euclid(LESSONS.len() as isize) as usize);
        self.open(&LESSONS[next])
    }

    fn fix(&mut self, place: usize) -> Vec<Effect> {
        let fix = self.diagnostics.get(place).and_then(|diagnostic| diagnostic.fix.clone());
        fix.map(|fix| vec![Effect::Replace(fix)]).unwrap_or_default()
    }

    fn configure(&mut self, config: Config) -> Vec<Effect> {
        self.config = config;
        self.read();
        vec![Effect::Save]
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

    fn ask(&mut self, asked: Asked) -> Vec<Effect> {
        self.asked = asked;
        self.flow = None;
        self.time = 0.0;
        self.playing = false;
        self.retrace();
        vec![Effect::Save]
    }

    fn send(&mut self) -> Vec<Effect> {
        if self.trip.is_some() && (self.time > 0.0 || self.flow.is_some()) {
            self.connected();
        }
        self.flow = None;
        self.time = 0.0;
        self.retrace();
        self.playing = self.trip.is_some();
        Vec::new()
    }

    fn send_many(&mut self, count: u64, interval: f32) -> Vec<Effect> {
        let Some(request) = self.request() else { return Vec::new() };
        self.conversation = Conversation::default();
        let mut conversation = Conversation::default();
        let hurry = |trip: Trip| Trip { timeline: Timeline::of(&trip.trace, Motion::Stream), ..trip };
        let trip = |number: u64| {
            let second = (number as f32 * interval) as u64;
            self.trip_of(&mut conversation, &request, second).ok().map(hurry).map(Rc::new)
        };
        let trips = (0..count).filter_map(trip).collect();
        self.flow = Some(Rc::new(Flow { trips, interval: interval.max(0.02) }));
        self.time = 0.0;
        self.retrace();
        self.playing = true;
        Vec::new()
    }

    fn tick(&mut self, seconds: f32) -> Vec<Effect> {
        if self.playing {
            self.time = (self.time + seconds.clamp(0.0, 0.25) * self.speed).min(self.duration());
            self.playing = !self.is_over();
        }
        Vec::new()
    }

    fn toggle(&mut self) -> Vec<Effect> {
        if !self.playing && self.is_over() {
            self.time = 0.0;
        }
        self.playing = !self.playing && self.trip.is_some();
        Vec::new()
    }

    fn seek(&mut self, time: f32) -> Vec<Effect> {
        self.time = if time.is_nan() { 0.0 } else { time.clamp(0.0, self.duration()) };
        self.playing = false;
        Vec::new()
    }

    fn step(&mut self, by: isize) -> Vec<Effect> {
        let Moment { hop, ahead, done } = self.moment();
        let unfinished = done < 1.0 && ahead == 0.0;
        let next = match by {
            ..0 => hop.saturating_sub(usize::from(ahead == 0.0)),
            _ if unfinished => hop,
            _ => hop + 1,
        };
        self.jump(next)
    }

    fn jump(&mut self, hop: usize) -> Vec<Effect> {
        let time = self.trip.as_ref().map_or(0.0, |trip| trip.timeline.moment_of(hop));
        self.flow = None;
        self.seek(time)
    }

    /// Reads the text anew, and what follows from it. While a document is broken that was good before, the last good
    /// picture stays.
    fn read(&mut self) {
        let source = self.source.update(&self.text);
        let resolved = resolve(&source, &self.config);
        let mut diagnostics = resolved.diagnostics.clone();
        diagnostics.extend(lint::check(&resolved));
        order::sort_by_key(&mut diagnostics, |diagnostic| diagnostic.span);
        self.diagnostics = Rc::new(diagnostics);
        self.stale = source.is_broken() && !self.source.documents.is_empty() && source.is_edit_of(&self.source);
        if !self.stale {
            self.source = source;
            self.world = Rc::new(World::of(resolved));
            self.flow = None;
            self.asked = choices::settled(&self.asked, &self.world.resolved.cluster);
            self.retrace();
        }
    }

    /// The request, when what is typed is one.
    fn request(&mut self) -> Option<Request> {
        let request = self.asked.from.parse::<Origin>().and_then(|from| {
            let to = self.asked.to.parse::<Target>()?;
            Ok(Request { from, to })
        });
        self.request_error = request.as_ref().err().cloned();
        request.ok()
    }

    /// The session's trip, when the request can be made at all.
    fn trip(&mut self) -> Option<Trip> {
        let request = self.request()?;
        // What it leaves behind counts only once the next one is sent.
        let mut conversation = self.conversation.clone();
        let second = conversation.next();
        let trip = self.trip_of(&mut conversation, &request, second);
        self.request_error = trip.as_ref().err().cloned();
        trip.ok()
    }

    fn trip_of(&self, conversation: &mut Conversation, request: &Request, second: u64) -> Result<Trip, RequestError> {
        let number = conversation.next();
        let trace = conversation.connect(&self.world, request, second)?;
        let timeline = Timeline::of(&trace, self.motion);
        Ok(Trip { number, trace, timeline })
    }

    /// The connection that is shown took place: nodes remember it. Each is a second after the one before.
    fn connected(&mut self) {
        let Some(request) = self.request() else { return };
        let second = self.conversation.next();
        // A request that cannot be made leaves nothing behind.
        let _ = self.conversation.connect(&self.world, &request, second);
    }

    fn retrace(&mut self) {
        self.trip = self.trip().map(Rc::new);
        self.time = self.time.min(self.duration());
        self.draw();
    }

    fn draw(&mut self) {
        let rules = |node: &str| self.world.rule_count(node);
        let trace = self.trip.as_ref().map(|trip| &trip.trace);
        let frame = Frame { trace, rules: &rules, width: self.width };
        self.scene = Rc::new(Scene::of(self.view, &self.world.resolved.cluster, frame));
    }
}

impl Default for Session {
    fn default() -> Self {
        Session::new()
    }
}
