//! The root: holds what the page knows, turns messages into changes, and draws the regions of the screen.

use kubehop::view::camera::Camera;
use kubehop::view::flow::Flow;
use kubehop::view::page_view::{PageView, SearchPanel};
use kubehop::view::scene::Point;
use kubehop::view::session::{Player, Pointed, STREAM};
use yew::prelude::*;

use super::address::Mode;
use super::address_bar::AddressBar;
use super::browser;
use super::cluster_form::ClusterForm;
use super::dialogs::Dialogs;
use super::dns_tab::DnsTab;
use super::editor_pane::EditorPane;
use super::embed;
use super::endpoints_tab::EndpointsTab;
use super::event_log::EventLog;
use super::events_panel::EventsPanel;
use super::kubectl_tab::KubectlTab;
use super::lesson_tab::LessonTab;
use super::matrix_pane::MatrixPane;
use super::message::{Dialog, Msg, Shortcut, Side, Tab};
use super::packet_tab::PacketTab;
use super::page_state::{PageState, Shown};
use super::palette::Palette;
use super::picture_pane::PicturePane;
use super::problems::Problems;
use super::request_bar::RequestBar;
use super::rules_tab::RulesTab;
use super::search::Search;
use super::separator::{LEAST, Separator};
use super::shared::{Same, Words};
use super::sheet::Grip;
use super::shortcuts::Shortcuts;
use super::status_bar::StatusBar;
use super::tabs::Tabs;
use super::terms::Terms;
use super::top_bar::TopBar;
use super::tour::{Stop, Tour, Welcome};
use super::transport::Transport;

/// The pixels of the stage's width that buttons, speed and count take beside the track.
const BESIDE_TRACK: f32 = 340.0;

/// The pixels of the button of the log.
const LOG_BUTTON: f32 = 112.0;

fn beside_track(view: &PageView) -> f32 {
    if view.events.is_empty() {
        BESIDE_TRACK
    } else {
        BESIDE_TRACK + LOG_BUTTON
    }
}

/// The page.
pub(crate) struct Root {
    state: PageState,
    _listeners: Vec<Option<browser::Listener>>,
}

impl Component for Root {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let send = ctx.link().callback(|message: Msg| message);
        let narrow = send.reform(|()| Msg::Narrow(browser::is_narrow()));
        let pointed_at_nothing = send.reform(|()| Msg::Point(Pointed::Nothing));
        let mut listeners = vec![
            browser::on_resize(narrow),
            browser::on_link(),
            browser::on_leave(send.reform(|()| Msg::Keep)),
            on_key(send.clone()),
        ];
        listeners.extend(browser::on_pointer_change(&pointed_at_nothing));
        Root {
            state: PageState::new(send),
            _listeners: listeners,
        }
    }

    fn update(&mut self, _: &Context<Self>, message: Msg) -> bool {
        self.state.update(message)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if self.state.has_something_to_show() {
            browser::clear_shell();
        }
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let state = &self.state;
        let Some(shown) = state.shown() else {
            let fault = state.fault.map(|fault| fault.text(state.language));
            return html! { { for fault.map(|text| html! { <p class="fault" role="alert">{ text }</p> }) } };
        };
        let page = Page {
            state,
            shown,
            send: &state.send,
        };
        let words: Words = Same(shown.words.clone());
        let terms = Terms {
            glossary: Same(state.glossary()),
            send: state.send.clone(),
        };
        html! {
            <ContextProvider<Words> context={words}>
            <ContextProvider<Terms> context={terms}>
                if state.address.mode == Mode::Embed {
                    { embed::draw(state, shown) }
                } else {
                    { page.draw() }
                }
            </ContextProvider<Terms>>
            </ContextProvider<Words>>
        }
    }
}

/// What is drawn while there is a view.
struct Page<'a> {
    state: &'a PageState,
    shown: &'a Shown,
    send: &'a Callback<Msg>,
}

