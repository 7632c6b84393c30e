//! Where a pointer is, and what it points at.

use kubehop::view::scene::Point;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::{Callback, Event, MouseEvent, NodeRef, PointerEvent};

use super::size::size_of;
use super::window;

/// A pointer's place within an element, while its button is down.
pub(crate) fn drag(event: &PointerEvent, place: &NodeRef) -> Option<Point> {
    within(event, place).filter(|_| event.buttons() & 1 != 0)
}

/// Keeps a pointer's events for an element until its button is up; no click on what lies within follows.
pub(crate) fn hold(event: &PointerEvent, place: &NodeRef) {
    if let Some(element) = place.cast::<Element>() {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// How wide the element around an edge becomes, while the edge is dragged.
pub(crate) fn drag_edge(event: &PointerEvent, place: &NodeRef, is_right_edge: bool) -> Option<f32> {
    drag(event, place)?;
    hold(event, place);
    let rect = place
        .cast::<Element>()?
        .parent_element()?
        .get_bounding_client_rect();
    let x = f64::from(event.client_x());
    let width = if is_right_edge {
        x - rect.left()
    } else {
        rect.right() - x
    };
    Some(width as f32)
}

/// Where along an element's width a pointer is, from 0 to 1, while its button is down.
pub(crate) fn drag_along(event: &PointerEvent, place: &NodeRef) -> Option<f32> {
    let point = drag(event, place)?;
    hold(event, place);
    let (width, _) = size_of(place)?;
    (width > 0.0).then(|| (point.x / width).clamp(0.0, 1.0))
}

/// An event's place within an element; its `currentTarget` is no help, since yew listens at the root for everybody.
pub(crate) fn within(event: &MouseEvent, place: &NodeRef) -> Option<Point> {
    let rect = place.cast::<Element>()?.get_bounding_client_rect();
    Some(Point {
        x: event.client_x() as f32 - rect.left() as f32,
        y: event.client_y() as f32 - rect.top() as f32,
    })
}

/// Calls back whenever the pointer gets from one element to another or leaves the page, before the elements get the event.
/// An element that is moved or taken away beneath the pointer may never get the event that the pointer left.
pub(crate) fn on_pointer_change(
    callback: &Callback<()>,
) -> [Option<gloo::events::EventListener>; 2] {
    let listen = |event: &'static str| {
        let callback = callback.clone();
        let options = gloo::events::EventListenerOptions::run_in_capture_phase();
        let listener = gloo::events::EventListener::new_with_options(
            &window()?.into(),
            event,
            options,
            move |_| callback.emit(()),
        );
        Some(listener)
    };
    ["pointerover", "pointerout"].map(listen)
}

/// The index of the shape of the picture that an event is about.
pub(crate) fn shape_of(event: &Event) -> Option<usize> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let shape = target.closest("[data-shape]").ok()??;
    shape.get_attribute("data-shape")?.parse().ok()
}

/// An attribute of the element that an event is about, or of the nearest one around it that has it.
pub(crate) fn nearest_attribute(event: &Event, name: &str) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let element = target.closest(&format!("[{name}]")).ok()??;
    element.get_attribute(name)
}

/// Whether what is scrolled has at most so many pixels below what is in sight.
pub(crate) fn is_near_end(event: &Event, pixels: i32) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|list| {
        list.scroll_height() - list.scroll_top() - list.client_height() <= pixels
    })
}

/// Whether a click was meant for the element itself and for nothing within it.
pub(crate) fn is_itself(event: &MouseEvent, place: &NodeRef) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some() && target == place.cast::<Element>()
}
