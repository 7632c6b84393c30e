//! The root: holds the session and the page's own state, turns messages into changes, and runs the clock.

use std::rc::Rc;

use kubehop::answers::PositionAnswer;
use kubehop::engine::causes;
use kubehop::engine::console::kubectl;
use kubehop::engine::diagnostic::Severity;
use kubehop::simulation::convert;
use kubehop::view::camera::Camera;
use kubehop::view::cross_reference;
use kubehop::view::i18n::{Catalogue, Language};
use kubehop::view::scene::{Point, View};
use kubehop::view::session::{self, Action, Effect, Saved, Session};
use kubehop::view::timeline::Motion;
use kubehop::{problems_as_text, trace_as_json, trace_as_text};
use yew::prelude::*;

use super::browser;
use super::cluster_form::ClusterForm;
use super::dialogs::Dialogs;
use super::dns_tab::DnsTab;
use super::editor_pane::{EditorPane, Order, Task};
use super::endpoints_tab::EndpointsTab;
use super::events_panel::Happenings;
use super::kubectl_tab::{Exchange, KubectlTab};
use super::lesson_tab::LessonTab;
use super::message::{Copied, Dialog, Msg, Tab, Theme};
use super::packet_tab::PacketTab;
use super::palette::Palette;
use super::picture_pane::StagePane;
use super::problems::Problems;
use super::request_bar::RequestBar;
use super::rules_tab::RulesTab;
use super::shared::{Same, Words};
use super::status_bar::Foot;
use super::tabs::Tabs;
use super::top_bar::TopBar;
use super::transport::Transport;

/// The name the session is kept under.
const KEPT: &str = "kubehop.session";

/// A text of more bytes than this is not read at every keystroke.
const LARGE: usize = 200_000;

/// Milliseconds the session is left alone before it is kept.
const LULL: u32 = 250;

/// Milliseconds nobody types before a large text is read.
const PAUSE: u32 = 400;

/// Milliseconds a note stays.
const NOTE: u32 = 2_000;

/// The page.
pub struct Root {
    session: Session,
    words: Words,
    language: Language,
    theme: Theme,
    left: Tab,
    right: Tab,
    sheet: Tab,
    narrow: bool,
    dialog: Option<Dialog>,
    note: Option<&'static str>,
    region: (f32, f32),
    camera: Option<Camera>,
    order: Order,
    took: f64,
    console: Rc<Vec<Exchange>>,
    shared: Shared,
    last_frame: Option<f64>,
    frame: Option<browser::Frame>,
    timeout: Option<browser::Timer>,
    saving: Option<browser::Timer>,
    settling: Option<browser::Timer>,
    _listeners: Vec<Option<browser::Listener>>,
}

/// Lists made from the session that components share until they change.
struct Shared {
    world: Same<kubehop::engine::trace::Network>,
    origins: Rc<Vec<String>>,
    targets: Rc<Vec<String>>,
}

impl Shared {
    fn of(session: &Session) -> Shared {
        let cluster = &session.world.resolved.cluster;
        Shared {
            world: Same(session.world.clone()),
            origins: Rc::new(session::origins(cluster)),
            targets: Rc::new(session::targets(cluster)),
        }
    }
}

