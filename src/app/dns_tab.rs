//! How the name was looked up: the client's resolv.conf, each question in order, each answer.

use kubehop::view::page_view::{DnsView, QuestionView, Tone};
use yew::prelude::*;

use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The lookup of the shown connection; `None` until the worker answered.
    pub(crate) lookup: Option<Same<DnsView>>,
}

/// The DNS tab.
#[component]
pub(crate) fn DnsTab(props: &Props) -> Html {
    let words = use_words();
    let Some(lookup) = &props.lookup else {
        return Html::default();
    };
    if lookup.questions.is_empty() {
        return html! { <p class="sec dim">{ words.label("no-lookup") }</p> };
    }
    html! {
        <>
            <section class="sec">
                <h2 ~style="text-transform:none">{ "/etc/resolv.conf" }</h2>
                <pre class="out">{ &lookup.resolv_conf }</pre>
            </section>
            <section class="sec">
                <h2>{ words.label("questions") }</h2>
                <ol>{ for lookup.questions.iter().enumerate().map(question) }</ol>
            </section>
        </>
    }
}

/// One name asked for, as `dig` prints it.
fn question((index, question): (usize, &QuestionView)) -> Html {
    let class = match question.tone {
        Tone::Good => "ok",
        Tone::Unsure => "soso",
        Tone::Bad => "bad",
    };
    html! {
        <li class="question">
            <p class="mono">
                <span class="dim">{ format!("{} ", index + 1) }</span>
                { &question.name }
                { " " }
                <b {class}>{ &question.outcome }</b>
            </p>
            if !question.answer.is_empty() {
                <pre class="rule">{ &question.answer }</pre>
            }
        </li>
    }
}
