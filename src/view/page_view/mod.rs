//! Everything the page shows, as one plain value that goes from the worker to the page.
//!
//! The session ([`super::session::Model`]) makes it; components print it. It contains sentences in the page's language
//! instead of reasons, and strings instead of engine types, so that the page's program needs neither the engine nor the
//! message catalogue. Parts that are large and rarely seen are `None` unless the page asked for them ([`Panels`]).

mod both;
mod dns;
mod endpoints;
mod links;
mod panels;
mod problems;
mod rules;
mod search;
mod settings;
mod trace;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::course::CourseView;
use super::flow::Flow;
use super::language::Language;
use super::matrix_view::MatrixForm;
use super::scene::{Scene, ShapeId};

pub use both::{BothCell, BothRow, BothView};
pub use dns::{DnsView, QuestionView};
pub use endpoints::{EndpointState, EndpointView, EndpointsView, EnvironmentView, SliceView};
pub use kubehop_engine::diagnostic::Severity;
pub use links::LinksView;
pub use panels::{Panels, PanelsView, RulesPanel};
pub use problems::{ProblemGroup, ProblemView, ProblemsView};
pub use rules::{RuleGroupView, RuleLineView, RulesView};
pub use search::{FoundKind, FoundView, SearchPanel, SearchView};
pub use settings::{PROXY_MODES, SettingChange, Settings};
pub use trace::{CauseView, Doubt, HopRule, HopView, RulePart, Tone, TraceView, VerdictView};

/// The state of a session, ready to be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageView {
    /// The language of every sentence in here.
    pub language: Language,
    /// The words of the page; `None` if they are those of the view before.
    pub labels: Option<Rc<Labels>>,
    /// The examples that can be opened, in order.
    pub lessons: Rc<Vec<LessonTitle>>,
    /// The open example; `None` once its text was edited.
    pub lesson: Option<Rc<LessonView>>,
    /// The cluster's settings.
    pub settings: Rc<Settings>,
    /// The request as typed, and what is wrong with it.
    pub request: Rc<RequestView>,
    /// Who can call, as `client`, `pod/NAME`, `node/NAME`.
    pub origins: Rc<Vec<String>>,
    /// What can be called, as URLs.
    pub targets: Rc<Vec<String>>,
    /// Whether the text is broken and the picture is the last good one.
    pub stale: bool,
    /// What documents that cannot be parsed mean for the picture; `None` if all of them can.
    pub unparsed: Option<String>,
    /// The picture.
    pub scene: Rc<Scene>,
    /// The shown connection.
    pub trace: Option<Rc<TraceView>>,
    /// Many connections, while they are shown.
    pub flow: Option<Rc<Flow>>,
    /// Who answers on the connection that was opened last and is still open.
    pub open: Option<String>,
    /// Whether the shown connection is a new one and not more on an open one.
    pub is_new: bool,
    /// The selected object.
    pub selected: Option<ShapeId>,
    /// What belongs to the object that is pointed at, or else to the selected one.
    pub links: Rc<LinksView>,
    /// The lines of the text to light, first and last, from 1.
    pub lit: Rc<Vec<(u32, u32)>>,
    /// What is wrong with the text.
    pub problems: Rc<ProblemsView>,
    /// What happened to the cluster, in order.
    pub events: Rc<Vec<EventView>>,
    /// What can happen to the selected object.
    pub possible: Rc<Vec<PossibleEventView>>,
    /// What there is: `1 Service · 1 Pod · 3 Nodes · {took} ms`, with `{took}` left to fill in.
    pub counts: Rc<str>,
    /// The inputs of the session except the text, as a JSON object: what is kept and put into links.
    pub kept: Rc<str>,
    /// The course.
    pub course: Rc<CourseView>,
    /// The parts that the page requested.
    pub panels: PanelsView,
}

/// The words on the page: a label's name, with `.part` for a further part of it, and its text.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Labels(pub Vec<(String, String)>);

impl Labels {
    /// The text of a label; its name if there is none, which is odd but never blank.
    pub fn label(&self, name: &str) -> String {
        self.find(name).unwrap_or(name).to_owned()
    }

