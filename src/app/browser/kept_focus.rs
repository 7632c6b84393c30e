//! The keyboard is never lost: what it was on may go away (a button that did its work, a dialog, a panel), and something
//! sensible has it then.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::document;
use super::focus::{element, focus};

thread_local! {
    /// What had the keyboard last, and around it what can have it, from the inside out.
    static AROUND: RefCell<Vec<HtmlElement>> = const { RefCell::new(Vec::new()) };
    /// The id of what a dialog that closes leads to.
    static LED_TO: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What has no keyboard although it is there: it is hidden, or does nothing now.
const OUT_OF_REACH: &str = "[hidden], .away, :disabled";

/// The element that has the keyboard; also a shape of the picture, which has all that is called here.
pub(crate) fn focused() -> Option<HtmlElement> {
    Some(document()?.active_element()?.unchecked_into())
}

/// Whether no element has the keyboard.
fn is_keyboard_free() -> bool {
    focused().is_none_or(|element| element.tag_name() == "BODY")
}

/// Remembers what has the keyboard whenever that changes.
pub(crate) fn on_focus() -> Option<gloo::events::EventListener> {
    let remember = |event: &web_sys::Event| {
        let target = event.target();
        let mut next = target.and_then(|target| target.dyn_into::<Element>().ok());
        let mut around = Vec::new();
        while let Some(element) = next {
            next = element.parent_element();
            if around.is_empty() || element.has_attribute("tabindex") {
                around.push(element.unchecked_into());
            }
        }
        AROUND.set(around);
    };
    let document = document()?.into();
    Some(gloo::events::EventListener::new(
        &document, "focusin", remember,
    ))
}

/// Puts the keyboard, if what had it went away, on the nearest of what was around it. Call it when something was drawn.
pub(crate) fn keep_focus() {
    if !is_keyboard_free() {
        return;
    }
    // The element that gets the keyboard is remembered at once.
    let around = AROUND.with_borrow(Clone::clone);
    let in_reach = around.iter().position(is_in_reach);
    // An element that lost the focus and is still there was left on purpose: nothing gets the focus then.
    if let Some(place) = in_reach.filter(|place| *place > 0) {
        let _ = around[place].focus();
    }
}

fn is_in_reach(element: &HtmlElement) -> bool {
    element.is_connected() && matches!(element.closest(OUT_OF_REACH), Ok(None))
}

/// Puts the keyboard on the element of that id if no other has it, because the one that had it went away.
pub(crate) fn catch_keyboard(id: &str) {
    if is_keyboard_free() {
        focus(id);
    }
}

/// The dialog that closes now leads to the element of that id, which gets the keyboard.
pub(crate) fn lead_to(id: String) {
    LED_TO.set(Some(id));
}

/// Puts the keyboard, once the key that closed what lay over the page has done everything it does, on what it led to, or
/// back on the element that had it before. What opens in its place keeps the keyboard.
pub(crate) fn give_back(before: Option<HtmlElement>) {
    let give_back = move || {
        let led_to = LED_TO.take().and_then(|id| element(&id));
        if let Some(element) = led_to.or(before)
            && is_keyboard_free()
        {
            let _ = element.focus();
        }
    };
    gloo::timers::callback::Timeout::new(0, give_back).forget();
}

/// Moves the focus to the first element of a selector. Returns whether there is one.
pub(crate) fn focus_first(selector: &str) -> bool {
    let found = document().and_then(|document| document.query_selector(selector).ok()?);
    found.is_some_and(|element| element.unchecked_into::<HtmlElement>().focus().is_ok())
}
