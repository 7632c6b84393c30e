//! What was done to the cluster, with its times and kubectl's commands, behind a button of the transport: it lies over the
//! picture and takes no room from what plays.

use std::rc::Rc;

use kubehop::view::page_view::EventView;
use yew::prelude::*;

use super::browser;
use super::message::{Action, Msg};
use super::shared::{Same, Words, use_words};

/// The name under which a tab keeps the times of what happened.
const TIMES: &str = "kubehop.event-times";

/// The id of the button.
const BUTTON: &str = "events";

/// When each event happened. The worker has no clock, and no link has times.
pub(crate) struct EventTimes {
    /// Each event, as the text tool reads it, with its time in milliseconds since 1970.
    known: Vec<(String, Option<f64>)>,
    /// The times in the order of the events.
    pub(crate) times: Rc<Vec<Option<f64>>>,
}

impl EventTimes {
    /// What the tab keeps.
    pub(crate) fn load() -> EventTimes {
        let kept = browser::stored_in_tab(TIMES).unwrap_or_default();
        let entry = |line: &str| {
            let (time, event) = line.split_once(' ')?;
            Some((event.to_owned(), time.parse().ok()))
        };
        EventTimes {
            known: kept.lines().filter_map(entry).collect(),
            times: Rc::default(),
        }
    }

    /// Follows the events: what was there before keeps its time, what is new gets that one.
    pub(crate) fn follow(&mut self, events: &[EventView], now: Option<f64>) {
        let mut before = std::mem::take(&mut self.known).into_iter();
        for event in events {
            let mut rest = before.clone();
            let known = rest.find(|(known, _)| *known == event.event);
            if known.is_some() {
                before = rest;
            }
            let time = known.map_or(now, |(_, time)| time);
            self.known.push((event.event.clone(), time));
        }
        let times: Vec<Option<f64>> = self.known.iter().map(|(_, time)| *time).collect();
        if times != *self.times {
            self.times = Rc::new(times);
            self.keep();
        }
    }

    fn keep(&self) {
        if self.known.is_empty() {
            browser::forget_in_tab(TIMES);
            return;
        }
        let line = |(event, time): &(String, Option<f64>)| match time {
            Some(time) => format!("{time} {event}\n"),
            None => format!("- {event}\n"),
        };
        let lines: String = self.known.iter().map(line).collect();
        browser::store_in_tab(TIMES, &lines);
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What happened, in order.
    pub(crate) events: Same<Vec<EventView>>,
    /// When.
    pub(crate) times: Same<Vec<Option<f64>>>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The button and, while it is open, the log.
#[component]
pub(crate) fn EventLog(props: &Props) -> Html {
    let words = use_words();
    let is_open = use_state_eq(|| false);
    let events = &props.events;
    let is_shown = *is_open && !events.is_empty();
    use_escape(&is_open, is_shown);
    let acted = use_mut_ref(|| false);
    {
        let (acted, is_open) = (acted.clone(), is_open.clone());
        use_effect_with(events.clone(), move |events| {
            if acted.take() {
                // The button that was pressed went away, and this one with the last event.
                browser::catch_keyboard(BUTTON);
                browser::catch_keyboard("play");
            }
            if events.is_empty() {
                is_open.set(false);
            }
        });
    }
    let undo = props.send.reform(move |action: Action| {
        acted.replace(true);
        Msg::Do(action)
    });
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let happened = words.label("happened");
    let last = events.last().map(|last| &last.text);
    let announced = last.map(|last| format!("{happened}: {}. {last}", events.len()));
    html! {
        <>
            <p class="hidden-text" aria-live="polite">{ announced }</p>
            if !events.is_empty() {
                <button
                    id={BUTTON}
                    class="log-button"
                    aria-expanded={is_shown.to_string()}
                    aria-controls="event-log"
                    onclick={toggle}
                >
                    { words.label("events") }
                    <b>{ events.len() }</b>
                </button>
            }
            if is_shown {
                { log(props, &words, &undo) }
            }
        </>
    }
}

/// Escape closes the log; the keyboard goes back to its button.
#[hook]
fn use_escape(is_open: &UseStateHandle<bool>, is_shown: bool) {
    let is_open = is_open.clone();
    use_effect_with(is_shown, move |is_shown| {
        let close = move || {
            is_open.set(false);
            browser::focus(BUTTON);
        };
        let listener = is_shown.then(|| browser::on_escape(close));
        move || drop(listener)
    });
}

fn log(props: &Props, words: &Words, undo: &Callback<Action>) -> Html {
    let happened = words.label("happened");
    let undone = |action: Action| undo.reform(move |_: MouseEvent| action.clone());
    let item = |(index, event): (usize, &EventView)| {
        let time = props.times.get(index).copied().flatten();
        item(words, event, time, undone(Action::UndoEvent(index)))
    };
    html! {
        <section id="event-log" class="log" aria-label={happened.clone()}>
            <h2>
                { happened.clone() }
                <button onclick={undone(Action::UndoAllEvents)}>
                    { words.label("take-all-back") }
                </button>
            </h2>
            <ol aria-label={happened} tabindex="0">
                { for props.events.iter().enumerate().map(item) }
            </ol>
        </section>
    }
}

fn item(words: &Words, event: &EventView, time: Option<f64>, back: Callback<MouseEvent>) -> Html {
    let label = format!("{}: {}", words.label("take-back"), event.text);
    html! {
        <li>
            <time>{ time.map_or("–".to_owned(), browser::clock) }</time>
            <div>
                <span>{ &event.text }</span>
                if let Some(command) = &event.command {
                    <code>{ command }</code>
                } else {
                    <small>{ event.cause.clone() }</small>
                }
            </div>
            <button aria-label={label} onclick={back}>{ words.label("take-back") }</button>
        </li>
    }
}
