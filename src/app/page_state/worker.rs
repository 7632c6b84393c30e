//! The worker that holds the session: requests to it, its answers, and its restart when it is lost.

use kubehop::view::camera::layout_width;
use std::rc::Rc;

use kubehop::view::matrix_view::MatrixNews;

use kubehop::view::page_view::{PageView, Panels, RulesPanel};

use crate::address::Notice;
use crate::browser;
use kubehop::view::session::{
    Ask, Cue, Effect, FromPage, FromWorker, Hello, Letter, LookAsk, Reply, decode,
};
use kubehop::view::timeline::Motion;

use super::{MatrixProgress, MatrixShown, PageState, Shown};
use crate::editor_pane::Task;
use crate::export;
use crate::message::{Dialog, Export, Msg, PictureForm, Tab};
use crate::saving::kept_session;
use crate::worker_link::{News, WorkerLink};
use crate::worker_lost::WorkerFault;

/// The worker.
impl PageState {
    pub(super) fn start_worker(&mut self) {
        let news = self.send.reform(Msg::News);
        self.worker.is_ready = false;
        self.worker.link = WorkerLink::start(self.language.code(), &news);
        if self.worker.link.is_none() {
            self.fault = Some(WorkerFault::Stopped);
        }
    }

    pub(super) fn ask(&mut self, content: Ask) {
        self.worker.number += 1;
        let number = self.worker.number;
        if content.changes_trace() {
            self.worker.trace = number;
        }
        match content {
            Ask::Edit(_) => self.worker.edit = number,
            Ask::Look(LookAsk::Select(_) | LookAsk::SelectLine(_)) => {
                self.worker.select = number;
                self.goes_to = None;
            }
            _ => {}
        }
        let letter = Letter { number, content };
        match &self.worker.link {
            Some(link) if self.worker.is_ready => link.post(&FromPage::Ask(letter)),
            _ => {
                let is_overtaken = |ask: &Letter<Ask>| ask.content.is_overtaken_by(&letter.content);
                self.worker.unsent.retain(|ask| !is_overtaken(ask));
                self.worker.unsent.push(letter);
            }
        }
    }

    /// Asks for what the open panels show, if others are open than before.
    pub(super) fn show_panels(&mut self) {
        let is_open = |tab| {
            if self.narrow {
                self.sheet == tab
            } else {
                self.right == tab
            }
        };
        let panels = Panels {
            rules: is_open(Tab::Rules).then(|| RulesPanel {
                node: self.rules_node.clone().or(self.node_of_hop()),
                filter: self.sought.rules.clone(),
            }),
            dns: is_open(Tab::Dns),
            endpoints: is_open(Tab::Endpoints).then(|| self.sought.endpoints.clone()),
            search: (self.dialog == Some(Dialog::Search)).then(|| self.sought.cluster.clone()),
            commands: self.dialog == Some(Dialog::Commands),
            trace: self.address.host.is_some(),
        };
        if panels != self.panels {
            self.panels = panels.clone();
            self.ask(Ask::Look(LookAsk::Show(panels)));
        }
    }

    pub(super) fn switch_theme(&mut self) {
        self.theme = self.theme.other();
        browser::set_theme(self.theme);
    }

    pub(super) fn export(&mut self, what: Export) {
        match what {
            Export::Text(what) => self.ask(Ask::Download(what)),
            Export::Picture(form) => self.save_picture(form),
        }
    }

    /// Saves the picture at the hop that is shown.
    fn save_picture(&self, form: PictureForm) {
        let Some(Shown { view, .. }) = &self.shown else {
            return;
        };
        let timeline = self.player.trace.as_ref().map(|trace| &trace.timeline);
        let moment = timeline.map(|times| times.frame(times.moment_of(self.player.moment().hop)));
        export::save_picture(
            &view.scene,
            moment,
            &browser::inline_styles(),
            self.theme,
            form,
        );
    }

    /// The node whose rules decided the hop that is shown.
    fn node_of_hop(&self) -> Option<String> {
        let trace = self.player.trace.as_ref()?;
        let hop = trace.hops.get(self.player.moment().hop)?;
        hop.rules_node.clone()
    }

    pub(super) fn receive(&mut self, news: News) {
        match news {
            News::Message(message) => match *message {
                FromWorker::Ready => self.send_hello(),
                FromWorker::Reply(reply) => self.adopt(*reply),
                FromWorker::Matrix(news) => self.receive_matrix(*news),
                FromWorker::NoCatalogue(language) => {
                    self.fault = Some(WorkerFault::NoCatalogue(language));
                }
                FromWorker::Unreadable(_) => self.fault = Some(WorkerFault::OtherVersion),
            },
            News::Unreadable(_) => {
                self.worker.link = None;
                self.fault = Some(WorkerFault::OtherVersion);
            }
            News::Lost => self.lose_worker(),
        }
    }

    /// Puts the matrix in the place of the picture, or the picture back.
    pub(super) fn show_matrix(&mut self, is_shown: bool) {
        if is_shown == self.matrix.is_some() {
            return;
        }
        self.matrix = is_shown.then(MatrixShown::default);
        self.ask(Ask::Look(LookAsk::ShowMatrix(is_shown)));
    }

    fn receive_matrix(&mut self, news: MatrixNews) {
        let Some(matrix) = &mut self.matrix else {
            return;
        };
        match news {
            MatrixNews::Progress { done, total } => {
                matrix.progress = Some(MatrixProgress { done, total });
            }
            MatrixNews::Ready { table, took } => {
                matrix.table = Some(Rc::new(table));
                matrix.took = took;
                matrix.progress = None;
            }
        }
    }

