//! The command palette: everything the page can do, by name.

use kubehop::view::course::CourseView;
use kubehop::view::event_lines::{self, contains};
use kubehop::view::language::Language;
use kubehop::view::page_view::{CopiedText, LessonTitle, SearchPanel};
use kubehop::view::scene::View;
use kubehop::view::session::{Ask, MANY, STREAM};
use yew::prelude::*;

use super::browser;
use super::course_link::CourseMsg;
use super::history::KeptState;
use super::message::{Action, Dialog, Msg, Tab};
use super::shared::{Same, Words, closing_veil, use_keyboard, use_words};
use super::tabs;
use super::transport::SPEEDS;

#[derive(Properties, PartialEq, Clone)]
pub(crate) struct Props {
    /// The examples.
    pub(crate) lessons: Same<Vec<LessonTitle>>,
    /// The lessons and challenges of the course.
    pub(crate) course: Same<CourseView>,
    /// What can happen to the cluster, as `event_lines` writes it; `None` until the worker answered.
    pub(crate) possible: Option<Same<str>>,
    /// The states that the browser keeps, the one changed last first.
    pub(crate) states: Same<Vec<KeptState>>,
    /// The page's language.
    pub(crate) language: Language,
    /// The endpoint of the open connection.
    pub(crate) open: Option<String>,
    /// What was typed before it was drawn.
    pub(crate) typed: String,
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

    fn ask(name: String, key: &'static str, ask: Ask) -> Command {
        Command::action(name, key, Action::Ask(ask))
    }
}

/// Rows that are drawn at a time: more than are in sight.
const ROWS: usize = 60;

/// Pixels below the last row in sight at which more rows are drawn.
const AHEAD: i32 = 400;

/// Every command but what can happen to the cluster, in the order it is listed.
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
    let earlier = words.label("earlier-states");
    for kept in props.states.iter() {
        let time = browser::date(kept.changed, props.language.code());
        let name = format!("{earlier}: {time} · {}", kept.title);
        all.push(Command::new(name, "", Msg::Restore(kept.id.clone())));
    }
    for lesson in props.lessons.iter() {
        let ask = Ask::OpenLesson(lesson.id.clone());
        all.push(Command::ask(lesson.title.clone(), "", ask));
    }
    for item in &props.course.items {
        let name = format!("{} · {}", item.number, item.title);
        let open = CourseMsg::Open(item.id.clone());
        all.push(Command::new(name, "", Msg::Course(open)));
    }
    all
}

/// The commands that send and play.
fn playing(words: &Words) -> [Command; 7] {
    let label = |name: &str| words.label(name);
    [
        Command::action(label("send"), "S", Action::Send),
        Command::ask(label("send-many"), "", Ask::SendMany(MANY)),
        Command::ask(label("stream"), "", Ask::SendMany(STREAM)),
        Command::action(label("play-or-pause"), "Space", Action::TogglePlay),
        Command::action(label("step-back"), "←", Action::StepHop(-1)),
        Command::action(label("step-forward"), "→", Action::StepHop(1)),
        Command::action(label("to-the-end"), "End", Action::Seek(f32::MAX)),
    ]
}

