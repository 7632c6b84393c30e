//! The first visit: one line that says what to do, and four stops that show where things are.

use yew::prelude::*;

use super::browser;
use super::message::{Msg, Tab};
use super::shared::{use_keyboard, use_words};

/// The key in the browser's storage which says that the tour is not offered again.
const SEEN: &str = "kubehop.toured";

/// Where a newcomer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TourStop {
    /// Before the first stop: the line.
    Welcome,
    /// At the manifests.
    Editor,
    /// At the button that sends.
    Send,
    /// At the packet's header.
    Header,
    /// At the rules of a node.
    Rules,
}

/// The stops after the welcome.
const STOPS: [TourStop; 4] = [
    TourStop::Editor,
    TourStop::Send,
    TourStop::Header,
    TourStop::Rules,
];

impl TourStop {
    /// The class of the page while it is shown.
    pub(crate) fn class(self) -> &'static str {
        match self {
            TourStop::Welcome => "",
            TourStop::Editor => "at-editor",
            TourStop::Send => "at-send",
            TourStop::Header => "at-header",
            TourStop::Rules => "at-rules",
        }
    }

    /// The tab that it shows.
    pub(crate) fn tab(self) -> Option<Tab> {
        match self {
            TourStop::Editor => Some(Tab::Manifests),
            TourStop::Header => Some(Tab::Packet),
            TourStop::Rules => Some(Tab::Rules),
            TourStop::Welcome | TourStop::Send => None,
        }
    }

    /// The labels of its name and its text.
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            TourStop::Welcome => ("tour-start", "tour-welcome"),
            TourStop::Editor => ("tour-editor", "tour-editor-text"),
            TourStop::Send => ("tour-send", "tour-send-text"),
            TourStop::Header => ("tour-header", "tour-header-text"),
            TourStop::Rules => ("tour-rules", "tour-rules-text"),
        }
    }
}

/// Where someone begins who opens the page: nowhere, if they were here before.
pub(crate) fn first_stop(has_session: bool) -> Option<TourStop> {
    let is_known = has_session || browser::stored(SEEN).is_some();
    (!is_known).then_some(TourStop::Welcome)
}

/// Keeps that the tour is over.
pub(crate) fn end() {
    browser::store(SEEN, "1");
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The line of the first visit.
#[component]
pub(crate) fn Welcome(props: &Props) -> Html {
    let words = use_words();
    let go = |stop: Option<TourStop>| props.send.reform(move |_: MouseEvent| Msg::Tour(stop));
    let (start, text) = TourStop::Welcome.labels();
    html! {
        <div class="welcome-place">
            <section class="welcome" aria-label={words.label(start)}>
                <span>{ words.label(text) }</span>
                <button onclick={go(Some(TourStop::Editor))}>{ words.label(start) }</button>
                <button class="close" aria-label={words.label("tour-skip")} onclick={go(None)}>
                    { "✕" }
                </button>
            </section>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct TourProps {
    /// The stop.
    pub(crate) stop: TourStop,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The card of a stop.
#[component]
pub(crate) fn Tour(props: &TourProps) -> Html {
    let words = use_words();
    use_keyboard("tour-next");
    let TourProps { stop, send } = props;
    let place = STOPS.iter().position(|own| own == stop).unwrap_or_default();
    let (back, next) = (place.checked_sub(1), STOPS.get(place + 1).copied());
    {
        let send = send.clone();
        use_effect_with((), move |()| {
            let listener = browser::on_escape(move || send.emit(Msg::Tour(None)));
            move || drop(listener)
        });
    }
    let go = |stop: Option<TourStop>| send.reform(move |_: MouseEvent| Msg::Tour(stop));
    let (name, text) = stop.labels();
    let on = if next.is_some() {
        "tour-next"
    } else {
        "tour-done"
    };
    html! {
        <div class={classes!("tour", stop.class())} role="dialog" aria-labelledby="tour-name">
            <h2 id="tour-name">{ words.label(name) }</h2>
            <p aria-live="polite">{ words.label(text) }</p>
            <div class="tour-keys">
                <span class="dim">{ format!("{} / {}", place + 1, STOPS.len()) }</span>
                if next.is_some() {
                    <button class="link" onclick={go(None)}>{ words.label("tour-skip") }</button>
                }
                if let Some(back) = back {
                    <button onclick={go(Some(STOPS[back]))}>{ words.label("tour-back") }</button>
                }
                <button id="tour-next" class="pri" onclick={go(next)}>{ words.label(on) }</button>
            </div>
        </div>
    }
}