impl Page<'_> {
    fn draw(&self) -> Html {
        let Page { state, shown, send } = *self;
        let view = &shown.view;
        html! {
            <>
                <div
                    class={classes!("app", state.tour.map(Stop::class))}
                    inert={state.dialog.is_some()}
                >
                    { self.skip_links() }
                    <TopBar
                        lessons={Same(view.lessons.clone())}
                        states={Same(state.history.states.clone())}
                        course={Same(view.course.clone())}
                        current={state.history.current.clone()}
                        linked={state.is_beside}
                        lesson={view.lesson.as_ref().map(|lesson| lesson.id.clone())}
                        view={view.scene.view}
                        matrix={state.matrix.is_some()}
                        language={state.language}
                        settings={Same(view.settings.clone())}
                        send={send.clone()}
                    />
                    <main
                        class={classes!(state.is_sheet_up.then_some("sheet-up"))}
                        ~style={self.widths()}
                    >
                        { self.left() }
                        { self.centre() }
                        { self.right() }
                    </main>
                    <StatusBar
                        counts={shown.counts.clone()}
                        is_bad={view.problems.errors.is_some()}
                        send={send.clone()}
                    />
                </div>
                { self.dialog() }
                if let Some(stop) = state.tour.filter(|stop| *stop != Stop::Welcome) {
                    <Tour {stop} send={send.clone()} />
                }
                { self.note() }
            </>
        }
    }

    /// The widths of the sides, where somebody chose them.
    fn widths(&self) -> String {
        let (left, right) = self.state.widths;
        let width = |name: &str, width: Option<f32>| {
            let width = width.map(|width| format!("--{name}:min({width:.0}px,42vw);"));
            width.unwrap_or_default()
        };
        width("left", left) + &width("right", right)
    }

    fn edge(&self, side: Side) -> Html {
        let (left, right) = self.state.widths;
        let width = if side == Side::Left { left } else { right };
        let most = (browser::window_width() * 0.42).max(LEAST);
        html! { <Separator {side} {width} {most} send={self.send.clone()} /> }
    }

    /// The first stops of Tab: past the bar and the editor.
    fn skip_links(&self) -> Html {
        let words = &self.shown.words;
        let link = |label: &str, id: &'static str| {
            let onclick = self.send.reform(move |_: MouseEvent| Msg::Focus(id));
            html! { <button class="skip" {onclick}>{ words.label(label) }</button> }
        };
        html! {
            <nav class="skips" aria-label={words.label("skip-links")}>
                { link("skip-to-request", "to") }
                { link("skip-to-track", "track") }
            </nav>
        }
    }

    fn panel(&self, tab: Tab, is_shown: bool, content: Html) -> Html {
        html! {
            <div
                class="panel"
                role="tabpanel"
                tabindex="0"
                id={format!("panel-{}", tab.label())}
                aria-labelledby={format!("tab-{}", tab.label())}
                hidden={!is_shown}
            >
                { content }
            </div>
        }
    }

    fn left(&self) -> Html {
        let Page { state, shown, send } = *self;
        let view = &shown.view;
        let open = if state.narrow {
            state.sheet
        } else {
            state.left
        };
        let is_away = state.narrow && !open.is_left();
        let tabs = if state.narrow { Tab::ALL } else { Tab::LEFT };
        let manifests = html! {
            <>
                <EditorPane
                    key={format!("{:?}", state.address.mode)}
                    text={state.text.clone()}
                    problems={Same(view.problems.clone())}
                    lit={Same(view.lit.clone())}
                    links={Same(view.links.clone())}
                    order={state.order.clone()}
                    readonly={state.address.mode == Mode::View}
                    send={send.clone()}
                />
                <Problems
                    problems={Same(view.problems.clone())}
                    lit={Same(view.lit.clone())}
                    links={Same(view.links.clone())}
                    send={send.clone()}
                />
            </>
        };
        let cluster = || {
            let settings = Same(view.settings.clone());
            html! { <ClusterForm {settings} send={send.clone()} /> }
        };
        let lesson = || {
            let course = Same(view.course.clone());
            let lesson = view.lesson.clone().map(Same);
            html! { <LessonTab {lesson} {course} send={send.clone()} /> }
        };
        html! {
            <aside
                class={classes!("side", "l", is_away.then_some("away"))}
                aria-label={shown.words.label("left-side")}
            >
                <Grip is_up={state.is_sheet_up} send={send.clone()} />
                if !is_away {
                    <Tabs {tabs} {open} send={send.clone()} />
                }
                { self.panel(Tab::Manifests, open == Tab::Manifests, manifests) }
                if open == Tab::Cluster {
                    { self.panel(Tab::Cluster, true, cluster()) }
                }
                if open == Tab::Lesson {
                    { self.panel(Tab::Lesson, true, lesson()) }
                }
                { self.edge(Side::Left) }
            </aside>
        }
    }

    fn centre(&self) -> Html {
        let Page { state, shown, send } = *self;
        let (view, player) = (&shown.view, &state.player);
        let trip = player.trip.clone().map(Same);
        let flow = player.flow.clone().map(Same);
        let is_stream = flow.as_ref().is_some_and(is_stream);
        html! {
            <section class="stage" aria-label={shown.words.label("stage")}>
                { announcement(&state.player) }
                <RequestBar
                    request={Same(view.request.clone())}
                    typed={state.typed_target.clone()}
                    origins={Same(view.origins.clone())}
                    targets={Same(view.targets.clone())}
                    ready={trip.is_some() || view.course.is_unsent}
                    open={player.open_endpoint(view)}
                    streaming={player.is_playing && is_stream}
                    send={send.clone()}
                />
                <AddressBar
                    mode={state.address.mode}
                    notice={state.address.notice.clone()}
                    send={send.clone()}
                />
                if state.is_unkept {
                    { self.unkept() }
                }
                if let Some(matrix) = &state.matrix {
                    <MatrixPane
                        table={matrix.table.clone().map(Same)}
                        progress={matrix.progress}
                        took={matrix.took}
                        send={send.clone()}
                    />
                } else {
                    { self.picture() }
                }
            </section>
        }
    }

    /// The picture with what happens to it.
    fn picture(&self) -> Html {
        let Page { state, shown, send } = *self;
        let (view, player) = (&shown.view, &state.player);
        let trip = player.trip.clone().map(Same);
        let flow = player.flow.clone().map(Same);
        html! {
            <>
                <PicturePane
                    scene={Same(view.scene.clone())}
                    trip={trip.clone()}
                    flow={flow.clone()}
                    time={player.time}
                    over={player.is_over()}
                    stale={view.stale}
                    fault={state.fault.map(|fault| fault.text(state.language))}
                    selected={state.selected.clone()}
                    links={Same(view.links.clone())}
                    camera={state.camera()}
                    region={state.region}
                    theme={state.theme}
                    embedded=false
                    send={send.clone()}
                />
                { self.welcome() }
                <div class="controls">
                    <EventsPanel
                        possible={Same(view.possible.clone())}
                        selected={state.selected.clone()}
                        send={send.clone()}
                    />
                    <Transport
                        {trip}
                        {flow}
                        time={player.time}
                        duration={player.duration()}
                        playing={player.is_playing}
                        speed={player.speed}
                        track={state.region.0 - beside_track(view)}
                        end={self.event_log()}
                        send={send.clone()}
                    />
                </div>
            </>
        }
    }

    fn event_log(&self) -> Html {
        let Page { state, shown, send } = *self;
        let events = Same(shown.view.events.clone());
        let times = Same(state.event_times.times.clone());
        html! { <EventLog {events} {times} send={send.clone()} /> }
    }

    /// The line of the first visit.
    fn welcome(&self) -> Option<Html> {
        let is_shown = self.state.tour == Some(Stop::Welcome);
        is_shown.then(|| html! { <Welcome send={self.send.clone()} /> })
    }

    /// Says that the browser does not keep what is shown.
    fn unkept(&self) -> Html {
        let words = &self.shown.words;
        let download = self.send.reform(|_: MouseEvent| Msg::Download);
        html! {
            <div class="unkept" role="alert">
                <span>{ words.label("not-kept") }</span>
                <button onclick={download}>{ words.label("download") }</button>
            </div>
        }
    }

    fn right(&self) -> Html {
        let Page { state, shown, send } = *self;
        let open = if state.narrow {
            state.sheet
        } else {
            state.right
        };
        let is_away = state.narrow && open.is_left();
        let tabs = if state.narrow { Tab::ALL } else { Tab::RIGHT };
        html! {
            <aside
                class={classes!("side", "r", is_away.then_some("away"))}
                aria-label={shown.words.label("right-side")}
            >
                <Grip is_up={state.is_sheet_up} send={send.clone()} />
                if !is_away {
                    <Tabs {tabs} {open} send={send.clone()} />
                    { self.panel(open, true, self.right_tab(open)) }
                }
                { self.edge(Side::Right) }
            </aside>
        }
    }

    fn right_tab(&self, open: Tab) -> Html {
        let Page { state, shown, send } = *self;
        let panels = &shown.view.panels;
        match open {
            Tab::Rules => {
                let rules = panels.rules.clone().map(Same);
                let (filter, hop) = (state.sought.rules.clone(), state.player.moment().hop);
                let links = Same(shown.view.links.clone());
                html! { <RulesTab {rules} {filter} {hop} {links} send={send.clone()} /> }
            }
            Tab::Dns => html! { <DnsTab lookup={panels.dns.clone().map(Same)} /> },
            Tab::Kubectl => {
                let exchanges = Same(state.console.clone());
                let completed = Same(state.completed.clone());
                html! { <KubectlTab {exchanges} {completed} send={send.clone()} /> }
            }
            Tab::Endpoints => {
                let endpoints = panels.endpoints.clone().map(Same);
                let filter = state.sought.endpoints.clone();
                let links = Same(shown.view.links.clone());
                html! { <EndpointsTab {endpoints} {filter} {links} send={send.clone()} /> }
            }
            Tab::Packet | Tab::Manifests | Tab::Cluster | Tab::Lesson => {
                let trip = state.player.trip.clone().map(Same);
                let moment = state.player.moment();
                let (hop, phase) = (moment.hop, moment.phase());
                let over = state.player.is_over();
                let error = shown.view.request.error.clone();
                let scene = Same(shown.view.scene.clone());
                let links = Same(shown.view.links.clone());
                let time = state.player.time;
                let many = state.player.flow.clone();
                let many = many.map(|flow| (Same(flow.clone()), flow.started(time)));
                html! { <PacketTab {trip} {many} {scene} {links} {error} {hop} {phase} {over} send={send.clone()} /> }
            }
        }
    }

    fn dialog(&self) -> Html {
        let Page { state, shown, send } = *self;
        let view = &shown.view;
        match state.dialog {
            Some(Dialog::Commands) => html! {
                <Palette
                    lessons={Same(view.lessons.clone())}
                    possible={view.panels.commands.clone().map(Same)}
                    open={state.player.open_endpoint(view)}
                    happened={!view.events.is_empty()}
                    send={send.clone()}
                />
            },
            Some(Dialog::Search) => html! {
                <Search
                    panel={state.sought.cluster.clone()}
                    view={view.panels.search.clone().map(Same)}
                    send={send.clone()}
                />
            },
            Some(Dialog::Shortcuts) => html! {
                <Shortcuts single_keys={state.has_single_keys} send={send.clone()} />
            },
            Some(dialog) => {
                let session = state.kept();
                let (text, language) = (state.text.clone(), state.language);
                html! { <Dialogs {dialog} {session} {text} {language} send={send.clone()} /> }
            }
            None => Html::default(),
        }
    }

    fn note(&self) -> Html {
        match self.state.note {
            Some(note) => {
                let text = self.shown.words.label(note);
                html! { <div class="toast" role="status">{ text }</div> }
            }
            None => Html::default(),
        }
    }
}

