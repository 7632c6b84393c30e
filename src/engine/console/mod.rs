//! The programs of the console: a line as it is typed, run over a cluster.
//!
//! ```text
//! kubectl exec client -- curl -v http://kimho | grep Established
//! └ a program of the registry, at a site          └ a filter behind a pipe
//! ```
//!
//! A program prints what the real one does. It changes and sends nothing itself: its effects are in [`Output::acts`],
//! which the session carries out, so that a typed line has the same effect as a click.

mod completion;
pub mod kubectl;
mod programs;
mod shell;
mod watch;

use crate::cluster::object::{Container, Pod};
use crate::diagnostic::Fix;
use crate::names::ObjectName;
use crate::network::Origin;
use crate::resolve::events::Event;
use crate::trace::{CLIENT, Connections, Network, Request};
use kubectl::Clock;
use watch::Row;

pub use completion::completed;
pub use watch::{INTERRUPT, Watch};

pub use shell::{here_document_end, run, run_each};

/// The names of all programs, and of kubectl's verbs.
pub fn programs_and_verbs() -> (Vec<&'static str>, Vec<&'static str>) {
    (programs::all_names().collect(), kubectl::verbs().collect())
}

/// What programs run over.
#[derive(Clone, Copy)]
pub struct Shell<'a> {
    /// The cluster with its rules.
    pub network: &'a Network,
    /// The state that nodes keep of earlier connections.
    pub connections: &'a Connections,
    /// The manifests that the cluster is made of.
    pub text: &'a str,
    /// The time.
    pub clock: Clock,
}

/// What a line writes, and what it does.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Output {
    /// The answer.
    pub stdout: String,
    /// Errors and notes.
    pub stderr: String,
    /// The exit code: 0 if all is well.
    pub status: u8,
    /// What the line changes or sends, in order.
    pub acts: Vec<Act>,
    /// The rows of the answer, if it is a table that stays open.
    rows: Vec<Row>,
    /// Where the order of writing changes. Without one, the answer comes first.
    turns: Vec<StreamSwitch>,
}

/// Lengths of both outputs at a moment: what is before them was written before what is behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct StreamSwitch {
    stdout: usize,
    stderr: usize,
    /// Whether what was written to `stderr` since the last switch is the error of a program that failed.
    is_error: bool,
}

/// A part of what a line writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputPiece<'a> {
    /// Of the answer.
    Answer(&'a str),
    /// Said beside the answer of a program: `* Trying 10.96.0.10:80...`.
    Note(&'a str),
    /// The error of a program that failed.
    Error(&'a str),
}

/// What a line does beside printing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The cluster changes.
    Change(Event),
    /// A connection is opened.
    Connect(Request),
    /// The manifests are edited; the edits do not overlap.
    Edit(Vec<Fix>),
    /// A line stays open: rows follow.
    Watch(Watch),
}

impl Output {
    /// An answer without errors.
    pub(in crate::console) fn answer(stdout: String) -> Output {
        Output {
            stdout,
            ..Output::default()
        }
    }

    /// An error message, whose line end is added.
    pub(in crate::console) fn error(status: u8, message: &str) -> Output {
        Output {
            stderr: format!("{message}\n"),
            status,
            ..Output::default()
        }
    }

    /// A note, then an answer.
    pub(in crate::console) fn noted(stderr: String, stdout: String) -> Output {
        let mut output = Output {
            stderr,
            ..Output::default()
        };
        output.turn();
        output.stdout = stdout;
        output
    }

    /// What follows is written after all that is there.
    pub(in crate::console) fn turn(&mut self) {
        self.turns.push(StreamSwitch {
            stdout: self.stdout.len(),
            stderr: self.stderr.len(),
            is_error: false,
        });
    }

    /// Adds what the next program writes and does.
    pub fn append(&mut self, next: Output) {
        let (stdout, stderr) = (self.stdout.len(), self.stderr.len());
        self.turns
            .extend(next.turns.iter().map(|turn| StreamSwitch {
                stdout: stdout + turn.stdout,
                stderr: stderr + turn.stderr,
                ..*turn
            }));
        self.stdout += &next.stdout;
        self.stderr += &next.stderr;
        self.status = next.status;
        self.acts.extend(next.acts);
        self.rows.extend(next.rows);
        self.turn();
        if let Some(turn) = self.turns.last_mut() {
            turn.is_error = next.status != 0;
        }
    }

    /// Takes the answer out, which goes through a pipe.
    fn take_answer(&mut self) -> String {
        self.turns.iter_mut().for_each(|turn| turn.stdout = 0);
        self.rows.clear();
        std::mem::take(&mut self.stdout)
    }

    /// What is written, in its order.
    pub fn pieces(&self) -> Vec<OutputPiece<'_>> {
        let end = StreamSwitch {
            stdout: self.stdout.len(),
            stderr: self.stderr.len(),
            is_error: self.status != 0,
        };
        let (mut stdout, mut stderr) = (0, 0);
        let mut pieces = Vec::new();
        for turn in self.turns.iter().chain([&end]) {
            let said = &self.stderr[stderr..turn.stderr];
            pieces.push(OutputPiece::Answer(&self.stdout[stdout..turn.stdout]));
            pieces.push(if turn.is_error {
                OutputPiece::Error(said)
            } else {
                OutputPiece::Note(said)
            });
            (stdout, stderr) = (turn.stdout, turn.stderr);
        }
        pieces.retain(|piece| !piece.text().is_empty());
        pieces
    }
}

impl<'a> OutputPiece<'a> {
    /// The text.
    pub fn text(self) -> &'a str {
        match self {
            OutputPiece::Answer(text) | OutputPiece::Note(text) | OutputPiece::Error(text) => text,
        }
    }
}

/// Where a program runs.
#[derive(Clone, Copy)]
enum Site<'a> {
    /// On the machine of the one who types, outside the cluster.
    Outside,
    /// In a container of a pod.
    Pod(&'a Pod, &'a Container),
    /// On a node, in its own network.
    Node(&'a str),
}

impl Site<'_> {
    /// Who opens the connections of a program.
    fn origin(self) -> Origin {
        match self {
            Site::Outside => Origin::Outside(CLIENT),
            Site::Pod(pod, _) => {
                let ObjectName { namespace, name } = pod.id();
                Origin::Pod(ObjectName::new(namespace, name))
            }
            Site::Node(node) => Origin::Node(node.to_owned()),
        }
    }
}

/// A program that is run.
struct Call<'a> {
    shell: Shell<'a>,
    site: Site<'a>,
    /// The words behind its name.
    arguments: &'a [String],
    /// What comes through the pipe; `None` for the first program of a line.
    input: Option<&'a str>,
}
