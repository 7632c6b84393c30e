//! The bottom bar: counts, what is modelled, commands.

use std::rc::Rc;

use yew::prelude::*;

use super::browser;
use super::message::{Dialog, Msg, Tab};
use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// How many Services, pods and nodes there are, and how long it took to resolve them.
    pub(crate) counts: Rc<str>,
    /// Whether the text has errors.
    pub(crate) is_bad: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The bottom bar.
#[component]
pub(crate) fn StatusBar(props: &Props) -> Html {
    let words = use_words();
    let Props {
        counts,
        is_bad,
        send,
    } = props;
    let about = send.reform(|_| Msg::Show(Some(Dialog::About)));
    let commands = send.reform(|_| Msg::Show(Some(Dialog::Commands)));
    let terminal = send.reform(|_| {
        browser::focus_soon("console-line");
        Msg::Open(Tab::Kubectl)
    });
    html! {
        <footer class="foot">
            <span class={classes!("state", is_bad.then_some("bad"))}>
                { format!("● {counts}") }
            </span>
            <span class="about">{ words.label("simulates") }</span>
            <div class="sp"></div>
            <button class="ghost" onclick={about}>{ words.label("about") }</button>
            <button class="ghost" onclick={commands}>
                <span class="mono">{ browser::commands_key() }</span>
                { " " }
                { words.label("commands") }
            </button>
            <button class="ghost" onclick={terminal}>{ words.label("tab-kubectl") }{ " ▴" }</button>
        </footer>
    }
}
