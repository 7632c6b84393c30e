//! Lines of the console: what a line changes is an event like any other, and what it opens is the connection that is shown.

use super::connections::Sending;
use super::{Cue, Effect, Model, Played, RequestDraft};
use crate::view::page_view::Exchange;
use kubehop_engine::console::kubectl::Clock;
use kubehop_engine::console::{self, Act, Output, Shell};
use kubehop_engine::trace::Request;

impl Model {
    /// Runs a line, and does what it says. Of several connections the last one is shown.
    pub(super) fn run_line(&mut self, line: String, played: Played) -> Vec<Effect> {
        // The line finds what was played; it counts for good only if the line opens a connection or changes something.
        let before = (self.connections.clone(), self.open.clone());
        if played == Played::Yes {
            self.remember();
        }
        let Output {
            stdout,
            stderr,
            acts,
            ..
        } = self.run(&line);
        if acts.is_empty() {
            (self.connections, self.open) = before;
        }
        let mut effects = vec![Effect::Ran(Exchange {
            line,
            stdout,
            stderr,
        })];
        for act in acts {
            effects.retain(|effect| !matches!(effect, Effect::Cue(_) | Effect::Save));
            effects.extend(match act {
                Act::Change(event) => self.apply_event(&event.to_string(), Played::No),
                Act::Connect(request) => self.show_connection(&request),
            });
        }
        effects
    }

    /// What a line prints, and what it would do.
    pub(super) fn run(&self, line: &str) -> Output {
        let shell = Shell {
            network: &self.network,
            connections: &self.connections,
            clock: Clock::default(),
        };
        console::run(shell, line)
    }

    /// Plays the connection that a line opened.
    fn show_connection(&mut self, request: &Request) -> Vec<Effect> {
        self.course.is_unsent = false;
        self.request = RequestDraft {
            from: request.from.to_string(),
            to: request.to.to_string(),
            by_hand: true,
        };
        self.flow = None;
        self.open = None;
        self.sending = Sending::New;
        self.retrace();
        vec![Effect::Cue(Cue::Play), Effect::Save]
    }
}
