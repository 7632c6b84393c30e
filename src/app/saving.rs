//! What the browser keeps of the session, and when it is written there.
//!
//! Its storage is synchronous: a large session is written a part a task, so that no task is long.

use std::rc::Rc;

use super::address::Mode;
use super::browser;
use super::history;
use super::long_session::{LongSession, Writing};
use super::message::{Action, Msg};
use super::page_state::{LARGE, PageState, Shown};
use kubehop::view::session::Ask;

/// The name the session is kept under.
const KEPT: &str = "kubehop.session";

/// The name under which a tab keeps the steps that the editor can undo.
const STEPS: &str = "kubehop.undo";

/// The name under which a tab keeps that it opened a link.
pub(super) const BESIDE: &str = "kubehop.beside";

/// Milliseconds the session is left alone before it is kept.
const LULL: u32 = 250;

/// The same for a large one.
const LONG_LULL: u32 = 1_000;

/// The most UTF-16 units that a browser's storage has room for: 5 Mi, as all of them count.
const ROOM: usize = 5 * 1024 * 1024;

/// A session that is being written, a part after the other.
pub(crate) struct Saving {
    session: Session,
    next: Part,
    /// Whether every part so far was written.
    is_kept: bool,
    /// Begins the next part; dropped with a session that a newer one replaces.
    _timer: Option<browser::Timer>,
}

enum Session {
    /// All of it, as JSON.
    Short(Rc<str>),
    /// One with a large text.
    Long(LongSession),
}

/// Where a session is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Into the tab, for a reload.
    Tab,
    /// Into the browser, for the next tab.
    Latest,
    /// Into the list of states.
    State,
}

/// The session to open: the one this tab kept, else the one that the browser kept.
pub(super) fn kept_session() -> Option<String> {
    if browser::is_embedded() {
        return None;
    }
    browser::stored_in_tab(KEPT).or_else(|| browser::stored(KEPT))
}

/// The steps that the editor of this tab could undo.
pub(super) fn kept_steps() -> Option<String> {
    browser::stored_in_tab(STEPS).filter(|_| !browser::is_embedded())
}

/// Keeps the steps that the editor can undo. Where there is no room for them, they are of this page alone.
pub(super) fn keep_steps(steps: String) {
    if !browser::is_embedded() && !browser::store_in_tab(STEPS, &steps) {
        browser::forget_in_tab(STEPS);
    }
}

/// What is kept in the browser.
impl PageState {
    pub(super) fn save_soon(&mut self) {
        if self.address.mode != Mode::Edit {
            return;
        }
        browser::drop_link();
        let is_large = self.text.len() > LARGE;
        let keep = self.send.reform(|()| Msg::KeepSlowly);
        let lull = if is_large { LONG_LULL } else { LULL };
        self.save_timer = Some(browser::later(lull, keep));
    }

    /// Keeps the session now, if it changed since the last time.
    pub(super) fn keep(&mut self) {
        self.begin_keeping();
        while self.saving.is_some() {
            self.keep_part();
        }
    }

    /// Begins to keep the session, a large one in several tasks.
    pub(super) fn keep_slowly(&mut self) {
        self.begin_keeping();
        self.keep_next();
    }

    /// Writes the next part of a large session, or all of a small one.
    pub(super) fn keep_next(&mut self) {
        let is_long = |saving: &Saving| matches!(saving.session, Session::Long(_));
        let is_large = self.saving.as_ref().is_some_and(is_long);
        self.keep_part();
        while !is_large && self.saving.is_some() {
            self.keep_part();
        }
        let next = self.send.reform(|()| Msg::KeepNext);
        if let Some(saving) = &mut self.saving {
            saving._timer = Some(browser::later(0, next));
        }
    }

    /// Prepares what is to be written, if the session changed since the last time.
    fn begin_keeping(&mut self) {
        if self.shown().is_none() || self.save_timer.take().is_none() {
            return;
        }
        self.end_keeping();
        if self.text.len() > ROOM && self.text.encode_utf16().nth(ROOM).is_some() {
            self.is_unkept = true;
            return;
        }
        self.saving = Some(Saving {
            session: match self.long_session() {
                Some(session) => Session::Long(session),
                None => Session::Short(Rc::from(self.kept())),
            },
            next: Part::Tab,
            is_kept: true,
            _timer: None,
        });
    }

    /// The session, if its text is large and its own.
    fn long_session(&self) -> Option<LongSession> {
        let view = &self.shown()?.view;
        let is_example = view.lesson.is_some() && !self.is_edited;
        let rest = view.kept.trim_start_matches('{');
        (self.text.len() > LARGE && !is_example)
            .then(|| LongSession::new(self.text.clone(), rest.to_owned()))
    }