    fn find(&self, name: &str) -> Option<&str> {
        let index = self
            .0
            .binary_search_by(|(other, _)| other.as_str().cmp(name))
            .ok()?;
        Some(&self.0[index].1)
    }
}

/// An example of the picker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonTitle {
    /// Its name in links.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// The text of an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonView {
    /// Its name in links.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its paragraphs; what is between backticks is code.
    pub paragraphs: Vec<String>,
}

/// The request bar.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RequestView {
    /// Who calls.
    pub from: String,
    /// What is called.
    pub to: String,
    /// Why that is no request.
    pub error: Option<String>,
    /// Whether a Pod that could call is offered, since the text has none.
    pub offers_client: bool,
}

/// An event that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventView {
    /// The event, as the text tool reads it: `delete pod/web-0`.
    pub event: String,
    /// What happened, in words.
    pub text: String,
    /// The kubectl command that does it; `None` where no command does.
    pub command: Option<String>,
    /// What causes it, where no command does.
    pub cause: Option<String>,
}

/// An event that can be caused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PossibleEventView {
    /// The event, as the text tool reads it: `delete pod/web-0`.
    pub event: String,
    /// The words on its button.
    pub act: String,
    /// Its name in the command palette.
    pub command: String,
}

/// A line that was run in the console, and what it printed. Without a line, it lists how the typed one may go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The line.
    pub line: String,
    /// What it printed, in the order of writing.
    pub printed: Vec<(Printed, String)>,
}

/// What a part of a line's output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Printed {
    /// The answer.
    Answer,
    /// What a program writes beside its answer.
    Note,
    /// The error of a program that failed.
    Error,
}

/// What can be copied from the page as text, or saved as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CopiedText {
    /// The trace, as `kubehop trace` prints it.
    Trace,
    /// The trace, as `kubehop trace --json` prints it.
    Json,
    /// The trace, as `kubehop trace --output markdown` prints it.
    Markdown,
    /// The trace, as `kubehop trace --output mermaid` prints it.
    Mermaid,
    /// What is wrong with the text, as `kubehop check` prints it.
    Problems,
    /// A node's rules, as `kubehop rules` prints them.
    Rules(String),
    /// Who reaches what in a namespace or all, as `kubehop matrix` prints it.
    Matrix(MatrixForm, Option<String>),
}

impl PageView {
    /// Replaces parts that are equal to the previous view's by those, so that a comparison by address finds no change.
    pub fn reuse(&mut self, before: &PageView) {
        keep(&mut self.lessons, &before.lessons);
        keep_some(&mut self.lesson, before.lesson.as_ref());
        keep(&mut self.settings, &before.settings);
        keep(&mut self.request, &before.request);
        keep(&mut self.origins, &before.origins);
        keep(&mut self.targets, &before.targets);
        keep(&mut self.scene, &before.scene);
        keep_some(&mut self.trace, before.trace.as_ref());
        keep_some(&mut self.flow, before.flow.as_ref());
        keep(&mut self.lit, &before.lit);
        keep(&mut self.problems, &before.problems);
        keep(&mut self.events, &before.events);
        keep(&mut self.possible, &before.possible);
        keep(&mut self.course, &before.course);
        keep_some(&mut self.panels.rules, before.panels.rules.as_ref());
        keep_some(&mut self.panels.dns, before.panels.dns.as_ref());
        keep_some(&mut self.panels.endpoints, before.panels.endpoints.as_ref());
        keep_some(&mut self.panels.search, before.panels.search.as_ref());
        keep_some(&mut self.panels.commands, before.panels.commands.as_ref());
        keep_some(&mut self.panels.trace, before.panels.trace.as_ref());
        if self.labels.is_none() {
            self.labels = before.labels.clone();
        }
    }
}

fn keep<T: PartialEq + ?Sized>(part: &mut Rc<T>, before: &Rc<T>) {
    if **part == **before {
        *part = before.clone();
    }
}

fn keep_some<T: PartialEq + ?Sized>(part: &mut Option<Rc<T>>, before: Option<&Rc<T>>) {
    if let (Some(part), Some(before)) = (part, before) {
        keep(part, before);
    }
}
