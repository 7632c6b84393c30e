//! The state of the page, and how messages change it.
//!
//! The session is in the worker. The page keeps what must never wait for it or be lost with it: the text, the time, the
//! camera, the last good view. Requests to the worker (`Ask`) have numbers; an action on the shown connection waits until
//! those that may change it are answered, so that fast input has the same effect as in one thread.

mod actions;
mod camera;
mod keys;
mod opening;
mod tour;
mod worker;

use std::collections::VecDeque;
use std::rc::Rc;

use kubehop::view::camera::Camera;
use kubehop::view::language::Language;
use kubehop::view::matrix_view::MatrixTable;
use kubehop::view::page_view::{Exchange, Labels, PageView, Panels, SearchPanel};
use kubehop::view::scene::{Point, ShapeId};
use kubehop::view::session::{Ask, Letter, LookAsk, Player, Pointed};
use yew::prelude::*;

use crate::address::{Address, Mode};
use crate::browser;
use crate::course_link::CourseLink;
use crate::editor_pane::{Order, Task};
use crate::event_log::EventTimes;
use crate::history::History;
use crate::message::{Action, Dialog, Msg, Side, Tab, Theme};
use crate::saving::Saving;
use crate::tour::TourStop;
use crate::worker_link::WorkerLink;
use crate::worker_lost::WorkerFault;

/// While a text of more bytes than this is read, the page shows a note.
pub(crate) const LARGE: usize = 200_000;

/// Milliseconds a note stays.
const NOTE: u32 = 2_000;

/// The name under which the widths of the sides are kept.
const WIDTHS: &str = "kubehop.widths";

/// Milliseconds that a pointer rests on what it points at.
const REST: u32 = 60;

/// The last good view, and what the page made of it.
pub(crate) struct Shown {
    /// The view.
    pub(crate) view: PageView,
    /// The words of its language.
    pub(crate) words: Rc<Labels>,
    /// The counts of the status bar, with the time it took.
    pub(crate) counts: Rc<str>,
}

/// How far the work on a table is.
#[derive(Clone, Copy, PartialEq, Default)]
pub(crate) struct MatrixProgress {
    /// Cells that are worked out.
    pub(crate) done: usize,
    /// All cells.
    pub(crate) total: usize,
}

/// Who reaches what, as far as the worker has answered.
#[derive(Default)]
pub(crate) struct MatrixShown {
    /// The table; `None` until it is worked out for the first time.
    pub(crate) table: Option<Rc<MatrixTable>>,
    /// How far the work is; `None` if the table is that of the present text.
    pub(crate) progress: Option<MatrixProgress>,
    /// Milliseconds that it took.
    pub(crate) took: f32,
}

/// The state of the page.
pub(crate) struct PageState {
    /// Where messages go.
    pub(crate) send: Callback<Msg>,
    /// The editor's text.
    pub(crate) text: Rc<str>,
    /// The language of the page.
    pub(crate) language: Language,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// The open tab of the left side.
    pub(crate) left: Tab,
    /// The open tab of the right side.
    pub(crate) right: Tab,
    /// The open tab of a narrow page.
    pub(crate) sheet: Tab,
    /// Whether the page has one panel with every tab.
    pub(crate) narrow: bool,
    /// Whether a phone's sheet is pulled up.
    pub(crate) is_sheet_up: bool,
    /// Whether keys that are a single character do something.
    pub(crate) has_single_keys: bool,
    /// What is open over the page.
    pub(crate) dialog: Option<Dialog>,
    /// What was typed for the palette before it was drawn.
    pub(crate) typed_ahead: String,
    /// Where a newcomer is.
    pub(crate) tour: Option<TourStop>,
    /// A short note, by its label.
    pub(crate) note: Option<&'static str>,
    /// Why the worker does not answer.
    pub(crate) fault: Option<WorkerFault>,
    /// The size of the picture's region, in CSS pixels.
    pub(crate) region: (f32, f32),
    /// What the editor is to do.
    pub(crate) order: Order,
    /// What plays.
    pub(crate) player: Player,
    /// The selected object.
    pub(crate) selected: Option<ShapeId>,
    /// The target as it is typed, until the worker has answered it.
    pub(crate) typed_target: Option<String>,
    /// When what happened to the cluster happened.
    pub(crate) event_times: EventTimes,
    /// What was run in the console.
    pub(crate) console: Rc<Vec<Exchange>>,
    /// The line of the console as it was completed last.
    pub(crate) completed: Rc<String>,
    /// Who reaches what, while it is in the place of the picture.
    pub(crate) matrix: Option<MatrixShown>,
    shown: Option<Shown>,
    camera: Option<Camera>,
    /// What was selected last.
    revealed: Option<ShapeId>,
    /// Where it is, if it had to be brought into sight.
    revealed_at: Option<Point>,
    rules_node: Option<String>,
    /// What was found, until it is in the picture and has the keyboard.
    goes_to: Option<ShapeId>,
    /// What is searched.
    pub(crate) sought: Sought,
    /// The widths that a person gave the sides.
    pub(crate) widths: SideWidths,
    panels: Panels,
    took: f32,
    worker: Worker,
    /// What waits for the answer to an ask that may change the shown connection.
    waiting: VecDeque<Action>,
    /// Whether the text was edited since the last view.
    pub(crate) is_edited: bool,
    last_frame: Option<f64>,
    frame: Option<browser::Frame>,
    note_timer: Option<browser::Timer>,
    pointed: Pointed,
    point_timer: Option<browser::Timer>,
    /// The state of the course.
    pub(crate) course: CourseLink,
    pub(crate) save_timer: Option<browser::Timer>,
    pub(crate) saving: Option<Saving>,
    /// The states that the browser keeps.
    pub(crate) history: History,
    /// Whether the tab opened a link: it does not replace the session that the browser keeps.
    pub(crate) is_beside: bool,
    /// Whether the browser had no room for the last state.
    pub(crate) is_unkept: bool,
    /// What the page's address requests.
    pub(crate) address: Address,
}