impl Component for Root {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let begun = browser::now();
        let linked = browser::fragment()
            .strip_prefix("s=")
            .and_then(Saved::from_fragment);
        let saved = linked.or_else(|| browser::stored(KEPT).as_deref().and_then(Saved::from_json));
        let mut session = saved.map_or_else(Session::new, Session::restored);
        if browser::wants_less_motion() {
            session.apply(Action::SetMotion(Motion::Steps));
        }
        let language = browser::languages()
            .iter()
            .find_map(|code| Language::of(code))
            .unwrap_or(Language::English);
        browser::set_language(language.code());
        let send = ctx.link().callback(|message: Msg| message);
        let narrow = send.reform(|()| Msg::Narrow(browser::is_narrow()));
        Root {
            shared: Shared::of(&session),
            took: browser::now() - begun,
            session,
            words: Same(Rc::new(Catalogue::named(language))),
            language,
            theme: browser::theme(),
            left: Tab::Manifests,
            right: Tab::Packet,
            sheet: Tab::Packet,
            narrow: browser::is_narrow(),
            dialog: None,
            note: None,
            region: (0.0, 0.0),
            camera: None,
            order: Order {
                number: 0,
                task: Task::Rest,
            },
            console: Rc::default(),
            last_frame: None,
            frame: None,
            timeout: None,
            saving: None,
            settling: None,
            _listeners: vec![
                browser::on_resize(narrow),
                browser::on_leave(send.reform(|()| Msg::Keep)),
                on_key(&send),
            ],
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        let running = matches!(message, Msg::Frame(_));
        let changed = self.react(ctx, message);
        if self.session.playing && self.frame.is_none() {
            self.last_frame = self.last_frame.filter(|_| running);
            self.frame = Some(browser::next_frame(ctx.link().callback(Msg::Frame)));
        }
        changed
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        if first {
            browser::clear_shell();
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let send = ctx.link().callback(|message: Msg| message);
        html! {
            <ContextProvider<Words> context={self.words.clone()}>
                <div class="app" inert={self.dialog.is_some()}>
                    <TopBar lesson={self.session.lesson} view={self.session.view} language={self.language} config={self.session.config.clone()} send={send.clone()} />
                    <main>
                        { self.left(&send) }
                        { self.centre(&send) }
                        { self.right(&send) }
                    </main>
                    { self.foot(&send) }
                </div>
                { self.over(&send) }
            </ContextProvider<Words>>
        }
    }
}

impl Root {
    fn react(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Do(Action::Edit(text)) if text.len() > LARGE => self.edit_later(ctx, text, PAUSE),
            Msg::Do(action) => self.act(ctx, action),
            Msg::Settled(text) if !self.session.read_ahead(&text) => self.edit_later(ctx, text, 0),
            Msg::Settled(text) => {
                self.note = None;
                self.act(ctx, Action::Edit(text));
                self.command(Task::Rewrite);
            }
            Msg::Frame(time) => return self.tick(time),
            Msg::Region(width, height) => {
                self.region = (width, height);
                self.session.apply(Action::Resize(width));
            }
            Msg::Look(camera) => self.camera = camera,
            Msg::Open(tab) => self.open(tab),
            Msg::Show(dialog) => self.dialog = dialog,
            Msg::Theme => {
                self.theme = self.theme.other();
                browser::set_theme(self.theme);
            }
            Msg::Speak(language) => {
                self.language = language;
                self.words = Same(Rc::new(Catalogue::named(language)));
                browser::set_language(language.code());
            }
            Msg::Cursor(line) => {
                let key = cross_reference::at(&self.session.world.resolved, line);
                self.session.apply(Action::Select(key));
            }
            Msg::Reveal(line, column) => {
                self.open(Tab::Manifests);
                self.command(Task::Reveal(line, column));
            }
            Msg::Narrow(narrow) => return std::mem::replace(&mut self.narrow, narrow) != narrow,
            Msg::Keep => return self.keep(),
            Msg::Dropped(text) if text.len() > LARGE => self.edit_later(ctx, text, 0),
            Msg::Dropped(text) => {
                self.act(ctx, Action::Edit(text));
                self.command(Task::Rewrite);
            }
            Msg::Note(note) => {
                self.note = note;
                let hide = ctx.link().callback(|()| Msg::Note(None));
                self.timeout = note.map(|_| browser::later(NOTE, hide));
            }
            Msg::Copy(what) => {
                let note = self.text_of(what).map(|text| {
                    browser::copy(&text);
                    "copied"
                });
                return self.react(ctx, Msg::Note(note));
            }
            Msg::Run(line) => {
                let output = kubectl::run(
                    &self.session.world.resolved,
                    &line,
                    kubectl::Clock::default(),
                );
                Rc::make_mut(&mut self.console).push(Exchange { line, output });
            }
            Msg::Key(key) => return self.key(ctx, &key),
        }
        true
    }

