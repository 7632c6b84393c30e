//! The keys of the whole page.

use kubehop::view::page_view::SearchPanel;
use yew::prelude::*;

use super::browser;
use super::message::{Msg, Shortcut};

/// The keys of the page, wherever no field takes them. `has_commands`: whether the page has a palette.
pub(crate) fn on_key(send: Callback<Msg>, has_commands: bool) -> Option<browser::Listener> {
    browser::on_key(move |event| {
        let code = event.code();
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        if code == "Escape" {
            browser::await_nothing();
        } else if !has_modifier && browser::is_field_awaited() {
            return !browser::focus_awaited() && type_ahead(event, &send);
        }
        if (event.ctrl_key() || event.meta_key()) && code == "KeyK" {
            if has_commands {
                browser::await_field("palette");
            }
            send.emit(Msg::Key(Shortcut::Commands));
            return true;
        }
        if (event.ctrl_key() || event.meta_key()) && code == "KeyF" && browser::is_in_picture(event)
        {
            browser::await_field("search");
            send.emit(Msg::Find(SearchPanel::default()));
            return true;
        }
        let shortcut = if event.key() == "?" {
            Some(Shortcut::Shortcuts)
        } else {
            Shortcut::of(&code)
        };
        let Some(shortcut) = shortcut else {
            return false;
        };
        if shortcut == Shortcut::Escape {
            send.emit(Msg::Key(shortcut));
            return false;
        }
        if has_modifier || browser::is_typing(event) || browser::is_control(event, &code) {
            return false;
        }
        send.emit(Msg::Key(shortcut));
        matches!(
            shortcut,
            Shortcut::TogglePlay
                | Shortcut::Back
                | Shortcut::Forward
                | Shortcut::Start
                | Shortcut::End
        )
    })
}

/// Keeps what is typed for a field that is not drawn yet, and takes every other key, too.
fn type_ahead(event: &KeyboardEvent, send: &Callback<Msg>) -> bool {
    let key = event.key();
    if key.chars().count() == 1 {
        send.emit(Msg::TypeAhead(key));
    }
    true
}