/// The widths of the sides, in CSS pixels; `None` for the usual one.
#[derive(Clone, Copy, Default)]
pub(crate) struct SideWidths {
    /// The width of the left side.
    pub(crate) left: Option<f32>,
    /// The width of the right side.
    pub(crate) right: Option<f32>,
}

/// What is searched, each in its place.
#[derive(Default)]
pub(crate) struct Sought {
    /// In the cluster.
    pub(crate) cluster: SearchPanel,
    /// In the Rules tab.
    pub(crate) rules: String,
    /// In the Endpoints tab.
    pub(crate) endpoints: String,
}

/// The worker, and the numbers of the requests sent to it.
#[derive(Default)]
struct Worker {
    link: Option<WorkerLink>,
    is_ready: bool,
    /// Whether it was lost since the last answer.
    was_lost: bool,
    /// Asks for when it is ready.
    unsent: Vec<Letter<Ask>>,
    /// The number of the last ask.
    number: u32,
    /// The number of the last ask that may change the shown connection.
    trace: u32,
    /// The number of the last edit.
    edit: u32,
    /// The number of the last ask that selects.
    select: u32,
    /// The number of the last ask before the shown connection was played.
    played: u32,
    /// The number of the last answer.
    answered: u32,
}

impl PageState {
    /// The last good view.
    pub(crate) fn shown(&self) -> Option<&Shown> {
        self.shown.as_ref()
    }

    /// Whether there is a view, or a reason why there is none.
    pub(crate) fn has_something_to_show(&self) -> bool {
        self.shown.is_some() || self.fault.is_some()
    }

    /// Changes the state. Returns whether anything is to be rendered again.
    pub(crate) fn update(&mut self, message: Msg) -> bool {
        let is_frame = matches!(message, Msg::Frame(_));
        let is_changed = self.react(message);
        self.follow_prediction();
        self.show_panels();
        self.report_to_host();
        if self.player.is_playing && self.frame.is_none() {
            if !is_frame {
                self.last_frame = None;
            }
            self.frame = Some(browser::next_frame(self.send.reform(Msg::Frame)));
        }
        is_changed
    }

