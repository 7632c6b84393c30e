//! The front door: a text of manifests opened as a simulated cluster. Its questions are in `questions.rs`.
//!
//! [`Simulation`] is one snapshot. An [`Event`] gives the next snapshot and leaves this one as it is. Answers are plain
//! values ([`answers`]); the same text, configuration, request and seed give the same bytes, natively and in a browser.

pub mod answers;
pub mod challenge;
pub mod convert;
pub mod expectations;
pub(crate) mod gateway;
pub mod matrix;
mod questions;
mod report;
pub mod shell;
pub mod suggestions;
mod trace_markdown;
mod trace_mermaid;

use std::rc::Rc;

use answers::{Statement, TraceAnswer};
pub use report::{
    check_as_json, expectations_as_text, problems_as_text, trace_as_json, trace_as_text,
};
pub use trace_markdown::trace_as_markdown;
pub use trace_mermaid::trace_as_mermaid;

use crate::view::i18n::{Catalogue, Message};
use kubehop_engine::causes;
use kubehop_engine::cluster::Config;
use kubehop_engine::diagnostic::Fix;
use kubehop_engine::manifest::{JoinedFiles, Source, edit};
use kubehop_engine::network::Network;
use kubehop_engine::resolve::events::{Event, EventError, apply};
use kubehop_engine::resolve::{Resolved, resolve};
use kubehop_engine::trace::{self, Origin, Request, RequestError, Target, Trace};

/// A simulated cluster, opened from a text of manifests.
///
/// ```
/// use kubehop::{Config, Simulation};
///
/// let text = "
/// apiVersion: v1
/// kind: Service
/// metadata: {name: web}
/// spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
/// ---
/// apiVersion: v1
/// kind: Pod
/// metadata: {name: web, labels: {app: web}}
/// spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
/// ";
/// let simulation = Simulation::open(text, &Config::default());
/// assert!(simulation.problems().problems.is_empty());
///
/// let request = simulation.request("pod/web", "http://web")?;
/// let trace = simulation.trace(&request, 0, 0)?;
/// assert_eq!(trace.answered_by.as_deref(), Some("default/web"));
/// # Ok::<(), kubehop::answers::Statement>(())
/// ```
pub struct Simulation {
    network: Network,
    words: Rc<Catalogue>,
    opened: Rc<Opened>,
    /// What happened since.
    events: Vec<Event>,
}

/// What a simulation was opened from.
#[derive(Default)]
struct Opened {
    text: String,
    source: Source,
    config: Config,
}

impl Simulation {
    /// Reads the text and runs the API server, the controllers and kube-proxy over it. Never fails: what is wrong with
    /// the text is in [`Simulation::problems`].
    pub fn open(text: &str, config: &Config) -> Simulation {
        Simulation::opened(
            Opened {
                text: text.to_owned(),
                source: Source::read(text),
                config: config.clone(),
            },
            Rc::new(Catalogue::english()),
        )
    }

    /// The same for files that are joined into one text; kubectl's messages name them.
    pub fn open_files(files: &JoinedFiles, config: &Config) -> Simulation {
        Simulation::opened(
            Opened {
                text: files.text().to_owned(),
                source: Source::read_files(files),
                config: config.clone(),
            },
            Rc::new(Catalogue::english()),
        )
    }

    fn opened(opened: Opened, words: Rc<Catalogue>) -> Simulation {
        let resolved = resolve(&opened.source, &opened.config);
        Simulation {
            opened: Rc::new(opened),
            ..Simulation::of(resolved, words)
        }
    }

    /// The same simulation, with sentences in another language.
    #[must_use]
    pub fn speaking(self, words: Catalogue) -> Simulation {
        Simulation {
            words: Rc::new(words),
            ..self
        }
    }

    pub(crate) fn of(resolved: Resolved, words: Rc<Catalogue>) -> Simulation {
        Simulation {
            network: Network::of(resolved),
            words,
            opened: Rc::default(),
            events: Vec::new(),
        }
    }

    /// The simulation of the edited text; what happened to objects that it still has happens again.
    pub(crate) fn edited(&self, edits: &[Fix]) -> Simulation {
        let Opened { source, config, .. } = &*self.opened;
        let text = edit::applied(&self.opened.text, edits);
        let opened = Opened {
            source: source.update(&text),
            text,
            config: config.clone(),
        };
        let edited = Simulation::opened(opened, Rc::clone(&self.words));
        let again = |before: Simulation, event| before.apply(event).unwrap_or(before);
        self.events.iter().fold(edited, again)
    }

    /// The simulation after an event: a pod becomes unready, a workload is scaled, a node stops.
    ///
    /// # Errors
    /// If the event is about an object that does not exist.
    pub fn apply(&self, event: &Event) -> Result<Simulation, Statement> {
        self.after(event).map_err(|error| self.statement(&error))
    }

    /// The simulation after an event, or why it cannot happen, without words.
    pub(crate) fn after(&self, event: &Event) -> Result<Simulation, EventError> {
        let resolved = &self.network.resolved;
        if !event.is_possible(resolved) {
            let text = event.to_string();
            return Err(EventError::NoSuchObject { text });
        }
        let mut events = self.events.clone();
        events.push(event.clone());
        Ok(Simulation {
            opened: Rc::clone(&self.opened),
            events,
            ..Simulation::of(apply(resolved, event), Rc::clone(&self.words))
        })
    }

    /// Reads an event as people write it: `unready pod/web`, `scale deployment/web=3`,
    /// `rollout restart deployment/web lag=2`, `down node/node-1`.
    ///
    /// # Errors
    /// If the text is not an event.
    pub fn event(&self, text: &str) -> Result<Event, Statement> {
        text.parse()
            .map_err(|error: EventError| self.statement(&error))
    }

    /// Reads a request as people write it: from `pod/web`, `pod/NAMESPACE/web`, `node/node-1`, `client` or an IP
    /// address, to `http://web`, `https://10.96.0.1`, `udp://10.96.0.10:53`, `web:80`.
    ///
    /// # Errors
    /// If either text is not valid.
    pub fn request(&self, from: &str, to: &str) -> Result<Request, Statement> {
        let said = |error: RequestError| self.statement(&error);
        let from = from.parse::<Origin>().map_err(said)?;
        let to = to.parse::<Target>().map_err(said)?;
        Ok(Request { from, to })
    }

    /// The trace of a connection, from which an answer or a picture is made.
    pub(crate) fn connection(
        &self,
        request: &Request,
        seed: u64,
        number: u64,
    ) -> Result<Trace, Statement> {
        trace::trace(&self.network, request, seed, number).map_err(|error| self.statement(&error))
    }

    /// The cluster with its rules.
    pub(crate) fn network(&self) -> &Network {
        &self.network
    }

    /// The sentences of the simulation's language.
    pub(crate) fn words(&self) -> &Catalogue {
        &self.words
    }

    fn answer(&self, trace: &Trace) -> TraceAnswer {
        let causes = causes::of_trace(&self.network, trace);
        convert::trace(trace, &causes, &self.words)
    }

    fn statement<M: Message>(&self, message: &M) -> Statement {
        convert::statement(message, &self.words)
    }
}
