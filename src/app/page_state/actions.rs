//! What a person does with the session.

use std::rc::Rc;

use kubehop::view::session::{Ask, Cue, LookAsk, Played};

use super::{LARGE, PageState};
use crate::editor_pane::Task;
use crate::history;
use crate::message::{Action, Tab};
use crate::worker_lost::WorkerFault;

/// What a person does with the session.
impl PageState {
    /// Does it now, or once the answers that it depends on are there.
    pub(crate) fn act(&mut self, action: Action) {
        if let Action::Ask(Ask::OpenLesson(_) | Ask::StepLesson(_)) = &action {
            self.keep();
        }
        if let Action::Ask(Ask::SetTarget(target)) = &action {
            self.typed_target = Some(target.clone());
        }
        let depends = match &action {
            Action::Ask(ask) => ask.changes_trace(),
            Action::SetSpeed(_) => false,
            Action::Send
            | Action::SendMore
            | Action::Run(_)
            | Action::ApplyEvent(_)
            | Action::UndoEvent(_)
            | Action::UndoAllEvents
            | Action::TogglePlay
            | Action::Seek(_)
            | Action::StepHop(_)
            | Action::JumpToHop(_) => true,
        };
        if depends {
            // The packet is followed again.
            self.revealed_at = None;
        }
        if depends && self.is_waiting() {
            self.waiting.push_back(action);
        } else {
            self.act_now(action);
        }
    }

    /// Does it once there is a view and everything before it was done.
    pub(crate) fn act_once_shown(&mut self, action: Action) {
        if self.shown.is_none() {
            self.waiting.push_back(action);
        } else {
            self.act(action);
        }
    }

    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty() || self.worker.answered < self.worker.trace
    }

    pub(super) fn act_now(&mut self, action: Action) {
        let played = self.player.played();
        match action {
            Action::Ask(ask) => {
                if let Ask::Look(LookAsk::Select(key)) = &ask {
                    self.selected = key.clone();
                }
                self.ask(ask);
            }
            Action::Send | Action::SendMore if self.narrow && self.sheet == Tab::Manifests => {
                // Where one panel has every tab, the explanation of the packet becomes visible.
                self.sheet = Tab::Packet;
                self.act_now(action);
            }
            Action::Send if played == Played::No && self.is_new_connection() => {
                self.player.cue(Cue::Play);
                self.worker.played = self.worker.number;
            }
            Action::Send => self.ask(Ask::Send(played)),
            Action::Run(line) => self.ask(Ask::Run(line, played)),
            Action::SendMore => self.ask(Ask::SendMore(played)),
            Action::ApplyEvent(event) => self.ask(Ask::ApplyEvent(event, played)),
            Action::UndoEvent(index) => self.ask(Ask::UndoEvent(index, played)),
            Action::UndoAllEvents => self.ask(Ask::UndoAllEvents(played)),
            Action::TogglePlay => {
                self.player.toggle();
                self.worker.played = self.worker.number;
            }
            Action::Seek(time) => self.player.seek(time),
            Action::StepHop(by) => {
                self.end_flow();
                self.player.step(by);
            }
            Action::JumpToHop(hop) => {
                self.end_flow();
                self.player.jump(hop);
            }
            Action::SetSpeed(speed) => self.player.set_speed(speed),
        }
    }

    /// Whether the shown connection would be the one that Send opens.
    fn is_new_connection(&self) -> bool {
        let is_new = self.shown.as_ref().is_some_and(|shown| shown.view.is_new);
        is_new && self.player.trace.is_some() && self.player.flow.is_none()
    }

    fn end_flow(&mut self) {
        if self.player.flow.take().is_some() {
            self.ask(Ask::Look(LookAsk::EndFlow));
        }
    }

    /// Another text, which the editor does not have yet.
    pub(crate) fn replace_text(&mut self, text: String) {
        self.edit(text);
        self.command(Task::Rewrite);
    }

    pub(super) fn edit(&mut self, text: String) {
        if *self.text == *text {
            return;
        }
        if text.len() > LARGE {
            self.note_timer = None;
            self.note = Some("working");
        }
        if history::is_another_text(&self.text, &text) {
            self.keep();
            self.history.leave();
        }
        self.text = Rc::from(text);
        self.is_edited = true;
        self.end_welcome();
        self.save_soon();
        if self.text.len() <= LARGE {
            // At once: a browser that stops the page may not call it again.
            self.keep();
            self.save_soon();
        }
        if self.fault == Some(WorkerFault::Stopped) {
            self.start_worker();
        }
        self.ask(Ask::Edit(self.text.to_string()));
    }
}
