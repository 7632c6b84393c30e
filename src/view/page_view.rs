//! Everything the page shows, as one plain value that goes from the worker to the page.
//!
//! The session ([`super::session::Model`]) makes it; components print it. It contains sentences in the page's language
//! instead of reasons, and strings instead of engine types, so that the page's program needs neither the engine nor the
//! message catalogue. Parts that are large and rarely seen are `None` unless the page asked for them ([`Panels`]).

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::course::CourseView;
use super::fix_preview::FixPreview;
use super::flow::Flow;
use super::language::Language;
use super::matrix_view::MatrixForm;
use super::scene::{PacketKind, Scene, ShapeId};
use super::timeline::Timeline;
pub use kubehop_engine::diagnostic::Severity;

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
    /// The picture.
    pub scene: Rc<Scene>,
    /// The shown connection.
    pub trip: Option<Rc<TripView>>,
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
    /// The parts that the page asked for.
    pub panels: PanelsView,
}

/// What belongs to one object, so that every part of the page lights it.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LinksView {
    /// Whether the object is selected, and not only pointed at.
    pub is_selected: bool,
    /// Its shapes in both pictures.
    pub shapes: Vec<ShapeId>,
    /// The Service whose rules and slices they are.
    pub service: Option<ShapeId>,
    /// The addresses in rules and slices.
    pub addresses: Vec<String>,
    /// The node of endpoints.
    pub node: Option<String>,
}

impl LinksView {
    /// Whether an object belongs to it.
    pub fn has(&self, key: Option<&ShapeId>) -> bool {
        key.is_some_and(|key| self.shapes.contains(key))
    }

    /// Whether a line of rules belongs to it: it is for the Service, or contains an address.
    pub fn has_rule(&self, line: &RuleLineView) -> bool {
        let is_about = self.service.is_some() && self.service == line.about;
        let is_outside = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '.' | ':');
        let mut words = line.text.split(is_outside);
        // An IPv4 address may have its port behind it.
        let has = |word: &str| {
            let before_port = word.rsplit_once(':').map(|(address, _)| address);
            self.has_address(word) || before_port.is_some_and(|address| self.has_address(address))
        };
        is_about || (self.service.is_none() && words.any(has))
    }

    /// Whether an address belongs to it.
    pub fn has_address(&self, address: &str) -> bool {
        self.addresses.iter().any(|own| own == address)
    }
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

/// The names of kube-proxy's modes, in the order in which they are offered.
pub const PROXY_MODES: [&str; 3] = ["iptables", "nftables", "ipvs"];

/// The cluster's settings as the form shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// How many nodes there are when the manifests name none.
    pub nodes: String,
    /// The first pod range.
    pub pod_cidr: String,
    /// The first Service range.
    pub service_cidr: String,
    /// The DNS domain.
    pub domain: String,
    /// The name of what gives LoadBalancer Services their addresses.
    pub load_balancer: String,
    /// The name of what enforces NetworkPolicies.
    pub plugin: String,
    /// Whether all Services exist before the first pod starts.
    pub services_first: bool,
    /// The name of kube-proxy's mode.
    pub proxy_mode: String,
}

/// A change of one setting, as the form has it: text that may be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SettingChange {
    /// How many nodes.
    Nodes(String),
    /// The pod range.
    PodCidr(String),
    /// The Service range.
    ServiceCidr(String),
    /// The DNS domain.
    Domain(String),
    /// The name of a load balancer: `metallb`.
    LoadBalancer(String),
    /// The name of a plugin: `calico`.
    NetworkPlugin(String),
    /// `written` or `first`.
    Creation(String),
    /// The name of a mode: `nftables`.
    ProxyMode(String),
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
}

