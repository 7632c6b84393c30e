//! What the browser keeps: for all tabs, and for this one.

use web_sys::Storage;

use super::long_text::{self, LongText};
use super::{any_number, now, window};

fn for_all() -> Option<Storage> {
    window()?.local_storage().ok()?
}

fn for_this_tab() -> Option<Storage> {
    window()?.session_storage().ok()?
}

/// What was kept under a name.
pub(crate) fn stored(name: &str) -> Option<String> {
    long_text::whole(&for_all()?, name)
}

/// The start of what was kept under a name, which has its first line.
pub(crate) fn stored_start(name: &str) -> Option<String> {
    long_text::start(&for_all()?, name)
}

/// Keeps a text under a name; `false` if the browser has no room for it or keeps nothing.
pub(crate) fn store(name: &str, text: &str) -> bool {
    for_all().is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// Begins to keep a long text under a name.
pub(crate) fn store_slowly(name: &str) -> LongText {
    LongText::new(for_all(), name, stamp())
}

/// The names under which something is kept.
pub(crate) fn stored_names() -> Vec<String> {
    let Some(storage) = for_all() else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or_default();
    (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .collect()
}

/// What this tab kept under a name.
pub(crate) fn stored_in_tab(name: &str) -> Option<String> {
    long_text::whole(&for_this_tab()?, name)
}

/// Keeps a text under a name for this tab alone; `false` if the browser has no room for it or keeps nothing.
pub(crate) fn store_in_tab(name: &str, text: &str) -> bool {
    for_this_tab().is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// Begins to keep a long text under a name for this tab alone.
pub(crate) fn store_slowly_in_tab(name: &str) -> LongText {
    LongText::new(for_this_tab(), name, stamp())
}

/// Keeps nothing under a name for this tab any more.
pub(crate) fn forget_in_tab(name: &str) {
    if let Some(storage) = for_this_tab() {
        long_text::remove(&storage, name, None);
    }
}

/// Keeps nothing under a name any more.
pub(crate) fn forget(name: &str) {
    if let Some(storage) = for_all() {
        long_text::remove(&storage, name, None);
    }
}

/// Removes what long texts left that a short one has replaced under this name.
pub(crate) fn tidy(name: &str) {
    for storage in [for_all(), for_this_tab()].into_iter().flatten() {
        long_text::remove_parts(&storage, name, None);
    }
}

/// The parts of one text have it, and no others.
fn stamp() -> String {
    format!("{}-{}", now() as u64, any_number())
}
