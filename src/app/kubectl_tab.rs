//! A console with `kubectl` in it.

use kubehop::view::page_view::{Exchange, Printed};
use yew::prelude::*;

use super::browser;
use super::message::Msg;
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What was said so far.
    pub(crate) exchanges: Same<Vec<Exchange>>,
    /// The line as it was completed last.
    pub(crate) completed: Same<String>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// Lines worth trying, as long as nothing was typed.
const SUGGESTIONS: [&str; 6] = [
    "kubectl get svc,pods -o wide",
    "kubectl get endpointslices",
    "kubectl describe svc",
    "ssh node-1 iptables-save -t nat | grep -v KUBE-SEP",
    "kubectl get svc -o yaml | yq '.items[].spec.ports'",
    "help",
];

/// How many lines of output are one element: the browser lays out only those that are seen.
const LINES_AT_ONCE: usize = 200;

/// The kubectl tab.
#[component]
pub(crate) fn KubectlTab(props: &Props) -> Html {
    let words = use_words();
    let typed = use_state(String::new);
    let back = use_state(|| 0usize);
    let hidden = use_state(|| 0usize);
    let Props {
        exchanges,
        completed,
        send,
    } = props;
    use_effect_with((exchanges.len(), *hidden), |_| browser::show("console-end"));
    {
        let (typed, seen) = (typed.clone(), use_mut_ref(|| completed.clone()));
        use_effect_with(completed.clone(), move |completed| {
            // What was completed before the tab was opened is no news.
            if seen.replace(completed.clone()) != *completed {
                typed.set(completed.to_string());
            }
        });
    }
    let run = {
        let (typed, back, send) = (typed.clone(), back.clone(), send.clone());
        let (hidden, count) = (hidden.clone(), exchanges.len());
        Callback::from(move |line: String| {
            if line.trim() == "clear" {
                hidden.set(count);
            } else if !line.trim().is_empty() {
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
        let (send, hidden) = (send.clone(), hidden.clone());
        Callback::from(move |event: KeyboardEvent| {
            let is_control = event.ctrl_key() && !event.alt_key() && !event.meta_key();
            let step = match event.key().as_str() {
                "Enter" => return run.emit((*typed).clone()),
                // An empty line lets Tab lead on to what comes next.
                "Tab" if !typed.is_empty() && !event.shift_key() => {
                    event.prevent_default();
                    return send.emit(Msg::Complete((*typed).clone()));
                }
                "l" if is_control => {
                    event.prevent_default();
                    return hidden.set(exchanges.len());
                }
                "c" if is_control && !browser::has_selection() => {
                    event.prevent_default();
                    // What is open ends.
                    if typed.is_empty() {
                        send.emit(Msg::Run("^C".to_owned()));
                    }
                    back.set(0);
                    return typed.set(String::new());
                }
                // As in a shell: all before the caret, and the word before it.
                key @ ("u" | "w") if is_control => {
                    event.prevent_default();
                    let (before, after) = browser::around_caret(&event, &typed);
                    let kept = match key {
                        "u" => "",
                        _ => before
                            .trim_end()
                            .rsplit_once(' ')
                            .map_or("", |(kept, _)| kept),
                    };
                    let space = if kept.is_empty() { "" } else { " " };
                    return typed.set(format!("{kept}{space}{after}"));
                }
                "ArrowUp" => (*back + 1).min(lines(&exchanges).count()),
                "ArrowDown" => back.saturating_sub(1),
                _ => return,
            };
            event.prevent_default();
            let line = lines(&exchanges).rev().nth(step.wrapping_sub(1));
            typed.set(line.unwrap_or_default().to_owned());
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
                { for exchanges.iter().skip(*hidden).map(exchange) }
                <div id="console-end"></div>
            </div>
            <div class="prompt">
                <label for="console-line" aria-label={words.label("tab-kubectl")}>{ "$" }</label>
                <input id="console-line" class="field" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="kubectl get svc" value={(*typed).clone()} {oninput} {onkeydown} />
            </div>
        </>
    }
}

/// The lines that were typed.
fn lines(exchanges: &[Exchange]) -> impl DoubleEndedIterator<Item = &str> {
    let lines = exchanges.iter().map(|exchange| exchange.line.as_str());
    lines.filter(|line| !line.is_empty())
}

fn exchange(exchange: &Exchange) -> Html {
    let Exchange { line, printed } = exchange;
    html! {
        <>
            if !line.is_empty() { <p class="said">{ format!("$ {line}") }</p> }
            { for printed.iter().map(|(kind, text)| piece(*kind, text)) }
        </>
    }
}

fn piece(kind: Printed, text: &str) -> Html {
    match kind {
        Printed::Answer => blocks(text).into_iter().map(block).collect(),
        Printed::Note => html! { <pre class="note">{ text }</pre> },
        Printed::Error => html! { <pre class="stderr">{ text }</pre> },
    }
}

/// A text in pieces of so many lines.
fn blocks(text: &str) -> Vec<&str> {
    let ends = text
        .match_indices('\n')
        .skip(LINES_AT_ONCE - 1)
        .step_by(LINES_AT_ONCE);
    let mut blocks = Vec::new();
    let mut start = 0;
    for (end, _) in ends {
        blocks.push(&text[start..=end]);
        start = end + 1;
    }
    if start < text.len() {
        blocks.push(&text[start..]);
    }
    blocks
}

fn block(text: &str) -> Html {
    html! { <pre>{ text }</pre> }
}
