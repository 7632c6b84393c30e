//! Theme, language, and what the person and the window want of both.

use crate::message::Theme;
use web_sys::Element;

use super::{document, is_embedded, parameter, store, stored, window};

/// Takes away what stood on the page until now.
pub(crate) fn clear_shell() {
    if let Some(shell) =
        document().and_then(|document| document.query_selector(".shell").ok().flatten())
    {
        shell.remove();
    }
}

/// The theme the page was opened with: the one chosen last, else the system's.
pub(crate) fn theme() -> Theme {
    let chosen = root_element().and_then(|root| root.get_attribute("data-theme"));
    if chosen.as_deref() == Some("dark") {
        Theme::Dark
    } else {
        Theme::Light
    }
}

/// Applies a theme and stores the choice.
pub(crate) fn set_theme(theme: Theme) {
    if let Some(root) = root_element() {
        let _ = root.set_attribute("data-theme", theme.name());
    }
    if !is_embedded() {
        store("kubehop.theme", theme.name());
    }
}

/// Says which language the page is in.
pub(crate) fn set_language(code: &str) {
    if let Some(root) = root_element() {
        let _ = root.set_attribute("lang", code);
    }
    if !is_embedded() {
        store("kubehop.language", code);
    }
}

/// The languages the person reads, the best first.
pub(crate) fn languages() -> Vec<String> {
    let system: Option<Vec<String>> = window().map(|window| {
        window
            .navigator()
            .languages()
            .iter()
            .filter_map(|code| code.as_string())
            .collect()
    });
    let chosen = stored("kubehop.language");
    parameter("lang")
        .into_iter()
        .chain(chosen)
        .chain(system.unwrap_or_default())
        .collect()
}

pub(super) fn root_element() -> Option<Element> {
    document()?.document_element()
}

fn media(query: &str) -> bool {
    window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}

/// Whether the person asked the system for less motion.
pub(crate) fn wants_less_motion() -> bool {
    media("(prefers-reduced-motion: reduce)")
}

/// Whether the page has one panel with every tab instead of two; the stylesheet's own limit.
pub(crate) fn is_narrow() -> bool {
    media("(max-width: 1139px)")
}

/// Which of the first pictures is shown: a phone's or the wide one. index.html has the same limit.
pub(crate) fn first_width() -> &'static str {
    if media("(max-width: 820px)") {
        "narrow"
    } else {
        "wide"
    }
}

/// How the key of the commands is written on this person's keyboard.
pub(crate) fn commands_key() -> &'static str {
    let platform = window().and_then(|window| window.navigator().platform().ok());
    if platform.is_some_and(|name| name.starts_with("Mac") || name.starts_with("iP")) {
        "⌘K"
    } else {
        "Ctrl K"
    }
}