/// The commands that show and copy.
fn showing(words: &Words) -> [Command; 13] {
    let label = |name: &str| words.label(name);
    let copy = |name, what| Command::new(label(name), "", Msg::Copy(what));
    let dialog = |name, dialog| Command::new(label(name), "", Msg::Show(Some(dialog)));
    [
        Command::ask(label("view-network"), "N", Ask::SetView(View::Network)),
        Command::ask(label("view-concept"), "C", Ask::SetView(View::Concept)),
        Command::new(label("view-matrix"), "", Msg::Matrix(true)),
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

/// Commands that were found: those that are shown, and how many there are.
struct Found {
    shown: Vec<Command>,
    count: usize,
}

/// The commands whose names contain a text, in any case of letters, and at most so many of them to show. A single word that
/// names what can happen to the cluster, or nothing, is offered to be looked for in the cluster first: the name of a pod and
/// Enter break nothing.
fn named(all: &[Command], events: &str, text: &str, words: &Words, most: usize) -> Found {
    let wanted = text.trim().to_lowercase();
    let found = all
        .iter()
        .filter(|command| contains(&command.name, &wanted));
    let mut shown: Vec<Command> = found.cloned().collect();
    let is_word = !wanted.is_empty() && !wanted.contains([' ', ':']);
    let happens = event_lines::named(events, &wanted).next().is_some();
    if is_word && (happens || shown.is_empty()) {
        shown.push(search(text.trim(), words));
    }
    let mut count = shown.len();
    for line in event_lines::named(events, &wanted) {
        count += 1;
        if shown.len() < most {
            let action = Action::ApplyEvent(line.event.to_owned());
            shown.push(Command::action(line.name.to_owned(), "", action));
        }
    }
    shown.truncate(most);
    Found { shown, count }
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
    let rows = use_state(|| ROWS);
    let place = use_node_ref();
    use_keyboard("palette");
    {
        let asked = asked.clone();
        use_effect_with(props.typed.clone(), move |typed| {
            if !typed.is_empty()
                && let Some(whole) = browser::put_in_front("palette", typed)
            {
                asked.set(whole);
            }
        });
    }
    let all = commands(&words, props);
    let events = props.possible.as_deref().unwrap_or_default();
    let most = (*rows).max(*chosen + ROWS / 2);
    let Found { shown, count } = named(&all, events, &asked, &words, most);
    let current = (*chosen).min(count.saturating_sub(1));
    use_effect_with(current, |current| {
        browser::show(&format!("command-{current}"));
    });
    let oninput = {
        let (asked, chosen, rows) = (asked.clone(), chosen.clone(), rows.clone());
        Callback::from(move |event: InputEvent| {
            asked.set(browser::value_of(&event));
            chosen.set(0);
            rows.set(ROWS);
        })
    };
    let onscroll = {
        let drawn = shown.len();
        Callback::from(move |event: Event| {
            if drawn < count && browser::is_near_end(&event, AHEAD) {
                rows.set(drawn + ROWS);
            }
        })
    };
    let veil = closing_veil(&props.send, &place);
    let onkeydown = keys(props, &words, &asked, &chosen, (current, count));
    let row = |(index, command): (usize, &Command)| row(index, command, (current, count), props);
    html! {
        <div class="veil" ref={place} onclick={veil}>
            <div class="dialog" role="dialog" aria-modal="true" aria-label={words.label("commands")}>
                <input id="palette" class="field" role="combobox" aria-expanded="true" aria-controls="command-list" aria-activedescendant={format!("command-{current}")}
                    aria-label={words.label("commands")} placeholder={words.label("type-a-command")} autocomplete="off" {oninput} {onkeydown} />
                <ul id="command-list" role="listbox" aria-label={words.label("commands")} {onscroll}>
                    { for shown.iter().enumerate().map(row) }
                </ul>
            </div>
        </div>
    }
}

/// The arrows choose, Enter runs.
fn keys(
    props: &Props,
    words: &Words,
    asked: &UseStateHandle<String>,
    chosen: &UseStateHandle<usize>,
    (current, count): (usize, usize),
) -> Callback<KeyboardEvent> {
    let (props, words) = (props.clone(), words.clone());
    let (asked, chosen) = (asked.clone(), chosen.clone());
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
            let index = if typed == *asked { current } else { 0 };
            let all = commands(&words, &props);
            let events = props.possible.as_deref().unwrap_or_default();
            let found = named(&all, events, &typed, &words, index + 1);
            if let Some(command) = found.shown.get(index) {
                run(command, &props.send);
            }
        }
        _ => {}
    })
}

fn run(command: &Command, send: &Callback<Msg>) {
    send.emit(Msg::Show(None));
    send.emit(command.does.clone());
    if let Msg::Open(tab) = command.does {
        browser::lead_to(tabs::id(tab));
    }
}

fn row(index: usize, command: &Command, (current, count): (usize, usize), props: &Props) -> Html {
    let onclick = {
        let (command, send) = (command.clone(), props.send.clone());
        Callback::from(move |_: MouseEvent| run(&command, &send))
    };
    html! {
        <li role="presentation">
            <button
                role="option"
                id={format!("command-{index}")}
                aria-selected={(index == current).to_string()}
                aria-setsize={count.to_string()}
                aria-posinset={(index + 1).to_string()}
                tabindex="-1"
                {onclick}
            >
                <span>{ &command.name }</span><kbd class="mono dim">{ command.key }</kbd>
            </button>
        </li>
    }
}