/// One connection, hop by hop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TripView {
    /// Its hops, in order.
    pub hops: Vec<HopView>,
    /// How it ended.
    pub verdict: VerdictView,
    /// Whether it ended badly.
    pub is_failure: bool,
    /// Who answered, so that the connection stays open; `None` if nobody did.
    pub endpoint: Option<String>,
    /// The times of its hops.
    pub timeline: Timeline,
    /// Whether it could go through a Gateway as well as through an Ingress controller.
    pub can_compare: bool,
    /// The request through both, while that is shown.
    pub both: Option<BothView>,
}

/// The same request through an Ingress controller and through a Gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BothView {
    /// What differs.
    pub headline: String,
    /// Whether nothing does.
    pub is_same: bool,
    /// What differs, then the rest.
    pub rows: Vec<BothRow>,
    /// Who calls.
    pub from: String,
    /// What is called: the Ingress controller, the Gateway.
    pub calls: [String; 2],
    /// That the text was added to.
    pub note: Option<String>,
}

/// One thing that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BothRow {
    /// Its name.
    pub label: String,
    /// Whether it differs.
    pub differs: bool,
    /// What it is at the Ingress controller and at the Gateway.
    pub cells: [Vec<BothCell>; 2],
}

/// What something is, or may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BothCell {
    /// In words; empty if there is none.
    pub text: String,
    /// How likely it is; `None` if it is certain.
    pub share: Option<String>,
}

/// One hop in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HopView {
    /// Its name on the track.
    pub stop: String,
    /// `hop 2 of 7`.
    pub count: String,
    /// `2 / 7`.
    pub short_count: String,
    /// Why the packet went this way.
    pub text: String,
    /// More about it.
    pub detail: Option<String>,
    /// A remark in small print.
    pub note: Option<String>,
    /// Source and destination on arrival, as `ip:port`.
    pub before: (String, String),
    /// Source and destination on departure.
    pub after: (String, String),
    /// `TCP · SYN · TTL 62`, on arrival.
    pub summary_before: String,
    /// The same on departure.
    pub summary: String,
    /// What the packet that comes here is for.
    pub kind: PacketKind,
    /// What the packet that leaves is for.
    pub kind_after: PacketKind,
    /// The rules that matched and did something, each in parts.
    pub rules: Vec<Vec<RulePart>>,
    /// The node whose rules decided this hop, or the last one before it.
    pub rules_node: Option<String>,
}

/// A part of a printed rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePart {
    /// The text.
    pub text: String,
    /// Whether this part did something: a mark, a choice, a rewrite, a refusal.
    pub is_marked: bool,
}

/// How a connection ended, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictView {
    /// How well.
    pub tone: Tone,
    /// The headline.
    pub text: String,
    /// More about it in one paragraph: the most specific cause, or the general sentence.
    pub summary: Option<String>,
    /// The general sentence; `None` if the causes replace it.
    pub detail: Option<String>,
    /// Why, most specific first.
    pub causes: Vec<CauseView>,
}

/// One cause of a failure, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseView {
    /// Its index among the causes, for [`super::session::Ask::FixCause`].
    pub index: usize,
    /// What is wrong.
    pub text: String,
    /// More about it.
    pub detail: Option<String>,
    /// How doubtful it is; `None` if the objects prove it.
    pub doubt: Option<Doubt>,
    /// Line and column, from 1, of the field that shows it; `None` if it is not in the text.
    pub position: Option<(u32, u32)>,
    /// A command that repairs it or shows more.
    pub command: Option<String>,
    /// The page of the Kubernetes documentation that explains it.
    pub docs: String,
    /// What the edit that is offered would change.
    pub fix: Option<FixPreview>,
    /// What to call instead, as [`super::session::Ask::Call`] takes it: from, to.
    pub call: Option<(String, String)>,
}

/// How doubtful a cause is that the objects do not prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// It explains what happens; something outside the text could, too.
    Likely,
    /// The text cannot tell.
    Possible,
}

/// How well a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// It was answered.
    Good,
    /// An answer is not known.
    Unsure,
    /// It failed.
    Bad,
}

