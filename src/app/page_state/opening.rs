//! How a page opens: what is kept or linked, else the first example as the build has drawn it.

use std::collections::VecDeque;
use std::rc::Rc;

use kubehop::view::language::Language;
use kubehop::view::page_view::Panels;
use kubehop::view::session::{Player, Pointed};
use yew::prelude::*;

use super::keys::SINGLE_KEYS;
use super::{PageState, SideWidths, Sought, WIDTHS, Worker};
use crate::address::{self, Address};
use crate::browser;
use crate::course_link::{CourseLink, is_lesson_kept};
use crate::editor_pane::{Order, Task};
use crate::event_log::EventTimes;
use crate::history::{self, History};
use crate::message::{Msg, Tab};
use crate::saving::{BESIDE, kept_session};
use crate::separator::LEAST;

/// The first language of the visitor's browser that the page has.
fn preferred_language() -> Language {
    let codes = browser::languages();
    let mut known = codes.iter().filter_map(|code| Language::of(code));
    known.next().unwrap_or(Language::English)
}

impl PageState {
    /// A page that opens: it starts the worker and, if it opens the first example, shows that one until it answers.
    pub(crate) fn new(send: Callback<Msg>) -> PageState {
        let language = preferred_language();
        browser::set_language(language.code());
        let mut state = PageState {
            text: Rc::from(""),
            language,
            theme: browser::theme(),
            left: Tab::Manifests,
            right: Tab::Packet,
            sheet: Tab::Packet,
            narrow: browser::is_narrow(),
            is_sheet_up: false,
            has_single_keys: browser::stored(SINGLE_KEYS).is_none(),
            dialog: None,
            typed_ahead: String::new(),
            tour: None,
            note: None,
            fault: None,
            region: (0.0, 0.0),
            order: Order {
                number: 0,
                task: Task::Rest,
            },
            player: Player::default(),
            selected: None,
            typed_target: None,
            event_times: EventTimes::load(),
            console: Rc::default(),
            completed: Rc::default(),
            matrix: None,
            shown: None,
            camera: None,
            revealed: None,
            revealed_at: None,
            rules_node: None,
            goes_to: None,
            sought: Sought::default(),
            widths: kept_widths(),
            panels: Panels::default(),
            took: 0.0,
            worker: Worker::default(),
            waiting: VecDeque::new(),
            is_edited: false,
            last_frame: None,
            frame: None,
            note_timer: None,
            pointed: Pointed::Nothing,
            point_timer: None,
            course: CourseLink::new(),
            save_timer: None,
            saving: None,
            history: History::load(None),
            is_beside: false,
            is_unkept: false,
            address: Address::of_page(),
            send,
        };
        state.begin();
        state
    }

    /// What is kept or linked is opened, and the worker started.
    pub(super) fn begin(&mut self) {
        self.tour = self.first_stop();
        self.open_history();
        self.open_address();
        self.start_worker();
        if self.opens_first_example() {
            let view = first_view(self.language);
            browser::load(view, self.send.reform(Msg::FirstView));
        }
    }

    /// Where this tab is among the kept states. A link is opened beside them.
    pub(super) fn open_history(&mut self) {
        let kept = kept_session();
        if browser::is_embedded() {
            return;
        }
        if address::has_session() {
            browser::store_in_tab(BESIDE, "1");
        } else {
            self.history = History::load(kept.as_deref());
        }
        self.is_beside = browser::stored_in_tab(BESIDE).is_some();
        // A session that was kept before there was a history. Of an open lesson it may be the lesson's own.
        let is_missing = self.history.states.is_empty() && !is_lesson_kept();
        if let Some(kept) = kept.filter(|kept| is_missing && history::is_own(kept)) {
            let _ = self.history.keep("", &kept);
            if address::has_session() || !browser::fragment().is_empty() {
                self.history.leave();
            }
        }
    }

    /// Whether the page opens the first example as the build has drawn it, with packets that travel.
    pub(super) fn opens_first_example(&self) -> bool {
        !address::has_session()
            && browser::fragment().is_empty()
            && kept_session().is_none()
            && !browser::wants_less_motion()
    }
}

/// Where the view of the first example is, as the build has drawn it.
fn first_view(language: Language) -> String {
    let (language, width) = (language.code(), browser::first_width());
    format!("first-views/{language}-{width}.view")
}

/// The widths of the sides as they were left.
fn kept_widths() -> SideWidths {
    let kept = browser::stored(WIDTHS).unwrap_or_default();
    let (left, right) = kept.split_once(',').unwrap_or_default();
    let width = |text: &str| text.parse::<f32>().ok().filter(|width| *width >= LEAST);
    SideWidths {
        left: width(left),
        right: width(right),
    }
}
