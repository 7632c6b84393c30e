//! The edge between a side panel and the stage, which is moved by pointer and keys.

use yew::prelude::*;

use super::browser;
use super::message::{Msg, Side};
use super::shared::use_words;

/// The least width of a panel, in CSS pixels.
pub(crate) const LEAST: f32 = 240.0;

/// The pixels of one press of an arrow key.
const STEP: f32 = 24.0;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The panel that it widens.
    pub(crate) side: Side,
    /// The panel's width; `None` for the stylesheet's.
    pub(crate) width: Option<f32>,
    /// The most that there is room for.
    pub(crate) most: f32,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The edge, the last child of its panel.
#[component]
pub(crate) fn Separator(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    let measured = use_state(|| 0.0f32);
    {
        let (place, measured) = (place.clone(), measured.clone());
        use_effect_with((props.width, props.most), move |_| {
            measured.set(browser::parent_width(&place).unwrap_or_default());
        });
    }
    let (side, most, send) = (props.side, props.most, &props.send);
    let drag = {
        let (place, send) = (place.clone(), send.clone());
        Callback::from(move |event: PointerEvent| {
            let is_left = side == Side::Left;
            if let Some(width) = browser::drag_edge(&event, &place, is_left) {
                event.stop_propagation();
                send.emit(Msg::Widen(side, Some(width.clamp(LEAST, most))));
            }
        })
    };
    let onkeydown = {
        let (place, send) = (place.clone(), send.clone());
        Callback::from(move |event: KeyboardEvent| {
            let now = browser::parent_width(&place).unwrap_or(LEAST);
            let outward = if side == Side::Left { STEP } else { -STEP };
            let width = match event.key().as_str() {
                "ArrowRight" => now + outward,
                "ArrowLeft" => now - outward,
                "Home" => LEAST,
                "End" => most,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            send.emit(Msg::Widen(side, Some(width.clamp(LEAST, most))));
        })
    };
    let ondblclick = send.reform(move |_: MouseEvent| Msg::Widen(side, None));
    html! {
        <div
            ref={place}
            class="edge"
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label={words.label(if side == Side::Left { "edge-left" } else { "edge-right" })}
            aria-valuenow={format!("{:.0}", *measured)}
            aria-valuemin={LEAST.to_string()}
            aria-valuemax={format!("{most:.0}")}
            onpointerdown={drag.clone()}
            onpointermove={drag}
            {onkeydown}
            {ondblclick}
        />
    }
}
