//! The command palette: everything the page can do, by name.

use kubehop::view::page_view::{CopiedText, LessonTitle, PossibleEventView, SearchPanel};
use kubehop::view::scene::View;
use kubehop::view::session::{Ask, MANY, STREAM};
use yew::prelude::*;

use super::browser;
use super::message::{Action, Dialog, Msg, Tab};
use super::shared::{Same, Words, use_keyboard, use_words};
use super::transport::SPEEDS;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The examples.
    pub(crate) lessons: Same<Vec<LessonTitle>>,
    /// What can happen to the cluster; `None` until the worker answered.
    pub(crate) possible: Option<Same<Vec<PossibleEventView>>>,
    /// The endpoint of the open connection.
    pub(crate) open: Option<String>,
    /// Whether anything happened.
    pub(crate) happened: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// One command: its name, its key, what it does.
#[derive(Clone)]
struct Command {
    name: String,
    key: &'static str,
    does: Msg,
}

impl Command {
    fn new(name: String, key: &'static str, does: Msg) -> Command {
        Command { name, key, does }
    }

    fn action(name: String, key: &'static str, action: Action) -> Command {
        Command::new(name, key, Msg::Do(action))
    }

    fn is_event(&self) -> bool {
        matches!(self.does, Msg::Do(Action::ApplyEvent(_)))
    }

    fn ask(name: String, key: &'static str, ask: Ask) -> Command {
        Command::action(name, key, Action::Ask(ask))
    }
}

/// Every command, in the order it is listed.
fn commands(words: &Words, props: &Props) -> Vec<Command> {
    let mut all = Vec::from(playing(words));
    all.extend(showing(words));
    if props.open.is_some() {
        let name = words.label("send-more");
        all.push(Command::action(name, "", Action::SendMore));
    }
    if props.happened {
        let name = words.label("take-all-back");
        all.push(Command::action(name, "", Action::UndoAllEvents));
    }
    for speed in SPEEDS {
        let name = format!("{} {speed}×", words.label("speed"));
        all.push(Command::action(name, "", Action::SetSpeed(speed)));
    }
    for tab in Tab::ALL {
        all.push(Command::new(words.label(tab.label()), "", Msg::Open(*tab)));
    }
    for lesson in props.lessons.iter() {
        let ask = Ask::OpenLesson(lesson.id.clone());
        all.push(Command::ask(lesson.title.clone(), "", ask));
    }
    for event in props.possible.iter().flat_map(|possible| possible.iter()) {
        let action = Action::ApplyEvent(event.event.clone());
        all.push(Command::action(event.command.clone(), "", action));
    }
    all
}

/// The commands that send and play.
fn playing(words: &Words) -> [Command; 6] {
    let label = |name: &str| words.label(name);
    [
        Command::action(label("send"), "S", Action::Send),
        Command::ask(label("send-many"), "", Ask::SendMany(MANY)),
        Command::ask(label("stream"), "", Ask::SendMany(STREAM)),
        Command::action(label("play-or-pause"), "Space", Action::TogglePlay),
        Command::action(label("step-back"), "←", Action::StepHop(-1)),
        Command::action(label("step-forward"), "→", Action::StepHop(1)),
    ]
}

/// The commands that show and copy.
fn showing(words: &Words) -> [Command; 12] {
    let label = |name: &str| words.label(name);
    let copy = |name, what| Command::new(label(name), "", Msg::Copy(what));
    let dialog = |name, dialog| Command::new(label(name), "", Msg::Show(Some(dialog)));
    [
        Command::ask(label("view-network"), "N", Ask::SetView(View::Network)),
        Command::ask(label("view-concept"), "C", Ask::SetView(View::Concept)),
        Command::new(label("fit"), "F", Msg::Look(None)),
        Command::new(label("search"), "Ctrl F", Msg::Find(SearchPanel::default())),
        Command::new(label("switch-theme"), "D", Msg::Theme),
        copy("copy-trace", CopiedText::Trace),
        copy("copy-json", CopiedText::Json),
        copy("copy-problems", CopiedText::Problems),
        dialog("share", Dialog::Share),
        dialog("embed", Dialog::Embed),
        dialog("about", Dialog::About),
        Command::new(label("shortcuts"), "?", Msg::Show(Some(Dialog::Shortcuts))),
    ]
}

