//! Small pictures of buttons.

use yew::prelude::*;

/// The logo.
pub(crate) fn logo() -> Html {
    html! {
        <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
            <rect x="1" y="1" width="20" height="20" rx="6" fill="var(--svc)"/>
            <circle cx="6" cy="14" r="2.2" fill="#fff"/>
            <path d="M6 14C7 5 15 5 16 12" stroke="#fff" stroke-width="1.6" fill="none" stroke-dasharray="2 2"/>
            <circle cx="16" cy="13" r="2.6" fill="#ffb199"/>
        </svg>
    }
}

/// A line drawing of 14 by 14.
pub(crate) fn line(path: &'static str) -> Html {
    html! {
        <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="1.6"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d={path}/>
        </svg>
    }
}

/// A hop back.
pub(crate) const BACK: &str = "M3 3v8M11 3L5.5 7 11 11z";
/// A hop forward.
pub(crate) const FORWARD: &str = "M11 3v8M3 3l5.5 4L3 11z";
/// To the end.
pub(crate) const END: &str = "M12 3v8M2 3l4.5 4L2 11zM7 3l4.5 4L7 11z";
/// Pause.
pub(crate) const PAUSE: &str = "M5 3v8M9 3v8";
/// Play.
pub(crate) const PLAY: &str = "M4 2.5l7 4.5-7 4.5z";
/// Nearer.
pub(crate) const PLUS: &str = "M7 3v8M3 7h8";
/// Farther.
pub(crate) const MINUS: &str = "M3 7h8";
/// A search.
pub(crate) const SEARCH: &str = "M10 6a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM9 9l3.5 3.5";
/// The packet's path.
pub(crate) const PATH: &str = "M2 11h3.5c2 0 1.5-8 3.5-8h3M10 1l2 2-2 2";
/// The whole picture.
pub(crate) const FIT: &str = "M2 5V2h3M9 2h3v3M12 9v3H9M5 12H2V9";

/// Half dark, half light.
pub(crate) fn theme() -> Html {
    html! {
        <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true">
            <circle cx="7" cy="7" r="5"/>
            <path d="M7 2v10a5 5 0 0 0 0-10z" fill="currentColor"/>
        </svg>
    }
}

/// More.
pub(crate) fn dots() -> Html {
    html! {
        <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
            <circle cx="3" cy="8" r="1.5"/><circle cx="8" cy="8" r="1.5"/><circle cx="13" cy="8" r="1.5"/>
        </svg>
    }
}
