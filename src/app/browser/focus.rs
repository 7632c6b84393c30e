//! Focus, the keyboard and what is scrolled to.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::{Event, FocusEvent, KeyboardEvent, NodeRef};

use super::kept_focus::focused;
use super::{document, window};

/// Whether text of the page is selected, which Ctrl+C copies.
pub(crate) fn has_selection() -> bool {
    let selection = window().and_then(|window| window.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// The value of the input or select an event is about.
pub(crate) fn value_of(event: &Event) -> String {
    let target = event.target();
    target.map_or_else(String::new, |target| value(&target))
}

/// Chooses the option of a select that has the value, whatever was chosen there before: once a person has chosen, the
/// options' attributes say nothing any more.
pub(crate) fn choose(select: &yew::NodeRef, value: &str) {
    if let Some(select) = select.get() {
        let _ = js_sys::Reflect::set(&select, &"value".into(), &value.into());
    }
}

fn value(field: &wasm_bindgen::JsValue) -> String {
    let value = js_sys::Reflect::get(field, &"value".into()).ok();
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Puts the keyboard on the element of that id.
pub(crate) fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

pub(super) fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// A field that a key opened and that the next drawing brings.
struct AwaitedField {
    id: &'static str,
    /// What had the keyboard when the key was pressed.
    before: Option<HtmlElement>,
}

thread_local! {
    static AWAITED: RefCell<Option<AwaitedField>> = const { RefCell::new(None) };
}

/// A key opened a field: what is typed before it has the keyboard is for it.
pub(crate) fn await_field(id: &'static str) {
    if element(id).is_none() {
        let before = focused();
        AWAITED.set(Some(AwaitedField { id, before }));
    }
}

/// What is typed is for the page again.
pub(crate) fn await_nothing() {
    AWAITED.take();
}

/// Whether a field that a key opened has not got the keyboard yet.
pub(crate) fn is_field_awaited() -> bool {
    AWAITED.with_borrow(Option::is_some)
}

/// Puts the keyboard on the awaited field, if it is drawn, so that the key that was just pressed writes into it.
pub(crate) fn focus_awaited() -> bool {
    let field = AWAITED.with_borrow(|awaited| element(awaited.as_ref()?.id));
    field.is_some_and(|field| field.focus().is_ok())
}

/// Puts the keyboard on a field that was drawn; returns what had it before the field was asked for.
pub(crate) fn focus_drawn(id: &str) -> Option<HtmlElement> {
    let awaited = AWAITED.take().filter(|awaited| awaited.id == id);
    let before = awaited.map_or_else(focused, |awaited| awaited.before);
    focus(id);
    before
}

/// Writes what was typed before a field was drawn in front of what it has; returns its whole text.
pub(crate) fn put_in_front(id: &str, text: &str) -> Option<String> {
    let field = element(id)?;
    let whole = format!("{text}{}", value(&field));
    js_sys::Reflect::set(&field, &"value".into(), &whole.as_str().into()).ok()?;
    Some(whole)
}

/// Puts the keyboard on the element of that id once what a click opens is there.
pub(crate) fn focus_soon(id: &'static str) {
    gloo::timers::callback::Timeout::new(0, move || focus(id)).forget();
}

/// The text of the field that a key is typed into, before and behind the caret.
pub(crate) fn around_caret<'a>(event: &Event, text: &'a str) -> (&'a str, &'a str) {
    let target = event.target();
    let caret = target.and_then(|field| {
        let place = js_sys::Reflect::get(&field, &"selectionStart".into()).ok()?;
        place.as_f64()
    });
    // The browser counts UTF-16 units.
    let mut units = 0.0;
    let place = text.char_indices().find(|(_, letter)| {
        let is_there = caret.is_some_and(|caret| units >= caret);
        units += if *letter > '\u{ffff}' { 2.0 } else { 1.0 };
        is_there
    });
    text.split_at(place.map_or(text.len(), |(place, _)| place))
}

/// Scrolls the element of that id into its panel, if it is not there already.
pub(crate) fn show(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        scroll_to(&element);
    }
}

/// Scrolls the first element of a selector into its region, if it is not there already.
pub(crate) fn show_first(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        scroll_to(&element);
    }
}

/// The page of a low window, which scrolls as well, stays where the reader has it.
fn scroll_to(element: &Element) {
    let page = element.closest("main").ok().flatten();
    let at = page.as_ref().map(Element::scroll_top);
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    if let (Some(page), Some(at)) = (page, at) {
        page.set_scroll_top(at);
    }
}

/// Calls back for every key pressed on the page that no field takes; `true` takes the key away from the browser.
pub(crate) fn on_key(
    callback: impl Fn(&KeyboardEvent) -> bool + 'static,
) -> Option<gloo::events::EventListener> {
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    let listener = gloo::events::EventListener::new_with_options(
        &document()?.into(),
        "keydown",
        options,
        move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            if callback(event) {
                event.prevent_default();
            }
        },
    );
    Some(listener)
}

/// Calls back when Escape is pressed. It listens first and stops the event, so no other listener gets it.
pub(crate) fn on_escape(callback: impl Fn() + 'static) -> Option<gloo::events::EventListener> {
    let options = gloo::events::EventListenerOptions::run_in_capture_phase();
    let listener = gloo::events::EventListener::new_with_options(
        &document()?.into(),
        "keydown",
        options,
        move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if key.key() == "Escape" {
                event.stop_propagation();
                callback();
            }
        },
    );
    Some(listener)
}

/// Whether the focus leaves a place for another one.
pub(crate) fn leaves(event: &FocusEvent, place: &NodeRef) -> bool {
    let next = event
        .related_target()
        .and_then(|next| next.dyn_into::<web_sys::Node>().ok());
    let place = place.cast::<web_sys::Node>();
    !place.is_some_and(|place| place.contains(next.as_ref()))
}

/// Whether a key event goes into a text field or the editor.
pub(crate) fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(element) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return false;
    };
    let tag = element.tag_name();
    matches!(tag.as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        || element.closest(".cm-editor").ok().flatten().is_some()
}

/// Whether the picture has the keyboard, or nothing has it.
pub(crate) fn is_in_picture(event: &KeyboardEvent) -> bool {
    let target = event.target();
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| {
        element.tag_name() == "BODY" || element.closest(".picture").ok().flatten().is_some()
    })
}

/// Whether a key belongs to the control it was pressed in: Space to a button, arrows to tabs and the track.
pub(crate) fn is_control(event: &KeyboardEvent, code: &str) -> bool {
    let Some(element) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return false;
    };
    let role = element.get_attribute("role").unwrap_or_default();
    let scrolls = role == "region" || role == "tabpanel";
    match code {
        "Space" | "Enter" => element.tag_name() == "BUTTON" || role == "button",
        "ArrowLeft" | "ArrowRight" => {
            matches!(role.as_str(), "tab" | "slider" | "option") || scrolls
        }
        // To the ends of what scrolls, but for the picture and the buttons beside the track.
        "Home" | "End" => {
            let place = element.closest(".picture, .tl .buttons");
            element.tag_name() != "BODY" && matches!(place, Ok(None))
        }
        _ => false,
    }
}
