//! The card of a term, beside the term and wholly in the window, whatever panel the term is in.

use gloo::events::{EventListener, EventListenerOptions};
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::NodeRef;

use super::document;
use super::theme::root_element;

/// The distance in pixels between a term and its card.
const GAP: f64 = 4.0;

/// The distance in pixels that a card keeps from the window's edges.
const EDGE: f64 = 8.0;

/// The narrowest and the widest card, in pixels. Within these limits a card is as wide as its paragraph.
const WIDTHS: (f64, f64) = (220.0, 380.0);

/// Puts the card in `place` beside the term there, and again whenever something scrolls.
pub(crate) fn keep_card_in_sight(place: &NodeRef) -> Option<EventListener> {
    let place = place.cast::<Element>()?;
    lay(&place);
    let options = EventListenerOptions::run_in_capture_phase();
    let again = move |_: &web_sys::Event| {
        lay(&place);
    };
    let document = document()?.into();
    Some(EventListener::new_with_options(
        &document, "scroll", options, again,
    ))
}

/// Below the term, or above it where there is no room.
fn lay(place: &Element) -> Option<()> {
    let root = root_element()?;
    let (width, height) = (
        f64::from(root.client_width()),
        f64::from(root.client_height()),
    );
    let term = place
        .query_selector(".term")
        .ok()??
        .get_bounding_client_rect();
    let card = place.query_selector(".term-card").ok()??;
    let paragraph = place.parent_element()?.get_bounding_client_rect();
    let wide = paragraph
        .width()
        .clamp(WIDTHS.0, WIDTHS.1)
        .min(width - 2.0 * EDGE);
    let left = paragraph.left().min(width - EDGE - wide).max(EDGE);
    let style = card.dyn_ref::<HtmlElement>()?.style();
    let set = |name: &str, pixels: f64| style.set_property(name, &format!("{pixels}px")).ok();
    set("width", wide)?;
    set("left", left)?;
    let tall = card.get_bounding_client_rect().height();
    let below = term.bottom() + GAP;
    let has_room = below + tall <= height - EDGE;
    let top = if has_room {
        below
    } else {
        term.top() - GAP - tall
    };
    set("top", top.min(height - EDGE - tall).max(EDGE))
}
