//! Lines of the console: what a line changes is an event like any other, and what it opens is the connection that is shown.

use std::rc::Rc;

use super::{Cue, Effect, Model, Played, RequestDraft};
use crate::view::page_view::{Exchange, Printed};
use kubehop_engine::console::kubectl::Clock;
use kubehop_engine::console::{self, Act, INTERRUPT, Output, OutputPiece, Shell};
use kubehop_engine::diagnostic::Fix;
use kubehop_engine::manifest::edit::applied;
use kubehop_engine::trace::{Network, Request};

impl Model {
    /// Runs a line, and carries out its acts. Of several connections the last one is shown.
    pub(super) fn run_line(&mut self, line: String, played: Played) -> Vec<Effect> {
        if line.trim() == INTERRUPT {
            return self.end_watch(line);
        }
        let (mut played, mut effects) = (played, Vec::new());
        let output = console::run_each(&line, |command| {
            // It finds what was played; that counts for good only if it opens a connection or changes something.
            let before = (self.sent.before.clone(), self.sent.open.clone());
            if played == Played::Yes {
                self.remember();
            }
            let output = self.run(command);
            if output.acts.iter().all(|act| matches!(act, Act::Watch(_))) {
                (self.sent.before, self.sent.open) = before;
            }
            for act in &output.acts {
                if let Act::Watch(watch) = act {
                    self.watch = Some(watch.clone());
                    continue;
                }
                effects.retain(|effect| !matches!(effect, Effect::Cue(_) | Effect::Save));
                effects.extend(match act {
                    Act::Change(event) => self.apply_event(&event.to_string(), Played::No),
                    Act::Connect(request) => {
                        played = Played::Yes;
                        self.show_connection(request)
                    }
                    Act::Edit(edits) => self.edit_by_line(edits),
                    Act::Watch(_) => Vec::new(),
                });
            }
            output
        });
        effects.insert(0, Effect::Ran(exchange(line, &output)));
        effects
    }

    /// Ctrl+C.
    fn end_watch(&mut self, line: String) -> Vec<Effect> {
        let ended = self.watch.take();
        let output = Output::default();
        ended
            .map(|_| Effect::Ran(exchange(line, &output)))
            .into_iter()
            .collect()
    }

    /// The rows that follow in an open watch when the cluster is another.
    pub(super) fn follow_watch(&mut self, before: &Rc<Network>) -> Option<Effect> {
        if Rc::ptr_eq(before, &self.network) {
            return None;
        }
        let mut watch = self.watch.take()?;
        let output = watch.follow(self.shell());
        self.watch = Some(watch);
        let printed = exchange(String::new(), &output);
        (!printed.printed.is_empty()).then_some(Effect::Ran(printed))
    }

    /// Edits the text at once, and lets the editor follow.
    fn edit_by_line(&mut self, edits: &[Fix]) -> Vec<Effect> {
        let json = serde_json::to_string(edits).expect("an edit has only texts and numbers");
        let mut effects = vec![Effect::Replace(json)];
        effects.extend(self.edit(applied(&self.text, edits)));
        effects
    }

    /// Completes a line, or lists how it may go on.
    pub(super) fn complete_line(&self, line: &str) -> Vec<Effect> {
        let (completed, choices) = console::completed(&self.network, line);
        let mut effects = vec![Effect::Completed(completed)];
        if !choices.is_empty() {
            let printed = vec![(Printed::Answer, choices.join("  ") + "\n")];
            effects.push(Effect::Ran(Exchange {
                line: String::new(),
                printed,
            }));
        }
        effects
    }

    /// What a line prints, and what it would do.
    pub(super) fn run(&self, line: &str) -> Output {
        console::run(self.shell(), line)
    }

    fn shell(&self) -> Shell<'_> {
        Shell {
            network: &self.network,
            connections: &self.sent.before,
            text: &self.text,
            clock: Clock::default(),
        }
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
        self.sent.close();
        self.retrace();
        vec![Effect::Cue(Cue::Play), Effect::Save]
    }
}

/// A line with what it printed.
pub(super) fn exchange(line: String, output: &Output) -> Exchange {
    let printed = |piece: OutputPiece<'_>| {
        let kind = match piece {
            OutputPiece::Answer(_) => Printed::Answer,
            OutputPiece::Note(_) => Printed::Note,
            OutputPiece::Error(_) => Printed::Error,
        };
        (kind, piece.text().to_owned())
    };
    let printed = output.pieces().into_iter().map(printed).collect();
    Exchange { line, printed }
}