    pub(crate) fn react(&mut self, message: Msg) -> bool {
        if self.is_locked(&message) {
            self.show_note(Some("link-locked"));
            return true;
        }
        match message {
            Msg::Do(action) => self.act_in_tour(action),
            Msg::Edit(text) => self.edit(text),
            Msg::Dropped(text) => self.open_file(text),
            Msg::Frame(time) => self.tick(time),
            Msg::Region(width, height) => self.resize((width, height)),
            Msg::Look(camera) => self.camera = camera,
            Msg::Open(tab) => self.open(tab),
            Msg::Matrix(is_shown) => self.show_matrix(is_shown),
            Msg::OpenInPicture => self.open_in_picture(),
            Msg::Show(dialog) => self.show_dialog(dialog),
            Msg::TypeAhead(text) => self.type_ahead(&text),
            Msg::Theme => self.switch_theme(),
            Msg::SetLanguage(language) => self.set_language(language),
            Msg::Cursor(line) => self.ask(Ask::Look(LookAsk::SelectLine(line))),
            Msg::Widen(side, width) => self.widen(side, width),
            Msg::Point(pointed) => return self.point(pointed),
            Msg::SendPointed => self.ask(Ask::Look(LookAsk::Point(self.pointed.clone()))),
            Msg::Reveal(line, column) => {
                self.open(Tab::Manifests);
                self.command(Task::Reveal(line, column));
            }
            Msg::Sheet(is_up) => self.is_sheet_up = is_up,
            Msg::Narrow(narrow) => return std::mem::replace(&mut self.narrow, narrow) != narrow,
            Msg::Keep => self.keep(),
            Msg::KeepSlowly => self.keep_slowly(),
            Msg::KeepNext => self.keep_next(),
            Msg::Restore(id) => self.restore(&id),
            Msg::Download => browser::download("manifests.yaml", &self.text),
            Msg::Note(note) => self.show_note(note),
            Msg::Copy(what) => self.ask(Ask::Copy(what)),
            Msg::Export(what) => self.export(what),
            Msg::SingleKeys(are_on) => self.switch_single_keys(are_on),
            Msg::Focus(id) => {
                browser::focus(id);
                return false;
            }
            Msg::ShowRules(node) => self.rules_node = Some(node),
            Msg::Find(panel) => self.find(panel),
            Msg::GoTo(key) => self.go_to(key),
            Msg::FilterRules(text) => self.sought.rules = text,
            Msg::FilterEndpoints(text) => self.sought.endpoints = text,
            Msg::Run(line) => self.act_in_tour(Action::Run(line)),
            Msg::Complete(line) => self.ask(Ask::Complete(line)),
            Msg::Key(key) => return self.press(key),
            Msg::Course(message) => self.handle_course_in_tour(message),
            Msg::Tour(stop) => self.show_stop(stop),
            Msg::News(news) => {
                self.receive(news);
                self.follow_course();
            }
            Msg::Address(message) => self.handle_address(message),
            Msg::FirstView(bytes) => self.show_first(&bytes),
        }
        true
    }

    fn show_dialog(&mut self, dialog: Option<Dialog>) {
        self.dialog = dialog;
        self.typed_ahead.clear();
    }

    fn open_in_picture(&mut self) {
        self.show_matrix(false);
        self.act(Action::Send);
    }

    fn widen(&mut self, side: Side, width: Option<f32>) {
        match side {
            Side::Left => self.widths.left = width,
            Side::Right => self.widths.right = width,
        }
        let text = |width: Option<f32>| width.map(|width| width.to_string()).unwrap_or_default();
        let SideWidths { left, right } = self.widths;
        browser::store(WIDTHS, &format!("{},{}", text(left), text(right)));
    }

    fn find(&mut self, panel: SearchPanel) {
        self.dialog = Some(Dialog::Search);
        self.sought.cluster = panel;
    }

    /// A pointer that only passes points at nothing. Nothing is drawn again before the worker answers.
    fn point(&mut self, pointed: Pointed) -> bool {
        if self.pointed != pointed && self.address.mode != Mode::Embed {
            self.pointed = pointed;
            let sent = self.send.reform(|()| Msg::SendPointed);
            self.point_timer = Some(browser::later(REST, sent));
        }
        false
    }

    fn show_note(&mut self, note: Option<&'static str>) {
        self.note = note;
        let hide = self.send.reform(|()| Msg::Note(None));
        self.note_timer = note.map(|_| browser::later(NOTE, hide));
    }

    fn command(&mut self, task: Task) {
        self.order = Order {
            number: self.order.number + 1,
            task,
        };
    }

    fn open(&mut self, tab: Tab) {
        self.sheet = tab;
        if tab.is_left() {
            self.left = tab;
        } else {
            self.right = tab;
        }
        if tab != Tab::Rules {
            self.rules_node = None;
        }
    }

    pub(crate) fn set_language(&mut self, language: Language) {
        self.language = language;
        browser::set_language(language.code());
        self.ask(Ask::SetLanguage(language));
        self.translate_course();
    }

    fn tick(&mut self, time: f64) {
        let passed = self.last_frame.map_or(0.0, |last| (time - last) / 1000.0);
        self.last_frame = Some(time);
        self.frame = None;
        if !browser::is_hidden() {
            self.player.tick(passed as f32);
        }
    }
}
