//! A console with `kubectl` in it.

use kubehop::view::page_view::{Exchange, Printed};
use kubehop::view::prompt::{INTERRUPT, Prompt, PromptAction, PromptKey, TypedLines};
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

/// The most rows of the prompt: a here-document has several lines.
const MOST_ROWS: usize = 10;

/// How many lines of output are one element: the browser lays out only those that are seen.
const LINES_AT_ONCE: usize = 200;

/// The kubectl tab.
#[component]
pub(crate) fn KubectlTab(props: &Props) -> Html {
    let words = use_words();
    let console = Console {
        typed: use_state(String::new),
        back: use_state(|| 0),
        hidden: use_state(|| 0),
        exchanges: props.exchanges.clone(),
        send: props.send.clone(),
    };
    let (exchanges, hidden) = (&console.exchanges, *console.hidden);
    use_effect_with((exchanges.len(), hidden), |_| browser::show("console-end"));
    use_completed(&props.completed, &console.typed);
    let oninput = {
        let typed = console.typed.clone();
        Callback::from(move |event: InputEvent| typed.set(browser::value_of(&event)))
    };
    let onkeydown = {
        let console = console.clone();
        Callback::from(move |event: KeyboardEvent| console.press(&event))
    };
    let rows = (console.typed.matches('\n').count() + 1).min(MOST_ROWS);
    let rows = rows.to_string();
    let suggestion = |line: &'static str| {
        let console = console.clone();
        let onclick = move |_: MouseEvent| console.run(line);
        html! { <li><button class="ghost mono" {onclick}>{ line }</button></li> }
    };
    html! {
        <>
            <div class="console" role="log" tabindex="0" aria-label={words.label("tab-kubectl")}>
                if exchanges.is_empty() {
                    <p class="dim">{ words.label("console-hint") }</p>
                    <ul class="suggestions">{ for SUGGESTIONS.into_iter().map(suggestion) }</ul>
                }
                { for exchanges.iter().skip(hidden).map(exchange) }
                <div id="console-end"></div>
            </div>
            <div class="prompt">
                <label for="console-line" aria-label={words.label("tab-kubectl")}>{ "$" }</label>
                <textarea id="console-line" class="field" {rows} autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="kubectl get svc" value={(*console.typed).clone()} {oninput} {onkeydown} />
            </div>
        </>
    }
}

/// The line becomes what the worker completed.
#[hook]
fn use_completed(completed: &Same<String>, typed: &UseStateHandle<String>) {
    let (typed, seen) = (typed.clone(), use_mut_ref(|| completed.clone()));
    use_effect_with(completed.clone(), move |completed| {
        // What was completed before the tab was opened is no news.
        if seen.replace(completed.clone()) != *completed {
            typed.set(completed.to_string());
        }
    });
}

/// The state of the console, with the callbacks for its keys and buttons.
#[derive(Clone)]
struct Console {
    /// The line as typed.
    typed: UseStateHandle<String>,
    /// How many lines back it is from; 0 if it is a new one.
    back: UseStateHandle<usize>,
    /// How many of the first exchanges are hidden.
    hidden: UseStateHandle<usize>,
    exchanges: Same<Vec<Exchange>>,
    send: Callback<Msg>,
}

impl Console {
    /// Runs what was typed or pasted, line by line.
    fn run(&self, typed: &str) {
        for line in TypedLines::of(typed).lines {
            if line.trim() == "clear" {
                self.hidden.set(self.exchanges.len());
            } else if !line.trim().is_empty() {
                self.send.emit(Msg::Run(line));
            }
        }
        self.drop_line();
    }

    fn drop_line(&self) {
        self.typed.set(String::new());
        self.back.set(0);
    }

    fn press(&self, event: &KeyboardEvent) {
        let name = event.key();
        let key = PromptKey {
            name: &name,
            is_control: event.ctrl_key() && !event.alt_key() && !event.meta_key(),
            is_shift: event.shift_key(),
        };
        let (before, after) = browser::around_caret(event, &self.typed);
        let prompt = Prompt {
            before,
            after,
            has_selection: browser::has_selection(),
        };
        let Some(action) = PromptAction::of(key, prompt) else {
            return;
        };
        event.prevent_default();
        self.act(action);
    }

    fn act(&self, action: PromptAction) {
        match action {
            PromptAction::Run => self.run(&self.typed),
            PromptAction::Complete => self.send.emit(Msg::Complete((*self.typed).clone())),
            PromptAction::Clear => self.hidden.set(self.exchanges.len()),
            PromptAction::Interrupt => {
                self.send.emit(Msg::Run(INTERRUPT.to_owned()));
                self.drop_line();
            }
            PromptAction::Drop => self.drop_line(),
            PromptAction::Rewrite(line) => self.typed.set(line),
            PromptAction::Older => {
                self.recall((*self.back + 1).min(lines(&self.exchanges).count()));
            }
            PromptAction::Newer => self.recall(self.back.saturating_sub(1)),
        }
    }

    /// The line that was run so many lines back; 0 is a new one.
    fn recall(&self, back: usize) {
        let line = lines(&self.exchanges).rev().nth(back.wrapping_sub(1));
        self.typed.set(line.unwrap_or_default().to_owned());
        self.back.set(back);
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
