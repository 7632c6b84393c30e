//! What is wrong with the text: each with its place, its reason and, where there is one, its fix.

use std::rc::Rc;

use kubehop::engine::diagnostic::{Diagnostic, Severity};
use kubehop::engine::sort;
use kubehop::view::session::Action;
use yew::prelude::*;

use super::message::{Copied, Msg};
use super::page_text::Line;
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is wrong, in the text's order.
    pub diagnostics: Same<Vec<Diagnostic>>,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// At most this many are listed; the count says the rest.
const SHOWN: usize = 100;

/// The list of problems.
#[component]
pub fn Problems(props: &Props) -> Html {
    let words = use_words();
    let Props { diagnostics, send } = props;
    let count = |severity: Severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    let tally = |severity: Severity, line: fn(usize) -> Line, class: &'static str| {
        let count = count(severity);
        (count > 0)
            .then(|| html! { <span class={class}>{ words.format(&line(count)).text }</span> })
    };
    let mut order: Vec<(usize, &Diagnostic)> = diagnostics.iter().enumerate().collect();
    sort::sort_by_key(&mut order, |(_, diagnostic)| diagnostic.severity);
    html! {
        <section class="prob" aria-label={words.label("problems")} tabindex="0">
            <h2>
                { words.label("problems") }
                { tally(Severity::Error, |count| Line::Errors { count }, "count-error") }
                { tally(Severity::Warning, |count| Line::Warnings { count }, "count-warning") }
                { tally(Severity::Info, |count| Line::Notes { count }, "") }
                if diagnostics.is_empty() {
                    <span class="count-none">{ words.label("none") }</span>
                } else {
                    <button class="copy" aria-label={words.label("copy-problems")} onclick={send.reform(|_| Msg::Copy(Copied::Problems))}>{ words.label("copy") }</button>
                }
            </h2>
            <ul aria-live="polite">
                { for order.into_iter().take(SHOWN).map(|(place, diagnostic)| html! {
                    <Problem key={place} {place} diagnostic={Rc::new(diagnostic.clone())} send={send.clone()} />
                }) }
            </ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ProblemProps {
    place: usize,
    diagnostic: Rc<Diagnostic>,
    send: Callback<Msg>,
}

#[component]
fn Problem(props: &ProblemProps) -> Html {
    let words = use_words();
    let ProblemProps {
        place,
        diagnostic,
        send,
    } = props;
    let place = *place;
    let (class, mark, name) = match diagnostic.severity {
        Severity::Error => ("error", "✖", "error"),
        Severity::Warning => ("warning", "▲", "warning"),
        Severity::Info => ("info", "ℹ", "note"),
    };
    let sentence = words.format(&diagnostic.problem);
    let start = diagnostic.span.start;
    let reveal = send.reform(move |_| Msg::Reveal(start.line, start.column));
    html! {
        <li class={classes!("it", class)}>
            <span class="mark" role="img" aria-label={words.label(name)}>{ mark }</span>
            <div>
                <b>{ sentence.text }</b>{ " " }
                <button class="where" onclick={reveal} title={words.label("show-in-text")}>{ format!("{}:{}", start.line, start.column) }</button>
                if let Some(detail) = sentence.detail { <small>{ detail }</small> }
            </div>
            if diagnostic.fix.is_some() {
                <button class="fix" onclick={send.reform(move |_| Msg::Do(Action::Fix(place)))}>{ words.label("fix") }</button>
            }
        </li>
    }
}
