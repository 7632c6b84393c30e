//! The grip of a phone's sheet: pulled up, or pressed, the sheet takes the picture's room.

use yew::prelude::*;

use super::browser;
use super::message::Msg;
use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Whether the sheet is up.
    pub(crate) is_up: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The pixels from which on a movement is a pull.
const PULL: i32 = 16;

/// The grip.
#[component]
pub(crate) fn Grip(props: &Props) -> Html {
    let words = use_words();
    let pulled_from = use_mut_ref(|| None::<i32>);
    let Props { is_up, send } = props;
    let is_up = *is_up;
    let place = use_node_ref();
    let start = {
        let (pulled_from, place) = (pulled_from.clone(), place.clone());
        Callback::from(move |event: PointerEvent| {
            browser::hold(&event, &place);
            *pulled_from.borrow_mut() = Some(event.client_y());
        })
    };
    let pull = {
        let (pulled_from, send) = (pulled_from.clone(), send.clone());
        Callback::from(move |event: PointerEvent| {
            let from = *pulled_from.borrow();
            let up = from.map_or(0, |from| from - event.client_y());
            if up.abs() > PULL {
                *pulled_from.borrow_mut() = None;
                send.emit(Msg::Sheet(up > 0));
            }
        })
    };
    let press = {
        let send = send.clone();
        Callback::from(move |event: MouseEvent| {
            // A pull ends with a click, too; one by the keyboard has no count.
            let is_press = pulled_from.borrow_mut().take().is_some() || event.detail() == 0;
            if is_press {
                send.emit(Msg::Sheet(!is_up));
            }
        })
    };
    let onkeydown = {
        let send = send.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowUp" => send.emit(Msg::Sheet(true)),
            "ArrowDown" => send.emit(Msg::Sheet(false)),
            _ => {}
        })
    };
    html! {
        <button
            ref={place}
            class="grip"
            aria-label={words.label("sheet")}
            aria-expanded={is_up.to_string()}
            onpointerdown={start}
            onpointermove={pull}
            onclick={press}
            {onkeydown}
        ></button>
    }
}
