//! What can happen to the selected object, and what happened: buttons that cause it, chips that undo it.

use kubehop::view::page_view::PossibleEventView;
use kubehop::view::scene::ShapeId;
use yew::prelude::*;

use super::browser;
use super::message::{Action, Msg};
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What happened, in order.
    pub(crate) events: Same<Vec<String>>,
    /// What can happen to the selected object.
    pub(crate) possible: Same<Vec<PossibleEventView>>,
    /// The selected object.
    pub(crate) selected: Option<ShapeId>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// What gets the keyboard when the button that was pressed goes away: the one that plays what changed.
const NEXT: &str = "play";

/// The strip under the picture; nothing while there is nothing in it.
#[component]
pub(crate) fn EventsPanel(props: &Props) -> Html {
    let words = use_words();
    let Props {
        events,
        possible,
        selected,
        send,
    } = props;
    let acted = use_mut_ref(|| false);
    {
        let acted = acted.clone();
        use_effect_with((events.clone(), possible.clone()), move |_| {
            if acted.take() {
                browser::catch_keyboard(NEXT);
            }
        });
    }
    if events.is_empty() && possible.is_empty() {
        return Html::default();
    }
    let act = |action: Action| {
        let acted = acted.clone();
        send.reform(move |_: MouseEvent| {
            acted.replace(true);
            Msg::Do(action.clone())
        })
    };
    let offer = |event: &PossibleEventView| {
        let onclick = act(Action::ApplyEvent(event.event.clone()));
        html! { <button title={event.command.clone()} {onclick}>{ &event.act }</button> }
    };
    let chip = |(index, text): (usize, &String)| {
        let title = words.label("take-back");
        let label = format!("{title}: {text}");
        let onclick = act(Action::UndoEvent(index));
        html! {
            <li class="chip">
                <span>{ text }</span>
                <button aria-label={label} {title} {onclick}>{ "✕" }</button>
            </li>
        }
    };
    html! {
        <div class="happenings">
            if !possible.is_empty() {
                <div class="offers" role="group" aria-label={words.label("what-can-happen")}>
                    <b>{ selected.as_ref().and_then(ShapeId::name) }</b>
                    { for possible.iter().map(offer) }
                </div>
            }
            if !events.is_empty() {
                <div class="past">
                    <ol aria-label={words.label("happened")} aria-live="polite">
                        { for events.iter().enumerate().map(chip) }
                    </ol>
                    if events.len() > 1 {
                        <button onclick={act(Action::UndoAllEvents)}>
                            { words.label("take-all-back") }
                        </button>
                    }
                </div>
            }
        </div>
    }
}
