//! What can happen to what is selected, and what happened: buttons that let it happen, chips that take it back.

use std::rc::Rc;

use kubehop::engine::resolve::events::Event;
use kubehop::engine::trace::Network;
use kubehop::view::scene::ShapeId;
use kubehop::view::session::{Action, PossibleEvent, possible};
use yew::prelude::*;

use super::browser;
use super::message::Msg;
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// What happened, in order.
    pub events: Rc<Vec<Event>>,
    /// The cluster.
    pub world: Same<Network>,
    /// What is selected.
    pub selected: Option<ShapeId>,
    /// Whether a connection is open.
    pub open: bool,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// What has the keyboard when the button that was pressed goes away with what it was for: the one to play what changed.
const NEXT: &str = "play";

/// The strip under the picture; nothing while there is nothing in it.
#[component]
pub fn Happenings(props: &Props) -> Html {
    let words = use_words();
    let Props {
        events,
        world,
        selected,
        open,
        send,
    } = props;
    let offered = |(world, selected): &(Same<Network>, Option<ShapeId>)| {
        selected
            .as_ref()
            .map(|key| possible(&world.resolved, key))
            .unwrap_or_default()
    };
    let possible = use_memo((world.clone(), selected.clone()), offered);
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
    let offer = |event: &Event| {
        let happening = PossibleEvent::from(event);
        let (text, title) = (
            words.format_part(&happening, "act"),
            words.format_part(&happening, "command"),
        );
        html! { <button {title} onclick={act(Action::ApplyEvent(event.clone()))}>{ text }</button> }
    };
    let chip = |(place, event): (usize, &Event)| {
        let text = words.format(&PossibleEvent::from(event)).text;
        let label = format!("{}: {text}", words.label("take-back"));
        html! {
            <li class="chip"><span>{ text }</span><button aria-label={label} title={words.label("take-back")} onclick={act(Action::UndoEvent(place))}>{ "✕" }</button></li>
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
                    <ol aria-label={words.label("happened")} aria-live="polite">{ for events.iter().enumerate().map(chip) }</ol>
                    if events.len() > 1 { <button onclick={act(Action::UndoAllEvents)}>{ words.label("take-all-back") }</button> }
                    if *open { <button title={words.label("send-more-note")} onclick={act(Action::SendMore)}>{ format!("{} ▸", words.label("send-more")) }</button> }
                </div>
            }
        </div>
    }
}