    /// What is not written yet will not be: a newer session comes.
    fn end_keeping(&mut self) {
        if let Some(Saving {
            session: Session::Long(LongSession { writing, .. }),
            ..
        }) = self.saving.take()
            && let Some(writing) = writing
        {
            writing.place.discard();
        }
    }

    fn keep_part(&mut self) {
        let Some(mut saving) = self.saving.take() else {
            return;
        };
        let written = match &mut saving.session {
            Session::Short(session) => {
                let session = session.clone();
                Some(self.keep_short(saving.next, &session))
            }
            Session::Long(session) => self.keep_long(saving.next, session),
        };
        let Some(is_kept) = written else {
            self.saving = Some(saving);
            return;
        };
        saving.is_kept &= is_kept;
        saving.next = match saving.next {
            Part::Tab => Part::Latest,
            Part::Latest => Part::State,
            Part::State => {
                self.is_unkept = !saving.is_kept;
                return;
            }
        };
        self.saving = Some(saving);
    }

    /// Writes a short session. Returns whether there was room for it.
    fn keep_short(&mut self, part: Part, session: &str) -> bool {
        match part {
            Part::Tab => browser::store_in_tab(KEPT, session),
            Part::Latest if self.is_beside => true,
            Part::Latest => {
                let is_kept = self.history.store(KEPT, session).is_ok();
                browser::tidy(KEPT);
                is_kept
            }
            Part::State => match self.title() {
                _ if !self.has_own_text() || !history::is_own(session) => {
                    self.history.leave();
                    true
                }
                Some(title) => self.history.keep(&title, session).is_ok(),
                None => true,
            },
        }
    }

    /// Writes more of a long session; says whether there was room for it once all of it is written, or there is none.
    fn keep_long(&mut self, part: Part, session: &mut LongSession) -> Option<bool> {
        let Some(mut writing) = session.writing.take() else {
            let place = match part {
                Part::Tab => browser::store_slowly_in_tab(KEPT),
                Part::Latest if self.is_beside => return Some(true),
                Part::Latest => browser::store_slowly(KEPT),
                Part::State => {
                    let state = self.title().and_then(|title| {
                        let state = self.history.state_of(&title, session.hash)?;
                        Some(Writing::new(
                            browser::store_slowly(&state.entry()),
                            Some(state),
                        ))
                    });
                    session.writing = state;
                    return session.writing.is_none().then_some(true);
                }
            };
            session.writing = Some(Writing::new(place, None));
            return None;
        };
        let whole = session.length();
        let Some(part) = session.next_part(&mut writing) else {
            let is_kept = writing.place.finish();
            if let Some(state) = writing.state.filter(|_| is_kept) {
                self.history.enter(state);
            }
            return Some(is_kept);
        };
        if self.history.store_part(&mut writing.place, &part, whole) {
            session.writing = Some(writing);
            return None;
        }
        writing.place.discard();
        Some(false)
    }

    /// What a state of the list is called: what is called, else its first line; `None` if there is nothing to keep.
    fn title(&self) -> Option<String> {
        let view = &self.shown()?.view;
        let line = self.text.lines().find(|line| !line.trim().is_empty())?;
        let called = view.request.to.as_str();
        Some(if called.is_empty() { line } else { called }.to_owned())
    }

    /// Keeps what is shown now; what comes next is another state.
    pub(super) fn leave_text(&mut self) {
        self.keep();
        self.history.leave();
    }

    /// Opens a kept state; what is shown now stays among them.
    pub(super) fn restore(&mut self, id: &str) {
        self.keep();
        let Some(session) = self.history.resume(id) else {
            return;
        };
        if browser::stored(KEPT).as_ref() == Some(&session) {
            self.leave_link();
        }
        self.act(Action::Ask(Ask::Restore(session)));
    }

    /// What is shown is no link's any more.
    pub(super) fn leave_link(&mut self) {
        self.is_beside = false;
        browser::forget_in_tab(BESIDE);
    }

    /// Whether the text is neither an example's nor a lesson's as they came.
    fn has_own_text(&self) -> bool {
        let is_given = self.shown().is_some_and(|Shown { view, .. }| {
            let open = view.course.open.as_ref();
            view.lesson.is_some() || open.is_some_and(|open| !open.is_rewritten)
        });
        self.is_edited || !is_given
    }

    /// The session as JSON: the worker's part of it, and the text unless it is an example's.
    pub(crate) fn kept(&self) -> String {
        let Some(Shown { view, .. }) = self.shown() else {
            return format!("{{\"text\":{}}}", as_json(&self.text));
        };
        if view.lesson.is_some() && !self.is_edited {
            return view.kept.to_string();
        }
        let rest = view.kept.trim_start_matches('{');
        format!("{{\"text\":{},{rest}", as_json(&self.text))
    }
}

fn as_json(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
