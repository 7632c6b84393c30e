//! The programs of the console: a line as it is typed, run over a cluster.
//!
//! ```text
//! kubectl exec client -- curl -v http://kimho | grep Established
//! └ a program of the registry, at a site          └ a filter behind a pipe
//! ```
//!
//! A program prints what the real one does. It changes and sends nothing itself: what it asks for is in [`Output::acts`],
//! which the session carries out, so a typed line has the same effect as a click.

mod completion;
pub mod kubectl;
mod programs;
mod shell;

use crate::cluster::object::{Container, Pod};
use crate::names::ObjectName;
use crate::network::Origin;
use crate::resolve::events::Event;
use crate::trace::{CLIENT, Connections, Network, Request};
use kubectl::Clock;

pub use completion::completed;
pub use shell::run;

/// The names of all programs, and of kubectl's verbs.
pub fn programs_and_verbs() -> (Vec<&'static str>, Vec<&'static str>) {
    (programs::all_names().collect(), kubectl::verbs().collect())
}

/// What programs run over.
#[derive(Clone, Copy)]
pub struct Shell<'a> {
    /// The cluster with its rules.
    pub network: &'a Network,
    /// What nodes remember of earlier connections.
    pub connections: &'a Connections,
    /// The time.
    pub clock: Clock,
}

/// What a line writes, and what it does.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Output {
    /// The answer.
    pub stdout: String,
    /// Errors, and what is said beside the answer.
    pub stderr: String,
    /// The exit code: 0 if all is well.
    pub status: u8,
    /// What the line changes or sends, in order.
    pub acts: Vec<Act>,
}

/// What a line does beside printing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The cluster changes.
    Change(Event),
    /// A connection is opened.
    Connect(Request),
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
