//! The request: who calls what.

use std::rc::Rc;

use kubehop::view::session::{Action, RequestDraft};
use yew::prelude::*;

use super::browser;
use super::message::Msg;
use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The request as typed.
    pub asked: RequestDraft,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Who can call.
    pub origins: Rc<Vec<String>>,
    /// What can be called.
    pub targets: Rc<Vec<String>>,
    /// Whether there is anything to send.
    pub ready: bool,
    /// Whether the stream runs.
    pub streaming: bool,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// How many connections `×100` opens, and the seconds from one to the next.
const MANY: Action = Action::SendMany {
    count: 100,
    interval: 0.08,
};

/// The same for the stream.
const STREAM: Action = Action::SendMany {
    count: 600,
    interval: 0.3,
};

/// The request bar.
#[component]
pub fn RequestBar(props: &Props) -> Html {
    let words = use_words();
    let Props {
        asked,
        error,
        origins,
        targets,
        ready,
        streaming,
        send,
    } = props;
    let act = |action: Action| send.reform(move |_: MouseEvent| Msg::Do(action.clone()));
    let from = send.reform(|event: Event| Msg::Do(Action::SetOrigin(browser::value_of(&event))));
    let to = send.reform(|event: InputEvent| Msg::Do(Action::SetTarget(browser::value_of(&event))));
    let submit = {
        let (send, ready) = (send.clone(), *ready);
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && ready {
                send.emit(Msg::Do(Action::Send));
            }
        })
    };
    let known = origins.contains(&asked.from);
    let origin = |origin: &String| {
        let shown = if origin == "client" {
            words.label("outside-client")
        } else {
            origin.replacen('/', " ", 1)
        };
        html! { <option value={origin.clone()} selected={*origin == asked.from}>{ shown }</option> }
    };
    let stream = if *streaming {
        Action::TogglePlay
    } else {
        STREAM
    };
    html! {
        <div class="bar">
            <label for="from">{ words.label("from") }</label>
            <select id="from" class="from" onchange={from}>
                if !known { <option value={asked.from.clone()} selected=true>{ asked.from.clone() }</option> }
                { for origins.iter().map(origin) }
            </select>
            <label for="to">{ words.label("to") }</label>
            <input id="to" class="field to" list="targets" autocomplete="off" autocapitalize="off" spellcheck="false" value={asked.to.clone()}
                oninput={to} onkeydown={submit} aria-invalid={error.is_some().to_string()} title={error.clone()} />
            <datalist id="targets">{ for targets.iter().map(|target| html! { <option value={target.clone()}/> }) }</datalist>
            <button class="pri send" disabled={!ready} onclick={act(Action::Send)}>{ format!("{} ▸", words.label("send")) }</button>
            <button class="wide-only" disabled={!ready} onclick={act(MANY)} title={words.label("send-many")}>{ "×100" }</button>
            <button class={classes!("wide-only", streaming.then_some("on"))} disabled={!ready} onclick={act(stream)}>{ words.label("stream") }</button>
        </div>
    }
}