/// What a screen reader says of the hop: where it is while the packet travels, and why once it is at rest.
pub(crate) fn announcement(player: &Player) -> Html {
    let hop = match &player.trip {
        Some(trip) if player.flow.is_none() => trip.hops.get(player.moment().hop),
        Some(_) | None => None,
    };
    let text = hop.map(|hop| {
        let what = if player.is_playing {
            &hop.stop
        } else {
            &hop.text
        };
        format!("{}: {what}", hop.count)
    });
    html! { <p class="hidden-text announcement" aria-live="polite">{ text }</p> }
}

/// Whether the connections are a stream's.
fn is_stream(flow: &Same<Flow>) -> bool {
    flow.connections.len() as u64 == STREAM.count
}

/// The keys of the page, wherever no field takes them.
fn on_key(send: Callback<Msg>) -> Option<browser::Listener> {
    browser::on_key(move |event| {
        let code = event.code();
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        if (event.ctrl_key() || event.meta_key()) && code == "KeyK" {
            send.emit(Msg::Key(Shortcut::Commands));
            return true;
        }
        if (event.ctrl_key() || event.meta_key()) && code == "KeyF" && browser::is_in_picture(event)
        {
            send.emit(Msg::Find(SearchPanel::default()));
            return true;
        }
        let shortcut = if event.key() == "?" {
            Some(Shortcut::Shortcuts)
        } else {
            Shortcut::of(&code)
        };
        let Some(shortcut) = shortcut else {
            return false;
        };
        if shortcut == Shortcut::Escape {
            send.emit(Msg::Key(shortcut));
            return false;
        }
        if has_modifier || browser::is_typing(event) || browser::is_control(event, &code) {
            return false;
        }
        send.emit(Msg::Key(shortcut));
        matches!(
            shortcut,
            Shortcut::TogglePlay | Shortcut::Back | Shortcut::Forward
        )
    })
}

/// Where a wheel or a button asks the picture to be enlarged.
pub(crate) fn zoomed(camera: Camera, factor: f32, about: Point) -> Msg {
    Msg::Look(Some(camera.zoomed(factor, about)))
}
