//! What the browser keeps: for all tabs, and for this one.

use super::window;

/// What was kept under a name.
pub(crate) fn stored(name: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a text under a name; `false` if the browser has no room for it or keeps nothing.
pub(crate) fn store(name: &str, text: &str) -> bool {
    let storage = window().and_then(|window| window.local_storage().ok().flatten());
    storage.is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// The names under which something is kept.
pub(crate) fn stored_names() -> Vec<String> {
    let Some(storage) = window().and_then(|window| window.local_storage().ok().flatten()) else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or_default();
    (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .collect()
}

/// What this tab kept under a name.
pub(crate) fn stored_in_tab(name: &str) -> Option<String> {
    window()?.session_storage().ok()??.get_item(name).ok()?
}

/// Keeps a text under a name for this tab alone; `false` if the browser has no room for it or keeps nothing.
pub(crate) fn store_in_tab(name: &str, text: &str) -> bool {
    let storage = window().and_then(|window| window.session_storage().ok().flatten());
    storage.is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// Keeps nothing under a name for this tab any more.
pub(crate) fn forget_in_tab(name: &str) {
    if let Some(storage) = window().and_then(|window| window.session_storage().ok().flatten()) {
        let _ = storage.remove_item(name);
    }
}

/// Keeps nothing under a name any more.
pub(crate) fn forget(name: &str) {
    if let Some(storage) = window().and_then(|window| window.local_storage().ok().flatten()) {
        let _ = storage.remove_item(name);
    }
}
