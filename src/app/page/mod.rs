//! The page while there is a view: its regions, and what is open over them.

mod centre;
mod left;
mod right;

use kubehop::view::session::Player;
use yew::prelude::*;

use super::browser;
use super::dialogs::Dialogs;
use super::message::{Dialog, Msg, Side, Tab};
use super::page_state::{PageState, Shown, SideWidths};
use super::palette::Palette;
use super::search::Search;
use super::separator::{LEAST, Separator};
use super::shared::Same;
use super::shortcuts::Shortcuts;
use super::status_bar::StatusBar;
use super::top_bar::TopBar;
use super::tour::{Tour, TourStop};

/// What is drawn while there is a view.
pub(crate) struct Page<'a> {
    pub(crate) state: &'a PageState,
    pub(crate) shown: &'a Shown,
    pub(crate) send: &'a Callback<Msg>,
}

impl Page<'_> {
    pub(crate) fn draw(&self) -> Html {
        let Page { state, shown, send } = *self;
        let view = &shown.view;
        html! {
            <>
                <div
                    class={classes!("app", state.tour.map(TourStop::class))}
                    inert={state.dialog.is_some()}
                >
                    { self.skip_links() }
                    <TopBar
                        lessons={Same(view.lessons.clone())}
                        states={Same(state.history.states.clone())}
                        course={Same(view.course.clone())}
                        current={state.history.current.clone()}
                        linked={state.is_beside}
                        is_opening={state.course.is_opening()}
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
                if let Some(stop) = state.tour.filter(|stop| *stop != TourStop::Welcome) {
                    <Tour {stop} send={send.clone()} />
                }
                { self.note() }
            </>
        }
    }

    /// The widths of the sides, where a person chose them.
    fn widths(&self) -> String {
        let SideWidths { left, right } = self.state.widths;
        let width = |name: &str, width: Option<f32>| {
            let width = width.map(|width| format!("--{name}:min({width:.0}px,42vw);"));
            width.unwrap_or_default()
        };
        width("left", left) + &width("right", right)
    }

    fn edge(&self, side: Side) -> Html {
        let widths = self.state.widths;
        let width = match side {
            Side::Left => widths.left,
            Side::Right => widths.right,
        };
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

    fn dialog(&self) -> Html {
        let Page { state, shown, send } = *self;
        let view = &shown.view;
        match state.dialog {
            Some(Dialog::Commands) => html! {
                <Palette
                    lessons={Same(view.lessons.clone())}
                    course={Same(view.course.clone())}
                    possible={view.panels.commands.clone().map(Same)}
                    states={Same(state.history.states.clone())}
                    language={state.language}
                    open={state.player.open_endpoint(view)}
                    typed={state.typed_ahead.clone()}
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

/// The text of the hop for screen readers: where the packet is while it travels, and why once it is at rest.
pub(crate) fn announcement(player: &Player) -> Html {
    let hop = match &player.trace {
        Some(trace) if player.flow.is_none() => trace.hops.get(player.moment().hop),
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
