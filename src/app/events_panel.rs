//! What can be done with the selected object: calling from it or calling it, and buttons that let something happen to it.

use kubehop::view::call_offer::CallOffer;
use kubehop::view::page_view::PossibleEventView;
use kubehop::view::scene::ShapeId;
use kubehop::view::session::Ask;
use yew::prelude::*;

use super::browser;
use super::message::{Action, Msg};
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What can happen to the selected object.
    pub(crate) possible: Same<Vec<PossibleEventView>>,
    /// The selected object.
    pub(crate) selected: Option<ShapeId>,
    /// What can be called, as the request bar offers it.
    pub(crate) targets: Same<Vec<String>>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// What gets the keyboard when the button that was pressed goes away: the one that plays what changed.
const NEXT: &str = "play";

/// The strip over the lower edge of the picture, which keeps its size; nothing while there is nothing in it.
#[component]
pub(crate) fn EventsPanel(props: &Props) -> Html {
    let words = use_words();
    let Props {
        possible,
        selected,
        targets,
        send,
    } = props;
    let acted = use_mut_ref(|| false);
    {
        let acted = acted.clone();
        use_effect_with(possible.clone(), move |_| {
            if acted.take() {
                browser::catch_keyboard(NEXT);
            }
        });
    }
    let offered = selected
        .as_ref()
        .and_then(|shape| CallOffer::of(shape, targets));
    if possible.is_empty() && offered.is_none() {
        return Html::default();
    }
    let call = offered.map(|offer| {
        let (label, ask) = call_of(offer);
        let onclick = send.reform(move |_: MouseEvent| Msg::Do(Action::Ask(ask.clone())));
        html! { <button {onclick}>{ words.label(label) }</button> }
    });
    let offer = |event: &PossibleEventView| {
        let (acted, action) = (acted.clone(), Action::ApplyEvent(event.event.clone()));
        let onclick = send.reform(move |_: MouseEvent| {
            acted.replace(true);
            Msg::Do(action.clone())
        });
        html! { <button title={event.command.clone()} {onclick}>{ &event.act }</button> }
    };
    html! {
        <div class="happenings" role="group" aria-label={words.label("what-can-happen")}>
            <b>{ selected.as_ref().and_then(ShapeId::name) }</b>
            { for call }
            { for possible.iter().map(offer) }
        </div>
    }
}

/// The label of the button, and its request.
fn call_of(offer: CallOffer) -> (&'static str, Ask) {
    match offer {
        CallOffer::From(origin) => ("call-from-here", Ask::SetOrigin(origin)),
        CallOffer::To(target) => ("call-it", Ask::SetTarget(target)),
    }
}
