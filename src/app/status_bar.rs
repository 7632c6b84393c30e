//! The bottom bar: counts, what is modelled, commands.

use yew::prelude::*;

use super::message::{Dialog, Msg, Tab};
use super::page_text::Line;
use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Services, pods and nodes there are.
    pub counts: (usize, usize, usize),
    /// Milliseconds it took to resolve them.
    pub took: f64,
    /// How many errors there are.
    pub errors: usize,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// The bottom bar.
#[component]
pub fn Foot(props: &Props) -> Html {
    let words = use_words();
    let Props {
        counts,
        took,
        errors,
        send,
    } = props;
    let (services, pods, nodes) = *counts;
    let resolved = Line::Resolved {
        services,
        pods,
        nodes,
        took: format!("{took:.1}"),
    };
    let class = if *errors > 0 { "state bad" } else { "state" };
    html! {
        <footer class="foot">
            <span {class}>{ "● " }{ words.format(&resolved).text }</span>
            <span class="about">{ words.label("simulates") }</span>
            <div class="sp"></div>
            <button class="ghost" onclick={send.reform(|_| Msg::Show(Some(Dialog::About)))}>{ words.label("about") }</button>
            <button class="ghost" onclick={send.reform(|_| Msg::Show(Some(Dialog::Commands)))}><span class="mono">{ "⌘K" }</span>{ " " }{ words.label("commands") }</button>
            <button class="ghost" onclick={send.reform(|_| Msg::Open(Tab::Kubectl))}>{ words.label("terminal") }{ " ▴" }</button>
        </footer>
    }
}
