//! Sizes of the window and of places in it.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;
use yew::{Callback, NodeRef};

use super::{document, window};

/// Whether the page is hidden: in a background tab or a minimised window.
pub(crate) fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Calls back whenever the window's size changes; dropping the handle stops it.
pub(crate) fn on_resize(callback: Callback<()>) -> Option<gloo::events::EventListener> {
    Some(gloo::events::EventListener::new(
        &window()?.into(),
        "resize",
        move |_| callback.emit(()),
    ))
}

/// Calls back when the page is left: closed, reloaded, or put away by a phone; dropping the handle stops it.
pub(crate) fn on_leave(callback: Callback<()>) -> Option<gloo::events::EventListener> {
    Some(gloo::events::EventListener::new(
        &window()?.into(),
        "pagehide",
        move |_| callback.emit(()),
    ))
}

/// The size of an element in CSS pixels.
pub(super) fn size_of(place: &NodeRef) -> Option<(f32, f32)> {
    let element: Element = place.cast()?;
    Some((
        element.client_width() as f32,
        element.client_height() as f32,
    ))
}

/// Calls back with an element's size whenever it changes; dropping the handle stops it.
pub(crate) fn on_size(place: &NodeRef, callback: Callback<(f32, f32)>) -> Option<SizeWatch> {
    let element: Element = place.cast()?;
    let watched = place.clone();
    let closure = Closure::<dyn FnMut(JsValue)>::new(move |_| {
        if let Some(size) = size_of(&watched) {
            callback.emit(size);
        }
    });
    let observer = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some(SizeWatch {
        observer,
        _closure: closure,
    })
}

/// Watches an element's size until dropped.
pub(crate) struct SizeWatch {
    observer: web_sys::ResizeObserver,
    _closure: Closure<dyn FnMut(JsValue)>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The width of the window.
pub(crate) fn window_width() -> f32 {
    let width = window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.unwrap_or_default() as f32
}

/// The width of the element around another one.
pub(crate) fn parent_width(place: &NodeRef) -> Option<f32> {
    let parent = place.cast::<Element>()?.parent_element()?;
    Some(parent.get_bounding_client_rect().width() as f32)
}
