//! Values that components share: cheap to clone, equal when they are the same.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use kubehop::view::page_view::{Labels, LinksView};
use kubehop::view::scene::ShapeId;
use kubehop::view::session::{Ask, LookAsk, Pointed};
use yew::prelude::*;

use super::browser;
use super::message::{Action, Msg};

/// A shared value that counts as changed only when it was replaced, so that components skip drawing again.
pub(crate) struct Same<T: ?Sized>(pub Rc<T>);

impl<T: ?Sized> Clone for Same<T> {
    fn clone(&self) -> Self {
        Same(Rc::clone(&self.0))
    }
}

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Default> Default for Same<T> {
    fn default() -> Self {
        Same(Rc::default())
    }
}

impl<T: ?Sized> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> fmt::Debug for Same<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("shared")
    }
}

/// The words of the chosen language, for every component.
pub(crate) type Words = Same<Labels>;

/// Moves the focus to the element with that id; when the component is removed, the focus returns to where it was.
#[hook]
pub(crate) fn use_keyboard(id: &'static str) {
    use_effect_with((), move |()| {
        let before = browser::focus_drawn(id);
        move || browser::give_back(before)
    });
}

/// The words of the chosen language.
#[hook]
pub(crate) fn use_words() -> Words {
    use_context::<Words>().expect("the root provides the words")
}

/// Scrolls to the first thing in a part of the page that belongs to what was selected.
#[hook]
pub(crate) fn use_linked(links: &Same<LinksView>, selector: &'static str) {
    use_effect_with(links.clone(), move |links| {
        if links.is_selected {
            browser::show_first(selector);
        }
    });
}

/// The handler of an element that represents an object: a pointer over it highlights the object. The root handles
/// a pointer that leaves.
pub(crate) fn pointing(send: &Callback<Msg>, pointed: Pointed) -> Callback<PointerEvent> {
    send.reform(move |_: PointerEvent| Msg::Point(pointed.clone()))
}

/// The handler of a click on the veil around a dialog: it closes the dialog, unless the click was within it. `veil` is
/// the veil's element.
pub(crate) fn closing_veil(send: &Callback<Msg>, veil: &NodeRef) -> Callback<MouseEvent> {
    let (send, veil) = (send.clone(), veil.clone());
    Callback::from(move |event: MouseEvent| {
        if browser::is_itself(&event, &veil) {
            send.emit(Msg::Show(None));
        }
    })
}

/// The handler of a click on an element that represents an object: it selects the object, unless the click ends a
/// selection of text.
pub(crate) fn selecting(send: &Callback<Msg>, key: &ShapeId) -> Callback<MouseEvent> {
    let (send, key) = (send.clone(), key.clone());
    Callback::from(move |_| {
        if !browser::has_selection() {
            send.emit(Msg::Do(Action::Ask(Ask::Look(LookAsk::Select(Some(
                key.clone(),
            ))))));
        }
    })
}