    /// What is copied; none when there is nothing of the kind.
    fn text_of(&self, what: Copied) -> Option<String> {
        let trip = self.session.trip.as_deref();
        let trace = trip.map(|trip| {
            convert::trace(
                &trip.trace,
                &causes::of_trace(&self.session.world, &trip.trace),
                &self.words,
            )
        });
        match what {
            Copied::Trace => trace.map(|trace| trace_as_text(&trace)),
            Copied::Json => trace.map(|trace| trace_as_json(&trace)),
            Copied::Problems => {
                let diagnostics = self.session.diagnostics.iter();
                let problems: Vec<_> = diagnostics
                    .map(|own| convert::problem(own, &self.words))
                    .collect();
                let position = |own: PositionAnswer| format!("{}:{}", own.line, own.column);
                Some(problems_as_text(&problems, position))
            }
        }
    }

    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        let begun = browser::now();
        let before = (self.session.world.clone(), self.session.scene.size);
        for effect in self.session.apply(action) {
            match effect {
                Effect::Rewrite(_) => {
                    self.camera = None;
                    self.command(Task::Rewrite);
                }
                Effect::Replace(fix) => self.command(Task::Replace(fix)),
                Effect::Save => {
                    self.saving = Some(browser::later(LULL, ctx.link().callback(|()| Msg::Keep)));
                }
            }
        }
        if !Rc::ptr_eq(&before.0, &self.session.world) {
            self.took = browser::now() - begun;
            self.shared = Shared::of(&self.session);
        }
        if before.1 != self.session.scene.size {
            self.camera = None;
        }
    }

    /// A large text is read once nobody types any more, after a note that it will be has been drawn, and bit by bit.
    fn edit_later(&mut self, ctx: &Context<Self>, text: String, after: u32) {
        self.note = Some("working");
        let settled = ctx.link().callback(Msg::Settled);
        self.settling = Some(browser::later(
            after,
            Callback::from(move |()| settled.emit(text.clone())),
        ));
    }

    /// Keeps the session, if it changed since the last time.
    fn keep(&mut self) -> bool {
        if self.saving.take().is_some() {
            browser::store(KEPT, &self.session.saved().to_json());
        }
        false
    }

    fn tick(&mut self, time: f64) -> bool {
        let passed = self.last_frame.map_or(0.0, |last| (time - last) / 1000.0);
        self.last_frame = Some(time);
        self.frame = None;
        if !browser::is_hidden() {
            self.session.apply(Action::Tick(passed as f32));
        }
        true
    }

    fn command(&mut self, task: Task) {
        self.order = Order {
            number: self.order.number + 1,
            task,
        };
    }

    fn open(&mut self, tab: Tab) {
        self.sheet = tab;
        if tab.is_left() {
            self.left = tab;
        } else {
            self.right = tab;
        }
    }

    /// A key does the same whether the keyboard writes Latin or Korean letters.
    fn key(&mut self, ctx: &Context<Self>, key: &str) -> bool {
        let action = match key {
            "Palette" => return self.react(ctx, Msg::Show(Some(Dialog::Commands))),
            "Escape" if self.dialog.is_some() => return self.react(ctx, Msg::Show(None)),
            "Escape" => Action::Select(None),
            _ if self.dialog.is_some() => return false,
            "f" | "ㄹ" => return self.react(ctx, Msg::Look(None)),
            "d" | "ㅇ" => return self.react(ctx, Msg::Theme),
            "s" | "ㄴ" => Action::Send,
            " " => Action::TogglePlay,
            "n" | "ㅜ" => Action::SetView(View::Network),
            "c" | "ㅊ" => Action::SetView(View::Concept),
            "ArrowLeft" => Action::StepHop(-1),
            "ArrowRight" => Action::StepHop(1),
            _ => return false,
        };
        self.react(ctx, Msg::Do(action))
    }

    fn camera(&self) -> Camera {
        self.camera
            .unwrap_or_else(|| Camera::fit(self.session.scene.size, self.region, self.session.view))
    }

    fn panel(&self, tab: Tab, shown: bool, content: Html) -> Html {
        html! {
            <div class="panel" role="tabpanel" tabindex="0" id={format!("panel-{}", tab.label())} aria-labelledby={format!("tab-{}", tab.label())} hidden={!shown}>
                { content }
            </div>
        }
    }

    fn left(&self, send: &Callback<Msg>) -> Html {
        let open = if self.narrow { self.sheet } else { self.left };
        let away = self.narrow && !open.is_left();
        let session = &self.session;
        let lit = cross_reference::lines(
            &session.world.resolved,
            session.trip.as_deref().map(|trip| &trip.trace),
            session.selected.as_ref(),
        );
        let manifests = html! {
            <>
                <EditorPane text={session.text.clone()} diagnostics={Same(session.diagnostics.clone())} lit={Rc::new(if session.stale { Vec::new() } else { lit })}
                    order={self.order.clone()} send={send.clone()} />
                <Problems diagnostics={Same(session.diagnostics.clone())} send={send.clone()} />
            </>
        };
        html! {
            <aside class={classes!("side", "l", away.then_some("away"))}>
                <div class="grip"></div>
                if !away { <Tabs tabs={if self.narrow { Tab::ALL } else { Tab::LEFT }} {open} send={send.clone()} /> }
                { self.panel(Tab::Manifests, open == Tab::Manifests, manifests) }
                if open == Tab::Cluster { { self.panel(Tab::Cluster, true, html! { <ClusterForm config={session.config.clone()} send={send.clone()} /> }) } }
                if open == Tab::Lesson { { self.panel(Tab::Lesson, true, html! { <LessonTab lesson={session.lesson} /> }) } }
            </aside>
        }
    }

    fn centre(&self, send: &Callback<Msg>) -> Html {
        let session = &self.session;
        let error = session
            .request_error
            .as_ref()
            .map(|error| self.words.format(error).text);
        let trip = session.trip.clone().map(Same);
        let flow = session.flow.clone().map(Same);
        html! {
            <section class="stage">
                <RequestBar asked={session.asked.clone()} {error} origins={self.shared.origins.clone()} targets={self.shared.targets.clone()}
                    ready={session.trip.is_some()} streaming={session.playing && session.flow.as_ref().is_some_and(|flow| flow.trips.len() > 100)} send={send.clone()} />
                <StagePane scene={Same(session.scene.clone())} trip={trip.clone()} flow={flow.clone()} time={session.time} over={session.is_over()}
                    stale={session.stale} selected={session.selected.clone()} camera={self.camera()} region={self.region} theme={self.theme} send={send.clone()} />
                <Happenings events={session.events.clone()} world={self.shared.world.clone()} selected={session.selected.clone()} open={session.can_send_more()} send={send.clone()} />
                <Transport {trip} {flow} time={session.time} duration={session.duration()} playing={session.playing} speed={session.speed} width={self.region.0} send={send.clone()} />
            </section>
        }
    }

    fn right(&self, send: &Callback<Msg>) -> Html {
        let open = if self.narrow { self.sheet } else { self.right };
        let away = self.narrow && open.is_left();
        let session = &self.session;
        let trip = session.trip.clone().map(Same);
        let hop = session.moment().hop;
        let world = self.shared.world.clone();
        let content = match open {
            Tab::Rules => html! { <RulesTab {world} {trip} {hop} send={send.clone()} /> },
            Tab::Dns => html! { <DnsTab {trip} /> },
            Tab::Kubectl => {
                html! { <KubectlTab exchanges={self.console.clone()} send={send.clone()} /> }
            }
            Tab::Endpoints => html! { <EndpointsTab {world} from={session.asked.from.clone()} /> },
            Tab::Packet | Tab::Manifests | Tab::Cluster | Tab::Lesson => {
                html! { <PacketTab {trip} {hop} over={session.is_over()} send={send.clone()} /> }
            }
        };
        html! {
            <aside class={classes!("side", "r", away.then_some("away"))}>
                <div class="grip"></div>
                if !away { <Tabs tabs={if self.narrow { Tab::ALL } else { Tab::RIGHT }} {open} send={send.clone()} /> }
                if !away { { self.panel(open, true, content) } }
            </aside>
        }
    }

    fn foot(&self, send: &Callback<Msg>) -> Html {
        let errors = self
            .session
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .count();
        html! { <Foot counts={self.session.counts()} took={self.took} {errors} send={send.clone()} /> }
    }

    fn over(&self, send: &Callback<Msg>) -> Html {
        let dialog = match self.dialog {
            Some(Dialog::Commands) => {
                html! { <Palette world={self.shared.world.clone()} open={self.session.can_send_more()} happened={!self.session.events.is_empty()} send={send.clone()} /> }
            }
            Some(dialog) => {
                html! { <Dialogs {dialog} saved={self.session.saved()} send={send.clone()} /> }
            }
            None => Html::default(),
        };
        html! {
            <>
                { dialog }
                if let Some(note) = self.note { <div class="toast" role="status">{ self.words.label(note) }</div> }
            </>
        }
    }
}

/// The keys of the page, wherever no field takes them.
fn on_key(send: &Callback<Msg>) -> Option<browser::Listener> {
    let send = send.clone();
    browser::on_key(move |event| {
        let key = event.key();
        let palette = (event.ctrl_key() || event.meta_key())
            && (key.eq_ignore_ascii_case("k") || key == "ㅏ");
        if palette {
            send.emit(Msg::Key("Palette".to_owned()));
            return true;
        }
        if key == "Escape" {
            send.emit(Msg::Key(key));
            return false;
        }
        let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
        if !plain || browser::is_typing(event) || browser::is_control(event, &key) {
            return false;
        }
        send.emit(Msg::Key(key.clone()));
        matches!(key.as_str(), " " | "ArrowLeft" | "ArrowRight")
    })
}

/// Where a wheel or a button asks the picture to be enlarged.
pub fn zoomed(camera: Camera, factor: f32, about: Point) -> Msg {
    Msg::Look(Some(camera.zoomed(factor, about)))
}