    /// Starts another worker; not if that one too was lost before it answered.
    fn lose_worker(&mut self) {
        self.worker.link = None;
        self.worker.is_ready = false;
        self.waiting.clear();
        self.typed_target = None;
        self.worker.trace = self.worker.answered;
        self.note = None;
        if std::mem::replace(&mut self.worker.was_lost, true) {
            self.fault = Some(WorkerFault::Stopped);
        } else {
            self.fault = Some(WorkerFault::Restarted);
            self.start_worker();
        }
    }

    /// Sends the state of the page to a worker that is ready.
    pub(crate) fn send_hello(&mut self) {
        if self.awaits_address() {
            return;
        }
        let has_text = self.shown.is_some() || self.is_edited;
        let hello = Hello {
            link: self.linked_session().filter(|_| !has_text),
            kept: if has_text {
                Some(self.kept())
            } else {
                kept_session()
            },
            has_text,
            language: self.language,
            motion: if browser::wants_less_motion() {
                Motion::Steps
            } else {
                Motion::Travel
            },
            width: layout_width(self.region),
            panels: self.panels.clone(),
        };
        self.worker.is_ready = true;
        self.worker.number += 1;
        let hello = Letter {
            number: self.worker.number,
            content: hello,
        };
        let unsent = std::mem::take(&mut self.worker.unsent);
        let Some(link) = &self.worker.link else {
            return;
        };
        link.post(&FromPage::Hello(hello));
        // The state has the text of all edits.
        for letter in unsent {
            if !matches!(letter.content, Ask::Edit(_)) {
                link.post(&FromPage::Ask(letter));
            }
        }
        if self.matrix.is_some() {
            self.ask(Ask::Look(LookAsk::ShowMatrix(true)));
        }
    }

    fn adopt(&mut self, reply: Reply) {
        self.worker.answered = self.worker.answered.max(reply.number);
        self.worker.was_lost = false;
        if matches!(
            self.fault,
            Some(WorkerFault::Restarted | WorkerFault::Stopped)
        ) {
            self.fault = None;
        }
        if let Some(took) = reply.took {
            self.took = took;
            if self.note == Some("working") && reply.number >= self.worker.edit {
                self.note = None;
            }
        }
        if let Some(view) = reply.view {
            // What a kept state or a link brings happened some time ago.
            let is_opened = |effect: &Effect| matches!(effect, Effect::Rewrite(_));
            let is_old = self.shown.is_none() || reply.effects.iter().any(is_opened);
            let now = (!is_old).then(browser::now);
            self.event_times.follow(&view.events, now);
            self.show(*view, reply.number);
            self.show_linked_hop();
        }
        for effect in reply.effects {
            self.follow(effect, reply.number);
        }
        while self.worker.answered >= self.worker.trace {
            let Some(action) = self.waiting.pop_front() else {
                break;
            };
            self.act_now(action);
        }
        if !self.is_waiting() {
            self.typed_target = None;
        }
    }

    fn follow(&mut self, effect: Effect, number: u32) {
        match effect {
            // An edit that the worker has not seen yet wins.
            Effect::Rewrite(_) | Effect::Replace(_) if number < self.worker.edit => {}
            Effect::Rewrite(text) => {
                self.text = Rc::from(text);
                self.is_edited = false;
                self.camera = None;
                self.command(Task::Rewrite);
            }
            Effect::Replace(edits) => self.command(Task::Replace(edits.into())),
            Effect::Save => self.save_soon(),
            // What was played before the answer to an edit came is what the edit makes of it.
            Effect::Cue(Cue::Rewind) if self.player.is_playing && number <= self.worker.played => {
                self.player.cue(Cue::Play);
            }
            Effect::Cue(cue) => self.player.cue(cue),
            Effect::Ran(exchange) => Rc::make_mut(&mut self.console).push(exchange),
            Effect::LeftOut(parts) => self.address.notice = Some(Notice::LeftOut(parts)),
            Effect::Completed(line) => self.completed = Rc::new(line),
            Effect::Download(what, text) => export::save_text(&what, text),
            Effect::Copy(text) => {
                browser::copy(&text);
                self.show_note(Some("copied"));
            }
            Effect::NoCatalogue(language) => {
                self.fault = Some(WorkerFault::NoCatalogue(language));
                if let Some(shown) = &self.shown {
                    self.language = shown.view.language;
                }
            }
        }
    }

    /// Shows a view instead of the one before.
    fn show(&mut self, mut view: PageView, number: u32) {
        if let Some(before) = &self.shown {
            view.reuse(&before.view);
            if before.view.scene.size != view.scene.size {
                self.camera = None;
            }
        }
        self.player.adopt(&view);
        let is_selected = number >= self.worker.select;
        if is_selected {
            self.selected = view.selected.clone();
        }
        if number >= self.worker.edit {
            self.is_edited = false;
        }
        self.shown = Some(Shown {
            words: view.labels.clone().unwrap_or_default(),
            counts: view
                .counts
                .replace("{took}", &format!("{:.1}", self.took))
                .into(),
            view,
        });
        if is_selected {
            self.reveal();
        }
    }

    /// Shows the first example before the worker is there; not if the worker was quicker, or if it is damaged.
    pub(super) fn show_first(&mut self, bytes: &[u8]) {
        if self.shown.is_some() {
            return;
        }
        let Ok(FromWorker::Reply(reply)) = decode(bytes) else {
            return;
        };
        let Reply { view, effects, .. } = *reply;
        let Some(view) = view else {
            return;
        };
        for effect in effects {
            if let Effect::Rewrite(text) = effect {
                self.text = Rc::from(text);
            }
        }
        self.show(*view, 0);
    }
}
