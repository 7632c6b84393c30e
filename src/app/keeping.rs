//! What the browser keeps of the session, and when it is written there.
//!
//! Its storage is synchronous: a large session is written a part a task, so that nobody waits for all of it.

use std::rc::Rc;

use super::address::Mode;
use super::browser;
use super::history;
use super::message::{Action, Msg};
use super::page_state::{LARGE, PageState, Shown};
use kubehop::view::session::Ask;

/// The name the session is kept under.
const KEPT: &str = "kubehop.session";

/// The name under which a tab keeps that it opened a link.
pub(super) const BESIDE: &str = "kubehop.beside";

/// Milliseconds the session is left alone before it is kept.
const LULL: u32 = 250;

/// The same for a large one.
const LONG_LULL: u32 = 1_000;

/// The most UTF-16 units that a browser's storage has room for: 5 Mi, as all of them count.
const ROOM: usize = 5 * 1024 * 1024;

/// A session that is being written, a part after the other.
pub(crate) struct Keeping {
    session: Rc<str>,
    next: Part,
    /// Whether every part so far was written.
    is_kept: bool,
    /// Begins the next part; dropped with a session that a newer one replaces.
    _timer: Option<browser::Timer>,
}

/// Where a session is written.
#[derive(Clone, Copy)]
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
        while self.keeping.is_some() {
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
        let Some(keeping) = &self.keeping else {
            return;
        };
        let is_large = keeping.session.len() > LARGE;
        self.keep_part();
        while !is_large && self.keeping.is_some() {
            self.keep_part();
        }
        let next = self.send.reform(|()| Msg::KeepNext);
        if let Some(keeping) = &mut self.keeping {
            keeping._timer = Some(browser::later(0, next));
        }
    }

    /// Prepares what is to be written, if the session changed since the last time.
    fn begin_keeping(&mut self) {
        if self.shown().is_none() || self.save_timer.take().is_none() {
            return;
        }
        let session: Rc<str> = Rc::from(self.kept());
        if session.len() > ROOM && session.encode_utf16().nth(ROOM).is_some() {
            self.keeping = None;
            self.is_unkept = true;
            return;
        }
        self.keeping = Some(Keeping {
            session,
            next: Part::Tab,
            is_kept: true,
            _timer: None,
        });
    }

    fn keep_part(&mut self) {
        let Some(mut keeping) = self.keeping.take() else {
            return;
        };
        let session = &*keeping.session;
        keeping.next = match keeping.next {
            Part::Tab => {
                keeping.is_kept &= browser::store_in_tab(KEPT, session);
                Part::Latest
            }
            Part::Latest => {
                if !self.is_beside {
                    keeping.is_kept &= self.history.store(KEPT, session).is_ok();
                }
                Part::State
            }
            Part::State => {
                self.is_unkept = !(self.keep_state(session) && keeping.is_kept);
                return;
            }
        };
        self.keeping = Some(keeping);
    }

    /// Writes the session into the list of states, unless its text is an example's.
    fn keep_state(&mut self, session: &str) -> bool {
        let Some(Shown { view, .. }) = self.shown() else {
            return true;
        };
        if !history::is_own(session) {
            self.history.leave();
            return true;
        }
        let Some(line) = self.text.lines().find(|line| !line.trim().is_empty()) else {
            return true;
        };
        let called = view.request.to.as_str();
        let title = if called.is_empty() { line } else { called };
        let title = title.to_owned();
        self.history.keep(&title, session).is_ok()
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
