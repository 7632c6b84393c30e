//! The command palette: everything the page can do, by name.

use kubehop::engine::resolve::events::Event;
use kubehop::engine::trace::Network;
use kubehop::view::lessons::LESSONS;
use kubehop::view::scene::View;
use kubehop::view::session::{Action, PossibleEvent, possible_anywhere};
use yew::prelude::*;

use super::browser;
use super::message::{Copied, Dialog, Msg, Tab};
use super::shared::{Same, Words, use_keyboard, use_words};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The cluster, which things can happen to.
    pub world: Same<Network>,
    /// Whether a connection is open.
    pub open: bool,
    /// Whether anything happened.
    pub happened: bool,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// One command: its name, its key, what it does.
struct Command {
    name: String,
    key: &'static str,
    does: Msg,
}

fn commands(words: &Words, props: &Props, possible: &[Event]) -> Vec<Command> {
    let command = |label: &str, key: &'static str, does: Msg| Command {
        name: words.label(label),
        key,
        does,
    };
    let mut all = vec![
        command("send", "S", Msg::Do(Action::Send)),
        command(
            "send-many",
            "",
            Msg::Do(Action::SendMany {
                count: 100,
                interval: 0.08,
            }),
        ),
        command("play-or-pause", "Space", Msg::Do(Action::TogglePlay)),
        command("step-back", "←", Msg::Do(Action::StepHop(-1))),
        command("step-forward", "→", Msg::Do(Action::StepHop(1))),
        command("view-network", "N", Msg::Do(Action::SetView(View::Network))),
        command("view-concept", "C", Msg::Do(Action::SetView(View::Concept))),
        command("fit", "F", Msg::Look(None)),
        command("switch-theme", "D", Msg::Theme),
        command("copy-trace", "", Msg::Copy(Copied::Trace)),
        command("copy-json", "", Msg::Copy(Copied::Json)),
        command("copy-problems", "", Msg::Copy(Copied::Problems)),
        command("share", "", Msg::Show(Some(Dialog::Share))),
        command("embed", "", Msg::Show(Some(Dialog::Embed))),
        command("about", "", Msg::Show(Some(Dialog::About))),
    ];
    if props.open {
        all.push(command("send-more", "", Msg::Do(Action::SendMore)));
    }
    if props.happened {
        all.push(command("take-all-back", "", Msg::Do(Action::UndoAllEvents)));
    }
    all.extend(
        Tab::ALL
            .iter()
            .map(|tab| command(tab.label(), "", Msg::Open(*tab))),
    );
    all.extend(LESSONS.iter().map(|lesson| {
        command(
            &format!("lesson-{}", lesson.id),
            "",
            Msg::Do(Action::OpenLesson(lesson.id)),
        )
    }));
    let happen = |event: &Event| {
        let name = words
            .format_part(&PossibleEvent::from(event), "command")
            .unwrap_or_default();
        Command {
            name,
            key: "",
            does: Msg::Do(Action::ApplyEvent(event.clone())),
        }
    };
    all.extend(possible.iter().map(happen));
    all
}

/// The palette.
#[component]
pub fn Palette(props: &Props) -> Html {
    let words = use_words();
    let asked = use_state(String::new);
    let chosen = use_state(|| 0usize);
    let place = use_node_ref();
    use_keyboard("palette");
    let possible = use_memo(props.world.clone(), |world| {
        possible_anywhere(&world.resolved)
    });
    let wanted = asked.to_lowercase();
    let found: Vec<Command> = commands(&words, props, &possible)
        .into_iter()
        .filter(|command| command.name.to_lowercase().contains(&wanted))
        .collect();
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
        let enter = found.get(current).map(|command| run(command.does.clone()));
        Callback::from(
            move |event: KeyboardEvent| match (event.key().as_str(), &enter) {
                // While a Korean syllable is put together, Enter ends the syllable.
                _ if event.is_composing() => {}
                ("ArrowDown", _) => {
                    event.prevent_default();
                    chosen.set((current + 1).min(count.saturating_sub(1)));
                }
                ("ArrowUp", _) => {
                    event.prevent_default();
                    chosen.set(current.saturating_sub(1));
                }
                ("Enter", Some(enter)) => enter.emit(()),
                _ => {}
            },
        )
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
