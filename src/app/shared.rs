//! Values that components share: cheap to clone, equal when they are the same.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use kubehop::view::page_view::Labels;
use yew::prelude::*;

use super::browser;

/// A shared value that counts as changed only when it was replaced, so that components skip drawing anew.
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
        let before = browser::focused();
        browser::focus(id);
        move || browser::give_back(before)
    });
}

/// The words of the chosen language.
#[hook]
pub(crate) fn use_words() -> Words {
    use_context::<Words>().expect("the root provides the words")
}
