//! The tour of a newcomer: where it begins, and what ends it.

use kubehop::view::session::Ask;

use super::PageState;
use crate::address::Mode;
use crate::browser;
use crate::course_link::CourseMsg;
use crate::message::{Action, Tab};
use crate::saving::kept_session;
use crate::tour::{self, TourStop};

impl PageState {
    /// Carries out an action; the first that does more than look ends the welcome.
    pub(super) fn act_in_tour(&mut self, action: Action) {
        if is_begun(&action) {
            self.end_welcome();
        }
        self.act(action);
    }

    /// Handles a message of the course. A lesson has its own instructions, so opening one ends the welcome as well.
    pub(super) fn handle_course_in_tour(&mut self, message: CourseMsg) {
        let is_opened = matches!(message, CourseMsg::Open(_) | CourseMsg::Generate(_));
        if is_opened {
            self.end_welcome();
        }
        self.handle_course(message);
    }

    /// Ends the tour of a person who has begun to use the page.
    pub(super) fn end_welcome(&mut self) {
        if self.tour == Some(TourStop::Welcome) {
            self.show_stop(None);
        }
    }

    /// The stop to begin with; `None` if the tour was offered before, for a link, and in a frame.
    pub(super) fn first_stop(&self) -> Option<TourStop> {
        let is_plain = self.address.mode == Mode::Edit && browser::fragment().is_empty();
        tour::first_stop(kept_session().is_some()).filter(|_| is_plain && !browser::has_source())
    }

    pub(super) fn show_stop(&mut self, stop: Option<TourStop>) {
        let was_shown = std::mem::replace(&mut self.tour, stop);
        match stop {
            Some(stop) => stop.tab().into_iter().for_each(|tab| self.open(tab)),
            None => tour::end(),
        }
        if stop.is_none() && was_shown.is_some_and(|stop| stop != TourStop::Welcome) {
            self.open(Tab::Packet);
        }
    }
}

/// Whether a person who does that has found out how to begin.
fn is_begun(action: &Action) -> bool {
    matches!(
        action,
        Action::Send
            | Action::SendMore
            | Action::Run(_)
            | Action::ApplyEvent(_)
            | Action::Ask(Ask::SendMany(_) | Ask::OpenLesson(_))
    )
}