/// What is wrong with the text.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProblemsView {
    /// `2 errors`; `None` if there are none.
    pub errors: Option<String>,
    /// `1 warning`; `None` if there are none.
    pub warnings: Option<String>,
    /// `3 notes`; `None` if there are none.
    pub notes: Option<String>,
    /// The worst ones, the errors first.
    pub shown: Vec<ProblemGroup>,
    /// That some are not listed.
    pub more: Option<String>,
    /// What the editor underlines: a JSON list of `Problem` in `src/editor/marks.ts`.
    pub underlines: String,
}

/// One line of the list: a problem, or many that are alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemGroup {
    /// The first is always shown, the others when the line is opened.
    pub problems: Vec<ProblemView>,
    /// `12 more of this kind`; `None` if there is one alone.
    pub others: Option<String>,
    /// That some are not listed.
    pub more: Option<String>,
}

/// One problem in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemView {
    /// Its index among all, for [`super::session::Ask::Fix`].
    pub index: usize,
    /// How bad it is.
    pub severity: Severity,
    /// Line and column, from 1.
    pub position: (u32, u32),
    /// What is wrong.
    pub text: String,
    /// More about it.
    pub detail: Option<String>,
    /// What the edit that is offered would change.
    pub fix: Option<FixPreview>,
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

/// The large parts of the page that are open.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Panels {
    /// What of the Rules tab is shown, if it is open.
    pub rules: Option<RulesPanel>,
    /// Whether the DNS tab is open.
    pub dns: bool,
    /// What EndpointSlices of the Endpoints tab must contain, if it is open.
    pub endpoints: Option<String>,
    /// What is searched, if the search is open.
    pub search: Option<SearchPanel>,
    /// Whether the command palette is open.
    pub commands: bool,
    /// Whether the page around an embedded one hears of traces.
    pub trace: bool,
}

/// What of a node's rules is shown.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RulesPanel {
    /// The node; `None` for the first one.
    pub node: Option<String>,
    /// What lines must contain.
    pub filter: String,
}

/// What is searched.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SearchPanel {
    /// Words that must all be in the name, a label (`app=web`), the address, the node or the owner.
    pub text: String,
    /// Only this kind.
    pub kind: Option<FoundKind>,
    /// Only this namespace; empty for every one.
    pub namespace: String,
    /// Only what the shown connection goes through.
    pub on_path: bool,
}

/// A kind of what is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FoundKind {
    /// A Service.
    Service,
    /// A pod.
    Pod,
    /// A node.
    Node,
}

/// What the search found.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SearchView {
    /// What was searched.
    pub panel: SearchPanel,
    /// The first ones.
    pub found: Vec<FoundView>,
    /// `31 found`.
    pub count: String,
    /// `… 700 more`.
    pub more: Option<String>,
    /// Every namespace.
    pub namespaces: Vec<String>,
}

/// An object that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    /// The object.
    pub key: ShapeId,
    /// Its kind.
    pub kind: FoundKind,
    /// Its name, with its namespace.
    pub name: String,
    /// Its address and node.
    pub detail: String,
    /// Whether the shown connection goes through it.
    pub is_on_path: bool,
    /// A pod's owner: `Deployment shop/web`.
    pub group: Option<String>,
    /// How many pods of the owner were found; 0 unless it is the first one of them.
    pub group_size: usize,
    /// What calls it.
    pub target: Option<String>,
}

/// What the open panels show; `None` for a closed one.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct PanelsView {
    /// The Rules tab.
    pub rules: Option<Rc<RulesView>>,
    /// The DNS tab; `Some` without questions if no name was looked up.
    pub dns: Option<Rc<DnsView>>,
    /// The Endpoints tab.
    pub endpoints: Option<Rc<EndpointsView>>,
    /// What the search found.
    pub search: Option<Rc<SearchView>>,
    /// Every event that can be caused, for the command palette.
    pub commands: Option<Rc<Vec<PossibleEventView>>>,
    /// The trace, as `kubehop trace --json` prints it.
    pub trace: Option<Rc<str>>,
}

