//! Terms of the glossary in a text: each is marked where it comes first, and opens its card.

use std::cell::RefCell;
use std::collections::BTreeSet;

use kubehop::view::glossary::{Card, Glossary, Part};
use yew::prelude::*;

use super::browser;
use super::course_link::CourseMsg;
use super::lesson_tab::spans;
use super::message::Msg;
use super::shared::{Same, Words, use_words};

/// The glossary of the page's language and where to send what happens, for every component.
#[derive(Clone, PartialEq)]
pub(crate) struct Terms {
    /// The cards; none until they were loaded.
    pub(crate) glossary: Same<Glossary>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// Marks the terms of one text after the other.
pub(crate) struct Marker {
    terms: Option<Terms>,
    seen: RefCell<BTreeSet<usize>>,
}

/// A marker for the texts of a component.
#[hook]
pub(crate) fn use_marker() -> Marker {
    Marker {
        terms: use_context::<Terms>(),
        seen: RefCell::default(),
    }
}

impl Marker {
    /// A paragraph with its terms marked; text between backticks is code and has none.
    pub(crate) fn mark(&self, paragraph: &str) -> Html {
        let part = |(place, text): (usize, &str)| match place % 2 {
            0 => self.mark_plain(text),
            _ => html! { <code>{ text }</code> },
        };
        html! { { for paragraph.split('`').enumerate().map(part) } }
    }

    /// A text without code, with its terms marked.
    pub(crate) fn mark_plain(&self, text: &str) -> Html {
        let Some(Terms { glossary, send }) = &self.terms else {
            return html! { { text } };
        };
        let mut shown: Vec<Html> = Vec::new();
        let mut parts = glossary
            .parts(text, &mut self.seen.borrow_mut())
            .into_iter()
            .peekable();
        while let Some(part) = parts.next() {
            let (text, card) = match part {
                Part::Plain(text) => {
                    shown.push(html! { { text } });
                    continue;
                }
                Part::Term(text, card) => (text, &glossary.cards()[card]),
            };
            let (joined, rest) = match parts.next_if(|next| matches!(next, Part::Plain(_))) {
                Some(Part::Plain(behind)) => behind.split_at(joined(behind)),
                Some(Part::Term(..)) | None => ("", ""),
            };
            shown.push(html! {
                <Term
                    text={text.to_owned()}
                    behind={joined.to_owned()}
                    card={card.clone()}
                    send={send.clone()}
                />
            });
            shown.push(html! { { rest } });
        }
        html! { { for shown } }
    }
}

/// How many bytes at the beginning of a text belong to the word before it: a Korean particle, a comma, a full stop.
fn joined(text: &str) -> usize {
    text.find(|letter: char| letter.is_whitespace() || letter == '(')
        .unwrap_or(text.len())
}

#[derive(Properties, PartialEq)]
struct Props {
    /// The term, as written in the text.
    text: String,
    /// What follows it without a space, which no line break parts from it.
    behind: String,
    /// Its explanation.
    card: Card,
    /// Where to send what happens.
    send: Callback<Msg>,
}

/// A term, and its card while the pointer or the focus is on it. A term that is scrolled beneath a resting pointer opens
/// nothing.
#[component]
fn Term(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    let is_open = use_state_eq(|| false);
    let set = |value: bool| {
        let is_open = is_open.clone();
        move || is_open.set(value)
    };
    {
        // Also while the focus is elsewhere and the pointer is on the term.
        let close = set(false);
        let place = place.clone();
        use_effect_with(*is_open, move |is_open| {
            let listeners = is_open.then(|| {
                (
                    browser::on_escape(close),
                    browser::keep_card_in_sight(&place),
                )
            });
            move || drop(listeners)
        });
    }
    let (enter, leave) = (set(true), set(false));
    let (focus, blur, click) = (set(true), set(false), set(true));
    let Props {
        text, behind, card, ..
    } = props;
    let onclick = Callback::from(move |event: MouseEvent| {
        event.stop_propagation();
        click();
    });
    html! {
        <span
            class="term-place"
            ref={place.clone()}
            onmousemove={Callback::from(move |_| enter())}
            onmouseleave={Callback::from(move |_| leave())}
            onfocusin={Callback::from(move |_| focus())}
            onfocusout={Callback::from(move |event: FocusEvent| {
                if browser::leaves(&event, &place) {
                    blur();
                }
            })}
        >
            <button class="term" aria-expanded={is_open.to_string()} {onclick}>{ text }</button>
            if *is_open {
                { term_card(card, &props.send, &words) }
            }
            { behind }
        </span>
    }
}

fn term_card(card: &Card, send: &Callback<Msg>, words: &Words) -> Html {
    let number = card.lesson.split('-').next().unwrap_or_default();
    let number = number.trim_start_matches('0');
    let learn = {
        let lesson = card.lesson.clone();
        send.reform(move |event: MouseEvent| {
            event.stop_propagation();
            Msg::Course(CourseMsg::Open(lesson.clone()))
        })
    };
    html! {
        <span class="term-card" role="group" aria-label={card.term.clone()}>
            <b>{ &card.term }</b>
            <span>{ spans(&card.text) }</span>
            <button class="link" onclick={learn}>
                { words.label("glossary-lesson") }{ " " }{ number }{ " ▸" }
            </button>
        </span>
    }
}
