//! The request: who calls what.

use kubehop::view::page_view::RequestView;
use kubehop::view::session::{Ask, MANY, MOST_CALLERS, STREAM};
use yew::prelude::*;

use super::browser;
use super::message::{Action, Msg};
use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The request as typed, and what is wrong with it.
    pub(crate) request: Same<RequestView>,
    /// The target as it is typed, while the worker has not answered it.
    pub(crate) typed: Option<String>,
    /// Who can call.
    pub(crate) origins: Same<Vec<String>>,
    /// What can be called.
    pub(crate) targets: Same<Vec<String>>,
    /// Whether there is anything to send.
    pub(crate) ready: bool,
    /// The endpoint of the open connection.
    pub(crate) open: Option<String>,
    /// Whether a connection is shown that was sent just now.
    pub(crate) sent: bool,
    /// Whether the stream runs.
    pub(crate) streaming: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The value of the choice that writes a client Pod into the text.
const NEW_CLIENT: &str = "new-client";

/// The request bar.
#[component]
pub(crate) fn RequestBar(props: &Props) -> Html {
    let words = use_words();
    let Props { request, send, .. } = props;
    let from = send.reform(|event: Event| {
        let chosen = browser::value_of(&event);
        ask(if chosen == NEW_CLIENT {
            Ask::AddClient
        } else {
            Ask::SetOrigin(chosen)
        })
    });
    html! {
        <div class="bar" role="group" aria-label={words.label("request")}>
            <div class="caller">
                <label for="from">{ words.label("from") }</label>
                <select id="from" class="from" onchange={from}>
                    { origin_options(request, &props.origins, &words) }
                </select>
            </div>
            <div class="called">
                <label for="to">{ words.label("to") }</label>
                { target_field(props) }
                <datalist id="targets">
                    { for props.targets.iter().map(|target| html! { <option value={target.clone()} /> }) }
                </datalist>
            </div>
            <div class="sends">{ send_buttons(props, &words) }</div>
            // It has its place from the first request on, so that the picture does not move when the answer comes.
            if props.open.is_some() || props.sent {
                { send_more(props, &words) }
            }
            <p id="to-error" class="wrong" role="status">{ request.error.clone() }</p>
        </div>
    }
}

fn target_field(props: &Props) -> Html {
    let Props { request, send, .. } = props;
    let to = send.reform(|event: InputEvent| ask(Ask::SetTarget(browser::value_of(&event))));
    let submit = {
        let (send, ready) = (send.clone(), props.ready);
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && ready {
                send.emit(Msg::Do(Action::Send));
            }
        })
    };
    let is_invalid = request.error.is_some();
    html! {
        <input
            id="to"
            class="field to"
            list="targets"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            value={props.typed.as_ref().unwrap_or(&request.to).clone()}
            oninput={to}
            onkeydown={submit}
            aria-invalid={is_invalid.to_string()}
            aria-describedby={is_invalid.then_some("to-error")}
        />
    }
}

/// Send, and what opens many connections.
fn send_buttons(props: &Props, words: &Words) -> Html {
    let (disabled, streaming) = (!props.ready, props.streaming);
    let stream = if streaming {
        Action::TogglePlay
    } else {
        Action::Ask(Ask::SendMany(STREAM))
    };
    html! {
        <>
            <button class="pri send" {disabled} onclick={acting(props, Action::Send)}>
                { format!("{} ▸", words.label("send")) }
            </button>
            <button
                class="wide-only"
                {disabled}
                onclick={acting(props, Action::Ask(Ask::SendMany(MANY)))}
                title={words.label("send-many")}
            >
                { "×100" }
            </button>
            <button
                class={classes!("wide-only", streaming.then_some("on"))}
                {disabled}
                onclick={acting(props, stream)}
            >
                { words.label("stream") }
            </button>
        </>
    }
}

fn send_more(props: &Props, words: &Words) -> Html {
    html! {
        <button
            class="send-more"
            title={words.label("send-more-note")}
            disabled={props.open.is_none()}
            onclick={acting(props, Action::SendMore)}
        >
            <span class="words">{ words.label("send-more") }</span>{ " ▸" }
            <span class="mono endpoint">{ props.open.clone() }</span>
        </button>
    }
}

fn acting(props: &Props, action: Action) -> Callback<MouseEvent> {
    let send = &props.send;
    send.reform(move |_: MouseEvent| Msg::Do(action.clone()))
}

/// A caller in words: `pod web`, and a node by its name alone where the name says that it is one.
fn caller(origin: &str, words: &Words) -> String {
    match origin.split_once('/') {
        Some(("node", name)) if name.starts_with("node") => name.to_owned(),
        Some(("node", name)) => format!("{} {name}", words.label("caller-node")),
        Some(("pod", name)) => format!("{} {name}", words.label("caller-pod")),
        Some((kind, name)) => format!("{kind} {name}"),
        None if origin == "client" => words.label("outside-client"),
        None => origin.to_owned(),
    }
}

/// The callers to choose from. A typed caller that does not exist comes first.
fn origin_options(request: &RequestView, origins: &[String], words: &Words) -> Html {
    let is_known = origins.contains(&request.from);
    let option = |origin: &String| {
        let text = caller(origin, words);
        let selected = *origin == request.from;
        html! { <option value={origin.clone()} {selected}>{ text }</option> }
    };
    html! {
        <>
            if !is_known {
                <option value={request.from.clone()} selected=true>{ &request.from }</option>
            }
            { for origins.iter().map(option) }
            if origins.len() > MOST_CALLERS {
                <option disabled=true>{ words.label("more-callers") }</option>
            }
            if request.offers_client {
                <option value={NEW_CLIENT}>{ words.label("new-client") }</option>
            }
        </>
    }
}

fn ask(ask: Ask) -> Msg {
    Msg::Do(Action::Ask(ask))
}