/// The Rules tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesView {
    /// The node.
    pub node: String,
    /// All nodes.
    pub nodes: Vec<String>,
    /// The command that prints the rules on a node.
    pub command: String,
    /// What it prints, by chain, set or map.
    pub groups: Vec<RuleGroupView>,
    /// `12 of 340 lines`, if they are searched.
    pub found: Option<String>,
    /// `… 700 more chains`.
    pub more: Option<String>,
}

/// The rules of a chain, or the elements of a set or map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleGroupView {
    /// Its name.
    pub title: String,
    /// Its lines; fewer than there are in a large cluster.
    pub lines: Vec<RuleLineView>,
    /// How many rules or elements it has.
    pub count: usize,
}

/// One line of a node's rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleLineView {
    /// The line as the node's tool prints it.
    pub text: String,
    /// Whether it is a heading and not a rule: a table, a chain, a comment.
    pub is_heading: bool,
    /// The first hop, from 0, at which the shown packet matched it.
    pub hop: Option<usize>,
    /// The hop at which the kernel drew for it, and it was not drawn.
    pub passed: Option<usize>,
    /// One of how many packets it takes, if it takes them at random.
    pub one_of: Option<u32>,
    /// The Service that it is for.
    pub about: Option<ShapeId>,
}

/// The DNS tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsView {
    /// The client's /etc/resolv.conf.
    pub resolv_conf: String,
    /// The names asked for, in order.
    pub questions: Vec<QuestionView>,
}

/// One name asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// The name, with its final dot.
    pub name: String,
    /// `NOERROR`, `NXDOMAIN`, …
    pub outcome: String,
    /// How well.
    pub tone: Tone,
    /// The records, a line each.
    pub answer: String,
}

/// The Endpoints tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointsView {
    /// The slices, those of the called Service first, those of the cluster itself last.
    pub slices: Vec<SliceView>,
    /// `… 700 more EndpointSlices`.
    pub more: Option<String>,
    /// The variables of the calling pod.
    pub environment: EnvironmentView,
}

/// One EndpointSlice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SliceView {
    /// Its Service.
    pub service: String,
    /// The same as an object.
    pub key: Option<ShapeId>,
    /// Its name.
    pub name: String,
    /// Its ports.
    pub ports: String,
    /// Its endpoints.
    pub endpoints: Vec<EndpointView>,
}

/// One endpoint of a slice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointView {
    /// Its address.
    pub address: String,
    /// Its state.
    pub state: EndpointState,
    /// The pod.
    pub target: String,
    /// The same as an object.
    pub key: Option<ShapeId>,
    /// The node.
    pub node: String,
}

/// Whether an endpoint takes new connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndpointState {
    /// It does.
    Ready,
    /// It does not.
    NotReady,
    /// It is going away.
    Terminating,
}

/// The environment of the calling pod's first container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EnvironmentView {
    /// The caller is no pod.
    NoPod,
    /// The pod does not exist.
    Missing,
    /// The container's variables.
    Container {
        /// `POD · CONTAINER`.
        title: String,
        /// The variables, a line each.
        variables: String,
        /// A sentence about the Services that were created too late.
        missed: Option<String>,
    },
}

/// A line that was run in the console, and what it printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The line.
    pub line: String,
    /// What it printed.
    pub stdout: String,
    /// What it printed as errors.
    pub stderr: String,
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
    /// Takes the parts that are equal from the view before, so that a comparison by address sees no change.
    pub fn reuse(&mut self, before: &PageView) {
        keep(&mut self.lessons, &before.lessons);
        keep_some(&mut self.lesson, before.lesson.as_ref());
        keep(&mut self.settings, &before.settings);
        keep(&mut self.request, &before.request);
        keep(&mut self.origins, &before.origins);
        keep(&mut self.targets, &before.targets);
        keep(&mut self.scene, &before.scene);
        keep_some(&mut self.trip, before.trip.as_ref());
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