/// The commands whose names contain a text, in any case of letters. A single word that only names what can happen to the
/// cluster is looked for in the cluster first: the name of a pod and Enter break nothing.
fn named(all: &[Command], text: &str, words: &Words) -> Vec<Command> {
    let wanted = text.trim().to_lowercase();
    let found = all
        .iter()
        .filter(|command| command.name.to_lowercase().contains(&wanted));
    let (events, mut found): (Vec<Command>, Vec<Command>) =
        found.cloned().partition(Command::is_event);
    let is_word = !wanted.is_empty() && !wanted.contains([' ', ':']);
    if found.is_empty() && is_word {
        found.push(search(text.trim(), words));
    }
    found.extend(events);
    found
}

/// Looks for a Service, a pod, a node, a rule or a line of the text.
fn search(text: &str, words: &Words) -> Command {
    let panel = SearchPanel {
        text: text.to_owned(),
        ..SearchPanel::default()
    };
    let name = format!("{}: {text}", words.label("search"));
    Command::new(name, "Ctrl F", Msg::Find(panel))
}

/// The palette.
#[component]
pub(crate) fn Palette(props: &Props) -> Html {
    let words = use_words();
    let asked = use_state(String::new);
    let chosen = use_state(|| 0usize);
    let place = use_node_ref();
    use_keyboard("palette");
    let all = commands(&words, props);
    let found = named(&all, &asked, &words);
    let current = (*chosen).min(found.len().saturating_sub(1));
    let run = |does: Msg| {
        let send = props.send.clone();
        Callback::from(move |()| {
            send.emit(Msg::Show(None));
            send.emit(does.clone());
        })
    };
    let oninput = {
        let (asked, chosen) = (asked.clone(), chosen.clone());
        Callback::from(move |event: InputEvent| {
            asked.set(browser::value_of(&event));
            chosen.set(0);
        })
    };
    let onkeydown = {
        let (chosen, count) = (chosen.clone(), found.len());
        let (all, shown) = (all.clone(), asked.to_string());
        let (send, words) = (props.send.clone(), words.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            // While a Korean syllable is put together, Enter ends the syllable.
            _ if event.is_composing() => {}
            "ArrowDown" => {
                event.prevent_default();
                chosen.set((current + 1).min(count.saturating_sub(1)));
            }
            "ArrowUp" => {
                event.prevent_default();
                chosen.set(current.saturating_sub(1));
            }
            // The key is for the command alone: the focus goes back to a button that Enter would press. What was typed
            // since the list was drawn counts.
            "Enter" => {
                event.prevent_default();
                let typed = browser::value_of(&event);
                let index = if typed == shown { current } else { 0 };
                if let Some(command) = named(&all, &typed, &words).get(index) {
                    send.emit(Msg::Show(None));
                    send.emit(command.does.clone());
                }
            }
            _ => {}
        })
    };
    let veil = {
        let (send, place) = (props.send.clone(), place.clone());
        Callback::from(move |event: MouseEvent| {
            if browser::is_itself(&event, &place) {
                send.emit(Msg::Show(None));
            }
        })
    };
    let row = |(index, command): (usize, &Command)| {
        let onclick = run(command.does.clone()).reform(|_: MouseEvent| ());
        html! {
            <li role="presentation"><button role="option" id={format!("command-{index}")} aria-selected={(index == current).to_string()} tabindex="-1" {onclick}>
                <span>{ &command.name }</span><kbd class="mono dim">{ command.key }</kbd>
            </button></li>
        }
    };
    html! {
        <div class="veil" ref={place} onclick={veil}>
            <div class="dialog" role="dialog" aria-modal="true" aria-label={words.label("commands")}>
                <input id="palette" class="field" role="combobox" aria-expanded="true" aria-controls="command-list" aria-activedescendant={format!("command-{current}")}
                    aria-label={words.label("commands")} placeholder={words.label("type-a-command")} autocomplete="off" {oninput} {onkeydown} />
                <ul id="command-list" role="listbox" aria-label={words.label("commands")}>{ for found.iter().enumerate().map(row) }</ul>
            </div>
        </div>
    }
}
