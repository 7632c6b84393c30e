//! A console with `kubectl` in it.

use kubehop::view::page_view::Exchange;
use yew::prelude::*;

use super::browser;
use super::message::Msg;
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What was said so far.
    pub(crate) exchanges: Same<Vec<Exchange>>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// Lines worth trying, as long as nothing was typed.
const SUGGESTIONS: [&str; 5] = [
    "kubectl get svc,pods -o wide",
    "kubectl get endpointslices",
    "kubectl describe svc",
    "kubectl get nodes -o wide",
    "kubectl get svc -o yaml",
];

/// The kubectl tab.
#[component]
pub(crate) fn KubectlTab(props: &Props) -> Html {
    let words = use_words();
    let typed = use_state(String::new);
    let back = use_state(|| 0usize);
    let Props { exchanges, send } = props;
    use_effect_with(exchanges.len(), |_| browser::show("console-end"));
    let run = {
        let (typed, back, send) = (typed.clone(), back.clone(), send.clone());
        Callback::from(move |line: String| {
            if !line.trim().is_empty() {
                send.emit(Msg::Run(line));
            }
            typed.set(String::new());
            back.set(0);
        })
    };
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(browser::value_of(&event)))
    };
    let onkeydown = {
        let (typed, run, exchanges) = (typed.clone(), run.clone(), exchanges.clone());
        Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "Enter" => return run.emit((*typed).clone()),
                "ArrowUp" => (*back + 1).min(exchanges.len()),
                "ArrowDown" => back.saturating_sub(1),
                _ => return,
            };
            event.prevent_default();
            let line = exchanges
                .iter()
                .rev()
                .nth(step.wrapping_sub(1))
                .map(|exchange| exchange.line.clone());
            typed.set(line.unwrap_or_default());
            back.set(step);
        })
    };
    let suggestion = |line: &'static str| {
        let run = run.clone();
        html! { <li><button class="ghost mono" onclick={move |_| run.emit(line.to_owned())}>{ line }</button></li> }
    };
    html! {
        <>
            <div class="console" role="log" tabindex="0" aria-label={words.label("tab-kubectl")}>
                if exchanges.is_empty() {
                    <p class="dim">{ words.label("console-hint") }</p>
                    <ul class="suggestions">{ for SUGGESTIONS.into_iter().map(suggestion) }</ul>
                }
                { for exchanges.iter().map(exchange) }
                <div id="console-end"></div>
            </div>
            <div class="prompt">
                <label for="console-line" aria-label={words.label("tab-kubectl")}>{ "$" }</label>
                <input id="console-line" class="field" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="kubectl get svc" value={(*typed).clone()} {oninput} {onkeydown} />
            </div>
        </>
    }
}

fn exchange(exchange: &Exchange) -> Html {
    let Exchange {
        line,
        stdout,
        stderr,
    } = exchange;
    html! {
        <>
            <p class="said">{ format!("$ {line}") }</p>
            if !stderr.is_empty() { <pre class="stderr">{ stderr }</pre> }
            if !stdout.is_empty() { <pre>{ stdout }</pre> }
        </>
    }
}
